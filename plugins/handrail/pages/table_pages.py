"""The pages that are one table each, and the same cells as files for spreadsheets."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handrail.pages.download import Download
from handrail.pages.site import Site, View
from handrail.pages.tables import group_anchor, table_html
from handrail.registers import REGISTERS, documents_of, register_page, triggers, triggers_table, whole
from handrail.render import rendered
from handrail.tables import Table, table_csv

_MARK = "\ufeff"
"""Tells spreadsheets that a file is UTF-8."""


@dataclass(frozen=True, slots=True)
class TablePage:
    """A page that is one table; the table is made when it is asked for."""

    name: str
    """What its page and its file are called."""
    title: str
    size: int
    """How many things it holds."""
    table: Callable[[], Table]


def table_pages(site: Site) -> Iterator[TablePage]:
    """Yield the pages that are tables, in the order of the navigation; one with nothing to show is left out."""
    words = site.words.site
    started = len(list(triggers(site)))
    if started:
        yield TablePage("triggers", words["page.triggers"], started, functools.partial(triggers_table, site))
    for name, kind in REGISTERS.items():
        size = len(documents_of(whole(kind), site.handbook))
        if size:
            title = words["page.reviews"] if kind == "review" else words["page.all"].format(kinds=site.kinds[name])
            yield TablePage(name, title, size, functools.partial(register_page, name, site))


def table_page_html(name: str, title: str, view: View) -> str:
    """Return what stands under the title of a page that is a table; block-level HTML."""
    table = next(page for page in table_pages(view.site) if page.name == name).table()
    groups = tuple(dict.fromkeys(row.group for row in table.rows))
    return rendered(
        (name, "register"),
        view.site.own_templates,
        say=view.site.say,
        name=name,
        title=title,
        rows=table.rows,
        groups=[(group, f"#{group_anchor(table, group)}") for group in groups] if len(groups) > 1 else [],
        table=table_html(table, view, view.url(_path(name, view.site))),
    )


def table_downloads(site: Site) -> Iterator[Download]:
    """Yield each table as a file for spreadsheets."""
    for page in table_pages(site):
        yield Download(_path(page.name, site), functools.partial(_file, page))


def _file(page: TablePage) -> str:
    return _MARK + table_csv(page.table())


def _path(name: str, site: Site) -> str:
    return f"{site.options.folder}/{name}.csv"
