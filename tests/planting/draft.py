"""A page taken apart into what stands before its steps, the steps, and what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from handrail.handbook import read_handbook
from handrail.model import Document, Handbook
from handrail.options import options_of
from handrail.sources import Sources, folder_sources
from tests.conftest import ROOT

ROLES = ("Night lead", "Duty clerk", "Yard keeper")
OPTIONS = options_of({"kinds": {"**": "procedure"}, "roles": list(ROLES)})
"""How planted pages are read."""

_OWN = ("content/handbook", "content/guide", "tests/bakery", "tests/planted")
PAGE, OTHER = "page.md", "other.md"
MARKER = re.compile(r"(?P<indent>\s*)(?P<mark>\d+[.)]|[-*+])(?P<space>\s+)(?P<box>\[[ xX]\]\s+)?")
MARKUP = re.compile(r"[\[\]*`<>_|!:?#()\\{}&~]")
_LIST_FORMS = ("list", "tasks", "bullets")
SENTENCES = tuple(
    f"{verb} the {adjective} {noun} {rest}"
    for verb, adjective, noun, rest in (
        ("Polish", "wooden", "lantern", "with a dry cloth every evening"),
        ("Measure", "narrow", "tunnel", "twice and paint both numbers on its gate"),
        ("Borrow", "silver", "kettle", "out of the harbour kitchen"),
        ("Sketch", "distant", "orchard", "on squared paper"),
        ("Gather", "copper", "thimbles", "into one velvet basket"),
        ("Deliver", "heavy", "barrels", "to the market hall by noon"),
    )
)


@dataclass(frozen=True)
class Expected:
    """What should be found: the kind of change, and the place of the step before and after, counted from 0."""

    kind: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Draft:
    """A page taken apart: the lines before its steps, of each of its steps, and behind them."""

    head: tuple[str, ...]
    chunks: tuple[tuple[str, ...], ...]
    tail: tuple[str, ...]
    order: tuple[int, ...]
    """For each step which one it was at first; -1 for a new one."""
    lazy: bool
    """Whether every step bears the same number or none."""
    headings: bool = False
    words: tuple[str, ...] = ()
    """The words of the page that a step is reworded with, as often as they stand there: function words too."""
    strangers: tuple[str, ...] = ()
    """Sentences of steps of other pages of the same handbook, which can be put in here."""

    def text(self) -> str:
        """Return the page's Markdown, its steps numbered anew."""
        lines = list(self.head)
        for place, chunk in enumerate(self.chunks, 1):
            lines += _headed(chunk, place) if self.headings else _numbered(chunk, place, self.lazy)
        return "\n".join([*lines, *self.tail]) + "\n"


@dataclass(frozen=True)
class Planted:
    """Two versions of a handbook, and what should be found between them."""

    kind: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    expected: frozenset[Expected] = frozenset()


def drafts(folder: Path, most: int = 400) -> list[Draft]:
    """Return the pages of a folder whose steps are one list of at least five steps, taken apart."""
    texts = folder_sources(folder).texts
    found = []
    for path, text in texts.items():
        draft = draft_of(text) if len(text) < 40_000 else None
        if draft is not None:
            found.append((path, draft))
    kept = [draft for _, draft in sorted(found, key=lambda pair: pair[0])][:most]
    return [replace(one, strangers=_strangers(one, kept)) for one in kept]


def _strangers(own: Draft, every: Sequence[Draft]) -> tuple[str, ...]:
    """Return the plain sentences of other pages that nothing on this one is like: they can be new here."""
    known = {_plain_words(chunk) for chunk in own.chunks}
    said = dict.fromkeys(_sentence(chunk) for one in every if one is not own for chunk in one.chunks if len(chunk) == 1)
    return tuple(
        sentence
        for sentence in said
        if len(sentence.split()) >= 5
        and not MARKUP.search(sentence)
        and not _opens_with_a_condition(sentence)
        and all(len(_folded(sentence) & words) * 2 < len(_folded(sentence)) for words in known)
    )


def _sentence(chunk: Sequence[str]) -> str:
    mark = MARKER.match(chunk[0])
    return chunk[0][mark.end() if mark else 0 :].strip()


def _plain_words(chunk: Sequence[str]) -> frozenset[str]:
    return _folded(" ".join(chunk))


