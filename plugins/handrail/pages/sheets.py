"""A drawing on paper: cut between its boxes into sheets on which it can still be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from handrail.dataclass import dataclass
from handrail.layout import Placement

_UPRIGHT, _ACROSS = (690, 880), (950, 620)
"""Width and height of the room on a sheet, in CSS pixels: what both A4 and Letter have within their margins."""
_TITLE = 150
"""What stands above the first sheet of a flow page."""
_SMALLEST = 0.89
"""How far a drawing may shrink: its labels, of 12 pixels, are then 8 points high."""
_CLEAR = 4
"""How far a cut stays away from what it must not cut."""
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')

Span = tuple[int, int]
"""From where to where something reaches, across or down."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a drawing, below the titles of its lanes."""

    left: int
    top: int
    width: int
    height: int
    """In pixels of the drawing."""
    row: int
    column: int
    """Its place among the sheets, counted from 1."""
    shown_width: int
    shown_height: int
    """In pixels of the paper."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A drawing cut for paper."""

    across: bool
    """Whether the paper lies on its side."""
    head: int
    """The height of the lanes' titles, which stand on every sheet."""
    columns: int
    """How many sheets lie side by side."""
    sheets: tuple[Sheet, ...]
    """Row by row."""


def sheets_of(placed: Placement, svg: str) -> tuple[Sheets, Sheets]:
    """Return the upright sheets on which a drawing is printed, and those upright or across, whichever are fewer.

    Only a page that lies across as a whole may have the latter: where sheets of both kinds follow each other, browsers
    make everything on all of them smaller.
    """
    size = _SIZE.search(svg)
    width, height = (int(size[1]), int(size[2])) if size else (placed.width, placed.height)
    ways = [_sheets(placed, width, height, across) for across in (False, True)]
    return _whole(placed, width, height) or ways[0], min(ways, key=lambda way: (len(way.sheets), way.columns))


def _whole(placed: Placement, width: int, height: int) -> Sheets | None:
    """Return the one upright sheet on which a drawing fits, if need be a little smaller; None where it does not."""
    scale = min(1.0, _UPRIGHT[0] / width, _UPRIGHT[1] / height)
    if scale < _SMALLEST:
        return None
    head = _head(placed)
    sheet = Sheet(0, head, width, height - head, 1, 1, int(width * scale), int(height * scale))
    return Sheets(False, head, 1, (sheet,))


def _head(placed: Placement) -> int:
    """Return how high the titles of the lanes are; 0 where no lane has one."""
    return placed.head if any(lane.lane.title for lane in placed.lanes) else 0


def _sheets(placed: Placement, width: int, height: int, across: bool) -> Sheets:
    """Return the sheets of one kind: side by side too where the drawing is wider than the paper."""
    room, high = _ACROSS if across else _UPRIGHT
    columns = _columns(placed, width, int(room / _SMALLEST))
    scale = min(1.0, room / max(right - left for left, right in columns))
    head = _head(placed)
    rows = _rows(placed, height, head, scale, high)
    found = (
        Sheet(left, top, right - left, bottom - top, row, column,
              int((right - left) * scale), int((bottom - top + head) * scale))
        for row, (top, bottom) in enumerate(rows, 1)
        for column, (left, right) in enumerate(columns, 1)
    )  # fmt: skip
    return Sheets(across, head, len(columns), tuple(sheet for sheet in found if _holds_any(sheet, placed)))


def _holds_any(sheet: Sheet, placed: Placement) -> bool:
    """Whether something is drawn on a sheet: the first of each row always stays, as legends stand there."""
    if sheet.column == 1:
        return True
    right, bottom = sheet.left + sheet.width, sheet.top + sheet.height
    boxes = [(node.x, node.y, node.x + node.width, node.y + node.height) for node in placed.nodes]
    lines = [
        (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
        for edge in placed.edges
        for (x, y), (to_x, to_y) in pairwise(edge.points)
    ]
    return any(
        box[0] < right and sheet.left < box[2] and box[1] < bottom and sheet.top < box[3] for box in (*boxes, *lines)
    )


def _columns(placed: Placement, width: int, most: int) -> list[Span]:
    """Return from where to where each sheet of a row reaches, as even as the lanes allow."""
    boxes = [(node.x, node.x + node.width) for node in placed.nodes]
    labels = [(label.x, label.x + label.width) for edge in placed.edges if (label := edge.label) is not None]
    borders = [lane.x for lane in placed.lanes[1:] if not _cuts(lane.x, labels)]
    cuts = [0]
    while (rest := width - cuts[-1]) > most:
        even = rest // -(-rest // most)
        between = [x for x in borders if even // 2 < x - cuts[-1] <= most]
        at = min(between, key=lambda x: abs(x - cuts[-1] - even), default=None)
        cuts.append(at or _cut(cuts[-1], most, boxes, labels))
    return list(pairwise([*cuts, width]))


def _rows(placed: Placement, height: int, head: int, scale: float, high: int) -> list[Span]:
    """Return from where to where each row of sheets reaches."""
    boxes = [(node.y, node.y + node.height) for node in placed.nodes]
    labels = [(label.y, label.y + label.height) for edge in placed.edges if (label := edge.label) is not None]
    most = int(high / scale) - head
    cuts = [head]
    while height - cuts[-1] > (room := most if len(cuts) > 1 else most - int(_TITLE / scale)):
        cuts.append(_cut(cuts[-1], room, boxes, labels))
    return list(pairwise([*cuts, height]))


def _cut(begin: int, most: int, boxes: Sequence[Span], labels: Sequence[Span]) -> int:
    """Return the furthest place at which neither a box nor, if that can be had, a label is cut."""
    for spans in ([*boxes, *labels], boxes):
        at = begin + most
        while at > begin + most // 3:
            cut = [start for start, end in spans if start - _CLEAR < at < end + _CLEAR]
            if not cut:
                return at
            at = min(cut) - _CLEAR
    return begin + most


def _cuts(at: int, spans: Sequence[Span]) -> bool:
    return any(start - _CLEAR < at < end + _CLEAR for start, end in spans)
