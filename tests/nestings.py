"""Odd nestings of lists, quotations, code and notes, made by chance and the same each time."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

_MARKERS = ("- ", "* ", "1. ", "2. ", "1) ", "10. ", "-   ", "- [ ] ")
_LEAVES = (
    "word", "another word", "```\ncode\n```", "~~~\n- code\n~~~", "> quote", "> - item\n> - item", "> 1. item\n>\n>    more",
    "> quote\nlazy", "> > - deep", "> ```\n> x\n> ```", "> quote\n>\n> quote", "   > near", "    > far", "     > - far",
    "    code", "***", "# Head", "<!-- note -->", "| a | b |\n|---|---|\n| 1 | 2 |", "<div>\nx\n</div>", "\\- no",
    "1986. year", "!!! note\n    text", "[x]: /u",
)  # fmt: skip
_OPENINGS = (
    "", "", "- ", "* ", "1. ", "2. ", "3) ", "> ", "> ", "> - ", "- > ", "1. > ", "- 1. ", "- [ ] ", "# ", "```", "    ",
    "\t", "* * *", "-", "+ ", "| a |", "> > ", "0. ", "100. ", "!!! note", "<b>", "<!-- x -->", "***",
)  # fmt: skip
_INDENTS = (0, 0, 0, 0, 1, 2, 3, 4, 4, 5, 6, 7, 8)


def nested(chance: random.Random) -> str:
    """Return blocks that stand in each other, most of them where they belong, some a few blanks off."""
    lines: list[str] = []
    depths = [0]
    for _ in range(chance.randint(3, 11)):
        if chance.random() < 0.35:
            lines.append("")
        if chance.random() < 0.3 and len(depths) > 1:
            depths = depths[: chance.randint(1, len(depths) - 1)]
        off = chance.choice((0, 0, 0, 0, 1, 2, 3, 4)) if chance.random() < 0.35 else 0
        indent = " " * (depths[-1] + off)
        if chance.random() < 0.55:
            marker = chance.choice(_MARKERS)
            first, *more = (chance.choice("abcd") if chance.random() < 0.8 else chance.choice(_LEAVES)).split("\n")
            width = 2 if marker.startswith("- [") else len(marker)
            lines += [f"{indent}{marker}{first}", *(f"{indent}{' ' * width}{line}" for line in more)]
            if chance.random() < 0.6:
                depths.append(len(indent) + width)
        else:
            lines += [f"{indent}{line}" for line in chance.choice(_LEAVES).split("\n")]
    return "\n".join(lines) + "\n"


def soup(chance: random.Random) -> str:
    """Return lines that open with any sign at any place."""
    return "".join(f"{_line(chance)}\n" for _ in range(chance.randint(3, 10)))


def _line(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return ""
    return " " * chance.choice(_INDENTS) + chance.choice(_OPENINGS) + chance.choice(("a", "b c", "", "d", "e"))


KINDS: Mapping[str, Callable[[random.Random], str]] = {"nested": nested, "soup": soup}
