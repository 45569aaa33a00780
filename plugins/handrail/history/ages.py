"""How each page came to be what it is: its versions along the line of commits, followed through renaming."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.sources import SUFFIXES, Commit, Line, Objects, pages_in

_DEEP = 50
"""A page in more folders inside one another is not followed."""


@dataclass(frozen=True, slots=True)
class Age:
    """One version of a page."""

    newest: int
    """The place of the newest commit that has it, in the line."""
    oldest: int
    """The place of the commit that brought it."""
    path: str
    """What the page was called then."""
    blob: str


@dataclass(frozen=True, slots=True)
class Ages:
    """The versions of some pages."""

    line: Line
    of: Mapping[str, tuple[Age, ...]]
    """Path of a page as it is now -> its versions, the newest first."""

    def at(self, path: str, place: int) -> Age | None:
        """Return the version of a page at a commit, by its place in the line."""
        return next((age for age in self.of.get(path, ()) if age.newest <= place <= age.oldest), None)


@dataclass
class _Followed:
    """A page on its way back through the line."""

    path: str
    newest: int = 0
    blob: str | None = None
    ages: list[Age] = field(default_factory=list)

    def close(self, oldest: int) -> None:
        """Note the version that ends here."""
        if self.blob is not None:
            self.ages.append(Age(self.newest, oldest, self.path, self.blob))


def ages_of(paths: Iterable[str], line: Line, folder: str, objects: Objects) -> Ages:
    """Return the versions of some pages below a folder."""
    followed = {path: _Followed(path) for path in sorted(paths) if path.count("/") < _DEEP}
    now = {path: [one] for path, one in followed.items()}
    look = _Look(objects, folder, now)
    for place, commit in enumerate(line.commits):
        changed = dict(look.differences(commit))
        lost = [path for path, blob in changed.items() if blob is None]
        names = _earlier_names({path: now[path][0].blob for path in lost}, line.commits[place - 1], commit, look)
        for path, blob in changed.items():
            earlier, blob = (path, blob) if blob is not None else names.get(path, (path, None))
            for one in now.pop(path) if earlier != path else now[path]:
                _step_back(one, place, earlier, blob)
                if earlier != path:
                    now.setdefault(earlier, []).append(one)
            if earlier != path:
                look.rename(path, earlier, blob)
    for one in followed.values():
        one.close(len(line.commits) - 1)
    return Ages(line, {path: tuple(one.ages) for path, one in followed.items()})


def _step_back(one: _Followed, place: int, path: str, blob: str | None) -> None:
    """Take a page to the commit before, where it is another version, has another name, or is not there."""
    if (path, blob) != (one.path, one.blob):
        one.close(place - 1)
        one.path, one.blob, one.newest = path, blob, place


def _earlier_names(
    lost: Mapping[str, str | None], newer: Commit, older: Commit, look: _Look
) -> Mapping[str, tuple[str, str]]:
    """Return what pages were called before they came: what went in the same commit, of the same content or name."""
    if not lost:
        return {}
    ours, theirs = look.pages(older), look.pages(newer)
    gone = {path: blob for path, blob in ours.items() if path not in theirs}
    by_blob = _alone((blob, path) for path, blob in gone.items())
    by_name = _alone((posixpath.basename(path), path) for path in gone)
    found: dict[str, tuple[str, str]] = {}
    for path, blob in lost.items():
        before = by_blob.get(blob or "") or by_name.get(posixpath.basename(path))
        if before is not None:
            found[path] = before, gone[before]
    return found


def _alone(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the keys that stand for one value alone."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: values[0] for key, values in found.items() if len(values) == 1}


@dataclass
class _Place:
    """A name on the way to a page: the tree or the object that it had when last asked."""

    inside: dict[str, _Place] = field(default_factory=dict)
    is_page: bool = False
    tree: str = ""
    blob: str | None = None


class _Look:
    """Looks pages up commit by commit; a folder that is the same as in the commit before is not read again."""

    def __init__(self, objects: Objects, folder: str, paths: Iterable[str]) -> None:
        self._objects = objects
        self._folder = "" if folder == "." else folder
        self._root = _Place()
        for path in paths:
            self._place(path).is_page = True

    def _place(self, path: str) -> _Place:
        """Return the place of a path; what lies on the way is read again when it is asked next."""
        place = self._root
        for name in self._full(path).split("/"):
            place.tree = ""
            place = place.inside.setdefault(name, _Place())
        return place

    def _full(self, path: str) -> str:
        return f"{self._folder}/{path}" if self._folder else path

    def rename(self, path: str, earlier: str, blob: str | None) -> None:
        """Look for a page under the name that it had before."""
        self._place(path).is_page = False
        place = self._place(earlier)
        place.is_page, place.blob = True, blob

    def differences(self, commit: Commit) -> Iterator[tuple[str, str | None]]:
        """Yield path and object of each page that is another than when last asked; None where it is not there."""
        start = len(self._full(""))
        return ((path[start:], blob) for path, blob in self._below(self._root, commit.tree, ""))

    def _below(self, place: _Place, tree: str, prefix: str) -> Iterator[tuple[str, str | None]]:
        if place.tree == tree and tree:
            return
        place.tree = tree
        entries = self._objects.named(tree, place.inside) if tree else {}
        for name, inner in place.inside.items():
            mode, entry = entries.get(name, ("", ""))
            path = f"{prefix}{name}"
            if inner.is_page:
                blob = pages_in({path: (mode, entry)}, SUFFIXES).get(path)
                if blob != inner.blob:
                    inner.blob = blob
                    yield path, blob
            if inner.inside:
                yield from self._below(inner, entry if mode == "40000" else "", f"{path}/")

    def pages(self, commit: Commit) -> Mapping[str, str]:
        """Return path -> object of every page below the folder."""
        return pages_in(self._objects.files(commit, self._folder), SUFFIXES)
