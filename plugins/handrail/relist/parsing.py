"""CommonMark as the forge reads it, with the blocks that MkDocs adds: `!!!`, `???` and `===`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from handrail.documents import Block
from handrail.documents.tokens import blocks_of

TAB = re.compile(r'===(?:\+!?|!\+?)? +".*" *$')


_SIGNS: Mapping[str, tuple[str, ...]] = {
    "table": ("|",),
    "fence": ("```", "~~~"),
    "blockquote": (">",),
    "reference": ("]:",),
    "html_block": ("<",),
    "admonition": ("!!!", "???"),
    "footnote_def": ("[^",),
}
"""Rule of the parser -> the signs without which a text has nothing for it; such a rule is left out, to save time."""


@cache
def parser() -> MarkdownIt:
    """Return the one parser of a page."""
    made = MarkdownIt("commonmark", {"maxNesting": 300}).enable(["table", "strikethrough"])
    for plugin in (front_matter_plugin, footnote_plugin, tasklists_plugin, admon_plugin, tab_plugin):
        made.use(plugin)
    return made


def blocks_of_text(text: str) -> list[Block]:
    """Return the outermost blocks of a text."""
    unsigned = frozenset(rule for rule, signs in _SIGNS.items() if not any(sign in text for sign in signs))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return blocks_of(_block_parser(unsigned).parse(text), lines)


@cache
def _block_parser(without: frozenset[str]) -> MarkdownIt:
    made = parser.__wrapped__()
    made.block.ruler.disable(without)
    made.core.ruler.at("inline", _boxes)
    made.core.ruler.push("boxes", _boxes_again)
    return made


def _boxes(state: StateCore) -> None:
    """Parse the insides of those blocks alone that may open with a task's box."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if token.content.startswith("["):
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _boxes_again(state: StateCore) -> None:
    """Put a task's box, which the parser takes away, back into its text."""
    for token in state.tokens:
        box = token.children[0] if token.children else None
        if token.type == "inline" and box and box.type == "html_inline" and "task-list-item-checkbox" in box.content:
            token.content = ("[x]" if "checked=" in box.content else "[ ]") + token.content


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
