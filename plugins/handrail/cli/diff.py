"""The command `diff`: what changed between two versions of a handbook, and what that means."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

import click

from handrail.cli.asked import ReadFrom, source_options
from handrail.cli.door import FOUND
from handrail.cli.output import print_report
from handrail.decisions import DECISIONS
from handrail.diff import CLASSES, WEIGHTS, Change, Diff, diff_of, sides_of
from handrail.handbook import Version
from handrail.options import Glob, Options
from handrail.problems import HandrailError, did_you_mean
from handrail.reports import changes_json, changes_markdown, changes_text
from handrail.settings import CONFIG_NAMES, Settings, loaded, nearest_config, settings_of
from handrail.sources import (
    Repository,
    Sources,
    Tree,
    branching_point,
    commit_of,
    folder_sources,
    index_tree,
    repository_of,
    revision_tree,
    tree_sources,
)

_FORMATS: Mapping[str, Callable[[Diff], str]] = {
    "text": changes_text,
    "markdown": changes_markdown,
    "json": changes_json,
}
_HERE = "the working tree"
_STAGED = "the index"

Named = tuple[str, Version]
"""A version, and what the user calls it."""


@dataclass(frozen=True, slots=True)
class _Handbook:
    """Which handbook of a repository is compared, as paths below its root."""

    repository: Repository
    config: Path | None
    """None where a folder of pages is all that was named."""
    docs: Path | None
    kinds: tuple[Glob, ...]


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
        before, after = _folders(old, new, bool(base or staged), source)
    else:
        before, after = _revisions(base, head, staged, _handbook(source))
    found = diff_of(*sides_of(before, after))
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


def _folders(old: Path | None, new: Path | None, too_much: bool, source: ReadFrom) -> tuple[Named, Named]:
    if old is None or new is None or too_much:
        raise HandrailError("Two folders are compared by themselves: `handrail diff --from DIR --to DIR`.")
    before, after = (_from_folder(folder, source["kinds"]) for folder in (old, new))
    return (str(old), before), (str(new), after)


def _from_folder(folder: Path, kinds: tuple[Glob, ...]) -> Version:
    """Return the handbook in a folder with its `mkdocs.yml`; without one, the folder is that of the pages."""
    if not folder.is_dir():
        raise HandrailError(f"{folder} is no folder. Name the folder that holds mkdocs.yml.")
    config = next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)
    settings = settings_of(loaded(config), folder) if config else Settings(folder, Options())
    return _on_disk(_with_kinds(settings, kinds), folder)


def _on_disk(settings: Settings, folder: Path) -> Version:
    there = settings.docs.is_dir()
    sources = folder_sources(settings.docs, settings.exclude) if there else Sources({})
    return Version(sources, settings, _decisions_in(folder))


def _decisions_in(folder: Path) -> str | None:
    """Return the file of decisions next to a configuration; a link to another file is none."""
    file = folder / DECISIONS
    if not os.path.lexists(file):
        return None
    if file.is_symlink() or file.parent.is_symlink():
        raise HandrailError(f"{DECISIONS} is a link. Put the file itself there.")
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise HandrailError(f"{DECISIONS} cannot be read: {' '.join(str(error).split())}") from None


def _with_kinds(settings: Settings, kinds: tuple[Glob, ...]) -> Settings:
    return replace(settings, options=replace(settings.options, kinds=(*settings.options.kinds, *kinds)))


# ---- two revisions ----


def _handbook(source: ReadFrom) -> _Handbook:
    """Return which handbook of which repository the user means."""
    config = source["config"] or (None if source["docs"] else nearest_config())
    anchor = config or source["docs"] or Path()
    if not anchor.exists():
        raise HandrailError(f"{anchor} is not there. Name your mkdocs.yml with -f, or a folder with --docs.")
    repository = repository_of(anchor if anchor.is_dir() else anchor.parent)
    config, docs = (_inside(path, repository) if path else None for path in (config, source["docs"]))
    return _Handbook(repository, config, docs, source["kinds"])


def _inside(path: Path, repository: Repository) -> Path:
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(repository.root))
    if not real.is_relative_to(root):
        raise HandrailError(f"{path} lies outside of the repository {repository.root}. "
                            "Compare two folders: `handrail diff --from DIR --to DIR`.")  # fmt: skip
    return real.relative_to(root)


def _revisions(base: str | None, head: str | None, staged: bool, handbook: _Handbook) -> tuple[Named, Named]:
    """Return the two versions that the user means."""
    if staged and head:
        raise HandrailError("With --staged, name one revision at most: `handrail diff --staged BASE`.")
    repository = handbook.repository
    if base is None:
        commit = commit_of(repository, "HEAD") if staged else branching_point(repository)
    else:
        commit = commit_of(repository, base)
    before = _in_tree(revision_tree(repository, commit), handbook)
    name = base or ("HEAD" if staged else commit[:12])
    if staged:
        return (name, before), (_STAGED, _in_tree(index_tree(repository), handbook))
    if head is not None:
        return (name, before), (head, _in_tree(revision_tree(repository, commit_of(repository, head)), handbook))
    return (name, before), (_HERE, _in_working_tree(handbook))


def _in_tree(tree: Tree, handbook: _Handbook) -> Version:
    """Return the handbook as it stands in a tree, read with the configuration of that tree."""
    settings = _settings_in(tree, handbook)
    docs = posixpath.normpath(settings.docs.as_posix())
    if posixpath.isabs(docs) or docs == ".." or docs.startswith("../"):
        raise HandrailError("docs_dir leads out of the repository. Put the pages into it, or compare two folders.")
    folder = handbook.config.parent if handbook.config is not None else Path()
    return Version(tree_sources(tree, docs, settings.exclude), settings, _decisions_at(tree, folder))


def _decisions_at(tree: Tree, folder: Path) -> str | None:
    try:
        return tree.text(folder / DECISIONS)
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise HandrailError(f"{DECISIONS} cannot be read: {' '.join(str(error).split())}") from None


def _settings_in(tree: Tree, handbook: _Handbook) -> Settings:
    config = handbook.config
    if config is None or config.as_posix() not in tree.files:
        # The handbook was not there yet, or there is no configuration at all: nothing says what is what.
        docs = handbook.docs if handbook.docs is not None else Path("docs")
        settings = Settings(docs if config is None else config.parent / docs, Options())
    else:
        settings = settings_of(loaded(config, read=tree.text), config.parent)
        settings = replace(settings, docs=handbook.docs) if handbook.docs is not None else settings
    return _with_kinds(settings, handbook.kinds)


def _in_working_tree(handbook: _Handbook) -> Version:
    root = handbook.repository.root
    if handbook.config is None:
        settings = Settings(root / (handbook.docs or "."), Options())
    else:
        config = root / handbook.config
        settings = settings_of(loaded(config), config.parent)
        settings = replace(settings, docs=root / handbook.docs) if handbook.docs is not None else settings
    folder = root / handbook.config.parent if handbook.config is not None else root
    return _on_disk(_with_kinds(settings, handbook.kinds), folder)
