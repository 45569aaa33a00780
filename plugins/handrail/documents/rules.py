"""The rules for paragraphs, headings, code, rules across the page, lists and tables, as markdown-it has them.

They are asked as its own are, and make blocks where those make tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block import StateBlock

from handrail.documents.parts import Block, Item
from handrail.documents.state import State
from handrail.documents.tokens import item_of, last_line, row_of

Rule = Callable[[StateBlock, int, int, bool], bool]
Rules = tuple[Rule, ...]

_HASHES = re.compile(r"#{1,6}(?=[ \t]|\Z)")
"""The beginning of a heading."""
_MARK = re.compile(r"(?:([0-9]{1,9})[.)]|[-+*])(?=[ \t]|\Z)")
"""What an item begins with."""
_WORDS = re.compile(r" {1,4}[^\W\d_]")
"""What stands behind the mark of an item that opens with a letter."""
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*\Z")
"""What makes a heading of the lines above it."""
_FENCE = re.compile(r"`{3,}+(?=[^`]*\Z)|~{3,}+")
"""What opens code."""
_FENCE_END = re.compile(r"(`{3,}+|~{3,}+)[ \t]*\Z")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_PIPE = re.compile(r"(?<!\\)\|")
"""A pipe that is not escaped."""
_MISSING_CELLS = 0x10000
"""A table ends where more than this many cells are missing, as markdown-it has it."""


def ending_rule(some: Mapping[str, Rules], others: Rules, table: Rule | None) -> Rule:
    """Return one rule that holds where any of several holds."""

    def ending(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        assert isinstance(state, State)
        place = state.bMarks[line] + state.tShift[line]
        for rule in some.get(state.src[place : place + 1], others):
            if rule(state, line, end, silent):
                return True
        return table is not None and line in state.table_heads and table(state, line, end, silent)

    return ending


def paragraph_rule(some: Mapping[str, Rules], others: Rules, table: Rule) -> Rule:
    """Return the rule for paragraphs, and for headings that are underlined, which begin like one.

    Both as markdown-it has them, but for the choice of what may end them.
    """

    def paragraph(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        assert isinstance(state, State)
        src, starts, shifts, ends, indents = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
        heads, indent, last = state.table_heads, state.blkIndent, state.lineMax
        before, state.parentType = state.parentType, "paragraph"
        underline = None
        line = startLine + 1
        while line < last:
            place, end = starts[line] + shifts[line], ends[line]
            if place >= end:
                break
            if 0 <= indents[line] <= indent + 3:
                sign = src[place]
                if sign in "-=" and indents[line] >= indent:
                    underline = _UNDERLINE.match(src, place, end)
                    if underline is not None:
                        break
                rules = some.get(sign, others)
                if (rules and any(rule(state, line, last, True) for rule in rules)) or (
                    line in heads and table(state, line, last, True)
                ):
                    break
            line += 1
        state.parentType = before
        content = src[starts[startLine] + shifts[startLine] : ends[startLine]]
        if line > startLine + 1:
            content = f"{content}\n{state.getLines(startLine + 1, line, indent, False)}"
        content = content.strip(MD_TRIM_CHARS)
        if underline is not None:
            state.line = line + 1
            state.add("heading", startLine, content, level=1 if underline[1][0] == "=" else 2)
        else:
            state.line = line
            state.add("paragraph", startLine, content)
        return True

    return paragraph


def rule_across(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Read a rule, three signs or more: as markdown-it has it."""
    assert isinstance(state, State)
    place = state.bMarks[startLine] + state.tShift[startLine]
    if state.is_code_block(startLine) or _RULE.match(state.src, place, state.eMarks[startLine]) is None:
        return False
    if not silent:
        state.line = startLine + 1
        state.add("rule", startLine)
    return True


