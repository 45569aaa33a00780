"""How much each kind of change matters: a table, which the handbook can override."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

from handrail.dataclass import dataclass
from handrail.diff.addresses import moved_pages, with_places
from handrail.diff.data import Change, Fact, FieldChange, How, Side
from handrail.diff.proof import Proof, proof_of
from handrail.model import DocumentKind
from handrail.options import CLASSES, WEIGHTS, Class, Options, Weight
from handrail.problems import HandrailError, did_you_mean

__all__ = ["CLASSES", "TABLE", "WEIGHTS", "Row", "judged"]


@dataclass(frozen=True, slots=True)
class Row:
    """How a kind of change is judged: its class, and its weight where something comes, goes, or is another."""

    class_: Class
    added: Weight = "notable"
    changed: Weight = "notable"
    removed: Weight = "notable"


def _lost(class_: Class) -> Row:
    """Return a row for what is missed when it goes."""
    return Row(class_, removed="breaking")


def _minor(class_: Class) -> Row:
    return Row(class_, "minor", "minor", "minor")


TABLE: Mapping[str, Row] = {
    "document.added": Row("execution"),
    "document.removed": _lost("execution"),
    "document.renamed": _minor("interface"),
    "document.moved": _minor("interface"),
    "document.form": _minor("editorial"),
    "document.split": Row("execution"),
    "document.merged": Row("execution"),
    "document.copied": Row("execution"),
    "document.copy removed": Row("execution"),
    "document.re-homed": Row("interface"),
    "field.id": Row("interface", changed="breaking"),
    "field.id.made": _minor("interface"),
    "field.kind": Row("interface"),
    "field.title": _minor("interface"),
    "field.aliases": Row("interface", "minor", "minor", "breaking"),
    "field.variant_of": Row("interface"),
    "field.purpose": _lost("outcome"),
    "field.customer": _lost("outcome"),
    "field.indicators": _lost("outcome"),
    "field.feedback": _lost("outcome"),
    "field.may_deviate": Row("outcome"),
    "field.aspects": Row("outcome"),
    "field.inputs": _lost("interface"),
    "field.outputs": _lost("interface"),
    "field.trigger": _lost("interface"),
    "field.part_of": Row("interface"),
    "field.process": Row("interface"),
    "field.supersedes": Row("interface"),
    "field.owner": Row("responsibility"),
    "field.role": Row("responsibility"),
    "field.roles": Row("responsibility"),
    "field.stand_in": Row("responsibility"),
    "field.named_by": Row("responsibility"),
    "field.may_not": _lost("responsibility"),
    "field.competence": Row("responsibility"),
    "field.approved_by": _lost("control"),
    "field.done_when": _lost("control"),
    "field.template": Row("control"),
    "field.fields": _lost("control"),
    "field.states": Row("control"),
    "field.kept": Row("control"),
    "field.kept_for": _lost("control"),
    "field.risk": Row("compliance"),
    "field.status": Row("compliance"),
    "field.clauses": _lost("compliance"),
    "field.review.every": _lost("compliance"),
    "field.review.last": _minor("compliance"),
    "field.review.next": _minor("compliance"),
    "field.version": _minor("compliance"),
    "field.effective": _minor("compliance"),
    "field.change_reason": _minor("compliance"),
    "field.prerequisites": Row("execution"),
    "field.order": Row("execution"),
    "field.area": _minor("editorial"),
    "field": Row("execution"),
    "step.added": Row("execution"),
    "step.removed": _lost("execution"),
    "step.moved": Row("execution"),
    "step.moved to another document": Row("execution"),
    "step.reworded": Row("execution"),
    "step.split": Row("execution"),
    "step.merged": Row("execution"),
    "step.copied": Row("execution"),
    "step.copy removed": Row("execution"),
    "step.role": Row("responsibility"),
    "step.approver": _lost("control"),
    "step.consulted": Row("responsibility"),
    "step.informed": Row("responsibility"),
    "step.participant": Row("responsibility"),
    "step.condition": Row("execution"),
    "step.optional": Row("execution"),
    "step.branch": Row("execution"),
    "step.call": Row("execution"),
    "step.hand-over": Row("execution"),
    "step.link": _minor("execution"),
    "step.hold": _lost("control"),
    "step.wait": Row("execution"),
    "step.expect": _lost("control"),
    "step.record": _lost("control"),
    "step.input": _lost("interface"),
    "step.output": _lost("interface"),
    "step.clause": _lost("compliance"),
    "step.within": Row("execution"),
    "step.every": Row("execution"),
    "step.takes": _minor("execution"),
    "step.judgement": Row("outcome"),
    "step.if_not": Row("execution"),
    "step.warning": _lost("execution"),
    "step.starts_when": Row("interface"),
    "step.throughout": Row("execution"),
    "step.stop": Row("execution"),
    "text.added": Row("execution"),
    "text.removed": Row("execution"),
    "text.reworded": Row("execution"),
    "text.row": Row("execution"),
    "text.moved": _minor("editorial"),
    "text.heading": _minor("execution"),
    "text.section": Row("execution"),
    "text.into steps": Row("execution"),
    "text.from steps": Row("execution"),
    "text.words": Row("execution"),
    "text.front_matter": _minor("editorial"),
    "rules": Row("control", changed="breaking"),
    "rules.accepted": Row("control", "breaking", "breaking"),
}
"""Each kind of change and how it is judged, unless the handbook's options or the words themselves say otherwise."""

