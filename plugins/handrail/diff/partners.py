"""Every step with its partner: within its document first, then in any other; whether it moved, was split, or merged."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.diff.copies import copied
from handrail.diff.paired import Pair, StepPair, Stepped, Steps
from handrail.diff.regrouped import regrouped
from handrail.matching import Entry, Matching, entries_of, kept_in_order, paired
from handrail.model import Document, Step

_TELLING = 4
"""A step with fewer words is not looked for in other documents: `Done.` stands in many."""
_SURE = 0.6
"""How alike a step must be that has gone to another document."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was paired, and what is left on both sides."""

    pairs: tuple[StepPair, ...]
    removed: tuple[Stepped, ...]
    added: tuple[Stepped, ...]
    by_blocks: tuple[str, ...] = ()


def paired_steps(touched: Sequence[Pair], every: Sequence[Pair]) -> Steps:
    """Return every step of the touched documents with its partner.

    That a document came or went is told of all its steps, so only those that went elsewhere are told by themselves.
    """
    found = _joined([_in_document(pair) for pair in touched])
    for pair in touched:
        found = _in_parts(pair, found)
    twins = {id(pair.before or pair.after) for pair in touched if pair.copy_of is not None}
    found = _without(found, _elsewhere(*(_own(side, twins) for side in (found.removed, found.added))))
    lone = _lone(touched)
    removed, added = ([one for one in side if id(one.document) not in lone] for side in (found.removed, found.added))
    copies = (*copied(added, every, came=True), *copied(removed, every, came=False))
    known = {id(copy.copy.step) for copy in copies}
    removed, added = ([one for one in side if id(one.step) not in known] for side in (removed, added))
    found = _without(
        replace(found, removed=tuple(removed), added=tuple(added)), regrouped(found.pairs, removed, added, known)
    )
    return Steps(found.pairs, found.removed, found.added, copies, found.by_blocks)


def _joined(found: Sequence[_Found]) -> _Found:
    return _Found(
        tuple(pair for one in found for pair in one.pairs),
        tuple(step for one in found for step in one.removed),
        tuple(step for one in found for step in one.added),
        tuple(title for one in found for title in one.by_blocks),
    )


def _without(found: _Found, pairs: Iterable[StepPair]) -> _Found:
    """Return what was found with other pairs, whose steps are left no longer and in no pair that was there."""
    pairs = tuple(pairs)
    taken = {id(one.step) for pair in pairs for one in (*pair.befores, *pair.afters)}
    kept = [pair for pair in found.pairs if id(pair.before.step) not in taken and id(pair.after.step) not in taken]
    return replace(
        found,
        pairs=(*kept, *pairs),
        removed=tuple(one for one in found.removed if id(one.step) not in taken),
        added=tuple(one for one in found.added if id(one.step) not in taken),
    )


def _lone(pairs: Iterable[Pair]) -> set[int]:
    """Return the documents that came or went as a whole, and were no part of another."""
    return {
        id(document) for pair in pairs if None in (pair.before, pair.after) and not pair.is_part
        for document in (pair.before, pair.after)
    }  # fmt: skip


# ---- within a document ----


def _in_document(pair: Pair) -> _Found:
    ours, theirs = _stepped(pair.before), _stepped(pair.after)
    if pair.before is None or pair.after is None:
        return _Found((), tuple(ours), tuple(theirs))
    matching = _matching(ours, theirs)
    by_blocks = (pair.after.title,) if matching.by_blocks else ()
    found = _Found((), tuple(ours), tuple(theirs), by_blocks)
    return _without(found, _within(ours, theirs, matching, pair.before.form != pair.after.form))


def _stepped(document: Document | None) -> list[Stepped]:
    if document is None:
        return []
    parents = {id(sub): step for step in document.all_steps() for sub in step.steps}
    return [Stepped(document, step, parents.get(id(step))) for step in document.all_steps()]


def _matching(ours: Sequence[Stepped], theirs: Sequence[Stepped]) -> Matching:
    return paired(entries_of([one.step for one in ours]), entries_of([one.step for one in theirs]))


def _in_parts(pair: Pair, found: _Found) -> _Found:
    """Return what was found with the steps that went over as their document was split or merged; they did not move."""
    sides = [(pair.before, part) for part in pair.more_after] + [(part, pair.after) for part in pair.more_before]
    for before, after in sides:
        ours = [one for one in found.removed if one.document is before]
        theirs = [one for one in found.added if one.document is after]
        found = _without(found, _within(ours, theirs, _matching(ours, theirs), reformed=True))
    return found


def _within(ours: Sequence[Stepped], theirs: Sequence[Stepped], matching: Matching, reformed: bool) -> list[StepPair]:
    """Return the pairs of two documents, with whether the step really moved: the longest common order stays."""
    matches = matching.matches
    weights = [(match.before, match.after, _weight(ours[match.before], theirs[match.after])) for match in matches]
    stayed = kept_in_order(weights)
    partner: dict[int, Step] = {}
    for match in matches:
        before, after = ours[match.before].step, theirs[match.after].step
        partner |= {id(before): after, id(after): before}
    found = []
    for place, match in enumerate(matches):
        one, other = ours[match.before], theirs[match.after]
        moved = place not in stayed or (not reformed and _under_another(one, other, partner))
        found.append(StepPair(one, other, match.confidence, moved))
    return found


def _weight(one: Stepped, other: Stepped) -> int:
    """Return how much a pair counts for staying: as few as possible move, of those the ones with fewer words."""
    words = len(one.step.text.split()) + len(other.step.text.split())
    tie = zlib.crc32(repr(sorted((one.step.text, other.step.text))).encode("utf-8", "replace"))
    return (1 << 56) + (min(words, 1 << 10) << 32) + tie


def _under_another(one: Stepped, other: Stepped, partner: Mapping[int, Step]) -> bool:
    """Whether a step stands below another step than before."""
    if one.parent is None or other.parent is None:
        return one.parent is not other.parent
    known = partner.get(id(one.parent), other.parent), partner.get(id(other.parent), one.parent)
    return known[0] is not other.parent or known[1] is not one.parent


# ---- in other documents ----


def _elsewhere(removed: Sequence[Stepped], added: Sequence[Stepped]) -> list[StepPair]:
    """Return the steps that went from one document to another."""
    ours, theirs = _telling(removed), _telling(added)
    matches = paired([entry for entry, _ in ours], [entry for entry, _ in theirs], neighbours=False).matches
    return [
        StepPair(ours[match.before][1], theirs[match.after][1], match.confidence, True, elsewhere=True)
        for match in matches
        if match.confidence >= _SURE and ours[match.before][1].document is not theirs[match.after][1].document
    ]


def _own(steps: Iterable[Stepped], copies: Set[int]) -> list[Stepped]:
    """Return the steps of all documents that are no copy of another, by their places."""
    return sorted((one for one in steps if id(one.document) not in copies), key=_line_on_page)


def _line_on_page(one: Stepped) -> tuple[str, int, str]:
    return one.document.path, one.step.line, one.step.id


def _telling(steps: Sequence[Stepped]) -> list[tuple[Entry, Stepped]]:
    entries = entries_of([one.step for one in steps])
    return [
        (replace(entry, id=""), one) for entry, one in zip(entries, steps, strict=True) if len(entry.whole) >= _TELLING
    ]
