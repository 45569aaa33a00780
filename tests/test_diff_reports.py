"""Changes in words: for people who read no Markdown, for programs, and never an order to whoever shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from handrail.diff import Diff, diff_of
from handrail.reports.changes_annotations import changes_github, changes_gitlab
from handrail.reports.changes_html import changes_html
from handrail.reports.changes_json import changes_json, diff_schema_text
from handrail.reports.changes_markdown import LIMIT, changes_markdown
from handrail.reports.changes_text import changes_text
from handrail.reports.changes_words import name_of
from handrail.reports.markdown import inert
from handrail.words.review_de import REVIEW_GERMAN
from handrail.words.review_en import REVIEW_ENGLISH
from tests.test_diff import CASES, PAGE, chance_side, changed, diff, side

VALIDATOR = Draft202012Validator(json.loads(diff_schema_text()))
EDITS = [edit for edits, _ in CASES for edit in edits]
ORDERS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- -->",
    "</details>",
    "@everyone and @org/team",
    "fixes #12, GH-12, !34, %1, ~label, &epic, $5",
    "::error file=a::b",
    "##[error]",
    "/close",
    "a | b | c",
    "```\n```",
    "~~~~",
    "[x](javascript:alert(1))",
    "https://evil.example and www.evil.example",
    "`x` *y* __z__ \\",
    "| --- |",
    "\u202eturned",
    "<details open>",
    "&lt;script&gt;",
]


def whole() -> Diff:
    """Return a diff in which much changes."""
    return changed(*(edit for edit in EDITS if edit[1] in _SOME))


_SOME = ("owner: Bob", "**Deputy:**", "three times", "12 parts", "| 20 MB |")


def test_the_comment_is_kept(golden: Callable[[str, str], None]) -> None:
    found = changed(
        ("owner: Ann", "owner: Bob"), ("        - Hold: QA releases it\n", ""), ("twice", "three times"),
        ("| 10 MB |", "| 20 MB |"), ("Only 10", "Only 12"), ("**Lead:**", "**Deputy:**"),
    )  # fmt: skip
    golden("diff/comment.md", changes_markdown(found))


def test_nothing_where_nothing_changed() -> None:
    assert changes_markdown(diff(PAGE, PAGE)) == ""
    assert "No process, procedure, role or record changes." in changes_text(diff(PAGE, PAGE))


def test_a_change_outside_of_the_steps_stands_in_the_first_line() -> None:
    lines = changes_markdown(changed(("Only 10", "Only 12"))).splitlines()
    assert lines[2] == "- What changes in Release: text outside of the steps."


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_every_kind_of_change_has_words(edits: list[tuple[str, str]], expected: list[str]) -> None:
    found = changed(*edits)
    assert all(name_of(change)[:1].isupper() for change in found.changes)
    text, comment = changes_text(found), changes_markdown(found)
    assert all(name_of(change) in text for change in found.changes)
    assert comment.count("| 🔴 |") + comment.count("| 🟠 |") + comment.count("| ⚪ |") == len(expected)


def test_the_json_fulfils_its_schema() -> None:
    for found in (whole(), diff(PAGE, {}), diff({}, PAGE), diff(PAGE, PAGE), diff("# A\n", "# B\n")):
        text = changes_json(found)
        assert [error.message for error in VALIDATOR.iter_errors(json.loads(text))] == []
        assert len(json.loads(text)["changes"]) == len(found.changes)


def test_the_same_input_gives_the_same_bytes() -> None:
    for report in (changes_json, changes_markdown, changes_text):
        assert report(whole()) == report(whole())


def harmless(comment: str) -> None:
    """Assert that a forge finds in a comment only what Handrail put there."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(comment)
    tags = set(re.findall(r"</?([a-zA-Z!][\w-]*)", html))
    assert tags <= set(
        "h2 h3 ul li p table thead tbody tr th td strong del ins sub details summary blockquote code".split()
    ), tags
    assert html.count("<details>") == html.count("</details>")
    text = re.sub(r"<[^>]*>", "", html)
    assert not re.search(r"@\w|#\w|!\d|\bGH-\d|##\[|://|www\.\w", text), text
    assert not any(line.startswith(("::", "/", "##[")) for line in map(str.strip, comment.splitlines()))
    rows = [line for line in comment.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows), rows


@pytest.mark.parametrize("order", ORDERS)
def test_nothing_of_the_handbook_is_an_order(order: str) -> None:
    line = order.replace("\n", "\n       ")
    before = side(
        {"a.md": f"# A\n\n## Steps\n\n1. Go on {order.split()[0]}\n2. Rest\n\n## End\n\nWell.\n"},
        kinds={"**": "procedure"},
    )
    after = side(
        {
            "a.md": f"# A {order.splitlines()[0]}\n\n## Steps\n\n1. Go {line}\n2. Rest\n3. {line}\n\n## End {order.split()[0]}\n\n{order}\n"
        },
        kinds={"**": "procedure"},
    )
    for one, other in ((before, after), (after, before)):
        found = diff_of(one, other)
        assert found.changes
        harmless(changes_markdown(found))
        assert "\u202e" not in changes_text(found)
        assert "##[" not in changes_text(found)
        assert not any(row.strip().startswith("::") for row in changes_text(found).splitlines())


