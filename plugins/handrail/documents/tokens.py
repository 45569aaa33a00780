"""Blocks made of the tokens of markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from handrail.documents.inline import task_box
from handrail.documents.parts import Block, Cell, Item, Kind, Row

_KINDS: Mapping[str, Kind] = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "bullets",
    "ordered_list_open": "ordered",
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
    "blockquote_open": "quote",
    "admonition_open": "admonition",
    "footnote_reference_open": "footnote",
    "footnote_open": "footnote",
    "footnote_block_open": "notes",
    "tab_open": "tab",
    "heading_open": "heading",
}
_SKIPPED = ("inline", "admonition_title_open", "admonition_title_close")
"""What stands between a note's head and its blocks."""
_MARKER = re.compile(r"\s*+((?:[-+*]|\d{1,9}[.)]|.)(\s*))(\S?)")
"""What an item begins with, or the quotation around it: mark and blanks, the blanks alone, the first letter behind."""
_BAR = re.compile(r"(?:[^|\\]|\\.)*+\|", re.DOTALL)
"""Everything up to the next pipe that is not escaped, and the pipe."""


def blocks_of(tokens: Sequence[Token], lines: Sequence[str]) -> list[Block]:
    """Return the blocks that tokens stand for; `lines` are those of the text."""
    return _Reading(lines, tokens).blocks()


def block_of(tokens: Sequence[Token], inside: Sequence[Block], lines: Sequence[str]) -> Block:
    """Return the one block that tokens stand for, and what was found `inside` it."""
    block = _Reading(lines, tokens).blocks()[0]
    block.blocks = tuple(inside)
    return block


class _Reading:
    """A walk along tokens; each call takes one block and leaves the walk behind it."""

    def __init__(self, lines: Sequence[str], tokens: Sequence[Token]) -> None:
        self._lines = lines
        self._tokens = tokens
        self._at = 0

    def blocks(self, closing: str = "") -> list[Block]:
        """Return the blocks up to the closing token, which is left behind too."""
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == closing:
                break
            if token.type not in _SKIPPED:
                found.append(self._block(token))
        return found

    def _block(self, token: Token) -> Block:
        kind = _KINDS.get(token.type, "other")
        line, end, behind = _span(token, self._lines)
        column = column_of(self._lines[line - 1]) if line else 1
        if kind in ("paragraph", "heading"):
            content = self._tokens[self._at].content
            self._leave(token)
            level = int(token.tag[1]) if kind == "heading" else 0
            return Block(kind, line, end, behind, column, content, level=level, tight=token.hidden)
        if kind in ("ordered", "bullets"):
            return self._list(kind, token, line, end, behind, column)
        if kind == "table":
            return Block(kind, line, end, behind, column, rows=tuple(self._rows()))
        if kind == "other":
            self._leave(token)
            return Block(kind, line, end, behind, column)
        info, opening = token.info.strip(), "" if kind == "rule" else token.markup + token.info
        if token.nesting == 1:
            inner = tuple(self.blocks(token.type.replace("_open", "_close")))
            return Block(kind, line, end, behind, column, token.content, blocks=inner, info=info, opening=opening)
        if kind == "html" and token.content.lstrip().startswith("<!--"):
            kind = "comment"
        return Block(kind, line, end, behind, column, token.content, info=info, opening=opening)

    def _leave(self, token: Token) -> None:
        """Leave a block behind of which nothing more is asked."""
        depth: int = token.nesting
        while depth > 0:
            depth += self._tokens[self._at].nesting
            self._at += 1

    def _list(self, kind: Kind, token: Token, line: int, end: int, behind: int, column: int) -> Block:
        start = int(token.attrs.get("start", 1)) if kind == "ordered" else 1
        closing = token.type.replace("_open", "_close")
        items: list[Item] = []
        tight = True
        while (inner := self._tokens[self._at]).type != closing:
            self._at += 1
            first, last, _ = _span(inner, self._lines)
            blocks = self.blocks("list_item_close")
            tight = tight and all(block.tight for block in blocks if block.kind == "paragraph")
            items.append(item_of(first, last, blocks, int(inner.info) if inner.info else None, self._lines))
        self._at += 1
        return Block(
            kind, line, end, behind, column, items=tuple(items), start=start, opening=token.markup, tight=tight
        )

    def _rows(self) -> Iterator[Row]:
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                yield self._row(_span(token, self._lines)[0])
        self._at += 1

    def _row(self, line: int) -> Row:
        cells: list[str] = []
        while (token := self._tokens[self._at]).type != "tr_close":
            self._at += 1
            if token.type == "inline":
                cells.append(token.content)
        self._at += 1
        return row_of(cells, line - 1, self._lines)


def _span(token: Token, lines: Sequence[str]) -> tuple[int, int, int]:
    """Return the first line of a token, its last, and its last with blank lines at its end; 0 where it has none."""
    if token.map is None:
        return 0, 0, 0
    first, behind = token.map
    return first + 1, last_line(first, behind, lines), behind


def last_line(first: int, behind: int, lines: Sequence[str]) -> int:
    """Return the last line that says anything, of those from `first`, counted from 0, to `behind`, counted from 1."""
    while behind > first + 1 and not lines[behind - 1].strip():
        behind -= 1
    return max(behind, first + 1)


def column_of(line: str) -> int:
    """Return the column of the first character that is no blank."""
    return len(line) - len(line.lstrip()) + 1


def item_of(line: int, end: int, blocks: list[Block], number: int | None, lines: Sequence[str]) -> Item:
    """Return an item of a list; a box of a task is taken out of its first paragraph."""
    checked = None
    if blocks and blocks[0].kind == "paragraph" and blocks[0].text.startswith("["):
        first = blocks[0]
        checked, text = task_box(first.text)
        if checked is not None:
            box = first.text.removesuffix(text)
            blocks[0] = Block("paragraph", first.line, first.end, first.behind, first.column, text, opening=box)
    marker = _MARKER.match(lines[line - 1])
    if marker is None:
        return Item(line, end, column_of(lines[line - 1]), tuple(blocks), checked, 2, number)
    column, behind = marker.span(1)
    blanks = behind - marker.start(2)
    offset = behind - column if marker[3] and blanks <= 4 else behind - column - blanks + 1
    return Item(line, end, column + 1, tuple(blocks), checked, offset, number)


def row_of(texts: Sequence[str], line: int, lines: Sequence[str]) -> Row:
    """Return the row of a table that stands in a line, counted from 0, with as many cells as the head has."""
    columns = [column for column, _ in split_cells(lines[line])]
    written = len(columns)
    columns += [1] * (len(texts) - written)
    cells = tuple(Cell(text, line + 1, column) for text, column in zip(texts, columns, strict=False))
    return Row(cells, line + 1, written)


def split_cells(line: str) -> list[tuple[int, str]]:
    """Return the cells of a table's line as the forge splits it: the column of each, and its text."""
    cells: list[tuple[int, str]] = []
    start = 0
    for bar in _BAR.finditer(f"{line}|"):
        cells.append((start, line[start : bar.end() - 1]))
        start = bar.end()
    if cells and not cells[0][1].strip():
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1][1].strip():
        cells = cells[:-1]
    return [(start + column_of(text), text.strip()) for start, text in cells]
