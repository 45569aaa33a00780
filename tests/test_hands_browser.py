"""The site in the hand and under the keys: what is touched is large enough, what has the focus is seen, and nothing is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.test_site_browser import PAGES, Site, opened, serve, site, strange

__all__ = ["serve", "site", "strange"]

PHONE = {"width": 390, "has_touch": True, "is_mobile": True}


@pytest.fixture
def show(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a kind, in a window of its own."""
    pages: list[Page] = []

    def shown(kind: str, **window: Any) -> Page:
        pages.append(opened(browser, site.address + PAGES[kind], **window))
        return pages[-1]

    yield shown
    for page in pages:
        page.context.close()


def begun(page: Page) -> Page:
    page.locator("[data-handrail=run] button").first.click()
    return page


# ---- touched ----

SMALL = """() => axe.run(document.querySelector('article'), {runOnly: ['target-size']}).then(found =>
    found.violations.flatMap(violation => violation.nodes.map(node => `${node.target}: ${node.failureSummary}`)))"""


@pytest.mark.parametrize("window", [PHONE, {"width": 1280}], ids=["phone", "desk"])
def test_what_is_touched_is_large_enough_or_stands_apart(
    window: dict[str, Any], show: Callable[..., Page], axe: Callable[[Page], list[str]]
):
    found = {}
    for kind in ("process", "list", "table", "role", "records", "processes", "flow page", "hand-overs",
                 "records by role", "competence", "clauses", "compare at will"):  # fmt: skip
        page = show(kind, **window)
        axe(page)
        if small := page.evaluate(SMALL):
            found[kind] = small
    assert found == {}


# ---- the focus ----


@pytest.mark.parametrize(
    ("kind", "control"),
    [
        ("tasks", ".handrail-tick input"),
        ("procedures", ".handrail-filter"),
        ("compare at will", ".handrail-compare-choices input"),
    ],
)
def test_what_is_ticked_or_typed_into_has_a_ring(kind: str, control: str, show: Callable[..., Page]):
    page = show(kind)
    if kind == "tasks":
        begun(page)
    page.locator(control).nth(0).wait_for()
    page.keyboard.press("Tab")
    page.locator(control).nth(0).focus()

    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


COVERED = """() => { const one = document.activeElement, box = one.getClientRects()[0];
    if (!one.closest('article') || !box || box.height > 200) return null;
    const at = document.elementFromPoint(Math.min(box.x + box.width / 2, innerWidth - 2), box.y + box.height / 2);
    return at && at.closest('.md-header, .handrail-run, thead, tbody th') && !at.contains(one) && !one.contains(at)
        ? `${one.outerHTML.slice(0, 80)} is behind ${at.tagName}.${at.className}` : null; }"""


