"""A handbook made by chance, shaped like real ones: the same seed gives the same pages, on any machine.

The numbers are those that were measured on 78 real handbooks; README.md says which. The words mean nothing. A handbook
of more pages is the smaller one with pages added, and every 50 pages hold the same number of each kind and length, so
that growth can be measured.

python bench/handbook.py FOLDER [PAGES [SEED]]
"""

from __future__ import annotations

import math
import posixpath
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import TypeVar

KINDS = {
    "**/process-*.md": "process",
    "**/procedures/**": "procedure",
    "**/roles/**": "role",
    "**/records/**": "record",
}
"""The `kinds:` under which such a handbook is read."""

AREA = 50
"""Pages of one area; an area holds each kind of page as often as real handbooks do."""
_MIX = (("process", 3), ("procedure", 25), ("role", 2), ("record", 1), ("page", 19))
_FOLDERS = {"process": "process-", "procedure": "procedures/", "role": "roles/", "record": "records/", "page": ""}
_WORDS_ON_A_PAGE = NormalDist(math.log(376), math.log(1628 / 376) / NormalDist().inv_cdf(0.9))
"""Logarithms of the words on a page: median 376, nine of ten pages have fewer than 1,628."""
_WORDS_IN_A_STEP = NormalDist(math.log(11), math.log(32 / 11) / NormalDist().inv_cdf(0.9))
_STEPS = {2: 803, 3: 905, 4: 724, 5: 464, 6: 305, 7: 213, 8: 142, 9: 89, 10: 70, 12: 110, 18: 40, 30: 14}
"""Steps of a list, and how many lists have so many."""
_FORMS = {"list": 40, "numbered headings": 10, "step headings": 3, "tasks": 3, "table": 2, "bullets": 8, "none": 34}

_ANCHORS = {"list": "#steps", "table": "#steps", "bullets": "#steps", "tasks": "#checklist"}
"""What a link to the steps of a form ends with."""

_AREAS = """
    payments access release support hiring finance incident storage network training supplier audit laboratory shipping
    privacy onboarding billing safety quality archive
""".split()
_VERBS = """
    freeze restore rotate revoke announce review publish calibrate register transfer close reopen inspect archive
    escalate schedule verify record collect clean replace sign measure label order approve import export withdraw renew
    isolate drain compare copy prepare confirm
""".split()
_NOUNS = """
    ledger token branch sample report shelf invoice gateway customer contract cluster bucket queue certificate account
    meeting agenda device batch label folder ticket dashboard alert schedule volume record manual key request form
    backup budget register message channel change note image package node order credit laptop badge visitor delivery
    statement region window password mirror tenant printer table chart guide survey
""".split()
_ADJECTIVES = """
    weekly open signed missing late central shared second approved cold local older written failed current pending
    empty remote broken secure regular small public internal external main
""".split()
_SAID = """
    holds follows leaves reaches replaces belongs explains carries opens covers shows limits supports keeps needs
    protects describes repeats
""".split()
_JOINED = ("and", "while", "so that", "because", "before", "unless", "as soon as", "which means that", "or", "but")
_DOERS = ("manager", "officer", "lead", "coordinator", "engineer", "owner", "reviewer", "clerk")
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
_LABELS = ("Expect", "Record", "Within", "Takes", "Input", "Output", "If not", "Inform", "Warning", "Every")
_CODE = ("bash", "console", "yaml", "", "sql", "python")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page before it is written."""

    path: str
    kind: str
    """A kind of Handrail's, or `page`."""
    title: str
    words: int
    """About how many words it will have."""
    form: str
    """The form of its steps, where it is a procedure."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the writer of one page has before them."""

    chance: random.Random
    here: Entry
    procedures: Sequence[Entry]
    """Procedures of the area, and of one before it."""
    pages: Sequence[Entry]
    """Every page of these areas."""
    roles: Sequence[str]
    width: int
    """Lines are wrapped at so many characters; 0 for never."""


