"""A flow's graph as a drawing on a page, in the site's language, and cut for paper."""

from __future__ import annotations

from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.drawing import PAGE, Palette, Words, blank_drawing, drawing_words, filled_drawing
from handrail.graph import Graph, Node
from handrail.kept import kept
from handrail.layout import laid_out
from handrail.pages.sheets import Sheets, sheets_of
from handrail.pages.site import Site


@dataclass(frozen=True, slots=True)
class Drawn:
    """A flow as markup, with what stands around it."""

    name: str
    """The id of its element; what is printed refers to it."""
    title: str
    svg: str
    upright: Sheets
    """How it is printed among other things."""
    fewest: Sheets
    """How it is printed on a page of its own."""


@kept(512)
def _drawn(graph: Graph, words: Words) -> tuple[str, Sheets, Sheets]:
    """Return a graph as a blank drawing, and the sheets on which that is printed: upright, and the fewest."""
    places = laid_out(graph)
    blank = blank_drawing(places, words)
    return blank, *sheets_of(places, blank)


def svg_of(graph: Graph, site: Site, palette: Palette = PAGE, prefix: str = "flow") -> str:
    """Return a graph as a drawing; where its links lead makes no difference to it, so it is drawn once."""
    blank, _, _ = _drawn(without_links(graph), drawing_words(site.words.site))
    return filled_drawing(blank, graph, palette, prefix)


def without_links(graph: Graph) -> Graph:
    """Return a graph whose nodes lead nowhere."""
    return replace(graph, nodes=tuple(map(_without_link, graph.nodes)))


def _without_link(node: Node) -> Node:
    if not (node.href or node.members):
        return node
    return replace(node, href="", members=tuple(map(_without_link, node.members)))


def drawing_id(name: str, prefix: str = "handrail-flow") -> str:
    """Return the id of the element that is the drawing of a graph, or of a document, of this id."""
    return f"{prefix}-{as_id(name)}"


def drawn_flow(graph: Graph, site: Site, prefix: str = "handrail-flow") -> Drawn:
    """Return a graph as a drawing for a page."""
    blank, upright, fewest = _drawn(without_links(graph), drawing_words(site.words.site))
    svg = filled_drawing(blank, graph, prefix=prefix)
    name = drawing_id(graph.id, prefix)
    return Drawn(name, graph.title, svg.replace("<svg ", f'<svg id="{name}" ', 1), upright, fewest)


def paper_of(graph: Graph, site: Site) -> Sheets:
    """Return the upright sheets on which a graph is printed, without putting links into its drawing."""
    _, upright, _ = _drawn(without_links(graph), drawing_words(site.words.site))
    return upright


def as_id(name: str) -> str:
    """Return a name as a part of an element's id."""
    return "".join(char if char.isalnum() else "-" for char in name)
