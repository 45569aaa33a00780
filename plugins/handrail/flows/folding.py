"""A large flow in parts: phases where headings make them, else steps that follow each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.graph import Edge, Graph, Node, NodeKind
from handrail.model import Document, Step, with_substeps

LARGE = 60
"""A flow of more steps is shown part by part."""
_PART = 40
"""How many steps make a part where nothing else does."""


@dataclass(frozen=True, slots=True)
class FlowPart:
    """Some steps of a large flow."""

    id: str
    """What its page is known by."""
    steps: tuple[Step, ...]
    """Those on its highest level."""
    is_phase: bool
    """Whether it is one step with those inside it, and not several that follow each other."""


def phases_inside(document: Document) -> bool:
    """Return whether the steps are headings that hold steps of their own."""
    return document.form == "headings" and any(step.steps for step in document.steps)


def is_large(document: Document) -> bool:
    """Return whether a flow has too many steps for one page."""
    return _size(document) > LARGE


def _size(document: Document) -> int:
    inner = sum(len(step.steps) for step in document.steps) if phases_inside(document) else 0
    return len(document.steps) + inner


def flow_parts(document: Document) -> tuple[FlowPart, ...]:
    """Return the parts of a large flow: first those that it opens with, then the phases inside them."""
    steps = document.steps
    phases = tuple(FlowPart(step.id, (step,), True) for step in steps if step.steps) if phases_inside(document) else ()
    if len(steps) <= LARGE:
        return phases
    size = max(_PART, -(-len(steps) // LARGE))
    chunks = (steps[first : first + size] for first in range(0, len(steps), size))
    return (*(FlowPart(f"from-{chunk[0].id}", tuple(chunk), False) for chunk in chunks), *phases)


def nodes_of_part(graph: Graph, part: FlowPart, document: Document) -> frozenset[str]:
    """Return the nodes of a part: of its steps, of the steps inside them, and what stands behind each."""
    own = {inner.id for step in part.steps for inner in with_substeps(step)}
    return frozenset(node for node, step in _steps_of_nodes(graph, document) if step in own)


def _steps_of_nodes(graph: Graph, document: Document) -> Iterator[tuple[str, str]]:
    """Yield each node with the step that it belongs to: its own, or the one before it."""
    steps = {step.id for step in document.all_steps()}
    last = ""
    for node in graph.nodes:
        last = next((name for name in (node.id, node.id.rpartition("#")[0]) if name in steps), last)
        yield node.id, last


def part_of_flow(graph: Graph, nodes: Collection[str], href: Callable[[str], str | None]) -> Graph:
    """Return some nodes of a graph and their neighbours; `href` gives the page on which a neighbour is shown."""
    edges = tuple(edge for edge in graph.edges if edge.source in nodes or edge.target in nodes)
    kept = {*nodes, *(edge.source for edge in edges), *(edge.target for edge in edges)}
    shown = tuple(
        node if node.id in nodes else _elsewhere(node, href(node.id)) for node in graph.nodes if node.id in kept
    )
    lanes = {node.lane for node in shown}
    return replace(graph, lanes=tuple(lane for lane in graph.lanes if lane.id in lanes), nodes=shown, edges=edges)


def _elsewhere(node: Node, href: str | None) -> Node:
    """Return a node that is drawn on another page."""
    kind: NodeKind = node.kind if node.kind in ("start", "end", "fork", "join") else "call"
    return replace(node, kind=kind, href=href or node.href, rail=None)


def folded_flow(graph: Graph, document: Document, parts: Sequence[FlowPart], box: Callable[[FlowPart], Node]) -> Graph:
    """Return a graph with one box for each part; what leads from one part to another is one edge."""
    part_of: Mapping[str, str] = {name: part.id for part in parts for name in nodes_of_part(graph, part, document)}
    ends = ((part_of.get(edge.source), part_of.get(edge.target)) for edge in graph.edges)
    ways = dict.fromkeys((source, target) for source, target in ends if source and target and source != target)
    nodes = tuple(box(part) for part in parts)
    return replace(graph, lanes=(), nodes=nodes, edges=tuple(Edge(source, target) for source, target in ways))
