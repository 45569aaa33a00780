"""The fenced blocks of a page that ask Handrail to show something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handrail.documents import Block, Page
from handrail.model import BLOCK_WORDS, AskedBlock

_OPENINGS = tuple(re.compile(rf"{marks}[ \t`~]*(?:{'|'.join(BLOCK_WORDS)})") for marks in ("```", "~~~"))
"""Of which a page without such a block has none; each begins with the same letters, so a text is searched fast."""


def asked_blocks(page: Page) -> tuple[AskedBlock, ...]:
    """Return the fenced blocks of a page that ask for something, wherever they stand."""
    if not any(opening.search(page.text) for opening in _OPENINGS):
        return ()
    return tuple(_inside(block for section in page.sections for block in section.blocks))


def _inside(blocks: Iterable[Block]) -> Iterator[AskedBlock]:
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        if block.kind == "code" and block.info in BLOCK_WORDS:
            yield AskedBlock(block.info, block.text, block.line + 1, block.column)
        inner = [*block.blocks, *(below for item in block.items for below in item.blocks)]
        waiting.extend(reversed(inner))
