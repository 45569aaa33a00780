"""A page on paper: a controlled document that says on every sheet what it is, judged in PDF files of a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from handrail.days import Span
from handrail.pages import Site, running, running_styles
from handrail.pages.controlled import controlled_facts, css_string, watermark
from handrail.pages.facts import Fact, control_facts
from handrail.sources import Revision
from handrail.stamp import Stamp
from tests.building import Built, build, handbook
from tests.reading import text_of
from tests.sheets import words_of_sheets
from tests.test_pages import TEMPLATES, site_of, view_of

PAGES = {
    "old.md": """
        ---
        handrail: {kind: procedure, id: P-1, owner: Baker, approved_by: Shop lead, status: superseded}
        ---
        # Old "way" <3

        ## Steps

        1. Bake the loaf.
            - Record: Baking log
            - Warning: The oven is hot.
        2. Sell the loaf.

        """,
    "new.md": """
        ---
        handrail: {kind: procedure, id: P-2, owner: Baker, status: effective, supersedes: P-1, effective: 2026-02-03}
        ---
        # New way

        ## Steps

        - [ ] Bake the loaf.
        - [ ] Sell the loaf.

            Record: Delivery note
        """,
    "table.md": """
        ---
        handrail: {kind: procedure}
        ---
        # A table

        ## Steps

        | Step | What | Record |
        |---|---|---|
        | 1 | Bake | Baking log |
        | 2 | Sell | |
        """,
    "headings.md": """
        ---
        handrail: {kind: procedure, status: draft}
        ---
        # Headings

        ## Steps

        ### 1. Bake the loaf

        Well.

        - Record: Baking log

        ### 2. Sell the loaf

        At once.
        """,
    "process.md": """
        ---
        handrail: {kind: process}
        ---
        # Bread

        ## Flow

        1. [Bake](new.md)
        2. Sell it.
        """,
    "several.md": """
        ---
        handrail: {kind: procedure}
        ---
        # Several

        ## First
        <!-- handrail: {kind: procedure, status: withdrawn} -->

        1. Bake.
        2. Sell.

        ## Second
        <!-- handrail: {kind: procedure, status: effective} -->

        1. Bake.
        2. Sell.
        """,
}


LONG = "\n\n".join(f"A line of words, the {number}th of many." for number in range(80))


def texts() -> dict[str, str]:
    return {path: text_of(text) + (LONG if path == "old.md" else "") for path, text in PAGES.items()}


def _controlled(site: Site) -> tuple[Fact, ...]:
    document = site.handbook.documents["p-2"]
    return controlled_facts(document, control_facts(document, view_of(site)), site)


# ---- what is said ----


def test_the_head_of_a_print_identifies_the_document_and_says_what_is_not_stated():
    site = site_of(texts())
    facts = _controlled(site)
    said = [(fact.label, [value.text for value in fact.values]) for fact in facts]

    assert said == [("Id", ["p-2"]), ("Owner", ["Baker"]), ("Status", ["Effective"]), ("Effective", ["2026-02-03"]),
                    ("Approved by", []), ("Supersedes", ['Old "way" <3'])]  # fmt: skip


def test_every_sheet_of_a_superseded_document_names_its_successor():
    site = site_of(texts())
    assert running("old.md", "Old", site).state == "Superseded – see New way"
    assert running("new.md", "New", site).state == ""
    assert running("several.md", "Several", site).state == "First: Withdrawn"
    assert running("nowhere.md", "An ordinary page", site).state == ""


def test_in_german():
    site = site_of(texts(), languages=["de", "en"])
    assert running("old.md", "Alt", site).state == "Ersetzt – siehe New way"
    assert '"Blatt " counter(page) " von " counter(pages)' in running_styles(site).of("old.md", "Alt")


def test_a_template_of_the_users_sees_each_page_and_says_the_same(tmp_path: Path):
    ours = site_of(texts())
    (tmp_path / "running_style.html").write_text((TEMPLATES / "running_style.html").read_text())
    own = running_styles(replace(ours, own_templates=tmp_path))
    for path, title in (("old.md", "Old"), ("new.md", "New"), ("nowhere.md", "An &quot;ordinary&quot; \x02 page")):
        assert running_styles(ours).of(path, title) == own.of(path, title)
    (tmp_path / "running_style.html").write_text(
        "<style>{% for it in values.values() %}{{ it | safe }} {% endfor %}</style>"
    )
    style = running_styles(replace(ours, own_templates=tmp_path)).of("old.md", "Old")
    assert style.startswith('<style>"Old \\22 way\\22  \\3c 3" "Superseded – see New way" "The bakery" "Page "')


def test_the_word_across_a_sheet_only_where_all_of_the_page_is_out_of_force():
    site = site_of(texts())
    marks = {document.id: watermark(document, site) for document in site.handbook.procedures}
    assert marks == {"p-1": "Superseded", "p-2": "", "table": "", "headings": "Draft", "several.first": "",
                     "several.second": ""}  # fmt: skip


@given(st.text())
def test_no_title_breaks_out_of_the_style(text: str):
    written = css_string(text)
    assert not set(written) & set("<>&{}\n\r\f\0")
    read = re.sub(r"\\([0-9a-f]{1,6}) ", lambda match: chr(int(match[1], 16)), written)
    assert read == f'"{text}"'
    assert written.count('"') == 2


REVISION = Revision("0123456789abcdef" * 2, "2026-03-04", 0)


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        (None, "The bakery"),
        (Stamp("x"), "The bakery. Uncontrolled copy."),
        (Stamp("x", REVISION), "The bakery, revision 0123456789ab of 2026-03-04. Uncontrolled copy."),
        (Stamp("x", replace(REVISION, tag="v2", changed=True), "Quality, tel. 12", Span(30, "day"), True),
         "The bakery, revision v2 of 2026-03-04 (with changes that are not committed). Good until 2026-04-03. Ask: Quality, tel. 12."),
        (Stamp("x", controlled="Controlled with the red stamp"), "The bakery. Controlled with the red stamp."),
    ],
)  # fmt: skip
def test_every_sheet_says_of_which_handbook_and_revision_it_is(stamp: Stamp | None, said: str):
    site = replace(site_of(texts()), stamp=stamp)
    assert running("new.md", "New", site).copy == said


def test_the_head_names_the_revision_where_it_is_known():
    site = replace(site_of(texts()), stamp=Stamp("x", REVISION))
    facts = {fact.name: fact for fact in _controlled(site)}
    assert facts["revision"].values[0].text == "0123456789ab of 2026-03-04"


# ---- in a real browser ----


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(handbook(
        tmp_path_factory.mktemp("print"), texts() | {"index.md": "# Home\n"}, theme={"name": "material", "font": False, "palette": [
            {"media": "(prefers-color-scheme: light)", "scheme": "default"},
            {"media": "(prefers-color-scheme: dark)", "scheme": "slate"}]},
        plugins=["search", {"handrail": {}}], markdown_extensions=["attr_list", {"pymdownx.tasklist": {"custom_checkbox": True}}],
    ))  # fmt: skip


@pytest.fixture(scope="module")
def printed(built: Built, browser: Browser) -> Iterator[Callable[..., list[str]]]:
    """Print a page; give a function that returns the words of each sheet."""
    page = browser.new_page()

    def sheets(path: str, **more: object) -> list[str]:
        page.goto((built.site / path).as_uri())
        made = page.pdf(**{"format": "A4", "print_background": True, **more})  # type: ignore[arg-type]  # options by name
        return words_of_sheets(made)

    yield sheets
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_sheet_says_which_document_it_is_of_how_many_and_whether_it_holds(paper: str, printed):
    sheets = printed("old.html", format=paper)

    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert 'Old "way" <3' in sheet
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "Superseded – see New way" in sheet
        assert "SUPERSEDED" in sheet
        assert "Bakery" in sheet
    assert "Approved by Shop lead" in sheets[0]
    assert "Not stated Effective" in sheets[0]


def test_what_is_in_force_says_nothing_of_it(printed):
    (sheet,) = printed("new.html")
    assert "Effective 2026-02-03" in sheet
    assert "SUPERSEDED" not in sheet


def test_ordinary_pages_are_numbered_too(printed):
    (sheet,) = printed("index.html")
    assert "Page 1 of 1" in sheet


def boxes(page: Page) -> list[str]:
    """Return the words beside each box that is drawn before a step."""
    return page.evaluate(
        """() => [...document.querySelectorAll('article *')].filter(one => ['::before', '::after'].some(where => {
            const style = getComputedStyle(one, where);
            return style.display === 'inline-block' && style.borderTopWidth === '1px' && style.content.startsWith('""');
        })).map(one => (one.closest('li, tr') || one).textContent.replace(/\\s+/g, ' ').trim().slice(0, 24))"""
    )


@pytest.mark.parametrize(
    ("path", "steps", "records"),
    [
        ("old.html", 2, 1),
        ("new.html", 2, 1),
        ("table.html", 2, 1),
        ("headings.html", 2, 1),
        ("several.html", 4, 0),
        ("process.html", 0, 0),
    ],
)
def test_each_step_has_one_box_and_each_record_a_place_for_initials(
    path: str, steps: int, records: int, built: Built, browser: Browser
):
    page = browser.new_page()
    page.goto((built.site / path).as_uri())
    assert boxes(page) == []
    assert (
        page.locator(".handrail-initials:visible, .handrail-controlled:visible, .handrail-watermark:visible").count()
        == 0
    )
    page.emulate_media(media="print")

    assert len(boxes(page)) == steps
    assert page.locator("article input[type=checkbox]:visible").count() == 0
    assert page.locator(".handrail-initials:visible").count() == records
    for place in page.locator(".handrail-initials").all():
        bounds = place.bounding_box()
        assert bounds is not None
        assert bounds["width"] > 60
    page.close()


def test_a_box_stands_at_the_action_and_not_at_the_warning_before_it(built: Built, browser: Browser):
    page = browser.new_page()
    page.goto((built.site / "old.html").as_uri())
    page.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('li[data-handrail-box] {}'), '{}').content"

    assert page.evaluate(style.format(".handrail-step-head", "::after")).startswith('""')
    page.close()


SMALL = """() => {
    const found = [], walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const one = text.parentElement, range = document.createRange();
        range.selectNodeContents(text);
        if (!text.data.trim() || !range.getClientRects().length || one.closest('svg, script, style, sup, sub')) continue;
        const size = parseFloat(getComputedStyle(one).fontSize) * 0.75;
        if (size < 7.95) found.push(`${size.toFixed(1)} ${one.className || one.tagName}: ${text.data.trim().slice(0, 30)}`);
    }
    return [...new Set(found)];
}"""


@pytest.mark.parametrize("path", [path.replace(".md", ".html") for path in PAGES])
def test_no_printed_word_is_smaller_than_eight_points(path: str, built: Built, browser: Browser):
    page = browser.new_page()
    page.goto((built.site / path).as_uri())
    page.emulate_media(media="print")
    assert page.evaluate(SMALL) == []
    page.close()


def test_where_nothing_is_typed_nothing_is_added(tmp_path: Path):
    plain = build(handbook(tmp_path, {"index.md": "# Home\n"}))
    assert not re.search("handrail", plain.text("index.html"))


@pytest.mark.parametrize("path", ["old.html", "headings.html", "table.html", "several.html"])
def test_axe_finds_nothing_serious_on_screen_in_the_dark_and_on_paper(
    path: str, built: Built, browser: Browser, axe: Callable[[Page], list[str]]
):
    found = []
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        page = browser.new_page(color_scheme=scheme)
        page.goto((built.site / path).as_uri())
        found += [f"{scheme}: {violation}" for violation in axe(page)]
        page.emulate_media(media="print")
        found += [f"{scheme}, print: {violation}" for violation in axe(page)]
        page.close()
    assert found == []
