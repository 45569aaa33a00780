"""The command `export`: a copy of the handbook that opens without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from handrail.cli.asked import ReadFrom, settings_asked, source_options
from handrail.cli.door import FOUND
from handrail.export.selection import Asked
from handrail.problems import HandrailError, Problem, plain
from handrail.settings import nearest_config

if TYPE_CHECKING:
    from handrail.export.copies import Copied
    from handrail.stamp import Stamp


@click.command()
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--strict", is_flag=True, help="Fail where a link of the handbook leads nowhere.")
@click.option("--drafts", is_flag=True, help="Take drafts along too.")
@click.option("--role", metavar="ROLE", help="Only what this role does, what everybody does, and what that calls.")
@click.option("--only", multiple=True, metavar="ID", help="Only this document and what it calls. May be repeated.")
@click.option("--single", metavar="ID|all", help="One self-contained .html file, to mail or for a phone.")
@click.option("--quiet", is_flag=True, help="Do not list what the copy does without.")
@source_options
def export(out: Path, names: tuple[str, ...], strict: bool, drafts: bool, role: str | None, only: tuple[str, ...],
           single: str | None, quiet: bool, **source: Unpack[ReadFrom]) -> int:  # fmt: skip
    """Write a copy of the handbook to OUT that opens without a network: a folder, or a .zip, .html or .pdf file.

    The handbook is built by its own host; what its pages would fetch is replaced by what lies in the copy, or by a
    plain link, and listed. An old copy at OUT stays whole until the new one is ready.

    \b
    Examples:
      handrail export ../handbook-copy
      handrail export handbook.zip
      handrail export pocket-book --role 'Release manager'
      handrail export release.pdf release cut-a-release
      handrail export handbook.html --single all
    """
    wanted = Asked(role, (*names, *only), drafts, single)
    if out.suffix.lower() == ".pdf":
        return _print(out, wanted, source)
    from handrail.export.copies import copied  # only here, since the host takes its time to start

    _judge_name(out, single)
    config = source["config"] or (None if source["docs"] else nearest_config())
    done = copied(settings_asked(source), config, out, wanted)
    levels = ("error", "warning") if quiet else ("error", "warning", "info")
    for problem in done.problems:
        if problem.level in levels:
            click.echo(_line(problem), err=True)
    for note in done.notes:
        click.echo(plain(f"note: {note}"), err=True)
    if done.fails:
        raise HandrailError(f"{out} was not written. Mend what is listed as an error, then type the same again.")
    click.echo(_summary(done))
    return FOUND if strict and any(problem.level == "warning" for problem in done.problems) else 0


def _print(out: Path, wanted: Asked, source: ReadFrom) -> int:
    """Write a PDF file."""
    from handrail.export.papers import printed

    config = source["config"] or (None if source["docs"] else nearest_config())
    done = printed(settings_asked(source), config, out, wanted)
    for note in done.notes:
        click.echo(plain(f"note: {note}"), err=True)
    pages = "1 page" if len(done.pages) == 1 else f"{len(done.pages)} pages"
    click.echo(f"{done.out}: {pages} {_revision(done.stamp)}, {done.size / 1e6:.1f} MB. Nothing is fetched.")
    click.echo(f"The SHA-256 of the file: {done.digest}")
    return 0


def _judge_name(out: Path, single: str | None) -> None:
    """Raise HandrailError where what is written would not be what the name says."""
    if (single is not None) != (out.suffix.lower() == ".html"):
        raise HandrailError("One file is written as `handrail export NAME.html --single ID`, or with `--single all`.")


def _line(problem: Problem) -> str:
    return plain(f"{problem.path}:{problem.line}:{problem.column}: {problem.level}: {problem.message} [{problem.rule}]")


def _summary(done: Copied) -> str:
    until = f"Good until {done.stamp.expires}. " if done.stamp.expires else ""
    what = "the file" if done.out.suffix.lower() == ".html" else "its list"
    said = f"{done.pages} pages {_revision(done.stamp)}, {done.size / 1e6:.1f} MB. {until}Nothing is fetched."
    return f"{done.out}: {said}\nThe SHA-256 of {what}: {done.digest}"


def _revision(stamp: Stamp) -> str:
    revision = stamp.revision
    if revision is None:
        return "of an unknown revision"
    changed = ", with changes that are not committed" if revision.changed else ""
    return f"of revision {revision.tag or revision.short} of {revision.day}{changed}"
