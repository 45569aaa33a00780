"""What the commits add to a comparison: reasons, approvals, suspect documents, and steps that are only polished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.diff import Diff, Note, Said, Side, note
from handrail.history.ages import ages_of
from handrail.history.asof import APPROVAL, REASON
from handrail.history.kept import Kept
from handrail.history.polished import pages_of_polished, polished_by
from handrail.history.suspects import pages_relied_on, suspects_of
from handrail.sources import Line, Objects, Repository, commits_between, first_parents


@dataclass(frozen=True, slots=True)
class Between:
    """Two commits of the repository that holds a handbook."""

    handbook: Kept
    base: str
    head: str
    docs: str
    """Where the pages lie, below the root of the repository."""


def with_past(diff: Diff, before: Side, after: Side, between: Between) -> Diff:
    """Return a comparison with what the commits say about it; without changes there is nothing to say."""
    if not diff.changes:
        return diff
    with Objects(between.handbook.repository) as objects:
        merged = commits_between(objects, between.base, between.head)
        said = replace(diff, reasons=_said(merged, REASON), approvals=_said(merged, APPROVAL))
        pages = {*pages_relied_on(before, after), *pages_of_polished(said, after)}
        if not pages:
            return replace(said, notes=(*said.notes, *_notes(merged, None, between.handbook.repository)))
        line = first_parents(objects, between.head)
        ages = ages_of(pages, line, between.docs, objects)
        suspects = suspects_of(said, before, after, ages, objects)
        polished = polished_by(said, after, ages, objects)
    notes = (*said.notes, *_notes(merged, line, between.handbook.repository), *suspects.notes, *polished.notes)
    return replace(said, suspects=suspects.found, polished=polished.found, notes=notes)


def _said(line: Line, key: str) -> tuple[Said, ...]:
    """Return what the commits say under a key, the oldest first, each text once."""
    said = {text: commit.name for commit in line.commits for text in commit.trailers(key)}
    return tuple(Said(text, name) for text, name in reversed(said.items()))


def _notes(merged: Line, line: Line | None, repository: Repository) -> Iterator[Note]:
    """Yield what the commits do not tell, because not all of them are here or were looked at."""
    older = line if line is not None and line.commits and not line.complete else None
    if not merged.complete:
        yield note("commits lost")
    if older is not None:
        yield note("looked back to", day=older.commits[-1].day, number=f"{len(older.commits):,}")
    if repository.shallow and (older is not None or not merged.complete):
        yield note("shallow")
