"""A document's steps as a graph; procedures of one page that different roles do, side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.flows.context import Context, Href, context_of, hidden_steps, role_of
from handrail.flows.nodes import any_box, node_of
from handrail.flows.ways import Way, ways_of
from handrail.flows.wording import ENGLISH, FlowWords
from handrail.graph import Edge, Graph, Lane, Node, NodeKind
from handrail.model import Document, Handbook, Step
from handrail.reader.roles import folded

__all__ = ["Href", "graph_of", "graphs_of_page"]

_START_AT_MOST = 60
"""How long a trigger may be to stand in the start itself."""
_BARS: dict[str, NodeKind] = {"fork": "fork", "split": "fork", "join": "join", "wait": "join"}


def graph_of(document: Document, handbook: Handbook, href: Href, words: FlowWords = ENGLISH, depth: int = 1) -> Graph:
    """Return a document's flow, with sub-steps down to the depth asked for.

    Nothing is in it that the text does not state; only what prose leaves out is added: starts, ends and bars.
    """
    context = context_of(document, handbook, href, words, depth)
    make = _GRAPHS[document.order]
    nodes, edges = make(context)
    lanes = _lanes(nodes, document, handbook)
    return Graph(document.id, document.title, lanes, nodes, edges, document.fact("purpose") or "")


def _sequence(context: Context) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the nodes and edges of steps that follow each other, flow by flow."""
    steps = context.document.steps
    flows = [tuple(step for step in steps if step.flow == flow) for flow in dict.fromkeys(s.flow for s in steps)]
    nodes: list[Node] = []
    ways: list[Way] = []
    for flow in flows:
        shown = tuple(_shown(flow, 1, context))
        own = ways_of(flow, context)
        starts = tuple(_starts(shown, own, context))
        nodes += _in_reading_order(shown, own, starts, context)
        ways += [*(Way(start.id, start.id.removesuffix("#start")) for start in starts), *own]
    nodes += [duty for step in context.document.all_steps() for duty in _duty(step, context)]
    return _each_once(nodes), _edges(ways)


def _shown(steps: Sequence[Step], level: int, context: Context) -> Iterator[Step]:
    """Yield the steps that have nodes of their own, in reading order."""
    for step in steps:
        inner = context.inner(step, level)
        yield step
        yield from (hidden for hidden in hidden_steps(step, inner) if hidden.kind == "stop")
        yield from _shown(inner, level + 1, context)


def _starts(steps: Sequence[Step], ways: Sequence[Way], context: Context) -> Iterator[Node]:
    """Yield the flow's start, and one for each step that nothing leads to but an event begins."""
    triggers = context.document.values("trigger")
    title = "; ".join(triggers)
    brief = title if title and len(title) <= _START_AT_MOST else context.words.start
    reached = {way.target for way in ways if way.source != way.target}
    for place, step in enumerate(steps):
        if not place:
            yield Node(f"{step.id}#start", brief, "start", _lane(step), tooltip=title if title != brief else "")
        elif step.id not in reached and (event := begins_by(step)):
            yield Node(f"{step.id}#start", event, "start", _lane(step))


def begins_by(step: Step) -> str:
    """Return the event that begins a step on its own, where the text names one."""
    event = step.starts_when or (None if step.optional else step.condition)
    return " ".join((event or "").split())


def _in_reading_order(
    steps: Sequence[Step], ways: Sequence[Way], starts: Iterable[Node], context: Context
) -> Iterator[Node]:
    """Yield the nodes: what is no step stands behind the step after the one that leads to it."""
    start_of = {start.id.removesuffix("#start"): start for start in starts}
    asides: dict[str, list[Way]] = {}
    for way in ways:
        if way.leads in ("end", "elsewhere"):
            asides.setdefault(_owner(way.source), []).append(way)
    names = {name for way in ways for name in (way.source, way.target)}
    joins = _joins(steps, ways, context)
    waiting: list[Node] = []
    for step in steps:
        node = node_of(step, context)
        yield from (start_of[step.id],) if step.id in start_of else ()
        yield from _bars(node, ("wait",), names)
        yield node
        yield from _bars(node, ("split", "fork"), names)
        yield from waiting
        yield from joins.get(step.id, ())
        waiting = [_aside(way, node.lane, context) for way in asides.get(step.id, ())]
    yield from waiting


