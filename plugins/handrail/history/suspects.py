"""Suspect documents: those whose process or called procedure changed in substance since their own last review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handrail.diff import Because, Diff, Side, Suspect, diff_of
from handrail.handbook import Version, read_two
from handrail.history.ages import Ages
from handrail.history.substance import is_of_substance
from handrail.model import Document, Handbook
from handrail.settings import Settings
from handrail.sources import Commit, Objects, Sources

MOST_DAYS = 60
"""So many days of review are looked at, the latest first; a report that needed more says so."""
_REVIEWED = "review.last"


@dataclass(frozen=True, slots=True)
class Suspects:
    """The suspect documents, and what was not looked at."""

    found: tuple[Suspect, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reliance:
    """A document that relies on another one, and the day of its own last review."""

    document: Document
    reviewed: str
    how: str
    on: Document


def pages_relied_on(before: Side, after: Side) -> Iterator[str]:
    """Yield the pages whose past has to be known."""
    return (one.on.path for one in _reliances(before, after))


def _reliances(before: Side, after: Side) -> Iterator[_Reliance]:
    """Yield what each reviewed document relies on; one that is reviewed with this very change relies on nothing old."""
    book = after.handbook
    for document in (*book.processes, *book.procedures):
        day = _day(document.fact(_REVIEWED))
        old = before.handbook.documents.get(document.id)
        renewed = old is not None and _day(old.fact(_REVIEWED)) != day
        if day is None or renewed or not document.own_page:
            continue
        for how, other in _relied_on(document, book):
            if other.path != document.path or other.anchor != document.anchor:
                yield _Reliance(document, day, how, other)


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat((text or "").strip()).isoformat()
    except ValueError:
        return None


def _relied_on(document: Document, book: Handbook) -> Iterator[tuple[str, Document]]:
    """Yield the processes of a document and the procedures that it calls, each once."""
    homes = [process.id for process, _ in book.homes.get(document.id, ())]
    named = [("its process", name) for name in (*homes, *document.values("process"))]
    for how, of in (("calls", "calls"), ("hands over to", "hands_over")):
        named += [(how, name) for step in document.all_steps() for name in getattr(step, of)]
    seen: set[str] = set()
    for how, name in named:
        other = book.documents.get(name)
        if other is not None and other.own_page and other.id not in seen and other.id != document.id:
            seen.add(other.id)
            yield how, other


def suspects_of(diff: Diff, before: Side, after: Side, ages: Ages, objects: Objects) -> Suspects:
    """Return the suspect documents of the version after."""
    by_place: dict[int, list[_Reliance]] = {}
    older: set[str] = set()
    for one in _reliances(before, after):
        place = _place_at(one.reviewed, ages.line.commits)
        if place is None:
            older.add(one.reviewed)
        by_place.setdefault(len(ages.line.commits) - 1 if place is None else place, []).append(one)
    places = sorted(by_place)[:MOST_DAYS]
    found: dict[str, list[tuple[_Reliance, Because]]] = {}
    for place in places:
        for one, because in _at(by_place[place], place, _Times(diff, before, after, ages, objects)):
            found.setdefault(one.document.id, []).append((one, because))
    notes = []
    if len(by_place) > len(places):
        notes.append(f"Only the {MOST_DAYS} latest days of review were looked at for suspect documents.")
    if older and not ages.line.complete:
        notes.append(f"Documents were reviewed on {min(older)}, before the oldest commit that was looked at "
                     f"({ages.line.commits[-1].day}); what changed before that day is not seen.")  # fmt: skip
    return Suspects(tuple(sorted(map(_suspect, found.values()), key=_order)), tuple(notes))


def _suspect(because: Sequence[tuple[_Reliance, Because]]) -> Suspect:
    one = because[0][0]
    return Suspect(
        one.document.id, one.document.title, one.document.path, one.reviewed, tuple(reason for _, reason in because)
    )


def _order(suspect: Suspect) -> tuple[bool, str, str]:
    return not suspect.new, suspect.title, suspect.document


def _place_at(day: str, commits: Sequence[Commit]) -> int | None:
    """Return the place of the newest commit of a day or before; None where all are younger."""
    return next((place for place, commit in enumerate(commits) if commit.day <= day), None)


@dataclass(frozen=True, slots=True)
class _Times:
    """What is needed to compare a page of now with one of then."""

    diff: Diff
    before: Side
    after: Side
    ages: Ages
    objects: Objects

    def then(self, path: str, place: int) -> str | None:
        """Return the text of a page at a commit; None where it was not there."""
        age = self.ages.at(path, place)
        return self.objects.text(age.blob) if age is not None else None


def _at(reliances: Sequence[_Reliance], place: int, times: _Times) -> Iterator[tuple[_Reliance, Because]]:
    """Yield each document that relies on something which is another than it was at a commit, and why."""
    paths = dict.fromkeys(one.on.path for one in reliances)
    then = {path: times.then(path, place) for path in paths}
    changed = {path: text for path, text in then.items() if text != times.after.texts.get(path)}
    if not changed:
        return
    counts = _counts(changed, times)
    now = {change.fact.document for change in times.diff.changes if is_of_substance(change)}
    for one in reliances:
        count = counts.get((one.on.path, one.on.anchor), 0)
        if count:
            commit = _last_change(one.on.path, times)
            day = commit.day if commit else None
            yield one, Because(one.how, one.on.id, one.on.title, count, commit.name if commit else None, day,
                               one.on.id in now)  # fmt: skip


def _counts(then: Mapping[str, str | None], times: _Times) -> Mapping[tuple[str, str | None], int]:
    """Return path and anchor of a document -> how many things of substance are different from then."""
    texts = times.after.texts
    roles = {role.path for role in times.after.handbook.roles if role.own_page} - then.keys()
    around = {path: texts[path] for path in roles if path in texts}
    old = around | {path: text for path, text in then.items() if text is not None}
    new = around | {path: texts[path] for path in then if path in texts}
    # Read with the rules of now, and judged by those of before.
    options = replace(times.after.options, changes=times.before.options.changes)
    settings = Settings(Path(), options)
    first, second = read_two(Version(Sources(old), settings), Version(Sources(new), settings))
    found = diff_of(Side("then", first, old, options), Side("now", second, new, options))
    counted: dict[str, int] = {}
    for change in found.changes:
        if is_of_substance(change):
            counted[change.fact.document] = counted.get(change.fact.document, 0) + 1
    documents: Iterable[Document] = (*second.processes, *second.procedures)
    return {(one.path, one.anchor): counted.get(one.id, 0) for one in documents}


def _last_change(path: str, times: _Times) -> Commit | None:
    """Return the last commit that changed a page; None where it is changed and not committed."""
    known = times.ages.of.get(path, ())
    if not known or known[0].newest or times.objects.text(known[0].blob) != times.after.texts.get(path):
        return None
    return times.ages.line.commits[known[0].oldest]
