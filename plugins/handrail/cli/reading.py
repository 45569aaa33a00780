"""The commands `read` and `check`: what was understood of the pages, and what is wrong with them."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from typing import Unpack

import click

from handrail.cli.asked import Told, reported, told_by
from handrail.cli.day import DAY
from handrail.model import Handbook
from handrail.problems import in_order
from handrail.registers import overdue_problems
from handrail.reports import handbook_json, problems_json, problems_text, reading_text

_READ = {"text": reading_text, "json": handbook_json}
_CHECK = {"text": problems_text, "json": problems_json}


@click.command()
@told_by(_READ, fail_on="never")
def read(**told: Unpack[Told]) -> int:
    """Print what was understood of the pages, and what was not, and why.

    PATHS, files or folders, limit what is printed.

    \b
    Examples:
      handrail read
      handrail read --docs runbooks --kind '**=procedure'
      handrail read --json | jq '.procedures[].title'
    """
    return reported(told, _READ)


@click.command()
@told_by(_CHECK, fail_on="warning")
@click.option("--today", type=DAY, metavar="DAY",
              help="Also tell of reviews that were due before this day, such as 2027-01-31, or `now`.")  # fmt: skip
def check(today: date | None, **told: Unpack[Told]) -> int:
    """Print the problems of the pages, each with its place and its mend.

    PATHS, files or folders, limit what is printed and judged. Without --today, the same pages have the same
    problems on any day.

    \b
    Examples:
      handrail check
      handrail check --fail-on error docs/release.md
      handrail check --today now
    """
    return reported(told, _CHECK, functools.partial(_with_overdue, today=today))


def _with_overdue(handbook: Handbook, today: date | None) -> Handbook:
    late = overdue_problems(handbook, today) if today is not None else ()
    return replace(handbook, problems=in_order((*handbook.problems, *late)))
