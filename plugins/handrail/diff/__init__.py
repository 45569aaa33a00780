"""What changed between two handbooks, and how much each kind of change matters."""

from __future__ import annotations

from handrail.diff.data import Change, Diff, Fact, FieldChange, Place, Side
from handrail.diff.find import facts_between
from handrail.diff.judge import CLASSES, WEIGHTS, judged
from handrail.diff.versions import sides_of

__all__ = [
    "CLASSES",
    "WEIGHTS",
    "Change",
    "Diff",
    "Fact",
    "FieldChange",
    "Place",
    "Side",
    "diff_of",
    "facts_between",
    "sides_of",
]


def diff_of(before: Side, after: Side) -> Diff:
    """Return what changed from one handbook to another, judged by the rules of the first one."""
    found = facts_between(before, after)
    return Diff(before.name, after.name, judged(found.facts, before, after), found.other_pages, found.notes)
