"""A part of a flow: what one role does, or what stands around one step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from handrail.graph import Graph


def of_lane(graph: Graph, lane: str) -> Graph:
    """Return what one role does, with the steps right before and after in the lanes of others."""
    return _only(graph, _neighbours(graph, {node.id for node in graph.nodes if node.lane == lane}))


def around(graph: Graph, node: str, steps: int = 1) -> Graph:
    """Return a node with what leads to it and what it leads to, so many steps far."""
    found = {node}
    for _ in range(steps):
        found = _neighbours(graph, found)
    return _only(graph, found)


def _neighbours(graph: Graph, nodes: Collection[str]) -> set[str]:
    """Return nodes with those beside them; a bar says nothing by itself, so what stands behind it comes too."""
    bars = {node.id for node in graph.nodes if node.kind in ("fork", "join")}
    before, after = set(nodes), set(nodes)
    while True:
        onward = after | {edge.target for edge in graph.edges if edge.source in nodes or edge.source in after & bars}
        back = before | {edge.source for edge in graph.edges if edge.target in nodes or edge.target in before & bars}
        if (onward, back) == (after, before):
            return before | after
        before, after = back, onward


def _only(graph: Graph, kept: Collection[str]) -> Graph:
    """Return the graph without the other nodes, and without the lanes that hold none of it."""
    nodes = tuple(node for node in graph.nodes if node.id in kept)
    lanes = {node.lane for node in nodes}
    return replace(
        graph,
        lanes=tuple(lane for lane in graph.lanes if lane.id in lanes),
        nodes=nodes,
        edges=tuple(edge for edge in graph.edges if edge.source in kept and edge.target in kept),
    )
