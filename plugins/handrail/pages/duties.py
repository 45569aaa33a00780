"""What a role has to do, and who makes and uses a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.dataclass import dataclass
from handrail.index import Place
from handrail.model import Document, Part, RoleUse, Step
from handrail.pages.site import View
from handrail.pages.wording import Link, document_link, step_link

PARTS: tuple[Part, ...] = ("does", "approves", "asked", "told", "takes part")


@dataclass(frozen=True, slots=True)
class Group:
    """Steps of one document."""

    document: Link
    steps: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of part that a role has, with the steps."""

    part: Part
    groups: tuple[Group, ...]


def duties_of(role: Document, view: View) -> tuple[Duty, ...]:
    """Return what a role does, approves, is asked, is told and takes part in."""
    uses = view.site.uses.get(role.id, ())
    duties = (Duty(part, grouped(_with_part(part, uses), view)) for part in PARTS)
    return tuple(duty for duty in duties if duty.groups)


def _with_part(part: Part, uses: Iterable[tuple[Document, Step, RoleUse]]) -> Iterator[Place]:
    return ((document, step) for document, step, use in uses if use.part == part)


def grouped(places: Iterable[Place], view: View) -> tuple[Group, ...]:
    """Return steps by the document that they belong to."""
    by_id: dict[str, tuple[Document, dict[str, Step]]] = {}
    for document, step in places:
        by_id.setdefault(document.id, (document, {}))[1][step.id] = step
    return tuple(
        Group(document_link(document, view), tuple(step_link(document, step, view) for step in steps.values()))
        for document, steps in by_id.values()
    )


def owned_by(role: Document, view: View) -> tuple[Link, ...]:
    """Return what a role owns."""
    return tuple(document_link(document, view) for document in view.site.owned.get(role.id, ()))


def made_in(record: Document, view: View) -> tuple[Group, ...]:
    """Return the steps that make a record."""
    return grouped(view.site.makers.get(record.id, ()), view)


def used_in_steps(record: Document, view: View) -> tuple[Group, ...]:
    """Return the steps that use a record."""
    return grouped(view.site.users.get(record.id, ()), view)
