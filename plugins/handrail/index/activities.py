"""The activities of a process, in the order of its flow, and what holds each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from handrail.dataclass import dataclass
from handrail.model import Document, Rail, Step


@dataclass(frozen=True, slots=True)
class Activity:
    """A step of a process as one of its activities."""

    step: Step
    rail: Rail | None
    """None where it is a decision or a fork, or only the heading of the activities inside it."""
    inner: bool
    """Whether it stands inside another activity."""
    opened: bool
    """Whether it is only the heading of the activities inside it, which follow."""


def activities(document: Document) -> tuple[Activity, ...]:
    """Return the activities of a process, or of a procedure its steps, in the order of its flow."""
    return tuple(_activities(document.steps, inner=False))


def _activities(steps: Iterable[Step], inner: bool) -> Iterator[Activity]:
    for step in steps:
        opened = _is_heading(step)
        yield Activity(step, None if opened else step.rail, inner, opened)
        if opened:
            yield from _activities(step.steps, inner=True)


def _is_heading(step: Step) -> bool:
    """Whether a step only says what is done inside it: at once, or by procedures and judgement of their own."""
    within = any(below.rail in ("fixed", "judgement") for below in step.steps)
    return step.kind == "fork" or (step.rail == "unsaid" and within)


def rails_counted(found: Iterable[Rail | None]) -> dict[Rail, int]:
    """Return how many activities are fixed, left to judgement, and unsaid."""
    numbers = Counter(found)
    return {"fixed": numbers["fixed"], "judgement": numbers["judgement"], "unsaid": numbers["unsaid"]}
