"""One Markdown file taken apart into front matter, sections, lists and tables with line numbers."""

from __future__ import annotations

from handrail.documents.front import FrontMatter, Node, block_options
from handrail.documents.inline import Inline, Link, inline, plain
from handrail.documents.page import page_of
from handrail.documents.parts import Block, Cell, Item, Page, Row, Section

__all__ = [
    "Block",
    "Cell",
    "FrontMatter",
    "Inline",
    "Item",
    "Link",
    "Node",
    "Page",
    "Row",
    "Section",
    "block_options",
    "inline",
    "page_of",
    "plain",
]
