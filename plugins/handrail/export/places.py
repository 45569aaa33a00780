"""Where a copy is put: written aside, then renamed, so that an old copy stays whole until the new one is."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from handrail.export.sums import LIST, files_in, sums_of
from handrail.problems import HandrailError

MARK = "handrail-copy.json"
"""The file at the root of a copy by which it is known."""
_ASIDE = ".handrail-export-"
FULL = (errno.ENOSPC, errno.EDQUOT)
"""How a system says that there is no room left."""


def judge_place(out: Path, docs: Path) -> None:
    """Raise HandrailError where a copy must not be put: into the handbook, or over something that is no copy."""
    real = Path(os.path.realpath(out))
    if real.is_relative_to(os.path.realpath(docs)) or Path(os.path.realpath(docs)).is_relative_to(real):
        raise HandrailError(f"{out} and the folder of the pages hold each other. Name a place elsewhere.")
    if not real.parent.is_dir():
        raise HandrailError(f"{out.parent} is no folder. Make it first: `mkdir -p {out.parent}`.")
    if out.is_symlink() or (out.exists() and not _is_ours(out)):
        raise HandrailError(f"{out} is there and is no copy that Handrail made. Name another place, or remove it.")


def _is_ours(out: Path) -> bool:
    """Whether what is there is a copy, or nothing: it may be replaced."""
    if out.suffix == ".zip":
        return out.is_file() and _is_zipped_copy(out)
    if out.suffix == ".html":
        return out.is_file() and b'data-handrail="stamp"' in out.read_bytes()
    if not out.is_dir():
        return False
    return not any(out.iterdir()) or _holds_nothing_else(out)


def _holds_nothing_else(folder: Path) -> bool:
    """Whether a folder is a copy, and holds no file that somebody put beside it."""
    if not (folder / MARK).is_file() or not (folder / LIST).is_file():
        return False
    listed = sums_of((folder / LIST).read_text(encoding="utf-8", errors="surrogateescape"))
    more = next((path for path in files_in(folder) if path != LIST and path not in listed), None)
    if more is not None:
        raise HandrailError(f"{folder} holds {more}, which is no part of the copy. Move it away first.")
    return True


def _is_zipped_copy(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.rpartition("/")[2] == MARK for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


@contextlib.contextmanager
def aside(out: Path) -> Iterator[Path]:
    """Give an empty folder beside a place, and remove it in the end, whatever happens."""
    parent = Path(os.path.realpath(out)).parent
    _remove_leftovers(parent, out.name)
    folder = Path(tempfile.mkdtemp(prefix=f"{_ASIDE}{out.name}-{os.getpid()}-", dir=parent))
    try:
        yield folder
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise HandrailError(f"There is no room left for {out}; what was there is as it was. Make some room, then type "
                            "the same again.") from error  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_leftovers(parent: Path, name: str) -> None:
    """Remove what exports left that were killed; bring back a copy that was moved away and not yet replaced."""
    for folder in sorted(parent.glob(f"{_ASIDE}{glob.escape(name)}-*")):
        pid = folder.name.removeprefix(f"{_ASIDE}{name}-").partition("-")[0]
        if not pid.isdecimal() or _runs(int(pid)):
            continue
        if (folder / "old").exists() and not (parent / name).exists():
            os.replace(folder / "old", parent / name)
        shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    """Whether a process is still there; where that cannot be asked without harm, it is taken to be."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def put(made: Path, out: Path) -> None:
    """Put a finished copy in its place; until the very end, the old one is there."""
    if made.is_file() or not out.exists():
        _readable(made)
        os.replace(made, out)
        return
    _readable(made)
    old = made.parent / "old"
    os.replace(out, old)
    try:
        os.replace(made, out)
    except BaseException:
        os.replace(old, out)
        raise


def _readable(made: Path) -> None:
    """Give a folder the rights that a new one gets; `mkdtemp` makes it for its owner alone."""
    if made.is_dir():
        mask = os.umask(0)
        os.umask(mask)
        made.chmod(0o777 & ~mask)
