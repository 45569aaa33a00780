"""One list written again: every block of it, with its lines numbered as in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from . import escapes
from .regions import LISTS, Region, closing

MARKER = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])")
DEFINITION = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*(\[.*)")
SEPARATOR = "<!-- -->"

Line = tuple[str, int]
"""A line of the new text, and its number in the source, counted from 0; -1 for a line that was added."""


@dataclass(slots=True)
class _Open:
    """A container that is still open."""

    opens: str
    """The type of its opening token."""
    prefix: str
    start: int
    spread: bool
    before: str = ""
    """The type of the block written last in it."""


class Writer:
    """Write the blocks of one list, top to bottom."""

    def __init__(self, tokens: Sequence[Token], source: Sequence[str], spread: frozenset[int]) -> None:
        self.tokens = tokens
        self.source = source
        self.spread = spread
        self.lines: list[Line] = []
        self.definitions: list[Line] = []
        """Definitions of references and footnotes, which go below the list: they count anywhere."""
        self.head = ""
        """The marker of an item whose first line is not written yet."""
        self.seen = 0
        """The first line of the source that no block has accounted for."""
        self.stack: list[_Open] = []

    def write(self, region: Region) -> None:
        """Write the region's list."""
        self.seen = region.start
        self.stack = [_Open("", region.prefix, region.start, spread=True)]
        at = region.first
        while at <= region.last:
            token = self.tokens[at]
            at = BLOCKS.get(token.type, Writer._other)(self, token, at) + 1
        self._skip(region.end)
        self.stack = [_Open("", region.prefix, region.start, spread=True)]

    def put(self, text: str, number: int) -> None:
        """Write one line into the container that is open."""
        if self.head:
            self.lines.append((self.head + text, number))
            self.head = ""
        else:
            prefix = self.stack[-1].prefix
            self.lines.append((prefix + text if text else prefix.rstrip(), number))

    def blank(self) -> None:
        """Write a blank line, quoted where the container is a quote."""
        self.lines.append((self.stack[-1].prefix.rstrip(), -1))

    def separate(self) -> None:
        """Keep two neighbours of one kind from becoming one."""
        self.blank()
        self.put(SEPARATOR, -1)

    def _begin(self, token: Token, at_head: bool = False) -> int:
        """Make room for a block, and return its first line."""
        inside, start = self.stack[-1], token.map[0] if token.map else self.seen
        self._skip(start)
        if self.head and not at_head:
            self._head_alone(inside)
        if inside.before and inside.spread:
            if inside.before == token.type and token.type in (*LISTS, "blockquote_open"):
                self.separate()
            self.blank()
        inside.before = token.type
        return start

    def _head_alone(self, inside: _Open) -> None:
        """Write an item's marker before a block that cannot stand beside it.

        Something has to follow the marker: Python-Markdown takes `-` alone for an underline, and what comes
        after a blank line for code.
        """
        self._mark_alone(inside)
        if inside.spread:
            self.blank()

    def _mark_alone(self, inside: _Open) -> None:
        self.put(SEPARATOR, inside.start)
        self.seen = max(self.seen, inside.start + 1)

    def _end(self, token: Token) -> None:
        if token.map:
            self.seen = max(self.seen, token.map[1])

    def _skip(self, until: int) -> None:
        """Keep the definitions among the lines that no block has accounted for."""
        for number in range(self.seen, until):
            self._keep(self.source[number], number)
        self.seen = max(self.seen, until)

    def _keep(self, line: str, number: int) -> None:
        definition = DEFINITION.match(line)
        if definition:
            self.definitions.append((definition[1].rstrip(), number))
            return
        text = line.strip(" \t\r\n>")
        if self.definitions and text:
            self.definitions.append((f"    {text}", number))

    def _list(self, token: Token, at: int) -> int:
        start = self._begin(token)
        self.stack.append(_Open(token.type, self.stack[-1].prefix, start, at in self.spread))
        return at

    def _item(self, token: Token, at: int) -> int:
        start = self._begin(token)
        outer = self.stack[-1]
        marker = f"{int(token.info)}." if token.info else token.markup
        self.head = f"{outer.prefix}{marker:3} "
        self.stack.append(_Open(token.type, f"{outer.prefix}    ", start, outer.spread))
        return at

    def _close(self, token: Token, at: int) -> int:
        if self.head:
            self._mark_alone(self.stack[-1])
        elif token.type == "blockquote_close" and not self.stack[-1].before:
            self.put(SEPARATOR, self.stack[-1].start)
        self.stack.pop()
        return at

    def _paragraph(self, token: Token, at: int) -> int:
        start = self._begin(token, at_head=True)
        for text, number in escapes.paragraph(_with_box(self.tokens[at + 1]), start):
            self.put(text, number)
        self._end(token)
        return at + 2

    def _heading(self, token: Token, at: int) -> int:
        start = self._begin(token, at_head=True)
        self.put(f"{'#' * int(token.tag[1])} {escapes.heading(self.tokens[at + 1].content)}", start)
        self._end(token)
        return at + 2

    def _rule(self, token: Token, at: int) -> int:
        self.put("***", self._begin(token))
        self._end(token)
        return at

    def _fence(self, token: Token, at: int) -> int:
        self._code(token, escapes.fence_for(token.content, token.markup), escapes.info(token.info), 1)
        return at

    def _indented(self, token: Token, at: int) -> int:
        """Write indented code as fenced: Python-Markdown cannot start an item with the former."""
        self._code(token, escapes.fence_for(token.content), "", 0)
        return at

    def _code(self, token: Token, fence: str, info: str, above: int) -> None:
        start = self._begin(token)
        self.put(fence + info, start if above else -1)
        lines = token.content.removesuffix("\n").split("\n") if token.content else []
        for number, text in enumerate(lines, start + above):
            self.put(text, number)
        closed = above and token.map and token.map[1] > start + 1 + len(lines)
        self.put(fence, start + 1 + len(lines) if closed else -1)
        self._end(token)

    def _html(self, token: Token, at: int) -> int:
        start = self._begin(token, at_head=True)
        for text, number in escapes.html(token.content, start):
            self.put(text, number)
        self._end(token)
        return at

    def _table(self, token: Token, at: int) -> int:
        start, end = self._begin(token), token.map[1] if token.map else 0
        for number in range(start, end):
            self.put(self._bare(number), number)
        self._end(token)
        return closing(self.tokens, at)

    def _bare(self, number: int) -> str:
        """Return a line of the source without the marks of the containers around it."""
        text = re.sub(rf"^(?:\s*>){{0,{self.stack[0].prefix.count('>')}}}", "", self.source[number])
        for container in self.stack:
            if container.opens == "blockquote_open":
                text = re.sub(r"^\s*>", "", text)
            elif container.opens == "list_item_open" and container.start == number:
                text = MARKER.sub("", text, count=1)
        return text.strip()

    def _quote(self, token: Token, at: int) -> int:
        start = self._begin(token)
        self.stack.append(_Open(token.type, f"{self.stack[-1].prefix}> ", start, spread=True))
        return at

    def _block(self, token: Token, at: int) -> int:
        """Write the first line of a note or a tab."""
        start = self._begin(token)
        self.put(token.markup + token.info, start)
        self.seen = start + 1
        self.stack.append(_Open(token.type, f"{self.stack[-1].prefix}    ", start, spread=True))
        return at

    def _title(self, token: Token, at: int) -> int:
        return at + 2

    def _other(self, token: Token, at: int) -> int:
        """Write a block that another plugin has added, as it stands."""
        start, end = self._begin(token), token.map[1] if token.map else 0
        for number in range(start, end):
            self.put(self._bare(number), number)
        self._end(token)
        return closing(self.tokens, at) if token.nesting > 0 else at


def _with_box(text: Token) -> str:
    """Return a paragraph's text with the box of a task, which the parser takes away."""
    box = text.children[0] if text.children else None
    if box is None or box.type != "html_inline" or "task-list-item-checkbox" not in box.content:
        return text.content
    return ("[x]" if "checked=" in box.content else "[ ]") + text.content


BLOCKS: dict[str, Callable[[Writer, Token, int], int]] = {
    "bullet_list_open": Writer._list,
    "ordered_list_open": Writer._list,
    "list_item_open": Writer._item,
    "bullet_list_close": Writer._close,
    "ordered_list_close": Writer._close,
    "list_item_close": Writer._close,
    "blockquote_close": Writer._close,
    "admonition_close": Writer._close,
    "tab_close": Writer._close,
    "paragraph_open": Writer._paragraph,
    "heading_open": Writer._heading,
    "hr": Writer._rule,
    "fence": Writer._fence,
    "code_block": Writer._indented,
    "html_block": Writer._html,
    "table_open": Writer._table,
    "blockquote_open": Writer._quote,
    "admonition_open": Writer._block,
    "tab_open": Writer._block,
    "admonition_title_open": Writer._title,
}
"""How each kind of block is written; each returns the last token that it has used up."""
