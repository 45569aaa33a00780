"""Nodes as links, in reading order, each with its title."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.drawing.blanks import LINK
from handrail.drawing.palettes import Palette, Words
from handrail.drawing.shapes import outline, warning
from handrail.drawing.text import escaped, lines_drawn
from handrail.graph import unguarded
from handrail.layout import PlacedNode, Placement
from handrail.layout.sizes import FONT, LINE, MARK, MARKED, caption
from handrail.layout.wrapping import TOGETHER


def nodes_drawn(placed: Placement, palette: Palette, words: Words) -> Iterator[str]:
    """Draw all nodes, in the author's order, what may be a link between two marks."""
    yield f'<g class="nodes" fill="{palette.box}" stroke="currentColor" stroke-width="1.3">\n'
    yield from (_node(node, palette, words) for node in placed.nodes)
    yield "</g>\n"


def _node(placed: PlacedNode, palette: Palette, words: Words) -> str:
    node = placed.node
    inner = "".join(
        (
            f"<title>{escaped(_told(placed, words))}</title>",
            outline(placed, palette),
            _words(placed),
            warning(placed.x + 3, placed.y + 1, palette) if unguarded(node) else "",
        )
    )
    marked = ' class="unguarded"' if unguarded(node) else ""
    return f'<g data-step="{escaped(node.id)}"{marked}>{LINK}{inner}{LINK}</g>'


def _told(placed: PlacedNode, words: Words) -> str:
    """Return what hovering and a screen reader tell of a node."""
    node = placed.node
    name = caption(node).replace(TOGETHER, " ")
    rail = getattr(words, node.rail) if node.rail else ""
    return "; ".join(filter(None, (name, node.tooltip, rail, words.unguarded if unguarded(node) else "")))


def _words(placed: PlacedNode) -> str:
    if not placed.lines:
        return ""
    mark = MARK if placed.node.kind in MARKED else 0
    top = placed.y + (placed.height - mark - len(placed.lines) * LINE) // 2 + FONT - 1
    return lines_drawn(placed.lines, placed.x + placed.width // 2, top, LINE, ' fill="currentColor" stroke="none"')
