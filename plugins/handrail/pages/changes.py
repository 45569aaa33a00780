"""What changed, on the site: a change log by tag, the past of each document and role, and what a preview changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handrail.dataclass import dataclass
from handrail.diff import Change, Diff, FieldChange, Touched, named
from handrail.diff.marks import Run, Side, runs
from handrail.history import Release, Story, names_now
from handrail.model import Document
from handrail.pages.site import View
from handrail.pages.wording import Link, document_link
from handrail.render import rendered

_VERBS = {"added": "change.verb.added", "removed": "change.verb.removed"}
_ABOUT = 110
_MOST = 60
"""So many changes of one document are shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class Both:
    """A text before and after, as runs of words."""

    name: str
    before: tuple[Run, ...]
    after: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One change in words."""

    name: str
    about: Link | None
    """The step or heading that it is about."""
    weight: str
    class_: str
    texts: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed of one document."""

    document: Link
    items: tuple[Item, ...]
    more: int
    """How many changes are not shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """One release: as a whole, or what it changed for one document or role."""

    name: str
    anchor: str
    day: str | None
    first: bool
    reasons: tuple[str, ...]
    approvals: tuple[str, ...]
    documents: tuple[Changed, ...]
    href: str | None = None
    """Where the whole release is told of."""
    for_role: tuple[tuple[str, Link], ...] = ()
    """How a role was reached, and by which document."""


# ---- the pages ----


def _story(view: View) -> Story:
    assert view.site.story is not None  # or nobody would ask
    return view.site.story


def change_log(view: View) -> Mapping[str, object]:
    """Return the change log: every tag, and what it changed."""
    story = _story(view)
    return {
        "releases": [_told(release, names, view) for release, names in _with_names(view)],
        "older": story.older,
        "notes": [note.said(view.site.words.site) for note in story.notes],
    }


def review_page(view: View) -> Mapping[str, object]:
    """Return all that changed since the branch was left."""
    since = _story(view).since
    assert since is not None
    others = [Link(path, view.url(path)) for path in since.other_pages]
    return {
        "documents": _documents(since, {}, view),
        "others": others,
        "notes": [note.said(view.site.words.site) for note in since.notes],
    }


def document_history(document: Document, view: View) -> str:
    """Return what changed of a document, or for a role, at each tag; empty where nobody asked."""
    if not _story(view).releases:
        return ""
    rows = [row for release, names in _with_names(view) for row in _of_document(release, names, document, view)]
    own = view.site.own_templates
    return rendered("document_history", own, say=view.site.say, document=document, releases=rows) if rows else ""


def document_since(document: Document, view: View) -> str:
    """Return what changed of a document since the branch was left; empty where nobody asked, or nothing did."""
    since = _story(view).since
    if since is None:
        return ""
    known = _names(document, view)
    changes = [_named(change, view) for change in since.changes if change.fact.document in known]
    if not changes:
        return ""
    return rendered(
        "document_since",
        view.site.own_templates,
        say=view.site.say,
        document=document,
        base=_story(view).base,
        changed=_changed(document_link(document, view), changes, view),
        review=view.url(":review"),
    )


def _names(document: Document, view: View) -> frozenset[str]:
    """Return the names under which changes of a document are told: the first one of a page stands for the page."""
    first = min(view.handbook.by_path.get(document.path, (document,)), key=lambda one: one.line)
    return frozenset({document.id, document.path} if first is document else {document.id})


def _with_names(view: View) -> Iterator[tuple[Release, Mapping[str, str]]]:
    releases = _story(view).releases
    return zip(releases, names_now(releases), strict=True)


# ---- one release ----


def _told(release: Release, names: Mapping[str, str], view: View) -> Told:
    documents = _documents(release.diff, names, view)
    return Told(
        release.name, _anchor(release), release.day, release.first, release.reasons, release.approvals, documents
    )


def _anchor(release: Release) -> str:
    """Return the anchor of a release on the page of changes."""
    return "tag-" + "".join(char if char.isalnum() or char in "-_." else "-" for char in release.name or "next")


def _documents(diff: Diff, names: Mapping[str, str], view: View) -> tuple[Changed, ...]:
    """Return the changes of each document, by title."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in (_named(change, view) for change in diff.changes):
        found.setdefault((change.fact.title, change.fact.document), []).append(change)
    return tuple(
        _changed(_link(names.get(name, name), title, view), changes, view) for (title, name), changes in found.items()
    )


