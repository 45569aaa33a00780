"""A table for people and programs, in each format; text for a terminal is made by `reports/tables_text.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from handrail.reports.data import data_text, present
from handrail.reports.markdown import inert
from handrail.reports.tables_text import tables_text
from handrail.tables import Cell, Column, Mark, Piece, Table, cell_text, spot_address, table_csv


def tables_markdown(tables: Sequence[Table]) -> str:
    """Return tables as Markdown, each cell with the words that gave it as a link."""
    return "\n".join(_markdown(table) for table in tables)


def tables_csv(tables: Sequence[Table]) -> str:
    """Return tables as comma-separated values; several, each below its name, with an empty line between them."""
    return "\r\n".join(table_csv(table, named=len(tables) > 1) for table in tables)


def tables_json(tables: Sequence[Table]) -> str:
    """Return tables as JSON."""
    return data_text({"tables": [_table_data(table) for table in tables]})


def tables_report(tables: Sequence[Table], form: str, width: int) -> str:
    """Return tables in a format; text on lines of so many columns."""
    return tables_text(tables, width) if form == "text" else TABLE_FORMATS[form](tables)


TABLE_FORMATS: Mapping[str, Callable[[Sequence[Table]], str]] = {
    "text": tables_text,
    "markdown": tables_markdown,
    "csv": tables_csv,
    "json": tables_json,
}


# ---- Markdown ----


def _markdown(table: Table) -> str:
    head = [f"**{inert(table.caption)}**", "", *(f"{inert(note)}\n" for note in table.notes)]
    grouped = any(row.group for row in table.rows)
    titles = [*([inert(table.groups)] if grouped else []), *(_linked(_of_column(column)) for column in table.columns)]
    rows = [
        [*([inert(row.group)] if grouped else []), *(_cell_markdown(cell, table.empty) for cell in row.cells)]
        for row in table.rows
    ]
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join([*head, *(f"| {' | '.join(line)} |" for line in lines)]) + "\n"


def _of_column(column: Column) -> Piece:
    return Piece(column.title, column.target, column.spot, column.note)


def _cell_markdown(cell: Cell, empty: str) -> str:
    between = "<br>" if cell.between == "\n" else cell.between
    signs = "".join(f"{inert(mark.sign)} " for mark in cell.marks if mark.sign)
    return (signs + between.join(_linked(piece) for piece in cell.pieces)).strip() or empty


def _linked(piece: Piece) -> str:
    text = " ".join(_looking(part) for part in piece.parts) or _looking(piece)
    linked = f"[{text}]({spot_address(piece.spot)})" if piece.spot and text else text
    noted = f"{linked} ({inert(piece.note)})" if piece.note else linked
    noted += f" ({', '.join(map(_linked, piece.also))})" if piece.also else ""
    inside = "; ".join(_linked(one) for one in piece.inside)
    return f"{noted}: {inside}" if inside else noted


def _looking(piece: Piece) -> str:
    text = inert(piece.text)
    return f"<{_TAGS[piece.look]}>{text}</{_TAGS[piece.look]}>" if piece.look in _TAGS else text


_TAGS = {"added": "ins", "removed": "del"}


# ---- JSON ----


def _table_data(table: Table) -> dict[str, object]:
    keys = [column.key for column in table.columns]
    return {
        "name": table.name,
        "caption": table.caption,
        "notes": list(table.notes),
        "columns": [_column_data(column) for column in table.columns],
        "rows": [
            present(
                {
                    "group": row.group or None,
                    "cells": {key: _cell_data(cell) for key, cell in zip(keys, row.cells, strict=True)},
                }
            )
            for row in table.rows
        ],
    }


def _column_data(column: Column) -> dict[str, object]:
    return present({"key": column.key, "title": column.title, "target": column.target, "note": column.note or None})


def _cell_data(cell: Cell) -> dict[str, object]:
    return present(
        {
            "text": cell_text(cell),
            "pieces": [_piece_data(piece) for piece in cell.pieces] or None,
            "marks": [_mark_data(mark) for mark in cell.marks] or None,
        }
    )


def said_where(piece: Piece) -> dict[str, object]:
    """Return the data of a piece's text, and of where it leads and stands; None for what it has not."""
    return {
        "text": piece.text,
        "note": piece.note or None,
        "target": piece.target,
        "path": piece.spot.path if piece.spot else None,
        "line": piece.spot.line if piece.spot else None,
    }


def _piece_data(piece: Piece) -> dict[str, object]:
    return present(
        {
            **said_where(piece),
            "look": piece.look if piece.look != "plain" else None,
            "parts": [_piece_data(one) for one in piece.parts] or None,
            "inside": [_piece_data(one) for one in piece.inside] or None,
            "also": [_piece_data(one) for one in piece.also] or None,
        }
    )


def _mark_data(mark: Mark) -> dict[str, object]:
    return {"name": mark.name, "text": mark.text}
