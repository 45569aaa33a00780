"""Where links lead, so that a link that follows its page to another place is no other link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from handrail.diff.data import Fact, FieldChange

_LINK = re.compile(r"(?<!\S)\((?![a-zA-Z][\w+.-]*:|/|#)(?P<page>[^\s()#]+)(?P<anchor>#[^\s()]*)?\)")
"""An address within the handbook, as it stands among the words of a text."""


def moved_pages(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the path of each page that has another one now -> that one."""
    return {
        fact.before.path: fact.after.path
        for fact in facts
        if fact.name in ("document.renamed", "document.moved") and fact.before and fact.after
        and fact.before.path != fact.after.path
    }  # fmt: skip


def with_places(fact: Fact, moved: Mapping[str, str]) -> Fact:
    """Return a fact with each address as the place where it leads, after the change; for judging, not for showing."""
    if fact.before is None or fact.after is None or not any(_has_link(field) for field in fact.fields):
        return fact
    there, here = (posixpath.dirname(place.path) for place in (fact.before, fact.after))
    fields = tuple(
        replace(field, before=_placed(field.before, there, moved), after=_placed(field.after, here, {}))
        for field in fact.fields
    )
    return replace(fact, fields=fields)


def _has_link(field: FieldChange) -> bool:
    return any(text is not None and _LINK.search(text) for text in (field.before, field.after))


def _placed(text: str | None, folder: str, moved: Mapping[str, str]) -> str | None:
    """Return a text with its addresses as paths below the folder of the pages."""

    def path(match: re.Match[str]) -> str:
        page = posixpath.normpath(posixpath.join(folder, match["page"]))
        return f"({moved.get(page, page)}{match['anchor'] or ''})"

    return None if text is None else _LINK.sub(path, text)
