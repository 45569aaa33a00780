"""The commits of a repository and what stood in their trees, read object by object from one running git."""

from __future__ import annotations

import heapq
import os
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import TracebackType

from handrail.dataclass import dataclass
from handrail.problems import HandrailError
from handrail.sources.folder import POINTER
from handrail.sources.git import Repository, commit_of, plumbing, reading
from handrail.sources.revision import committed

MOST_COMMITS = 2_000
"""So many commits are looked at; a report that needed more says so."""
_LARGE = 10_000
"""A tree of more bytes is not taken apart for a few names."""
_LONG = 6
_AMBIGUOUS = ("", "")
_FOLDER = "40000"
_FILES = ("100644", "100755", "100664")
_TRAILER = re.compile(r"^(Change-reason|Approved-by)[ \t]*:[ \t]*(.*(?:\n[ \t]+\S.*)*)$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    name: str
    tree: str
    parents: tuple[str, ...]
    seconds: int
    """When it was committed, since 1970."""
    day: str
    """The same by the committer's own calendar, YYYY-MM-DD."""
    message: str

    def trailers(self, key: str) -> tuple[str, ...]:
        """Return what the lines `Key: ...` of its message say."""
        found = _TRAILER.findall(self.message)
        return tuple(
            " ".join(text.split()) for name, text in found if name.casefold() == key.casefold() and text.strip()
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Commits, the newest first, and whether these are all."""

    commits: tuple[Commit, ...]
    complete: bool


class Objects:
    """The objects of a repository, asked for one by one; nothing is written, nothing of the repository is run."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self._git: subprocess.Popen[bytes] | None = None
        self._commits: dict[str, Commit | None] = {}
        self._folders: dict[str, Mapping[str, tuple[str, str]]] = {}

    def __enter__(self) -> Objects:
        self._git = reading(self.repository.root, "cat-file", "--batch")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._git is not None:
            self._git.communicate()
            self._git = None

    def content(self, name: str, kind: bytes) -> bytes | None:
        """Return the content of an object; None where it is missing, or of another kind."""
        git = self._git
        if git is None or git.stdin is None or git.stdout is None:
            raise HandrailError("git is not running. Run the command again.")
        try:
            git.stdin.write(f"{name}\n".encode())
            git.stdin.flush()
            head = git.stdout.readline().split()
            if len(head) != 3:
                if head[1:] != [b"missing"]:
                    raise BrokenPipeError
                return None
            data = git.stdout.read(int(head[2]) + 1)[:-1]
        except BrokenPipeError:
            mend = f"Run `git fsck` in {self.repository.root}."
            raise HandrailError(f"git cat-file ends before it has answered. {mend}") from None
        return data if head[1] == kind else None

    def commit(self, name: str) -> Commit | None:
        """Return a commit; None where it is not here, as in a shallow clone."""
        if name not in self._commits:
            data = self.content(name, b"commit")
            self._commits[name] = _commit(name, data) if data is not None else None
        return self._commits[name]

    def files(self, commit: Commit, folder: str = "") -> Mapping[str, tuple[str, str]]:
        """Return path below a folder -> mode and name of each file, as of a commit; each tree is read once."""
        tree: str | None = commit.tree
        for part in [part for part in folder.split("/") if part not in ("", ".")]:
            mode, tree = self._entries(tree or "").get(part, ("", None))
            if mode != _FOLDER:
                return {}
        found: dict[str, tuple[str, str]] = {}
        waiting = [("", tree)] if tree else []
        while waiting:
            prefix, tree = waiting.pop()
            for name, (mode, entry) in self._entries(tree).items():
                if mode == _FOLDER:
                    waiting.append((f"{prefix}{name}/", entry))
                else:
                    found[prefix + name] = (mode, entry)
        return dict(sorted(found.items()))

    def _entries(self, tree: str) -> Mapping[str, tuple[str, str]]:
        if tree not in self._folders:
            data = self.content(tree, b"tree") if tree else None
            self._folders[tree] = dict(_entries(data or b"", len(tree) // 2))
        return self._folders[tree]

    def named(self, tree: str, names: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Return mode and object of some entries of a tree, without taking a large tree apart for a few of them."""
        data, length = self.content(tree, b"tree") or b"", len(tree) // 2
        if len(data) >= _LARGE and all(len(name) >= _LONG for name in names):
            found = {name: _found(data, name, length) for name in names}
            if _AMBIGUOUS not in found.values():
                return {name: entry for name, entry in found.items() if entry is not None}
        return {name: entry for name, entry in _entries(data, length) if name in names}

    def text(self, blob: str) -> str | None:
        """Return the text of a page; None where it is missing, is no text, or is kept elsewhere."""
        data = self.content(blob, b"blob")
        if data is None or data.startswith(POINTER):
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None


def _commit(name: str, data: bytes) -> Commit:
    head, _, message = data.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    said = [line.partition(" ") for line in lines]
    tree = next((value for key, _, value in said if key == "tree"), "")
    parents = tuple(value for key, _, value in said if key == "parent")
    seconds, day = committed(data)
    return Commit(name, tree, parents, seconds, day, message.decode("utf-8", "replace").replace("\r\n", "\n"))


def _entries(data: bytes, length: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield name, mode and object of each entry of a tree."""
    at = 0
    while at < len(data):
        space = data.index(b" ", at)
        end = data.index(b"\0", space)
        name = data[end + 1 : end + 1 + length].hex()
        yield os.fsdecode(data[space + 1 : end]), (data[at:space].decode(), name)
        at = end + 1 + length


def _found(data: bytes, name: str, length: int) -> tuple[str, str] | None:
    """Return mode and object of the entry of a name, found by its bytes; None where there is none.

    A name that stands in the tree twice, such as at the end of a longer one, is ambiguous.
    """
    sought = b" %s\0" % os.fsencode(name)
    at = data.find(sought)
    if at < 0:
        return None
    mode = re.search(rb"\d{5,6}\Z", data[max(at - 6, 0) : at])
    start = at - len(mode[0]) if mode else -1
    begins = start == 0 or (start > length and data[start - length - 1] == 0)
    if mode is None or not begins or data.find(sought, at + 1) >= 0:
        return _AMBIGUOUS
    end = at + len(sought)
    return mode[0].decode(), data[end : end + length].hex()


def first_parents(objects: Objects, head: str, most: int = MOST_COMMITS) -> Line:
    """Return a commit and what it was merged into before, the newest first."""
    found: list[Commit] = []
    commit = objects.commit(head)
    while commit is not None and len(found) < most:
        found.append(commit)
        if not commit.parents:
            return Line(tuple(found), True)
        commit = objects.commit(commit.parents[0])
    return Line(tuple(found), False)


def commits_between(objects: Objects, base: str, head: str, most: int = MOST_COMMITS) -> Line:
    """Return the commits that lead to `head` and not to `base`, the newest first.

    Both histories are followed side by side, the newest commit first, as git does it.
    """
    walk = _Walk(objects)
    walk.put(head, False)
    walk.put(base, True)
    looked = 0
    while walk.goes_on and looked < most:
        walk.take()
        looked += 1
    commits = tuple(commit for name, commit in walk.ours.items() if name not in walk.theirs)
    return Line(commits, walk.complete and not walk.goes_on)


class _Walk:
    """Two histories followed side by side; `base` is the one that is left out."""

    def __init__(self, objects: Objects) -> None:
        self.ours: dict[str, Commit] = {}
        self.theirs: set[str] = set()
        self.complete = True
        self._objects = objects
        self._queue: list[tuple[int, str, bool]] = []
        self._known: set[tuple[str, bool]] = set()
        self._open = 0
        self._oldest = 0

    @property
    def goes_on(self) -> bool:
        """Whether a commit may still be found, or be found on both sides."""
        return self._open > 0 or bool(self._queue and self.ours and -self._queue[0][0] >= self._oldest)

    def put(self, name: str, is_base: bool) -> None:
        """Queue a commit, the newest first, of the same second those of the base first."""
        commit = self._objects.commit(name)
        if commit is None:
            self.complete = False
        elif (name, is_base) not in self._known:
            self._known.add((name, is_base))
            self._open += not is_base
            heapq.heappush(self._queue, (-commit.seconds, name, not is_base))

    def take(self) -> None:
        """Look at the next commit, and queue its parents."""
        seconds, name, is_ours = heapq.heappop(self._queue)
        self._open -= is_ours
        if not is_ours:
            self.theirs.add(name)
        commit = self._objects.commit(name)
        if commit is None:
            return
        if name not in self.theirs:
            self._oldest = min(self._oldest, -seconds) if self.ours else -seconds
            self.ours[name] = commit
        for parent in commit.parents:
            self.put(parent, name in self.theirs)


def pages_in(files: Mapping[str, tuple[str, str]], suffixes: Sequence[str]) -> Mapping[str, str]:
    """Return path -> object of the pages among files; what is a link or a submodule is none."""
    wanted = tuple(suffixes)
    return {path: name for path, (mode, name) in files.items() if mode in _FILES and path.lower().endswith(wanted)}


def every_commit(objects: Objects, head: str, most: int) -> Mapping[str, Commit]:
    """Return each commit behind a commit by its name, the newest first, as far as they are here."""
    found: dict[str, Commit] = {}
    queue: list[tuple[int, int, str]] = []
    known: set[str] = set()

    def put(name: str) -> None:
        commit = objects.commit(name)
        if commit is not None and name not in known:
            known.add(name)
            heapq.heappush(queue, (-commit.seconds, len(known), name))

    put(commit_of(objects.repository, head))
    while queue and len(found) < most:
        _, _, name = heapq.heappop(queue)
        commit = objects.commit(name)
        assert commit is not None
        found[name] = commit
        for parent in commit.parents:
            put(parent)
    return found


def tags_of(repository: Repository) -> Sequence[tuple[str, str]]:
    """Return each tag with the name of its commit, `v1.10` before `v1.9`; tags of anything else are left out."""
    form = "--format=%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)"
    listed = plumbing(repository, "for-each-ref", "--sort=-version:refname", form, "refs/tags")
    found: list[tuple[str, str]] = []
    for line in listed.decode("utf-8", "replace").splitlines():
        name, kind, commit, peeled_kind, peeled = line.split("\0")
        if "commit" in (kind, peeled_kind):
            found.append((name, commit if kind == "commit" else peeled))
    return found
