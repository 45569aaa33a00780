"""Every model that is written as JSON fulfils the schema that is shipped, which describes every key."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from handrail.handbook import read_folder
from handrail.options import options_of
from handrail.reader.stated import LISTS
from handrail.reports.json import handbook_json, schema_text
from handrail.settings import Settings
from handrail.words import LANGUAGES
from tests.reading import handbook
from tests.test_reports import EVERY_KEY, SAMPLE

SCHEMA: dict[str, Any] = json.loads(schema_text())

CORPORA = {
    "extra-comply-procedures": {"**": "procedure"},
    "openregulatory-qms-templates": {"**": "process", "**/sop-*": "procedure"},
    "openshift-runbooks": {"**": "procedure"},
    "pagerduty-incident-response": {"**": "procedure"},
    "publiccode-about": {"**": "procedure", "**/*process*": "process", "roles/**": "role"},
    "rust-forge-procedures": {"**": {"kind": "procedure", "steps": "headings"}},
}


def closed(schema: Any) -> Any:
    """Return a schema that forbids every key that it does not describe."""
    if isinstance(schema, list):
        return [closed(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(entry) for name, entry in schema.items() if schema.get(name) is not True}
    return inner | ({"unevaluatedProperties": False} if schema.get("additionalProperties") is True else {})


OPEN: Validator = Draft202012Validator(SCHEMA)
CLOSED: Validator = Draft202012Validator(closed(copy.deepcopy(SCHEMA)))


def faults(text: str, schema: Validator = CLOSED) -> list[str]:
    """Return what is wrong with a JSON text, place by place."""
    return [f"{error.json_path}: {error.message[:200]}" for error in schema.iter_errors(json.loads(text))]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of the schema that has properties."""
    for entry in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from objects(entry)
    if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
        yield schema


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_has_a_description() -> None:
    bare = [
        name
        for part in objects(SCHEMA)
        for name, entry in part["properties"].items()
        if "description" not in entry and entry.keys() != {"const"}
    ]
    assert bare == []


def test_every_fact_stands_in_the_schema_in_its_form() -> None:
    described = SCHEMA["$defs"]["facts"]["properties"]
    forms = {name: entry["type"] for name, entry in described.items() if name not in ("review", "aspects")}
    forms |= {f"review.{name}": entry["type"] for name, entry in described["review"]["properties"].items()}
    known = {name for words in LANGUAGES.values() for name in words.facts} - {"title", "area", "order"}
    derived = {"review.due"}
    assert forms == {name: "array" if name in LISTS else "string" for name in known | derived}


@pytest.mark.parametrize("pages", [{}, SAMPLE, EVERY_KEY], ids=["nothing", "sample", "every key"])
def test_handbooks_fulfil_it(pages: dict[str, str]) -> None:
    text = handbook_json(handbook(pages, kinds={}))
    assert faults(text) == []
    assert faults(text, OPEN) == []


def test_facts_of_a_handbooks_own_are_allowed() -> None:
    own = {"facts": {"budget": ["budget"], "id": ["number"], "steps": ["how many steps"]}}
    table = "| Field | Value |\n|---|---|\n| Budget | 5 |\n| Number | 7 |\n| How many steps | 3 |\n"
    page = f"# A\n\n{table}\n1. Go\n"
    text = handbook_json(handbook(page, recognise=own))
    assert faults(text, OPEN) == []
    (found,) = json.loads(text)["procedures"]
    assert (found["budget"], found["id"], len(found["steps"])) == ("5", "page", 1)


@pytest.mark.parametrize("name", CORPORA)
def test_the_corpora_fulfil_it(name: str, corpora: Path) -> None:
    read = read_folder(Settings(corpora / name / "files", options_of({"kinds": CORPORA[name]})))
    text = handbook_json(read)
    assert faults(text) == []
    model = json.loads(text)
    assert len(model["pages"]) == len(read.pages) > 0
    assert len(model["procedures"]) == len(read.procedures) > 0


LINES = st.sampled_from(
    [
        "# Title",
        "## Steps",
        "## 1. First",
        "## Step 2",
        "### Roles",
        "## Purpose",
        "## Agenda",
        "1. **Lead:** go to [two](#two).",
        "1. Is it well? ",
        "   - **Yes:** end",
        "   - **No:** go back to step 1",
        '2. <a id="x"></a>Do it',
        "- [ ] Tick",
        "- Hold: Lead or QA releases it",
        "   - Within: 5 working days from receipt",
        "   - Wait: for the mail, at most 2 hours; then call",
        "   - Judgement: Lead decides",
        "   - Stop: inform Lead",
        "   - At once:",
        "     1. one",
        "     2. two",
        "   - Record: Log (open)",
        "> 1. quoted",
        "!!! warning",
        "    Hot",
        "```",
        "| Step | Who | What |",
        "|---|---|---|",
        "| 1 | Lead | Act |",
        "| Process Owner | <enter name> |",
        "---",
        "handrail: {kind: procedure}",
        "handrail: {kind: process, owner: [a, b], review: {every: 1 year}, aspects: {Scope: all}}",
        "handrail: {kind: role, stand_in: Deputy}",
        "handrail: {kind: record, fields: [a], id: log}",
        "<!-- handrail: {kind: procedure, role: Lead} -->",
        "[[page]] and [text][other#x]",
        "",
        "\ttab",
        "\x00",
        "Größe 手順 \u202e \ufeff",
        '&#xD800; "\\ud800"',
    ]
)
"""What makes the reader do something."""

PAGES = st.dictionaries(
    st.sampled_from(["page.md", "other.md", "a/index.md", "a/log.md"]),
    st.lists(LINES | st.text(max_size=20), max_size=14).map("\n".join),
    max_size=3,
)


@given(PAGES, st.sampled_from(["none", "process", "procedure", "role", "record"]))
def test_handbooks_made_by_chance_fulfil_it(pages: dict[str, str], kind: str) -> None:
    text = handbook_json(handbook(pages, kinds={"**": kind}))
    assert faults(text) == []
    assert text.encode().decode() == text
