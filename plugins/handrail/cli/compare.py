"""The command `compare`: documents side by side, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Unpack

import click

from handrail.cli.asked import ReadFrom, settings_asked, source_options
from handrail.cli.output import print_report, terminal_width
from handrail.comparison import (
    Asked,
    Chosen,
    Refused,
    chosen_items,
    chosen_rows,
    comparison_of,
    comparison_table,
    queried_items,
)
from handrail.handbook import read_folder
from handrail.model import Handbook
from handrail.pages.comparison import comparison_file
from handrail.pages.site import Site
from handrail.problems import HandrailError
from handrail.queries import query_from
from handrail.reports.comparison import comparison_json
from handrail.reports.tables import tables_report

Report = Callable[[Asked, Site], str]


def _table_report(form: str) -> Report:
    def report(asked: Asked, site: Site) -> str:
        return tables_report([comparison_table(comparison_of(asked, site), asked, site)], form, terminal_width())

    return report


_FORMATS: Mapping[str, Report] = {
    "text": _table_report("text"),
    "markdown": _table_report("markdown"),
    "html": comparison_file,
    "csv": _table_report("csv"),
    "json": lambda asked, site: comparison_json(comparison_of(asked, site), asked),
}


@click.command()
@click.argument("ids", nargs=-1, metavar="ID ID...")
@click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help="Instead of ids: documents that state this, such as kind=procedure. May be repeated.",
)
@click.option("--part", type=click.IntRange(1), metavar="NUMBER", help="With --where: which part of very many, from 1.")
@click.option("--rows", multiple=True, metavar="ROW,ROW", help="Which rows, such as owner,risk,steps; else all.")
@click.option(
    "--differences",
    type=click.Choice(["all", "only"]),
    default="all",
    show_default=True,
    help="Show all rows, or those that differ.",
)
@click.option(
    "--orient",
    type=click.Choice(["columns", "rows"]),
    default="columns",
    show_default=True,
    help="What the documents are in the table.",
)
@click.option("--fold", is_flag=True, help="Tell in one line what is the same for all.")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@source_options
def compare(ids: tuple[str, ...], where: tuple[str, ...], part: int | None, rows: tuple[str, ...], differences: str,
            orient: str, fold: bool, form: str, as_json: bool, **source: Unpack[ReadFrom]) -> int:  # fmt: skip
    """Show documents side by side: what they state, and their steps, aligned.

    Any two to thirty documents can be compared, also of different kinds.

    \b
    Examples:
      handrail compare release roll-back
      handrail compare release-web release-app --differences only
      handrail compare --where kind=procedure --where process=release --orient rows
      handrail compare release cut-a-release --rows scope,goal,flexibility,focus --format csv
    """
    settings = settings_asked(source)
    handbook = read_folder(settings)
    try:
        chosen = _items(ids, where, part, handbook)
        names = [(name, None) for said in rows for name in said.split(",") if name.strip()]
        asked = Asked(
            chosen.items,
            chosen_rows(names if rows else None, chosen.items, handbook),
            differences == "only",
            "rows" if orient == "rows" else "columns",
            fold,
            chosen.part,
        )
    except Refused as refused:
        raise HandrailError(f"{refused.message} {refused.mend}") from None
    form = "json" if as_json else form
    print_report(_FORMATS[form](asked, Site(handbook, settings.options)), data=form != "text")
    return 0


def _items(ids: Sequence[str], where: Sequence[str], part: int | None, handbook: Handbook) -> Chosen:
    """Return the documents that the user means. Raises `HandrailError` or `Refused`."""
    if ids and where:
        raise HandrailError("Name ids, or say with --where which documents; not both.")
    if part is not None and not where:
        raise HandrailError("--part is a part of what --where finds. Leave it out, or say --where.")
    if where:
        return queried_items(query_from(where), handbook, part)
    if not ids:
        raise HandrailError("Name what to compare: `handrail compare ID ID`. `handrail read` lists the ids.")
    return Chosen(chosen_items([(name, None) for name in ids], handbook))
