"""A process's activities: what holds each of them, how many are held, and what that means."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.dataclass import dataclass
from handrail.index import activities, headline, rails_counted
from handrail.model import Document, Rail, Step
from handrail.pages.site import View
from handrail.pages.wording import Link, document_link, role_links

_RISKS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of a process: an activity, and what holds it."""

    number: str
    step: Link
    roles: tuple[Link, ...]
    rail: Rail | None
    """None where it is only the heading of the activities inside it."""
    held: tuple[Link, ...]
    """The procedures that fix it."""
    judgement: str | None
    """Who decides, within which bounds."""
    risk: str | None
    """Its highest, from low to high."""
    inner: bool
    """Whether it stands inside another activity."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning about a process as a whole; `key` names its words."""

    key: str
    links: tuple[Link, ...] = ()


def activities_of(process: Document, view: View) -> tuple[Activity, ...]:
    """Return the activities of a process in the order of its flow."""
    return tuple(_activity(found.step, process, view, found.inner, found.rail) for found in activities(process))


def _activity(step: Step, process: Document, view: View, inner: bool, rail: Rail | None) -> Activity:
    held = called(step, view)
    risks = [risk for document in held if (risk := document.fact("risk")) in _RISKS]
    doing = [use.role for use in step.roles if use.part == "does"] or [
        use.role for use in step.roles if use.part == "takes part"
    ]
    return Activity(
        number=step.number,
        step=Link(headline(step.text, 120), view.url(f"{process.id}#{step.id}")),
        roles=role_links(doing, view),
        rail=rail,
        held=tuple(document_link(document, view) for document in held),
        judgement=step.judgement,
        risk=max(risks, key=_RISKS.index) if risks else None,
        inner=inner,
    )


def called(step: Step, view: View) -> tuple[Document, ...]:
    """Return the procedures that a step calls or hands over to."""
    known = (view.handbook.documents.get(name) for name in dict.fromkeys((*step.calls, *step.hands_over)))
    return tuple(document for document in known if document is not None)


def counts_of(found: Sequence[Activity]) -> dict[Rail, int]:
    """Return how many activities are fixed, left to judgement, and unsaid."""
    return rails_counted(activity.rail for activity in found)


def warnings_of(process: Document, activities: Sequence[Activity], view: View) -> tuple[Warned, ...]:
    """Return the warnings both ways: a risk without a rail, and rails without a purpose to check them by."""
    counts = counts_of(activities)
    found: list[Warned] = []
    bare = _bare_risks(process, view)
    if bare:
        found.append(Warned("warning.no_rail", tuple(document_link(document, view) for document in bare)))
    if process.fact("risk") == "high" and counts["unsaid"]:
        found.append(Warned("warning.unsaid_risk"))
    on_rails = counts["fixed"] > 0 and not counts["judgement"] and not counts["unsaid"]
    if on_rails and not process.fact("indicators") and not process.fact("feedback"):
        found.append(Warned("warning.all_rails"))
    return tuple(found)


def _bare_risks(process: Document, view: View) -> list[Document]:
    """Return the procedures of high risk that hold nothing: without steps, or not in the flow of their home."""
    inside = {document.id: document for step in process.all_steps() for document in called(step, view)}
    empty = [document for document in inside.values() if document.kind == "procedure" and not document.steps]
    homeless = [
        document
        for document in view.site.homed.get(process.id, ())
        if document.id not in inside and not any(document.id in _below(other) for other in inside.values())
    ]
    return [document for document in (*empty, *homeless) if document.fact("risk") == "high"]


def _below(document: Document) -> set[str]:
    """Return what a procedure itself calls."""
    return {name for step in document.all_steps() for name in (*step.calls, *step.hands_over)}
