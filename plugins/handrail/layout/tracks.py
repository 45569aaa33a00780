"""Which line lies beside which: the order within each channel, gap, row and column that crosses least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handrail.dataclass import dataclass
from handrail.layout.board import Line, lines_of
from handrail.layout.candidates import Points
from handrail.layout.grid import Grid
from handrail.layout.ranks import Arrows

SCALE = 1_000
"""A strip's number times this, plus a small offset within the strip, is a fine place."""
TRACK = 12
"""Pixels between two lines side by side in a channel."""
_PORT_ACROSS, _PORT_DOWN = 16, 11
"""Pixels between two ports of one node, on its top or bottom and on its sides."""
_PASSES = 2
_NODE = 300
"""How far a node reaches from its middle, in fine places."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """Where each piece of each edge lies within its strip, and how many tracks each channel or gap needs."""

    offsets: tuple[tuple[int, ...], ...]
    """Per edge and piece: the track's number in even strips, pixels from the centre in odd ones."""
    across: dict[int, int]
    """Tracks by channel."""
    down: dict[int, int]
    """Tracks by gap."""


class _Piece(NamedTuple):
    edge: int
    place: int
    low: int
    high: int
    turn_low: int
    turn_high: int
    wish: int
    """Where the piece would lie by its neighbours alone."""
    low_node: int
    """The node that it touches at its low end, or -1."""
    high_node: int


def tracked(routes: Sequence[Points], arrows: Arrows, grid: Grid, decisions: Sequence[bool]) -> Tracks:
    """Order the pieces of all routes within their strips."""
    work = _Work(routes, arrows, grid, decisions)
    for _ in range(_PASSES):
        work.arrange(True)
        work.arrange(False)
    return Tracks(tuple(map(tuple, work.offsets)), work.counts[True], work.counts[False])


