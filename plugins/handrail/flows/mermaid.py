"""A flow as a Mermaid flowchart; no text of the author's can break out of its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handrail.graph import Edge, Graph, Node, NodeKind

_SHAPES: dict[NodeKind, tuple[str, str]] = {
    "start": ("([", "])"),
    "end": ("([", "])"),
    "stop": ("((", "))"),
    "decision": ("{", "}"),
    "hold": ("{{", "}}"),
    "wait": ("[/", "/]"),
    "call": ("[[", "]]"),
    "hand-over": (">", "]"),
    "any": ("[/", "\\]"),
    "ongoing": ("(", ")"),
    "fork": ("[", "]"),
    "join": ("[", "]"),
}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN = ("[", "]")
_UNSAFE = re.compile(r"[^\w ,'\-.?!]|_")
"""All but letters, digits, and signs that mean nothing to Mermaid between quotes, unless they make a list's marker."""
_LIST = re.compile(r"\A([0-9]+\.|-)")


def mermaid_of(graph: Graph) -> str:
    """Return a graph in Mermaid's words."""
    names = {node.id: f"n{place}" for place, node in enumerate(graph.nodes, 1)}
    return "".join(f"{line}\n" for line in _lines(graph, names))


def _lines(graph: Graph, names: Mapping[str, str]) -> Iterator[str]:
    yield "flowchart TB"
    for place, lane in enumerate(graph.lanes, 1):
        yield f'  subgraph lane{place}["{quoted(lane.title)}"]'
        yield "    direction TB"
        yield from (f"    {_node(node, names)}" for node in graph.nodes if node.lane == lane.id)
        yield "  end"
    lanes = {lane.id for lane in graph.lanes}
    yield from (f"  {_node(node, names)}" for node in graph.nodes if node.lane not in lanes)
    yield from (f"  {_edge(edge, names)}" for edge in graph.edges if edge.source in names and edge.target in names)


def _node(node: Node, names: Mapping[str, str]) -> str:
    opening, closing = _SHAPES.get(node.kind, _PLAIN)
    caption = f"{node.number}. {node.title}" if node.number else node.title
    return f'{names[node.id]}{opening}"{quoted(caption) or "#8203;"}"{closing}'


def _edge(edge: Edge, names: Mapping[str, str]) -> str:
    arrow = "-.->" if edge.guessed else "-->"
    words = quoted(edge.label)
    label = f'|"{words}"|' if words else ""
    return f"{names[edge.source]} {arrow}{label} {names[edge.target]}"


def quoted(text: str) -> str:
    """Return a text as it may stand between quotes: every sign that could mean something by its number."""
    clean = _CONTROL.sub("", " ".join(text.split()))
    marker = found[0] if (found := _LIST.match(clean)) else ""
    rest = clean[max(len(marker) - 1, 0) :]
    first = rest[:1] if rest[:1].isalnum() else _by_number(rest[:1])
    return marker[:-1] + first + _UNSAFE.sub(lambda sign: _by_number(sign[0]), rest[1:])


def _by_number(signs: str) -> str:
    return "".join(f"#{ord(sign)};" for sign in signs)
