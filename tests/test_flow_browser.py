"""Flows in a real browser: accessible, words inside their boxes, on a phone, in the dark, by keyboard and on paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.building import Built, build, handbook
from tests.sheets import words_of_sheets

SHOWN = {
    "flow": "handrail/flows/release.html",
    "small flow": "handbook/procedures/judge-a-version.html",
    "landscape": "handrail/landscape.html",
    "process": "handbook/make-a-release.html",
    "procedure": "handbook/procedures/cut-a-release.html",
    "blocks": "guide/flows.html",
}
WINDOWS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light")}

WORDS_OUTSIDE = """slack => [...document.querySelectorAll('.handrail-drawing svg.handrail-flow [data-step]')].flatMap(group => {
    const text = group.querySelector('text'), shape = group.querySelector('rect, path, polygon');
    if (!text || !shape) return [];
    const words = text.getBBox(), box = shape.getBBox(), wide = words.width * (1 + slack);
    const left = words.x + words.width / 2 - wide / 2;
    const inside = left >= box.x - 0.5 && left + wide <= box.x + box.width + 0.5
        && words.y >= box.y - 0.5 && words.y + words.height <= box.y + box.height + 0.5;
    return inside ? [] : [`${group.dataset.step}: ${Math.round(wide)} in ${Math.round(box.width)}`];
})"""
LABELS_ON_BOXES = """slack => [...document.querySelectorAll('.handrail-drawing svg.handrail-flow')].flatMap(svg => {
    const boxes = [...svg.querySelectorAll('[data-step]')].map(group => [group.dataset.step, group.getBBox()]);
    const labels = [...svg.querySelectorAll('text')].filter(text => !text.closest('[data-step], .lanes, .legend'));
    return labels.flatMap(label => {
        const words = label.getBBox(), more = words.width * slack / 2;
        return boxes.filter(([, box]) => words.x - more < box.x + box.width - 1 && words.x + words.width + more > box.x + 1
            && words.y < box.y + box.height - 1 && words.y + words.height > box.y + 1)
            .map(([step]) => `${label.textContent} on ${step}`);
    });
})"""


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(root / "mkdocs.yml", site_dir=str(tmp_path_factory.mktemp("flows")), strict=False)


@pytest.fixture
def opened(browser: Browser, built: Built) -> Iterator[Callable[..., Page]]:
    contexts = []

    def show(path: str, window: str = "light", **more: Any) -> Page:
        width, scheme = WINDOWS[window]
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)  # type: ignore[arg-type]  # one of its words
        contexts.append(context)
        page = context.new_page()
        page.goto((built.site / path).as_uri(), wait_until="load")
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", SHOWN)
def test_no_flow_is_hard_to_reach(
    opened: Callable[..., Page], axe: Callable[[Page], list[str]], name: str, window: str
):
    page = opened(SHOWN[name], window)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("slack", [0, 0.06])
def test_the_words_of_every_flow_stay_inside_their_boxes(opened: Callable[..., Page], built: Built, slack: float):
    flows = [path for path in built.pages if 'class="handrail-drawing"' in built.text(path)]
    assert len(flows) >= 16
    for path in flows:
        page = opened(path)
        assert page.evaluate(WORDS_OUTSIDE, slack) == [], path
        assert page.evaluate(LABELS_ON_BOXES, slack) == [], path


def test_on_a_phone_the_words_come_first_and_the_drawing_can_be_moved(opened: Callable[..., Page]):
    page = opened(SHOWN["flow"], "phone")
    region = page.locator(".handrail-drawing").first
    words = page.locator(".handrail-told").first.bounding_box()
    drawing = region.bounding_box()
    assert words is not None
    assert drawing is not None
    assert words["y"] < drawing["y"]
    assert region.get_attribute("aria-label") == "Drawing: Make a release"
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.handrail-drawing').scrollLeft > 0")


def test_the_boxes_are_reached_by_keyboard_in_the_order_of_the_steps(opened: Callable[..., Page]):
    page = opened(SHOWN["flow"])
    wanted = page.evaluate(
        "[...document.querySelectorAll('.handrail-drawing a')].map(a => a.closest('[data-step]').dataset.step)"
    )
    page.locator(".handrail-drawing").first.focus()
    reached = []
    for _ in wanted[:6]:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('[data-step]').dataset.step"))
    assert reached == wanted[:6]


def test_without_a_script_a_flow_is_all_there(opened: Callable[..., Page]):
    page = opened(SHOWN["flow"], java_script_enabled=False)
    assert page.locator(".handrail-drawing svg").first.is_visible()
    assert page.locator(".handrail-told > li").count() > 10


def test_in_the_dark_the_words_of_a_drawing_are_light(opened: Callable[..., Page]):
    colour = (
        "getComputedStyle(document.querySelector('.handrail-flow text')).fill.match(/[\\d.]+/g).slice(0, 3).map(Number)"
    )
    assert max(opened(SHOWN["flow"]).evaluate(colour)) < 100
    assert min(opened(SHOWN["flow"], "dark").evaluate(colour)) > 150


def test_on_paper_each_sheet_shows_its_part_with_arrowheads(opened: Callable[..., Page]):
    page = opened(SHOWN["flow"])
    page.emulate_media(media="print")
    sheets = page.locator(".handrail-flow-views .handrail-sheet").first.locator("xpath=..").locator(".handrail-sheet")
    assert sheets.count() > 1
    assert all(sheet.is_visible() for sheet in sheets.all())
    assert page.evaluate("getComputedStyle(document.querySelector('.handrail-drawing')).display") != "none"
    assert not page.locator(".handrail-downloads").is_visible()


WIDE = "---\nhandrail: {{kind: process, id: wide, roles: [{roles}]}}\n---\n# Wide\n\n## Flow\n\n{steps}"


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A process of nine roles that hand the work on twelve times each way."""
    steps = "".join(f"{n}. **Role {n % 9}:** Do the work of step {n}.\n" for n in range(1, 25))
    page = WIDE.format(roles=", ".join(f"Role {n}" for n in range(9)), steps=steps)
    return build(handbook(tmp_path_factory.mktemp("wide"), {"index.md": "# Home\n", "wide.md": page},
                          theme={"name": "material", "font": False}, plugins=[{"handrail": {}}]))  # fmt: skip


