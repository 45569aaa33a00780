"""Ids: of documents, unique in the handbook; of steps, unique in their document; anchors, unique on their page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from handrail.dataclass import dataclass
from handrail.documents.slugs import own_slug
from handrail.problems import Problem
from handrail.reader.raw import RawDocument, RawPage, every_step

_DOCUMENT_ID = re.compile(r"[^\W_][\w./:-]*")
_STEP_ID = re.compile(r"\w[\w.:-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A step's id in its document and its anchor on the page."""

    id: str
    anchor: str


def tails(path: str) -> list[str]:
    """Return the tails of a page's path, the shortest first, without the file's ending and case."""
    parts = path.rsplit(".", 1)[0].casefold().split("/")
    return ["/".join(parts[start:]) for start in range(len(parts) - 1, -1, -1)]


def document_ids(documents: Sequence[RawDocument]) -> tuple[list[str], list[Problem]]:
    """Return an id for each document: the one that the author wrote, else the shortest tail that is unique."""
    written: dict[str, RawDocument] = {}
    problems: list[Problem] = []
    ids: list[str | None] = []
    for document in documents:
        said = document.written_id
        if said is not None and not _DOCUMENT_ID.fullmatch(said.text):
            problems.append(_bad_id(said.text, document.path, said.line, said.column))
            said = None
        name = said.text.casefold() if said else None
        if name is not None and name in written and said is not None:
            first = written[name]
            line = first.written_id.line if first.written_id else 1
            problems.append(
                Problem(
                    "duplicate-id",
                    "error",
                    document.path,
                    said.line,
                    said.column,
                    f"The id `{said.text}` is taken by {first.path}, line {line}.",
                    "Choose another id; old ids go under `aliases`.",
                )
            )
            name = None
        if name is not None:
            written[name] = document
        ids.append(name)
    return _filled(documents, ids, set(written)), problems


def _bad_id(name: str, path: str, line: int, column: int) -> Problem:
    message = f"The id {name!r} cannot be referred to."
    mend = "Use letters, digits, `-`, `_` and `.`, beginning with a letter or a digit."
    return Problem("bad-id", "error", path, line, column, message, mend)


def _filled(documents: Sequence[RawDocument], ids: Sequence[str | None], taken: set[str]) -> list[str]:
    open_ = [index for index, name in enumerate(ids) if name is None]
    candidates = {index: _candidates(documents[index]) for index in open_}
    counts: Counter[str] = Counter(name for names in candidates.values() for name in set(names))
    result = list(ids)
    numbers: dict[str, int] = {}
    for index in open_:
        names = candidates[index]
        name = next((name for name in names if counts[name] == 1 and name not in taken), None)
        if name is None:
            name = _unique(names[-1], taken, numbers)
        taken.add(name)
        result[index] = name
    return [name or "" for name in result]


def _candidates(document: RawDocument) -> list[str]:
    suffix = f".{own_slug(document.heading_slug) or 'steps'}" if document.heading_slug is not None else ""
    if document.page_id:
        return [document.page_id.casefold() + suffix]
    return [tail + suffix for tail in tails(document.path)]


def _unique(name: str, taken: set[str], counts: dict[str, int]) -> str:
    """Return the name, or the first of `name-2`, `name-3` that is free; `counts` remembers where it came to."""
    if name not in taken:
        return name
    number = counts.get(name, 2)
    while f"{name}-{number}" in taken:
        number += 1
    counts[name] = number + 1
    return f"{name}-{number}"


def step_places(
    document: RawDocument, document_id: str, page: RawPage, used: set[str]
) -> tuple[dict[int, Place], list[Problem]]:
    """Return id and anchor of each step, by the object's identity; `used` gathers the page's anchors."""
    places: dict[int, Place] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    numbers: dict[str, int] = {}
    taken = {step.written_ids[0] for step in every_step(document.steps) if step.written_ids}
    for step in every_step(document.steps):
        written = step.written_ids[0] if step.written_ids else None
        if written is not None and not _STEP_ID.fullmatch(written):
            problems.append(_bad_id(written, document.path, step.line, step.column))
            written = None
        if written is not None and (written in seen or written in used):
            problems.append(
                Problem(
                    "duplicate-step-id",
                    "error",
                    document.path,
                    step.line,
                    step.column,
                    f"The step id `{written}` stands twice on this page.",
                    "Choose another id.",
                )
            )
            written = None
        seen |= {written} if written is not None else set()
        name = written or _unique(own_slug(step.text) or "step", taken, numbers)
        taken.add(name)
        anchor = name
        if written is None and name not in step.heading_slugs and (name in page.anchors or name in used):
            anchor = f"{document_id}--{name}"
        used.add(anchor)
        places[id(step)] = Place(name, anchor)
    return places, problems
