"""Flows at their limits, from the text of a page to every format: nothing raises, nothing is lost, no markup gets out."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from handrail.drawing import drawn
from handrail.flows import bpmn_of, flow_json, graph_of, in_words, mermaid_of
from handrail.flows.handovers import hand_overs
from handrail.graph import Graph
from handrail.layout import laid_out
from handrail.model import Handbook
from handrail.options import options_of
from handrail.pages import Site, View, generated, generated_html
from tests.flows import link
from tests.judging import NEVER, bench
from tests.reading import PROCESSES, handbook

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {
    "400 characters": "Check " + "the very long name of this step " * 12 + "x" * 20,
    "400 characters in one word": "x" * 400,
    "right to left": "اكتب التقرير ثم أرسله إلى المدير",
    "both directions": "Write שלום and اكتب",
    "emoji": "Ship 👩‍💻🚀 it 🏳️‍🌈",
    "markup": "<b onclick='x'>Bold</b> & \"quoted\" </svg><script>alert(1)</script>",
    "ends of XML": "]]> --> <!-- ?> <![CDATA[ &amp; &#60;",
    "quotes": "\"double\" 'single' `code` \\backslash",
    "words of BPMN": 'id="x" xmlns:bpmn="y"',
}


def numbered(count: int) -> str:
    return "".join(f"{number}. Do the work of {number}.\n" for number in range(1, count + 1))


def decisions(count: int) -> str:
    lines = [
        f'{n}. <a id="s{n}"></a>Is it {n}?\n    - **Yes:** go on to [it](#s{min(n + 1, count)}).\n'
        f"    - **No:** go back to [it](#s{max(1, n - 3)}).\n"
        for n in range(1, count + 1)
    ]
    return "".join(lines)


def lanes(count: int) -> str:
    return "".join(f"{n}. **Role {n * 7 % count}:** Do the work of {n}.\n" for n in range(1, 2 * count + 1))


FLOWS = {
    "one step": numbered(1),
    "every step a decision": decisions(60),
    "40 lanes": lanes(40),
    "an id that XML forbids": "1. <a id=\"1:ä /#'x\"></a>Begin.\n2. Go on, then [back](#1:ä-/#'x).\n",
    "a circle of its own": '1. <a id="a"></a>Begin.\n2. Go back to [Begin](#a).\n',
    **{f"a name of {what}": f"1. {name}\n2. **{name}:** Is {name} there?\n" for what, name in NAMES.items()},
}


def read(steps: str, title: str = "It") -> Handbook:
    head = "---\nhandrail: {kind: process, id: it}\n---\n"
    return handbook({"it.md": f"{head}# {title}\n\n## Flow\n\n{steps}"}, kinds=PROCESSES)


def flow_of(found: Handbook) -> Graph:
    return graph_of(found.documents["it"], found, link)


def told_whole(graph: Graph) -> None:
    """Check that words, drawing and every download hold the graph."""
    told = in_words(graph).told
    assert [line.node for line in told] == [node.id for node in graph.nodes]
    root = ET.fromstring(drawn(graph))
    assert len([one for one in root.iter() if one.get("data-step") is not None]) == len(graph.nodes)
    assert len([one for one in root.iter() if one.get("data-from") is not None]) == len(graph.edges)
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "marker", "path", "g", "rect", "text", "tspan", "a"}
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]
    ET.fromstring(bpmn_of(graph))
    assert mermaid_of(graph)
    assert flow_json(graph)


@pytest.mark.parametrize("name", FLOWS)
def test_every_format_holds_a_flow_at_its_limits(name: str):
    graph = flow_of(read(FLOWS[name]))
    assert graph.nodes
    told_whole(graph)
    found: Counter[str] = bench.judged(laid_out(graph))
    assert {what: found[what] for what in NEVER if found[what]} == {}


def test_a_flow_of_two_thousand_steps_is_whole_and_opens_in_parts():
    found = read(numbered(2000))
    graph = flow_of(found)
    assert len(graph.nodes) == 2002
    told_whole(graph)
    site = Site(found, options_of({}), "Works")
    pages = [page for page in generated(site) if page.flow]
    assert 30 < len(pages) < 80
    view = View(site, lambda target: f"to:{target}")
    first = generated_html(pages[0], view)
    assert "2000 steps" in first
    assert len(first) < 200_000


def test_a_flow_of_none_has_no_page_and_every_format_says_nothing():
    found = read("Nothing is written here.\n")
    graph = flow_of(found)
    assert (graph.nodes, graph.edges) == ((), ())
    ET.fromstring(drawn(graph))
    ET.fromstring(bpmn_of(graph))
    assert in_words(graph).text == ""
    assert [page for page in generated(Site(found, options_of({}), "Works")) if page.flow] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_markup_of_a_name_reaches_the_page_of_a_flow(name: str):
    found = read(FLOWS[f"a name of {name}"], title=NAMES[name])
    site = Site(found, options_of({}), "Works")
    view = View(site, lambda target: f"to:{target}")
    pages = [page for page in generated(site) if page.flow]
    assert pages
    for page in pages:
        html = generated_html(page, view)
        assert "<script" not in html
        assert "<b onclick" not in html
        assert "<!--" not in html
        assert "<![CDATA[" not in html


CIRCLE = {
    "a.md": "---\nhandrail: {kind: process, id: a}\n---\n# A\n\n## Flow\n\n1. [Do B](b.md).\n2. [Do C](c.md).\n",
    "b.md": "---\nhandrail: {kind: procedure, id: b}\n---\n# B\n\n## Steps\n\n1. [Do C](c.md).\n2. Is it done?\n    - **No:** move to [B](b.md).\n    - **Yes:** end\n",
    "c.md": "---\nhandrail: {kind: procedure, id: c}\n---\n# C\n\n## Steps\n\n1. [Do B](b.md).\n2. [Do A](a.md).\n3. [Do C](c.md).\n",
}


def test_a_circle_of_calls_ends():
    found = handbook(CIRCLE)
    for name in "abc":
        told_whole(graph_of(found.documents[name], found, link, depth=9))
    hand_overs(found)
    site = Site(found, options_of({}), "Works")
    view = View(site, lambda target: f"to:{target}")
    for page in generated(site):
        assert generated_html(page, view)
