"""What a language calls the values of a change that Handrail itself has names for: `role`, `draft`, `any`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handrail.diff.data import Change, Diff, FieldChange

_CALLED: Mapping[str, str] = {
    "kind": "",
    "status": "value.",
    "risk": "value.",
    "order": "value.",
    "optional": "value.",
    "form": "form.",
}
"""Field -> how the keys of its values begin in a table of words."""


def named(change: Change, words: Mapping[str, str]) -> Change:
    """Return a change as a table of words calls it; what authors wrote stays as it is.

    JSON and fingerprints keep the names that are the same in every language.
    """
    fact = change.fact
    title = words["review.rules"] if fact.name.startswith("rules.") else fact.title
    fields = fact.fields if fact.what == "text" else tuple(_named(field, words) for field in fact.fields)
    if title == fact.title and fields == fact.fields:
        return change
    return replace(change, fact=replace(fact, title=title, fields=fields))


def named_diff(diff: Diff, words: Mapping[str, str]) -> Diff:
    """Return a comparison with each of its changes as a table of words calls it."""
    return replace(diff, changes=tuple(named(change, words) for change in diff.changes))


def _named(field: FieldChange, words: Mapping[str, str]) -> FieldChange:
    opening = _CALLED.get(field.name)
    if opening is None:
        return field
    before, after = (side and words.get(f"{opening}{side}", side) for side in (field.before, field.after))
    return FieldChange(field.name, before, after)
