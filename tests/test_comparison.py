"""Documents side by side: which steps are the same, in which order they stand, what differs, and what may be asked."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handrail.checks import block_problems
from handrail.comparison import (
    Asked,
    Comparison,
    Refused,
    aligned,
    alignment_keys,
    asked_comparison,
    chosen_items,
    chosen_rows,
    comparison_of,
    comparison_table,
)
from handrail.index import Index
from handrail.model import AskedBlock, Handbook
from handrail.options import options_of
from handrail.problems import Problem
from handrail.reports.comparison import comparison_json, comparison_schema_text
from handrail.reports.tables import tables_csv, tables_markdown
from handrail.tables import Table, cell_text
from tests.reading import handbook

TOWN = """
    ---
    handrail: {id: town, owner: Shop lead, risk: low}
    ---
    # Open in town

    1. Turn on the lights.
    2. **Shop lead:** Count the money in the till.
        - Record: Till sheet
        - Within: 10 minutes
    3. Put the loaves into the window, the dark ones on top.
    4. Write the bread of the day on the board.
    5. Unlock the door at eight.
"""
STATION = """
    ---
    handrail: {id: station, owner: shop lead, risk: medium, may_deviate: none}
    ---
    # Open at the station

    1. Turn on the lights and the heating.
    2. Write the bread of the day on the board.
    3. **Baker:** Count the money in the till.
        - Record: Till sheet
        - Within: 5 minutes
    4. Put the loaves into the window, the sweet ones on top.
    5. Ask whether the trains run on time.
    6. Unlock the door at six.