def _link(name: str, title: str, view: View) -> Link:
    return Link(title, view.url(name))


def _of_document(release: Release, names: Mapping[str, str], document: Document, view: View) -> Iterator[Told]:
    """Yield a release where it changed a document, or anything for a role."""
    known = _names(document, view)
    changes = [
        _named(change, view)
        for change in release.diff.changes
        if names.get(change.fact.document, change.fact.document) in known
    ]
    reached = _reached(release.diff.impact, names, document) if document.kind == "role" else None
    ways = tuple(_ways(reached, names, view)) if reached is not None else ()
    if changes or ways:
        documents = (_changed(document_link(document, view), changes, view),) if changes else ()
        href = view.url(f":change_log#{_anchor(release)}")
        yield Told(
            release.name, "", release.day, release.first, release.reasons, release.approvals, documents, href, ways
        )


def _reached(impact: Iterable[Touched], names: Mapping[str, str], role: Document) -> Touched | None:
    return next((one for one in impact if one.kind == "role" and names.get(one.id, one.id) == role.id), None)


def _ways(reached: Touched, names: Mapping[str, str], view: View) -> Iterator[tuple[str, Link]]:
    for way in reached.ways:
        yield f"impact.{way.how}", _link(names.get(way.document, way.document), way.title, view)


# ---- one change ----


def _named(change: Change, view: View) -> Change:
    """Return a change with the values in it that Handrail has names for as the site calls them."""
    return named(change, {**view.site.words.site, **view.site.kinds})


def _changed(document: Link, changes: list[Change], view: View) -> Changed:
    items = tuple(_item(change, view) for change in changes[:_MOST])
    return Changed(document, items, max(len(changes) - _MOST, 0))


def _item(change: Change, view: View) -> Item:
    fact = change.fact
    told = fact.what == "step" and any(field.name == "text" for field in fact.fields)
    shown = fact.sentence if not told else None
    href = view.url(f"{fact.document}#{fact.step}") if fact.step and fact.after else None
    about = Link(_short(shown), href) if shown else None
    texts = tuple(_both(field, change, view) for field in fact.fields if _is_telling(field, change))
    return Item(_name(change, view), about, change.weight, change.class_, texts)


def _short(text: str) -> str:
    return text if len(text) <= _ABOUT else f"{text[: _ABOUT - 1].rstrip()}…"


def _is_telling(field: FieldChange, change: Change) -> bool:
    """Whether a field says more than that its change is there."""
    if change.fact.name in ("step.added", "step.removed"):
        return field.name != "details"
    return change.fact.name not in ("document.added", "document.removed") and field.name != "number"


def _name(change: Change, view: View) -> str:
    """Return what a change is called in the language of the site."""
    words = view.site.words.site
    fact = change.fact
    family, _, part = fact.name.partition(".")
    if f"change.{fact.name}" in words:
        return words[f"change.{fact.name}"]
    if fact.what == "text" and f"review.{fact.name}" in words:
        return words[f"review.{fact.name}"]
    label = words.get(f"{'say' if family == 'step' else 'fact'}.{part}") if family in ("step", "field") else None
    if family == "field" and label is None:
        label = part.removeprefix("aspects.").replace("_", " ").replace(".", " ").capitalize()
    if label is None:
        return words[f"change.{family}"]
    return words[_VERBS.get(_direction(change), "change.verb.changed")].format(what=label)


def _direction(change: Change) -> str:
    field = change.fact.fields[0] if change.fact.fields else None
    if field is None:
        return change.fact.how
    return "added" if field.before is None else "removed" if field.after is None else "changed"


def _both(field: FieldChange, change: Change, view: View) -> Both:
    """Return both sides of a field, with the name of the field where it says more than that of the change."""
    words = view.site.words.site
    alone = len(change.fact.fields) == 1 or field.name == "text"
    name = "" if alone else words.get(f"say.{field.name}") or words.get(f"review.part.{field.name}") or field.name
    own = change.fact.what == "text" and name == field.name  # a key or a column as its author writes it
    said = name if own else name[:1].upper() + name[1:].replace("_", " ")
    return Both(said, _runs(field, "before"), _runs(field, "after"))


def _runs(field: FieldChange, side: Side) -> tuple[Run, ...]:
    return tuple(runs(field.before, field.after, side))
