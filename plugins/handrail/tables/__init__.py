"""Tables that Handrail makes: columns, rows and cells, the same in every format; knows nothing of handbooks.

`Table` is data. `table_csv` writes it for a spreadsheet; the other formats stand where their neighbours stand: text,
Markdown and JSON in `reports/tables.py`, HTML in `pages/tables.py`.
"""

from __future__ import annotations

from handrail.tables.csv import table_csv
from handrail.tables.data import (
    EMPTY,
    Cell,
    Column,
    Mark,
    Piece,
    Row,
    Spot,
    Table,
    cell_text,
    piece_text,
    spot_address,
    text_cell,
)

__all__ = [
    "EMPTY",
    "Cell",
    "Column",
    "Mark",
    "Piece",
    "Row",
    "Spot",
    "Table",
    "cell_text",
    "piece_text",
    "spot_address",
    "table_csv",
    "text_cell",
]
