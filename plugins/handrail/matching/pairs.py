"""Entries of two sides paired: by written id, then by text, then by likeness, place and neighbours."""

from __future__ import annotations

import heapq
import math
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handrail.matching.assignment import best_partners
from handrail.matching.order import kept_in_order

By = Literal["id", "text", "likeness"]

_ALIKE = 0.58
"""How alike two entries must be that stand at different places, from 0 to 1."""
_NEIGHBOURLY = 0.36
"""By how much less alike they may be at the same place."""
_LONE = 0.33
"""How alike they must be where nothing else that is left is nearly as like to either."""
_BY_FAR = 0.7
"""How alike the next best partner may be at most, as a share of that."""
_CANDIDATES = 8
"""How many partners are weighed for each entry."""
_MOST_PAIRS = 250_000
"""Where more pairs are possible, only entries that are near one another are weighed."""
_NEAR = 150
"""How far apart entries may stand, counted in those that are left, where there are too many to weigh all."""
_COMMON = 60
"""A word that more entries have, counted for each block of them, says too little to find partners by."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is paired: a step, or a block of text."""

    id: str
    """The id that the author wrote; empty where there is none."""
    text: tuple[str, ...]
    """The words of its sentence, folded."""
    whole: tuple[str, ...]
    """All its words, folded."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two entries that are the same one before and after."""

    before: int
    after: int
    by: By
    confidence: float
    """From 0 to 1; 1 where the id or the text is the same."""
    likeness: float = 1.0
    """How alike their words are, from 0 to 1, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Which entries are the same, by their indexes; what is in no match was removed or added."""

    matches: tuple[Match, ...]
    by_blocks: bool = False
    """Whether there were so many that only entries near one another were weighed."""


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
    alike = _Alike(before, after, found, list(open_before), list(open_after), neighbours)
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


