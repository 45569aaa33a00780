"""What making one flow needs to know: the document, the handbook around it, and which steps are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from handrail.dataclass import dataclass
from handrail.flows.wording import FlowWords
from handrail.model import Document, Handbook, RoleUse, Step, with_substeps

_BRANCHING = ("decision", "fork", "hand-over", "stop", "end")

Href = Callable[[str], str | None]
"""Where a document's id, or `document#step`, stands, as seen from the page of the drawing."""


@dataclass(frozen=True, slots=True)
class Context:
    """One flow on its way to being a graph."""

    document: Document
    handbook: Handbook
    href: Href
    words: FlowWords
    depth: int
    shown: Mapping[str, str]
    """Id of each step -> the id of the node that shows it: its own, or that of the step around it."""

    def inner(self, step: Step, level: int) -> tuple[Step, ...]:
        """Return the sub-steps that have nodes of their own."""
        return inner_steps(step, level, self.depth)


def context_of(document: Document, handbook: Handbook, href: Href, words: FlowWords, depth: int) -> Context:
    """Return what making a document's flow needs to know."""
    shown: dict[str, str] = {}
    waiting = [(step, 1, step.id) for step in reversed(document.steps)]
    while waiting:
        step, level, place = waiting.pop()
        shown[step.id] = place
        if not step.steps:
            continue
        visible = {inner.id for inner in inner_steps(step, level, depth)} if place == step.id else set()
        waiting += [
            (inner, level + 1, inner.id if inner.id in visible or inner.kind == "stop" else place)
            for inner in reversed(step.steps)
        ]
    return Context(document, handbook, href, words, depth, shown)


def inner_steps(step: Step, level: int, depth: int) -> tuple[Step, ...]:
    """Return the sub-steps that are drawn: a fork's branches, and others down to the depth asked for."""
    if step.kind == "fork" or (level < depth and step.kind != "decision"):
        return step.steps
    return ()


def hidden_steps(step: Step, visible: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps inside a step that have no node of their own."""
    if not step.steps:
        return ()
    seen = {inner.id for shown in visible for inner in with_substeps(shown)}
    return tuple(inner for inner in with_substeps(step)[1:] if inner.id not in seen)


def role_of(step: Step) -> RoleUse | None:
    """Return the role in whose lane a step stands: who does it, else who is named first as taking part."""
    for part in ("does", "takes part"):
        found = next((use for use in step.roles if use.part == part), None)
        if found is not None:
            return found
    return None


def branches(document: Document) -> bool:
    """Return whether some step decides, forks, goes back or leaves, so that a drawing tells more than the list."""
    return any(
        step.kind in _BRANCHING or any(arrow.label or not arrow.implied for arrow in step.next)
        for step in document.all_steps()
    )


def goes_straight_on(document: Document) -> bool:
    """Return whether each step does nothing but lead on to the next one of its flow."""
    pairs = pairwise(document.steps)
    return not branches(document) and all(step.next for step, behind in pairs if step.flow == behind.flow)
