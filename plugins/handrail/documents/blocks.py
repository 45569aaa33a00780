"""The blocks of a text as CommonMark has them; rules are only asked about lines whose first character can begin theirs.

markdown-it asks every rule about every line, and most lines are words. A rule that is not known here is asked about
every line, as markdown-it does. Paragraphs, lists, headings and code, which are nearly all that there is, have rules of
their own here that make blocks; what the other rules make are tokens, of which blocks are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from handrail.documents.parts import Block
from handrail.documents.rules import (
    Rule,
    Rules,
    ending_rule,
    fence,
    heading,
    list_rule,
    paragraph_rule,
    rule_across,
    table_rule,
)
from handrail.documents.state import State

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
_OWN: dict[str, Rule] = {"fence": fence, "heading": heading, "hr": rule_across}
_CHAINS = ("list", "blockquote", "reference", "paragraph")
"""What markdown-it calls the rules that can end a block of a kind; lists are first, since they can end the others."""


class Blocks(ParserBlock):
    """The rules of a parser, by the character that comes first in a line."""

    def __init__(self, made: MarkdownIt, deepest: int) -> None:
        self._md = made
        self._deepest = deepest
        rules = [rule for rule in made.block.ruler.__rules__ if rule.enabled and rule.name != "lheading"]
        self._code = any(rule.name == "code" for rule in rules)
        self._nesting: int = made.options.maxNesting
        own: dict[str, Rule] = {rule.name: rule.fn for rule in rules} | _OWN
        table = next(rule.fn for rule in rules if rule.name == "table")
        with_table = [chain for chain in _CHAINS for rule in rules if rule.name == "table" and chain in rule.alt]
        ends: dict[str, tuple[Mapping[str, Rules], Rules]] = {}
        for chain in _CHAINS:
            named = [(rule.name, own[rule.name]) for rule in rules if chain in rule.alt and rule.name != "table"]
            ends[chain] = _by_character(named)
            if chain == "list":
                own["list"] = list_rule(ending_rule(*ends[chain], None))
        ending = {chain: ending_rule(*found, table if chain in with_table else None) for chain, found in ends.items()}
        self.ruler = _Chains({chain: [rule] for chain, rule in ending.items()})
        own["table"] = table_rule(table, ending["blockquote"])
        own["paragraph"] = paragraph_rule(*ends["paragraph"], table)
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
        state = State(text.replace("\0", "\ufffd"), self._md, env, self._code, self._deepest)
        self.tokenize(state, 0, state.lineMax)
        return state.found, state.deep

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        """Add the blocks of some lines: as markdown-it does it, but for the choice of rules."""
        assert isinstance(state, State)
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
