"""What is told about a handbook: the model as JSON, what was read, and the problems."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.handbook import read_folder
from handrail.model import Step
from handrail.options import options_of
from handrail.reports.json import handbook_json
from handrail.reports.lines import cut, plain, wrapped
from handrail.reports.paths import inside
from handrail.reports.problems import problems_json, problems_text
from handrail.reports.reading import reading_text
from handrail.settings import Settings
from tests.reading import handbook, text_of

SAMPLE = {
    "index.md": "# Welcome\n\nSee [[release]].\n",
    "release/release.md": text_of("""
        ---
        handrail:
          kind: process
          owner: Release manager
          customer: Everybody who runs the program
          trigger: [A fix is ready, The month ends]
          review: {every: 6 months, last: 2026-05-04}
          aspects: {Scope: All versions}
        ---
        # Release

        ## Purpose

        Users get a fix the same day.

        ## Flow

        1. [Roll it out](roll-out.md)
        2. Decide what to say
           - Judgement: the Release manager decides, within the guide
        3. Thank the reporter

        ## Agenda

        1. Welcome
        2. News

        ## Background

        There was a time before releases.

        It was long.
        """),
    "release/roll-out.md": text_of("""
        ---
        handrail: {kind: procedure, process: release, role: Developer, approved_by: [A, B]}
        owner: Nobody
        ---
        # Roll out

        Two ways lead there, see [[log]].

        ## Steps for Release manager

        1. <a id="freeze"></a>**Release manager:** freeze the branch.
           - Expect: `frozen`
           - Record: Log
        2. Did it work?
           - **Yes:** end
           - **No:** go back to step 1

        ## By hand

        1. Copy the files
           1. one by one
        2. See [nothing](gone.md) and [[fre]].
        """),
    "roles/release-manager.md": text_of("""
        ---
        handrail: {kind: role, aliases: [RM], stand_in: Developer}
        ---
        # Release manager

        Keeps the calendar.
        """),
    "log.md": "---\nhandrail: {kind: record, fields: [day, version], ownr: A}\n---\n# Log\n",
}
"""A small handbook with something of everything that a report tells."""

EVERY_KEY = {
    "p.md": text_of("""
        ---
        handrail: {kind: procedure, area: Work, variant_of: q, aliases: [old]}
        ---
        # P

        1. <a id="one"></a>(optional) When it rains, **go** to [q](q.md).
           - Who: Lead
           - Input: Form
           - Output: Form, signed
           - Record: Log
           - Expect: A stamp
           - Within: 5 working days from receipt
           - Every: week
           - Takes: 2 hours
           - Warning: Wet ink
           - If not: go back to [one](#one)
           - Starts when: the bell rings
           - Throughout: be kind
           - see [other](q.md)
        2. Hold: Lead or QA releases it
        3. Wait: for the mail, at most 2 hours; then call
        4. Judgement: Lead decides within the limits
        5. Stop: inform Lead

        ## Agenda

        1. Not this
        """),
    "q.md": "---\nhandrail: {kind: procedure}\n---\n# Q\n\n1. Go\n2. Hand over to [p](p.md)\n",
    "x.md": "---\nhandrail: {kind: process}\n---\n# X\n\n1. Do [p](p.md) well\n",
    "lead.md": "---\nhandrail: {kind: role}\n---\n# Lead\n\nWords.\n",
    "qa.md": "---\nhandrail: {kind: role}\n---\n# QA\n",
}
"""Steps that state everything that a step can state."""


def model(pages: str | dict[str, str], **options: Any) -> Any:
    """Return the JSON of a small handbook, read back."""
    return json.loads(handbook_json(handbook(pages, **({"kinds": {}} | options))))


def seen(text: str) -> str:
    """Return a report as it stands in a file."""
    return click.unstyle(text)


# ---- the model as JSON ----


def test_the_sample_as_json(golden: Callable[[str, str], None]) -> None:
    text = handbook_json(handbook(SAMPLE, kinds={}))
    golden("reports/handbook.json", text)
    assert handbook_json(handbook(dict(reversed(SAMPLE.items())), kinds={})) == text


def test_the_parts_and_their_order() -> None:
    assert list(model({})) == [
        "handrail",
        "processes",
        "procedures",
        "roles",
        "records",
        "pages",
        "links",
        "problems",
    ]
    assert all(entries == [] for name, entries in model({}).items() if name != "handrail")
    assert model({})["handrail"] == 1


def test_one_entry_on_each_line() -> None:
    text = handbook_json(handbook(SAMPLE, kinds={}))
    assert text.endswith("]}\n")
    entries = [line for line in text.splitlines() if line.startswith("{")][1:]
    assert all(isinstance(json.loads(line.rstrip(",")), dict) for line in entries)


def test_every_field_of_a_step_is_there() -> None:
    """Nothing of the model is left out; the names are those of the model, but for Python's own words."""
    found = model(EVERY_KEY)
    keys = {
        key for document in (*found["processes"], *found["procedures"]) for step in document["steps"] for key in step
    }
    assert keys == {field.name for field in fields(Step)}


def test_what_a_step_states() -> None:
    (one, hold, wait, judgement, stop) = next(one for one in model(EVERY_KEY)["procedures"] if one["id"] == "p")[
        "steps"
    ]
    assert one["within"] == {
        "amount": "5 days",
        "unit": "working",
        "from": "receipt",
        "text": "5 working days from receipt",
    }
    assert one["roles"] == [
        {
            "role": "Lead",
            "id": "lead",
            "name": "Lead",
            "part": "does",
            "source": "line",
            "line": 7,
            "inherited": False,
            "optional": False,
        }
    ]
    assert (one["inputs"], one["expect"], one["warnings"]) == (["Form"], "A stamp", ["Wet ink"])
    assert {"label": "within", "line": 12} in one["labels"]
    assert hold["hold"] == {"who": ["Lead", "QA"], "needs": "any", "text": "Lead or QA releases it"}
    assert wait["wait"] == {"for": "the mail", "at_most": "2 hours", "then": "call"}
    assert judgement["judgement"] == "Lead decides within the limits"
    assert (stop["kind"], stop["stop"], stop["next"]) == ("stop", "inform Lead", [])


def test_what_is_absent_has_no_key_and_lists_are_always_there() -> None:
    (found,) = model("1. Go", kinds={"**": "procedure"})["procedures"]
    assert found == {
        "id": "page",
        "kind": "procedure",
        "title": "Page",
        "path": "page.md",
        "line": 1,
        "end": 1,
        "aliases": [],
        "written_id": False,
        "said": {},
        "form": "list",
        "order": "sequence",
        "rest": [],
        "steps": [
            {
                "id": "go",
                "number": "1",
                "anchor": "go",
                "aliases": [],
                "line": 1,
                "column": 1,
                "end": 1,
                "text": "Go",
                "body": "Go",
                "kind": "task",
                "flow": 1,
                "roles": [],
                "optional": False,
                "next": [],
                "calls": [],
                "hands_over": [],
                "mentions": [],
                "inputs": [],
                "outputs": [],
                "records": [],
                "clauses": [],
                "warnings": [],
                "labels": [],
                "steps": [],
            }
        ],
    }


def test_facts_stand_under_their_names_with_their_places() -> None:
    (found,) = model(SAMPLE)["processes"]
    assert found["owner"] == "Release manager"
    assert found["trigger"] == ["A fix is ready", "The month ends"]
    assert found["review"] == {"every": "6 months", "last": "2026-05-04", "due": "2026-11-04"}
    assert found["aspects"] == {"Scope": "All versions"}
    assert found["said"]["purpose"] == [{"line": 14, "column": 1, "source": "heading"}]
    assert found["said"]["review.last"] == [{"line": 7, "column": 35, "source": "front matter"}]
    assert list(found["said"]) == [*sorted(list(found["said"])[:-1]), "aspects.Scope"]


def test_roles_and_records_keep_their_facts_together() -> None:
    found = model(SAMPLE)
    roles = {role["title"]: role for role in found["roles"]}
    assert roles["Release manager"]["facts"] == {"stand_in": "Developer"}
    assert roles["Release manager"]["aliases"] == ["RM"]
    assert (roles["Developer"]["own_page"], roles["Developer"]["path"]) == (False, "release/roll-out.md")
    assert found["records"][0]["facts"] == {"fields": ["day", "version"]}


def test_a_role_that_only_the_options_name_has_no_place() -> None:
    (role,) = model({}, roles={"Lead": ["TL"]})["roles"]
    assert not {"path", "line", "end", "anchor", "area"} & role.keys()


def test_pages_limit_what_is_told_and_roles_keep_their_titles() -> None:
    read = handbook(SAMPLE, kinds={})
    found = json.loads(handbook_json(read, ["release/roll-out.md"]))
    assert [page["path"] for page in found["pages"]] == ["release/roll-out.md"]
    assert found["processes"] == []
    assert found["procedures"][1]["steps"][0]["roles"][0]["role"] == "Release manager"
    assert {link["path"] for link in found["links"]} == {"release/roll-out.md"}
    assert {problem["path"] for problem in found["problems"]} == {"release/roll-out.md"}


def test_letters_of_every_script_and_halves_of_characters() -> None:
    text = handbook_json(handbook({"手順.md": '---\nhandrail: {kind: procedure, owner: "\\ud800"}\n---\n1. Größe\n'}))
    assert "手順" in text
    assert "Größe" in text
    assert text.encode()


def test_lists_nested_as_deep_as_they_are_read() -> None:
    deep = "\n".join("   " * depth + "1. x" for depth in range(200))
    steps = model(deep, kinds={"**": "procedure"})["procedures"][0]["steps"]
    depth = 0
    while steps:
        depth, steps = depth + 1, steps[0]["steps"]
    assert depth >= 100


# ---- what was read ----


def test_the_sample_for_people(golden: Callable[[str, str], None]) -> None:
    golden("reports/reading.txt", seen(reading_text(handbook(SAMPLE, kinds={}))))


def test_the_blocks_of_a_page_are_counted_as_the_design_says() -> None:
    text = seen(reading_text(handbook("# A\n\n1. a\n2. b\n\nOwner: me\n\nWords\n")))
    assert "blocks: 2 in steps, 0 in facts, 2 in neither" in text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("# A\n\n> 1. a\n> 2. b\n", "not read as steps: a list in a quotation"),
        ("# A\n\n## Agenda\n\n1. a\n2. b\n", "not read as steps: a list under the heading 'Agenda'"),
        ("# A\n\n1. [x](b.md)\n2. [y](c.md)\n", "not read as steps: a list of links"),
    ],
)
def test_what_was_not_read_as_steps_and_why(page: str, reason: str) -> None:
    text = seen(reading_text(handbook({"a.md": page, "b.md": "", "c.md": ""})))
    assert reason in text
    assert "1 list not read as steps" in text


