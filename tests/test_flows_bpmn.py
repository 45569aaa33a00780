"""A flow in BPMN 2.0: read without a warning, judged sound and drawn whole by the tools that people use."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from playwright.sync_api import Page

from handrail.flows import around, bpmn_of, graph_of
from handrail.flows.bpmn.elements import duration_in, xml_name
from handrail.graph import Edge, Graph, Lane, Node
from handrail.handbook import read_folder
from handrail.settings import settings_from
from tests import npm
from tests.flows import AFTER, CALLS, HOSTILE, KINDS, RELEASE, SUB_STEPS, flow, graphs, link, process_flow
from tests.reading import handbook
from tests.test_corpora import CORPORA
from tests.test_flows_corpora import corpus_read, flows_of

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"

EVERYTHING = """
    ---
    handrail: {kind: process, id: everything, trigger: The bell rings, roles: [Baker, Driver]}
    ---
    # Everything

    ## Flow

    1. <a id="mix"></a>**Baker:** Mix.
        - Within: 3 working days of the order
        - Expect: no dry flour
        - If not: go back to [Mix](#mix).
    2. **Baker:** Let it rest.
        - Wait: for the dough, at most 2 hours
        - Throughout: keep the door shut
    3. Hold: Driver releases it.
    4. Is it good?
        - Who: Driver
        - **Yes:** go on to [Pack](#pack).
        - **Well:** go on to [Pack](#pack).
        - **No:** go to [Stop](#stop).
    5. <a id="pack"></a>Pack it.
        - At once:
            - **Baker:** Count.
            - **Driver:** Load.
    6. **Driver:** Deliver.
        - Next: end
    7. <a id="stop"></a>**Driver:** Throw it away.
        - Stop: Baker
    8. If it burns, leave.
        - Stop: everybody
    """
ORDERS = "---\nhandrail: {{order: {}}}\n---\n# P\n\n## Steps\n\n1. **Baker:** Sweep.\n2. **Driver:** Wash.\n3. **Baker:** Wipe.\n"
TWO_FLOWS = "# P\n\n## 1. Mix\n\n## 2. Bake\n\n## 1. Sell\n\n## 2. Clean\n"


def hostile(identity: str = "a:b c/ü#1 \"'<") -> Graph:
    """Return a sound flow whose names and ids are as bad as can be."""
    nodes = [
        Node("start", "Start", "start"),
        *(Node(f"{n} {t[:9]}", t, "task", "a lane") for n, t in enumerate(HOSTILE)),
    ]
    nodes.append(Node("\ud800", "End", "end"))
    edges = [Edge(one.id, other.id) for one, other in pairwise(nodes)]
    return Graph(identity, HOSTILE[0], (Lane("a lane", HOSTILE[5]),), tuple(nodes), tuple(edges))


def sound() -> dict[str, Graph]:
    """Return flows that have everything that a flow can have."""
    found = handbook(CALLS)
    return {
        "release": process_flow(RELEASE),
        "everything": process_flow(EVERYTHING),
        "calls": graph_of(found.documents["p"], found, link),
        "hand-over": graph_of(found.documents["bake"], found, link),
        "stop": graph_of(found.documents["fire"], found, link),
        "part": around(process_flow(RELEASE), "tag"),
        "no choice": flow("# P\n\n## Steps\n\n1. If it is hot, wait. Otherwise, do not.\n2. Go on.\n"),
        "bar": flow("# P\n\n## Steps\n\n1. Rest.\n2. At once:\n    - Mix.\n    - Heat.\n3. Go.\n"),
        "any": flow(ORDERS.format("any")),
        "ongoing": flow(ORDERS.format("ongoing")),
        "two flows": flow(TWO_FLOWS),
        "after": flow(AFTER),
        "depth": flow(SUB_STEPS, depth=2),
        "one step": flow("# P\n\n## Steps\n\n1. Do it.\n"),
        "no step": Graph("none", "None", (), (), ()),
        "hostile": hostile(),
        "many": process_flow("# P\n\n## Flow\n\n" + "".join(f"{n}. Do {n}.\n" for n in range(1, 201))),
    }


@pytest.fixture(scope="session")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every flow as a file: those above and this handbook's own."""
    own = read_folder(settings_from(root / "mkdocs.yml", None))
    flows = sound()
    return written_to(tmp_path_factory.mktemp("bpmn"), [*flows.values(), *flows_of(own)])


@pytest.fixture(scope="session")
def written_of_others(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every flow of the corpora as a file."""
    graphs = [graph for name in CORPORA for graph in flows_of(corpus_read(corpora, name))]
    return written_to(tmp_path_factory.mktemp("bpmn-of-others"), graphs)


def written_to(folder: Path, graphs: Iterable[Graph]) -> list[Path]:
    """Write flows into a folder, each as a file."""
    files = []
    for number, graph in enumerate(graphs):
        files.append(folder / f"{number}.bpmn")
        files[-1].write_text(bpmn_of(graph), encoding="utf-8")
    return files


@pytest.mark.parametrize("which", ["written", "written_of_others"])
def test_moddle_reads_all_and_bpmnlint_finds_nothing(which: str, root: Path, request: pytest.FixtureRequest):
    folder = npm.installed()
    files = request.getfixturevalue(which)
    assert json.loads(npm.ran(folder, root / "tests/judge_bpmn.mjs", *map(str, files))) == {}


@pytest.mark.parametrize("which", ["written", "written_of_others"])
def test_bpmn_js_draws_all(which: str, page: Page, request: pytest.FixtureRequest):
    written = request.getfixturevalue(which)
    folder = npm.installed() / "node_modules/bpmn-js/dist"
    page.set_content("<div id=canvas style='width: 900px; height: 900px'></div>")
    page.add_script_tag(path=str(folder / "bpmn-viewer.production.min.js"))
    page.evaluate("window.viewer = new BpmnJS({container: '#canvas'})")
    for file in written:
        text = file.read_text(encoding="utf-8")
        drawn = page.evaluate(
            """async (text) => {
                const {warnings} = await viewer.importXML(text);
                const elements = viewer.get("elementRegistry").filter((element) => !element.labelTarget);
                return {warnings: warnings.map(String), names: elements.map((element) => element.id)};
            }""",
            text,
        )
        named = {element.get("id") for element in model(text).iter() if element.tag in _DRAWN}
        assert drawn["warnings"] == []
        assert named <= set(drawn["names"])


_DRAWN = {
    BPMN + tag
    for tag in (
        "participant lane task callActivity adHocSubProcess startEvent endEvent intermediateCatchEvent boundaryEvent "
        "exclusiveGateway parallelGateway sequenceFlow"
    ).split()
}


def model(text: str) -> ET.Element:
    return ET.fromstring(text)


def names_of(text: str, tag: str) -> list[str]:
    return [element.get("name", "") for element in model(text).iter(BPMN + tag)]


def test_a_task_decides_and_a_gateway_routes():
    text = bpmn_of(process_flow(RELEASE))
    assert names_of(text, "task") == ["Freeze the branch", "Test it", "Are the checks green?", "Tag it"]
    assert names_of(text, "exclusiveGateway") == ["", "Are the checks green?"]
    assert sorted(filter(None, names_of(text, "sequenceFlow"))) == ["Given up", "No", "Yes"]
    assert names_of(text, "lane") == ["Release manager", "Tester"]


def test_everything_has_its_element():
    text = bpmn_of(process_flow(EVERYTHING))
    tags = {element.tag.removeprefix(BPMN) for element in model(text).iter() if element.tag.startswith(BPMN)}
    assert {"boundaryEvent", "intermediateCatchEvent", "parallelGateway", "terminateEventDefinition"} <= tags
    durations = [element.text for element in model(text).iter(f"{BPMN}timeDuration")]
    assert durations == ["PT2H", "3 working days of the order"]
    assert [element.get(XSI + "type") for element in model(text).iter(f"{BPMN}timeDuration")] == [
        "bpmn:tFormalExpression",
        None,  # natural language, which no engine tries to run: ISO 8601 knows no working days
    ]
    assert not [element for element in model(text).iter(f"{BPMN}condition") if element.get(XSI + "type")]
    assert "Yes / Well" in names_of(text, "sequenceFlow")
    assert names_of(text, "startEvent") == ["The bell rings", "If it burns", "Start"]


def test_called_procedures_are_call_activities_and_hand_overs_end():
    found = handbook(CALLS)
    text = bpmn_of(graph_of(found.documents["p"], found, link))
    calls = {element.get("name"): element.get("calledElement") for element in model(text).iter(f"{BPMN}callActivity")}
    assert calls == {"Bake": "Process.bake", "Fire": "Process.fire"}


def test_work_in_any_order_is_an_ad_hoc_sub_process():
    text = bpmn_of(flow(ORDERS.format("any")))
    boxes = list(model(text).iter(f"{BPMN}adHocSubProcess"))
    assert [[task.get("name") for task in box.iter(f"{BPMN}task")] for box in boxes] == [["Sweep", "Wipe"], ["Wash"]]


def test_parts_that_nothing_connects_are_pools_of_their_own():
    assert len(names_of(bpmn_of(flow(TWO_FLOWS)), "participant")) == 2


def test_the_document_is_the_same_each_time(golden: Callable[[str, str], None]):
    golden("flows/release.bpmn", bpmn_of(process_flow(RELEASE)))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("5 working days of the request", None),
        ("at most 30 minutes", "PT30M"),
        ("2 Wochen", "P2W"),
        ("90 calendar days", "P90D"),
        ("step 2 of 3 hours", "PT3H"),
        ("soon", None),
        ("the day agreed on", None),
    ],
)
def test_durations(text: str, period: str | None):
    assert duration_in(text) == period


def test_ids_are_names_that_xml_allows_and_never_meet():
    names = ["", "a b", "a_b", "a.b", "a-b", "ä", "1", "a_20_b", "a 20 b", 'x"', "\ud800"]
    made = [xml_name("Step", name) for name in names]
    assert len(set(made)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.ASCII) for name in made)
    assert xml_name("Flow", "a", "b") != xml_name("Flow", "a.b")


@settings(max_examples=60)
@given(graphs())
def test_no_graph_breaks_it_and_every_shape_is_drawn_once(graph):
    root = model(bpmn_of(graph))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name or "", re.ASCII) for name in ids)
    drawn = [
        element.get("bpmnElement") for element in root.iter() if element.tag in (f"{DI}BPMNShape", f"{DI}BPMNEdge")
    ]
    assert Counter(drawn) == Counter(element.get("id") for element in root.iter() if element.tag in _DRAWN)
    known = set(ids)
    for flow_ in root.iter(f"{BPMN}sequenceFlow"):
        assert {flow_.get("sourceRef"), flow_.get("targetRef")} <= known
    assert all(node.text in known for node in root.iter(f"{BPMN}flowNodeRef"))


def test_all_kinds_of_nodes_are_known():
    for kind in KINDS:
        assert bpmn_of(
            Graph("g", "G", (), (Node("a", "A", kind, members=(Node("b", "B"),) if kind == "any" else ()),), ())
        )
