"""The themes that come with MkDocs, in a real browser: what Handrail adds can be read there too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.building import Built, build, handbook
from tests.test_plugin import BAKERY


@pytest.fixture(scope="module", params=["mkdocs", "readthedocs"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp(request.param)
    theme = {"name": request.param, "highlightjs": False}
    return build(handbook(folder, BAKERY, theme=theme, plugins=["search", "handrail"], use_directory_urls=False))


@pytest.fixture(scope="module")
def page(built: Built, browser: Browser) -> Page:
    """A page of a browser that fetches nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    return context.new_page()


def main(built: Built, page: Page, path: Path | str) -> Page:
    page.goto((built.site / path).as_uri())
    return page


def test_every_page_has_one_title(built: Built, page: Page):
    paths = [path for path in built.pages if path not in ("404.html", "search.html")]
    assert len(paths) > 10
    titles = {path: main(built, page, path).locator("h1").all_inner_texts() for path in paths}
    assert [path for path, found in titles.items() if len(found) != 1 or not found[0].strip()] == []


def test_what_is_for_paper_does_not_show(built: Built, page: Page):
    main(built, page, "bake.html")
    assert page.locator(".handrail-controlled").count() > 0
    assert page.locator(".handrail-controlled:visible").count() == 0
    assert page.locator("[role=main] svg.handrail-drawing:visible, [role=main] .handrail-flow svg:visible").count() <= 1


def test_what_the_eye_must_find_is_set_off(built: Built, page: Page):
    main(built, page, "bake.html")
    warning = page.locator("text=the door is hot").first
    colours = warning.evaluate(
        "start => { const found = []; for (let one = start; one && one.tagName !== 'OL'; one = one.parentElement)"
        " found.push(getComputedStyle(one).backgroundColor); return found; }"
    )
    assert any(colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)") for colour in colours)
