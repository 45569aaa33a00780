"""Steps that were split into several, and several that became one: told by the words that they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from handrail.dataclass import dataclass
from handrail.diff.paired import StepPair, Stepped
from handrail.matching import folded
from handrail.matching.wording import all_words
from handrail.model import Document, Step

_TAKEN = 0.6
"""So much of what a part says must come from the whole, words weighed by how much they tell."""
_ALIKE = 0.6
"""How alike the whole and all its parts together must be, from 0 to 1."""
_GAIN = 0.05
"""By how much more alike they must be than the whole and one of them."""
_FEWEST = 2
"""So many words at least a part takes from the whole."""
_APART = 0.75
"""So much of what a part in another document says must come from the whole."""
_TELLING = 4
"""So many words at least a part in another document takes from the whole."""
_COMMON = 30
"""What more steps say tells nothing about where one comes from."""
_MOST = 40_000
"""Where more steps without a partner could be parts of more others, these are not looked for."""

Unseen = tuple[Set[int], Set[int]]
"""Steps that are as if they were not there: the copies of others; and beside these those that moved."""
Words = Mapping[str, int]
Group = tuple[Stepped, tuple[Stepped, ...], float]
"""A whole, its parts in their order, and how alike both sides are."""


def regrouped(
    pairs: Sequence[StepPair], removed: Sequence[Stepped], added: Sequence[Stepped], copies: Set[int]
) -> list[StepPair]:
    """Return the steps that were split and those that were merged; where both could be, the surer one.

    The copies of other steps, by the identity of the step, are as if they were not there.
    """
    plain = [pair for pair in pairs if not pair.elsewhere]
    moved = {id(pair.before.step): pair.moved for pair in plain} | {id(pair.after.step): pair.moved for pair in plain}
    restless = {id(one.step) for pair in plain if pair.moved for one in (pair.before, pair.after)}
    unseen = copies, copies | restless
    there = _groups([(pair.before, pair.after) for pair in plain], removed, added, unseen)
    back = _groups([(pair.after, pair.before) for pair in plain], added, removed, unseen)
    found = [
        StepPair(whole, parts[0], sure, moved.get(id(whole.step), False), more_after=parts[1:])
        for whole, parts, sure in there
    ]
    found += [
        StepPair(parts[0], whole, sure, moved.get(id(whole.step), False), more_before=parts[1:])
        for whole, parts, sure in back
    ]
    return list(_apart(found))


def _apart(groups: Iterable[StepPair]) -> Iterator[StepPair]:
    """Yield the surest groups that have no step in common."""
    taken: set[int] = set()
    for group in sorted(groups, key=_surest):
        steps = {id(one.step) for one in (*group.befores, *group.afters)}
        if not steps & taken:
            taken |= steps
            yield group


def _surest(group: StepPair) -> tuple[float, list[list[str]]]:
    return -group.confidence, sorted([one.step.text for one in side] for side in (group.befores, group.afters))


def _groups(
    paired: Sequence[tuple[Stepped, Stepped]], alone: Sequence[Stepped], loose: Sequence[Stepped], unseen: Unseen
) -> list[Group]:
    """Return each step of one side that is several on the other; `loose` are those of the other without a partner."""
    if not loose:
        return []
    search = _Search(loose, unseen)
    reworded = [(one, other) for one, other in paired if one.step.text != other.step.text]
    changed = [(one, other) for one, other in paired if search.stands_by(other) and _words(one) != _words(other)]
    lone = alone if len(alone) * len(loose) <= _MOST else ()
    search.weigh([*(one for pair in (*changed, *reworded) for one in pair), *lone, *loose])
    found = []
    for whole, partner in sorted(changed, key=lambda pair: _place(pair[0])):
        found += search.grown(whole, [partner])
    for whole in sorted(lone, key=_place):
        found += search.grown(whole, [])
    known = {id(whole.step) for whole, _, _ in found}
    for whole, partner in sorted(reworded, key=lambda pair: _place(pair[0])):
        if id(whole.step) not in known:
            found += search.parted(whole, partner)
    return found


def _place(one: Stepped) -> tuple[str, int, str]:
    return one.document.path, one.step.line, one.step.id


def _words(one: Stepped) -> Counter[str]:
    return Counter(folded(all_words(one.step)))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside a step: in reading order, and beyond what it holds."""

    before: tuple[Step, ...]
    behind: tuple[Step, ...]


