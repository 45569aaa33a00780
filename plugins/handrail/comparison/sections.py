"""What documents say outside of their steps and facts, by the headings under which they say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from handrail.comparison.data import Answer, Compared
from handrail.comparison.words import alike, reference, shortened, word_pieces
from handrail.dataclass import dataclass
from handrail.index import address, clipped
from handrail.kept import kept
from handrail.matching import words_of
from handrail.model import Document
from handrail.tables import Piece, Spot

SECTIONS = "sections"
"""The word that stands for all sections."""
SECTION = "section:"
"""With it begins the name of the row of one section."""
OPENING, BESIDE = "(opening)", "(steps)"
"""The names of what stands under the title, and of what stands below a step that is a heading."""
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[IVXivx]+[.)])\s+")
_LONG = 240


@dataclass(frozen=True, slots=True)
class Section:
    """The words under one heading of a document."""

    title: str
    words: tuple[str, ...]
    line: int


@kept(4096)
def section_key(heading: str) -> str:
    """Return the name by which sections of several documents are the same, whatever their numbers."""
    return " ".join(_without_number(heading).casefold().split()).strip(" .:")


def sections_of(item: Document) -> Mapping[str, Section]:
    """Return the sections of a document by name, in its order."""
    steps = {section_key(step.text) for step in item.all_steps()} if item.form == "headings" else set()
    title = section_key(item.title)
    titles: dict[str, tuple[str, int]] = {}
    said: dict[str, list[str]] = {}
    for rest in item.rest:
        words = words_of(rest.text)
        if not words:
            continue
        key = section_key(rest.heading)
        key = BESIDE if key in steps else OPENING if key in ("", title) else key
        if key not in titles:
            titles[key] = "" if key in (OPENING, BESIDE) else _without_number(rest.heading).rstrip(" .:"), rest.line
        said.setdefault(key, []).extend(words)
    return {key: Section(heading, tuple(said[key]), line) for key, (heading, line) in titles.items()}


def _without_number(heading: str) -> str:
    return _NUMBER.sub("", heading.strip())


def section_names(items: Iterable[Document]) -> tuple[str, ...]:
    """Return the names of the rows of all sections, in each document's own order where that is possible."""
    order: list[str] = []
    for item in items:
        own = list(sections_of(item))
        after = 0
        for place, key in enumerate(own):
            if key not in order:
                following = (order.index(other) for other in own[place:] if other in order)
                order.insert(max(after, next(following, len(order))), key)
            after = order.index(key) + 1
    return tuple(f"{SECTION}{key}" for key in order)


def section_rows(names: Sequence[str], items: Sequence[Document]) -> tuple[Compared, ...]:
    """Return a row for each section: what each document says there, and who says something else than most."""
    keys = [name.removeprefix(SECTION) for name in names if name.startswith(SECTION)]
    found = [sections_of(item) for item in items] if keys else []
    return tuple(_row(key, items, [sections.get(key) for sections in found]) for key in keys)


def _row(key: str, items: Sequence[Document], sections: Sequence[Section | None]) -> Compared:
    said = [section.words for section in sections if section is not None]
    most = reference(said) if said else ()
    answers = tuple(_answer(item, section, most) for item, section in zip(items, sections, strict=True))
    title = next((section.title for section in sections if section is not None), key)
    return Compared(f"{SECTION}{key}", answers, any(answer.differs for answer in answers), title)


def _answer(item: Document, section: Section | None, most: tuple[str, ...]) -> Answer:
    if section is None:
        return Answer("absent", differs=True)
    differs = section.words != most
    parts = tuple(shortened(word_pieces(most, section.words))) if differs and alike(most, section.words) else ()
    piece = Piece(clipped(" ".join(section.words), _LONG), address(item), Spot(item.path, section.line), parts=parts)
    return Answer("stated", (piece,), section.words, differs)
