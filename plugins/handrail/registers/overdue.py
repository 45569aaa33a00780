"""What is overdue on a day: of a table, and as problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from handrail.model import Document, Handbook
from handrail.problems import Problem
from handrail.tables import Cell, Mark, Row, Table


def with_overdue(table: Table, today: date, word: str) -> Table:
    """Return a table in which every day that lies before today is marked as overdue, in this word."""
    mark = Mark("overdue", "!", word)
    return replace(table, rows=tuple(_row(row, today, mark) for row in table.rows))


def _row(row: Row, today: date, mark: Mark) -> Row:
    return replace(row, cells=tuple(_cell(cell, today, mark) for cell in row.cells))


def _cell(cell: Cell, today: date, mark: Mark) -> Cell:
    late = any(piece.look == "due" and piece.value < today.isoformat() for piece in cell.pieces)
    if not late:
        return cell
    pieces = tuple(replace(piece, note=mark.text) if piece.look == "due" else piece for piece in cell.pieces)
    return replace(cell, pieces=pieces, marks=(*cell.marks, mark))


def overdue_problems(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Yield a problem for each document whose review was due before today."""
    everything = (*handbook.processes, *handbook.procedures, *handbook.roles, *handbook.records)
    for document in everything:
        if document.due is not None and document.due < today.isoformat():
            yield _overdue(document, document.due)


def _overdue(document: Document, due: str) -> Problem:
    said = next(document.facts[name][0] for name in ("review.next", "review.last") if document.facts.get(name))
    message = f"The review of `{document.id}` was due on {due}."
    mend = "Review it, and write the day of the review."
    return Problem("overdue-review", "warning", said.path, said.line, said.column, message, mend)
