"""Which way each edge runs: the cheapest by length, bends and crossings, with every other edge in view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handrail.graph import Graph
from handrail.layout.board import Board, lines_of
from handrail.layout.candidates import Points, detours, direct
from handrail.layout.grid import Grid
from handrail.layout.ranks import Arrows

_BEND = 40
_GOOD_ENOUGH = 60
"""What a direct route may cost beyond its length before detours are looked at."""
_ROUNDS = 3
_GAP, _CHANNEL = 34, 36
"""Roughly, before anything is routed: the pixels between rows and between columns."""
_PATIENCE = 2_000
"""In flows with more edges, those in the way are moved aside only once."""


@dataclass(frozen=True, slots=True)
class _Way:
    base: int
    points: Points


def routed(graph: Graph, arrows: Arrows, grid: Grid) -> list[Points]:
    """Return each edge's route, in the order of the edges."""
    board = Board(graph, arrows, grid)
    ruler = _ruler(grid)
    ways: list[list[_Way] | None] = [None] * len(arrows)
    chosen: list[tuple[int, Points]] = [(0, ())] * len(arrows)
    order = sorted(range(len(arrows)), key=lambda edge: (_span(grid, arrows[edge]), edge))
    for edge in order:
        chosen[edge] = _choose(edge, board, grid, arrows, ruler, ways)
        board.add(edge, chosen[edge][1])
    for number in range(_ROUNDS if len(arrows) < _PATIENCE else 1):
        if not _improve(order[:: 1 if number % 2 else -1], board, grid, arrows, ruler, ways, chosen):
            break
    return [points for _, points in chosen]


def _improve(
    order: Iterable[int],
    board: Board,
    grid: Grid,
    arrows: Arrows,
    ruler: tuple[list[int], list[int]],
    ways: list[list[_Way] | None],
    chosen: list[tuple[int, Points]],
) -> bool:
    """Choose again for each edge that is in another's way; say whether anything changed."""
    changed = False
    for edge in order:
        points = chosen[edge][1]
        board.remove(edge, points)
        if board.extra(edge, points, lines_of(points), 1 << 40) > _GOOD_ENOUGH:
            chosen[edge] = _choose(edge, board, grid, arrows, ruler, ways)
            changed |= chosen[edge][1] != points
        board.add(edge, chosen[edge][1])
    return changed


def _span(grid: Grid, arrow: tuple[int, int]) -> int:
    source, target = grid.cells[arrow[0]], grid.cells[arrow[1]]
    return 2 * abs(source.row - target.row) + (target.row <= source.row)


def _choose(
    edge: int,
    board: Board,
    grid: Grid,
    arrows: Arrows,
    ruler: tuple[list[int], list[int]],
    ways: list[list[_Way] | None],
) -> tuple[int, Points]:
    source, target = arrows[edge]
    start, finish = grid.cells[source], grid.cells[target]
    if ways[edge] is None:
        quick = _sorted_ways((points for points in direct(start, finish) if source != target), ruler)
        best = _cheapest(edge, board, quick, None)
        if best and best[0] - quick[0].base < _GOOD_ENOUGH:
            return best
        upward = len(board.leaving[source]) > 3
        ways[edge] = _sorted_ways(
            [*(way.points for way in quick), *detours(start, finish, grid.columns, upward)], ruler
        )
    found = _cheapest(edge, board, ways[edge] or [], None)
    assert found
    return found


def _cheapest(
    edge: int, board: Board, ways: Sequence[_Way], best: tuple[int, Points] | None
) -> tuple[int, Points] | None:
    for way in ways:
        limit = best[0] - way.base if best else 1 << 40
        if limit <= 0:
            break
        extra = board.extra(edge, way.points, lines_of(way.points), limit)
        if extra < limit:
            best = way.base + extra, way.points
    return best


def _sorted_ways(routes: Iterable[Points], ruler: tuple[list[int], list[int]]) -> list[_Way]:
    ways = [_Way(_length(points, *ruler) + _BEND * (len(points) - 2), points) for points in routes]
    return sorted(ways, key=lambda way: (way.base, way.points))


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
