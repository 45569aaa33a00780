"""Suspect documents: those whose process or called procedure changed in substance since their own last review."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.diff import Because, Diff, Note, Side, Suspect, diff_of, note
from handrail.diff.places import page_path
from handrail.handbook import Version, read_two
from handrail.history.ages import Ages
from handrail.history.substance import is_of_substance
from handrail.model import Document, Handbook
from handrail.settings import Settings
from handrail.sources import Commit, Objects, Sources

MOST_NEW, MOST_OTHERS = 1_000, 100
"""So many earlier versions of pages are read that the change at hand touches, and of others."""
_REVIEWED = "review.last"


@dataclass(frozen=True, slots=True)
class Suspects:
    """The suspect documents, and what was not looked at."""

    found: tuple[Suspect, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, eq=False)
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
    times = _Times(diff, before, after, ages, objects)
    found: dict[str, list[tuple[_Reliance, Because]]] = {}
    olds = {one: times.then(one) for one in _reliances(before, after)}
    changed = sorted((one for one, old in olds.items() if old.text != after.texts.get(one.on.path)), key=times.order)
    new = sum(one.on.id in times.now for one in changed)
    wanted = dict.fromkeys(olds[one] for one in changed)
    read = list(wanted)[: min(new, MOST_NEW) + MOST_OTHERS]
    counts = _counts(read, times)
    for one in changed:
        count = counts.get((olds[one], one.on.anchor), 0)
        if count:
            found.setdefault(one.document.id, []).append((one, _because(one, count, times)))
    notes = []
    if len(wanted) > len(read):
        notes.append(note("suspects unread", number=f"{len(wanted) - len(read):,}"))
    older = [one.reviewed for one, old in olds.items() if old.before_all]
    if older and not ages.line.complete:
        notes.append(note("reviewed before", day=min(older), oldest=ages.line.commits[-1].day))
    return Suspects(tuple(sorted((_suspect(because, after) for because in found.values()), key=_order)), tuple(notes))


def _because(one: _Reliance, count: int, times: _Times) -> Because:
    commit = _last_change(one.on.path, times)
    name, day = (commit.name, commit.day) if commit else (None, None)
    return Because(one.how, one.on.id, one.on.title, count, name, day, one.on.id in times.now)


def _suspect(because: Sequence[tuple[_Reliance, Because]], after: Side) -> Suspect:
    one = because[0][0]
    path = page_path(one.document.path, after)
    return Suspect(one.document.id, one.document.title, path, one.reviewed, tuple(reason for _, reason in because))


def _order(suspect: Suspect) -> tuple[bool, str, str]:
    return not suspect.new, suspect.title, suspect.document


@dataclass(frozen=True, slots=True)
class _Old:
    """A page as it was at a review."""

    path: str
    """What it is called now."""
    text: str | None
    """None where it was not there."""
    before_all: bool
    """Whether the review is older than every commit that was looked at."""


@dataclass(frozen=True)
class _Times:
    """What is needed to compare a page of now with one of then."""

    diff: Diff
    before: Side
    after: Side
    ages: Ages
    objects: Objects

    @functools.cached_property
    def now(self) -> frozenset[str]:
        """The ids of the documents that this very change touches in substance."""
        return frozenset(change.fact.document for change in self.diff.changes if is_of_substance(change))

    def then(self, one: _Reliance) -> _Old:
        """Return the page that a document relies on, as it was in the newest commit of the day of its review."""
        commits = self.ages.line.commits
        place = self._place_of(one.reviewed)
        age = self.ages.at(one.on.path, len(commits) - 1 if place is None else place)
        return _Old(one.on.path, self.objects.text(age.blob) if age is not None else None, place is None)

    @functools.cached_property
    def _place_of(self) -> Callable[[str], int | None]:
        commits = self.ages.line.commits

        @functools.cache
        def place_of(day: str) -> int | None:
            return next((place for place, commit in enumerate(commits) if commit.day <= day), None)

        return place_of

    def order(self, one: _Reliance) -> tuple[bool, list[int], str]:
        """Return a key that puts what this change touches first, then what was reviewed last."""
        return one.on.id not in self.now, [-int(part) for part in one.reviewed.split("-")], one.on.path


def _counts(olds: Sequence[_Old], times: _Times) -> Mapping[tuple[_Old, str | None], int]:
    """Return an earlier version of a page and the anchor of a document -> how much of substance is different since."""
    waiting = list(olds)
    found: dict[tuple[_Old, str | None], int] = {}
    while waiting:
        # One version of each page at a time, so that pages that belong together are read together.
        batch = {old.path: old for old in reversed(waiting)}
        waiting = [old for old in waiting if batch[old.path] is not old]
        for (path, anchor), count in _differences(batch.values(), times).items():
            found[batch[path], anchor] = count
    return found


def _differences(olds: Iterable[_Old], times: _Times) -> Mapping[tuple[str, str | None], int]:
    texts = times.after.texts
    then = {old.path: old.text for old in olds}
    roles = {role.path for role in times.after.handbook.roles if role.own_page} - then.keys()
    around = {path: texts[path] for path in roles if path in texts}
    old = around | {path: text for path, text in then.items() if text is not None}
    new = around | {path: texts[path] for path in then if path in texts}
    # Read with the rules of now, and judged by those of before.
    options = replace(times.after.options, changes=times.before.options.changes)
    settings = Settings(Path(), options)
    first, second = read_two(Version(Sources(old), settings), Version(Sources(new), settings))
    changes = diff_of(Side("then", first, old, options), Side("now", second, new, options)).changes
    counted = Counter(change.fact.document for change in changes if is_of_substance(change))
    documents = (*second.processes, *second.procedures)
    return {(one.path, one.anchor): counted[one.id] for one in documents if one.path in then}


def _last_change(path: str, times: _Times) -> Commit | None:
    """Return the last commit that changed a page; None where it is changed and not committed."""
    known = times.ages.of.get(path, ())
    if not known or known[0].newest or times.objects.text(known[0].blob) != times.after.texts.get(path):
        return None
    return times.ages.line.commits[known[0].oldest]
