"""How Handrail writes JSON: always the same bytes, one entry a line, so that lines can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

VERSION = 1
"""The version of the shape; within a version keys are only added."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which UTF-8 cannot hold; names of files can."""


def data_text(parts: Mapping[str, Sequence[object]]) -> str:
    """Return a JSON object that opens with its version and has one list for each part."""
    lists = [f'"{name}": {_list(entries)}' for name, entries in parts.items()]
    return lone_halves(",\n".join([f'{{"handrail": {VERSION}', *lists]) + "}\n")


def lone_halves(text: str) -> str:
    """Return a text that UTF-8 can hold."""
    return _HALVES.sub("\ufffd", text)


def _list(entries: Sequence[object]) -> str:
    lines = (json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return "[\n" + ",\n".join(lines) + "\n]" if entries else "[]"


def present(values: Mapping[str, object]) -> dict[str, object]:
    """Return what is there: what a text does not state has no key."""
    return {name: value for name, value in values.items() if value is not None}
