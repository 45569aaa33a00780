"""Read small handbooks that stand in the tests themselves."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent
from typing import Any

from handrail.handbook import read_handbook
from handrail.model import Document, Handbook, Step
from handrail.options import options_of
from handrail.problems import Problem
from handrail.sources import Sources

PROCEDURES = {"**": "procedure"}
PROCESSES = {"**": "process"}


def text_of(written: str) -> str:
    """Return a text as it stands in a test, without the indentation that it has there."""
    return dedent(written).removeprefix("\n")


def handbook(pages: str | Mapping[str, str], **options: Any) -> Handbook:
    """Read pages, or one text as `page.md`; every page is a procedure unless `kinds` says otherwise."""
    texts = {"page.md": pages} if isinstance(pages, str) else pages
    plugins = options.pop("plugins", ())
    sources = Sources({path: text_of(text) for path, text in texts.items()})
    return read_handbook(sources, options_of({"kinds": PROCEDURES, **options}), plugins=plugins)


def procedure(text: str, **options: Any) -> Document:
    """Read one page that is one procedure."""
    (found,) = handbook(text, **options).procedures
    return found


def process(text: str, **options: Any) -> Document:
    """Read one page that is one process."""
    (found,) = handbook(text, kinds=PROCESSES, **options).processes
    return found


def step(text: str, **options: Any) -> Step:
    """Read one page that is one procedure of one step."""
    (found,) = procedure(text, **options).steps
    return found


def numbered(document: Document) -> list[str]:
    """Return each step, sub-steps too, as number and text."""
    return [f"{found.number} {found.text}" for found in document.all_steps()]


def roles_of(found: Step) -> list[str]:
    """Return each role of a step as `role part source`, with `inherited` and `optional` behind it."""
    return [
        " ".join([use.role, use.part, use.source, *["inherited"] * use.inherited, *["optional"] * use.optional])
        for use in found.roles
    ]


def arrows_of(found: Step) -> list[str]:
    """Return each way on from a step: where to, the label in brackets, and how sure it is."""
    return [
        f"{arrow.to}{f' [{arrow.label}]' if arrow.label else ''}{' implied' if arrow.implied else ''}"
        f"{' guessed' if arrow.guessed else ''}"
        for arrow in found.next
    ]


def told(problem: Problem) -> str:
    """Return a problem as one line: place, level, rule, message and mend."""
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return f"{place} {problem.level} {problem.rule}: {problem.message} {problem.mend}"


def problems_of(found: Handbook, *rules: str) -> list[str]:
    """Return the problems of a handbook as lines; of the rules named, or all of them."""
    return [told(problem) for problem in found.problems if not rules or problem.rule in rules]


def kept(found: Handbook) -> list[str]:
    """Return the pages that were read."""
    return [page.path for page in found.pages]
