"""A text on its way through the rules that find its blocks: where its lines begin, and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from operator import add
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from handrail.documents.parts import Block, Kind
from handrail.documents.tokens import block_of

_UNDER_HEAD = re.compile(r"[ \t>]*+[-:|][-:| \t]++")
"""What has to stand below the head of a table; a hyphen at least is among it."""
_ODD_BLANKS = "\x0b\x0c\r\x1c\x1d\x1e\x1f"
"""Characters of ASCII that are blanks for Python, and none for CommonMark before the words of a line."""
_MORE_LEVELS: Mapping[str, int] = {"paragraph": 1, "heading": 1, "ordered": 1, "bullets": 1, "table": 4}
"""Kind of a block -> how many levels it takes below its own, as markdown-it counts them."""
_MOST_LEVELS = max(_MORE_LEVELS.values())


class State(StateBlock):
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
        numbered = enumerate(self.lines)
        return frozenset(under - 1 for under, line in numbered if "-" in line and _UNDER_HEAD.fullmatch(line))

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
