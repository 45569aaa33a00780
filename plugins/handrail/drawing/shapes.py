"""Each node's outline by its shape and rail, and the small marks of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handrail.drawing.palettes import Palette
from handrail.layout import PlacedNode
from handrail.layout.sizes import TIP


def outline(placed: PlacedNode, palette: Palette) -> str:
    """Draw a node's outline, and the sign of its kind."""
    rail = placed.node.rail or ("judgement" if placed.node.kind == "judgement" else "")
    return _SHAPES[placed.shape](placed, palette, rail)


def box(placed: PlacedNode, palette: Palette, rail: str) -> str:
    """Draw a box with the edge that its rail asks for, double, open or dashed, and with the sign of its kind."""
    x, y, width, height = placed.x, placed.y, placed.width, placed.height
    if placed.node.kind == "hold":
        return _outlined(_octagon(placed, 0), _octagon(placed, 4), rail)
    dashes = _open_sides(width, height) if rail == "judgement" else _DASHES.get(rail, "")
    second = f"M{x + 3} {y + 3}h{width - 6}v{height - 6}H{x + 3}z" if rail == "fixed" else ""
    lines = second + _mark(placed)
    return _rect(x, y, width, height, 5, dashes) + (f'<path d="{lines}"/>' if lines else "")


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
    return f'<path d="{outline}{inner if rail == "fixed" else ""}"{dashes}{attributes}/>'


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
    return outline + _rect(x + 5, y + 5, width - 10, height - 10, height // 2 - 5)


def _bar(placed: PlacedNode, palette: Palette, rail: str) -> str:
    return _rect(placed.x, placed.y, placed.width, placed.height, 2, ' fill="currentColor"')


_SHAPES: Mapping[str, Callable[[PlacedNode, Palette, str], str]] = {
    "box": box,
    "diamond": _diamond,
    "hexagon": _hexagon,
    "pill": _pill,
    "bar": _bar,
}


def _mark(placed: PlacedNode) -> str:
    """Return the path of the small sign of a node's kind, above its lower edge."""
    if placed.node.kind not in _MARKS:
        return ""
    across, down, path = _MARKS[placed.node.kind]
    x, y = placed.x + placed.width // 2 + across, placed.y + placed.height - 11 + down
    return f"M{x} {y}{path}"


_MARKS = {
    "call": (-6, -6, "h12v12h-12zm6 3v6m-3-3h6"),
    "wait": (-6, 0, "a6 6 0 1 0 12 0a6 6 0 1 0-12 0m6-4v4l3 2"),
    "any": (-8, 1, "q4-6 8-1t8-1"),
    "ongoing": (5, -3, "a6 6 0 1 0 1 4m-1-8v4h-4"),
    "hand-over": (-8, 0, "h14m-5-5l5 5l-5 5"),
}
"""Where a mark begins, from the middle of its place, and its path."""


def warning(x: int, y: int, palette: Palette) -> str:
    """Draw a triangle with an exclamation mark: not colour alone."""
    return f'<path d="M{x} {y - 8}l9 15h-18zm0 5v5m0 1.6v1.6" stroke="{palette.warning}" stroke-width="1.6"/>'