def test_a_heading_that_repeats_under_another_is_told_twice() -> None:
    text = seen(reading_text(handbook("# A\n\n## B\n\nb\n\n## C\n\nc\n\nd\n\n## D\n")))
    assert "          5 B: b\n          9 C: c (and 1 more)\n" in text


def test_several_flows_of_a_document_are_told_apart() -> None:
    page = "# P\n\n## 1. Mix\n\n## 2. Bake\n\n## 1. Sell\n\n## 2. Clean\n\n## 3. Close\n"
    assert "5 in 2 flows, each begun anew (2 and 3), from headings" in reading_text(handbook(page))


def test_a_fact_that_several_lines_state() -> None:
    text = seen(reading_text(handbook("# A\n\n## Inputs\n\n- x\n- y\n\n## Steps\n\n1. Go\n")))
    assert "inputs         x; y (heading, lines 5-6)" in text


def test_a_handbook_where_no_page_is_typed_says_what_to_type() -> None:
    text = seen(reading_text(handbook("# A\n\n1. Go\n", kinds={})))
    assert "1 ordinary page" in text
    assert "handrail read --kind '**=procedure'" in " ".join(text.split())


def test_an_empty_handbook() -> None:
    text = seen(reading_text(handbook({})))
    assert "0 pages" in text
    assert "Traceback" not in text


