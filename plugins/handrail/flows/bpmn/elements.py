"""What BPMN draws: elements and flows, with ids that XML allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from handrail.dataclass import dataclass
from handrail.graph import Lane
from handrail.words import LANGUAGES

Tag = Literal[
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "boundaryEvent",
    "task",
    "callActivity",
    "adHocSubProcess",
    "exclusiveGateway",
    "parallelGateway",
]
Definition = Literal["conditional", "timer", "terminate"]

EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway"})


@dataclass(frozen=True, slots=True)
class Element:
    """One node of a BPMN diagram."""

    id: str
    tag: Tag
    name: str = ""
    lane: str | None = None
    note: str = ""
    definition: Definition | None = None
    """Of an event: what it is about."""
    condition: str = ""
    """What the event waits for, in words."""
    duration: str = ""
    """How long it waits, as ISO 8601 writes it, where that can say it."""
    calls: str = ""
    within: str = ""
    """Of an activity: its deadline."""
    attached_to: str = ""
    members: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """One arrow of a BPMN diagram."""

    id: str
    source: str
    target: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """One process with its lanes."""

    id: str
    name: str
    lanes: tuple[Lane, ...]
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]


def xml_name(kind: str, *names: str) -> str:
    """Return an id that XML allows, different for different names: what it forbids stands there by its number."""
    return ".".join((kind, *(_NOT_IN_NAMES.sub(lambda sign: f"_{ord(sign[0]):x}_", name) for name in names)))


_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]")


def duration_in(text: str) -> str | None:
    """Return the first amount of time in a text, as ISO 8601 writes it, or None.

    Working days are none: that standard has no word for them.
    """
    found = _AMOUNT.search(text.casefold())
    return _ISO[_UNITS[found["unit"]]].format(int(found["number"])) if found else None


_ISO: Mapping[str, str] = {
    "minute": "PT{}M",
    "hour": "PT{}H",
    "day": "P{}D",
    "week": "P{}W",
    "month": "P{}M",
    "year": "P{}Y",
}
_UNITS = {
    spelling: unit
    for words in LANGUAGES.values()
    for unit, spellings in words.time_units.items()
    for spelling in spellings
}
_COUNTED = {
    spelling
    for words in LANGUAGES.values()
    for kind in ("calendar", "elapsed")
    for spelling in words.day_kinds.get(kind, ())
}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<number>[0-9]{{1,6}})\s*(?:(?:{_any_of(_COUNTED)})\s+)?(?P<unit>{_any_of(_UNITS)})(?!\w)"
)
