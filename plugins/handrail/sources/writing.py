"""A tree of git written into a new folder: files alone, aside first, and nothing outside of it."""

from __future__ import annotations

import contextlib
import os
import posixpath
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from handrail.problems import HandrailError
from handrail.sources.history import Objects

_LINK, _RUN = "120000", "100755"
_REFUSED = ("", ".", "..", ".git")


def write_tree(
    files: Mapping[str, tuple[str, str]], instead: Mapping[str, str | None], target: Path, objects: Objects
) -> tuple[str, ...]:
    """Write files into a folder that is not there yet, or is empty; return what was left out, with why.

    `files` is path -> mode and object, `instead` path -> another text, or None for a file that is left out. No filter
    of git is run. Nothing is left behind where it fails. Raises HandrailError where the folder holds something.
    """
    _refuse(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        left = tuple(_written(files, instead, aside, objects))
        aside.chmod(0o755)
        if target.is_dir():
            target.rmdir()
        aside.rename(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return left


def _refuse(target: Path) -> None:
    """Raise a HandrailError where a folder cannot be written anew."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise HandrailError(f"{target} is no folder. Name a new one.")
    if target.is_dir() and any(target.iterdir()):
        raise HandrailError(f"{target} holds something already. Name a new folder.")


def _written(
    files: Mapping[str, tuple[str, str]], instead: Mapping[str, str | None], folder: Path, objects: Objects
) -> Iterator[str]:
    """Write every file, links last, so that nothing is written through one; yield what is left out."""
    for path, (mode, name) in sorted(files.items(), key=lambda item: (item[1][0] == _LINK, item[0])):
        why = _written_one(path, mode, name, instead, folder, objects)
        if why:
            yield f"{path}: {why}"


def _written_one(
    path: str, mode: str, name: str, instead: Mapping[str, str | None], folder: Path, objects: Objects
) -> str | None:
    """Write one file; return why it is left out."""
    if any(part.casefold() in _REFUSED or "\\" in part for part in path.split("/")):
        return "no file may be called so."
    if path in instead and instead[path] is None:
        return None
    text = instead.get(path)
    data = text.encode() if text is not None else objects.content(name, b"blob")
    if data is None:
        return "it is a submodule, or git does not have its content here."
    if mode == _LINK and not _stays_inside(path, os.fsdecode(data)):
        return "it is a link that leaves the folder."
    with contextlib.suppress(FileExistsError):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if mode == _LINK:
            file.symlink_to(os.fsdecode(data))
            return None
        with file.open("xb") as stream:
            stream.write(data)
        file.chmod(0o755 if mode == _RUN else 0o644)
        return None
    return "another file has the same name on this machine."


def _stays_inside(path: str, target: str) -> bool:
    """Whether a link leads to a place in the same tree, whatever else is a link: `..` stands at its beginning alone."""
    parts = target.split("/")
    up = next((place for place, part in enumerate(parts) if part != ".."), len(parts))
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return (
        not posixpath.isabs(target)
        and "\\" not in target
        and "\0" not in target
        and ".." not in parts[up:]
        and not (whole == ".." or whole.startswith("../"))
        and not any(part.casefold() == ".git" for part in parts)
    )
