"""What changed of the steps: added, removed, moved, reworded, and each thing that they say beside their words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from handrail.diff.data import Fact, FieldChange, How, Pair, Place
from handrail.matching import Entry, Matching, entries_of, kept_in_order, paired
from handrail.matching.aspects import ASPECTS, Names, Value
from handrail.matching.wording import all_words, details_of, explained, line_words, same_shape, sentence_of
from handrail.model import Document, Step

_TELLING = 4
"""A step with fewer words is not looked for in other documents: `Done.` stands in many."""
_LINK = re.compile(r"\(\S+\)\W*")
"""A word that says where a link leads."""
_SURE = 0.7
"""How sure it must be that a step has gone to another document."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step and the document that it stands in."""

    document: Document
    step: Step
    parent: Step | None


@dataclass(frozen=True, slots=True)
class StepPair:
    """A step before and after."""

    before: Stepped
    after: Stepped
    confidence: float
    moved: bool
    elsewhere: bool = False
    """Whether it went to another document."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of two handbooks, paired."""

    pairs: tuple[StepPair, ...]
    removed: tuple[Stepped, ...]
    added: tuple[Stepped, ...]
    by_blocks: tuple[str, ...]
    """Titles of documents with so many steps that they were matched by blocks."""


def paired_steps(pairs: Sequence[Pair]) -> Steps:
    """Return every step with its partner, within its document first, then in any other.

    That a document came or went is told of all its steps, so only those that went elsewhere are told by themselves.
    """
    found: list[StepPair] = []
    removed: list[Stepped] = []
    added: list[Stepped] = []
    by_blocks: list[str] = []
    for pair in pairs:
        ours, theirs = _stepped(pair.before), _stepped(pair.after)
        if pair.before is not None and pair.after is not None:
            matching = _matching(ours, theirs)
            found += _within(ours, theirs, matching, pair)
            by_blocks += [pair.after.title] if matching.by_blocks else []
            ours = _left(ours, {match.before for match in matching.matches})
            theirs = _left(theirs, {match.after for match in matching.matches})
        removed += ours
        added += theirs
    elsewhere = _elsewhere(*(sorted(side, key=_line_on_page) for side in (removed, added)))
    gone = {id(pair.before.step) for pair in elsewhere}
    come = {id(pair.after.step) for pair in elsewhere}
    lone = {
        id(document) for pair in pairs if None in (pair.before, pair.after) for document in (pair.before, pair.after)
    }
    return Steps(
        (*found, *elsewhere),
        tuple(one for one in removed if id(one.step) not in gone and id(one.document) not in lone),
        tuple(one for one in added if id(one.step) not in come and id(one.document) not in lone),
        tuple(by_blocks),
    )


def _stepped(document: Document | None) -> list[Stepped]:
    if document is None:
        return []
    parents = {id(sub): step for step in document.all_steps() for sub in step.steps}
    return [Stepped(document, step, parents.get(id(step))) for step in document.all_steps()]


def _matching(ours: Sequence[Stepped], theirs: Sequence[Stepped]) -> Matching:
    return paired(entries_of([one.step for one in ours]), entries_of([one.step for one in theirs]))


def _left(steps: Sequence[Stepped], taken: set[int]) -> list[Stepped]:
    return [one for place, one in enumerate(steps) if place not in taken]


def _within(ours: Sequence[Stepped], theirs: Sequence[Stepped], matching: Matching, pair: Pair) -> list[StepPair]:
    """Return the pairs of one document, with whether the step really moved: the longest common order stays."""
    matches = matching.matches
    weights = [(match.before, match.after, _weight(ours[match.before], theirs[match.after])) for match in matches]
    stayed = kept_in_order(weights)
    partner: dict[int, Step] = {}
    for match in matches:
        before, after = ours[match.before].step, theirs[match.after].step
        partner |= {id(before): after, id(after): before}
    reformed = pair.before is not None and pair.after is not None and pair.before.form != pair.after.form
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


