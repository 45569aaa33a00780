"""The site in a real browser: accessible, on a phone, in the dark, on paper, by keyboard, and without a script."""

from __future__ import annotations

import functools
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.building import Built, build, handbook
from tests.validity import broken_rules

PAGES = {
    "process": "handbook/make-a-release.html",
    "headings": "handbook/procedures/cut-a-release.html",
    "list": "handbook/procedures/roll-back-a-release.html",
    "tasks": "handbook/procedures/review-a-change.html",
    "table": "handbook/procedures/review-an-overdue-document.html",
    "several": "guide/steps.html",
    "labels": "guide/lines.html",
    "flow": "guide/flow.html",
    "roles of steps": "guide/roles.html",
    "day": "guide/example-day.html",
    "role": "handbook/roles/release-manager.html",
    "record": "handbook/records/release-record.html",
    "guide": "guide/facts.html",
    "home": "index.html",
    "registers": "handrail/index.html",
    "processes": "handrail/processes.html",
    "procedures": "handrail/procedures.html",
    "roles": "handrail/roles.html",
    "comparison": "guide/compare.html",
    "compare at will": "handrail/compare.html#items=release,cut-a-release,roll-back",
    "records": "handrail/records.html",
    "triggers": "handrail/triggers.html",
    "role that is made": "handrail/roles/baker.html",
    "reviews": "handrail/reviews.html",
    "processes by role": "handrail/raci.html",
    "hand-overs": "handrail/hand-overs.html",
    "records by role": "handrail/records-by-role.html",
    "competence": "handrail/competence.html",
    "clauses": "handrail/clauses.html",
    "register in a page": "guide/registers.html",
    "flow page": "handrail/flows/release.html",
    "flow of a procedure": "handrail/flows/roll-back-a-release.html",
    "landscape": "handrail/landscape.html",
    "blocks of flows": "guide/flows.html",
}
"""A page of each kind in this handbook."""

STRANGE = {
    "several.md": ("pagerduty-incident-response", "docs/during/during_an_incident.md", "procedure"),
    "sections.md": ("openregulatory-qms-templates", "templates/qms/capa/sop-capa.md", "procedure"),
    "table.md": ("openregulatory-qms-templates", "templates/qms/capa/sop-capa.md", "process"),
    "dated.md": ("rust-forge-procedures", "src/release/process.md", "procedure"),
    "fences.md": ("openshift-runbooks", "alerts/openshift-virtualization-operator/NoReadyVirtHandler.md", "procedure"),
    "subjects.md": ("publiccode-about", "activities/recruitment/hiring-process.md", "procedure"),
    "tasks.md": ("extra-comply-procedures", "themes/comply-soc2/procedures/patch.md", "procedure"),
}
"""Pages that nobody here wrote, one of each kind."""

WIDTHS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light")}


