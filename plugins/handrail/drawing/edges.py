"""Edges as paths with rounded bends, and their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handrail.drawing.palettes import Palette
from handrail.drawing.text import escaped, lines_drawn
from handrail.layout import PlacedEdge, PlacedLabel, Placement
from handrail.layout.sizes import LABEL_FONT, LABEL_LINE

_RADIUS = 6


def edges_drawn(placed: Placement, name: str) -> Iterator[str]:
    """Draw all edges; the name is that of the arrowhead."""
    if not placed.edges:
        return
    yield (
        f'<g class="edges" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.3" '
        f'marker-end="url(#{name}-a)">\n'
    )
    yield from (_edge(placed_edge) for placed_edge in placed.edges)
    yield "</g>\n"


def _edge(placed: PlacedEdge) -> str:
    edge = placed.edge
    dashed = ' class="guessed" stroke-dasharray="5 4"' if edge.guessed else ""
    ends = f'data-from="{escaped(edge.source)}" data-to="{escaped(edge.target)}"'
    return f'<path {ends}{dashed} d="{path_of(placed)}"/>'


def path_of(placed: PlacedEdge) -> str:
    """Return an edge as a path of straight pieces with rounded bends."""
    corners = _simple(placed.points)
    (x, y), end = corners[0], corners[-1]
    parts = [f"M{_numbers(x, y)}"]
    for before, (bend_x, bend_y), after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_RADIUS, _half(before, (bend_x, bend_y)), _half((bend_x, bend_y), after))
        in_x, in_y = _towards((bend_x, bend_y), before, radius)
        out_x, out_y = _towards((bend_x, bend_y), after, radius)
        parts.append(_straight((x, y), (in_x, in_y)))
        parts.append(f"q{_numbers(bend_x - in_x, bend_y - in_y, out_x - in_x, out_y - in_y)}" if radius else "")
        x, y = out_x, out_y
    parts.append(_straight((x, y), end))
    return "".join(parts)


def _numbers(*numbers: int) -> str:
    """Return numbers as short as a path allows: a minus parts them too."""
    return " ".join(map(str, numbers)).replace(" -", "-")


def _simple(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out corners at which nothing turns."""
    corners = [points[0]]
    for place, point in enumerate(points[1:], 1):
        following = points[place + 1] if place + 1 < len(points) else None
        if point == corners[-1] and following:
            continue
        turns = not following or not (
            corners[-1][0] == point[0] == following[0] or corners[-1][1] == point[1] == following[1]
        )
        if turns:
            corners.append(point)
    return corners


def _half(one: tuple[int, int], other: tuple[int, int]) -> int:
    return (abs(one[0] - other[0]) + abs(one[1] - other[1])) // 2


def _towards(point: tuple[int, int], goal: tuple[int, int], far: int) -> tuple[int, int]:
    return _nearer(point[0], goal[0], far), _nearer(point[1], goal[1], far)


def _nearer(here: int, goal: int, far: int) -> int:
    return here + far * ((goal > here) - (goal < here))


def _straight(here: tuple[int, int], there: tuple[int, int]) -> str:
    if here == there:
        return ""
    if here[0] == there[0]:
        return min(f"V{there[1]}", f"v{there[1] - here[1]}", key=len)
    return min(f"H{there[0]}", f"h{there[0] - here[0]}", key=len)


def labels_drawn(placed: Placement, palette: Palette) -> Iterator[str]:
    """Draw the edges' labels, with a rim of the background's colour where they touch a border."""
    labels = [edge.label for edge in placed.edges if edge.label]
    if not labels:
        return
    background = palette.lane if any(lane.lane.title for lane in placed.lanes) else palette.box
    yield (
        f'<g class="labels" aria-hidden="true" font-size="{LABEL_FONT}" '
        f'stroke="{background}" stroke-width="3" paint-order="stroke">\n'
    )
    yield from (_label(label) for label in labels)
    yield "</g>\n"


def _label(label: PlacedLabel) -> str:
    return lines_drawn(label.lines, label.x + label.width // 2, label.y + LABEL_FONT - 1, LABEL_LINE)
