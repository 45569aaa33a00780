"""Steps that were written a second time, and those of which only the second writing went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handrail.diff.paired import Copy, Pair, Stepped
from handrail.model import Document, Step

_TELLING = 4
"""A step with fewer words is no copy: `Save the file.` stands in many places."""


def copied(left: Sequence[Stepped], pairs: Sequence[Pair], came: bool) -> Iterator[Copy]:
    """Yield each of the added (`came`) or removed steps that stands elsewhere too, before and after."""
    wanted = {_key(one.step) for one in left if len(one.step.text.split()) >= _TELLING}
    if not wanted:
        return
    known: dict[str, list[Stepped]] = {}
    for pair in pairs:
        if pair.before is not None and pair.after is not None:
            sides = (pair.before, *pair.more_before), (pair.after, *pair.more_after)
            for one in _staying(*sides, wanted, came):
                known.setdefault(_key(one.step), []).append(one)
    partner = {id(pair.after if came else pair.before): pair.before if came else pair.after for pair in pairs}
    for one in left:
        found = known.get(_key(one.step))
        if found and len(one.step.text.split()) >= _TELLING:
            home = partner.get(id(one.document))
            yield Copy(one, min(found, key=lambda other: _place(other, home)), came)


def _key(step: Step) -> str:
    return " ".join(step.text.casefold().split())


def _staying(before: Sequence[Document], after: Sequence[Document], wanted: set[str], came: bool) -> Iterator[Stepped]:
    """Yield the steps that are wanted and stand there before and after: as they were, or as they are."""
    both = wanted
    for side in (before, after):
        both = both & {_key(step) for document in side for step in document.all_steps()} if both else both
    for document in (before if came else after) if both else ():
        yield from (Stepped(document, step, None) for step in document.all_steps() if _key(step) in both)


def _place(one: Stepped, home: Document | None) -> tuple[bool, str, int]:
    """Return what comes first where several say the same: the one in the same document."""
    return one.document is not home, one.document.path, one.step.line