class _Search:
    """The steps that have no partner, and those that stand beside them."""

    def __init__(self, loose: Sequence[Stepped], unseen: Unseen) -> None:
        self._loose = {id(one.step): one for one in loose}
        self._around: dict[int, _Around] = {}
        for document in {id(one.document): one.document for one in loose}.values():
            self._around |= _neighbours(document, unseen)
        self._weights: Mapping[str, float] = {}
        self._known: dict[int, Counter[str]] = {}
        self._holders: dict[str, list[Stepped]] | None = None

    def stands_by(self, one: Stepped) -> bool:
        """Whether a step stands beside one without a partner."""
        around = self._around.get(id(one.step))
        return around is not None and any(id(step) in self._loose for step in (*around.before, *around.behind))

    def weigh(self, steps: Sequence[Stepped]) -> None:
        """Note how much each word tells: the fewer steps have it, the more."""
        counts = Counter(word for one in steps for word in self._said(one))
        self._weights = {word: round(math.log(1 + len(steps) / count), 6) for word, count in counts.items()}

    def grown(self, whole: Stepped, start: Sequence[Stepped]) -> list[Group]:
        """Return a whole with its parts, where there are any; they are taken."""
        if start:
            found = self._run(whole, start)
        else:
            seeds = [one for one in self._loose.values() if self._is_taken(self._said(whole), self._said(one))]
            runs = [run for seed in sorted(seeds, key=_place) if (run := self._run(whole, [seed]))]
            found = max(runs, key=lambda run: run[2], default=None)
        for part in found[1] if found else ():
            self._loose.pop(id(part.step), None)
        return [found] if found else []

    def parted(self, whole: Stepped, partner: Stepped) -> list[Group]:
        """Return a whole of which one part stayed and one stands in another document; it is taken."""
        left = self._said(whole) - self._said(partner)
        if left.total() < _TELLING:
            return []
        found = {id(one.step): one for word in left for one in self._elsewhere().get(word, ())}
        parts = [one for one in found.values() if one.document is not partner.document and self._is_part(left, one)]
        groups = [(whole, (partner, part), self._alike(whole, [partner, part])) for part in sorted(parts, key=_place)]
        best = max(groups, key=lambda group: group[2], default=None)
        if best is None or best[2] < max(_ALIKE, *(self._alike(whole, [one]) + _GAIN for one in best[1])):
            return []
        self._loose.pop(id(best[1][1].step))
        return [(whole, best[1], min(round(best[2], 2), 0.99))]

    def _is_part(self, left: Counter[str], part: Stepped) -> bool:
        """Whether a step in another document says little else than what the whole says no longer."""
        shared = left & self._said(part)
        return (
            id(part.step) in self._loose
            and shared.total() >= _TELLING
            and (self._weight(shared) >= _APART * self._weight(self._said(part)))
        )

    def _elsewhere(self) -> Mapping[str, Sequence[Stepped]]:
        """Return each word -> the steps without a partner that have it, where these are few."""
        if self._holders is None:
            holders: dict[str, list[Stepped]] = {}
            for one in sorted(self._loose.values(), key=_place):
                for word in set(self._said(one)):
                    holders.setdefault(word, []).append(one)
            self._holders = {word: found for word, found in holders.items() if len(found) <= _COMMON}
        return self._holders

    def _run(self, whole: Stepped, start: Sequence[Stepped]) -> Group | None:
        """Return the steps beside each other, from some on, that together say what the whole does."""
        parts = list(start)
        left = self._said(whole) - self._said(parts[0])
        while part := next((one for one in self._beside(parts) if self._is_taken(left, self._said(one))), None):
            parts = sorted([*parts, part], key=_place)
            left = left - self._said(part)
        alike = self._alike(whole, parts)
        if len(parts) == 1 or alike < max(_ALIKE, *(self._alike(whole, [part]) + _GAIN for part in parts)):
            return None
        return whole, tuple(parts), min(round(alike, 2), 0.99)

    def _beside(self, parts: Sequence[Stepped]) -> Iterator[Stepped]:
        """Yield the steps without a partner that stand directly behind or before these."""
        steps = [*self._around[id(parts[-1].step)].behind, *self._around[id(parts[0].step)].before]
        known = {id(part.step) for part in parts}
        return (self._loose[id(step)] for step in steps if id(step) in self._loose and id(step) not in known)

    def _is_taken(self, left: Counter[str], part: Counter[str]) -> bool:
        """Whether most of what a part says is among these words."""
        shared = left & part
        return shared.total() >= _FEWEST and self._weight(shared) >= _TAKEN * self._weight(part)

    def _alike(self, whole: Stepped, parts: Sequence[Stepped]) -> float:
        ours, theirs = self._said(whole), sum((self._said(part) for part in parts), Counter[str]())
        total = self._weight(ours) + self._weight(theirs)
        return 2 * self._weight(ours & theirs) / total if total else 0.0

    def _said(self, one: Stepped) -> Counter[str]:
        if id(one.step) not in self._known:
            self._known[id(one.step)] = _words(one)
        return self._known[id(one.step)]

    def _weight(self, words: Counter[str]) -> float:
        return math.fsum(count * self._weights.get(word, 1.0) for word, count in words.items())


def _neighbours(document: Document, unseen: Unseen) -> dict[int, _Around]:
    """Return what stands beside each step of a document; also what stands beside it where some were not there."""
    steps = [step for step in document.all_steps() if id(step) not in unseen[0]]
    behind: dict[int, list[Step]] = {id(step): [] for step in steps}
    before: dict[int, list[Step]] = {id(step): [] for step in steps}
    levels = [steps, document.steps, *(step.steps for step in steps if step.steps)]
    for level in levels:
        for hidden in unseen:
            for one, other in pairwise(step for step in level if id(step) not in hidden):
                behind[id(one)].append(other)
                before[id(other)].append(one)
    return {id(step): _Around(tuple(before[id(step)]), tuple(behind[id(step)])) for step in steps}
