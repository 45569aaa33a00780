"""The same flow in words: exactly the graph's nodes and edges."""

from __future__ import annotations

from hypothesis import given

from handrail.flows import graph_of, in_words
from handrail.graph import Edge, Graph, Node
from tests.flows import CALLS, RELEASE, document_of, flow, graphs, link, process_flow
from tests.reading import handbook


def test_a_decision_in_words():
    assert in_words(process_flow(RELEASE)).text == (
        "Start. (Release manager) To 1.\n"
        "1. Freeze the branch. (Release manager) To 2.\n"
        "2. Test it. (Tester) To 3.\n"
        "3. Are the checks green? (Release manager) Yes: to 4. No: back to 1. Given up: to the end.\n"
        "4. Tag it. (Release manager) To the end.\n"
    )


def test_forks_joins_deadlines_and_waits_in_words():
    text = """
        # P

        ## Steps

        1. Make ready.
            - Within: 3 days
            - At once:
                - **Driver:** Check.
                - **Baker:** Fill.
        2. Let it rest.
            - Wait: for the dough, at most 3 hours
        3. Sell it.
            - Hold: Baker releases it.
        """
    assert in_words(flow(text)).text == (
        "Start. To 1.\n"
        "1. Make ready. Within 3 days. At once to 1.1 and to 1.2.\n"
        "1.1. Check. (Driver) When all are done, to 2.\n"
        "1.2. Fill. (Baker) When all are done, to 2.\n"
        "2. Let it rest. Wait: the dough, at most 3 hours. To 3.\n"
        "3. Sell it. Hold: Baker releases it. To the end.\n"
    )


def test_hand_overs_stops_and_risks_in_words():
    found = handbook(CALLS)
    assert in_words(graph_of(document_of(found, "p"), found, link)).text.splitlines()[-1] == (
        "4. Does it burn? Yes: hand over to Fire. No: to the end."
    )
    assert in_words(graph_of(document_of(found, "bake"), found, link)).text.splitlines()[-1] == (
        "2. Leave when it burns. Handed over; it does not come back."
    )
    assert in_words(graph_of(document_of(found, "fire"), found, link)).text.splitlines()[-1] == (
        "1. Leave. Stop: Shop lead. The work stops here."
    )


def test_a_box_of_work_in_any_order_lists_its_steps():
    text = "---\nhandrail: {order: any}\n---\n# P\n\n## Steps\n\n1. Sweep.\n2. Wipe.\n"
    assert in_words(flow(text)).text == "Start. To 1, 2.\nIn any order: 1. Sweep; 2. Wipe. To the end.\n"


def test_a_step_without_a_number_is_named_and_a_number_that_two_bear_is_explained():
    nodes = (Node("a", "Build", number="1"), Node("b", "Repair the build"), Node("c", "Sell", number="1"))
    graph = Graph("g", "G", (), nodes, (Edge("a", "b", "No"), Edge("b", "a"), Edge("a", "c", "Yes", guessed=True)))
    assert in_words(graph).text == (
        "1. Build. No: to Repair the build. Yes: to 1. Sell (guessed).\nRepair the build. Back to 1. Build.\n1. Sell.\n"
    )


def test_bars_that_lead_in_a_circle_end():
    nodes = (Node("a", "", "fork"), Node("b", "", "join"), Node("c", "Do"))
    assert in_words(Graph("g", "G", (), nodes, (Edge("c", "a"), Edge("a", "b"), Edge("b", "a")))).text


@given(graphs())
def test_the_words_hold_exactly_the_graph(graph):
    told = in_words(graph).told
    assert [each.node for each in told] == [node.id for node in graph.nodes]
    ways = [(each.node, way.to, way.label, way.guessed) for each in told for way in each.ways]
    known = {node.id for node in graph.nodes}
    edges = [(edge.source, edge.target, edge.label, edge.guessed) for edge in graph.edges if edge.source in known]
    assert sorted(ways) == sorted(edges)


@given(graphs())
def test_the_text_says_all_that_the_words_hold(graph):
    words = in_words(graph)
    flat = " ".join(words.text.split())
    for each in words.lines:
        assert " ".join(each.title.split()).strip() in flat
        for way in each.ways:
            assert " ".join(way.label.split()).casefold() in each.text.casefold()
    assert all(each.has_line or each.kind in ("end", "fork", "join", "hand-over") for each in words.told)
