"""A page's Markdown with its lists written so that Python-Markdown reads them as CommonMark does."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from markdown_it.token import Token

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
    if not places:
        return Relisted(text, tuple(range(1, len(source) + 1)))
    return relisted(source, tokens, places)
