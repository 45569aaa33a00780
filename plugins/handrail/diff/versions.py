"""Two versions of a handbook read so that they can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.decisions import Decision, decisions_of
from handrail.diff.data import Side, note
from handrail.handbook import Version, read_two
from handrail.problems import HandrailError, Problem
from handrail.sources import Sources


def sides_of(before: tuple[str, Version], after: tuple[str, Version]) -> tuple[Side, Side]:
    """Return both versions, each under its name, without the pages that cannot be read on one of the sides."""
    versions = before[1], after[1]
    unread = {problem.path for version in versions for problem in _unreadable(version)}
    versions = _without(before[1], unread), _without(after[1], unread)
    books = read_two(*versions)
    notes = tuple(
        note("unread", path=path, version=name, message=message)
        for name, version in (before, after)
        for path, message in _messages(version)
    )
    first, second = (
        Side(name, book, version.sources.texts, version.settings.options, folder=version.folder, config=version.config)
        for (name, _), book, version in zip((before, after), books, versions, strict=True)
    )
    decisions, fault = _decisions(after[1])
    return (
        replace(first, notes=notes, decisions=decisions_of(before[1].decisions or "")),
        replace(second, decisions=decisions, fault=fault),
    )


def _decisions(version: Version) -> tuple[tuple[Decision, ...], str]:
    """Return the decisions that a change brings along, or why they cannot be read: they judge nothing yet."""
    try:
        return decisions_of(version.decisions or ""), ""
    except HandrailError as error:
        return (), str(error)


def _unreadable(version: Version) -> Iterator[Problem]:
    return (problem for problem in version.sources.problems if problem.level == "error")


def _messages(version: Version) -> Iterator[tuple[str, str]]:
    for problem in _unreadable(version):
        yield problem.path, problem.message.removesuffix(" It is left out.")


def _without(version: Version, unread: set[str]) -> Version:
    """Return a version without these pages, and without what lies below them where they are folders."""
    folders = tuple(f"{path}/" for path in unread)
    texts = {
        path: text
        for path, text in version.sources.texts.items()
        if path not in unread and not path.startswith(folders)
    }
    return replace(version, sources=Sources(texts, version.sources.problems))
