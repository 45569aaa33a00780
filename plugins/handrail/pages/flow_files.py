"""The files in which a flow is taken away: as a drawing, for Mermaid, for BPMN, and who does what in it as CSV."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from handrail.drawing import LIGHT
from handrail.flows import bpmn_of, flow_words, mermaid_of
from handrail.graph import Graph
from handrail.matrices import raci_table
from handrail.model import Document
from handrail.pages.download import Download
from handrail.pages.drawings import svg_of, without_links
from handrail.pages.flows import whole_depth
from handrail.pages.site import Site, View
from handrail.pages.tables import table_file
from handrail.pages.wording import Link


def download_links(document: Document, view: View) -> tuple[Link, ...]:
    """Return what a flow can be taken away as, with the addresses of those files that the site has."""
    stem = _stem(view.site.flow_files[document.id], view.site)
    links = (Link(name, view.url(f"{stem}.{ending}")) for ending, (name, _) in _WRITERS.items())
    return tuple(link for link in links if link.href)


def matrix_path(process: Document, site: Site) -> str:
    """Return the path of the file that says who does what in a process."""
    return f"{_stem(site.flow_files[process.id], site)}.csv"


def flow_downloads(site: Site) -> Iterator[Download]:
    """Yield the files that can be downloaded, whose content is made when it is asked for."""
    for name, file in site.flow_files.items():
        document = site.handbook.documents[name]
        graph = functools.cache(functools.partial(_without_addresses, document, site))
        for ending, (_, write) in _WRITERS.items():
            content = functools.partial(_written, write, graph, site)
            yield Download(f"{_stem(file, site)}.{ending}", content)
        if name in site.manned:
            yield Download(matrix_path(document, site), functools.partial(_matrix_file, document, site))


def _stem(file: str, site: Site) -> str:
    return f"{site.options.folder}/flows/{file}"


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
