"""Matrices: only what a page states is in them, and each letter leads to the words that say it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handrail.index import Index
from handrail.matrices import (
    clauses_table,
    competence_table,
    handovers_table,
    raci_overview,
    raci_processes,
    raci_table,
    records_table,
)
from handrail.options import options_of
from handrail.pages import generated, generated_html
from handrail.problems import HandrailError
from handrail.tables import Table, cell_text
from tests.test_pages import bakery, site_of, view_of

ROLES = ["Author", "Checker", "Boss", "Customer"]
PROCESS = """---
handrail: {kind: process, id: publish}
---

# Publish

## Flow

1. **Author:** Write the text.
2. [Check it](check.md)
   - Inform: Customer
3. **Author:** Send it.
   - Hold: the Boss releases it.
   - Consult: Checker
4. Look at the figures.
"""
CHECK = """---
handrail: {kind: procedure, id: check, owner: Boss, competence: Can spell}
---

# Check a text

1. **Checker:** Read it aloud.
   - Input: Draft
   - Record: Check sheet
2. **Author:** Mend it.
"""
TEXTS = {"publish.md": PROCESS, "check.md": CHECK}


def index_of(texts: Mapping[str, str], **options: object) -> Index:
    return site_of(texts, **{"roles": ROLES, **options})


def raci(texts: Mapping[str, str]) -> Table:
    index = index_of(texts)
    return raci_table(index.handbook.processes[0], index)


def grid(table: Table | None) -> dict[str, dict[str, str]]:
    """Return each row by its name, with its cells that are not empty."""
    assert table is not None
    titles = [column.title for column in table.columns[1:]]
    return {
        cell_text(row.cells[0]): {
            title: text for title, cell in zip(titles, row.cells[1:], strict=True) if (text := cell_text(cell))
        }
        for row in table.rows
    }


def test_letters_are_what_the_pages_state():
    assert grid(raci(TEXTS)) == {
        "1. Write the text.": {"Author": "R"},
        "2. Check it": {"Customer": "I", "Checker": "R", "Author": "R", "Boss": "A"},
        "3. Send it.": {"Author": "R", "Boss": "A", "Checker": "C"},
        "4. Look at the figures.": {},
    }


def test_each_letter_leads_to_the_words_that_gave_it():
    table = raci(TEXTS)
    keys = [column.key for column in table.columns]
    found = {
        (cell_text(row.cells[0])[:1], key, piece.text): (
            piece.target,
            piece.spot and (piece.spot.path, piece.spot.line),
        )
        for row in table.rows
        for key, cell in zip(keys[1:], row.cells[1:], strict=True)
        for piece in cell.pieces
    }

    assert found["1", "author", "R"] == ("publish#write-the-text", ("publish.md", 9))
    assert found["2", "customer", "I"] == ("publish#check-it", ("publish.md", 11))
    assert found["2", "checker", "R"] == ("check#read-it-aloud", ("check.md", 7))
    assert found["2", "boss", "A"] == ("check", ("check.md", 2))
    assert found["3", "boss", "A"] == ("publish#send-it", ("publish.md", 13))


def places(table: Table, row: int, role: str) -> list[tuple[str, str | None, int | None]]:
    """Return the places behind the only letter of a cell: name, target and line."""
    at = [column.key for column in table.columns].index(role)
    (piece,) = table.rows[row].cells[at].pieces
    return [(one.text, one.target, one.spot.line if one.spot else None) for one in piece.also]


def test_a_letter_that_several_words_give_leads_to_all_of_them():
    three = CHECK + "3. **Checker:** Read it again.\n"
    table = raci({**TEXTS, "check.md": three})
    assert grid(table)["2. Check it"]["Checker"] == "R (1, 3)"
    assert places(table, 1, "checker") == [("1", "check#read-it-aloud", 7), ("3", "check#read-it-again", 11)]
    assert places(table, 1, "author") == []


def test_places_in_several_documents_are_told_by_title_too():
    process = PROCESS.replace("2. [Check it](check.md)", "2. [Check it](check.md), then [spell it](spell.md).")
    spell = CHECK.replace("id: check", "id: spell").replace("Check a text", "Spell a text")
    table = raci({**TEXTS, "publish.md": process, "spell.md": spell})
    found = next(cells for name, cells in grid(table).items() if name.startswith("2."))
    assert found["Checker"] == "R (Check a text 1, Spell a text 1)"
    assert found["Boss"] == "A (Check a text, Spell a text)"


def test_words_that_hold_for_several_steps_are_one_place():
    inherited = (
        CHECK.replace("owner: Boss", "owner: Boss, role: Checker")
        .replace("**Checker:** ", "")
        .replace("**Author:** ", "")
    )
    table = raci({**TEXTS, "check.md": inherited})
    assert grid(table)["2. Check it"]["Checker"] == "R"


def test_one_who_releases_answers_and_not_the_owner_of_the_procedure():
    released = PROCESS.replace("   - Inform: Customer", "   - Hold: the Customer releases it.")

    assert grid(raci({**TEXTS, "publish.md": released}))["2. Check it"] == {
        "Customer": "A",
        "Checker": "R",
        "Author": "R",
    }


def test_more_than_one_who_answers_is_a_conflict():
    both = PROCESS.replace("the Boss releases it", "the Boss and the Customer release it")
    table = raci({**TEXTS, "publish.md": both})

    assert grid(table)["3. Send it."] == {"Author": "R", "Boss": "⚠ A", "Checker": "C", "Customer": "⚠ A"}
    assert "For 1 activity more than one role answers (⚠)." in table.notes


def test_activities_that_nobody_does_are_counted():
    assert "1 activity names nobody who does it." in raci(TEXTS).notes


def test_the_overview_tells_what_is_left_open():
    assert grid(raci_overview(index_of(TEXTS))) == {
        "Publish": {"Activities": "4", "Left open": "1 activity names nobody who does it."}
    }


def test_an_owner_who_is_no_registered_role_has_a_column_of_its_own():
    table = raci({**TEXTS, "check.md": CHECK.replace("owner: Boss", "owner: Team Blue")})

    assert grid(table)["2. Check it"]["Team Blue"] == "A"


def test_roles_hand_over_where_one_step_leads_to_anothers():
    assert grid(handovers_table(index_of(TEXTS))) == {"Checker": {"Author": "Check a text: 1 → 2"}}


def test_a_handbook_without_hand_overs_has_no_such_table():
    assert handovers_table(index_of({"check.md": CHECK.replace("**Author:** ", "")})) is None


def test_a_matrix_with_very_many_columns_has_a_row_for_each_crossing():
    steps = "".join(f"{number}. **Role {number}:** Do {number}\n" for number in range(1, 40))
    texts = {"many.md": f"---\nhandrail: {{kind: procedure}}\n---\n\n# Many\n\n{steps}"}
    table = handovers_table(index_of(texts, roles=[f"Role {number}" for number in range(1, 40)]))
    assert table is not None

    assert [column.title for column in table.columns] == ["Hands over", "Takes over", "Where"]
    assert len(table.rows) == 38
    assert [cell_text(cell) for cell in table.rows[0].cells] == ["Role 1", "Role 2", "Many: 1 → 2"]


def test_records_stand_by_who_makes_and_takes_them():
    texts = {
        **TEXTS,
        "use.md": "---\nhandrail: {kind: procedure}\n---\n\n# Use\n\n1. **Boss:** Look\n   - Input: Check sheet\n2. File\n   - Record: Slip\n",
    }
    table = records_table(index_of(texts))

    assert grid(table) == {"Check sheet": {"Boss": "T", "Checker": "M"}, "Slip": {"nobody named": "M"}}
    assert table is not None
    assert table.notes[1:] == ("1 record is taken by no step.",)


def test_competence_stands_by_role_with_the_page_that_asks_for_it():
    texts = {
        **TEXTS,
        "boss.md": "---\nhandrail: {kind: role}\n---\n\n# Boss\n\n## Competence\n\n- Can spell\n- Can count\n",
    }

    assert grid(competence_table(index_of(texts))) == {
        "Can count": {"Boss": "Boss"},
        "Can spell": {"Author": "Check a text", "Boss": "Boss", "Checker": "Check a text"},
    }


def clauses(stated: str, listed: object = None) -> Table | None:
    texts = {"check.md": CHECK.replace("id: check", f"id: check, clauses: {stated}")}
    return clauses_table(index_of(texts, **({"clauses": listed} if listed else {})))


LIST = {
    "ISO 13485:2016": {
        "4.2": "Documents",
        "4.2.4": "Control of documents",
        "7.3.1": {"title": "Design", "excluded": "We design nothing"},
        "8.2.1": None,
        "8.2.3": {"excluded": True},
    }
}


def test_clauses_are_covered_uncovered_or_excluded_with_a_reason():
    table = clauses('["ISO 13485:2016 4.2", "ISO 13485:2016 8.2.2"]', LIST)
    found = (
        {(row.group, cell_text(row.cells[0])): [cell_text(cell) for cell in row.cells[1:]] for row in table.rows}
        if table
        else {}
    )

    assert found == {
        ("ISO 13485:2016", "4.2"): ["Documents", "yes", "", "Check a text"],
        ("ISO 13485:2016", "4.2.4"): ["Control of documents", "yes", "", "Check a text"],
        ("ISO 13485:2016", "7.3.1"): ["Design", "does not apply: We design nothing", "", ""],
        ("ISO 13485:2016", "8.2.1"): ["", "○ no page says so", "", ""],
        ("ISO 13485:2016", "8.2.3"): ["", "⚠ does not apply: no reason given", "", ""],
        ("ISO 13485:2016: not in the list", "8.2.2"): ["", "yes", "", "Check a text"],
    }
    assert table is not None
    assert table.notes == ("ISO 13485:2016: 2 of 3 clauses are covered.",)


def test_a_step_covers_a_clause_by_a_line_of_its_own():
    texts = {**TEXTS, "check.md": CHECK.replace("   - Record: Check sheet\n", "   - Clause: ISO 13485:2016 4.2.4\n")}
    table = clauses_table(index_of(texts, clauses={"ISO 13485:2016": ["4.2.4"]}))
    assert table is not None
    piece = table.rows[0].cells[4].pieces[0]

    assert [column.key for column in table.columns] == ["clause", "covered", "process", "procedure", "step"]
    assert (piece.text, piece.target, piece.note) == ("1. Read it aloud", "check#read-it-aloud", "Check a text")
    assert piece.spot is not None
    assert (piece.spot.path, piece.spot.line) == ("check.md", 9)


def test_a_part_of_a_clause_covers_it_in_part():
    table = clauses('["ISO 13485:2016 5.6.2", "ISO 13485:2016 7.3.3"]', {"ISO 13485:2016": ["5.6", "7.3", "7.3.3"]})
    assert table is not None

    assert [[cell_text(cell) for cell in row.cells] for row in table.rows] == [
        ["5.6", "in part", "", "Check a text (5.6.2)"],
        ["7.3", "○ no page says so", "", ""],
        ["7.3.3", "yes", "", "Check a text"],
    ]
    assert table.notes == ("ISO 13485:2016: 1 of 3 clauses are covered.",)


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("ISO 13485:2016, sections 6.2 and 7.1 All", [("ISO 13485:2016", "6.2"), ("ISO 13485:2016", "7.1")]),
        ("ISO 13485:2016 8.2.1 / 8.2.2", [("ISO 13485:2016", "8.2.1"), ("ISO 13485:2016", "8.2.2")]),
        ("ISO 13485:2016 Para. 8.2.3", [("ISO 13485:2016", "8.2.3")]),
        ("IEC 62366-1:2015 5.1", [("IEC 62366-1:2015", "5.1")]),
        ("Regulation 2017/745 (MDR) Art. 83-88 (Post-market)", [("Regulation 2017/745 (MDR)", "83–88")]),
        ("ISO 27001:2023 6.1.2 Risk assessment", [("ISO 27001:2023", "6.1.2")]),
        ("ISO 13485:2016 7.5.1–7.5.5", [("ISO 13485:2016", "7.5.1–7.5.5")]),
        ("ISO 13485:2016 5.1 to 5.4.", [("ISO 13485:2016", "5.1–5.4")]),
        ("ISO 27001:2022 A.5.1-A.5.3", [("ISO 27001:2022", "A.5.1–A.5.3")]),
        ("ISO 13485:2016 4.1 - 5.2.1", [("ISO 13485:2016", "4.1"), ("ISO 13485:2016", "5.2.1")]),
        ("4.2.4", [("No standard named", "4.2.4")]),
        ("Our own rules", [("No standard named", "Our own rules")]),
    ],
)  # fmt: skip
def test_clauses_are_read_as_people_write_them(stated: str, found: list[tuple[str, str]]):
    table = clauses(f'["{stated}"]')
    assert table is not None

    assert [(row.group, cell_text(row.cells[0])) for row in table.rows] == found


def test_a_range_of_parts_covers_those_inside_it():
    listed = {"ISO 13485:2016": ["7.5", "7.5.1", "7.5.3", "7.5.3.1", "7.5.6", "8.5.3", "7.5.10"]}
    table = clauses('["ISO 13485:2016 7.5.1–7.5.5"]', listed)
    assert table is not None
    said = {cell_text(row.cells[0]): cell_text(row.cells[1]) for row in table.rows}
    no = "○ no page says so"
    assert said == {
        "7.5": no, "7.5.1": "yes", "7.5.3": "yes", "7.5.3.1": "yes", "7.5.6": no, "8.5.3": no, "7.5.10": no,
    }  # fmt: skip


def test_a_range_of_articles_covers_those_inside_it():
    table = clauses('["MDR 2017/745 Art. 83-86"]', {"MDR 2017/745": ["82", "83", "85", "87"]})
    assert table is not None

    assert [cell_text(row.cells[1]) for row in table.rows][:4] == [
        "○ no page says so",
        "yes",
        "yes",
        "○ no page says so",
    ]


def test_a_bare_number_is_a_clause_of_the_only_standard_that_is_listed():
    table = clauses('["4.2.4"]', {"ISO 13485:2016": ["4.2.4"]})
    assert table is not None

    assert [(row.group, cell_text(row.cells[1])) for row in table.rows] == [("ISO 13485:2016", "yes")]


@given(st.one_of(st.text(), st.from_regex(r"(ISO )?[0-9]{1,30}([.–-][0-9]{1,9000})? ?[a-z]*")))
@example("9" * 5000)
@example("ISO 9001:2015 " + "9" * 5000 + "-" + "9" * 5000)
def test_any_text_may_stand_for_a_clause(text: str):
    texts = {"check.md": CHECK.replace("id: check", f"id: check, clauses: [{json.dumps(text)}]")}

    clauses_table(index_of(texts, clauses={"ISO 9001:2015": ["8.3", "9"]}))


def test_an_exclusion_without_a_reason_is_a_problem():
    found = [one for one in index_of(TEXTS, clauses=LIST).handbook.problems if one.rule == "excluded-clause"]

    assert [problem.message for problem in found] == ["Clause 8.2.3 of ISO 13485:2016 is excluded without a reason."]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "`clauses` wants standards and their clauses"),
        ({"ISO": {"8.3": {"exclude": "x"}}}, "Did you mean `excluded`?"),
        ({"ISO": 5}, "`clauses: ISO` wants a list of clauses"),
    ],
)
def test_wrong_lists_of_clauses_are_wrong_use(given: object, said: str):
    with pytest.raises(HandrailError, match=said):
        options_of({"clauses": given})


def test_every_matrix_has_a_page():
    names = [page.name for page in generated(bakery())]

    assert [name for name in names if name in {":raci", ":hand-overs", ":records-by-role", ":competence"}] == [
        ":raci",
        ":hand-overs",
        ":records-by-role",
        ":competence",
    ]


def test_who_does_what_stands_on_the_page_of_the_flow() -> None:
    site = bakery()
    pages = {page.name: page for page in generated(site)}
    flow = generated_html(pages[":flow/bake-bread"], view_of(site))
    overview = generated_html(pages[":raci"], view_of(site))

    assert [name for name in pages if name.startswith(":raci")] == [":raci"]
    assert flow.count('<h2 id="who-does-what">') == 1
    assert '<a href="#who-does-what">by role</a>' in flow
    assert 'href="to::flow/bake-bread#who-does-what"' in overview
    assert '<a href="to:handrail/flows/bake-bread.csv" download>' in flow
    assert flow.index('id="in-words"') < flow.index('id="who-does-what"') < flow.index('id="neighbours"')


def test_every_process_in_which_a_role_has_a_part_has_a_flow_page() -> None:
    nobody = "---\nhandrail: {kind: process}\n---\n\n# Nothing\n\n**Owner:** Boss\n"
    for site in (site_of({**TEXTS, "nothing.md": nobody}, roles=ROLES), bakery()):
        shown = {page.name for page in generated(site) if "who-does-what" in generated_html(page, view_of(site))}
        assert {f":flow/{process.id}" for process in raci_processes(site)} == shown - {":raci"}


def test_what_is_done_at_once_has_a_row_each() -> None:
    """A fork only says what is done inside it: each branch is an activity, with its own doer."""
    flow = PROCESS.replace(
        "4. Look at the figures.\n",
        "4. Tell everybody.\n   - At once:\n     - **Author:** Post it.\n     - **Boss:** Mail it.\n",
    )
    table = raci({**TEXTS, "publish.md": flow})
    rows = {cell_text(row.cells[0]): [cell_text(cell) for cell in row.cells[1:]] for row in table.rows}
    assert [name for name in rows if name.startswith("4")] == ["4. Tell everybody.", "4.1. Post it.", "4.2. Mail it."]
    assert (any(rows["4. Tell everybody."]), "R" in rows["4.1. Post it."], "R" in rows["4.2. Mail it."]) == (
        False,
        True,
        True,
    )
