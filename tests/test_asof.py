"""What was in force on a day: by commit, by effective day and by status; as data, and as a folder that can be built."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handrail.cli import main
from tests.test_diff_command import git, write
from tests.test_history import BUILD, CONFIG, PROCESS, commit, repository

__all__ = ["repository"]


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["asof", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def found(*arguments: str) -> dict[str, Any]:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def steps(day: str, title: str = "Build") -> list[str]:
    """Return the sentences of a document that was in force on a day."""
    return [step["text"] for one in found(day)["documents"] if one["title"] == title for step in one["steps"]]


def build(word: str, more: str = "") -> str:
    return BUILD.replace("once", word).replace("review:", f"{more}review:")


def test_each_day_has_its_own_version(repository: Path) -> None:
    commit({"docs/build.md": build("twice")}, "2026-02-10")
    commit({"docs/build.md": build("often")}, "2026-03-10")
    assert steps("2026-02-09")[0] == "Run the compiler once."
    assert steps("2026-02-10")[0] == steps("2026-03-09")[0] == "Run the compiler twice."
    assert steps("2026-03-10")[0] == steps("2030-01-01")[0] == "Run the compiler often."


def test_work_on_a_branch_counts_from_its_merge(repository: Path) -> None:
    git("switch", "--quiet", "--create", "topic")
    commit({"docs/build.md": build("twice")}, "2026-02-01", "T\n\nChange-reason: Two are better\nApproved-by: QA")
    git("switch", "--quiet", "main")
    os.environ["GIT_COMMITTER_DATE"] = "2026-03-01T12:00:00+0000"
    git("merge", "--quiet", "--no-ff", "--message", "Merge", "topic")
    assert steps("2026-02-20")[0] == "Run the compiler once."
    (one,) = (one for one in found("2026-03-01")["documents"] if one["title"] == "Build")
    assert one["steps"][0]["text"] == "Run the compiler twice."
    assert one["in_force"] == {
        "commit": git("rev-parse", "HEAD"), "merged": "2026-03-01", "reason": ["Two are better"], "approved_by": ["QA"],
    }  # fmt: skip
    (other,) = (one for one in found("2026-03-01")["documents"] if one["title"] == "Release")
    assert other["in_force"] == {
        "commit": git("rev-list", "--max-parents=0", "HEAD"), "merged": "2026-01-01", "reason": [], "approved_by": [],
    }  # fmt: skip


def test_what_the_page_says_where_no_commit_does(repository: Path) -> None:
    commit({"docs/build.md": build("twice", "change_reason: An audit, approved_by: [QA], ")}, "2026-02-01")
    (one,) = (one for one in found("2026-03-01")["documents"] if one["title"] == "Build")
    assert (one["in_force"]["reason"], one["in_force"]["approved_by"]) == (["An audit"], ["QA"])
    text = " ".join(run("2026-03-01").stdout.split())
    assert "Reason: An audit. Approved by: QA" in text
    assert "Reason: not recorded. Approved by: not recorded" in text


def test_the_effective_day_counts_where_it_is_later(repository: Path) -> None:
    commit({"docs/build.md": build("twice", "effective: 2026-04-01, ")}, "2026-02-01")
    commit({"docs/build.md": build("often", "effective: 2026-05-01, ")}, "2026-02-15")
    commit(
        {"docs/new.md": BUILD.replace("Build", "New").replace("review:", "effective: 2026-05-01, review:")},
        "2026-02-20",
    )
    assert steps("2026-03-01")[0] == "Run the compiler once."
    assert steps("2026-04-01")[0] == "Run the compiler twice."
    assert steps("2026-05-01")[0] == "Run the compiler often."
    data = found("2026-04-30")
    assert [(one["title"], one["why"]) for one in data["not_in_force"]] == [
        ("Build", "It is effective from 2026-05-01. The version before was in force."),
        ("New", "It is effective from 2026-05-01."),
    ]
    assert data["left_out"] == ["docs/new.md"]
    assert steps("2026-05-01", "New")


@pytest.mark.parametrize("status", ["draft", "in review"])
def test_a_draft_leaves_the_version_before_in_force(repository: Path, status: str) -> None:
    commit({"docs/build.md": build("twice", f"status: {status}, ")}, "2026-02-01")
    assert steps("2026-03-01")[0] == "Run the compiler once."
    assert [one["why"] for one in found("2026-03-01")["not_in_force"]] == [
        f"Its status is {status}. The version before was in force."
    ]


@pytest.mark.parametrize("status", ["withdrawn", "superseded"])
def test_what_is_no_more_is_not_in_force(repository: Path, status: str) -> None:
    commit({"docs/build.md": build("twice", f"status: {status}, ")}, "2026-02-01")
    assert steps("2026-03-01") == []
    assert [one["why"] for one in found("2026-03-01")["not_in_force"]] == [f"Its status is {status}."]
    assert steps("2026-01-31")


def test_the_configuration_of_the_day_is_read(repository: Path) -> None:
    commit({"mkdocs.yml": CONFIG + "docs_dir: pages\n", "docs/build.md": None, "docs/release.md": None,
            "pages/build.md": build("twice")}, "2026-02-01")  # fmt: skip
    assert steps("2026-01-31") == ["Run the compiler once.", "Sign the package."]
    assert steps("2026-02-01") == ["Run the compiler twice.", "Sign the package."]


# ---- a folder to build ----


def tree(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files if not path.is_symlink()}


def test_the_tree_of_a_day(repository: Path) -> None:
    commit(
        {"docs/build.md": build("twice"), "docs/draft.md": build("never", "status: draft, "), "hooks/x.py": "1"},
        "2026-02-01",
    )
    commit({"docs/build.md": build("often")}, "2026-03-01")
    result = run("2026-02-15", "--to", "then")
    assert result.exit_code == 0
    assert tree(Path("then")) == {
        "mkdocs.yml": CONFIG, "docs/build.md": build("twice"), "docs/release.md": PROCESS, "hooks/x.py": "1",
    }  # fmt: skip
    assert "docs/draft.md was not in force and is left out." in result.stderr
    assert sorted(path.name for path in Path().iterdir()) == [".git", "docs", "hooks", "mkdocs.yml", "then"]


def test_a_page_that_was_not_effective_is_written_as_it_was(repository: Path) -> None:
    commit({"docs/build.md": build("twice", "effective: 2026-04-01, ")}, "2026-02-01")
    run("2026-02-15", "--to", "then")
    assert Path("then/docs/build.md").read_text() == BUILD


def test_no_filter_is_run_and_no_link_leaves(repository: Path, tmp_path: Path) -> None:
    for name, target in {"inside": "build.md", "up": "../mkdocs.yml", "out": "/etc/passwd", "far": "../../x", "git": "../.git/config",
                         "chain": "inside/../../../../x", "folder": "."}.items():  # fmt: skip
        Path(f"docs/{name}").symlink_to(target)
    commit({".gitattributes": "* filter=evil export-ignore text eol=crlf\n", "run.sh": "#!/bin/sh\n"}, "2026-02-01")
    git("config", "filter.evil.smudge", "touch evil")
    git("update-index", "--chmod=+x", "run.sh")
    git("update-index", "--add", "--cacheinfo", f"160000,{git('rev-parse', 'HEAD')},docs/module")
    os.environ["GIT_COMMITTER_DATE"] = "2026-02-02T12:00:00+0000"
    git("commit", "--quiet", "--message", "More")
    result = run("2026-02-03", "--to", "then")
    assert result.exit_code == 0
    links = {path.name: os.readlink(path) for path in Path("then").rglob("*") if path.is_symlink()}
    assert links == {"inside": "build.md", "up": "../mkdocs.yml", "folder": "."}
    assert not Path("evil").exists()
    assert os.access("then/run.sh", os.X_OK)
    assert not os.access("then/mkdocs.yml", os.X_OK)
    for name in ("out", "far", "git", "chain", "module"):
        assert f"docs/{name}: it is a" in result.stderr


def test_names_that_no_file_may_have(repository: Path) -> None:
    blob = git("rev-parse", "HEAD:mkdocs.yml")
    evil = subprocess.run(
        ["git", "mktree"], input=f"100644 blob {blob}\tconfig\n", capture_output=True, text=True, check=True
    )
    listed = (
        git("ls-tree", "HEAD")
        + f"\n040000 tree {evil.stdout.strip()}\t.GIT\n040000 tree {evil.stdout.strip()}\t..\n100644 blob {blob}\ta\\b\n"
    )
    made = subprocess.run(["git", "mktree"], input=listed, capture_output=True, text=True, check=True).stdout.strip()
    git("reset", "--quiet", "--soft", git("commit-tree", made, "-p", "HEAD", "-m", "evil"))
    result = run("2026-02-03", "--to", "in/then")
    assert result.exit_code == 0
    assert {path for path in tree(Path("in")) if not path.startswith("then/docs")} == {"then/mkdocs.yml"}
    for name in (".GIT/config", "../config", "a\\b"):
        assert f"{name}: no file may be called so." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["31.3.2026"], "`31.3.2026` is no day. Write it like 2026-03-31."),
        (["2026-02-30"], "is no day"),
        (
            ["2025-12-31"],
            "The oldest commit that is here is of 2026-01-01, after 2025-12-31. Name a day from 2026-01-01 on.",
        ),
        (["2026-02-01", "--rev", "gone"], "There is no revision `gone`"),
        (["2026-02-01", "--to", "docs"], "docs holds something already. Name a new folder."),
        (["2026-02-01", "--to", "mkdocs.yml"], "mkdocs.yml is no folder. Name a new one."),
        (["2026-02-01", "--to", "link"], "link is no folder"),
        (["2026-02-01", "--to", "mkdocs.yml/x"], "mkdocs.yml"),
    ],
)
def test_wrong_use(repository: Path, arguments: list[str], said: str) -> None:
    Path("link").symlink_to("/tmp")
    before = sorted(path.name for path in Path().iterdir())
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert sorted(path.name for path in Path().iterdir()) == before


def test_an_empty_folder_may_be_written(repository: Path) -> None:
    Path("then").mkdir()
    assert run("2026-02-01", "--to", "then").exit_code == 0
    assert Path("then/mkdocs.yml").is_file()


def test_a_shallow_clone_names_the_mend(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit({"docs/build.md": build("twice")}, "2026-02-01")
    clone = tmp_path_factory.mktemp("clones") / "shallow"
    git("clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    assert "git fetch --unshallow" in run("2026-01-15").stderr
    assert "This clone is shallow" in " ".join(found("2026-02-01")["notes"])


def test_no_repository_and_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write({"mkdocs.yml": CONFIG, "docs/build.md": BUILD})
    assert "There is no git repository" in run("2026-01-01").stderr
    git("init", "--quiet")
    assert "There is no revision `HEAD`" in run("2026-01-01").stderr


def test_a_repository_with_long_names_of_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"):
        monkeypatch.setenv(name, "")
    git("init", "--quiet", "--object-format", "sha256", "--initial-branch", "main")
    commit({"mkdocs.yml": CONFIG, "docs/build.md": BUILD}, "2026-01-01")
    commit({"docs/build.md": build("twice")}, "2026-02-01")
    assert steps("2026-01-31")[0] == "Run the compiler once."
    assert steps("2026-02-01")[0] == "Run the compiler twice."
    assert run("2026-01-31", "--to", "then").exit_code == 0
    assert Path("then/docs/build.md").read_text() == BUILD


def test_names_with_everything_in_them(repository: Path) -> None:
    strange = ['docs/a "b" c.md', "docs/новый.md", "docs/x\ny.md", "docs/-f.md", "docs/*.md", "docs/\udcff.md"]
    commit({name: BUILD.replace("Build", f"Page {place}") for place, name in enumerate(strange)}, "2026-02-01")
    result = run("2026-02-01", "--json", "--to", "then")
    assert result.exit_code == 0, result.stderr
    assert {one["title"] for one in json.loads(result.stdout)["documents"]} >= {f"Page {place}" for place in range(5)}
    assert {os.fsencode(path.name) for path in Path("then/docs").iterdir()} >= {
        os.fsencode(Path(name).name) for name in strange
    }
