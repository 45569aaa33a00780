"""Copies in a real browser, opened from the disk with the network cut: this handbook, and each of the six others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from handrail.cli import main
from tests.copies import pages_of, search, watched, words_to_find
from tests.test_corpora import CORPORA

NAMES = ("this handbook", *CORPORA)


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
    own = request.param == NAMES[0]
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
    start = next(path for path in ("index.html", *pages_of(copy)) if (copy / path).is_file())
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