def handbook(count: int, seed: int = 1) -> dict[str, str]:
    """Return the Markdown of each of so many pages, by path."""
    areas = [_area(number, seed) for number in range(-(-count // AREA))]
    areas[-1:] = [areas[-1][: count - AREA * (len(areas) - 1)]] if areas else []
    texts: dict[str, str] = {}
    for number, entries in enumerate(areas):
        near = [*areas[random.Random(f"{seed} {number}").randrange(number)], *entries] if number else entries
        procedures = [entry for entry in near if entry.kind == "procedure"]
        roles = [entry.title for entry in near if entry.kind == "role"] or ["Release manager"]
        for entry in entries:
            chance = random.Random(f"{seed} {entry.path}")
            width = 80 if chance.random() < 0.5 else 0
            texts[entry.path] = _page(Desk(chance, entry, procedures, near, roles, width))
    return texts


def write_handbook(folder: Path, count: int, seed: int = 1) -> None:
    """Write so many pages below a folder."""
    for path, text in handbook(count, seed).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def _area(number: int, seed: int) -> list[Entry]:
    """Return the pages of one area; every area has the same lengths, dealt anew."""
    chance = random.Random(f"{seed} area {number}")
    area = _AREAS[number % len(_AREAS)] + (f"-{number // len(_AREAS) + 1}" if number >= len(_AREAS) else "")
    words = [round(math.exp(_WORDS_ON_A_PAGE.inv_cdf((place + 0.5) / AREA))) for place in range(AREA)]
    chance.shuffle(words)
    kinds = [kind for kind, times in _MIX for _ in range(times)]
    chance.shuffle(kinds)
    titles = iter(chance.sample([f"{verb} the {noun}" for verb in _VERBS for noun in _NOUNS], AREA))
    names = iter(chance.sample([f"{noun} {doer}" for noun in _NOUNS for doer in _DOERS], AREA))
    forms = chance.choices(list(_FORMS), list(_FORMS.values()), k=AREA)
    return [
        _entry(area, kind, next(names if kind == "role" else titles), long, form)
        for kind, long, form in zip(kinds, words, forms, strict=True)
    ]


def _entry(area: str, kind: str, title: str, words: int, form: str) -> Entry:
    name = title.replace(" the ", "-").replace(" ", "-")
    return Entry(f"{area}/{_FOLDERS[kind]}{name}.md", kind, title.capitalize(), words, form)


# ---- pages ----


def _page(desk: Desk) -> str:
    """Return a page: front matter, title, what its kind holds, then sections up to its number of words."""
    parts = [*_front(desk), *([f"# {desk.here.title}"] if desk.chance.random() < 0.72 else []), _paragraph(desk)]
    parts += _OPENINGS[desk.here.kind](desk)
    said = sum(len(part.split()) for part in parts)
    while said < desk.here.words - 40:
        section = list(_section(desk))
        said += sum(len(part.split()) for part in section)
        parts += section
    if desk.chance.random() < 0.05:
        parts.append(f"[{desk.chance.choice(_NOUNS)}]: https://example.org/{desk.chance.choice(_NOUNS)}")
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
            f"owner_slack: '#{desk.chance.choice(_AREAS)}'",
        ]
    if desk.here.kind == "process":
        lines += [
            "handrail:",
            f"  owner: {desk.chance.choice(desk.roles)}",
            "  review: {every: 1 year, last: 2026-05-04}",
        ]
    lines += [f"description: {_sentence(desk, 9)}"] if desk.chance.random() < 0.3 or not lines else []
    yield "\n".join(["---", *lines, "---"])


def _process(desk: Desk) -> list[str]:
    """Return what a process says of itself, and its flow, whose steps call procedures."""
    facts = [f"**{label}:** {_sentence(desk, 12)}" for label in ("Purpose", "Customer", "Trigger")]
    lists = [
        part
        for title in ("Inputs", "Outputs", "Indicators")
        if desk.chance.random() < 0.6
        for part in (f"## {title}", _bullets(desk))
    ]
    steps = [_activity(desk) for _ in range(max(4, _many(desk)))]
    return [*facts, *lists, "## Steps", _numbered(desk, steps)]


def _activity(desk: Desk) -> str:
    """Return a step of a process: three of four call a procedure, one of eight is left to judgement."""
    draw = desk.chance.random()
    if draw < 0.12:
        role = desk.chance.choice(desk.roles)
        said = f"the {role.lower()} decides, within the {desk.chance.choice(_NOUNS)}."
        return f"{_order(desk, 9)}\n\n- **Judgement:** {said}"
    if draw < 0.75 and desk.procedures:
        called = desk.chance.choice(desk.procedures)
        return f"{_link(desk, called, _ANCHORS.get(called.form, ''))} {_clauses(desk, 6)}."
    return _step(desk)


def _procedure(desk: Desk) -> list[str]:
    """Return what a procedure says of itself, and its steps; of lists there are two or more on half of the pages."""
    facts = [
        part
        for title, rate in (("Prerequisites", 0.1), ("Purpose", 0.06), ("Scope", 0.05), ("Owner", 0.02))
        if desk.chance.random() < rate
        for part in (f"## {title}", _bullets(desk) if title == "Prerequisites" else _paragraph(desk))
    ]
    form = desk.here.form
    parts = [*facts, *_STEPS_AS[form](desk)]
    for _ in range(desk.chance.choice((1, 1, 2, 3)) if form == "list" and desk.chance.random() < 0.46 else 0):
        parts += [f"## {_order(desk, 4).rstrip('.')}", _numbered(desk, [_step(desk) for _ in range(_many(desk))])]
    return parts


def _role(desk: Desk) -> list[str]:
    return ["## Stand-in", f"The {desk.chance.choice(desk.roles).lower()}.", "## Responsibilities", _bullets(desk)]


def _record(desk: Desk) -> list[str]:
    return ["## Fields", _bullets(desk), "## Where kept", f"In the {_thing(desk)}.", "## How long", "Ten years."]


_OPENINGS: Mapping[str, Callable[[Desk], list[str]]] = {
    "process": _process,
    "procedure": _procedure,
    "role": _role,
    "record": _record,
    "page": lambda desk: [],
}


# ---- forms of steps ----


def _list_form(desk: Desk) -> list[str]:
    steps = [_step(desk) for _ in range(_many(desk))]
    if desk.chance.random() < 0.1:
        cut = len(steps) // 2 + 1
        between = _fence(desk)
        return ["## Steps", _numbered(desk, steps[:cut]), between, _numbered(desk, steps[cut:], cut + 1)]
    return [
        "## Steps",
        *([_sentence(desk, 8)[:-1] + ":"] if desk.chance.random() < 0.34 else []),
        _numbered(desk, steps),
    ]


def _numbered_headings(desk: Desk) -> list[str]:
    """Return numbered headings; on half of the pages with tables of participants, inputs and outputs."""
    tabled = desk.chance.random() < 0.5
    parts = ["## Process steps"]
    for number in range(1, _many(desk) + 1):
        parts += [f"### {number}. {_order(desk, 4).rstrip('.')}", _paragraph(desk)]
        if tabled:
            parts += [
                f"| Participants |\n| --- |\n| {desk.chance.choice(desk.roles)}, {desk.chance.choice(desk.roles)} |",
                f"| Input | Output |\n| --- | --- |\n| {_thing(desk).capitalize()} | {_thing(desk).capitalize()} |",
            ]
    return parts


def _step_headings(desk: Desk) -> list[str]:
    parts = []
    for number in range(1, _many(desk) + 1):
        parts += [f"## Step {number}: {_order(desk, 4).rstrip('.')}", _paragraph(desk), _bullets(desk)]
    return parts


def _tasks(desk: Desk) -> list[str]:
    return ["## Checklist", "\n".join(f"- [ ] {_order(desk, _step_words(desk))}" for _ in range(_many(desk)))]


def _step_table(desk: Desk) -> list[str]:
    rows = [
        f"| {number} | {_order(desk, 8)} | {desk.chance.choice(desk.roles)} |" for number in range(1, _many(desk) + 1)
    ]
    return ["## Steps", "\n".join(["| Step | What | Who |", "|---|---|---|", *rows])]


_STEPS_AS: Mapping[str, Callable[[Desk], list[str]]] = {
    "list": _list_form,
    "numbered headings": _numbered_headings,
    "step headings": _step_headings,
    "tasks": _tasks,
    "table": _step_table,
    "bullets": lambda desk: ["## Steps", _bullets(desk)],
    "none": lambda desk: [part for _ in range(3) for part in (_paragraph(desk), _fence(desk))],
}


def _numbered(desk: Desk, steps: Sequence[str], first: int = 1) -> str:
    """Return an ordered list; one of three counts `1. 1. 1.`, one of fourteen is indented by four."""
    same = desk.chance.random() < 0.34
    mark = ")" if desk.chance.random() < 0.02 else "."
    indent = "    " if desk.chance.random() < 0.07 else "   "
    items = []
    for number, step in enumerate(steps, first):
        head = f"{first if same else number}{mark}".ljust(len(indent) - 1) + " "
        items.append(head + step.replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n"))
    return "\n".join(items)


def _step(desk: Desk) -> str:
    """Return a step with its body: what stands in it, and how often, as in real lists."""
    text = _opened(desk, _order(desk, _step_words(desk)))
    body = [part(desk) for rate, part in _BODIES if desk.chance.random() < rate]
    return "\n\n".join([text, *body])


def _opened(desk: Desk, order: str) -> str:
    """Return a step's sentence with what real ones open or close with."""
    draw = desk.chance.random()
    bare = order[0].lower() + order[1:]
    openings: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.04, lambda: f"If the {_thing(desk)} is {desk.chance.choice(_ADJECTIVES)}, {bare}"),
        (0.09, lambda: f"**{desk.chance.choice(_NOUNS).capitalize()}:** {bare}"),
        (0.12, lambda: f"**{_thing(desk).capitalize()}**: {bare}"),
        (0.13, lambda: f"**{desk.chance.choice(desk.roles)}:** {bare}"),
        (0.15, lambda: f"The {desk.chance.choice(desk.roles).lower()} {desk.chance.choice(_SAID)} the {_thing(desk)}."),
        (0.16, lambda: f"{order} Then go back to step {desk.chance.randint(1, 3)}."),
        (0.164, lambda: f"(optional) {order}"),
        (0.18, lambda: _question(desk)),
        (0.24, lambda: f"{order} See {_link(desk, desk.chance.choice(desk.pages))}."),
        (0.34, lambda: f"{order} It is in the [{_thing(desk)}](https://example.org/{desk.chance.choice(_NOUNS)})."),
        (0.38, lambda: f"Inform the {desk.chance.choice(desk.roles).lower()} that the {_thing(desk)} has changed."),
        (0.41, lambda: f'<a id="{desk.chance.choice(_VERBS)}-{desk.chance.randint(1, 99)}"></a>{order}'),
    )
    return next((opening() for limit, opening in openings if draw < limit), order)


def _question(desk: Desk) -> str:
    return (
        f"Does the {_thing(desk)} {desk.chance.choice(_VERBS)} the {_thing(desk)}?\n\n"
        f"- **Yes:** {_order(desk, 6)}\n- **No:** go back to step 1."
    )


_BODIES: tuple[tuple[float, Callable[[Desk], str]], ...] = (
    (0.08, lambda desk: _fence(desk)),
    (0.05, lambda desk: _labelled(desk)),
    (0.04, lambda desk: _bullets(desk)),
    (0.03, lambda desk: "\n".join(f"{number}. {_order(desk, 7)}" for number in range(1, 4))),
    (0.05, lambda desk: _paragraph(desk)),
    (0.004, lambda desk: f"> **Warning** {_sentence(desk, 10)}"),
    (0.003, lambda desk: f"![{_thing(desk)}](https://example.org/{desk.chance.choice(_NOUNS)}.png)"),
)
"""What stands inside a step, and how often."""


def _labelled(desk: Desk) -> str:
    labels = desk.chance.sample(_LABELS, desk.chance.randint(1, 3))
    shown = (f"**{label}:**" if desk.chance.random() < 0.5 else f"{label}:" for label in labels)
    return "\n".join(f"- {label} {_clauses(desk, 6)}" for label in shown)


# ---- sections and blocks ----


def _section(desk: Desk) -> Iterator[str]:
    """Yield a heading and what stands under it."""
    level = "#" * (2 if desk.chance.random() < 0.55 else 3 if desk.chance.random() < 0.75 else 4)
    own = desk.chance.random() < 0.6
    yield f"{level} {_thing(desk).capitalize() if own else desk.chance.choice(_HEADINGS)}"
    for _ in range(desk.chance.choice((1, 2, 3, 4))):
        block = _drawn(desk, _BLOCKS)
        yield block(desk)


_BLOCKS: dict[Callable[[Desk], str], int] = {
    lambda desk: _paragraph(desk): 62,
    lambda desk: _bullets(desk): 18,
    lambda desk: _numbered(desk, [_step(desk) for _ in range(_many(desk))]): 4,
    lambda desk: _fence(desk): 9,
    lambda desk: _table(desk): 3,
    lambda desk: f"> {_sentence(desk, 14)}": 2,
    lambda desk: f'!!! note "{_thing(desk).capitalize()}"\n\n    {_sentence(desk, 14)}': 1,
    lambda desk: f"<!-- {_sentence(desk, 10)} -->": 1,
    lambda desk: "---": 1,
}


def _paragraph(desk: Desk) -> str:
    return _wrapped(
        desk,
        " ".join(
            _marked(desk, _sentence(desk, desk.chance.randint(7, 22)))
            for _ in range(desk.chance.choice((1, 2, 2, 3, 4, 5)))
        ),
    )


def _bullets(desk: Desk) -> str:
    items = [f"- {_marked(desk, _clauses(desk, desk.chance.randint(3, 16)))}" for _ in range(desk.chance.randint(2, 6))]
    if desk.chance.random() < 0.15:
        items.insert(1, f"  - {_marked(desk, _clauses(desk, 7))}\n  - {_clauses(desk, 5)}")
    return "\n".join(items)


def _fence(desk: Desk) -> str:
    nouns = [desk.chance.sample(_NOUNS, 3) for _ in range(desk.chance.choice((1, 1, 2, 3, 6)))]
    lines = [f"{desk.chance.choice(_VERBS)}-{what} --{with_} <{value}>" for what, with_, value in nouns]
    return "\n".join([f"```{desk.chance.choice(_CODE)}", *lines, "```"])


def _table(desk: Desk) -> str:
    width = desk.chance.randint(2, 4)
    rows = [
        [_marked(desk, _clauses(desk, desk.chance.randint(1, 6))) for _ in range(width)]
        for _ in range(desk.chance.randint(2, 8))
    ]
    head = [desk.chance.choice(_NOUNS).capitalize() for _ in range(width)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * width, *rows))


