"""Whom and what changes reach: who must learn or know, and what relies on what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.diff.data import Change, Side, Touched
from handrail.diff.reach import reached
from handrail.diff.readers import readers_of


def impact_of(changes: Iterable[Change], before: Side, after: Side) -> tuple[Touched, ...]:
    """Return whom and what the changes reach; what only touches how something is written reaches nobody."""
    telling = [change for change in changes if change.class_ != "editorial"]
    if not telling:
        return ()
    return (*_in_order(readers_of(telling, before, after)), *reached(telling, before, after))


_MUST = ("learn", "know", "look")


def _in_order(found: Iterable[Touched]) -> Iterator[Touched]:
    """Return who must learn before who must know, those reached in more ways first."""
    return iter(sorted(found, key=_place))


def _place(one: Touched) -> tuple[int, int, str, str]:
    return _MUST.index(one.must), -sum(len(way.changes) for way in one.ways), one.title, one.id
