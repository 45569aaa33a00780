"""The page of a flow: its drawing, the same in words, who does what, its neighbours, and its downloads."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.dataclass import dataclass
from handrail.flows import flow_words, in_words
from handrail.flows.folding import flow_parts, is_large
from handrail.graph import Graph, Node
from handrail.index import first_sentence, title_of
from handrail.matrices import WHO_DOES_WHAT, raci_table
from handrail.model import Document
from handrail.pages.drawings import drawn_flow
from handrail.pages.flow_files import download_links, matrix_path
from handrail.pages.flows import (
    TOGETHER,
    flow_name,
    flow_url,
    opening_graph,
    part_graph,
    part_title,
    together_graph,
)
from handrail.pages.landscape import neighbours_of
from handrail.pages.site import View
from handrail.pages.tables import table_html
from handrail.pages.wording import Link, document_link
from handrail.render import Markup, rendered


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a flow in words."""

    anchor: str
    node: str
    number: str
    title: Link
    who: str
    members: tuple[str, ...]
    notes: tuple[str, ...]
    ways: tuple[tuple[str, Link, str], ...]
    """Label, where it leads, and the node that this is."""
    unfolds: Link | None
    """The flow of what it calls, where that is drawn."""


def flow_lines(graph: Graph, view: View, prefix: str = "told") -> tuple[Line, ...]:
    """Return a flow in words, each line with its links."""
    told = in_words(graph, flow_words(view.site.words.site)).lines
    anchors = {line.node: f"{prefix}-{number}" for number, line in enumerate(told, 1)}
    nodes = {node.id: node for node in graph.nodes}
    return tuple(
        Line(
            anchors[line.node],
            line.node,
            line.number,
            Link(line.title, line.href or None),
            line.who,
            line.members,
            line.notes,
            tuple((way.label, _way(way.text, way.to, anchors, nodes), way.to) for way in line.ways),
            _unfolds(nodes[line.node], view),
        )
        for line in told
    )


def _way(text: str, to: str, anchors: Mapping[str, str], nodes: Mapping[str, Node]) -> Link:
    if to in anchors:
        return Link(text, f"#{anchors[to]}")
    return Link(text, (nodes[to].href if to in nodes else "") or None)


def _unfolds(node: Node, view: View) -> Link | None:
    """Return the flow of the first procedure that a node calls and whose flow is drawn."""
    documents = view.handbook.documents
    for name in node.calls:
        called = documents.get(name)
        if called is not None and (href := flow_url(called, view)):
            return Link(view.site.words.site["flow.unfold"], href, title_of(called, view.site))
    return None


def flow_html(document: Document, part: str | None, view: View) -> str:
    """Return what stands under the title of a flow's page; block-level HTML."""
    graph = _graph(document, part, view)
    purpose = document.fact("purpose")
    return rendered(
        "flow",
        view.site.own_templates,
        say=view.site.say,
        document=document,
        part=part if part != TOGETHER else None,
        place=_place(document, part, view),
        title=title_of(document, view.site),
        whole=Link(
            view.site.words.site["flow.title"].format(title=title_of(document, view.site)),
            view.url(flow_name(document.id)),
        ),
        purpose=first_sentence(purpose) if purpose and not part else None,
        downloads=() if part else download_links(document, view),
        large=len(document.all_steps()) if is_large(document) and not part else 0,
        parts=_part_links(document, view) if is_large(document) and not part else (),
        drawn=drawn_flow(graph, view.site),
        lines=flow_lines(graph, view),
        who_does_what=WHO_DOES_WHAT,
        matrix=_matrix(document, view) if document.id in view.site.manned and not part else None,
        neighbours=neighbours_of(document, view) if document.kind == "process" and not part else None,
    )


def _place(document: Document, part: str | None, view: View) -> Link:
    """Return what a flow is the flow of."""
    if part == TOGETHER:
        return Link(view.site.page_titles.get(document.path, document.path), view.url(document.path))
    return document_link(document, view)


def _matrix(process: Document, view: View) -> Markup:
    """Return who does what in a process."""
    return table_html(raci_table(process, view.site), view, view.url(matrix_path(process, view.site)))


def _graph(document: Document, part: str | None, view: View) -> Graph:
    if part == TOGETHER:
        return together_graph(document.id, view)
    return part_graph(document, part, view) if part else opening_graph(document, view)


def _part_links(document: Document, view: View) -> tuple[Link, ...]:
    """Return the parts with which a large flow opens."""
    parts = flow_parts(document)
    first = tuple(part for part in parts if not part.is_phase) or parts
    return tuple(Link(part_title(part, view.site), view.url(flow_name(document.id, part.id))) for part in first)
