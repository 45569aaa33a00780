"""Roles by the competence that they need."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.index import Index, document_piece
from handrail.matrices.crossings import Crossings, Frame, matrix_of, role_column
from handrail.model import Document, Stated
from handrail.tables import Piece, Spot, Table, text_cell


def competence_table(index: Index) -> Table | None:
    """Return which role needs which competence, and which page says so; None where no page says any."""
    words = index.words.site
    grid = Crossings()
    names: dict[str, str] = {}
    for said, document, role in _needs(index):
        key = " ".join(said.text.casefold().rstrip(" .").split())
        names.setdefault(key, said.text)
        if role is None:
            continue
        page = document_piece(document, index)
        grid.add(key, role_column(role, index), Piece(page.text, page.target, Spot(said.path, said.line)))
    if not names:
        return None
    frame = Frame(
        "competence",
        words["page.competence"],
        words["fact.competence"],
        index.kinds["role"],
        words["competence.asked"],
        (words["competence.legend"],),
    )
    return matrix_of(frame, grid, {key: text_cell(names[key]) for key in sorted(names)})


def _needs(index: Index) -> Iterator[tuple[Stated, Document, str | None]]:
    """Yield each competence with the page that asks for it, and the role: its own, or who does the page's steps."""
    for role in index.handbook.roles:
        yield from ((said, role, role.id) for said in role.facts.get("competence", ()))
    for document in index.flows:
        stated = document.facts.get("competence")
        if not stated:
            continue
        doers = dict.fromkeys(use.role for step in document.all_steps() for use in step.roles if use.part == "does")
        yield from ((said, document, role) for said in stated for role in doers)
        if not doers:
            yield from ((said, document, None) for said in stated)
