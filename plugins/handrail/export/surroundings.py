"""What a site is made from besides its pages: the configuration and what that inherits from, templates, hooks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_INHERITED = 10
"""How many files may inherit from one another."""
_LONGEST = 1_000_000
"""A longer file is none that people wrote, in bytes."""
_WRITTEN = frozenset(".html .md .yml .yaml .json .txt .csv .js .css .py .xml .svg .toml".split())
"""How the names of files end that people write."""


def surroundings(config: Path | None, values: Mapping[str, Any]) -> tuple[Path, ...]:
    """Return the files and folders that a site is made from, besides its pages; the configuration comes first."""
    if config is None:
        return ()
    theme, hooks, folder = values.get("theme"), values.get("hooks"), config.absolute().parent
    custom = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    found = [*_inherited(config), *([folder / str(custom)] if custom else [])]
    return (*found, *(folder / str(hook) for hook in hooks if hook)) if isinstance(hooks, list) else tuple(found)


def _inherited(config: Path) -> Iterator[Path]:
    """Yield a configuration, and those from which it inherits."""
    for _ in range(_INHERITED):
        yield config
        try:
            values = yaml.load(config.read_bytes(), Loader=yaml.BaseLoader)
        except (OSError, yaml.YAMLError):
            return
        above = values.get("INHERIT") if isinstance(values, dict) else None
        if not isinstance(above, str):
            return
        config = Path(os.path.normpath(config.parent / above))


def texts_of(places: Iterable[Path], folder: Path) -> dict[str, str]:
    """Return the texts of files, and of those in folders, by their paths as seen from a folder."""
    files = (file for place in places for file in (sorted(place.rglob("*")) if place.is_dir() else (place,)))
    return {
        Path(os.path.relpath(file, folder)).as_posix(): file.read_text(encoding="utf-8-sig", errors="replace")
        for file in files
        if file.suffix.lower() in _WRITTEN and file.is_file() and file.stat().st_size <= _LONGEST
    }
