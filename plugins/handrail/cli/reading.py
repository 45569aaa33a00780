"""The commands `read` and `check`: what was understood of the pages, and what is wrong with them."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Unpack

import click

from handrail.cli.asked import Told, reported, told_by
from handrail.cli.day import DAY
from handrail.cli.output import print_report
from handrail.handbook import read_handbook
from handrail.model import Handbook
from handrail.options import Glob, Options
from handrail.problems import HandrailError, in_order
from handrail.registers import overdue_problems
from handrail.reports.json import handbook_json
from handrail.reports.page_text import page_text
from handrail.reports.problems import problems_json, problems_text
from handrail.reports.reading import reading_text
from handrail.settings import settings_from
from handrail.sources import Sources

_READ = {"text": reading_text, "json": handbook_json}
_CHECK = {"text": problems_text, "json": problems_json}


@click.command()
@click.option("--text", "file", type=click.Path(path_type=Path), metavar="FILE",
              help="Print one page as plain lines instead, for `git diff`; it may lie anywhere.")  # fmt: skip
@told_by(_READ, fail_on="never")
def read(file: Path | None, **told: Unpack[Told]) -> int:
    """Print what was understood of the pages, and what was not, and why.

    PATHS, files or folders, limit what is printed.

    \b
    Examples:
      handrail read
      handrail read --docs runbooks --kind '**=procedure'
      handrail read --json | jq '.procedures[].title'
      git config diff.handrail.textconv 'handrail read --text'
    """
    if file is None:
        return reported(told, _READ)
    text = _text_of(file)
    print_report(page_text(_alone(text, told), text), data=True)
    return 0


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise HandrailError(f"{file} cannot be read: {error.strerror}. Name a Markdown file.") from None


def _alone(text: str, told: Told) -> Handbook:
    """Return what a page says by itself, read as a procedure where neither it nor the handbook says what it is.

    Git hands the page over as a file of another name, so that no glob of the handbook can tell.
    """
    try:
        options = settings_from(told["config"], told["docs"]).options
    except HandrailError:
        options = Options()
    return read_handbook(Sources({"page.md": text}), replace(options, kinds=(Glob("**", "procedure"), *told["kinds"])))


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
