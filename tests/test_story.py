"""What changed, on the site: the change log by tag, the past of each document and role, and previews for reviewers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from handrail.diff import CLASSES, WEIGHTS
from handrail.diff.judge import TABLE
from handrail.diff.readers import WAYS
from handrail.options import options_of
from handrail.problems import HandrailError
from handrail.words import LANGUAGES
from tests.building import Built, Element, build, handbook
from tests.test_diff_command import git
from tests.test_site_browser import WIDTHS, opened, serve

__all__ = ["serve"]

RELEASE = """---
title: Release
handrail: {kind: process, owner: Lead, purpose: Customers get a fix.}
---
# Release

## Steps

1. [Build](build.md) the release.
2. **Tester:** Test it.
"""
BUILD = """---
title: Build
handrail: {kind: procedure, owner: Lead}
---
# Build

## Steps

1. **Builder:** Run the compiler once.
2. **Tester:** Look at the log.
    - Hold: Tester releases it
"""
BUILDER = "---\nhandrail: {kind: role}\n---\n# Builder\n\nBuilds.\n"
PAGES = {"index.md": "# Home\n", "release.md": RELEASE, "build.md": BUILD, "builder.md": BUILDER}


def commit(day: str, message: str = "A commit", tag: str | None = None) -> None:
    for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"):
        os.environ[name] = f"{day}T12:00:00+0000"
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", message)
    if tag:
        git("tag", tag)


def change(path: str, old: str, new: str) -> None:
    file = Path("docs", path)
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Give a function that makes a handbook with three tags and a branch, and returns its mkdocs.yml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"):
        monkeypatch.setenv(name, "")

    def made(options: dict[str, Any], **config: Any) -> Path:
        file = handbook(tmp_path, PAGES, handrail={"roles": ["Tester", "Lead"], **options}, **config)
        Path(".gitignore").write_text("site\n")
        git("init", "--quiet", "--initial-branch", "main")
        commit("2026-01-10", tag="v1.0")
        change("build.md", "once", "twice")
        commit("2026-02-10", "Two\n\nChange-reason: <b>An</b> audit\nApproved-by: QA", tag="v1.1")
        Path("docs/build.md").rename("docs/make.md")
        change("release.md", "build.md", "make.md")
        change("make.md", "    - Hold: Tester releases it\n", "")
        commit("2026-03-10", tag="v2.0")
        git("tag", "latest")
        git("switch", "--quiet", "--create", "topic")
        change("release.md", "Test it.", "Test it <script>alert(1)</script> twice.")
        commit("2026-04-01")
        change("index.md", "Home", "At home")
        return file

    return made


def block(built: Built, page: str, kind: str) -> Element | None:
    return next(iter(built.page(page).find(data_handrail=kind)), None)


def words(element: Element | None) -> str:
    return element.text() if element is not None else ""


def test_the_change_log_has_each_tag_and_what_is_not_tagged_yet(book: Callable[..., Path]) -> None:
    built = build(book({"history": "tags"}))
    assert built.warnings == ()
    log = block(built, "handrail/changes.html", "change-log")
    assert log is not None
    assert [words(head) for head in log.find("h2")] == [
        "Not tagged yet", "v2.0, latest 2026-03-10", "v1.1 2026-02-10", "v1.0 2026-01-10",
    ]  # fmt: skip
    said = words(log)
    assert "Reason: <b>An</b> audit · Approved by: QA" in said
    assert "breaking Hold removed : Look at the log. control" in said.replace("removed:", "removed :")
    assert "Before: Run the compiler once. After: Run the compiler twice." in said
    assert "The first tag; nothing is known before it." in said
    assert {"it.", "build.md", "once."} <= {words(one) for one in log.find("del")}


def test_each_document_ends_with_its_past_also_under_its_earlier_name(book: Callable[..., Path]) -> None:
    built = build(book({"history": "tags"}))
    past = block(built, "make.html", "history")
    assert past is not None
    assert [words(term) for term in past.find("dt")] == ["v2.0, latest 2026-03-10", "v1.1 2026-02-10"]
    assert [link["href"] for link in past.find("dt")[0].find("a")] == ["handrail/changes.html#tag-v2.0--latest"]
    assert "Hold removed" in words(past)
    assert block(built, "index.html", "history") is None


def test_a_role_is_told_what_it_does_otherwise(book: Callable[..., Path]) -> None:
    built = build(book({"history": "tags"}))
    assert "v1.1 2026-02-10 Reason: <b>An</b> audit · Approved by: QA Does a step otherwise in Build" in words(
        block(built, "builder.html", "history")
    )
    tester = words(block(built, "handrail/roles/tester.html", "history"))
    assert "Approves a step that changed in Build" in tester
    assert "Not tagged yet Does a step otherwise in Release" in tester


def test_a_preview_shows_on_each_page_what_changed(book: Callable[..., Path]) -> None:
    built = build(book({"review": {"base": "main"}}))
    assert built.warnings == ()
    since = block(built, "release.html", "since")
    assert "Changed since main" in words(since)
    assert "Before: Test it. After: Test it alert(1) twice." in words(since)
    assert "After: Tester: <script>alert(1)</script>" in words(since)
    assert block(built, "make.html", "since") is None
    review = block(built, "handrail/review.html", "review")
    assert "Other pages that changed index.md" in words(review)
    assert (
        "alert(1)</script>"
        not in built.text("release.html").partition('data-handrail="since"')[2].partition("</details>")[0]
    )


def test_a_preview_by_a_configuration_that_the_branch_does_not_have(book: Callable[..., Path], tmp_path: Path) -> None:
    """Pages elsewhere than in `docs`, kinds from globs: the base is read as they are read now, so nothing is new."""
    book({})
    git("switch", "--quiet", "main")
    Path("docs").rename("pages")
    for page in ("release", "make", "builder"):
        file = Path("pages", f"{page}.md")
        file.write_text(file.read_text().replace("handrail: {kind: ", "x: {kind: "))
    Path("mkdocs.yml").write_text(
        "site_name: H\ndocs_dir: pages\nuse_directory_urls: false\ntheme: {name: material, font: false}\nplugins:\n  handrail:\n    roles: [Tester, Lead]\n"
        "    kinds: {release.md: process, make.md: procedure, builder.md: role}\n"
    )
    commit("2026-04-02")
    git("switch", "--quiet", "--create", "later")
    release = Path("pages/release.md")
    release.write_text(release.read_text().replace("Test it.", "Test it twice."))
    Path("preview.yml").write_text("INHERIT: mkdocs.yml\nplugins:\n  handrail:\n    review: {base: main}\n")
    built = build(tmp_path / "preview.yml")
    review = words(block(built, "handrail/review.html", "review"))
    assert "Test it twice." in review
    assert "New" not in review
    assert block(built, "make.html", "since") is None


def test_the_words_are_those_of_the_site(book: Callable[..., Path]) -> None:
    built = build(book({"history": "tags", "review": {"base": "main"}, "languages": ["de", "en"]}))
    assert "Noch ohne Tag" in words(block(built, "handrail/changes.html", "change-log"))
    assert "Geändert seit main" in words(block(built, "release.html", "since"))
    assert "einschneidend" in words(block(built, "handrail/changes.html", "change-log"))


def test_what_handrail_has_names_for_is_in_the_language_of_the_site(
    book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = book(
        {"history": "tags", "review": {"base": "main"}, "languages": ["de", "en"], "words": {"record": "Beleg"}}
    )
    change("builder.md", "kind: role", "kind: record")
    change("make.md", "owner: Lead", "owner: Lead, status: draft")
    monkeypatch.setattr("handrail.history.story.MOST_COMMITS", 2)
    built = build(file)
    for page, kind in (("handrail/changes.html", "change-log"), ("handrail/review.html", "review")):
        told = words(block(built, page, kind))
        assert "Vorher: Rolle Nachher: Beleg" in told
        assert "Status hinzugefügt" in told
        assert "Nachher: Entwurf" in told
    assert "Nur die letzten 2 Commits wurden nach Tags durchgesehen." in words(
        block(built, "handrail/changes.html", "change-log")
    )


def test_the_change_log_says_each_title_once(book: Callable[..., Path]) -> None:
    log = block(build(book({"history": "tags"})), "handrail/changes.html", "change-log")
    assert log
    folded = next(one for one in log.find("details") if one.find("a"))
    title = words(folded.find("summary")[0]).rpartition(" ")[0]
    link = folded.find("a")[0]
    assert words(folded).count(title) == 1
    assert (words(link), link["aria-label"]) == ("The page as it is now", f"{title}: The page as it is now")


def test_what_was_not_looked_at_is_told(book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    file = book({"history": "tags"})
    monkeypatch.setattr("handrail.history.story.MOST_TAGS", 2)
    log = words(block(build(file), "handrail/changes.html", "change-log"))
    assert "Older tags that are not shown: 1." in log
    assert "v1.0" not in log
    assert "The first tag" not in log
    monkeypatch.setattr("handrail.history.story.MOST_COMMITS", 2)
    assert any("Only the last 2 commits were looked at for tags." in line for line in build(file).warnings)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_kind_of_change_and_every_way_has_words(language: str) -> None:
    words = LANGUAGES[language].site
    free = ("field", "field.aspects", "rules")
    for name in TABLE:
        family, _, part = name.partition(".")
        own = {"step": f"say.{part}", "field": f"fact.{part}", "text": "change.text"}.get(family, "")
        assert name in free or f"change.{name}" in words or own in words, name
    assert all(f"impact.{how}" in words for how in WAYS)
    assert all(f"class.{name}" in words for name in CLASSES)
    assert all(f"weight.{name}" in words for name in WEIGHTS)


def test_without_the_options_git_is_not_asked_and_nothing_is_added(
    book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = book({})
    with_git = build(file).files
    monkeypatch.setattr("handrail.history.story.kept_in_git", None)
    assert build(file).files.keys() == with_git.keys()
    assert not any("change" in path or "review" in path for path in with_git if path != "handrail/reviews.html")


def test_the_same_past_gives_the_same_bytes(book: Callable[..., Path]) -> None:
    file = book({"history": "tags", "review": {"base": "main"}})
    assert build(file).pages == build(file).pages


@pytest.mark.parametrize(
    ("options", "said"),
    [({"history": "tags"}, "There is no git repository"), ({"review": {"base": "main"}}, "There is no git repository")],
)
def test_without_a_repository_the_build_warns_and_goes_on(tmp_path: Path, options: dict[str, Any], said: str) -> None:
    built = build(handbook(tmp_path, PAGES, handrail=options))
    assert len(built.warnings) == 1
    assert said in built.warnings[0]
    assert "handrail/changes.html" not in built.files


def test_a_branch_that_is_not_there_and_a_shallow_clone(book: Callable[..., Path], tmp_path: Path) -> None:
    file = book({"history": "tags"})
    git("commit", "--quiet", "--all", "--message", "All")
    git("clone", "--quiet", "--depth", "1", tmp_path.as_uri(), "clone")
    shallow = build(Path("clone") / file.name)
    assert any("This clone is shallow" in line for line in shallow.warnings)
    file.write_text(file.read_text().replace("history: tags", "review: {base: gone}"))
    assert any("There is no revision `gone`" in line for line in build(file).warnings)


def test_a_tag_whose_configuration_cannot_be_read_is_left_out_with_a_warning(book: Callable[..., Path]) -> None:
    file = book({"history": "tags"})
    good = file.read_text()
    file.write_text("- no\n")
    commit("2026-04-02", tag="broken")
    file.write_text(good)
    commit("2026-04-03", tag="v3.0")
    built = build(file)
    assert any("broken: mkdocs.yml holds no settings" in line for line in built.warnings)
    assert "v3.0" in words(block(built, "handrail/changes.html", "change-log"))


@pytest.mark.parametrize(
    "given",
    [{"history": "all"}, {"review": "main"}, {"review": {}}, {"review": {"base": ""}}, {"review": {"bas": "x"}}],
)
def test_wrong_options(given: dict[str, Any]) -> None:
    with pytest.raises(HandrailError, match="wants"):
        options_of(given)


MATERIAL = {"name": "material", "font": False, "palette": [
    {"media": "(prefers-color-scheme: light)", "scheme": "default"},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate"}]}  # fmt: skip


def test_axe_finds_nothing_serious(
    book: Callable[..., Path], browser: Browser, serve: Callable[[Path], str], axe: Callable[[Page], list[str]]
) -> None:
    built = build(book({"history": "tags", "review": {"base": "main"}}, theme=MATERIAL))
    address = serve(built.site)
    found = []
    for name in ("handrail/changes.html", "handrail/review.html", "release.html", "make.html", "builder.html"):
        for setting, (width, scheme) in WIDTHS.items():
            page = opened(browser, address + name, width, scheme)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            found += [f"{name} {setting}: {violation}" for violation in axe(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.context.close()
    assert found == []
