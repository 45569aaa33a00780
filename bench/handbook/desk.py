"""What the writer of one page has before them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Entry:
    """One page before it is written."""

    path: str
    kind: str
    """A kind of Handrail's, or `page`."""
    title: str
    words: int
    """About how many words it will have."""
    form: str
    """The form of its steps, where it is a procedure."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the writer of one page has before them."""

    chance: random.Random
    here: Entry
    procedures: Sequence[Entry]
    """Procedures of the area, and of one before it."""
    pages: Sequence[Entry]
    """Every page of these areas."""
    roles: Sequence[str]
    width: int
    """Lines are wrapped at so many characters; 0 for never."""


Choice = TypeVar("Choice")


def drawn(desk: Desk, weights: Mapping[Choice, int]) -> Choice:
    """Return one of the choices, each as often as its weight says."""
    return desk.chance.choices(list(weights), list(weights.values()))[0]
