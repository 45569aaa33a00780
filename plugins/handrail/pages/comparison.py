"""Documents side by side on a page, and as a page of their own for a file."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from handrail.comparison import Asked, asked_comparison, comparison_of, comparison_table
from handrail.model import AskedBlock
from handrail.pages.site import Site, View
from handrail.pages.tables import table_html
from handrail.problems import Problem
from handrail.render import Markup, rendered
from handrail.tables import Piece, Row, Spot, Table, spot_address

_STYLES = ("assets/handrail/handrail.css", "assets/handrail/handrail-tables.css")


def comparison_block_html(block: AskedBlock, path: str, number: int, view: View) -> str | Problem:
    """Return the table that a fenced block `compare` asks for, or what is wrong with the block."""
    asked = asked_comparison(block, path, view.handbook)
    if isinstance(asked, Problem):
        return asked
    return comparison_html(asked, view, f"handrail-compare-{number}")


def comparison_html(asked: Asked, view: View, name: str) -> Markup:
    """Return documents side by side as block-level HTML; `name` is unique on the page."""
    table = comparison_table(comparison_of(asked, view.site), asked, view.site, name)
    html = rendered("comparison", view.site.own_templates, table=table_html(table, view))
    return Markup(html)


def comparison_file(asked: Asked, site: Site) -> str:
    """Return documents side by side as a whole file of HTML that needs nothing else."""
    view = View(site, lambda target: target)
    table = _to_sources(comparison_table(comparison_of(asked, site), asked, site))
    templates = files("handrail.templates")
    style = "\n".join(templates.joinpath(path).read_text(encoding="utf-8") for path in _STYLES)
    return rendered(
        "comparison_file",
        site.own_templates,
        language=site.words.language,
        title=table.caption,
        style=Markup(style),
        table=table_html(table, view),
    )


def _to_sources(table: Table) -> Table:
    """Return a table whose cells lead to the lines of the pages' files."""
    columns = tuple(replace(column, target=_source(column.spot)) for column in table.columns)
    return replace(table, columns=columns, rows=tuple(map(_row_to_sources, table.rows)))


def _row_to_sources(row: Row) -> Row:
    return replace(row, cells=tuple(replace(cell, pieces=_pieces_to_sources(cell.pieces)) for cell in row.cells))


def _pieces_to_sources(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple(replace(one, target=_source(one.spot), inside=_pieces_to_sources(one.inside)) for one in pieces)


def _source(spot: Spot | None) -> str | None:
    return spot_address(spot) if spot is not None else None
