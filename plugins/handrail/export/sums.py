"""The SHA-256 list of a copy, and whether a copy is what its list says: changed, missing and added files."""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import IO

from handrail.dataclass import dataclass
from handrail.problems import HandrailError

LIST = "SHA256SUMS"
"""The list's name at the root of a copy; `sha256sum --check SHA256SUMS` reads it too."""
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_MOST = 8
"""How many files are read side by side."""
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
"""What reading a file of a broken zip file raises."""
_TOO_LONG = 100_000_000
"""A longer list is none, in bytes."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a copy differs from its list; paths in order."""

    files: int
    """How many files the list names."""
    digest: str
    """The SHA-256 of the list itself: to compare with what the maker of the copy says."""
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the copy is what its list says."""
        return not (self.changed or self.missing or self.added)


# ---- the list ----


def sums_text(sums: Mapping[str, str]) -> str:
    """Return the list of a copy's files, by path, as `sha256sum` writes it."""
    return "".join(_line(path, sums[path]) for path in sorted(sums))


def _line(path: str, digest: str) -> str:
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "" if escaped == path else "\\"
    return f"{mark}{digest}  {escaped}\n"


def sums_of(text: str) -> dict[str, str]:
    """Return path -> SHA-256 from a list; raises HandrailError for a line or a path that no copy has."""
    sums: dict[str, str] = {}
    for number, line in enumerate(text.split("\n")[:-1] if text.endswith("\n") else text.split("\n"), 1):
        match = _LINE.fullmatch(line)
        path = _unescaped(match[3]) if match and match[1] else match[3] if match else ""
        if match is None or not is_inside(path) or path in sums:
            raise HandrailError(f"{LIST}, line {number}, is no line of such a list: {line[:120]!r}. Take another copy.")
        sums[path] = match[2]
    return sums


def _unescaped(path: str) -> str:
    return re.sub(r"\\([\\nr])", lambda match: {"\\": "\\", "n": "\n", "r": "\r"}[match[1]], path)


def is_inside(path: str) -> bool:
    """Whether a path lies below the folder that it starts from, on every machine."""
    parts = PurePosixPath(path).parts
    odd = "\\" in path or "\0" in path or re.match(r"[a-zA-Z]:", path) is not None
    return bool(parts) and not odd and not path.startswith("/") and ".." not in parts and "/".join(parts) == path


# ---- a folder ----


def digests(folder: Path, paths: Iterable[str]) -> dict[str, str | None]:
    """Return path -> SHA-256 of files in a folder; None where one cannot be read or is no file.

    Several are read side by side: Python lets go of its lock while it hashes.
    """
    listed = sorted(paths)
    workers = min(_MOST, os.cpu_count() or 1)
    share = max(1, -(-len(listed) // (workers * 4)))
    batches = [listed[at : at + share] for at in range(0, len(listed), share)]
    with ThreadPoolExecutor(workers) as pool:
        found = pool.map(lambda batch: [(path, _digest(f"{folder}/{path}")) for path in batch], batches)
        return {path: digest for batch in found for path, digest in batch}


def _digest(path: str) -> str | None:
    try:
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        status = os.fstat(opened)
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size <= _AT_ONCE:
            return hashlib.sha256(os.read(opened, _AT_ONCE + 1)).hexdigest()
        with os.fdopen(opened, "rb", closefd=False) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    finally:
        os.close(opened)


_AT_ONCE = 1 << 20
"""A file of up to so many bytes is read at once."""


def files_in(folder: Path) -> Iterator[str]:
    """Yield the path of everything in a folder that is no folder; a link is a file."""
    waiting = [(str(folder), "")]
    while waiting:
        current, below = waiting.pop()
        with os.scandir(current) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{below}{entry.name}/"))
                else:
                    yield below + entry.name


def verdict_of_folder(folder: Path) -> Verdict:
    """Return how a copy in a folder differs from its list."""
    try:
        text = (folder / LIST).read_bytes()
    except OSError:
        raise HandrailError(
            f"{folder} holds no {LIST}, so it is no copy that can be verified. Name what `handrail export` wrote."
        ) from None
    sums = sums_of(text.decode("utf-8", "surrogateescape"))
    there = {path for path in files_in(folder) if path != LIST}
    found = digests(folder, (path for path in sums if path in there))
    return _verdict(text, sums, there, found)


def _verdict(text: bytes, sums: Mapping[str, str], there: set[str], found: Mapping[str, str | None]) -> Verdict:
    return Verdict(
        len(sums),
        hashlib.sha256(text).hexdigest(),
        tuple(sorted(path for path, digest in found.items() if digest != sums[path])),
        tuple(sorted(sums.keys() - there)),
        tuple(sorted(there - sums.keys())),
    )


# ---- a zip file ----


def verdict_of_zip(path: Path) -> Verdict:
    """Return how a copy in a zip file differs from its list; raises HandrailError for a file that no export wrote."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _verdict_of_archive(archive, path)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise HandrailError(f"{path} cannot be read as a zip file: {error}. Take another copy.") from None


def _verdict_of_archive(archive: zipfile.ZipFile, path: Path) -> Verdict:
    entries = archive.infolist()
    root = _root(entries, path)
    members = {entry.filename[len(root) :]: entry for entry in entries}
    if members[LIST].file_size > _TOO_LONG:
        raise HandrailError(f"{path} holds a {LIST} that is no such list. Take another copy.")
    text = archive.read(members.pop(LIST))
    sums = sums_of(text.decode("utf-8", "surrogateescape"))
    found: dict[str, str | None] = {}
    for name in sorted(sums.keys() & members.keys()):
        with archive.open(members[name]) as member:
            found[name] = _read_digest(member, members[name].file_size)
    return _verdict(text, sums, set(members), found)


def _root(entries: list[zipfile.ZipInfo], path: Path) -> str:
    """Return the one folder that holds all; raises HandrailError for a name that leads elsewhere, or stands twice."""
    names = [entry.filename for entry in entries]
    odd = next((entry.filename for entry in entries if not is_inside(entry.filename) or _is_link(entry)), None)
    if odd is not None:
        raise HandrailError(f"{path} holds the name {odd!r}, which no copy has. Do not unpack it.")
    if len(set(names)) < len(names):
        raise HandrailError(f"{path} holds a name twice, which no copy does. Do not unpack it.")
    lists = [name for name in names if name.rpartition("/")[2] == LIST and name.count("/") <= 1]
    root = lists[0][: -len(LIST)] if len(lists) == 1 else None
    if root is None or not all(name.startswith(root) for name in names):
        raise HandrailError(
            f"{path} holds no {LIST}, so it is no copy that can be verified. Name what `handrail export` wrote."
        )
    return root


def _is_link(entry: zipfile.ZipInfo) -> bool:
    mode = entry.external_attr >> 16
    return stat.S_IFMT(mode) not in (0, stat.S_IFREG) or entry.flag_bits & 0x1 != 0


def _read_digest(member: IO[bytes], size: int) -> str | None:
    """Return the SHA-256 of a member, read no further than the zip file says that it goes; None where it is broken."""
    digest, read = hashlib.sha256(), 0
    try:
        while chunk := member.read(_AT_ONCE):
            read += len(chunk)
            if read > size:
                return None
            digest.update(chunk)
    except _BROKEN:
        return None
    return digest.hexdigest()
