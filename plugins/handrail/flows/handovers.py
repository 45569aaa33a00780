"""What processes hand to each other: records that one makes and another takes, and work that goes over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from handrail.dataclass import dataclass
from handrail.links.states import without_state
from handrail.model import Document, Handbook
from handrail.reader.roles import folded

_STATE = re.compile(r"\(([^()]+)\)\s*\Z")

Way = Literal["made", "taken"]

_LABELS: Mapping[str, Way] = {"output": "made", "record": "made", "input": "taken"}
_FACTS: tuple[tuple[str, Way], ...] = (("outputs", "made"), ("inputs", "taken"))


@dataclass(frozen=True, slots=True)
class HandOver:
    """What one process gives to another."""

    giver: str
    taker: str
    what: str
    """The name of the record, with its state; empty where the work itself goes over."""
    record: str | None
    """The record's id, where it is one."""
    confirmed: bool
    """Whether a link or a registered record says so, and not only that two names are equal."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a document makes or takes."""

    way: Way
    key: str
    name: str
    state: str
    record: str | None
    confirmed: bool

    def may_be(self, other: _Thing) -> bool:
        """Whether both are the same thing in the same state, as far as a state is said."""
        return self.key == other.key and (not self.state or not other.state or self.state == other.state)


@dataclass(frozen=True, slots=True)
class IdleRecord:
    """A registered record that does not pass from hand to hand."""

    record: str
    made: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class _Book:
    """A handbook, looked up by what hand-overs ask for."""

    documents: Mapping[str, Document]
    records: Mapping[str, Document]
    """Folded name -> record."""
    links: Mapping[tuple[str, int], tuple[Document, ...]]
    """A document's id and a line of its page -> the records that it links to there."""


def hand_overs(handbook: Handbook) -> tuple[HandOver, ...]:
    """Return what each process gives to each other one, in the order of the handbook."""
    book = _book(handbook)
    things = {process.id: _things_of_process(process, book) for process in handbook.processes}
    takers: dict[str, list[tuple[str, _Thing]]] = {}
    for name, own in things.items():
        for thing in own:
            if thing.way == "taken" and not any(made.way == "made" and made.may_be(thing) for made in own):
                takers.setdefault(thing.key, []).append((name, thing))
    found = [over for name, own in things.items() for over in _given(name, own, takers)]
    found += [over for process in handbook.processes for over in _work(process, book)]
    return tuple(dict.fromkeys(found))


def _book(handbook: Handbook) -> _Book:
    names = {folded(name): record for record in handbook.records for name in (*record.aliases, record.id, record.title)}
    links: dict[tuple[str, int], tuple[Document, ...]] = {}
    for source, link in handbook.links:
        record = handbook.documents.get(link.target.partition("#")[0])
        if record is not None and record.kind == "record":
            links[source, link.line] = (*links.get((source, link.line), ()), record)
    return _Book(handbook.documents, names, links)


def _given(giver: str, own: Iterable[_Thing], takers: Mapping[str, list[tuple[str, _Thing]]]) -> Iterator[HandOver]:
    for made in own:
        for taker, taken in takers.get(made.key, ()) if made.way == "made" else ():
            if taker != giver and made.may_be(taken):
                state = made.state or taken.state
                what = f"{made.name} ({state})" if state else made.name
                yield HandOver(giver, taker, what, made.record, made.confirmed and taken.confirmed)


def _work(process: Document, book: _Book) -> Iterator[HandOver]:
    """Yield each process that a process calls or hands over to."""
    for document in _scope(process, book):
        for step in document.all_steps():
            for name in (*step.calls, *step.hands_over, *(arrow.to.partition("#")[0] for arrow in step.next)):
                other = book.documents.get(name)
                if other is not None and other.kind == "process" and other.id != process.id:
                    yield HandOver(process.id, other.id, "", None, True)


def _things_of_process(process: Document, book: _Book) -> tuple[_Thing, ...]:
    """Return what a process and the procedures inside it make and take."""
    found = (thing for document in _scope(process, book) for thing in _things(document, book))
    return tuple(dict.fromkeys(found))


def _scope(process: Document, book: _Book) -> tuple[Document, ...]:
    """Return a process and the procedures that its flow, and their own steps, call; other processes end the search."""
    found = {process.id: process}
    waiting = [process]
    while waiting:
        for step in waiting.pop().all_steps():
            for name in (*step.calls, *step.hands_over):
                called = book.documents.get(name)
                if called is not None and called.kind == "procedure" and called.id not in found:
                    found[called.id] = called
                    waiting.append(called)
    return tuple(found.values())


def _things(document: Document, book: _Book) -> Iterator[_Thing]:
    """Yield what a document makes and takes, by its steps and by its own facts."""
    for step in document.all_steps():
        named: tuple[tuple[Way, tuple[str, ...]], ...]
        named = (("made", (*step.outputs, *step.records)), ("taken", step.inputs))
        for way, names in named:
            lines = [line for label, line in step.labels if _LABELS.get(label) == way]
            yield from _of_names(names, lines, way, document, book)
    for fact, way in _FACTS:
        stated = document.facts.get(fact, ())
        yield from _of_names([said.text for said in stated], [said.line for said in stated], way, document, book)


def _of_names(
    names: Iterable[str], lines: Iterable[int], way: Way, document: Document, book: _Book
) -> Iterator[_Thing]:
    """Yield what is named, and the records that only a link on the same line names."""
    named = [_thing(name, way, book) for name in names if folded(without_state(name))]
    yield from named
    known = {thing.key for thing in named}
    for line in lines:
        for record in book.links.get((document.id, line), ()):
            if record.id not in known:
                yield _Thing(way, record.id, record.title, "", record.id, True)


def _thing(text: str, way: Way, book: _Book) -> _Thing:
    name = without_state(text)
    state = _STATE.search(text.strip()) if name != text.strip() else None
    said = " ".join(state[1].split()).casefold() if state else ""
    record = book.records.get(folded(name))
    if record is None:
        return _Thing(way, f"={folded(name)}", name, said, None, False)
    return _Thing(way, record.id, record.title, said, record.id, is_registered(record))


def is_registered(record: Document) -> bool:
    """Return whether a page or an option says what a record is, and not only some step names it."""
    return record.own_page or not record.path


def idle_records(handbook: Handbook) -> tuple[IdleRecord, ...]:
    """Return the registered records that nobody makes or nobody takes."""
    book = _book(handbook)
    things = {
        (thing.way, thing.key)
        for document in (*handbook.processes, *handbook.procedures)
        for thing in _things(document, book)
    }
    found = (
        IdleRecord(record.id, ("made", record.id) in things, ("taken", record.id) in things)
        for record in handbook.records
        if is_registered(record)
    )
    return tuple(record for record in found if not (record.made and record.taken))
