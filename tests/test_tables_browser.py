"""Tables in a real browser: sorted, filtered, cut by columns, overdue by the reader's clock, on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from handrail.pages import generated, generated_html
from tests.sheets import words_of_sheets
from tests.test_pages import SHELL, site_of, view_of

PAGE = "---\nhandrail: {kind: procedure%s}\n---\n\n# %s\n\n1. Do it\n2. Do the rest\n"
TEXTS = {
    "a.md": PAGE % (", version: 10, status: draft, owner: Baker, review: {next: 2027-03-01}", "Apples"),
    "b.md": PAGE % (", version: 9, review: {next: 2027-03-03, last: 2026-03-03, every: 1 year}", "Bread"),
    "c.md": PAGE % ("", "Cake"),
    **{f"d{number}.md": PAGE % (", version: 1", f"Dough {number}") for number in range(8)},
}
MANY_ROLES = {
    "p.md": "---\nhandrail: {kind: process}\n---\n\n# Wide\n\n## Flow\n\n"
    + "".join(f"{number}. **Role {number}:** Do {number}\n" for number in range(1, 16))
}


@pytest.fixture
def opened(root: Path, page: Page, tmp_path: Path) -> Callable[[Mapping[str, str], str], Page]:
    """Open a page that Handrail makes; the clock stands at 2 March 2027."""

    def open_(texts: Mapping[str, str], name: str) -> Page:
        site = site_of(texts, roles=[f"Role {number}" for number in range(1, 16)])
        made = next(one for one in generated(site) if one.name == name)
        assets = (root / "templates/assets/handrail").as_uri()
        file = tmp_path / "page.html"
        html = generated_html(made, view_of(site))
        file.write_text(SHELL.format(title=made.title, body=html, assets=assets), encoding="utf-8")
        page.clock.set_fixed_time(datetime(2027, 3, 2, 12, 0))
        page.goto(file.as_uri())
        return page

    return open_


def names(page: Page) -> list[str]:
    return page.locator("[data-handrail=table] tbody tr:visible th[scope=row]").all_inner_texts()


def test_a_click_sorts_and_another_one_turns_it_round(opened: Callable[[Mapping[str, str], str], Page]):
    page = opened(TEXTS, ":procedures")
    button = page.get_by_role("button", name="Version")

    button.click()
    assert names(page)[-3:] == ["Bread", "Apples", "Cake"]
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Version")
    button.click()
    assert names(page)[:2] == ["Apples", "Bread"]
    assert names(page)[-1] == "Cake"
    button.click()
    assert names(page)[:3] == ["Apples", "Bread", "Cake"]
    assert page.locator("th[aria-sort]").count() == 0


def test_a_column_can_be_put_away_by_keyboard(opened: Callable[[Mapping[str, str], str], Page]):
    page = opened(TEXTS, ":procedures")
    page.get_by_role("button", name="Columns").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Owner").focus()
    page.keyboard.press("Space")

    assert page.get_by_role("columnheader", name="Owner").count() == 0
    assert page.locator("td[data-label=Owner]:visible").count() == 0
    page.keyboard.press("Escape")
    assert page.get_by_role("checkbox", name="Owner").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Columns"


def test_a_filter_says_how_many_rows_are_left(opened: Callable[[Mapping[str, str], str], Page]):
    page = opened(TEXTS, ":procedures")
    page.get_by_role("searchbox").fill("dough")

    assert page.get_by_role("status").inner_text() == "8 of 11 rows"


def test_the_browser_says_what_is_overdue_by_its_clock(opened: Callable[[Mapping[str, str], str], Page]):
    page = opened(TEXTS, ":reviews")

    assert page.locator("time").all_inner_texts() == ["2027-03-01 overdue", "2027-03-03"]


def test_without_a_script_every_row_and_day_is_there(
    root: Path, tmp_path: Path, opened: Callable[[Mapping[str, str], str], Page], page: Page
):
    opened(TEXTS, ":reviews")
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]  # it has one
    plain = context.new_page()
    plain.goto((tmp_path / "page.html").as_uri())

    assert plain.locator("time").all_inner_texts() == ["2027-03-01", "2027-03-03"]
    assert plain.get_by_role("button").count() == 0
    context.close()


def test_the_head_and_the_first_column_stay_in_sight(opened: Callable[[Mapping[str, str], str], Page]):
    page = opened(MANY_ROLES, ":flow/p")
    page.set_viewport_size({"width": 900, "height": 500})
    region = page.get_by_role("region", name="Wide: who does what")
    region.focus()
    before = page.locator("tbody th[scope=row]").first.bounding_box()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('[data-handrail=table]').scrollLeft > 20")
    after = page.locator("tbody th[scope=row]").first.bounding_box()

    assert before
    assert after
    assert before["x"] == after["x"]
    region.evaluate("it => it.scrollTop = 200")
    top = page.locator("[data-handrail=table] thead th").first.bounding_box()
    box = region.bounding_box()
    assert top
    assert box
    assert abs(top["y"] - box["y"]) < 2


def test_a_phone_shows_rows_as_cards(opened: Callable[[Mapping[str, str], str], Page], page: Page):
    page.set_viewport_size({"width": 390, "height": 800})
    opened(TEXTS, ":procedures")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-handrail=table] thead").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('td'), '::before').content") == '"Owner:"'
    page.get_by_label("Sort by").select_option(label="Version ↓")
    assert names(page)[0] == "Apples"


def test_paper_has_a_wide_table_in_parts(opened: Callable[[Mapping[str, str], str], Page], page: Page):
    opened(MANY_ROLES, ":flow/p")
    page.emulate_media(media="print")
    parts = page.locator("[data-handrail=matrix] .handrail-sheet:visible")

    assert page.locator("[data-handrail=table]").is_hidden()
    assert parts.count() == 3
    for number in range(3):
        assert parts.nth(number).locator("thead th").first.inner_text() == "Activity"
        assert parts.nth(number).locator("tbody tr").count() == 15


LONG = {f"p{number}.md": PAGE % (", owner: Baker", f"Procedure {number}") for number in range(150)}
LONG_FLOW = {
    "p.md": "---\nhandrail: {kind: process}\n---\n\n# Wide\n\n## Flow\n\n"
    + "".join(f"{number}. **Role {number % 3 + 1}:** Do {number}\n" for number in range(1, 150))
}


@pytest.mark.parametrize(
    ("texts", "name", "head", "row"),
    [(LONG, ":procedures", "Owner", r"Procedure \d"), (LONG_FLOW, ":flow/p", "Activity", r"\d\. Do \d")],
)
def test_the_head_of_a_long_table_stands_on_every_sheet(
    opened: Callable[[Mapping[str, str], str], Page],
    page: Page,
    texts: Mapping[str, str],
    name: str,
    head: str,
    row: str,
):
    opened(texts, name)
    sheets = [text for text in words_of_sheets(page.pdf(format="A4")) if re.search(row, text)]

    assert len(sheets) > 2
    assert [head in text for text in sheets] == [True] * len(sheets)


def test_what_is_put_away_is_not_printed(opened: Callable[[Mapping[str, str], str], Page], page: Page):
    opened(MANY_ROLES, ":flow/p")
    page.get_by_role("searchbox").fill("do 7")
    page.emulate_media(media="print")

    assert page.locator("[data-handrail=matrix] .handrail-sheet tbody tr:visible").count() == 3


def test_tables_are_easy_to_reach(
    opened: Callable[[Mapping[str, str], str], Page], page: Page, axe: Callable[[Page], list[str]]
):
    for texts, name in ((TEXTS, ":reviews"), (MANY_ROLES, ":flow/p"), (MANY_ROLES, ":hand-overs")):
        opened(texts, name)
        page.get_by_role("button", name="Columns").click()
        assert axe(page) == [], name
