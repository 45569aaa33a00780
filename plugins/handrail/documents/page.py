"""A Markdown file read as CommonMark, block by block, as the forge shows it."""

from __future__ import annotations

import copy
import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handrail.documents.blocks import Blocks
from handrail.documents.front import front_matter
from handrail.documents.inline import ATTRIBUTES, inline, task_box
from handrail.documents.parts import Block, Cell, Item, Kind, Page, Row, Section
from handrail.documents.slugs import forge_anchors, site_anchors
from handrail.problems import Problem

_NESTING = 300
"""markdown-it drops what is nested deeper, in silence; a list takes two levels, so this is 149 lists."""
_HEADING_ID = re.compile(r"(?<!\s)\s*+\{:?(?:[^\s{}#][^\s{}]*+|\s++)*+#([^\s{}]++)[^{}]*+\}\s*\Z")
_ANCHOR_ID = re.compile(r"<a\s+(?:id|name)\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
_ANCHORS_ONLY = re.compile(r"(?:<a\s+(?:id|name)\s*=[^>]*>\s*(?:</a>)?\s*)+\Z", re.IGNORECASE)
_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])")
_BAR = re.compile(r"(?:[^|\\]|\\.)*+\|", re.DOTALL)
"""Everything up to the next pipe that is not escaped, and the pipe."""
_KINDS: dict[str, Kind] = {
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
    "heading_open": "heading",
}


