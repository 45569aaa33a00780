"""What is already drawn while routes are chosen, so that a new one can be priced against it."""

from __future__ import annotations

from typing import NamedTuple

from handrail.graph import Graph
from handrail.kept import kept
from handrail.layout.candidates import Points
from handrail.layout.grid import Grid
from handrail.layout.ranks import Arrows
from handrail.layout.sizes import BARS

CROSSING = 420
_SAME_STRIP = 12
"""What running beside another line costs, so that channels fill evenly."""
_CORNER_TAKEN = 12_000
"""Two branches from one corner of a decision."""
_CORNER_MET = 3_500
"""A branch that leaves where another edge arrives."""
_CENTRE_TAKEN = 90
"""A second line on a cell's centre line that belongs to another node."""
_CENTRES_FIXED = 2_000
"""The same where both nodes are decisions, so that neither line can move aside."""
_SHARED_SIDE = 12
_BAR_END = 2_000
_SIDE_OF_TASK = 8
"""A task is left from below, where nothing speaks against it."""
_BUCKET = 32


class Line(NamedTuple):
    """One straight piece of a route."""

    vertical: bool
    strip: int
    """Which line across (if vertical) or down it runs in."""
    low: int
    high: int
    turn_low: int
    """Where the route goes on at the low end: -1 to the lower side, 1 to the higher, 0 into a node."""
    turn_high: int


@kept(65536)
def lines_of(points: Points) -> tuple[Line, ...]:
    """Take a route apart into its straight pieces."""
    lines = []
    last = len(points) - 2
    for place in range(last + 1):
        (x, y), (to_x, to_y) = points[place], points[place + 1]
        vertical = x == to_x
        axis = 0 if vertical else 1
        turn_from = _sign(points[place - 1][axis] - points[place][axis]) if place else 0
        turn_to = _sign(points[place + 2][axis] - points[place + 1][axis]) if place < last else 0
        strip, start, end = (x, y, to_y) if vertical else (y, x, to_x)
        if start < end:
            lines.append(Line(vertical, strip, start, end, turn_from, turn_to))
        else:
            lines.append(Line(vertical, strip, end, start, turn_to, turn_from))
    return tuple(lines)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def side_left(points: Points) -> str:
    """Return the side of its source that a route leaves from."""
    (x, y), (to_x, to_y) = points[0], points[1]
    if x == to_x:
        return "bottom" if to_y > y else "top"
    return "right" if to_x > x else "left"


def side_met(points: Points) -> str:
    """Return the side of its target that a route arrives at."""
    (x, y), (to_x, to_y) = points[-1], points[-2]
    if x == to_x:
        return "bottom" if to_y > y else "top"
    return "right" if to_x > x else "left"


