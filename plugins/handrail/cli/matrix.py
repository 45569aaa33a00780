"""The command `matrix`: who does what, who hands over to whom, records, clauses and competence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Unpack

import click

from handrail.cli.asked import ReadFrom, settings_asked, source_options
from handrail.cli.output import print_report, terminal_width
from handrail.handbook import read_folder
from handrail.index import Index
from handrail.matrices import (
    clauses_table,
    competence_table,
    handovers_table,
    raci_processes,
    raci_table,
    records_table,
)
from handrail.problems import HandrailError, did_you_mean
from handrail.reports.tables import TABLE_FORMATS, tables_report
from handrail.tables import Table

_MATRICES: Mapping[str, tuple[Callable[[Index], Table | None], str]] = {
    "handover": (handovers_table, "No step of this handbook goes from role to role."),
    "records": (records_table, "No step of this handbook makes or takes a record."),
    "clauses": (clauses_table, "No page states a clause, and no option `clauses` lists any."),
    "competence": (competence_table, "No page of this handbook states a competence."),
}
"""Name -> how it is made, and what is said where it would be empty."""
_NAMES = ("raci", *_MATRICES)


@click.command()
@click.argument("name", metavar="MATRIX")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--format", "form", type=click.Choice(list(TABLE_FORMATS)), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@source_options
def matrix(name: str, ids: tuple[str, ...], form: str, as_json: bool, **source: Unpack[ReadFrom]) -> int:
    """Show a MATRIX: raci, handover, records, clauses or competence.

    For raci, IDs name processes; without any, each process has its own.

    \b
    Examples:
      handrail matrix raci release
      handrail matrix handover --format markdown
      handrail matrix clauses --format csv > clauses.csv
    """
    settings = settings_asked(source)
    index = Index(read_folder(settings), settings.options)
    chosen = "json" if as_json else form
    print_report(tables_report(_tables(name.casefold(), ids, index), chosen, terminal_width()), data=chosen != "text")
    return 0


def _tables(name: str, ids: tuple[str, ...], index: Index) -> list[Table]:
    if name == "raci":
        return _raci(ids, index)
    if name not in _MATRICES:
        mend = did_you_mean(name, _NAMES, f"There are {', '.join(_NAMES)}.")
        raise HandrailError(f"There is no matrix `{name}`. {mend}")
    if ids:
        raise HandrailError(f"Only raci is for one process. Leave `{ids[0]}` out.")
    make, empty = _MATRICES[name]
    table = make(index)
    if table is None:
        raise HandrailError(f"{empty} See `handrail read`.")
    return [table]


def _raci(ids: tuple[str, ...], index: Index) -> list[Table]:
    processes = {process.id: process for process in index.handbook.processes}
    for name in ids:
        if name.casefold() not in processes:
            mend = did_you_mean(name, processes, "List them with `handrail read`.")
            raise HandrailError(f"There is no process `{name}`. {mend}")
    found = [processes[name.casefold()] for name in ids] or list(raci_processes(index))
    if not found:
        raise HandrailError("No activity of a process names a role. See `handrail read`.")
    return [raci_table(process, index) for process in found]
