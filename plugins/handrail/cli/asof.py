"""The command `asof`: which documents were in force on a day, as a list or as a folder to build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Unpack

import click

from handrail.cli.asked import ReadFrom, source_options
from handrail.cli.output import print_report
from handrail.history import AsOf, as_of, kept_in_git
from handrail.reports.asof import asof_json, asof_text
from handrail.sources import Objects, commit_of, write_tree

_FORMATS: Mapping[str, Callable[[AsOf], str]] = {"text": asof_text, "json": asof_json}


@click.command()
@click.argument("day")
@click.option("--rev", default="HEAD", show_default=True, metavar="REVISION",
              help="The branch along which it was merged.")  # fmt: skip
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="DIR",
              help="Write the handbook as it was in force into a new folder, to build it.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@source_options
def asof(day: str, rev: str, target: Path | None, form: str, as_json: bool, **source: Unpack[ReadFrom]) -> int:
    """Show which documents were in force at the end of DAY, such as 2026-03-31.

    A document is in force from the day of the commit that brought it to the branch, or from the day on which it says
    that it is effective, if that is later. What is a draft, in review, superseded or withdrawn is not in force.

    \b
    Examples:
      handrail asof 2026-03-31
      handrail asof 2026-03-31 --json
      handrail asof 2026-03-31 --to as-of-march && mkdocs build -f as-of-march/mkdocs.yml
    """
    kept = kept_in_git(source["config"], source["docs"], source["kinds"])
    with Objects(kept.repository) as objects:
        found = as_of(day, commit_of(kept.repository, rev), kept, objects)
        if target is not None:
            _write(found, target, objects)
    chosen = "json" if as_json else form
    print_report(_FORMATS[chosen](found), data=chosen != "text")
    return 0


def _write(found: AsOf, target: Path, objects: Objects) -> None:
    """Write the tree with what was in force, and say what is not in it."""
    commit = objects.commit(found.commit)
    assert commit is not None
    instead: dict[str, str | None] = {**found.earlier, **dict.fromkeys(found.left_out)}
    left = write_tree(objects.files(commit), instead, target, objects)
    for path in found.left_out:
        click.echo(f"handrail: {path} was not in force and is left out.", err=True)
    for why in left:
        click.echo(f"handrail: {' '.join(why.split())} It is left out.", err=True)
