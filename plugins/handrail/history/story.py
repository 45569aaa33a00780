"""What a site tells of its handbook's past: what changed at each tag, and what changed since a branch was left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.diff import Diff, Note, Side, diff_of, note, sides_of
from handrail.handbook import Version, read_versions
from handrail.history.asof import APPROVAL, REASON
from handrail.history.kept import Kept, docs_folder, kept_in_git, version_in_tree, version_on_disk
from handrail.model import Handbook
from handrail.options import Options
from handrail.problems import HandrailError
from handrail.settings import Settings
from handrail.sources import (
    Commit,
    Objects,
    Tree,
    commits_between,
    every_commit,
    merge_base,
    revision_tree,
    tags_of,
)

MOST_COMMITS = 20_000
"""So many commits are looked at for tags."""
MOST_TAGS = 40
"""So many tags are told of, the newest first; the page says where there are more."""


@dataclass(frozen=True, slots=True)
class Release:
    """What changed from one tag to the next."""

    name: str
    """The tag; several at one commit are joined. Empty for what is not tagged yet."""
    day: str | None
    """The day of its commit, YYYY-MM-DD."""
    first: bool
    """Whether nothing is known before it."""
    diff: Diff
    reasons: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of a handbook's past; empty where nobody asked for it."""

    releases: tuple[Release, ...] = ()
    """The newest first."""
    older: int = 0
    """How many tags were not looked at."""
    base: str = ""
    """What the site is compared with, as the options name it."""
    since: Diff | None = None
    """What changed since."""
    notes: tuple[Note, ...] = ()


def story_of(options: Options, config: Path) -> Story:
    """Return what the options ask for; reads nothing where they ask for nothing.

    Raises HandrailError where there is no repository, or no such revision.
    """
    if not options.history and not options.review:
        return Story()
    kept = kept_in_git(config, None)
    now = version_on_disk(kept)
    since = _since(options.review, now, kept) if options.review else None
    if not options.history:
        return Story(base=options.review or "", since=since)
    with Objects(kept.repository) as objects:
        releases, older, notes = _releases(now, kept, objects)
    if kept.repository.shallow:
        notes = (*notes, note("shallow"))
    return Story(releases, older, options.review or "", since, notes)


def _since(base: str, now: Version, kept: Kept) -> Diff:
    """Return what changed since the commit at which what is checked out left a branch."""
    commit = merge_base(kept.repository, base)
    before = version_in_tree(revision_tree(kept.repository, commit), kept, _settings_now(now, kept))
    # Pages are named as the site knows them: below their folder.
    return diff_of(*sides_of((base, replace(before, folder="")), ("", replace(now, folder=""))))


def _settings_now(now: Version, kept: Kept) -> Settings:
    """Return how the pages are read today, for commits without this configuration: one that only previews is new."""
    return replace(now.settings, docs=Path(docs_folder(now, kept)))


# ---- tag by tag ----


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A tagged commit; None stands for what lies on the disk."""

    name: str
    commit: Commit | None
    version: Version


def _releases(now: Version, kept: Kept, objects: Objects) -> tuple[tuple[Release, ...], int, tuple[Note, ...]]:
    """Return what changed at each tag, how many tags were left out, and what could not be read."""
    known = every_commit(objects, "HEAD", MOST_COMMITS)
    tags = _tags(kept, known)
    tagged: list[_Tagged] = []
    notes: list[Note] = []
    settings = _settings_now(now, kept)
    if len(known) >= MOST_COMMITS:
        notes.append(note("commits for tags", number=f"{MOST_COMMITS:,}"))
    for name, commit in reversed(tags[:MOST_TAGS]):
        try:
            version = version_in_tree(Tree(kept.repository, objects.files(commit)), kept, settings)
        except HandrailError as error:
            notes.append(note("tag unread", tag=name, message=str(error)))
            continue
        tagged.append(_Tagged(name, commit, version))
    rows = [*tagged, _Tagged("", None, now)]
    books = read_versions(row.version for row in rows)
    releases = list(_compared(rows, books, len(tags) <= MOST_TAGS, objects))
    found = tuple(one for one in reversed(releases) if one.name or one.diff.changes)
    return found, max(len(tags) - MOST_TAGS, 0), tuple(notes)


def _tags(kept: Kept, known: Mapping[str, Commit]) -> list[tuple[str, Commit]]:
    """Return the tags behind what is checked out, the newest first, those of one commit joined."""
    names: dict[str, list[str]] = {}
    for tag, commit in tags_of(kept.repository):
        if commit in known:
            names.setdefault(commit, []).append(tag)
    rows = [(", ".join(tags), known[commit]) for commit, tags in names.items()]
    order = {name: place for place, name in enumerate(known)}
    return sorted(rows, key=lambda row: order[row[1].name])


def _compared(
    rows: Sequence[_Tagged], books: Iterator[Handbook], complete: bool, objects: Objects
) -> Iterator[Release]:
    """Yield what changed from each version to the next one, judged by the rules of the first."""
    before: Side | None = None
    earlier: Commit | None = None
    for row, book in zip(rows, books, strict=True):
        after = Side(row.name, book, row.version.sources.texts, row.version.settings.options)
        empty = Diff("", row.name, ())
        found = diff_of(before, after) if before is not None else empty
        reasons, approvals = _said(earlier, row.commit, objects)
        day = row.commit.day if row.commit is not None else None
        if before is not None or (complete and row.name):
            yield Release(row.name, day, before is None, found, reasons, approvals)
        before, earlier = after, row.commit


def _said(before: Commit | None, after: Commit | None, objects: Objects) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return reasons and approvals of the commits from one tag to the next."""
    if before is None or after is None:
        return (), ()
    commits = commits_between(objects, before.name, after.name).commits
    reasons, approvals = (
        tuple(dict.fromkeys(text for one in reversed(commits) for text in one.trailers(key)))
        for key in (REASON, APPROVAL)
    )
    return reasons, approvals


def names_now(releases: Sequence[Release]) -> Sequence[Mapping[str, str]]:
    """Return for each release what its documents are called today: id then -> id now, where they differ."""
    called: dict[str, str] = {}
    found: list[Mapping[str, str]] = []
    for release in releases:
        found.append(dict(called))
        ids = [field for change in release.diff.changes for field in change.fact.fields if field.name in _IDS]
        called |= {str(field.before): called.get(str(field.after), str(field.after)) for field in ids
                   if field.before and field.after}  # fmt: skip
    return found


_IDS = ("id", "id.made")
"""The fields of a change that hold a document's id: one that an author wrote, or one that is made of its place."""
