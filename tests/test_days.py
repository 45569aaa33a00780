"""Spans of time, and the day that lies one span later."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handrail.days import Span, day_of, later, span_of
from handrail.links.reviews import cadence_of
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-31", date(2026, 5, 31)),
        ("2026-05-31 10:00:00", date(2026, 5, 31)),
        ("2026/5/3", date(2026, 5, 3)),
        ("31 May 2026", date(2026, 5, 31)),
        ("3rd of May, 2026", date(2026, 5, 3)),
        ("May 31st, 2026 (by the owner)", date(2026, 5, 31)),
        ("Sept. 1, 2026", date(2026, 9, 1)),
        ("31.05.2026", date(2026, 5, 31)),
        ("2026-02-30", None),
        ("05/06/2026", None),
        ("May 2026", None),
        ("2026-05", None),
        ("31 Mai 2026", None),
        ("", None),
    ],
)
def test_the_day_that_a_text_begins_with(text: str, day: date | None):
    assert day_of(text, ENGLISH.months) == day


def test_days_are_read_in_other_languages():
    assert day_of("31. Mai 2026", GERMAN.months) == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("6 months", Span(6, "month")),
        ("6 month", Span(6, "month")),
        ("every two years", Span(2, "year")),
        ("Every other year", Span(2, "year")),
        ("Yearly", Span(1, "year")),
        ("annually, by the owner", Span(1, "year")),
        ("at least once a year", Span(1, "year")),
        ("quarterly", Span(3, "month")),
        ("every quarter", Span(3, "month")),
        ("two quarters", Span(6, "month")),
        ("3-monthly", Span(3, "month")),
        ("twice a year", Span(6, "month")),
        ("fortnightly", Span(2, "week")),
        ("P6M", Span(6, "month")),
        ("1y", Span(1, "year")),
        ("90 d", Span(90, "day")),
        ("6mm", None),
        ("now and then", None),
        ("6-12 months", None),
        ("yearly-ish", None),
    ],
)
def test_how_often_a_review_is(text: str, span: Span | None):
    assert cadence_of(text, ENGLISH) == span


@given(st.one_of(st.text(), st.from_regex(r"(every )?[0-9]{1,9000}[ -]?(month|months|yearly|years)")))
@example("9" * 5000 + " months")
@example("9" * 5000 + "-monthly")
def test_any_text_may_stand_for_a_day_or_a_span(text: str):
    span = cadence_of(text, ENGLISH)
    day_of(text, ENGLISH.months)

    assert span is None or span.unit in ("day", "week", "month", "year")


@pytest.mark.parametrize(
    ("text", "span"),
    [("jährlich", Span(1, "year")), ("alle zwei Jahre", Span(2, "year")), ("jedes Quartal", Span(3, "month"))],
)
def test_how_often_a_review_is_in_german(text: str, span: Span):
    assert cadence_of(text, GERMAN) == span
