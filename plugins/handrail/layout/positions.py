"""Whole pixels for rows, columns, channels and gaps, and from them for every node and every corner."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from handrail.dataclass import dataclass
from handrail.graph import Graph
from handrail.layout.board import side_left
from handrail.layout.candidates import Points
from handrail.layout.grid import Grid
from handrail.layout.placement import PlacedEdge, PlacedLane, PlacedNode
from handrail.layout.sizes import FONT, LABEL_FONT, LABEL_LINE, LINE, TIP
from handrail.layout.tracks import TRACK, Tracks
from handrail.layout.widths import text_width
from handrail.layout.wrapping import wrapped

MARGIN = 1
_INNER, _BETWEEN_LANES, _OUTER = 26, 34, 24
"""The least width of a channel within a lane, between two lanes, and at the picture's sides."""
_GAP = 30
_ABOVE, _BELOW = 12, 18
"""What a gap keeps free above its first track and, for arrowheads, below its last."""
_SIDE = 13
"""What a channel keeps free on either side of its tracks."""
_LEAST_COLUMN = 96
LABEL_WIDTH = 92
"""Where an edge's label is wrapped."""
_ROOMY_LABEL = 44
"""How wide a label may be to have a channel widened for it."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Where each strip begins and how large it is; tracks count from `tracks`."""

    start: tuple[int, ...]
    size: tuple[int, ...]
    tracks: tuple[int, ...]
    """The first track's place in channels and gaps; the centre in rows and columns."""

    @property
    def end(self) -> int:
        """Where the last strip ends."""
        return self.start[-1] + self.size[-1]


def label_lines(text: str) -> tuple[str, ...]:
    """Return an edge's label in lines."""
    return wrapped(text, LABEL_WIDTH, LABEL_FONT)


def rulers(
    graph: Graph, grid: Grid, routes: Sequence[Points], tracks: Tracks, crowded: frozenset[int] = frozenset()
) -> tuple[Ruler, Ruler, int]:
    """Return the places across and down, and the height of the lanes' titles.

    Crowded edges, by number, get as much room beside their source as their label needs.
    """
    widths = [_LEAST_COLUMN] * grid.columns
    heights = [0] * grid.rows
    for cell, size in zip(grid.cells, grid.sizes, strict=True):
        widths[cell.column] = max(widths[cell.column], size.width)
        heights[cell.row] = max(heights[cell.row], size.height)
    head = _head(grid, widths)
    gaps = _gaps(graph, grid, routes, tracks)
    channels, first = _channels(graph, grid, routes, tracks, crowded)
    across = _ruler(widths, channels, first, MARGIN)
    label_rooms = [gap[1] for gap in gaps]
    down = _ruler(heights, [gap[0] for gap in gaps], [_ABOVE + room for room in label_rooms], MARGIN + head)
    return across, down, head


