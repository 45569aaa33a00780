"""The pages that Handrail adds: everything by kind, one page for each role, and what to do when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from handrail.index import address, by_title, first_sentence, record_anchor
from handrail.model import Document
from handrail.pages.duties import made_in, used_in_steps
from handrail.pages.facts import due_day
from handrail.pages.flow_page import flow_html
from handrail.pages.flows import flow_pages
from handrail.pages.foot import document_foot
from handrail.pages.head import document_head
from handrail.pages.landscape import landscape
from handrail.pages.process import activities_of, counts_of
from handrail.pages.site import Site, View
from handrail.pages.wording import Link, document_link, id_link, role_link, step_link
from handrail.reader.roles import folded
from handrail.render import rendered


@dataclass(frozen=True, slots=True)
class Generated:
    """A page that Handrail adds to the site."""

    path: str
    """Below the handbook's folder, as if the author had written it."""
    title: str
    name: str
    """What a view's `url` knows it by; it begins with a colon, as no id does."""
    listed: bool = True
    """Whether the navigation lists it; the pages of single roles hang below the page of all roles."""
    role: str | None = None
    """The role whose page it is."""
    flow: tuple[str, str | None] | None = None
    """The document whose flow it shows, and the part of it; such a page takes the full width."""


def generated(site: Site) -> tuple[Generated, ...]:
    """Return the pages to add, in the order of the navigation; a page with nothing to show is left out."""
    names = site.kinds
    say = site.words.site
    handbook = site.handbook
    holds = {
        "processes": handbook.processes,
        "procedures": handbook.procedures,
        "roles": handbook.roles,
        "records": handbook.records,
    }
    folder = site.options.folder
    pages = [Generated(f"{folder}/index.md", say["page.index"], ":index")]
    if any(_triggers(site)):
        pages.append(Generated(f"{folder}/triggers.md", say["page.triggers"], ":triggers"))
    if handbook.processes:
        pages.append(Generated(f"{folder}/landscape.md", say["page.landscape"], ":landscape"))
    pages += [
        Generated(f"{folder}/{kind}.md", say["page.all"].format(kinds=names[kind]), f":{kind}")
        for kind, documents in holds.items()
        if documents
    ]
    return (*pages, *_role_pages(site), *_flow_pages(site))


def _role_pages(site: Site) -> Iterator[Generated]:
    taken: set[str] = set()
    for role in by_title(site.handbook.roles, site):
        if not role.own_page:
            file = role.id.replace("/", "-").replace(".", "-")
            while file.casefold() in (*taken, "index"):
                file += "-"
            taken.add(file.casefold())
            path = f"{site.options.folder}/roles/{file}.md"
            yield Generated(path, role.title, f":role/{role.id}", listed=False, role=role.id)


def _flow_pages(site: Site) -> Iterator[Generated]:
    for page in flow_pages(site):
        path = f"{site.options.folder}/flows/{page.file}.md"
        yield Generated(path, page.title, page.name, listed=False, flow=(page.document, page.part))


def generated_html(page: Generated, view: View) -> str:
    """Return what stands under the title of a page that Handrail adds; block-level HTML."""
    if page.role is not None:
        role = view.handbook.documents[page.role]
        return rendered(
            "role",
            view.site.own_templates,
            role=role,
            say=view.site.say,
            head=document_head(role, view),
            foot=document_foot(role, view),
            roles=view.url(":roles"),
        )
    if page.flow is not None:
        document, part = page.flow
        return flow_html(view.handbook.documents[document], part, view)
    name = page.name.removeprefix(":")
    return rendered(name, view.site.own_templates, say=view.site.say, title=page.title, **_BODIES[name](view))


def _index(view: View) -> Mapping[str, object]:
    handbook = view.handbook
    sizes = {
        "triggers": len(list(_triggers(view.site))),
        "landscape": len({process.area for process in handbook.processes}),
        "processes": len(handbook.processes),
        "procedures": len(handbook.procedures),
        "roles": len(handbook.roles),
        "records": len(handbook.records),
    }
    pages = {page.name: page for page in generated(view.site)}
    return {
        "cards": [
            (kind, size, Link(pages[f":{kind}"].title, view.url(f":{kind}")))
            for kind, size in sizes.items()
            if f":{kind}" in pages
        ]
    }


def _processes(view: View) -> Mapping[str, object]:
    """Return the processes by area; those without one come first."""
    areas: dict[str, list[Mapping[str, object]]] = {}
    for process in by_title(view.handbook.processes, view.site):
        areas.setdefault(process.area, []).append(_process_row(process, view))
    names = sorted(areas, key=str.casefold)
    return {"areas": [(f"area-{number}", name, areas[name]) for number, name in enumerate(names, 1)]}