@dataclass(slots=True)
class Site:
    """A built site that is served to the browser."""

    built: Built
    address: str
    typed: list[str] = field(default_factory=list)
    """The pages that hold steps."""

    def __post_init__(self) -> None:
        self.typed = [path for path in self.built.pages if 'data-handrail="step"' in self.built.text(path)]


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on this machine alone; give a function that returns a folder's address."""
    servers = []

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    def address(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield address
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(root: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This handbook."""
    built = build(root / "mkdocs.yml", site_dir=str(tmp_path_factory.mktemp("site")), repo_url="https://forge.example/a/b",
                  edit_uri="edit/main/content/", strict=False)  # fmt: skip
    return Site(built, serve(built.site))


@pytest.fixture(scope="session")
def strange(corpora: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A page of each kind from handbooks of other people."""
    folder = tmp_path_factory.mktemp("strange")
    (folder / "docs").mkdir()
    for name, (corpus, path, _) in STRANGE.items():
        shutil.copy(corpora / corpus / "files" / path, folder / "docs" / name)
    kinds: dict[str, Any] = {name: kind for name, (_, _, kind) in STRANGE.items()}
    kinds["dated.md"] = {"kind": "procedure", "steps": "headings"}
    built = build(handbook(folder, {"index.md": "# Home\n"}, theme={"name": "material", "font": False, "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default"},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate"}]}, plugins=["search", {"handrail": {"kinds": kinds}}],
        markdown_extensions=["admonition", "attr_list", {"toc": {"permalink": True}}]))  # fmt: skip
    return Site(built, serve(built.site))


def opened(browser: Browser, address: str, width: int = 1280, scheme: Any = "light", **more: Any) -> Page:
    """Open a page in a window of its own; whoever asks closes its context."""
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more).new_page()
    page.goto(address, wait_until="load")
    return page


def strip(page: Page) -> None:
    """Take pictures away that the copied pages of strangers point at and that are not there."""
    page.evaluate("document.querySelectorAll('article img').forEach(image => image.remove())")


# ---- HTML ----

HOST = ("nothing has the id '__toc'",)
"""What the theme's own page breaks where it shows no contents."""


def test_every_page_is_sound_html(site: Site):
    found = {path: set(broken_rules(data.decode())) - set(HOST) for path, data in site.built.pages.items()}

    assert {path: broken for path, broken in found.items() if broken} == {}


def test_pages_of_others_are_sound_html(strange: Site):
    """All but one, whose author wrote a table in HTML into an admonition: Python-Markdown puts paragraphs into it."""
    found = {path: broken_rules(data.decode()) for path, data in strange.built.pages.items() if path != "several.html"}

    assert {path: broken for path, broken in found.items() if broken} == {}


# ---- axe-core ----


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_serious(kind: str, site: Site, browser: Browser, axe: Callable[[Page], list[str]]):
    found = []
    for name, (width, scheme) in WIDTHS.items():
        page = opened(browser, site.address + PAGES[kind], width, scheme)
        found += [f"{name}: {violation}" for violation in axe(page)]
        page.context.close()
    assert found == []


@pytest.mark.parametrize("name", STRANGE)
def test_axe_finds_nothing_serious_on_pages_of_others(
    name: str, strange: Site, browser: Browser, axe: Callable[[Page], list[str]]
):
    found = []
    for setting, (width, scheme) in WIDTHS.items():
        page = opened(browser, strange.address + name.replace(".md", ".html"), width, scheme)
        assert page.locator("[data-handrail=step]").count() > 0
        strip(page)
        found += [f"{setting}: {violation}" for violation in axe(page)]
        page.context.close()
    assert found == []


@pytest.mark.parametrize("kind", ["list", "headings", "tasks", "table", "several"])
def test_axe_finds_nothing_serious_while_steps_are_ticked_off(
    kind: str, site: Site, browser: Browser, axe: Callable[[Page], list[str]]
):
    found = []
    for name, (width, scheme) in WIDTHS.items():
        page = opened(browser, site.address + PAGES[kind], width, scheme)
        page.locator("[data-handrail=run] button").first.click()
        boxes = page.locator("article input[type=checkbox]:enabled")
        assert boxes.count() >= 2
        boxes.first.check()
        found += [f"{name}: {violation}" for violation in axe(page)]
        page.context.close()
    assert found == []


# ---- widths ----


def wide(page: Page) -> list[str]:
    """Return what makes the page wider than its window; scrolling inside an element of its own is fine."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [`${document.documentElement.scrollWidth}: `, ...[...document.querySelectorAll('article *')]
        .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
        .map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`).slice(0, 5)]"""
    )


