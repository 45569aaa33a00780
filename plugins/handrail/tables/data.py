"""What a table is made of, as frozen data, and the plain text of its cells."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from handrail.dataclass import dataclass

Look = Literal["plain", "value", "missing", "quiet", "added", "removed", "due"]
"""How a piece looks: as it is, as a small mark, as something that nobody states, quieter, come, gone, or as a day on
which something is due."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The words of a page that say something."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in a cell, with where it leads."""

    text: str
    target: str | None = None
    """What it leads to: a document's id, `id#step`, the path of a page, or the name of a generated page."""
    spot: Spot | None = None
    """Where the handbook says it."""
    note: str = ""
    """What stands behind it, quieter."""
    look: Look = "plain"
    value: str = ""
    """Of a small mark, what its colour goes by; of a day, the day as `2026-05-31`."""
    inside: tuple[Piece, ...] = ()
    """What belongs to it: the steps of a document."""
    parts: tuple[Piece, ...] = ()
    """Its text in parts that look different; a blank stands between them."""
    also: tuple[Piece, ...] = ()
    """Every place that says it, by a short name, where several do."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be seen of a cell at once, never by colour alone."""

    name: str
    """What its style goes by: `different`, `absent`, `conflict`."""
    sign: str
    """A character that stands in the cell."""
    text: str
    """What the sign means."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer; without pieces, an empty one."""

    pieces: tuple[Piece, ...] = ()
    between: Literal[", ", " ", "\n"] = ", "
    """What stands between the pieces."""
    marks: tuple[Mark, ...] = ()
    sort: str = ""
    """What rows are sorted by, where that is not the text."""


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Column:
    """One question that every row answers."""

    key: str
    title: str
    target: str | None = None
    """What its title leads to, as of a piece."""
    spot: Spot | None = None
    note: str = ""
    """What stands behind its title, quieter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One cell for each column; the first one names the row."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    """The id of the row on its page."""
    group: str = ""
    """The rows of a group stand together below its name."""
    inner: bool = False
    """Whether it is a part of the row above."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name."""

    name: str
    """What its file and its place on a page are called; small letters, digits and hyphens."""
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """What is to be known before it is read."""
    empty: str = "–"
    """What an empty cell shows to people."""
    groups: str = "Group"
    """What the groups of its rows are."""
    abreast: int = 6
    """So many columns beside the first one stand on a sheet of paper; fewer where their cells hold sentences."""
    ordered: bool = False
    """Whether the order of its rows says something, so that nobody is offered to sort them."""


def text_cell(text: str | None, sort: str = "") -> Cell:
    """Return a cell with a text; an empty one for none."""
    return Cell((Piece(text),), sort=sort) if text else EMPTY


def cell_text(cell: Cell) -> str:
    """Return a cell's text, its signs included, with nothing but line breaks for markup."""
    text = cell.between.join(map(piece_text, cell.pieces))
    return ("".join(f"{mark.sign} " for mark in cell.marks if mark.sign) + text if cell.marks else text).strip()


def piece_text(piece: Piece) -> str:
    """Return a piece's text with its note, its places and what belongs to it: `Bake (2): 1. Heat; 2. Load`."""
    if not (piece.parts or piece.note or piece.also or piece.inside):
        return piece.text  # as most are
    text = " ".join(_part_text(part) for part in piece.parts) or piece.text
    noted = f"{text} ({piece.note})" if piece.note else text
    noted += f" ({', '.join(map(piece_text, piece.also))})" if piece.also else ""
    inside = "; ".join(piece_text(one) for one in piece.inside)
    return f"{noted}: {inside}" if inside else noted


def _part_text(part: Piece) -> str:
    """Return a part of a text; what came and what is gone in brackets, since plain text has no looks."""
    return {"added": "{{+{}+}}", "removed": "[-{}-]"}.get(part.look, "{}").format(part.text)


def spot_address(spot: Spot) -> str:
    """Return the address of a line as forges have it, from the handbook's folder."""
    return f"{quote(spot.path, errors='replace')}?plain=1#L{spot.line}"