"""
SHOPS = {"town.md": TOWN, "station.md": STATION}


def index_of(pages: Mapping[str, str], **options: Any) -> Index:
    return Index(handbook(pages, **options), options_of(options))


def asked(index: Index, ids: list[str], rows: list[str] | None = None, **how: Any) -> Asked:
    items = chosen_items([(name, None) for name in ids], index.handbook)
    names = None if rows is None else [(name, None) for name in rows]
    return Asked(items, chosen_rows(names, items, index.handbook), **how)


def compared(index: Index, ids: list[str], rows: list[str] | None = None) -> Comparison:
    return comparison_of(asked(index, ids, rows), index)


def table(index: Index, ids: list[str], rows: list[str] | None = None, **how: Any) -> Table:
    wanted = asked(index, ids, rows, **how)
    return comparison_table(comparison_of(wanted, index), wanted, index)


def cells(found: Table) -> dict[str, list[str]]:
    return {cell_text(row.cells[0]): [cell_text(cell) for cell in row.cells[1:]] for row in found.rows}


def step_list(*texts: str, name: str = "one") -> str:
    lines = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
    return f"---\nhandrail: {{id: {name}}}\n---\n# {name}\n\n{lines}\n"


def columns(*documents: tuple[str, ...]) -> list[list[str]]:
    """Return for each row the numbers of the steps in it; `-` where a document has none."""
    pages = {f"d{place}.md": step_list(*texts, name=f"d{place}") for place, texts in enumerate(documents)}
    read = handbook(pages)
    own = [read.documents[f"d{place}"].all_steps() for place in range(len(documents))]
    return [
        [str(row.places[item].step + 1) if item in row.places else "-" for item in range(len(own))]
        for row in aligned(own)
    ]


LIGHTS, TILL, BOARD, DOOR, OVEN = (
    "Turn on all the lights.", "Count the money in the till.", "Write today's bread on the board.",
    "Unlock the front door.", "Heat the oven to 250 degrees.",
)  # fmt: skip


# ---- steps beside each other ----


@pytest.mark.parametrize(
    ("documents", "rows"),
    [
        pytest.param([(LIGHTS, TILL), (LIGHTS, TILL)], ["11", "22"], id="the same"),
        pytest.param([(LIGHTS, TILL), (LIGHTS, BOARD, TILL)], ["11", "-2", "23"], id="one more"),
        pytest.param([(LIGHTS, BOARD, TILL), (LIGHTS, TILL)], ["11", "2-", "32"], id="one less"),
        pytest.param([(LIGHTS, TILL), (BOARD, DOOR)], ["1-", "2-", "-1", "-2"], id="nothing in common"),
        pytest.param([(LIGHTS, TILL, BOARD), (BOARD, LIGHTS, TILL)], ["-1", "12", "23", "3-"], id="moved"),
        pytest.param(
            [(LIGHTS, TILL, BOARD), (BOARD, LIGHTS, TILL), (BOARD, LIGHTS, TILL)],
            ["-11", "122", "233", "3--"],
            id="moved in two",
        ),
        pytest.param([(LIGHTS,), (TILL,), (LIGHTS, TILL)], ["1-1", "-12"], id="the third has both"),
        pytest.param([(), (LIGHTS,)], ["-1"], id="one without steps"),
    ],
)
def test_steps_stand_beside_each_other(documents: list[tuple[str, ...]], rows: list[str]):
    assert ["".join(row) for row in columns(*documents)] == rows


def test_the_same_written_id_is_the_same_step():
    one = '<a id="till"></a>Count the money.'
    other = '<a id="till"></a>Ask the bank what is left over.'
    assert columns((LIGHTS, one), (other, LIGHTS)) == [["1", "-"], ["2", "1"], ["-", "2"]]


TEXTS = st.lists(st.sampled_from([LIGHTS, TILL, BOARD, DOOR, OVEN, "Stop.", "Turn off all the lights."]), max_size=6)


@given(st.lists(TEXTS, min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_column_has_each_step_once_and_in_its_order(documents: list[list[str]]):
    found = columns(*map(tuple, documents))
    for item, texts in enumerate(documents):
        assert [row[item] for row in found if row[item] != "-"] == [str(number + 1) for number in range(len(texts))]
    assert all(set(row) != {"-"} for row in found)


def test_what_differs_is_told_step_by_step():
    found = cells(table(index_of(SHOPS, roles={"Shop lead": [], "Baker": []}), ["town", "station"], ["steps"]))
    assert found == {
        "1. Turn on the lights.": [
            "1. Turn on the lights.",
            "≠ 1. Turn on the [-lights.-] {+lights and the heating.+} (68 % alike)",
        ],
        "2. Write the bread of the day on the board.": [
            "⇅ here in row 5",
            "⇅ 2. Write the bread of the day on the board. (moved; the same step: row 5)",
        ],
        "3. Count the money in the till.": [
            "2. Count the money in the till.\nRole: Shop lead\nWithin: 10 minutes",
            "≠ 3. Count the money in the till.\nRole: Baker\nWithin: 5 minutes",
        ],
        "4. Put the loaves into the window, the dark ones on top.": [
            "3. Put the loaves into the window, the dark ones on top.",
            "≠ 4. Put the loaves into the window, the [-dark-] {+sweet+} ones on top. (84 % alike)",
        ],
        "5. Write the bread of the day on the board.": [
            "4. Write the bread of the day on the board.",
            "⇅ here in row 2",
        ],
        "6. Ask whether the trains run on time.": ["∅ no such step", "5. Ask whether the trains run on time."],
        "7. Unlock the door at eight.": [
            "5. Unlock the door at eight.",
            "≠ 6. Unlock the door at [-eight.-] {+six.+} (72 % alike)",
        ],
    }


def test_an_arrow_to_the_same_step_is_no_difference():
    text = "1. Look.\n    - **Yes:** go on to [Act](#act).\n    - **No:** go back to [Look](#look).\n2. <a id='act'></a>Act.\n"
    pages = {
        "one.md": "---\nhandrail: {id: one}\n---\n# One\n\n" + text,
        "two.md": "---\nhandrail: {id: two}\n---\n# Two\n\n" + text,
    }
    assert compared(index_of(pages), ["one", "two"], ["steps"]).counts == (0, 2)


# ---- the text around the steps ----

RUNBOOK = """
    ---
    handrail: {{id: {id}}}
    ---
    # {title}

    {opening}

    ## {number}Meaning

    {meaning}

    ## Impact

    Nobody can buy bread.

    ## Mitigation

    1. Light the oven.

    {behind}
