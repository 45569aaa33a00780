"""The forms that values of options have in common: one text, several, a switch, a span of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handrail.days import Span, span_of
from handrail.problems import HandrailError
from handrail.words import LANGUAGES


def wrong(name: str, wanted: str) -> HandrailError:
    """Return the error for a value that has not the form which its option wants."""
    return HandrailError(f"plugins: handrail: `{name}` wants {wanted}.")


def mapping(name: str, value: Any, wanted: str) -> Mapping[str, Any]:
    """Return a mapping with text as its keys; raises HandrailError for anything else."""
    if not isinstance(value, Mapping):
        raise wrong(name, wanted)
    return {str(key): entry for key, entry in value.items()}


def texts(name: str, value: Any, wanted: str) -> tuple[str, ...]:
    """Return one text or a list of texts as texts; raises HandrailError for a mapping or a number."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        return tuple(str(entry) for entry in value)
    raise wrong(name, wanted)


def one_of(*allowed: str) -> Callable[[str, Any], str]:
    """Return the form of one of a few words; `false`, which YAML makes of `off`, is taken for it."""

    def read(name: str, value: Any) -> str:
        value = "off" if value is False and "off" in allowed else value
        if value not in allowed:
            raise wrong(name, " or ".join(f"`{word}`" for word in allowed))
        return str(value)

    return read


def folder(name: str, value: Any) -> str:
    """Return the name of a folder below the site, with no slash around it."""
    folder = str(value).strip("/")
    if not re.fullmatch(r"[\w-]+(?:/[\w-]+)*", folder):
        raise wrong(name, "the name of a folder, such as `handrail`")
    return folder


def switch(name: str, value: Any) -> bool:
    """Return what is on or off."""
    if not isinstance(value, bool):
        raise wrong(name, "`true` or `false`")
    return value


def line(name: str, value: Any) -> str:
    """Return a line of text that is not empty, with single spaces."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(name, "a line of text")
    return " ".join(value.split())


def switch_or_line(name: str, value: Any) -> bool | str:
    """Return what is on or off, or the line that says how."""
    return value if isinstance(value, bool) else line(name, value)


def span(name: str, value: Any) -> Span:
    """Return a span of time of a day at least, in the words of any language."""
    spans = (span_of(str(value), table.time_units) for table in LANGUAGES.values())
    span = next(filter(None, spans), None)
    if span is None or span.amount < 1:
        raise wrong(name, "a span of time, such as `30 days`, `6 weeks` or `3 months`")
    return span
