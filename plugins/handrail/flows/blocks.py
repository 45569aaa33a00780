"""A fenced block `flow`: which flow, or which part of one, it asks for, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handrail.dataclass import dataclass
from handrail.documents import Node, block_options
from handrail.flows.graphs import Href, graph_of
from handrail.flows.parts import around, of_lane
from handrail.flows.wording import ENGLISH, FlowWords
from handrail.graph import Graph
from handrail.model import AskedBlock, Document, Handbook
from handrail.problems import Problem, did_you_mean
from handrail.reader.roles import folded

_OPTIONS = ("id", "role", "depth", "around")
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class FlowAsked:
    """What a fenced block asks for."""

    document: Document
    graph: Graph
    whole: bool
    """Whether it is the flow as its page shows it, with no part chosen."""


def asked_flow(
    block: AskedBlock, path: str, handbook: Handbook, href: Href, words: FlowWords = ENGLISH
) -> FlowAsked | Problem:
    """Return the flow that a fenced block asks for, or what is wrong with it."""
    node = block_options(path, block.text, block.line, block.column, "flow-block")
    if isinstance(node, Problem):
        return node
    said = node.mapping or {"id": node}
    for name, value in said.items():
        if name not in _OPTIONS:
            mend = did_you_mean(name, _OPTIONS, f"The options are {', '.join(_OPTIONS)}.")
            return _problem(value, path, f"A flow has no option `{name}`.", mend)
        if not value.text:
            return _problem(value, path, f"`{name}` of this flow has no value.", _EXAMPLE)
    if "id" not in said:
        return _problem(node, path, "This does not say which flow to show.", _EXAMPLE)
    return _shown(said, path, handbook, href, words)


_EXAMPLE = "Write the id of a process or procedure, or `{id: release, role: Release manager}`."


def _shown(
    said: Mapping[str, Node], path: str, handbook: Handbook, href: Href, words: FlowWords
) -> FlowAsked | Problem:
    document = _document(said["id"].text or "", handbook)
    if document is None:
        known = [one.id for one in (*handbook.processes, *handbook.procedures)]
        mend = did_you_mean(said["id"].text or "", known, "List them with `handrail read`.")
        return _problem(said["id"], path, f"There is no process or procedure `{said['id'].text}`.", mend)
    if not document.steps:
        message = f"`{document.id}` states no steps, so there is no flow to show."
        return _problem(said["id"], path, message, "Write its steps, or take this block away.")
    depth = _depth(said.get("depth"))
    if depth is None:
        message = f"`depth` is no number from 1 to {_DEEPEST}."
        return _problem(said["depth"], path, message, "Write how many levels of steps to show, such as `depth: 2`.")
    graph = _part(graph_of(document, handbook, href, words, depth), said, path, handbook)
    return graph if isinstance(graph, Problem) else FlowAsked(document, graph, len(said) == 1)


def _document(name: str, handbook: Handbook) -> Document | None:
    found = handbook.documents.get(name) or handbook.documents.get(name.casefold())
    return found if found is not None and found.kind in ("process", "procedure") else None


def _depth(node: Node | None) -> int | None:
    text = "1" if node is None else node.text or ""
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= _DEEPEST else None


def _part(graph: Graph, said: Mapping[str, Node], path: str, handbook: Handbook) -> Graph | Problem:
    """Return what is asked for of a flow: one role, or what stands around one step."""
    if "role" in said:
        name = said["role"].text or ""
        lane = _lane(name, graph, handbook)
        if lane is None:
            mend = did_you_mean(name, [one.title for one in graph.lanes], _known(one.title for one in graph.lanes))
            return _problem(said["role"], path, f"No step of `{graph.id}` is done by `{name}`.", mend)
        graph = of_lane(graph, lane)
    if "around" in said:
        name = said["around"].text or ""
        steps = [node.id for node in graph.nodes if node.number]
        if name not in steps:
            mend = did_you_mean(name, steps, _known(steps))
            return _problem(said["around"], path, f"`{graph.id}` has no step `{name}` here.", mend)
        graph = around(graph, name)
    return graph


def _known(names: Iterable[str]) -> str:
    listed = ", ".join(f"`{name}`" for name in list(names)[:12])
    return f"There is {listed}." if listed else "The flow has none."


def _lane(name: str, graph: Graph, handbook: Handbook) -> str | None:
    """Return the lane of a role by its title, its id, or another of its names."""
    for lane in graph.lanes:
        role = handbook.documents.get(lane.id)
        if folded(name) in {folded(known) for known in (lane.id, lane.title, *(role.aliases if role else ()))}:
            return lane.id
    return None


def _problem(node: Node, path: str, message: str, mend: str) -> Problem:
    return Problem("flow-block", "error", path, node.line, node.column, message, mend)
