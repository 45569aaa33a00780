"""A handbook's past: reasons and approvals, suspect documents, and steps that are polished while the purpose is not."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from handrail.history.polished import OFTEN
from handrail.sources import Objects, commits_between, first_parents, repository_of
from tests.test_diff_command import Files, git, run, write
from tests.test_diff_reports import ORDERS, VALIDATOR, harmless

CONFIG = "site_name: H\nplugins:\n  - handrail:\n      roles: [Builder, Tester]\n"
PROCESS = """---
title: Release
handrail: {kind: process, purpose: Customers get a fix., review: {last: 2026-03-01}}
---
# Release

## Steps

1. [Build](build.md) the release.
2. **Tester:** Test it.
"""
BUILD = """---
title: Build
handrail: {kind: procedure, review: {last: 2026-03-01}}
---
# Build

## Steps

1. **Builder:** Run the compiler once.
2. **Builder:** Sign the package.
"""


def commit(files: Files, day: str, message: str = "A commit") -> str:
    """Commit files at noon of a day."""
    write(files)
    git("add", "--all")
    for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"):
        os.environ[name] = f"{day}T12:00:00+0000"
    git("commit", "--quiet", "--allow-empty", "--message", message)
    return git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit of a handbook, the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"):
        monkeypatch.setenv(name, "2026-01-01T12:00:00+0000")
    git("init", "--quiet", "--initial-branch", "main")
    commit({"mkdocs.yml": CONFIG, "docs/release.md": PROCESS, "docs/build.md": BUILD}, "2026-01-01")
    return tmp_path


def found(*arguments: str) -> dict[str, Any]:
    """Return the report as data; it fulfils its schema."""
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
    return data


def suspects(*arguments: str) -> list[tuple[str, list[tuple[str, str, str | None]], bool]]:
    """Return title, why, and whether it is new, of each suspect document."""
    return [
        (one["title"], [(why["how"], why["document"], why["day"]) for why in one["because"]], one["new"])
        for one in found(*arguments)["suspects"]
    ]


# ---- the commits ----


def test_reasons_and_approvals_of_the_commits_between(repository: Path) -> None:
    base = commit({}, "2026-01-02", "Before\n\nChange-reason: Too early")
    commit({"docs/build.md": BUILD.replace("once", "twice")}, "2026-02-01",
           "More\n\nBecause.\n\nChange-reason: One run\n  was too few\nApproved-by: QA lead\n")  # fmt: skip
    commit({}, "2026-02-02", "Even more\n\nchange-reason: An audit.\nApproved-by: QA lead\nCo-authored-by: x")
    data = found(base, "HEAD")
    assert [one["text"] for one in data["reasons"]] == ["One run was too few", "An audit."]
    assert [one["text"] for one in data["approvals"]] == ["QA lead"]
    text = run(base, "HEAD").stdout
    assert "Reason: One run was too few; An audit. Approved by: QA lead." in " ".join(text.split())


def test_no_reason_is_not_recorded(repository: Path) -> None:
    write({"docs/build.md": BUILD.replace("once", "twice")})
    assert "Reason: not recorded. Approved by: not recorded." in run("HEAD").stdout
    assert "Reason: not recorded" in run("HEAD", "--format", "markdown").stdout


def test_a_merge_brings_the_reasons_of_its_branch_and_of_no_other(repository: Path) -> None:
    git("switch", "--quiet", "--create", "topic")
    commit({"docs/build.md": BUILD.replace("once", "twice")}, "2026-02-01", "T\n\nChange-reason: Topic")
    git("switch", "--quiet", "main")
    commit({"docs/other.md": "# Other\n"}, "2026-02-02", "M\n\nChange-reason: Main")
    base = git("rev-parse", "HEAD")
    git("merge", "--quiet", "--no-ff", "--message", "Merge\n\nApproved-by: Lead", "topic")
    data = found(base, "HEAD")
    assert [one["text"] for one in data["reasons"]] == ["Topic"]
    assert [one["text"] for one in data["approvals"]] == ["Lead"]


@pytest.mark.parametrize("seconds", ["same", "backwards"])
def test_commits_between_are_those_of_git_whatever_their_time(repository: Path, seconds: str) -> None:
    days = iter(["2026-02-10"] * 9 if seconds == "same" else [f"2026-02-{20 - n}" for n in range(9)])
    root = git("rev-parse", "HEAD")
    for branch in ("a", "b", "c"):
        git("switch", "--quiet", "--create", branch, root)
        commit({f"docs/{branch}.md": "# A\n"}, next(days))
        commit({f"docs/{branch}.md": "# B\n"}, next(days))
    git("switch", "--quiet", "a")
    git("merge", "--quiet", "--no-ff", "--message", "m", "b")
    revisions = ["a", "b", "c", "a~1", "b~1", "c~1", root]
    with Objects(repository_of(repository)) as objects:
        for base in revisions:
            for head in revisions:
                names = [git("rev-parse", one) for one in (base, head)]
                ours = commits_between(objects, names[0], names[1])
                assert ours.complete
                assert {one.name for one in ours.commits} == set(git("rev-list", f"{base}..{head}").split()), (
                    base,
                    head,
                )
        line = first_parents(objects, git("rev-parse", "a"))
        assert [one.name for one in line.commits] == git("rev-list", "--first-parent", "a").split()


def test_what_a_commit_says_is_inert_in_the_comment(repository: Path) -> None:
    base = git("rev-parse", "HEAD")
    for order in ORDERS:
        commit({"docs/build.md": BUILD.replace("once", f"{len(order)} times")}, "2026-02-01",
               f"x\n\nChange-reason: {' '.join(order.split())}\nApproved-by: {' '.join(order.split())}\n")  # fmt: skip
        harmless(run(base, "HEAD", "--format", "markdown").stdout)
        assert "\u202e" not in run(base, "HEAD").stdout


def test_a_large_tree_is_searched_as_exactly_as_a_small_one(repository: Path) -> None:
    names = [f"page-{number:03}.md" for number in range(400)]
    strange = ["a page-001.md", "100644 page-002.md", "x 100644 page-003.md", "page-004.md.md", "Page-005.md"]
    write({f"docs/{name}": name for name in (*names, *strange, "folder/inside.md", "run-me.md")})
    Path("docs/page-006.md").chmod(0o755)
    for name in ("page-002.md", "page-003.md"):
        Path("docs", name).unlink()
    head = commit({}, "2026-02-01")
    with Objects(repository_of(repository)) as objects:
        tree = git("rev-parse", "HEAD:docs")
        asked = [*names, *strange, "folder", "run-me.md", "gone.md-at-all"]
        found = objects.named(tree, asked)
        listed = [line.split(None, 3) for line in git("ls-tree", "HEAD:docs/").splitlines()]
        expected = {name: (mode.lstrip("0"), blob) for mode, _, blob, name in listed if name in asked}
        assert found == expected
        for name in asked:
            assert objects.named(tree, [name]) == {key: value for key, value in expected.items() if key == name}, name
        files = {f"docs/{path}": entry for path, entry in objects.files(objects.commit(head), "docs").items()}  # type: ignore[arg-type]
        assert set(files) == {f"docs/{name}" for name in (*expected, *BOTH) if name != "folder"} | {
            "docs/folder/inside.md"
        }


BOTH = ("build.md", "release.md")


# ---- suspect documents ----


def test_a_document_is_suspect_where_what_it_calls_changed_since_its_review(repository: Path) -> None:
    commit({}, "2026-03-01")
    commit({"docs/build.md": BUILD.replace("once", "twice")}, "2026-04-01")
    write({"docs/release.md": PROCESS.replace("Test it.", "Test it, then rest.")})
    assert suspects("HEAD") == [
        ("Build", [("its process", "release", None)], True),
        ("Release", [("calls", "build", "2026-04-01")], False),
    ]


def test_words_that_are_only_written_otherwise_make_no_suspect(repository: Path) -> None:
    commit({"docs/build.md": BUILD.replace("the compiler once.", "The Compiler once")}, "2026-04-01")
    write({"docs/build.md": BUILD.replace("Sign", "Never sign")})
    assert suspects("HEAD", "HEAD") == []
    assert suspects("HEAD") == [("Release", [("calls", "build", None)], True)]


def test_what_changed_before_the_review_is_no_suspicion(repository: Path) -> None:
    commit({"docs/build.md": BUILD.replace("once", "twice")}, "2026-02-01")
    commit({"docs/more.md": "---\nhandrail: {kind: role}\n---\n# More\n"}, "2026-04-01")
    assert suspects("HEAD~1", "HEAD") == []


def test_a_review_with_the_same_change_clears_it(repository: Path) -> None:
    base = commit({}, "2026-03-05")
    reviewed = PROCESS.replace("2026-03-01", "2026-03-02")
    commit({"docs/build.md": BUILD.replace("once", "twice"), "docs/release.md": reviewed}, "2026-04-01")
    assert suspects(base, "HEAD") == []


def test_without_a_review_nothing_is_suspect(repository: Path) -> None:
    for text in ("", ", review: {last: soon}"):
        bare = {"docs/release.md": PROCESS.replace(", review: {last: 2026-03-01}", text),
                "docs/build.md": BUILD.replace(", review: {last: 2026-03-01}", text)}  # fmt: skip
        commit(bare, "2026-03-02")
        write({"docs/build.md": bare["docs/build.md"].replace("once", "twice")})
        assert suspects("HEAD") == []


def test_a_page_is_followed_through_renaming(repository: Path) -> None:
    commit({}, "2026-03-01")
    commit({"docs/build.md": None, "docs/how/make.md": BUILD, "docs/release.md": PROCESS.replace("build.md", "how/make.md")},
           "2026-03-20")  # fmt: skip
    base = git("rev-parse", "HEAD")
    commit({"docs/how/make.md": BUILD.replace("once", "twice")}, "2026-04-01")
    assert [one for one in suspects(base, "HEAD") if one[0] == "Release"] == [
        ("Release", [("calls", "make", "2026-04-01")], True)
    ]
    commit({"docs/how/make.md": BUILD}, "2026-04-02")
    assert [one for one in suspects(base, "HEAD") if one[0] == "Release"] == []


def test_suspects_in_words(repository: Path) -> None:
    commit({}, "2026-03-01")
    base = commit({"docs/build.md": BUILD.replace("once", "twice")}, "2026-04-01")
    commit({"docs/build.md": BUILD.replace("once", "ten times")}, "2026-04-02")
    text = " ".join(run(base, "HEAD").stdout.split())
    assert ("Release was last reviewed on 2026-03-01; since then Build, which it calls, changed "
            "(1 change, last on 2026-04-02).") in text  # fmt: skip
    assert "### What may no longer be true" in run(base, "HEAD", "--format", "markdown").stdout


def test_what_was_not_looked_at_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit({}, "2026-03-01")
    base = commit({"docs/build.md": BUILD.replace("once", "twice")}, "2026-04-01")
    commit({"docs/release.md": PROCESS.replace("Test it.", "Test it, then rest.")}, "2026-04-02")
    assert len(suspects(base, "HEAD")) == 2
    monkeypatch.setattr("handrail.history.suspects.MOST_OTHERS", 0)
    data = found(base, "HEAD")
    assert [(one["title"], one["new"]) for one in data["suspects"]] == [("Build", True)]
    assert "1 more earlier versions of pages were not read" in " ".join(data["notes"])
    monkeypatch.setattr("handrail.history.polished.MOST_VERSIONS", 3)
    assert "Only 3 versions of pages were read" in " ".join(found(polish(OFTEN), "HEAD")["notes"])


def test_the_past_of_a_shallow_clone_ends_with_a_note(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit({}, "2026-03-10")
    commit({"docs/build.md": BUILD.replace("once", "twice")}, "2026-04-01")
    clone = tmp_path_factory.mktemp("clones") / "shallow"
    git("clone", "--quiet", "--depth", "2", repository.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    data = found("HEAD~1", "HEAD")
    assert [one["title"] for one in data["suspects"]] == ["Release"]
    notes = " ".join(data["notes"])
    assert (
        "The past was looked at back to 2026-03-10, 2 commits. This clone is shallow: run `git fetch --unshallow`"
        in notes
    )
    assert "Documents were reviewed on 2026-03-01, before the oldest commit that was looked at" in notes


# ---- steps polished, purpose not ----


def polish(times: int) -> str:
    """Change the steps of the procedure again and again; return the commit before the last change."""
    for number in range(times):
        base = git("rev-parse", "HEAD")
        commit({"docs/build.md": BUILD.replace("once", f"{number + 2} times")}, f"2026-04-{number + 1:02}")
    return base


def test_steps_that_change_often_and_a_purpose_that_never_does(repository: Path) -> None:
    base = polish(OFTEN)
    (one,) = found(base, "HEAD")["polished"]
    assert one == {"process": "release", "title": "Release", "times": OFTEN, "since": "2026-04-01", "stated": True}
    text = " ".join(run(base, "HEAD").stdout.split())
    assert f"The steps of Release changed in {OFTEN} commits since 2026-04-01, and what it is for never did." in text


def test_seldom_is_not_often(repository: Path) -> None:
    base = polish(OFTEN - 1)
    assert found(base, "HEAD")["polished"] == []


def test_a_purpose_that_changed_once_is_no_finding(repository: Path) -> None:
    commit({"docs/release.md": PROCESS.replace("a fix", "a good fix")}, "2026-03-30")
    assert found(polish(OFTEN), "HEAD")["polished"] == []


def test_a_process_that_says_nothing_about_its_purpose(repository: Path) -> None:
    commit({"docs/release.md": PROCESS.replace(" purpose: Customers get a fix.,", "")}, "2026-01-01")
    git("reset", "--quiet", "--soft", "HEAD~1")
    git("commit", "--quiet", "--amend", "--no-edit")
    base = polish(OFTEN)
    (one,) = found(base, "HEAD")["polished"]
    assert one["stated"] is False
    assert "it does not say what it is for" in " ".join(run(base, "HEAD").stdout.split())
