"""A placed flow as inline SVG: no script, no style element, colours from a palette."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.drawing.blanks import COLOURS, FONT_FAMILY, NAME, filled
from handrail.drawing.edges import edges_drawn, labels_drawn
from handrail.drawing.legend import legend_drawn, legend_height, legend_of
from handrail.drawing.marks import NO_MARKS, SIGNS, Marks, marks_drawn, sample
from handrail.drawing.nodes import nodes_drawn
from handrail.drawing.palettes import DARK, ENGLISH, LIGHT, PAGE, Palette, Words, drawing_words
from handrail.drawing.text import element_name, escaped, lines_drawn
from handrail.graph import Graph
from handrail.layout import PlacedLane, Placement, laid_out
from handrail.layout.sizes import FONT, LINE

__all__ = [
    "DARK",
    "ENGLISH",
    "LIGHT",
    "NO_MARKS",
    "PAGE",
    "SIGNS",
    "Marks",
    "Palette",
    "Words",
    "blank_drawing",
    "drawing",
    "drawing_words",
    "drawn",
    "filled_drawing",
    "sample",
]

_ARROW = "M0 0 9 4 0 8z"


def drawn(
    graph: Graph, palette: Palette = PAGE, words: Words = ENGLISH, prefix: str = "flow", marks: Marks = NO_MARKS
) -> str:
    """Lay a graph out and draw it."""
    return drawing(laid_out(graph), palette, words, prefix, marks)


def drawing(
    placed: Placement, palette: Palette = PAGE, words: Words = ENGLISH, prefix: str = "flow", marks: Marks = NO_MARKS
) -> str:
    """Draw a placed graph; ids of elements begin with the prefix, so that a page can hold a flow twice."""
    return filled_drawing(blank_drawing(placed, words, marks), placed.graph, palette, prefix)


def filled_drawing(blank: str, graph: Graph, palette: Palette = PAGE, prefix: str = "flow") -> str:
    """Return a blank drawing in the colours of a palette, with the addresses of a graph, which may differ in them."""
    return filled(blank, [node.href for node in graph.nodes], palette, element_name(prefix, graph))


def blank_drawing(placed: Placement, words: Words = ENGLISH, marks: Marks = NO_MARKS) -> str:
    """Draw a placed graph with places for what differs where it stands twice: colours, ids of elements and links."""
    legend = tuple(legend_of(placed, COLOURS, words))
    height = placed.height + legend_height(legend, placed.width)
    return "".join(
        (
            *_head(placed, height),
            *_lanes(placed, COLOURS, words),
            *edges_drawn(placed, NAME),
            *nodes_drawn(placed, COLOURS, words),
            *marks_drawn(placed, marks, COLOURS),
            *labels_drawn(placed, COLOURS),
            *legend_drawn(legend, placed, COLOURS),
            "</svg>\n",
        )
    )


def _head(placed: Placement, height: int) -> Iterator[str]:
    graph, name = placed.graph, NAME
    described = f' aria-describedby="{name}-d"' if graph.description else ""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="handrail-flow" role="group" '
        f'aria-labelledby="{name}-t"{described} width="{placed.width}" height="{height}" '
        f'viewBox="0 0 {placed.width} {height}" font-size="{FONT}"{FONT_FAMILY} '
        f'color="{COLOURS.ink}" fill="currentColor" text-anchor="middle">\n'
    )
    yield f'<title id="{name}-t">{escaped(graph.title)}</title>'
    if graph.description:
        yield f'<desc id="{name}-d">{escaped(graph.description)}</desc>'
    yield (
        f'<defs><marker id="{name}-a" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="8" refX="9" '
        f'refY="4" orient="auto"><path d="{_ARROW}"/></marker></defs>\n'
    )


def _lanes(placed: Placement, palette: Palette, words: Words) -> Iterator[str]:
    if not any(lane.lane.title for lane in placed.lanes):
        return
    first, last, bottom = placed.lanes[0], placed.lanes[-1], placed.height - 2
    lines = "".join(f"M{lane.x} 1v{bottom}" for lane in placed.lanes[1:])
    borders = f'<path d="{lines}"/>' if lines else ""
    yield (
        f'<g class="lanes" aria-hidden="true" font-weight="bold">'
        f'<g fill="{palette.lane}" stroke="{palette.border}">'
        f'<rect x="{first.x}" y="1" width="{last.x + last.width - first.x}" height="{bottom}"/>'
        f"{borders}</g>\n"
    )
    yield from (_lane_title(lane, words) for lane in placed.lanes)
    yield "</g>\n"


def _lane_title(lane: PlacedLane, words: Words) -> str:
    lines, weight = (lane.lines, "") if lane.lines else ((words.nobody,), ' font-weight="normal"')
    return lines_drawn(lines, lane.x + lane.width // 2, 22, LINE, weight)
