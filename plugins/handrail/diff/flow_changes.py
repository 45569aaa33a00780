"""The flow of a document before and after: which nodes and which arrows came, went, moved, or say something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.diff.data import Arrow, Fact, FlowChange, Mark, Side
from handrail.diff.paired import Pair, Steps
from handrail.flows import flow_words, graph_of
from handrail.graph import Edge, Graph
from handrail.model import Document

_PARTS: Mapping[str, Mark] = {"split": "changed", "merged": "changed", "copied": "added"}


def flow_changes(
    pairs: Iterable[Pair], steps: Steps, facts: Sequence[Fact], before: Side, after: Side
) -> Iterator[FlowChange]:
    """Yield each document, there before and after, whose flow is another."""
    told = _told(facts)
    same = {
        (couple.before.document.id, couple.before.step.id): (couple.after.document.id, couple.after.step.id)
        for couple in steps.pairs
    }
    for pair in pairs:
        one, other = pair.before, pair.after
        if one is None or other is None or one.steps == other.steps or not (one.steps and other.steps):
            continue
        ours, theirs = _graph(one, before), _graph(other, after)
        called = {name: there[1] for (home, name), there in same.items() if home == one.id and there[0] == other.id}
        marked = told.get(other.id, {})
        change = _change(ours, theirs, called, marked)
        if change.nodes_before or change.nodes_after or change.edges_before or change.edges_after:
            yield change


def _graph(document: Document, side: Side) -> Graph:
    return graph_of(document, side.handbook, _nowhere, flow_words(side.options.recognised().site))


def _nowhere(target: str) -> str | None:
    return None


def _told(facts: Iterable[Fact]) -> dict[str, dict[str, Mark]]:
    """Return document -> id of a step, after -> what the facts say of it; that it moved counts most."""
    found: dict[str, dict[str, Mark]] = {}
    for fact in facts:
        if fact.what == "step" and fact.step and fact.before and fact.after:
            mark: Mark = "moved" if fact.how == "moved" else _PARTS.get(fact.how, "changed")
            known = found.setdefault(fact.document, {})
            known[fact.step] = "moved" if "moved" in (mark, known.get(fact.step)) else mark
    return found


def _change(ours: Graph, theirs: Graph, called: Mapping[str, str], told: Mapping[str, Mark]) -> FlowChange:
    """Return what differs between two flows; `called` leads from a step before to the same one after."""
    here, there = ({node.id for node in graph.nodes} for graph in (ours, theirs))
    names = {name: _after(name, called) for name in here} | _lone_ends(ours, theirs)
    back = {name: old for old, name in names.items()}
    nodes_before: dict[str, Mark] = {}
    nodes_after: dict[str, Mark] = {}
    for node in ours.nodes:
        if names[node.id] not in there:
            nodes_before[node.id] = "removed"
        elif names[node.id] in told and told[names[node.id]] != "added":
            nodes_before[node.id] = told[names[node.id]]
    for node in theirs.nodes:
        if node.id not in back:
            nodes_after[node.id] = "added"
        elif node.id in told:
            nodes_after[node.id] = told[node.id]
    old = {(names[edge.source], names[edge.target], edge.label) for edge in ours.edges}
    new = {(edge.source, edge.target, edge.label) for edge in theirs.edges}
    gone = [edge for edge in ours.edges if (names[edge.source], names[edge.target], edge.label) not in new]
    come = [edge for edge in theirs.edges if (edge.source, edge.target, edge.label) not in old]
    return FlowChange(
        ours, theirs, nodes_before, nodes_after,
        {_arrow(edge): "removed" for edge in gone}, {_arrow(edge): "added" for edge in come}, names,
    )  # fmt: skip


def _lone_ends(ours: Graph, theirs: Graph) -> dict[str, str]:
    """Return the start and the end of a flow, led to those of the other, where each has one."""
    found = {}
    for kind in ("start", "end", "stop"):
        sides = [[node.id for node in graph.nodes if node.kind == kind] for graph in (ours, theirs)]
        if [len(side) for side in sides] == [1, 1]:
            found[sides[0][0]] = sides[1][0]
    return found


def _after(name: str, called: Mapping[str, str]) -> str:
    """Return what a node is called after: that of its step, with what stands behind it for a start or a bar."""
    head, hash_, kind = name.partition("#")
    return f"{called.get(head, head if head not in called.values() else f'{head} that was')}{hash_}{kind}"


def _arrow(edge: Edge) -> Arrow:
    return edge.source, edge.target, edge.label