_OF_KIND: Mapping[DocumentKind | None, Class] = {"role": "responsibility", "record": "control"}
"""What the text and the coming and going of roles and records touch."""
_WORDED = (
    "step.reworded", "text.added", "text.removed", "text.reworded", "text.row", "text.words", "text.heading",
    "text.section", "text.into steps", "text.from steps",
)  # fmt: skip
"""What is judged by its words too."""
_CONTROLS = ("approver", "hold", "expect", "record")
"""What of a step makes its coming and going a matter of control."""
_MILDEST: Weight = "minor"
_WEIGHT_OF: Mapping[How, str] = {"added": "added", "removed": "removed"}
_FREE = ("field", "rules")
"""Kinds that have as many names as a handbook has facts and options."""


def judged(facts: Iterable[Fact], before: Side, after: Side) -> tuple[Change, ...]:
    """Return the facts with class, weight and fingerprint, by the rules of the side before."""
    own = _own_rules(before.options)
    proof = proof_of(before, after)
    facts = tuple(facts)
    moved = moved_pages(facts)
    seen: Counter[str] = Counter()
    changes = []
    for fact in facts:
        class_, weight = _judgement(with_places(fact, moved), proof)
        rule = own.get(fact.name)
        print_ = _fingerprint(fact)
        seen[print_] += 1
        changes.append(
            Change(
                fact,
                rule[0] or class_ if rule else class_,
                rule[1] or weight if rule else weight,
                print_ if seen[print_] == 1 else f"{print_}-{seen[print_]}",
            )
        )
    return tuple(changes)


def _own_rules(options: Options) -> Mapping[str, tuple[Class | None, Weight | None]]:
    """Return the handbook's own rules; a name that no kind of change has is wrong use."""
    for rule in options.changes:
        if rule.name not in TABLE and rule.name.partition(".")[0] not in _FREE:
            mend = did_you_mean(rule.name, TABLE, "The guide lists them under Review a change.")
            raise HandrailError(f"plugins: handrail: changes: there is no kind of change `{rule.name}`. {mend}")
    return {rule.name: (rule.class_, rule.weight) for rule in options.changes}


def _row(name: str) -> Row:
    """Return the row of a kind of change, or of the nearest kind above it: `field.aspects.Scope`, `field.budget`."""
    while name not in TABLE:
        name = name.rpartition(".")[0]
    return TABLE[name]


def _judgement(fact: Fact, proof: Proof) -> tuple[Class, Weight]:
    row = _row(fact.name)
    class_: Class = row.class_
    weight: Weight = getattr(row, _WEIGHT_OF.get(_direction(fact), "changed"))
    if fact.what in ("document", "text") and class_ == "execution":
        class_ = _OF_KIND.get(fact.kind, class_)
    if fact.name in ("step.added", "step.removed"):
        control = any(field.name in _CONTROLS for field in fact.fields) or proof.touches_control(fact.fields)
        return ("control" if control else class_), weight
    if fact.name in _WORDED:
        return _by_words(fact, class_, weight, proof)
    if fact.name == "text.front_matter" and proof.touches_control(fact.fields):
        return "control", weight
    if fact.what == "field" and all(proof.is_editorial(field) for field in fact.fields):
        return "editorial", "minor"
    return class_, weight


def _by_words(fact: Fact, class_: Class, weight: Weight, proof: Proof) -> tuple[Class, Weight]:
    """Return the judgement of changed words: editorial where that is proved, control where a control is in them."""
    if all(proof.is_editorial(field) for field in fact.fields):
        return "editorial", "minor"
    if proof.touches_control(fact.fields):
        return "control", weight
    return class_, weight if any(proof.is_telling(field) for field in fact.fields) else _MILDEST


def _direction(fact: Fact) -> How:
    """Return whether what a fact is about came, went, or is another."""
    field: FieldChange | None = fact.fields[0] if fact.fields else None
    if fact.what == "step" and fact.how == "changed" and field is not None:
        return "added" if field.before is None else "removed" if field.after is None else "changed"
    return fact.how


def _fingerprint(fact: Fact) -> str:
    """Return a name for a change that stays as long as the change does: no lines, no numbers, no judgement."""
    said = [(field.name, field.before, field.after) for field in fact.fields if field.name not in ("number", "steps")]
    parts = (fact.name, fact.how, fact.document, fact.step, said)
    data = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()[:16]


assert all(row.class_ in get_args(Class) for row in TABLE.values())
