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
from handrail.history.story import Release, Story, names_now, story_of

__all__ = [
    "AsOf",
    "Between",
    "InForce",
    "Kept",
    "NotInForce",
    "Release",
    "Story",
    "as_of",
    "docs_folder",
    "kept_in_git",
    "names_now",
    "story_of",
    "version_in_folder",
    "version_in_tree",
    "version_on_disk",
    "with_past",
]
