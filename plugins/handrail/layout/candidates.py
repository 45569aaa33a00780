"""The ways in which one edge can run: a few patterns of right-angled lines over rows and channels."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.layout.grid import Cell

Points = tuple[tuple[int, int], ...]
"""A route's corners, ends included, as numbers of lines across and down: odd through cells, even between."""

_WINDOW = 10
"""How many lines beyond both ends a detour is looked for."""


def direct(source: Cell, target: Cell) -> Iterator[Points]:
    """Yield the routes that need no channel: straight, round one corner, or round two."""
    sx, sy, tx, ty = 2 * source.column + 1, 2 * source.row + 1, 2 * target.column + 1, 2 * target.row + 1
    if sy == ty:
        if (tx - 1 <= source.right and sx < tx) or (source.left <= tx + 1 and tx < sx):
            yield (sx, sy), (tx, ty)
        return
    if ty < sy:
        return
    if sx == tx:
        if target.up == sy + 1:
            yield (sx, sy), (tx, ty)
        return
    if source.left <= tx <= source.right and target.up < sy:
        yield (sx, sy), (tx, sy), (tx, ty)
    if target.left <= sx <= target.right and source.down > ty:
        yield (sx, sy), (sx, ty), (tx, ty)
    lowest, highest = max(sy + 1, target.up), min(ty - 1, source.down)
    for gap in {lowest, lowest + 2, highest - 2, highest}:
        if lowest <= gap <= highest:
            yield (sx, sy), (sx, gap), (tx, gap), (tx, ty)


def detours(source: Cell, target: Cell, columns: int, upward: bool) -> Iterator[Points]:
    """Yield the routes through one channel; `upward` adds those that leave from the top."""
    sx, sy, tx, ty = 2 * source.column + 1, 2 * source.row + 1, 2 * target.column + 1, 2 * target.row + 1
    starts = (sy + 1, sy - 1) if upward else (sy + 1,)
    first = max(0, min(sx, tx) - 1 - _WINDOW)
    last = min(2 * columns, max(sx, tx) + 1 + _WINDOW)
    for channel in range(first, last + 1, 2):
        from_side = source.left <= channel <= source.right
        to_side = target.left <= channel <= target.right
        if from_side:
            yield (sx, sy), (channel, sy), (channel, ty - 1), (tx, ty - 1), (tx, ty)
            if to_side and sy != ty:
                yield (sx, sy), (channel, sy), (channel, ty), (tx, ty)
        for gap in starts:
            if to_side:
                yield (sx, sy), (sx, gap), (channel, gap), (channel, ty), (tx, ty)
            if gap != ty - 1:
                yield (sx, sy), (sx, gap), (channel, gap), (channel, ty - 1), (tx, ty - 1), (tx, ty)
