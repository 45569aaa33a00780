"""A table as HTML: with a caption, scopes and a name, in a region that scrolls by keyboard, and cut for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from handrail.pages.site import View
from handrail.render import Markup, rendered
from handrail.tables import Row, Table

_SHEET = 6
"""So many columns beside the first one stand on a sheet of paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Those columns of a table that fit on a sheet of paper, beside the first one."""

    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that stand together."""

    anchor: str
    title: str
    rows: tuple[Row, ...]


def table_html(table: Table, view: View, download: str | None = None) -> Markup:
    """Return a table as block-level HTML; `download` is the address of the same cells in a file."""
    html = rendered(
        "table",
        view.site.own_templates,
        say=view.site.say,
        table=table,
        groups=tuple(_groups(table)),
        sheets=_sheets(len(table.columns)),
        url=view.url,
        download=download,
    )
    return Markup(html)


def _groups(table: Table) -> Iterator[RowGroup]:
    for number, (title, rows) in enumerate(groupby(table.rows, key=lambda row: row.group), 1):
        yield RowGroup(f"{table.name}-group-{number}", title, tuple(rows))


def _sheets(columns: int) -> Sequence[Sheet]:
    """Return the sheets that a wide table is cut into; none where it fits."""
    others = range(1, columns)
    if len(others) <= _SHEET:
        return ()
    return [Sheet((0, *others[start : start + _SHEET])) for start in range(0, len(others), _SHEET)]
