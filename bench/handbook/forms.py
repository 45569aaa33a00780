"""Procedures in every form in which people write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .blocks import bullets, fence, paragraph
from .desk import Desk
from .steps import many, numbered, step, step_words
from .words import order, sentence, thing


def _list_form(desk: Desk) -> list[str]:
    steps = [step(desk) for _ in range(many(desk))]
    if desk.chance.random() < 0.1:
        cut = len(steps) // 2 + 1
        between = fence(desk)
        return ["## Steps", numbered(desk, steps[:cut]), between, numbered(desk, steps[cut:], cut + 1)]
    return [
        "## Steps",
        *([sentence(desk, 8)[:-1] + ":"] if desk.chance.random() < 0.34 else []),
        numbered(desk, steps),
    ]


def _numbered_headings(desk: Desk) -> list[str]:
    """Return numbered headings; on half of the pages with tables of participants, inputs and outputs."""
    tabled = desk.chance.random() < 0.5
    parts = ["## Process steps"]
    for number in range(1, many(desk) + 1):
        parts += [f"### {number}. {order(desk, 4).rstrip('.')}", paragraph(desk)]
        if tabled:
            parts += [
                f"| Participants |\n| --- |\n| {desk.chance.choice(desk.roles)}, {desk.chance.choice(desk.roles)} |",
                f"| Input | Output |\n| --- | --- |\n| {thing(desk).capitalize()} | {thing(desk).capitalize()} |",
            ]
    return parts


def _step_headings(desk: Desk) -> list[str]:
    parts = []
    for number in range(1, many(desk) + 1):
        parts += [f"## Step {number}: {order(desk, 4).rstrip('.')}", paragraph(desk), bullets(desk)]
    return parts


def _tasks(desk: Desk) -> list[str]:
    return ["## Checklist", "\n".join(f"- [ ] {order(desk, step_words(desk))}" for _ in range(many(desk)))]


def _step_table(desk: Desk) -> list[str]:
    rows = [
        f"| {number} | {order(desk, 8)} | {desk.chance.choice(desk.roles)} |" for number in range(1, many(desk) + 1)
    ]
    return ["## Steps", "\n".join(["| Step | What | Who |", "|---|---|---|", *rows])]


STEPS_AS: Mapping[str, Callable[[Desk], list[str]]] = {
    "list": _list_form,
    "numbered headings": _numbered_headings,
    "step headings": _step_headings,
    "tasks": _tasks,
    "table": _step_table,
    "bullets": lambda desk: ["## Steps", bullets(desk)],
    "none": lambda desk: [part for _ in range(3) for part in (paragraph(desk), fence(desk))],
}
