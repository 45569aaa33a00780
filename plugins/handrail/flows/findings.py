"""What is wrong with a flow as a whole: steps that nothing leads to, and branches that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Set

from handrail.flows.context import goes_straight_on
from handrail.flows.graphs import begins_by, graph_of
from handrail.graph import Graph
from handrail.model import END, Document, Handbook, Step
from handrail.problems import Problem


def flow_problems(document: Document, handbook: Handbook) -> Iterator[Problem]:
    """Yield what is wrong with a document's flow, each with its place and its mend."""
    if document.order == "sequence" and not goes_straight_on(document):
        yield from _unreachable(document, handbook)
    for step in document.all_steps():
        yield from _to_nowhere(step, document)


def _unreachable(document: Document, handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each step that no way leads to, from the start or from another document.

    What only such a step leads to is not reported again.
    """
    graph = graph_of(document, handbook, lambda name: None)
    entered = {link.target for link in handbook.used_in.get(document.id, ())}
    steps = document.steps
    doors = {step.id for step in steps if f"{document.id}#{step.id}" in entered or begins_by(step)}
    doors |= {node.id for node in graph.nodes if node.kind == "start"}
    reached = reachable(graph, doors)
    for before, step in zip((None, *steps), steps, strict=False):
        if step.id not in reached:
            yield _unreachable_step(step, before, document)
            reached |= reachable(graph, {step.id})


def reachable(graph: Graph, doors: Set[str]) -> frozenset[str]:
    """Return the nodes to which a way leads from one of the doors."""
    leads_to: dict[str, list[str]] = {}
    for edge in graph.edges:
        leads_to.setdefault(edge.source, []).append(edge.target)
    found = set(doors)
    waiting = sorted(doors)
    while waiting:
        for target in leads_to.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)


def _unreachable_step(step: Step, before: Step | None, document: Document) -> Problem:
    """Word one step that cannot be reached."""
    leaves = f", and step {before.number} does not go on to it" if before is not None else ""
    return Problem(
        "unreachable-step",
        "warning",
        document.path,
        step.line,
        step.column,
        f"No way leads to step {step.number}{leaves}.",
        f"Link it where it follows, `[...](#{step.anchor})`, or say when it starts: `Starts when: ...`.",
    )


def _to_nowhere(step: Step, document: Document) -> Iterator[Problem]:
    """Yield a problem for each branch that ends the flow only because nothing follows it."""
    for arrow in step.next:
        if arrow.implied and arrow.to == END and arrow.label:
            yield Problem(
                "branch-to-nowhere",
                "warning",
                document.path,
                arrow.line,
                step.column,
                f"The branch `{arrow.label}` does not say where it leads, and no step follows.",
                "Link the step, as in `go to [Freeze](#freeze)`, or write `end`.",
            )
