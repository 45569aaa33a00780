"""Days on the calendar: a span of days, weeks, months or years, and the day that lies one span later."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_AMOUNT = re.compile(r"\s*(\d+)?\s*([^\W\d_]+)")
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time on the calendar."""

    amount: int
    unit: str
    """day | week | month | year"""

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


def span_of(text: str, units: Mapping[str, Iterable[str]]) -> Span | None:
    """Return the span that a text begins with, such as `6 months`; None where it begins with none.

    `units` maps day, week, month and year onto their spellings, in small letters.
    """
    match = _AMOUNT.match(text)
    unit = match and next((unit for unit, names in units.items() if match[2].casefold() in names), None)
    if match is None or unit not in _DAYS | _MONTHS:
        return None
    return Span(int(match[1] or 1), unit)


def later(day: date, span: Span) -> date | None:
    """Return the day one span later; None where the calendar ends before it."""
    try:
        if span.unit in _DAYS:
            return day + timedelta(days=span.amount * _DAYS[span.unit])
        return _months_later(day, span.amount * _MONTHS[span.unit])
    except (ValueError, OverflowError):
        return None


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
