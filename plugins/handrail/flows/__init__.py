"""A document's steps as a graph, and the graph in words, Mermaid, BPMN and JSON."""

from __future__ import annotations

from handrail.flows.bpmn import bpmn_of
from handrail.flows.context import branches
from handrail.flows.data import flow_data, flow_json
from handrail.flows.findings import flow_problems
from handrail.flows.graphs import Href, beside_each_other, graph_of, graphs_of_page
from handrail.flows.mermaid import mermaid_of
from handrail.flows.parts import around, of_lane
from handrail.flows.wording import ENGLISH, FlowWords, flow_words
from handrail.flows.words import InWords, Told, Way, in_words

__all__ = [
    "ENGLISH",
    "FlowWords",
    "Href",
    "InWords",
    "Told",
    "Way",
    "around",
    "beside_each_other",
    "bpmn_of",
    "branches",
    "flow_data",
    "flow_json",
    "flow_problems",
    "flow_words",
    "graph_of",
    "graphs_of_page",
    "in_words",
    "mermaid_of",
    "of_lane",
]
