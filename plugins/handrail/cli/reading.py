"""The commands `read` and `check`: what was understood of the pages, and what is wrong with them."""

from __future__ import annotations

from typing import Unpack

import click

from handrail.cli.asked import Told, reported, told_by
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
def check(**told: Unpack[Told]) -> int:
    """Print the problems of the pages, each with its place and its mend.

    PATHS, files or folders, limit what is printed and judged.

    \b
    Examples:
      handrail check
      handrail check --fail-on error docs/release.md
    """
    return reported(told, _CHECK)
