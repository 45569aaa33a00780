"""Every trigger of a handbook, with what it starts."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.index import Index, document_piece, step_piece
from handrail.model import Document, Step
from handrail.tables import Cell, Column, Piece, Row, Table, text_cell


def triggers(index: Index) -> Iterator[tuple[str, Document, Step | None]]:
    """Yield each trigger with the document, and the step where it is only that, which it starts."""
    for document in index.flows:
        for text in document.values("trigger"):
            yield from ((line.strip(), document, None) for line in text.split("\n") if line.strip())
        for step in document.all_steps():
            if step.starts_when:
                yield step.starts_when, document, step


def triggers_table(index: Index) -> Table:
    """Return each trigger once, by its words, with everything that it starts."""
    words = index.words.site
    texts: dict[str, str] = {}
    starts: dict[str, list[Piece]] = {}
    for text, document, step in triggers(index):
        key = " ".join(text.casefold().rstrip(" .").split())
        texts.setdefault(key, text)
        starts.setdefault(key, []).append(_started(document, step, index))
    return Table(
        "triggers",
        words["page.triggers"],
        (Column("when", words["column.when"]), Column("do", words["column.do"])),
        tuple(Row((text_cell(texts[key]), Cell(tuple(dict.fromkeys(starts[key])), "\n"))) for key in sorted(starts)),
    )


def _started(document: Document, step: Step | None, index: Index) -> Piece:
    if step is None:
        return document_piece(document, index, index.kinds[document.kind])
    return step_piece(document, step, document.title)
