"""The Content-Security-Policy: nothing of the site breaks under it, and nothing that is planted runs."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from handrail.cli import main
from handrail.policy import FORMS, Theme, as_header, known_scripts, material_theme, policy_of, with_allowed
from handrail.problems import HandrailError
from handrail.settings import loaded
from tests.building import Built, build, handbook
from tests.test_safety import PAGES, provoked

VIOLATIONS = """window.violations = [];
document.addEventListener('securitypolicyviolation', one =>
    top.violations.push(`${one.effectiveDirective} ${one.blockedURI} ${one.sample}`));"""

Serve = Callable[[Path, str, str], str]


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Serve a folder with a policy as a header, or in the head of each page; give its address."""
    servers = []

    def address(folder: Path, policy: str, meta: str = "") -> str:
        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

            def end_headers(self) -> None:
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                super().end_headers()

            def do_GET(self) -> None:
                file = Path(self.translate_path(self.path))
                if not meta or file.suffix != ".html":
                    return super().do_GET()
                data = file.read_bytes().replace(b"<head>", b"<head>" + meta.encode(), 1)
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                return None

        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield address
    for server in servers:
        server.shutdown()
        server.server_close()


def printed(config: Path, *more: str) -> str:
    """Return what `handrail csp` prints."""
    done = CliRunner().invoke(main, ["csp", "-f", str(config), *more])
    assert done.exit_code == 0, done.output
    return done.output


def header(config: Path) -> str:
    return printed(config).removeprefix("Content-Security-Policy: ").strip()


