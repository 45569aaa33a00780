"""What every page needs to know: the handbook looked up from all sides, and where each name leads."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from handrail.flows import graphs_of_page
from handrail.flows.handovers import HandOver, hand_overs
from handrail.graph import Node
from handrail.links.names import without_state
from handrail.model import Document, Handbook, RoleUse, Step
from handrail.options import Options
from handrail.reader.roles import folded
from handrail.render import Markup, worded
from handrail.words.table import Words

T = TypeVar("T")

_PLURALS = {"process": "processes", "procedure": "procedures", "role": "roles", "record": "records"}

Place = tuple[Document, Step]
"""A step, and the document that it belongs to."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link stands in."""

    source: str
    """The id of a document, or the path of an ordinary page."""
    step: Step | None


@dataclass(frozen=True)
class Site:
    """One handbook on its way to pages; made once for a build, so that each look-up is made once."""

    handbook: Handbook
    options: Options
    name: str = ""
    """The handbook's name, under which a reader's runs are remembered."""
    own_templates: Path | None = None
    """The folder `handrail` in the user's `theme.custom_dir`, if there is one."""

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
        for kind, plural in _PLURALS.items():
            names[kind] = renamed.get(kind, words[kind])
            names[plural] = words["plural"].format(word=renamed[kind]) if kind in renamed else words[plural]
        return names

    @functools.cached_property
    def say(self) -> Callable[..., Markup]:
        """The function by which templates say something in the site's language."""
        kinds = self.kinds
        table = {**self.words.site, **kinds}
        plain: dict[str, Markup] = {}

        def say(key: str, /, **values: object) -> Markup:
            if values:
                return worded(table[key], **kinds, **values)
            if key not in plain:
                plain[key] = worded(table[key], **kinds)
            return plain[key]

        return say

    @functools.cached_property
    def flows(self) -> tuple[Document, ...]:
        """Processes, then procedures, each by title."""
        return (*by_title(self.handbook.processes, self), *by_title(self.handbook.procedures, self))

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
        return _gathered(
            (use.role, (document, step, use))
            for document in self.flows
            for step in document.all_steps()
            for use in step.roles
        )

    @functools.cached_property
    def owned(self) -> Mapping[str, tuple[Document, ...]]:
        """Id of a role -> what it owns."""
        return _gathered(
            (role.id, document)
            for document in (*self.flows, *by_title(self.handbook.records, self))
            for name in document.values("owner")
            if (role := self.roles.get(folded(name))) is not None
        )

    @functools.cached_property
    def homed(self) -> Mapping[str, tuple[Document, ...]]:
        """Id of a process -> the procedures that name it as their home."""
        return _gathered(
            (home, document)
            for document in self.flows
            if document.kind == "procedure"
            for home in document.values("process")
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

    @functools.cached_property
    def hand_overs(self) -> tuple[HandOver, ...]:
        """What processes give to each other."""
        return hand_overs(self.handbook)

    @functools.cached_property
    def side_by_side(self) -> Mapping[str, str]:
        """Id of the last of some procedures that different roles do side by side -> the id of the first."""
        pages = (path for path, documents in self.handbook.by_path.items() if len(documents) > 1)
        graphs = (graph for path in pages for graph in graphs_of_page(path, self.handbook, lambda name: None))
        joined = (graph for graph in graphs if graph.id not in self.handbook.documents and graph.nodes)
        return {_document_of(graph.nodes[-1]): _document_of(graph.nodes[0]) for graph in joined}

    def _record_steps(self, names: Callable[[Step], Iterable[str]]) -> Mapping[str, tuple[Place, ...]]:
        by_id = {record.id: record for record in self.handbook.records}
        found: list[tuple[str, Place]] = []
        for document in self.flows:
            for step in document.all_steps():
                known = [by_id.get(name) or self.records.get(folded(without_state(name))) for name in names(step)]
                ids = dict.fromkeys(record.id for record in known if record is not None)
                found += [(record, (document, step)) for record in ids]
        return _gathered(found)

    @functools.cached_property
    def linked(self) -> Mapping[str, tuple[Linked, ...]]:
        """Id of a document -> each link from elsewhere to it or to one of its steps, with what it stands in."""
        at = _StepsByLine(self.handbook)
        return _gathered(
            (target, Linked(source, at.step(source, link.line)))
            for source, link in self.handbook.links
            if (target := link.target.partition("#")[0]) != source
        )

    def takes_in(self, document: Document) -> frozenset[str]:
        """Return the ids of what a role has a part in, or a record is made or used in."""
        if document.kind == "role":
            return frozenset(place.id for place, _, _ in self.uses.get(document.id, ()))
        steps = (*self.makers.get(document.id, ()), *self.users.get(document.id, ()))
        return frozenset(place.id for place, _ in steps)

    @functools.cached_property
    def alone(self) -> frozenset[str]:
        """Ids of the documents whose steps are all done by one role, or by none."""
        return frozenset(document.id for document in self.flows if len(_doers(document)) <= 1)


class _StepsByLine:
    """Finds the innermost step that holds a line; each document is taken apart once."""

    def __init__(self, handbook: Handbook) -> None:
        self._documents = handbook.documents
        self._lines: dict[str, dict[int, Step]] = {}

    def step(self, source: str, line: int) -> Step | None:
        """Return the step of a document that holds a line of its page."""
        if source not in self._lines:
            document = self._documents.get(source)
            steps = document.all_steps() if document is not None else ()
            self._lines[source] = {number: step for step in steps for number in range(step.line, step.end + 1)}
        return self._lines[source].get(line)


def _doers(document: Document) -> set[str]:
    return {use.role for step in document.all_steps() for use in step.roles if use.part == "does"}


@dataclass(frozen=True, slots=True)
class View:
    """One page that is being written: the site, and where names lead as seen from this page."""

    site: Site
    url: Callable[[str], str | None]
    """Address of an id, of `id#step`, of the path of an ordinary page, or of a generated page by its name."""
    line_url: Callable[[str, int], str | None] = lambda path, line: None
    """The forge's address of a line of a page, where known."""

    @property
    def handbook(self) -> Handbook:
        """The handbook."""
        return self.site.handbook


def by_title(documents: Iterable[Document], site: Site) -> tuple[Document, ...]:
    """Return documents by the title that is shown, then by id."""
    return tuple(sorted(documents, key=lambda document: (title_of(document, site).casefold(), document.id)))


def address(document: Document) -> str:
    """Return the name under which a view's `url` finds a document, also where it has no page of its own."""
    if document.own_page:
        return document.id
    return f":role/{document.id}" if document.kind == "role" else f":records#{record_anchor(document)}"


def record_anchor(record: Document) -> str:
    """Return the anchor of a record on the page of all records."""
    return f"record--{record.id}"


def title_of(document: Document, site: Site) -> str:
    """Return a document's title, behind that of its page where the page holds several."""
    page = site.page_titles.get(document.path)
    several = document.own_page and document.anchor is not None and len(site.handbook.by_path[document.path]) > 1
    return f"{page}: {document.title}" if several and page and page != document.title else document.title


def _document_of(node: Node) -> str:
    """Return the document of a node in a graph of several: its id begins with that of the document."""
    return node.id.partition("#")[0]


def _by_name(documents: Iterable[Document]) -> Mapping[str, Document]:
    pairs = [(name, document) for document in documents for name in (*document.aliases, document.id, document.title)]
    return {folded(name): document for name, document in pairs}


def _step_key(place: Place) -> tuple[str, str]:
    return place[0].id, place[1].id


def _gathered(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """Return each key with its values, in order."""
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
