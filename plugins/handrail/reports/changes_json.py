"""What changed, as JSON; `schemas/diff.json` describes it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from importlib.resources import files

from handrail.diff import CLASSES, WEIGHTS, Change, Diff, Place, Touched
from handrail.reports.changes_words import meaning
from handrail.reports.data import VERSION, lone_halves, present
from handrail.reports.phrases import ENGLISH


def changes_json(diff: Diff) -> str:
    """Return every change with its judgement, one a line."""
    changes = [json.dumps(_change(change), ensure_ascii=False, separators=(",", ":")) for change in diff.changes]
    head = {"handrail": VERSION, "base": diff.base, "head": diff.head, "summary": _summary(diff)}
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    lines = "[\n" + ",\n".join(changes) + "\n]" if changes else "[]"
    impact = [_touched(one) for one in diff.impact]
    rest = {
        "impact": impact,
        "suspects": [asdict(one) | {"new": one.new} for one in diff.suspects],
        "polished": [asdict(one) for one in diff.polished],
        "reasons": [asdict(one) for one in diff.reasons],
        "approvals": [asdict(one) for one in diff.approvals],
        "other_pages": list(diff.other_pages),
        "notes": [note.said(ENGLISH) for note in diff.notes],
    }
    closing = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))[1:]
    return lone_halves(f'{opening},\n"changes": {lines},\n{closing}\n')


def diff_schema_text() -> str:
    """Return the JSON Schema that every `changes_json` fulfils."""
    return (files("handrail") / "schemas" / "diff.json").read_text(encoding="utf-8")


def _summary(diff: Diff) -> dict[str, object]:
    classes = Counter(change.class_ for change in diff.changes)
    weights = Counter(change.weight for change in diff.changes)
    return {
        "changes": len(diff.changes),
        "documents": len({change.fact.document for change in diff.changes}),
        "classes": {name: classes[name] for name in CLASSES},
        "weights": {name: weights[name] for name in WEIGHTS},
        "means": list(meaning(diff)),
    }


def _change(change: Change) -> dict[str, object]:
    fact = change.fact
    return present({
        "what": fact.what,
        "change": fact.how,
        "name": fact.name,
        "class": change.class_,
        "weight": change.weight,
        "document": fact.document,
        "title": fact.title,
        "kind": fact.kind,
        "step": fact.step,
        "sentence": fact.sentence,
        "roles": list(fact.roles),
        "fields": [{"name": field.name, "before": field.before, "after": field.after} for field in fact.fields],
    }) | {
        "before": _place(fact.before),
        "after": _place(fact.after),
        "parts": [_place(place) for place in fact.parts],
        "confidence": fact.confidence,
        "fingerprint": change.fingerprint,
        **_decision(change),
    }  # fmt: skip


def _decision(change: Change) -> dict[str, object]:
    """Return what a reviewer decided about a change, and how it was judged before."""
    decision = change.decision
    if decision is None or change.judged is None:
        return {}
    said = {"accepted": change.accepted, "by": decision.by, "on": decision.on, "why": decision.why}
    return {"decision": said | {"class": change.judged[0], "weight": change.judged[1]}}


def _touched(one: Touched) -> dict[str, object]:
    return {
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "must": one.must,
        "ways": [asdict(way) for way in one.ways],
        "training": [asdict(training) for training in one.training],
    }


def _place(place: Place | None) -> dict[str, object] | None:
    return {"path": place.path, "line": place.line} if place else None
