"""Process and procedure as such: what every process has in common, and what sets it apart from a procedure."""

from __future__ import annotations

from dataclasses import replace

from handrail.index import Index
from handrail.model import Document, DocumentKind, Stated

GENERAL: dict[str, DocumentKind] = {"process": "process", "procedure": "procedure"}
"""Ids that stand for a kind as such, unless a document has them."""
_ROWS = ("scope", "goal", "flexibility", "focus", "question", "has", "wrong", "changed")


def general(name: str) -> Document:
    """Return the document that stands for a kind as such; its aspects are named, not yet worded."""
    aspects = tuple((row, Stated(row, 1, 1, "options", "")) for row in _ROWS)
    return Document(name, GENERAL[name], name, "", 1, 1, None, "", aspects=aspects, own_page=False)


def is_general(item: Document) -> bool:
    """Whether a document stands for a kind as such."""
    return not item.path


def general_worded(item: Document, index: Index) -> Document:
    """Return what stands for a kind as such, in the words of the site."""
    words = index.words.site
    aspects = tuple((name, replace(stated, text=words[f"general.{item.kind}.{name}"])) for name, stated in item.aspects)
    title = index.kinds[item.kind]
    return replace(item, title=title[:1].upper() + title[1:], aspects=aspects)
