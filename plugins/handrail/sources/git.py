"""A handbook as it stood at a git revision, or as it stands in the index, out of git's objects: nothing is written."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.problems import HandrailError, Problem
from handrail.sources.folder import (
    MOST_BYTES,
    POINTER,
    SUFFIXES,
    Sources,
    decoded,
    kept_elsewhere,
    left_out,
    name_problems,
    shadowed_pages,
    unread,
)

_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
)
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
"""No lock is taken, nothing is fetched, nobody is asked, and messages are in English."""
_LINK, _MODULE = "120000", "160000"
"""Modes of symbolic links and of submodules."""
_LINKS = 20
"""How many links may lead to one another."""
_MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What the main branch may be called."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository with a working tree."""

    root: Path
    shallow: bool
    """Whether older commits are missing."""

    @property
    def mend(self) -> str:
        """What helps where a commit is missing."""
        if self.shallow:
            return ("This clone is shallow: run `git fetch --unshallow`, or let your pipeline fetch the whole history "
                    "(`fetch-depth: 0`, `GIT_DEPTH: 0`).")  # fmt: skip
        return "Name a branch, a tag or a commit; `git fetch` brings those that are not here yet."


@dataclass(frozen=True, slots=True)
class Tree:
    """All files of a repository at one revision, or in its index."""

    repository: Repository
    files: Mapping[str, tuple[str, str]]
    """Path below the root -> mode and name of the object."""

    def text(self, path: Path) -> str:
        """Return the text of a file, by its path below the root; raises OSError where there is none."""
        name = posixpath.normpath(path.as_posix())
        if name not in self.files:
            raise FileNotFoundError(2, "No such file in the repository", name)
        ((_, data),) = objects(self.repository, [self.files[name][1]])
        return (data or b"").decode("utf-8-sig")


def repository_of(folder: Path) -> Repository:
    """Return the repository that holds a folder; raises HandrailError where there is none."""
    done = _git(folder, "rev-parse", "--is-shallow-repository", "--show-toplevel")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace")
        if "dubious ownership" in said:
            raise HandrailError(f"{folder} belongs to another user. Run `git config --global --add safe.directory "
                                f"{folder}` if you trust it.")  # fmt: skip
        raise HandrailError(f"There is no git repository with files at {folder}. "
                            "Compare two folders: `handrail diff --from DIR --to DIR`.")  # fmt: skip
    shallow, _, root = done.stdout.rstrip(b"\n").partition(b"\n")
    return Repository(Path(os.fsdecode(root)), shallow == b"true")


def commit_of(repository: Repository, name: str) -> str:
    """Return the commit that a revision names; raises HandrailError where there is none."""
    found = _commit(repository, name)
    if found is None:
        hint = "Write the two revisions side by side: `handrail diff BASE HEAD`." if ".." in name else repository.mend
        raise HandrailError(f"There is no revision `{name}`. {hint}")
    return found


