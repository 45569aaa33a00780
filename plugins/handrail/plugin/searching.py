"""Put aside what a search has no use for, while other plugins gather the words of a page.

Search plugins parse every page once more, element by element. Handrail's tables, drawings and lines at steps are
marked with `data-search-exclude`, only to be passed over; of its other blocks, a search keeps the words and few
elements. So the first are taken out, and of the others the words are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.dataclass import dataclass

_OPENING = re.compile(r'<(div|dl|p|span|footer) class="handrail[^"<>]*"([^<>]*)>')
_UNREAD = re.compile(r'<(div|dl|p|span|footer) class="handrail[^"<>]*"[^<>]* data-search-exclude[ >]')
_TAG = {tag: re.compile(rf"</?{tag}[\s>]") for tag in ("div", "dl", "p", "span", "footer")}
_APART = re.compile(r"<(?:h[1-6]|pre|script|style|object)\b")
"""What a search does more with than to read its words: a block that holds one is left as it is."""
_PASSED = re.compile(r"</?(?!(?:p|ul|ol|li|code|sub|sup)[\s>])[a-z][^<>]*>")
"""The tags that a search passes over."""
_PLACE = re.compile(r"<!--handrail:\d")
_PLACES = re.compile(r"<!--handrail:(\d+)(?:-->|\+-->[^<]*(?:<(?!!--handrail:\1/-->)[^<]*)*<!--handrail:\1/-->)")


@dataclass(frozen=True, slots=True)
class Aside:
    """The HTML of a page as a search needs it."""

    html: str
    """With a comment in each place where something was taken out, or with two around the words that were left."""
    pieces: tuple[str, ...]

    def restored(self, html: str) -> str:
        """Return a page's HTML, perhaps changed meanwhile, with each piece back in its place."""
        if not self.pieces:
            return html
        return _PLACES.sub(lambda place: self._piece(int(place[1])), html)

    def _piece(self, number: int) -> str:
        return self.pieces[number] if number < len(self.pieces) else ""


def put_aside(html: str) -> Aside:
    """Take out of a page's HTML the elements of Handrail's, but for the words that a search reads."""
    kept: list[str] = []
    pieces: list[str] = []
    past = 0
    for start, end, words in () if _holds_places(html) else _own(html):
        kept += (html[past:start], _left(len(pieces), words))
        pieces.append(html[start:end])
        past = end
    return Aside("".join((*kept, html[past:])), tuple(pieces))


def _holds_places(html: str) -> bool:
    """Whether a page holds what could be taken for a place: then all of it stays, for it could not be told apart.

    An author's `<!--handrail: {kind: procedure}-->` is none.
    """
    return "<!--handrail:" in html and _PLACE.search(html) is not None


def all_aside(html: str) -> Aside:
    """Take out the whole of a page."""
    return Aside(_left(0, ""), (html,))


def _left(number: int, words: str) -> str:
    """Return what stands in a page instead of a piece."""
    return f"<!--handrail:{number}+--> {words} <!--handrail:{number}/-->" if words else f"<!--handrail:{number}-->"


def _own(html: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each element begins and ends that can be put aside, with the words that a search reads of it."""
    place = 0
    while found := _OPENING.search(html, place):
        end = _end_of(found[1], html, found.start())
        if end is None:
            return
        words = "" if " data-search-exclude " in f"{found[2]} " else _words(html[found.start() : end])
        place = found.end() if words is None else end
        if words is not None:
            yield found.start(), end, words


def _words(html: str) -> str | None:
    """Return what a search reads of an element, with as few tags as can be; None where it is better left alone."""
    if _APART.search(html):
        return None
    read = (_without_unread(html) if " data-search-exclude" in html else html).replace("><", "> <").replace("<br>", " ")
    return " ".join(_PASSED.sub("", read).split())


def _without_unread(html: str) -> str:
    """Return an element without those in it that no search reads; one that does not end is left alone."""
    kept: list[str] = []
    past = 0
    while found := _UNREAD.search(html, past):
        end = _end_of(found[1], html, found.start())
        if end is None:
            break
        kept.append(html[past : found.start()])
        past = end
    return "".join((*kept, html[past:]))


def _end_of(tag: str, html: str, start: int) -> int | None:
    """Return where the element that begins at a place ends. Text and attributes of Handrail's hold no bare `<`."""
    depth = 0
    for found in _TAG[tag].finditer(html, start):
        depth += -1 if html[found.start() + 1] == "/" else 1
        if depth == 0:
            return found.end()
    return None