def test_nothing_in_a_page_gives_orders_to_the_terminal() -> None:
    front = '---\ntitle: "\x1b[31mred\\e[2J"\nhandrail: {kind: procedure, owner: "\u202eevil\\x07"}\n---\n'
    page = f"{front}1. a\n\n\x1b]0;title\x07 b\n"
    texts = (
        reading_text(handbook({"a\x1b[2J.md": page})),
        problems_text(handbook({"a\x1b[2J.md": page + "[[x\x1by]]"})),
    )
    for text in texts:
        assert not {"\x1b", "\x07", "\u202e"} & set(seen(text))


@pytest.mark.parametrize(
    "name", ["openregulatory-qms-templates", "pagerduty-incident-response", "rust-forge-procedures"]
)
def test_every_line_fits_in_80_columns(name: str, corpora: Path) -> None:
    read = read_folder(Settings(corpora / name / "files", options_of({"kinds": {"**": "procedure"}})))
    long = [line for line in seen(reading_text(read)).splitlines() if len(line) > 80]
    assert [line for line in long if " " in line.strip().removeprefix("procedure ")] == []


# ---- the problems ----


def test_the_problems_of_the_sample(golden: Callable[[str, str], None]) -> None:
    golden("reports/problems.txt", seen(problems_text(handbook(SAMPLE, kinds={}))))


