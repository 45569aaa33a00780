"""A graph's places: lanes, ranks, routes, labels; whole numbers, so that bytes are the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handrail.graph import Graph
from handrail.layout.candidates import Points
from handrail.layout.grid import Grid, arrows_of, grid_of
from handrail.layout.labels import labelled
from handrail.layout.placement import PlacedEdge, PlacedLabel, PlacedLane, PlacedNode, Placement
from handrail.layout.positions import MARGIN, placed_edges, placed_lanes, placed_nodes, rulers
from handrail.layout.routes import routed
from handrail.layout.tracks import Tracks, tracked

__all__ = ["PlacedEdge", "PlacedLabel", "PlacedLane", "PlacedNode", "Placement", "laid_out"]


def laid_out(graph: Graph) -> Placement:
    """Find a place for everything in the graph; edges whose ends it does not hold are left out."""
    graph = _whole(graph)
    arrows = arrows_of(graph)
    grid = grid_of(graph, arrows)
    routes = routed(graph, arrows, grid)
    tracks = tracked(routes, arrows, grid, [node.kind == "decision" for node in graph.nodes])
    placed, crowded = _placed(graph, grid, routes, tracks, frozenset())
    if crowded:
        placed, _ = _placed(graph, grid, routes, tracks, crowded)
    return placed


def _placed(
    graph: Graph, grid: Grid, routes: Sequence[Points], tracks: Tracks, crowded: frozenset[int]
) -> tuple[Placement, frozenset[int]]:
    """Return everything in pixels, and the edges whose labels found no free place."""
    across, down, head = rulers(graph, grid, routes, tracks, crowded)
    nodes = placed_nodes(graph, grid, across, down)
    edges = placed_edges(graph, routes, tracks, {placed.node.id: placed for placed in nodes}, across, down)
    width, height = across.end + MARGIN, down.end + MARGIN
    lanes = placed_lanes(grid, across)
    labels, still_crowded = labelled(edges, nodes, lanes, (MARGIN, head, width - MARGIN, height - MARGIN))
    return Placement(graph, width, height, head, lanes, nodes, labels), still_crowded


def _whole(graph: Graph) -> Graph:
    known = {node.id for node in graph.nodes}
    return replace(graph, edges=tuple(e for e in graph.edges if e.source in known and e.target in known))
