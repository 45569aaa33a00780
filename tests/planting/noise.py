"""Noise: other ways to write a page that say the same."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Mapping

from tests.planting.draft import MARKER, PAGE, Draft, Planted, read


def reflow(text: str, chance: random.Random) -> str:
    """Wrap each plain paragraph and sentence of an item at another width."""
    width = chance.choice([40, 60, 100])
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fence = line.lstrip().startswith(("```", "~~~"))
        fenced = fenced != fence
        mark = MARKER.match(line)
        indent = " " * (mark.end() - len(mark["box"] or "") if mark else len(line) - len(line.lstrip()))
        plain = (
            not fenced
            and not fence
            and (mark or not indent)
            and not re.search(r"[\[\]|`<>\\!:]|^[#\s>=-]", line[len(indent) :])
        )
        wraps = textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        begins = any(re.match(r"\s*(?:\d+[.)]|[-*+#=]|\w[^:]{0,40}:)", part) for part in wraps[1:])
        lines += wraps if plain and len(line) > width and not begins and not line.endswith("  ") else [line]
    return "\n".join(lines)


def renumber(text: str, chance: random.Random) -> str:
    """Give every item of a numbered list the number 1."""
    return _outside_code(text, lambda line: re.sub(r"^(\s*)\d([.)])(\s)", r"\g<1>1\2\3", line))


def re_indent(text: str, chance: random.Random) -> str:
    """Indent everything inside an item by one more column."""

    def wider(line: str) -> str:
        mark = MARKER.match(line)
        indent = len(line) - len(line.lstrip())
        if mark and not indent:
            return f"{mark['mark']}{mark['space']} {line[mark.end('space') :]}"
        return f" {line}" if indent else line

    return "\n".join(wider(line) for line in text.split("\n"))


def other_marker(text: str, chance: random.Random) -> str:
    """Write `1)` for `1.` and `*` for `-`."""
    change = {"1": ")", "-": "*", "*": "-", "+": "-"}

    def marked(line: str) -> str:
        mark = MARKER.match(line)
        if mark is None or re.fullmatch(r"\s*([-*_])(?:\s*\1){2,}\s*", line):
            return line
        sign = mark["mark"]
        new = f"{sign[:-1]}{')' if sign[-1] == '.' else '.'}" if sign[0].isdigit() else change[sign]
        return f"{mark['indent']}{new}{line[mark.start('space') :]}"

    return _outside_code(text, marked)


def renamed_key(text: str, chance: random.Random) -> str:
    """Write a front matter with another key that nobody asks for."""
    key = chance.choice(["layout", "audience", "tags"])
    if not text.startswith(("---\n", "#")):
        return text
    if text.startswith("---\n"):
        return text.replace("---\n", f"---\n{key}: plain\n", 1)
    return f"---\n{key}: plain\n---\n{text}"


def whitespace(text: str, chance: random.Random) -> str:
    """Put in blank lines before headings, blanks at the ends of lines, and other line ends."""
    lines = _outside_code(text, lambda line: f"\n{line}" if re.match(r"#+ ", line) else line)
    lines = "\n".join(
        f"{line} " if line.strip() and not line.endswith((" ", "\\")) else line for line in lines.split("\n")
    )
    body = lines.replace("--- \n", "---\n")
    return body.replace("\n", "\r\n") if chance.random() < 0.5 else body


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    lines, fenced = [], False
    for line in text.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        lines.append(line if fenced or line.startswith("---") else change(line))
    return "\n".join(lines)


NOISE: Mapping[str, Callable[[str, random.Random], str]] = {
    "reflow": reflow,
    "renumber": renumber,
    "re-indent": re_indent,
    "other list marker": other_marker,
    "renamed front-matter key": renamed_key,
    "whitespace": whitespace,
}


def noisy(draft: Draft, name: str, seed: int) -> Planted | None:
    """Return a page written otherwise; None where it cannot be without saying something else.

    Whether it says something else is judged by what the reader takes for its steps, never by the comparison.
    """
    before = draft.text()
    after = NOISE[name](before, random.Random(f"{seed} {name}"))
    pages = [read({PAGE: text}).procedures for text in (before, after)]
    said = [[(step.number.count("."), step.text) for one in page for step in one.all_steps()] for page in pages]
    if after == before or said[0] != said[1]:
        return None
    return Planted(name, {PAGE: before}, {PAGE: after})
