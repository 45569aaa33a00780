"""A handbook's past: how it stood at a revision, and what the commits between tell."""

from __future__ import annotations

from handrail.history.asof import AsOf, InForce, NotInForce, as_of
from handrail.history.kept import (
    Kept,
    docs_folder,
    kept_in_git,
    version_in_folder,
    version_in_tree,
    version_on_disk,
)
from handrail.history.past import Between, with_past

__all__ = [
    "AsOf",
    "Between",
    "InForce",
    "Kept",
    "NotInForce",
    "as_of",
    "docs_folder",
    "kept_in_git",
    "version_in_folder",
    "version_in_tree",
    "version_on_disk",
    "with_past",
]
