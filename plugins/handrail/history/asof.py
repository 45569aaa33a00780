"""Which documents were in force on a day: by the commits that brought them, and by the days that they state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from handrail.dataclass import dataclass
from handrail.handbook import Version, read_handbook, read_versions
from handrail.history.ages import Age, Ages, ages_of
from handrail.history.kept import Kept, docs_folder, version_in_tree
from handrail.model import Document, Handbook
from handrail.problems import HandrailError
from handrail.sources import Commit, Line, Objects, Sources, Tree, commits_between, first_parents

MOST_COMMITS = 20_000
"""So far back is looked; a report that needed more says so."""
REASON, APPROVAL = "Change-reason", "Approved-by"
_NOT_YET = ("draft", "in review")
_NO_MORE = ("superseded", "withdrawn")


@dataclass(frozen=True, slots=True)
class InForce:
    """A document that was in force, and the commit that brought it as it was."""

    document: Document
    commit: str
    merged: str
    """The day of that commit, YYYY-MM-DD."""
    reasons: tuple[str, ...]
    """As the commits say, else as the page says; empty where neither does."""
    approvals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A document that lay in the handbook and was not in force."""

    document: Document
    why: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """A handbook as it was in force on a day."""

    day: str
    commit: str
    merged: str
    """The day of the commit, YYYY-MM-DD."""
    handbook: Handbook
    """All that was in force."""
    documents: tuple[InForce, ...]
    others: tuple[NotInForce, ...]
    earlier: Mapping[str, str]
    """Path of a page below the root of the repository -> the text of the earlier version that was in force."""
    left_out: tuple[str, ...]
    """Paths of the pages of which no version was in force."""
    notes: tuple[str, ...]


def as_of(day: str, head: str, kept: Kept, objects: Objects) -> AsOf:
    """Return what was in force at the end of a day, along the first parents of a commit.

    Raises HandrailError where the handbook is younger.
    """
    line = _line_at(_day(day), head, kept, objects)
    last = line.commits[0]
    version = version_in_tree(Tree(kept.repository, objects.files(last)), kept)
    folder = docs_folder(version, kept)
    book = _book(version)
    ages = ages_of([page.path for page in book.pages], line, folder, objects)
    waiting = dict(_waiting(book, day))
    before = {path: _earlier(ages.of.get(path, ())[1:], path, day, version, objects) for path in waiting}
    texts = {path: text for path, text in version.sources.texts.items() if path not in before}
    texts |= {path: found[1] for path, found in before.items() if found is not None}
    then = _book(replace(version, sources=Sources(texts, version.sources.problems)))
    current = {path: _current(path, before, ages) for path in texts}
    told = _Told(line, objects)
    prefix = "" if folder == "." else f"{folder}/"
    return AsOf(
        day,
        last.name,
        last.day,
        then,
        tuple(told.in_force(one, current[one.path]) for one in _own(then) if _status(one) not in _NO_MORE),
        tuple(_others(book, then, waiting)),
        {prefix + path: found[1] for path, found in before.items() if found is not None},
        tuple(sorted(prefix + path for path, found in before.items() if found is None)),
        tuple(_notes(line, ages, kept)),
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise HandrailError(f"`{text}` is no day. Write it like 2026-03-31.") from None


def _line_at(day: str, head: str, kept: Kept, objects: Objects) -> Line:
    """Return the line of commits from the newest one of a day on."""
    line = first_parents(objects, head, MOST_COMMITS)
    place = next((place for place, commit in enumerate(line.commits) if commit.day <= day), None)
    if place is None:
        oldest = line.commits[-1].day if line.commits else "today"
        mend = f"Name a day from {oldest} on." if line.complete else kept.repository.mend
        raise HandrailError(f"The oldest commit that is here is of {oldest}, after {day}. {mend}")
    return Line(line.commits[place:], line.complete)


def _book(version: Version) -> Handbook:
    settings = version.settings
    return read_handbook(version.sources, settings.options, settings.titles, settings.plugins)


def _own(book: Handbook) -> list[Document]:
    everything = (*book.processes, *book.procedures, *book.roles, *book.records)
    return sorted((one for one in everything if one.own_page), key=lambda one: (one.path, one.line, one.id))


def _status(document: Document) -> str:
    return (document.fact("status") or "").casefold()


def _not_yet(document: Document, day: str) -> str | None:
    """Return why a document was not in force yet; None where it was, or is no more."""
    if _status(document) in _NOT_YET:
        return f"its status is {_status(document)}"
    effective = document.fact("effective")
    try:
        later = effective is not None and date.fromisoformat(effective.strip()).isoformat() > day
    except ValueError:
        return None
    return f"it is effective from {effective}" if later else None


def _waiting(book: Handbook, day: str) -> Iterator[tuple[str, str]]:
    """Yield the pages that hold a document which was not in force yet, with why."""
    for document in reversed(_own(book)):
        why = _not_yet(document, day)
        if why:
            yield document.path, why


def _earlier(ages: Iterable[Age], path: str, day: str, version: Version, objects: Objects) -> tuple[Age, str] | None:
    """Return the last version of a page before this one that was in force."""
    for age in ages:
        text = objects.text(age.blob)
        if text is None:
            continue
        alone = replace(version, sources=Sources({path: text}))
        (book,) = read_versions([alone])
        documents = _own(book)
        if documents and not any(_not_yet(one, day) or _status(one) in _NO_MORE for one in documents):
            return age, text
    return None


def _current(path: str, before: Mapping[str, tuple[Age, str] | None], ages: Ages) -> Age | None:
    found = before.get(path)
    return found[0] if found is not None else next(iter(ages.of.get(path, ())), None)


def _others(book: Handbook, then: Handbook, waiting: Mapping[str, str]) -> Iterator[NotInForce]:
    """Yield each document that was not in force, in the version that lay in the handbook."""
    for document in _own(book):
        if document.path in waiting:
            held = " The version before was in force." if then.by_path.get(document.path) else ""
            yield NotInForce(document, f"{waiting[document.path].capitalize()}.{held}")
        elif _status(document) in _NO_MORE:
            yield NotInForce(document, f"Its status is {_status(document)}.")


def _notes(line: Line, ages: Ages, kept: Kept) -> Iterator[str]:
    if not line.complete:
        oldest = line.commits[-1]
        mend = f" {kept.repository.mend}" if kept.repository.shallow else ""
        yield f"Commits before {oldest.day} are not here, or were not looked at; older ones are told as of then.{mend}"


class _Told:
    """What the commits that brought each version say; each commit is asked once."""

    def __init__(self, line: Line, objects: Objects) -> None:
        self._line = line
        self._objects = objects
        self._known: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def in_force(self, document: Document, age: Age | None) -> InForce:
        """Return a document with the commit that brought it."""
        place = age.oldest if age is not None else 0
        commit = self._line.commits[place]
        if place not in self._known:
            self._known[place] = self._said(commit)
        reasons, approvals = self._known[place]
        return InForce(
            document,
            commit.name,
            commit.day,
            reasons or document.values("change_reason"),
            approvals or document.values("approved_by"),
        )

    def _said(self, commit: Commit) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return reasons and approvals of a commit and of what it merged."""
        merged = commits_between(self._objects, commit.parents[0], commit.name) if commit.parents else None
        commits = merged.commits if merged is not None and merged.commits else (commit,)
        reasons, approvals = (
            tuple(dict.fromkeys(text for one in reversed(commits) for text in one.trailers(key)))
            for key in (REASON, APPROVAL)
        )
        return reasons, approvals