@given(st.lists(st.sampled_from([*ORDERS, " ", "x", "\n"]) | st.text(max_size=6), max_size=8).map("".join))
def test_no_text_breaks_out_of_a_cell(text: str) -> None:
    harmless(f"| | what | before | after |\n|---|---|---|---|\n| | a | {inert(text)} | b |\n")


@given(st.lists(st.sampled_from([*ORDERS, "1. a b", "## c", ""]), max_size=8).map("\n".join))
def test_no_page_breaks_out_of_the_comment(text: str) -> None:
    harmless(changes_markdown(diff_of(chance_side({"a.md": "1. Go\n"}), chance_side({"a.md": text}))))


def test_a_comment_is_never_too_long() -> None:
    pages = {
        f"p{number}.md": f"# P{number}\n\n" + "".join(f"{n}. Step {n} of {number} @x | `y` <z>\n" for n in range(1, 60))
        for number in range(60)
    }
    other = {path: text.replace("Step", "Never ever step") for path, text in pages.items()}
    found = diff(pages, other, kinds={"**": "procedure"})
    comment = changes_markdown(found)
    assert len(found.changes) == 60 * 59
    assert 20_000 < len(comment) < LIMIT
    assert "more documents with changes did not fit in here" in comment
    harmless(comment)


def test_a_single_long_document_fits_too() -> None:
    page = "# P\n\n" + "".join(
        f"{number}. Do the thing number {number} {'very ' * 40}well\n" for number in range(1, 600)
    )
    comment = changes_markdown(diff({"a.md": page}, {"a.md": page.replace("Do", "Undo")}, kinds={"**": "procedure"}))
    assert 10_000 < len(comment) < LIMIT
    assert "did not fit in here" in comment


def test_a_german_handbook_gets_german_reports() -> None:
    german = {"languages": ["de", "en"]}
    after = {"release.md": PAGE.replace("        - Hold: QA releases it\n", "").replace("10 parts", "12 parts")}
    found = diff_of(side({"release.md": PAGE}, **german), side(after, **german))
    for report in (changes_markdown(found), changes_html(found), changes_text(found)):
        assert "Was sich in Release ändert: Schritte und Text außerhalb der Schritte." in " ".join(report.split())
        assert re.search(r"Haltepunkt .{1,6}entfernt", report)
        for english in ("What", "Before", "removed", "breaking", "changes", "Who must"):
            assert english not in re.sub(r"<style>.*</style>|<[^>]*>", "", report, flags=re.DOTALL), english


def test_both_languages_say_everything() -> None:
    assert REVIEW_ENGLISH.keys() == REVIEW_GERMAN.keys()
    for key, text in REVIEW_ENGLISH.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", REVIEW_GERMAN[key])), key


GERMAN_PAGES = {
    "p.md": "---\nhandrail: {kind: procedure, status: entwurf, risk: hoch, order: beliebig}\n---\n# P\n\n1. Los (freiwillig)\n2. Weiter\n",
    "r.md": "---\nhandrail: {kind: role}\n---\n# R\n\nTut es.\n",
}
ENGLISH_VALUES = (
    "procedure",
    "role",
    "record",
    "draft",
    "effective",
    "high",
    "low",
    "any",
    "ongoing",
    "yes",
    "rules of",
)


def german_diff() -> Diff:
    """Return a German diff in which much changes that Handrail itself has a name for."""
    first = GERMAN_PAGES["p.md"]
    changed_page = first.replace("entwurf", "gültig").replace("hoch", "niedrig").replace("beliebig", "laufend")
    new = "---\nhandrail: {kind: procedure}\n---\n# N\n\n1. Anfangen (freiwillig)\n2. Aufhören\n"
    record = GERMAN_PAGES["r.md"].replace("role", "record")
    german = {"languages": ["de"]}
    pages = {"p.md": changed_page.replace(" (freiwillig)", ""), "n.md": new, "r.md": record}
    return diff_of(side(GERMAN_PAGES, **german), side(pages, **german, folder="verzeichnis"))


@pytest.mark.parametrize(
    "report",
    [changes_markdown, changes_html, changes_text, changes_github, changes_gitlab],
    ids=lambda one: one.__name__,
)
def test_values_that_handrail_has_names_for_are_in_the_language_of_the_report(report: Callable[[Diff], str]) -> None:
    text = re.sub(r"<style>.*</style>|<[^>]*>|handrail: [a-z_.]*", "", report(german_diff()), flags=re.DOTALL)
    left_out = [line for line in text.splitlines() if "kind: " not in line and '"Kopf' not in line]
    for english in ENGLISH_VALUES:
        assert not [line for line in left_out if re.search(rf"\b{english}\b", line)], english
    for german in ("Verfahren", "Rolle", "Entwurf", "Niedrig", "laufend", "Die Regeln des Handbuchs"):
        assert german in text, german


def test_what_a_program_reads_keeps_its_names_in_every_language() -> None:
    fields = {
        (one["name"], one["after"])
        for change in json.loads(changes_json(german_diff()))["changes"]
        for one in change["fields"]
    }
    assert {("kind", "procedure"), ("status", "effective"), ("risk", "low"), ("order", "ongoing")} <= fields


def test_what_authors_write_is_not_taken_for_a_name_of_handrails() -> None:
    table = PAGE + "\n## Sizes\n\n| kind | status |\n|---|---|\n| role | draft |\n"
    found = diff(
        {"release.md": table}, {"release.md": table.replace("| draft |", "| low |")}, kinds={"**": "procedure"}
    )
    assert "status: {+low+}" in changes_text(found)