def _ruler(cells: list[int], between: list[int], first: list[int], begin: int) -> Ruler:
    sizes = [between[0]]
    for cell, following in zip(cells, between[1:], strict=True):
        sizes += [cell, following]
    start = tuple(accumulate(sizes[:-1], initial=begin))
    tracks = tuple(
        start[place] + (sizes[place] // 2 if place & 1 else first[place // 2]) for place in range(len(sizes))
    )
    return Ruler(start, tuple(sizes), tracks)


def _head(grid: Grid, widths: list[int]) -> int:
    """Return the height that the lanes' titles need."""
    lines = 0
    column = 0
    for lane, columns in zip(grid.lanes, grid.lane_columns, strict=True):
        lines = max(lines, len(wrapped(lane.title, sum(widths[column : column + columns]), FONT, True)))
        column += columns
    return lines * LINE + 14 if lines else 0


def _gaps(graph: Graph, grid: Grid, routes: Sequence[Points], tracks: Tracks) -> list[tuple[int, int]]:
    """Return each gap's height, and what of it is kept for labels of branches that leave downwards."""
    below, above = _label_heights(graph, routes, grid.rows)
    gaps = []
    for row in range(grid.rows + 1):
        number, room = tracks.down.get(2 * row, 0), below[row] + above[row]
        needed = room + _ABOVE + _BELOW + max(0, number - 1) * TRACK
        outer = row in (0, grid.rows)
        gaps.append((max(needed if number or room else 0, 16 if outer else _GAP), below[row]))
    return gaps


def _label_heights(graph: Graph, routes: Sequence[Points], rows: int) -> tuple[list[int], list[int]]:
    """Return what labels need in each gap: below decisions left downwards, above those left upwards."""
    below, above = [0] * (rows + 1), [0] * (rows + 1)
    for edge, points in zip(graph.edges, routes, strict=True):
        side, row = side_left(points), points[0][1] // 2
        if edge.label and side in ("bottom", "top"):
            height = len(label_lines(edge.label)) * LABEL_LINE - 4
            rooms, gap = (below, row + 1) if side == "bottom" else (above, row)
            rooms[gap] = max(rooms[gap], height)
    return below, above


def _channels(
    graph: Graph, grid: Grid, routes: Sequence[Points], tracks: Tracks, crowded: frozenset[int]
) -> tuple[list[int], list[int]]:
    """Return each channel's width and where in it the first track lies."""
    borders = set(accumulate(grid.lane_columns))
    before, after = _label_rooms(graph, grid, routes, crowded)
    widths, first = [], []
    for channel in range(grid.columns + 1):
        number = tracks.across.get(2 * channel, 0)
        least = _OUTER if channel in (0, grid.columns) else _BETWEEN_LANES if channel in borders else _INNER
        left, right = max(_SIDE, before[channel]), max(_SIDE, after[channel])
        span = max(0, number - 1) * TRACK
        width = max(least, left + span + right if number else 0)
        widths.append(width)
        first.append(left + (width - left - span - right) // 2)
    return widths, first


def _label_rooms(
    graph: Graph, grid: Grid, routes: Sequence[Points], crowded: frozenset[int]
) -> tuple[list[int], list[int]]:
    """Return what short labels beside decisions need at either side of each channel."""
    before, after = [0] * (grid.columns + 1), [0] * (grid.columns + 1)
    widest = [0] * grid.columns
    for cell, size in zip(grid.cells, grid.sizes, strict=True):
        widest[cell.column] = max(widest[cell.column], size.width)
    size_at = {(2 * c.column + 1, 2 * c.row + 1): s for c, s in zip(grid.cells, grid.sizes, strict=True)}
    for number, (edge, points) in enumerate(zip(graph.edges, routes, strict=True)):
        side = side_left(points)
        if not edge.label or side not in ("left", "right"):
            continue
        width = max((text_width(line, LABEL_FONT) for line in label_lines(edge.label)), default=0)
        if width > _ROOMY_LABEL and number not in crowded:
            continue
        column = points[0][0] // 2
        need = width + 8 - (widest[column] - size_at[points[0]].width) // 2
        if side == "right":
            before[column + 1] = max(before[column + 1], need)
        else:
            after[column] = max(after[column], need)
    return before, after


def placed_lanes(grid: Grid, across: Ruler) -> tuple[PlacedLane, ...]:
    """Return each lane's place; its border lies between two tracks, never on one."""
    borders = [across.start[0]]
    column = 0
    for columns in grid.lane_columns[:-1]:
        column += columns
        borders.append(_border(across, 2 * column))
    borders.append(across.end)
    lanes = []
    for lane, left, right in zip(grid.lanes, borders[:-1], borders[1:], strict=True):
        lines = wrapped(lane.title, right - left - 16, FONT, True)
        lanes.append(PlacedLane(lane, left, right - left, lines))
    return tuple(lanes)


def _border(across: Ruler, channel: int) -> int:
    middle = across.start[channel] + across.size[channel] // 2
    beyond = (middle - across.tracks[channel]) % TRACK
    return middle - beyond + TRACK // 2 if across.size[channel] > 2 * TRACK else middle


def placed_nodes(graph: Graph, grid: Grid, across: Ruler, down: Ruler) -> tuple[PlacedNode, ...]:
    """Return each node's box in the middle of its cell."""
    nodes = []
    for node, cell, size in zip(graph.nodes, grid.cells, grid.sizes, strict=True):
        x = across.tracks[2 * cell.column + 1] - size.width // 2
        y = down.tracks[2 * cell.row + 1] - size.height // 2
        nodes.append(PlacedNode(node, x, y, size.width, size.height, size.lines, size.shape))
    return tuple(nodes)


def placed_edges(
    graph: Graph,
    routes: Sequence[Points],
    tracks: Tracks,
    nodes: dict[str, PlacedNode],
    across: Ruler,
    down: Ruler,
) -> list[PlacedEdge]:
    """Return each edge's corners, its ends on the outlines of its nodes."""
    edges = []
    for edge, points, offsets in zip(graph.edges, routes, tracks.offsets, strict=True):
        corners = _corners(points, offsets, across, down)
        corners[0] = on_outline(nodes[edge.source], corners[0], corners[1])
        corners[-1] = on_outline(nodes[edge.target], corners[-1], corners[-2])
        edges.append(PlacedEdge(edge, tuple(corners)))
    return edges


def _corners(points: Points, offsets: Sequence[int], across: Ruler, down: Ruler) -> list[tuple[int, int]]:
    corners = [(across.tracks[x], down.tracks[y]) for x, y in points]
    for place, offset in enumerate(offsets):
        (x, y), (to_x, _) = points[place], points[place + 1]
        (here_x, here_y), (there_x, there_y) = corners[place], corners[place + 1]
        if x == to_x:
            lies = across.tracks[x] + (offset if x & 1 else offset * TRACK)
            corners[place], corners[place + 1] = (lies, here_y), (lies, there_y)
        else:
            lies = down.tracks[y] + (offset if y & 1 else offset * TRACK)
            corners[place], corners[place + 1] = (here_x, lies), (there_x, lies)
    return corners


def on_outline(node: PlacedNode, point: tuple[int, int], towards: tuple[int, int]) -> tuple[int, int]:
    """Return where a line from the node's middle leaves its outline."""
    x, y = point
    middle_x, middle_y = node.x + node.width // 2, node.y + node.height // 2
    if x == towards[0]:
        reach = _reach(node, node.width, node.height, abs(x - middle_x))
        return x, middle_y + reach if towards[1] > y else middle_y - reach
    reach = _reach(node, node.height, node.width, abs(y - middle_y))
    return middle_x + reach if towards[0] > x else middle_x - reach, y


def _reach(node: PlacedNode, side: int, depth: int, aside: int) -> int:
    """Return how far the outline is from the middle, `aside` pixels beside it."""
    if node.shape == "diamond":
        return depth // 2 - aside * depth // side
    if node.shape == "hexagon" and depth > side:
        return depth // 2 - min(TIP, aside * TIP * 2 // side)
    return depth // 2