def _commit(repository: Repository, name: str) -> str | None:
    if name.startswith("-") or "\0" in name or not name.strip():
        return None
    done = _git(repository.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return done.stdout.decode().strip() or None if not done.returncode else None


def branching_point(repository: Repository) -> str:
    """Return the commit at which what is checked out left the main branch."""
    name = next((name for name in _MAIN if _commit(repository, name)), None)
    if name is None or _commit(repository, "HEAD") is None:
        raise HandrailError(f"There is no main branch to compare with. Name what to compare with: "
                            f"`handrail diff BASE`. {repository.mend if repository.shallow else ''}")  # fmt: skip
    done = _git(repository.root, "merge-base", name, "HEAD")
    if done.returncode:
        raise HandrailError(f"What is checked out has no ancestor in common with `{name}`. {repository.mend}")
    return done.stdout.decode().split()[0]


def merge_base(repository: Repository, branch: str) -> str:
    """Return the commit at which what is checked out left a branch, of the same name here or at `origin`."""
    name = next((name for name in (branch, f"origin/{branch}") if _commit(repository, name)), None)
    if name is None:
        raise HandrailError(f"There is no revision `{branch}`. {repository.mend}")
    done = _git(repository.root, "merge-base", commit_of(repository, name), commit_of(repository, "HEAD"))
    if done.returncode:
        raise HandrailError(f"What is checked out has no ancestor in common with `{branch}`. {repository.mend}")
    return done.stdout.decode().split()[0]


def revision_tree(repository: Repository, commit: str) -> Tree:
    """Return all files of a commit."""
    listed = plumbing(repository, "ls-tree", "-r", "-z", "--full-tree", commit)
    files: dict[str, tuple[str, str]] = {}
    for entry in listed.split(b"\0"):
        if entry:
            head, _, path = entry.partition(b"\t")
            mode, _, name = head.decode().split(" ")
            files[os.fsdecode(path)] = (mode, name)
    return Tree(repository, files)


def index_tree(repository: Repository) -> Tree:
    """Return all files of the index, which `git commit` would take; raises HandrailError where a merge is open."""
    listed = plumbing(repository, "ls-files", "-s", "-z", "--full-name")
    files: dict[str, tuple[str, str]] = {}
    for entry in listed.split(b"\0"):
        if entry:
            head, _, path = entry.partition(b"\t")
            mode, name, stage = head.decode().split(" ")
            if stage != "0":
                raise HandrailError(f"{os.fsdecode(path)} is not merged yet. Resolve it, and `git add` it.")
            files[os.fsdecode(path)] = (mode, name)
    return Tree(repository, files)


def tree_sources(tree: Tree, docs: str, exclude: str = "") -> Sources:
    """Return the Markdown files of a folder in a tree, by path below it, as `folder_sources` does from the disk."""
    patterns = left_out(exclude)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    wanted: dict[str, str] = {}
    for path, name in _below(tree, docs):
        if patterns.match_file(path):
            continue
        if isinstance(name, Problem):
            problems.append(name)
        else:
            wanted[path] = name
    contents = dict(objects(tree.repository, list(dict.fromkeys(wanted.values()))))
    for path, name in sorted(wanted.items()):
        text = _text(path, contents.get(name))
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts[path] = text
    for problem in list(shadowed_pages(None, texts)):
        texts.pop(problem.path, None)
        problems.append(problem)
    return Sources(texts, (*problems, *name_problems(texts)))


def _text(path: str, data: bytes | None) -> str | Problem:
    if data is None:
        return unread("unreadable", path, "Git does not have the content of this page here.", "Fetch it.")
    if len(data) > MOST_BYTES:
        return unread("too-large", path, f"The page is larger than {MOST_BYTES // 1_000_000} MB.", "Split it.")
    if data.startswith(POINTER):
        return kept_elsewhere(path)
    return decoded(path, data)


def _below(tree: Tree, docs: str) -> Iterator[tuple[str, str | Problem]]:
    """Yield each page below a folder, with the name of its object or what keeps it from being read."""
    folder = "" if docs in ("", ".") else f"{docs}/"
    for path, (mode, name) in tree.files.items():
        below = path[len(folder) :]
        if not path.startswith(folder):
            continue
        if mode == _MODULE:
            yield f"{below}/", unread("unreadable", below, "This is a submodule.", "Compare it in its own repository.")
        elif mode == _LINK:
            yield from _linked(tree, folder, below)
        elif below.lower().endswith(SUFFIXES):
            yield below, name


def _linked(tree: Tree, folder: str, below: str) -> Iterator[tuple[str, str | Problem]]:
    """Yield the page, or the pages of the folder, that a symbolic link stands for."""
    target = _target(tree, f"{folder}{below}")
    is_page = below.lower().endswith(SUFFIXES)
    if target is None or not target.startswith(folder):
        if is_page or target is None:
            yield (
                below,
                unread(
                    "outside", below, "This is a link that leaves the handbook's folder.", "Put the file itself here."
                ),
            )
    elif target in tree.files:
        if is_page:
            yield below, tree.files[target][1]
    elif not f"{folder}{below}/".startswith(f"{target}/"):
        for path, (mode, name) in tree.files.items():
            if path.startswith(f"{target}/") and mode not in (_LINK, _MODULE) and path.lower().endswith(SUFFIXES):
                yield f"{below}{path[len(target) :]}", name


def _target(tree: Tree, path: str) -> str | None:
    """Return the path below the root that a link leads to in the end; None where it leaves the repository."""
    for _ in range(_LINKS):
        mode, name = tree.files.get(path, ("", ""))
        if mode != _LINK:
            return path
        ((_, data),) = objects(tree.repository, [name])
        target = os.fsdecode(data or b"")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if posixpath.isabs(target) or path == ".." or path.startswith("../"):
            return None
    return None


def objects(repository: Repository, names: Sequence[str], kind: bytes = b"blob") -> Iterator[tuple[str, bytes | None]]:
    """Yield the content of each object; None where it is missing, or of another kind."""
    asked = "".join(f"{name}\n" for name in names).encode()
    data = plumbing(repository, "cat-file", "--batch", "--buffer", given=asked) if names else b""
    at = 0
    for name in names:
        end = data.index(b"\n", at)
        head = data[at:end].split(b" ")
        at = end + 1
        if len(head) == 3:
            size = int(head[2])
            yield name, data[at : at + size] if head[1] == kind else None
            at += size + 1
        else:
            yield name, None


def plumbing(repository: Repository, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git says; raises HandrailError where it fails."""
    done = _git(repository.root, *arguments, given=given)
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise HandrailError(f"git {arguments[0]} fails: {said} Run `git fsck` in {repository.root}.")
    return done.stdout


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a git command that only reads, in a folder."""
    try:
        return subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=folder,
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, **_QUIET},
        )
    except FileNotFoundError:
        raise _not_installed() from None


def reading(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a git command that only reads, in a folder, and that answers until its input ends."""
    try:
        return subprocess.Popen(
            ["git", *_SAFE, *arguments],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_QUIET},
        )
    except FileNotFoundError:
        raise _not_installed() from None


def _not_installed() -> HandrailError:
    return HandrailError("git is not installed here. Compare two folders: `handrail diff --from DIR --to DIR`.")