@pytest.fixture(scope="module")
def own(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """This handbook."""
    return build(root / "mkdocs.yml", site_dir=str(tmp_path_factory.mktemp("own")), strict=False)


def watched(browser: Browser) -> tuple[Page, list[str]]:
    page = browser.new_page()
    page.add_init_script(VIOLATIONS)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page, errors


@pytest.mark.parametrize("way", ["header", "meta"])
def test_no_page_of_this_handbook_breaks_the_policy(way: str, own: Built, root: Path, serve: Serve, browser: Browser):
    config = root / "mkdocs.yml"
    policy, meta = (header(config), "") if way == "header" else ("", printed(config, "--format", "meta"))
    address = serve(own.site, policy, meta)
    page, errors = watched(browser)
    of_each_folder = {path.rpartition("/")[0]: path for path in sorted(own.pages)}
    for path in sorted(own.pages) if way == "header" else of_each_folder.values():
        page.goto(address + path, wait_until="load")
        found = page.evaluate("violations")
        assert (found, errors) == ([], []), path
    page.close()


def test_search_runs_and_palettes_work_under_the_policy(own: Built, root: Path, serve: Serve, browser: Browser):
    page, errors = watched(browser)
    page.goto(serve(own.site, header(root / "mkdocs.yml"), "") + "handbook/procedures/roll-back-a-release.html")
    page.locator("[data-handrail=run] button").first.click()
    page.locator("article input[type=checkbox]:enabled").first.check()
    page.locator(".md-search__input").click()
    page.keyboard.type("release")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.evaluate("typeof __md_get") == "function"
    assert (page.evaluate("violations"), errors) == ([], [])
    page.close()


@pytest.mark.parametrize("flat", [True, False])
def test_the_policy_holds_every_inline_script_of_the_theme_at_every_depth(flat: bool, tmp_path: Path):
    pages = {f"{'a/' * depth}page.md": "# Page\n" for depth in range(6)} | {"index.md": "# Home\n"}
    features = ["content.tabs.link", "announce.dismiss", "navigation.instant"]
    config = handbook(tmp_path, pages, theme={"name": "material", "font": False, "features": features, "palette": {"toggle": {
        "icon": "material/brightness-7", "name": "x"}}}, plugins=["search", {"handrail": {}}], use_directory_urls=not flat,
        site_url="https://example.org/book/", extra={"consent": {"title": "x", "description": "y"}, "version": {"provider": "mike"}})  # fmt: skip
    built, said = build(config), header(config)
    written = {
        script for path in built.pages for script in re.findall(r"<script>(.*?)</script>", built.text(path), re.DOTALL)
    }
    assert len(written) > 8
    for script in written:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in said, script[:80]


def test_what_is_planted_does_not_run_under_the_policy(tmp_path: Path, serve: Serve, browser: Browser):
    config = handbook(tmp_path, PAGES, theme={"name": "material", "font": False}, plugins=["search", "tags", {"handrail": {}}],
                      markdown_extensions=["admonition", "attr_list", "md_in_html"])  # fmt: skip
    built = build(config)
    before = header(config)
    # A page that leads its reader away is no script: a policy does not stop it, `sanitize: strict` does.
    paths = [path for path in built.pages if "<img" not in path and path != "refresh.html"]
    page = browser.new_page()
    page.add_init_script(VIOLATIONS)
    open_to_all, under_policy = serve(built.site, "", ""), serve(built.site, before, "")
    acted = {name for path in paths for name in provoked(page, open_to_all + path, own=open_to_all)}
    assert {"script", "inline picture", "title", "file"} <= acted
    for path in paths:
        assert provoked(page, under_policy + path, own=under_policy) == [], path
    page.close()


def test_what_is_planted_changes_nothing_of_the_policy(tmp_path: Path):
    theme = {"name": "material", "font": False}
    clean = handbook(tmp_path / "clean", {"index.md": "# Home\n"}, theme=theme)
    planted = handbook(tmp_path / "planted", {"index.md": "# Home\n\n<script>alert(1)</script>\n"}, theme=theme)
    assert printed(clean) == printed(planted)


# ---- the pure functions ----

BARE = Theme(
    ("a()", 'b("{{ config.extra.scope | d(base_url) }}")', "c({{ unknown }})"),
    "https://unpkg.com/mermaid@11/dist/mermaid.min.js",
)


def test_scripts_are_known_at_each_depth_and_what_the_theme_makes_up_is_not():
    assert list(known_scripts({}, BARE, 2)) == ["a()", 'b(".")', 'b("..")', 'b("../..")', 'b("/")', 'b("")']
    assert list(known_scripts({"extra": {"scope": "/all/"}}, BARE, 2)) == ["a()", 'b("/all/")']


@pytest.mark.parametrize(
    ("config", "directive", "source"),
    [
        ({}, "style-src", "https://fonts.googleapis.com"),
        ({"repo_url": "https://github.com/a/b"}, "connect-src", "https://api.github.com"),
        ({"repo_url": "https://gitlab.example.org/a/b"}, "connect-src", "https://gitlab.example.org"),
        ({"extra_javascript": ["https://cdn.example.org/x.js?v=1;2"]}, "script-src", "https://cdn.example.org/x.js"),
        ({"extra_javascript": [{"path": "//cdn.example.org/y.mjs"}]}, "script-src", "https://cdn.example.org/y.mjs"),
        ({"extra_css": ["https://cdn.example.org/a b;c.css"]}, "style-src", "https://cdn.example.org/a%20b%3Bc.css"),
        ({"extra": {"polyfills": ["https://unpkg.com/x"]}}, "script-src", "https://unpkg.com/x"),
        ({"markdown_extensions": [{"pymdownx.superfences": {"custom_fences": [{"name": "mermaid"}]}}]}, "script-src",
         "https://unpkg.com/mermaid@11/dist/mermaid.min.js"),
    ],
)  # fmt: skip
def test_what_the_configuration_fetches_is_allowed(config: dict[str, Any], directive: str, source: str):
    assert source in policy_of(config, BARE, 0)[directive]
    assert source not in str(policy_of({"theme": {"font": False}}, BARE, 0))


def test_scripts_need_a_hash_and_nothing_else_runs():
    policy = policy_of({"theme": {"font": False}}, material_theme(None), 3)
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["default-src"] == ("'none'",)
    assert all(source == "'self'" or source.startswith("'sha256-") for source in policy["script-src"])


def test_every_form_holds_the_whole_policy():
    policy = with_allowed(
        policy_of({"theme": {"font": False}}, BARE, 1), ["img-src https://a.example", "frame-src https://b.example"]
    )
    said = as_header(policy).removeprefix("Content-Security-Policy: ").strip()
    assert "img-src 'self' data: https://a.example;" in said
    assert "frame-src https://b.example" in said
    for name, form in FORMS.items():
        written = html.unescape(form(policy))
        assert "script-src 'self' 'sha256-" in written
        assert ("frame-ancestors" in written) is (name != "meta")


@pytest.mark.parametrize("wrong", ["img-src", "picture-src https://a", "img-src a;b", 'img-src "', "img-src https://ü"])
def test_what_would_break_the_header_is_refused(wrong: str):
    with pytest.raises(HandrailError):
        with_allowed({"img-src": ("'self'",)}, [wrong])


def test_of_another_theme_the_scripts_are_not_known(tmp_path: Path):
    config = handbook(tmp_path, {"index.md": "# Home\n"}, theme="mkdocs")
    done = CliRunner().invoke(main, ["csp", "-f", str(config)])
    assert done.exit_code == 2
    assert "`material`" in done.stderr


def test_scripts_of_a_custom_folder_are_known(tmp_path: Path):
    config = handbook(
        tmp_path, {"index.md": "# Home\n"}, theme={"name": "material", "font": False, "custom_dir": "theme"}
    )
    (tmp_path / "theme/main.html").write_text(
        '{% extends "base.html" %}{% block extrahead %}<script>mine()</script>{% endblock %}'
    )
    theme = material_theme(tmp_path / "theme")
    assert "mine()" in theme.scripts
    assert loaded(config)["theme"]["custom_dir"] == "theme"
