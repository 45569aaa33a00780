"""Tables in each format: the same cells, and nothing in a cell that a program would act on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.pages.tables import table_html, without_silent_columns
from handrail.reports.tables import TABLE_FORMATS, tables_csv, tables_json, tables_markdown
from handrail.reports.tables_text import tables_text
from handrail.tables import EMPTY, Cell, Column, Mark, Piece, Row, Spot, Table, cell_text, table_csv, text_cell
from tests.test_pages import site_of, view_of

DIFFERS = Mark("different", "≠", "differs")
OVEN = Table(
    "oven",
    "Who heats the oven",
    (Column("who", "Who"), Column("when", "When", target="bake"), Column("note", "Note")),
    (
        Row(
            (text_cell("Baker"), Cell((Piece("5 am", "bake#heat", Spot("bake.md", 12)),), marks=(DIFFERS,)), EMPTY),
            group="Night",
        ),
        Row(
            (text_cell("Apprentice"), Cell((Piece("6 am"), Piece("7 am")), "\n"), text_cell("a | b <i>c</i>\nd")),
            group="Day",
        ),
    ),
    notes=("1 of 2 rows differs.",),
)


def one(text: str) -> Table:
    return Table(
        "one", "One", (Column("name", "Name"), Column("said", "Said")), (Row((text_cell("a"), text_cell(text))),)
    )


@pytest.mark.parametrize("form", list(TABLE_FORMATS))
def test_each_format_is_as_it_was(form: str, golden: Callable[[str, str], None]):
    endings = {"text": "txt", "markdown": "md"}
    golden(f"tables/oven.{endings.get(form, form)}", TABLE_FORMATS[form]([OVEN]))


def test_a_table_on_a_page_is_as_it_was(golden: Callable[[str, str], None]):
    golden("tables/oven.html", table_html(OVEN, view_of(site_of({"index.md": "# A\n"})), "oven.csv"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\r=1", "＝1", "＠x"])
def test_no_cell_becomes_a_formula(text: str):
    row = list(csv.reader(io.StringIO(table_csv(one(text)))))[1]

    assert row == ["a", f"'{text.strip()}"]


@pytest.mark.parametrize("text", ["1. Heat", "–", "a=b", "2027-01-31", "e-mail"])
def test_other_cells_stay_as_they_are(text: str):
    assert list(csv.reader(io.StringIO(table_csv(one(text)))))[1] == ["a", text]


@given(st.text())
def test_a_spreadsheet_reads_what_was_written(text: str):
    table = one(text)
    row = list(csv.reader(io.StringIO(tables_csv([table]), newline="")))[1]

    assert len(row) == 2
    assert row[1].lstrip()[:1] not in tuple("=+-@＝＋－＠")


@given(st.text())
def test_a_cell_stays_one_cell_in_markdown(text: str):
    line = tables_markdown([one(text)]).splitlines()[-1]

    assert line.replace("\\|", "").count("|") == 3


@given(st.text())
def test_json_holds_any_text(text: str):
    cells = json.loads(tables_json([one(text)]))["tables"][0]["rows"][0]["cells"]

    assert cells["name"]["text"] == "a"


@given(st.text())
def test_a_page_shows_any_text_as_text(text: str):
    html = table_html(one(f"{text}<b>"), view_of(site_of({"index.md": "# A\n"})))

    assert "<b>" not in html


def test_cells_are_broken_to_lines_where_that_is_readable():
    prose = "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor."
    wide = Table("wide", "Wide", (Column("a", "Name"), Column("b", "One"), Column("c", "Other")),
                 (Row((text_cell("Row"), text_cell(prose), text_cell("ほげ" * 20))),) * 2)  # fmt: skip
    lines = tables_text([wide]).splitlines()
    assert lines[2].split() == ["Name", "One", "Other"]
    assert lines[4].startswith("Row   Lorem ipsum dolor sit amet,")
    assert all(len(line) + sum(char > "\u3000" for char in line) <= 80 for line in lines)
    assert prose in tables_text([wide], 200)
    assert max(map(len, tables_text([wide], 30).splitlines())) <= 60


def test_what_is_not_there_is_told_last_and_long_lines_are_not_too_long():
    columns = tuple(Column(key, key.upper()) for key in "nabc")
    absent = Cell((Piece("no such step"),), marks=(Mark("absent", "∅", "no such step"),))
    row = Row((text_cell("1. Go"), absent, text_cell("word " * 1500), absent))
    told = tables_text([Table("t", "T", columns, (row,))], 300)
    assert told.rstrip().endswith("A, C: ∅ no such step")
    assert max(map(len, told.splitlines())) <= 100


def test_several_tables_as_csv_are_told_apart():
    named = tables_csv([one("x"), one("y")])
    assert named.split("\r\n") == ["One", "Name,Said", "a,x", "", "One", "Name,Said", "a,y", ""]


def test_every_place_that_says_a_letter_is_in_every_format():
    also = (Piece("2", "d#two", Spot("d.md", 2)), Piece("5", "d#five", Spot("d.md", 5)))
    table = Table("t", "T", (Column("a", "A"),), (Row((Cell((Piece("R", "d#two", Spot("d.md", 2), also=also),)),)),))
    assert "R (2, 5)" in tables_text([table])
    assert "R (2, 5)" in tables_csv([table]).replace('"', "")
    assert "[R](d.md?plain=1#L2) ([2](d.md?plain=1#L2), [5](d.md?plain=1#L5))" in tables_markdown([table])
    assert [
        one["line"]
        for one in json.loads(tables_json([table]))["tables"][0]["rows"][0]["cells"]["a"]["pieces"][0]["also"]
    ] == [2, 5]


def test_a_wide_table_is_told_row_by_row():
    wide = tables_text([one("word " * 400)])

    assert "\na\n    Said: word word" in wide
    assert all(len(line) <= 80 for line in wide.splitlines())


def test_a_wide_table_is_cut_into_sheets_of_paper():
    columns = tuple(Column(f"c{number}", f"C{number}") for number in range(15))
    table = Table("wide", "Wide", columns, (Row(tuple(text_cell(str(number)) for number in range(15))),))
    html = table_html(table, view_of(site_of({"index.md": "# A\n"})))

    assert html.count('class="handrail-table handrail-sheet"') == 3
    assert html.count(">C0<") == 4
    assert html.count(">C14<") == 2


def test_a_step_stands_behind_its_document():
    piece = Piece("Bake", note="2", inside=(Piece("1. Heat"), Piece("2. Load")))

    assert cell_text(Cell((piece,))) == "Bake (2): 1. Heat; 2. Load"


UNKNOWN = Cell((Piece("not stated", look="missing"),))
OPEN = Cell(marks=(DIFFERS,))


def shelf(*rows: tuple[Cell, ...]) -> Table:
    columns = tuple(Column(name, name.title()) for name in ("name", "owner", "version", "status"))
    return Table("shelf", "Shelf", columns, tuple(Row(row) for row in rows), notes=("2 loaves.",))


def test_a_column_in_which_no_row_says_anything_is_left_out_and_named():
    known = text_cell("Baker")
    table = shelf((EMPTY, UNKNOWN, EMPTY, known), (text_cell("Rye"), UNKNOWN, EMPTY, EMPTY))

    found = without_silent_columns(table, "Silent: {columns}.")

    assert [column.key for column in found.columns] == ["name", "status"]
    assert [row.cells for row in found.rows] == [(EMPTY, known), (text_cell("Rye"), EMPTY)]
    assert found.notes == ("2 loaves.", "Silent: Owner, Version.")


def test_a_column_with_a_word_or_a_sign_stays():
    table = shelf((EMPTY, text_cell("Baker"), OPEN, UNKNOWN), (EMPTY, UNKNOWN, EMPTY, text_cell("draft")))

    assert without_silent_columns(table, "{columns}") == table


def test_a_table_without_rows_keeps_its_columns():
    assert without_silent_columns(shelf(), "{columns}") == shelf()
