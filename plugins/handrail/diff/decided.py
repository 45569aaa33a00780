"""What reviewers decided: applied to the changes that it is about, and told where the decisions change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handrail.decisions import DECISIONS, Decision
from handrail.diff.data import Change, Fact, FieldChange, How, Place, Side
from handrail.options import Weight


def decided(changes: Iterable[Change], decisions: Iterable[Decision]) -> tuple[Change, ...]:
    """Return the changes with the decisions about them; a corrected class counts from then on."""
    known = {one.change: one for one in decisions}
    return tuple(_decided(change, known.get(change.fingerprint)) for change in changes)


def _decided(change: Change, decision: Decision | None) -> Change:
    if decision is None:
        return change
    lightened: Weight | None = "minor" if decision.class_ == "editorial" else None
    return replace(
        change,
        class_=decision.class_ or change.class_,
        weight=decision.weight or lightened or change.weight,
        decision=decision,
        judged=(change.class_, change.weight),
    )


def decision_facts(before: Side, after: Side) -> Iterator[Fact]:
    """Yield each decision that comes, goes or is another: a change may not quietly accept itself."""
    ours, theirs = ({one.change: one for one in side.decisions} for side in (before, after))
    if after.fault:
        yield _fact("changed", FieldChange("file", f"{len(ours)} decisions", after.fault), None, None)
        return
    for name in sorted({*ours, *theirs}):
        one, other = ours.get(name), theirs.get(name)
        if one is None or other is None or one.said != other.said:
            how: How = "added" if one is None else "removed" if other is None else "changed"
            yield _fact(how, FieldChange(name, one.said if one else None, other.said if other else None), one, other)


def _fact(how: How, field: FieldChange, one: Decision | None, other: Decision | None) -> Fact:
    before, after = (Place(DECISIONS, decision.line) if decision else None for decision in (one, other))
    title = "The rules of the handbook"
    return Fact("field", how, "rules.accepted", DECISIONS, title, None, before, after, (field,))
