"""A placed flow as inline SVG: no script, no style element, colours from a palette."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from handrail.graph import Graph, Node
from handrail.layout import PlacedEdge, PlacedLabel, PlacedLane, PlacedNode, Placement, laid_out
from handrail.layout.sizes import FONT, LABEL_FONT, LABEL_LINE, LINE, MARK, MARKED, TIP
from handrail.layout.widths import text_width


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a drawing: CSS variables on pages, literal colours in downloads, mail and PDF."""

    ink: str
    """Words, outlines and arrows."""
    box: str
    lane: str
    border: str
    """Between lanes."""
    accent: str
    """Decisions and what is linked."""
    warning: str
    font: str
    """Empty where the page's own font holds."""


PAGE = Palette(
    "var(--md-default-fg-color,#222)",
    "var(--md-default-bg-color,#fff)",
    "var(--md-code-bg-color,#f6f6f7)",
    "var(--md-default-fg-color--lighter,#bbb)",
    "var(--md-typeset-a-color,#3949ab)",
    "var(--handrail-warning,#c2410c)",
    "",
)
_SANS = "Roboto,Helvetica,Arial,'DejaVu Sans',sans-serif"
LIGHT = Palette("#222", "#fff", "#f6f6f7", "#bbb", "#3949ab", "#c2410c", _SANS)
DARK = Palette("#e2e4e9", "#1e2129", "#262a33", "#4b5060", "#8ea2f5", "#fb923c", _SANS)


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing itself says, in the reader's language."""

    fixed: str = "fixed by a procedure"
    judgement: str = "left to judgement"
    unsaid: str = "unsaid"
    unguarded: str = "high risk without a rail"
    guessed: str = "guessed arrow"


ENGLISH = Words()
_RADIUS = 6
_ARROW = "M0 0 9 4 0 8z"
_LEGEND_ROW, _LEGEND_SAMPLE, _LEGEND_GAP, _LEGEND_FONT = 26, 30, 20, 12
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u3040-\u9fff]")


def drawn(graph: Graph, palette: Palette = PAGE, words: Words = ENGLISH) -> str:
    """Lay a graph out and draw it."""
    return drawing(laid_out(graph), palette, words)


def drawing(placed: Placement, palette: Palette = PAGE, words: Words = ENGLISH) -> str:
    """Draw a placed graph."""
    legend = tuple(_legend(placed, palette, words))
    rows = len(_legend_rows(legend, placed.width))
    height = placed.height + rows * _LEGEND_ROW + (4 if rows else 0)
    return "".join(
        (
            *_head(placed, palette, height),
            *_lanes(placed, palette),
            *_edges(placed, palette),
            *_nodes(placed, palette, words),
            *_labels(placed, palette),
            *_legend_drawn(legend, placed, palette),
            "</svg>\n",
        )
    )


def unguarded(node: Node) -> bool:
    """Whether the node is of high risk and no procedure holds it."""
    return node.risk == "high" and node.rail != "fixed"


def _text(words: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", words))


def _name(graph: Graph) -> str:
    """Return a part of element ids: what XML and URLs allow."""
    return "flow-" + "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"_{ord(c):x}_" for c in graph.id)


def _head(placed: Placement, palette: Palette, height: int) -> Iterator[str]:
    graph, name = placed.graph, _name(placed.graph)
    font = f' font-family="{escape(palette.font)}"' if palette.font else ""
    described = f" {name}-d" if graph.description else ""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="handrail-flow" role="group" '
        f'aria-labelledby="{name}-t{described}" width="{placed.width}" height="{height}" '
        f'viewBox="0 0 {placed.width} {height}" font-size="{FONT}"{font} '
        f'color="{palette.ink}" fill="currentColor" text-anchor="middle">\n'
    )
    yield f'<title id="{name}-t">{_text(graph.title)}</title>'
    if graph.description:
        yield f'<desc id="{name}-d">{_text(graph.description)}</desc>'
    yield (
        f'<defs><marker id="{name}-a" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="8" refX="9" '
        f'refY="4" orient="auto"><path d="{_ARROW}" fill="currentColor"/></marker></defs>\n'
    )


