"""Entries of two sides paired: by written id, then by text, then by likeness, place and neighbours."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from handrail.matching.alike import Alike
from handrail.matching.data import By, Entry, Match, Matching


def paired(before: Sequence[Entry], after: Sequence[Entry], neighbours: bool = True) -> Matching:
    """Return the pairs of two sides, the same ones whichever side comes first.

    The search always begins at the same side, by what the entries say, so that ties fall the same way.
    Without `neighbours`, what stands beside an entry says nothing about it.
    """
    if _said(before) <= _said(after):
        return _paired(before, after, neighbours)
    mirrored = _paired(after, before, neighbours)
    matches = (replace(match, before=match.after, after=match.before) for match in mirrored.matches)
    return Matching(tuple(sorted(matches, key=lambda match: match.before)), mirrored.by_blocks)


def _said(entries: Sequence[Entry]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(entry.id, entry.text, entry.whole) for entry in entries]


def _paired(before: Sequence[Entry], after: Sequence[Entry], neighbours: bool) -> Matching:
    found: dict[int, Match] = {}
    open_before, open_after = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))
    for by, key in _KEYS:
        for one, other in _equal(before, after, open_before, open_after, key):
            found[one] = Match(one, other, by, 1.0)
            del open_before[one], open_after[other]
    alike = Alike(before, after, found, list(open_before), list(open_after), neighbours)
    for match in alike.matches():
        found[match.before] = match
    return Matching(tuple(found[one] for one in sorted(found)), alike.by_blocks)


Key = Callable[[Sequence[Entry], int], Hashable]


def _id(entries: Sequence[Entry], place: int) -> Hashable:
    return entries[place].id or None


def _among_neighbours(entries: Sequence[Entry], place: int) -> Hashable:
    around = tuple(entries[near].text if 0 <= near < len(entries) else None for near in (place - 1, place + 1))
    return (_whole(entries, place), around) if entries[place].whole else None


def _whole(entries: Sequence[Entry], place: int) -> Hashable:
    return (entries[place].text, entries[place].whole) if entries[place].whole else None


def _text(entries: Sequence[Entry], place: int) -> Hashable:
    return entries[place].text or None


_KEYS: tuple[tuple[By, Key], ...] = (("id", _id), ("text", _among_neighbours), ("text", _whole), ("text", _text))
"""What makes two entries the same, the surest first."""


def _equal(
    before: Sequence[Entry],
    after: Sequence[Entry],
    open_before: Mapping[int, None],
    open_after: Mapping[int, None],
    key: Key,
) -> list[tuple[int, int]]:
    """Return the open entries with equal keys, where both sides have equally many of them, in order."""
    sides: list[dict[Hashable, list[int]]] = []
    for entries, left in ((before, open_before), (after, open_after)):
        groups: dict[Hashable, list[int]] = {}
        for place in left:
            name = key(entries, place)
            if name is not None:
                groups.setdefault(name, []).append(place)
        sides.append(groups)
    ours, theirs = sides
    return [
        pair
        for name, places in ours.items()
        if len(places) == len(theirs.get(name, ()))
        for pair in zip(places, theirs[name], strict=True)
    ]
