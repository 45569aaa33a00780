"""Open pages of a copy from the disk in a browser: what it takes until one is there, and until the search answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WORD = "order"
"""A word that many pages of the handbook that is measured hold."""
_PATIENCE = 60_000
"""How many milliseconds the search may take at most."""


def opening_seconds(copy: Path, rounds: int) -> Iterator[tuple[float, float]]:
    """Yield, for each of some pages, the CPU seconds until it is loaded, and from the first key to the search's answer.

    Those are of all threads that show pages, so that on a machine with nothing else to do the clock shows less. Each
    page is opened in a context of its own, so that nothing is remembered. Nothing where there is no browser.
    """
    sys.path.append(str(ROOT))
    from playwright.sync_api import sync_playwright

    from tests.browser import executable, flags

    program = executable()
    if program is None:
        return
    pages = sorted(path for path in copy.rglob("*.html") if b"<article" in path.read_bytes())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=flags())
        processes = browser.new_browser_cdp_session()
        for path in pages[len(pages) // (2 * rounds) :: max(1, len(pages) // rounds)][:rounds]:
            context = browser.new_context()
            page = context.new_page()
            begun = _used(processes)
            page.goto(path.resolve().as_uri(), wait_until="load")
            opened = _used(processes)
            page.keyboard.press("/")
            page.keyboard.type(WORD)
            page.wait_for_selector(".md-search-result__item a", timeout=_PATIENCE)
            yield opened - begun, _used(processes) - opened
            context.close()
        browser.close()


def _used(processes: Any) -> float:
    """Return the CPU seconds that the processes that show pages have used."""
    found = processes.send("SystemInfo.getProcessInfo")["processInfo"]
    return float(sum(process["cpuTime"] for process in found if process["type"] == "renderer"))