def _elsewhere(removed: Sequence[Stepped], added: Sequence[Stepped]) -> list[StepPair]:
    """Return the steps that went from one document to another."""
    ours, theirs = _telling(removed), _telling(added)
    matches = paired([entry for entry, _ in ours], [entry for entry, _ in theirs], neighbours=False).matches
    return [
        StepPair(ours[match.before][1], theirs[match.after][1], match.confidence, True, elsewhere=True)
        for match in matches
        if match.confidence >= _SURE
    ]


def _line_on_page(one: Stepped) -> tuple[str, int, str]:
    return one.document.path, one.step.line, one.step.id


def _telling(steps: Sequence[Stepped]) -> list[tuple[Entry, Stepped]]:
    entries = entries_of([one.step for one in steps])
    return [
        (replace(entry, id=""), one) for entry, one in zip(entries, steps, strict=True) if len(entry.whole) >= _TELLING
    ]


def step_facts(steps: Steps, before: Names, after: Names) -> Iterator[Fact]:
    """Yield every fact about steps."""
    for pair in steps.pairs:
        yield from _of_pair(pair, before, after)
    for one in steps.removed:
        yield _appeared(one, "removed", before)
    for one in steps.added:
        yield _appeared(one, "added", after)


def _appeared(one: Stepped, how: How, names: Names) -> Fact:
    """Return that a step was added or removed, with everything that it says."""
    said: list[tuple[str, str | None]] = [("text", _line(one.step.text))]
    said += [(name, _shown(values(one.step, one.document.id, names))) for name, values in ASPECTS.items()]
    said += [("details", " ".join(details_of(one.step)) or None)]
    texts = [(name, value) for name, value in said if value]
    fields = [FieldChange(name, *((value, None) if how == "removed" else (None, value))) for name, value in texts]
    return replace(
        _fact(one, how, f"step.{how}", fields),
        before=_place(one) if how == "removed" else None,
        after=_place(one) if how == "added" else None,
        roles=_doers(one.step, names),
    )


def _of_pair(pair: StepPair, before: Names, after: Names) -> Iterator[Fact]:
    roles = tuple(dict.fromkeys((*_doers(pair.before.step, before), *_doers(pair.after.step, after))))
    for fact in (*_moved(pair), *_said(pair, before, after)):
        yield replace(
            fact,
            before=_place(pair.before),
            after=_place(pair.after),
            roles=roles,
            confidence=pair.confidence,
        )


def _moved(pair: StepPair) -> Iterator[Fact]:
    if not pair.moved:
        return
    one, other = pair.before, pair.after
    if pair.elsewhere:
        titles = FieldChange("document", one.document.title, other.document.title)
        yield _fact(other, "moved", "step.moved to another document", [titles])
    else:
        yield _fact(other, "moved", "step.moved", [FieldChange("number", one.step.number, other.step.number)])


def _said(pair: StepPair, before: Names, after: Names) -> Iterator[Fact]:
    """Yield what a step says otherwise than before: each aspect, then its words as far as no aspect explains them."""
    one, other = pair.before, pair.after
    rewritten = sentence_of(one.step) != sentence_of(other.step)
    sentence = [FieldChange("text", _line(one.step.text), _line(other.step.text))] if rewritten else []
    told = False
    named: list[str] = []
    for name, values in ASPECTS.items():
        ours, theirs = values(one.step, one.document.id, before), values(other.step, other.document.id, after)
        if [key for key, _ in ours] == [key for key, _ in theirs] or _follows(name, one.step, other.step):
            continue
        words = [word for value in (*ours, *theirs) for word in value[1].split()]
        if name in _IN_BODY or _labelled_itself(one.step) or _labelled_itself(other.step):
            named += [*words, *_lines_of(name, one.step), *_lines_of(name, other.step)]
        inside = _is_in_sentence(name, ours, theirs, one.step, other.step)
        told = told or (inside and explained(sentence_of(one.step), sentence_of(other.step), words))
        fields = [FieldChange(name, _shown(ours), _shown(theirs)), *(sentence if inside else [])]
        yield _fact(other, "changed", f"step.{name}", fields)
    yield from _reworded(one, other, named, [] if told else sentence, before, after)


