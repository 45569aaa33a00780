"""The beginning of a text, where there is no room for all of it."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?…][)\"'”’]*(?=\s)|\n")


def clipped(text: str, length: int) -> str:
    """Return a text's beginning, cut on a word."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return f"{flat[:length].rsplit(' ', 1)[0].rstrip(' ,;:.')} …"


def first_sentence(text: str) -> str:
    """Return a text's first sentence or line."""
    end = _SENTENCE.search(text.strip())
    return text.strip()[: end.end()].strip() if end else text.strip()
