"""Who must learn or know what changed: each role, by what it does differently from now on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.diff.data import Change, Place, Side, Touched, Training, Way
from handrail.model import Document, Part, Step
from handrail.reader.roles import folded

_LEARNED = ("does", "does now", "shares", "its page")
"""What has to be learned; all else is enough to know."""
_HOW: Mapping[Part, str] = {
    "approves": "approves",
    "asked": "is asked",
    "told": "is told",
    "takes part": "takes part",
}
WAYS = (
    "does now", "does", "shares", "does no longer", "its page", "approves", "is asked", "is told", "takes part",
    "follows", "uses", "owns",
)  # fmt: skip
"""How a role may be reached, in the order in which it is told."""
_COMPETENCE = "competence"

Reach = tuple[str, str, str | None]
"""Id of a role, how it is reached, and the step that it is about."""


@dataclass(frozen=True)
class _Book:
    """Both sides, looked up by what the readers of a change are found with."""

    before: Side
    after: Side
    steps: tuple[Mapping[tuple[str, int], Step], ...] = field(init=False)
    """For each side: path and line -> step."""
    roles: Mapping[str, Document] = field(init=False)
    """Folded name of a role -> the role, as it is after the change where it is there."""

    def __post_init__(self) -> None:
        sides = (self.before, self.after)
        names = {folded(name): role for side in sides for role in side.handbook.roles for name in _names(role)}
        object.__setattr__(self, "steps", tuple(_steps_by_place(side) for side in sides))
        object.__setattr__(self, "roles", names)

    def role(self, name: str) -> str:
        """Return the id of a role that a text names; the text itself where there is none."""
        known = self.roles.get(folded(name))
        return known.id if known is not None else " ".join(name.split())

    def now(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that roles have after the change: a role gets another one when its page comes or goes."""
        known = ((role, self.before.handbook.documents.get(role)) for role in roles)
        return tuple(self.role(one.title) if one is not None and one.kind == "role" else role for role, one in known)

    def titled(self, role: str) -> str:
        """Return the title of a role."""
        known = self.after.handbook.documents.get(role) or self.before.handbook.documents.get(role)
        return known.title if known is not None else role

    def sides_of(self, document: str) -> tuple[Document | None, Document | None]:
        """Return a document as it is on both sides."""
        return self.before.handbook.documents.get(document), self.after.handbook.documents.get(document)


def _names(role: Document) -> tuple[str, ...]:
    return (*role.aliases, role.id, role.title)


def _steps_by_place(side: Side) -> Mapping[tuple[str, int], Step]:
    documents = (*side.handbook.processes, *side.handbook.procedures)
    return {(document.path, step.line): step for document in documents for step in document.all_steps()}


def readers_of(changes: Sequence[Change], before: Side, after: Side) -> Iterator[Touched]:
    """Yield each role that must learn or know something, with what its page asks for."""
    book = _Book(before, after)
    found: dict[str, dict[tuple[str, str, str], tuple[dict[str, None], dict[str, None]]]] = {}
    for change in changes:
        fact = change.fact
        for role, how, sentence in dict.fromkeys(_reached(change, book)):
            key = (how, fact.document, fact.title)
            sentences, prints = found.setdefault(role, {}).setdefault(key, ({}, {}))
            prints[change.fingerprint] = None
            if sentence:
                sentences[sentence] = None
    for role, ways in found.items():
        yield _touched(role, [Way(*key, tuple(said), tuple(prints)) for key, (said, prints) in ways.items()], book)


def _touched(role: str, ways: Iterable[Way], book: _Book) -> Touched:
    ordered = tuple(sorted(ways, key=lambda way: (WAYS.index(way.how), way.title, way.document)))
    learned = [way for way in ordered if way.how in _LEARNED]
    training = tuple(_training(role, learned, book)) if learned else ()
    return Touched("role", role, book.titled(role), "learn" if learned else "know", ordered, training)


def _training(role: str, learned: Iterable[Way], book: _Book) -> Iterator[Training]:
    """Yield what the role's page asks for, then what the procedures ask for that are to be learned."""
    for name in dict.fromkeys((role, *(way.document for way in learned))):
        document = book.after.handbook.documents.get(name)
        if document is not None:
            yield from (_asked(text, document) for text in document.values(_COMPETENCE))


def _asked(text: str, document: Document) -> Training:
    return Training(" ".join(text.split()), document.id, document.title)


def _reached(change: Change, book: _Book) -> Iterator[Reach]:
    """Yield whom a change reaches."""
    fact = change.fact
    both = book.sides_of(fact.document)
    if fact.kind == "role":
        yield from ((role, "its page", None) for role in book.now([fact.document]))
    elif fact.kind == "record":
        yield from _users(fact.document, book)
    elif fact.what == "step":
        yield from _of_step(fact.before, fact.after, fact.sentence, book)
    elif fact.name in ("document.added", "document.removed"):
        how = "does now" if fact.how == "added" else "does no longer"
        yield from ((role, how, None) for role in book.now(_doers(both)))
    else:
        yield from ((role, "follows", None) for role in book.now(_doers(both)))
    for document in both:
        for owner in document.values("owner") if document is not None else ():
            yield book.role(owner), "owns", None


def _of_step(before: Place | None, after: Place | None, sentence: str | None, book: _Book) -> Iterator[Reach]:
    """Yield who has a part in a step, before or after."""
    ours, theirs = (
        book.steps[side].get((place.path, place.line)) if place else None for side, place in enumerate((before, after))
    )
    did, do = (book.now(_with_part(step, "does")) for step in (ours, theirs))
    for role in dict.fromkeys((*did, *do)):
        how = "does" if role in did and role in do else "does now" if role in do else "does no longer"
        yield role, how, sentence
    # Where nobody is said to do a step, it is done by those who take part in it.
    alone = not did and not do
    for part, how in _HOW.items():
        how = "shares" if alone and part == "takes part" else how
        for role in book.now((*_with_part(ours, part), *_with_part(theirs, part))):
            yield role, how, sentence


def _with_part(step: Step | None, part: Part) -> tuple[str, ...]:
    return tuple(use.role for use in step.roles if use.part == part) if step is not None else ()


def _doers(both: Iterable[Document | None]) -> Iterator[str]:
    for document in both:
        for step in document.all_steps() if document is not None else ():
            yield from _with_part(step, "does")


def _users(record: str, book: _Book) -> Iterator[Reach]:
    """Yield who does a step that makes or takes a record."""
    known = [document for document in book.sides_of(record) if document is not None]
    names = {folded(name) for document in known for name in _names(document)}
    for steps in book.steps:
        for step in steps.values():
            if any(folded(name) in names for name in (*step.records, *step.outputs, *step.inputs)):
                yield from ((role, "uses", None) for role in book.now(_with_part(step, "does")))