_IN_BODY = ("role", "condition", "optional", "branch", "call", "hand-over", "link")
"""What stands among the words of a step; all else stands on labelled lines, which are no details."""


def _labelled_itself(step: Step) -> bool:
    """Whether labels stand in the step's own line, as in the row of a table."""
    return any(line == step.line for _, line in step.labels)


def _reworded(
    one: Stepped, other: Stepped, named: Sequence[str], sentence: Sequence[FieldChange], before: Names, after: Names
) -> Iterator[Fact]:
    """Yield that the words of a step are others; `sentence` is empty where it is the same, or told of already."""
    ours, theirs = list(details_of(one.step)), list(details_of(other.step))
    if not same_shape(one.step, other.step):
        # What an item writes beside its sentence, such as the role that leads it, a heading keeps in its title.
        named = [*named, *_titled(one.step, before), *_titled(other.step, after)]
        ours, theirs = ([word for word in side if not _LINK.fullmatch(word)] for side in (ours, theirs))
    details = FieldChange("details", " ".join(ours) or None, " ".join(theirs) or None)
    fields = [*sentence, *([] if explained(ours, theirs, named) else [details])]
    if fields:
        yield _fact(other, "reworded", "step.reworded", fields)


def _titled(step: Step, names: Names) -> list[str]:
    """Return the words that a step's sentence and what it says by itself are made of, label words among them."""
    said = [shown for values in ASPECTS.values() for _, shown in values(step, "", names)]
    labels = [word for label, _ in step.labels for word in label.replace("_", " ").split()]
    roles = [word for use in step.roles for word in use.name.split()]
    return [*sentence_of(step), *labels, *roles, *(word for text in said for word in text.split()), "optional"]


def _follows(name: str, one: Step, other: Step) -> bool:
    """Whether another change says it: the document's role, or the hold point that somebody releases."""
    if name == "role":
        return all(use.inherited for step in (one, other) for use in step.roles if use.part == "does")
    return name == "approver" and one.hold != other.hold


def _is_in_sentence(name: str, ours: Sequence[Value], theirs: Sequence[Value], one: Step, other: Step) -> bool:
    """Whether what changed stands in the sentence, so that the sentence is another too."""
    return name in ("role", "condition") and any(
        shown and shown in step.text for values, step in ((ours, one), (theirs, other)) for _, shown in values
    )


def _lines_of(name: str, step: Step) -> list[str]:
    """Return the words of the lines that an aspect stands in."""
    arrows = [arrow.line for arrow in step.next if not arrow.implied] if name == "branch" else []
    return list(line_words(step, arrows))


def _doers(step: Step, names: Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.titles.get(use.role, use.name) for use in step.roles if use.part == "does"))


def _shown(values: Sequence[Value]) -> str | None:
    return "; ".join(shown for _, shown in values) or None


def _line(text: str) -> str:
    return " ".join(text.split())


def _fact(one: Stepped, how: How, name: str, fields: Sequence[FieldChange]) -> Fact:
    return Fact(
        what="step",
        how=how,
        name=name,
        document=one.document.id,
        title=one.document.title,
        kind=one.document.kind,
        before=None,
        after=None,
        fields=tuple(fields),
        step=one.step.id,
        sentence=_line(one.step.text) or one.step.number,
    )


def touched_words(steps: Steps, changed: Set[tuple[Place | None, Place | None]]) -> Iterator[tuple[str, str]]:
    """Yield path and word for every word of the steps that came or went, or that a fact at their places is about."""
    found = [*steps.removed, *steps.added]
    for pair in steps.pairs:
        if (_place(pair.before), _place(pair.after)) in changed:
            found += [pair.before, pair.after]
    for one in found:
        for word in all_words(one.step):
            yield one.document.path, word


def _place(one: Stepped) -> Place:
    return Place(one.document.path, one.step.line)
