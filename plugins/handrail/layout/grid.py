"""Each node's cell: its row by rank, its column within its lane; parts that nothing connects side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from handrail.dataclass import dataclass
from handrail.graph import Graph, Lane
from handrail.layout.ranks import Arrows, parts, ranked
from handrail.layout.sizes import Size, size_of

PARTS_ABREAST = 3
"""How many unconnected parts share a lane side by side before the next begins below them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A node's place, and how far lines run from it before they meet another node.

    Lines are numbered across: columns and rows are odd, the channels and gaps between them even.
    """

    column: int
    row: int
    left: int
    """The outermost channel that a line can reach from the node's left side."""
    right: int
    up: int
    """The highest gap that a line can reach from the node's top."""
    down: int


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a flow."""

    cells: tuple[Cell, ...]
    sizes: tuple[Size, ...]
    lanes: tuple[Lane, ...]
    lane_columns: tuple[int, ...]
    """How many columns each lane has."""
    rows: int

    @property
    def columns(self) -> int:
        """How many columns there are in all lanes together."""
        return sum(self.lane_columns)


@dataclass(frozen=True, slots=True)
class _Part:
    nodes: tuple[int, ...]
    rows: tuple[int, ...]
    """The row of each node within the part."""
    top: int
    """The row in which the part begins."""
    shelf: int


def arrows_of(graph: Graph) -> list[tuple[int, int]]:
    """Return the edges between nodes that exist, as numbers of nodes."""
    place = {node.id: number for number, node in enumerate(graph.nodes)}
    return [(place[edge.source], place[edge.target]) for edge in graph.edges]


def grid_of(graph: Graph, arrows: Arrows) -> Grid:
    """Give each node of the graph its cell."""
    lanes, lane_of = _lanes(graph)
    shelved = list(_parts(len(graph.nodes), arrows, lane_of))
    widths, columns = _columns(shelved, lane_of, len(lanes), arrows)
    rows = [0] * len(graph.nodes)
    for part in shelved:
        for node, row in zip(part.nodes, part.rows, strict=True):
            rows[node] = part.top + row
    first = [sum(widths[:lane]) for lane in range(len(lanes))]
    places = [(first[lane_of[node]] + columns[node], rows[node]) for node in range(len(graph.nodes))]
    row_count = max(rows, default=-1) + 1
    return Grid(
        tuple(_with_reach(places, sum(widths), row_count)),
        tuple(size_of(node) for node in graph.nodes),
        lanes,
        tuple(widths),
        row_count,
    )


def _lanes(graph: Graph) -> tuple[tuple[Lane, ...], list[int]]:
    """Return the lanes in their order, and each node's; a nameless one takes the nodes without a lane."""
    place = {lane.id: number for number, lane in enumerate(graph.lanes)}
    lane_of = [place.get(node.lane or "", len(graph.lanes)) for node in graph.nodes]
    homeless = len(graph.lanes) in lane_of or not graph.lanes
    return (*graph.lanes, *((Lane("", ""),) if homeless else ())), lane_of


def _parts(count: int, arrows: Arrows, lane_of: Sequence[int]) -> Iterator[_Part]:
    """Yield the parts with their places: side by side on a shelf while no lane holds too many, then the next shelf.

    All nodes without an edge are one part on the first shelf, stacked lane by lane.
    """
    ranks = ranked(count, arrows)
    connected = [part for part in parts(count, arrows) if len(part) > 1]
    lonely = sorted(set(range(count)).difference(*connected))
    top = bottom = shelf = 0
    abreast: Counter[int] = Counter()
    for part in connected:
        lanes = {lane_of[node] for node in part}
        if any(abreast[lane] == PARTS_ABREAST for lane in lanes):
            top, shelf, abreast = bottom, shelf + 1, Counter()
        first = min(ranks[node] for node in part)
        rows = tuple(ranks[node] - first for node in part)
        yield _Part(tuple(part), rows, top, shelf)
        bottom = max(bottom, top + max(rows) + 1)
        abreast.update(lanes)
    if lonely:
        yield _Part(tuple(lonely), _stacked([lane_of[node] for node in lonely]), 0, 0)