def text_sizes(pdf: PdfReader) -> dict[float, str]:
    """Return the sizes of a file's texts in points, each with one of the texts."""
    found: dict[float, str] = {}

    def see(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            found.setdefault(round(abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1])), 2), text)

    for page in pdf.pages:
        page.extract_text(visitor_text=see)
    return found


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_drawing_wider_than_paper_is_printed_whole_and_legibly(browser: Browser, wide: Built, paper: str):
    page = browser.new_page()
    page.goto((wide.site / "handrail/flows/wide.html").as_uri())
    made = page.pdf(format=paper)
    page.close()
    pdf, sheets = PdfReader(io.BytesIO(made)), words_of_sheets(made)
    words = " ".join(sheets)
    for number in range(1, 25):
        assert words.count(f"Do the work of step {number}") >= 1
        assert f"{number}. Do the" in words
    assert min(text_sizes(pdf)) >= 7.95
    assert "row 1, column 2" in words
    assert all(len(text) > 60 for text in sheets)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("path", "most"), [("long.html", 2), ("index.html", 9)])
def test_a_wide_drawing_makes_nothing_beside_it_smaller(
    browser: Browser, beside: Built, path: str, most: int, paper: str
):
    page = browser.new_page()
    page.goto((beside.site / path).as_uri())
    made = page.pdf(format=paper)
    page.close()
    pdf = PdfReader(io.BytesIO(made))
    assert min(text_sizes(pdf)) >= 7.95
    assert len(pdf.pages) <= most
    assert {sheet.mediabox.width < sheet.mediabox.height for sheet in pdf.pages} == {True}
    assert ("It is printed from the page of the flow." in words_of_sheets(made)[0]) is (path == "long.html")


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A procedure of 25 steps and five roles, and a page that shows its flow in a block."""
    steps = "".join(f"{n}. **Role {n % 5}:** Do the work of step {n}.\n" for n in range(1, 25))
    page = f"---\nhandrail: {{kind: procedure, id: long}}\n---\n# Long\n\n## Steps\n\n{steps}25. Go back to step 1.\n"
    home = "# Home\n\nText.\n\n```flow\nid: long\n```\n"
    roles = [f"Role {n}" for n in range(5)]
    return build(handbook(tmp_path_factory.mktemp("beside"), {"index.md": home, "long.md": page},
                          theme={"name": "material", "font": False}, plugins=[{"handrail": {"roles": roles}}]))  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_of_a_flow_is_smaller_than_eight_points_on_paper(opened: Callable[..., Page], name: str):
    sizes = text_sizes(PdfReader(io.BytesIO(opened(SHOWN[name]).pdf(format="A4"))))
    assert min(sizes) >= 7.95, sizes[min(sizes)]
