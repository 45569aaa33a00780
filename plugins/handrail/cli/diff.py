"""The command `diff`: what changed between two versions of a handbook, and what that means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Unpack

import click

from handrail.cli.asked import ReadFrom, source_options
from handrail.cli.door import FOUND
from handrail.cli.output import print_report
from handrail.dataclass import dataclass
from handrail.diff import CLASSES, WEIGHTS, Change, Diff, diff_of, sides_of
from handrail.handbook import Version
from handrail.history import (
    Between,
    Kept,
    docs_folder,
    kept_in_git,
    version_in_folder,
    version_in_tree,
    version_on_disk,
    with_past,
)
from handrail.problems import HandrailError, did_you_mean
from handrail.reports.changes_annotations import changes_github, changes_gitlab
from handrail.reports.changes_html import changes_html
from handrail.reports.changes_json import changes_json
from handrail.reports.changes_markdown import changes_markdown
from handrail.reports.changes_text import changes_text
from handrail.sources import branching_point, commit_of, index_tree, revision_tree

_FORMATS: Mapping[str, Callable[[Diff], str]] = {
    "text": changes_text,
    "markdown": changes_markdown,
    "html": changes_html,
    "json": changes_json,
    "github": changes_github,
    "gitlab": changes_gitlab,
}
_HERE = "the working tree"
_STAGED = "the index"

Named = tuple[str, Version]
"""A version, and what the user calls it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions, and the commits between them where they stand in git."""

    before: Named
    after: Named
    between: Between | None = None


@click.command()
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--staged", is_flag=True, help="Compare with what `git commit` would take.")
@click.option("--from", "old", type=click.Path(path_type=Path), metavar="DIR", help="A folder instead of BASE.")
@click.option("--to", "new", type=click.Path(path_type=Path), metavar="DIR", help="A folder instead of HEAD.")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--fail-on", metavar="CLASSES", default="never", show_default=True,
              help="Classes and weights that make the exit code 1; a weight means it and all above.")  # fmt: skip
@source_options
def diff(base: str | None, head: str | None, staged: bool, old: Path | None, new: Path | None, form: str, as_json: bool,
         fail_on: str, **source: Unpack[ReadFrom]) -> int:  # fmt: skip
    """Show what changed from BASE to HEAD, and what it means for those who follow the handbook.

    BASE and HEAD are revisions of git. Without HEAD, the working tree is compared; without BASE, with the commit at
    which it left the main branch. Nothing is written, and nothing of the handbook is run.

    \b
    Examples:
      handrail diff
      handrail diff v1.2 v1.3 --format markdown
      handrail diff --staged --fail-on control,breaking
      handrail diff --from old --to new
    """
    fails = _failing(fail_on)
    if old is not None or new is not None:
        compared = _folders(old, new, bool(base or staged), source)
    else:
        compared = _revisions(base, head, staged, kept_in_git(source["config"], source["docs"], source["kinds"]))
    sides = sides_of(compared.before, compared.after)
    found = diff_of(*sides)
    if compared.between is not None:
        found = with_past(found, *sides, compared.between)
    chosen = "json" if as_json else form
    print_report(_FORMATS[chosen](found), data=chosen != "text")
    return FOUND if any(fails(change) for change in found.changes if not change.accepted) else 0


def _failing(said: str) -> Callable[[Change], bool]:
    """Return whether a change fails, from `control,breaking`."""
    words = [word.strip() for word in said.split(",") if word.strip()]
    known = (*CLASSES, *WEIGHTS, "never")
    for word in words:
        if word not in known:
            mend = did_you_mean(word, known, f"There are {', '.join(known)}.")
            raise click.BadParameter(f"there is no class or weight `{word}`. {mend}", param_hint="--fail-on")
    classes = {word for word in words if word in CLASSES}
    heaviest = max((WEIGHTS.index(word) for word in WEIGHTS if word in words), default=-1)
    return lambda change: change.class_ in classes or WEIGHTS.index(change.weight) <= heaviest


# ---- two folders ----


def _folders(old: Path | None, new: Path | None, too_much: bool, source: ReadFrom) -> Compared:
    if old is None or new is None or too_much:
        raise HandrailError("Two folders are compared by themselves: `handrail diff --from DIR --to DIR`.")
    before, after = (version_in_folder(folder, source["kinds"]) for folder in (old, new))
    return Compared((str(old), before), (str(new), after))


# ---- two revisions ----


def _revisions(base: str | None, head: str | None, staged: bool, handbook: Kept) -> Compared:
    """Return the two versions that the user means."""
    if staged and head:
        raise HandrailError("With --staged, name one revision at most: `handrail diff --staged BASE`.")
    repository = handbook.repository
    if base is None:
        commit = commit_of(repository, "HEAD") if staged else branching_point(repository)
    else:
        commit = commit_of(repository, base)
    before = base or ("HEAD" if staged else commit[:12]), version_in_tree(revision_tree(repository, commit), handbook)
    if head is not None:
        last = commit_of(repository, head)
        after = head, version_in_tree(revision_tree(repository, last), handbook)
        return _compared(before, after, handbook, commit, last)
    last = commit_of(repository, "HEAD")
    if staged:
        return _compared(before, (_STAGED, version_in_tree(index_tree(repository), handbook)), handbook, commit, last)
    return _compared(before, (_HERE, version_on_disk(handbook)), handbook, commit, last)


def _compared(before: Named, after: Named, handbook: Kept, base: str, head: str) -> Compared:
    return Compared(before, after, Between(handbook, base, head, docs_folder(after[1], handbook)))