def _folded(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _opens_with_a_condition(sentence: str) -> bool:
    return f"{sentence.casefold()} ".startswith(tuple(f"{word} " for word in OPTIONS.recognised().condition))


def own_drafts() -> list[Draft]:
    """Return the pages of Handrail's own handbook and of the samples of the tests."""
    return [draft for folder in _OWN for draft in drafts(ROOT / folder)]


def read(texts: Mapping[str, str]) -> Handbook:
    """Read a planted handbook."""
    return read_handbook(Sources(dict(texts)), OPTIONS)


def draft_of(text: str) -> Draft | None:
    """Return a page taken apart; None where its steps are not one list."""
    text = re.sub(r"(?m)^handrail:.*\n(?:[ \t]+.*\n)*", "", text.replace("\r\n", "\n"))
    documents = read({PAGE: text}).procedures
    if len(documents) != 1 or not _is_one_list(documents[0]):
        return None
    steps, lines = documents[0].steps, text.split("\n")
    starts = [step.line - 1 for step in steps]
    bounds = [*starts, steps[-1].end]
    chunks = tuple(tuple(lines[start:end]) for start, end in pairwise(bounds))
    marks = {mark["mark"] for chunk in chunks if (mark := MARKER.match(chunk[0]))}
    head, tail = tuple(lines[: starts[0]]), tuple(lines[bounds[-1] :])
    draft = Draft(head, chunks, tail, tuple(range(len(chunks))), len(marks) == 1, words=_words_of(documents[0]))
    again = read({PAGE: draft.text()}).procedures
    same = len(again) == 1 and [step.text for step in again[0].all_steps()] == [
        step.text for step in documents[0].all_steps()
    ]
    return draft if same else None


def _words_of(document: Document) -> tuple[str, ...]:
    """Return the plain words of a page in small letters, but for those that say more than a word: `if`, `go`, `step`."""
    known = OPTIONS.recognised()
    telling = {part for text in (*known.condition, *known.jump, *known.step, *known.optional, *known.otherwise)
               for part in text.split()}  # fmt: skip
    texts = (*(step.text for step in document.all_steps()), *(rest.text for rest in document.rest))
    words = [word.casefold() for text in texts for word in re.findall(r"(?<![\w/.-])[^\W\d_]{2,}(?![\w/-])", text)]
    return tuple(word for word in words if word not in telling)


def _is_one_list(document: Document) -> bool:
    steps = document.steps
    return (
        document.form in _LIST_FORMS
        and document.anchor is None
        and len(steps) >= 5
        and all(step.flow == 1 for step in steps)
        and all(before.end < behind.line for before, behind in pairwise(steps))
        and len({step.text for step in steps}) == len(steps)
    )


def _numbered(chunk: Sequence[str], place: int, lazy: bool) -> list[str]:
    mark = MARKER.match(chunk[0])
    if lazy or mark is None or not mark["mark"][0].isdigit():
        return list(chunk)
    number = f"{place}{mark['mark'][-1]}"
    # The text of the item keeps its column, so that what stands below it stays inside.
    space = " " * max(1, len(mark["mark"]) + len(mark["space"]) - len(number))
    return [f"{mark['indent']}{number}{space}{chunk[0][mark.end('space') :]}", *chunk[1:]]


def _headed(chunk: Sequence[str], place: int) -> list[str]:
    """Return a step as a numbered heading, with what stood inside it below."""
    mark = MARKER.match(chunk[0])
    cut = mark.end() if mark else 0
    box = len(mark["box"] or "") if mark else 0
    rest = [line[min(cut - box, len(line) - len(line.lstrip())) :] for line in chunk[1:]]
    first = chunk[0][cut:].strip()
    lead = re.match(r"\*\*([^*:]+):\*\* ", first)
    if lead and lead[1] in ROLES:
        first = first[lead.end() :]
        rest = [f"- Who: {lead[1]}", *rest]
    sentence = [first]
    while rest and rest[0].strip() and not MARKER.match(rest[0]) and not rest[0].lstrip().startswith(("```", "|", ">")):
        sentence.append(rest.pop(0).strip())
    return [f"### {place}. {' '.join(sentence)}", "", *rest, ""]
