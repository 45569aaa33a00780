"""A table for a spreadsheet: comma-separated values in which no cell becomes a formula."""

from __future__ import annotations

import csv
import io
import re

from handrail.tables.data import Table, cell_text

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""The beginnings that spreadsheets take for a formula or a command, also in their full-width forms."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no file of text can hold."""


def table_csv(table: Table, named: bool = False) -> str:
    """Return a table as comma-separated values, with its name in a line above it where it shall be `named`.

    Its groups, where it has some, stand in a first column. A cell that a spreadsheet would take for a formula begins
    with `'`, so that it stays a text.
    """
    grouped = any(row.group for row in table.rows)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    if named:
        writer.writerow([_safe(table.caption)])
    titles = [column.title for column in table.columns]
    writer.writerow(_safe(text) for text in ([table.groups, *titles] if grouped else titles))
    for row in table.rows:
        texts = [cell_text(cell) for cell in row.cells]
        writer.writerow(_safe(text) for text in ([row.group, *texts] if grouped else texts))
    return written.getvalue()


def _safe(text: str) -> str:
    """Return a text that a spreadsheet shows as it is."""
    clean = text if text.isprintable() else _UNSEEN.sub("\ufffd", text)
    return f"'{clean}" if _FORMULA.match(clean) else clean
