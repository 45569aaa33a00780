"""What changed of a document's facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handrail.diff.data import Fact, FieldChange, How, Place
from handrail.diff.paired import Pair
from handrail.matching import words_of
from handrail.model import Document, Stated


def field_facts(pair: Pair) -> Iterator[Fact]:
    """Yield each fact of a document that says something else than before."""
    before, after = pair.before, pair.after
    if before is None or after is None:
        return
    ours, theirs = _stated(before), _stated(after)
    for name in sorted({*ours, *theirs}):
        one, other = ours.get(name, ()), theirs.get(name, ())
        if _said(one) != _said(other):
            yield Fact(
                what="field",
                how=_how(one, other),
                name=f"field.{name}",
                document=after.id,
                title=after.title,
                kind=after.kind,
                before=_place(one, before),
                after=_place(other, after),
                fields=(FieldChange(name, _shown(one), _shown(other)),),
                confidence=pair.confidence,
            )


def _stated(document: Document) -> Mapping[str, Sequence[Stated]]:
    aspects = {f"aspects.{name}": (stated,) for name, stated in document.aspects}
    return {**document.facts, **aspects}


def _said(values: Sequence[Stated]) -> list[tuple[str, ...]]:
    return [words_of(stated.text) for stated in values]


def _shown(values: Sequence[Stated]) -> str | None:
    return "; ".join(" ".join(stated.text.split()) for stated in values) or None


def _how(before: Sequence[Stated], after: Sequence[Stated]) -> How:
    if not before:
        return "added"
    return "changed" if after else "removed"


def _place(values: Sequence[Stated], document: Document) -> Place | None:
    return Place(values[0].path or document.path, values[0].line) if values else None
