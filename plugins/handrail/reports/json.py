"""The whole model as JSON; `schemas/handbook.json` describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from handrail.model import (
    Arrow,
    Document,
    Handbook,
    Hold,
    LinkTo,
    PageRead,
    Rest,
    RoleUse,
    Stated,
    Step,
    Wait,
    Within,
)
from handrail.reader.stated import LISTS
from handrail.reports.data import data_pieces, present
from handrail.reports.paths import EVERYTHING, inside
from handrail.reports.problems import problem_data

_NESTED = "review"
"""The one fact that has parts: `review.every`, `review.last`, `review.next`."""


def handbook_json(handbook: Handbook, paths: Sequence[str] = EVERYTHING) -> str:
    """Return the model of a handbook, or of what stands on some of its pages.

    Lists are always there, also empty; anything else that the text does not state has no key.
    """
    return "".join(handbook_pieces(handbook, paths))


def handbook_pieces(handbook: Handbook, paths: Sequence[str] = EVERYTHING) -> Iterator[str]:
    """Yield the same piece by piece, so that the model of a large handbook is never there twice."""
    titles = {document.id: document.title for document in (*handbook.roles, *handbook.records)}
    return data_pieces({
        "processes": (_flow(document, titles) for document in _of(handbook.processes, paths)),
        "procedures": (_flow(document, titles) for document in _of(handbook.procedures, paths)),
        "roles": (_named(document) for document in _of(handbook.roles, paths)),
        "records": (_named(document) for document in _of(handbook.records, paths)),
        "pages": (_page(page) for page in handbook.pages if inside(page.path, paths)),
        "links": (_link(source, link) for source, link in _links(handbook) if inside(link.path, paths)),
        "problems": (problem_data(problem) for problem in handbook.problems if inside(problem.path, paths)),
    })  # fmt: skip


def schema_text() -> str:
    """Return the JSON Schema that every `handbook_json` fulfils."""
    return (files("handrail") / "schemas" / "handbook.json").read_text(encoding="utf-8")


def document_data(document: Document, titles: Mapping[str, str]) -> dict[str, object]:
    """Return one document; `titles` is id -> title of the roles and records."""
    return _flow(document, titles) if document.kind in ("process", "procedure") else _named(document)


def _of(documents: Iterable[Document], paths: Sequence[str]) -> list[Document]:
    found = [document for document in documents if inside(document.path, paths)]
    return sorted(found, key=lambda document: document.id)


def _links(handbook: Handbook) -> list[tuple[str, LinkTo]]:
    return sorted(handbook.links, key=_where)


def _where(pair: tuple[str, LinkTo]) -> tuple[str, int, int, str, str]:
    source, link = pair
    return link.path, link.line, link.column, source, link.target


def _head(document: Document) -> dict[str, object]:
    """Return what documents of all kinds have."""
    return present({
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "path": document.path or None,
        "line": document.line if document.path else None,
        "end": document.end if document.path else None,
        "anchor": document.anchor,
        "area": document.area or None,
        "aliases": list(document.aliases),
        "written_id": document.written_id,
    })  # fmt: skip


def _flow(document: Document, titles: Mapping[str, str]) -> dict[str, object]:
    """Return a process or a procedure: its facts stand beside its other keys, which no fact replaces."""
    head = _head(document)
    return head | _facts(document) | head | present({
        "variant_of": document.variant_of,
        "said": _said(document),
        "form": document.form,
        "order": document.order,
        "steps": [_step(step, titles) for step in document.steps],
        "rest": [_rest(rest) for rest in document.rest],
    })  # fmt: skip


def _named(document: Document) -> dict[str, object]:
    """Return a role or a record."""
    return _head(document) | {
        "own_page": document.own_page,
        "facts": _facts(document),
        "said": _said(document),
        "rest": [_rest(rest) for rest in document.rest],
    }


def _facts(document: Document) -> dict[str, object]:
    """Return every fact that is stated, under its name."""
    found: dict[str, object] = {}
    nested: dict[str, object] = {}
    for name in sorted(document.facts):
        head, _, part = name.partition(".")
        value = (list(document.values(name)) or None) if name in LISTS else document.fact(name)
        if head == _NESTED and part:
            nested[part] = value
        else:
            found[name] = value
    found[_NESTED] = present(nested | {"due": document.due}) or None
    found["aspects"] = {name: stated.text for name, stated in document.aspects} or None
    return present(found)


def _said(document: Document) -> dict[str, object]:
    """Return for each fact where each of its values stands."""
    named = [(name, document.facts[name]) for name in sorted(document.facts)]
    named += [(f"aspects.{name}", (stated,)) for name, stated in document.aspects]
    return {name: [_place(stated, document) for stated in values] for name, values in named}


def _place(stated: Stated, document: Document) -> dict[str, object]:
    elsewhere = stated.path if stated.path != document.path else None
    return present({"line": stated.line, "column": stated.column, "source": stated.source, "path": elsewhere})


def _step(step: Step, titles: Mapping[str, str]) -> dict[str, object]:
    return present({
        "id": step.id,
        "number": step.number,
        "anchor": step.anchor,
        "aliases": step.aliases,
        "line": step.line,
        "column": step.column,
        "end": step.end,
        "text": step.text,
        "body": step.body,
        "kind": step.kind,
        "flow": step.flow,
        "rail": step.rail,
        "roles": [_role(use, titles) for use in step.roles],
        "condition": step.condition,
        "optional": step.optional,
        "next": list(map(_arrow, step.next)),
        "calls": step.calls,
        "hands_over": step.hands_over,
        "mentions": step.mentions,
        "inputs": step.inputs,
        "outputs": step.outputs,
        "records": step.records,
        "clauses": step.clauses,
        "expect": step.expect,
        "within": _within(step.within),
        "every": step.every,
        "takes": step.takes,
        "wait": _wait(step.wait),
        "hold": _hold(step.hold),
        "if_not": step.if_not,
        "warnings": step.warnings,
        "judgement": step.judgement,
        "starts_when": step.starts_when,
        "throughout": step.throughout,
        "stop": step.stop,
        "labels": [{"label": label, "line": line} for label, line in step.labels],
        "steps": [_step(inner, titles) for inner in step.steps],
    })  # fmt: skip


def _role(use: RoleUse, titles: Mapping[str, str]) -> dict[str, object]:
    return {
        "role": titles.get(use.role, use.name),
        "id": use.role,
        "name": use.name,
        "part": use.part,
        "source": use.source,
        "line": use.line,
        "inherited": use.inherited,
        "optional": use.optional,
    }


def _arrow(arrow: Arrow) -> dict[str, object]:
    return present({
        "to": arrow.to,
        "label": arrow.label,
        "line": arrow.line,
        "implied": arrow.implied,
        "guessed": arrow.guessed,
    })  # fmt: skip


def _within(within: Within | None) -> dict[str, object] | None:
    if within is None:
        return None
    return present({"amount": within.amount, "unit": within.unit, "from": within.from_, "text": within.text})


def _wait(wait: Wait | None) -> dict[str, object] | None:
    return present({"for": wait.for_, "at_most": wait.at_most, "then": wait.then}) if wait else None


def _hold(hold: Hold | None) -> dict[str, object] | None:
    return {"who": list(hold.who), "needs": hold.needs, "text": hold.text} if hold else None


def _rest(rest: Rest) -> dict[str, object]:
    return present({"heading": rest.heading, "line": rest.line, "text": rest.text, "reason": rest.reason})


def _page(page: PageRead) -> dict[str, object]:
    return present({
        "path": page.path,
        "title": page.title,
        "kind": page.kind,
        "documents": list(page.documents),
        "blocks": page.blocks,
        "in_steps": page.in_steps,
        "in_facts": page.in_facts,
        "rest": [_rest(rest) for rest in page.rest],
    })  # fmt: skip


def _link(source: str, link: LinkTo) -> dict[str, object]:
    return {
        "from": source,
        "to": link.target,
        "text": link.text,
        "path": link.path,
        "line": link.line,
        "column": link.column,
    }
