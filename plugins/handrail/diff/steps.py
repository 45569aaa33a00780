"""What changed of the steps: added, removed, moved, reworded, and each thing that they say beside their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import zip_longest

from handrail.diff.data import Fact, FieldChange, How, Place
from handrail.diff.paired import Copy, StepPair, Stepped, Steps
from handrail.matching.aspects import ASPECTS, Names, Value, Values
from handrail.matching.wording import all_words, details_of, explained, line_words, named_words, same_shape, sentence_of
from handrail.model import Step

_LINK = re.compile(r"\(\S+\)\W*")
"""A word that says where a link leads."""


def step_facts(steps: Steps, before: Names, after: Names) -> Iterator[Fact]:
    """Yield every fact about steps."""
    for pair in steps.pairs:
        yield from _of_pair(pair, before, after)
    for one in steps.removed:
        yield _appeared(one, "removed", before)
    for one in steps.added:
        yield _appeared(one, "added", after)
    for copy in steps.copies:
        yield _copied(copy, after if copy.came else before)


def _copied(copy: Copy, names: Names) -> Fact:
    """Return that a step was written a second time, or that only the second writing went."""
    name, how = ("step.copied", "copied") if copy.came else ("step.copy removed", "removed")
    there, here = copy.original.document.title, copy.copy.document.title
    title = FieldChange("document", *((there, here) if copy.came else (here, there)))
    fact = _fact(copy.copy, how, name, [title])  # type: ignore[arg-type]  # one of the words above
    places = (copy.original, copy.copy) if copy.came else (copy.copy, copy.original)
    return replace(fact, before=_place(places[0]), after=_place(places[1]), roles=_doers([copy.copy], names))


def _appeared(one: Stepped, how: How, names: Names) -> Fact:
    """Return that a step was added or removed, with everything that it says."""
    said: list[tuple[str, str | None]] = [("text", _line(one.step.text))]
    said += [(name, _shown(values(one.step, one.document.id, names))) for name, values in ASPECTS.items()]
    details = details_of(one.step)
    said += [("details", None if named_words(details) <= named_words(_titled(one.step, names)) else " ".join(details))]
    texts = [(name, value) for name, value in said if value]
    fields = [FieldChange(name, *((value, None) if how == "removed" else (None, value))) for name, value in texts]
    return replace(
        _fact(one, how, f"step.{how}", fields),
        before=_place(one) if how == "removed" else None,
        after=_place(one) if how == "added" else None,
        roles=_doers([one], names),
    )


def _of_pair(pair: StepPair, before: Names, after: Names) -> Iterator[Fact]:
    roles = tuple(dict.fromkeys((*_doers(pair.befores, before), *_doers(pair.afters, after))))
    for fact in (*_moved(pair), *_regrouped(pair), *_said(pair, before, after)):
        yield replace(
            fact,
            before=_place(pair.before),
            after=_place(pair.after),
            roles=roles,
            confidence=pair.confidence,
            parts=tuple(_place(one) for one in (*pair.more_before, *pair.more_after)),
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


def _regrouped(pair: StepPair) -> Iterator[Fact]:
    """Yield that a step was split, or that several became one, with the sentence of each."""
    if pair.more_before or pair.more_after:
        how: How = "split" if pair.more_after else "merged"
        sides = ([_line(one.step.text) for one in side] for side in (pair.befores, pair.afters))
        texts = [FieldChange("text", one, other) for one, other in zip_longest(*sides)]
        yield _fact(pair.after, how, f"step.{how}", texts)


def _said(pair: StepPair, before: Names, after: Names) -> Iterator[Fact]:
    """Yield what a step says otherwise than before: each aspect, then its words as far as no aspect explains them."""
    one, other = pair.before, pair.after
    whole = not (pair.more_before or pair.more_after)
    rewritten = whole and sentence_of(one.step) != sentence_of(other.step)
    sentence = [FieldChange("text", _line(one.step.text), _line(other.step.text))] if rewritten else []
    told = False
    named: list[str] = []
    for name, values in ASPECTS.items():
        ours, theirs = _values(values, pair.befores, before), _values(values, pair.afters, after)
        if [key for key, _ in ours] == [key for key, _ in theirs] or _follows(name, one.step, other.step):
            continue
        words = [word for value in (*ours, *theirs) for word in value[1].split()]
        if name in _IN_BODY or any(_labelled_itself(each.step) for each in (*pair.befores, *pair.afters)):
            lines = [line for each in (*pair.befores, *pair.afters) for line in _lines_of(name, each.step)]
            named += [*words, *lines]
        inside = whole and _is_in_sentence(name, ours, theirs, one.step, other.step)
        whole_told = inside and explained(sentence_of(one.step), sentence_of(other.step), words)
        told = told or whole_told
        fields = [FieldChange(name, _shown(ours), _shown(theirs)), *(sentence if whole_told else [])]
        yield _fact(other, "changed", f"step.{name}", fields)
    yield from _reworded(pair, named, [] if told else sentence, before, after)


def _values(values: Values, steps: Sequence[Stepped], names: Names) -> list[Value]:
    """Return what steps say of an aspect; what several of them say, once."""
    return list(dict.fromkeys(value for one in steps for value in values(one.step, one.document.id, names)))


_IN_BODY = ("role", "condition", "optional", "branch", "call", "hand-over", "link")
"""What stands among the words of a step; all else stands on labelled lines, which are no details."""


def _labelled_itself(step: Step) -> bool:
    """Whether labels stand in the step's own line, as in the row of a table."""
    return any(line == step.line for _, line in step.labels)


def _reworded(
    pair: StepPair, named: Sequence[str], sentence: Sequence[FieldChange], before: Names, after: Names
) -> Iterator[Fact]:
    """Yield that the words of a step are others; `sentence` is empty where it is the same, or told of already."""
    one, other = pair.before, pair.after
    ours, theirs = ([word for each in side for word in details_of(each.step)] for side in (pair.befores, pair.afters))
    if pair.more_before or pair.more_after:
        # What one step said below its sentence may be the sentence of another one now, and its doer is named again.
        named = [*named, *(word for each in pair.befores for word in _titled(each.step, before))]
        named += [word for each in pair.afters for word in _titled(each.step, after)]
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


def _doers(steps: Sequence[Stepped], names: Names) -> tuple[str, ...]:
    uses = [use for one in steps for use in one.step.roles if use.part == "does"]
    return tuple(dict.fromkeys(names.titles.get(use.role, use.name) for use in uses))


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
    found = [*steps.removed, *steps.added, *(copy.copy for copy in steps.copies)]
    for pair in steps.pairs:
        if (_place(pair.before), _place(pair.after)) in changed:
            found += [*pair.befores, *pair.afters]
    for one in found:
        for word in all_words(one.step):
            yield one.document.path, word


def _place(one: Stepped) -> Place:
    return Place(one.document.path, one.step.line)