def _joins(steps: Sequence[Step], ways: Iterable[Way], context: Context) -> dict[str, list[Node]]:
    """Return the bars that join a fork's branches, by the step behind which they stand: the last one joined."""
    place = {step.id: number for number, step in enumerate(steps)}
    last: dict[str, int] = {}
    for way in ways:
        if way.target.endswith("#join") and way.leads == "bar":
            last[way.target] = max(last.get(way.target, 0), place.get(_owner(way.source), 0))
    found: dict[str, list[Node]] = {}
    for name, number in last.items():
        fork = steps[place[_owner(name)]]
        found.setdefault(steps[number].id, []).extend(_bars(node_of(fork, context), ("join",), (name,)))
    return found


def _owner(name: str) -> str:
    """Return the id of the step to which a bar belongs, or the name as it is."""
    head, _, kind = name.rpartition("#")
    return head if kind in _BARS else name


def _bars(node: Node, kinds: Iterable[str], names: Collection[str]) -> Iterator[Node]:
    for kind in kinds:
        if f"{node.id}#{kind}" in names:
            yield Node(f"{node.id}#{kind}", "", _BARS[kind], node.lane)


def _aside(way: Way, lane: str | None, context: Context) -> Node:
    """Return the node of an end, or of a document or step elsewhere that the flow leads to."""
    if way.leads == "end":
        return Node(way.target, context.words.end, "end", lane)
    name = way.target.removesuffix("#elsewhere")
    return Node(
        way.target,
        _title_elsewhere(name, context),
        "hand-over",
        lane,
        href=context.href(name) or "",
        calls=(name.partition("#")[0],),
    )


def _title_elsewhere(name: str, context: Context) -> str:
    """Return what a document, or a step of one, is called."""
    head, _, step_id = name.partition("#")
    document = context.handbook.documents.get(head)
    if document is None:
        return name
    step = next((step for step in document.all_steps() if step.id == step_id), None)
    return f"{document.title}: {step.text}" if step is not None else document.title


def _duty(step: Step, context: Context) -> Iterator[Node]:
    """Yield what holds all the time while a step is done."""
    if step.throughout:
        text = context.words.during.format(number=step.number, text=" ".join(step.throughout.split()))
        href = context.href(f"{context.document.id}#{step.id}") or ""
        yield Node(f"{step.id}#throughout", text, "ongoing", _lane(step), href=href)


def _each_once(nodes: Iterable[Node]) -> tuple[Node, ...]:
    found: dict[str, Node] = {}
    for node in nodes:
        found.setdefault(node.id, node)
    return tuple(found.values())


def _edges(ways: Iterable[Way]) -> tuple[Edge, ...]:
    found: dict[tuple[str, str, str], Edge] = {}
    for way in ways:
        edge = Edge(way.source, way.target, " ".join(way.label.split()), way.guessed)
        found.setdefault((edge.source, edge.target, edge.label), edge)
    return tuple(found.values())


def _any(context: Context) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return one box for each role, with its steps in it; steps that state a way stand beside the boxes, with it."""
    steps = context.document.steps
    ways = ways_of(steps, context)
    apart = _with_ways(steps, ways, context)
    boxed = [node_of(step, context) for step in steps if step not in apart]
    lanes = dict.fromkeys(member.lane for member in boxed)
    boxes = [any_box((member for member in boxed if member.lane == lane), context) for lane in lanes]
    if not steps:
        return (), ()
    inside = {member.id for member in boxed}
    own = [way for way in ways if way.source not in inside]
    entered = _entered(apart, own)
    start = Node(f"{steps[0].id}#start", context.words.start, "start", _lane(steps[0]))
    ends = [Node(f"{box.id}#end", context.words.end, "end", box.lane) for box in boxes]
    beside = _in_reading_order(tuple(_shown(apart, 1, context)), own, (), context)
    duties = [duty for step in steps for duty in _duty(step, context)]
    pairs = zip(boxes, ends, strict=True)
    edges = [way for box, end in pairs for way in (Way(start.id, box.id), Way(box.id, end.id))]
    edges += [*(Way(start.id, step.id) for step in apart if step.id not in entered), *own]
    return _each_once((start, *boxes, *ends, *beside, *duties)), _edges(edges)


def _with_ways(steps: Sequence[Step], ways: Sequence[Way], context: Context) -> tuple[Step, ...]:
    """Return the steps that lead somewhere by their own words, or that such a step leads to."""
    stated = [way for way in ways if way.leads != "end" or way.label]
    names = {_owner(name) for way in stated for name in (way.source, way.target)}
    names |= {
        step.id for step in steps if step.kind in ("end", "stop") or any(not arrow.implied for arrow in step.next)
    }
    return tuple(step for step in steps if names & {step.id, *(inner.id for inner in hidden_steps(step, ()))})


def _entered(steps: Sequence[Step], ways: Iterable[Way]) -> frozenset[str]:
    """Return the steps that come after others by their words; a way back to a step says nothing of how it begins."""
    place = {step.id: number for number, step in enumerate(steps)}
    last = len(place)
    return frozenset(
        _owner(way.target)
        for way in ways
        if way.waited_for or place.get(_owner(way.source), -1) < place.get(_owner(way.target), last)
    )


def _lane(step: Step) -> str | None:
    role = role_of(step)
    return role.role if role is not None else None


def _ongoing(context: Context) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return a duty for each step; nothing leads from one to another."""
    return tuple(replace(node_of(step, context), kind="ongoing") for step in context.document.steps), ()


