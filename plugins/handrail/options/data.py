"""What a handbook may set, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from handrail.dataclass import dataclass
from handrail.days import Span
from handrail.words import words_of
from handrail.words.table import Words

KINDS = ("process", "procedure", "role", "record")

Class = Literal["outcome", "execution", "responsibility", "control", "interface", "compliance", "editorial"]
Weight = Literal["breaking", "notable", "minor"]
CLASSES: tuple[Class, ...] = get_args(Class)
"""What a change touches, as a review tells them apart."""
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
"""How much a change matters, from the heaviest to the lightest."""

BUILT_IN_KEYS: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner", "owner_slack", "process_owner", "document_owner"),
    "review.last": (
        "last_reviewed_on",
        "last_reviewed_at",
        "last_review_date",
        "last_reviewed",
        "last_review",
        "last_reviewed_date",
        "reviewed_on",
    ),
    "review.every": (
        "review_in",
        "review_every",
        "review_cycle",
        "review_interval",
        "review_frequency",
        "review_period",
    ),
    "review.next": ("next_review", "review_by", "next_review_date", "review_due", "review_due_date", "next_review_due"),
    "version": ("version", "revision"),
    "effective": ("effective_date", "effective"),
    "approved_by": ("approved_by", "approver", "approvers"),
    "supersedes": ("supersedes",),
    "clauses": ("clauses",),
    "status": ("status", "document_status"),
}
"""Fact -> the front-matter keys outside of `handrail:` that state it; from 78 real handbooks.

A status counts where its word is one of those that there are: other tools have values of their own for it.
"""


@dataclass(frozen=True, slots=True)
class Register:
    """A role or record that the options name without a page of its own."""

    title: str
    aliases: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a standard."""

    number: str
    title: str = ""
    excluded: str | None = None
    """Why it does not apply; None where it applies."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard with the clauses that the handbook has to cover."""

    name: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Glob:
    """What the pages that a pattern matches are."""

    pattern: str
    kind: str
    steps: str | None = None
    """`headings` where all headings one level down are steps."""


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """How a kind of change is judged where the handbook says so; None where it leaves it as it is."""

    name: str
    class_: Class | None = None
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What a handbook sets under `plugins: - handrail:`; each field is one row of `OPTIONS`."""

    kinds: tuple[Glob, ...] = ()
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    roles: tuple[Register, ...] = ()
    records: tuple[Register, ...] = ()
    languages: tuple[str, ...] = ("en",)
    recognise: tuple[tuple[str, object], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    lists: str = "indent"
    folder: str = "handrail"
    navigation: bool = True
    runs: bool = True
    accessible: bool = True
    changes: tuple[ChangeRule, ...] = ()
    clauses: tuple[Standard, ...] = ()
    ask: str = ""
    valid_for: Span | None = None
    controlled: bool | str = False
    sanitize: str = "off"
    handles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    history: str = ""
    review: str = ""

    def recognised(self) -> Words:
        """Return the table of words that the handbook is read with."""
        return words_of(self.languages, dict(self.recognise))

    def spellings(self, fact: str) -> tuple[str, ...]:
        """Return the front-matter keys outside of `handrail:` that state a fact, the handbook's own first."""
        return (*dict(self.keys).get(fact, ()), *BUILT_IN_KEYS.get(fact, ()))
