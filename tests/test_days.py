"""Spans of time, and the day that lies one span later."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.days import Span, later, span_of
from handrail.words.de import GERMAN
from handrail.words.en import ENGLISH


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30 days", Span(30, "day")),
        ("1 day", Span(1, "day")),
        ("month", Span(1, "month")),
        (" 6  Weeks, then again", Span(6, "week")),
        ("2years", Span(2, "year")),
        ("3 hours", None),
        ("often", None),
        ("30", None),
        ("", None),
    ],
)
def test_the_span_that_a_text_begins_with(text: str, span: Span | None):
    assert span_of(text, ENGLISH.time_units) == span


def test_spans_are_read_in_other_languages():
    assert span_of("3 Monate", GERMAN.time_units) == Span(3, "month")


@pytest.mark.parametrize(
    ("day", "span", "due"),
    [
        ("2026-01-31", Span(1, "month"), "2026-02-28"),
        ("2028-02-29", Span(1, "year"), "2029-02-28"),
        ("2026-11-22", Span(30, "day"), "2026-12-22"),
        ("2026-12-31", Span(2, "week"), "2027-01-14"),
        ("2026-12-31", Span(0, "day"), "2026-12-31"),
    ],
)
def test_the_day_one_span_later(day: str, span: Span, due: str):
    assert later(date.fromisoformat(day), span) == date.fromisoformat(due)


@pytest.mark.parametrize("span", [Span(9_000, "year"), Span(10**12, "day"), Span(10**12, "month")])
def test_the_calendar_ends(span: Span):
    assert later(date(2026, 1, 1), span) is None


def test_a_span_in_words():
    assert [str(Span(1, "day")), str(Span(30, "day")), str(Span(6, "month"))] == ["1 day", "30 days", "6 months"]
