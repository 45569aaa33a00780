"""Two texts word by word: runs of words that stayed, went and came."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Literal

from handrail.dataclass import dataclass

_AROUND = 6
"""So many words that stayed are shown beside those that changed."""
_LONG = 1_500
"""Longer texts are shown as a whole: to compare them word by word would take too long."""

Side = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one side that stand together and have the same fate."""

    words: tuple[str, ...]
    changed: bool
    cut: bool = False
    """Whether words that stayed were left out in the middle."""


def runs(before: str | None, after: str | None, side: Side) -> Iterator[Run]:
    """Yield the words of one side, what stayed shortened; all of them changed where the other side is empty."""
    ours, theirs = (before or "").split(), (after or "").split()
    words = ours if side == "before" else theirs
    if not ours or not theirs:
        if words:
            yield Run(tuple(words), False)
        return
    for start, end, changed in _spans(ours, theirs, side):
        yield from [Run(tuple(words[start:end]), True)] if changed else _shortened(words, start, end)


def _spans(ours: list[str], theirs: list[str], side: Side) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each run on one side, and whether it changed."""
    if max(len(ours), len(theirs)) > _LONG:
        yield 0, len(ours if side == "before" else theirs), True
        return
    for tag, one, one_end, other, other_end in difflib.SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        start, end = (one, one_end) if side == "before" else (other, other_end)
        if end > start:
            yield start, end, tag != "equal"


def _shortened(words: list[str], start: int, end: int) -> Iterator[Run]:
    """Yield words that stayed: all of a short run, else its ends."""
    head = 0 if start == 0 < len(words) - end else _AROUND
    tail = 0 if end == len(words) else _AROUND
    if end - start <= head + tail + _AROUND:
        yield Run(tuple(words[start:end]), False)
        return
    first, last = tuple(words[start : start + head]), tuple(words[end - tail : end] if tail else ())
    yield Run((*first, "…", *last), False, cut=True)
