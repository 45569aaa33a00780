"""The blocks of a text as CommonMark has them; rules are only asked about lines whose first character can begin theirs.

markdown-it asks every rule about every line, and most lines are words. A rule that is not known here is asked about
every line, as markdown-it does. Paragraphs, lists and headings, which are nearly all that there is, have rules of their
own here that make blocks; what the other rules make are tokens, of which blocks are made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from operator import add
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from handrail.documents.parts import Block, Item, Kind
from handrail.documents.tokens import block_of, item_of, last_line, row_of

Rule = Callable[[StateBlock, int, int, bool], bool]
Rules = tuple[Rule, ...]

_BEGINNINGS: Mapping[str, str] = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "admonition": "!?",
    "footnote_def": "[",
}
"""Rule -> the characters of which one has to come first in the line where it begins."""
_UNDER_HEAD = re.compile(r"^[ \t>]*+[-:|][-:| \t]++$", re.MULTILINE)
"""What has to stand below the head of a table."""
_CHAINS = ("paragraph", "reference", "blockquote", "list")
"""What markdown-it calls the rules that can end a block of a kind."""
_ODD_BLANKS = "\x0b\x0c\r\x1c\x1d\x1e\x1f"
"""Characters of ASCII that are blanks for Python, and none for CommonMark before the words of a line."""
_HASHES = re.compile(r"#{1,6}(?=[ \t]|\Z)")
"""The beginning of a heading."""
_MARK = re.compile(r"(?:([0-9]{1,9})[.)]|[-+*])(?=[ \t]|\Z)")
"""What an item begins with."""
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*\Z")
"""What makes a heading of the lines above it."""
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_PIPE = re.compile(r"(?<!\\)\|")
"""A pipe that is not escaped."""
_MISSING_CELLS = 0x10000
"""A table ends where more than this many cells are missing, as markdown-it has it."""


_MORE_LEVELS: Mapping[str, int] = {"paragraph": 1, "heading": 1, "ordered": 1, "bullets": 1, "table": 4}
"""Kind of a block -> how many levels it takes below its own, as markdown-it counts them."""
_MOST_LEVELS = max(_MORE_LEVELS.values())


class _State(StateBlock):
    """A text on its way through the rules."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, code: bool, deepest: int) -> None:
        self.src = src
        self.md = md
        self.env = env
        self.tokens = []
        self.blkIndent = self.line = self.level = 0
        self.ddIndent = self.listIndent = -1
        self.tight = False
        self.parentType = "root"
        self.result = ""
        self.columns: list[int] = []
        """For each line the column of its first character that is no blank."""
        self.found: list[Block] = []
        """The blocks of the container that is open."""
        self.deep: int | None = None
        """The first line, counted from 0, of what is nested so deep that something inside it may be lost."""
        self.deepest = deepest
        """The level of that, as markdown-it counts levels."""
        self._code_enabled = code
        self.has_tabs = "\t" in src
        self._mark_lines()
        self.table_heads = self._table_heads()

    def _mark_lines(self) -> None:
        """Note where each line begins and ends, and how far it is indented; a last one of blanks alone is none."""
        self.lines = lines = self.src.split("\n")
        lengths = [len(line) for line in lines]
        self.columns = [length - len(line.lstrip()) + 1 for line, length in zip(lines, lengths, strict=True)]
        shifts = [column - 1 for column in self.columns]
        if not self.src.isascii() or any(blank in self.src for blank in _ODD_BLANKS):
            shifts = [length - len(line.lstrip(" \t")) for line, length in zip(lines, lengths, strict=True)]
        if shifts[-1] == lengths[-1]:
            shifts.pop()
            lengths.pop()
        whole = len(self.src)
        starts = list(accumulate((length + 1 for length in lengths), initial=0))
        self.bMarks = [*starts[:-1], whole]
        self.eMarks = [*map(add, starts, lengths), whole]
        self.tShift = [*shifts, 0]
        self.sCount = [*shifts, 0]
        if self.has_tabs:
            self.sCount = [*(_columns(line[:shift]) for line, shift in zip(lines, shifts, strict=False)), 0]
        self.lineMax = len(lengths)
        self.bsCount = [0] * (self.lineMax + 1)

    def _table_heads(self) -> frozenset[int]:
        """Return the lines below which a table may go on."""
        if "|" not in self.src:
            return frozenset()
        return frozenset(bisect_right(self.bMarks, under.start()) - 2 for under in _UNDER_HEAD.finditer(self.src))

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token."""
        if nesting < 0:
            self.level -= 1
        token = Token(ttype, tag, nesting, level=self.level, block=True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token

    def add(self, kind: Kind, line: int, text: str = "", level: int = 0) -> Block:
        """Add a block of the lines from one to that where the rules go on."""
        behind, lines = self.line, self.lines
        end = behind
        while end > line + 1 and not lines[end - 1].strip():
            end -= 1
        block = Block(kind, line + 1, end, behind, self.columns[line], text, level=level)
        self.found.append(block)
        if self.level + _MOST_LEVELS >= self.deepest:
            self.note_depth(self.level + _MORE_LEVELS.get(kind, 0), line)
        return block

    def listen(self) -> tuple[list[Block], list[Token]]:
        """Make ready for a rule that adds tokens; return what is given back behind it."""
        outer = self.found, self.tokens
        self.found, self.tokens = [], []
        return outer

    def add_told(self, found: list[Block], tokens: list[Token]) -> None:
        """Add the block that a rule has told of in tokens, if any; what was found meanwhile stands inside it."""
        inside, told = self.found, self.tokens
        self.found, self.tokens = found, tokens
        if told:
            found.append(block_of(told, inside, self.lines))
            for token in told:
                if token.level >= self.deepest and token.map:
                    self.note_depth(token.level, token.map[0])

    def note_depth(self, level: int, line: int) -> None:
        """Note the line of what stands at a level, if that is one of the deepest."""
        if level >= self.deepest and (self.deep is None or line < self.deep):
            self.deep = line

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:
        """Return some lines without their indentation."""
        if self.has_tabs or begin >= end or indent < 0:
            return super().getLines(begin, end, indent, keepLastLF)
        starts, shifts, ends, src = self.bMarks, self.tShift, self.eMarks, self.src
        cut = [src[starts[line] + min(indent, shifts[line]) : ends[line] + 1] for line in range(begin, end - 1)]
        last = end - 1
        cut.append(src[starts[last] + min(indent, shifts[last]) : ends[last] + keepLastLF])
        return "".join(cut)


def _columns(blanks: str) -> int:
    """Return how wide blanks are, tabs among them."""
    return len(blanks.expandtabs(4))


class Blocks(ParserBlock):
    """The rules of a parser, by the character that comes first in a line."""

    def __init__(self, made: MarkdownIt, deepest: int) -> None:
        self._md = made
        self._deepest = deepest
        rules = [rule for rule in made.block.ruler.__rules__ if rule.enabled and rule.name != "lheading"]
        self._code = any(rule.name == "code" for rule in rules)
        self._nesting: int = made.options.maxNesting
        own: dict[str, Rule] = {rule.name: rule.fn for rule in rules} | {"heading": _heading, "hr": _rule}
        table = next(rule.fn for rule in rules if rule.name == "table")
        with_table = [chain for chain in _CHAINS for rule in rules if rule.name == "table" and chain in rule.alt]
        ends: dict[str, tuple[Mapping[str, Rules], Rules]] = {}
        for chain in ("list", "blockquote", "reference", "paragraph"):
            named = [(rule.name, own[rule.name]) for rule in rules if chain in rule.alt and rule.name != "table"]
            ends[chain] = _by_character(named)
            if chain == "list":
                own["list"] = _list(_ending(*ends[chain], None))
        ending = {chain: _ending(*found, table if chain in with_table else None) for chain, found in ends.items()}
        self.ruler = _Chains({chain: [rule] for chain, rule in ending.items()})
        own["table"] = _table(table, ending["blockquote"])
        own["paragraph"] = _paragraph(*ends["paragraph"], table)
        self._all: Rules = tuple(own[rule.name] for rule in rules)
        self._telling = frozenset(rule.fn for rule in rules if own[rule.name] is rule.fn)
        some = [(rule.name, own[rule.name]) for rule in rules if rule.name not in ("code", "table")]
        self._some, self._others = _by_character(some)

    def blocks(self, text: str, env: Any) -> tuple[list[Block], int | None]:
        """Return the blocks of a text whose lines end in `\\n`; link definitions go into `env`.

        With them comes the line, counted from 0, from which on something may be nested too deep to be read.
        """
        if not text:
            return [], None
        state = _State(text.replace("\0", "\ufffd"), self._md, env, self._code, self._deepest)
        self.tokenize(state, 0, state.lineMax)
        return state.found, state.deep

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        """Add the blocks of some lines: as markdown-it does it, but for the choice of rules."""
        assert isinstance(state, _State)
        line = startLine
        empty_lines = False
        starts, shifts, ends, indents = state.bMarks, state.tShift, state.eMarks, state.sCount
        src, some, others, heads, telling = state.src, self._some, self._others, state.table_heads, self._telling
        while line < endLine:
            while line < state.lineMax and starts[line] + shifts[line] >= ends[line]:
                line += 1
            state.line = line
            if line >= endLine or indents[line] < state.blkIndent:
                break
            if state.level >= self._nesting:
                state.line = endLine
                break
            any_rule = indents[line] - state.blkIndent >= 4 or line in heads
            for rule in self._all if any_rule else some.get(src[starts[line] + shifts[line]], others):
                if rule in telling:
                    outer = state.listen()
                    holds = rule(state, line, endLine, False)
                    state.add_told(*outer)
                else:
                    holds = rule(state, line, endLine, False)
                if holds:
                    break
            assert state.line > line, "no rule has read the block"
            state.tight = not empty_lines
            line = state.line
            if line - 1 < endLine and starts[line - 1] + shifts[line - 1] >= ends[line - 1]:
                empty_lines = True
            if line < endLine and starts[line] + shifts[line] >= ends[line]:
                empty_lines = True
                line += 1
                state.line = line


class _Chains(Ruler[Rule]):
    """What rules ask a parser for: the rules that can end a block of a kind."""

    def __init__(self, chains: Mapping[str, list[Rule]]) -> None:
        super().__init__()
        self._chains = chains

    def getRules(self, chainName: str = "") -> list[Rule]:
        """Return the one rule that stands for all of a chain."""
        return self._chains.get(chainName, [])


def _by_character(rules: Sequence[tuple[str, Rule]]) -> tuple[Mapping[str, Rules], Rules]:
    """Return the rules for each first character, and those for all others; in their order."""
    characters = {char for name, _ in rules for char in _BEGINNINGS.get(name, "")}
    found = {
        char: tuple(rule for name, rule in rules if name not in _BEGINNINGS or char in _BEGINNINGS[name])
        for char in characters
    }
    return found, tuple(rule for name, rule in rules if name not in _BEGINNINGS)


def _ending(some: Mapping[str, Rules], others: Rules, table: Rule | None) -> Rule:
    """Return one rule that holds where any of several holds."""

    def ending(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        assert isinstance(state, _State)
        place = state.bMarks[line] + state.tShift[line]
        for rule in some.get(state.src[place : place + 1], others):
            if rule(state, line, end, silent):
                return True
        return table is not None and line in state.table_heads and table(state, line, end, silent)

    return ending


def _paragraph(some: Mapping[str, Rules], others: Rules, table: Rule) -> Rule:
    """Return the rule for paragraphs, and for headings that are underlined, which begin like one.

    Both as markdown-it has them, but for the choice of what may end them.
    """

    def paragraph(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        assert isinstance(state, _State)
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


def _rule(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Read a rule, three signs or more: as markdown-it has it."""
    assert isinstance(state, _State)
    place = state.bMarks[startLine] + state.tShift[startLine]
    if state.is_code_block(startLine) or _RULE.match(state.src, place, state.eMarks[startLine]) is None:
        return False
    if not silent:
        state.line = startLine + 1
        state.add("rule", startLine)
    return True


def _heading(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Read a heading that begins with hashes: as markdown-it has it."""
    assert isinstance(state, _State)
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


def _list(ends: Rule) -> Rule:
    """Return the rule for lists: as markdown-it has it; `ends` is what ends an item."""

    def list_(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        assert isinstance(state, _State)
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


def _table(begins: Rule, ends: Rule) -> Rule:
    """Return the rule for tables: as markdown-it has it; `begins` is its own, `ends` is what ends one."""

    def table(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        assert isinstance(state, _State)
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


def _words(state: _State, line: int) -> str:
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


def _first_mark(state: _State, line: int, silent: bool) -> re.Match[str] | None:
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


def _read_item(state: _State, line: int, end: int, mark: re.Match[str]) -> bool:
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
