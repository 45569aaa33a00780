"""Put aside what a search has no use for, while other plugins gather the words of a page.

Search plugins parse every page once more, element by element, only to pass over what is marked with
`data-search-exclude`. Handrail's tables, drawings and heads are so marked, and are most of what it adds to a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = re.compile(r'<(?P<tag>div|dl|p|span|footer) class="handrail[^"<>]*"[^<>]* data-search-exclude[ >]')
_TAG = {tag: re.compile(rf"<(/?){tag}[\s>]") for tag in ("div", "dl", "p", "span", "footer")}
_PLACE = "<!--handrail:{}-->"
_PLACES = re.compile(r"<!--handrail:(\d+)-->")


@dataclass(frozen=True, slots=True)
class Aside:
    """The HTML of a page without what a search passes over."""

    html: str
    """With a comment in each place where something was taken out."""
    pieces: tuple[str, ...]

    def restored(self, html: str) -> str:
        """Return a page's HTML, perhaps changed meanwhile, with each piece back in its place."""
        if not self.pieces:
            return html
        return _PLACES.sub(lambda place: self._piece(int(place[1])), html)

    def _piece(self, number: int) -> str:
        return self.pieces[number] if number < len(self.pieces) else ""


def put_aside(html: str) -> Aside:
    """Take out of a page's HTML the elements of Handrail's that no search reads."""
    kept: list[str] = []
    pieces: list[str] = []
    past = 0
    for start, end in _unsearched(html) if "<!--handrail:" not in html else ():
        kept += (html[past:start], _PLACE.format(len(pieces)))
        pieces.append(html[start:end])
        past = end
    return Aside("".join((*kept, html[past:])), tuple(pieces))


def _unsearched(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each element that no search reads begins and ends; one that does not end is left alone."""
    place = 0
    while found := _OPENING.search(html, place):
        end = _end_of(found["tag"], html, found.start())
        if end is None:
            return
        yield found.start(), end
        place = end


def _end_of(tag: str, html: str, start: int) -> int | None:
    """Return where the element that begins at a place ends. Text and attributes of Handrail's hold no bare `<`."""
    depth = 0
    for found in _TAG[tag].finditer(html, start):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end()
    return None
