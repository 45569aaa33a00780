"""Which pages a report is about."""

from __future__ import annotations

from collections.abc import Iterable

EVERYTHING = (".",)
"""The whole handbook, as the folder that holds it."""


def inside(path: str, paths: Iterable[str]) -> bool:
    """Whether a page is one of these files, or lies in one of these folders."""
    return any(outer in (".", path) or path.startswith(f"{outer}/") for outer in paths)
