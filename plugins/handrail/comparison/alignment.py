"""The steps of several documents beside each other, in an order that keeps every document's own."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.matching import Entry, entries_of, kept_in_order, paired
from handrail.model import Step

_ALIKE = 0.45
"""How alike two steps of different documents must be; those that only stand at the same place are different steps."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step in a row: which one of its document, and how alike it is to the step of the row, from 0 to 1."""

    step: int
    likeness: float


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """One row of steps that stand beside each other."""

    same: int
    """Equal for all rows of one step; a step that moved stands in several."""
    places: Mapping[int, Place]
    """Number of a document -> its step; counted from 0."""


@dataclass(slots=True, eq=False)
class _Cluster:
    """One step as several documents have it, while they are gone through."""

    number: int
    entries: list[Entry] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Row:
    cluster: _Cluster
    places: dict[int, Place] = field(default_factory=dict)


def aligned(documents: Sequence[Sequence[Step]]) -> tuple[AlignedRow, ...]:
    """Return the rows that the steps of documents make.

    The documents are gone through one by one: each step goes to the row of the same step, or opens a row. A step that
    stands at another place than before opens a row there, so that each column reads from top to bottom.
    """
    rows: list[_Row] = []
    for item, steps in enumerate(documents):
        own = entries_of(steps)
        clusters = [row.cluster for row in rows if row is row.cluster.rows[0]]
        found = _partners(clusters, own)
        _put(rows, own, found, item)
    return tuple(AlignedRow(row.cluster.number, row.places) for row in rows)


def _partners(clusters: Sequence[_Cluster], own: Sequence[Entry]) -> dict[int, tuple[_Cluster, float]]:
    """Return for each step of a document the step of those before that it is."""
    if not clusters:
        return {}
    ids = {entry.id for entry in own if entry.id}
    texts = {(entry.text, entry.whole) for entry in own}
    matching = paired([_stand_in(cluster, ids, texts) for cluster in clusters], own)
    return {
        match.after: (clusters[match.before], match.likeness) for match in matching.matches if match.likeness >= _ALIKE
    }


def _stand_in(cluster: _Cluster, ids: set[str], texts: set[tuple[tuple[str, ...], tuple[str, ...]]]) -> Entry:
    """Return a step as that document has it which says it as one of these steps does; else as the first one has it."""
    chosen = next((entry for entry in cluster.entries if (entry.text, entry.whole) in texts), cluster.entries[0])
    known = next((entry.id for entry in cluster.entries if entry.id in ids), chosen.id)
    return Entry(known, chosen.text, chosen.whole)


def _put(rows: list[_Row], own: Sequence[Entry], found: Mapping[int, tuple[_Cluster, float]], item: int) -> None:
    """Put a document's steps into the rows, in their order."""
    stay = dict(_staying(rows, own, found))
    after = 0
    clusters = len({id(row.cluster) for row in rows})
    for place, entry in enumerate(own):
        cluster, likeness = found.get(place) or (_Cluster(clusters), 1.0)
        clusters += place not in found
        row = stay.get(place)
        if row is None:
            row = _Row(cluster)
            cluster.rows.append(row)
            rows.insert(_before_next(rows, stay, place, after), row)
        row.places[item] = Place(place, likeness)
        cluster.entries.append(entry)
        after = rows.index(row) + 1


def _before_next(rows: Sequence[_Row], stay: Mapping[int, _Row], place: int, after: int) -> int:
    """Return where a new row goes: before the next one that stays, else to the end."""
    following = [other for other in stay if other > place]
    return rows.index(stay[min(following)]) if following else len(rows)


def _staying(
    rows: Sequence[_Row], own: Sequence[Entry], found: Mapping[int, tuple[_Cluster, float]]
) -> Iterator[tuple[int, _Row]]:
    """Yield the steps that go to a row that is there, with the row."""
    at = {id(row): number for number, row in enumerate(rows)}
    pairs = [(at[id(cluster.rows[0])], place, _weight(own[place])) for place, (cluster, _) in sorted(found.items())]
    kept = kept_in_order(pairs)
    stay = {pairs[index][1]: pairs[index][0] for index in kept}
    for place, (cluster, _) in sorted(found.items()):
        if place not in stay:
            low = max((row for other, row in stay.items() if other < place), default=-1)
            high = min((row for other, row in stay.items() if other > place), default=len(rows))
            free = [at[id(row)] for row in cluster.rows[1:] if low < at[id(row)] < high]
            if free:
                stay[place] = free[0]
    yield from ((place, rows[row]) for place, row in stay.items())


def _weight(entry: Entry) -> int:
    """Return how much a step counts for staying: as few as possible move, of those the ones with fewer words."""
    tie = zlib.crc32(repr(entry.text).encode("utf-8", "replace"))
    return (1 << 56) + (min(len(entry.text), 1 << 10) << 32) + tie
