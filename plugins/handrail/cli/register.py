"""The command `register`: documents of a kind as a table, sorted and in groups, and what is overdue."""

from __future__ import annotations

from datetime import date
from typing import Unpack

import click

from handrail.cli.asked import ReadFrom, settings_asked, source_options
from handrail.cli.day import DAY
from handrail.cli.output import print_report, terminal_width
from handrail.handbook import read_folder
from handrail.index import Index
from handrail.model import Handbook
from handrail.problems import HandrailError
from handrail.queries import query_from
from handrail.registers import Asked, Refused, asked_for, queried, register_table, whole, with_overdue
from handrail.reports.tables import TABLE_FORMATS, tables_report


@click.command()
@click.argument("kind", metavar="KIND")
@click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only documents that state this, such as owner=none. May be repeated.",
)
@click.option("--columns", multiple=True, metavar="COLUMN,COLUMN", help="Which columns, such as owner,due.")
@click.option("--sort", multiple=True, metavar="COLUMN", help="What to sort by; `-due` turns the order round.")
@click.option("--group", metavar="COLUMN", help="What to put in groups by.")
@click.option(
    "--today",
    type=DAY,
    default="now",
    metavar="DAY",
    help="The day by which reviews are overdue, such as 2027-01-31; else the day that it is.",
)
@click.option("--format", "form", type=click.Choice(list(TABLE_FORMATS)), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@source_options
def register(kind: str, where: tuple[str, ...], columns: tuple[str, ...], sort: tuple[str, ...], group: str | None,
             today: date, form: str, as_json: bool, **source: Unpack[ReadFrom]) -> int:  # fmt: skip
    """Show all documents of a KIND as a table: process, procedure, role, record or review.

    \b
    Examples:
      handrail register procedure
      handrail register procedure --where owner=none
      handrail register procedure --columns owner,status,due --sort due --group owner --format csv
      handrail register review --today 2027-01-31
    """
    settings = settings_asked(source)
    handbook = read_folder(settings)
    asked = _asked(kind, where, columns, sort, group, handbook)
    index = Index(handbook, settings.options)
    table = with_overdue(register_table(asked, index, kind), today, index.words.site["overdue"])
    chosen = "json" if as_json else form
    print_report(tables_report([table], chosen, terminal_width()), data=chosen != "text")
    return 0


def _asked(
    kind: str,
    where: tuple[str, ...],
    columns: tuple[str, ...],
    sort: tuple[str, ...],
    group: str | None,
    handbook: Handbook,
) -> Asked:
    try:
        asked = queried(whole(kind.casefold()), query_from(where))
        return asked_for(asked, _names(columns), _names(sort), group, handbook)
    except Refused as refused:
        raise HandrailError(f"{refused.message} {refused.mend}") from None


def _names(said: tuple[str, ...]) -> list[str]:
    return [name.strip() for text in said for name in text.split(",") if name.strip()]
