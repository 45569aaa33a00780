"""A page's Markdown with its lists written so that Python-Markdown reads them as CommonMark does."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from markdown_it.token import Token

from handrail.documents import Page

from .outline import Item, List, Outline, lists_of_commonmark, lists_of_html, outline
from .page import Relisted, relisted
from .parsing import block_tokens, parser
from .regions import regions

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


def relist(text: str, tokens: Sequence[Token] | None = None) -> Relisted:
    """Return the page with every list written the way Python-Markdown needs it, the rest byte for byte.

    `tokens` are those of `parser()` for exactly this text; without them the text is parsed here.
    """
    source = list(io.StringIO(text, newline=""))
    if tokens is None and not _ITEM_LIKE.search(text):
        return Relisted(text, tuple(range(1, len(source) + 1)))
    if tokens is None:
        tokens = block_tokens(text)
    places = regions(tokens, source)
    if not places and not any(token.type == "html_block" for token in tokens):
        return Relisted(text, tuple(range(1, len(source) + 1)))
    return relisted(source, tokens, places)


_BEYOND = re.compile(r'\[\^|===[+!]* +"')
"""The signs of footnotes and tabs, of which a page's own tokens do not tell enough."""


def relisted_page(page: Page) -> Relisted | None:
    """Return a page, front matter and all, with its lists written from the tokens that it has already.

    None where these tokens do not tell enough, or where there is no list.
    """
    has_no_front = not page.front.lines and page.text.startswith("---")
    if has_no_front or _BEYOND.search(page.text) or not _ITEM_LIKE.search(page.text):
        return None
    return relist(page.text, page.tokens)
