"""Every option of Handrail with its default and its manual, known to no host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.options.data import (
    BUILT_IN_KEYS,
    CLASSES,
    KINDS,
    WEIGHTS,
    Class,
    Clause,
    Glob,
    Options,
    Register,
    Standard,
    Weight,
)
from handrail.options.table import OPTIONS, Option
from handrail.problems import HandrailError, did_you_mean

__all__ = [
    "BUILT_IN_KEYS",
    "CLASSES",
    "KINDS",
    "OPTIONS",
    "WEIGHTS",
    "Class",
    "Clause",
    "Glob",
    "Option",
    "Options",
    "Register",
    "Standard",
    "Weight",
    "options_of",
]


def options_of(given: Mapping[str, Any] | None) -> Options:
    """Return the options from what stands in `mkdocs.yml`.

    Raises HandrailError for an unknown option or a value of the wrong form.
    """
    values: dict[str, Any] = {}
    table = {option.name: option for option in OPTIONS}
    for written, value in (given or {}).items():
        name = str(written)
        if name in _HOST:
            continue
        if name not in table:
            mend = did_you_mean(name, table, f"The options are {', '.join(sorted(table))}.")
            raise HandrailError(f"plugins: handrail: there is no option `{name}`. {mend}")
        if value is not None:
            values[name] = table[name].read(name, value)
    return Options(**values)


_HOST = ("enabled",)
"""Options that the host reads for every plugin."""