class _Alike:
    """The search for partners among entries whose texts differ."""

    def __init__(
        self,
        before: Sequence[Entry],
        after: Sequence[Entry],
        found: Mapping[int, Match],
        open_before: Sequence[int],
        open_after: Sequence[int],
        neighbours: bool,
    ) -> None:
        self._before, self._after = before, after
        self._open_before, self._open_after = open_before, open_after
        self._neighbours = neighbours
        self._gaps = _Gaps(found, len(before), len(after))
        self.by_blocks = len(open_before) * len(open_after) > _MOST_PAIRS
        self._weights = _weights((*before, *after)) if open_before and open_after else {}

    def matches(self) -> Iterator[Match]:
        """Yield the pairs whose likeness in sum is greatest, then those that have nobody else."""
        alike = {(one, other): likeness for one, other, likeness in self._likenesses()}
        taken = []
        for match in self._best(alike):
            taken.append(match)
            yield match
        ours, theirs = {match.before for match in taken}, {match.after for match in taken}
        left = {pair: one for pair, one in alike.items() if pair[0] not in ours and pair[1] not in theirs}
        for one, other in _lone_pairs(left):
            likeness = left[one, other]
            yield Match(one, other, "likeness", round(self._score(one, other, likeness), 2), likeness)

    def _best(self, alike: Mapping[tuple[int, int], float]) -> Iterator[Match]:
        """Yield the pairs that are alike enough for their places, so that the sum of their scores is greatest."""
        scores = self._scores(alike)
        kept = _best_of(scores)
        gains: list[dict[int, int]] = [{} for _ in self._open_before]
        rank = {one: place for place, one in enumerate(self._open_before)}
        for one, other in kept:
            gains[rank[one]][other] = self._gain(one, other, scores[one, other])
        for place, other in best_partners(gains).items():
            one = self._open_before[place]
            yield Match(one, other, "likeness", round(min(scores[one, other], 0.99), 2), alike[one, other])

    def _scores(self, alike: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
        """Return for each pair that is alike enough how sure it is."""
        return {
            (one, other): self._score(one, other, likeness)
            for (one, other), likeness in alike.items()
            if likeness >= _ALIKE - _NEIGHBOURLY * self._nearness(one, other)
        }

    def _score(self, one: int, other: int, alike: float) -> float:
        return 0.75 * alike + 0.25 * self._nearness(one, other) if self._neighbours else alike

    def _gain(self, one: int, other: int, score: float) -> int:
        """Return a score as a whole number, no two of them equal, the same whichever side comes first."""
        texts = sorted((" ".join(self._before[one].whole), " ".join(self._after[other].whole)))
        tie = zlib.crc32(repr((texts, sorted((one, other)))).encode("utf-8", "replace"))
        return (round(score * 1_000_000) << 32) + tie

    def _nearness(self, one: int, other: int) -> float:
        """Return 1 where two entries stand at the same place among those that are paired already, less further away."""
        return 1 / (1 + self._gaps.distance(one, other)) if self._neighbours else 0.0

    def _likenesses(self) -> Iterator[tuple[int, int, float]]:
        """Yield each pair that shares a word that tells something, with its likeness from 0 to 1."""
        holders = self._holders()
        totals = [self._total(self._after[other].whole) for other in range(len(self._after))]
        for rank, one in enumerate(self._open_before):
            shared: dict[int, float] = {}
            for word in sorted(set(self._before[one].whole)):
                for _, other in self._near(holders.get(word, []), rank):
                    shared[other] = shared.get(other, 0.0) + self._weights[word]
            own = self._total(self._before[one].whole)
            for other, weight in shared.items():
                whole = 2 * weight / (own + totals[other])
                yield one, other, round(max(whole, self._of_sentences(one, other)), 6)

    def _near(self, holders: list[tuple[int, int]], rank: int) -> list[tuple[int, int]]:
        """Return the holders of a word that are weighed for the entry of this rank: all, or those near it."""
        if not self.by_blocks:
            return holders
        return holders[bisect_left(holders, (rank - _NEAR, -1)) : bisect_left(holders, (rank + _NEAR + 1, -1))]

    def _of_sentences(self, one: int, other: int) -> float:
        """Return how alike two sentences are."""
        ours, theirs = set(self._before[one].text), set(self._after[other].text)
        both = ours & theirs
        total = self._total(tuple(ours)) + self._total(tuple(theirs))
        return 2 * self._total(tuple(both)) / total if both and total else 0.0

    def _total(self, words: Sequence[str]) -> float:
        return math.fsum(self._weights.get(word, 0.0) for word in set(words))

    def _holders(self) -> dict[str, list[tuple[int, int]]]:
        """Return word -> rank and index of each open entry after that has it; words that most have are left out."""
        holders: dict[str, list[tuple[int, int]]] = {}
        for rank, other in enumerate(self._open_after):
            for word in set(self._after[other].whole):
                holders.setdefault(word, []).append((rank, other))
        counts = Counter(word for one in self._open_before for word in set(self._before[one].whole))
        blocks = max(len(self._open_before), len(self._open_after)) // (2 * _NEAR) + 1
        return {word: held for word, held in holders.items() if max(len(held), counts[word]) <= _COMMON * blocks}


class _Gaps:
    """The gaps between the entries that are paired already and did not move."""

    def __init__(self, found: Mapping[int, Match], before: int, after: int) -> None:
        matches = [found[one] for one in sorted(found)]
        kept = kept_in_order([(match.before, match.after, 1) for match in matches])
        stayed = [matches[place] for place in sorted(kept)]
        self._before = [-1, *(match.before for match in stayed), before]
        self._after = [-1, *(match.after for match in stayed), after]

    def distance(self, one: int, other: int) -> float:
        """Return how far apart two entries are: in gaps, and a little for their places in a gap."""
        ours, theirs = bisect_left(self._before, one), bisect_left(self._after, other)
        if ours != theirs:
            return abs(ours - theirs)
        from_top = abs((one - self._before[ours - 1]) - (other - self._after[theirs - 1]))
        from_bottom = abs((self._before[ours] - one) - (self._after[theirs] - other))
        return min(from_top, from_bottom) / 4


def _lone_pairs(alike: Mapping[tuple[int, int], float]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of which each entry is by far the most like to the other of all that are left."""
    found: dict[tuple[int, int], list[float]] = {}
    for pair, likeness in alike.items():
        for side in (0, 1):
            found.setdefault((side, pair[side]), []).append(likeness)
    second = {entry: heapq.nlargest(2, (*likenesses, 0.0))[1] for entry, likenesses in found.items()}
    for pair, likeness in sorted(alike.items()):
        if likeness >= _LONE and all(second[side, pair[side]] <= _BY_FAR * likeness for side in (0, 1)):
            yield pair


def _weights(entries: Sequence[Entry]) -> dict[str, float]:
    """Return how much each word tells: the fewer entries have it, the more."""
    counts = Counter(word for entry in entries for word in {*entry.whole, *entry.text})
    return {word: round(math.log(1 + len(entries) / count), 6) for word, count in counts.items()}


def _best_of(scores: Mapping[tuple[int, int], float]) -> set[tuple[int, int]]:
    """Return the pairs that are among the best ones of either of their entries."""
    by_entry: dict[tuple[int, int], list[tuple[float, tuple[int, int]]]] = {}
    for pair, score in scores.items():
        for side in (0, 1):
            by_entry.setdefault((side, pair[side]), []).append((score, pair))
    best: set[tuple[int, int]] = set()
    for found in by_entry.values():
        least = heapq.nlargest(_CANDIDATES, found)[-1][0]
        best |= (
            {pair for score, pair in found if score >= least}
            if len(found) <= 4 * _CANDIDATES
            else {pair for score, pair in found if score > least}
        )
    return best
