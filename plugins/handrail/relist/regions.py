"""Where a page's outermost lists are, what stands around each, and which fences would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from .escapes import is_understood

LISTS = ("bullet_list_open", "ordered_list_open")

INSIDE = {
    "blockquote_open": "> ",
    "admonition_open": "    ",
    "tab_open": "    ",
    "footnote_block_open": "",
    "footnote_open": "    ",
}
"""What opens every line inside a container that may stand around a list."""

ITEM = re.compile(r"^[ \t>]*(?:[-+*]|\d+\.)\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Around:
    """A container around a list, or the page."""

    prefix: str
    """What stands before each of its lines: the marks of the quotes and blocks up to it."""
    start: int
    """Its first line, counted from 0."""
    end: int
    """The line after its last."""
    follows_alike: bool = False
    """Whether it is a quote right after a quote, which Python-Markdown would make one."""


@dataclass(frozen=True, slots=True)
class Region:
    """One outermost list, or a fence outside of lists."""

    first: int
    """Its first token."""
    last: int
    """Its closing token."""
    start: int
    """Its first line, counted from 0."""
    end: int
    """The line after its last."""
    around: tuple[Around, ...]
    """The containers that it stands in, the page first."""
    before: str
    """The type of the token that opens the block before it in the same container, or nothing."""
    after: str
    """The same for the block after it."""
    is_list: bool

    @property
    def prefix(self) -> str:
        """What stands before each of its lines."""
        return self.around[-1].prefix


def regions(tokens: Sequence[Token], source: Sequence[str]) -> tuple[Region, ...]:
    """Return what has to be written again, by line: lists, and fences that would break them."""
    found = sorted(_regions(tokens, source), key=lambda region: region.start)
    apart = [region for at, region in enumerate(found) if not at or region.start >= found[at - 1].end]
    if any(region.is_list for region in apart):
        return tuple(apart)
    return tuple(region for region in apart if ITEM.search(tokens[region.first].content))


def closing(tokens: Sequence[Token], first: int) -> int:
    """Return the index of the token that closes what `first` opens."""
    depth = 0
    for at in range(first, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


def _regions(tokens: Sequence[Token], source: Sequence[str]) -> Iterator[Region]:
    around, before, at = [Around("", 0, len(source))], [""], 0
    while at < len(tokens):
        token, last = tokens[at], at
        if token.type in INSIDE:
            around.append(_around(around[-1], token, before[-1]))
            before[-1] = token.type
            before.append("")
        elif token.nesting < 0:
            around.pop()
            before.pop()
        else:
            last = closing(tokens, at)
            if _is_written_again(tokens, at, around[-1].prefix, source):
                yield _region(tokens, at, last, tuple(around), before[-1])
            before[-1] = token.type
        at = last + 1


def _around(outer: Around, token: Token, before: str) -> Around:
    start, end = token.map or (outer.start, outer.end)
    alike = token.type == before == "blockquote_open"
    return Around(outer.prefix + INSIDE[token.type], start, end, alike)


def _is_written_again(tokens: Sequence[Token], at: int, prefix: str, source: Sequence[str]) -> bool:
    if tokens[at].type in LISTS:
        on_the_line_of_its_mark = at > 0 and tokens[at - 1].type == "footnote_open"
        return not on_the_line_of_its_mark
    return tokens[at].type == "fence" and not _is_seen(tokens[at], prefix, source)


def _is_seen(fence: Token, prefix: str, source: Sequence[str]) -> bool:
    """Tell whether superfences sees a fence as it stands; it is stricter than CommonMark.

    One that it does not see shows what it holds as text, and its end then opens a fence over what follows.
    """
    start, end = fence.map or (0, 0)
    if end - start < 2:
        return False
    opening, *inner, last = [line.rstrip() for line in source[start:end]]
    width = len(opening) - len(opening.lstrip("> "))
    closes = last[width:] == fence.markup and not last[:width].strip("> ")
    indented = all(not line[:width].strip("> ") for line in inner)
    return is_understood(fence.info) and closes and indented and "\t" not in opening[:width]


def _region(tokens: Sequence[Token], first: int, last: int, around: tuple[Around, ...], before: str) -> Region:
    start, end = tokens[first].map or (0, 0)
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    after = following.type if following and following.nesting >= 0 else ""
    return Region(first, last, start, end, around, before, after, tokens[first].type in LISTS)
