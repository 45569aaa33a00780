"""What only the printing of a page asks for, on the disk until then: hosts keep every page until all are printed."""

from __future__ import annotations

import io
from array import array
from itertools import accumulate
from pathlib import Path
from typing import IO

from handrail.plugin.searching import Aside


class Shelf:
    """A file of pieces of pages, for one build after the other."""

    def __init__(self) -> None:
        self._file: IO[bytes] = io.BytesIO()
        self._end = 0
        self._places: dict[str, tuple[int, int, array[int]]] = {}
        """Path of a page -> where its pieces begin, how many bytes they have, and how many characters each of them."""

    def open(self, path: Path) -> None:
        """Begin with an empty file; what is left of a build that failed goes."""
        self.close()
        path.unlink(missing_ok=True)
        self._file = path.open("a+b")

    def left(self, page: str, aside: Aside) -> str:
        """Keep the pieces of a page, and return what is left of it."""
        if aside.pieces:
            pieces = "".join(aside.pieces).encode("utf-8", "surrogatepass")
            self._file.write(pieces)
            self._places[page] = self._end, len(pieces), array("L", map(len, aside.pieces))
            self._end += len(pieces)
        return aside.html

    def taken(self, page: str, html: str) -> Aside:
        """Return what is left of a page, perhaps changed meanwhile, with its pieces."""
        if page not in self._places:
            return Aside(html, ())
        start, size, lengths = self._places.pop(page)
        self._file.seek(start)
        text = self._file.read(size).decode("utf-8", "surrogatepass")
        ends = tuple(accumulate(lengths))
        return Aside(html, tuple(text[end - length : end] for end, length in zip(ends, lengths, strict=True)))

    def close(self) -> None:
        """Let go of the file and of what is in it."""
        self._file.close()
        self._end = 0
        self._places.clear()
