"""Whether drawings are whole, safe, the same everywhere, and readable without colour or script."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given

from handrail.drawing import DARK, LIGHT, PAGE, Palette, drawn
from handrail.flows import in_words
from handrail.graph import Edge, Graph, Lane, Node, unguarded
from handrail.model import Rail
from tests.flows import graphs

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """<script>alert("1")</script> & 'quotes' ]]> <!-- \x00\x08 -->"""
ARROWS = "start-t t-d d-h d-w h-c w-c c-f f-u f-n u-j n-j j-g d-s g-e t-t"
EVERY_KIND = Graph(
    "kinds",
    "Every kind",
    (Lane("a", "Author"), Lane("b", HOSTILE)),
    (
        Node("start", "Begin", "start", "a"),
        Node("t", HOSTILE, "task", "a", "1", '#t"><b>', tooltip=HOSTILE),
        Node("d", "Is it ready?", "decision", "a", "2", "#d"),
        Node("h", "Hold for release", "hold", "b", "3", "#h", "fixed"),
        Node("w", "Wait a day", "wait", "b", "4", "#w", "unsaid", "high"),
        Node("c", "Repair", "call", "a", "5", "repair.html", "fixed", "high"),
        Node("f", "", "fork", "a"),
        Node("j", "", "join", "a"),
        Node("u", "Choose what fits", "judgement", "b", "6", "#u", "judgement", tooltip="at most 100 EUR"),
        Node("n", "Samples in any order", "any", "b", "7", "#n"),
        Node("o", "Watch the fridge", "ongoing", "a", "8", "#o"),
        Node("g", "On to archive", "hand-over", "a", "9", "archive.html"),
        Node("e", "Done", "end", "a"),
        Node("s", "Stop", "stop", "b"),
    ),
    (
        *(Edge(source, target) for source, _, target in (arrow.partition("-") for arrow in ARROWS.split())),
        Edge("d", "t", "No & <back>", guessed=True),
    ),
    HOSTILE,
)


def elements(picture: str) -> list[ET.Element]:
    return list(ET.fromstring(picture).iter())


def named(picture: str, name: str) -> list[ET.Element]:
    return [element for element in elements(picture) if element.tag == SVG + name]


def group(picture: str, step: str) -> ET.Element:
    return next(element for element in elements(picture) if element.get("data-step") == step)


@pytest.mark.parametrize("palette", [PAGE, LIGHT, DARK])
def test_a_drawing_is_xml_without_script_style_or_markup_of_the_text(palette: Palette):
    picture = drawn(EVERY_KIND, palette)
    tags = {element.tag.removeprefix(SVG) for element in elements(picture)}
    assert tags <= {"svg", "title", "desc", "defs", "marker", "path", "g", "rect", "text", "tspan", "a"}
    attributes = {name for element in elements(picture) for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}


def test_every_node_and_edge_is_marked_for_checks_from_outside():
    picture = drawn(EVERY_KIND)
    steps = [element.get("data-step") for element in elements(picture) if element.get("data-step")]
    assert steps == [node.id for node in EVERY_KIND.nodes]
    arrows = [(e.get("data-from"), e.get("data-to")) for e in elements(picture) if e.get("data-from")]
    assert arrows == [(edge.source, edge.target) for edge in EVERY_KIND.edges]


def test_links_stand_in_reading_order_each_with_a_title():
    links = named(drawn(EVERY_KIND), "a")
    assert [link.get("href") for link in links] == [node.href for node in EVERY_KIND.nodes if node.href]
    titles = [link.findtext(SVG + "title") or "" for link in links]
    assert titles[1] == "2. Is it ready?"
    assert "6. Choose what fits; at most 100 EUR; left to judgement" in titles
    assert "4. Wait a day; unsaid; high risk without a rail" in titles


def test_the_drawing_has_a_name_and_a_description():
    root = ET.fromstring(drawn(EVERY_KIND))
    ids = {element.get("id"): "".join(element.itertext()) for element in root.iter()}
    assert root.get("role") == "group"
    assert ids[root.get("aria-labelledby")] == "Every kind"
    assert ids[root.get("aria-describedby")] == HOSTILE.replace("\x00\x08", "\ufffd\ufffd")


def test_all_words_are_there_unclipped():
    words = " ".join("".join(text.itertext()) for text in named(drawn(EVERY_KIND), "text")).replace(" ", "")
    for node in EVERY_KIND.nodes:
        assert node.title.replace("\x00", "\ufffd").replace("\x08", "\ufffd").replace(" ", "") in words


def test_rails_are_double_open_and_dashed():
    picture = drawn(EVERY_KIND)
    outer, inner = next(group(picture, "c").iter(SVG + "rect")), next(group(picture, "c").iter(SVG + "path"))
    assert (inner.get("d") or "").startswith(f"M{int(outer.get('x') or 0) + 3} {int(outer.get('y') or 0) + 3}h")
    assert not list(group(picture, "t").iter(SVG + "path"))
    dashes = {step: next(group(picture, step).iter(SVG + "rect")).get("stroke-dasharray") for step in "wut"}
    assert dashes["w"] == "4"
    assert len((dashes["u"] or "").split()) == 5
    assert dashes["t"] is None


def test_high_risk_without_a_rail_is_a_sign_a_word_and_a_legend():
    nodes = {node.id: node for node in EVERY_KIND.nodes}
    assert unguarded(nodes["w"])
    assert not unguarded(nodes["c"])
    picture = drawn(EVERY_KIND)
    assert "unguarded" in (group(picture, "w").get("class") or "")
    assert len(list(group(picture, "w").iter(SVG + "path"))) == len(list(group(picture, "c").iter(SVG + "path"))) + 1
    assert picture.count("high risk without a rail") == 2


def test_a_risk_is_no_bare_one_where_no_rail_is_asked_for():
    assert not unguarded(Node("a", "A", risk="high"))
    assert unguarded(Node("b", "B", "any", members=(Node("a", "A", rail="judgement", risk="high"),)))


@given(graphs())
def test_drawing_and_words_agree_on_every_high_risk_without_a_rail(graph: Graph):
    marked = [e.get("class") == "unguarded" for e in elements(drawn(graph)) if e.get("data-step") is not None]
    assert marked == ["High risk without a rail" in line.notes for line in in_words(graph).told]


def test_guessed_arrows_are_dashed_and_explained():
    picture = drawn(EVERY_KIND)
    guessed = [e for e in elements(picture) if e.get("class") == "guessed"]
    assert [(e.get("data-from"), e.get("stroke-dasharray")) for e in guessed] == [("d", "5 4")]
    assert "guessed arrow" in picture


def test_one_page_can_hold_a_flow_twice():
    ids = [
        e.get("id") for prefix in ("small", "large") for e in elements(drawn(EVERY_KIND, prefix=prefix)) if e.get("id")
    ]
    assert len(ids) == len(set(ids)) == 6


def test_no_legend_where_nothing_needs_one():
    graph = Graph("g", "G", (), (Node("a", "A"), Node("b", "B")), (Edge("a", "b"),))
    assert 'class="legend"' not in drawn(graph)


def test_pages_take_variables_with_fallbacks_and_downloads_take_none():
    assert "var(" not in drawn(EVERY_KIND, LIGHT) + drawn(EVERY_KIND, DARK)
    assert all("," in variable for variable in re.findall(r"var\(([^)]*)\)", drawn(EVERY_KIND, PAGE)))


def test_the_lane_of_what_nobody_is_named_for_says_so():
    nodes = (Node("a", "A", lane="x"), Node("b", "B"))
    picture = drawn(Graph("g", "G", (Lane("x", "Role"),), nodes, (Edge("a", "b"),)))
    assert [text.text for text in named(picture, "text")][:2] == ["Role", "no role named"]
    assert "no role named" not in drawn(Graph("g", "G", (), nodes[1:], ()))


def test_text_from_right_to_left_says_so():
    graph = Graph("g", "G", (), (Node("a", "اكتب التقرير"), Node("b", "Write")), ())
    texts = named(drawn(graph), "text")
    assert [text.get("direction") for text in texts] == ["rtl", None]


def test_places_are_whole_numbers():
    places = re.findall(r' (?:x|y|width|height|viewBox|rx)="([^"]*)"', drawn(EVERY_KIND))
    paths = [e.get("d") or "" for e in elements(drawn(EVERY_KIND)) if e.get("data-from")]
    assert not [place for place in (*places, *paths) if "." in place]


def test_the_same_bytes_whatever_the_hash_seed():
    code = "from tests.test_drawing import EVERY_KIND, drawn; import sys; sys.stdout.write(drawn(EVERY_KIND))"
    pictures = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert pictures == {drawn(EVERY_KIND).encode()}


@pytest.mark.parametrize("rail", [None, "fixed", "judgement", "unsaid"])
def test_twenty_five_steps_take_at_most_twelve_kilobytes(rail: Rail | None):
    nodes = tuple(
        Node(
            f"s{n}",
            "Prepare the release notes",
            "decision" if n % 5 == 4 else "call" if rail == "fixed" else "task",
            f"l{n // 5}",
            str(n),
            "" if rail else f"#s{n}",
            rail,
        )
        for n in range(25)
    )
    ahead = tuple(Edge(f"s{n}", f"s{n + 1}") for n in range(24))
    back = tuple(Edge(f"s{n}", f"s{n - 3}", "No") for n in range(4, 25, 5))
    lanes = tuple(Lane(f"l{n}", f"Role {n}") for n in range(5))
    assert len(drawn(Graph("g", "G", lanes, nodes, ahead + back)).encode()) <= 12_000
