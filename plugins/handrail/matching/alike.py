"""Partners among entries whose texts differ: by likeness, place and neighbours."""

from __future__ import annotations

import heapq
import math
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from handrail.matching.assignment import best_partners
from handrail.matching.data import Entry, Match
from handrail.matching.order import kept_in_order

_ALIKE = 0.58
"""How alike two entries must be that stand at different places, from 0 to 1."""
_NEIGHBOURLY = 0.36
"""By how much less alike they may be at the same place."""
_LONE = 0.33
"""How alike they must be where nothing else that is left is nearly as like to either."""
_BY_FAR = 0.7
"""How alike the next best partner may be at most, as a share of that."""
_TWINS = 0.75
"""How alike they must be where one of them stands on the other side word by word."""
_TELLING = 4
"""So many words at least make an entry that is its own twin."""
_CANDIDATES = 8
"""How many partners are weighed for each entry."""
_MOST_PAIRS = 250_000
"""Where more pairs are possible, only entries that are near one another are weighed."""
_NEAR = 150
"""How far apart entries may stand, counted in those that are left, where there are too many to weigh all."""
_COMMON = 60
"""A word that more entries have, counted for each block of them, says too little to find partners by."""

_Sentence = tuple[frozenset[str], float]
"""The words of a sentence, and how much they tell in sum."""


class Alike:
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
        twins = self._twins()
        alike = {
            (one, other): likeness
            for one, other, likeness in self._likenesses()
            if likeness >= _TWINS or not (self._before[one].text in twins or self._after[other].text in twins)
        }
        taken = []
        for match in self._best(alike):
            taken.append(match)
            yield match
        ours, theirs = {match.before for match in taken}, {match.after for match in taken}
        left = {pair: one for pair, one in alike.items() if pair[0] not in ours and pair[1] not in theirs}
        for one, other in _lone_pairs(left):
            likeness = left[one, other]
            yield Match(one, other, "likeness", round(self._score(one, other, likeness), 2), likeness)

    def _twins(self) -> Set[tuple[str, ...]]:
        """Return the texts that both sides have: what bears one was hardly made of something else."""
        ours, theirs = ({entry.text for entry in side} for side in (self._before, self._after))
        return {text for text in ours & theirs if len(text) >= _TELLING}

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
        totals = {other: self._total(self._after[other].whole) for other in self._open_after}
        ours = {one: self._sentence(self._before[one]) for one in self._open_before}
        theirs = {other: self._sentence(self._after[other]) for other in self._open_after}
        for rank, one in enumerate(self._open_before):
            shared: dict[int, float] = {}
            for word in sorted(set(self._before[one].whole)):
                for _, other in self._near(holders.get(word, []), rank):
                    shared[other] = shared.get(other, 0.0) + self._weights[word]
            own = self._total(self._before[one].whole)
            for other, weight in shared.items():
                whole = 2 * weight / (own + totals[other])
                yield one, other, round(max(whole, self._of_sentences(ours[one], theirs[other], whole)), 6)

    def _near(self, holders: list[tuple[int, int]], rank: int) -> list[tuple[int, int]]:
        """Return the holders of a word that are weighed for the entry of this rank: all, or those near it."""
        if not self.by_blocks:
            return holders
        return holders[bisect_left(holders, (rank - _NEAR, -1)) : bisect_left(holders, (rank + _NEAR + 1, -1))]

    def _sentence(self, entry: Entry) -> _Sentence:
        words = frozenset(entry.text)
        return words, self._total(entry.text)

    def _of_sentences(self, ours: _Sentence, theirs: _Sentence, least: float) -> float:
        """Return how alike two sentences are; where that cannot be more than `least`, some number that is not."""
        (words, weight), (other_words, other_weight) = ours, theirs
        total = weight + other_weight
        if not total or 2 * min(weight, other_weight) / total <= least:
            return 0.0
        both = words & other_words
        return 2 * self._total(tuple(both)) / total if both else 0.0

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
