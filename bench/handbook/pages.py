"""Pages: front matter, what each kind holds, and sections up to the number of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .blocks import bullets, fence, paragraph, table
from .desk import Desk, drawn
from .forms import STEPS_AS
from .steps import many, numbered, step
from .words import AREAS, NOUNS, clauses, link, order, sentence, thing

_ANCHORS = {"list": "#steps", "table": "#steps", "bullets": "#steps", "tasks": "#checklist"}
"""What a link to the steps of a form ends with."""
_HEADINGS = (
    "Overview",
    "Background",
    "Meaning",
    "Impact",
    "Diagnosis",
    "Mitigation",
    "Escalation",
    "Communication",
    "Responsibilities",
    "Schedule",
    "Limits",
    "Examples",
    "References",
    "Troubleshooting",
    "Verify",
    "Rollback",
    "Training",
    "Templates",
    "Definitions",
    "Metrics",
    "Scope",
    "Records",
    "See also",
)


def page(desk: Desk) -> str:
    """Return a page: front matter, title, what its kind holds, then sections up to its number of words."""
    parts = [*_front(desk), *([f"# {desk.here.title}"] if desk.chance.random() < 0.72 else []), paragraph(desk)]
    parts += _OPENINGS[desk.here.kind](desk)
    said = sum(len(part.split()) for part in parts)
    while said < desk.here.words - 40:
        section = list(_section(desk))
        said += sum(len(part.split()) for part in section)
        parts += section
    if desk.chance.random() < 0.05:
        parts.append(f"[{desk.chance.choice(NOUNS)}]: https://example.org/{desk.chance.choice(NOUNS)}")
    return "\n\n".join(parts) + "\n"


def _front(desk: Desk) -> Iterator[str]:
    """Yield front matter, where the page has some: a third of all pages."""
    if desk.chance.random() > 0.31 and desk.here.kind != "process":
        return
    lines = [f"title: {desk.here.title}"] if desk.chance.random() < 0.8 else []
    if desk.chance.random() < 0.25:
        lines += [
            f"last_reviewed_on: 2026-0{desk.chance.randint(1, 9)}-1{desk.chance.randint(0, 9)}",
            "review_in: 6 months",
            f"owner_slack: '#{desk.chance.choice(AREAS)}'",
        ]
    if desk.here.kind == "process":
        lines += [
            "handrail:",
            f"  owner: {desk.chance.choice(desk.roles)}",
            "  review: {every: 1 year, last: 2026-05-04}",
        ]
    lines += [f"description: {sentence(desk, 9)}"] if desk.chance.random() < 0.3 or not lines else []
    yield "\n".join(["---", *lines, "---"])


def _process(desk: Desk) -> list[str]:
    """Return what a process says of itself, and its flow, whose steps call procedures."""
    facts = [f"**{label}:** {sentence(desk, 12)}" for label in ("Purpose", "Customer", "Trigger")]
    lists = [
        part
        for title in ("Inputs", "Outputs", "Indicators")
        if desk.chance.random() < 0.6
        for part in (f"## {title}", bullets(desk))
    ]
    steps = [_activity(desk) for _ in range(max(4, many(desk)))]
    return [*facts, *lists, "## Steps", numbered(desk, steps)]


def _activity(desk: Desk) -> str:
    """Return a step of a process: three of four call a procedure, one of eight is left to judgement."""
    draw = desk.chance.random()
    if draw < 0.12:
        role = desk.chance.choice(desk.roles)
        said = f"the {role.lower()} decides, within the {desk.chance.choice(NOUNS)}."
        return f"{order(desk, 9)}\n\n- **Judgement:** {said}"
    if draw < 0.75 and desk.procedures:
        called = desk.chance.choice(desk.procedures)
        return f"{link(desk, called, _ANCHORS.get(called.form, ''))} {clauses(desk, 6)}."
    return step(desk)


def _procedure(desk: Desk) -> list[str]:
    """Return what a procedure says of itself, and its steps; of lists there are two or more on half of the pages."""
    facts = [
        part
        for title, rate in (("Prerequisites", 0.1), ("Purpose", 0.06), ("Scope", 0.05), ("Owner", 0.02))
        if desk.chance.random() < rate
        for part in (f"## {title}", bullets(desk) if title == "Prerequisites" else paragraph(desk))
    ]
    form = desk.here.form
    parts = [*facts, *STEPS_AS[form](desk)]
    for _ in range(desk.chance.choice((1, 1, 2, 3)) if form == "list" and desk.chance.random() < 0.46 else 0):
        parts += [f"## {order(desk, 4).rstrip('.')}", numbered(desk, [step(desk) for _ in range(many(desk))])]
    return parts


def _role(desk: Desk) -> list[str]:
    return ["## Stand-in", f"The {desk.chance.choice(desk.roles).lower()}.", "## Responsibilities", bullets(desk)]


def _record(desk: Desk) -> list[str]:
    return ["## Fields", bullets(desk), "## Where kept", f"In the {thing(desk)}.", "## How long", "Ten years."]


_OPENINGS: Mapping[str, Callable[[Desk], list[str]]] = {
    "process": _process,
    "procedure": _procedure,
    "role": _role,
    "record": _record,
    "page": lambda desk: [],
}


def _section(desk: Desk) -> Iterator[str]:
    """Yield a heading and what stands under it."""
    level = "#" * (2 if desk.chance.random() < 0.55 else 3 if desk.chance.random() < 0.75 else 4)
    own = desk.chance.random() < 0.6
    yield f"{level} {thing(desk).capitalize() if own else desk.chance.choice(_HEADINGS)}"
    for _ in range(desk.chance.choice((1, 2, 3, 4))):
        block = drawn(desk, _BLOCKS)
        yield block(desk)


_BLOCKS: dict[Callable[[Desk], str], int] = {
    lambda desk: paragraph(desk): 62,
    lambda desk: bullets(desk): 18,
    lambda desk: numbered(desk, [step(desk) for _ in range(many(desk))]): 4,
    lambda desk: fence(desk): 9,
    lambda desk: table(desk): 3,
    lambda desk: f"> {sentence(desk, 14)}": 2,
    lambda desk: f'!!! note "{thing(desk).capitalize()}"\n\n    {sentence(desk, 14)}': 1,
    lambda desk: f"<!-- {sentence(desk, 10)} -->": 1,
    lambda desk: "---": 1,
}
