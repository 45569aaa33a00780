"""Where a link leads: to a page, a document or a step, by address or by id."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from handrail.dataclass import dataclass
from handrail.links.ids import Place, tails
from handrail.reader.raw import RawDocument, RawLink, RawPage, every_step

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:md|markdown|mdown|mkdn|mkd|html)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to."""

    path: str
    """The page; empty for a role or record without one."""
    document: str | None = None
    """The id of the document, where it is one or stands in one."""
    step: str | None = None
    """The id of the step in it."""
    dead: bool = False
    """Whether the page is there and the anchor is not, or the page is not there."""

    @property
    def name(self) -> str | None:
        """`document`, or `document#step`."""
        return f"{self.document}#{self.step}" if self.document and self.step else self.document


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that a link can lead to."""

    pages: Mapping[str, RawPage]
    documents: Mapping[str, tuple[tuple[str, RawDocument], ...]]
    """Path -> the documents of the page with their ids."""
    ids: Mapping[str, str]
    """Case-folded id or alias -> id."""
    paths: Mapping[str, str]
    """Id of a document -> its page; empty for a role or record without one."""
    anchors: Mapping[str, Mapping[str, tuple[str, str | None]]]
    """Path -> anchor -> document and step that it belongs to."""
    steps: Mapping[str, frozenset[str]]
    """Id of a document -> the ids of its steps."""
    kinds: Mapping[str, str]
    """Id of a document with a page -> its kind."""

    def of(self, link: RawLink, path: str) -> Target | None:
        """Return what a link on a page leads to; None where it leads out of the handbook or to no page."""
        if link.kind == "reference":
            return self.by_id(link.target)
        return self.by_address(link.target, path)

    def by_id(self, name: str) -> Target | None:
        """Return what an id stands for: a document, or `document#step`."""
        head, _, step = name.partition("#")
        document = self.ids.get(head.casefold())
        if document is None:
            return None
        path = self.paths.get(document, "")
        if not step:
            return Target(path, document)
        steps = self.steps.get(document, frozenset())
        same = (known for known in steps if known.casefold() == step.casefold())
        found = step if step in steps else min(same, default=None)
        if found is None and path:
            belongs = self.anchors.get(path, {}).get(step)
            found = belongs[1] if belongs and belongs[0] == document else None
        return Target(path, document, found or step, dead=found is None)

    def by_address(self, address: str, path: str) -> Target | None:
        """Return what a relative address leads to."""
        if _ELSEWHERE.match(address) or address.startswith("/") or not address:
            return None
        file, _, anchor = address.partition("#")
        file = file.partition("?")[0]
        goal = self._page(file, path) if file else path
        if goal is None:
            return Target("", dead=True) if file and _SUFFIX.search(file) else None
        if anchor:
            return self._at(goal, anchor)
        documents = self.documents.get(goal, ())
        return Target(goal, documents[0][0] if len(documents) == 1 else None)

    def _page(self, file: str, path: str) -> str | None:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
        stem = _SUFFIX.sub("", joined)
        for candidate in (joined, f"{stem}.md", f"{joined}/index.md", f"{joined}/README.md"):
            if candidate in self.pages:
                return candidate
        return None

    def _at(self, path: str, anchor: str) -> Target:
        belongs = self.anchors.get(path, {}).get(anchor) or self.anchors.get(path, {}).get(anchor.casefold())
        if belongs is not None:
            return Target(path, *belongs)
        documents = self.documents.get(path, ())
        only = documents[0][0] if len(documents) == 1 else None
        return Target(path, only, dead=anchor not in self.pages[path].anchors)


def targets_of(
    pages: Sequence[RawPage],
    ids: Mapping[int, str],
    places: Mapping[int, Place],
    others: Mapping[str, str],
    aliases: Mapping[str, str],
) -> Targets:
    """Return the targets of a handbook.

    `ids` gives each raw document's id, by the object's identity; `others` are ids of roles and records
    without a page; `aliases` maps old ids and short tails to ids.
    """
    documents: dict[str, tuple[tuple[str, RawDocument], ...]] = {}
    anchors: dict[str, dict[str, tuple[str, str | None]]] = {}
    steps: dict[str, frozenset[str]] = {}
    kinds: dict[str, str] = {}
    paths: dict[str, str] = dict(others)
    for page in pages:
        here = tuple((ids[id(document)], document) for document in page.documents)
        documents[page.path] = here
        known = anchors.setdefault(page.path, {})
        for name, document in here:
            paths[name] = page.path
            kinds[name] = document.kind
            if document.anchor is not None:
                known.setdefault(document.anchor, (name, None))
            if document.heading_slug is not None:
                known.setdefault(document.heading_slug, (name, None))
            found = []
            for step in every_step(document.steps):
                place = places[id(step)]
                found.append(place.id)
                for anchor in (place.anchor, *step.written_ids, *step.heading_slugs):
                    known.setdefault(anchor, (name, place.id))
            steps[name] = frozenset(found)
    names = {alias.casefold(): name for alias, name in aliases.items()}
    names |= {name.casefold(): name for name in paths}
    return Targets({page.path: page for page in pages}, documents, names, paths, anchors, steps, kinds)


def short_names(ids: Mapping[str, str]) -> dict[str, str]:
    """Return for each tail of a path that is unique the document's id, so that `[[roll-back]]` works for a long one."""
    found: dict[str, list[str]] = {}
    for path, name in ids.items():
        for tail in tails(path):
            found.setdefault(tail, []).append(name)
    return {tail: names[0] for tail, names in found.items() if len(names) == 1}
