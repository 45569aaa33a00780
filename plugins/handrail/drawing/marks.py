"""What became of nodes and arrows, drawn over them: by a colour, by a kind of line, and by a sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.drawing.edges import path_of
from handrail.drawing.palettes import Palette
from handrail.drawing.text import escaped
from handrail.layout import PlacedEdge, PlacedNode, Placement

_AROUND = 3
"""How far outside of a node its mark is drawn."""
_RADIUS = 8
"""Of the disc that holds the sign."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How one kind of change is drawn."""

    colour: str
    dashes: str
    """Empty where the line is whole."""
    shape: str
    """The sign as a path around 0 0, from -4 to 4."""


SIGNS: Mapping[str, Sign] = {
    "added": Sign("var(--handrail-added,#15803d)", "", "M-4 0h8M0-4v8"),
    "removed": Sign("var(--handrail-removed,#b91c1c)", "7 4", "M-4 0h8"),
    "changed": Sign("var(--handrail-changed,#a16207)", "2 3", "M-4-2h8M-4 2h8M-3 4L3-4"),
    "moved": Sign("var(--handrail-moved,#6d28d9)", "12 4 2 4", "M-4 0h8M1-3l3 3-3 3"),
}
"""What became of it -> how that is drawn."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Which nodes and arrows of a drawing are marked, and as what."""

    nodes: Mapping[str, str] = field(default_factory=dict)
    """Id of a node -> a name in `SIGNS`."""
    edges: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """The nodes that an arrow connects, and its label -> a name in `SIGNS`."""


NO_MARKS = Marks()


def marks_drawn(placed: Placement, marks: Marks, palette: Palette) -> Iterator[str]:
    """Draw the marks, signs on top."""
    nodes = [(node, marks.nodes[node.node.id]) for node in placed.nodes if node.node.id in marks.nodes]
    edges = [(edge, marks.edges[key]) for edge in placed.edges if (key := _key(edge)) in marks.edges]
    if not (nodes or edges):
        return
    yield '<g class="marks" fill="none" stroke-width="2.5" stroke-linecap="round" aria-hidden="true">\n'
    yield from (_line(path_of(edge), mark) for edge, mark in edges)
    yield from (_frame(node, mark) for node, mark in nodes)
    yield from (_disc(*_middle(edge), mark, palette) for edge, mark in edges)
    yield from (_disc(node.x, node.y, mark, palette) for node, mark in nodes)
    yield "</g>\n"


def sample(mark: str, palette: Palette) -> str:
    """Return a small drawing of a mark for a legend: 46 by 20."""
    return (
        f'<svg class="mark" width="46" height="20" viewBox="0 0 46 20" aria-hidden="true" fill="none" '
        f'stroke-width="2.5" stroke-linecap="round">{_line("M1 10h44", mark)}{_disc(23, 10, mark, palette)}</svg>'
    )


def _key(edge: PlacedEdge) -> tuple[str, str, str]:
    return edge.edge.source, edge.edge.target, edge.edge.label


def _stroke(mark: str) -> str:
    sign = SIGNS[mark]
    dashes = f' stroke-dasharray="{sign.dashes}"' if sign.dashes else ""
    return f'stroke="{sign.colour}"{dashes}'


def _line(path: str, mark: str) -> str:
    return f'<path class="{escaped(mark)}" {_stroke(mark)} d="{path}"/>'


def _frame(node: PlacedNode, mark: str) -> str:
    x, y = node.x - _AROUND, node.y - _AROUND
    width, height = node.width + 2 * _AROUND, node.height + 2 * _AROUND
    return (
        f'<rect class="{escaped(mark)}" data-marked="{escaped(node.node.id)}" x="{x}" y="{y}" width="{width}" '
        f'height="{height}" rx="8" {_stroke(mark)}/>'
    )


def _disc(x: int, y: int, mark: str, palette: Palette) -> str:
    """Return the sign on a disc around a point."""
    sign = SIGNS[mark]
    return (
        f'<g transform="translate({x} {y})"><circle r="{_RADIUS}" fill="{sign.colour}" stroke="{palette.box}" '
        f'stroke-width="1.5"/><path d="{sign.shape}" stroke="{palette.box}" stroke-width="1.8"/></g>'
    )


def _middle(edge: PlacedEdge) -> tuple[int, int]:
    """Return the middle of the longest straight piece of an arrow."""
    pieces = list(zip(edge.points, edge.points[1:], strict=False))
    (x, y), (end_x, end_y) = max(pieces, key=lambda piece: sum(abs(a - b) for a, b in zip(*piece, strict=True)))
    return (x + end_x) // 2, (y + end_y) // 2
