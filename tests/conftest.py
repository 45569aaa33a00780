"""What every test can ask for: strangers' handbooks, expected outputs, the hosts, a browser, axe-core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser as browsers

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"

# Reports are told on lines of 80 columns, however wide the terminal is in which the tests run.
os.environ["COLUMNS"] = "80"

# A machine may be slow, so no example has a deadline; and a run in CI can be repeated as it was.
settings.register_profile("usual", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile("usual")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder with handbooks that nobody here wrote; without it the test is skipped."""
    folder = Path(os.environ.get("HANDRAIL_CORPORA") or ROOT.parent / "shared" / "corpora")
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; set HANDRAIL_CORPORA to the folder that holds them")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden; `make golden` writes it instead."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--golden-update"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert file.is_file(), f"tests/golden/{name} is missing: run `make golden`, then review it as a diff"
        expected = file.read_bytes().decode()
        assert text == expected, f"differs from tests/golden/{name}: if it should, run `make golden`"

    return compare


@pytest.fixture(scope="session")
def hosts() -> Path:
    """The folder with `mkdocs` and `properdocs`, installed together with the plugins of other people."""
    folder = ROOT / ".venv-hosts" / "bin"
    if not (folder / "properdocs").is_file():
        pytest.fail(f"no hosts at {folder}: run `make test`, which installs them")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, started once for all tests."""
    executable = browsers.executable()
    if executable is None:
        pytest.fail("no browser found: run `make test`, which installs one")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=browsers.flags())
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page that shares nothing with the pages of other tests."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Judge a page by axe-core; return its serious and critical violations, one line for each place."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{violation['impact']}: {violation['id']} at {node['target']}: {violation['help']}"
            for violation in found
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    return violations
