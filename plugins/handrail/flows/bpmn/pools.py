"""A graph's parts as pools: the gateways, events and ends put in that prose leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from handrail.flows.bpmn.elements import Element, Flow, Pool, duration_in, xml_name
from handrail.flows.wording import FlowWords
from handrail.graph import Edge, Graph, Lane, Node, NodeKind
from handrail.layout.ranks import parts


def pools_of(graph: Graph, words: FlowWords) -> tuple[Pool, ...]:
    """Return a pool for each part of the graph that begins on its own, and one for the duties that never end."""
    flowing = [node for node in graph.nodes if node.kind != "ongoing"]
    duties = [node for node in graph.nodes if node.kind == "ongoing"]
    groups = list(_groups(flowing, graph.edges))
    if duties:
        groups.append((tuple(_duties(duties, words)), ()))
    if not groups:
        groups.append(((), ()))
    return tuple(
        _pool(f"{graph.id}#{place}" if place else graph.id, nodes, edges, graph, words)
        for place, (nodes, edges) in enumerate(groups)
    )


def _groups(nodes: Sequence[Node], edges: Iterable[Edge]) -> Iterator[tuple[tuple[Node, ...], tuple[Edge, ...]]]:
    """Yield the parts that nothing connects; a part without a start belongs to the one before it."""
    place = {node.id: number for number, node in enumerate(nodes)}
    known = [edge for edge in edges if edge.source in place and edge.target in place]
    found = parts(len(nodes), [(place[edge.source], place[edge.target]) for edge in known])
    joined: list[list[int]] = []
    for part in found:
        if joined and not any(nodes[number].kind == "start" for number in part):
            joined[-1] += part
        else:
            joined.append(list(part))
    for part in joined:
        names = {nodes[number].id for number in part}
        yield (
            tuple(nodes[number] for number in sorted(part)),
            tuple(edge for edge in known if edge.source in names),
        )


def _duties(duties: Sequence[Node], words: FlowWords) -> Iterator[Node]:
    """Yield one box of duties for each lane."""
    for lane in dict.fromkeys(duty.lane for duty in duties):
        members = tuple(duty for duty in duties if duty.lane == lane)
        yield Node(f"{members[0].id}#ongoing", words.all_the_time, "any", lane, members=members)


def _pool(name: str, nodes: Sequence[Node], edges: Sequence[Edge], graph: Graph, words: FlowWords) -> Pool:
    """Put one part in BPMN's words."""
    nodes, edges = _without_idle_bars(*_with_ends(nodes, edges, words))
    edges = _one_each(edges)
    chains = _chains(nodes, edges)
    elements = [element for chain in chains.values() for element in chain]
    late = [extra for element in elements if element.within for extra in _deadline(element, words)]
    flows = [*_within(chains.values()), *_between(edges, chains), *_to_the_late_ends(late)]
    lanes = _lanes(graph.lanes, elements, words)
    known = {lane.id for lane in lanes}
    nowhere = "" if lanes else None
    placed = (e if e.lane in known or e.lane == nowhere else replace(e, lane=nowhere) for e in (*elements, *late))
    return Pool(xml_name("Process", name), graph.title or graph.id, lanes, tuple(placed), tuple(flows))