class Board:
    """The routes chosen so far, counted so that crossings are a sum over a slice."""

    __slots__ = ("arrows", "bars", "corners", "decisions", "down_over", "leaving", "over", "sides", "strips")

    def __init__(self, graph: Graph, arrows: Arrows, grid: Grid) -> None:
        """Begin with nothing drawn."""
        across, down = 2 * grid.columns + 1, 2 * grid.rows + 1
        self.arrows = arrows
        self.decisions = [node.kind == "decision" for node in graph.nodes]
        self.corners = {
            (2 * cell.column + 1, 2 * cell.row + 1)
            for cell, decides in zip(grid.cells, self.decisions, strict=True)
            if decides
        }
        self.bars = [node.kind in BARS for node in graph.nodes]
        self.leaving: list[list[int]] = [[] for _ in graph.nodes]
        for edge, (source, _) in enumerate(arrows):
            self.leaving[source].append(edge)
        self.down_over = [[0] * across for _ in range(down)]
        """For each line down and each line across: how many vertical pieces pass there."""
        self.over = [[0] * down for _ in range(across)]
        """The same for horizontal pieces, by lines across."""
        self.strips: dict[tuple[bool, int, int], list[tuple[int, Line]]] = {}
        self.sides: dict[tuple[int, str], list[tuple[int, bool, bool]]] = {}
        """For each side of a node: the edges there, whether each leaves, whether it cannot move aside."""

    def add(self, edge: int, points: Points) -> None:
        """Draw a route."""
        self._count(points, 1)
        for line in lines_of(points):
            for bucket in range(line.low // _BUCKET, line.high // _BUCKET + 1):
                self.strips.setdefault((line.vertical, line.strip, bucket), []).append((edge, line))
        source, target = self.arrows[edge]
        stiff = self._stiff(edge, points)
        self.sides.setdefault((source, side_left(points)), []).append((edge, True, stiff))
        self.sides.setdefault((target, side_met(points)), []).append((edge, False, stiff))

    def remove(self, edge: int, points: Points) -> None:
        """Take a route away."""
        self._count(points, -1)
        for line in lines_of(points):
            for bucket in range(line.low // _BUCKET, line.high // _BUCKET + 1):
                self.strips[line.vertical, line.strip, bucket].remove((edge, line))
        source, target = self.arrows[edge]
        stiff = self._stiff(edge, points)
        self.sides[source, side_left(points)].remove((edge, True, stiff))
        self.sides[target, side_met(points)].remove((edge, False, stiff))

    def _stiff(self, edge: int, points: Points) -> bool:
        """Whether a route runs straight from corner to corner, so that neither end can give way."""
        source, target = self.arrows[edge]
        return len(points) == 2 and self.decisions[source] and self.decisions[target]

    def _count(self, points: Points, change: int) -> None:
        for vertical, strip, low, high, _, _ in lines_of(points):
            if vertical:
                for place in range(low + 1, high):
                    self.down_over[place][strip] += change
            else:
                for place in range(low + 1, high):
                    self.over[place][strip] += change

    def extra(self, edge: int, points: Points, limit: int) -> int:
        """Return what a route costs beyond its length and bends, or the limit where it costs that much."""
        cost = self._ports(edge, points)
        if cost >= limit:
            return limit
        lines = lines_of(points)
        for vertical, strip, low, high, _, _ in lines:
            counts = self.over[strip] if vertical else self.down_over[strip]
            cost += CROSSING * sum(counts[low + 1 : high])
        if cost >= limit:
            return limit
        for line in lines:
            cost += self._company(edge, line)
            if cost >= limit:
                return limit
        return cost

    def _company(self, edge: int, line: Line) -> int:
        """Price a piece against those that run in the same strip."""
        vertical, strip, low, high, _, _ = line
        cost = 0
        seen = low // _BUCKET
        for bucket in range(seen, high // _BUCKET + 1):
            for other_edge, other in self.strips.get((vertical, strip, bucket), ()):
                if other[3] < low or other[2] > high:
                    continue
                if bucket > seen and other[2] // _BUCKET < bucket:
                    continue
                cost += _SAME_STRIP + _unavoidable(line, other)
                if strip & 1 and other[2] < high and low < other[3]:
                    cost += self._centre(edge, line, other_edge, other)
        return cost

    def _centre(self, edge: int, line: Line, other_edge: int, other: Line) -> int:
        """Price a shared centre line: one node's ports spread, those of two are in each other's way."""
        mine, theirs = self.arrows[edge], self.arrows[other_edge]
        if mine[1] == theirs[1] or mine[0] == theirs[0]:
            return 0
        return _CENTRES_FIXED if self._meets_corner(line) and self._meets_corner(other) else _CENTRE_TAKEN

    def _meets_corner(self, line: Line) -> bool:
        """Whether the piece touches a decision, where ports cannot spread."""
        ends = [end for end, turn in ((line.low, line.turn_low), (line.high, line.turn_high)) if not turn]
        return any(((line.strip, end) if line.vertical else (end, line.strip)) in self.corners for end in ends)

    def _ports(self, edge: int, points: Points) -> int:
        source, target = self.arrows[edge]
        left, met = side_left(points), side_met(points)
        cost = 0 if left == "bottom" or self.decisions[source] else _SIDE_OF_TASK
        if (self.bars[source] and left in ("left", "right")) or (self.bars[target] and met in ("left", "right")):
            cost += _BAR_END
        stiff = self._stiff(edge, points)
        for _, leaves, other_stiff in self.sides.get((source, left), ()):
            cost += _price(self.decisions[source], left == "top" and not other_stiff, True, leaves)
        for _, leaves, _ in self.sides.get((target, met), ()):
            cost += _price(self.decisions[target], met == "top" and not stiff, False, leaves)
        if self.decisions[source] and left == "top":
            cost += 300
        return cost


def _price(decision: bool, gives_way: bool, leaves: bool, other_leaves: bool) -> int:
    """Price a side of a node that two edges use."""
    if not decision:
        return _SHARED_SIDE
    if leaves and other_leaves:
        return _CORNER_TAKEN
    if leaves != other_leaves:
        return _SHARED_SIDE if gives_way else _CORNER_MET
    return _SHARED_SIDE


def _unavoidable(one: Line, other: Line) -> int:
    """Price the crossings that two pieces side by side make whichever comes first."""
    _, _, low, high, turn_low, turn_high = one
    _, _, other_low, other_high, other_turn_low, other_turn_high = other
    before = after = 0
    if other_low < low < other_high:
        before += turn_low > 0
        after += turn_low < 0
    elif low < other_low < high:
        before += other_turn_low < 0
        after += other_turn_low > 0
    if other_low < high < other_high:
        before += turn_high > 0
        after += turn_high < 0
    elif low < other_high < high:
        before += other_turn_high < 0
        after += other_turn_high > 0
    for ends_together, turn, other_turn in (
        (low == other_low, turn_low, other_turn_low),
        (high == other_high, turn_high, other_turn_high),
    ):
        if ends_together and turn * other_turn < 0:
            before += turn > 0
            after += turn < 0
    return CROSSING * min(before, after)
