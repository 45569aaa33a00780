"""How Handrail writes JSON: always the same bytes, one entry a line, so that lines can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

_AS_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
VERSION = 1
"""The version of the shape; within a version keys are only added."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which UTF-8 cannot hold; names of files can."""


def data_text(parts: Mapping[str, Iterable[object]]) -> str:
    """Return a JSON object that opens with its version and has one list for each part."""
    return "".join(data_pieces(parts))


def data_pieces(parts: Mapping[str, Iterable[object]]) -> Iterator[str]:
    """Yield the same piece by piece: of entries that are made when they are asked for, only one is there at a time."""
    yield f'{{"handrail": {VERSION}'
    for name, entries in parts.items():
        yield f',\n"{name}": ['
        between = "\n"
        for entry in entries:
            yield between + lone_halves(_AS_JSON(entry))
            between = ",\n"
        yield "\n]" if between == ",\n" else "]"
    yield "}\n"


def lone_halves(text: str) -> str:
    """Return a text that UTF-8 can hold."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def present(values: Mapping[str, object]) -> dict[str, object]:
    """Return what is there: what a text does not state has no key."""
    return {name: value for name, value in values.items() if value is not None}
