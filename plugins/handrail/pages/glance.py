"""What a process page shows of its procedures: all of them at a glance, and the process against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handrail.comparison import DERIVED, MOST, Asked, comparison_of, comparison_table
from handrail.index import title_of
from handrail.model import Document
from handrail.pages.site import View
from handrail.pages.tables import table_html
from handrail.registers.columns import question
from handrail.registers.register import title_of_column
from handrail.render import Markup, rendered
from handrail.tables import Cell, Column, Row, Table

_COLUMNS = ("title", "owner", "doers", "risk", "steps", "review")


def procedures_of(process: Document, view: View) -> tuple[Document, ...]:
    """Return the procedures of a process: those in its flow, in their order, then those that name it as their home."""
    called = [name for step in process.all_steps() for name in (*step.calls, *step.hands_over)]
    held = (view.handbook.documents.get(name) for name in called)
    found = [document for document in held if document is not None and document.kind == "procedure"]
    everything = (*found, *view.site.homed.get(process.id, ()))
    return tuple({document.id: document for document in everything if document.id != process.id}.values())


def glance_html(process: Document, view: View) -> Markup:
    """Return a process's procedures at a glance, and the process against them; block-level HTML."""
    procedures = procedures_of(process, view)
    if not procedures:
        return Markup("")
    html = rendered(
        "glance",
        view.site.own_templates,
        say=view.site.say,
        document=process,
        glance=table_html(_glance(process, procedures, view), view),
        against=table_html(_against(process, procedures, view), view),
    )
    return Markup(html)


def _glance(process: Document, procedures: Iterable[Document], view: View) -> Table:
    site = view.site
    caption = site.words.site["glance.of"].format(title=title_of(process, site), kinds=site.kinds["procedures"])
    first, *others = _COLUMNS
    heads = (Column(first, site.kinds["procedure"]), *(Column(key, title_of_column(key, site)) for key in others))
    rows = (Row(tuple(question(key).answer(one, site) for key in _COLUMNS)) for one in procedures)
    return Table(f"handrail-glance-{process.id}", caption, heads, tuple(rows))


def _against(process: Document, procedures: tuple[Document, ...], view: View) -> Table:
    """Return the process and its procedures by the aspects in which they differ, so that no cell needs a mark."""
    asked = Asked((process, *procedures[: MOST - 1]), DERIVED, orient="rows")
    table = comparison_table(comparison_of(asked, view.site), asked, view.site, f"handrail-against-{process.id}")
    note = view.site.words.site["against.note"]
    return replace(table, notes=(note,), rows=tuple(map(_unmarked, table.rows)))


def _unmarked(row: Row) -> Row:
    return replace(row, cells=tuple(map(_bare, row.cells)))


def _bare(cell: Cell) -> Cell:
    """Return a cell without marks, and without that it follows from the page, which is told once above."""
    return replace(cell, marks=(), pieces=tuple(piece for piece in cell.pieces if piece.look != "quiet"))
