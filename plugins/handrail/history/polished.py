"""Steps that are polished again and again while what they are for never changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.diff import Diff, Note, Polished, Side, note
from handrail.handbook import Version, read_versions
from handrail.history.ages import Age, Ages
from handrail.history.substance import is_of_substance
from handrail.matching import words_of
from handrail.model import Document, Handbook
from handrail.settings import Settings
from handrail.sources import Objects, Sources

OFTEN = 5
"""So many commits that changed the steps are often."""
MOST_VERSIONS = 150
"""So many versions of pages are read; a report that needed more says so."""
_PURPOSE = ("purpose", "customer", "indicators", "feedback")

Outcome = tuple[tuple[str, ...], ...]
"""What a process says that it is for, as words."""


@dataclass(frozen=True, slots=True)
class PolishedProcesses:
    """The processes whose steps alone change, and what was not looked at."""

    found: tuple[Polished, ...]
    notes: tuple[Note, ...] = ()


def pages_of_polished(diff: Diff, after: Side) -> Iterator[str]:
    """Yield the pages whose past has to be known: those of the processes that steps of this change belong to."""
    for process, procedures in _touched(diff, after).values():
        yield from (one.path for one in (process, *procedures))


def _touched(diff: Diff, after: Side) -> Mapping[str, tuple[Document, list[Document]]]:
    """Return id of a process -> the process and its procedures, where this change touches steps of one of them."""
    book = after.handbook
    changed = {
        change.fact.document for change in diff.changes if change.fact.what == "step" and is_of_substance(change)
    }
    renewed = {change.fact.document for change in diff.changes if change.class_ == "outcome"}
    inside: dict[str, list[Document]] = {}
    for procedure in book.procedures:
        homes = [process.id for process, _ in book.homes.get(procedure.id, ())]
        for home in dict.fromkeys((*homes, *procedure.values("process"))):
            inside.setdefault(home, []).append(procedure)
    return {
        process.id: (process, inside[process.id])
        for process in book.processes
        if process.id not in renewed and any(one.id in changed for one in inside.get(process.id, ()))
    }


def polished_by(diff: Diff, after: Side, ages: Ages, objects: Objects) -> PolishedProcesses:
    """Return the processes of this change whose steps changed often, and never what they are for."""
    # The versions of a process itself are few, and those of the procedures need not be read where they changed seldom.
    touched = [row for row in _touched(diff, after).values() if _came_often(row[1], ages)]
    wanted = list(
        dict.fromkeys((path, age) for row in touched for path in _paths(*row) for age in ages.of.get(path, ()))
    )
    looked_at = sorted(wanted, key=_newest_first)[:MOST_VERSIONS]
    books = dict(zip(((path, age.blob) for path, age in looked_at), _read(looked_at, after, objects), strict=True))
    found = [one for process, procedures in touched for one in _polished(process, procedures, ages, books)]
    notes = (note("versions read", number=str(MOST_VERSIONS)),) if len(wanted) > len(looked_at) else ()
    return PolishedProcesses(tuple(sorted(found, key=lambda one: (one.title, one.process))), notes)


def _paths(process: Document, procedures: Iterable[Document]) -> Mapping[str, None]:
    return dict.fromkeys(one.path for one in (process, *procedures))


def _came_often(procedures: Iterable[Document], ages: Ages) -> bool:
    paths = dict.fromkeys(one.path for one in procedures)
    return len({age.oldest for path in paths for age in ages.of.get(path, ())[:-1]}) >= OFTEN


def _polished(
    process: Document, procedures: Iterable[Document], ages: Ages, books: Mapping[tuple[str, str], Handbook]
) -> Iterator[Polished]:
    times = _changes_of_steps(dict.fromkeys(one.path for one in procedures), ages, books)
    said = {_outcome(books.get((process.path, age.blob)), process) for age in ages.of.get(process.path, ())}
    outcomes = [outcome for outcome in said if outcome is not None]
    if len(times) >= OFTEN and len(outcomes) <= 1:
        since = min(ages.line.commits[place].day for place in times)
        yield Polished(process.id, process.title, len(times), since, any(any(outcome) for outcome in outcomes))


def _newest_first(one: tuple[str, Age]) -> tuple[int, str]:
    return one[1].newest, one[0]


def _read(ages: Iterable[tuple[str, Age]], after: Side, objects: Objects) -> Iterator[Handbook]:
    """Yield what each version of a page says, read with the rules of now."""
    roles = {role.path: after.texts[role.path] for role in after.handbook.roles if role.path in after.texts}
    settings = Settings(Path(), after.options)
    texts = ({**roles, path: objects.text(age.blob) or ""} for path, age in ages)
    return read_versions(Version(Sources(text), settings) for text in texts)


def _changes_of_steps(paths: Iterable[str], ages: Ages, books: Mapping[tuple[str, str], Handbook]) -> set[int]:
    """Return the places of the commits that changed the words of steps on some pages."""
    found: set[int] = set()
    for path in paths:
        known = [(age, books[path, age.blob]) for age in ages.of.get(path, ()) if (path, age.blob) in books]
        for (age, book), (_, older) in itertools.pairwise(known):
            if _step_words(book, path) != _step_words(older, path):
                found.add(age.oldest)
    return found


def _step_words(book: Handbook, path: str) -> list[tuple[str, ...]]:
    documents = [one for one in (*book.processes, *book.procedures) if one.path == path]
    return [words_of(step.body or step.text) for one in documents for step in one.all_steps()]


def _outcome(book: Handbook | None, process: Document) -> Outcome | None:
    """Return what a version of a process says that it is for; None where the page was no process yet."""
    known = [one for one in book.processes if one.path == process.path] if book is not None else []
    if not known:
        return None
    same = next((one for one in known if one.anchor == process.anchor), known[0])
    return tuple(words_of(same.fact(name) or "") for name in _PURPOSE)
