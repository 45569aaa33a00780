"""Copies in Firefox, opened from the disk: a few pages, since the other browser opens all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from handrail.cli import main
from tests.copies import pages_of, words_to_find
from tests.firefox import Firefox, executable, firefox
from tests.test_export_browser import DRAWN, OWN, TICK
from tests.test_export_browser import copies as copies

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(executable() is None, reason="no Firefox is installed: apt-get install firefox-esr"),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Firefox]:
    program = executable()
    assert program is not None
    with firefox(program) as browser:
        yield browser


@pytest.fixture
def fox(running: Firefox) -> Firefox:
    """The browser, with nothing noted."""
    running.open("about:blank")
    running.forget()
    return running


def test_what_is_planted_is_seen(fox: Firefox, tmp_path: Path):
    """Whether this way of looking finds anything at all."""
    page = tmp_path / "planted.html"
    page.write_text(
        '<img src="https://planted.example/x.png"><script>throw Error("planted")</script>', encoding="utf-8"
    )
    fox.open(page.as_uri())
    fox.wait_for("return document.images[0].complete")
    assert [line.split()[1] for line in fox.away] == ["planted.example:443"]
    assert [line.endswith("Error: planted") for line in fox.complaints] == [True]


def test_pages_work_in_firefox(fox: Firefox, copies: Any):
    copy = copies(OWN, None)
    pages = pages_of(copy)
    for path in sorted({*pages[:: len(pages) // 12], "handbook/procedures/roll-back-a-release.html"}):
        fox.open((copy / path).as_uri())
        boxes = fox.run(f"return ({TICK})()")
        assert boxes["ticked"] == boxes["steps"], path
        if path.startswith("handrail/flows/"):
            assert fox.run(f"return ({DRAWN})()"), path
    assert (fox.away, fox.complaints) == ([], [])


def test_the_search_finds_words_in_firefox(fox: Firefox, copies: Any):
    copy = copies(OWN, None)
    for path, word in words_to_find(copy, 20):
        fox.open((copy / "index.html").as_uri())
        fox.type(".md-search__input", word)
        fox.wait_for(
            f"return [...document.querySelectorAll('.md-search-result__item a')].some(it => it.href.includes('{path}'))"
        )
    assert (fox.away, fox.complaints) == ([], [])


def test_one_file_works_in_firefox_on_a_phone(fox: Firefox, root: Path, tmp_path: Path):
    out = tmp_path / "one.html"
    done = CliRunner().invoke(main, ["export", str(out), "-f", str(root / "mkdocs.yml"), "--single", "all"])
    assert done.exit_code == 0, done.output
    fox.ask("SetWindowRect", width=450, height=844)  # the least that it takes
    fox.open(out.as_uri())
    assert fox.run("return document.documentElement.scrollWidth - innerWidth") <= 0
    fox.type(".handrail-single-search", "yank package")
    assert fox.wait_for("return document.querySelectorAll('#handrail-found a').length")
    assert (fox.away, fox.complaints) == ([], [])
