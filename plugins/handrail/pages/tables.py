"""A table as HTML: with a caption, scopes and a name, in a region that scrolls by keyboard, and cut for paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from handrail.dataclass import dataclass
from handrail.pages.site import Site, View
from handrail.render import Markup, rendered
from handrail.tables import Cell, Row, Table, table_csv

_MARK = "\ufeff"
"""Tells spreadsheets that a file is UTF-8."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Those columns of a table that fit on a sheet of paper, beside the first one."""

    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row whose cells are named by their numbers."""

    anchor: str
    inner: bool
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that stand together."""

    anchor: str
    title: str
    rows: tuple[ShownRow, ...]


def table_html(table: Table, view: View, download: str | None = None) -> Markup:
    """Return a table as block-level HTML; `download` is the address of the same cells in a file."""
    numbers: dict[Cell, int] = {}
    groups = tuple(_groups(table, numbers))
    html = rendered(
        "table",
        view.site.own_templates,
        say=view.site.say,
        table=table,
        groups=groups,
        cells=tuple(numbers),
        sheets=_sheets(len(table.columns), table.abreast),
        words=_script_words(view.site),
        url=view.url,
        download=download,
    )
    return Markup(html)


def table_file(table: Table) -> str:
    """Return a table as the text of a file for spreadsheets."""
    return _MARK + table_csv(table)


def without_silent_columns(table: Table, said: str) -> Table:
    """Return a table without the columns in which no row says anything, and a note that tells of the `{columns}`."""
    kept = [at for at in range(len(table.columns)) if not at or any(_says(row.cells[at]) for row in table.rows)]
    if len(kept) == len(table.columns) or not table.rows:
        return table
    gone = ", ".join(column.title for at, column in enumerate(table.columns) if at not in kept)
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows),
        notes=(*table.notes, said.format(columns=gone)),
    )


def _says(cell: Cell) -> bool:
    """Whether a cell holds more than the words for what nobody states."""
    return bool(cell.marks) or any(piece.look != "missing" for piece in cell.pieces)


_WORDS = ("filter", "table.columns", "table.sort", "table.order", "table.unsorted", "table.shown")


def _script_words(site: Site) -> str:
    """Return what the script says around a table, as JSON."""
    said = {name.removeprefix("table."): site.words.site[name] for name in _WORDS}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _groups(table: Table, numbers: dict[Cell, int]) -> Iterator[RowGroup]:
    """Yield the groups of a table; each cell gets a number, equal ones the same."""
    for title, rows in groupby(table.rows, key=lambda row: row.group):
        yield RowGroup(group_anchor(table, title), title, tuple(_shown(row, numbers) for row in rows))


def _shown(row: Row, numbers: dict[Cell, int]) -> ShownRow:
    return ShownRow(row.anchor, row.inner, tuple(numbers.setdefault(cell, len(numbers)) for cell in row.cells))


def group_anchor(table: Table, group: str) -> str:
    """Return the id of a group of rows on the page of its table."""
    return f"{table.name}--{''.join(char if char.isalnum() else '-' for char in group.casefold())}"


def _sheets(columns: int, abreast: int) -> Sequence[Sheet]:
    """Return the sheets that a wide table is cut into; none where it fits."""
    others = range(1, columns)
    if len(others) <= abreast:
        return ()
    return [Sheet((0, *others[start : start + abreast])) for start in range(0, len(others), abreast)]
