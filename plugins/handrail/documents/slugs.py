"""Anchors of headings: as the forge makes them, as Python-Markdown makes them, and Handrail's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_NO_FORGE_SIGN = re.compile(r"[^a-z0-9_ -]+")
_NO_SITE_SIGN = re.compile(r"[^\w\s-]")
_BETWEEN = re.compile(r"[-\s]+")
_WORD = re.compile(r"[^\W_]+")
_LENGTH = 40
"""Handrail's own slugs are cut at this many characters, on a word."""


def forge_slug(title: str) -> str:
    """Return the anchor that GitHub and GitLab give to a heading with this plain text."""
    said = title.strip().lower()
    if said.isascii():
        kept = _NO_FORGE_SIGN.sub("", said)
    else:
        kept = "".join(char for char in said if char.isalnum() or char in "-_ " or _joins(char))
    return kept.replace(" ", "-")


def _joins(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc", "Pc")


def site_slug(title: str) -> str:
    """Return the anchor that Python-Markdown's `toc` gives to a heading with this plain text."""
    if not title.isascii():
        title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    return _BETWEEN.sub("-", _NO_SITE_SIGN.sub("", title).strip().lower())


def own_slug(text: str) -> str:
    """Return an id made of the text's first words: letters of any script, digits and hyphens."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("'", "").replace("’", "")
    slug = ""
    for word in _WORD.finditer(folded):
        longer = f"{slug}-{word[0]}" if slug else word[0]
        if len(longer) > _LENGTH:
            return slug or longer[:_LENGTH]
        slug = longer
    return slug


def forge_anchors(titles: Iterable[str]) -> Iterator[str]:
    """Yield the forge's anchor of each heading of a page, equal ones told apart by `-1`, `-2`."""
    seen: dict[str, int] = {}
    for title in titles:
        slug = forge_slug(title)
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        yield f"{slug}-{count}" if count else slug


def site_anchors(titles: Iterable[str], written: Iterable[str]) -> Iterator[str]:
    """Yield the anchor that Python-Markdown gives to each heading of a page: `slug`, `slug_1`, `_1` for none.

    `written` are the ids that authors gave on the page, which are taken.
    """
    used = set(written)
    counts: dict[str, int] = {}
    for title in titles:
        slug = site_slug(title)
        if not slug or slug in used:
            counted = re.fullmatch(r"(.*)_([0-9]+)", slug)
            base, number = (counted[1], int(counted[2])) if counted else (slug, 0)
            number = max(number, counts.get(base, 0)) + 1
            while f"{base}_{number}" in used:
                number += 1
            counts[base] = number
            slug = f"{base}_{number}"
        used.add(slug)
        yield slug
