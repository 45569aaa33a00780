"""A flow as Mermaid: nothing of the author's breaks out of its quotes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from handrail.flows import mermaid_of
from handrail.graph import Edge, Graph, Lane, Node
from tests import npm
from tests.flows import HOSTILE, KINDS, RELEASE, graphs, process_flow

_QUOTED = r'"(?:[^\W_]|[ ,\'.?!-]|#\d+;)*"'
_LINE = re.compile(
    rf"(?:flowchart TB|subgraph lane\d+\[{_QUOTED}\]|direction TB|end"
    rf"|n\d+[\[\](){{}}/\\>]{{1,2}}{_QUOTED}[\[\](){{}}/\\]{{1,2}}"
    rf"|n\d+ (?:-->|-\.->)(?:\|{_QUOTED}\|)? n\d+)"
)


def test_lanes_are_subgraphs(golden):
    golden("flows/release.mmd", mermaid_of(process_flow(RELEASE)))


@given(graphs())
def test_every_line_is_one_of_ours_and_every_node_and_edge_is_there(graph):
    lines = [line.strip() for line in mermaid_of(graph).split("\n")[:-1]]
    assert [line for line in lines if not _LINE.fullmatch(line)] == []
    assert sum(bool(re.match(r"n\d+ -", line)) for line in lines) == len(graph.edges)
    assert sum(bool(re.match(r"n\d+[^\d ]", line)) for line in lines) == len(graph.nodes)


@pytest.mark.slow
def test_mermaid_draws_hostile_names_as_they_are(page):
    folder = npm.installed()
    nodes = tuple(
        Node(f"s{place}", title, KINDS[place % len(KINDS)], "lane" if place % 2 else None, str(place))
        for place, title in enumerate(HOSTILE, 1)
    )
    edges = tuple(
        Edge(node.id, nodes[place * 7 % len(nodes)].id, node.title, place % 2 == 0) for place, node in enumerate(nodes)
    )
    text = mermaid_of(Graph("g", HOSTILE[0], (Lane("lane", HOSTILE[5]),), nodes, edges))
    page.set_content("<main></main>")
    page.add_script_tag(path=str(folder / "node_modules/mermaid/dist/mermaid.min.js"))
    drawn = page.evaluate(
        """async (text) => {
            window.alert = () => { document.title = "broken"; };
            mermaid.initialize({startOnLoad: false, securityLevel: "loose"});
            document.querySelector("main").innerHTML = (await mermaid.render("flow", text)).svg;
            const texts = (what) => [...document.querySelectorAll(what)].map((node) => node.textContent.trim());
            return {nodes: texts(".node"), edges: document.querySelectorAll(".edgePaths path").length,
                    foreign: document.querySelectorAll("main img, main script, main a").length, title: document.title};
        }""",
        text,
    )
    assert (len(drawn["nodes"]), drawn["edges"], drawn["foreign"], drawn["title"]) == (len(nodes), len(edges), 0, "")
    assert "6. <img src=x onerror=alert(1)>" in drawn["nodes"]
    assert "3. 1. first" in drawn["nodes"]
