"""What a flow itself says, in the reader's language: the words between the author's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from handrail.dataclass import dataclass
from handrail.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class FlowWords:
    """Short texts; what stands in braces is filled in."""

    start: str
    end: str
    any_order: str
    all_the_time: str
    during: str
    nobody: str
    with_others: str
    judgement: str
    hold: str
    stop: str
    wait: str
    at_most: str
    then: str
    within: str
    optional: str
    to: str
    back: str
    to_end: str
    hand_over: str
    goes_over: str
    stops: str
    at_once: str
    joined: str
    both: str
    guessed: str
    risky: str
    late: str


def flow_words(said: Mapping[str, str]) -> FlowWords:
    """Return what a flow says, from what a language's table says on a site."""
    return FlowWords(**{field.name: said[f"flow.{field.name}"] for field in fields(FlowWords)})


ENGLISH = flow_words(LANGUAGES["en"].site)
