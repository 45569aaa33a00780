"""A document's steps as a graph: what the text states, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.flows import around, flow_data, flow_json, graph_of, graphs_of_page, in_words, of_lane
from tests.flows import AFTER, CALLS, RELEASE, SUB_STEPS, edges_of, flow, graphs, link, nodes_of, process_flow
from tests.reading import handbook


def test_steps_follow_each_other_from_start_to_end():
    graph = flow("# P\n\n## Steps\n\n1. Mix.\n2. Bake.\n")
    assert nodes_of(graph) == [
        "start mix#start () Start",
        "task mix () Mix",
        "task bake () Bake",
        "end bake#end () End",
    ]
    assert edges_of(graph) == ["mix#start -> mix", "mix -> bake", "bake -> bake#end"]
    assert graph.lanes == ()


def test_branches_loops_and_ends():
    graph = process_flow(RELEASE)
    assert edges_of(graph) == [
        "freeze#start -> freeze",
        "freeze -> test-it",
        "test-it -> are-the-checks-green",
        "are-the-checks-green -> tag [Yes]",
        "are-the-checks-green -> freeze [No]",
        "are-the-checks-green -> are-the-checks-green#end [Given up]",
        "tag -> tag#end",
    ]
    assert [node.kind for node in graph.nodes] == ["start", "task", "task", "decision", "task", "end", "end"]


def test_lanes_stand_in_the_order_of_first_appearance():
    assert [lane.title for lane in process_flow(RELEASE).lanes] == ["Release manager", "Tester"]


def test_the_documents_own_roles_order_the_lanes_and_an_idle_role_has_none():
    text = RELEASE.replace(
        "    # Release", "    ---\n    handrail: {roles: [Auditor, Tester, Release manager]}\n    ---\n    # Release"
    )
    assert [lane.title for lane in process_flow(text).lanes] == ["Tester", "Release manager"]


def test_a_step_without_a_role_is_in_no_lane():
    graph = flow("# P\n\n## Steps\n\n1. **Baker:** Mix.\n2. Bake.\n")
    assert [(node.id, node.lane) for node in graph.nodes if node.number] == [("mix", "baker"), ("bake", None)]


def test_who_takes_part_first_gives_the_lane_and_the_tooltip_names_the_others():
    graph = flow(
        """
        # P

        ## Steps

        1. Plan it.
            - Participants: Baker, Driver
        2. Do it.
        """
    )
    assert (graph.nodes[1].lane, graph.nodes[1].tooltip) == ("baker", "with Driver")


def test_a_fork_runs_its_branches_at_once_and_the_next_step_joins_them():
    graph = flow(
        """
        # P

        ## Steps

        1. Make the van ready.
            - At once:
                - **Driver:** Check the tyres.
                - **Baker:** Fill the crates.
        2. **Driver:** Load it.
        """
    )
    assert edges_of(graph) == [
        "make-the-van-ready#start -> make-the-van-ready",
        "make-the-van-ready -> make-the-van-ready#fork",
        "make-the-van-ready#fork -> check-the-tyres",
        "make-the-van-ready#fork -> fill-the-crates",
        "check-the-tyres -> make-the-van-ready#join",
        "fill-the-crates -> make-the-van-ready#join",
        "make-the-van-ready#join -> load-it",
        "load-it -> load-it#end",
    ]


def test_a_step_that_says_only_at_once_is_the_bar_itself():
    graph = flow("# P\n\n## Steps\n\n1. Rest.\n2. At once:\n    - Mix.\n    - Heat.\n3. Go.\n")
    assert [node.kind for node in graph.nodes] == ["start", "task", "fork", "task", "task", "join", "task", "end"]
    assert edges_of(graph)[1:4] == ["rest -> at-once", "at-once -> mix", "at-once -> heat"]


def test_a_step_after_several_waits_for_all_of_them():
    graph = flow(AFTER)
    assert edges_of(graph) == [
        "a#start -> a",
        "a -> a#split",
        "a#split -> b",
        "a#split -> c",
        "bake#wait -> bake",
        "b -> bake#wait",
        "c -> bake#wait",
        "bake -> bake#end",
    ]


def test_a_failed_expectation_leads_back_and_the_flow_goes_on():
    graph = flow(
        """
        # P

        ## Steps

        1. <a id="mix"></a>Mix.
            - Expect: no dry flour is left
            - If not: go back to [Mix](#mix).
        2. Bake.
        """
    )
    assert "mix -> mix [If not]" in edges_of(graph)
    assert "mix -> bake" in edges_of(graph)
    assert graph.nodes[1].asks == "no dry flour is left"


def test_calls_hand_overs_and_the_rail():
    found = handbook(CALLS)
    graph = graph_of(found.documents["p"], found, link)
    by_id = {node.id: node for node in graph.nodes}
    assert [
        (by_id[n].kind, by_id[n].rail, by_id[n].href, by_id[n].risk) for n in ("bake", "decide-alone", "clean")
    ] == [
        ("call", "fixed", "#bake", "high"),
        ("judgement", "judgement", "#p#decide-alone", None),
        ("task", "unsaid", "#p#clean", None),
    ]
    assert "within the flour in store" in by_id["decide-alone"].tooltip
    assert (by_id["fire"].kind, by_id["fire"].title, by_id["fire"].href) == ("hand-over", "Fire", "#fire")
    assert "does-it-burn -> fire [Yes]" in edges_of(graph)


def test_a_step_that_hands_over_or_stops_is_left_by_nothing():
    found = handbook(CALLS)
    assert edges_of(graph_of(found.documents["bake"], found, link)) == [
        "heat#start -> heat",
        "heat -> leave-when-it-burns",
    ]
    fire = graph_of(found.documents["fire"], found, link)
    assert (nodes_of(fire)[1:], fire.nodes[1].pause) == (["stop leave () Leave"], "Shop lead")


def test_circles_of_calls_end_where_they_begin():
    pages = {
        "a.md": "# A\n\n## Steps\n\n1. [B](b.md) first.\n2. Rest.\n",
        "b.md": "# B\n\n## Steps\n\n1. [A](a.md) first.\n2. Rest.\n",
    }
    found = handbook(pages)
    for document in found.procedures:
        assert len(graph_of(document, found, link).nodes) == 4


def test_work_in_any_order_is_one_box_for_each_role():
    graph = flow(
        """
        ---
        handrail: {order: any}
        ---
        # P

        ## Steps

        1. **Baker:** Sweep.
        2. **Driver:** Wash the van.
        3. **Baker:** Wipe.
        """
    )
    boxes = [node for node in graph.nodes if node.kind == "any"]
    assert [[member.id for member in box.members] for box in boxes] == [["sweep", "wipe"], ["wash-the-van"]]
    assert boxes[0].title == "In any order: 1. Sweep; 3. Wipe"
    assert edges_of(graph) == [
        "sweep#start -> sweep#any",
        "sweep#any -> sweep#any#end",
        "sweep#start -> wash-the-van#any",
        "wash-the-van#any -> wash-the-van#any#end",
    ]


IN_ANY_ORDER = """
    ---
    handrail: {order: any}
    ---
    # P

    ## Steps

    1. **Baker:** Sweep.
    2. <a id="wash"></a>**Driver:** Wash the van.
    3. **Baker:** Wipe.
    4. <a id="park"></a>**Driver:** Park it.
        - After: [Wash](#wash)
    5. <a id="dry"></a>**Driver:** Is it dry?
        - **Yes:** end
        - **No:** go back to [Wash](#wash).
    6. **Baker:** Lock up.
    """


def test_steps_in_any_order_that_state_a_way_stand_beside_the_box_with_it():
    graph = flow(IN_ANY_ORDER)
    assert [[member.id for member in node.members] for node in graph.nodes if node.kind == "any"] == [
        ["sweep", "wipe", "lock-up"]
    ]
    assert edges_of(graph) == [
        "sweep#start -> sweep#any",
        "sweep#any -> sweep#any#end",
        "sweep#start -> wash",
        "sweep#start -> dry",
        "wash -> park",
        "park -> park#end",
        "dry -> dry#end [Yes]",
        "dry -> wash [No]",
    ]
    assert "Start. (Baker) To 1, 3, 6. To 2. To 5." in in_words(graph).text


def test_what_the_author_ends_or_hands_on_in_any_order_does_so():
    text = "---\nhandrail: {order: any}\n---\n# P\n\n## Steps\n\n1. Sweep.\n2. When it burns, [leave](fire.md).\n    - Next: end\n3. Wipe.\n"
    graph = flow(text)
    assert [node.title for node in graph.nodes if node.kind == "any"] == ["In any order: 1. Sweep; 3. Wipe"]
    assert edges_of(graph)[-1].endswith("#end")


def test_ongoing_duties_stand_beside_the_flow():
    text = "---\nhandrail: {order: ongoing}\n---\n# P\n\n## Steps\n\n1. **Baker:** Keep the floor dry.\n2. **Baker:** Watch.\n"
    graph = flow(text)
    assert ([node.kind for node in graph.nodes], graph.edges) == (["ongoing", "ongoing"], ())


def test_what_holds_throughout_a_step_is_a_duty():
    graph = flow("# P\n\n## Steps\n\n1. Mix.\n2. Rest.\n    - Throughout: keep the door shut\n")
    assert nodes_of(graph)[-1] == "ongoing rest#throughout () During 2: keep the door shut"


def test_a_step_that_an_event_begins_has_a_start_of_its_own():
    graph = flow("# P\n\n## Steps\n\n1. Sell.\n    - Next: end\n2. If something burns, leave.\n3. Call for help.\n")
    assert "start if-something-burns-leave#start () If something burns" in nodes_of(graph)
    assert "if-something-burns-leave#start -> if-something-burns-leave" in edges_of(graph)


def test_restarted_numbers_begin_a_flow_that_nothing_connects():
    graph = flow("# P\n\n## 1. Mix\n\n## 2. Bake\n\n## 1. Sell\n\n## 2. Clean\n")
    assert [node.id for node in graph.nodes if node.kind == "start"] == ["mix#start", "sell#start"]
    assert [edge for edge in edges_of(graph) if edge.startswith("bake")] == ["bake -> bake#end"]


def test_sub_steps_are_not_drawn_but_where_they_lead_is():
    assert edges_of(flow(SUB_STEPS)) == ["a#start -> a", "a -> b", "b -> a [If not]", "b -> e", "e -> e#end"]


def test_with_depth_sub_steps_are_drawn_in_their_place():
    assert edges_of(flow(SUB_STEPS, depth=2)) == [
        "a#start -> a",
        "a -> b",
        "b -> c",
        "c -> d",
        "d -> a [If not]",
        "d -> e",
        "e -> e#end",
    ]


def test_a_guessed_arrow_is_flagged():
    assert "bake -> mix guessed" in edges_of(flow("# P\n\n## Steps\n\n1. Mix.\n2. Bake.\n    - Next: step 1\n"))


def test_a_step_called_end_is_the_step():
    graph = flow("# P\n\n## Steps\n\n1. Mix.\n2. End.\n")
    assert edges_of(graph) == ["mix#start -> mix", "mix -> end"]
    assert graph.nodes[2].kind == "end"


def test_a_long_step_is_drawn_by_its_first_sentence_and_told_in_full():
    graph = flow("# P\n\n## Steps\n\n1. Mix it. Then look at it for a while.\n2. Bake (optional).\n")
    assert [node.title for node in graph.nodes[1:3]] == ["Mix it", "Bake (optional)"]
    assert graph.nodes[1].tooltip == "Mix it. Then look at it for a while."


def test_a_document_without_steps_is_an_empty_graph():
    found = handbook({"r.md": "---\nhandrail: {kind: role}\n---\n# Baker\n"})
    graph = graph_of(found.roles[0], found, link)
    assert (graph.nodes, graph.edges, graph.lanes) == ((), (), ())


def test_procedures_of_one_page_for_different_roles_stand_side_by_side():
    found = handbook(
        """
        # Incident

        ## Steps for Commander

        1. Lead.
        2. Close.

        ## Steps for Scribe

        1. Write.
        2. File it.
        """,
        roles={"Commander": {}, "Scribe": {}},
    )
    (graph,) = graphs_of_page("page.md", found, link)
    assert [lane.title for lane in graph.lanes] == ["Commander", "Scribe"]
    assert [node.lane for node in graph.nodes if node.kind == "start"] == ["commander", "scribe"]
    assert len({node.id for node in graph.nodes}) == len(graph.nodes) == 8


def test_procedures_for_nobody_in_particular_stay_apart():
    found = handbook("# P\n\n## Open\n\n1. Lead.\n2. Close.\n\n## Shut\n\n1. Write.\n2. File it.\n")
    assert len(graphs_of_page("page.md", found, link)) == 2


def test_a_part_of_a_flow():
    graph = process_flow(RELEASE)
    assert [node.id for node in of_lane(graph, "tester").nodes] == ["freeze", "test-it", "are-the-checks-green"]
    assert [node.id for node in around(graph, "tag").nodes] == ["are-the-checks-green", "tag", "tag#end"]


def test_json_leaves_out_what_is_not_said(golden):
    text = flow_json(process_flow(RELEASE))
    golden("flows/release.json", text)
    assert json.loads(text)["edges"][3] == {"source": "are-the-checks-green", "target": "tag", "label": "Yes"}


@given(graphs())
def test_every_graph_is_data(graph):
    data = flow_data(graph)
    assert json.loads(json.dumps(data)) == data
    assert [node["id"] for node in json.loads(flow_json(graph))["nodes"]] == [node.id for node in graph.nodes]


_LINES = st.sampled_from(
    [
        "1. Do it.",
        "1. **Baker:** [Go](#a) there.",
        '1. <a id="a"></a>Is it done?',
        '2. <a id="end"></a>End.',
        "    - **Yes:** go to [it](#a).",
        "    - **No:** go to the end.",
        "    - **Maybe:** move to [P](page.md).",
        "    - Stop: Baker",
        "    - Hold: Baker releases it.",
        "    - Wait: 3 days",
        "    - At once:",
        "        - **Driver:** Drive.",
        "    - After: [it](#a)",
        "    - Next: step 7",
        "    - Next: end",
        "    1. Sub-step.",
        "    2. Go back to step 1.",
        "    - Throughout: watch",
        "## Steps",
        "## 1. Step",
        "## Steps for Baker",
        "---",
        "text",
    ]
)


@given(st.lists(_LINES, max_size=25), st.sampled_from(["sequence", "any", "ongoing"]), st.integers(1, 3))
def test_no_text_breaks_a_graph_and_each_step_has_its_node(lines, order, depth):
    text = f"---\nhandrail: {{order: {order}}}\n---\n# P\n\n## Steps\n\n" + "\n".join(lines) + "\n"
    found = handbook(text)
    for document in found.procedures:
        graph = graph_of(document, found, link, depth=depth)
        names = [node.id for node in graph.nodes]
        inside = [member.id for node in graph.nodes for member in node.members]
        assert len(set(names)) == len(names)
        assert {step.id for step in document.steps} <= {*names, *inside}
        assert {name for edge in graph.edges for name in (edge.source, edge.target)} <= set(names)
        assert {node.lane for node in graph.nodes} - {None} <= {lane.id for lane in graph.lanes}
    for graph in graphs_of_page("page.md", found, link):
        assert len({node.id for node in graph.nodes}) == len(graph.nodes)


def test_many_steps_and_many_lanes():
    steps = "".join(f"{number}. **Role {number % 40}:** Do {number}.\n" for number in range(1, 2001))
    graph = process_flow(f"# P\n\n## Flow\n\n{steps}", roles={f"Role {number}": {} for number in range(40)})
    assert (len(graph.nodes), len(graph.edges), len(graph.lanes)) == (2002, 2001, 40)


@pytest.mark.parametrize("number", [1, 40, 400])
def test_every_step_a_decision(number):
    steps = "".join(
        f'{place}. <a id="s{place}"></a>Is it {place}?\n    - **Yes:** go to [it](#s1).\n    - **No:** go to the end.\n'
        for place in range(1, number + 1)
    )
    graph = process_flow(f"# P\n\n## Flow\n\n{steps}")
    assert (len(graph.nodes), len(graph.edges)) == (2 * number + 1, 2 * number + 1)