def test_no_page_scrolls_sideways(site: Site, strange: Site, browser: Browser):
    page = opened(browser, site.address, 390)
    found = {}
    for whose in (site, strange):
        for path in whose.built.pages:
            page.goto(whose.address + path, wait_until="domcontentloaded")
            for width in (390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                if too_wide := wide(page):
                    found[f"{path} at {width}"] = too_wide
    page.context.close()
    assert found == {}


# ---- the keyboard ----


@pytest.mark.parametrize("kind", ["list", "headings", "tasks", "table", "day"])
def test_every_link_to_a_step_is_reached_by_keyboard_and_seen(kind: str, site: Site, browser: Browser):
    page = opened(browser, site.address + PAGES[kind])
    wanted = page.eval_on_selector_all(".handrail-permalink", "links => links.map(link => link.getAttribute('href'))")
    assert len(wanted) > 1
    page.evaluate("() => { const title = document.querySelector('h1'); title.tabIndex = -1; title.focus(); }")
    reached = []
    for _ in range(300):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
            let seen = 1;
            for (let up = one; up; up = up.parentElement) seen *= Number(getComputedStyle(up).opacity);
            return {inside: !!one.closest('article'), href: one.getAttribute('href'), link: one.matches('.handrail-permalink'),
            seen: seen > 0.9 && style.visibility == 'visible' && box.width > 4,
            ring: style.outlineStyle != 'none' || style.boxShadow != 'none'}; }"""
        )
        if focused["link"]:
            assert focused["seen"], focused
            assert focused["ring"], focused
            reached.append(focused["href"])
        if len(reached) == len(wanted):
            break
    assert reached == wanted
    page.keyboard.press("Enter")
    assert page.evaluate("decodeURIComponent(location.hash)") == wanted[-1]
    page.context.close()


def test_a_run_is_begun_and_ticked_by_keyboard_alone(site: Site, browser: Browser):
    page = opened(browser, site.address + PAGES["list"])
    begin = page.locator("[data-handrail=run] button").first
    begin.focus()
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('article input[type=checkbox]')"):
            break
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.checked")
    page.reload(wait_until="load")
    assert page.locator("article input[type=checkbox]:checked").count() == 1
    page.context.close()


# ---- without a script ----

CONTROLS = ", ".join(f"article {one}:visible" for one in (
    "button", "select", "textarea", "[role=button]", "input:not([type=checkbox])", "input:enabled", "[data-handrail=run]"))  # fmt: skip
"""What does nothing without a script."""


def test_everything_is_there_without_a_script(site: Site, browser: Browser):
    with_it, without = opened(browser, site.address), opened(browser, site.address, java_script_enabled=False)

    def words(page: Page) -> list[str]:
        added = "[data-handrail=run], [data-handrail=table-tools], .handrail-overdue-word, .handrail-compare-tool, .handrail-compare-here"
        page.evaluate(f"document.querySelectorAll('{added}').forEach(one => one.remove())")
        return page.locator("article").inner_text().split()

    for path in PAGES.values():
        for page in (with_it, without):
            page.goto(site.address + path, wait_until="load")
        assert without.locator(CONTROLS).all_inner_texts() == [], path
        assert words(without) == words(with_it), path
    for page in (with_it, without):
        page.context.close()


def test_steps_can_be_followed_without_a_script(site: Site, browser: Browser):
    page = opened(browser, site.address + PAGES["list"], java_script_enabled=False)
    page.locator(".handrail-permalink").nth(1).click()
    assert page.url.partition("#")[2]
    page.locator("[data-handrail=home] a").first.click()
    assert page.locator("[data-handrail=activities]").is_visible()
    page.context.close()


# ---- paper ----

CHANGED = "() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))"
"""Waits until colours that change by degrees have changed."""

PALE = """() => {
    const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(v => v / 255)
        .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const onPaper = colour => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
        return `rgb(${[r, g, b].map(v => v * a + 255 * (1 - a)).join(',')})`; };
    const texts = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT), found = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const one = text.parentElement;
        if (!text.data.trim() || !one.checkVisibility() || one.closest('pre, code, script, style')) continue;
        const ratio = 1.05 / (light(onPaper(getComputedStyle(one).color)) + 0.05);
        if (ratio < 4.5) found.push(`${ratio.toFixed(1)} ${one.className || one.tagName}: ${text.data.trim().slice(0, 40)}`);
    }
    return [...new Set(found)];
}"""
"""What would be pale on white paper, where browsers leave out backgrounds."""


@pytest.mark.parametrize(
    "kind",
    [
        "process",
        "list",
        "headings",
        "tasks",
        "table",
        "several",
        "labels",
        "procedures",
        "triggers",
        "flow page",
        "landscape",
    ],
)
def test_on_paper_navigation_is_gone_and_steps_are_legible(kind: str, site: Site, browser: Browser):
    page = opened(browser, site.address + PAGES[kind], scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(CHANGED)

    for gone in (".md-header", ".md-sidebar", ".md-footer", ".md-top", ".headerlink", ".handrail-permalink", ".handrail-wrong",
                 "[data-handrail=run]", "[data-handrail=table-tools]"):  # fmt: skip
        assert page.locator(f"{gone}:visible").count() == 0, gone
    steps = page.locator("[data-handrail=step]")
    for number in range(steps.count()):
        assert steps.nth(number).is_visible()
    assert page.evaluate(PALE) == []
    page.emulate_media(media="print", color_scheme="light")
    page.evaluate(CHANGED)
    assert page.evaluate(PALE) == []
    assert page.evaluate("document.querySelector('article').scrollWidth <= document.documentElement.clientWidth")
    page.context.close()


SEEN_AS = """words => [...document.querySelectorAll('article *')].filter(one => !one.closest('pre') && one.checkVisibility()
    && [...one.childNodes].some(text => text.nodeType === 3 && text.data.includes(words))).map(one => one.className)"""
"""Where words are seen that are no example of what to write."""


@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_warning_is_read_once_and_before_the_action(media: str, site: Site, browser: Browser):
    page = opened(browser, site.address + PAGES["labels"])
    page.emulate_media(media=media)  # type: ignore[arg-type]  # one of its words
    warnings = page.locator(".handrail-warning")
    assert warnings.count() > 0
    for number in range(warnings.count()):
        said = warnings.nth(number).inner_text().split(" ", 1)[1]
        assert page.evaluate(SEEN_AS, said) == ["handrail-warning"]
    page.context.close()


def test_the_numbers_of_steps_are_printed(site: Site, browser: Browser):
    page = opened(browser, site.address + PAGES["list"])
    page.emulate_media(media="print")
    kinds = page.eval_on_selector_all("article ol > li[data-handrail=step]", "items => items.map(item => "
                                      "getComputedStyle(item).listStyleType + ' ' + getComputedStyle(item).display)")  # fmt: skip

    assert set(kinds) == {"decimal list-item"}
    assert len(page.pdf()) > 10_000
    page.context.close()


# ---- what the browser says and asks for ----


def watched(page: Page) -> tuple[list[str], list[str]]:
    """Gather the errors of a page and all that it asks for."""
    errors: list[str] = []
    asked: list[str] = []
    page.on(
        "console",
        lambda said: errors.append(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    return errors, asked


def test_no_page_has_an_error_or_asks_for_anything_elsewhere(site: Site, page: Page):
    errors, asked = watched(page)
    for path in site.built.pages:
        page.goto(site.address + path, wait_until="load")
    page.goto(site.address + PAGES["list"], wait_until="networkidle")
    page.locator("[data-handrail=run] button").first.click()

    assert errors == []
    assert [address for address in asked if not address.startswith(site.address)] == []
    assert any("handrail-all.js" in address for address in asked)


def test_it_opens_from_a_disk_without_a_server(site: Site, page: Page):
    errors, asked = watched(page)
    folder = site.built.site.as_uri()
    page.goto(f"{folder}/{PAGES['process']}", wait_until="load")
    page.locator("[data-handrail=activities] tbody a").first.click()
    page.goto(f"{folder}/{PAGES['list']}", wait_until="load")
    page.locator("[data-handrail=run] button").first.click()
    page.locator("article input[type=checkbox]:enabled").first.check()

    assert [error for error in errors if "handrail" in error.casefold()] == []
    assert [address for address in asked if not address.startswith(folder)] == []


def test_a_step_that_is_wrong_leads_to_its_line(site: Site, root: Path, page: Page):
    page.goto(site.address + PAGES["list"])
    links = page.eval_on_selector_all(".handrail-wrong", "links => links.map(link => link.href)")
    source = (root / "content" / PAGES["list"].replace(".html", ".md")).read_text(encoding="utf-8").split("\n")

    assert len(links) == page.locator("[data-handrail=step]").count()
    for link in links:
        found = re.fullmatch(r"https://forge\.example/a/b/blob/main/content/handbook/procedures/roll-back-a-release\.md\?plain=1#L(\d+)", link)  # fmt: skip
        assert found is not None, link
        assert re.match(r"\s*(?:\d+\.|[-*]|#)", source[int(found[1]) - 1]), link


def test_the_link_to_a_step_stands_where_the_step_is(site: Site, page: Page):
    """Following a link to a step shows the step, not behind the bar at the top."""
    for kind in ("list", "headings", "table"):
        page.goto(site.address + PAGES[kind], wait_until="load")
        for anchor in page.eval_on_selector_all(".handrail-permalink", "links => links.map(link => link.hash)")[-2:]:
            page.goto(f"{site.address}{PAGES[kind]}{anchor}", wait_until="load")
            page.wait_for_timeout(150)
            top, bar = page.evaluate(
                """hash => [document.getElementById(decodeURIComponent(hash.slice(1))).getBoundingClientRect().top,
                document.querySelector('.md-header').getBoundingClientRect().bottom]""", anchor)  # fmt: skip
            assert top >= bar - 2, f"{kind} {anchor}: {top} is behind the bar, which ends at {bar}"
            assert top < 900


# ---- runs over several pages and tabs ----


@pytest.fixture(scope="module")
def instant(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two procedures under a theme that loads pages in place."""
    folder = tmp_path_factory.mktemp("instant")
    address = serve(folder / "site")
    page = "---\nhandrail: {{kind: procedure}}\n---\n# {0}\n\n**Owner:** Baker\n\n[Other]({1}.md)\n\n## Steps\n\n1. Weigh\n2. Knead\n"
    pages = {"index.md": "# Home\n", "a.md": page.format("First", "b"), "b.md": page.format("Second", "a")}
    build(handbook(folder, pages, theme={"name": "material", "font": False, "features": ["navigation.instant"]},
                   site_url=address, site_dir=str(folder / "site"), plugins=["search", "handrail"]))  # fmt: skip
    return address


