"""Copies opened in a real browser from the disk, with every request and every complaint of the browser noted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route


@dataclass(slots=True)
class Watched:
    """A page of the browser, and what it did."""

    page: Page
    away: list[str] = field(default_factory=list)
    """Requests to anything but a file of this disk, with the page that made them."""
    complaints: list[str] = field(default_factory=list)
    """Errors on the console, and scripts that failed."""
    lost: list[str] = field(default_factory=list)
    """Files that were asked for and are not there."""

    def open(self, address: str) -> Page:
        """Open an address."""
        self.page.goto(address, wait_until="load")
        return self.page


@contextmanager
def watched(browser: Browser, **more: Any) -> Iterator[Watched]:
    """Give a page that no request leaves; `more` goes to its context."""
    context = browser.new_context(**more)
    page = context.new_page()
    seen = Watched(page)

    def stop(route: Route, request: Request) -> None:
        if request.url.startswith(("file:", "data:", "blob:", "about:")):
            route.continue_()
        else:
            seen.away.append(f"{page.url}: {request.url}")
            route.abort()

    def complaint(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.complaints.append(f"{page.url}: {message.text}")

    context.route("**/*", stop)
    page.on("console", complaint)
    page.on("pageerror", lambda error: seen.complaints.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: seen.lost.append(f"{page.url}: {request.url} {request.failure}"))
    yield seen
    context.close()


def pages_of(copy: Path) -> list[str]:
    """Return the pages of a copy, in order, without a first page that only leads to another one."""
    pages = (path for path in copy.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes())
    return sorted(path.relative_to(copy).as_posix() for path in pages)


WHOLE_WORD = re.compile(r"(?<!\S)[a-zA-Z]{4,20}(?=[.,;:!?]?(?:\s|\Z))")
"""A word that stands by itself: the theme's search knows no part of an address or of a name made of words."""


def words_to_find(copy: Path, every: int) -> list[tuple[str, str]]:
    """Return the address of every so-manieth page that the search knows, and a rare word of it."""
    docs = json.loads((copy / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    texts: dict[str, str] = {}
    titles: dict[str, str] = {}
    for doc in docs:
        page = doc["location"].partition("#")[0] or "index.html"
        titles.setdefault(page, re.sub(r"<[^>]*>", "", doc["title"]))
        texts[page] = f"{texts.get(page, '')} {doc['title']} {re.sub(r'<[^>]*>', ' ', doc['text'])}"
    counts: dict[str, int] = {}
    words = {page: set(WHOLE_WORD.findall(text)) for page, text in texts.items()}
    for found in words.values():
        for word in {word.lower() for word in found}:
            counts[word] = counts.get(word, 0) + 1
    wanted = []
    for page in sorted(words)[::every]:
        rare = sorted((counts[word.lower()], -len(word), word) for word in words[page])
        if rare:
            # A page of nothing but common words is looked for by its title.
            common = rare[0][0] > 10
            wanted.append((page, titles[page] if common and len(titles[page]) > 1 else rare[0][2]))
    return wanted


ALL = """async () => {
  const list = document.querySelector(".md-search-result__list");
  const box = document.querySelector(".md-search__scrollwrap");
  for (let before = -1; before < list.childElementCount;) {
    before = list.childElementCount;
    box.scrollTop = box.scrollHeight;
    await new Promise(done => setTimeout(done, 150));
  }
}"""
"""The theme shows more results as one scrolls down."""


def search(page: Page, word: str) -> list[str]:
    """Type a word into the search of a page that was just opened; return the addresses of what it finds."""
    page.keyboard.press("/")
    page.keyboard.insert_text(word[:-1])
    page.keyboard.press(word[-1])
    page.wait_for_selector(".md-search-result__item a", timeout=20_000)
    page.evaluate(ALL)
    found = page.eval_on_selector_all(".md-search-result__item a", "links => links.map(link => link.href)")
    return [str(address) for address in found]
