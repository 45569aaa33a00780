"""A CODEOWNERS file as GitHub or GitLab reads it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, get_args

from handrail.dataclass import dataclass
from handrail.owners.patterns import matcher

Forge = Literal["github", "gitlab"]
FORGES: tuple[Forge, ...] = get_args(Forge)
PLACES: Mapping[Forge, tuple[str, ...]] = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
"""Where a forge looks for the file; the first one counts."""
_SECTION = re.compile(r"(\^)?\[([^\]]+)\](?:\[(\d+)\])?(.*)\Z")
_WORD = re.compile(r"(?:\\.|\S)+")
_OWNER = re.compile(r"@\S+|[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: whose approval the files of a pattern need."""

    line: int
    pattern: str
    owners: tuple[str, ...]
    section: str = ""
    optional: bool = False
    """Whether the approval of this section is only asked for."""
    excludes: bool = False
    """Whether its files need no approval in this section, whatever another line says."""


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """What a CODEOWNERS file says."""

    path: str
    forge: Forge
    rules: tuple[Rule, ...]
    wrong: tuple[tuple[int, str], ...] = ()
    """Lines that the forge leaves out, with why."""

    def asked_for(self, file: str) -> tuple[Rule, ...]:
        """Return the rules that hold for a file: of each section the last one that matches it."""
        last: dict[str, Rule] = {}
        excluded: set[str] = set()
        for rule in self.rules:
            if matcher(rule.pattern, self.forge)(file):
                last[rule.section] = rule
                excluded |= {rule.section} if rule.excludes else set()
        return tuple(rule for section, rule in last.items() if section not in excluded)


def place_of(files: Collection[str], forge: Forge) -> str | None:
    """Return which CODEOWNERS file a forge goes by."""
    return next((place for place in PLACES[forge] if place in files), None)


def forge_of(files: Collection[str]) -> Forge:
    """Return which forge the files of a repository are made for; GitHub where nothing says so."""
    theirs = any(file == ".gitlab-ci.yml" or file.startswith(".gitlab/") for file in files)
    ours = any(file.startswith(".github/") for file in files)
    return "gitlab" if theirs and not ours else "github"


def code_owners(text: str, path: str, forge: Forge) -> CodeOwners:
    """Return what the file says, as one forge reads it."""
    rules: list[Rule] = []
    wrong: list[tuple[int, str]] = []
    section, optional = "", False
    defaults: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        said = line.strip()
        head = _SECTION.match(said) if forge == "gitlab" else None
        if not said or said.startswith("#"):
            continue
        if head:
            # The same section may go on further below; its name has no case.
            section, optional, defaults = head[2].casefold(), bool(head[1]), _owners(head[4])
            continue
        pattern, *words = _words(said, forge)
        problem = _problem(pattern, words, forge)
        if problem:
            wrong.append((number, problem))
            if forge == "github":
                continue
        excludes = forge == "gitlab" and pattern.startswith("!")
        owners = _owners(" ".join(words)) or defaults
        rules.append(
            Rule(number, pattern.removeprefix("!") if excludes else pattern, owners, section, optional, excludes)
        )
    return CodeOwners(path, forge, tuple(rules), tuple(wrong))


def _words(line: str, forge: Forge) -> Sequence[str]:
    """Return the pattern and the words behind it; a blank in a pattern is escaped, a comment ends the line."""
    words = _WORD.findall(line)
    if forge == "github":
        end = next((place for place, word in enumerate(words) if place and word.startswith("#")), len(words))
        words = words[:end]
    return words


def _owners(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in text.split() if _OWNER.fullmatch(word)))


def _problem(pattern: str, words: Sequence[str], forge: Forge) -> str | None:
    """Return why a forge leaves a line, or a word of it, out."""
    strange = [word for word in words if not _OWNER.fullmatch(word)]
    if strange:
        return f"`{strange[0]}` is no owner: it wants `@name`, `@group/team` or an address"
    if forge == "github":
        signs: Iterator[str] = (sign for sign, found in (("!", pattern[0] == "!"), ("[", "[" in pattern)) if found)
        sign = next(signs, None)
        return f"GitHub knows no `{sign}` in a pattern" if sign else None
    return None
