"""What one page says, with names still names: what the reader gives to the links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from handrail.dataclass import dataclass
from handrail.model import AskedBlock, DocumentKind, Form, Hold, Order, Part, Rest, Stated, StepKind, Wait, Within
from handrail.problems import Problem

Where = Literal["call", "arrow", "mention"]


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link out of a step, or out of any text, with what the words around it make of it."""

    kind: Literal["link", "reference", "image"]
    target: str
    text: str
    line: int
    column: int
    where: Where
    """call: in a step's first sentence; arrow: where a link to a step is an arrow; mention: anywhere else."""
    jump: bool = False
    """Whether it stands behind a jump word."""
    label: str | None = None
    """The branch or condition under which it holds."""


@dataclass(frozen=True, slots=True)
class RawJump:
    """A jump in words: `go back to step 2`, or `end`."""

    number: str
    """The step's number as written; empty for the end of the flow."""
    line: int
    column: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One labelled way out of a decision."""

    label: str
    line: int
    links: tuple[RawLink, ...] = ()
    jumps: tuple[RawJump, ...] = ()


@dataclass(frozen=True, slots=True)
class RawRole:
    """A role's name in a step, with its part."""

    name: str
    part: Part
    source: str
    line: int
    optional: bool = False
    column: int = 1


@dataclass(frozen=True, slots=True)
class RawStep:
    """One step as its page has it."""

    number: str
    line: int
    column: int
    end: int
    text: str
    body: str
    written_ids: tuple[str, ...]
    heading_slugs: tuple[str, ...]
    kind: StepKind
    flow: int
    roles: tuple[RawRole, ...] = ()
    condition: str | None = None
    optional: bool = False
    branches: tuple[Branch, ...] = ()
    links: tuple[RawLink, ...] = ()
    jumps: tuple[RawJump, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    expect: str | None = None
    within: Within | None = None
    every: str | None = None
    takes: str | None = None
    wait: Wait | None = None
    hold: Hold | None = None
    if_not: str | None = None
    warnings: tuple[str, ...] = ()
    judgement: str | None = None
    starts_when: str | None = None
    throughout: str | None = None
    stop: str | None = None
    steps: tuple[RawStep, ...] = ()
    labels: tuple[tuple[str, int], ...] = ()
    """Each labelled line that was read, as key and line."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A process, procedure, role or record as its page has it."""

    kind: DocumentKind
    title: str
    path: str
    line: int
    end: int
    heading_slug: str | None
    """The forge's slug of its heading; None where the page is the document."""
    anchor: str | None
    """The anchor of its heading on the site."""
    written_id: Stated | None
    page_id: str | None
    """The id that the page's front matter gives, where the page holds several documents."""
    facts: Mapping[str, tuple[Stated, ...]]
    aspects: tuple[tuple[str, Stated], ...]
    aliases: tuple[Stated, ...]
    variant_of: Stated | None
    area: str | None
    form: Form | None
    order: Order
    steps: tuple[RawStep, ...]
    heading_role: RawRole | None
    rest: tuple[Rest, ...]
    links: tuple[RawLink, ...]
    """Links outside of the steps."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """All that one page says."""

    path: str
    title: str
    kind: DocumentKind | None
    documents: tuple[RawDocument, ...]
    blocks: int
    in_steps: int
    in_facts: int
    rest: tuple[Rest, ...]
    links: tuple[RawLink, ...]
    """Links outside of all documents."""
    anchors: frozenset[str]
    """Every anchor of the page that is no step's."""
    problems: tuple[Problem, ...]
    asked_blocks: tuple[AskedBlock, ...] = ()


def every_step(steps: Sequence[RawStep]) -> Iterator[RawStep]:
    """Yield the steps and their sub-steps, in reading order."""
    waiting = list(reversed(steps))
    while waiting:
        step = waiting.pop()
        yield step
        waiting.extend(reversed(step.steps))
