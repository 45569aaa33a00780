"""What was in force on a day, for a terminal and as data."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from handrail.history import AsOf, InForce
from handrail.reports.data import VERSION, lone_halves, present
from handrail.reports.json import document_data
from handrail.reports.lines import counted, plain, wrapped

_SHORT = 12


def asof_text(found: AsOf) -> str:
    """Return one line for each document that was in force, then those that were not."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: AsOf) -> Iterator[str]:
    yield click.style(f"In force on {found.day}: commit {found.commit[:_SHORT]} of {found.merged}", bold=True)
    for one in found.documents:
        document = one.document
        yield f"  {plain(document.title)} ({document.kind}, {plain(document.path)})"
        reasons, approvals = ("; ".join(said) or "not recorded" for said in (one.reasons, one.approvals))
        yield wrapped(f"since {one.merged}, commit {one.commit[:_SHORT]}. Reason: {plain(reasons).rstrip('.')}. "
                      f"Approved by: {plain(approvals)}", 4, 2)  # fmt: skip
    if found.others:
        yield click.style("Not in force", bold=True)
    for other in found.others:
        yield wrapped(f"{plain(other.document.title)} ({plain(other.document.path)}): {plain(other.why)}", 2, 2)
    for note in found.notes:
        yield wrapped(f"Note: {plain(note)}")
    yield f"{counted(len(found.documents), 'document')} in force."


def asof_json(found: AsOf) -> str:
    """Return every document that was in force, with facts, steps, reason, approval and commit."""
    titles = {one.id: one.title for one in (*found.handbook.roles, *found.handbook.records)}
    documents = [
        json.dumps(_in_force(one, titles), ensure_ascii=False, separators=(",", ":")) for one in found.documents
    ]
    lines = "[\n" + ",\n".join(documents) + "\n]" if documents else "[]"
    head = {"handrail": VERSION, "day": found.day, "commit": found.commit, "merged": found.merged}
    others = [
        {"id": one.document.id, "kind": one.document.kind, "title": one.document.title, "path": one.document.path,
         "why": one.why}
        for one in found.others
    ]  # fmt: skip
    rest = {"not_in_force": others, "left_out": list(found.left_out), "notes": list(found.notes)}
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    closing = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))[1:]
    return lone_halves(f'{opening},\n"documents": {lines},\n{closing}\n')


def _in_force(one: InForce, titles: dict[str, str]) -> dict[str, object]:
    return document_data(one.document, titles) | {
        "in_force": present({
            "commit": one.commit,
            "merged": one.merged,
            "effective": one.document.fact("effective"),
            "reason": list(one.reasons),
            "approved_by": list(one.approvals),
        })
    }  # fmt: skip
