"""The fenced blocks of a page that ask for a flow to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.documents import Block, Page
from handrail.model import FlowBlock

_WORD = "flow"


def flow_blocks(page: Page) -> tuple[FlowBlock, ...]:
    """Return the fenced blocks `flow` of a page, wherever they stand."""
    if _WORD not in page.text:
        return ()
    return tuple(_inside(block for section in page.sections for block in section.blocks))


def _inside(blocks: Iterable[Block]) -> Iterator[FlowBlock]:
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        if block.kind == "code" and block.info == _WORD:
            yield FlowBlock(block.text, block.line + 1, block.column)
        inner = [*block.blocks, *(below for item in block.items for below in item.blocks)]
        waiting.extend(reversed(inner))
