"""Records by the roles that make and take them."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.index import Index, Place, address, by_title, clipped, title_of
from handrail.matrices.crossings import Crossings, Frame, matrix_of, role_column
from handrail.model import Document
from handrail.tables import Cell, Column, Piece, Spot, Table

_SHORT = 30
_NOBODY = "=="
"""The key of the column for steps that name nobody who does them."""


def records_table(index: Index) -> Table | None:
    """Return the records by who makes (M) and who takes (T) them; None where no step makes or takes any."""
    words = index.words.site
    grid = Crossings()
    records = [record for record in by_title(index.handbook.records, index) if index.takes_in(record)]
    for record in records:
        for letter, places in (("M", index.makers.get(record.id, ())), ("T", index.users.get(record.id, ()))):
            for place in places:
                _add(grid, record, letter, place, index)
    if not records:
        return None
    frame = Frame(
        "records-by-role",
        words["page.records-by-role"],
        index.kinds["record"],
        index.kinds["role"],
        words["records.part"],
        tuple(_notes(records, index)),
    )
    return matrix_of(frame, grid, {record.id: _name(record) for record in records}, _NOBODY)


def _add(grid: Crossings, record: Document, letter: str, place: Place, index: Index) -> None:
    document, step = place
    doers = dict.fromkeys(use.role for use in step.roles if use.part == "does")
    nobody = Column(_NOBODY, index.words.site["records.nobody"])
    for column in [role_column(role, index) for role in doers] or [nobody]:
        piece = Piece(letter, f"{document.id}#{step.id}", Spot(document.path, step.line))
        number = step.number or clipped(step.text, _SHORT)
        grid.add(record.id, column, piece, title_of(document, index), number)


def _name(record: Document) -> Cell:
    return Cell((Piece(record.title, address(record), Spot(record.path, record.line) if record.path else None),))


def _notes(records: list[Document], index: Index) -> Iterator[str]:
    words = index.words.site
    yield words["records.legend"]
    for key, places in (("unmade", index.makers), ("untaken", index.users)):
        number = sum(not places.get(record.id) for record in records)
        if number:
            yield words[f"records.{key}.one" if number == 1 else f"records.{key}.many"].format(number=number)
