"""Copies in a real browser, opened from the disk with the network cut: this handbook, and each of the six others."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from handrail.cli import main
from tests.copies import pages_of, search, watched, words_to_find
from tests.sheets import words_of_sheets
from tests.test_corpora import CORPORA

OWN = "this handbook"
QUICK = (OWN, "extra-comply-procedures", "openshift-runbooks")
"""Those that are opened at every run; the others take minutes, and `make test-all` opens them too."""
NAMES = [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow, id=name) for name in (OWN, *CORPORA)]


@pytest.fixture(scope="session")
def copies(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give a function that exports a handbook by its name, each once, and returns the copy's folder."""
    made: dict[str, Path] = {}

    def copy(name: str, corpora: Path | None) -> Path:
        if name not in made:
            out = tmp_path_factory.mktemp("copies") / "copy"
            done = CliRunner().invoke(main, ["export", str(out), *_source(name, root, corpora)])
            assert done.exit_code == 0, done.output
            made[name] = out
        return made[name]

    return copy


def _source(name: str, root: Path, corpora: Path | None) -> list[str]:
    if corpora is None:
        return ["-f", str(root / "mkdocs.yml"), "--strict"]
    kinds = {pattern: kind for pattern, kind in CORPORA[name].kinds.items() if isinstance(kind, str)}
    folder = corpora / name / CORPORA[name].docs
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}")
    return ["--docs", str(folder), *(part for glob, kind in kinds.items() for part in ("--kind", f"{glob}={kind}"))]


@pytest.fixture(params=NAMES)
def copy(request: pytest.FixtureRequest, copies: Any) -> Path:
    """The copy of each handbook, in turn."""
    own = request.param == OWN
    return Path(copies(request.param, None if own else request.getfixturevalue("corpora")))


def test_every_page_opens_without_a_request_and_without_a_complaint(copy: Path, browser: Browser):
    with watched(browser) as seen:
        for path in pages_of(copy):
            page = seen.open((copy / path).as_uri())
            boxes = page.evaluate(TICK)
            assert boxes["ticked"] == boxes["steps"], path
    assert seen.away == []
    assert seen.complaints == []
    assert [line for line in seen.lost if "ERR_ABORTED" not in line] == []


TICK = """() => {
  const blocks = [...document.querySelectorAll('[data-handrail="run"]')];
  blocks.forEach(block => block.querySelector('[data-handrail-do="begin"]')?.click());
  const boxes = [...document.querySelectorAll('[data-handrail="tick"] input')];
  boxes.forEach(box => box.click());
  const ticked = [...document.querySelectorAll('[data-handrail="tick"] input')].filter(box => box.checked).length;
  const shown = blocks.filter(block => block.querySelector('progress')).map(block => block.dataset.handrailDocument);
  const steps = [...document.querySelectorAll('[data-handrail="step-foot"]')]
    .filter(mark => shown.includes(mark.dataset.handrailDocument)).length;
  localStorage.clear();
  return {ticked, steps};
}"""
"""Begins every run of a page and ticks every box; returns how many boxes are ticked, and how many steps there are."""


def test_the_search_finds_a_word_of_every_tenth_page(copy: Path, browser: Browser):
    wanted = words_to_find(copy, 10)
    pages = pages_of(copy)
    start = "index.html" if "index.html" in pages else pages[0]
    missed = []
    with watched(browser) as seen:
        for path, word in wanted:
            page = seen.open((copy / start).as_uri())
            if not any(path in address for address in search(page, word)):
                missed.append((path, word))
    assert wanted
    assert missed == []
    assert seen.away == []
    assert seen.complaints == []


def test_every_flow_is_drawn(copy: Path, browser: Browser):
    with watched(browser) as seen:
        for path in sorted(path.relative_to(copy).as_posix() for path in copy.glob("handrail/flows/*.html")):
            page = seen.open((copy / path).as_uri())
            assert page.evaluate(DRAWN), path


DRAWN = """() => [...document.querySelectorAll('article svg [data-step]')].filter(
  node => node.getBoundingClientRect().width > 0).length > 0"""
"""Whether a flow with at least one step is to be seen."""

DIAGRAM = """# Drawn

```mermaid
graph LR; A[Mix] --> B[Bake]
```

=== "First"

    One.

=== "Second"

    Two.

```sh
echo copied
```
"""


