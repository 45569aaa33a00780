"""A flow as data: the graph under the names that its fields have."""

from __future__ import annotations

import json
from dataclasses import fields

from handrail.graph import Edge, Graph, Lane, Node

_NOT_SAID = ("", None, (), False)
"""An absent value is absent, not empty."""


def flow_data(graph: Graph) -> dict[str, object]:
    """Return a graph as plain data."""
    return {
        "handrail": 1,
        "id": graph.id,
        "title": graph.title,
        "description": graph.description,
        "lanes": [_plain(lane) for lane in graph.lanes],
        "nodes": [_plain(node) for node in graph.nodes],
        "edges": [_plain(edge) for edge in graph.edges],
    }


def flow_json(graph: Graph) -> str:
    """Return a graph as JSON."""
    return json.dumps(flow_data(graph), ensure_ascii=False, indent=2) + "\n"


def _plain(part: Lane | Node | Edge) -> dict[str, object]:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    kept = {name: value for name, value in values.items() if value not in _NOT_SAID or name in ("id", "title")}
    return {
        name: [_member(each) for each in value] if isinstance(value, tuple) else value for name, value in kept.items()
    }


def _member(value: object) -> object:
    return _plain(value) if isinstance(value, Node) else value
