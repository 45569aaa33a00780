"""What changed between two handbooks, and how much each kind of change matters."""

from __future__ import annotations

from handrail.diff.data import (
    Because,
    Change,
    Diff,
    Fact,
    FieldChange,
    FlowChange,
    Note,
    Place,
    Polished,
    Said,
    Side,
    Suspect,
    Touched,
    Training,
    Way,
    note,
)
from handrail.diff.decided import decided
from handrail.diff.find import facts_between
from handrail.diff.impact import impact_of
from handrail.diff.judge import CLASSES, WEIGHTS, judged
from handrail.diff.named import named, named_diff
from handrail.diff.places import page_path, placed
from handrail.diff.versions import sides_of

__all__ = [
    "CLASSES",
    "WEIGHTS",
    "Because",
    "Change",
    "Diff",
    "Fact",
    "FieldChange",
    "FlowChange",
    "Note",
    "Place",
    "Polished",
    "Said",
    "Side",
    "Suspect",
    "Touched",
    "Training",
    "Way",
    "diff_of",
    "facts_between",
    "named",
    "named_diff",
    "note",
    "sides_of",
]


def diff_of(before: Side, after: Side) -> Diff:
    """Return what changed from one handbook to another, judged by the rules of the first one."""
    found = facts_between(before, after)
    changes = decided(judged(found.facts, before, after), before.decisions)
    pages = tuple(page_path(path, after if path in after.texts else before) for path in found.other_pages)
    impact = impact_of(changes, before, after)
    there = placed(changes, before, after)
    language = (after if after.texts else before).options.recognised().language
    return Diff(before.name, after.name, there, pages, found.notes, impact, flows=found.flows, language=language)
