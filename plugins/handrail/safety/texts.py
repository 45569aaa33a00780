"""Texts that a theme prints as they are, such as titles and tags, made harmless in any place of a page."""

from __future__ import annotations

import html
import re
import urllib.parse
from typing import Any

_HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "`": "‘", "&": "＆", "\0": ""})
_REFERENCE = re.compile(r"&(?=#|\w+;)")
_LINK = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_ROUNDS = 8


def clean_text(text: str) -> str:
    """Return a text that is no markup wherever a theme puts it, also where it is unescaped once more."""
    for _ in range(_ROUNDS):
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    flat = "".join(text.split()) if ":" in text else ""
    if _LINK.match(text) or _LINK.match(flat):
        return ""
    return text.translate(_HARMLESS) if set(text) & set("<>\"'`\0") or _REFERENCE.search(text) else text


def clean_anchor(anchor: str) -> str:
    """Return an anchor as it may stand in an address within an attribute."""
    return re.sub(r"[\"'<>`\s\0]", lambda match: urllib.parse.quote(match[0]), anchor)


def clean_meta(value: Any) -> Any:
    """Return a value of the front matter with all its texts made harmless."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_meta(entry) for entry in value]
    if isinstance(value, dict):
        return {clean_meta(key): clean_meta(entry) for key, entry in value.items()}
    return value
