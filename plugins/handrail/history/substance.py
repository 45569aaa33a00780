"""Which changes are of substance, so that what relies on them has to be looked at again."""

from __future__ import annotations

from handrail.diff import Change


def is_of_substance(change: Change) -> bool:
    """Whether a change is more than how something is written, and more than a date or a version number."""
    return change.class_ != "editorial" and not (change.class_ == "compliance" and change.weight == "minor")
