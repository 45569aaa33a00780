"""One list written again: every block of it, with its lines numbered as in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from handrail.dataclass import dataclass
from handrail.documents import Block, Item

from . import escapes
from .regions import LISTS, Region, fence_of

MARKER = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])")
DEFINITION = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*(\[.*)")
SEPARATOR = "<!-- -->"

Line = tuple[str, int]
"""A line of the new text, and its number in the source, counted from 0; -1 for a line that was added."""


@dataclass(slots=True)
class _Open:
    """A container that is still open."""

    kind: str
    """The kind of its block; `item` for an item of a list."""
    prefix: str
    start: int
    spread: bool
    before: str = ""
    """The kind of the block written last in it."""


class Writer:
    """Write the blocks of one list, top to bottom."""

    def __init__(self, source: Sequence[str], spread: frozenset[Block]) -> None:
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
        BLOCKS.get(region.block.kind, Writer._other)(self, region.block)
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

    def _begin(self, kind: str, line: int, at_head: bool = False) -> int:
        """Make room for a block that begins in a line of the source; return its first line, counted from 0."""
        inside, start = self.stack[-1], line - 1 if line else self.seen
        self._skip(start)
        if self.head and not at_head:
            self._head_alone(inside)
        if inside.before and inside.spread:
            if inside.before == kind and kind in (*LISTS, "quote"):
                self.separate()
            self.blank()
        inside.before = kind
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

    def _end(self, block: Block) -> None:
        if block.behind > self.seen:
            self.seen = block.behind

    def _skip(self, until: int) -> None:
        """Keep the definitions among the lines that no block has accounted for."""
        if until > self.seen:
            for number in range(self.seen, until):
                self._keep(self.source[number], number)
            self.seen = until

    def _keep(self, line: str, number: int) -> None:
        definition = DEFINITION.match(line)
        if definition:
            self.definitions.append((definition[1].rstrip(), number))
            return
        text = line.strip(" \t\r\n>")
        if self.definitions and text:
            self.definitions.append((f"    {text}", number))

    def _list(self, block: Block) -> None:
        start = self._begin(block.kind, block.line)
        self.stack.append(_Open(block.kind, self.stack[-1].prefix, start, block in self.spread))
        for item in block.items:
            self._item(item, block.opening)
        self._close()

    def _item(self, item: Item, sign: str) -> None:
        start = self._begin("item", item.line)
        outer = self.stack[-1]
        marker = sign if item.number is None else f"{item.number}."
        self.head = f"{outer.prefix}{marker:3} "
        only = item.blocks[0] if len(item.blocks) == 1 else None
        if only is not None and only.kind == "paragraph" and only.line == item.line and "\n" not in only.text:
            self.put(escapes.first(only.opening + only.text), start)  # so are most, and nothing else can be in it
            self._end(only)
            return
        self._inside(_Open("item", f"{outer.prefix}    ", start, outer.spread), item.blocks)

    def _inside(self, container: _Open, blocks: Sequence[Block]) -> None:
        """Write the blocks of a container."""
        self.stack.append(container)
        for block in blocks:
            BLOCKS.get(block.kind, Writer._other)(self, block)
        self._close()

    def _close(self) -> None:
        inside = self.stack[-1]
        if self.head:
            self._mark_alone(inside)
        elif inside.kind == "quote" and not inside.before:
            self.put(SEPARATOR, inside.start)
        self.stack.pop()

    def _paragraph(self, block: Block) -> None:
        start = self._begin(block.kind, block.line, at_head=True)
        for text, number in escapes.paragraph(block.opening + block.text, start):
            self.put(text, number)
        self._end(block)

    def _heading(self, block: Block) -> None:
        start = self._begin(block.kind, block.line, at_head=True)
        self.put(f"{'#' * block.level} {escapes.heading(block.text)}", start)
        self._end(block)

    def _rule(self, block: Block) -> None:
        self.put("***", self._begin(block.kind, block.line))
        self._end(block)

    def _code(self, block: Block) -> None:
        """Write code as fenced: Python-Markdown cannot start an item with indented code."""
        if not block.opening:
            self._fenced(block, escapes.fence_for(block.text), "", 0)
            return
        marks, info = fence_of(block)
        self._fenced(block, escapes.fence_for(block.text, marks), escapes.info(info), 1)

    def _fenced(self, block: Block, fence: str, info: str, above: int) -> None:
        start = self._begin(block.kind, block.line)
        self.put(fence + info, start if above else -1)
        lines = block.text.removesuffix("\n").split("\n") if block.text else []
        for number, text in enumerate(lines, start + above):
            self.put(text, number)
        closed = above and block.behind > start + 1 + len(lines)
        self.put(fence, start + 1 + len(lines) if closed else -1)
        self._end(block)

    def _html(self, block: Block) -> None:
        start = self._begin(block.kind, block.line, at_head=True)
        for text, number in escapes.html(block.text, start):
            self.put(text, number)
        self._end(block)

    def _bare(self, number: int) -> str:
        """Return a line of the source without the marks of the containers around it."""
        text = re.sub(rf"^(?:\s*>){{0,{self.stack[0].prefix.count('>')}}}", "", self.source[number])
        for container in self.stack:
            if container.kind == "quote":
                text = re.sub(r"^\s*>", "", text)
            elif container.kind == "item" and container.start == number:
                text = MARKER.sub("", text, count=1)
        return text.strip()

    def _quote(self, block: Block) -> None:
        start = self._begin(block.kind, block.line)
        self._inside(_Open(block.kind, f"{self.stack[-1].prefix}> ", start, spread=True), block.blocks)

    def _note(self, block: Block) -> None:
        """Write a note or a tab: its first line, and what is inside."""
        start = self._begin(block.kind, block.line)
        self.put(block.opening, start)
        self.seen = start + 1
        self._inside(_Open(block.kind, f"{self.stack[-1].prefix}    ", start, spread=True), block.blocks)

    def _other(self, block: Block) -> None:
        """Write a table, or a block that another plugin has added, as it stands."""
        for number in range(self._begin(block.kind, block.line), block.behind):
            self.put(self._bare(number), number)
        self._end(block)


BLOCKS: dict[str, Callable[[Writer, Block], None]] = {
    "bullets": Writer._list,
    "ordered": Writer._list,
    "paragraph": Writer._paragraph,
    "heading": Writer._heading,
    "rule": Writer._rule,
    "code": Writer._code,
    "html": Writer._html,
    "comment": Writer._html,
    "quote": Writer._quote,
    "admonition": Writer._note,
    "tab": Writer._note,
}
"""How each kind of block is written."""
