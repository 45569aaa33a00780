"""What relies on what changed: processes that take an output, callers, records, clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from handrail.diff.data import Change, FieldChange, Must, Reached, Side, Touched, Way
from handrail.flows.handovers import hand_overs
from handrail.links.states import without_state
from handrail.model import Document, Handbook, Step
from handrail.reader.roles import folded

_GIVEN = ("output", "outputs", "record")
"""Fields that say what is handed on."""

Row = tuple[Reached, str, str, Must, str, str, str, str | None, str]
"""Kind, id and title of what is reached, what it must do, then how, document, its title, what, and the fingerprint."""


def reached(changes: Sequence[Change], before: Side, after: Side) -> Iterator[Touched]:
    """Yield what changes reach: takers of outputs, callers, records, clauses."""
    for find in (_takers, _callers, _records, _clauses):
        yield from _joined(find(changes, before.handbook, after.handbook))


def _joined(rows: Iterable[Row]) -> Iterator[Touched]:
    """Yield what is reached, each once with all the ways in which it is."""
    found: dict[tuple[Reached, str, str, Must], dict[tuple[str, str, str], tuple[dict[str, None], dict[str, None]]]]
    found = {}
    for kind, name, title, must, how, document, its_title, what, print_ in rows:
        ways = found.setdefault((kind, name, title, must), {})
        said, prints = ways.setdefault((how, document, its_title), ({}, {}))
        prints[print_] = None
        if what:
            said[what] = None
    for key in sorted(found, key=lambda key: (key[2].casefold(), key[1])):
        yield Touched(*key, tuple(Way(*way, tuple(said), tuple(prints)) for way, (said, prints) in found[key].items()))


def _takers(changes: Sequence[Change], before: Handbook, after: Handbook) -> Iterator[Row]:
    """Yield each process that takes something whose output changed."""
    given: dict[str, list[Change]] = {}
    for change in changes:
        for name in _given_names(change):
            given.setdefault(folded(without_state(name)), []).append(change)
    overs = (*hand_overs(before), *hand_overs(after)) if given else ()
    for over in dict.fromkeys(overs):
        taker = after.documents.get(over.taker)
        for change in given.get(folded(without_state(over.what)), ()) if taker is not None and over.what else ():
            assert taker is not None
            if change.fact.document != taker.id:
                yield "process", taker.id, taker.title, "look", "takes", *_of(change), over.what, change.fingerprint


def _of(change: Change) -> tuple[str, str]:
    return change.fact.document, change.fact.title


def _given_names(change: Change) -> Iterator[str]:
    """Yield the names of what a change hands on otherwise; a record that changes is one itself."""
    if change.fact.kind == "record":
        yield change.fact.title
    for field in change.fact.fields:
        if field.name in _GIVEN:
            yield from _names_in(field)


def _names_in(field: FieldChange) -> Iterator[str]:
    """Yield the names that stand on one side of a field alone."""
    ours, theirs = (
        {name.strip(): None for name in (text or "").split(";") if name.strip()} for text in (field.before, field.after)
    )
    yield from (name for name in (*ours, *theirs) if not (name in ours and name in theirs))


_CALLS: tuple[tuple[str, Callable[[Step], Sequence[str]]], ...] = (
    ("calls", lambda step: step.calls),
    ("hands over to", lambda step: step.hands_over),
    ("refers to", lambda step: step.mentions),
)


def _callers(changes: Sequence[Change], before: Handbook, after: Handbook) -> Iterator[Row]:
    """Yield each process and procedure that calls what changed, or points to it."""
    by_document: dict[str, list[Change]] = {}
    for change in changes:
        if change.fact.kind in ("process", "procedure"):
            by_document.setdefault(change.fact.document, []).append(change)
    linking = _linking(after), _linking(before)
    for name, found in by_document.items():
        # What is gone is called in the version before alone; who is gone too need not look.
        book, sources = (after, linking[0]) if name in after.documents else (before, linking[1])
        for source in sources.get(name, ()):
            caller = after.documents.get(source)
            if caller is None or caller.kind not in ("process", "procedure"):
                continue
            for how, sentence in dict.fromkeys(_uses(name, book.documents[source])):
                for change in found:
                    yield (
                        _kind(caller),
                        caller.id,
                        caller.title,
                        "look",
                        how,
                        *_of(change),
                        sentence,
                        change.fingerprint,
                    )


def _linking(book: Handbook) -> Mapping[str, Mapping[str, None]]:
    """Return id of a document -> the ids of those that link to it."""
    found: dict[str, dict[str, None]] = {}
    for source, link in book.links:
        target = link.target.partition("#")[0]
        if target != source and source in book.documents:
            found.setdefault(target, {})[source] = None
    return found


def _kind(document: Document) -> Reached:
    return "process" if document.kind == "process" else "procedure"


def _uses(name: str, caller: Document) -> Iterator[tuple[str, str | None]]:
    """Yield how a document uses another one, and in which step."""
    told = False
    for step in caller.all_steps():
        for how, names in _CALLS:
            if any(target.partition("#")[0] == name for target in names(step)):
                told = True
                yield how, " ".join(step.text.split()) or None
    if not told:
        yield "refers to", None


def _records(changes: Sequence[Change], before: Handbook, after: Handbook) -> Iterator[Row]:
    """Yield each record that a change is about, or that a step keeps which changed."""
    names = {folded(name): one for book in (before, after) for one in book.records for name in _called(one)}
    kept = {
        (document.id, step.id): step.records
        for document in (*after.processes, *after.procedures)
        for step in document.all_steps()
        if step.records
    }
    for change in changes:
        fact = change.fact
        said: list[tuple[str, str]] = [("changes", fact.title)] if fact.kind == "record" else []
        said += [("kept otherwise", name) for one in fact.fields if one.name == "record" for name in _names_in(one)]
        told = {name for _, name in said}
        said += [("kept in", name) for name in kept.get((fact.document, fact.step or ""), ()) if name not in told]
        for how, name in said:
            record = names.get(folded(without_state(name)))
            title = record.title if record is not None else name
            name_ = record.id if record is not None else name
            yield "record", name_, title, "look", how, *_of(change), fact.sentence, change.fingerprint


def _called(record: Document) -> tuple[str, ...]:
    return (*record.aliases, record.id, record.title)


def _clauses(changes: Sequence[Change], before: Handbook, after: Handbook) -> Iterator[Row]:
    """Yield each clause of a standard that a document which changed is there for, or a step which changed."""
    covered = {
        (document.id, step.id): step.clauses
        for book in (before, after)
        for document in (*book.processes, *book.procedures)
        for step in document.all_steps()
        if step.clauses
    }
    for change in changes:
        fact = change.fact
        known = [book.documents.get(fact.document) for book in (before, after)]
        stated = [text for one in known if one is not None for text in one.values("clauses")]
        named = [name for one in fact.fields if one.name == "clause" for name in _names_in(one)]
        for clause in dict.fromkeys((*stated, *covered.get((fact.document, fact.step or ""), ()), *named)):
            said = " ".join(clause.split())
            yield "clause", said, said, "look", "is fulfilled by", *_of(change), None, change.fingerprint
