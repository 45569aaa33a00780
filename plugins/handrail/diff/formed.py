"""Text that became steps, and steps that became text: told as that, not as something that went and something new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.diff.data import Fact, FieldChange, How, Place
from handrail.diff.paired import Pair
from handrail.matching import folded
from handrail.matching.wording import all_words
from handrail.model import Document

_HELD = 0.75
"""So much of a step's sentence stands in the text."""
_MOST = 0.5
"""So much of the text stands in the steps together."""
_FEWEST = 3
"""A sentence with fewer words tells nothing about where it comes from."""
_WORDS = ("text", "details")
"""Fields of a step that came or went that hold its own words."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that came or went; `fact` tells so, unless its whole document came or went."""

    document: Document | None
    fact: Fact | None
    path: str
    line: int
    words: str


def formed(facts: Sequence[Fact], pairs: Sequence[Pair]) -> list[Fact]:
    """Return the facts, text that went and steps that came on the same page as one, and the other way round."""
    found = list(facts)
    for lost, gained, name in (("removed", "added", "text.into steps"), ("added", "removed", "text.from steps")):
        steps = list(_steps(found, pairs, gained))
        for text in [fact for fact in found if steps and fact.name in (f"text.{lost}", "text.section")]:
            said = text.fields[0].before if lost == "removed" else text.fields[0].after
            place = text.before if lost == "removed" else text.after
            taken = _taken(said, place, steps) if said and place and text.how == lost else []
            if taken:
                steps = [step for step in steps if step not in taken]
                told = {id(step.fact) for step in taken}
                found = [fact for fact in found if fact is not text and id(fact) not in told]
                found.append(_fact(text, taken, name))
    return found


def _steps(facts: Sequence[Fact], pairs: Sequence[Pair], how: str) -> Iterator[_Step]:
    """Yield the steps that came (`added`) or went, of documents that came or went too, by their places."""
    found = []
    for fact in facts:
        place = fact.after if how == "added" else fact.before
        if fact.name == f"step.{how}" and place is not None:
            found.append(_Step(None, fact, place.path, place.line, " ".join(_said(fact, how))))
    for pair in pairs:
        document = pair.after if how == "added" else pair.before
        if document is not None and None in (pair.before, pair.after) and not pair.is_part:
            found += [
                _Step(document, None, document.path, step.line, " ".join(all_words(step)))
                for step in document.all_steps()
            ]
    yield from sorted(found, key=lambda step: (step.path, step.line))


def _said(fact: Fact, how: str) -> Iterator[str]:
    """Yield the sentence of a step and what stands below it."""
    for field in fact.fields:
        if field.name in _WORDS:
            yield (field.after if how == "added" else field.before) or ""


def _taken(text: str, place: Place, steps: Sequence[_Step]) -> list[_Step]:
    """Return the steps on the same page that a text is made of, where most of it is in them."""
    words = Counter(folded(text.split()))
    left, taken = Counter(words), []
    for step in steps:
        own = Counter(folded(step.words.split()))
        if step.path == place.path and own.total() >= _FEWEST and (own & left).total() >= _HELD * own.total():
            left -= own
            taken.append(step)
    return taken if words.total() - left.total() >= _MOST * words.total() else []


def _fact(text: Fact, steps: Sequence[_Step], name: str) -> Fact:
    """Return what both are together, with all that the steps say beside their sentences."""
    said = text.fields[0].before or text.fields[0].after or ""
    sentences = " ".join(step.words for step in steps)
    place = Place(steps[0].path, steps[0].line)
    more = [field for step in steps if step.fact for field in step.fact.fields if field.name not in _WORDS]
    how: How = "changed"
    into = name == "text.into steps"
    first = FieldChange("text", *((said, sentences) if into else (sentences, said)))
    whose = steps[0]
    shown = replace(text, document=whose.fact.document, title=whose.fact.title, kind=whose.fact.kind) \
        if whose.fact else _of_document(text, whose.document)  # fmt: skip
    return replace(
        shown,
        name=name,
        how=how,
        before=text.before if into else place,
        after=place if into else text.after,
        fields=(first, *more),
        parts=tuple(Place(step.path, step.line) for step in steps[1:]),
    )


def _of_document(text: Fact, document: Document | None) -> Fact:
    assert document is not None
    return replace(text, document=document.id, title=document.title, kind=document.kind)
