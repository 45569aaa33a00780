"""A table for people and programs: text for a terminal, Markdown, comma-separated values, JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import click

from handrail.reports.data import data_text, present
from handrail.reports.lines import WIDTH, plain, wrapped
from handrail.reports.markdown import inert
from handrail.tables import Cell, Column, Mark, Piece, Row, Table, cell_text, spot_address, table_csv

_GAP = "  "
_ABSENT = "∅"
"""The sign of an answer that is not there; such answers are told last."""
_NAMED = 5
"""So many columns with the same answer are named; of more, only their number is told."""


def tables_text(tables: Sequence[Table]) -> str:
    """Return tables for people: side by side where they fit on 80 columns, else row by row."""
    return "\n".join(_text(table) for table in tables)


def tables_markdown(tables: Sequence[Table]) -> str:
    """Return tables as Markdown, each cell with the words that gave it as a link."""
    return "\n".join(_markdown(table) for table in tables)


def tables_csv(tables: Sequence[Table]) -> str:
    """Return tables as comma-separated values, with an empty line between them."""
    return "\r\n".join(table_csv(table) for table in tables)


def tables_json(tables: Sequence[Table]) -> str:
    """Return tables as JSON."""
    return data_text({"tables": [_table_data(table) for table in tables]})


TABLE_FORMATS: Mapping[str, Callable[[Sequence[Table]], str]] = {
    "text": tables_text,
    "markdown": tables_markdown,
    "csv": tables_csv,
    "json": tables_json,
}


# ---- text ----


def _text(table: Table) -> str:
    head = [click.style(plain(table.caption), bold=True), *(wrapped(plain(note)) for note in table.notes), ""]
    texts = [[plain(cell_text(cell)) or table.empty for cell in row.cells] for row in table.rows]
    titles = [plain(column.title) for column in table.columns]
    widths = [max(map(_width, column)) for column in zip(titles, *texts, strict=True)]
    fits = sum(widths) + len(_GAP) * (len(widths) - 1) <= WIDTH
    body = _side_by_side(table.rows, titles, texts, widths) if fits else _one_by_one(table.rows, titles, texts)
    return "\n".join([*head, *body]) + "\n"


def _side_by_side(
    rows: Sequence[Row], titles: Sequence[str], texts: Sequence[Sequence[str]], widths: Sequence[int]
) -> Iterator[str]:
    yield _line(titles, widths)
    yield _GAP.join("-" * width for width in widths)
    for group, found in groupby(zip(rows, texts, strict=True), key=lambda pair: pair[0].group):
        if group:
            yield f"\n{plain(group)}"
        yield from (_line(cells, widths) for _, cells in found)


def _one_by_one(rows: Sequence[Row], titles: Sequence[str], texts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as its name, and below it what it answers."""
    group = ""
    for row, (name, *answers) in zip(rows, texts, strict=True):
        if row.group != group:
            group = row.group
            yield f"{plain(group)}\n" if group else ""
        yield wrapped(name)
        answered: dict[str, list[str]] = {}
        for title, cell, answer in zip(titles[1:], row.cells[1:], answers, strict=True):
            text = "\n".join(plain(line) for line in cell_text(cell).split("\n")) if cell.pieces else answer
            answered.setdefault(text, []).append(title)
        for text, named in sorted(answered.items(), key=lambda pair: pair[0].startswith(_ABSENT)):
            if not text:
                continue
            first, *others = text.split("\n")
            who = ", ".join(named) if len(named) <= _NAMED else f"{len(named)} of them"
            yield wrapped(f"{who}: {first}", indent=4, hanging=2)
            yield from (wrapped(line, indent=6, hanging=2) for line in others if line)
        yield ""


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (width - _width(text)) for text, width in zip(texts, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text if not _is_above(char))


def _is_above(char: str) -> bool:
    """Whether a character stands above or below the one before it."""
    return unicodedata.combining(char) > 0


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
        }
    )


def _mark_data(mark: Mark) -> dict[str, object]:
    return {"name": mark.name, "text": mark.text}
