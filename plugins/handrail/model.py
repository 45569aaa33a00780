"""What a handbook says: its processes, procedures, roles and records, as frozen data and look-ups."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from handrail.dataclass import dataclass
from handrail.problems import Problem

DocumentKind = Literal["process", "procedure", "role", "record"]
Form = Literal["list", "headings", "tasks", "table", "bullets", "paragraphs"]
StepKind = Literal["task", "decision", "hold", "wait", "call", "hand-over", "fork", "judgement", "end", "stop"]
Part = Literal["does", "approves", "asked", "told", "takes part"]
Order = Literal["sequence", "any", "ongoing"]
Rail = Literal["fixed", "judgement", "unsaid"]
Unit = Literal["calendar", "working", "elapsed"]

END = "end"
"""Where an arrow leads that ends the flow."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A text that a page states, with its place."""

    text: str
    line: int
    column: int
    source: str
    """front matter | heading | table | line | comment | options | page: where the author put it."""
    path: str
    """The page that says it."""


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A role's part in a step."""

    role: str
    """The role's id once links are resolved; before, its name as the text has it."""
    name: str
    """The role's name as the text has it."""
    part: Part
    source: str
    """lead | subject | cell | table | line | heading | front matter: where the text says it."""
    line: int
    inherited: bool = False
    """Whether the step itself says nothing and the document's `role` holds."""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """Where a step leads."""

    to: str
    """A step's id, `document#step`, a document's id, or `end`."""
    label: str | None
    line: int
    implied: bool = False
    """Whether it is only the order of the steps that says so."""
    guessed: bool = False
    """Whether it stands on words that name no step for sure."""


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A link from a page to a document or one of its steps."""

    target: str
    """A document's id, or `document#step`."""
    text: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Within:
    """A deadline."""

    amount: str
    """As written, with its unit: `5 days`."""
    unit: Unit | None
    """How days count, where the text says it."""
    from_: str | None
    """The event from which the time counts."""
    text: str


