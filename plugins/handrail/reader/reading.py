"""How a handbook is read."""

from __future__ import annotations

from pathspec.gitignore import GitIgnoreSpec

from handrail.dataclass import dataclass
from handrail.options import Glob, Options
from handrail.reader.grammar import Grammar
from handrail.reader.roles import Register


@dataclass(frozen=True, slots=True)
class Reading:
    """How a handbook is read: its options, words, globs and registered roles."""

    options: Options
    grammar: Grammar
    globs: tuple[tuple[GitIgnoreSpec, Glob], ...]
    register: Register
    registered: bool
    titles: dict[str, str]
    """Path -> title in the navigation."""
