"""The blocks of a text as CommonMark has them; rules are only asked about lines whose first character can begin theirs.

markdown-it asks every rule about every line, and most lines are words. A rule that is not known here is asked about
every line, as markdown-it does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from operator import add
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

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


class _Token(Token):
    """A token made without a look at attributes that it does not have yet."""

    __slots__ = ()

    def __init__(self, type_: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        self.type = type_
        self.tag = tag
        self.nesting = nesting
        self.attrs = {}
        self.map = None
        self.level = level
        self.children = None
        self.content = ""
        self.markup = ""
        self.info = ""
        self.meta = {}
        self.block = True
        self.hidden = False


class _State(StateBlock):
    """A text on its way through the rules."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token], code: bool) -> None:
        self.src = src
        self.md = md
        self.env = env
        self.tokens = tokens
        self.blkIndent = self.line = self.level = 0
        self.ddIndent = self.listIndent = -1
        self.tight = False
        self.parentType = "root"
        self.result = ""
        self._code_enabled = code
        self._has_tabs = "\t" in src
        self._mark_lines()
        self.table_heads = self._table_heads()

    def _mark_lines(self) -> None:
        """Note where each line begins and ends, and how far it is indented; a last one of blanks alone is none."""
        lines = self.src.split("\n")
        if not lines[-1].lstrip(" \t"):
            lines.pop()
        lengths = [len(line) for line in lines]
        shifts = [length - len(line.lstrip(" \t")) for line, length in zip(lines, lengths, strict=True)]
        whole = len(self.src)
        starts = list(accumulate((length + 1 for length in lengths), initial=0))
        self.bMarks = [*starts[:-1], whole]
        self.eMarks = [*map(add, starts, lengths), whole]
        self.tShift = [*shifts, 0]
        self.sCount = [*shifts, 0]
        if self._has_tabs:
            self.sCount = [*(_columns(line[:shift]) for line, shift in zip(lines, shifts, strict=True)), 0]
        self.lineMax = len(lines)
        self.bsCount = [0] * (self.lineMax + 1)

    def _table_heads(self) -> frozenset[int]:
        """Return the lines below which a table may go on."""
        if "|" not in self.src and ":" not in self.src:
            return frozenset()
        return frozenset(bisect_right(self.bMarks, under.start()) - 2 for under in _UNDER_HEAD.finditer(self.src))

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token."""
        if nesting < 0:
            self.level -= 1
        token = _Token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:
        """Return some lines without their indentation."""
        if self._has_tabs or begin >= end or indent < 0:
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

    def __init__(self, made: MarkdownIt, without: frozenset[str]) -> None:
        self._md = made
        rules = [rule for rule in made.block.ruler.__rules__ if rule.enabled and rule.name not in without]
        self._code = any(rule.name == "code" for rule in rules)
        self._nesting: int = made.options.maxNesting
        table: Rule | None = next((rule.fn for rule in rules if rule.name == "table"), None)
        ends = {
            chain: _by_character([(rule.name, rule.fn) for rule in rules if chain in rule.alt and rule.name != "table"])
            for chain in _CHAINS
        }
        tables = [chain for chain in _CHAINS if any(rule.name == "table" and chain in rule.alt for rule in rules)]
        ending: dict[str, Rule] = {
            chain: _ending(*found, table if chain in tables else None) for chain, found in ends.items()
        }
        self.ruler = _Chains({chain: [rule] for chain, rule in ending.items()})
        own: Rule = _paragraph(*ends["paragraph"], table if "paragraph" in tables else None)
        named = [(rule.name, own if rule.name == "paragraph" else rule.fn) for rule in rules]
        self._all: Rules = tuple(rule for _, rule in named)
        self._some, self._others = _by_character([(n, rule) for n, rule in named if n not in ("code", "table")])

    def tokens(self, text: str, env: Any) -> list[Token]:
        """Return the block tokens of a text whose lines end in `\\n`; link definitions go into `env`."""
        found: list[Token] = []
        if text:
            state = _State(text.replace("\0", "\ufffd"), self._md, env, found, self._code)
            self.tokenize(state, 0, state.lineMax)
        return found

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        """Add the tokens of some lines: as markdown-it does it, but for the choice of rules."""
        assert isinstance(state, _State)
        line = startLine
        empty_lines = False
        starts, shifts, ends = state.bMarks, state.tShift, state.eMarks
        while line < endLine:
            while line < state.lineMax and starts[line] + shifts[line] >= ends[line]:
                line += 1
            state.line = line
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= self._nesting:
                state.line = endLine
                break
            for rule in self._rules(state, line):
                if rule(state, line, endLine, False):
                    break
            if state.line <= line:
                raise RuntimeError("no rule has read the block")
            state.tight = not empty_lines
            line = state.line
            if line - 1 < endLine and starts[line - 1] + shifts[line - 1] >= ends[line - 1]:
                empty_lines = True
            if line < endLine and starts[line] + shifts[line] >= ends[line]:
                empty_lines = True
                line += 1
                state.line = line

    def _rules(self, state: _State, line: int) -> Rules:
        """Return the rules that are asked about a line."""
        if state.sCount[line] - state.blkIndent >= 4 or line in state.table_heads:
            return self._all
        return self._some.get(state.src[state.bMarks[line] + state.tShift[line]], self._others)


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


def _paragraph(some: Mapping[str, Rules], others: Rules, table: Rule | None) -> Rule:
    """Return the rule for paragraphs: as markdown-it has it, but for the choice of what may end one."""

    def paragraph(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        assert isinstance(state, _State)
        src, starts, shifts, ends, indents = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
        heads, indent, last = state.table_heads, state.blkIndent, state.lineMax
        before, state.parentType = state.parentType, "paragraph"
        line = startLine + 1
        while line < last:
            place = starts[line] + shifts[line]
            if place >= ends[line]:
                break
            if 0 <= indents[line] <= indent + 3:
                rules = some.get(src[place], others)
                if rules and any(rule(state, line, last, True) for rule in rules):
                    break
                if line in heads and table is not None and table(state, line, last, True):
                    break
            line += 1
        content = mdTrim(state.getLines(startLine, line, indent, False))
        state.line = line
        state.push("paragraph_open", "p", 1).map = [startLine, line]
        words = state.push("inline", "", 0)
        words.content, words.map, words.children = content, [startLine, line], []
        state.push("paragraph_close", "p", -1)
        state.parentType = before
        return True

    return paragraph
