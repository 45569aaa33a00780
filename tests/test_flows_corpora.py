"""Every flow of this handbook and of six that nobody here wrote, drawn and told: nothing covers anything."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from handrail.flows import graph_of, graphs_of_page, in_words
from handrail.graph import Graph
from handrail.handbook import read_folder
from handrail.layout import laid_out
from handrail.model import Handbook
from handrail.options import options_of
from handrail.settings import Settings, settings_from
from tests.flows import link
from tests.judging import NEVER, bench
from tests.test_corpora import CORPORA


@pytest.fixture(scope="module")
def corpus(corpora: Path, request: pytest.FixtureRequest) -> Handbook:
    """Read one of the handbooks."""
    return corpus_read(corpora, request.param)


def corpus_read(corpora: Path, name: str) -> Handbook:
    """Read a handbook by its name; a missing one skips the test."""
    folder = corpora / name / CORPORA[name].docs
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}")
    return read_folder(Settings(folder, options_of({"kinds": CORPORA[name].kinds})))


def flows_of(handbook: Handbook) -> list[Graph]:
    """Return the flow of each document, and those of pages whose procedures are done side by side."""
    found = [graph_of(one, handbook, link) for one in (*handbook.processes, *handbook.procedures) if one.steps]
    pages = [graph for page in handbook.pages for graph in graphs_of_page(page.path, handbook, link)]
    return [*found, *(graph for graph in pages if graph.id not in handbook.documents)]


def faults(graphs: list[Graph]) -> Counter[str]:
    """Count what is wrong with the drawings of some flows."""
    found: Counter[str] = Counter()
    for graph in graphs:
        found += bench.judged(laid_out(graph))
    return found


def test_the_flows_of_this_handbook_cover_nothing(root: Path):
    graphs = flows_of(read_folder(settings_from(root / "mkdocs.yml", None)))
    found = faults(graphs)
    assert len(graphs) > 20
    assert {what: found[what] for what in (*NEVER, "labels on a foreign edge") if found[what]} == {}
    assert found["crossings"] <= 4


@pytest.mark.parametrize("corpus", CORPORA, indirect=True)
def test_the_flows_of_others_cover_nothing(corpus: Handbook):
    graphs = flows_of(corpus)
    found = faults(graphs)
    assert graphs
    assert {what: found[what] for what in (*NEVER, "labels on a foreign edge") if found[what]} == {}
    assert found["crossings"] <= 3


@pytest.mark.parametrize("corpus", CORPORA, indirect=True)
def test_the_words_of_others_hold_the_nodes_and_edges_of_their_flows(corpus: Handbook):
    for graph in flows_of(corpus):
        told = in_words(graph).told
        assert [line.node for line in told] == [node.id for node in graph.nodes]
        ways = Counter((line.node, way.to, way.label) for line in told for way in line.ways)
        assert ways == Counter((edge.source, edge.target, edge.label) for edge in graph.edges)


@pytest.mark.parametrize("corpus", ["pagerduty-incident-response"], indirect=True)
def test_the_roles_of_an_incident_all_begin_at_the_top(corpus: Handbook):
    (graph,) = (one for one in flows_of(corpus) if one.id == "during/during_an_incident.md")
    placed = laid_out(graph)
    starts = [node for node in placed.nodes if node.node.kind == "start"]
    assert len(starts) == 6
    assert len({node.y for node in starts}) == 1
    assert [lane.lane.title for lane in placed.lanes][:3] == ["Incident Commander", "Deputy", "Scribe"]
