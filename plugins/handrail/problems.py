"""A problem: what is wrong, where, how bad, and which rule says so."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Literal

from handrail.dataclass import dataclass
from handrail.kept import kept

Level = Literal["error", "warning", "info"]

LEVELS: tuple[Level, ...] = ("error", "warning", "info")
"""From the worst to the mildest."""


_ORDERS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of text, and halves of characters."""


class HandrailError(Exception):
    """Wrong use: one line that names the next thing to type."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about the content of a handbook, with its place and its mend."""

    rule: str
    level: Level
    path: str
    """The page, as a path below the handbook's folder, with `/` on every machine."""
    line: int
    """Counted from 1; 1 where a problem belongs to the page as a whole."""
    column: int
    """Counted from 1."""
    message: str
    mend: str
    """What the author can do about it."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by path, place and rule, each once."""
    return tuple(sorted(set(problems), key=_place))


def _place(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.path, problem.line, problem.column, problem.rule, problem.message


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is spelled most like this one, or None if none is close.

    Only names that share letter pairs with it are compared in full, so that many unknown names in a
    large handbook stay cheap.
    """
    names = frozenset(known)
    by_pair = _by_pair(names)
    shared = Counter(chain.from_iterable(by_pair.get(pair, ()) for pair in _pairs(name)))
    if len(name) < 3:
        shared.update(dict.fromkeys(names, 0))
    least = min(sorted(shared.values())[-_COMPARED:], default=0)
    likely = (candidate for candidate, pairs in shared.items() if pairs >= least)
    best = sorted(likely, key=lambda candidate: (-shared[candidate], candidate))[:_COMPARED]
    folded = {candidate.casefold(): candidate for candidate in reversed(best)}
    close = _closest(name.casefold(), folded)
    return folded[close] if close is not None else None


_CLOSE = 0.6
"""How much of two names has to be alike, where one is told for the other."""


def _closest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is most like a name: the first of difflib's close matches, with fewer looks.

    The one that shares most letters is compared first, and none that shares fewer than are alike in the best.
    """
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(name)
    shared: list[tuple[float, str]] = []
    for candidate in candidates:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= _CLOSE and (most := matcher.quick_ratio()) >= _CLOSE:
            shared.append((most, candidate))
    least, found = _CLOSE, None
    for most, candidate in sorted(shared, reverse=True):
        if most < least:
            break
        matcher.set_seq1(candidate)
        ratio = matcher.ratio()
        if ratio > least or (ratio == least and (found is None or candidate > found)):
            least, found = ratio, candidate
    return found


_COMPARED = 12
"""How many names are compared letter by letter."""


@kept(4)
def _by_pair(names: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names that hold each pair of letters."""
    found: dict[str, list[str]] = {}
    for name in names:
        for pair in _pairs(name):
            found.setdefault(pair, []).append(name)
    return {pair: tuple(holders) for pair, holders in found.items()}


def _pairs(name: str) -> frozenset[str]:
    """Return the pairs of letters that stand side by side in a name, whatever their case."""
    folded = name.casefold()
    return frozenset(folded[place : place + 2] for place in range(len(folded) - 1))


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return a mend that names the nearest known name, or `otherwise` if none is close."""
    close = nearest(name, known)
    return f"Did you mean `{close}`?" if close else otherwise


def plain(text: str) -> str:
    """Return a text on one line, each character that a terminal would act on made visible."""
    return _ORDERS.sub("\ufffd", " ".join(text.split()))
