"""Documents side by side, as JSON; `schemas/compare.json` describes it."""

from __future__ import annotations

from importlib.resources import files

from handrail.comparison import Answer, Asked, Compared, Comparison, StepCell, StepRow
from handrail.model import Document
from handrail.reports.data import data_text, present
from handrail.reports.tables import said_where
from handrail.tables import Piece


def comparison_json(comparison: Comparison, asked: Asked) -> str:
    """Return a comparison, one document and one row a line."""
    rows = [_row(row) for row in comparison.rows if row.differs or not asked.differences]
    steps = [_step(step) for step in comparison.steps or () if step.differs or not asked.differences]
    differing, count = comparison.counts
    items = [_item(item) for item in comparison.items]
    counts = [{"what": "rows", "differ": differing, "of": count}]
    return data_text({"counts": counts, "items": items, "rows": rows, "steps": steps})


def comparison_schema_text() -> str:
    """Return the JSON Schema that every `comparison_json` fulfils."""
    return (files("handrail") / "schemas" / "compare.json").read_text(encoding="utf-8")


def _item(item: Document) -> dict[str, object]:
    place = {"path": item.path, "line": item.line} if item.path else {}
    return {"id": item.id, "kind": item.kind, "title": item.title, **place}


def _row(row: Compared) -> dict[str, object]:
    answers = [_answer(answer) for answer in row.answers]
    return present({"name": row.name, "heading": row.section, "differs": row.differs, "answers": answers})


def _answer(answer: Answer) -> dict[str, object]:
    return {
        "state": answer.state,
        "differs": answer.differs,
        "values": [_piece(piece) for piece in answer.pieces],
    }


def _piece(piece: Piece) -> dict[str, object]:
    return present({**said_where(piece), "inside": [_piece(one) for one in piece.inside] or None})


def _step(row: StepRow) -> dict[str, object]:
    cells = [_cell(cell, stands) for cell, stands in zip(row.cells, row.stands, strict=True)]
    return {"row": row.number, "differs": row.differs, "cells": cells}


def _cell(cell: StepCell | None, stands: int | None) -> dict[str, object] | None:
    """Return a step; where the document has it in another row, only which one; None where it has none."""
    if cell is None:
        return {"in_row": stands} if stands is not None else None
    document, step = cell.stepped.document, cell.stepped.step
    return present(
        {
            "document": document.id,
            "step": step.id,
            "number": step.number,
            "path": document.path,
            "line": step.line,
            "text": step.text,
            "likeness": cell.likeness,
            "moved": cell.moved,
            "differs": cell.differs,
            "wording": [_word(piece) for piece in cell.wording] or None,
            "said": [{"name": said.name, "text": said.text} for said in cell.said] or None,
        }
    )


def _word(piece: Piece) -> dict[str, object]:
    """Return a run of words: `same`, `added` or `removed` against the step that it is compared with."""
    return {"text": piece.text, "is": "same" if piece.look == "plain" else piece.look}
