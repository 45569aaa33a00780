"""Where each edge's label stands: beside its own line, near its source, on nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from handrail.layout.placement import PlacedEdge, PlacedLabel, PlacedLane, PlacedNode
from handrail.layout.sizes import LABEL_FONT, LABEL_LINE
from handrail.layout.widths import text_width
from handrail.layout.wrapping import wrapped

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""
_WRAPS = (92, 400, 64)
"""Where the words are wrapped, the first choice first."""
_BESIDE = 4
_CLEAR = 3
"""How far a label stays away from every box."""
_ON_BOX, _ON_LABEL, _ON_LINE, _ON_OWN = 10_000, 8_000, 500, 300
_NEAR, _NEAR_LINE = 5, 25
"""How close a foreign line may come before the label seems to belong to it, and what that costs."""
_ON_BORDER = 24
"""What lying across two lanes costs; paper is cut there."""
_CROWDED = 90
"""From which price on a label deserves more room than it found."""
_OTHER_SIDE = 5
"""What standing above a level line, or to the right of an upright one, is better by than the other side."""
_CELL = 128


def labelled(
    edges: Sequence[PlacedEdge], nodes: Sequence[PlacedNode], lanes: Sequence[PlacedLane], bounds: Box
) -> tuple[tuple[PlacedEdge, ...], frozenset[int]]:
    """Return the edges with their labels, and which of them found no free place."""
    taken = _Taken(edges, nodes, lanes, bounds)
    done = list(edges)
    order = sorted(
        (place for place, edge in enumerate(edges) if edge.edge.label),
        key=lambda place: (_room(edges[place]), place),
    )
    crowded = set()
    for place in order:
        label, price = _best(edges[place], place, taken)
        if price >= _CROWDED:
            crowded.add(place)
        taken.add_label(label)
        done[place] = replace(edges[place], label=label)
    return tuple(done), frozenset(crowded)


def _room(edge: PlacedEdge) -> int:
    """Return how long the line is: the shorter, the fewer places there are."""
    return sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in pairwise(edge.points))


class _Taken:
    """What is already drawn, by squares of the picture, so that only neighbours are compared."""

    __slots__ = ("borders", "bounds", "boxes", "labels", "lines")

    def __init__(
        self, edges: Sequence[PlacedEdge], nodes: Sequence[PlacedNode], lanes: Sequence[PlacedLane], bounds: Box
    ) -> None:
        self.bounds = bounds
        self.borders = [lane.x for lane in lanes[1:]]
        self.boxes: dict[tuple[int, int], list[Box]] = {}
        self.labels: dict[tuple[int, int], list[Box]] = {}
        self.lines: dict[tuple[int, int], list[tuple[Box, int]]] = {}
        for node in nodes:
            box = (node.x - _CLEAR, node.y - _CLEAR, node.x + node.width + _CLEAR, node.y + node.height + _CLEAR)
            for square in _squares(box):
                self.boxes.setdefault(square, []).append(box)
        for place, edge in enumerate(edges):
            for (x, y), (to_x, to_y) in pairwise(edge.points):
                line = (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
                for square in _squares(line):
                    self.lines.setdefault(square, []).append((line, place))

    def add_label(self, label: PlacedLabel) -> None:
        """Take the label's place."""
        box = (label.x - 2, label.y, label.x + label.width + 2, label.y + label.height)
        for square in _squares(box):
            self.labels.setdefault(square, []).append(box)

    def cost(self, box: Box, own: int, limit: int) -> int:
        """Price a place by what it would cover."""
        left, top, right, bottom = self.bounds
        cost = 0 if box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom else _ON_BOX
        cost += _ON_BORDER * any(box[0] < border < box[2] for border in self.borders)
        if cost >= limit:
            return cost
        left, top, right, bottom = box[0] - _NEAR, box[1] - _NEAR, box[2] + _NEAR, box[3] + _NEAR
        for square in _squares(box):
            for other in self.boxes.get(square, ()):
                cost += _ON_BOX if _meet(box, other) else 0
            for other in self.labels.get(square, ()):
                cost += _ON_LABEL if _meet(box, other) else 0
            if cost >= limit:
                return cost
            for line, edge in self.lines.get(square, ()):
                if line[0] > right or left > line[2] or line[1] > bottom or top > line[3]:
                    continue  # most lines are far away
                if edge == own:
                    cost += 0 if _apart(box, line, 1) else _ON_OWN
                else:
                    cost += _NEAR_LINE if _apart(box, line, 1) else _ON_LINE
        return cost


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for across in range(box[0] // _CELL, box[2] // _CELL + 1):
        for down in range(box[1] // _CELL, box[3] // _CELL + 1):
            yield across, down


def _apart(box: Box, line: Box, by: int) -> bool:
    return line[0] > box[2] + by or box[0] - by > line[2] or line[1] > box[3] + by or box[1] - by > line[3]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _best(edge: PlacedEdge, own: int, taken: _Taken) -> tuple[PlacedLabel, int]:
    best: PlacedLabel | None = None
    least = 1 << 40
    for wrap, lines in _wraps(edge.edge.label):
        width = max(text_width(line, LABEL_FONT) for line in lines)
        height = len(lines) * LABEL_LINE
        for x, y, far in _places(edge.points, width, height):
            price = far + wrap
            if price >= least + _OTHER_SIDE:
                break  # the places that follow are as far away
            if price >= least:
                continue
            price += taken.cost((x, y, x + width, y + height), own, least)
            if price < least:
                least, best = price, PlacedLabel(x, y, width, height, lines)
        if least < 60:
            break
    assert best
    return best, least


def _wraps(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    seen = set()
    for place, width in enumerate(_WRAPS):
        lines = wrapped(text, width, LABEL_FONT) or (text,)
        if lines not in seen:
            seen.add(lines)
            yield 12 * place, lines


def _places(points: tuple[tuple[int, int], ...], width: int, height: int) -> Iterator[tuple[int, int, int]]:
    """Yield places beside the line with their distance from its source."""
    gone = 0
    for place, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        length = abs(to_x - x) + abs(to_y - y)
        here = gone + 25 * place
        if y == to_y:
            yield from _along_level(x, to_x, y, width, height, here)
        else:
            yield from _along_plumb(y, to_y, x, width, height, here)
        gone += length


def _along_level(x: int, to_x: int, y: int, width: int, height: int, gone: int) -> Iterator[tuple[int, int, int]]:
    step = 1 if to_x > x else -1
    for along in range(4, max(5, abs(to_x - x) - width // 2), 12):
        left = x + along if step > 0 else x - along - width
        yield left, y - _BESIDE + 1 - height, gone + along // 2
        yield left, y + _BESIDE, gone + along // 2 + _OTHER_SIDE


def _along_plumb(y: int, to_y: int, x: int, width: int, height: int, gone: int) -> Iterator[tuple[int, int, int]]:
    step = 1 if to_y > y else -1
    for along in range(2, max(3, abs(to_y - y) - height // 2), 7):
        top = y + along if step > 0 else y - along - height
        yield x + _BESIDE + 1, top, gone + along // 2
        yield x - _BESIDE - 1 - width, top, gone + along // 2 + _OTHER_SIDE
