"""Which revision of a handbook lies on the disk: commit, day, tag, and whether its files are those of the commit."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.sources.folder import POINTER
from handrail.sources.git import Repository, Tree, commit_of, objects, plumbing, repository_of, revision_tree

_COMMITTED = re.compile(rb"^committer .*> (\d+) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_LINK, _MODULE = "120000", "160000"
_MADE = "__pycache__"
"""What Python leaves beside hooks."""
SHORT = 12
"""How many characters of a commit's name are shown, the same in every clone."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The commit that is checked out where a handbook lies."""

    commit: str
    """Its full name."""
    day: str
    """On which it was committed, YYYY-MM-DD, by the committer's own calendar."""
    seconds: int
    """The same, since 1970."""
    tag: str | None = None
    """The highest tag at this very commit."""
    changed: bool = False
    """Whether the handbook's files on the disk are not those of the commit."""
    folder: str = ""
    """The folder of the pages, below the root of the repository; `""` where it is the root."""

    @property
    def short(self) -> str:
        """The beginning of the commit's name."""
        return self.commit[:SHORT]


def revision_of(docs: Path, beside: Iterable[Path] = ()) -> Revision:
    """Return the revision of the handbook whose pages lie in a folder.

    `beside` are the other files and folders that it is made from, such as `mkdocs.yml`; those outside of the
    repository count as changed. Raises HandrailError where there is no git, no repository or no commit.
    """
    repository = repository_of(docs)
    commit = commit_of(repository, "HEAD")
    ((_, data),) = objects(repository, [commit], kind=b"commit")
    seconds, day = committed(data or b"")
    root = Path(os.path.realpath(repository.root))
    places = [Path(os.path.realpath(path)) for path in (docs, *beside)]
    inside = [path.relative_to(root) for path in places if path.is_relative_to(root)]
    tree = revision_tree(repository, commit)
    changed = len(inside) < len(places) or any(not _is_same(tree, root, path) for path in inside)
    folder = inside[0].as_posix() if inside and places[0].is_relative_to(root) else ""
    return Revision(commit, day, seconds, _tag(repository, commit), changed, "" if folder == "." else folder)


def committed(data: bytes) -> tuple[int, str]:
    """Return when a commit was made, in seconds and as a day where it was made."""
    match = _COMMITTED.search(data)
    if match is None:
        return 0, "1970-01-01"
    seconds = int(match[1])
    away = timedelta(hours=int(match[3]), minutes=int(match[4])) * (-1 if match[2] == b"-" else 1)
    try:
        return seconds, datetime.fromtimestamp(seconds, timezone(away)).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return seconds, datetime.fromtimestamp(0, UTC).date().isoformat()


def _tag(repository: Repository, commit: str) -> str | None:
    """Return the highest tag at a commit, `v1.10` above `v1.9`."""
    asked = ("--points-at", commit, "--sort=-version:refname", "--format=%(refname:strip=2)", "refs/tags")
    names = plumbing(repository, "for-each-ref", *asked).decode("utf-8", "replace").splitlines()
    return names[0] if names else None


# ---- whether the files are those of the commit ----


def _is_same(tree: Tree, root: Path, place: Path) -> bool:
    """Whether a file, or all that a folder holds, is on the disk what it is in a tree."""
    inside = "" if place == Path() else f"{place.as_posix()}/"
    there = {
        path: entry
        for path, entry in tree.files.items()
        if (path.startswith(inside) or path == place.as_posix()) and not _is_hidden(path[len(inside) :])
    }
    here = dict(_on_disk(root, root / place))
    tracked = {path: name for path, (mode, name) in there.items() if mode != _MODULE}
    modules = tuple(f"{path}/" for path, (mode, _) in there.items() if mode == _MODULE)
    here = {path: file for path, file in here.items() if not path.startswith(modules)} if modules else here
    if here.keys() != tracked.keys():
        return False
    other = {path: file for path, file in here.items() if not _has_name(file, tracked[path])}
    return not other or _is_kept_elsewhere(tree, other, tracked)


def _on_disk(root: Path, place: Path) -> Iterator[tuple[str, Path]]:
    """Yield path below the root and place of each file, hidden ones left out; a link is a file."""
    if place.is_file():
        yield place.relative_to(root).as_posix(), place
    for above, folders, files in os.walk(place):
        links = [name for name in folders if os.path.islink(os.path.join(above, name))]
        folders[:] = sorted(name for name in folders if name not in links and not _is_hidden(name))
        for name in sorted((*files, *links)):
            if not _is_hidden(name):
                file = Path(above, name)
                yield file.relative_to(root).as_posix(), file


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") or part == _MADE for part in path.split("/"))


def _has_name(file: Path, name: str) -> bool:
    """Whether git would call this file's content so, its lines ended as they are or as git keeps them."""
    data = _data(file)
    return data is not None and any(_name(text, len(name)) == name for text in (data, data.replace(b"\r\n", b"\n")))


def _name(data: bytes, length: int) -> str:
    """Return what git calls a content, in a repository whose names have this length."""
    said = b"blob %d\0" % len(data) + data
    return (hashlib.sha256(said) if length > 40 else hashlib.sha1(said, usedforsecurity=False)).hexdigest()


def _data(file: Path) -> bytes | None:
    try:
        return os.fsencode(os.readlink(file)) if file.is_symlink() else file.read_bytes()
    except OSError:
        return None


def _is_kept_elsewhere(tree: Tree, files: Mapping[str, Path], names: Mapping[str, str]) -> bool:
    """Whether the tree holds nothing but a note of each file, as Git LFS leaves it, and it is that file's note."""
    notes = dict(objects(tree.repository, [names[path] for path in files]))
    return all(_is_noted(file, notes.get(names[path]) or b"") for path, file in files.items())


def _is_noted(file: Path, note: bytes) -> bool:
    data = _data(file)
    wanted = b"oid sha256:" + hashlib.sha256(data or b"").hexdigest().encode()
    return data is not None and note.startswith(POINTER) and wanted in note.split(b"\n")
