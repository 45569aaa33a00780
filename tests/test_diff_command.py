"""The command `diff`: which versions it compares, what it refuses, and that nothing in a repository is touched."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handrail.cli import main

CONFIG = "site_name: H\nplugins:\n  - handrail:\n      kinds: {'**': procedure}\n"
PAGE = "# Release\n\n## Steps\n\n1. Freeze the branch.\n2. Run all of the tests twice.\n3. Tag the release.\n"
CHANGED = PAGE.replace("twice", "often")

Files = Mapping[str, str | bytes | None]


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(files: Files) -> None:
    for path, text in files.items():
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            file.unlink()
        else:
            file.write_bytes(text.encode() if isinstance(text, str) else text)


def commit(files: Files) -> str:
    write(files)
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", "A commit")
    return git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository with one commit of a handbook, the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("init", "--quiet", "--initial-branch", "main")
    commit({"mkdocs.yml": CONFIG, "docs/release.md": PAGE})
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def names(*arguments: str) -> list[str]:
    """Return the names of the changes that the command finds."""
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.stderr
    return [change["name"] for change in json.loads(result.stdout)["changes"]]


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def test_the_working_tree_is_compared_with_where_it_left_the_main_branch(repository: Path) -> None:
    git("switch", "--quiet", "--create", "topic")
    commit({"docs/release.md": CHANGED})
    git("switch", "--quiet", "main")
    commit({"docs/release.md": PAGE.replace("Freeze", "Thaw")})
    git("switch", "--quiet", "topic")
    write({"docs/more.md": PAGE.replace("Release", "More").replace("branch", "tree")})
    assert sorted(names()) == ["document.added", "step.reworded"]


def test_two_revisions(repository: Path) -> None:
    commit({"docs/release.md": CHANGED})
    commit({"docs/release.md": PAGE})
    assert names("HEAD~2", "HEAD~1") == ["step.reworded"]
    assert names("HEAD~2", "HEAD") == []
    assert names("HEAD~1") == ["step.reworded"]


def test_the_index_alone(repository: Path) -> None:
    write({"docs/release.md": CHANGED})
    git("add", "--all")
    write({"docs/release.md": PAGE})
    assert names("--staged") == ["step.reworded"]
    assert names() == []


def test_two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write({"a/mkdocs.yml": CONFIG, "a/docs/release.md": PAGE, "b/release.md": CHANGED})
    assert names("--from", "a", "--to", "b", "--kind", "**=procedure") == ["step.reworded", "rules.kinds"]


def test_each_side_is_read_with_its_own_configuration(repository: Path) -> None:
    base = git("rev-parse", "HEAD")
    commit({
        "mkdocs.yml": "INHERIT: more.yml\ndocs_dir: handbook\n", "more.yml": CONFIG,
        "docs/release.md": None, "handbook/release.md": CHANGED,
    })  # fmt: skip
    assert names(base, "HEAD") == ["step.reworded"]
    assert names(base) == ["step.reworded"]


def test_a_change_of_the_rules_is_judged_by_the_old_ones(repository: Path) -> None:
    soft = CONFIG.replace("kinds:", "changes: {step.reworded: editorial minor}\n      kinds:")
    commit({"mkdocs.yml": soft, "docs/release.md": CHANGED.replace("Run", "Never run")})
    result = run("--fail-on", "execution", "HEAD~1", "HEAD")
    assert result.exit_code == 1
    assert "rules.changes" in names("HEAD~1", "HEAD")


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ("never", 0),
        ("control", 0),
        ("execution", 1),
        ("control,execution", 1),
        ("breaking", 0),
        ("notable", 1),
        ("minor", 1),
    ],
)
def test_what_fails(repository: Path, fail_on: str, code: int) -> None:
    write({"docs/release.md": CHANGED})
    assert run("--fail-on", fail_on).exit_code == code


def test_a_handbook_that_was_not_there(repository: Path) -> None:
    commit({"sub/mkdocs.yml": CONFIG, "sub/docs/a.md": PAGE})
    assert names("-f", "sub/mkdocs.yml", "HEAD~1", "HEAD") == ["document.added", "rules.kinds"]
    write({"docs/release.md": None})
    Path("docs").rmdir()
    assert names("HEAD") == ["document.removed"]


def test_names_with_everything_in_them(repository: Path) -> None:
    strange = ['docs/a "b" c.md', "docs/новый.md", "docs/x\ny.md", "docs/-f.md", "docs/*.md"]
    for place, name in enumerate(strange):
        write({name: PAGE.replace("Release", f"Page {place}").replace("branch", f"branch {place} {place}")})
    commit({})
    for name in strange:
        write({name: Path(name).read_text().replace("twice", "often")})
    assert names("HEAD") == ["step.reworded"] * len(strange)
    assert names("HEAD~1", "HEAD") == ["document.added"] * len(strange)


def test_links_submodules_and_pages_that_cannot_be_read(repository: Path, tmp_path: Path) -> None:
    Path("docs/inside.md").symlink_to("release.md")
    Path("docs/outside.md").symlink_to("/etc/passwd")
    Path("docs/up.md").symlink_to("../mkdocs.yml")
    commit({
        "docs/latin.md": "# Gr\xfc\xdfe\n".encode("latin-1"),
        "docs/large.md": "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
    })  # fmt: skip
    git("update-index", "--add", "--cacheinfo", f"160000,{git('rev-parse', 'HEAD')},docs/module")
    git("commit", "--quiet", "--message", "A submodule")
    write({"docs/module/a.md": PAGE, "docs/latin.md": PAGE, "docs/large.md": PAGE})
    result = run("--json", "HEAD")
    found = json.loads(result.stdout)
    assert found["changes"] == []
    notes = "\n".join(found["notes"])
    assert all(f"{name} cannot be read" in notes for name in ("latin.md", "large.md", "outside.md", "up.md", "module"))
    assert "inside.md" not in notes


def test_attributes_neither_filter_nor_hide_a_page(repository: Path) -> None:
    commit({".gitattributes": "*.md filter=evil export-ignore text eol=crlf\n", "docs/release.md": PAGE})
    git("config", "filter.evil.smudge", "touch evil")
    git("config", "filter.evil.clean", "touch evil; cat")
    git("config", "core.fsmonitor", "touch evil")
    assert names("HEAD~1", "HEAD") == []
    assert names("HEAD") == []
    assert not Path("evil").exists()


def test_nothing_is_written(repository: Path) -> None:
    write({"docs/release.md": CHANGED})
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    names()
    names("--staged")
    names("HEAD", "HEAD")
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "There is no revision `nowhere`. Name a branch, a tag or a commit"),
        (["--", "--output=x"], "There is no revision `--output=x`"),
        (["HEAD..main"], "Write the two revisions side by side"),
        (["HEAD", "gone"], "There is no revision `gone`"),
        (["--staged", "HEAD", "HEAD"], "With --staged, name one revision at most"),
        (["--from", "docs"], "handrail diff --from DIR --to DIR"),
        (["--from", "docs", "--to", "docs", "HEAD"], "handrail diff --from DIR --to DIR"),
        (["--from", "docs", "--to", "gone"], "gone is no folder"),
        (["--fail-on", "controls"], "Did you mean `control`?"),
        (["-f", "gone.yml"], "gone.yml is not there"),
        (["--docs", "/"], "There is no git repository"),
    ],
)
def test_wrong_use_names_the_next_thing_to_type(repository: Path, arguments: list[str], said: str) -> None:
    assert said in refused(*arguments)


def test_a_folder_outside_of_the_repository_is_refused(repository: Path) -> None:
    commit({"mkdocs.yml": f"docs_dir: ../elsewhere\n{CONFIG}"})
    assert "docs_dir leads out of the repository" in refused("HEAD")


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write({"mkdocs.yml": CONFIG, "docs/a.md": PAGE})
    assert "There is no git repository" in refused()


def test_no_commit_and_no_main_branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "trunk")
    write({"mkdocs.yml": CONFIG, "docs/a.md": PAGE})
    assert "Name what to compare with: `handrail diff BASE`" in refused()
    commit({})
    assert "Name what to compare with: `handrail diff BASE`" in refused()
    assert names("HEAD") == []


def test_no_common_ancestor(repository: Path) -> None:
    git("switch", "--quiet", "--orphan", "other")
    commit({"mkdocs.yml": CONFIG, "docs/release.md": CHANGED})
    assert "no ancestor in common with `main`" in refused()
    assert names("main", "other") == ["step.reworded"]


def test_a_shallow_clone_names_the_command_that_mends_it(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = git("rev-parse", "HEAD")
    commit({"docs/release.md": CHANGED})
    clone = tmp_path_factory.mktemp("clones") / "shallow"
    git("clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    assert "git fetch --unshallow" in refused(first)


def test_a_merge_that_is_open_is_refused(repository: Path) -> None:
    git("switch", "--quiet", "--create", "topic")
    commit({"docs/release.md": CHANGED})
    git("switch", "--quiet", "main")
    commit({"docs/release.md": PAGE.replace("twice", "never")})
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "topic")
    assert "is not merged yet" in refused("--staged")


def test_the_text_report_is_kept(repository: Path, golden: Callable[[str, str], None]) -> None:
    commit(
        {"docs/release.md": CHANGED.replace("3. Tag", "3. **QA:** Tag"), "docs/new.md": "# New\n\n1. Go on\n2. Rest\n"}
    )
    golden("diff/changes.txt", run("HEAD~1", "HEAD").stdout)


def test_pages_outside_of_the_repository_are_not_read(repository: Path) -> None:
    write({"mkdocs.yml": f"docs_dir: ../..\n{CONFIG}"})
    result = run("HEAD")
    assert result.exit_code == 2
    assert "docs_dir leads out of the repository." in result.output


@pytest.mark.parametrize("docs", ["../secret", "link"])
def test_the_pages_of_a_folder_lie_in_it(tmp_path: Path, docs: str) -> None:
    """What a stranger hands in as a folder shows nothing that lies beside it."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/page.md").write_text("# Secret\n\n1. Know it\n")
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "link").symlink_to(tmp_path / "secret")
        (tmp_path / name / "mkdocs.yml").write_text(f"site_name: X\ndocs_dir: {docs}\n")
    result = CliRunner().invoke(main, ["diff", "--from", str(tmp_path / "old"), "--to", str(tmp_path / "new")])
    assert result.exit_code == 2
    assert "docs_dir leads out of" in result.output
    assert "Secret" not in result.output


def test_a_note_of_git_lfs_is_no_page_on_the_disk_either(repository: Path) -> None:
    write({"docs/big.md": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"})
    result = run("HEAD")
    assert "big.md cannot be read in the working tree, so it is not compared: Git LFS keeps this page elsewhere." in (
        " ".join(result.output.split())
    )


def test_notes_are_in_the_language_of_the_handbook(repository: Path) -> None:
    settings = Path("mkdocs.yml").read_text(encoding="utf-8")
    write(
        {
            "mkdocs.yml": settings.replace("handrail:", "handrail:\n      languages: [de, en]"),
            "docs/big.md": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
        }
    )
    result = " ".join(run("HEAD").output.split())
    assert "Von HEAD bis Arbeitsverzeichnis" in result
    assert "big.md kann nicht gelesen werden (Arbeitsverzeichnis) und wird deshalb nicht verglichen" in result
