"""The same flow in words: a list that a screen reader can follow, with each of the graph's nodes and edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from handrail.dataclass import dataclass
from handrail.flows.wording import ENGLISH, FlowWords
from handrail.graph import Edge, Graph, Node, NodeKind, unguarded


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a step."""

    to: str
    """The node that it leads to."""
    label: str
    guessed: bool
    text: str
    """`to 4`, `back to 1`, `to the end`; through what stands between, up to the next line of the list."""


@dataclass(frozen=True, slots=True)
class Told:
    """One node in words."""

    node: str
    kind: NodeKind
    number: str
    title: str
    who: str
    """The role in whose lane it stands."""
    notes: tuple[str, ...]
    """What it waits for, its deadline, its rail."""
    members: tuple[str, ...]
    """The steps in a box of work in any order."""
    ways: tuple[Way, ...]
    href: str
    has_line: bool
    """Whether it has a line of its own; an end or a bar is told where the way leads to it."""
    text: str


@dataclass(frozen=True, slots=True)
class InWords:
    """A whole flow in words."""

    title: str
    told: tuple[Told, ...]
    """Every node, in the author's order."""

    @property
    def lines(self) -> tuple[Told, ...]:
        """The nodes that have a line of their own."""
        return tuple(told for told in self.told if told.has_line)

    @property
    def text(self) -> str:
        """The whole as plain text."""
        return "".join(f"{told.text}\n" for told in self.lines)


@dataclass(frozen=True, slots=True)
class _Flow:
    """A graph, ready to be told."""

    graph: Graph
    words: FlowWords
    places: Mapping[str, int]
    nodes: Mapping[str, Node]
    leads: Mapping[str, tuple[Edge, ...]]
    lanes: Mapping[str | None, str]
    often: Counter[str]
    """How many nodes bear each number."""


_INSIDE: dict[NodeKind, str] = {"end": "to_end", "fork": "at_once", "join": "joined", "hand-over": "hand_over"}
"""Kinds that are told where the way leads to them, with the phrase for it, unless they bear a number."""


def in_words(graph: Graph, words: FlowWords = ENGLISH) -> InWords:
    """Tell a graph in words."""
    leads: dict[str, tuple[Edge, ...]] = {}
    for edge in graph.edges:
        leads[edge.source] = (*leads.get(edge.source, ()), edge)
    flow = _Flow(
        graph,
        words,
        {node.id: place for place, node in enumerate(graph.nodes)},
        {node.id: node for node in graph.nodes},
        leads,
        {lane.id: lane.title for lane in graph.lanes},
        Counter(node.number for box in graph.nodes for node in (box, *box.members)),
    )
    return InWords(graph.title, tuple(_told(node, flow) for node in graph.nodes))


def _told(node: Node, flow: _Flow) -> Told:
    ways = tuple(_way(edge, flow) for edge in flow.leads.get(node.id, ()))
    who = flow.lanes.get(node.lane, "")
    notes = tuple(_notes(node, flow.words))
    members = tuple(_caption(member) for member in node.members)
    title = flow.words.any_order if members else node.title
    parts = [
        _sentence(f"{node.number}. {title}" if node.number else title),
        f"({who})" if who else "",
        " ".join(_sentence(part, ";" if place < len(members) - 1 else ".") for place, part in enumerate(members)),
        *(_sentence(note) for note in notes),
        *(_sentence(_capital(f"{way.label}: {way.text}" if way.label else way.text)) for way in ways),
    ]
    text = " ".join(" ".join(filter(None, parts)).split())
    return Told(
        node.id, node.kind, node.number, title, who, notes, members, ways, node.href, not _is_inside(node), text
    )


def _caption(node: Node) -> str:
    return f"{node.number}. {node.title}" if node.number else node.title


def _is_inside(node: Node) -> bool:
    return node.kind in _INSIDE and not node.number


def _notes(node: Node, words: FlowWords) -> Iterator[str]:
    """Yield what else a reader has to know, unless the title says so."""
    if node.pause and node.pause not in node.title:
        yield {"hold": words.hold, "stop": words.stop}.get(node.kind, words.wait).format(text=node.pause)
    if node.number and node.kind in ("hand-over", "stop"):
        yield words.goes_over if node.kind == "hand-over" else words.stops
    if node.within and node.within not in node.title:
        yield words.within.format(text=node.within)
    if unguarded(node):
        yield words.risky


def _way(edge: Edge, flow: _Flow) -> Way:
    text = _phrase(edge.source, edge.target, flow, frozenset())
    guessed = f" {flow.words.guessed}" if edge.guessed else ""
    return Way(edge.target, edge.label, edge.guessed, text + guessed)


def _phrase(source: str, target: str, flow: _Flow, seen: frozenset[str]) -> str:
    """Return where a way leads: a line of the list, or through what has none to the lines behind it."""
    node = flow.nodes.get(target)
    if node is None:
        return flow.words.to.format(step=target)
    if not _is_inside(node):
        back = flow.places[target] <= flow.places.get(source, 0)
        return (flow.words.back if back else flow.words.to).format(step=_name(node, flow))
    if node.kind == "hand-over":
        return flow.words.hand_over.format(step=node.title)
    behind = flow.leads.get(target, ()) if target not in seen else ()
    ways = f" {flow.words.both} ".join(_phrase(source, edge.target, flow, seen | {target}) for edge in behind)
    return str(getattr(flow.words, _INSIDE[node.kind])).format(ways=ways).rstrip(" ,")


def _name(node: Node, flow: _Flow) -> str:
    """Return what a line is called: its number where that is its own, else its title too."""
    if node.number and flow.often[node.number] == 1:
        return node.number
    numbers = [member.number for member in node.members if flow.often[member.number] <= 1]
    if numbers and len(numbers) == len(node.members):
        return ", ".join(numbers)
    return flow.words.any_order.rstrip(" :") if node.members else _caption(node)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str, end: str = ".") -> str:
    """Return a text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text.endswith((".", "?", "!", "…", ":")) else text + end