def test_diagrams_of_authors_tabs_and_copy_buttons_work(tmp_path: Path, browser: Browser):
    fence = "!!python/name:pymdownx.superfences.fence_code_format"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(DIAGRAM, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Bakery\ntheme: {name: material, features: [navigation.instant, content.code.copy]}\n"
        "plugins: [search, handrail]\nrepo_url: https://github.com/a/b\nmarkdown_extensions:\n"
        "  - pymdownx.tabbed: {alternate_style: true}\n  - pymdownx.superfences:\n      custom_fences:\n"
        f"        - {{name: mermaid, class: mermaid, format: {fence} }}\n", encoding="utf-8")  # fmt: skip
    done = CliRunner().invoke(main, ["export", str(tmp_path / "out"), "-f", str(tmp_path / "mkdocs.yml")])
    assert done.exit_code == 0, done.output
    with watched(browser) as seen:
        page = seen.open((tmp_path / "out" / "index.html").as_uri())
        page.wait_for_selector("div.mermaid", timeout=20_000)
        assert page.evaluate("document.querySelector('div.mermaid').getBoundingClientRect().height") > 20
        assert page.locator("pre.mermaid").count() == 0
        page.get_by_text("Second").click()
        assert page.get_by_text("Two.").is_visible()
        assert page.locator("button.md-code__button[title='Copy to clipboard']").count() == 1
    assert (seen.away, seen.complaints) == ([], [])

    one = tmp_path / "one.html"
    done = CliRunner().invoke(main, ["export", str(one), "-f", str(tmp_path / "mkdocs.yml"), "--single", "all"])
    assert done.exit_code == 0, done.output
    with watched(browser) as seen:
        page = seen.open(one.as_uri())
        page.wait_for_selector("div.mermaid svg", timeout=20_000)
        page.get_by_text("Second").click()
        assert page.get_by_text("Two.").is_visible()
    assert (seen.away, seen.complaints) == ([], [])


# ---- on a host ----


@pytest.fixture
def hosted(copy: Path) -> Iterator[Any]:
    """Serve a copy under a path below the root, with headers; give its address for each."""
    servers = []

    class Quiet(SimpleHTTPRequestHandler):
        policy = ""

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def translate_path(self, path: str) -> str:
            """Serve below `/deep/er/`, and nothing above."""
            inside = path.startswith("/deep/er/")
            return super().translate_path(path.removeprefix("/deep/er")) if inside else "/nowhere"

        def end_headers(self) -> None:
            """Send the policy."""
            if self.policy:
                self.send_header("Content-Security-Policy", self.policy)
            super().end_headers()

    def address(policy: str) -> str:
        handler = type("Handler", (Quiet,), {"policy": policy})
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(copy)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/deep/er/"

    yield address
    for server in servers:
        server.shutdown()
        server.server_close()


