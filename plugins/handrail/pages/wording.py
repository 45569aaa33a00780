"""Words and links on a page: every visible text comes from the table of the site's language."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.dataclass import dataclass
from handrail.index import address, headline, title_of
from handrail.model import Document, Step
from handrail.pages.site import Site, View
from handrail.reader.roles import folded


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere, or only a text."""

    text: str
    href: str | None = None
    note: str = ""
    """What stands behind it."""


def counted(site: Site, key: str, number: int) -> str:
    """Return a number with its word: `1 step`, `2 steps`."""
    return site.words.site[f"{key}.one" if number == 1 else f"{key}.many"].format(number=number)


def document_link(document: Document, view: View, note: str = "") -> Link:
    """Return the link to a document."""
    return Link(title_of(document, view.site), view.url(address(document)), note)


def step_link(document: Document, step: Step, view: View, note: str = "") -> Link:
    """Return the link to a step, with its number and the beginning of its text."""
    text = f"{step.number}. {headline(step.text, 90)}" if step.number else headline(step.text, 90)
    return Link(text, view.url(f"{document.id}#{step.id}"), note)


def id_link(name: str, view: View) -> Link:
    """Return the link to what an id stands for, or the name as it is."""
    document = view.handbook.documents.get(name.casefold()) or view.handbook.documents.get(name)
    return document_link(document, view) if document is not None else Link(name)


def role_link(name: str, view: View) -> Link:
    """Return the link to the role that a name stands for, or the name as it is."""
    role = view.site.roles.get(folded(name))
    return Link(name, view.url(address(role))) if role is not None else Link(name)


def role_links(ids: Iterable[str], view: View) -> tuple[Link, ...]:
    """Return the link to each role, by its title."""
    return tuple(id_link(name, view) for name in dict.fromkeys(ids))
