"""Text outside of the steps, cut into what is compared with what: paragraphs, items of lists, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from handrail.diff.tables import is_table
from handrail.matching import folded, words_of
from handrail.model import Rest

_ITEM = re.compile(r"( *)(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_TAKEN = 0.5
"""So much of what a block said must stand in the other one, and not be what its partner said already."""
_GAIN = 0.02
"""By how much more alike two blocks together must be to another than one of them."""

Couple = tuple[Rest, Rest, float]
"""A block before and after, and how sure it is that they are the same."""


def pieces_of(rests: Sequence[Rest]) -> list[Rest]:
    """Return the blocks, each list as its items."""
    return [piece for rest in rests for piece in _pieces(rest)]


def _pieces(rest: Rest) -> Iterator[Rest]:
    lines = rest.text.split("\n")
    first = _ITEM.match(lines[0])
    if first is None:
        yield rest
        return
    starts, fenced = [], False
    for number, line in enumerate(lines):
        item = _ITEM.match(line)
        if not fenced and item is not None and len(item[1]) <= len(first[1]):
            starts.append(number)
        fenced ^= _FENCE.match(line) is not None
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield replace(rest, line=rest.line + start, text="\n".join(lines[start:end]).rstrip())


def words_in(rest: Rest) -> tuple[str, ...]:
    """Return the words of a block; of a heading with nothing below it those of the heading."""
    return words_of(rest.text or rest.heading)


def joined(
    couples: Sequence[Couple], gone: Sequence[Rest], come: Sequence[Rest]
) -> tuple[list[Couple], list[Rest], list[Rest]]:
    """Return pairs and lone blocks, where a lone block that stands beside a pair went into its partner.

    A pair takes one block, and none where both of its sides could: the same whichever side comes first.
    """
    takers = _takers(couples, gone, 0), _takers(couples, come, 1)
    found = list(couples)
    left: list[list[Rest]] = [list(gone), list(come)]
    for place, (one, other, sure) in enumerate(couples):
        if (place in takers[0]) != (place in takers[1]):
            side = 0 if place in takers[0] else 1
            rest = takers[side][place]
            found[place] = (_both(rest, one), other, sure) if side == 0 else (one, _both(rest, other), sure)
            left[side].remove(rest)
    return found, left[0], left[1]


def _takers(couples: Sequence[Couple], lone: Sequence[Rest], side: int) -> dict[int, Rest]:
    """Return the place of each pair that can take a lone block of one side -> the first such block."""
    found: dict[int, Rest] = {}
    for rest in lone:
        fitting = [at for at, couple in enumerate(couples) if _went_into(rest, couple, side)]
        if fitting:
            place = min(fitting, key=lambda at: (couples[at][0], couples[at][1])[side].line)
            found.setdefault(place, rest)
    return found


def _went_into(rest: Rest, couple: Couple, side: int) -> bool:
    """Whether a block of one side is part of what the pair's other block says."""
    own, partner = (couple[0], couple[1]) if side == 0 else (couple[1], couple[0])
    if own.heading != rest.heading or not (own.text and rest.text) or not _beside(rest, own):
        return False
    if any(is_table(one.text) for one in (rest, own, partner)):
        return False
    said, whole, more = _counted(own), _counted(partner), _counted(rest)
    taken = more & (whole - said)
    together = _alike(said + more, whole)
    return taken.total() >= _TAKEN * more.total() and together >= _alike(said, whole) + _GAIN


def _beside(one: Rest, other: Rest) -> bool:
    """Whether two blocks follow each other, with blank lines at most between them."""
    first, second = sorted((one, other), key=lambda rest: rest.line)
    return second.line - (first.line + first.text.count("\n")) <= 3


def _counted(rest: Rest) -> Counter[str]:
    return Counter(folded(words_in(rest)))


def _alike(ours: Counter[str], theirs: Counter[str]) -> float:
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def _both(rest: Rest, other: Rest) -> Rest:
    first, second = sorted((rest, other), key=lambda one: one.line)
    return replace(first, text=f"{first.text}\n\n{second.text}")
