"""What is kept of one call for the next, in whatever room, until nobody asks for it any more."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., object])

_CLEARING: list[Callable[[], None]] = []


def kept(most: int) -> Callable[[_Function], _Function]:
    """Keep what a function returned for its last `most` arguments, until all that is kept is let go of."""

    def keeping(function: _Function) -> _Function:
        keeper = functools.lru_cache(maxsize=most)(function)
        _CLEARING.append(keeper.cache_clear)
        return cast(_Function, keeper)

    return keeping


def let_go() -> None:
    """Let go of all that is kept: the words of a handbook take as much room as a third of its model."""
    for clear in _CLEARING:
        clear()