def test_a_problem_and_its_mend() -> None:
    read = handbook({"a.md": "1. See [x](gone.md)\n", "b.md": "1. Go\n"})
    (problem,) = read.problems
    assert seen(problems_text(read)) == (
        f"a.md:1:{problem.column} warning dead-link The link `gone.md` leads to no page.\n"
        "    Mend the address.\n"
        "1 problem in 2 pages: 1 warning.\n"
    )


def test_no_problems() -> None:
    assert problems_text(handbook("1. Go\n")) == "No problems in 1 page.\n"
    assert problems_json(handbook("1. Go\n")) == '{"handrail": 1,\n"problems": []}\n'


def test_problems_as_json_are_those_of_the_model() -> None:
    read = handbook(SAMPLE, kinds={})
    assert json.loads(problems_json(read))["problems"] == json.loads(handbook_json(read))["problems"] != []
    assert json.loads(problems_json(read, ["log.md"]))["problems"][0]["rule"] == "unknown-key"


def test_a_message_of_several_lines_stands_on_one() -> None:
    text = problems_text(handbook("1. See [[a\nb]]\n\n   [x](<gone\t.md>)\n"))
    assert all(line.startswith(("page.md:", "    ")) for line in seen(text).splitlines()[:-1])


# ---- pages and lines ----


@pytest.mark.parametrize(
    ("path", "paths", "is_inside"),
    [
        ("a/b.md", ["."], True),
        ("a/b.md", ["a"], True),
        ("a/b.md", ["a/b.md"], True),
        ("a/b.md", ["c", "a"], True),
        ("a/b.md", [], False),
        ("a/b.md", ["a/b"], False),
        ("ab/c.md", ["a"], False),
        ("a.md", ["a/a.md"], False),
    ],
)
def test_inside(path: str, paths: list[str], is_inside: bool) -> None:
    assert inside(path, paths) is is_inside


@given(st.text(), st.integers(1, 90))
def test_cut_and_plain(text: str, width: int) -> None:
    line = cut(text, width)
    assert len(line) <= width
    assert line == plain(line)
    assert line.isprintable() or not any(ord(char) < 32 or char == "\u202e" for char in line)


@given(st.lists(st.text("abc é", min_size=1, max_size=30)).map(" ".join), st.integers(0, 10), st.integers(0, 15))
def test_wrapped(text: str, indent: int, hanging: int) -> None:
    lines = wrapped(text, indent, hanging).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert " ".join(text.split()) == " ".join(" ".join(lines).split())