def _lanes(placed: Placement, palette: Palette) -> Iterator[str]:
    if not any(lane.lane.title for lane in placed.lanes):
        return
    first, last, bottom = placed.lanes[0], placed.lanes[-1], placed.height - 2
    borders = "".join(f"M{lane.x} 1v{bottom}" for lane in placed.lanes[1:])
    yield (
        f'<g class="lanes" aria-hidden="true" font-weight="bold"><g fill="{palette.lane}" stroke="{palette.border}">'
        f'<rect x="{first.x}" y="1" width="{last.x + last.width - first.x}" height="{bottom}"/>'
        f'<path d="{borders}"/></g>\n'
    )
    yield from (_lane_title(lane) for lane in placed.lanes)
    yield "</g>\n"


def _lane_title(lane: PlacedLane) -> str:
    return _lines(lane.lines, lane.x + lane.width // 2, 22, LINE) if lane.lines else ""


def _edges(placed: Placement, palette: Palette) -> Iterator[str]:
    if not placed.edges:
        return
    yield (
        f'<g class="edges" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.3" '
        f'marker-end="url(#{_name(placed.graph)}-a)">\n'
    )
    yield from (_edge(placed_edge) for placed_edge in placed.edges)
    yield "</g>\n"


def _edge(placed: PlacedEdge) -> str:
    edge = placed.edge
    dashed = ' class="guessed" stroke-dasharray="5 4"' if edge.guessed else ""
    ends = f'data-from="{_text(edge.source)}" data-to="{_text(edge.target)}"'
    return f'<path {ends}{dashed} d="{_path(placed.points)}"/>\n'


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Return a path of straight pieces with rounded bends."""
    corners = _simple(points)
    (x, y), end = corners[0], corners[-1]
    parts = [f"M{x} {y}"]
    for before, (bend_x, bend_y), after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_RADIUS, _half(before, (bend_x, bend_y)), _half((bend_x, bend_y), after))
        in_x, in_y = _towards((bend_x, bend_y), before, radius)
        out_x, out_y = _towards((bend_x, bend_y), after, radius)
        parts.append(_straight((x, y), (in_x, in_y)))
        parts.append(f"q{_pair(bend_x - in_x, bend_y - in_y)} {_pair(out_x - in_x, out_y - in_y)}" if radius else "")
        x, y = out_x, out_y
    parts.append(_straight((x, y), end))
    return "".join(parts)


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


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


def _nodes(placed: Placement, palette: Palette, words: Words) -> Iterator[str]:
    yield f'<g class="nodes" fill="{palette.box}" stroke="currentColor" stroke-width="1.3">\n'
    yield from (_node(node, palette, words) for node in placed.nodes)
    yield "</g>\n"


def _node(placed: PlacedNode, palette: Palette, words: Words) -> str:
    node = placed.node
    inner = "".join(
        (
            f"<title>{_text(_told(placed, words))}</title>",
            _shape(placed, palette),
            _mark(placed, palette),
            _words(placed, palette),
            _warning(placed.x + 3, placed.y + 1, palette) if unguarded(node) else "",
        )
    )
    linked = f'<a href="{_text(node.href)}">{inner}</a>' if node.href else inner
    kind = "" if node.kind == "task" else node.kind
    names = " ".join(filter(None, (kind, node.rail or "", "unguarded" if unguarded(node) else "")))
    classes = f' class="{names}"' if names else ""
    return f'<g{classes} data-step="{_text(node.id)}">{linked}</g>\n'


def _told(placed: PlacedNode, words: Words) -> str:
    """Return what hovering and a screen reader tell of a node."""
    node = placed.node
    caption = f"{node.number}. {node.title}" if node.number else node.title
    rail = getattr(words, node.rail) if node.rail else ""
    return "; ".join(filter(None, (caption, node.tooltip, rail, words.unguarded if unguarded(node) else "")))


def _words(placed: PlacedNode, palette: Palette) -> str:
    if not placed.lines:
        return ""
    mark = MARK if placed.node.kind in MARKED else 0
    top = placed.y + (placed.height - mark - len(placed.lines) * LINE) // 2 + FONT - 1
    return _lines(placed.lines, placed.x + placed.width // 2, top, LINE, f' fill="currentColor" stroke="none"')


def _lines(lines: Sequence[str], x: int, y: int, line: int, attributes: str = "") -> str:
    direction = ' direction="rtl"' if _reads_from_the_right(" ".join(lines)) else ""
    first, *others = map(_text, lines)
    rest = "".join(f'<tspan x="{x}" dy="{line}">{words}</tspan>' for words in others)
    return f'<text x="{x}" y="{y}"{direction}{attributes}>{first}{rest}</text>'


def _reads_from_the_right(words: str) -> bool:
    right, left = _RIGHT_TO_LEFT.search(words), _LEFT_TO_RIGHT.search(words)
    return bool(right and (not left or right.start() < left.start()))


def _shape(placed: PlacedNode, palette: Palette) -> str:
    rail = placed.node.rail or ("judgement" if placed.node.kind == "judgement" else "")
    return _SHAPES[placed.shape](placed, palette, rail)


def _box(placed: PlacedNode, palette: Palette, rail: str) -> str:
    x, y, width, height = placed.x, placed.y, placed.width, placed.height
    if placed.node.kind == "hold":
        return _outlined(_octagon(placed, 0), _octagon(placed, 4), rail)
    dashes = _open_sides(width, height) if rail == "judgement" else _DASHES.get(rail, "")
    inner = _rect(x + 3, y + 3, width - 6, height - 6, 3, ' fill="none"') if rail == "fixed" else ""
    return _rect(x, y, width, height, 5, dashes) + inner


def _open_sides(width: int, height: int) -> str:
    """Return the dashes that leave a box open at its left and right: it holds, but it does not close."""
    across, gap = width - 10, max(4, height - 18)
    return f' stroke-dasharray="{across + 12} {gap} {across + 24} {gap} 12"'


def _rect(x: int, y: int, width: int, height: int, radius: int, attributes: str = "") -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"{attributes}/>'


_DASHES = {"unsaid": ' stroke-dasharray="4"'}


def _outlined(outline: str, inner: str, rail: str, attributes: str = "") -> str:
    """Draw an outline with the edge that its rail asks for."""
    dashes = ' stroke-dasharray="14 8"' if rail == "judgement" else _DASHES.get(rail, "")
    second = f'<path d="{inner}" fill="none"{attributes}/>' if rail == "fixed" else ""
    return f'<path d="{outline}"{dashes}{attributes}/>{second}'


def _octagon(placed: PlacedNode, inset: int) -> str:
    x, y = placed.x + inset + 10, placed.y + inset
    across, down = placed.width - 2 * inset - 20, placed.height - 2 * inset - 20
    return f"M{x} {y}h{across}l10 10v{down}l-10 10h-{across}l-10-10v-{down}z"


def _diamond(placed: PlacedNode, palette: Palette, rail: str) -> str:
    return _outlined(_diamond_at(placed, 0), _diamond_at(placed, 5), rail, f' stroke="{palette.accent}"')


def _diamond_at(placed: PlacedNode, inset: int) -> str:
    across, down = placed.width // 2 - inset * placed.width // placed.height, placed.height // 2 - inset
    x, y = placed.x + placed.width // 2, placed.y + inset
    return f"M{x} {y}l{across} {down}-{across} {down}-{across}-{down}z"


def _hexagon(placed: PlacedNode, palette: Palette, rail: str) -> str:
    return _outlined(_hexagon_at(placed, 0), _hexagon_at(placed, 4), rail, f' stroke="{palette.accent}"')


def _hexagon_at(placed: PlacedNode, inset: int) -> str:
    tip = TIP // 2
    x, y = placed.x + inset + tip, placed.y + inset
    across, down = placed.width - 2 * inset - 2 * tip, placed.height // 2 - inset
    return f"M{x} {y}h{across}l{tip} {down}-{tip} {down}h-{across}l-{tip}-{down}z"


def _pill(placed: PlacedNode, palette: Palette, rail: str) -> str:
    x, y, width, height = placed.x, placed.y, placed.width, placed.height
    thick = ' stroke-width="2.6"' if placed.node.kind in ("end", "stop") else ""
    outline = _rect(x, y, width, height, height // 2, thick)
    if placed.node.kind != "stop":
        return outline
    return outline + _rect(x + 5, y + 5, width - 10, height - 10, height // 2 - 5, ' fill="none"')


def _bar(placed: PlacedNode, palette: Palette, rail: str) -> str:
    return _rect(placed.x, placed.y, placed.width, placed.height, 2, f' fill="currentColor"')


_SHAPES: Mapping[str, Callable[[PlacedNode, Palette, str], str]] = {
    "box": _box,
    "diamond": _diamond,
    "hexagon": _hexagon,
    "pill": _pill,
    "bar": _bar,
}


def _mark(placed: PlacedNode, palette: Palette) -> str:
    """Draw the small sign of a node's kind, above its lower edge."""
    mark = _MARKS.get(placed.node.kind)
    if not mark:
        return ""
    across, down, path = mark
    x, y = placed.x + placed.width // 2 + across, placed.y + placed.height - 11 + down
    return f'<path d="M{x} {y}{path}" fill="none"/>'


_MARKS = {
    "call": (-6, -6, "h12v12h-12zm6 3v6m-3-3h6"),
    "wait": (-6, 0, "a6 6 0 1 0 12 0a6 6 0 1 0-12 0m6-4v4l3 2"),
    "any": (-8, 1, "q4-6 8-1t8-1"),
    "ongoing": (5, -3, "a6 6 0 1 0 1 4m-1-8v4h-4"),
    "hand-over": (-8, 0, "h14m-5-5l5 5l-5 5"),
}
"""Where a mark begins, from the middle of its place, and its path."""


def _warning(x: int, y: int, palette: Palette) -> str:
    """Draw a triangle with an exclamation mark: not colour alone."""
    return (
        f'<path d="M{x} {y - 8}l9 15h-18zm0 5v5m0 1.6v1.6" stroke="{palette.warning}" stroke-width="1.6"/>'
    )


def _labels(placed: Placement, palette: Palette) -> Iterator[str]:
    labels = [edge.label for edge in placed.edges if edge.label]
    if not labels:
        return
    background = palette.lane if any(lane.lane.title for lane in placed.lanes) else palette.box
    yield (
        f'<g class="labels" aria-hidden="true" font-size="{LABEL_FONT}" stroke="{background}" stroke-width="3" '
        f'paint-order="stroke">\n'
    )
    yield from (_label(label) for label in labels)
    yield "</g>\n"


def _label(label: PlacedLabel) -> str:
    return _lines(label.lines, label.x + label.width // 2, label.y + LABEL_FONT - 1, LABEL_LINE) + "\n"


def _legend(placed: Placement, palette: Palette, words: Words) -> Iterator[tuple[str, str]]:
    """Yield a sample and its words for each sign that the drawing uses and that words must explain."""
    rails = {node.node.rail for node in placed.nodes}
    for rail in ("fixed", "judgement", "unsaid"):
        if rail in rails:
            node = Node("", "", rail=rail)
            sample = _box(PlacedNode(node, 0, 3, _LEGEND_SAMPLE, 20, (), "box"), palette, rail)
            yield sample, getattr(words, rail)
    if any(unguarded(node.node) for node in placed.nodes):
        yield _warning(_LEGEND_SAMPLE // 2, 13, palette), words.unguarded
    if any(edge.edge.guessed for edge in placed.edges):
        yield f'<path d="M0 13h{_LEGEND_SAMPLE}" stroke-dasharray="5 4"/>', words.guessed


def _legend_rows(legend: Sequence[tuple[str, str]], width: int) -> list[list[tuple[int, str, str]]]:
    """Return the legend's rows: each entry with its place from the left."""
    rows: list[list[tuple[int, str, str]]] = []
    x = width
    for sample, words in legend:
        needed = _LEGEND_SAMPLE + 8 + text_width(words, _LEGEND_FONT)
        if not rows or x + needed > width:
            rows.append([])
            x = 1
        rows[-1].append((x, sample, words))
        x += needed + _LEGEND_GAP
    return rows


def _legend_drawn(legend: Sequence[tuple[str, str]], placed: Placement, palette: Palette) -> Iterator[str]:
    if not legend:
        return
    places = [
        (x, placed.height + 4 + number * _LEGEND_ROW, sample, words)
        for number, row in enumerate(_legend_rows(legend, placed.width))
        for x, sample, words in row
    ]
    yield (
        f'<g class="legend" font-size="{_LEGEND_FONT}" text-anchor="start">'
        f'<g fill="{palette.box}" stroke="currentColor" stroke-width="1.3">\n'
    )
    yield from (f'<g transform="translate({x} {y})">{sample}</g>\n' for x, y, sample, _ in places)
    yield "</g>"
    for x, y, _, words in places:
        yield f'<text x="{x + _LEGEND_SAMPLE + 8}" y="{y + 17}">{_text(words)}</text>'
    yield "</g>\n"
