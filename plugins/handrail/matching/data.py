"""What is paired with what."""

from __future__ import annotations

from typing import Literal

from handrail.dataclass import dataclass

By = Literal["id", "text", "likeness"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is paired: a step, or a block of text."""

    id: str
    """The id that the author wrote; empty where there is none."""
    text: tuple[str, ...]
    """The words of its sentence, folded."""
    whole: tuple[str, ...]
    """All its words, folded."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two entries that are the same one before and after."""

    before: int
    after: int
    by: By
    confidence: float
    """From 0 to 1; 1 where the id or the text is the same."""
    likeness: float = 1.0
    """How alike their words are, from 0 to 1, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Which entries are the same, by their indexes; what is in no match was removed or added."""

    matches: tuple[Match, ...]
    by_blocks: bool = False
    """Whether there were so many that only entries near one another were weighed."""
