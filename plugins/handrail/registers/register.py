"""Documents as a table: one row for each, sorted and in groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.index import Index, by_title, record_anchor
from handrail.model import Document
from handrail.registers.asked import Asked, documents_of, states_review, whole
from handrail.registers.columns import question
from handrail.tables import Cell, Column, Row, Table, cell_text

REGISTERS: Mapping[str, str] = {
    "processes": "process", "procedures": "procedure", "roles": "role", "records": "record", "reviews": "review",
}  # fmt: skip
"""Name of the page of a register -> what it is a register of."""
_DIGITS = re.compile(r"(\d{1,18})")


def register_page(name: str, index: Index) -> Table:
    """Return the register that has a page of its own; processes stand by their areas."""
    asked = whole(REGISTERS[name])
    if name == "processes" and len({process.area for process in index.handbook.processes}) > 1:
        asked = replace(asked, group="area")
    return register_table(asked, index, name)


def register_table(asked: Asked, index: Index, name: str) -> Table:
    """Return a register; `name` is unique on its page, and rows of records have anchors where it is `records`."""
    documents = by_title(documents_of(asked, index.handbook), index)
    rows = [(document, _row(document, asked, index, name)) for document in documents]
    for key in reversed(asked.sort):
        rows = _sorted(rows, key, index)
    if asked.group:
        rows.sort(key=lambda pair: _group_order(pair[1].group, index))
    return Table(
        name,
        asked.caption or caption_of(asked, index),
        tuple(_columns(asked.columns, index, index.kinds.get(asked.kind))),
        tuple(row for _, row in rows),
        notes=tuple(_notes(asked, documents, index)),
        groups=title_of_column(asked.group, index) if asked.group else "",
    )


def caption_of(asked: Asked, index: Index) -> str:
    """Return what a register is called, where nobody has named it."""
    words = index.words.site
    return words["page.reviews"] if asked.kind == "review" else index.kinds[_PLURALS[asked.kind]]


_PLURALS = {kind: name for name, kind in REGISTERS.items()}


def _columns(keys: Iterable[str], index: Index, title: str | None) -> Iterator[Column]:
    for key in keys:
        yield Column(key, title if key == "title" and title else title_of_column(key, index))


def title_of_column(key: str, index: Index) -> str:
    """Return what a column is called."""
    names = {**index.words.site, **index.kinds}
    title = question(key).title
    return names.get(title, title[:1].upper() + title[1:])


def _row(document: Document, asked: Asked, index: Index, name: str) -> Row:
    cells = tuple(question(key).answer(document, index) for key in asked.columns)
    anchor = record_anchor(document) if document.kind == "record" and name == "records" else ""
    return Row(cells, anchor, _group(document, asked.group, index) if asked.group else "")


def _group(document: Document, key: str, index: Index) -> str:
    """Return the group of a document: what it answers, else that it answers nothing."""
    text = " ".join(cell_text(question(key).answer(document, index)).split())
    return text or index.words.site["area.none" if key == "area" else "missing"]


def _group_order(group: str, index: Index) -> tuple[bool, str]:
    """Return what groups are sorted by; where nobody states anything stands last."""
    return group == index.words.site["missing"], group.casefold()


def _sorted(rows: Sequence[tuple[Document, Row]], key: str, index: Index) -> list[tuple[Document, Row]]:
    """Return rows by one column, what says nothing last."""
    answer = question(key.removeprefix("-")).answer
    keyed = [(sort_key(answer(document, index)), (document, row)) for document, row in rows]
    stated = sorted((pair for pair in keyed if pair[0]), key=lambda pair: pair[0], reverse=key.startswith("-"))
    return [*(pair for _, pair in stated), *(pair for found, pair in keyed if not found)]


def sort_key(cell: Cell) -> list[tuple[bool, int, str]]:
    """Return what a cell is sorted by: its words, numbers by their size; nothing for one that says nothing."""
    if all(piece.look == "missing" for piece in cell.pieces):
        return []
    parts = _DIGITS.split((cell.sort or cell_text(cell)).casefold())
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts if part]


def _notes(asked: Asked, documents: Sequence[Document], index: Index) -> Iterator[str]:
    """Yield what a whole register says of what nobody owns, holds or looks through."""
    words = index.words.site
    if not documents:
        yield words["register.none"]
    if asked.kind in ("process", "procedure"):
        yield from _counted("note.no_owner", sum(not one.facts.get("owner") for one in documents), words)
    if asked.kind == "procedure":
        homes = index.handbook.homes
        yield from _counted(
            "note.no_home", sum(not (one.facts.get("process") or homes.get(one.id)) for one in documents), words
        )
    if asked.kind == "review" and not asked.where:
        silent = sum(not states_review(one) for one in index.flows)
        yield from _counted("note.no_review", silent, words)


def _counted(key: str, number: int, words: Mapping[str, str]) -> Iterator[str]:
    if number:
        yield words[f"{key}.one" if number == 1 else f"{key}.many"].format(number=number)
