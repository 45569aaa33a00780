"""Lines for a terminal: 80 columns, if nobody asks for others, and nothing that a terminal would take for an order."""

from __future__ import annotations

import textwrap

from handrail.problems import plain as plain

WIDTH = 80


def cut(text: str, width: int) -> str:
    """Return a text on one line that is no longer than this; an ellipsis stands for what is left out."""
    line = plain(text)
    return line if len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"


def wrapped(text: str, indent: int = 0, hanging: int = 0, width: int = WIDTH) -> str:
    """Return a text on lines of so many columns, with `hanging` more columns of indent from its second line on."""
    return textwrap.fill(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: `1 step`, `2 steps`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
