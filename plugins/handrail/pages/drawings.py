"""A flow's graph as a drawing on a page, in the site's language, and cut for paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handrail.drawing import drawing, drawing_words
from handrail.graph import Graph
from handrail.kept import kept
from handrail.layout import Placement, laid_out
from handrail.pages.sheets import Sheets, sheets_of
from handrail.pages.site import Site


@dataclass(frozen=True, slots=True)
class Drawn:
    """A flow as markup, with what stands around it."""

    name: str
    """The id of its element; what is printed refers to it."""
    title: str
    svg: str
    sheets: Sheets


@kept(512)
def _laid_out(graph: Graph) -> Placement:
    return laid_out(graph)


def placed(graph: Graph) -> Placement:
    """Return a graph's places; where its links lead makes no difference to them, so they are found once."""
    found = _laid_out(without_links(graph))
    nodes = {node.id: node for node in graph.nodes}
    return replace(
        found,
        graph=graph,
        nodes=tuple(replace(place, node=nodes[place.node.id]) for place in found.nodes),
    )


def without_links(graph: Graph) -> Graph:
    """Return a graph whose nodes lead nowhere."""
    nodes = tuple(replace(node, href="") if node.href else node for node in graph.nodes)
    return replace(graph, nodes=nodes)


def drawn_flow(graph: Graph, site: Site, prefix: str = "handrail-flow") -> Drawn:
    """Return a graph as a drawing for a page."""
    places = placed(graph)
    svg = drawing(places, words=drawing_words(site.words.site), prefix=prefix)
    name = f"{prefix}-{as_id(graph.id)}"
    return Drawn(name, graph.title, svg.replace("<svg ", f'<svg id="{name}" ', 1), sheets_of(places, svg))


def as_id(name: str) -> str:
    """Return a name as a part of an element's id."""
    return "".join(char if char.isalnum() else "-" for char in name)