class _Work:
    """The offsets while they are still being found."""

    __slots__ = ("arrows", "counts", "decisions", "grid", "lines", "offsets", "routes", "strips")

    def __init__(self, routes: Sequence[Points], arrows: Arrows, grid: Grid, decisions: Sequence[bool]) -> None:
        self.routes, self.arrows, self.grid, self.decisions = routes, arrows, grid, decisions
        self.lines: list[tuple[Line, ...]] = [lines_of(points) for points in routes]
        self.offsets = [[0] * len(lines) for lines in self.lines]
        self.counts: dict[bool, dict[int, int]] = {True: {}, False: {}}
        self.strips: dict[bool, dict[int, list[tuple[int, int]]]] = {True: {}, False: {}}
        for edge, lines in enumerate(self.lines):
            for place, line in enumerate(lines):
                self.strips[line.vertical].setdefault(line.strip, []).append((edge, place))

    def arrange(self, vertical: bool) -> None:
        """Order every strip of one direction, as the other direction lies now."""
        for strip, members in sorted(self.strips[vertical].items()):
            pieces = sorted((self._piece(edge, place) for edge, place in members), key=lambda piece: (piece.low, piece))
            needed = 1
            for cluster in _clusters(pieces):
                ordered = _ordered(cluster)
                if strip & 1:
                    self._ports(ordered, vertical)
                else:
                    needed = max(needed, self._stack(ordered))
            if not strip & 1:
                self.counts[vertical][strip] = needed

    def _fine(self, edge: int, place: int) -> int:
        strip = self.lines[edge][place].strip
        offset = self.offsets[edge][place]
        return strip * SCALE + (offset if strip & 1 else offset * TRACK)

    def _piece(self, edge: int, place: int) -> _Piece:
        line = self.lines[edge][place]
        points = self.routes[edge]
        axis = 1 if line.vertical else 0
        last = len(self.lines[edge]) - 1
        begin, end = points[place][axis], points[place + 1][axis]
        outward = _NODE if begin < end else -_NODE
        start = self._fine(edge, place - 1) if place else begin * SCALE + outward
        finish = self._fine(edge, place + 1) if place < last else end * SCALE - outward
        source, target = self.arrows[edge]
        first, final = (source if not place else -1), (target if place == last else -1)
        other = 1 - axis
        before = points[max(0, place - 1)][other]
        after = points[min(last + 1, place + 2)][other]
        wish = before + after
        if start <= finish:
            return _Piece(edge, place, start, finish, line.turn_low, line.turn_high, wish, first, final)
        return _Piece(edge, place, finish, start, line.turn_low, line.turn_high, wish, final, first)

    def _stack(self, ordered: list[_Piece]) -> int:
        """Give each piece the first track beyond those that come before it; return how many there are."""
        most = 1
        placed: list[tuple[_Piece, int]] = []
        for piece in ordered:
            track = max((t + 1 for other, t in placed if _beside(piece, other)), default=0)
            placed.append((piece, track))
            self.offsets[piece.edge][piece.place] = track
            most = max(most, track + 1)
        return most

    def _ports(self, ordered: list[_Piece], vertical: bool) -> None:
        """Spread the pieces that touch one node's side around its middle."""
        groups: dict[tuple[int, bool], list[_Piece]] = {}
        for piece in ordered:
            for node, at_low in ((piece.low_node, True), (piece.high_node, False)):
                if node >= 0:
                    groups.setdefault((node, at_low), []).append(piece)
        for (node, _), group in sorted(groups.items(), key=lambda item: self.decisions[item[0][0]]):
            self._spread(node, group, vertical)
        self._part(ordered, vertical)

    def _spread(self, node: int, group: list[_Piece], vertical: bool) -> None:
        straight = [place for place, piece in enumerate(group) if piece.low_node >= 0 and piece.high_node >= 0]
        if self.decisions[node]:
            self._spread_at_corner(node, group, vertical)
            return
        step = self._step(node, len(group), vertical)
        middle = 2 * straight[0] if straight else len(group) - 1
        for place, piece in enumerate(group):
            self.offsets[piece.edge][piece.place] = (2 * place - middle) * step // 2

    def _spread_at_corner(self, node: int, group: list[_Piece], vertical: bool) -> None:
        """All meet the corner; where a branch leaves from the top, what arrives there meets a flank."""
        leaves = [self.arrows[piece.edge][0] == node for piece in group]
        flank = self.grid.sizes[node].width // 4 if vertical and any(leaves) and not all(leaves) else 0
        for place, piece in enumerate(group):
            aside = 0 if leaves[place] else flank if any(leaves[:place]) else -flank
            self.offsets[piece.edge][piece.place] = aside

    def _step(self, node: int, abreast: int, vertical: bool) -> int:
        size = self.grid.sizes[node]
        room = size.width - 28 if vertical else size.height - 16
        if size.shape == "pill":
            room = size.width - size.height if vertical else size.height // 3
        widest = _PORT_ACROSS if vertical else _PORT_DOWN
        return min(widest, room // max(1, abreast - 1)) // 2 * 2

    def _part(self, ordered: list[_Piece], vertical: bool) -> None:
        """Move pieces apart that would lie on each other though they belong to different nodes."""
        step = _PORT_ACROSS if vertical else _PORT_DOWN
        for place, piece in enumerate(ordered):
            rivals = [other for other in ordered[:place] if self._clash(piece, other)]
            if not rivals:
                continue
            for movable, sign in ((piece, 1), *((rival, -1) for rival in rivals[:1])):
                if self._try(movable, sign * step, ordered, vertical):
                    break

    def _try(self, piece: _Piece, step: int, ordered: list[_Piece], vertical: bool) -> bool:
        """Look for a free port for one piece, in the wished direction first."""
        nodes = [node for node in (piece.low_node, piece.high_node) if node >= 0]
        if len(nodes) > 1 or any(self.decisions[node] for node in nodes):
            return False
        begun = self.offsets[piece.edge][piece.place]
        room = min((self._room(node, vertical) for node in nodes), default=0)
        for tried in (
            begun + step,
            begun - step,
            begun + step // 2,
            begun - step // 2,
            begun + 2 * step,
            begun - 2 * step,
        ):
            self.offsets[piece.edge][piece.place] = tried
            if abs(tried) <= room and not any(self._clash(piece, other) for other in ordered if other != piece):
                return True
        self.offsets[piece.edge][piece.place] = begun
        return False

    def _room(self, node: int, vertical: bool) -> int:
        size = self.grid.sizes[node]
        if size.shape == "pill":
            return (size.width - size.height) // 2 if vertical else size.height // 6
        return (size.width if vertical else size.height) // 2 - 8

    def _clash(self, one: _Piece, other: _Piece) -> bool:
        mine, theirs = self.arrows[one.edge], self.arrows[other.edge]
        if mine[1] == theirs[1] and (one.high_node == other.high_node >= 0 or one.low_node == other.low_node >= 0):
            return False
        near = self.offsets[one.edge][one.place] - self.offsets[other.edge][other.place]
        return abs(near) < 5 and _beside(one, other)


def _beside(one: _Piece, other: _Piece) -> bool:
    return one.low <= other.high + 8 and other.low <= one.high + 8


def _clusters(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Split pieces, sorted by their low ends, where none reaches over."""
    clusters: list[list[_Piece]] = []
    reach = 0
    for piece in pieces:
        if not clusters or piece.low > reach + 8:
            clusters.append([])
            reach = piece.high
        clusters[-1].append(piece)
        reach = max(reach, piece.high)
    return clusters


def _ordered(cluster: list[_Piece]) -> list[_Piece]:
    """Insert each piece where it crosses least."""
    if len(cluster) < 2:
        return cluster
    ordered: list[_Piece] = []
    for piece in sorted(cluster, key=lambda piece: (piece.wish, piece.low, piece.high, piece.edge, piece.place)):
        balance = best = 0
        place = len(ordered)
        for position in range(len(ordered) - 1, -1, -1):
            balance += _preference(ordered[position], piece)
            if balance < best:
                best, place = balance, position
        ordered.insert(place, piece)
    return ordered


def _preference(one: _Piece, other: _Piece) -> int:
    """Return the crossings saved (negative) by having `other` before `one` instead of after it."""
    low, high, other_low, other_high = one.low, one.high, other.low, other.high
    if high < other_low or other_high < low:
        return 0
    balance = 0
    if other_low < low < other_high:
        balance -= one.turn_low
    elif low < other_low < high:
        balance += other.turn_low
    if other_low < high < other_high:
        balance -= one.turn_high
    elif low < other_high < high:
        balance += other.turn_high
    if low == other_low:
        balance += _tie(one.turn_low, other.turn_low)
    elif low == other_high:
        balance += _tie(one.turn_low, other.turn_high)
    if high == other_high:
        balance += _tie(one.turn_high, other.turn_high)
    elif high == other_low:
        balance += _tie(one.turn_high, other.turn_low)
    return balance


def _tie(turn: int, other_turn: int) -> int:
    """Where two pieces end on one centre line, they must not turn onto each other."""
    return 0 if turn * other_turn >= 0 else -2 * turn
