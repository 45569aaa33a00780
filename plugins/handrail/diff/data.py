"""A change as data: what is different, where it stands on both sides, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from handrail.dataclass import dataclass
from handrail.decisions import Decision
from handrail.graph import Graph
from handrail.model import DocumentKind, Handbook
from handrail.options import Class, Options, Weight

What = Literal["document", "field", "step", "text"]
How = Literal["added", "removed", "moved", "renamed", "reworded", "changed", "split", "merged", "copied"]


@dataclass(frozen=True, slots=True)
class Note:
    """What the readers of a report must know of how it was made; said in the language of the handbook."""

    name: str
    """What the table of words calls it: `unread`, `by blocks`."""
    values: tuple[tuple[str, str], ...] = ()
    """What the sentence names: `path`, `number`."""

    def said(self, words: Mapping[str, str]) -> str:
        """Return the sentence, out of a language's table of words."""
        values = {name: words.get(f"review.side.{value}", value) for name, value in self.values}
        return words[f"review.note.{self.name}"].format(**values)


def note(name: str, **values: str) -> Note:
    """Return a note with what its sentence names."""
    return Note(name, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Side:
    """A handbook as it is compared."""

    name: str
    """What the user calls it: a revision, a folder, `working tree`."""
    handbook: Handbook
    texts: Mapping[str, str]
    """Path -> text of each page."""
    options: Options
    notes: tuple[Note, ...] = ()
    """What could not be compared on this side, as sentences."""
    decisions: tuple[Decision, ...] = ()
    """What reviewers decided about changes."""
    fault: str = ""
    """Why the decisions of this side cannot be read."""
    folder: str = ""
    """The folder of the pages, as reports name it: below the root of the repository."""
    config: str = "mkdocs.yml"
    """The configuration, named likewise."""


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
class Said:
    """What the message of a commit says about the change."""

    text: str
    commit: str


@dataclass(frozen=True, slots=True)
class Because:
    """What a document relies on, and that it is another since."""

    how: str
    """its process | calls | hands over to"""
    document: str
    title: str
    changes: int
    """How many things of substance are different."""
    commit: str | None
    """The last commit that changed it; None where that is not committed."""
    day: str | None
    new: bool
    """Whether this very change is one of those that count."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A document whose process or called procedure changed in substance since its own last review."""

    document: str
    title: str
    path: str
    reviewed: str
    """The day of its last review, YYYY-MM-DD."""
    because: tuple[Because, ...]

    @property
    def new(self) -> bool:
        """Whether this very change makes it one, or one more time."""
        return any(because.new for because in self.because)


@dataclass(frozen=True, slots=True)
class Polished:
    """A process whose steps change again and again, and what it is for never does."""

    process: str
    title: str
    times: int
    """How many commits changed the steps of its procedures."""
    since: str
    """The day from which on it was looked at, YYYY-MM-DD."""
    stated: bool
    """Whether it says at all what it is for."""


Mark = Literal["added", "removed", "changed", "moved"]
"""What became of a node or an arrow."""
Arrow = tuple[str, str, str]
"""The node that an arrow leaves, the one that it leads to, and its label."""


@dataclass(frozen=True, slots=True)
class FlowChange:
    """The flow of a document before and after, and what differs."""

    before: Graph
    after: Graph
    nodes_before: Mapping[str, Mark]
    nodes_after: Mapping[str, Mark]
    edges_before: Mapping[Arrow, Mark]
    edges_after: Mapping[Arrow, Mark]
    names: Mapping[str, str]
    """Id of each node before -> what it is called after, whether it is there or not."""


@dataclass(frozen=True, slots=True)
class Found:
    """All facts between two handbooks."""

    facts: tuple[Fact, ...]
    other_pages: tuple[str, ...] = ()
    """Pages of no kind whose words changed."""
    notes: tuple[Note, ...] = ()
    flows: tuple[FlowChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one handbook to another."""

    base: str
    head: str
    changes: tuple[Change, ...]
    other_pages: tuple[str, ...] = ()
    """Pages of no kind that changed; Handrail does not read them."""
    notes: tuple[Note, ...] = ()
    """What could not be compared, or was compared less exactly."""
    impact: tuple[Touched, ...] = ()
    """Whom and what the changes reach."""
    suspects: tuple[Suspect, ...] = ()
    polished: tuple[Polished, ...] = ()
    reasons: tuple[Said, ...] = ()
    """What the commits name as the reason."""
    approvals: tuple[Said, ...] = ()
    """Who approved it, as the commits say."""
    flows: tuple[FlowChange, ...] = ()
    """The flows that are others than before."""
    language: str = "en"
    """In which language a report tells it: that of the handbook."""
