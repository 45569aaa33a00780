"""Pools and their places as the XML of BPMN 2.0."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from xml.etree import ElementTree as ET

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


def written(graph: Graph, pools: Sequence[Pool]) -> str:
    """Return the whole document as text."""
    root = ET.Element(
        "bpmn:definitions",
        {
            **_NAMESPACES,
            "id": xml_name("Definitions", graph.id),
            "name": _clean(graph.title),
            "targetNamespace": "urn:handrail:flow",
            "exporter": "Handrail",
        },
    )
    collaboration = ET.SubElement(root, "bpmn:collaboration", id=xml_name("Collaboration", graph.id))
    for pool in pools:
        ET.SubElement(collaboration, "bpmn:participant", id=_pool_id(pool), name=_clean(pool.name), processRef=pool.id)
    for pool in pools:
        _process(root, pool)
    _diagram(root, graph, tuple(placed_pools(pools)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _clean(text: str) -> str:
    """Return a text without what XML forbids, on one line."""
    return _FORBIDDEN.sub("\ufffd", " ".join(text.split()))


def _pool_id(pool: Pool) -> str:
    return f"Pool.{pool.id}"


def _lane_id(lane: Lane, pool: Pool) -> str:
    return f"{xml_name('Lane', lane.id)}.{pool.id}"


def _process(root: ET.Element, pool: Pool) -> None:
    process = ET.SubElement(root, "bpmn:process", id=pool.id, name=_clean(pool.name), isExecutable="false")
    if pool.lanes:
        lanes = ET.SubElement(process, "bpmn:laneSet", id=f"Lanes.{pool.id}")
        for lane in pool.lanes:
            drawn = ET.SubElement(lanes, "bpmn:lane", id=_lane_id(lane, pool), name=_clean(lane.title))
            for element in pool.elements:
                if element.lane == lane.id:
                    ET.SubElement(drawn, "bpmn:flowNodeRef").text = element.id
    into, out_of = _ends(pool.flows)
    for element in pool.elements:
        _element(process, element, into.get(element.id, ()), out_of.get(element.id, ()))
    for flow in pool.flows:
        named = {"name": _clean(flow.name)} if flow.name else {}
        ET.SubElement(
            process, "bpmn:sequenceFlow", {"id": flow.id, **named, "sourceRef": flow.source, "targetRef": flow.target}
        )


def _ends(flows: Iterable[Flow]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the ids of the flows into and out of each element."""
    into: dict[str, list[str]] = {}
    out_of: dict[str, list[str]] = {}
    for flow in flows:
        into.setdefault(flow.target, []).append(flow.id)
        out_of.setdefault(flow.source, []).append(flow.id)
    return into, out_of


def _element(parent: ET.Element, element: Element, into: Iterable[str], out_of: Iterable[str]) -> None:
    attributes = {"id": element.id}
    if element.name:
        attributes["name"] = _clean(element.name)
    if element.calls:
        attributes["calledElement"] = xml_name("Process", element.calls)
    if element.tag == "boundaryEvent":
        attributes |= {"cancelActivity": "false", "attachedToRef": element.attached_to}
    drawn = ET.SubElement(parent, f"bpmn:{element.tag}", attributes)
    if element.note:
        ET.SubElement(drawn, "bpmn:documentation").text = _clean(element.note)
    for flow in into:
        ET.SubElement(drawn, "bpmn:incoming").text = flow
    for flow in out_of:
        ET.SubElement(drawn, "bpmn:outgoing").text = flow
    if element.definition is not None:
        _DEFINITIONS[element.definition](drawn, element)
    for member in element.members:
        _element(drawn, member, (), ())


def _conditional(drawn: ET.Element, element: Element) -> None:
    definition = ET.SubElement(drawn, "bpmn:conditionalEventDefinition", id=f"Condition.{element.id}")
    ET.SubElement(definition, "bpmn:condition").text = _clean(element.condition)


def _timer(drawn: ET.Element, element: Element) -> None:
    """Write a period; what ISO 8601 has no word for, such as working days, stays an expression in natural language."""
    definition = ET.SubElement(drawn, "bpmn:timerEventDefinition", id=f"Period.{element.id}")
    formal = {"xsi:type": "bpmn:tFormalExpression"} if element.duration else {}
    ET.SubElement(definition, "bpmn:timeDuration", formal).text = element.duration or _clean(element.condition)


def _terminate(drawn: ET.Element, element: Element) -> None:
    ET.SubElement(drawn, "bpmn:terminateEventDefinition", id=f"Stop.{element.id}")


_DEFINITIONS: dict[str, Callable[[ET.Element, Element], None]] = {
    "conditional": _conditional,
    "timer": _timer,
    "terminate": _terminate,
}


def _diagram(root: ET.Element, graph: Graph, pools: Sequence[PlacedPool]) -> None:
    diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", id=xml_name("Diagram", graph.id))
    plane = ET.SubElement(
        diagram, "bpmndi:BPMNPlane", id=xml_name("Plane", graph.id), bpmnElement=xml_name("Collaboration", graph.id)
    )
    for placed in pools:
        _shape(plane, _pool_id(placed.pool), placed.box, isHorizontal="false")
        for lane, box in zip(placed.pool.lanes, placed.lanes, strict=False):
            _shape(plane, _lane_id(lane, placed.pool), box, isHorizontal="false")
        for shape in placed.shapes:
            more = {"isExpanded": "true"} if shape.expanded else {}
            _name(_shape(plane, shape.id, shape.box, **more), shape.name)
        for line in placed.lines:
            edge = ET.SubElement(plane, "bpmndi:BPMNEdge", id=f"Di.{line.id}", bpmnElement=line.id)
            for x, y in line.points:
                ET.SubElement(edge, "di:waypoint", x=str(x), y=str(y))
            _name(edge, line.name)


def _shape(plane: ET.Element, name: str, box: Box, **attributes: str) -> ET.Element:
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", {"id": f"Di.{name}", "bpmnElement": name, **attributes})
    _bounds(shape, box)
    return shape


def _name(drawn: ET.Element, box: Box | None) -> None:
    if box is not None:
        _bounds(ET.SubElement(drawn, "bpmndi:BPMNLabel"), box)


def _bounds(parent: ET.Element, box: Box) -> None:
    sizes = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    ET.SubElement(parent, "dc:Bounds", {name: str(number) for name, number in sizes.items()})
