"""A drawing on paper: cut between two ranks into sheets on which it can still be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handrail.layout import Placement

_UPRIGHT, _ACROSS = (690, 920), (950, 600)
"""Width and height of the room on a sheet, in CSS pixels: what both A4 and Letter have within their margins."""
_TITLE = 170
"""What stands above the first sheet of a flow page."""
_SMALLEST = 0.89
"""How far a drawing may shrink: its labels, of 12 pixels, are then 8 points high."""
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a drawing from one height to another, below the titles of its lanes."""

    top: int
    height: int
    """In pixels of the drawing."""
    head: int
    """The height of the lanes' titles, which stand on every sheet."""
    shown_width: int
    shown_height: int
    """In pixels of the paper."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A drawing cut for paper; none where it would be too small to be read."""

    width: int
    height: int
    across: bool
    """Whether the paper lies on its side."""
    sheets: tuple[Sheet, ...]


def sheets_of(placed: Placement, svg: str) -> Sheets:
    """Return the sheets on which a drawing is printed."""
    size = _SIZE.search(svg)
    width, height = (int(size[1]), int(size[2])) if size else (placed.width, placed.height)
    for across, (room, high) in enumerate((_UPRIGHT, _ACROSS)):
        scale = min(1.0, room / width)
        if scale >= _SMALLEST:
            return Sheets(width, height, bool(across), _cut(placed, width, height, scale, high))
    return Sheets(width, height, False, ())


def _cut(placed: Placement, width: int, height: int, scale: float, high: int) -> tuple[Sheet, ...]:
    head = placed.head if any(lane.lane.title for lane in placed.lanes) else 0
    most = int(high / scale) - head
    tops = [head]
    while height - tops[-1] > (room := most if len(tops) > 1 else most - int(_TITLE / scale)):
        tops.append(_cut_below(placed, tops[-1], room))
    return tuple(
        Sheet(top, behind - top, head, int(width * scale), int((behind - top + head) * scale))
        for top, behind in zip(tops, [*tops[1:], height], strict=True)
    )


def _cut_below(placed: Placement, top: int, most: int) -> int:
    """Return the lowest height at which neither a box nor, if that can be had, a label is cut."""
    boxes = [(node.y, node.y + node.height) for node in placed.nodes]
    labels = [(edge.label.y, edge.label.y + edge.label.height) for edge in placed.edges if edge.label is not None]
    for spans in ([*boxes, *labels], boxes):
        free = [y for y in range(top + most, top + most // 3, -1) if not _cuts(y, spans)]
        if free:
            return free[0]
    return top + most


def _cuts(y: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start - 4 < y < end + 4 for start, end in spans)
