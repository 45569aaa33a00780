"""A procedure's place: which processes it belongs to, why, and what comes before and after it there."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.dataclass import dataclass
from handrail.index import first_sentence
from handrail.model import Document, Step
from handrail.pages.process import called
from handrail.pages.site import View
from handrail.pages.wording import Link, document_link, role_links
from handrail.reader.roles import folded

_MARKS = ".,;:!?()"
_LONGEST = 220
"""A purpose of more characters is not woven into a sentence."""


@dataclass(frozen=True, slots=True)
class Home:
    """A process that a procedure belongs to."""

    process: Link
    number: str
    """Of the step that calls the procedure; empty where the flow does not."""
    step: Link
    why: str
    """The outcome of the process, as the rest of a sentence."""
    why_key: str
    """Which words join the place and the outcome."""
    before: tuple[Link, ...]
    after: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Taking:
    """A role that takes part, and how."""

    role: Link
    parts: tuple[str, ...]


def homes_of(procedure: Document, view: View) -> tuple[Home, ...]:
    """Return the processes of a procedure, its own home first."""
    named = procedure.values("process")
    places = view.handbook.homes.get(procedure.id, ())
    ordered = sorted(places, key=lambda place: (place[0].id not in named, place[0].title.casefold(), place[0].id))
    homes = [_home(procedure, process, step, view) for process, step in ordered]
    inside = {process.id for process, _ in places}
    documents = view.handbook.documents
    lost = [documents[name] for name in named if name in documents and name not in inside]
    return (*homes, *(_named_home(process, view) for process in lost))


def _home(procedure: Document, process: Document, step: Step, view: View) -> Home:
    why, key = joined_why(process, view)
    before, after = _neighbours(procedure, process, step, view)
    href = view.url(f"{process.id}#{step.id}")
    return Home(document_link(process, view), step.number, Link(step.text, href), why, key, before, after)


def _named_home(process: Document, view: View) -> Home:
    why, key = joined_why(process, view)
    return Home(document_link(process, view), "", Link(""), why, f"{key}.part", (), ())


def joined_why(process: Document, view: View) -> tuple[str, str]:
    """Return a process's outcome as the end of a sentence, and the key of the words that join it."""
    purpose = first_sentence(process.fact("purpose") or "").rstrip(".").strip()
    joins = view.site.words.site
    if not purpose or len(purpose) > _LONGEST:
        return "", "why.none"
    for key in ("why.to", "why.so", "why.for"):
        for start in filter(None, joins[f"{key}.start"].split("|")):
            if purpose.casefold().startswith(start):
                rest = purpose[len(start) :].strip()
                return f"{start}{rest}" if key == "why.for" else rest, key
    words = [word.strip(_MARKS).casefold() for word in purpose.split()]
    if words[0] in joins["why.orders"].split() and len(words) > 1:
        return _small(purpose), "why.to"
    if joins["why.verbs"] and not _is_sentence(words, joins["why.verbs"].split()):
        return purpose, "why.thing"
    return _lowered(purpose, process, view), "why"


def _is_sentence(words: Sequence[str], verbs: Sequence[str]) -> bool:
    """Whether words can stand behind `so that`: somebody, or something, does something."""
    return any(word in verbs for word in words[1:])


def _lowered(purpose: str, process: Document, view: View) -> str:
    """Return a purpose with a small first letter, where its first word is no name."""
    first, _, rest = purpose.partition(" ")
    if not view.site.words.site["why.lower"] or not first.istitle():
        return purpose
    small = first.casefold()
    said = " ".join((rest, *(step.text for step in process.steps), process.fact("customer") or "", process.title))
    near = {word.strip(_MARKS) for word in said.split()}
    words = view.site.words
    plain = small in words.articles or small in words.not_roles or small in near or small in view.site.small_words
    return _small(purpose) if plain else purpose


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _neighbours(
    procedure: Document, process: Document, step: Step, view: View
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Return the nearest procedures before and after in the flow."""
    steps = process.all_steps()
    place = next(index for index, other in enumerate(steps) if other.id == step.id)
    return (
        _nearest(procedure, steps[place - 1 :: -1] if place else (), view),
        _nearest(procedure, steps[place + 1 :], view),
    )


def _nearest(procedure: Document, steps: Sequence[Step], view: View) -> tuple[Link, ...]:
    for step in steps:
        others = [document for document in called(step, view) if document.id != procedure.id]
        if others:
            return tuple(document_link(document, view) for document in others)
    return ()


def taking_part(procedure: Document, view: View) -> tuple[Taking, ...]:
    """Return each role with its parts, those that do something first."""
    found: dict[str, dict[str, None]] = {}
    for step in procedure.all_steps():
        for use in step.roles:
            found.setdefault(use.role, {})[use.part] = None
    for name in procedure.values("role"):
        role = view.site.roles.get(folded(name))
        if role is not None:
            found.setdefault(role.id, {"does": None})
    ordered = sorted(found.items(), key=lambda entry: min(_PARTS.index(part) for part in entry[1]))
    words = view.site.words.site
    return tuple(
        Taking(role_links((role,), view)[0], tuple(words[f"part.{part}"] for part in _PARTS if part in parts))
        for role, parts in ordered
    )


_PARTS = ("does", "takes part", "approves", "asked", "told")
