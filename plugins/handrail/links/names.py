"""Roles and records: which page or option registers them, and which are only named in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handrail.documents.slugs import own_slug
from handrail.model import Document, DocumentKind
from handrail.options import Register
from handrail.problems import Problem
from handrail.reader.raw import RawDocument, RawPage, every_step
from handrail.reader.roles import folded

_BETWEEN_STATES = re.compile(r"(?<!\s)\s*+(?:[,;/|\n]|→|⟶|=>|->)\s*")
_BEFORE_STATE = re.compile(
    r"(?<=\w)(?:\s*(?:→|⟶|=>|->|[:,])\s*|\s+[–—-]\s+|\s+(?=(?:in|im)\s+(?:state|status|zustand)\s))"
    r"(?:(?:in|im)\s+)?(?:(?:state|status|zustand)\b\s*:?\s*)?",
    re.IGNORECASE,
)
_MOST_WORDS = 3
"""A state has no more words than these."""
_STATE = re.compile(r"(?P<name>.+?)\s*\((?P<state>[^()]+)\)\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Names:
    """Which document a name stands for."""

    by_name: dict[str, str]
    """Folded name or alias -> the document's id."""
    documents: tuple[Document, ...]
    """Those without a page of their own, in order of their first mention."""
    registered: bool
    """Whether pages or options register any."""
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Id of a record -> the states that its page names, folded."""

    def find(self, name: str) -> str | None:
        """Return the id of the document that a name stands for, or None."""
        return self.by_name.get(folded(name))


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
    pages: Sequence[RawPage], pages_of_kind: Sequence[Document], options: Iterable[Register], taken: set[str]
) -> Names:
    """Return the records: with pages, in the options, and those that a `Record:` line names."""
    registered = bool(pages_of_kind) or bool(options)
    names = _registered(pages_of_kind)
    documents = list(_from_options("record", options, names, taken))
    states = {document.id: said for document in pages_of_kind if (said := _states_of(document))}
    known = Names(names, (), registered, states)
    for page in pages:
        for raw in page.documents:
            for step in every_step(raw.steps):
                for text in in_states(step.records, known):
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


def without_state(text: str) -> str:
    """Return a record's name without its state: `Document` for `Document (released)`."""
    match = _STATE.fullmatch(text.strip())
    return match["name"] if match else text.strip()


def _states_of(record: Document) -> frozenset[str]:
    """Return the states that a record's page names: `draft, approved`, `draft → approved`, one in each bullet."""
    said = (part for stated in record.values("states") for part in _BETWEEN_STATES.split(stated))
    return frozenset(folded(part) for part in said if folded(part) and len(part.split()) <= _MOST_WORDS)


def in_states(texts: Sequence[str], records: Names) -> tuple[str, ...]:
    """Return what a step makes or takes, with the state in brackets where a record's page names that state.

    `Order: approved`, `Order → approved`, `Order in state approved` and `approved order` are `Order (approved)`;
    where no page names the states of a record, its text stays as it is.
    """
    return tuple(_in_state(text, records) for text in texts) if records.states else tuple(texts)


def _in_state(text: str, records: Names) -> str:
    name, _, rest = _split(text.strip())
    if rest and (states := records.states.get(records.find(name) or "")):
        said = [part.strip(" .") for part in _BETWEEN_STATES.split(rest)]
        return f"{name} ({said[-1]})" if all(folded(part) in states for part in said) else text
    words = text.split()
    for count in range(1, min(_MOST_WORDS, len(words) - 1) + 1):
        state, name = " ".join(words[:count]), " ".join(words[count:])
        if folded(state) in records.states.get(records.find(name) or "", ()):
            return f"{name} ({_without_article(state).casefold()})"
    return text


def _without_article(state: str) -> str:
    """Return a state without what its folded form leaves out: `approved` for `The approved`."""
    _, _, rest = state.partition(" ")
    return _without_article(rest) if rest and folded(rest) == folded(state) else state


def _split(text: str) -> tuple[str, str, str]:
    """Return the words before and behind what stands between a record and its state."""
    match = _BEFORE_STATE.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else (text, "", "")


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