def _stacked(lanes: Sequence[int]) -> tuple[int, ...]:
    return tuple(lanes[:place].count(lane) for place, lane in enumerate(lanes))


def _columns(
    shelved: list[_Part], lane_of: Sequence[int], lane_count: int, arrows: Arrows
) -> tuple[list[int], list[int]]:
    """Return how many columns each lane needs, and each node's column within its lane."""
    comes_from: list[list[int]] = [[] for _ in lane_of]
    for source, target in arrows:
        comes_from[target].append(source)
    columns = [0] * len(lane_of)
    used: dict[tuple[int, int], int] = {}
    for part in shelved:
        abreast = _abreast(part, lane_of)
        needs: dict[int, int] = {}
        for (lane, _), nodes in abreast.items():
            needs[lane] = max(needs.get(lane, 1), len(nodes))
        placed: set[int] = set()
        for (lane, _), nodes in abreast.items():
            first = used.get((part.shelf, lane), 0)
            wishes = [_wish(node, lane, comes_from, lane_of, placed, columns, first) for node in nodes]
            for node, column in zip(nodes, _near(wishes, first, needs[lane]), strict=True):
                columns[node] = column
            placed.update(nodes)
        for lane, number in needs.items():
            used[part.shelf, lane] = used.get((part.shelf, lane), 0) + number
    lanes = range(lane_count)
    return [max(1, *(number for (_, at), number in used.items() if at == lane), 0) for lane in lanes], columns


def _abreast(part: _Part, lane_of: Sequence[int]) -> dict[tuple[int, int], list[int]]:
    """Return the part's nodes by lane and row, from the top."""
    abreast: dict[tuple[int, int], list[int]] = {}
    for node, row in sorted(zip(part.nodes, part.rows, strict=True), key=lambda pair: (pair[1], pair[0])):
        abreast.setdefault((lane_of[node], row), []).append(node)
    return abreast


def _wish(
    node: int,
    lane: int,
    comes_from: list[list[int]],
    lane_of: Sequence[int],
    placed: set[int],
    columns: list[int],
    otherwise: int,
) -> int:
    """Return the column of the first step before it in the same lane, so that lines stay straight."""
    return next((columns[n] for n in comes_from[node] if n in placed and lane_of[n] == lane), otherwise)


def _near(wishes: list[int], first: int, width: int) -> list[int]:
    """Give each of a row's nodes the free column nearest its wish, the author's order kept."""
    columns: list[int] = []
    for place, wish in enumerate(wishes):
        lowest = columns[-1] + 1 if columns else first
        highest = first + width - (len(wishes) - place)
        columns.append(min(max(wish, lowest), highest))
    return columns


def _with_reach(places: list[tuple[int, int]], columns: int, rows: int) -> Iterable[Cell]:
    row_of: dict[int, list[int]] = {}
    column_of: dict[int, list[int]] = {}
    for column, row in sorted(places):
        row_of.setdefault(row, []).append(column)
        column_of.setdefault(column, []).append(row)
    across = {row: _reach(found, columns) for row, found in row_of.items()}
    down = {column: _reach(found, rows) for column, found in column_of.items()}
    for column, row in places:
        yield Cell(column, row, *across[row][column], *down[column][row])


def _reach(places: list[int], count: int) -> dict[int, tuple[int, int]]:
    """Return for each place how far lines run to both sides before they meet the next."""
    bounded = [-1, *places, count]
    before = {here: 2 * last + 2 for last, here in pairwise(bounded)}
    after = {here: 2 * following for here, following in pairwise(bounded)}
    return {place: (before[place], after[place]) for place in places}
