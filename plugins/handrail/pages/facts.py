"""The facts of a document as lines of the block under its title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from handrail.dataclass import dataclass
from handrail.index import clipped, first_sentence, rhythm
from handrail.model import Document, Stated
from handrail.pages.site import Site, View
from handrail.pages.wording import Link, id_link, role_link
from handrail.reader.roles import folded

_SHORT = 160
"""What the page itself says at length below is not said again above."""
_MOST = 8
_HIDDEN = ("front matter", "comment", "options")
"""Where a fact can stand so that no reader of the page sees it."""

OPENING = ("purpose", "customer", "indicators", "feedback")
"""What a process page says first, stated or not."""
WORKING: Mapping[str, tuple[str, ...]] = {
    "process": ("trigger", "inputs", "outputs", "roles", "risk"),
    "procedure": ("trigger", "prerequisites", "competence", "inputs", "outputs", "risk"),
    "role": ("stand_in", "named_by", "may_not", "competence"),
    "record": ("template", "fields", "states", "kept", "kept_for"),
}
"""What who works by the page needs to know."""
CONTROL = ("owner", "status", "version", "effective", "approved_by", "change_reason", "supersedes", "review", "clauses")
"""What who keeps the page in force needs to know."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact under its label; without values, it is not stated."""

    name: str
    label: str
    values: tuple[Link, ...]


def opening_facts(document: Document, view: View) -> tuple[Fact, ...]:
    """Return what a process page opens with, each also where it is not stated."""
    return tuple(Fact(name, label(name, view.site), _values(name, document, view, always=True)) for name in OPENING)


def working_facts(document: Document, view: View) -> tuple[Fact, ...]:
    """Return the facts for who works by a document, then its aspects."""
    part_of = tuple(id_link(text, view) for text in document.values("part_of"))
    own = [Fact("part_of", label("part_of", view.site), part_of)] if part_of else []
    aspects = [
        Fact("aspect", name[:1].upper() + name[1:], (Link(stated.text),))
        for name, stated in document.aspects
        if _is_shown(stated, document)
    ]
    return (*own, *_stated(WORKING[document.kind], document, view), *aspects)


def control_facts(document: Document, view: View) -> tuple[Fact, ...]:
    """Return the facts for who keeps a document in force."""
    return tuple(_stated(CONTROL, document, view))


def label(name: str, site: Site) -> str:
    """Return what a fact is called."""
    return site.words.site[f"fact.{name}"]


def _stated(names: tuple[str, ...], document: Document, view: View) -> Iterator[Fact]:
    for name in names:
        values = _review(document, view.site) if name == "review" else _values(name, document, view)
        if values:
            yield Fact(name, label(name, view.site), values)


def _values(name: str, document: Document, view: View, always: bool = False) -> tuple[Link, ...]:
    if name not in document.facts:
        return ()
    shown = [stated for stated in document.facts[name] if always or _is_shown(stated, document)]
    read = _READ.get(name, _plain)
    links = [link for stated in shown if (link := read(stated, view)) is not None]
    more = len(links) - _MOST
    return (*links[:_MOST], Link(f"+ {more}")) if more > 0 else tuple(links)


def _is_shown(stated: Stated, document: Document) -> bool:
    """Whether a fact belongs above: it stands nowhere in the page's text, or it is short and comes later there."""
    if stated.source in _HIDDEN:
        return True
    if len(stated.text) > _SHORT or "\n" in stated.text:
        return False
    return stated.source == "line" or not _opens_text(stated, document)


def _opens_text(stated: Stated, document: Document) -> bool:
    """Whether readers meet a fact before anything else: above the steps, or on a page that has none."""
    if document.kind == "process" or stated.path != document.path:
        return False
    return all(stated.line < step.line for step in document.steps[:1])


def said_lines(document: Document, source: str, view: View) -> frozenset[str]:
    """Return the lines of a page that the block under the title says in full, without their signs of emphasis."""
    opening = OPENING if document.kind == "process" else ()
    shown = (*opening, *WORKING[document.kind], *CONTROL)
    said = [stated for name in shown for stated in document.facts.get(name, ()) if _is_said_by_line(name, stated, view)]
    lines = source.split("\n") if said else []
    return frozenset(f"{_label_on(lines[stated.line - 1])}: {stated.text}" for stated in said)


def _is_said_by_line(name: str, stated: Stated, view: View) -> bool:
    """Whether a line of the page states a fact of which the block leaves nothing out."""
    if stated.source != "line" or len(stated.text) > _SHORT:
        return False
    link = _READ.get(name, _plain)(stated, view)
    return link is not None and (name in _READ or link.text == stated.text)


def _label_on(line: str) -> str:
    """Return the words before the colon of a line, without bullet and emphasis."""
    return line.partition(":")[0].lstrip(" \t-+*>").replace("*", "").replace("_", "").strip()


def _plain(stated: Stated, view: View) -> Link:
    hidden = stated.source in ("front matter", "comment")
    return Link(stated.text if hidden else clipped(first_sentence(stated.text), 2 * _SHORT))


def _of_role(stated: Stated, view: View) -> Link:
    return role_link(stated.text, view)


def _known_role(stated: Stated, view: View) -> Link | None:
    """Return a role that takes part; sentences about roles stand in the page's text."""
    known = folded(stated.text) in view.site.roles or stated.source in ("front matter", "comment")
    return role_link(stated.text, view) if known else None


def _of_id(stated: Stated, view: View) -> Link:
    return id_link(stated.text, view)


def _of_table(stated: Stated, view: View) -> Link:
    return Link(view.site.words.site.get(f"value.{stated.text}", stated.text), note=stated.text)


_READ: Mapping[str, Callable[[Stated, View], Link | None]] = {
    "owner": _of_role,
    "role": _of_role,
    "roles": _known_role,
    "approved_by": _of_role,
    "stand_in": _of_role,
    "supersedes": _of_id,
    "template": _of_id,
    "status": _of_table,
    "risk": _of_table,
}


def _review(document: Document, site: Site) -> tuple[Link, ...]:
    """Return a document's review: how often, when last, when due; the day itself stands in the note of the last one."""
    words = site.words.site
    every = document.fact("review.every")
    last, due = document.fact("review.last"), document.due or document.fact("review.next")
    said = [Link(rhythm(every, site.words))] if every else []
    if last:
        said.append(Link(words["review.last"].format(value=last)))
    if due:
        said.append(Link(words["review.next"].format(value=due), note=document.due or ""))
    return tuple(said)
