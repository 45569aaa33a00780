"""How flows changed, in words: for those who see no drawing."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.diff import FlowChange
from handrail.graph import Graph
from handrail.reports.lines import cut
from handrail.reports.phrases import ENGLISH, Phrases, counted_as, phrase

MOST = 12
"""So much is told of one flow; the rest is counted."""
_TITLE = 70


def flow_words(flow: FlowChange, phrases: Phrases = ENGLISH) -> tuple[str, ...]:
    """Return what differs in a flow, one sentence each: steps first, then ways between steps that stayed."""
    lines = tuple(dict.fromkeys((*_steps(flow, phrases), *_ways(flow, phrases))))
    left = len(lines) - MOST
    return lines if left <= 0 else (*lines[:MOST], counted_as(phrases, "unfit.flow", left))


def _steps(flow: FlowChange, phrases: Phrases) -> Iterator[str]:
    for node in flow.before.nodes:
        if flow.nodes_before.get(node.id) == "removed" and node.title:
            yield phrase(phrases, "flow.goes", step=_quoted(node.title, phrases))
    for node in flow.after.nodes:
        mark = flow.nodes_after.get(node.id)
        if mark in ("added", "moved") and node.title:
            others = _before(node.id, flow.after, phrases)
            key = f"flow.{'new' if mark == 'added' else 'moves'}{'' if others else '.first'}"
            yield phrase(phrases, key, step=_quoted(node.title, phrases), others=others)


def _before(node: str, graph: Graph, phrases: Phrases) -> str:
    """Return after what a step comes now."""
    titles = _titles(graph)
    before = [titles[edge.source] for edge in graph.edges if edge.target == node and titles.get(edge.source)]
    return f" {phrases['review.and']} ".join(_quoted(title, phrases) for title in before[:2])


_RESTLESS = ("added", "removed", "moved")


def _ways(flow: FlowChange, phrases: Phrases) -> Iterator[str]:
    """Yield the arrows between steps that stayed, where no step that came, went or moved explains them."""
    near = _beside_the_restless(flow)
    sides = (
        (flow.before, flow.edges_before, flow.nodes_before, "flow.no_longer"),
        (flow.after, flow.edges_after, flow.nodes_after, "flow.now"),
    )
    for graph, edges, marks, key in sides:
        titles = _titles(graph)
        for edge in graph.edges:
            ends = {marks.get(edge.source), marks.get(edge.target)}
            told = (edge.source, edge.target, edge.label) in edges and ends.isdisjoint(_RESTLESS)
            explained = not edge.label and flow.names.get(edge.source, edge.source) in near
            if told and not explained and titles.get(edge.source):
                label = f" ({cut(edge.label, _TITLE)})" if edge.label else ""
                target = titles.get(edge.target)
                other = _quoted(target, phrases) if target else _quoted(phrases["review.flow.end"], phrases)
                yield phrase(phrases, key, step=_quoted(titles[edge.source], phrases), other=other, label=label)


def _beside_the_restless(flow: FlowChange) -> frozenset[str]:
    """Return what leads, or led, to a step that came, went or moved: there an arrow closes the gap, or makes room."""
    before = {flow.names[edge.source] for edge in flow.before.edges if flow.nodes_before.get(edge.target) in _RESTLESS}
    after = {edge.source for edge in flow.after.edges if flow.nodes_after.get(edge.target) in _RESTLESS}
    return frozenset(before | after)


def _titles(graph: Graph) -> dict[str, str]:
    return {node.id: node.title for node in graph.nodes}


def _quoted(title: str, phrases: Phrases) -> str:
    return phrase(phrases, "quoted", text=cut(title, _TITLE).rstrip("."))
