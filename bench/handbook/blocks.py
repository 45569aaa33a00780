"""Blocks of a page: paragraphs, bullets, code and tables."""

from __future__ import annotations

from .desk import Desk
from .words import NOUNS, VERBS, clauses, marked, sentence, wrapped

_CODE = ("bash", "console", "yaml", "", "sql", "python")


def paragraph(desk: Desk) -> str:
    """Return one to five sentences."""
    return wrapped(
        desk,
        " ".join(
            marked(desk, sentence(desk, desk.chance.randint(7, 22)))
            for _ in range(desk.chance.choice((1, 2, 2, 3, 4, 5)))
        ),
    )


def bullets(desk: Desk) -> str:
    """Return a list, one of seven with a list inside."""
    items = [f"- {marked(desk, clauses(desk, desk.chance.randint(3, 16)))}" for _ in range(desk.chance.randint(2, 6))]
    if desk.chance.random() < 0.15:
        items.insert(1, f"  - {marked(desk, clauses(desk, 7))}\n  - {clauses(desk, 5)}")
    return "\n".join(items)


def fence(desk: Desk) -> str:
    """Return commands in a fenced block."""
    nouns = [desk.chance.sample(NOUNS, 3) for _ in range(desk.chance.choice((1, 1, 2, 3, 6)))]
    lines = [f"{desk.chance.choice(VERBS)}-{what} --{with_} <{value}>" for what, with_, value in nouns]
    return "\n".join([f"```{desk.chance.choice(_CODE)}", *lines, "```"])


def table(desk: Desk) -> str:
    """Return a table of two to four columns."""
    width = desk.chance.randint(2, 4)
    rows = [
        [marked(desk, clauses(desk, desk.chance.randint(1, 6))) for _ in range(width)]
        for _ in range(desk.chance.randint(2, 8))
    ]
    head = [desk.chance.choice(NOUNS).capitalize() for _ in range(width)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * width, *rows))
