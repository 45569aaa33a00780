"""Partners of least total cost: each taken once, and nobody has to take one."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence


def best_partners(gains: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """Return for each row its column, so that the sum of the gains is as large as it can be.

    A row whose column would cost the others more than it gains has none. Shortest augmenting paths over the pairs that
    are there: fast where each row has few columns.
    """
    search = _Search(gains)
    for row in range(len(gains)):
        search.place(row)
    return {row: column for column, row in search.row_of.items() if column >= 0}


class _Search:
    """The pairs found so far, with the prices that prove them best; column `-1 - row` stands for none."""

    def __init__(self, gains: Sequence[Mapping[int, int]]) -> None:
        self._costs = [
            {-1 - row: 0, **{column: -gain for column, gain in found.items()}} for row, found in enumerate(gains)
        ]
        self._row_price = [min(costs.values()) for costs in self._costs]
        self._column_price: dict[int, int] = {}
        self._column_of: dict[int, int] = {}
        self.row_of: dict[int, int] = {}

    def place(self, row: int) -> None:
        """Give a row its column, and others theirs anew where that is better."""
        reached: dict[int, int] = {}
        done: dict[int, int] = {}
        came_from: dict[int, int] = {}
        waiting: list[tuple[int, int]] = []
        current, walked = row, 0
        while True:
            for column, cost in self._costs[current].items():
                length = walked + cost - self._row_price[current] - self._column_price.get(column, 0)
                if column not in done and length < reached.get(column, length + 1):
                    reached[column], came_from[column] = length, current
                    heapq.heappush(waiting, (length, column))
            walked, free = heapq.heappop(waiting)
            while free in done:
                walked, free = heapq.heappop(waiting)
            done[free] = walked
            if free not in self.row_of:
                break
            current = self.row_of[free]
        self._reprice(row, free, done)
        self._turn(row, free, came_from)

    def _reprice(self, row: int, free: int, done: Mapping[int, int]) -> None:
        """Change the prices so that every pair on the path costs nothing."""
        length = done[free]
        self._row_price[row] += length
        for column, walked in done.items():
            if column != free:
                self._row_price[self.row_of[column]] += length - walked
                self._column_price[column] = self._column_price.get(column, 0) - (length - walked)

    def _turn(self, row: int, free: int, came_from: Mapping[int, int]) -> None:
        """Give each row on the path the column behind it."""
        column: int | None = free
        while column is not None:
            current = came_from[column]
            left = self._column_of.get(current)
            self.row_of[column], self._column_of[current] = current, column
            column = None if current == row else left
