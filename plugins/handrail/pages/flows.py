"""Which flows have pages on the site, and which steps each of these pages shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.flows import flow_words, graphs_of_page
from handrail.flows.folding import (
    FlowPart,
    flow_parts,
    folded_flow,
    is_large,
    nodes_of_part,
    part_of_flow,
    phases_inside,
)
from handrail.graph import Graph, Node
from handrail.index import clipped, title_of
from handrail.kept import kept
from handrail.model import Document
from handrail.pages.drawings import drawing_id, paper_of, svg_of, without_links
from handrail.pages.file_names import file_name
from handrail.pages.site import Site, View

TOGETHER = "together"
"""The part of a flow page that shows the procedures of a page that different roles do side by side."""
_MOST_BELOW = 4
"""How many sheets of paper a drawing takes at most where it stands below the steps of a procedure."""


@dataclass(frozen=True, slots=True)
class FlowPage:
    """A page that shows a flow, or a part of one."""

    document: str
    part: str | None
    """None for the flow as a whole."""
    title: str
    file: str
    """Its name, without the ending."""

    @property
    def name(self) -> str:
        """What a view's `url` knows it by."""
        return flow_name(self.document, self.part)


def flow_name(document: str, part: str | None = None) -> str:
    """Return the name under which a view's `url` finds the page of a flow."""
    return f":flow/{document}/{part}" if part else f":flow/{document}"


def flow_url(document: Document, view: View) -> str | None:
    """Return where a document's flow is drawn: on its page, or below the steps; None where it is not."""
    if document.id not in view.site.flow_files:
        return None
    return view.url(flow_name(document.id)) or view.url(f"{document.id}#{drawing_id(document.id)}")


@kept(2)
def flow_pages(site: Site) -> tuple[FlowPage, ...]:
    """Return the page of each flow that has one, a large one with the pages of its parts."""
    return tuple(_flow_pages(site))


def _flow_pages(site: Site) -> Iterator[FlowPage]:
    pattern = site.words.site["flow.title"]
    for last in site.side_by_side:
        page = site.page_titles.get(site.handbook.documents[last].path, last)
        yield FlowPage(last, TOGETHER, pattern.format(title=page), f"{file_name(last)}--{TOGETHER}")
    for name, file in site.flow_files.items():
        document = site.handbook.documents[name]
        if not _has_page(document, site):
            continue
        title = pattern.format(title=title_of(document, site))
        yield FlowPage(document.id, None, title, file)
        for part in flow_parts(document) if is_large(document) else ():
            named = site.words.site["flow.part"].format(title=title, part=part_title(part, site))
            yield FlowPage(document.id, part.id, named, f"{file}--{file_name(part.id)}")


def _has_page(document: Document, site: Site) -> bool:
    """Whether a flow has a page of its own: each process, and whatever is too wide or too long to stand below steps."""
    if document.kind == "process" or is_large(document):
        return True
    paper = paper_of(site.flow(document, whole_depth(document)), site)
    return paper.columns > 1 or len(paper.sheets) > _MOST_BELOW


def part_title(part: FlowPart, site: Site) -> str:
    """Return what a part of a flow is called."""
    first, last = part.steps[0], part.steps[-1]
    if part.is_phase:
        return clipped(f"{first.number}. {first.text}" if first.number else first.text, 60)
    return site.words.site["flow.steps"].format(first=first.number, last=last.number)


def whole_graph(document: Document, view: View) -> Graph:
    """Return a flow with all that its page shows, or would show if it were not large."""
    return flow_graph(document, view, whole_depth(document))


def whole_depth(document: Document) -> int:
    """Return how many levels of steps a flow shows."""
    return 2 if phases_inside(document) else 1


def flow_graph(document: Document, view: View, depth: int) -> Graph:
    """Return a document's flow with the addresses of a page: of a step, where what it calls has none."""
    graph = view.site.flow(document, depth)

    def address(node: Node) -> str:
        found = view.url(node.href) if node.href else None
        own = f"{document.id}#{node.id}"
        if found is None and node.href not in ("", own) and any(step.id == node.id for step in document.all_steps()):
            found = view.url(own)
        return found or ""

    def led(node: Node) -> Node:
        return replace(node, href=address(node), members=tuple(map(led, node.members)))

    return replace(graph, nodes=tuple(map(led, graph.nodes)))


def opening_graph(document: Document, view: View) -> Graph:
    """Return the flow with which the page of a document opens: a large one only with its parts."""
    if not is_large(document):
        return whole_graph(document, view)
    flat = flow_graph(document, view, 1)
    parts = flow_parts(document)
    chunks = tuple(part for part in parts if not part.is_phase)
    if not chunks:
        return _leading_to_parts(flat, document, view)
    return folded_flow(flat, document, chunks, lambda part: _box(part, document, view))


def _leading_to_parts(graph: Graph, document: Document, view: View) -> Graph:
    """Return a graph whose phases lead to the pages of what is inside them."""
    parts = {part.id for part in flow_parts(document) if part.is_phase} if is_large(document) else set()
    nodes = tuple(
        replace(node, href=view.url(flow_name(document.id, node.id)) or node.href) if node.id in parts else node
        for node in graph.nodes
    )
    return replace(graph, nodes=nodes)


def _box(part: FlowPart, document: Document, view: View) -> Node:
    title = f"{part_title(part, view.site)}: {clipped(part.steps[0].text, 60)}"
    return Node(part.id, title, "call", href=view.url(flow_name(document.id, part.id)) or "")


def part_graph(document: Document, name: str, view: View) -> Graph:
    """Return one part of a large flow, with the steps right before and after it."""
    parts = flow_parts(document)
    part = next(part for part in parts if part.id == name)
    whole = flow_graph(document, view, 2 if part.is_phase else 1)
    homes = {
        node: other.id
        for other in parts
        if other.is_phase == part.is_phase and other is not part
        for node in nodes_of_part(whole, other, document)
    }
    own = nodes_of_part(whole, part, document)
    graph = part_of_flow(whole, own, lambda node: view.url(flow_name(document.id, homes.get(node))))
    title = view.site.words.site["flow.part"].format(title=document.title, part=part_title(part, view.site))
    return replace(graph if part.is_phase else _leading_to_parts(graph, document, view), title=title)


def together_graph(last: str, view: View) -> Graph:
    """Return the procedures of a page that different roles do side by side, the last of which has this id."""
    path = view.handbook.documents[last].path
    graphs = graphs_of_page(path, view.handbook, view.url, flow_words(view.site.words.site))
    return next(graph for graph in graphs if graph.nodes and graph.nodes[-1].id.startswith(f"{last}#"))


def small_flow(document: Document, view: View) -> Mapping[str, object] | None:
    """Return a flow small, without links of its own, and where its page is; None where it has none."""
    href = view.url(flow_name(document.id)) if document.id in view.site.flow_files else None
    if href is None:
        return None
    shown = opening_graph(document, view) if is_large(document) else view.site.flow(document, whole_depth(document))
    graph = without_links(shown)
    return {"href": href, "svg": svg_of(graph, view.site, prefix="small")}
