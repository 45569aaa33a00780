"""Which way each edge runs: the cheapest by length, bends and crossings, with every other edge in view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, permutations
from typing import NamedTuple

from handrail.graph import Graph
from handrail.layout.board import CROSSING, Board
from handrail.layout.candidates import Points, detours, direct
from handrail.layout.grid import Grid
from handrail.layout.ranks import Arrows

_BEND = 40
_GOOD_ENOUGH = 60
"""What a direct route may cost beyond its length before detours are looked at."""
_ROUNDS = 2
"""How often each edge that is in the way is moved alone."""
_REORDERS, _ORDERS = 1, 12
"""How often all edges of one node are moved together, and in how many orders at most."""
_CORNERS_BESIDE_TOP = 3
"""How many branches a decision has corners for before one must leave from the top."""
_NO_LIMIT = 1 << 40
_GAP, _CHANNEL = 34, 36
"""Roughly, before anything is routed: the pixels between rows and between columns."""
_PATIENCE = 2_000
"""In flows with more edges, those in the way are moved aside only once."""


class _Way(NamedTuple):
    """A route with what its length and bends cost."""

    base: int
    points: Points


def routed(graph: Graph, arrows: Arrows, grid: Grid) -> list[Points]:
    """Return each edge's route, in the order of the edges."""
    router = _Router(graph, arrows, grid)
    order = sorted(range(len(arrows)), key=lambda edge: (_span(grid, arrows[edge]), edge))
    chosen = router.routed(order)
    for number in range(_ROUNDS if len(arrows) < _PATIENCE else 1):
        if not router.improves(order[:: 1 if number % 2 else -1], chosen):
            break
    for _ in range(_REORDERS if len(arrows) < _PATIENCE else 0):
        for together in router.board.leaving:
            if len(together) > 1:
                router.reorders(together, chosen)
    return [chosen[edge].points for edge in range(len(arrows))]


def _span(grid: Grid, arrow: tuple[int, int]) -> int:
    source, target = grid.cells[arrow[0]], grid.cells[arrow[1]]
    return 2 * abs(source.row - target.row) + (target.row <= source.row)


class _Router:
    """The board, and the ways that were found for each edge."""

    __slots__ = ("arrows", "board", "grid", "ruler", "ways")

    def __init__(self, graph: Graph, arrows: Arrows, grid: Grid) -> None:
        self.arrows, self.grid = arrows, grid
        self.board = Board(graph, arrows, grid)
        self.ruler = _ruler(grid)
        self.ways: dict[int, list[_Way]] = {}

    def routed(self, order: Iterable[int]) -> dict[int, _Way]:
        """Choose a way for each edge in turn."""
        chosen = {}
        for edge in order:
            chosen[edge] = self._direct(edge) or self._cheapest(edge, self._all(edge))
            self.board.add(edge, chosen[edge].points)
        return chosen

    def improves(self, order: Iterable[int], chosen: dict[int, _Way]) -> bool:
        """Choose again for each edge that is in another's way; say whether anything changed."""
        changed = False
        for edge in order:
            way = chosen[edge]
            self.board.remove(edge, way.points)
            extra = self.board.extra(edge, way.points, _NO_LIMIT)
            if extra > _GOOD_ENOUGH:
                chosen[edge] = self._cheapest(edge, self._all(edge), way, way.base + extra)
                changed |= chosen[edge] != way
            self.board.add(edge, chosen[edge].points)
        return changed

    def reorders(self, together: list[int], chosen: dict[int, _Way]) -> None:
        """Choose anew for edges that leave one node, in whichever order costs least."""
        before = self._taken_away(together, chosen)
        if before < sum(chosen[edge].base for edge in together) + CROSSING:
            self._put(together, chosen)
            return
        for order in islice(permutations(together), _ORDERS):
            tried, cost = self._tried(order, before)
            if cost < before:
                before = cost
                chosen.update(tried)
        self._put(together, chosen)

    def _tried(self, order: Sequence[int], limit: int) -> tuple[dict[int, _Way], int]:
        """Choose ways in this order, as long as they cost less than the limit; leave the board as it was."""
        tried: dict[int, _Way] = {}
        cost = 0
        for edge in order:
            way = self._cheapest(edge, self._all(edge))
            cost += way.base + self.board.extra(edge, way.points, _NO_LIMIT)
            if cost >= limit:
                break
            tried[edge] = way
            self.board.add(edge, way.points)
        for edge, way in tried.items():
            self.board.remove(edge, way.points)
        return tried, cost

    def _taken_away(self, together: Iterable[int], chosen: dict[int, _Way]) -> int:
        """Take edges off the board; return what they cost there."""
        cost = 0
        for edge in together:
            way = chosen[edge]
            self.board.remove(edge, way.points)
            cost += way.base + self.board.extra(edge, way.points, _NO_LIMIT)
        return cost

    def _put(self, together: Iterable[int], chosen: dict[int, _Way]) -> None:
        for edge in together:
            self.board.add(edge, chosen[edge].points)

    def _direct(self, edge: int) -> _Way | None:
        """Return a way without a detour, where one is free."""
        ways = self._quick(edge)
        if not ways:
            return None
        best = self._cheapest(edge, ways)
        cost = best.base + self.board.extra(edge, best.points, _NO_LIMIT)
        return best if cost - ways[0].base < _GOOD_ENOUGH else None

    def _quick(self, edge: int) -> list[_Way]:
        source, target = self.arrows[edge]
        if source == target:
            return []
        return _sorted_ways(direct(self.grid.cells[source], self.grid.cells[target]), self.ruler)

    def _all(self, edge: int) -> list[_Way]:
        if edge not in self.ways:
            source, target = self.arrows[edge]
            start, finish = self.grid.cells[source], self.grid.cells[target]
            upward = len(self.board.leaving[source]) > _CORNERS_BESIDE_TOP
            around = _sorted_ways(detours(start, finish, self.grid.columns, upward), self.ruler)
            self.ways[edge] = sorted(self._quick(edge) + around)
        return self.ways[edge]

    def _cheapest(self, edge: int, ways: Sequence[_Way], best: _Way | None = None, cost: int = _NO_LIMIT) -> _Way:
        """Return the way that costs least; the one that there is keeps its place unless another costs less."""
        for way in ways:
            if way.base >= cost:
                break
            price = way.base + self.board.extra(edge, way.points, cost - way.base)
            if price < cost:
                best, cost = way, price
        return best or ways[0]


def _sorted_ways(routes: Iterable[Points], ruler: tuple[list[int], list[int]]) -> list[_Way]:
    return sorted(_Way(_length(points, *ruler) + _BEND * (len(points) - 2), points) for points in routes)


def _length(points: Points, across: list[int], down: list[int]) -> int:
    length = 0
    x, y = points[0]
    for next_x, next_y in points[1:]:
        length += abs(across[next_x] - across[x]) + abs(down[next_y] - down[y])
        x, y = next_x, next_y
    return length


def _ruler(grid: Grid) -> tuple[list[int], list[int]]:
    """Return roughly where each line across and down will lie."""
    widths, heights = [0] * grid.columns, [0] * grid.rows
    for cell, size in zip(grid.cells, grid.sizes, strict=True):
        widths[cell.column] = max(widths[cell.column], size.width)
        heights[cell.row] = max(heights[cell.row], size.height)
    return _marks(widths, _CHANNEL), _marks(heights, _GAP)


def _marks(sizes: list[int], between: int) -> list[int]:
    marks, here = [between // 2], between
    for size in sizes:
        marks += [here + size // 2, here + size + between // 2]
        here += size + between
    return marks
