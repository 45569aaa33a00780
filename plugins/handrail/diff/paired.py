"""What is the same thing before and after: the documents and the steps of two handbooks, paired."""

from __future__ import annotations

from handrail.dataclass import dataclass
from handrail.model import Document, Step


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
