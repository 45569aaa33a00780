"""A folder of Markdown files as `{path: text}`, and what could not be read."""

from __future__ import annotations

import functools
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from handrail.dataclass import dataclass
from handrail.problems import HandrailError, Problem

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""How the names of pages end."""
_HIDDEN = ".*"
"""Files and folders that no host publishes."""
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_FORBIDDEN = '<>:"|?*\\'
POINTER = b"version https://git-lfs.github.com/spec/"
"""How a file begins that Git LFS keeps elsewhere."""
MOST_BYTES = 20_000_000
"""A larger page is not read."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts of a handbook by path, and what is wrong with the files as files."""

    texts: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def folder_sources(folder: Path, exclude: str = "") -> Sources:
    """Return the Markdown files below a folder, by path, without those that the patterns in `exclude` leave out.

    Links that lead out of the folder are not followed, and are problems.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    page_text = page_reader(folder)
    for path, found in sorted(_files(folder, left_out(exclude))):
        text = page_text(path, found)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts[path] = text
    for problem in shadowed_pages(folder, texts):
        texts.pop(problem.path, None)
        problems.append(problem)
    return Sources(texts, (*problems, *name_problems(texts)))


def shadowed_pages(folder: Path | None, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a note for each README.md beside an index.md: no host publishes it, so it is left out.

    Without a folder, the paths are all that there is.
    """
    paths = set(paths)
    for path in sorted(paths):
        before, slash, name = path.rpartition("/")
        if name != "index.md":
            continue
        readme = f"{before}{slash}README.md"
        if os.path.isfile(folder / readme) if folder is not None else readme in paths:
            message = "There is an index.md beside it, so no host publishes this page. It is left out."
            yield Problem("file-name", "info", readme, 1, 1, message, "Put its text into index.md, or rename it.")


def left_out(exclude: str) -> GitIgnoreSpec:
    """Return the patterns of what is no part of the handbook."""
    try:
        return GitIgnoreSpec.from_lines([_HIDDEN, *exclude.splitlines()])
    except ValueError as error:
        raise HandrailError(f"exclude_docs holds a line that is no glob: {error}. Mend it in mkdocs.yml.") from None


def _files(folder: Path, excluded: GitIgnoreSpec) -> Iterator[tuple[str, Path]]:
    """Yield the path below the folder of each Markdown file, and the file.

    Links to folders inside are followed; a link to a folder outside, and a folder that cannot be opened,
    are yielded as if they were files, so that reading them tells what is wrong.
    """
    root = os.path.realpath(folder)
    waiting = [(folder, frozenset({root}))]
    while waiting:
        current, above = waiting.pop()
        for entry in _entries(current):
            path = Path(entry.path).relative_to(folder).as_posix()
            is_folder = _is_folder(entry)
            if excluded.match_file(f"{path}/" if is_folder else path):
                continue
            if is_folder:
                real = os.path.realpath(entry.path)
                if not _inside(real, root) or not os.access(real, os.R_OK | os.X_OK):
                    yield path, Path(entry.path)
                elif real not in above:
                    waiting.append((Path(entry.path), above | {real}))
            elif entry.name.lower().endswith(SUFFIXES):
                yield path, Path(entry.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _inside(real: str, root: str) -> bool:
    return real == root or real.startswith(root + os.sep)


def page_reader(folder: Path) -> Callable[[str, Path], str | Problem]:
    """Return a function that reads pages of a folder, each by its path below the folder and its file.

    It returns the text, or what keeps it from being read; a link out of the folder is not followed. It remembers where
    folders really lie, so it is of use for one reading.
    """
    root = os.path.realpath(folder)
    real_folder = functools.cache(os.path.realpath)

    def page_text(path: str, file: Path) -> str | Problem:
        within, name = os.path.split(file)
        found = _found(file)
        if found is None or stat.S_ISLNK(found.st_mode):
            real = os.path.realpath(file)
        else:
            real = os.path.join(real_folder(within), name)
        if not _inside(real, root):
            message = "This is a link that leaves the handbook's folder."
            return unread("outside", path, message, "Put the file itself here.")
        return _text_inside(path, real, found)

    return page_text


def _found(file: Path) -> os.stat_result | None:
    """Return what stands at a path, itself and not what it links to; None where that is not known."""
    try:
        return os.lstat(file)
    except OSError:
        return None


def _text_inside(path: str, real: str, found: os.stat_result | None) -> str | Problem:
    """Return the text of a page that lies in the folder; `found` is what is known of its file, or of a link to it."""
    try:
        if found is None or not stat.S_ISREG(found.st_mode):
            found = os.stat(real)
        if not stat.S_ISREG(found.st_mode):
            return unread(
                "unreadable",
                path,
                "This is no file, or a folder without access.",
                "Mend its rights, or remove it.",
            )
        if found.st_size > MOST_BYTES:
            return unread("too-large", path, f"The page is larger than {MOST_BYTES // 1_000_000} MB.", "Split it.")
        with open(real, "rb", buffering=0) as file:
            data = file.read()
        if data.startswith(POINTER):
            return kept_elsewhere(path)
    except OSError as error:
        return unread("unreadable", path, f"The page cannot be read: {error.strerror}.", "Mend the file's rights.")
    return decoded(path, data)


def kept_elsewhere(path: str) -> Problem:
    """Return the problem of a page of which only Git LFS's note is there."""
    return unread("unreadable", path, "Git LFS keeps this page elsewhere.", "Keep pages in git itself.")


def decoded(path: str, data: bytes) -> str | Problem:
    """Return a page's text, or what keeps it from being read."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return unread("not-utf-8", path, "The page is not UTF-8.", "Save it as UTF-8.", line, column)


def unread(rule: str, path: str, message: str, mend: str, line: int = 1, column: int = 1) -> Problem:
    """Return the problem of a page that cannot be read."""
    return Problem(rule, "error", path, line, column, f"{message} It is left out.", mend)


def name_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each path that some machine cannot hold, or that is another's equal there."""
    folded: dict[str, str] = {}
    impossible = functools.cache(_impossible)  # most parts are folders, and those of many paths
    for path in sorted(paths):
        for part in path.split("/"):
            if impossible(part):
                message = f"The name `{part}` is impossible on Windows."
                yield Problem("file-name", "warning", path, 1, 1, message, "Rename it: letters, digits, `-`, `_`, `.`.")
                break
        same = folded.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if same != path:
            message = f"On many machines this name is the same as `{same}`."
            yield Problem("file-name", "warning", path, 1, 1, message, "Rename one of the two.")


def _impossible(part: str) -> bool:
    stem = part.split(".")[0].casefold()
    strange = any(char in _FORBIDDEN or ord(char) < 32 for char in part)
    return strange or stem in _RESERVED or part != part.rstrip(" .")
