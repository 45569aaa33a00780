"""The handbook's index: what each name stands for, and where each role, record and procedure is used."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from handrail.dataclass import dataclass
from handrail.index.areas import area_names
from handrail.links.states import without_state
from handrail.model import Document, Handbook, RoleUse, Step
from handrail.options import Options
from handrail.reader.roles import folded
from handrail.words.table import Words

T = TypeVar("T")

PLURALS = {"process": "processes", "procedure": "procedures", "role": "roles", "record": "records"}

Place = tuple[Document, Step]
"""A step, and the document that it belongs to."""


@dataclass(frozen=True, eq=False)
class Index:
    """One handbook looked up from all sides; made once, so that each look-up is made once."""

    handbook: Handbook
    options: Options

    @functools.cached_property
    def words(self) -> Words:
        """The words in which Handrail writes."""
        return self.options.recognised()

    @functools.cached_property
    def kinds(self) -> Mapping[str, str]:
        """What the site calls one and several of each kind."""
        renamed = dict(self.options.words)
        words = self.words.site
        names: dict[str, str] = {}
        for kind, plural in PLURALS.items():
            names[kind] = renamed.get(kind, words[kind])
            names[plural] = words["plural"].format(word=renamed[kind]) if kind in renamed else words[plural]
        return names

    @functools.cached_property
    def flows(self) -> tuple[Document, ...]:
        """Processes, then procedures, each by title."""
        return (*by_title(self.handbook.processes, self), *by_title(self.handbook.procedures, self))

    @functools.cached_property
    def _areas(self) -> Mapping[str, str]:
        return area_names((*self.handbook.processes, *self.handbook.procedures))

    def area(self, document: Document) -> str:
        """Return what the area of a document is called; empty where it is in none."""
        return self._areas.get(document.area, document.area)

    @functools.cached_property
    def titles(self) -> Mapping[str, str]:
        """Id of a document -> its title."""
        return {name: document.title for name, document in self.handbook.documents.items()}

    @functools.cached_property
    def shared_titles(self) -> frozenset[str]:
        """Titles that several documents show."""
        book = self.handbook
        counts = Counter(title_of(one, self) for one in (*book.processes, *book.procedures, *book.roles, *book.records))
        return frozenset(title for title, count in counts.items() if count > 1)

    @functools.cached_property
    def page_titles(self) -> Mapping[str, str]:
        """Path of a page -> its title."""
        return {page.path: page.title for page in self.handbook.pages}

    @functools.cached_property
    def roles(self) -> Mapping[str, Document]:
        """Folded name of a role -> the role."""
        return _by_name(self.handbook.roles)

    @functools.cached_property
    def records(self) -> Mapping[str, Document]:
        """Folded name of a record -> the record."""
        return _by_name(self.handbook.records)

    @functools.cached_property
    def uses(self) -> Mapping[str, tuple[tuple[Document, Step, RoleUse], ...]]:
        """Id of a role -> each step that it has a part in."""
        return gathered(
            (use.role, (document, step, use))
            for document in self.flows
            for step in document.all_steps()
            for use in step.roles
        )

    @functools.cached_property
    def owned(self) -> Mapping[str, tuple[Document, ...]]:
        """Id of a role -> what it owns."""
        return gathered(
            (role.id, document)
            for document in (*self.flows, *by_title(self.handbook.records, self))
            for name in document.values("owner")
            if (role := self.roles.get(folded(name))) is not None
        )

    @functools.cached_property
    def homed(self) -> Mapping[str, tuple[Document, ...]]:
        """Id of a process -> the procedures that name it as their home."""
        return gathered(
            (home, document)
            for document in self.flows
            if document.kind == "procedure"
            for home in document.values("process")
        )

    @functools.cached_property
    def successors(self) -> Mapping[str, tuple[Document, ...]]:
        """Id of a document -> those that say that they supersede it."""
        book = self.handbook
        titles = {folded(document.title): document for document in reversed(tuple(book.documents.values()))}
        everything = (*self.flows, *by_title(book.roles, self), *by_title(book.records, self))
        return gathered(
            (old.id, document)
            for document in everything
            for name in document.values("supersedes")
            if (old := book.documents.get(name.casefold()) or titles.get(folded(name))) is not None
            and old is not document
        )

    @functools.cached_property
    def makers(self) -> Mapping[str, tuple[Place, ...]]:
        """Id of a record -> each step that makes it."""
        return self._record_steps(lambda step: (*step.records, *step.outputs))

    @functools.cached_property
    def users(self) -> Mapping[str, tuple[Place, ...]]:
        """Id of a record -> each step that uses it and does not make it."""
        made = {record: set(map(_step_key, places)) for record, places in self.makers.items()}
        using = self._record_steps(lambda step: (*step.inputs, *step.mentions))
        return {
            record: tuple(place for place in places if _step_key(place) not in made.get(record, ()))
            for record, places in using.items()
        }

    def takes_in(self, document: Document) -> frozenset[str]:
        """Return the ids of what a role has a part in, or a record is made or used in."""
        if document.kind == "role":
            return frozenset(place.id for place, _, _ in self.uses.get(document.id, ()))
        steps = (*self.makers.get(document.id, ()), *self.users.get(document.id, ()))
        return frozenset(place.id for place, _ in steps)

    def _record_steps(self, names: Callable[[Step], Iterable[str]]) -> Mapping[str, tuple[Place, ...]]:
        by_id = {record.id: record for record in self.handbook.records}
        found: list[tuple[str, Place]] = []
        for document in self.flows:
            for step in document.all_steps():
                known = [by_id.get(name) or self.records.get(folded(without_state(name))) for name in names(step)]
                ids = dict.fromkeys(record.id for record in known if record is not None)
                found += [(record, (document, step)) for record in ids]
        return gathered(found)


def by_title(documents: Iterable[Document], index: Index) -> tuple[Document, ...]:
    """Return documents by the title that is shown, then by id."""
    return tuple(sorted(documents, key=lambda document: (title_of(document, index).casefold(), document.id)))


def address(document: Document) -> str:
    """Return the name under which a view's `url` finds a document, also where it has no page of its own."""
    if document.own_page:
        return document.id
    return f":role/{document.id}" if document.kind == "role" else f":records#{record_anchor(document)}"


def record_anchor(record: Document) -> str:
    """Return the anchor of a record on the page of all records."""
    return f"record--{record.id}"


def title_of(document: Document, index: Index) -> str:
    """Return a document's title, behind that of its page where the page holds several."""
    page = index.page_titles.get(document.path)
    several = document.own_page and document.anchor is not None and len(index.handbook.by_path[document.path]) > 1
    return f"{page}: {document.title}" if several and page and page != document.title else document.title


def _by_name(documents: Iterable[Document]) -> Mapping[str, Document]:
    pairs = [(name, document) for document in documents for name in (*document.aliases, document.id, document.title)]
    return {folded(name): document for name, document in pairs}


def _step_key(place: Place) -> tuple[str, str]:
    return place[0].id, place[1].id


def gathered(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """Return each key with its values, in order."""
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