def _with_ends(
    nodes: Sequence[Node], edges: Sequence[Edge], words: FlowWords
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the part with a start, where it has none, and with an end wherever it stops."""
    entered = {edge.target for edge in edges}
    left = {edge.source for edge in edges}
    first = nodes[0] if nodes else Node("", "")
    starts: list[Node] = []
    more: list[Edge] = []
    if not any(node.kind == "start" for node in nodes):
        doors = [node for node in nodes if node.id not in entered] or list(nodes[:1])
        starts = [
            Node(f"{first.id}#start", words.start, "start", first.lane),
            Node(f"{first.id}#doors", "", "fork", first.lane),
        ]
        more = [Edge(starts[0].id, starts[1].id), *(Edge(starts[1].id, door.id) for door in doors)]
    stops = [node for node in (*nodes, *starts[-1:]) if node.id not in left and node.kind not in _ENDINGS]
    stops = [node for node in stops if node.kind != "fork" or not nodes]
    ends = [Node(f"{node.id}#over", words.end, "end", node.lane) for node in stops]
    more += [Edge(node.id, end.id) for node, end in zip(stops, ends, strict=True)]
    return (*starts, *nodes, *ends), (*edges, *more)


_ENDINGS = frozenset({"end", "stop", "hand-over"})


def _without_idle_bars(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the part without bars that one way leads to and one way leads from."""
    into = Counter(edge.target for edge in edges)
    out_of = Counter(edge.source for edge in edges)
    onward = {edge.source: edge.target for edge in edges}
    idle = {node.id for node in nodes if node.kind in ("fork", "join") and into[node.id] == out_of[node.id] == 1}
    if not idle:
        return tuple(nodes), tuple(edges)

    def past(name: str) -> str:
        while name in idle:
            name = onward[name]
        return name

    kept = tuple(replace(edge, target=past(edge.target)) for edge in edges if edge.source not in idle)
    return tuple(node for node in nodes if node.id not in idle), kept


def _one_each(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Return the edges with those that join the same nodes as one.

    It bears their labels, if all have one and there is another way out: only then is there something to choose.
    """
    labels: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        labels.setdefault((edge.source, edge.target), []).append(edge.label)
    out_of = Counter(source for source, _ in labels)
    return tuple(
        Edge(*ends, " / ".join(dict.fromkeys(names)) if all(names) and out_of[ends[0]] > 1 else "")
        for ends, names in labels.items()
    )


def _chains(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, tuple[Element, ...]]:
    """Return for each node the elements that stand for it, one behind the other."""
    into = Counter(edge.target for edge in edges)
    out_of = Counter(edge.source for edge in edges)
    endings = [node for node in nodes if node.kind in _ENDINGS]
    first = next((node for node in nodes if node.kind == "start"), None)
    chains: dict[str, tuple[Element, ...]] = {}
    for node in nodes:
        core = _CORES.get(node.kind, _task)(node)
        if node.kind == "start" and node is not first:
            core = tuple(replace(start, definition="conditional", condition=start.name) for start in core)
        if len(endings) == 1:
            core = tuple(replace(e, definition=None) if e.definition == "terminate" else e for e in core)
        merge = (Element(xml_name("Merge", node.id), "exclusiveGateway", "", node.lane),)
        split = (_all_at_once(node) if node.kind == "start" else _choice(node),)
        chains[node.id] = (
            *(merge if into[node.id] > 1 and node.kind != "join" else ()),
            *core,
            *(split if out_of[node.id] > 1 and node.kind != "fork" else ()),
        )
    return chains


def _choice(node: Node) -> Element:
    return Element(xml_name("Split", node.id), "exclusiveGateway", node.asks or node.title, node.lane)


def _all_at_once(node: Node) -> Element:
    """Return the gateway behind a start that leads to several: nobody chooses there."""
    return Element(xml_name("Split", node.id), "parallelGateway", "", node.lane)


def _task(node: Node) -> tuple[Element, ...]:
    return (_activity(node),)


def _activity(node: Node) -> Element:
    name = node.title or node.number or node.id
    return Element(xml_name("Activity", node.id), "task", name, node.lane, node.tooltip, within=node.within)


def _held_up(node: Node) -> tuple[Element, ...]:
    """Return a step that waits: its work, unless it is nothing but the wait, and the event that ends the wait."""
    text = node.pause or node.title
    period = duration_in(node.pause) if node.kind == "wait" else None
    event = Element(
        xml_name("Event", node.id),
        "intermediateCatchEvent",
        text,
        node.lane,
        definition="timer" if period else "conditional",
        condition=text,
        duration=period or "",
    )
    only_waits = not node.pause or node.title.removesuffix(".") in node.pause
    return (event,) if only_waits and not node.within else (_activity(node), event)


def _called(node: Node) -> tuple[Element, ...]:
    return (replace(_activity(node), tag="callActivity", calls=node.calls[0] if node.calls else ""),)


def _handed_over(node: Node) -> tuple[Element, ...]:
    return (*_called(node), Element(xml_name("End", node.id), "endEvent", node.title, node.lane))


def _stopped(node: Node) -> tuple[Element, ...]:
    end = Element(xml_name("End", node.id), "endEvent", node.pause or node.title, node.lane, definition="terminate")
    return (_activity(node), end)


def _ended(node: Node) -> tuple[Element, ...]:
    return (Element(xml_name("Event", node.id), "endEvent", node.title, node.lane),)


def _started(node: Node) -> tuple[Element, ...]:
    return (Element(xml_name("Event", node.id), "startEvent", node.title, node.lane, node.tooltip),)


def _boxed(node: Node) -> tuple[Element, ...]:
    members = tuple(replace(_activity(member), within="") for member in node.members)
    name = node.title.partition(":")[0] if members else node.title
    return (Element(xml_name("Activity", node.id), "adHocSubProcess", name, node.lane, members=members),)


def _parallel(node: Node) -> tuple[Element, ...]:
    return (Element(xml_name("Gateway", node.id), "parallelGateway", "", node.lane),)


_CORES: dict[NodeKind, Callable[[Node], tuple[Element, ...]]] = {
    "start": _started,
    "end": _ended,
    "stop": _stopped,
    "hold": _held_up,
    "wait": _held_up,
    "call": _called,
    "hand-over": _handed_over,
    "any": _boxed,
    "fork": _parallel,
    "join": _parallel,
}
"""Kind of a node -> its elements; a decision is a task like others: the gateway behind it only routes."""


def _deadline(element: Element, words: FlowWords) -> tuple[Element, Element]:
    """Return the timer of a deadline and the end to which it leads; it does not break the work off."""
    timer = Element(
        f"Timer.{element.id}",
        "boundaryEvent",
        element.within,
        element.lane,
        definition="timer",
        condition=element.within,
        duration=duration_in(element.within) or "",
        attached_to=element.id,
    )
    return timer, Element(f"Late.{element.id}", "endEvent", words.late, element.lane, attached_to=element.id)


def _within(chains: Iterable[Sequence[Element]]) -> Iterator[Flow]:
    for chain in chains:
        for one, other in pairwise(chain):
            yield _flow(one, other)


def _between(edges: Iterable[Edge], chains: Mapping[str, Sequence[Element]]) -> Iterator[Flow]:
    for edge in edges:
        yield _flow(chains[edge.source][-1], chains[edge.target][0], edge.label)


def _to_the_late_ends(late: Sequence[Element]) -> Iterator[Flow]:
    for timer, end in zip(late[::2], late[1::2], strict=True):
        yield _flow(timer, end)


def _flow(source: Element, target: Element, name: str = "") -> Flow:
    return Flow(f"Flow.{source.id}..{target.id}", source.id, target.id, name)


def _lanes(lanes: Sequence[Lane], elements: Iterable[Element], words: FlowWords) -> tuple[Lane, ...]:
    """Return the lanes that are used, and one for what nobody is named for; none where nobody is named at all."""
    used = {element.lane for element in elements}
    named = tuple(lane for lane in lanes if lane.id in used)
    nobody = (Lane("", words.nobody),) if used - {lane.id for lane in named} else ()
    return (*named, *nobody) if named else ()
