"""How flows changed, in words: for those who see no drawing."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.diff import FlowChange
from handrail.graph import Graph
from handrail.reports.lines import counted, cut

MOST = 12
"""So much is told of one flow; the rest is counted."""
_TITLE = 70


def flow_words(flow: FlowChange) -> tuple[str, ...]:
    """Return what differs in a flow, one sentence each: steps first, then ways between steps that stayed."""
    lines = tuple(dict.fromkeys((*_steps(flow), *_ways(flow))))
    left = len(lines) - MOST
    if left <= 0:
        return lines
    return (*lines[:MOST], f"{counted(left, 'more change')} of this flow {'is' if left == 1 else 'are'} not told here.")


def _steps(flow: FlowChange) -> Iterator[str]:
    for node in flow.before.nodes:
        if flow.nodes_before.get(node.id) == "removed" and node.title:
            yield f"{_quoted(node.title)} goes."
    for node in flow.after.nodes:
        mark = flow.nodes_after.get(node.id)
        if mark in ("added", "moved") and node.title:
            verb = "is new" if mark == "added" else "moves"
            yield f"{_quoted(node.title)} {verb}{_between(node.id, flow.after)}."


def _between(node: str, graph: Graph) -> str:
    """Return after what a step comes now."""
    titles = _titles(graph)
    before = [titles[edge.source] for edge in graph.edges if edge.target == node and titles.get(edge.source)]
    return f", after {' and '.join(map(_quoted, before[:2]))}" if before else ", at the beginning"


_RESTLESS = ("added", "removed", "moved")


def _ways(flow: FlowChange) -> Iterator[str]:
    """Yield the arrows between steps that stayed, where no step that came, went or moved explains them."""
    near = _beside_the_restless(flow)
    sides = (
        (flow.before, flow.edges_before, flow.nodes_before, "no longer leads to"),
        (flow.after, flow.edges_after, flow.nodes_after, "now leads to"),
    )
    for graph, edges, marks, verb in sides:
        titles = _titles(graph)
        for edge in graph.edges:
            ends = {marks.get(edge.source), marks.get(edge.target)}
            told = (edge.source, edge.target, edge.label) in edges and ends.isdisjoint(_RESTLESS)
            explained = not edge.label and flow.names.get(edge.source, edge.source) in near
            if told and not explained and titles.get(edge.source):
                label = f" ({cut(edge.label, _TITLE)})" if edge.label else ""
                yield f"{_quoted(titles[edge.source])} {verb} {_quoted(titles.get(edge.target) or 'the end')}{label}."


def _beside_the_restless(flow: FlowChange) -> frozenset[str]:
    """Return what leads, or led, to a step that came, went or moved: there an arrow closes the gap, or makes room."""
    before = {flow.names[edge.source] for edge in flow.before.edges if flow.nodes_before.get(edge.target) in _RESTLESS}
    after = {edge.source for edge in flow.after.edges if flow.nodes_after.get(edge.target) in _RESTLESS}
    return frozenset(before | after)


def _titles(graph: Graph) -> dict[str, str]:
    return {node.id: node.title for node in graph.nodes}


def _quoted(title: str) -> str:
    return f"“{cut(title, _TITLE).rstrip('.')}”"
