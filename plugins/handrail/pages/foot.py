"""What closes a document: how one knows that it worked, who may deviate, and where it is used."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.dataclass import dataclass
from handrail.index import address, title_of
from handrail.model import Document, Stated, Step
from handrail.pages.duties import duties_of, owned_by
from handrail.pages.glance import glance_html
from handrail.pages.site import View
from handrail.pages.wording import Link
from handrail.render import rendered

_CLOSING = ("done_when", "may_deviate")


@dataclass(frozen=True, slots=True)
class Closing:
    """A fact that closes a document, and the line that says it."""

    name: str
    texts: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class Use:
    """Where a document is used: a process, a procedure or a page, and its steps that lead here."""

    kind: str
    place: Link
    steps: tuple[Link, ...]


def document_foot(document: Document, view: View) -> str:
    """Return the block at the end of a document; block-level HTML, empty where there is nothing to say."""
    return rendered(
        "document_foot",
        view.site.own_templates,
        document=document,
        say=view.site.say,
        title=title_of(document, view.site),
        glance=glance_html(document, view) if document.kind == "process" else "",
        closing=_closing(document, view),
        uses=uses_of(document, view),
        duties=duties_of(document, view) if document.kind == "role" else (),
        owned=owned_by(document, view) if document.kind == "role" else (),
    )


def _closing(document: Document, view: View) -> tuple[Closing, ...]:
    """Return what closes a procedure, unless the page's own text closes with it already."""
    if document.kind != "procedure":
        return ()
    last = max((step.end for step in document.all_steps()), default=0)
    found = []
    for name in _CLOSING:
        stated = [said for said in document.facts.get(name, ()) if _is_hidden(said) or said.line < last]
        if stated:
            texts = tuple(line for said in stated for line in said.text.split("\n") if line.strip())
            found.append(Closing(name, texts, view.line_url(stated[0].path, stated[0].line)))
    return tuple(found)


def _is_hidden(stated: Stated) -> bool:
    return stated.source in ("front matter", "comment")


def uses_of(document: Document, view: View) -> tuple[Use, ...]:
    """Return each process, procedure, role, record and page that links to a document.

    What a role or record is said to have a part in is listed by its steps already, and not once more.
    """
    by_source: dict[str, dict[str, Step]] = {}
    listed = view.site.takes_in(document)
    for link in view.site.linked.get(document.id, ()):
        if link.source in listed:
            continue
        steps = by_source.setdefault(link.source, {})
        if link.step is not None:
            steps[link.step.id] = link.step
    uses = [use for source, steps in by_source.items() if (use := _use(source, steps.values(), view)) is not None]
    order = ("process", "procedure", "role", "record", "page")
    return tuple(sorted(uses, key=lambda use: (order.index(use.kind), use.place.text.casefold())))


def _use(source: str, steps: Iterable[Step], view: View) -> Use | None:
    document = view.handbook.documents.get(source)
    if document is None:
        href = view.url(source)
        return Use("page", Link(view.site.page_titles.get(source, source), href), ()) if href else None
    place = Link(title_of(document, view.site), view.url(address(document)))
    return Use(document.kind, place, tuple(_short_link(document, step, view) for step in steps))


def _short_link(document: Document, step: Step, view: View) -> Link:
    return Link(step.number or step.text, view.url(f"{document.id}#{step.id}"), step.text)
