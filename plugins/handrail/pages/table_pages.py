"""The pages that are one table each, and the same cells as files for spreadsheets."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from handrail.dataclass import dataclass
from handrail.kept import kept
from handrail.matrices import (
    clauses_table,
    competence_table,
    handovers_table,
    raci_overview,
    records_table,
)
from handrail.pages.download import Download
from handrail.pages.site import Site, View
from handrail.pages.tables import group_anchor, table_file, table_html, without_silent_columns
from handrail.registers import REGISTERS, documents_of, register_page, triggers, triggers_table, whole
from handrail.render import rendered
from handrail.tables import Table


@dataclass(frozen=True, slots=True)
class TablePage:
    """A page that is one table; the table is made when it is asked for."""

    name: str
    """What a view's `url` knows it by, behind a colon."""
    file: str
    """What its page and its file are called, below the folder of the pages that Handrail makes."""
    title: str
    size: int
    """How many things it holds; 0 where the overview does not tell of it."""
    table: Callable[[], Table]


@kept(2)
def table_pages(site: Site) -> Mapping[str, TablePage]:
    """Return the pages that are tables by name, in the order of the navigation; none is empty."""
    return {page.name: page for page in (*_registers(site), *_matrices(site))}


def _registers(site: Site) -> Iterator[TablePage]:
    words = site.words.site
    started = len(list(triggers(site)))
    if started:
        table = functools.partial(triggers_table, site)
        yield TablePage("triggers", "triggers", words["page.triggers"], started, table)
    for name, kind in REGISTERS.items():
        size = len(documents_of(whole(kind), site.handbook))
        if size:
            title = words["page.reviews"] if kind == "review" else words["page.all"].format(kinds=site.kinds[name])
            yield TablePage(name, name, title, size, functools.partial(register_page, name, site))


def _matrices(site: Site) -> Iterator[TablePage]:
    if site.manned:
        overview = functools.partial(raci_overview, site)
        yield TablePage("raci", "raci", site.words.site["page.raci"], len(site.manned), overview)
    for make in _MATRICES:
        table = make(site)
        if table is not None:
            kept = functools.partial(_same, table)
            yield TablePage(table.name, table.name, table.caption, len(table.rows), kept)


_MATRICES = (handovers_table, records_table, clauses_table, competence_table)


def _same(table: Table) -> Table:
    return table


def table_page_html(name: str, title: str, view: View) -> str:
    """Return what stands under the title of a page that is a table; block-level HTML."""
    page = table_pages(view.site)[name]
    table = without_silent_columns(page.table(), view.site.words.site["table.silent"])
    groups = tuple(dict.fromkeys(row.group for row in table.rows))
    return rendered(
        (name, "register"),
        view.site.own_templates,
        say=view.site.say,
        name=name,
        title=title,
        rows=table.rows,
        groups=[(group, f"#{group_anchor(table, group)}") for group in groups] if len(groups) > 1 else [],
        groups_are=table.groups,
        table=table_html(table, view, view.url(_path(page, view.site))),
    )


def table_downloads(site: Site) -> Iterator[Download]:
    """Yield each table as a file for spreadsheets."""
    for page in table_pages(site).values():
        yield Download(_path(page, site), functools.partial(_written, page))


def _written(page: TablePage) -> str:
    return table_file(page.table())


def _path(page: TablePage, site: Site) -> str:
    return f"{site.options.folder}/{page.file}.csv"
