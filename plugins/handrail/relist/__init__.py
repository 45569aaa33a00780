"""A page's Markdown with its lists written so that Python-Markdown reads them as CommonMark does."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from handrail.documents import Block, Page

from .outline import Item, List, Outline, lists_of_commonmark, lists_of_html, outline
from .page import Relisted, relisted
from .parsing import blocks_of_text, parser
from .regions import regions
from .wrappers import HTML

__all__ = [
    "Item",
    "List",
    "Outline",
    "Relisted",
    "lists_of_commonmark",
    "lists_of_html",
    "outline",
    "parser",
    "relist",
    "relisted_page",
]


_ITEM_LIKE = re.compile(r"(?:\A|[\r\n])[\s>\ufeff]*(?:[-+*]|\d{1,9}[.)])(?:\s|\Z)")
"""A line that may begin an item; a text without one is left alone, and is not even parsed."""


def relist(text: str, blocks: Sequence[Block] | None = None) -> Relisted:
    """Return the page with every list written the way Python-Markdown needs it, the rest byte for byte.

    `blocks` are the outermost ones of exactly this text; without them the text is parsed here.
    """
    source = list(io.StringIO(text, newline=""))
    if blocks is None and not _ITEM_LIKE.search(text):
        return Relisted(text, tuple(range(1, len(source) + 1)))
    if blocks is None:
        blocks = blocks_of_text(text)
    places = regions(blocks, source)
    if not places and not _holds_html(blocks):
        return Relisted(text, tuple(range(1, len(source) + 1)))
    return relisted(source, blocks, places)


def _holds_html(blocks: Sequence[Block]) -> bool:
    waiting = [*blocks]
    while waiting:
        block = waiting.pop()
        if block.kind in HTML:
            return True
        waiting += (*block.blocks, *(inner for item in block.items for inner in item.blocks))
    return False


_TAB_LIKE = re.compile(r'===[+!]* +"')
_ITEM_LIKE_LINE = re.compile(r"[\s>\ufeff]*(?:[-+*]|\d{1,9}[.)])(?:\s|\Z)")
"""The same as `_ITEM_LIKE`, of one line."""


def relisted_page(page: Page) -> Relisted | None:
    """Return a page, front matter and all, with its lists written from the blocks that it has already.

    None where these blocks do not tell enough, or where there is no list.
    """
    has_no_front = not page.front.lines and page.text.startswith("---")
    has_more = "[^" in page.text or ("===" in page.text and _TAB_LIKE.search(page.text))  # footnotes or tabs
    if has_no_front or has_more or not any(map(_ITEM_LIKE_LINE.match, page.lines)):
        return None
    return relist(page.text, page.blocks)
