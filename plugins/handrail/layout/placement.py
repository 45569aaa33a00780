"""A flow with every place found: whole pixels, nothing left to decide but colours."""

from __future__ import annotations

from handrail.dataclass import dataclass
from handrail.graph import Edge, Graph, Lane, Node


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """A lane's column of the picture."""

    lane: Lane
    x: int
    width: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node's box, and its words in lines."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    shape: str
    """box | pill | diamond | hexagon | bar"""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """An edge's words: the box that they fill."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """An edge's corners, ends included, and its label."""

    edge: Edge
    points: tuple[tuple[int, int], ...]
    label: PlacedLabel | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """A whole flow."""

    graph: Graph
    width: int
    height: int
    head: int
    """The height of the lanes' titles."""
    lanes: tuple[PlacedLane, ...]
    nodes: tuple[PlacedNode, ...]
    """In the author's order."""
    edges: tuple[PlacedEdge, ...]
