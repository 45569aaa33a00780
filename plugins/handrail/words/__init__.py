"""Every word that Handrail recognises or writes, one table per language."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from handrail.words.de import GERMAN
from handrail.words.en import ENGLISH
from handrail.words.table import Words

_PATTERNS = ("agent_ending", "subject_verb", "verb_at_end")
_OTHERS = ("language", *_PATTERNS, "site")
"""Fields that are no lists of recognised words."""

LANGUAGES: Mapping[str, Words] = {"de": GERMAN, "en": ENGLISH}


def words_of(languages: Iterable[str], own: Mapping[str, object] | None = None) -> Words:
    """Return one table that recognises every language named, with the handbook's own words added.

    The first language is the one in which Handrail writes. `own` maps a field of the table onto more
    words: a list, or for the tables by name a mapping from name to list.
    """
    tables = [LANGUAGES[language] for language in languages] or [ENGLISH]
    merged = tables[0]
    for table in tables[1:]:
        merged = _joined(merged, {field: getattr(table, field) for field in (*recognised_fields(), *_PATTERNS)})
    return _joined(merged, own or {})


def recognised_fields() -> tuple[str, ...]:
    """Return the names of the fields that hold lists of recognised words, to which a handbook can add."""
    return tuple(field.name for field in dataclasses.fields(Words) if field.name not in _OTHERS)


def _joined(words: Words, more: Mapping[str, object]) -> Words:
    """Return the table with more words in each of the named fields."""
    changes: dict[str, object] = {}
    for field, extra in more.items():
        present = getattr(words, field)
        if isinstance(present, Mapping) and isinstance(extra, Mapping):
            names = list(dict.fromkeys([*present, *extra]))
            changes[field] = {name: _lists(present.get(name, ()), extra.get(name, ())) for name in names}
        elif isinstance(present, tuple):
            changes[field] = _lists(present, extra)
        elif field in _PATTERNS and isinstance(extra, str):
            changes[field] = f"(?:{present}|{extra})"
    return dataclasses.replace(words, **changes)  # type: ignore[arg-type]  # fields are checked by options


def _lists(present: object, extra: object) -> tuple[str, ...]:
    """Return both lists as one, each word once, in order."""
    return tuple(dict.fromkeys([*_strings(present), *_strings(extra)]))


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value.casefold(),)
    return tuple(str(word) for word in value) if isinstance(value, Iterable) else ()