def _some(paths: list[str]) -> list[str]:
    """Return about a dozen pages, from all over a copy."""
    return paths[:: max(1, len(paths) // 12)]


def test_under_a_path_of_a_host_everything_is_found(copy: Path, hosted: Any, browser: Browser):
    address = hosted("")
    lost: list[str] = []
    page = browser.new_context().new_page()
    page.on("response", lambda response: lost.append(response.url) if response.status >= 400 else None)
    page.on("request", lambda request: None if request.url.startswith(address) else lost.append(request.url))
    for path in _some(pages_of(copy)):
        page.goto(address + path, wait_until="load")
    page.context.close()
    assert [url for url in lost if not url.startswith(("data:", "blob:")) and not url.endswith("sitemap.xml")] == []


def test_where_scripts_are_forbidden_everything_is_readable(copy: Path, hosted: Any, browser: Browser):
    address = hosted("script-src 'none'")
    page = browser.new_context().new_page()
    for path in _some(pages_of(copy)):
        page.goto(address + path, wait_until="load")
        whole, seen = page.evaluate(READABLE)
        assert seen >= 0.9 * whole, (path, whole, seen)
    page.context.close()


READABLE = """() => {
  const article = document.querySelector('article');
  const texts = [...article.querySelectorAll('h1, h2, h3, p, li, td, th, dt, dd')].filter(
    it => it.textContent.trim() && !it.closest('details:not([open]), [hidden], .handrail-controlled, .handrail-sheet, [data-handrail=running]'));
  const seen = texts.filter(it => it.checkVisibility());
  return [texts.length, seen.length];
}"""
"""How many pieces of text a page holds, and how many are to be seen; those for paper alone are left out."""


# ---- one file ----


@pytest.mark.parametrize("single", ["roll-back-a-release", "all"])
def test_one_file_works_on_a_phone(single: str, root: Path, tmp_path: Path, browser: Browser):
    out = tmp_path / "one.html"
    done = CliRunner().invoke(main, ["export", str(out), "-f", str(root / "mkdocs.yml"), "--single", single])
    assert done.exit_code == 0, done.output
    asked: list[str] = []
    with watched(browser, viewport={"width": 390, "height": 844}) as seen:
        seen.page.on("request", lambda request: asked.append(request.url))
        page = seen.open(out.as_uri())
        boxes = page.evaluate(ONE)
        page.fill(".handrail-single-search", "yank package")
        page.locator("#handrail-found a").first.click()
        sheets = words_of_sheets(page.pdf(prefer_css_page_size=True)) if single != "all" else []
    assert [url for url in asked if not url.startswith("data:")] == [out.as_uri()]
    assert (seen.away, seen.complaints) == ([], [])
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "Roll back a release" in sheet
        assert "Uncontrolled copy." in sheet
    assert boxes["width"] <= 390
    assert boxes["twice"] == []
    assert boxes["dead"] == []
    assert boxes["relative"] == []
    assert boxes["drawn"]
    assert boxes["ticked"] == boxes["boxes"] > 5


ONE = """() => {
  document.querySelectorAll('[data-handrail-do="begin"]').forEach(button => button.click());
  const boxes = [...document.querySelectorAll('[data-handrail="tick"] input')];
  boxes.forEach(box => box.click());
  const ids = [...document.querySelectorAll('[id]')].map(it => it.id);
  const links = [...document.querySelectorAll('[href], [src]')].map(it => it.getAttribute('href') || it.getAttribute('src'));
  return {
    width: document.documentElement.scrollWidth,
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    dead: links.filter(to => to.startsWith('#') && !document.getElementById(decodeURIComponent(to.slice(1)))),
    relative: links.filter(to => !/^(#|https?:|data:|mailto:)/.test(to)),
    drawn: [...document.querySelectorAll('svg [data-step]')].some(node => node.getBoundingClientRect().width > 0),
    boxes: boxes.length,
    ticked: boxes.filter(box => box.checked).length,
  };
}"""


# ---- a run as a file ----

PROCEDURE = "handbook/procedures/roll-back-a-release.html"


def test_a_run_is_saved_and_taken_up_elsewhere(root: Path, copies: Any, tmp_path: Path, browser: Browser):
    address = (copies("this handbook", None) / PROCEDURE).as_uri()
    with watched(browser, accept_downloads=True) as seen:
        page = seen.open(address)
        page.click('[data-handrail-do="begin"]')
        page.locator('[data-handrail="tick"] input').first.check()
        with page.expect_download() as download:
            page.click('[data-handrail-do="save"]')
        download.value.save_as(tmp_path / "run.txt")
        assert seen.complaints == []
    said = (tmp_path / "run.txt").read_text(encoding="utf-8")
    lines = said.splitlines()
    assert lines[:2] == ["Unsigned aid, not a record.", "Run of Roll back a release"]
    assert "document: roll-back-a-release" in lines
    assert [line[:3] for line in lines if line.startswith("[")][:2] == ["[x]", "[ ]"]
    assert [line for line in lines if line.startswith("revision: ")]

    def ticked(file: str) -> tuple[int, int, str]:
        (tmp_path / "given.txt").write_text(file, encoding="utf-8")
        with watched(browser) as other:
            page = other.open(address)
            with page.expect_file_chooser() as chooser:
                page.click('[data-handrail-do="load"]')
            chooser.value.set_files(tmp_path / "given.txt")
            page.wait_for_selector('[data-handrail="run"] [role="status"]')
            boxes = page.locator('[data-handrail="tick"] input:checked').count()
            changed = page.locator('[data-handrail="changed"]').count()
            return boxes, changed, page.locator('[data-handrail="run"]').inner_text()

    assert ticked(said)[:2] == (1, 0)
    assert ticked(said.replace("steps: ", "steps: 0"))[:2] == (1, 1)
    boxes, _, text = ticked(said.replace("document: roll-back", "document: roll-on"))
    assert (boxes, "This file holds no run of this procedure." in text) == (0, True)
    assert ticked("<script>1</script>")[0] == 0


@pytest.mark.parametrize("path", [PROCEDURE, "index.html"])
def test_axe_finds_nothing_serious_in_a_copy(path: str, copies: Any, browser: Browser, axe: Any):
    found: list[str] = []
    looks: tuple[tuple[Any, Any, int], ...] = (
        ("light", "screen", 1280), ("dark", "screen", 1280), ("light", "print", 800), ("light", "screen", 390))  # fmt: skip
    for scheme, media, width in looks:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto((copies("this handbook", None) / path).as_uri())
        page.emulate_media(media=media, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('[data-handrail=old]').forEach(it => { it.hidden = false; })")
        found += [f"{scheme} {media} {width}: {violation}" for violation in axe(page)]
        context.close()
    assert found == []
