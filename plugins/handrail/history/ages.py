"""How each page came to be what it is: its versions along the line of commits, followed through renaming."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
    ended: bool = False
    ages: list[Age] = field(default_factory=list)

    def close(self, oldest: int) -> None:
        """Note the version that ends here."""
        if self.blob is not None:
            self.ages.append(Age(self.newest, oldest, self.path, self.blob))


def ages_of(paths: Iterable[str], line: Line, folder: str, objects: Objects) -> Ages:
    """Return the versions of some pages below a folder."""
    followed = {path: _Followed(path) for path in sorted(paths) if path.count("/") < _DEEP}
    look = _Look(objects, folder)
    for place, commit in enumerate(line.commits):
        found = look.blobs(commit, [one.path for one in followed.values() if not one.ended])
        if found is None:
            continue
        lost = [one for one in followed.values() if not one.ended and one.blob and one.path not in found]
        names = _earlier_names(lost, line.commits[place - 1], commit, look) if lost else {}
        for one in followed.values():
            if not one.ended:
                _step_back(one, place, found, names)
    for one in followed.values():
        one.close(len(line.commits) - 1)
    return Ages(line, {path: tuple(one.ages) for path, one in followed.items()})


def _step_back(one: _Followed, place: int, found: Mapping[str, str], names: Mapping[str, tuple[str, str]]) -> None:
    """Take a page to the commit before: the same version, another one, another name, or none."""
    path, blob = one.path, found.get(one.path)
    if blob is None and one.blob is not None:
        path, blob = names.get(one.path, (one.path, None))
    if (path, blob) == (one.path, one.blob):
        return
    had = one.blob is not None
    one.close(place - 1)
    one.path, one.blob, one.newest = path, blob, place
    one.ended = had and blob is None


def _earlier_names(
    lost: Iterable[_Followed], newer: Commit, older: Commit, look: _Look
) -> Mapping[str, tuple[str, str]]:
    """Return what pages were called before they came: what went in the same commit, of the same content or name."""
    ours, theirs = look.pages(older), look.pages(newer)
    gone = {path: blob for path, blob in ours.items() if path not in theirs}
    by_blob = _alone((blob, path) for path, blob in gone.items())
    by_name = _alone((posixpath.basename(path), path) for path in gone)
    found: dict[str, tuple[str, str]] = {}
    for one in lost:
        before = by_blob.get(one.blob or "") or by_name.get(posixpath.basename(one.path))
        if before is not None:
            found[one.path] = before, gone[before]
    return found


def _alone(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the keys that stand for one value alone."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: values[0] for key, values in found.items() if len(values) == 1}


class _Look:
    """Looks pages up commit by commit; a folder that is the same as in the commit before is not read again."""

    def __init__(self, objects: Objects, folder: str) -> None:
        self._objects = objects
        self._folder = "" if folder == "." else folder
        self._wanted: tuple[str, ...] = ()
        self._tree = ""
        self._seen: dict[str, tuple[str, Mapping[str, str]]] = {}

    def blobs(self, commit: Commit, paths: Iterable[str]) -> Mapping[str, str] | None:
        """Return path -> object of those pages that are there; None where nothing is another than when last asked."""
        wanted = tuple(sorted(paths))
        if wanted != self._wanted:
            self._wanted, self._tree, self._seen = wanted, "", {}
        if commit.tree == self._tree:
            return None
        self._tree = commit.tree
        prefix = f"{self._folder}/" if self._folder else ""
        found = self._below(commit.tree, "", [prefix + path for path in wanted])
        return {path.removeprefix(prefix): blob for path, blob in found.items()}

    def _below(self, tree: str, folder: str, paths: list[str]) -> Mapping[str, str]:
        known = self._seen.get(folder)
        if known is not None and known[0] == tree:
            return known[1]
        inside: dict[str, list[str]] = {}
        for path in paths:
            inside.setdefault(path[len(folder) :].partition("/")[0], []).append(path)
        found: dict[str, str] = {}
        for name, (mode, entry) in self._objects.named(tree, inside).items():
            if mode == "40000":
                found |= self._below(entry, f"{folder}{name}/", inside[name])
            elif f"{folder}{name}" in inside[name]:
                found |= pages_in({f"{folder}{name}": (mode, entry)}, SUFFIXES)
        self._seen[folder] = tree, found
        return found

    def pages(self, commit: Commit) -> Mapping[str, str]:
        """Return path -> object of every page below the folder."""
        return pages_in(self._objects.files(commit, self._folder), SUFFIXES)