# ---- words ----


def _marked(desk: Desk, text: str) -> str:
    """Return a text with a link, code or bold words in it, as often as real ones have them."""
    draw = desk.chance.random()
    if draw < 0.05:
        return f"{text} See {_link(desk, desk.chance.choice(desk.pages))}."
    if draw < 0.11:
        return f"{text} [{_thing(desk).capitalize()}](https://example.org/{desk.chance.choice(_NOUNS)}/)."
    if draw < 0.2:
        return f"`{desk.chance.choice(_NOUNS)}_{desk.chance.choice(_NOUNS)}`: {text}"
    if draw < 0.24:
        return f"**{_thing(desk).capitalize()}**: {text}"
    return f"*{desk.chance.choice(_ADJECTIVES).capitalize()}*: {text}" if draw < 0.26 else text


def _link(desk: Desk, to: Entry, anchor: str = "") -> str:
    """Return a link to a page; one of forty leads nowhere, as in real handbooks."""
    address = posixpath.relpath(to.path, posixpath.dirname(desk.here.path))
    if desk.chance.random() < 0.025:
        address = address.replace(".md", "-old.md")
    return f"[{to.title}]({address}{anchor})"


def _order(desk: Desk, words: int) -> str:
    """Return a sentence that tells somebody to act."""
    head = f"{desk.chance.choice(_VERBS).capitalize()} the {_thing(desk)}"
    if desk.chance.random() < 0.2:
        head += f" `{desk.chance.choice(_NOUNS)}`"
    return f"{head} {desk.chance.choice(_JOINED)} {_clauses(desk, words - 5)}." if words > 8 else f"{head}."


