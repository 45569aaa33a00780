"""Patterns of CODEOWNERS files: which files they match, as each forge has it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

_ANY = "**"
"""Any number of folders, also none."""
_TOKEN = re.compile(r"\\.|.", re.DOTALL)


@functools.lru_cache(maxsize=10_000)
def matcher(pattern: str, forge: str) -> Callable[[str], bool]:
    """Return whether a file, by its path below the root of the repository, is meant by a pattern.

    The time it takes grows with the length of both, whatever the pattern holds.
    """
    wanted = _github(pattern) if forge == "github" else _gitlab(pattern)
    first = next((part for part in wanted if part != _ANY and not re.search(r"[*?\\]", part)), "")
    return lambda path: first in path and _fits(wanted, path.split("/"), _ANY, _names_fit)


def _github(pattern: str) -> list[str]:
    """Return the parts for GitHub: as in gitignore, but a last `*` stays within its folder."""
    parts = pattern.strip("/").split("/")
    anchored = pattern.startswith("/") or len(parts) > 1
    if pattern.endswith("/"):
        below = [_ANY, "*"]
    elif anchored and parts[-1] == "*":
        below = []
    else:
        below = [_ANY]
    return [*([] if anchored else [_ANY]), *parts, *below]


def _gitlab(pattern: str) -> list[str]:
    """Return the parts for GitLab: without a leading `/` at any depth, a folder only with a last `/`."""
    parts = [part for part in pattern.strip("/").split("/") if part]
    below = [_ANY, "*"] if pattern.endswith("/") else []
    return [*([] if pattern.startswith("/") else [_ANY]), *parts, *below]


def _fits(wanted: Sequence[T], given: Sequence[T], star: T, equal: Callable[[T, T], bool]) -> bool:
    """Whether a sequence is what is wanted, where a star stands for any number; goes back to the last star alone."""
    at = place = 0
    last, taken = -1, 0
    while place < len(given):
        if at < len(wanted) and wanted[at] == star:
            last, taken = at, place
            at += 1
        elif at < len(wanted) and equal(wanted[at], given[place]):
            at += 1
            place += 1
        elif last >= 0:
            taken += 1
            at, place = last + 1, taken
        else:
            return False
    return all(part == star for part in wanted[at:])


def _names_fit(wanted: str, name: str) -> bool:
    """Whether the name of a file or folder is what a part of a pattern wants."""
    return _fits(_signs(wanted), tuple(name), "*", _sign_fits)


@functools.lru_cache(maxsize=10_000)
def _signs(part: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(re.sub(r"\*{2,}", "*", part)))


def _sign_fits(wanted: str, sign: str) -> bool:
    return wanted in ("?", sign) or wanted == f"\\{sign}"