def _process_row(process: Document, view: View) -> Mapping[str, object]:
    activities = activities_of(process, view)
    purpose = process.fact("purpose")
    return {
        "process": document_link(process, view),
        "purpose": first_sentence(purpose) if purpose else None,
        "owner": _owners(process, view),
        "counts": counts_of(activities),
    }


def _owners(document: Document, view: View) -> list[Link]:
    return [role_link(name, view) for name in document.values("owner")]


def _procedures(view: View) -> Mapping[str, object]:
    return {"rows": [_procedure_row(procedure, view) for procedure in by_title(view.handbook.procedures, view.site)]}


def _procedure_row(procedure: Document, view: View) -> Mapping[str, object]:
    words = view.site.words.site
    homes = [process.id for process, _ in view.handbook.homes.get(procedure.id, ())]
    status = procedure.fact("status")
    every = procedure.fact("review.every")
    last = procedure.fact("review.last")
    return {
        "procedure": document_link(procedure, view),
        "owner": _owners(procedure, view),
        "homes": [id_link(name, view) for name in dict.fromkeys((*procedure.values("process"), *homes))],
        "version": procedure.fact("version"),
        "status": status,
        "status_text": words.get(f"value.{status}", status) if status else None,
        "due": due_day(procedure, view.site)
        or (words["review.every"].format(value=every) if every else None)
        or (words["review.last"].format(value=last) if last else None),
    }


def _roles(view: View) -> Mapping[str, object]:
    return {"rows": [_role_row(role, view) for role in by_title(view.handbook.roles, view.site)]}


def _role_row(role: Document, view: View) -> Mapping[str, object]:
    uses = view.site.uses.get(role.id, ())
    documents = {document.id: document for document, _, _ in uses}
    return {
        "role": document_link(role, view),
        "aliases": [name for name in role.aliases if folded(name) != folded(role.title)],
        "steps": len({(document.id, step.id) for document, step, _ in uses}),
        "documents": [document_link(document, view) for document in documents.values()],
        "owned": len(view.site.owned.get(role.id, ())),
        "stand_in": [role_link(name, view) for name in role.values("stand_in")],
    }


def _records(view: View) -> Mapping[str, object]:
    return {"rows": [_record_row(record, view) for record in by_title(view.handbook.records, view.site)]}


def _record_row(record: Document, view: View) -> Mapping[str, object]:
    return {
        "record": Link(record.title, view.url(address(record)) if record.own_page else None),
        "anchor": record_anchor(record),
        "made": made_in(record, view),
        "used": used_in_steps(record, view),
        "kept": record.fact("kept"),
        "kept_for": record.fact("kept_for"),
    }


def _triggers(site: Site) -> Iterator[tuple[str, Document, str | None]]:
    """Yield each trigger with the document, and the id of the step, that it starts."""
    for document in site.flows:
        for text in document.values("trigger"):
            yield from ((line.strip(), document, None) for line in text.split("\n") if line.strip())
        for step in document.all_steps():
            if step.starts_when:
                yield step.starts_when, document, step.id


def _trigger_rows(view: View) -> Iterator[tuple[str, list[Link]]]:
    """Yield each trigger once, by its words, with everything that it starts."""
    texts: dict[str, str] = {}
    starts: dict[str, list[Link]] = {}
    for text, document, step_id in _triggers(view.site):
        key = " ".join(text.casefold().rstrip(" .").split())
        texts.setdefault(key, text)
        starts.setdefault(key, []).append(_started(document, step_id, view))
    for key in sorted(starts):
        yield texts[key], list(dict.fromkeys(starts[key]))


def _started(document: Document, step_id: str | None, view: View) -> Link:
    kind = view.site.kinds[document.kind]
    if step_id is None:
        return document_link(document, view, kind)
    step = next(step for step in document.all_steps() if step.id == step_id)
    return Link(step_link(document, step, view).text, view.url(f"{document.id}#{step_id}"), document.title)


def _when(view: View) -> Mapping[str, object]:
    return {"rows": list(_trigger_rows(view))}


_BODIES: Mapping[str, Callable[[View], Mapping[str, object]]] = {
    "index": _index,
    "processes": _processes,
    "procedures": _procedures,
    "roles": _roles,
    "records": _records,
    "triggers": _when,
    "landscape": landscape,
}
