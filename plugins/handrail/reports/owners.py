"""How well a CODEOWNERS file protects the pages of a handbook, for a terminal and as data."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from handrail.owners import Ownership
from handrail.reports.data import VERSION, lone_halves
from handrail.reports.lines import counted, plain
from handrail.reports.problems import problem_data, problem_line


def owners_text(found: Ownership) -> str:
    """Return what is wrong, then the lines to put in."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Ownership) -> Iterator[str]:
    yield from map(problem_line, found.problems)
    if found.lines:
        yield ""
        yield click.style(f"To put in below all other lines of {plain(found.path)}:", bold=True)
        yield ""
        yield from map(plain, found.lines)
        yield ""
    of = counted(found.owned, "page with an owner", "pages with an owner")
    yield f"Of {of}, {found.protected:,} cannot be changed without the owner's approval."
    if found.unowned:
        yield f"{counted(found.unowned, 'process or procedure states', 'processes and procedures state')} no owner."


def owners_json(found: Ownership) -> str:
    """Return the same as data."""
    data = {
        "handrail": VERSION,
        "path": found.path,
        "forge": found.forge,
        "protected": found.protected,
        "owned": found.owned,
        "unowned": found.unowned,
        "lines": list(found.lines),
        "problems": [problem_data(problem) for problem in found.problems],
    }
    return lone_halves(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
