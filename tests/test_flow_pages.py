"""Flows on the site: their pages, their drawings and downloads, the block `flow`, and the landscape."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from handrail.checks import block_problems, checked
from handrail.drawing import ENGLISH as DRAWN_IN_ENGLISH
from handrail.drawing import LIGHT, drawing_words, drawn
from handrail.flows import ENGLISH, branches, flow_words, graph_of, in_words
from handrail.flows.folding import flow_parts, is_large
from handrail.flows.handovers import hand_overs, idle_records
from handrail.graph import Graph
from handrail.handbook import read_folder, read_handbook
from handrail.layout import laid_out
from handrail.model import Handbook
from handrail.options import options_of
from handrail.pages import Site, View, downloads, flow_under_steps, generated, generated_html
from handrail.pages.drawings import drawn_flow, svg_of
from handrail.pages.flows import flow_graph, flow_name, opening_graph
from handrail.pages.landscape import neighbours_of
from handrail.settings import settings_from
from handrail.sources import Sources
from handrail.words import LANGUAGES
from tests.building import Built, build, handbook, tree
from tests.reading import text_of

RELEASE = """\
    ---
    handrail: {kind: process, id: release, area: Work}
    ---
    # Release

    ## Flow

    1. <a id="freeze"></a>**Manager:** Freeze the branch.
    2. <a id="green"></a>**Manager:** Are the checks green?
        - **Yes:** go on to [Publish](#publish).
        - **No:** go to [Repair](#repair).
    3. <a id="repair"></a>**Developer:** Repair it, then go back to [Are they green](#green).
    4. <a id="publish"></a>**Manager:** [Publish it](publish.md).
    """
PUBLISH = """\
    ---
    handrail: {kind: procedure, id: publish}
    ---
    # Publish

    ## Steps

    1. Build the files.
    2. Send them.

    ## Notes

    Some notes.
    """
PAGES = {"index.md": "# Home\n", "release.md": RELEASE, "publish.md": PUBLISH}
ROLES = {"Manager": None, "Developer": None}


def site_of(pages: Mapping[str, str], **given: object) -> Site:
    options = options_of(given)
    texts = {path: text_of(text) for path, text in pages.items()}
    return Site(checked(read_handbook(Sources(texts, ()), options)), options, "Works")


def view_of(site: Site) -> View:
    return View(site, lambda target: f"to:{target}")


def flow_page(pages: Mapping[str, str], name: str, **given: object) -> str:
    site = site_of(pages, **given)
    page = next(page for page in generated(site) if page.name == name)
    return generated_html(page, view_of(site))


def process_of(number: int, name: str = "long") -> str:
    steps = "\n".join(f"{place}. Do part {place}." for place in range(1, number + 1))
    return f"---\nhandrail: {{kind: process, id: {name}}}\n---\n# Long\n\n## Flow\n\n{steps}\n"


# ---- words ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word_of_a_flow(language: str) -> None:
    site = site_of({}, languages=[language])
    words, drawn = flow_words(site.words.site), drawing_words(site.words.site)
    if language == "en":
        assert (words, drawn) == (ENGLISH, DRAWN_IN_ENGLISH)
        return
    for said, english in ((words, ENGLISH), (drawn, DRAWN_IN_ENGLISH)):
        for field in fields(said):
            own, theirs = getattr(said, field.name), getattr(english, field.name)
            assert own
            assert own != theirs, field.name
            assert re.findall(r"\{\w+\}", own) == re.findall(r"\{\w+\}", theirs)


def test_a_german_site_draws_german_words() -> None:
    html = flow_page(PAGES, ":flow/release", roles=ROLES, languages=["de", "en"])
    for word in ("In Worten", "Beginn", "Ende", "zurück zu 2", "durch ein Verfahren festgelegt", "Herunterladen"):
        assert word in html
    for word in ("In words", "Start<", "back to 2", "fixed by", "Download"):
        assert word not in html


# ---- the page of a flow ----


def test_a_process_has_a_flow_page_and_a_plain_procedure_has_none() -> None:
    pages = {page.name: page for page in generated(site_of(PAGES))}
    assert pages[":flow/release"].path == "handrail/flows/release.md"
    assert not pages[":flow/release"].listed
    assert ":flow/publish" not in pages


def test_the_words_hold_each_node_and_each_way_of_the_drawing() -> None:
    page = tree(flow_page(PAGES, ":flow/release", roles=ROLES))
    site = site_of(PAGES, roles=ROLES)
    graph = graph_of(site.handbook.documents["release"], site.handbook, lambda name: f"to:{name}")
    told = next(element for element in page.find("ol") if element.get("class") == "handrail-told")
    lines = told.elements("li")

    assert [line["data-step"] for line in lines] == [line.node for line in in_words(graph).lines]
    assert {(line["data-step"], way["data-to"]) for line in lines for way in line.find("li")} == {
        (edge.source, edge.target) for edge in graph.edges
    }
    drawn = page.find("svg")[0]
    assert [group["data-step"] for group in drawn.find("g") if group.get("data-step")] == [n.id for n in graph.nodes]


def test_a_line_in_words_leads_to_its_step_and_on_to_the_next_line() -> None:
    page = tree(flow_page(PAGES, ":flow/release", roles=ROLES))
    lines = {line["data-step"]: line for line in page.find("li") if line.get("id")}
    assert lines["green"].find("a")[0]["href"] == "to:release#green"
    assert lines["publish"].find("a")[0]["href"] == "to:publish"
    back = lines["repair"].find("li")[0].find("a")[0]
    assert (back.text(), back["href"]) == ("back to 2", f"#{lines['green']['id']}")


def test_nothing_of_a_name_becomes_markup() -> None:
    bad = RELEASE.replace("Freeze the branch", 'Freeze "it" & <b>do</b> `<script>alert(1)</script>`')
    html = flow_page({**PAGES, "release.md": bad}, ":flow/release", roles=ROLES)
    assert "<script" not in html
    assert "<b>do" not in html


def test_two_ids_that_make_one_file_name_have_two_files() -> None:
    pages = {f"{name}.md": process_of(2, name) for name in ("a.b", "a-b")}
    paths = [page.path for page in generated(site_of(pages)) if page.flow]
    assert len(paths) == len(set(paths)) == 2


def test_the_same_handbook_gives_the_same_flows() -> None:
    assert flow_page(PAGES, ":flow/release") == flow_page(PAGES, ":flow/release")
    written = [[download.content() for download in downloads(site_of(PAGES))] for _ in range(2)]
    assert written[0] == written[1]


def test_links_make_no_difference_to_the_places() -> None:
    site = site_of(PAGES)
    document = site.handbook.documents["release"]
    bare = graph_of(document, site.handbook, lambda name: None)
    linked = opening_graph(document, view_of(site))
    assert [place.x for place in laid_out(bare).nodes] == [place.x for place in laid_out(linked).nodes]
    assert svg_of(bare, site) == drawn(bare)
    assert svg_of(linked, site) == drawn(linked) != drawn(bare)
    assert svg_of(linked, site, LIGHT, "small") == drawn(linked, LIGHT, prefix="small")


@pytest.mark.parametrize("known", [r".*", r".*#.*", r"publish", r"(?!x)x"])
def test_a_flow_is_made_once_and_leads_where_it_would_if_made_for_the_page(known: str) -> None:
    any_order = "---\nhandrail: {kind: procedure, order: any}\n---\n# Any\n\n1. Do [that](publish.md).\n2. Do it.\n"
    site = site_of({**PAGES, "any.md": any_order}, roles=ROLES)

    def url(name: str) -> str | None:
        return f"at:{name}" if re.fullmatch(known, name) else None

    for document in (*site.handbook.processes, *site.handbook.procedures):
        made = graph_of(document, site.handbook, url, flow_words(site.words.site), 2)
        assert flow_graph(document, View(site, url), 2) == made
        assert site.flow(document, 2) is site.flow(document, 2)


@pytest.mark.parametrize(
    ("step", "drawn"),
    [
        ("Send it.", False),
        ("Is it there?\n    - **Yes:** end\n    - **No:** go back to [one](#one).", True),
        ("Then go back to [one](#one).", True),
        ("Do it.\n    - At once:\n        - Sing.\n        - Dance.", True),
        ("Do it.\n    - If not: go back to [one](#one).", True),
    ],
)
def test_a_procedure_that_does_not_just_go_on_is_drawn(step: str, drawn: bool) -> None:
    text = f'---\nhandrail: {{kind: procedure, id: it}}\n---\n# It\n\n## Steps\n\n1. <a id="one"></a>One.\n2. {step}\n'
    site = site_of({"it.md": text})
    document = site.handbook.documents["it"]
    assert branches(document) == drawn
    assert ("<svg" in flow_under_steps(document, view_of(site))) == drawn


def test_procedures_that_different_roles_do_at_once_are_drawn_side_by_side() -> None:
    parts = "".join(f"## Steps for {role}\n\n1. Do it.\n2. Then that.\n\n" for role in ("Scribe", "Deputy"))
    site = site_of(
        {"call.md": f"---\nhandrail: {{kind: procedure}}\n---\n# Call\n\n{parts}"}, roles=["Scribe", "Deputy"]
    )
    first, last = site.handbook.procedures
    assert site.side_by_side == {last.id: first.id}
    assert flow_under_steps(first, view_of(site)) == ""
    drawn = tree(flow_under_steps(last, view_of(site)))
    boxes = [group.get("data-step") or "" for group in drawn.find("g")]
    assert [box for box in boxes if box.endswith("#do-it")] == [f"{first.id}#do-it", f"{last.id}#do-it"]
    assert [page.title for page in generated(site) if page.flow] == ["Flow of Call"]
    assert "Deputy" in next(generated_html(page, view_of(site)) for page in generated(site) if page.flow)


# ---- large flows ----


def test_a_flow_of_sixty_steps_is_one_page_and_of_more_is_several() -> None:
    small, large = (site_of({"long.md": process_of(number)}) for number in (60, 61))
    assert [page.name for page in generated(small) if page.flow] == [":flow/long"]
    assert [page.name for page in generated(large) if page.flow] == [
        ":flow/long",
        ":flow/long/from-do-part-1",
        ":flow/long/from-do-part-41",
    ]


@pytest.mark.parametrize("number", [61, 500, 2000])
def test_a_large_flow_opens_with_its_parts_and_leads_to_each(number: int) -> None:
    site = site_of({"long.md": process_of(number)})
    view, document = view_of(site), site.handbook.documents["long"]
    graph = opening_graph(document, view)
    names = [flow_name("long", part.id) for part in flow_parts(document)]
    assert len(graph.nodes) <= 60
    assert [node.href for node in graph.nodes] == [f"to:{name}" for name in names]
    shown = set()
    for page in generated(site):
        if page.flow and page.flow[1] and page.name in (names[0], names[-1]):
            shown |= set(re.findall(r'data-step="(do-part-\d+)"', generated_html(page, view)))
    assert {"do-part-1", f"do-part-{number}"} <= shown


def test_every_step_of_a_large_flow_is_on_the_page_of_its_part() -> None:
    site = site_of({"long.md": process_of(100)})
    parts = [page for page in generated(site) if page.flow and page.flow[1]]
    shown = [
        re.findall(r'<li id="told-\d+" data-step="(do-part-\d+)"', generated_html(p, view_of(site))) for p in parts
    ]
    assert {step for page in shown for step in page} == {f"do-part-{place}" for place in range(1, 101)}
    assert shown[1][0] == "do-part-40"  # the step before comes along, and leads back


def test_who_does_what_stands_on_the_page_of_the_whole_flow_alone() -> None:
    site = site_of({"long.md": process_of(100).replace("Do part 5.", "**Manager:** Do part 5.")}, roles=ROLES)
    view = view_of(site)
    told = [page.name for page in generated(site) if page.flow and "who-does-what" in generated_html(page, view)]
    assert told == [":flow/long"]


def test_phases_unfold_on_pages_of_their_own() -> None:
    phases = "".join(
        f"## Phase {place}\n\n" + "".join(f"{step}. Do {place}-{step}.\n" for step in range(1, 9)) + "\n"
        for place in range(1, 11)
    )
    text = f"---\nhandrail: {{kind: process, id: it, steps: headings}}\n---\n# It\n\n{phases}"
    site = site_of({"it.md": text})
    document = site.handbook.documents["it"]
    assert is_large(document)
    assert [page.name for page in generated(site) if page.flow][:2] == [":flow/it", ":flow/it/phase-1"]
    opened = opening_graph(document, view_of(site))
    assert [node.href for node in opened.nodes if node.number] == [f"to::flow/it/phase-{n}" for n in range(1, 11)]
    second = flow_page({"it.md": text}, ":flow/it/phase-2")
    assert "Do 2-8" in second
    assert "Do 4-1" not in second


# ---- paper ----


@pytest.mark.parametrize("number", [1, 5, 25, 60])
def test_a_drawing_is_cut_between_its_boxes(number: int) -> None:
    site = site_of({"long.md": process_of(number)})
    view = view_of(site)
    graph = opening_graph(site.handbook.documents["long"], view)
    drawn = drawn_flow(graph, site)
    sheets = drawn.fewest.sheets
    for before, after in itertools.pairwise(sheets):
        assert before.top + before.height == after.top
    assert sheets[0].top == laid_out(graph).head * bool(drawn.fewest.head)
    assert not [
        cut.top for cut in sheets[1:] for node in laid_out(graph).nodes if node.y < cut.top < node.y + node.height
    ]
    assert all(sheet.shown_height <= 900 for sheet in sheets)


def _looping(number: int) -> str:
    """Return a procedure of so many steps, the last of which goes back to the first."""
    steps = "".join(f"{place}. Do it {place}.\n" for place in range(1, number))
    return f"---\nhandrail: {{kind: procedure, id: it}}\n---\n# It\n\n## Steps\n\n{steps}{number}. Go back to step 1.\n"


def _view_of_what_is_there(site: Site) -> View:
    """Return a view that knows which pages of flows the site has."""
    made = {page.name for page in generated(site)}
    return View(site, lambda name: f"to:{name}" if name in made or not name.startswith(":flow/") else None)


@pytest.mark.parametrize(
    ("number", "sheets", "page"),
    [
        *((4, 1, False), (10, 1, False), (15, 2, False), (25, 3, False), (40, 4, False), (48, 0, True), (60, 0, True)),
        (61, 1, True),  # below the steps it is folded to its parts
    ],
)
def test_a_flow_has_a_page_where_it_is_too_long_to_stand_below_the_steps(number: int, sheets: int, page: bool) -> None:
    site = site_of({"it.md": _looping(number)})
    below = tree(flow_under_steps(site.handbook.documents["it"], _view_of_what_is_there(site)))
    assert len([one for one in below.find("div") if one["class"] == "handrail-sheet"]) == sheets
    assert ("It is printed from the page of the flow." in below.text()) is (sheets == 0)
    assert (":flow/it" in {made.name for made in generated(site)}) is page
    taken = [link["href"] for link in below.find("a") if link.get("download") == ""]
    ends = () if page else ("svg", "mmd", "bpmn")
    assert taken == [f"to:handrail/flows/it.{end}" for end in ends]
    if page:
        assert 'class="handrail-sheet"' in flow_page({"it.md": _looping(number)}, ":flow/it")


def test_a_flow_that_is_wider_than_a_sheet_has_a_page() -> None:
    roles = [f"Role {letter}" for letter in "ABCDE"]
    steps = "".join(f"{place}. **{role}:** Do it.\n" for place, role in enumerate(roles, 1))
    text = f"---\nhandrail: {{kind: procedure, id: it}}\n---\n# It\n\n## Steps\n\n{steps}6. Go back to step 1.\n"
    site = site_of({"it.md": text}, roles=roles)
    assert ":flow/it" in {page.name for page in generated(site)}
    below = tree(flow_under_steps(site.handbook.documents["it"], _view_of_what_is_there(site)))
    assert [link["href"] for link in below.find("a")][-1] == "to::flow/it"


def test_a_process_leads_to_the_flow_of_what_it_calls_wherever_that_is_drawn() -> None:
    process = "---\nhandrail: {kind: process, id: make}\n---\n# Make\n\n## Flow\n\n1. [It](it.md)\n"
    for number, there in ((4, "to:it#handrail-flow-it"), (60, "to::flow/it")):
        site = site_of({"it.md": _looping(number), "make.md": process})
        page = next(page for page in generated(site) if page.name == ":flow/make")
        told = tree(generated_html(page, _view_of_what_is_there(site)))
        assert [link["href"] for link in told.find("a") if link.get("class") == "handrail-unfold"] == [there]
    drawn = tree(flow_under_steps(site.handbook.documents["it"], view_of(site)))
    assert [one["id"] for one in drawn.find("svg") if one.get("id")] == ["handrail-flow-it"]


@pytest.mark.parametrize("lanes", [1, 5, 6, 8, 40])
def test_among_other_things_no_drawing_lies_across(lanes: int) -> None:
    site, graph = wide_flow(lanes)
    cut = drawn_flow(graph, site).upright
    assert not cut.across
    for sheet in cut.sheets:
        assert 12 * sheet.shown_width / sheet.width * 72 / 96 >= 7.99
        assert (sheet.shown_width <= 700, sheet.shown_height <= 900) == (True, True)


def wide_flow(lanes: int) -> tuple[Site, Graph]:
    """Return a flow that goes through so many lanes, one after the other."""
    roles = {f"Role {place}": None for place in range(lanes)}
    steps = "".join(f"{place + 1}. **Role {place}:** Do it {place}.\n" for place in range(lanes))
    text = f"---\nhandrail: {{kind: process, id: it}}\n---\n# It\n\n## Flow\n\n{steps}"
    site = site_of({"it.md": text}, roles=roles)
    return site, opening_graph(site.handbook.documents["it"], view_of(site))


@pytest.mark.parametrize("lanes", [1, 3, 4, 5, 6, 8, 40])
def test_on_paper_the_smallest_words_are_at_least_eight_points_high(lanes: int) -> None:
    site, graph = wide_flow(lanes)
    for sheet in drawn_flow(graph, site).fewest.sheets:
        assert 12 * sheet.shown_width / sheet.width * 72 / 96 >= 7.99
        assert sheet.shown_width <= 970


@pytest.mark.parametrize("lanes", [1, 5, 6, 8, 40])
def test_every_box_stands_whole_on_one_sheet_however_wide_the_drawing(lanes: int) -> None:
    site, graph = wide_flow(lanes)
    sheets = drawn_flow(graph, site).fewest.sheets
    for node in laid_out(graph).nodes:
        on = [
            sheet
            for sheet in sheets
            if sheet.left <= node.x
            and node.x + node.width <= sheet.left + sheet.width
            and sheet.top <= node.y
            and node.y + node.height <= sheet.top + sheet.height
        ]
        assert len(on) == 1, node.node.id


def test_a_wide_drawing_is_cut_between_its_lanes_and_no_sheet_is_empty() -> None:
    site, graph = wide_flow(12)
    cut = drawn_flow(graph, site).fewest
    assert cut.across
    assert cut.columns == 3
    assert {sheet.left for sheet in cut.sheets} <= {0, *(lane.x for lane in laid_out(graph).lanes)}
    assert [(sheet.row, sheet.column) for sheet in cut.sheets] == [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)]


# ---- the block `flow` ----


def problems(block: str, before: str = "", **given: object) -> list[tuple[int, int, str, str]]:
    page = f"# Home\n\n{before}```flow\n{block}\n```\n"
    found = block_problems(site_of({**PAGES, "index.md": page}, roles=ROLES, **given).handbook)
    return [(problem.line, problem.column, problem.message, problem.mend) for problem in found]


@pytest.mark.parametrize(
    "block",
    [
        "release",
        "Release",
        "id: release",
        "{id: release, role: Developer, depth: 2}",
        "{id: release, role: developers}",
        "{id: release, around: green}",
        "publish",
    ],
)
def test_a_block_that_asks_for_what_is_there_is_no_problem(block: str) -> None:
    assert problems(block) == []


@pytest.mark.parametrize(
    ("block", "place", "message", "mend"),
    [
        ("relaese", (4, 1), "There is no process or procedure `relaese`.", "Did you mean `release`?"),
        ("id: release\nroel: x", (5, 7), "A flow has no option `roel`.", "Did you mean `role`?"),
        ("{id: release, around: grene}", (4, 23), "`release` has no step `grene` here.", "Did you mean `green`?"),
        ("{id: release, role: Devloper}", (4, 21), "No step of `release` is done by `Devloper`.", "Did you mean `Developer`?"),
        ("{id: release, depth: deep}", (4, 22), "`depth` is no number from 1 to 9.", "such as `depth: 2`"),
        ("role: Manager", (4, 1), "This does not say which flow to show.", "Write the id"),
        ("", (4, 1), "`id` of this flow has no value.", "Write the id"),
        ("id: [a, b]", (4, 5), "`id` of this flow has no value.", "Write the id"),
        ("id: [", (4, 6), "This is not YAML", "Mind the indentation"),
        ("id: &a release", (4, 5), "Anchors and aliases are not read.", "Write the value out."),
    ],
)  # fmt: skip
def test_a_bad_block_is_a_problem_with_its_place_and_mend(
    block: str, place: tuple[int, int], message: str, mend: str
) -> None:
    found = problems(block)
    assert [one[:2] for one in found] == [place]
    assert message in found[0][2]
    assert mend in found[0][3]


def test_a_block_in_a_list_knows_its_column() -> None:
    page = "# Home\n\n- item\n\n    ```flow\n    id: release\n    roel: x\n    ```\n"
    found = [*block_problems(site_of({**PAGES, "index.md": page}).handbook)]
    assert [(problem.line, problem.column) for problem in found] == [(7, 11)]


def test_a_block_inside_other_code_is_none() -> None:
    page = "# Home\n\n````\n```flow\nnobody\n```\n````\n\n    ```flow\n    nobody\n    ```\n"
    assert [*block_problems(site_of({**PAGES, "index.md": page}).handbook)] == []


def test_where_nothing_has_steps_the_word_is_free() -> None:
    page = "# Home\n\n```flow\nst=>start: Start\n```\n"
    assert [*block_problems(site_of({"index.md": page}).handbook)] == []


# ---- what processes hand to each other ----


def works(**steps: str) -> dict[str, str]:
    return {
        f"{name}.md": f"---\nhandrail: {{kind: process, id: {name}}}\n---\n# {name.title()}\n\n## Flow\n\n1. Do it.\n{lines}"
        for name, lines in steps.items()
    }


def overs(pages: Mapping[str, str], **given: object) -> list[tuple[str, str, str, bool]]:
    return [(o.giver, o.taker, o.what, o.confirmed) for o in hand_overs(site_of(pages, **given).handbook)]


def test_a_registered_record_is_handed_over() -> None:
    pages = works(bake="    - Record: Loaf list\n", sell="    - Input: the loaf list\n")
    assert overs(pages, records=["Loaf list"]) == [("bake", "sell", "Loaf list", True)]


def test_a_linked_record_is_handed_over() -> None:
    pages = works(
        bake="    - Output: [what was baked](list.md)\n", sell="    - Input: [the list of loaves](list.md)\n"
    ) | {"list.md": "---\nhandrail: {kind: record, id: list}\n---\n# Loaf list\n"}
    assert overs(pages) == [("bake", "sell", "Loaf list", True)]


def test_an_equal_name_is_only_a_guess() -> None:
    pages = works(bake="    - Output: Fresh loaves\n", sell="    - Input: fresh loaves\n")
    assert overs(pages) == [("bake", "sell", "Fresh loaves", False)]


def test_a_record_has_states() -> None:
    pages = works(
        write="    - Record: Document (draft)\n",
        release="    - Input: Document (draft)\n    - Record: Document (released)\n",
        use="    - Input: Document (released)\n",
        keep="    - Input: Document\n",
    )
    assert overs(pages, records=["Document"]) == [
        ("release", "keep", "Document (released)", True),
        ("release", "use", "Document (released)", True),
        ("write", "keep", "Document (draft)", True),
        ("write", "release", "Document (draft)", True),
    ]


def test_what_a_called_procedure_makes_is_made_by_its_process() -> None:
    pages = works(sell="    - Input: Loaf list\n") | {
        "bake.md": "---\nhandrail: {kind: process, id: bake}\n---\n# Bake\n\n## Flow\n\n1. [Heat](heat.md)\n2. Eat.\n",
        "heat.md": "---\nhandrail: {kind: procedure, id: heat}\n---\n# Heat\n\n## Steps\n\n1. Do.\n    - Record: Loaf list\n",
    }
    assert overs(pages, records=["Loaf list"]) == [("bake", "sell", "Loaf list", True)]


def test_a_process_hands_nothing_to_itself() -> None:
    pages = works(bake="    - Record: Loaf list\n2. Read it.\n    - Input: Loaf list\n")
    assert overs(pages, records=["Loaf list"]) == []


def test_a_record_that_nobody_makes_or_takes_is_told() -> None:
    pages = works(bake="    - Record: Made\n    - Input: Taken\n")
    found = idle_records(site_of(pages, records=["Made", "Taken", "Neither"]).handbook)
    assert [(one.record, one.made, one.taken) for one in found] == [
        ("made", True, False),
        ("taken", False, True),
        ("neither", False, False),
    ]


def test_the_landscape_shows_all_processes_by_area() -> None:
    pages = works(bake="    - Record: List\n", sell="    - Input: List\n") | {"release.md": RELEASE}
    html = flow_page(pages, ":landscape", records=["List", "Lost"])
    page = tree(html)
    assert [heading.text() for heading in page.find("h2")] == [
        "In no area",
        "Work",
        "Records that do not pass from hand to hand",
    ]
    tiles = [tile.text() for tile in page.find("ul")[0].elements("li")]
    assert tiles[0].startswith("Bake")
    assert "1 neighbour" in tiles[0]
    assert "Lost: neither made nor anybody’s input" in page.text()


def test_the_neighbours_are_drawn_and_listed() -> None:
    pages = works(
        bake="    - Output: Loaves\n", sell="    - Input: loaves\n    - Record: Till\n", count="    - Input: Till\n"
    )
    site = site_of(pages, records=["Till"])
    found = neighbours_of(site.handbook.documents["sell"], view_of(site))
    assert [(row.gives, row.process.text, [passed.confirmed for passed in row.passed]) for row in found.rows] == [
        (True, "Bake", [False]),
        (False, "Count", [True]),
    ]
    assert found.drawn is not None
    assert "stroke-dasharray" in found.drawn.svg
    assert found.unconfirmed


# ---- everything together ----


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    home = """\
        # Home

        ```flow
        release
        ```

        - in a list

            ```flow
            {id: release, around: green}
            ```

        !!! note

            ```flow
            nobody
            ```

        ````
        ```flow
        release
        ```
        ````

        ```python
        print("flow")
        ```
        """
    return build(
        handbook(
            tmp_path_factory.mktemp("flows"),
            {**PAGES, "index.md": home, "plain.md": "# Plain\n\n```flow\nrelease\n```\n\n```\n```\n"},
            handrail={"roles": ROLES},
            markdown_extensions=["admonition", "pymdownx.superfences"],
        )
    )


def test_a_block_is_shown_wherever_it_stands_and_never_inside_code(built: Built) -> None:
    page = built.page("index.html")
    shown = [element for element in page.find() if element.get("data-handrail") in ("flow", "flow-wrong")]
    assert [element["data-handrail"] for element in shown] == ["flow", "flow", "flow-wrong"]
    assert "There is no process or procedure nobody" in shown[2].text().replace("`", "")
    assert any("```flow" in code.text() for code in page.find("code"))
    assert [line for line in built.warnings if "flow-block" in line] == [
        "handrail: index.md:16:5: There is no process or procedure `nobody`. List them with `handrail read`. [flow-block]"
    ]


def test_no_two_elements_of_a_page_have_one_id(built: Built) -> None:
    for path in built.pages:
        ids = [element["id"] for element in built.page(path).find() if element.get("id")]
        assert len(ids) == len(set(ids)), path


def test_every_link_of_a_flow_leads_somewhere(built: Built) -> None:
    for path in ("index.html", "release.html", "handrail/flows/release.html", "handrail/landscape.html"):
        folder = Path(path).parent
        for link in built.page(path).find("a", "use"):
            target, _, anchor = (link.get("href") or "").partition("#")
            file = Path(folder, target) if target else Path(path)
            name = Path(*_flat(file)).as_posix()
            assert name in built.files, (path, link.get("href"))
            if anchor and name.endswith(".html"):
                assert any(element.get("id") == anchor for element in built.page(name).find()), (path, link["href"])


def _flat(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return parts


def test_the_downloads_are_files_of_the_site(built: Built) -> None:
    assert built.text("handrail/flows/release.svg").startswith("<svg")
    assert "var(" not in built.text("handrail/flows/release.svg")
    assert built.text("handrail/flows/release.mmd").startswith("flowchart")
    assert "<bpmn:definitions" in built.text("handrail/flows/release.bpmn") or "definitions" in built.text(
        "handrail/flows/release.bpmn"
    )
    links = [
        link.get("href") for link in built.page("handrail/flows/release.html").find("a") if link.get("download") == ""
    ]
    assert links == ["release.svg", "release.mmd", "release.bpmn", "release.csv"]
    assert built.text("handrail/flows/release.csv").startswith("\ufeffActivity,Manager")


def test_the_process_page_shows_it_small_and_leads_there(built: Built) -> None:
    small = next(
        element for element in built.page("release.html").find() if element.get("data-handrail") == "small-flow"
    )
    assert [link["href"] for link in small.find("a")] == ["handrail/flows/release.html"]
    assert small.find("svg")


def test_the_process_page_leads_to_who_does_what_on_the_page_of_its_flow(built: Built) -> None:
    links = [link["href"] for link in built.page("release.html").find("a") if "matrix" in link.text()]
    assert links == ["handrail/flows/release.html#who-does-what"]


def test_a_page_without_superfences_shows_a_block_too(tmp_path: Path) -> None:
    found = build(
        handbook(tmp_path, {**PAGES, "index.md": "# Home\n\n```flow\nrelease\n```\n\n~~~\n```flow\nx\n```\n~~~\n"})
    )
    page = found.page("index.html")
    assert len([element for element in page.find() if element.get("data-handrail") == "flow"]) == 1
    assert "```flow" in page.find("code")[0].text()


def test_somebody_elses_block_of_that_name_stays(tmp_path: Path) -> None:
    fences = {"pymdownx.superfences": {"custom_fences": [{"name": "flow", "class": "theirs"}]}}
    found = build(
        handbook(tmp_path, {**PAGES, "index.md": "# Home\n\n```flow\nrelease\n```\n"}, markdown_extensions=[fences])
    )
    assert 'class="theirs"' in found.text("index.html")
    assert "handrail-flow" not in found.text("index.html")


def test_beside_somebody_elses_block_the_others_stay_handrails(tmp_path: Path) -> None:
    fences = {"pymdownx.superfences": {"custom_fences": [{"name": "compare", "class": "theirs"}]}}
    home = '# Home\n\n```flow\nrelease\n```\n\n```compare\nx\n```\n\n``` {.flow title="x"}\nrelease\n```\n'
    found = build(handbook(tmp_path, {**PAGES, "index.md": home}, markdown_extensions=[fences]))
    text = found.text("index.html")
    assert text.count('class="theirs"') == text.count('data-handrail="flow"') == 1


def test_the_drawing_stands_right_behind_the_steps(tmp_path: Path) -> None:
    step = "2. Is it sent?\n    - **Yes:** end\n    - **No:** go back to [Build](#build).\n"
    listed = text_of(PUBLISH).replace("1. Build the files.\n2. Send them.\n", f'1. <a id="build"></a>Build.\n{step}')
    headed = (
        "---\nhandrail: {kind: procedure, id: headed}\n---\n# Headed\n\n## Steps\n\n### 1. Build\n\nDo it.\n\n"
        "### 2. Send\n\n- If not: go back to [Build](#1-build).\n\nMore.\n\n## Notes\n\nSome notes.\n"
    )
    found = build(handbook(tmp_path, {"index.md": "# Home\n", "publish.md": listed, "headed.md": headed}))
    for path in ("publish.html", "headed.html"):
        text = found.text(path)
        assert text.count('class="handrail-drawing"') == 1, path
        assert text.rindex('data-handrail="step"') < text.index('class="handrail-drawing"') < text.index(">Notes<"), (
            path
        )


def test_the_users_own_files_win(tmp_path: Path) -> None:
    own = {"handrail/flows/release.md": "# Mine\n", "handrail/flows/release.svg": "<svg/>"}
    found = build(handbook(tmp_path, {**PAGES, **own}))
    assert "Mine" in found.text("handrail/flows/release.html")
    assert (
        found.text("handrail/flows/release.svg") == "<svg/>\n" or found.text("handrail/flows/release.svg") == "<svg/>"
    )


def test_command_and_plugin_tell_of_the_same_problems(tmp_path: Path) -> None:
    pages = {**PAGES, "index.md": "# Home\n\n```flow\nnobody\n```\n"}
    config = handbook(tmp_path, {path: text_of(text) for path, text in pages.items()}, handrail={"roles": ROLES})
    read: Handbook = checked(read_folder(settings_from(config, None)))
    told = [f"handrail: {p.path}:{p.line}:{p.column}: {p.message} {p.mend} [{p.rule}]" for p in read.problems]
    assert "flow-block" in told[0]
    assert [line for line in build(config).warnings if line.startswith("handrail:")] == told
