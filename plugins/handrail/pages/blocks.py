"""What the fenced blocks of a page show: a row for each word, and what is shown where a block is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handrail.model import AskedBlock
from handrail.pages.comparison import comparison_block_html
from handrail.pages.flow_block import flow_block_html
from handrail.pages.register_block import register_block_html
from handrail.pages.site import View
from handrail.problems import Problem
from handrail.render import rendered

_SHOWN: Mapping[str, Callable[[AskedBlock, str, int, View], str | Problem]] = {
    "flow": flow_block_html,
    "compare": comparison_block_html,
    "register": register_block_html,
}


def block_html(block: AskedBlock, path: str, number: int, view: View) -> tuple[str, Problem | None]:
    """Return what a block asks for, and what is wrong with the block; block-level HTML.

    `number` counts the blocks of a page, so that it can show a thing twice.
    """
    shown = _SHOWN[block.word](block, path, number, view)
    if not isinstance(shown, Problem):
        return shown, None
    say = view.site.say
    return rendered("block_wrong", view.site.own_templates, say=say, word=block.word, problem=shown), shown
