"""Tables compared row by row and cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handrail.dataclass import dataclass
from handrail.diff.data import FieldChange, How
from handrail.documents.tokens import split_cells
from handrail.matching import Entry, folded, paired, words_of

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that was added, removed or changed; its lines are counted from the table's first one."""

    how: How
    before: int | None
    after: int | None
    cells: tuple[FieldChange, ...]
    label: str
    """What its first cell says."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]
    """Head of the column -> the cell's words."""


def is_table(text: str) -> bool:
    """Whether a block of Markdown is a table."""
    lines = text.split("\n")
    return len(lines) > 1 and "|" in text and _DELIMITER.match(lines[1]) is not None


def row_changes(before: str, after: str) -> Iterator[RowChange]:
    """Yield the rows that differ between two tables."""
    ours, theirs = _rows(before), _rows(after)
    matches = paired([_entry(row) for row in ours], [_entry(row) for row in theirs]).matches
    for match in matches:
        one, other = ours[match.before], theirs[match.after]
        columns = list(dict.fromkeys((*one.cells, *other.cells)))
        cells = tuple(
            FieldChange(name, one.cells.get(name) or None, other.cells.get(name) or None)
            for name in columns
            if (one.cells.get(name) or None) != (other.cells.get(name) or None)
        )
        if cells:
            yield RowChange("changed", one.line, other.line, cells, _label(other))
    for place, row in enumerate(ours):
        if place not in {match.before for match in matches}:
            gone = tuple(FieldChange(name, cell, None) for name, cell in row.cells.items())
            yield RowChange("removed", row.line, None, gone, _label(row))
    for place, row in enumerate(theirs):
        if place not in {match.after for match in matches}:
            cells = tuple(FieldChange(name, None, cell) for name, cell in row.cells.items())
            yield RowChange("added", None, row.line, cells, _label(row))


def _label(row: _Row) -> str:
    return next(iter(row.cells.values()), "")


def _rows(text: str) -> list[_Row]:
    lines = text.split("\n")
    heads: list[str] = []
    for _, cell in split_cells(lines[0]):
        name = " ".join(words_of(cell)) or f"column {len(heads) + 1}"
        heads.append(name if name not in heads else f"{name} ({len(heads) + 1})")
    rows = [_Row(0, {name: name for name in heads})]
    for number, line in enumerate(lines[2:], 2):
        cells = [" ".join(words_of(cell)) for _, cell in split_cells(line)]
        names = [*heads, *(f"column {place + 1}" for place in range(len(heads), len(cells)))]
        rows.append(_Row(number, dict(zip(names, cells, strict=False))))
    return rows


def _entry(row: _Row) -> Entry:
    cells = list(row.cells.values())
    words = folded(word for cell in cells for word in cell.split())
    return Entry("", words, words)