_GRAPHS = {"sequence": _sequence, "any": _any, "ongoing": _ongoing}


def _lanes(nodes: Sequence[Node], document: Document, handbook: Handbook) -> tuple[Lane, ...]:
    """Return a lane for each role that does something: in the order of `roles`, then of first appearance."""
    named = document.values("roles")
    known = _roles_by_name(handbook) if named else {}
    stated = [known[folded(name)] for name in named if folded(name) in known]
    used = [node.lane for node in nodes if node.lane is not None]
    return tuple(
        Lane(name, handbook.documents[name].title if name in handbook.documents else name)
        for name in dict.fromkeys((*stated, *used))
        if name in used
    )


def _roles_by_name(handbook: Handbook) -> Mapping[str, str]:
    """Return the id of each role by each of its names, folded."""
    return {folded(name): role.id for role in handbook.roles for name in (*role.aliases, role.title, role.id)}


def graphs_of_page(
    path: str, handbook: Handbook, href: Href, words: FlowWords = ENGLISH, depth: int = 1
) -> tuple[Graph, ...]:
    """Return a page's flows; procedures that stand next to each other and name different roles are one of them."""
    found: list[Graph] = []
    for group in beside_each_other(path, handbook):
        graphs = [graph_of(document, handbook, href, words, depth) for document in group]
        title = next((page.title for page in handbook.pages if page.path == path), path)
        found.append(_joined(path, title, graphs) if len(graphs) > 1 else graphs[0])
    return tuple(found)


def beside_each_other(path: str, handbook: Handbook) -> Iterator[tuple[Document, ...]]:
    """Yield a page's documents with steps: together those that different roles do side by side, others alone."""
    group: list[Document] = []
    roles: set[str] = set()
    for document in (document for document in handbook.by_path.get(path, ()) if document.steps):
        role = only_role(document)
        if group and (role is None or role in roles or not roles):
            yield tuple(group)
            group, roles = [], set()
        group.append(document)
        roles |= {role} if role is not None else set()
    if group:
        yield tuple(group)


def only_role(document: Document) -> str | None:
    """Return the one role that a procedure is for, by its heading or its `role`; None where steps name several."""
    if document.kind != "procedure":
        return None
    roles = {role_of(step) for step in document.steps}
    names = {use.role if use is not None and (use.source == "heading" or use.inherited) else None for use in roles}
    return names.pop() if len(names) == 1 else None


def _joined(path: str, title: str, graphs: Sequence[Graph]) -> Graph:
    """Return several flows as one graph of parts that nothing connects."""
    lanes = dict.fromkeys(lane for graph in graphs for lane in graph.lanes)
    renamed = [_renamed(graph) for graph in graphs]
    return Graph(
        path,
        title,
        tuple(lanes),
        tuple(node for graph in renamed for node in graph.nodes),
        tuple(edge for graph in renamed for edge in graph.edges),
    )


def _renamed(graph: Graph) -> Graph:
    """Return a graph whose ids are unique on the page: `document#step`."""
    names: Mapping[str, str] = {node.id: f"{graph.id}#{node.id}" for node in graph.nodes}
    return replace(
        graph,
        nodes=tuple(replace(node, id=names[node.id]) for node in graph.nodes),
        edges=tuple(replace(e, source=names[e.source], target=names[e.target]) for e in graph.edges),
    )
