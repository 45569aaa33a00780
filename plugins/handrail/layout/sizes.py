"""How large each node is, from its words and its kind."""

from __future__ import annotations

from handrail.dataclass import dataclass
from handrail.graph import Node, NodeKind
from handrail.kept import kept
from handrail.layout.widths import text_width
from handrail.layout.wrapping import TOGETHER, line_count, wrapped

FONT, LINE = 14, 17
"""A node's text: the font's size and a line's height."""
LABEL_FONT, LABEL_LINE = 12, 14
"""An edge's label."""
BOX_WIDTH = 160
"""Every box is as wide as any other, so that columns look like columns."""
_INSIDE = BOX_WIDTH - 16
_DIAMOND_HEIGHT = 124
"""A decision whose words need more becomes a hexagon."""
TIP = 20
"""How far a hexagon's corners stand out."""
BAR_HEIGHT = 8
MARK = 14
"""The height of the mark below the text: a call's plus, a wait's clock."""

MARKED = frozenset({"call", "wait", "any", "ongoing", "hand-over"})
PILLS = frozenset({"start", "end", "stop"})
BARS = frozenset({"fork", "join"})


@dataclass(frozen=True, slots=True)
class Size:
    """A node's measures in pixels and its words in lines."""

    width: int
    height: int
    lines: tuple[str, ...]
    shape: str
    """box | pill | diamond | hexagon | bar"""


def size_of(node: Node) -> Size:
    """Measure a node."""
    if node.room is not None:
        return Size(*node.room, (), "diamond" if node.kind == "decision" else "box")
    return _size(node.kind, caption(node))


def caption(node: Node) -> str:
    """Return what the node shows: its number and its title."""
    return f"{node.number}.{TOGETHER}{node.title}" if node.number and node.title else node.title or node.number


@kept(1024)
def _size(kind: str, text: str) -> Size:
    if kind in BARS:
        return Size(BOX_WIDTH, BAR_HEIGHT, (), "bar")
    if kind == "decision":
        return _decision(text)
    if kind in PILLS:
        return _pill(text)
    lines = wrapped(text, _INSIDE, FONT)
    return Size(BOX_WIDTH, _box_height(kind, len(lines)), lines, "box")


def box_height(kind: NodeKind, text: str) -> int:
    """Return the height of a node that is a box, where nobody asks for its words in lines."""
    return _box_height(kind, line_count(text, _INSIDE, FONT))


def _box_height(kind: str, lines: int) -> int:
    return max(40, lines * LINE + 18 + (MARK if kind in MARKED else 0))


def _pill(text: str) -> Size:
    lines = wrapped(text, BOX_WIDTH - 32, FONT)
    widest = _widest(lines)
    return Size(_even(max(40, widest + 36)), max(36, len(lines) * LINE + 16), lines, "pill")


def _decision(text: str) -> Size:
    """Find the flattest diamond that holds the words; a hexagon where a diamond would be too high."""
    longest_word = max((text_width(word, FONT) for word in text.split(" ")), default=0)
    wraps = {wrapped(text, width, FONT) for width in _WRAPS if width >= longest_word}
    sizes = [size for lines in sorted(wraps) if (size := _diamond(lines))]
    if sizes:
        return min(sizes, key=lambda size: (size.height + 12 * len(size.lines), size.width, size.lines))
    lines = wrapped(text, BOX_WIDTH - 28, FONT)
    return Size(BOX_WIDTH, _even(len(lines) * LINE + 24), lines, "hexagon")


_WRAPS = (124, 112, 100, 88, 76, 64)


def _diamond(lines: tuple[str, ...]) -> Size | None:
    """Return the flattest diamond that holds each line at its own place."""
    corners = [
        (text_width(line, FONT) + 4, abs(2 * place - len(lines) + 1) * LINE + FONT) for place, line in enumerate(lines)
    ]
    if any(width >= BOX_WIDTH for width, _ in corners):
        return None
    needed = [-(-reach * BOX_WIDTH // (BOX_WIDTH - width)) for width, reach in corners]
    height = max(56, -(-max(needed, default=0) // 4) * 4)
    if height > _DIAMOND_HEIGHT:
        return None
    widths = [-(-width * height // (height - reach)) for width, reach in corners]
    return Size(_even(max(96, *widths, 0)), height, lines, "diamond")


def _widest(lines: tuple[str, ...]) -> int:
    return max((text_width(line, FONT) for line in lines), default=0)


def _even(number: int) -> int:
    return number + number % 2
