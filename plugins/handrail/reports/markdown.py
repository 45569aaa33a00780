"""Texts of a handbook inside Markdown, where they stay texts."""

from __future__ import annotations

import re

from handrail.reports.lines import plain

_JOINER = "\u2060"
"""An invisible character that parts `@` from a name, so that nobody is called."""
_MARKUP = re.compile(r"[\\`*_{}\[\]()|~$=+-]")
_REFERENCES = re.compile(r"([@#!%^:]|\bGH-|\bwww\.|&amp;)(?=[\w{\"'\[#/:*&-])", re.IGNORECASE)
"""What a forge makes a mention, an issue, a label, an address or a command of."""


def inert(text: str) -> str:
    """Return a text of the handbook in which no forge finds markup, a mention, a reference or a command."""
    flat = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(lambda match: f"\\{match[0]}", _REFERENCES.sub(lambda match: f"{match[1]}{_JOINER}", flat))
