"""A flow in BPMN 2.0, with its diagram."""

from __future__ import annotations

from handrail.flows.bpmn.pools import pools_of
from handrail.flows.bpmn.xml import written
from handrail.flows.wording import ENGLISH, FlowWords
from handrail.graph import Graph

__all__ = ["bpmn_of"]


def bpmn_of(graph: Graph, words: FlowWords = ENGLISH) -> str:
    """Return a graph as a BPMN document: a pool for each of its parts, with lanes, elements and places."""
    return written(graph, pools_of(graph, words))
