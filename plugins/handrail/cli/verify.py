"""The command `verify`: whether a copy is whole."""

from __future__ import annotations

from pathlib import Path

import click

from handrail.cli.door import FOUND
from handrail.export.sums import Verdict, verdict_of_folder, verdict_of_zip
from handrail.problems import HandrailError, plain


@click.command()
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
def verify(out: Path) -> int:
    """Say whether a copy is whole, and name every file that was changed, is missing, or was added.

    OUT is a folder or a .zip file.

    \b
    Example:
      handrail verify handbook.zip
    """
    if not out.exists():
        raise HandrailError(f"{out} is not there. Name the folder or the .zip file of a copy.")
    if out.suffix.lower() in (".html", ".pdf") and out.is_file():
        raise HandrailError(f"{out} is one file, without a list. Compare `sha256sum {out}` with what its maker says.")
    verdict = verdict_of_folder(out) if out.is_dir() else verdict_of_zip(out)
    for word, paths in (("changed", verdict.changed), ("missing", verdict.missing), ("added", verdict.added)):
        for path in paths:
            click.echo(f"{word}: {plain(path)}")
    click.echo(_judged(out, verdict))
    return 0 if verdict.whole else FOUND


def _judged(out: Path, verdict: Verdict) -> str:
    told = f"The SHA-256 of its list: {verdict.digest}"
    if verdict.whole:
        return f"{out}: all {verdict.files} files are as they were written.\n{told}"
    counts = (len(verdict.changed), len(verdict.missing), len(verdict.added))
    return f"{out}: {counts[0]} changed, {counts[1]} missing, {counts[2]} added, of {verdict.files} files.\n{told}"
