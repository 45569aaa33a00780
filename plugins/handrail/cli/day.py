"""A day that a command is told."""

from __future__ import annotations

from datetime import date

import click


class Day(click.ParamType[date]):
    """A day as year, month and day; `now` is the day that it is where the command runs."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that was told."""
        if isinstance(value, date):
            return value
        if value.strip().casefold() == "now":
            return date.today()
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no day. Write it like 2027-01-31, or `now`.", param, ctx)


DAY = Day()
