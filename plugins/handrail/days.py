"""Days on the calendar: as people write them, a span of days or months, and the day that lies one span later."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from handrail.dataclass import dataclass

_AMOUNT = re.compile(r"\s*(\d{1,9})?\s*([^\W\d_]+)")
_NUMBERS = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/.-])")
"""Year, month and day."""
_GERMAN_NUMBERS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d_]+)\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
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


def day_of(text: str, months: Mapping[str, Iterable[str]]) -> date | None:
    """Return the day that a text begins with: `2026-05-31`, `31 May 2026`, `May 31st, 2026`, `31.05.2026`.

    `months` maps the numbers 1 to 12 onto their names, in small letters. Days whose order is a matter of country, such
    as `05/06/2026`, are no day.
    """
    said = " ".join(text.casefold().split())
    if found := _NUMBERS.match(said):
        return _date(found[1], found[3], found[4])
    if found := _GERMAN_NUMBERS.match(said):
        return _date(found[3], found[2], found[1])
    if found := _DAY_FIRST.match(said):
        return _date(found[3], _month(found[2], months), found[1])
    if found := _MONTH_FIRST.match(said):
        return _date(found[3], _month(found[1], months), found[2])
    return None


def _month(name: str, months: Mapping[str, Iterable[str]]) -> str:
    return next((number for number, names in months.items() if name in names), "0")


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
