"""The problems of a handbook, in each output format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from handrail.model import Handbook
from handrail.problems import LEVELS, Level, Problem
from handrail.reports.data import data_text
from handrail.reports.lines import counted, plain
from handrail.reports.paths import EVERYTHING, inside

_COLOURS: Mapping[Level, str] = {"error": "red", "warning": "yellow", "info": "blue"}
_NOUNS: Mapping[Level, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("info", "info"),
}


def problem_data(problem: Problem) -> dict[str, object]:
    """Return a problem as every JSON of Handrail has it."""
    return {
        "rule": problem.rule,
        "level": problem.level,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "mend": problem.mend,
    }


def problems_json(handbook: Handbook, paths: Sequence[str] = EVERYTHING) -> str:
    """Return the problems as JSON."""
    return data_text({"problems": [problem_data(problem) for problem in problems_in(handbook, paths)]})


def problems_text(handbook: Handbook, paths: Sequence[str] = EVERYTHING) -> str:
    """Return the problems for people, each with its mend, and their number."""
    problems = problems_in(handbook, paths)
    pages = sum(inside(page.path, paths) for page in handbook.pages)
    return "".join(f"{problem_line(problem)}\n" for problem in problems) + f"{_count(problems, pages)}\n"


def problems_in(handbook: Handbook, paths: Sequence[str] = EVERYTHING) -> list[Problem]:
    """Return the problems of some pages."""
    return [problem for problem in handbook.problems if inside(problem.path, paths)]


def levels_counted(problems: Sequence[Problem]) -> str:
    """Return how many problems there are of each level: `1 error, 2 warnings`."""
    numbers = {level: sum(problem.level == level for problem in problems) for level in LEVELS}
    return ", ".join(counted(number, *_NOUNS[level]) for level, number in numbers.items() if number)


def problem_line(problem: Problem) -> str:
    """Return a problem for people: its place, what it is, and its mend."""
    place = click.style(f"{plain(problem.path)}:{problem.line}:{problem.column}", bold=True)
    level = click.style(problem.level, fg=_COLOURS[problem.level])
    return f"{place} {level} {problem.rule} {plain(problem.message)}\n    {plain(problem.mend)}"


def _count(problems: Sequence[Problem], pages: int) -> str:
    where = f"in {counted(pages, 'page')}"
    if not problems:
        return f"No problems {where}."
    return f"{counted(len(problems), 'problem')} {where}: {levels_counted(problems)}."
