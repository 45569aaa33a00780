"""What only the printing of a page asks for, on the disk until then: hosts keep every page until all are printed."""

from __future__ import annotations

import io
from array import array
from pathlib import Path
from typing import IO

from handrail.plugin.searching import Aside


class Shelf:
    """A file of pieces of pages, for one build after the other."""

    def __init__(self) -> None:
        self._file: IO[bytes] = io.BytesIO()
        self._end = 0
        self._places: dict[str, tuple[int, array[int]]] = {}
        """Path of a page -> where its pieces begin, and how many bytes each of them has."""

    def open(self, path: Path) -> None:
        """Begin with an empty file; what is left of a build that failed goes."""
        self.close()
        self._file = path.open("w+b")

    def left(self, page: str, aside: Aside) -> str:
        """Keep the pieces of a page, and return what is left of it."""
        if aside.pieces:
            pieces = [piece.encode("utf-8", "surrogatepass") for piece in aside.pieces]
            self._file.seek(self._end)
            self._file.writelines(pieces)
            self._places[page] = self._end, array("L", map(len, pieces))
            self._end += sum(map(len, pieces))
        return aside.html

    def taken(self, page: str, html: str) -> Aside:
        """Return what is left of a page, perhaps changed meanwhile, with its pieces."""
        start, lengths = self._places.pop(page, (0, array("L")))
        self._file.seek(start)
        return Aside(html, tuple(self._file.read(length).decode("utf-8", "surrogatepass") for length in lengths))

    def close(self) -> None:
        """Let go of the file and of what is in it."""
        self._file.close()
        self._end = 0
        self._places.clear()
