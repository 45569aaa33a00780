"""When a document's review is due: on the day that it names, else one span after the last review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from handrail.days import Span, day_of, later, span_of
from handrail.model import Stated
from handrail.problems import Problem
from handrail.words.table import Words

Facts = Mapping[str, tuple[Stated, ...]]

_SHORT = re.compile(r"p?(\d{1,6}) ?([dwmy])")
"""As in `6m` and `P1Y`."""
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_COUNTED = re.compile(r"(\d{1,9})[\s-]*(\S.*)")


def due_day(facts: Facts, words: Words) -> date | None:
    """Return the day on which a review is due; None where it is not stated and does not follow from what is."""
    if facts.get("review.next"):
        return _day(facts, "review.next", words)
    last, every = _day(facts, "review.last", words), facts.get("review.every")
    span = cadence_of(every[0].text, words) if every else None
    return later(last, span) if last is not None and span is not None and span.amount else None


def _day(facts: Facts, name: str, words: Words) -> date | None:
    stated = facts.get(name)
    return day_of(stated[0].text, words.months) if stated else None


def cadence_of(text: str, words: Words) -> Span | None:
    """Return how often something is done: `6 months`, `every two years`, `quarterly`, `3-monthly`."""
    said = " ".join(text.casefold().split()).strip(" .()")
    short = _SHORT.fullmatch(said)
    if short is not None:
        return Span(int(short[1]), _UNITS[short[2]])
    for opening in words.every_words:
        said = said.removeprefix(f"{opening} ")
    number = next((number for number, names in words.numbers.items() if said.split(" ")[0] in names), None)
    if number is not None:
        said = " ".join([number, *said.split(" ")[1:]])
    return _named(said, words) or span_of(said, words.time_units)


def _named(said: str, words: Words) -> Span | None:
    """Return a span that has a name of its own, such as `yearly`, also several of them: `3-monthly`."""
    counted = _COUNTED.fullmatch(said)
    amount, name = (int(counted[1]), counted[2]) if counted else (1, said)
    for span, names in words.cadences.items():
        if any(name == known or name.startswith((f"{known} ", f"{known},")) for known in names):
            each, unit = span.split()
            return Span(amount * int(each), unit.removesuffix("s"))
    return None


def review_problems(facts: Facts, words: Words) -> Iterator[Problem]:
    """Yield a problem for each day and span of a review that cannot be read."""
    for name in ("review.last", "review.next"):
        for stated in facts.get(name, ())[:1]:
            if day_of(stated.text, words.months) is None:
                yield _unread(stated, "is no day", "Write it as year, month and day: `2026-05-31`.")
    for stated in facts.get("review.every", ())[:1]:
        span = cadence_of(stated.text, words)
        if span is None or not span.amount:
            yield _unread(stated, "does not say how often", _with_unit(stated.text))
        elif later(date(2000, 1, 1), span) is None:
            yield _unread(stated, "lies beyond the calendar", "Write it as `6 months`, `2 years` or `yearly`.")


_BARE = re.compile(r"[1-9][0-9]{0,3}")
_MOST_MONTHS = 60
"""A bare number above this is meant in days."""


def _with_unit(text: str) -> str:
    """Return what to write for a rhythm that cannot be read: for a number alone, the number with its unit."""
    number = text.strip()
    if not _BARE.fullmatch(number):
        return "Write it as `6 months`, `2 years` or `yearly`."
    if int(number) > _MOST_MONTHS:
        return f"Write the unit too: `{number} days`."
    return f"Write the unit too: `{number} {'month' if int(number) == 1 else 'months'}`, or in weeks or years."


def _unread(stated: Stated, what: str, mend: str) -> Problem:
    message = f"`{' '.join(stated.text.split())[:60]}` {what}, so nobody can tell when the review is due."
    return Problem("unread-review", "warning", stated.path, stated.line, stated.column, message, mend)
