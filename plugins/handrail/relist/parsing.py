"""CommonMark as the forge reads it, with the blocks that MkDocs adds: `!!!`, `???` and `===`."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from handrail.documents.page import rules_for, without_rules

TAB = re.compile(r'===(?:\+!?|!\+?)? +".*" *$')


@cache
def parser() -> MarkdownIt:
    """Return the one parser of a page."""
    made = MarkdownIt("commonmark", {"maxNesting": 300}).enable(["table", "strikethrough"])
    for plugin in (front_matter_plugin, footnote_plugin, tasklists_plugin, admon_plugin, tab_plugin):
        made.use(plugin)
    return made


def block_tokens(text: str) -> list[Token]:
    """Return the tokens of a text's blocks, and of the insides of those alone that may open with a task's box."""
    return _block_parser(rules_for(text)).parse(text)


@cache
def _block_parser(rules: frozenset[str]) -> MarkdownIt:
    made = parser.__wrapped__()
    without_rules(made, rules)
    made.core.ruler.at("inline", _boxes)
    return made


def _boxes(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if token.content.startswith("["):
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def tab_plugin(made: MarkdownIt) -> None:
    """Teach the parser `=== "Title"`, whose content is indented by four."""
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    made.block.ruler.before("fence", "tab", _tab, {"alt": interrupts})


def _tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not TAB.match(_text(state, start)):
        return False
    if not silent:
        _push_tab(state, start, _tab_end(state, start, end))
    return True


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _tab_end(state: StateBlock, start: int, end: int) -> int:
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent + 4):
        line += 1
    while line > start + 1 and state.isEmpty(line - 1):
        line -= 1
    return line


def _push_tab(state: StateBlock, start: int, end: int) -> None:
    opening = state.push("tab_open", "div", 1)
    opening.block, opening.map, opening.info = True, [start, end], _text(state, start)
    before = state.parentType, state.lineMax
    state.parentType, state.lineMax = "tab", end
    state.blkIndent += 4
    state.md.block.tokenize(state, start + 1, end)
    state.blkIndent -= 4
    state.parentType, state.lineMax = before
    state.push("tab_close", "div", -1).block = True
    state.line = end
