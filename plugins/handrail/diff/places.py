"""Places as they are named from where the reader stands: the root of the repository, or the current folder."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace

from handrail.diff.data import Change, Fact, Place, Side


def placed(changes: Iterable[Change], before: Side, after: Side) -> tuple[Change, ...]:
    """Return the changes with the paths of their places below that root instead of below the folder of the pages."""
    return tuple(replace(change, fact=_placed(change.fact, before, after)) for change in changes)


def page_path(path: str, side: Side) -> str:
    """Return the path of a page as it is named from that root."""
    return posixpath.normpath(posixpath.join(side.folder, path))


def _placed(fact: Fact, before: Side, after: Side) -> Fact:
    beside = fact.name.startswith("rules")
    sides = [
        replace(place, path=_beside(place, side) if beside else page_path(place.path, side)) if place else None
        for place, side in ((fact.before, before), (fact.after, after))
    ]
    whose = before if fact.how == "merged" or fact.name == "text.from steps" else after
    parts = tuple(replace(place, path=page_path(place.path, whose)) for place in fact.parts)
    return replace(fact, before=sides[0], after=sides[1], parts=parts)


def _beside(place: Place, side: Side) -> str:
    """Return the path of the configuration, or of a file that stands next to it."""
    if posixpath.basename(side.config) == place.path or place.path == "mkdocs.yml":
        return side.config
    return posixpath.normpath(posixpath.join(posixpath.dirname(side.config), place.path))
