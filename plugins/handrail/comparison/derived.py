"""What follows from what a document states, where nobody typed it: its scope, goal, flexibility and focus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from handrail.comparison.data import Answer
from handrail.index import Index, activities, address, clipped, step_piece
from handrail.matching import words_of
from handrail.model import Document, Stated, Step
from handrail.tables import Piece, Spot

DERIVED = ("scope", "goal", "flexibility", "focus")
"""The aspects in which a process and a procedure differ most."""
_LONG = 200
_MOST = 6


def derived(name: str, item: Document, index: Index) -> Answer:
    """Return what follows for one of these aspects; each part leads to what it follows from."""
    find = _FOUND.get((item.kind, name))
    pieces = tuple(find(item, index)) if find is not None else ()
    if not pieces:
        return Answer("absent")
    key = tuple(" ".join(words_of(piece.text)).casefold() for piece in pieces)
    return Answer("derived", pieces, key)


def _process_scope(item: Document, index: Index) -> Iterable[Piece]:
    """Return from which trigger to which output a process goes."""
    yield from _labelled("aspect.from", item.facts.get("trigger", ()), item, index)
    yield from _labelled("aspect.to", item.facts.get("outputs", ()), item, index)


def _procedure_scope(item: Document, index: Index) -> Iterable[Piece]:
    """Return the one activity that a procedure holds, in each process that has it."""
    for process, step in index.handbook.homes.get(item.id, ()):
        piece = step_piece(process, step)
        yield Piece(piece.text, piece.target, piece.spot, process.title)


def _process_goal(item: Document, index: Index) -> Iterable[Piece]:
    return _told(item.facts.get("purpose", ()), item, index)


def _procedure_goal(item: Document, index: Index) -> Iterable[Piece]:
    return _told(item.facts.get("done_when", ()) or item.facts.get("purpose", ()), item, index)


def _process_flexibility(item: Document, index: Index) -> Iterable[Piece]:
    """Return the share of activities that are left to judgement, with each of them."""
    rails = [activity for activity in activities(item) if activity.rail is not None]
    free = [activity.step for activity in rails if activity.rail == "judgement"]
    if rails:
        text = index.words.site["aspect.judgement"].format(count=len(free), all=len(rails))
        inside = tuple(step_piece(item, step) for step in free[:_MOST])
        yield Piece(text, address(item), Spot(item.path, item.steps[0].line), inside=inside)


def _procedure_flexibility(item: Document, index: Index) -> Iterable[Piece]:
    return _told(item.facts.get("may_deviate", ()), item, index)


def _process_focus(item: Document, index: Index) -> Iterable[Piece]:
    return _told(item.facts.get("indicators", ()), item, index)


def _procedure_focus(item: Document, index: Index) -> Iterable[Piece]:
    """Return what a procedure checks, and which records it makes."""
    steps = item.all_steps()
    words = index.words.site
    checks = [step for step in steps if step.expect or step.hold]
    if checks:
        text = words["aspect.checks"].format(count=len(checks), all=len(steps))
        yield Piece(text, f"{item.id}#{checks[0].id}", Spot(item.path, checks[0].line))
    records: dict[str, tuple[str, Step]] = {}
    for step in steps:
        for name in step.records:
            records.setdefault(name.casefold(), (name, step))
    for name, step in list(records.values())[:_MOST]:
        text = words["aspect.record"].format(record=clipped(name, _LONG))
        yield Piece(text, f"{item.id}#{step.id}", Spot(item.path, step.line))


def _labelled(label: str, values: Sequence[Stated], item: Document, index: Index) -> Iterable[Piece]:
    for stated in values[:_MOST]:
        text = index.words.site[label].format(text=clipped(stated.text, _LONG))
        yield Piece(text, address(item), Spot(stated.path, stated.line))


def _told(values: Sequence[Stated], item: Document, index: Index) -> Iterable[Piece]:
    for stated in values[:_MOST]:
        yield Piece(clipped(stated.text, 2 * _LONG), address(item), Spot(stated.path, stated.line))


_FOUND: Mapping[tuple[str, str], Callable[[Document, Index], Iterable[Piece]]] = {
    ("process", "scope"): _process_scope,
    ("procedure", "scope"): _procedure_scope,
    ("process", "goal"): _process_goal,
    ("procedure", "goal"): _procedure_goal,
    ("process", "flexibility"): _process_flexibility,
    ("procedure", "flexibility"): _procedure_flexibility,
    ("process", "focus"): _process_focus,
    ("procedure", "focus"): _procedure_focus,
}
