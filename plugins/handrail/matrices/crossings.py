"""A matrix as it grows: what stands where a row and a column cross."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from handrail.dataclass import dataclass
from handrail.index import Index, address
from handrail.model import Document
from handrail.reader.roles import folded
from handrail.tables import EMPTY, Cell, Column, Mark, Piece, Row, Spot, Table

_MOST_COLUMNS = 24
_UNMARKED: Mapping[str, tuple[Mark, ...]] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Words that say what stands in a cell."""

    piece: Piece
    document: str
    number: str


@dataclass(frozen=True, slots=True)
class Crossings:
    """What stands in each cell, by the keys of its row and of its column, and the columns in the order of their use."""

    cells: dict[tuple[str, str], dict[str, list[Place]]] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)

    def add(self, row: str, column: Column, piece: Piece, document: str = "", number: str = "") -> None:
        """Put a piece where a row and a column cross; what says the same stands there once, with each of its places.

        A place is named by the title of its document and the number of its step.
        """
        self.columns.setdefault(column.key, column)
        places = self.cells.setdefault((row, column.key), {}).setdefault(piece.text, [])
        if all(place.piece.spot != piece.spot for place in places):
            places.append(Place(piece, document, number))

    def says(self, row: str, column: str, text: str) -> bool:
        """Return whether a text stands where a row and a column cross."""
        return text in self.cells.get((row, column), ())

    def row(
        self, key: str, columns: Iterable[str], marks: Mapping[str, tuple[Mark, ...]] = _UNMARKED
    ) -> tuple[Cell, ...]:
        """Return the cells of a row, with the marks of some columns."""
        return tuple(self._cell(key, column, marks.get(column, ())) for column in columns)

    def _cell(self, row: str, column: str, marks: tuple[Mark, ...]) -> Cell:
        pieces = self.cells.get((row, column))
        if not pieces:
            return EMPTY
        between: Literal[" ", ", "] = " " if all(len(text) == 1 for text in pieces) else ", "
        return Cell(tuple(map(_with_places, pieces.values())), between, marks)


def _with_places(places: Sequence[Place]) -> Piece:
    """Return what several places say, leading to the first of them, and behind it to each."""
    first = places[0].piece
    return replace(first, also=tuple(_named_places(places))) if len(places) > 1 else first


def _named_places(places: Sequence[Place]) -> Iterator[Piece]:
    """Yield each place by the number of its step; by the title of its document too, where there are several."""
    several = len({place.document for place in places}) > 1
    before = ""
    for place in places:
        title = place.document if (several and place.document != before) or not place.number else ""
        before = place.document
        yield Piece(" ".join(filter(None, (title, place.number))), place.piece.target, place.piece.spot)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a matrix."""

    name: str
    caption: str
    rows: str
    """What its rows are."""
    columns: str
    """What its columns are."""
    entries: str
    """What stands where they cross."""
    notes: tuple[str, ...]


def matrix_of(frame: Frame, grid: Crossings, names: Mapping[str, Cell], last: str = "") -> Table:
    """Return a matrix whose columns stand by their titles, the column `last` behind the others.

    One with very many columns can be read by nobody: then each crossing has a row of its own.
    """
    order = sorted(grid.columns, key=lambda key: (key == last, grid.columns[key].title.casefold()))
    if len(order) > _MOST_COLUMNS:
        return _listed(frame, grid, names, order)
    rows = tuple(Row((name, *grid.row(key, order))) for key, name in names.items())
    columns = (Column("row", frame.rows), *(grid.columns[key] for key in order))
    return Table(frame.name, frame.caption, columns, rows, frame.notes, empty="")


def _listed(frame: Frame, grid: Crossings, names: Mapping[str, Cell], order: Sequence[str]) -> Table:
    places = {key: place for place, key in enumerate(order)}
    crossed: dict[str, list[str]] = {}
    for row, column in grid.cells:
        crossed.setdefault(row, []).append(column)
    rows = tuple(
        Row((name, _title(grid.columns[column]), *grid.row(key, (column,))))
        for key, name in names.items()
        for column in sorted(crossed.get(key, ()), key=places.__getitem__)
    )
    columns = (Column("row", frame.rows), Column("column", frame.columns), Column("entry", frame.entries))
    return Table(frame.name, frame.caption, columns, rows, frame.notes, empty="")


def _title(column: Column) -> Cell:
    return Cell((Piece(column.title, column.target, column.spot),))


def role_column(name: str, index: Index) -> Column:
    """Return the column of a role by its id or any of its names; one that nobody registers has a column of its own."""
    documents = index.handbook.documents
    role: Document | None = documents.get(name) or index.roles.get(folded(name))
    if role is None or role.kind != "role":
        return Column(f"={folded(name)}", name)
    return Column(role.id, role.title, address(role), Spot(role.path, role.line) if role.path else None)
