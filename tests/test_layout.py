"""Whether places are found for every flow: nothing covers anything, lanes stay, and a new step moves no other."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

from handrail.graph import Edge, Graph, Lane, Node
from handrail.layout import PlacedNode, Placement, laid_out
from tests.judging import NEVER, bench


def flow(arrows: str, lanes: str = "", decisions: str = "") -> Graph:
    """Make a flow from `a-b b-c`, lanes as `a:Author b:Reviewer` and the ids of decisions."""
    lane_of = dict(pair.split(":") for pair in lanes.split())
    edges = tuple(Edge(source, target) for source, _, target in (a.partition("-") for a in arrows.split()))
    ids = dict.fromkeys(id_ for edge in edges for id_ in (edge.source, edge.target))
    nodes = tuple(
        Node(id_, f"Do {id_}", "decision" if id_ in decisions.split() else "task", lane_of.get(id_)) for id_ in ids
    )
    titles = dict.fromkeys(lane_of.values())
    return Graph("flow", "Flow", tuple(Lane(title, title) for title in titles), nodes, edges)


def by_id(placed: Placement) -> dict[str, PlacedNode]:
    return {node.node.id: node for node in placed.nodes}


def centre(node: PlacedNode) -> tuple[int, int]:
    return node.x + node.width // 2, node.y + node.height // 2


def points_of(placed: Placement, source: str, target: str) -> tuple[tuple[int, int], ...]:
    return next(e.points for e in placed.edges if (e.edge.source, e.edge.target) == (source, target))


@pytest.mark.parametrize("seed", range(25))
def test_random_flows_cover_nothing(seed: int):
    found = bench.judged(laid_out(bench.random_flow(seed)))
    assert {what: found[what] for what in NEVER if found[what]} == {}


@pytest.mark.slow
def test_random_flows_keep_the_measure():
    found: Counter[str] = Counter()
    for seed in range(600):
        found += bench.judged(laid_out(bench.random_flow(seed)))
    assert [found[what] for what in NEVER] == [0, 0, 0, 0]
    assert found["unrelated edges on each other"] <= 10
    assert found["crossings"] <= 1_300
    assert found["labels on a foreign edge"] <= 25


def test_steps_of_one_lane_stand_below_each_other_and_arrows_are_straight():
    placed = laid_out(flow("a-b b-c"))
    a, b, c = (centre(node) for node in placed.nodes)
    assert a[0] == b[0] == c[0]
    assert a[1] < b[1] < c[1]
    assert [len(edge.points) for edge in placed.edges] == [2, 2]


def test_lanes_keep_the_authors_order_whatever_the_arrows():
    placed = laid_out(flow("a-b b-c c-d", "a:Zoe b:Ann c:Zoe d:Mia"))
    assert [lane.lane.title for lane in placed.lanes] == ["Zoe", "Ann", "Mia"]
    assert [lane.x for lane in placed.lanes] == sorted(lane.x for lane in placed.lanes)
    for node in placed.nodes:
        lane = next(lane for lane in placed.lanes if lane.lane.id == node.node.lane)
        assert lane.x < node.x
        assert node.x + node.width < lane.x + lane.width


def test_nodes_without_a_lane_get_a_nameless_one_at_the_end():
    placed = laid_out(flow("a-b b-c", "a:Ann c:Bob"))
    assert [lane.lane.title for lane in placed.lanes] == ["Ann", "Bob", ""]


@pytest.mark.parametrize("branches", [2, 3, 4])
def test_each_branch_of_a_decision_leaves_from_a_corner_of_its_own(branches: int):
    targets = "bcde"[:branches]
    arrows = " ".join(["x-a", *(f"a-{target}" for target in targets), "b-c c-d d-e"])
    placed = laid_out(flow(arrows, decisions="a"))
    node = by_id(placed)["a"]
    x, y = centre(node)
    corners = {(x, node.y), (x, node.y + node.height), (node.x, y), (node.x + node.width, y)}
    starts = [edge.points[0] for edge in placed.edges if edge.edge.source == "a"]
    assert set(starts) <= corners
    assert len(set(starts)) == branches


def test_all_lines_are_upright_or_level():
    placed = laid_out(flow("a-b b-c c-a b-d d-b c-c", "a:A b:B c:A d:C", "b c"))
    for edge in placed.edges:
        for (x, y), (to_x, to_y) in itertools.pairwise(edge.points):
            assert x == to_x or y == to_y


def test_a_step_that_leads_to_itself_has_a_loop_beside_it():
    points = points_of(laid_out(flow("a-b b-b b-c")), "b", "b")
    assert len(points) >= 4
    assert points[0] != points[-1]


def test_a_loop_back_goes_up_and_no_step_moves_for_it():
    without, placed = laid_out(flow("a-b b-c c-d")), laid_out(flow("a-b b-c c-d d-b"))
    assert [node.node.id for node in sorted(placed.nodes, key=lambda node: node.y)] == list("abcd")
    assert [node.height for node in without.nodes] == [node.height for node in placed.nodes]


def test_an_arrow_against_the_authors_order_without_a_circle_is_no_loop():
    placed = by_id(laid_out(Graph("f", "F", (), (Node("a", "A"), Node("b", "B")), (Edge("b", "a"),))))
    assert placed["b"].y < placed["a"].y


def test_parts_that_nothing_connects_stand_side_by_side():
    placed = by_id(laid_out(flow("a-b c-d")))
    assert placed["a"].y == placed["c"].y
    assert placed["a"].x + placed["a"].width < placed["c"].x


def test_parts_of_different_lanes_begin_side_by_side_at_the_top_however_many():
    arrows = " ".join(f"{first}-{second}" for first, second in zip("abcdef", "uvwxyz", strict=True))
    lanes = " ".join(f"{one}:L{n % 6}" for n, one in enumerate("abcdefuvwxyz"))
    placed = by_id(laid_out(flow(arrows, lanes)))
    assert len({placed[one].y for one in "abcdef"}) == 1
    assert [lane.lane.title for lane in laid_out(flow(arrows, lanes)).lanes] == [f"L{n}" for n in range(6)]


def test_parts_that_share_a_lane_do_not_make_it_wider_than_three():
    placed = by_id(laid_out(flow("a-b c-d e-f g-h")))
    assert placed["a"].y == placed["c"].y == placed["e"].y < placed["g"].y
    assert placed["g"].x == placed["a"].x


def test_lonely_duties_stand_beside_the_flow_of_their_lane():
    graph = flow("a-b b-c", "a:A b:A c:A")
    duties = tuple(Node(id_, "Watch", "ongoing", "A") for id_ in ("p", "q"))
    placed = by_id(laid_out(Graph("f", "F", graph.lanes, (*graph.nodes, *duties), graph.edges)))
    assert placed["p"].x == placed["q"].x > placed["a"].x + placed["a"].width
    assert placed["p"].y < placed["q"].y


@pytest.mark.parametrize("seed", range(12))
def test_adding_one_step_leaves_the_order_of_the_others(seed: int):
    graph = bench.random_flow(seed)
    place = random.Random(seed).randrange(len(graph.edges))
    split = graph.edges[place]
    source = next(number for number, node in enumerate(graph.nodes) if node.id == split.source)
    new = Node("new", "A new step", "task", graph.nodes[source].lane)
    nodes = (*graph.nodes[: source + 1], new, *graph.nodes[source + 1 :])
    edges = (
        *graph.edges[:place],
        Edge(split.source, "new", split.label),
        Edge("new", split.target),
        *graph.edges[place + 1 :],
    )
    before = laid_out(graph)
    after = laid_out(Graph(graph.id, graph.title, graph.lanes, nodes, edges))
    assert _order(before) == [id_ for id_ in _order(after) if id_ != "new"]


def _order(placed: Placement) -> list[str]:
    return [node.node.id for node in sorted(placed.nodes, key=lambda n: (n.y + n.height // 2, n.x))]


def test_edges_to_nodes_that_do_not_exist_are_left_out():
    placed = laid_out(Graph("f", "F", (), (Node("a", "A"),), (Edge("a", "nowhere"),)))
    assert placed.edges == ()


@pytest.mark.parametrize("count", [0, 1])
def test_a_flow_of_none_or_one_step(count: int):
    placed = laid_out(Graph("f", "F", (), tuple(Node(f"s{n}", "Do") for n in range(count)), ()))
    assert len(placed.nodes) == count
    assert placed.width > 0
    assert placed.height > 0


def test_forty_lanes_and_every_step_a_decision():
    lanes = tuple(Lane(f"l{number}", f"Role {number}") for number in range(40))
    nodes = tuple(Node(f"s{n}", f"Is it {n}?", "decision", f"l{n * 7 % 40}") for n in range(60))
    ahead = [Edge(f"s{n}", f"s{n + 1}", "Yes") for n in range(59)]
    back = [Edge(f"s{n}", f"s{max(0, n - 3)}", "No") for n in range(1, 60)]
    found = bench.judged(laid_out(Graph("f", "F", lanes, nodes, (*ahead, *back))))
    assert {what: found[what] for what in NEVER if found[what]} == {}


def test_two_thousand_steps():
    assert len(laid_out(bench.random_flow(1, 2000)).nodes) == 2002
