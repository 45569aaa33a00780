"""What a flow itself says, in the reader's language: the words between the author's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowWords:
    """Short texts; what stands in braces is filled in."""

    start: str = "Start"
    end: str = "End"
    any_order: str = "In any order:"
    all_the_time: str = "All the time"
    during: str = "During {number}: {text}"
    nobody: str = "No role named"
    with_others: str = "with {names}"
    judgement: str = "Judgement: {text}"
    hold: str = "Hold: {text}"
    stop: str = "Stop: {text}"
    wait: str = "Wait: {text}"
    at_most: str = "at most {time}"
    then: str = "then {text}"
    within: str = "Within {text}"
    optional: str = "optional"
    to: str = "to {step}"
    back: str = "back to {step}"
    to_end: str = "to the end"
    hand_over: str = "hand over to {step}"
    goes_over: str = "Handed over; it does not come back"
    stops: str = "The work stops here"
    at_once: str = "at once {ways}"
    joined: str = "when all are done, {ways}"
    both: str = "and"
    guessed: str = "(guessed)"
    risky: str = "High risk without a rail"
    late: str = "Too late"


ENGLISH = FlowWords()
