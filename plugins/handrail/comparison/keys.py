"""Keys of all steps of a handbook: steps that are the same one have the same key, so that a script can join them."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from handrail.matching import names_of
from handrail.model import Document

_ALIKE = 0.6
"""How alike two texts must be to have one key; more than side by side, where the place of a step speaks too."""
_RARE = 4
"""By so many of its rarest words a text looks for texts like it."""
_COMMON = 24
"""A word that more texts have is no rare one."""

StepKeys = Mapping[str, Sequence[int]]
"""Id of a document -> the key of each of its steps, sub-steps too, in reading order."""


def alignment_keys(documents: Iterable[Document]) -> StepKeys:
    """Return keys by which the steps of any documents can be joined, each once at most within a document.

    Steps with the same written id have the same key, then steps with the same text; then texts join that are alike, the
    most alike first, as long as no document has two of them.
    """
    names = {document.id: list(_each_once(map(_shared, names_of(document.all_steps())))) for document in documents}
    groups: dict[tuple[str, ...], set[str]] = {}
    for item, own in names.items():
        for name in own:
            groups.setdefault(name, set()).add(item)
    joined = _joined(groups)
    numbers: dict[tuple[str, ...], int] = {}
    return {item: [numbers.setdefault(joined[name], len(numbers)) for name in own] for item, own in names.items()}


def _shared(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name whose words are there once, however many steps have them."""
    return tuple(map(sys.intern, name))


def _each_once(names: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield what the steps of a document are called; a second one that is called the same is another."""
    seen: Counter[tuple[str, ...]] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else ("", str(seen[name]), *name)


def _joined(groups: Mapping[tuple[str, ...], set[str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return for each name the one that stands for all names like it."""
    first = {name: name for name in groups}
    members = {name: set(items) for name, items in groups.items()}

    def leader(name: tuple[str, ...]) -> tuple[str, ...]:
        while first[name] != name:
            name = first[name]
        return name

    texts = [name for name in groups if name and name[0] not in ("#", "")]
    for _, one, other in sorted(_alike(texts)):
        ours, theirs = leader(one), leader(other)
        if ours != theirs and members[ours].isdisjoint(members[theirs]):
            first[theirs] = ours
            members[ours] |= members.pop(theirs)
    return {name: leader(name) for name in groups}


def _alike(texts: Sequence[tuple[str, ...]]) -> Iterator[tuple[float, tuple[str, ...], tuple[str, ...]]]:
    """Yield pairs of texts that are alike, with how far they are apart."""
    words = [frozenset(text) for text in texts]
    counts = Counter(chain.from_iterable(words))
    weight = {word: math.log(1 + len(texts) / count) for word, count in counts.items()}.__getitem__
    totals = [math.fsum(map(weight, own)) for own in words]  # exact, whatever comes first
    holders: dict[str, list[int]] = {}
    for place, own in enumerate(words):
        near: set[int] = set()
        for word in _rarest(own, counts):
            near.update(holders.get(word, ()))
            holders.setdefault(word, []).append(place)
        for other in near:
            likeness = 2 * math.fsum(map(weight, own & words[other])) / (totals[place] + totals[other])
            if likeness >= _ALIKE:
                yield round(1 - likeness, 6), texts[other], texts[place]


def _rarest(text: Collection[str], counts: Mapping[str, int]) -> list[str]:
    """Return the rarest words of a text that any other text has too."""
    known = [(count, word) for word in text if 1 < (count := counts[word]) <= _COMMON]
    return [word for _, word in sorted(known)[:_RARE]]
