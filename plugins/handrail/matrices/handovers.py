"""Roles that hand over to roles: where one's step leads to another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.index import Index, document_piece
from handrail.matrices.crossings import Crossings, Frame, matrix_of, role_column
from handrail.model import Document, Step
from handrail.tables import Cell, Column, Piece, Spot, Table


def handovers_table(index: Index) -> Table | None:
    """Return who gives work to whom: rows give, columns take. None where no step goes from role to role."""
    words = index.words.site
    places: dict[tuple[str, str], dict[str, tuple[Document, list[Piece]]]] = {}
    for document in index.flows:
        for giver, taker, piece in _given(document, index):
            _, pieces = places.setdefault((giver, taker), {}).setdefault(document.id, (document, []))
            if piece not in pieces:
                pieces.append(piece)
    grid = Crossings()
    for (giver, taker), found in places.items():
        for document, pieces in found.values():
            named = replace(document_piece(document, index), inside=tuple(pieces))
            grid.add(giver, role_column(taker, index), named)
    if not places:
        return None
    givers = sorted({giver: role_column(giver, index) for giver, _ in places}.items(), key=_by_title)
    frame = Frame(
        "hand-overs",
        words["page.hand-overs"],
        words["handovers.giver"],
        words["handovers.taker"],
        words["handovers.where"],
        (words["handovers.legend"],),
    )
    return matrix_of(frame, grid, {key: Cell((Piece(one.title, one.target, one.spot),)) for key, one in givers})


def _by_title(pair: tuple[str, Column]) -> str:
    return pair[1].title.casefold()


def _given(document: Document, index: Index) -> Iterator[tuple[str, str, Piece]]:
    """Yield giver, taker and place of each step that leads to a step of somebody else."""
    manned = [step for step in document.all_steps() if _doers(step)]
    steps = {step.id: step for step in document.all_steps()} if manned else {}
    for step in manned:
        givers = _doers(step)
        for other, next_step in _next(document, step, steps, index):
            for giver in givers:
                for taker in _doers(next_step):
                    if taker != giver and taker not in givers:
                        yield giver, taker, _place(document, step, other, next_step, index)


def _next(document: Document, step: Step, steps: dict[str, Step], index: Index) -> Iterator[tuple[Document, Step]]:
    """Yield the steps that a step leads to, here or at the head of a procedure that takes over."""
    for arrow in step.next:
        name, _, target = arrow.to.partition("#")
        if arrow.to in steps:
            yield document, steps[arrow.to]
        elif (other := index.handbook.documents.get(name)) is not None and other.steps:
            yield other, next((one for one in other.all_steps() if one.id == target), other.steps[0])
    for name in step.hands_over:
        other = index.handbook.documents.get(name)
        if other is not None and other.steps:
            yield other, other.steps[0]


def _doers(step: Step) -> tuple[str, ...]:
    return tuple(dict.fromkeys([use.role for use in step.roles if use.part == "does"])) if step.roles else ()


def _place(document: Document, step: Step, other: Document, taken: Step, index: Index) -> Piece:
    behind = taken.number if other.id == document.id else document_piece(other, index).text
    return Piece(f"{step.number} → {behind}", f"{document.id}#{step.id}", Spot(document.path, step.line))
