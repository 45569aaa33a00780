"""What reviewers decided about single changes: a file next to `mkdocs.yml`, one entry for each decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from handrail.dataclass import dataclass
from handrail.options import CLASSES, WEIGHTS, Class, Weight
from handrail.problems import HandrailError, did_you_mean

DECISIONS = ".handrail/accepted.yml"
"""Where the decisions stand, as seen from `mkdocs.yml`."""
_FINGERPRINT = re.compile(r"[0-9a-f]{16}(-[0-9]+)?")
_NEEDED = ("change", "by", "on", "why")
_KEYS = (*_NEEDED, "class", "weight")
_LIKE = (
    "Write it like `- {change: 0123456789abcdef, by: Release manager, on: 2026-05-04, why: Agreed with the customer.}`."
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: a change is accepted as it is, or its class is corrected."""

    change: str
    """The fingerprint of the change."""
    by: str
    """The role that decided."""
    on: str
    """The day, YYYY-MM-DD."""
    why: str
    line: int
    class_: Class | None = None
    """None where the change is accepted as it is judged."""
    weight: Weight | None = None

    @property
    def accepts(self) -> bool:
        """Whether the change is accepted, and not only judged otherwise."""
        return self.class_ is None and self.weight is None

    @property
    def said(self) -> str:
        """The decision in one line."""
        judged = " ".join(word for word in (self.class_, self.weight) if word)
        return f"{f'corrected to {judged}' if judged else 'accepted'} by {self.by} on {self.on}: {self.why}"


def decisions_of(text: str, name: str = DECISIONS) -> tuple[Decision, ...]:
    """Return the decisions in a file; raises HandrailError, with the line, where it is none."""
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it is no YAML"
        raise _wrong(name, mark.line + 1 if mark else 1, f"{said}.", _LIKE) from None
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise _wrong(name, root.start_mark.line + 1, "This is no list.", _LIKE)
    found = [_decision(name, entry) for entry in root.value]
    seen: dict[str, int] = {}
    for one in found:
        if one.change in seen:
            raise _wrong(name, one.line, f"`{one.change}` is decided in line {seen[one.change]} too.", "Keep one.")
        seen[one.change] = one.line
    return tuple(found)


def _wrong(name: str, line: int, said: str, mend: str) -> HandrailError:
    return HandrailError(f"{name}, line {line}: {said} {mend}")


def _decision(name: str, entry: yaml.Node) -> Decision:
    line = entry.start_mark.line + 1
    if not isinstance(entry, yaml.MappingNode):
        raise _wrong(name, line, "This is no decision.", _LIKE)
    values: dict[str, str] = {}
    for key, text, at in _pairs(name, entry):
        if key not in _KEYS:
            raise _wrong(name, at, f"There is no `{key}`.", did_you_mean(key, _KEYS, f"There are {', '.join(_KEYS)}."))
        if key in values:
            raise _wrong(name, at, f"`{key}` stands here twice.", "Keep one.")
        _check(name, key, text, at)
        values[key] = text
    missing = [key for key in _NEEDED if key not in values]
    if missing:
        raise _wrong(name, line, f"`{missing[0]}` is missing.", _LIKE)
    return _made(values, line)


def _made(values: Mapping[str, str], line: int) -> Decision:
    class_ = next((one for one in CLASSES if one == values.get("class")), None)
    weight = next((one for one in WEIGHTS if one == values.get("weight")), None)
    return Decision(values["change"], values["by"], values["on"], values["why"], line, class_, weight)


def _pairs(name: str, entry: yaml.MappingNode) -> Iterator[tuple[str, str, int]]:
    """Yield key, text and line of each value."""
    for key, value in entry.value:
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise _wrong(name, at, "This wants one text for one name.", _LIKE)
        yield str(key.value), " ".join(str(value.value).split()), at


def _check(name: str, key: str, text: str, line: int) -> None:
    """Raise a HandrailError where a value is none that this key can have."""
    known = {"class": CLASSES, "weight": WEIGHTS}.get(key)
    if not text:
        raise _wrong(name, line, f"`{key}` is empty.", _LIKE)
    if known is not None and text not in known:
        mend = did_you_mean(text, known, f"There are {', '.join(known)}.")
        raise _wrong(name, line, f"There is no {key} `{text}`.", mend)
    if key == "change" and not _FINGERPRINT.fullmatch(text):
        raise _wrong(name, line, f"`{text}` is no fingerprint.", "`handrail diff --json` names that of each change.")
    if key == "on" and not _is_day(text):
        raise _wrong(name, line, f"`{text}` is no day.", "Write it like 2026-05-04.")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