def _sentence(desk: Desk, words: int) -> str:
    text = _clauses(desk, words)
    return f"{text[0].upper()}{text[1:]}."


def _clauses(desk: Desk, words: int) -> str:
    """Return about so many words that read like a sentence."""
    if words < 5:
        return _thing(desk)
    said = f"the {_thing(desk)} {desk.chance.choice(_SAID)} the {_thing(desk)}"
    while len(said.split()) < words - 4:
        comma = "," if desk.chance.random() < 0.3 else ""
        said += f"{comma} {desk.chance.choice(_JOINED)} the {_thing(desk)} {desk.chance.choice(_SAID)} it"
    return said


def _thing(desk: Desk) -> str:
    noun = desk.chance.choice(_NOUNS)
    return f"{desk.chance.choice(_ADJECTIVES)} {noun}" if desk.chance.random() < 0.5 else noun


def _wrapped(desk: Desk, text: str) -> str:
    """Return a paragraph as its author would: half of them wrap their lines."""
    lines: list[str] = [""]
    for word in text.split(" "):
        if desk.width and len(lines[-1]) + len(word) > desk.width:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else ''}{word}"
    return "\n".join(lines)


def _many(desk: Desk) -> int:
    return _drawn(desk, _STEPS)


def _step_words(desk: Desk) -> int:
    return max(3, round(math.exp(desk.chance.gauss(_WORDS_IN_A_STEP.mean, _WORDS_IN_A_STEP.stdev))))


Choice = TypeVar("Choice")


def _drawn(desk: Desk, weights: Mapping[Choice, int]) -> Choice:
    """Return one of the choices, each as often as its weight says."""
    return desk.chance.choices(list(weights), list(weights.values()))[0]


if __name__ == "__main__":
    write_handbook(Path(sys.argv[1]), *(int(number) for number in sys.argv[2:] or ("1000",)))
