"""Marks in a page's Markdown that show, after rendering, where each step and labelled line begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handrail.dataclass import dataclass
from handrail.kept import kept

OPEN, _CLOSE = "\ue100", "\ue101"
_ZERO = 0xE110
_DIGITS = {_ZERO + digit: str(digit) for digit in range(10)}
MARK = re.compile(f"{OPEN}([\ue110-\ue119]+){_CLOSE}")
"""A mark in text: characters of the private use area only, so that no slug and no word keeps any of it."""
_LEAD = re.compile(
    r"(?P<lead>[ \t>]*(?:#{1,6}[ \t]+|(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|\Z))*(?:\[[ xX]\][ \t]+)?))(?P<rest>.*)",
    re.DOTALL,
)
_TABLE = re.compile(r"(?P<lead>[ \t>]*\|?[ \t]*)(?P<rest>.*)", re.DOTALL)
_OPENS_BLOCK = re.compile(
    r"(?:```|~~~|\||>|#{1,6}\s|!!!|\?\?\?|<(?!!--|a\b|/?(?:b|i|em|strong|code|span|kbd|br|sub|sup|img|abbr|mark|del)\b|https?:|mailto:))"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to be set: at which line of the page's text, and in what."""

    number: int
    line: int
    """Counted from 1, in the text before it was indented anew."""
    in_table: bool = False
    opens: bool = False
    """Whether its line opens a paragraph of its own, though no empty line stands before it."""


@kept(1024)
def mark_text(number: int) -> str:
    """Return a mark as it stands in the text."""
    return OPEN + "".join(chr(_ZERO + int(digit)) for digit in str(number)) + _CLOSE


def with_marks(lines: Sequence[str], sources: Sequence[int], marks: Sequence[Mark]) -> list[str]:
    """Return a text's lines with their marks; `sources` gives for each line the one that it comes from, 0 for none."""
    here: dict[int, list[Mark]] = {}
    for mark in marks:
        here.setdefault(mark.line, []).append(mark)
    size = min(len(lines), len(sources))
    first = dict(zip(reversed(sources[:size]), range(size - 1, -1, -1), strict=True))
    result, parted = list(lines[:size]), False
    for source, them in here.items():
        place = first.get(source) if source else None
        if place is not None:
            marked = _marked(result[place], them)
            result[place] = f"\n{marked}" if any(mark.opens for mark in them) else marked
            parted = parted or "\n" in result[place]
    return "\n".join(result).split("\n") if parted else result


def opens_paragraph(lines: Sequence[str], line: int) -> bool:
    """Whether a step's line has to open a paragraph of its own, since Python-Markdown sees it in the one before it.

    It goes on with that one behind a line break, and right under code: a fence does not end the paragraph around it.
    """
    if line < 2 or line > len(lines) or _BEGINS_BLOCK.match(lines[line - 1]):
        return False
    before = lines[line - 2]
    breaks = before.endswith(("  ", "\\")) and before.strip() != "" and not _BEGINS_BLOCK.match(before)
    return breaks or _FENCE_END.fullmatch(before) is not None


_FENCE_END = re.compile(r" {0,3}(?:`{3,}|~{3,})[ \t]*")

_BEGINS_BLOCK = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)]|#{1,6}|>)(?:[ \t]|\Z)|[ \t]*\||(?: {4}|\t)")
"""How an item, a heading, a quotation, a row of a table or a line inside an item begins."""


def _marked(line: str, marks: Sequence[Mark]) -> str:
    """Return a line with marks behind its list marker, the hashes of its heading, or the pipe of its row."""
    match = (_TABLE if marks[0].in_table else _LEAD).fullmatch(line)
    if match is None:
        return line
    text = "".join(mark_text(mark.number) for mark in marks)
    lead, rest = match["lead"], match["rest"]
    if (
        not marks[0].in_table
        and lead.strip(" >\t")
        and not lead.lstrip(" >\t").startswith("#")
        and _OPENS_BLOCK.match(rest)
    ):
        return f"{lead}{text}\n\n{_blanks(lead)}{rest}"
    return f"{lead}{text}{rest}"


def _blanks(lead: str) -> str:
    """Return as much room as a list's marker takes, for what stands on the next line."""
    return re.sub(r"[^ \t>]", " ", lead)


def without_marks(text: str) -> str:
    """Return a text without any mark."""
    return MARK.sub("", text) if OPEN in text else text


def parted(text: str) -> tuple[str, list[int]]:
    """Return a text without its marks, and the numbers of these."""
    pieces = MARK.split(text)
    return "".join(pieces[::2]), [int(number.translate(_DIGITS)) for number in pieces[1::2]]


def line_offset(source: str, text: str) -> int | None:
    """Return how many lines of a file stand before the text that the host hands over; None where it was changed."""
    if not text.strip():
        return 0
    at = source.find(text.rstrip("\n"))
    whole = at >= 0 and source[at:].rstrip() == text.rstrip()
    return source.count("\n", 0, at) if whole else None
