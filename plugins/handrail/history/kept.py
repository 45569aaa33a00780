"""Which handbook of which repository is meant, and how it stands on the disk, in the index, or at a commit."""

from __future__ import annotations

import os
import posixpath
from dataclasses import replace
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.decisions import DECISIONS
from handrail.handbook import Version
from handrail.options import Glob, Options
from handrail.problems import HandrailError
from handrail.settings import CONFIG_NAMES, Settings, loaded, nearest_config, settings_of
from handrail.sources import Repository, Sources, Tree, folder_sources, repository_of, tree_sources


@dataclass(frozen=True, slots=True)
class Kept:
    """Which handbook of a repository is meant, as paths below its root."""

    repository: Repository
    config: Path | None
    """None where a folder of pages is all that was named."""
    docs: Path | None
    kinds: tuple[Glob, ...] = ()


def kept_in_git(config: Path | None, docs: Path | None, kinds: tuple[Glob, ...] = ()) -> Kept:
    """Return which handbook of which repository the user means."""
    config = config or (None if docs else nearest_config())
    anchor = config or docs or Path()
    if not anchor.exists():
        raise HandrailError(f"{anchor} is not there. Name your mkdocs.yml with -f, or a folder with --docs.")
    repository = repository_of(anchor if anchor.is_dir() else anchor.parent)
    config, docs = (_inside(path, repository) if path else None for path in (config, docs))
    return Kept(repository, config, docs, kinds)


def _inside(path: Path, repository: Repository) -> Path:
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(repository.root))
    if not real.is_relative_to(root):
        raise HandrailError(f"{path} lies outside of the repository {repository.root}. "
                            "Compare two folders: `handrail diff --from DIR --to DIR`.")  # fmt: skip
    return real.relative_to(root)


def version_in_folder(folder: Path, kinds: tuple[Glob, ...]) -> Version:
    """Return the handbook in a folder with its `mkdocs.yml`; without one, the folder is that of the pages."""
    if not folder.is_dir():
        raise HandrailError(f"{folder} is no folder. Name the folder that holds mkdocs.yml.")
    config = next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)
    settings = settings_of(loaded(config), folder) if config else Settings(folder, Options())
    settings = _with_kinds(settings, kinds)
    if not Path(os.path.realpath(settings.docs)).is_relative_to(os.path.realpath(folder)):
        raise HandrailError(f"docs_dir leads out of {folder}. Put the pages into it: what is elsewhere is not read.")
    return _on_disk(settings, folder, settings.docs.as_posix(), (config or folder / CONFIG_NAMES[0]).as_posix())


def _on_disk(settings: Settings, folder: Path, docs: str, config: str) -> Version:
    """Return the handbook as it stands on the disk, with the names of its folder and configuration."""
    there = settings.docs.is_dir()
    sources = folder_sources(settings.docs, settings.exclude) if there else Sources({})
    return Version(sources, settings, _decisions_in(folder), docs, config)


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


def version_in_tree(tree: Tree, handbook: Kept, otherwise: Settings | None = None) -> Version:
    """Return the handbook as it stands in a tree, read with the configuration of that tree.

    Where the tree has none, `otherwise` says what is what; its folder of pages is a path below the root.
    """
    settings = _settings_in(tree, handbook, otherwise)
    docs = posixpath.normpath(settings.docs.as_posix())
    _refuse_outside(docs)
    folder = handbook.config.parent if handbook.config is not None else Path()
    sources = tree_sources(tree, docs, settings.exclude)
    return Version(sources, settings, _decisions_at(tree, folder), docs, _config_name(handbook))


def _refuse_outside(docs: str) -> None:
    """Refuse a folder of pages that lies outside of the repository: a stranger's change may not show what is there."""
    if posixpath.isabs(docs) or docs == ".." or docs.startswith("../"):
        raise HandrailError("docs_dir leads out of the repository. Put the pages into it, or compare two folders.")


def _config_name(handbook: Kept) -> str:
    return handbook.config.as_posix() if handbook.config is not None else CONFIG_NAMES[0]


def _decisions_at(tree: Tree, folder: Path) -> str | None:
    try:
        return tree.text(folder / DECISIONS)
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise HandrailError(f"{DECISIONS} cannot be read: {' '.join(str(error).split())}") from None


def _settings_in(tree: Tree, handbook: Kept, otherwise: Settings | None) -> Settings:
    config = handbook.config
    if config is None or config.as_posix() not in tree.files:
        if otherwise is not None:
            return otherwise
        # The handbook was not there yet, or there is no configuration at all: nothing says what is what.
        docs = handbook.docs if handbook.docs is not None else Path("docs")
        settings = Settings(docs if config is None else config.parent / docs, Options())
    else:
        settings = settings_of(loaded(config, read=tree.text), config.parent)
        settings = replace(settings, docs=handbook.docs) if handbook.docs is not None else settings
    return _with_kinds(settings, handbook.kinds)


def version_on_disk(handbook: Kept) -> Version:
    """Return the handbook as it lies in the working tree."""
    root = handbook.repository.root
    if handbook.config is None:
        settings = Settings(root / (handbook.docs or "."), Options())
    else:
        config = root / handbook.config
        settings = settings_of(loaded(config), config.parent)
        settings = replace(settings, docs=root / handbook.docs) if handbook.docs is not None else settings
    folder = root / handbook.config.parent if handbook.config is not None else root
    docs = Path(os.path.relpath(os.path.realpath(settings.docs), os.path.realpath(root))).as_posix()
    _refuse_outside(docs)
    return _on_disk(_with_kinds(settings, handbook.kinds), folder, docs, _config_name(handbook))


def docs_folder(version: Version, handbook: Kept) -> str:
    """Return where the pages of a version lie, below the root of the repository."""
    docs = version.settings.docs
    if docs.is_absolute():
        docs = Path(os.path.relpath(os.path.realpath(docs), os.path.realpath(handbook.repository.root)))
    return posixpath.normpath(docs.as_posix())
