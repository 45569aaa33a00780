"""Where the Markdown comes from: a folder, or that folder as it stood at a git revision; both give `{path: text}`."""

from __future__ import annotations

from handrail.sources.folder import (
    MOST_BYTES,
    SUFFIXES,
    Sources,
    decoded,
    folder_sources,
    name_problems,
    page_reader,
    shadowed_pages,
)
from handrail.sources.git import (
    Repository,
    Tree,
    branching_point,
    commit_of,
    index_tree,
    merge_base,
    repository_of,
    revision_tree,
    tree_sources,
)
from handrail.sources.history import (
    Commit,
    Line,
    Objects,
    commits_between,
    every_commit,
    first_parents,
    pages_in,
    tags_of,
)
from handrail.sources.revision import Revision, revision_of
from handrail.sources.writing import write_tree

__all__ = [
    "MOST_BYTES",
    "SUFFIXES",
    "Commit",
    "Line",
    "Objects",
    "Repository",
    "Revision",
    "Sources",
    "Tree",
    "branching_point",
    "commit_of",
    "commits_between",
    "decoded",
    "every_commit",
    "first_parents",
    "folder_sources",
    "index_tree",
    "merge_base",
    "name_problems",
    "page_reader",
    "pages_in",
    "repository_of",
    "revision_of",
    "revision_tree",
    "shadowed_pages",
    "tags_of",
    "tree_sources",
    "write_tree",
]
