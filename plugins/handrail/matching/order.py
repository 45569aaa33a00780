"""What kept its place: the longest order that both sides have in common."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def kept_in_order(pairs: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """Return the indexes of the pairs `(before, after, weight)` that stay where they are; the others have moved.

    They are the heaviest run that grows on both sides, so that turning the sides round gives the same pairs.
    """
    order = sorted(range(len(pairs)), key=lambda index: pairs[index][:2])
    places = sorted({pair[1] for pair in pairs})
    best = _Best(len(places))
    came_from: dict[int, int | None] = {}
    for index in order:
        _, after, weight = pairs[index]
        place = bisect_left(places, after)
        total, last = best.before(place)
        came_from[index] = last
        best.put(place, total + weight, index)
    last = best.before(len(places))[1]
    kept: set[int] = set()
    while last is not None:
        kept.add(last)
        last = came_from[last]
    return frozenset(kept)


class _Best:
    """The heaviest run that ends before a place: a tree of partial maxima, so that asking and putting stay cheap."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int | None]] = [(0, None)] * (size + 1)

    def put(self, place: int, total: int, index: int) -> None:
        """Note a run that ends at a place."""
        at = place + 1
        while at < len(self._tree):
            if total > self._tree[at][0]:
                self._tree[at] = (total, index)
            at += at & -at

    def before(self, place: int) -> tuple[int, int | None]:
        """Return the heaviest run that ends before a place, and the pair that it ends with."""
        found: tuple[int, int | None] = (0, None)
        at = place
        while at > 0:
            if self._tree[at][0] > found[0]:
                found = self._tree[at]
            at -= at & -at
        return found
