"""Pools and their places as the XML of BPMN 2.0."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from handrail.flows.bpmn.elements import Element, Flow, Pool, xml_name
from handrail.flows.bpmn.places import Box, PlacedPool, placed_pools
from handrail.graph import Graph, Lane

_NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Tag(NamedTuple):
    """An element of the document: what is inside it, else its text."""

    name: str
    attributes: Mapping[str, object] = MappingProxyType({})
    inside: Sequence[Tag] = ()
    text: str = ""


def written(graph: Graph, pools: Sequence[Pool]) -> str:
    """Return the whole document as text."""
    named = [
        Tag("bpmn:participant", {"id": _pool_id(pool), "name": _clean(pool.name), "processRef": pool.id})
        for pool in pools
    ]
    attributes = {
        **_NAMESPACES,
        "id": xml_name("Definitions", graph.id),
        "name": _clean(graph.title),
        "targetNamespace": "urn:handrail:flow",
        "exporter": "Handrail",
    }
    collaboration = Tag("bpmn:collaboration", {"id": xml_name("Collaboration", graph.id)}, named)
    inside = [collaboration, *map(_process, pools), _diagram(graph, placed_pools(pools))]
    return f'<?xml version="1.0" encoding="UTF-8"?>{_text(Tag("bpmn:definitions", attributes, inside))}\n'


def _text(tag: Tag, indent: str = "\n") -> str:
    """Return an element with what is inside it, each on a line of its own."""
    attributes = "".join([f' {name}="{_quoted(value)}"' for name, value in tag.attributes.items()])
    if tag.inside:
        inside = "".join([_text(one, f"{indent}  ") for one in tag.inside])
        return f"{indent}<{tag.name}{attributes}>{inside}{indent}</{tag.name}>"
    if tag.text:
        return f"{indent}<{tag.name}{attributes}>{escape(tag.text, quote=False)}</{tag.name}>"
    return f"{indent}<{tag.name}{attributes} />"


def _quoted(value: object) -> str:
    """Return what stands between the quotes of an attribute."""
    return escape(str(value), quote=False).replace('"', "&quot;")


def _clean(text: str) -> str:
    """Return a text without what XML forbids, on one line."""
    return _FORBIDDEN.sub("\ufffd", " ".join(text.split()))


def _pool_id(pool: Pool) -> str:
    return f"Pool.{pool.id}"


def _lane_id(lane: Lane, pool: Pool) -> str:
    return f"{xml_name('Lane', lane.id)}.{pool.id}"


def _process(pool: Pool) -> Tag:
    into, out_of = _ends(pool.flows)
    inside = [_lanes(pool)] if pool.lanes else []
    inside += [_element(one, into.get(one.id, ()), out_of.get(one.id, ())) for one in pool.elements]
    inside += map(_flow, pool.flows)
    return Tag("bpmn:process", {"id": pool.id, "name": _clean(pool.name), "isExecutable": "false"}, inside)


def _lanes(pool: Pool) -> Tag:
    lanes = [
        Tag(
            "bpmn:lane",
            {"id": _lane_id(lane, pool), "name": _clean(lane.title)},
            [Tag("bpmn:flowNodeRef", text=element.id) for element in pool.elements if element.lane == lane.id],
        )
        for lane in pool.lanes
    ]
    return Tag("bpmn:laneSet", {"id": f"Lanes.{pool.id}"}, lanes)


def _flow(flow: Flow) -> Tag:
    named = {"name": _clean(flow.name)} if flow.name else {}
    return Tag("bpmn:sequenceFlow", {"id": flow.id, **named, "sourceRef": flow.source, "targetRef": flow.target})


def _ends(flows: Iterable[Flow]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the ids of the flows into and out of each element."""
    into: dict[str, list[str]] = {}
    out_of: dict[str, list[str]] = {}
    for flow in flows:
        into.setdefault(flow.target, []).append(flow.id)
        out_of.setdefault(flow.source, []).append(flow.id)
    return into, out_of


