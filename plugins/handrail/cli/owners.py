"""The command `owners`: whether the forge asks the owners of documents before a change is merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Unpack

import click

from handrail.cli.asked import FAILING, ReadFrom, source_options
from handrail.cli.door import FOUND
from handrail.cli.output import print_report
from handrail.handbook import read_handbook
from handrail.history import docs_folder, kept_in_git, version_on_disk
from handrail.owners import FORGES, Forge, Ownership, code_owners, forge_of, ownership_of, place_of
from handrail.problems import HandrailError
from handrail.reports.owners import owners_json, owners_text
from handrail.sources import index_tree

_FORMATS: Mapping[str, Callable[[Ownership], str]] = {"text": owners_text, "json": owners_json}


@click.command()
@click.option("--forge", type=click.Choice(FORGES), help="Whose rules hold; else the files of the repository tell.")
@click.option("--file", "place", type=click.Path(path_type=Path), metavar="FILE",
              help="The CODEOWNERS file; else where the forge looks for it.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--fail-on", type=click.Choice(list(FAILING)), default="warning", show_default=True,
              help="The mildest problem that makes the exit code 1.")  # fmt: skip
@source_options
def owners(forge: Forge | None, place: Path | None, form: str, as_json: bool, fail_on: str,
           **source: Unpack[ReadFrom]) -> int:  # fmt: skip
    """Check that nobody can change a document past its owner, and print the lines that see to it.

    The file CODEOWNERS is compared with the owners and approvers that the pages state. The option `handles` says what
    the forge calls them.

    \b
    Examples:
      handrail owners
      handrail owners --forge gitlab --fail-on never
    """
    found = _ownership(forge, place, source)
    chosen = "json" if as_json else form
    print_report(_FORMATS[chosen](found), data=chosen != "text")
    return FOUND if any(problem.level in FAILING[fail_on] for problem in found.problems) else 0


def _ownership(forge: Forge | None, place: Path | None, source: ReadFrom) -> Ownership:
    kept = kept_in_git(source["config"], source["docs"], source["kinds"])
    root = kept.repository.root
    version = version_on_disk(kept)
    # What is new and not in the index yet counts as well, so that a first CODEOWNERS file can be tried.
    docs = docs_folder(version, kept)
    pages = {f"{docs}/{path}".removeprefix("./") for path in version.sources.texts}
    files = {path for path in index_tree(kept.repository).files if (root / path).exists()} | pages
    told = forge or forge_of(files)
    found = _place(place, root, files, told)
    said = code_owners(_text(root / found), found, told) if found is not None else None
    options = version.settings.options
    book = read_handbook(version.sources, options, version.settings.titles, version.settings.plugins)
    return ownership_of(book, options, docs, files | ({found} if found else set()), said, told)


def _place(place: Path | None, root: Path, files: set[str], forge: Forge) -> str | None:
    """Return where the file lies, below the root of the repository."""
    if place is None:
        there = {path for path in ("CODEOWNERS", "docs/CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS")
                 if (root / path).is_file()}  # fmt: skip
        return place_of(files | there, forge)
    real = place.resolve()
    if not real.is_file():
        raise HandrailError(f"{place} is no file. Name your CODEOWNERS file, or leave --file out.")
    if not real.is_relative_to(root.resolve()):
        raise HandrailError(f"{place} lies outside of the repository {root}. Name a file in it.")
    return real.relative_to(root.resolve()).as_posix()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise HandrailError(f"{file} is no text in UTF-8. Save it as UTF-8.") from None
