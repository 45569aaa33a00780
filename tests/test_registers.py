"""Registers: which rows, in which order and groups, what they tell of reviews, and what a block may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from handrail.checks import checked
from handrail.model import AskedBlock
from handrail.pages.blocks import block_html
from handrail.problems import Problem
from handrail.registers import asked_register, overdue_problems, register_page, register_table, whole, with_overdue
from handrail.tables import Table, cell_text
from tests.building import tree
from tests.test_pages import bakery, site_of, view_of

PAGE = "---\nhandrail: {kind: procedure%s}\n---\n\n# %s\n\n1. Do it\n2. Do the rest\n"
TEXTS = {
    "one.md": PAGE % (", owner: Baker, status: draft, review: {every: 6 months, last: 2026-08-31}", "One"),
    "two.md": PAGE % (", owner: Baker, risk: high, review: {next: 2026-05-01}", "Two"),
    "ten.md": PAGE % (", review: {every: yearly, last: 2026-01-10}", "Ten"),
    "old.md": PAGE % ("", "Old"),
}


def block(text: str, line: int = 1, column: int = 1) -> AskedBlock:
    return AskedBlock("register", text, line, column)


def table(text: str, texts: Mapping[str, str] = TEXTS) -> Table:
    site = site_of(texts)
    asked = asked_register(block(text), "index.md", site.handbook)
    assert not isinstance(asked, Problem), asked
    return register_table(asked, site, "here")


def cells(found: Table) -> list[list[str]]:
    return [[row.group, *map(cell_text, row.cells)] for row in found.rows]


def test_a_block_shows_one_kind_by_title():
    assert [row[1] for row in cells(table("procedure"))] == ["Old", "One", "Ten", "Two"]


def test_a_block_chooses_documents_columns_order_and_groups():
    found = table(
        "kind: procedure\nwhere: {owner: baker}\ncolumns: [status, due]\nsort: due\ngroup: owner\ncaption: Ours"
    )

    assert found.caption == "Ours"
    assert [column.title for column in found.columns] == ["Procedure", "Status", "Review due"]
    assert cells(found) == [["Baker", "Two", "", "2026-05-01"], ["Baker", "One", "Draft", "2027-02-28"]]


def test_what_states_nothing_stands_last_whichever_way_rows_go():
    assert [row[1] for row in cells(table("{kind: procedure, columns: [due], sort: due}"))] == [
        "Two",
        "Ten",
        "One",
        "Old",
    ]
    assert [row[1] for row in cells(table("{kind: procedure, columns: [due], sort: -due}"))] == [
        "One",
        "Ten",
        "Two",
        "Old",
    ]


def test_numbers_are_sorted_by_their_size():
    texts = {f"{number}.md": PAGE % ("", f"Do {number}") for number in (10, 9, 100)}

    assert [row[1] for row in cells(table("{kind: procedure, sort: title}", texts))] == ["Do 9", "Do 10", "Do 100"]


def test_what_nobody_owns_can_be_asked_for():
    assert [row[1] for row in cells(table("{kind: procedure, where: {owner: none}}"))] == ["Old", "Ten"]


def test_a_register_says_how_many_nobody_owns_or_holds():
    assert register_page("procedures", site_of(TEXTS)).notes == (
        "2 of them state no owner.",
        "4 of them belong to no process.",
    )


def test_reviews_stand_by_owner_and_day():
    found = register_page("reviews", site_of(TEXTS))

    assert [(row.group, cell_text(row.cells[0]), cell_text(row.cells[3])) for row in found.rows] == [
        ("Baker", "Two", "2026-05-01"),
        ("Baker", "One", "2027-02-28"),
        ("not stated", "Ten", "2027-01-10"),
    ]
    assert found.notes == ("1 process or procedure says nothing about its review, and is not listed.",)


def test_what_is_overdue_is_told_for_a_day_and_never_in_the_build():
    site = site_of(TEXTS)
    late = with_overdue(register_page("reviews", site), date(2027, 1, 10), "overdue")

    assert [cell_text(row.cells[3]) for row in late.rows] == ["! 2026-05-01 (overdue)", "2027-02-28", "2027-01-10"]
    assert [problem.message for problem in overdue_problems(site.handbook, date(2027, 1, 11))] == [
        "The review of `ten` was due on 2027-01-10.",
        "The review of `two` was due on 2026-05-01.",
    ]
    assert not [problem for problem in checked(site.handbook).problems if "review" in problem.rule]


def test_a_day_that_cannot_be_read_is_a_problem_at_its_line():
    text = PAGE % (", review: {every: now and then,\n    last: 05/06/2026}", "Odd")
    found = [problem for problem in site_of({"odd.md": text}).handbook.problems if problem.rule == "unread-review"]

    assert [(problem.line, problem.column) for problem in found] == [(2, 45), (3, 11)]


@pytest.mark.parametrize(
    ("front", "due"),
    [
        ("last_reviewed_on: 2024-08-31\nreview_in: 6 months", "2025-02-28"),
        ("last_reviewed_on: 2023-08-31\nreview_in: 6 month", "2024-02-29"),
        ("last_reviewed_at: 2024-02-29\nreview_in: 1 year", "2025-02-28"),
        ("last_review_date: 31 May 2026\nreview_cycle: quarterly", "2026-08-31"),
        ("Last-Reviewed: 2024-01-31\nReview-Frequency: P1M", "2024-02-29"),
        ("reviewed on: 2026-12-31\nreview period: weekly", "2027-01-07"),
        ("Next-Review: 2027-02-28", "2027-02-28"),
        ("review_due: 28.02.2027", "2027-02-28"),
    ],
)
def test_a_review_is_due_under_each_spelling(front: str, due: str):
    text = f"---\n{front}\nhandrail: {{kind: procedure}}\n---\n# A\n\n1. Go.\n2. Stop.\n"
    assert site_of({"a.md": text}).handbook.procedures[0].due == due


@pytest.mark.parametrize(
    ("every", "mend"),
    [
        ("12", "Write the unit too: `12 months`, or in weeks or years."),
        ("1", "Write the unit too: `1 month`, or in weeks or years."),
        ("365", "Write the unit too: `365 days`."),
        ("0", "Write it as `6 months`, `2 years` or `yearly`."),
        ("9" * 5000, "Write it as `6 months`, `2 years` or `yearly`."),
        ("²", "Write it as `6 months`, `2 years` or `yearly`."),
    ],
)
def test_a_rhythm_without_a_unit_is_told_with_one(every: str, mend: str):
    text = f"---\nreview_interval: {every}\nhandrail: {{kind: procedure}}\n---\n# A\n\n1. Go.\n2. Stop.\n"
    (problem,) = site_of({"a.md": text}).handbook.problems
    assert (problem.rule, problem.line, problem.mend) == ("unread-review", 2, mend)


@pytest.mark.parametrize(
    ("every", "told"), [("0 months", "does not say how often"), ("99999 years", "lies beyond the calendar")]
)
def test_a_rhythm_that_gives_no_day_is_a_problem(every: str, told: str):
    read = site_of({"odd.md": PAGE % (f", review: {{every: {every}, last: 2026-05-31}}", "Odd")}).handbook
    assert [told in problem.message for problem in read.problems if problem.rule == "unread-review"] == [True]
    assert read.procedures[0].due is None


@pytest.mark.parametrize(
    ("text", "message", "mend", "line", "column"),
    [
        ("", "`kind` of this register has no value.", "Write `kind: procedure`", 7, 3),
        (
            "kind: procedure\nwhere: {kind: role}",
            "The register's own `kind` says already which kind it shows.",
            "Leave `kind` out",
            8,
            17,
        ),
        ("sort: due", "This does not say which register to show.", "Write `kind: procedure`", 7, 3),
        ("kind: procedures", "There is no register of `procedures`.", "Did you mean `procedure`?", 7, 9),
        ("kind: procedure\ncolumn: owner", "A register has no option `column`.", "Did you mean `columns`?", 8, 11),
        ("kind: procedure\ncolumns: [owner, ownr]", "A register has no column `ownr`.", "Did you mean `owner`?", 8, 20),
        ("kind: procedure\nsort: -duo", "A register has no column `duo`.", "Did you mean `due`?", 8, 9),
        ("kind: procedure\ngroup: {a: b}", "`group` of this register has no value.", "", 8, 10),
        ("kind: procedure\nwhere: {onwer: Baker}", "Nothing can be asked by `onwer`.", "Did you mean `owner`?", 8, 18),
        ("kind: procedure\nwhere: {owner: Smith}", "Nothing fits this query.", "Ask for less", 8, 10),
        ("kind: procedure\nwhere: owner", "`where` says nothing.", "", 8, 10),
        ("kind: procedure\ncolumns: [[owner]]", "`columns` is no list of columns.", "", 8, 12),
        ("kind: [", "This is not YAML", "", 7, 8),
        ("kind: !!python/object:os.system procedure", "The tag", "", 7, 9),
    ],
)  # fmt: skip
def test_a_block_that_is_wrong_is_a_problem_at_its_place(text: str, message: str, mend: str, line: int, column: int):
    found = asked_register(block(text, 7, 3), "index.md", site_of(TEXTS).handbook)

    assert isinstance(found, Problem)
    assert found.message.startswith(message)
    assert mend in found.mend
    assert (found.rule, found.level, found.line, found.column) == ("register-block", "error", line, column)


@pytest.mark.parametrize(
    ("asked", "columns", "note"),
    [
        (
            "kind: procedure",
            ["Procedure", "Owner"],
            "Not shown, since empty in every row: Process, Version, Status, Review.",
        ),
        ("{kind: procedure, columns: [owner, version]}", ["Procedure", "Owner", "Version"], ""),
        ("{kind: procedure, sort: title}", ["Procedure", "Owner"], "Not shown"),
    ],
)
def test_a_block_leaves_out_empty_columns_unless_its_author_chose_them(asked: str, columns: list[str], note: str):
    site = site_of({"one.md": PAGE % (", owner: Lead", "One")})
    html, problem = block_html(block(asked), "index.md", 1, view_of(site))
    shown = tree(html)

    assert problem is None
    assert [one.text() for one in shown.find("thead")[0].find("th")] == columns
    assert note in shown.text()
    assert ("Not shown" in shown.text()) is bool(note)


def test_a_wrong_block_is_found_by_the_check_and_shown_in_its_place():
    texts = {**TEXTS, "index.md": "# Home\n\n```register\nkind: procedur\n```\n\nThe rest.\n"}
    site = site_of(texts)
    (problem,) = [one for one in checked(site.handbook).problems if one.rule == "register-block"]
    html, shown = block_html(block("kind: procedur", 4), "index.md", 1, view_of(site))

    assert (problem.path, problem.line, problem.column) == ("index.md", 4, 7)
    assert shown == problem
    assert "Did you mean <code>procedure</code>?" in html


def test_cells_with_anything_in_them_stay_cells():
    text = "a | b <b>bold</b> שלום\\n" + "x" * 5000
    texts = {f"{number}.md": PAGE % (f', version: "{text}"', f"Do {number}") for number in range(500)}
    site = site_of(texts)
    html, problem = block_html(block("{kind: procedure, columns: [version]}"), "index.md", 1, view_of(site))

    assert problem is None
    assert html.count("<tr>") == 501
    assert "<b>bold" not in html


def test_numbers_of_any_length_can_be_sorted():
    texts = {f"{number}.md": PAGE % ("", "9" * number) for number in (5000, 20, 3)}

    assert [len(row[1]) for row in cells(table("{kind: procedure, sort: title}", texts))] == [3, 20, 5000]


def test_every_register_of_the_bakery_has_a_page():
    site = bakery()

    for name in ("processes", "procedures", "roles", "records", "reviews"):
        found = register_page(name, site)
        assert found.rows, name
        assert all(len(row.cells) == len(found.columns) for row in found.rows)


def test_documents_with_equal_titles_are_told_apart():
    site = site_of(dict.fromkeys(("one.md", "two.md"), PAGE % ("", "Same")))
    assert [row[1] for row in cells(register_page("procedures", site))] == ["Same (one)", "Same (two)"]


def test_a_register_that_nothing_fits_says_so():
    site = site_of({"one.md": PAGE % ("", "One")})
    assert register_table(whole("role"), site, "roles").notes == ("No document fits.",)
