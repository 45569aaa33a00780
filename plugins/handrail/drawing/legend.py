"""What the signs of a drawing mean, below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handrail.drawing.palettes import Palette, Words
from handrail.drawing.shapes import box, warning
from handrail.drawing.text import escaped
from handrail.graph import Node, unguarded
from handrail.layout import PlacedNode, Placement
from handrail.layout.widths import text_width

_ROW, _SAMPLE, _GAP, _FONT = 26, 30, 20, 12
_ABOVE = 4
_WIDEST = 520
"""So that it is seen at once below a wide drawing, and stands on one sheet of paper."""


def legend_of(placed: Placement, palette: Palette, words: Words) -> Iterator[tuple[str, str]]:
    """Yield a sample and its words for each sign that the drawing uses and that words must explain."""
    rails = {node.node.rail for node in placed.nodes}
    for rail in ("fixed", "judgement", "unsaid"):
        if rail in rails:
            node = Node("", "", rail=rail)
            sample = box(PlacedNode(node, 0, 3, _SAMPLE, 20, (), "box"), palette, rail)
            yield sample, getattr(words, rail)
    if any(unguarded(node.node) for node in placed.nodes):
        yield warning(_SAMPLE // 2, 13, palette), words.unguarded
    if any(edge.edge.guessed for edge in placed.edges):
        yield f'<path d="M0 13h{_SAMPLE}" stroke-dasharray="5 4"/>', words.guessed


def legend_height(legend: Sequence[tuple[str, str]], width: int) -> int:
    """Return the pixels that the legend needs below a drawing of this width."""
    return len(_rows(legend, width)) * _ROW + _ABOVE if legend else 0


def _rows(legend: Sequence[tuple[str, str]], width: int) -> list[list[tuple[int, str, str]]]:
    """Return the legend's rows: each entry with its place from the left."""
    rows: list[list[tuple[int, str, str]]] = []
    x = width
    for sample, words in legend:
        needed = _SAMPLE + 8 + text_width(words, _FONT)
        if not rows or x + needed > min(width, _WIDEST):
            rows.append([])
            x = 1
        rows[-1].append((x, sample, words))
        x += needed + _GAP
    return rows


def legend_drawn(legend: Sequence[tuple[str, str]], placed: Placement, palette: Palette) -> Iterator[str]:
    """Draw the legend below the lanes."""
    if not legend:
        return
    places = [
        (x, placed.height + _ABOVE + number * _ROW, sample, words)
        for number, row in enumerate(_rows(legend, placed.width))
        for x, sample, words in row
    ]
    yield (
        f'<g class="legend" font-size="{_FONT}" text-anchor="start">'
        f'<g fill="{palette.box}" stroke="currentColor" stroke-width="1.3">\n'
    )
    yield from (f'<g transform="translate({x} {y})">{sample}</g>\n' for x, y, sample, _ in places)
    yield "</g>"
    for x, y, _, words in places:
        yield f'<text x="{x + _SAMPLE + 8}" y="{y + 17}">{escaped(words)}</text>'
    yield "</g>\n"