"""


def runbook(id: str, meaning: str, number: str = "", opening: str = "", behind: str = "") -> str:
    return RUNBOOK.format(id=id, title=id.title(), meaning=meaning, number=number, opening=opening, behind=behind)


OVENS = {
    "cold.md": runbook("cold", "The oven in the cellar is cold, and no bread is in it.", "1. "),
    "hot.md": runbook("hot", "The oven in the cellar is hot, and no bread is in it.", "2.1 ", "For bakers."),
}


def test_the_text_around_the_steps_stands_side_by_side_by_its_headings():
    assert cells(table(index_of(OVENS), ["cold", "hot"])) == {
        "Opening": ["∅ no such section", "For bakers."],
        "Meaning": [
            "The oven in the cellar is cold, and no bread is in it.",
            "≠ The oven in the cellar is [-cold,-] {+hot,+} and no bread is in it.",
        ],
        "Impact": ["Nobody can buy bread.", "Nobody can buy bread."],
        "1. Light the oven.": ["1. Light the oven.", "1. Light the oven."],
    }


def test_a_heading_can_be_asked_for():
    index = index_of(OVENS)
    assert asked(index, ["cold", "hot"], ["Impact", "meaning"]).rows == ("section:impact", "section:meaning")
    assert asked(index, ["cold", "hot"], ["sections"]).rows == (
        "section:(opening)",
        "section:meaning",
        "section:impact",
    )
    assert [row.section for row in compared(index, ["cold", "hot"], ["sections"]).rows] == ["", "Meaning", "Impact"]


def test_texts_with_little_in_common_are_told_as_they_stand():
    pages = {**OVENS, "full.md": runbook("full", "Nothing fits into a till any more.")}
    found = cells(table(index_of(pages), ["cold", "full"], ["meaning"]))
    assert found["Meaning"][1] == "≠ Nothing fits into a till any more."


def test_text_below_a_step_that_is_a_heading_stands_beside_the_steps():
    text = "---\nhandrail: {{id: {0}}}\n---\n# {0}\n\n## Steps\n\n### 1. Look\n\n### 2. Act\n\n---\n\nOf {0}.\n"
    found = cells(table(index_of({f"{name}.md": text.format(name) for name in "ab"}), ["a", "b"]))
    assert found["Beside the steps"] == ["Of a.", "≠ Of [-a.-] {+b.+}"]


def test_sections_stand_in_the_order_of_each_document():
    def page(*headings: str) -> str:
        return "# Page\n\n" + "".join(f"## {heading}\n\nWords.\n\n" for heading in headings) + "## Steps\n\n1. Go.\n"

    pages = {"a.md": page("Scope of it", "Old", "Last"), "b.md": page("Scope of it", "New", "Last", "More")}
    rows = compared(index_of(pages, kinds={"**": "procedure"}), ["a", "b"]).rows
    assert [row.section for row in rows] == ["Scope of it", "Old", "New", "Last", "More"]


def test_a_comparison_in_which_nothing_is_stated_is_refused():
    index = index_of(
        {"a.md": "---\nhandrail: {kind: record}\n---\n# A\n", "b.md": "---\nhandrail: {kind: record}\n---\n# B\n"}
    )
    with pytest.raises(Refused, match="states anything that could be compared"):
        asked(index, ["a", "b"])
    with pytest.raises(Refused, match="states any of it"):
        asked(index, ["a", "b"], ["sections", "aspects"])


def test_who_says_nothing_as_most_do_is_not_told():
    pages = {f"{name}.md": step_list("Light the oven.", name=name) for name in "abc"}
    pages["c.md"] += "    - Within: 5 minutes\n"
    found = cells(table(index_of(pages), ["a", "b", "c"], ["steps"]))
    assert found["1. Light the oven."] == [*["1. Light the oven."] * 2, "≠ 1. Light the oven.\nWithin: 5 minutes"]
    turned = cells(table(index_of(pages), ["c", "a"], ["steps"]))
    assert turned["1. Light the oven."][1] == "≠ 1. Light the oven.\nWithin: not stated"


def test_titles_of_a_table_that_was_read_are_no_details():
    def page(name: str, more: str) -> str:
        table = "| Participants |\n|---|\n| Baker |\n"
        return f"---\nhandrail: {{id: {name}}}\n---\n# {name}\n\n## Steps\n\n### 1. Bake\n\n{more}\n\n{table}\n### 2. Sell\n\nNow.\n"

    found = cells(table(index_of({"a.md": page("a", "Bake all of it."), "b.md": page("b", "")}), ["a", "b"], ["steps"]))
    assert found["1. Bake"] == ["1. Bake\nDetails: Bake all of it.", "≠ 1. Bake\nDetails: not stated"]


def test_documents_with_equal_titles_are_told_apart_in_every_note():
    pages = {"a.md": "# Same\n\nWords.\n", "b.md": "# Same\n\n1. Go.\n2. Stop.\n"}
    found = table(index_of(pages, kinds={"**": "procedure"}), ["a", "b"])
    assert "Same (a) states no steps." in found.notes


# ---- what documents state ----


def test_absent_is_not_empty_and_case_is_no_difference():
    index = index_of(SHOPS, roles={"Shop lead": []})
    rows = {row.name: row for row in compared(index, ["town", "station"]).rows}
    assert not rows["owner"].differs
    assert [answer.differs for answer in rows["risk"].answers] == [False, True]
    assert [answer.state for answer in rows["may_deviate"].answers] == ["absent", "empty"]
    assert rows["may_deviate"].differs


def test_most_decide_what_is_unusual():
    pages = {f"{name}.md": f"---\nhandrail: {{id: {name}, version: '{said}'}}\n---\n# {name}\n\n1. Go\n"
             for name, said in (("a", "1"), ("b", "2"), ("c", "2"))}  # fmt: skip
    (row,) = compared(index_of(pages), ["a", "b", "c"], ["version"]).rows
    assert [answer.differs for answer in row.answers] == [True, False, False]


def test_every_cell_leads_to_what_says_it():
    index = index_of(SHOPS)
    found = table(index, ["town", "station"])
    for row in found.rows:
        for cell in row.cells[1:]:
            if not any(mark.name in ("absent", "moved") for mark in cell.marks):
                assert any(piece.spot is not None and piece.spot.line for piece in cell.pieces), row
    assert [column.target for column in found.columns] == [None, "town", "station"]


PROCESS = """
    ---
    handrail: {kind: process, id: run, purpose: Bread for all, trigger: An order, outputs: [Loaf], indicators: [Loaves sold]}
    ---
    # Run

    ## Flow

    1. [Open in town](town.md)
    2. Choose.
        - Judgement: Shop lead, within the flour.
