"""Words in a drawing: escaped, in lines, in their own direction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from handrail.graph import Graph

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u3040-\u9fff]")
_CHANGED = re.compile(f"[&<>\"'{_FORBIDDEN.pattern[1:-1]}]")
"""What does not stand in XML as it is: most words hold none of it."""


def escaped(words: str) -> str:
    """Return words as XML text or attribute; what XML forbids becomes a replacement character."""
    if _CHANGED.search(words) is None:
        return words
    return escape(_FORBIDDEN.sub("\ufffd", words))


def lines_drawn(lines: Sequence[str], x: int, y: int, line: int, attributes: str = "") -> str:
    """Draw words in lines around `x`, the first line's foot at `y`."""
    direction = ' direction="rtl"' if _reads_from_the_right(" ".join(lines)) else ""
    first, *others = map(escaped, lines)
    rest = "".join(f'<tspan x="{x}" dy="{line}">{words}</tspan>' for words in others)
    return f'<text x="{x}" y="{y}"{direction}{attributes}>{first}{rest}</text>'


def _reads_from_the_right(words: str) -> bool:
    right, left = _RIGHT_TO_LEFT.search(words), _LEFT_TO_RIGHT.search(words)
    return bool(right and (not left or right.start() < left.start()))


def element_name(prefix: str, graph: Graph) -> str:
    """Return what ids of elements begin with: only what XML and URLs allow."""
    return f"{prefix}-" + "".join(
        c if c.isascii() and (c.isalnum() or c in "-_") else f"_{ord(c):x}_" for c in graph.id
    )
