"""All documents of one kind as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.index import Index, by_title, record_anchor
from handrail.model import Document
from handrail.registers.columns import COLUMNS
from handrail.tables import Column, Row, Table

REGISTERS: Mapping[str, tuple[str, ...]] = {
    "processes": ("title", "purpose", "owner", "activities"),
    "procedures": ("title", "owner", "process", "version", "status", "review"),
    "roles": ("title", "duties", "takes_part_in", "owns", "stand_in"),
    "records": ("title", "made_in", "used_by", "kept", "kept_for"),
}
"""What there is a register of -> its columns."""

_SINGULAR = {"processes": "process", "procedures": "procedure", "roles": "role", "records": "record"}


def register(name: str, index: Index) -> Table:
    """Return the register of processes, procedures, roles or records; processes stand by their areas."""
    documents: Sequence[Document] = by_title(getattr(index.handbook, name), index)
    grouped = name == "processes" and len({document.area for document in documents}) > 1
    if grouped:
        documents = sorted(documents, key=lambda document: document.area.casefold())
    keys = REGISTERS[name]
    groups = [_area(document, index) if grouped else "" for document in documents]
    return Table(
        name,
        index.kinds[name],
        tuple(columns(keys, index, index.kinds[_SINGULAR[name]])),
        tuple(row(document, keys, index, group) for document, group in zip(documents, groups, strict=True)),
        groups=index.words.site["fact.area"],
    )


def _area(document: Document, index: Index) -> str:
    return document.area or index.words.site["area.none"]


def columns(keys: Iterable[str], index: Index, title: str) -> Iterator[Column]:
    """Yield the columns with these keys; `title` is what the documents are called."""
    names = {**index.words.site, **index.kinds, "column.title": title}
    return (Column(key, names[COLUMNS[key].title]) for key in keys)


def row(document: Document, keys: Iterable[str], index: Index, group: str = "") -> Row:
    """Return a document as a row."""
    cells = tuple(COLUMNS[key].answer(document, index) for key in keys)
    return Row(cells, record_anchor(document) if document.kind == "record" else "", group)