_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("table", re.compile(r"\|")),
    ("fence", re.compile(r"```|~~~")),
    ("blockquote", re.compile(r">")),
    ("hr", re.compile(r"([-*_])[ \t]*\1[ \t]*\1[ \t]*$", re.MULTILINE)),
    ("reference", re.compile(r"\]:")),
    ("html_block", re.compile(r"<")),
    ("lheading", re.compile(r"^[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)),
    ("admonition", re.compile(r"!!!|\?\?\?")),
    ("footnote_def", re.compile(r"\[\^")),
)
"""Rule of the parser -> the sign without which a page has nothing for it; such a rule is left out, which
halves the time of reading."""


@functools.cache
def _blocks(rules: frozenset[str]) -> Blocks:
    """Return a parser of blocks with these rules; what stands inside a block is read only where it is needed."""
    without = frozenset(rule for rule, _ in _SIGNS if rule not in rules)
    parser = copy.copy(_parser())
    parser.block = blocks = Blocks(parser, without)
    return blocks


@functools.cache
def _parser() -> MarkdownIt:
    """Return the parser of which those with fewer rules are made: to make one anew takes longer than a page."""
    return MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").use(admon_plugin).use(footnote_plugin)


def block_tokens(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the block tokens of a page's text, as CommonMark; link definitions go into `env`."""
    return _blocks(rules_for(text)).tokens(text, env)


def rules_for(text: str) -> frozenset[str]:
    """Return the rules of the parser for which a text has a sign; the others would find nothing."""
    return frozenset(rule for rule, sign in _SIGNS if sign.search(text))


def without_rules(parser: MarkdownIt, rules: frozenset[str]) -> None:
    """Take the rules out of a parser for which a text has no sign."""
    parser.block.ruler.disable([rule for rule, _ in _SIGNS if rule not in rules], ignoreInvalid=True)


def page_of(path: str, text: str) -> Page:
    """Return one Markdown file taken apart; `text` as it stands in the file, front matter included."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, problems = front_matter(path, text)
    lines = tuple(text.split("\n"))
    env: dict[str, Any] = {}
    body = "\n" * front.lines + "\n".join(lines[front.lines :])
    tokens = block_tokens(body, env)
    blocks = _Reading(lines, tokens).blocks()
    definitions = list(_outside(blocks, _definitions(env, lines)))
    blocks = sorted([*blocks, *definitions], key=lambda block: block.line) if definitions else blocks
    references = env.get("references", {})
    sections = tuple(_sections(blocks, max(1, len(lines) - (not lines[-1]))))
    found = (*problems, *_too_deep(path, tokens), *_ragged(path, sections, lines))
    return Page(path, text, lines, front, sections, tokens, references, found)


class _Reading:
    """A walk along the tokens of a page; each call takes one block and leaves the walk behind it."""

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
            kind = _KINDS.get(token.type)
            if kind is not None:
                found.append(self._block(kind, token))
        return found

    def _block(self, kind: Kind, token: Token) -> Block:
        line, end = self._span(token)
        column = self._column(line)
        if kind in ("paragraph", "heading"):
            content = self._tokens[self._at].content
            self._at += 2
            return Block(kind, line, end, column, content, level=_level(token))
        if kind in ("ordered", "bullets"):
            start = int(token.attrs.get("start", 1)) if kind == "ordered" else 1
            items = tuple(self._items(token.type.replace("_open", "_close")))
            return Block(kind, line, end, column, items=items, start=start)
        if kind == "table":
            return Block(kind, line, end, column, rows=tuple(self._rows()))
        if token.nesting == 1:
            inner = tuple(self.blocks(token.type.replace("_open", "_close")))
            return Block(kind, line, end, column, blocks=inner, info=token.info.strip())
        if kind == "html" and token.content.lstrip().startswith("<!--"):
            kind = "comment"
        return Block(kind, line, end, column, token.content, info=token.info.strip())

    def _span(self, token: Token) -> tuple[int, int]:
        """Return the first and the last line of a token, without the blank lines at its end."""
        first, behind = token.map or (0, 1)
        while behind > first + 1 and not self._lines[behind - 1].strip():
            behind -= 1
        return first + 1, max(behind, first + 1)

    def _column(self, line: int) -> int:
        text = self._lines[line - 1]
        return len(text) - len(text.lstrip()) + 1

    def _items(self, closing: str) -> Iterator[Item]:
        while (token := self._tokens[self._at]).type != closing:
            self._at += 1
            line, end = self._span(token)
            blocks = self.blocks("list_item_close")
            yield self._item(line, end, blocks)
        self._at += 1

    def _item(self, line: int, end: int, blocks: list[Block]) -> Item:
        column = self._column(line)
        checked = None
        if blocks and blocks[0].kind == "paragraph":
            first = blocks[0]
            checked, text = task_box(first.text)
            if checked is not None:
                blocks[0] = Block("paragraph", first.line, first.end, first.column, text)
        marker = _MARKER.match(self._lines[line - 1], column - 1)
        behind = marker.end() if marker else column
        rest = self._lines[line - 1][behind:]
        spaces = len(rest) - len(rest.lstrip()) if rest.strip() else 1
        offset = behind - (column - 1) + (spaces if spaces <= 4 else 1)
        return Item(line, end, column, tuple(blocks), checked, offset)

    def _rows(self) -> Iterator[Row]:
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                yield self._row(self._span(token)[0])
        self._at += 1

    def _row(self, line: int) -> Row:
        columns = [column for column, _ in split_cells(self._lines[line - 1])]
        cells: list[Cell] = []
        while (token := self._tokens[self._at]).type != "tr_close":
            self._at += 1
            if token.type == "inline":
                column = columns[len(cells)] if len(cells) < len(columns) else 1
                cells.append(Cell(token.content, line, column))
        self._at += 1
        return Row(tuple(cells), line)


def _too_deep(path: str, tokens: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem where the nesting goes on below what is read."""
    deep = next((token for token in tokens if token.level >= _NESTING - 2 and token.map), None)
    if deep is not None and deep.map is not None:
        message = "This is nested deeper than is read; what stands further inside is lost."
        yield Problem("too-deep", "error", path, deep.map[0] + 1, 1, message, "Make it flatter.")


def _level(token: Token) -> int:
    return int(token.tag[1]) if token.type == "heading_open" else 0


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
    return [(start + len(text) - len(text.lstrip()) + 1, text.strip()) for start, text in cells]


def _definitions(env: dict[str, Any], lines: Sequence[str]) -> Iterator[Block]:
    """Yield the page's link definitions, each as a block."""
    for said in [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]:
        first, behind = said["map"]
        text = "\n".join(lines[first:behind])
        yield Block("definition", first + 1, behind, len(text) - len(text.lstrip()) + 1, text)


def _outside(blocks: Sequence[Block], definitions: Iterator[Block]) -> Iterator[Block]:
    """Yield the definitions that do not stand inside a list or a quotation."""
    starts = [block.line for block in blocks]
    for definition in definitions:
        place = bisect_right(starts, definition.line) - 1
        if place < 0 or blocks[place].end < definition.line:
            yield definition


def _sections(blocks: Sequence[Block], last: int) -> Iterator[Section]:
    """Yield the sections of a page, the one before the first heading first."""
    heads = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    bounds = [-1, *heads, len(blocks)]
    titles = [_title(blocks[head].text) for head in heads]
    own = [_written_ids(blocks, head) for head in heads]
    forge = ["", *forge_anchors(titles)]
    site = ["", *site_anchors(titles, (name for ids in own for name in ids))]
    parents = _parents([0, *(blocks[head].level for head in heads)])
    for index, (head, behind) in enumerate(pairwise(bounds)):
        inside = _without_anchors(blocks[head + 1 : behind], behind < len(blocks))
        line = blocks[head].line if index else 1
        end = max(line, blocks[behind].line - 1 if behind < len(blocks) else last)
        level, title, ids = (blocks[head].level, titles[index - 1], own[index - 1]) if index else (0, "", ())
        yield Section(level, title, line, end, inside, ids, forge[index], site[index], parents[index])


def _title(source: str) -> str:
    return inline(ATTRIBUTES.sub("", source)).plain.strip()


def _written_ids(blocks: Sequence[Block], head: int) -> tuple[str, ...]:
    """Return the ids that the author gave to a heading: in it, or on a line of their own above it."""
    block = blocks[head]
    attribute = _HEADING_ID.search(block.text)
    inside = tuple(match[1] for match in _ANCHOR_ID.finditer(block.text))
    above = inline(blocks[head - 1].text).anchors if head and _is_anchors(blocks[head - 1]) else ()
    return (*inside, *above, *((attribute[1],) if attribute else ()))


def _is_anchors(block: Block) -> bool:
    return block.kind == "paragraph" and _ANCHORS_ONLY.match(block.text) is not None


def _without_anchors(blocks: Sequence[Block], before_heading: bool) -> tuple[Block, ...]:
    """Return the blocks without a last line of anchors that belongs to the heading behind it."""
    return tuple(blocks[:-1] if before_heading and blocks and _is_anchors(blocks[-1]) else blocks)


def _parents(levels: Sequence[int]) -> list[int]:
    """Return for each section the index of the nearest one before it of a higher rank."""
    parents: list[int] = []
    open_: list[int] = []
    for index, level in enumerate(levels):
        while open_ and levels[open_[-1]] >= level:
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(index)
    return parents


def _ragged(path: str, sections: Sequence[Section], lines: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each row of a table that has other cells than its head."""
    for section in sections:
        for block in section.blocks:
            if block.kind != "table":
                continue
            head = len(block.rows[0].cells)
            for row in block.rows[1:]:
                cells = split_cells(lines[row.line - 1])
                if len(cells) != head and not (len(cells) == 1 and head == 1):
                    own = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
                    message = f"This row has {own}, the head of its table has {head}."
                    mend = "Give it as many cells as the head; write a pipe in a cell as `\\|`."
                    column = cells[min(head, len(cells) - 1)][0] if cells else 1
                    yield Problem("ragged-row", "warning", path, row.line, column, message, mend)
