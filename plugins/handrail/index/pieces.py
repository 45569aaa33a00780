"""Documents, steps, roles and facts as pieces of a table, each with where it leads and where it is said."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.index.lookups import Index, Place, address, title_of
from handrail.index.texts import headline
from handrail.model import Document, Stated, Step
from handrail.reader.roles import folded
from handrail.tables import Piece, Spot


def document_piece(document: Document, index: Index, note: str = "") -> Piece:
    """Return a document by its title."""
    return Piece(title_of(document, index), address(document), Spot(document.path, document.line), note)


def step_piece(document: Document, step: Step, note: str = "") -> Piece:
    """Return a step by its number and the beginning of its text."""
    text = f"{step.number}. {headline(step.text, 90)}" if step.number else headline(step.text, 90)
    return Piece(text, f"{document.id}#{step.id}", Spot(document.path, step.line), note)


def id_piece(name: str, index: Index, spot: Spot | None = None) -> Piece:
    """Return what an id stands for, or the name as it is."""
    documents = index.handbook.documents
    document = documents.get(name.casefold()) or documents.get(name)
    return document_piece(document, index) if document is not None else Piece(name, spot=spot)


def role_piece(name: str, index: Index, spot: Spot | None = None) -> Piece:
    """Return the role that a name stands for, by that name."""
    role = index.roles.get(folded(name))
    return (
        Piece(name, address(role), spot or Spot(role.path, role.line)) if role is not None else Piece(name, spot=spot)
    )


def role_id_pieces(ids: Iterable[str], index: Index) -> tuple[Piece, ...]:
    """Return each role once, by its title."""
    return tuple(id_piece(name, index) for name in dict.fromkeys(ids))


def fact_pieces(stated: Iterable[Stated]) -> tuple[Piece, ...]:
    """Return what a page states, with its place."""
    return tuple(Piece(one.text, spot=Spot(one.path, one.line)) for one in stated)


def grouped_pieces(places: Iterable[Place], index: Index) -> tuple[Piece, ...]:
    """Return steps by the document that they belong to."""
    by_id: dict[str, tuple[Document, dict[str, Step]]] = {}
    for document, step in places:
        by_id.setdefault(document.id, (document, {}))[1][step.id] = step
    return tuple(_with_steps(document, steps.values(), index) for document, steps in by_id.values())


def _with_steps(document: Document, steps: Iterable[Step], index: Index) -> Piece:
    piece = document_piece(document, index)
    inside = tuple(step_piece(document, step) for step in steps)
    return Piece(piece.text, piece.target, piece.spot, inside=inside)
