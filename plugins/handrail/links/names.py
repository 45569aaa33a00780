"""Roles and records: which page or option registers them, and which are only named in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.documents.slugs import own_slug
from handrail.links.states import States, states_of, without_state
from handrail.model import Document, DocumentKind
from handrail.options import Register
from handrail.problems import Problem
from handrail.reader.raw import RawDocument, RawPage, every_step
from handrail.reader.roles import folded
from handrail.words.table import Words


@dataclass(frozen=True, slots=True)
class Names:
    """Which document a name stands for."""

    by_name: dict[str, str]
    """Folded name or alias -> the document's id."""
    documents: tuple[Document, ...]
    """Those without a page of their own, in order of their first mention."""
    registered: bool
    """Whether pages or options register any."""
    states: States = field(default_factory=States)
    """The states of records."""

    def find(self, name: str) -> str | None:
        """Return the id of the document that a name stands for, or None."""
        return self.by_name.get(folded(name))

    def in_states(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return what a step makes or takes, with the state in brackets where a record's page names that state."""
        return self.states.in_brackets(texts, self.find)


def role_names(
    pages: Sequence[RawPage], pages_of_kind: Sequence[Document], options: Iterable[Register], taken: set[str]
) -> Names:
    """Return the roles: with pages, in the options, and, where neither registers any, named in the text."""
    registered = bool(pages_of_kind) or bool(options)
    names = _registered(pages_of_kind)
    documents = list(_from_options("role", options, names, taken))
    for name, document, line in _named_roles(pages, registered):
        if folded(name) and folded(name) not in names:
            new = _nameless("role", name, (), taken, document.path, line)
            names[folded(name)] = new.id
            documents.append(new)
    return Names(names, tuple(documents), registered)


def record_names(
    pages: Sequence[RawPage],
    pages_of_kind: Sequence[Document],
    options: Iterable[Register],
    taken: set[str],
    words: Words,
) -> Names:
    """Return the records: with pages, in the options, and those that a `Record:` line names."""
    registered = bool(pages_of_kind) or bool(options)
    names = _registered(pages_of_kind)
    documents = list(_from_options("record", options, names, taken))
    states = states_of(pages_of_kind, words)
    known = Names(names, (), registered, states)
    for page in pages:
        for raw in page.documents:
            for step in every_step(raw.steps):
                for text in known.in_states(step.records):
                    name = without_state(text)
                    if folded(name) and folded(name) not in names and len(name) <= 80:
                        line = next((line for label, line in step.labels if label == "record"), step.line)
                        new = _nameless("record", name, (), taken, raw.path, line)
                        names[folded(name)] = new.id
                        documents.append(new)
    return Names(names, tuple(documents), registered, states)


def same_names(documents: Iterable[Document], kind: DocumentKind) -> Iterator[Problem]:
    """Yield a problem for each role or record with a page that is called like another one: names lead to one alone."""
    first: dict[str, Document] = {}
    for document in documents:
        for name in dict.fromkeys(folded(name) for name in (document.title, *document.aliases)):
            other = first.setdefault(name, document)
            if other is not document and name:
                message = f"`{document.title}` is called like the {kind} in {other.path}, line {other.line}."
                mend = "Give one of them another title or alias, or make them one page; a name can only lead to one."
                yield Problem("same-name", "warning", document.path, document.line, 1, message, mend)
                break


def _registered(documents: Sequence[Document]) -> dict[str, str]:
    return {folded(name): document.id for document in documents for name in (*document.aliases, document.title)}


def _from_options(
    kind: DocumentKind, options: Iterable[Register], names: dict[str, str], taken: set[str]
) -> Iterator[Document]:
    for entry in options:
        known = next((names[folded(name)] for name in (entry.title, *entry.aliases) if folded(name) in names), None)
        if known is None:
            document = _nameless(kind, entry.title, entry.aliases, taken, "", 1, entry.id)
            known = document.id
            yield document
        for name in (entry.title, *entry.aliases):
            names.setdefault(folded(name), known)


def _nameless(
    kind: DocumentKind,
    title: str,
    aliases: Sequence[str],
    taken: set[str],
    path: str,
    line: int,
    own: str | None = None,
) -> Document:
    """Return a role or record that has no page; `path` and `line` are where it is first named."""
    slug = own or own_slug(title) or kind
    name = slug if slug not in taken else f"{kind}-{slug}"
    number = 2
    while name in taken:
        name = f"{kind}-{slug}-{number}"
        number += 1
    taken.add(name)
    return Document(
        id=name,
        kind=kind,
        title=title,
        path=path,
        line=line,
        end=line,
        anchor=None,
        area="",
        aliases=tuple(aliases),
        own_page=False,
    )


def _named_roles(pages: Sequence[RawPage], registered: bool) -> Iterator[tuple[str, RawDocument, int]]:
    """Yield the roles that documents name: in their own `roles` and `role`, and, without a register, in their text."""
    for page in pages:
        for document in page.documents:
            for fact in ("roles", "role"):
                for stated in document.facts.get(fact, ()):
                    if stated.source in ("front matter", "comment"):
                        yield stated.text, document, stated.line
            if registered:
                continue
            if document.heading_role is not None:
                yield document.heading_role.name, document, document.heading_role.line
            for step in every_step(document.steps):
                for role in step.roles:
                    yield role.name, document, role.line
