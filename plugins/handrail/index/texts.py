"""The beginning of a text, where there is no room for all of it."""

from __future__ import annotations

import re

from handrail.words.table import Words

_SHORT_FORMS = ("etc.", "usw.", "Inc.", "Ltd.", "Co.")
"""Words whose full stop is their own."""
_SENTENCE = re.compile(r"[.!?…][)\"'”’]*(?=\s)|\n")


def rhythm(text: str, words: Words) -> str:
    """Return how often something is done as a part of a sentence: `every 6 months`, `yearly`."""
    said = text.casefold().strip()
    named = (*(name for names in words.cadences.values() for name in names), *words.every_words)
    whole = said.startswith(tuple(named))
    return text if whole else words.site["review.every"].format(value=text)


def clipped(text: str, length: int) -> str:
    """Return a text's beginning, cut on a word."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return f"{flat[:length].rsplit(' ', 1)[0].rstrip(' ,;:.')} …"


def headline(text: str, length: int) -> str:
    """Return the beginning of a text as a heading has it: one sentence stands without its full stop."""
    found = clipped(text, length)
    alone = found.endswith(".") and not found.endswith(("..", *_SHORT_FORMS)) and not _SENTENCE.search(found)
    return found[:-1] if alone else found


def first_sentence(text: str) -> str:
    """Return a text's first sentence or line."""
    end = _SENTENCE.search(text.strip())
    return text.strip()[: end.end()].strip() if end else text.strip()