@pytest.mark.parametrize("kind", ["process", "role", "list", "procedures", "hand-overs"])
def test_going_back_by_keyboard_nothing_ends_behind_what_stays_in_sight(kind: str, show: Callable[..., Page]):
    page = show(kind)
    if kind == "list":
        begun(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("article a:visible").last.focus()
    found = []
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        found.append(page.evaluate(COVERED))

    assert [covered for covered in found if covered] == []


def test_on_a_phone_the_words_of_a_flow_come_first_for_the_keyboard_too(show: Callable[..., Page]):
    page = show("flow page", **PHONE)
    page.locator(".handrail-downloads a").last.focus()
    page.keyboard.press("Tab")

    assert page.evaluate(
        "!CSS.supports('reading-flow', 'flex-visual') || !!document.activeElement.closest('.handrail-flow-told')"
    )


# ---- a run ----


def test_on_a_phone_only_how_far_the_run_is_stays_in_sight(show: Callable[..., Page]):
    page = begun(show("headings", **PHONE))
    page.locator(".handrail-tick").nth(6).scroll_into_view_if_needed()
    bar = page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom")
    shown = page.locator(".handrail-bar").bounding_box()

    assert page.get_by_role("group").get_by_text("0 of 9 done").count() == 1
    assert shown is not None
    assert abs(shown["y"] - bar) < 2
    assert shown["height"] < 40
    assert page.get_by_role("button", name="Save as a file").evaluate("one => one.getBoundingClientRect().bottom < 0")


@pytest.mark.parametrize("window", [PHONE, {"width": 1280}], ids=["phone", "desk"])
def test_a_link_to_a_step_leads_below_the_bar_of_a_run(window: dict[str, Any], show: Callable[..., Page]):
    page = begun(show("headings", **window))
    page.evaluate("location.hash = '#build'")
    page.wait_for_timeout(150)
    top, bar = page.evaluate(
        "[document.querySelector('[data-step=build]').getBoundingClientRect().top,"
        " document.querySelector('.handrail-bar p').getBoundingClientRect().bottom]"
    )

    assert bar <= top < 300


def test_how_far_a_run_is_changes_in_place_so_that_it_is_read_aloud(show: Callable[..., Page]):
    page = begun(show("list"))
    page.evaluate("window.before = document.querySelector('[data-handrail=run] [role=status]')")
    page.locator(".handrail-tick input").first.check()

    assert page.get_by_text("1 of 9 done").count() == 1
    assert page.evaluate("window.before.isConnected && window.before.textContent") == "1 of 9 done"


TEXT_AT = """step => { const texts = document.createTreeWalker(step, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let text = texts.nextNode(); text; text = texts.nextNode())
        if (text.data.trim().length > 3) { range.selectNodeContents(text); return range.getClientRects()[0].x; } }"""


def test_the_box_of_a_task_stands_where_its_author_s_stood(show: Callable[..., Page]):
    page = show("tasks")
    task = page.locator("li[data-handrail=step]").first
    before = task.evaluate(TEXT_AT)
    begun(page)
    box = task.locator(".handrail-tick input").bounding_box()

    assert box is not None
    assert box["x"] + box["width"] < task.evaluate(TEXT_AT)
    assert abs(task.evaluate(TEXT_AT) - before) < 8


def test_a_task_is_called_by_its_words_alone(show: Callable[..., Page]):
    names = show("tasks").eval_on_selector_all(
        "li[data-handrail=step] > input", "boxes => boxes.map(box => box.getAttribute('aria-label'))"
    )

    assert names[:2] == ["Read the issue, and say to yourself what should be different for whom.",
                         "Read the tests before the code."]  # fmt: skip


def test_the_number_of_a_row_and_its_box_stand_on_one_line(show: Callable[..., Page]):
    page = begun(show("table"))
    cell = page.locator("tr[data-handrail=step] > td").first
    label = cell.locator(".handrail-tick").bounding_box()
    number = cell.evaluate(
        "cell => { const range = document.createRange(); range.selectNodeContents([...cell.childNodes]"
        ".find(one => one.nodeType === 3 && one.data.trim())); const box = range.getClientRects()[0];"
        " return box.y + box.height / 2; }"
    )

    assert label is not None
    assert abs(label["y"] + label["height"] / 2 - number) < 6


# ---- on a phone ----


@pytest.mark.parametrize("width", [390, 1280])
def test_the_small_flow_is_as_large_as_the_whole_one(width: int, show: Callable[..., Page]):
    page = show("process", width=width)
    shown, made = page.eval_on_selector(
        ".handrail-thumb svg", "svg => [svg.getBoundingClientRect().width, svg.viewBox.baseVal.width]"
    )

    assert abs(shown - made) < 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_below_each_activity_stands_who_does_it(strange: Site, browser: Browser):
    page = opened(browser, strange.address + "table.html", 390)
    rows = page.eval_on_selector_all(
        ".handrail-activities tbody tr", "rows => rows.map(row => [row.querySelector('th').getBoundingClientRect().bottom,"
        " row.querySelectorAll('td')[1].getBoundingClientRect().top])")  # fmt: skip
    page.context.close()

    assert len(rows) == 5
    assert [row for row in rows if row[1] < row[0]] == []


def test_the_lines_of_a_card_belong_together(show: Callable[..., Page]):
    page = show("procedures", width=390)
    heights = page.eval_on_selector_all(
        "[data-handrail=table] tbody tr:first-child > :is(th, td)",
        "cells => cells.map(cell => cell.getBoundingClientRect().height)",
    )

    assert len(heights) > 3
    assert max(heights) < 30


def test_on_a_phone_a_table_of_steps_is_as_wide_as_the_page(show: Callable[..., Page]):
    page = show("table", **PHONE)
    table = page.locator("table:has([data-handrail=step])")
    page.evaluate("document.querySelectorAll('tr[data-handrail=step] td').forEach(cell => { cell.textContent = 'a'; })")

    assert table.evaluate("table => table.getBoundingClientRect().width") > 350


def test_a_long_word_in_a_title_leaves_room_for_the_other_documents(show: Callable[..., Page]):
    page = show("compare at will")
    page.locator(".handrail-comparison thead a, .handrail-compare thead a").first.evaluate(
        "title => { title.textContent = 'Donaudampfschifffahrtsgesellschaft'.repeat(3); }"
    )
    wide = page.locator("[data-handrail=table]").first.evaluate("table => [table.scrollWidth, table.clientWidth]")

    assert wide[0] <= wide[1] + 1


def test_on_a_phone_too_a_table_is_filtered_and_cut(show: Callable[..., Page]):
    page = show("procedures", **PHONE)
    page.locator(".handrail-filter").fill("roll back")
    assert page.locator("[data-handrail=table] tbody tr:visible th").all_inner_texts() == ["Roll back a release"]
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Owner").uncheck()
    assert page.locator("[data-handrail=table] td[data-label=Owner]:visible").count() == 0
    assert page.locator("[data-handrail=table] td[data-label=Process]:visible").count() == 1


def test_a_step_that_is_a_heading_has_one_link_to_itself(show: Callable[..., Page]):
    page = show("headings")

    assert page.locator("h3[data-handrail=step]").count() == 9
    assert page.locator("[data-handrail=step] > .headerlink:visible").count() == 0
    assert page.locator(".handrail-permalink").count() == 9


@pytest.mark.parametrize("width", [720, 768, 900, 1280])
def test_the_links_of_a_step_make_no_empty_line_where_they_are_not_seen(width: int, show: Callable[..., Page]):
    page = show("list", width=width)
    heights = "steps => steps.map(step => step.getBoundingClientRect().height)"
    seen = page.eval_on_selector_all("li[data-handrail=step]", heights)
    page.add_style_tag(content=".handrail-tools { display: none !important; }")

    assert page.eval_on_selector_all("li[data-handrail=step]", heights) == seen


# ---- on paper ----


def test_what_was_chosen_is_printed_as_a_table_alone(show: Callable[..., Page]):
    page = show("compare at will")
    page.locator(".handrail-compare-chosen button").first.wait_for()
    page.emulate_media(media="print")

    assert page.locator("article button:visible").all_inner_texts() == []
    assert page.get_by_role("table").first.is_visible()


@pytest.mark.parametrize("kind", ["list", "headings", "tasks", "table"])
def test_paper_shows_nothing_of_a_run(kind: str, show: Callable[..., Page]):
    page = begun(show(kind))
    page.locator(".handrail-tick input").first.check()
    page.emulate_media(media="print")
    colours = page.eval_on_selector_all(
        "article [data-handrail=step]", "steps => steps.map(step => getComputedStyle(step).color)"
    )

    assert page.locator("article input:visible").count() == 0
    assert len(set(colours)) == 1
