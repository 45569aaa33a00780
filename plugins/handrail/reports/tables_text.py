"""A table for a terminal: side by side where it can be read so, with cells of several lines; else row by row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

import click

from handrail.reports.lines import WIDTH, plain, wrapped
from handrail.tables import Cell, Row, Table, cell_text

_GAP = "  "
_ABSENT = "∅"
"""The sign of an answer that is not there; such answers are told last."""
_NAMED = 5
"""So many columns with the same answer are named; of more, only their number is told."""
_WORD, _PROSE = 24, 40
"""No column is narrower than its longest word, up to so many signs; one with longer cells than the second is prose."""
_TALLEST, _TALLEST_WIDE = 8, 24
"""A cell with more lines than this is read with more ease row by row; the second where prose has room."""
_READABLE = 100
"""Longer lines are hard to read."""

Lines = Sequence[str]


def tables_text(tables: Sequence[Table], width: int = WIDTH) -> str:
    """Return tables for people, on lines of so many columns."""
    return "\n".join(_text(table, max(width, _WORD)) for table in tables)


def _text(table: Table, width: int) -> str:
    notes = (wrapped(plain(note), width=min(width, _READABLE)) for note in table.notes)
    head = [click.style(plain(table.caption), bold=True), *notes, ""]
    texts = [[_cell_lines(cell, table.empty) for cell in row.cells] for row in table.rows]
    titles = [plain(column.title) for column in table.columns]
    body = _side_by_side(table.rows, titles, texts, width)
    return "\n".join([*head, *(body or _one_by_one(table.rows, titles, texts, width))]) + "\n"


def _cell_lines(cell: Cell, empty: str) -> list[str]:
    return [plain(line) for line in cell_text(cell).split("\n") if line.strip()] or [empty]


# ---- side by side ----


def _side_by_side(
    rows: Sequence[Row], titles: Sequence[str], texts: Sequence[Sequence[Lines]], width: int
) -> list[str]:
    """Return the lines of a table; none where its cells would be too narrow or too tall."""
    columns = [[[title], *cells] for title, *cells in zip(titles, *texts, strict=True)]
    widths = _fitting(columns, width - len(_GAP) * (len(columns) - 1))
    if not widths:
        return []
    broken = [[_broken(cell, room) for cell, room in zip(row, widths, strict=True)] for row in texts]
    tallest = max((len(cell) for row in broken for cell in row), default=1)
    narrow = any(room < _PROSE for room, column in zip(widths, columns, strict=True) if _natural(column) > _PROSE)
    if tallest > (_TALLEST if narrow else _TALLEST_WIDE):
        return []
    heads = [_broken([title], room) for title, room in zip(titles, widths, strict=True)]
    lines = [*_row_lines(heads, widths), _GAP.join("-" * room for room in widths)]
    for group, found in groupby(zip(rows, broken, strict=True), key=lambda pair: pair[0].group):
        lines += ["", click.style(plain(group), bold=True)] if group else []
        for number, (_, cells) in enumerate(found):
            lines += ["", *_row_lines(cells, widths)] if number and tallest > 1 else _row_lines(cells, widths)
    return lines


def _fitting(columns: Sequence[Sequence[Lines]], room: int) -> list[int]:
    """Return how wide each column is, the widest ones narrowed until all fit; none where they cannot."""
    natural = list(map(_natural, columns))
    least = [_least(column, whole) for column, whole in zip(columns, natural, strict=True)]
    if sum(least) > room:
        return []
    if sum(natural) > room:
        natural[0] = max(least[0], min(natural[0], _PROSE))
    for most in range(max(natural), 0, -1):
        widths = [min(whole, max(low, most)) for whole, low in zip(natural, least, strict=True)]
        if sum(widths) <= room:
            return widths
    return least


def _natural(column: Sequence[Lines]) -> int:
    """Return how wide a column is whose lines are not broken."""
    return max(_width(line) for cell in column for line in cell)


def _least(column: Sequence[Lines], natural: int) -> int:
    """Return how narrow a column may become."""
    words = (_width(word) for cell in column for line in cell for word in line.split())
    return min(natural, max(min(max(words, default=1), _WORD), _WORD if natural > _PROSE else 1))


def _row_lines(cells: Sequence[Lines], widths: Sequence[int]) -> list[str]:
    return [_line(texts, widths) for texts in zip_longest(*cells, fillvalue="")]


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (room - _width(text)) for text, room in zip(texts, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _broken(lines: Lines, room: int) -> list[str]:
    """Return lines that are broken to so many columns."""
    return [part for line in lines for part in _parts(line, room)]


def _parts(line: str, room: int) -> Iterator[str]:
    held = ""
    for word in line.split():
        if held and _width(held) + 1 + _width(word) <= room:
            held = f"{held} {word}"
            continue
        if held:
            yield held
        while _width(word) > room:
            head = _head(word, room)
            yield head
            word = word[len(head) :]
        held = word
    yield held


def _head(word: str, room: int) -> str:
    """Return as much of a word as fits, a sign at least."""
    end = len(word)
    while end > 1 and _width(word[:end]) > room:
        end -= 1
    return word[:end]


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text if not _is_above(char))


def _is_above(char: str) -> bool:
    """Whether a character stands above or below the one before it."""
    return unicodedata.combining(char) > 0


# ---- row by row ----


def _one_by_one(
    rows: Sequence[Row], titles: Sequence[str], texts: Sequence[Sequence[Lines]], width: int
) -> Iterator[str]:
    """Yield each row as its name, and below it what it answers."""
    group = ""
    width = min(width, _READABLE)
    for row, (name, *answers) in zip(rows, texts, strict=True):
        if row.group != group:
            group = row.group
            yield f"{plain(group)}\n" if group else ""
        yield wrapped(" ".join(name), width=width)
        answered: dict[tuple[str, ...], list[str]] = {}
        for title, answer in zip(titles[1:], answers, strict=True):
            answered.setdefault(tuple(answer), []).append(title)
        for (first, *others), named in sorted(answered.items(), key=lambda pair: pair[0][0].startswith(_ABSENT)):
            if not first:
                continue
            who = ", ".join(named) if len(named) <= _NAMED else f"{len(named)} of them"
            yield wrapped(f"{who}: {first}", indent=4, hanging=2, width=width)
            yield from (wrapped(line, indent=6, hanging=2, width=width) for line in others if line)
        yield ""