"""


def test_a_process_against_its_procedure():
    index = index_of({"run.md": PROCESS, **SHOPS})
    found = cells(table(index, ["run", "town"], ["scope", "goal", "flexibility", "focus"]))
    assert found == {
        "Scope": [
            "From: An order\nTo: Loaf\n(follows from the page)",
            "≠ 1. Open in town (Run)\n(follows from the page)",
        ],
        "Goal": ["Bread for all\n(follows from the page)", "∅ not stated"],
        "Flexibility": ["1 of 2 activities left to judgement: 2. Choose\n(follows from the page)", "∅ not stated"],
        "Focus": ["Loaves sold\n(follows from the page)", "≠ Record: Till sheet\n(follows from the page)"],
    }


def test_a_typed_aspect_overrides_what_would_follow():
    typed = PROCESS.replace("trigger: An order", "trigger: An order, aspects: {Scope: From till to table}")
    assert cells(table(index_of({"run.md": typed, **SHOPS}), ["run", "town"], ["scope"]))["Scope"][0] == (
        "From till to table"
    )


def test_the_kinds_as_such_stand_side_by_side():
    found = table(index_of(SHOPS), ["process", "procedure"])
    assert [column.title for column in found.columns] == ["Compared", "Process", "Procedure"]
    assert cells(found)["Goal"] == ["Value for the customer.", "The same result every time, and the rules kept."]
    assert found.notes == ()


def test_roles_are_compared_by_what_they_do():
    index = index_of(SHOPS, roles={"Shop lead": [], "Baker": []})
    found = cells(table(index, ["shop-lead", "baker"], ["steps"]))
    assert list(found) == ["1. Count the money in the till."]


# ---- how it is shown ----


def test_only_differences_folded_and_turned():
    index = index_of(SHOPS, roles={"Shop lead": []})
    found = table(index, ["town", "station"], ["owner", "risk"], differences=True)
    assert list(cells(found)) == ["Risk"]
    assert found.notes == ("1 of 2 rows differs.",)
    folded = table(index, ["town", "station"], ["owner", "risk"], fold=True)
    assert list(cells(folded)) == ["Risk"]
    assert folded.notes[1] == "The same in all, 1 row: Owner: Shop lead"
    turned = table(index, ["town", "station"], ["owner", "risk"], orient="rows")
    assert cells(turned) == {"Open in town": ["Shop lead", "Low"], "Open at the station": ["shop lead", "≠ Medium"]}


HOSTILE = "=1+1 | a <b>b</b> ‮עברית " + "long " * 1000


def test_hostile_cells_break_out_of_nothing():
    pages = {
        "a.md": f"---\nhandrail: {{id: a, owner: '=cmd()', version: {json.dumps(HOSTILE)}}}\n---\n# A | B\n\n1. Go | on\n",
        "b.md": "---\nhandrail: {id: b, owner: '@x'}\n---\n# <i>B</i>\n\n1. Go\n",
    }
    index = index_of(pages)
    found = table(index, ["a", "b"])
    for row in csv.reader(io.StringIO(tables_csv([found]))):
        assert not any(re.match(r"[=+\-@]", cell) for cell in row)
    lines = [line for line in tables_markdown([found]).split("\n") if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {len(found.columns) + 1 + 1}
    assert not any("<b>" in line or "<i>" in line for line in lines)


def test_the_json_fulfils_its_schema():
    index = index_of({"run.md": PROCESS, **SHOPS})
    wanted = asked(index, ["run", "town", "station", "process"])
    data = json.loads(comparison_json(comparison_of(wanted, index), wanted))
    schema = json.loads(comparison_schema_text())
    closed = json.loads(json.dumps(schema).replace('"additionalProperties": true', '"additionalProperties": false'))
    assert [error.message for error in Draft202012Validator(closed).iter_errors(data)] == []
    assert len(data["items"]) == 4


# ---- what is asked for ----


def problem(text: str, pages: Mapping[str, str] = SHOPS, **options: Any) -> str:
    found = asked_comparison(AskedBlock("compare", text, 5, 1), "page.md", handbook(pages, **options))
    assert isinstance(found, Problem), found
    return f"{found.line}:{found.column} {found.message} {found.mend}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("items: [town, statoin]", "5:15 There is no document `statoin`. Did you mean `station`?"),
        ("items: [town, town]", "5:15 `town` is compared with itself. Name each document once."),
        ("items: []", "5:8 There is nothing to compare."),
        ("rows: [owner]", "5:1 This does not say what to compare."),
        ("items: [town]", "5:8 Only `town` is here, and nothing to compare it with."),
        ("items: [town, station]\nrows: [ownr]", "6:8 There is no row `ownr`. Did you mean `owner`?"),
        ("items: [town, station]\nrows: [feedback]", "6:8 None of these documents has `feedback`."),
        ("items: [town, station]\nrows: [{a: b}]", "6:8 A row has no name."),
        ("items: [town, station]\nrows: []", "6:7 `rows` names no row."),
        ("items: {kind: procedure, owner: Nobody}", "5:8 No document fits this query."),
        ("items: {knd: procedure}", "5:14 Nothing can be asked by `knd`. Did you mean `kind`?"),
        ("items: {kind: procdure}", "5:15 There is no kind `procdure`. Did you mean `procedure`?"),
        ("items: [town, station]\ndifferences: some", "6:14 `differences` is neither `all` nor `only`."),
        ("items: [town, station]\nrow: [owner]", "6:6 A comparison has no option `row`. Did you mean `rows`?"),
        ("items: [town, station", "5:"),
        ("", "5:1 There is nothing to compare."),
        (
            "items: [several, town]",
            "5:9 There is no document `several`. That page holds several: `several.one`, `several.two`.",
        ),
        ("just words", "5:1 There is no document `just words`."),
    ],
)
def test_what_is_wrong_with_a_block(text: str, told: str):
    several = "# Shops\n\n## One\n\n1. Go.\n2. Stop.\n\n## Two\n\n1. Go.\n2. Wait.\n"
    assert problem(text, {**SHOPS, "several.md": several}, kinds={"**": "procedure"}).startswith(told)


def test_too_many_documents():
    pages = {f"p{number}.md": step_list(LIGHTS, name=f"p{number}") for number in range(500)}
    told = problem("items: {kind: procedure}", pages)
    assert told.startswith(
        "5:8 500 documents are too many to compare; 30 can stand side by side. Ask for `part: 1` to `part: 17`"
    )


def test_too_many_documents_are_asked_for_in_parts():
    sizes = {"ovens": 20, "tills": 12, "doors": 9, "roofs": 2, "yards": 3, "cars": 40}
    pages = {
        f"{folder}/p{number}.md": step_list(LIGHTS, name=f"{folder}{number}")
        for folder, size in sizes.items()
        for number in range(size)
    }
    told = problem("items: {kind: procedure}", pages)
    assert (
        "or for less: `area: ovens` (20), `area: tills` (12), `area: doors` (9), `area: yards` (3) and 1 more." in told
    )


def test_a_part_of_what_a_query_finds():
    pages = {f"p{number}.md": step_list(LIGHTS, name=f"p{number}") for number in range(37)}
    read = handbook(pages)

    def part(said: str) -> Asked | Problem:
        return asked_comparison(
            AskedBlock("compare", f"items: {{kind: procedure}}\npart: {said}", 5, 1), "page.md", read
        )

    found = [part("1"), part("2")]
    assert all(isinstance(one, Asked) for one in found)
    names = [[item.id for item in one.items] for one in found if isinstance(one, Asked)]
    assert [len(own) for own in names] == [19, 18]
    assert {*names[0], *names[1]} == {f"p{number}" for number in range(37)}
    index = index_of(pages)
    first = found[0]
    assert isinstance(first, Asked)
    assert "Part 1 of 2: 37 documents fit." in comparison_table(comparison_of(first, index), first, index).notes
    for said, told in (
        ("3", "There is no part 3 of 37 documents."),
        ("two", "`part` is no number."),
        ("", "`part` is no"),
    ):
        wrong = part(said)
        assert isinstance(wrong, Problem)
        assert (wrong.line, wrong.message[: len(told)]) == (6, told)
    assert problem("items: [town, station]\npart: 1").startswith(
        "6:7 Documents that are named one by one have no parts."
    )


def test_a_query_finds_by_process_and_role():
    read = handbook({"run.md": PROCESS, **SHOPS}, roles={"Shop lead": ["Head of shop"]})
    for query, ids in (
        ("{kind: procedure, owner: Head of Shop}", ["station", "town"]),
        ("{does: shop lead, risk: [low, high]}", None),
        ("{process: run}", None),
    ):
        found = asked_comparison(AskedBlock("compare", f"items: {query}", 1, 1), "page.md", read)
        if ids is None:
            assert isinstance(found, Problem)
            assert "Only `town` is here" in found.message
        else:
            assert isinstance(found, Asked)
            assert [item.id for item in found.items] == ids


def test_blocks_of_pages_are_checked():
    text = "# Page\n\n```compare\nitems: [town, nobody]\n```\n"
    read = handbook({**SHOPS, "index.md": text}, kinds={"town.md": "procedure", "station.md": "procedure"})
    (found,) = block_problems(read)
    assert (found.rule, found.path, found.line, found.column) == ("compare-block", "index.md", 4, 15)


# ---- keys ----


def keys_by_text(read: Handbook) -> dict[str, set[int]]:
    keys = alignment_keys(read.procedures)
    found: dict[str, set[int]] = {}
    for document in read.procedures:
        for step, key in zip(document.all_steps(), keys[document.id], strict=True):
            found.setdefault(step.text, set()).add(key)
    return found


def test_keys_join_what_is_the_same_or_alike():
    found = keys_by_text(handbook(SHOPS))
    assert found["Count the money in the till."] == found["Count the money in the till."]
    assert len(found["Count the money in the till."]) == 1
    dark = "Put the loaves into the window, the dark ones on top."
    assert found[dark] == found[dark.replace("dark", "sweet")]
    assert found["Ask whether the trains run on time."] != found["Turn on the lights."]


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_no_document_has_a_key_twice(documents: list[list[str]]):
    pages = {f"d{place}.md": step_list(*texts, name=f"d{place}") for place, texts in enumerate(documents)}
    for keys in alignment_keys(handbook(pages).procedures).values():
        assert len(set(keys)) == len(keys)


# ---- real handbooks ----


def corpus_index(corpora: Path, name: str, kinds: Mapping[str, Any]) -> Index:
    from handrail.handbook import read_folder
    from handrail.settings import Settings

    options = options_of({"kinds": kinds})
    return Index(read_folder(Settings(corpora / name / "files", options)), options)


def rows_with(found: Comparison, count: int) -> list[str]:
    assert found.steps is not None
    said = [[cell.stepped.step.text for cell in row.cells if cell is not None] for row in found.steps]
    return [texts[0] for texts in said if len(texts) == count]


def test_the_roles_of_an_incident_share_steps(corpora: Path):
    index = corpus_index(corpora, "pagerduty-incident-response", {"**": "procedure"})
    roles = ("incident-commander", "deputy", "scribe", "subject-matter-experts", "customer-liaison", "internal-liaison")
    found = compared(index, [f"during_an_incident.steps-for-{role}" for role in roles], ["steps"])
    assert rows_with(found, 6) == ["Once the call is over, you can start to follow the steps from After an Incident."]
    assert rows_with(found, 5) == ["Follow instructions from the Incident Commander."]
    assert sum(len([cell for cell in row.cells if cell]) == 1 for row in found.steps or ()) == 16
    shared = [row for row in found.steps or () if all(row.cells)]
    assert [row.differs for row in shared] == [False]


def test_two_procedures_of_a_quality_system(corpora: Path):
    index = corpus_index(corpora, "openregulatory-qms-templates", {"**/sop-*": "procedure"})
    found = compared(index, ["sop-capa", "sop-software-problem-resolution"], ["steps"])
    pairs = [[cell.stepped.step.text for cell in row.cells if cell] for row in found.steps or () if all(row.cells)]
    assert pairs == [["Root Cause Analysis", "Root Cause Analysis and Procedure"]]


def test_all_runbooks_of_an_operator(corpora: Path):
    kinds = {"alerts/cluster-monitoring-operator/**": {"kind": "procedure", "steps": "headings"}}
    index = corpus_index(corpora, "openshift-runbooks", kinds)
    ids = [document.id for document in index.handbook.procedures][:26]
    found = compared(index, ids, ["steps"])
    counts = {row.cells and next(cell for cell in row.cells if cell).stepped.step.text: sum(map(bool, row.cells))
              for row in found.steps or ()}  # fmt: skip
    assert {name: counts[name] for name in ("Meaning", "Impact", "Diagnosis", "Mitigation")} == {
        "Meaning": 24, "Impact": 24, "Diagnosis": 24, "Mitigation": 24,
    }  # fmt: skip


def test_a_page_against_its_own_later_revision(corpora: Path):
    folder = corpora / "openregulatory-qms-templates/history/templates__qms__vigilance__sop-vigilance.md"
    old, new = (file.read_text(encoding="utf-8") for file in (min(folder.iterdir()), max(folder.iterdir())))
    found = compared(index_of({"old.md": old, "new.md": new}), ["old", "new"], ["steps"])
    told = [
        (*tuple(cell.stepped.step.text if cell else None for cell in row.cells), any(c and c.moved for c in row.cells))
        for row in found.steps or ()
    ]
    same = "Documentation and Immediate Action"
    assert told == [
        (same, same, False),
        (
            "Investigation of Causal Relationship and Evaluation as Incident",
            "Investigation of Causal Relationship",
            False,
        ),
        (None, "Evaluation as Reportable Incident", False),
        ("Reporting of Incidents", "Reporting to Authorities", False),
        ("Initiate Field Safety Corrective Action (FSCA)",) * 2 + (False,),
        ("Verification and Evaluation of Effectiveness",) * 2 + (False,),
    ]


# ---- speed ----


def test_thirty_procedures_of_forty_steps_are_aligned_in_a_second():
    verbs = ("Freeze", "Restore", "Rotate", "Publish", "Measure", "Inspect", "Archive", "Verify")
    nouns = ("ledger", "branch", "gateway", "cluster", "invoice", "report")

    def steps(seed: int) -> tuple[str, ...]:
        return tuple(
            f"{verbs[(at * 3 + seed) % 8]} the {nouns[at % 6]} of line {(at * 7 + seed * (at % 3)) % 90} before {at}."
            for at in range(40)
        )

    pages = {f"d{seed}.md": step_list(*steps(seed), name=f"d{seed}") for seed in range(30)}
    own = [document.all_steps() for document in handbook(pages).procedures]
    assert [len(one) for one in own] == [40] * 30
    begun = time.process_time()
    aligned(own)
    assert time.process_time() - begun < 1


# ---- the command ----


def run(*args: str, pages: Mapping[str, str], folder: Path) -> Any:
    from click.testing import CliRunner

    from handrail.cli import main
    from tests.reading import text_of

    for name, text in pages.items():
        (folder / name).write_text(text_of(text), encoding="utf-8")
    return CliRunner().invoke(main, ["compare", *args, "--docs", str(folder), "--kind", "**=procedure"])


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "json"])
def test_every_format_tells_the_same(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "200")
    found = run("town", "station", "--rows", "risk,steps", "--format", form, pages=SHOPS, folder=tmp_path)
    assert found.exit_code == 0
    for word in ("Open in town", "Count the money in the till.", "10 minutes", "heating"):
        assert word in found.stdout


def test_a_file_of_html_leads_to_the_sources(tmp_path: Path):
    found = run("town", "station", "--rows", "steps", "--format", "html", pages=SHOPS, folder=tmp_path)
    assert 'href="town.md?plain=1#L7"' in found.stdout
    assert "<script" not in found.stdout


def test_where_finds_documents(tmp_path: Path):
    found = run("--where", "owner=Shop lead", "--rows", "risk", "--differences", "only", pages=SHOPS, folder=tmp_path)
    assert "1 of 1 rows differ" in found.stdout.replace("differs", "differ")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "Name what to compare: `handrail compare ID ID`."),
        (["town"], "Only `town` is here, and nothing to compare it with."),
        (["town", "statoin"], "There is no document `statoin`. Did you mean `station`?"),
        (["town", "--where", "kind=procedure"], "Name ids, or say with --where which documents; not both."),
        (["--where", "kind"], "'kind' is no name and value."),
        (["--where", "owner=Nobody"], "No document fits this query."),
        (["town", "station", "--rows", "ownr"], "There is no row `ownr`. Did you mean `owner`?"),
    ],
)
def test_wrong_use_names_the_next_thing_to_type(args: list[str], told: str, tmp_path: Path):
    found = run(*args, pages=SHOPS, folder=tmp_path)
    assert (found.exit_code, found.stdout, found.stderr.count("\n")) == (2, "", 1)
    assert told in found.stderr
