"""A change as data: what is different, where it stands on both sides, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handrail.decisions import Decision
from handrail.model import Document, DocumentKind, Handbook, Step
from handrail.options import Class, Options, Weight

What = Literal["document", "field", "step", "text"]
How = Literal["added", "removed", "moved", "renamed", "reworded", "changed", "split", "merged", "copied"]


@dataclass(frozen=True, slots=True)
class Side:
    """A handbook as it is compared."""

    name: str
    """What the user calls it: a revision, a folder, `working tree`."""
    handbook: Handbook
    texts: Mapping[str, str]
    """Path -> text of each page."""
    options: Options
    notes: tuple[str, ...] = ()
    """What could not be compared on this side, as sentences."""
    decisions: tuple[Decision, ...] = ()
    """What reviewers decided about changes."""
    fault: str = ""
    """Why the decisions of this side cannot be read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field said and says; None where it says nothing."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is different, without any judgement."""

    what: What
    how: How
    name: str
    """What the table of classes calls it: `step.role`, `field.owner`, `text.row`."""
    document: str
    """The id of the document after the change, else before; of a page outside of all documents its path."""
    title: str
    """The title of the document."""
    kind: DocumentKind | None
    before: Place | None
    after: Place | None
    fields: tuple[FieldChange, ...] = ()
    step: str | None = None
    """The id of the step after the change, else before."""
    sentence: str | None = None
    """The sentence of the step, or the heading over the text."""
    roles: tuple[str, ...] = ()
    """The names of those who do the step, before or after."""
    confidence: float = 1.0
    """How sure it is that both sides are the same thing, from 0 to 1."""
    parts: tuple[Place, ...] = ()
    """Where the other parts stand: after what was split, before what was merged."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact with its judgement."""

    fact: Fact
    class_: Class
    weight: Weight
    fingerprint: str
    """The same as long as the change itself is the same, wherever it stands."""
    decision: Decision | None = None
    """What a reviewer decided about it, as the version before says."""
    judged: tuple[Class, Weight] | None = None
    """How it was judged before that decision."""

    @property
    def accepted(self) -> bool:
        """Whether a reviewer accepted it as it is."""
        return self.decision is not None and self.decision.accepts


Reached = Literal["role", "process", "procedure", "record", "clause"]
"""What a change reaches beyond the document that changes."""
Must = Literal["learn", "know", "look"]
"""What somebody has to do: learn to do it otherwise, know of it, or look whether what they rely on still holds."""


@dataclass(frozen=True, slots=True)
class Way:
    """How changes of one document reach somebody or something."""

    how: str
    """The key of the sentence that says it: `does`, `does no longer`, `approves`, `takes`, `calls` and others."""
    document: str
    title: str
    """The title of that document."""
    sentences: tuple[str, ...] = ()
    """The steps that it is about, or what is taken."""
    changes: tuple[str, ...] = ()
    """The fingerprints of the changes."""


@dataclass(frozen=True, slots=True)
class Training:
    """What somebody has to be able to do, as a page says it."""

    text: str
    document: str
    title: str


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody or something that changes reach."""

    kind: Reached
    id: str
    title: str
    must: Must
    ways: tuple[Way, ...]
    training: tuple[Training, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All facts between two handbooks."""

    facts: tuple[Fact, ...]
    other_pages: tuple[str, ...] = ()
    """Pages of no kind whose words changed."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one handbook to another."""

    base: str
    head: str
    changes: tuple[Change, ...]
    other_pages: tuple[str, ...] = ()
    """Pages of no kind that changed; Handrail does not read them."""
    notes: tuple[str, ...] = ()
    """What could not be compared, or was compared less exactly."""
    impact: tuple[Touched, ...] = ()
    """Whom and what the changes reach."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A document before and after; one of them may be missing."""

    before: Document | None
    after: Document | None
    confidence: float = 1.0
    more_before: tuple[Document, ...] = ()
    """The other documents that were merged into it."""
    more_after: tuple[Document, ...] = ()
    """The other documents that it was split into."""
    is_part: bool = False
    """Of a document without a partner: whether it is a part of another."""
    copy_of: Document | None = None
    """Of a document without a partner: the one, there before and after, that says the same."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step and the document that it stands in."""

    document: Document
    step: Step
    parent: Step | None


@dataclass(frozen=True, slots=True)
class StepPair:
    """A step before and after; where it was split or merged, several of them on one side."""

    before: Stepped
    after: Stepped
    confidence: float
    moved: bool
    elsewhere: bool = False
    """Whether it went to another document."""
    more_before: tuple[Stepped, ...] = ()
    more_after: tuple[Stepped, ...] = ()

    @property
    def befores(self) -> tuple[Stepped, ...]:
        """Every step that it was."""
        return self.before, *self.more_before

    @property
    def afters(self) -> tuple[Stepped, ...]:
        """Every step that it is."""
        return self.after, *self.more_after


@dataclass(frozen=True, slots=True)
class Copy:
    """A step that says the same as another one, which was there before and is there after."""

    copy: Stepped
    original: Stepped
    """Of a copy that came, the other one as it was before; of one that went, as it is after."""
    came: bool
    """Whether the copy came, or went."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of two handbooks, paired."""

    pairs: tuple[StepPair, ...]
    removed: tuple[Stepped, ...]
    added: tuple[Stepped, ...]
    copies: tuple[Copy, ...]
    by_blocks: tuple[str, ...]
    """Titles of documents with so many steps that they were matched by blocks."""
