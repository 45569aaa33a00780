"""A document under control: what it says of itself on paper, at its head and on every sheet."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.index import title_of
from handrail.model import Document
from handrail.pages.facts import CONTROL, Fact, label
from handrail.pages.site import Site, View
from handrail.pages.wording import Link, document_link
from handrail.render import is_own, rendered

OUT_OF_FORCE = ("draft", "in review", "superseded", "withdrawn")
"""What a status may be that nobody works by."""
_ALWAYS = ("owner", "approved_by", "status", "effective", "supersedes")
"""What stands at the head of a controlled document, stated or not."""
_PLACE = re.compile(r"\{(number|count)\}")
_UNSAFE = re.compile(r"[^\w .,:;!?()\[\]\-–—/+*#%§·’„“”']")
"""What a string of CSS does not hold as it is."""
_COUNTERS = {"number": "counter(page)", "count": "counter(pages)"}
_TITLE, _STATE = "\x01", "\x02"
"""Characters that no string of CSS holds as they are, in the places of a page's title and state."""


@dataclass(frozen=True, slots=True)
class Running:
    """What stands in the margins of every sheet, as plain text."""

    title: str
    """Above, where the sheet begins."""
    state: str
    """Above, where it ends: what is not in force; empty where all is."""
    copy: str
    """Below: of which handbook it is a copy."""


def controlled_facts(document: Document, control: Iterable[Fact], site: Site) -> tuple[Fact, ...]:
    """Return what identifies a document on paper; without values what has to be known and is not stated.

    `control` are the facts for who keeps it in force.
    """
    stated = {fact.name: fact for fact in control}
    own = [Fact("id", label("id", site), (Link(document.id),))]
    revision = revision_said(site)
    if revision:
        own.append(Fact("revision", label("revision", site), (Link(revision),)))
    named = [name for name in CONTROL if name in _ALWAYS or name in stated]
    return (*own, *[stated.get(name) or Fact(name, label(name, site), ()) for name in named])


def successors_of(document: Document, view: View) -> tuple[Link, ...]:
    """Return what has taken the place of a document, by what other documents say that they supersede."""
    return tuple(document_link(other, view) for other in view.site.successors.get(document.id, ()))


def out_of_force(document: Document) -> str | None:
    """Return the status of a document that is not, or no longer, in force; None where it is or does not say so."""
    status = document.fact("status")
    return status if status in OUT_OF_FORCE else None


def watermark(document: Document, site: Site) -> str:
    """Return the word that lies across every sheet of a page, where all that the page holds is out of force."""
    state = out_of_force(document)
    if state is None:
        return ""
    first, *others = site.handbook.by_path.get(document.path, (document,))
    alike = document is first and all(out_of_force(other) == state for other in others)
    return site.words.site[f"value.{state}"] if alike else ""


def running(path: str, title: str, site: Site) -> Running:
    """Return what stands on every sheet of a page of the handbook."""
    return Running(title, _state(path, site), " ".join(_copy(site)))


def _state(path: str, site: Site) -> str:
    return "; ".join(_states(site.handbook.by_path.get(path, ()), site))


@dataclass(frozen=True, slots=True)
class RunningStyles:
    """What stands in the margins of all pages, without the handbook: it is asked for when that is gone."""

    titles: Mapping[str, str]
    states: Mapping[str, str]
    """Path of each page on which something is out of force -> what."""
    copy: str
    page: str
    own: Path | None
    blank: str | None
    """The `<style>` with a place for the title and one for the state; None where users make it."""

    def of(self, path: str, title: str) -> str:
        """Return a `<style>` for the head of a page; the host's title counts where no page was read."""
        said, state = self.titles.get(path) or html.unescape(title), self.states.get(path, "")
        if self.blank is None:
            return _style(css_string(said), css_string(state), self.copy, self.page, self.own)
        return self.blank.replace(_TITLE, css_string(said)).replace(_STATE, css_string(state))


def _style(title: str, state: str, copy: str, page: str, own: Path | None) -> str:
    """Return the filled template; what is filled in are pieces of CSS."""
    values = {"title": title, "state": state, "copy": copy, "page": page}
    return rendered("running_style", own, values=values).strip()


def running_styles(site: Site) -> RunningStyles:
    """Return what puts texts into the margins of every page of a site."""
    states = {path: state for path in site.handbook.by_path if (state := _state(path, site))}
    page = " ".join(_counted(site.words.site["print.page"]))
    copy, own = css_string(" ".join(_copy(site))), site.own_templates
    blank = None if is_own("running_style", own) else _style(_TITLE, _STATE, copy, page, own)
    return RunningStyles(site.page_titles, states, copy, page, own, blank)


def revision_said(site: Site) -> str:
    """Return which revision of the handbook this is, and of which day; empty where that is not known."""
    revision = site.stamp.revision if site.stamp is not None else None
    if revision is None:
        return ""
    words = site.words.site
    said = words["print.revision"].format(name=revision.tag or revision.short, day=revision.day)
    return f"{said} {words['print.changed']}" if revision.changed else said


def _copy(site: Site) -> Iterator[str]:
    """Yield what stands below each sheet: which handbook, which revision, whether it is controlled, until when."""
    words, stamp, revision = site.words.site, site.stamp, revision_said(site)
    if stamp is None:
        yield site.name
        return
    yield _ended(f"{site.name}, {words['print.of_revision'].format(revision=revision)}" if revision else site.name)
    if isinstance(stamp.controlled, str):
        yield _ended(stamp.controlled)
    elif not stamp.controlled:
        yield _ended(words["print.uncontrolled"])
    if stamp.expires:
        yield _ended(words["print.until"].format(day=stamp.expires))
    if stamp.ask:
        yield _ended(words["print.ask"].format(who=stamp.ask))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _states(documents: Iterable[Document], site: Site) -> Iterator[str]:
    """Yield what is out of force on a page, and what has taken its place."""
    words = site.words.site
    several = len(tuple(documents)) > 1
    for document in documents:
        state = out_of_force(document)
        if state is None:
            continue
        new = ", ".join(title_of(other, site) for other in site.successors.get(document.id, ()))
        said = words[f"value.{state}"]
        said = words["print.replaced"].format(status=said, successor=new) if new else said
        yield f"{document.title}: {said}" if several else said


def _counted(pattern: str) -> Iterator[str]:
    """Yield a sentence with the number of a sheet and of all sheets as pieces of CSS."""
    for place, piece in enumerate(_PLACE.split(pattern)):
        if place % 2:
            yield _COUNTERS[piece]
        elif piece:
            yield css_string(piece)


def css_string(text: str) -> str:
    """Return a text as a string of CSS that neither ends early nor ends the element around it."""
    return '"' + _UNSAFE.sub(lambda unsafe: f"\\{ord(unsafe[0]):x} ", text) + '"'