def fence(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Read code between fences: as markdown-it has it."""
    assert isinstance(state, State)
    place, end = state.bMarks[startLine] + state.tShift[startLine], state.eMarks[startLine]
    opening = None if state.is_code_block(startLine) else _FENCE.match(state.src, place, end)
    if opening is None or silent:
        return opening is not None
    behind, is_closed = _code_end(state, startLine + 1, endLine, opening.group())
    state.line = behind + is_closed
    text = state.getLines(startLine + 1, behind, state.sCount[startLine], True)
    block = state.add("code", startLine, text)
    block.opening, block.info = state.src[place:end], state.src[opening.end() : end].strip()
    return True


def _code_end(state: State, line: int, last: int, marks: str) -> tuple[int, bool]:
    """Return the line behind code, of those from `line` to `last`, and whether it is a fence that ends the code."""
    sign = marks[0]
    while line < last:
        place, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if place >= len(state.src) or (place < end and state.sCount[line] < state.blkIndent):
            break
        if state.src.startswith(sign, place, end) and not state.is_code_block(line):
            closing = _FENCE_END.match(state.src, place, end)
            if closing is not None and len(closing[1]) >= len(marks):
                return line, True
        line += 1
    return line, False


def heading(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Read a heading that begins with hashes: as markdown-it has it."""
    assert isinstance(state, State)
    place, end = state.bMarks[startLine] + state.tShift[startLine], state.eMarks[startLine]
    if state.is_code_block(startLine):
        return False
    hashes = _HASHES.match(state.src, place, end)
    if hashes is None:
        return False
    if silent:
        return True
    text = state.src[hashes.end() : end].rstrip(" \t")
    before = text.rstrip("#")
    if before and before[-1] in " \t":
        text = before
    state.line = startLine + 1
    state.add("heading", startLine, text.strip(MD_TRIM_CHARS), level=hashes.end() - place)
    return True


def list_rule(ends: Rule) -> Rule:
    """Return the rule for lists: as markdown-it has it; `ends` is what ends an item."""

    def list_(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        assert isinstance(state, State)
        mark = _first_mark(state, startLine, silent)
        if mark is None or silent:
            return mark is not None
        outer, parent = state.found, state.parentType
        state.parentType = "list"
        state.level += 2
        sign = mark.group()[-1]
        start = int(mark[1]) if mark[1] else 1
        items: list[Item] = []
        line = startLine
        tight, blank_before = True, False
        while True:
            blocks: list[Block] = []
            state.found = blocks
            if _is_one_line(state, line, endLine, mark):
                state.line = line + 1
                state.add("paragraph", line, state.src[mark.end() : state.eMarks[line]].strip(MD_TRIM_CHARS))
                tight = not blank_before and tight
            else:
                tight = _read_item(state, line, endLine, mark) and not blank_before and tight
            behind = state.line
            blank_before = behind - line > 1 and state.isEmpty(behind - 1)
            number = int(mark[1]) if mark[1] else None
            items.append(item_of(line + 1, last_line(line, behind, state.lines), blocks, number, state.lines))
            line = behind
            if line >= endLine or state.sCount[line] < state.blkIndent or state.is_code_block(line):
                break
            if ends(state, line, endLine, True):
                break
            mark = _MARK.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
            if mark is None or mark.group()[-1] != sign:
                break
        state.level -= 2
        state.found, state.parentType = outer, parent
        block = state.add("ordered" if sign in ".)" else "bullets", startLine)
        block.items, block.start, block.opening, block.tight = tuple(items), start, sign, tight
        return True

    return list_


def table_rule(begins: Rule, ends: Rule) -> Rule:
    """Return the rule for tables: as markdown-it has it; `begins` is its own, `ends` is what ends one."""

    def table(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        assert isinstance(state, State)
        if silent or not begins(state, startLine, endLine, True):
            return silent and begins(state, startLine, endLine, True)
        before, state.parentType = state.parentType, "table"
        head = _cells(_words(state, startLine))
        rows = [row_of(head, startLine, state.lines)]
        width, missing = len(head), 0
        line = startLine + 2
        while line < endLine and not (state.sCount[line] < state.blkIndent or ends(state, line, endLine, True)):
            words = _words(state, line)
            cells = _cells(words)
            missing += width - len(cells)
            if not words or state.is_code_block(line) or missing > _MISSING_CELLS:
                break
            rows.append(row_of([*cells[:width], *[""] * (width - len(cells))], line, state.lines))
            line += 1
        state.parentType = before
        state.line = line
        state.add("table", startLine).rows = tuple(rows)
        return True

    return table


def _words(state: State, line: int) -> str:
    """Return a line of a table without the blanks around it."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip(MD_TRIM_CHARS)


def _cells(line: str) -> list[str]:
    """Return the cells that are written in a line."""
    cells = _PIPE.split(line)
    if cells[0] == "":
        del cells[0]
    if cells and cells[-1] == "":
        del cells[-1]
    return [cell.replace("\\|", "|").strip(MD_TRIM_CHARS) for cell in cells]


def _first_mark(state: State, line: int, silent: bool) -> re.Match[str] | None:
    """Return the mark of the first item of a list that begins in a line; None where none begins."""
    indent = state.sCount[line]
    if state.is_code_block(line):
        return None
    if 0 <= state.listIndent <= indent - 4 and indent < state.blkIndent:
        return None  # the words of an item go on there
    mark = _MARK.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    if mark is not None and silent and state.parentType == "paragraph" and indent >= state.blkIndent:
        says_nothing = not state.src[mark.end() : state.eMarks[line]].strip(" \t")
        if says_nothing or (mark[1] and int(mark[1]) != 1):
            return None  # neither ends a paragraph
    return mark


def _is_one_line(state: State, line: int, end: int, mark: re.Match[str]) -> bool:
    """Whether an item is one paragraph of one line, which opens with a letter and with which no other rule can begin.

    That holds where the next line is another item right below this one; most items are such.
    """
    if line + 1 >= end or state.sCount[line + 1] != state.sCount[line] or line in state.table_heads:
        return False
    if _WORDS.match(state.src, mark.end(), state.eMarks[line]) is None:
        return False
    place = state.bMarks[line + 1] + state.tShift[line + 1]
    return _MARK.match(state.src, place, state.eMarks[line + 1]) is not None


def _read_item(state: State, line: int, end: int, mark: re.Match[str]) -> bool:
    """Read the blocks of an item; return whether no blank line stands between them."""
    src, last = state.src, state.eMarks[line]
    place = mark.end()
    first = offset = state.sCount[line] + place - mark.start()
    while place < last and src[place] in " \t":
        offset += 4 - (offset + state.bsCount[line]) % 4 if src[place] == "\t" else 1
        place += 1
    width = 1 if place >= last or offset - first > 4 else offset - first
    before = state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent
    state.listIndent, state.blkIndent = state.blkIndent, first + width
    state.tight = True
    state.tShift[line] = place - state.bMarks[line]
    state.sCount[line] = offset
    if place >= last and state.isEmpty(line + 1):
        state.line = min(state.line + 2, end)  # an item that says nothing ends there
    else:
        state.md.block.tokenize(state, line, end)
    tight = state.tight
    state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent = before
    return tight