@dataclass(frozen=True, slots=True)
class Wait:
    """A pause: for what, at most how long, and what happens then."""

    for_: str
    at_most: str | None
    then: str | None


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold point: nobody goes on before those named have released it."""

    who: tuple[str, ...]
    needs: Literal["all", "any"]
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step, with its whole body."""

    id: str
    """Unique within its document; never the number."""
    number: str
    """For display only."""
    anchor: str
    """The id on the page of its document."""
    line: int
    column: int
    end: int
    """Its last line."""
    text: str
    """The sentence that says what to do, without markup, role and bracket."""
    body: str
    """Its whole Markdown, without the marker, as far as it stands in the item or under the heading."""
    kind: StepKind = "task"
    flow: int = 1
    """Which of the document's flows it belongs to; a restart of the numbers begins a new one."""
    roles: tuple[RoleUse, ...] = ()
    condition: str | None = None
    optional: bool = False
    next: tuple[Arrow, ...] = ()
    calls: tuple[str, ...] = ()
    """Ids of the procedures that it calls, which return to it."""
    hands_over: tuple[str, ...] = ()
    """Ids of the procedures that take over and do not return."""
    mentions: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    """The clauses of standards that it covers."""
    expect: str | None = None
    within: Within | None = None
    every: str | None = None
    takes: str | None = None
    wait: Wait | None = None
    hold: Hold | None = None
    if_not: str | None = None
    warnings: tuple[str, ...] = ()
    judgement: str | None = None
    starts_when: str | None = None
    throughout: str | None = None
    stop: str | None = None
    """Whom to inform where the work stops here."""
    rail: Rail | None = None
    """Of a process's step: what holds the activity."""
    steps: tuple[Step, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other anchors that lead to it: those of its heading."""
    labels: tuple[tuple[str, int], ...] = ()
    """Each labelled line that was read as such, with its line."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A block that is neither in a step nor in a fact."""

    heading: str
    line: int
    text: str
    reason: str | None = None
    """Why a list or table that looks like steps was not read as such."""


@dataclass(frozen=True, slots=True)
class Document:
    """A process, a procedure, a role or a record."""

    id: str
    kind: DocumentKind
    title: str
    path: str
    line: int
    end: int
    """The last line of its part of the page."""
    anchor: str | None
    """The anchor of its heading on its page; None where the page is the document."""
    area: str
    facts: Mapping[str, tuple[Stated, ...]] = field(default_factory=dict)
    """Name of a fact -> what is stated."""
    aspects: tuple[tuple[str, Stated], ...] = ()
    aliases: tuple[str, ...] = ()
    """Old ids; of a role or record also its other names."""
    variant_of: str | None = None
    form: Form | None = None
    order: Order = "sequence"
    steps: tuple[Step, ...] = ()
    rest: tuple[Rest, ...] = ()
    written_id: bool = False
    due: str | None = None
    """The day on which its review is due, as `2026-05-31`: stated, or one span after the last review."""
    own_page: bool = True
    """False for a role or record that is only named; `path` and `line` are then where it is named first."""

    def fact(self, name: str) -> str | None:
        """Return a fact's text; several values are joined by commas."""
        return ", ".join([stated.text for stated in self.facts[name]]) or None if name in self.facts else None

    def values(self, name: str) -> tuple[str, ...]:
        """Return each value of a fact."""
        return tuple(stated.text for stated in self.facts.get(name, ()))

    def all_steps(self) -> tuple[Step, ...]:
        """Return the steps and their sub-steps, in reading order."""
        for step in self.steps:
            if step.steps:
                return tuple([found for step in self.steps for found in with_substeps(step)])
        return self.steps


def with_substeps(step: Step) -> tuple[Step, ...]:
    """Return a step and all steps inside it, in reading order."""
    found: list[Step] = []
    waiting = [step]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(reversed(current.steps))
    return tuple(found)


BLOCK_WORDS = ("flow", "compare", "register")
"""The words behind the opening fence of the blocks that ask Handrail to show something."""


@dataclass(frozen=True, slots=True)
class AskedBlock:
    """A fenced block that asks for something to be shown."""

    word: str
    """One of the block words: what it asks for."""
    text: str
    """What stands between its fences: YAML."""
    line: int
    """Its first line between the fences."""
    column: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was understood of a page, and what was not."""

    path: str
    title: str
    kind: DocumentKind | None
    """None for an ordinary page."""
    documents: tuple[str, ...]
    """Ids of what the page holds."""
    blocks: int
    in_steps: int
    in_facts: int
    rest: tuple[Rest, ...]
    """What stands outside of all its documents."""
    asked_blocks: tuple[AskedBlock, ...] = ()


@dataclass(frozen=True)
class Handbook:
    """All that was read, with every name led to what it names."""

    processes: tuple[Document, ...]
    procedures: tuple[Document, ...]
    roles: tuple[Document, ...]
    records: tuple[Document, ...]
    pages: tuple[PageRead, ...]
    links: tuple[tuple[str, LinkTo], ...]
    """Every link that leads to a document, behind the id (of an ordinary page, the path) of what it stands in."""
    problems: tuple[Problem, ...]

    @functools.cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every document by its id, and by the old ids that it keeps alive."""
        everything = (*self.processes, *self.procedures, *self.roles, *self.records)
        by_alias = {alias: document for document in everything for alias in document.aliases}
        return by_alias | {document.id: document for document in everything}

    @property
    def shows_blocks(self) -> bool:
        """Whether fenced blocks such as `flow` are Handrail's; where no page holds a document, they are others'."""
        return bool(self.by_path)

    @functools.cached_property
    def by_path(self) -> Mapping[str, tuple[Document, ...]]:
        """The documents of each page."""
        found: dict[str, tuple[Document, ...]] = {}
        for document in (*self.processes, *self.procedures, *self.roles, *self.records):
            if document.own_page:
                found[document.path] = (*found.get(document.path, ()), document)
        return found

    @functools.cached_property
    def used_in(self) -> Mapping[str, tuple[LinkTo, ...]]:
        """Id of a document -> the links that lead to it or to one of its steps."""
        found: dict[str, list[LinkTo]] = {}
        for source, link in self.links:
            target = link.target.partition("#")[0]
            if target != source:
                found.setdefault(target, []).append(link)
        return {target: tuple(links) for target, links in found.items()}

    @functools.cached_property
    def homes(self) -> Mapping[str, tuple[tuple[Document, Step], ...]]:
        """Id of a procedure -> each process whose flow holds it, with the step there."""
        found: dict[str, list[tuple[Document, Step]]] = {}
        for process in self.processes:
            for step in process.all_steps():
                for procedure in dict.fromkeys((*step.calls, *step.hands_over)):
                    found.setdefault(procedure, []).append((process, step))
        return {procedure: tuple(places) for procedure, places in found.items()}
