"""Facts put together: several values, and one said twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.model import Stated
from handrail.problems import Problem
from handrail.reader.grammar import key
from handrail.words.table import Words

LISTS = (
    "roles",
    "approved_by",
    "supersedes",
    "clauses",
    "inputs",
    "outputs",
    "indicators",
    "prerequisites",
    "process",
    "part_of",
    "trigger",
    "fields",
    "states",
    "feedback",
    "may_not",
    "competence",
)
"""Facts that may have several values."""
_DECLARED_ONLY = ("title", "area", "order")
"""What only front matter and comments say of a document."""
_OF_ROLES_AND_RECORDS = {
    "role": ("stand_in", "named_by", "may_not"),
    "record": ("template", "fields", "states", "kept", "kept_for"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What some part of a page states about a document."""

    values: Mapping[str, tuple[Stated, ...]]
    aspects: tuple[tuple[str, Stated], ...] = ()
    lines: frozenset[int] = frozenset()
    """Lines of the blocks that the facts were read from."""
    problems: tuple[Problem, ...] = ()


def joined(parts: Sequence[Facts], path: str, gather: bool = False) -> Facts:
    """Return several parts as one; the first one that states a fact holds, a different one is a problem.

    With `gather`, facts that may have several values are put together instead: a text may state them in
    several places.
    """
    values: dict[str, tuple[Stated, ...]] = {}
    aspects: dict[str, Stated] = {}
    problems = [problem for part in parts for problem in part.problems]
    for part in parts:
        for name, stated in part.values.items():
            if name not in values:
                values[name] = stated
            elif gather and name in LISTS:
                values[name] = (*values[name], *stated)
            elif differently(values[name], stated):
                problems.append(said_twice(path, name, values[name][0], stated[0]))
        for name, said in part.aspects:
            aspects.setdefault(name, said)
    lines = frozenset(line for part in parts for line in part.lines)
    return Facts(values, tuple(aspects.items()), lines, tuple(problems))


_VERSION = re.compile(r"(?:version|revision|rev|v)\.? ?(?=\d)")
"""What may stand before the number of a version."""


def differently(first: Sequence[Stated], second: Sequence[Stated]) -> bool:
    """Whether two places state a fact with other words; `v2.1` says what `2.1` says."""
    said, again = ({_VERSION.sub("", key(stated.text), count=1) for stated in one} for one in (first, second))
    return said != again


def said_twice(path: str, name: str, first: Stated, second: Stated) -> Problem:
    """Return the problem that a fact is stated twice, and differently."""
    message = f"`{name}` is said twice and differently: {first.text!r} in line {first.line}, {second.text!r} here."
    return Problem("said-twice", "warning", path, second.line, second.column, message, "Keep one of the two.")


def fits_kind(name: str, kind: str) -> bool:
    """Whether the text of a document of a kind can state such a fact."""
    return name not in _DECLARED_ONLY and all(
        name not in names or kind == owner for owner, names in _OF_ROLES_AND_RECORDS.items()
    )


def values_of(name: str, words: Words) -> Mapping[str, tuple[str, ...]]:
    """Return the values that a fact can have, each with its spellings; nothing for a fact that takes any text."""
    return {"status": words.statuses, "risk": words.risks}.get(name, {})


def normal(stated: Stated, name: str, words: Words) -> Stated | None:
    """Return a value by the name that Handrail has for it; None where it has none."""
    value = value_of(stated.text, name, words)
    return replace(stated, text=value) if value is not None else None


def value_of(text: str, name: str, words: Words) -> str | None:
    """Return the value of a fact that a text spells; None where it spells none."""
    said = key(text)
    known = values_of(name, words).items()
    return next((value for value, spellings in known if said in (value, *spellings)), None)


def normalised(values: Mapping[str, tuple[Stated, ...]], words: Words) -> dict[str, tuple[Stated, ...]]:
    """Return facts with the values that Handrail has a name for under that name, wherever they are stated."""
    return {name: tuple(normal(one, name, words) or one for one in stated) for name, stated in values.items()}


def flat_text(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