def test_runs_live_on_where_pages_are_loaded_in_place(instant: str, page: Page):
    page.goto(instant + "a.html")
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Tick off the steps").click()
    page.get_by_role("checkbox", name="Weigh").check()
    page.get_by_role("link", name="Other").click()
    page.wait_for_selector("h1:has-text('Second')")
    page.get_by_role("button", name="Tick off the steps").click()
    assert page.get_by_role("checkbox").count() == 2
    page.get_by_role("checkbox", name="Knead").check()
    page.go_back()
    page.wait_for_selector("h1:has-text('First')")

    assert page.evaluate("window.stayed") is True
    assert page.get_by_text("1 of 2 done").count() == 1
    assert page.get_by_role("checkbox", name="Weigh").is_checked()
    assert not page.get_by_role("checkbox", name="Knead").is_checked()


def test_a_fact_that_stands_under_the_title_is_read_once(instant: str, page: Page):
    page.goto(instant + "a.html")

    written = page.locator("article p", has_text="Owner: Baker")
    assert page.locator(".handrail-fact", has_text="Baker").is_visible()
    assert not written.is_visible()
    page.evaluate("document.querySelectorAll('.handrail-fact').forEach(fact => fact.remove())")
    assert written.is_visible(), "where the block does not say it, the author's line does"


def test_two_tabs_show_the_same_run(instant: str, page: Page):
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(instant + "a.html")
    page.get_by_role("button", name="Tick off the steps").click()
    page.get_by_role("checkbox", name="Knead").check()

    other.get_by_text("1 of 2 done").wait_for()
    assert other.get_by_role("checkbox", name="Knead").is_checked()
    other.get_by_role("checkbox", name="Weigh").check()
    page.get_by_text("2 of 2 done").wait_for()
    other.get_by_role("button", name="End", exact=True).click()  # nothing is asked, since all is done
    page.get_by_role("button", name="Tick off the steps").wait_for()


def test_an_unfinished_run_is_not_ended_by_one_click(instant: str, page: Page):
    page.goto(instant + "a.html")
    page.get_by_role("button", name="Tick off the steps").click()
    page.get_by_role("checkbox", name="Weigh").check()
    page.get_by_role("button", name="End", exact=True).click()
    assert page.get_by_text("Forget these ticks?").count() == 1
    page.keyboard.press("Enter")  # the answer that loses nothing is the one at hand
    assert page.get_by_role("checkbox", name="Weigh").is_checked()
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="Yes").click()
    page.get_by_role("button", name="Tick off the steps").wait_for()