def _element(element: Element, into: Iterable[str] = (), out_of: Iterable[str] = ()) -> Tag:
    attributes = {"id": element.id}
    if element.name:
        attributes["name"] = _clean(element.name)
    if element.calls:
        attributes["calledElement"] = xml_name("Process", element.calls)
    if element.tag == "boundaryEvent":
        attributes |= {"cancelActivity": "false", "attachedToRef": element.attached_to}
    return Tag(f"bpmn:{element.tag}", attributes, tuple(_inside(element, into, out_of)))


def _inside(element: Element, into: Iterable[str], out_of: Iterable[str]) -> Iterator[Tag]:
    if element.note:
        yield Tag("bpmn:documentation", text=_clean(element.note))
    for flow in into:
        yield Tag("bpmn:incoming", text=flow)
    for flow in out_of:
        yield Tag("bpmn:outgoing", text=flow)
    if element.definition is not None:
        yield _DEFINITIONS[element.definition](element)
    yield from map(_element, element.members)


def _conditional(element: Element) -> Tag:
    condition = Tag("bpmn:condition", text=_clean(element.condition))
    return Tag("bpmn:conditionalEventDefinition", {"id": f"Condition.{element.id}"}, (condition,))


def _timer(element: Element) -> Tag:
    """Write a period; what ISO 8601 has no word for, such as working days, stays an expression in natural language."""
    formal = {"xsi:type": "bpmn:tFormalExpression"} if element.duration else {}
    period = Tag("bpmn:timeDuration", formal, text=element.duration or _clean(element.condition))
    return Tag("bpmn:timerEventDefinition", {"id": f"Period.{element.id}"}, (period,))


def _terminate(element: Element) -> Tag:
    return Tag("bpmn:terminateEventDefinition", {"id": f"Stop.{element.id}"})


_DEFINITIONS: dict[str, Callable[[Element], Tag]] = {
    "conditional": _conditional,
    "timer": _timer,
    "terminate": _terminate,
}


def _diagram(graph: Graph, pools: Iterable[PlacedPool]) -> Tag:
    attributes = {"id": xml_name("Plane", graph.id), "bpmnElement": xml_name("Collaboration", graph.id)}
    plane = Tag("bpmndi:BPMNPlane", attributes, [drawn for placed in pools for drawn in _drawn(placed)])
    return Tag("bpmndi:BPMNDiagram", {"id": xml_name("Diagram", graph.id)}, (plane,))


def _drawn(placed: PlacedPool) -> Iterator[Tag]:
    """Yield what is drawn of a pool, from its frame to its arrows."""
    upright = {"isHorizontal": "false"}
    yield _shape(_pool_id(placed.pool), placed.box, upright)
    for lane, box in zip(placed.pool.lanes, placed.lanes, strict=False):
        yield _shape(_lane_id(lane, placed.pool), box, upright)
    for shape in placed.shapes:
        yield _shape(shape.id, shape.box, {"isExpanded": "true"} if shape.expanded else {}, shape.name)
    for line in placed.lines:
        points = [Tag("di:waypoint", {"x": x, "y": y}) for x, y in line.points]
        yield Tag("bpmndi:BPMNEdge", _drawing_of(line.id), [*points, *_name(line.name)])


def _shape(name: str, box: Box, attributes: Mapping[str, str], named: Box | None = None) -> Tag:
    return Tag("bpmndi:BPMNShape", {**_drawing_of(name), **attributes}, [_bounds(box), *_name(named)])


def _drawing_of(name: str) -> dict[str, str]:
    return {"id": f"Di.{name}", "bpmnElement": name}


def _name(box: Box | None) -> Sequence[Tag]:
    return (Tag("bpmndi:BPMNLabel", inside=(_bounds(box),)),) if box is not None else ()


def _bounds(box: Box) -> Tag:
    return Tag("dc:Bounds", {"x": box.x, "y": box.y, "width": box.width, "height": box.height})
