"""The page of a flow: its drawing, the same in words, who does what, its neighbours, and its downloads."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from handrail.dataclass import dataclass
from handrail.drawing import LIGHT
from handrail.flows import bpmn_of, flow_words, in_words, mermaid_of
from handrail.flows.folding import flow_parts, is_large
from handrail.graph import Graph, Node
from handrail.index import first_sentence, title_of
from handrail.matrices import WHO_DOES_WHAT, raci_table
from handrail.model import Document
from handrail.pages.download import Download
from handrail.pages.drawings import drawn_flow, svg_of, without_links
from handrail.pages.flows import (
    TOGETHER,
    flow_name,
    opening_graph,
    part_graph,
    part_title,
    together_graph,
    whole_depth,
)
from handrail.pages.landscape import neighbours_of
from handrail.pages.site import Site, View
from handrail.pages.tables import table_file, table_html
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
    """The flow of what it calls, where that has a page."""


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
    """Return the flow of the first procedure that a node calls and that has a flow page."""
    documents = view.handbook.documents
    for name in node.calls:
        called = documents.get(name)
        if called is not None and called.id in view.site.flow_files and (href := view.url(flow_name(called.id))):
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
        downloads=() if part else _download_links(document, view),
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
    file = f"{_stem(view.site.flow_files[process.id], view.site)}.csv"
    return table_html(raci_table(process, view.site), view, view.url(file))


def _graph(document: Document, part: str | None, view: View) -> Graph:
    if part == TOGETHER:
        return together_graph(document.id, view)
    return part_graph(document, part, view) if part else opening_graph(document, view)


def _part_links(document: Document, view: View) -> tuple[Link, ...]:
    """Return the parts with which a large flow opens."""
    parts = flow_parts(document)
    first = tuple(part for part in parts if not part.is_phase) or parts
    return tuple(Link(part_title(part, view.site), view.url(flow_name(document.id, part.id))) for part in first)


def _download_links(document: Document, view: View) -> tuple[Link, ...]:
    stem = _stem(view.site.flow_files[document.id], view.site)
    links = (Link(name, view.url(f"{stem}.{ending}")) for ending, (name, _) in _WRITERS.items())
    return tuple(link for link in links if link.href)


def _stem(file: str, site: Site) -> str:
    return f"{site.options.folder}/flows/{file}"


def flow_downloads(site: Site) -> Iterator[Download]:
    """Yield the files that can be downloaded, whose content is made when it is asked for."""
    for name, file in site.flow_files.items():
        document = site.handbook.documents[name]
        graph = functools.cache(functools.partial(_without_addresses, document, site))
        for ending, (_, write) in _WRITERS.items():
            content = functools.partial(_written, write, graph, site)
            yield Download(f"{_stem(file, site)}.{ending}", content)
        if name in site.manned:
            yield Download(f"{_stem(file, site)}.csv", functools.partial(_matrix_file, document, site))


def _matrix_file(process: Document, site: Site) -> str:
    return table_file(raci_table(process, site))


def _without_addresses(document: Document, site: Site) -> Graph:
    """Return a flow as it leaves the site, with no links."""
    return without_links(site.flow(document, whole_depth(document)))


def _written(write: Callable[[Graph, Site], str], graph: Callable[[], Graph], site: Site) -> str:
    return write(graph(), site)


_WRITERS: Mapping[str, tuple[str, Callable[[Graph, Site], str]]] = {
    "svg": ("SVG", lambda graph, site: svg_of(graph, site, LIGHT)),
    "mmd": ("Mermaid", lambda graph, site: mermaid_of(graph)),
    "bpmn": ("BPMN", lambda graph, site: bpmn_of(graph, flow_words(site.words.site))),
}
"""End of a file's name -> what the format is called, and how a flow is written in it."""
