"""What was found between two planted versions, held against what was planted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from handrail.diff import Fact, Side, facts_between
from tests.planting import (
    NOISE,
    OPTIONS,
    OTHER,
    PLANTS,
    PROCESSES,
    Draft,
    Expected,
    Planted,
    noisy,
    planted,
    read,
    steps_of,
)

_KINDS = {
    "step.moved to another document": "moved",
    "document.renamed": "renamed",
    "document.moved": "renamed",
    "document.form": "form",
}
"""Name of a fact -> the kind that a plant calls it, where that is another word."""
_OF_PAGES = ("renamed", "form", "document.split", "document.merged", "document.copied", "document.re-homed")
_FREE = ("text.front_matter",)
"""What noise may give: a key of the front matter is another, and that is told."""


@dataclass(frozen=True)
class Score:
    """How much of what was planted was found, and how much of what was found was planted."""

    name: str
    pages: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that was planted."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what was planted that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def side(name: str, texts: Mapping[str, str]) -> Side:
    """Return a planted handbook as one side of a comparison."""
    return Side(name, read(texts), texts, OPTIONS)


def facts_of(case: Planted) -> tuple[Fact, ...]:
    """Return every fact between the two versions of a planted page."""
    return facts_between(side("before", case.before), side("after", case.after)).facts


def found_in(case: Planted) -> set[Expected]:
    """Return what was found about steps and documents, in the words of the generator."""
    before, after = (_lines(texts) for texts in (case.before, case.after))
    found = set()
    for fact in facts_of(case):
        kind = _KINDS.get(fact.name, fact.name.removeprefix("step."))
        if kind in _OF_PAGES:
            found.add(Expected(kind))
        elif fact.what == "step" and _is_on(fact, (*case.before, *case.after)):
            place = before.get((fact.before.path, fact.before.line), -1) if fact.before else None
            elsewhere = fact.after is None or fact.after.path == OTHER
            there = None if elsewhere or fact.after is None else after.get((fact.after.path, fact.after.line), -1)
            found.add(Expected(kind, place, there))
        elif fact.name in ("document.added", "document.removed"):
            found.add(Expected(fact.name))
    return found


def _is_on(fact: Fact, paths: Iterable[str]) -> bool:
    """Whether a fact is about a planted page, not about a process that calls it."""
    pages = {path for path in paths if path not in PROCESSES}
    return any(place is not None and place.path in pages for place in (fact.before, fact.after))


def _lines(texts: Mapping[str, str]) -> dict[tuple[str, int], int]:
    """Return path and line of each step of the planted page -> its place."""
    return {place: number for number, place in enumerate(steps_of(texts))}


def score(drafts: Sequence[Draft], names: Sequence[str], seeds: int, most: int | None = None) -> Score:
    """Plant the same changes into many pages and count; with `most`, in so many versions, of pages taken by chance."""
    pages = right = wrong = missed = 0
    for draft, seed in _turns(drafts, names, seeds, most is not None):
        case = planted(draft, names, seed)
        if case is not None:
            found = found_in(case)
            pages += 1
            right += len(found & case.expected)
            wrong += len(found - case.expected)
            missed += len(case.expected - found)
            if pages == most:
                break
    return Score(" + ".join(names), pages, right, wrong, missed)


def _turns(drafts: Sequence[Draft], names: Sequence[str], seeds: int, shuffled: bool) -> Iterator[tuple[Draft, int]]:
    """Yield each page with each seed, every page once before any comes again."""
    ordered = list(drafts)
    if shuffled:
        random.Random(" ".join(names)).shuffle(ordered)
    yield from ((draft, seed) for seed in range(seeds) for draft in ordered)


def alone(drafts: Sequence[Draft], seeds: int) -> list[Score]:
    """Score each kind of change by itself."""
    return [score(drafts, [name], seeds) for name in PLANTS]


PAIRS = tuple(combinations(PLANTS, 2))


def in_pairs(
    drafts: Sequence[Draft], seeds: int, most: int | None = None, pairs: Iterable[Sequence[str]] = PAIRS
) -> Iterator[Score]:
    """Yield the score of each two kinds of change in the same page that have any version at all."""
    scores = (score(drafts, names, seeds, most) for names in pairs)
    return (one for one in scores if one.pages)


def noise(drafts: Iterable[Draft], name: str, seeds: int) -> tuple[int, list[Fact]]:
    """Return in how many pages a noise was put, and the facts that should not be there."""
    pages, facts = 0, []
    for draft in drafts:
        for seed in range(seeds):
            case = noisy(draft, name, seed)
            if case is not None:
                pages += 1
                facts += [fact for fact in facts_of(case) if fact.name not in _FREE]
    return pages, facts


NOISES = tuple(NOISE)
