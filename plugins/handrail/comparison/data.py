"""What is found when several documents stand side by side: rows of answers, and steps that stand beside each other."""

from __future__ import annotations

from typing import Literal

from handrail.dataclass import dataclass
from handrail.model import Document, Step
from handrail.tables import Piece

State = Literal["stated", "derived", "empty", "absent"]
"""What a document says to a row: states it, implies it by what it states, says that there is none, or says nothing."""

MOST = 30
"""So many documents stand side by side at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one document says to one row."""

    state: State
    pieces: tuple[Piece, ...] = ()
    key: tuple[str, ...] = ()
    """What is compared."""
    differs: bool = False
    """Whether it is another answer than the one that most documents give."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: one thing that documents state, and what each of them says."""

    name: str
    """A fact's name, an aspect's, `roles`, one of its own (`kind`, `area`, `variant_of`), or `section:impact`."""
    answers: tuple[Answer, ...]
    differs: bool
    section: str | None = None
    """Of the words under a heading, that heading; empty for those under the title, or behind the steps."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step, and the document that it stands in."""

    document: Document
    step: Step


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a step says beside its words, where the steps beside it say something else."""

    name: str
    """As in `matching.aspects`: `role`, `expect`; or `details`."""
    text: str | None
    """None where this step does not say it and another one does."""
    parts: tuple[Piece, ...] = ()
    """Word by word against what most of them say; empty where the whole is told."""
    differs: bool = False
    """Whether most of them say something else."""


@dataclass(frozen=True, slots=True)
class StepCell:
    """One document's step in a row of steps."""

    stepped: Stepped
    likeness: float
    """How alike its words are to the step of this row, from 0 to 1; 1 where the id or the words are the same."""
    moved: bool = False
    """Whether it stands at another place among its steps than in the documents before."""
    wording: tuple[Piece, ...] = ()
    """Its sentence word by word against the step that it is compared with; empty where the words are the same."""
    said: tuple[Said, ...] = ()
    differs: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """Steps that are the same one, one at most for each document."""

    number: int
    cells: tuple[StepCell | None, ...]
    stands: tuple[int | None, ...] = ()
    """For each document the row in which it has this step: this one, another one where it moved, or None."""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents side by side."""

    items: tuple[Document, ...]
    rows: tuple[Compared, ...]
    steps: tuple[StepRow, ...] | None
    """None where nobody asked for them."""

    @property
    def counts(self) -> tuple[int, int]:
        """How many rows differ, and how many there are."""
        differ = [row.differs for row in self.rows] + [row.differs for row in self.steps or ()]
        return sum(differ), len(differ)
