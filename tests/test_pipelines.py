"""The pipelines that ship with Handrail, and git's own diff: files that a forge accepts, and scripts that do what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_diff_command import CHANGED, CONFIG, PAGE, commit, git, write

FILES = sorted(Path(__file__).parent.parent.glob("ci/**/*.yml"))


def loaded(root: Path, path: str) -> dict[Any, Any]:
    found = yaml.safe_load((root / path).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def steps_of(value: Any) -> list[dict[str, Any]]:
    """Return every step of a workflow or an action."""
    jobs = value.get("jobs", {}).values()
    return [*value.get("runs", {}).get("steps", ()), *(step for job in jobs for step in job["steps"])]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a handbook, and the command on the way of its shell."""
    folder = tmp_path / "repository"
    folder.mkdir()
    command = tmp_path / "bin" / "handrail"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m handrail "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(folder)
    git("init", "--quiet", "--initial-branch", "main")
    commit({"mkdocs.yml": CONFIG, "docs/release.md": PAGE})
    return folder


def shell(script: str, environment: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a forge does: stop at the first fault."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_no_script_holds_what_a_stranger_wrote(file: Path) -> None:
    """What an event says comes in by the environment, never into the text of a script."""
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    for step in steps_of(found):
        assert "${{" not in step.get("run", ""), step
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            assert subprocess.run(["bash", "-n", "-c", step["run"]], check=False).returncode == 0


def test_the_job_on_the_pull_request_only_reads(root: Path) -> None:
    review = loaded(root, "ci/github/review.yml")
    assert review["permissions"] == {"contents": "read"}
    assert True in review  # YAML 1.1 takes the key `on` for this.
    assert review[True] == "pull_request"
    (checkout,) = (step for step in steps_of(review) if "checkout" in step.get("uses", ""))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    gitlab = loaded(root, "ci/gitlab/review.yml")["handrail-review"]
    assert gitlab["variables"] == {"GIT_DEPTH": 0}
    assert "HANDRAIL_TOKEN" not in json.dumps(gitlab)


def test_the_trusted_job_checks_nothing_out(root: Path) -> None:
    comment = loaded(root, "ci/github/comment.yml")
    assert comment["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert list(comment[True]) == ["workflow_run"]
    assert not any("checkout" in step.get("uses", "") for step in steps_of(comment))
    gitlab = loaded(root, "ci/gitlab/review.yml")["handrail-comment"]
    assert gitlab["variables"] == {"GIT_STRATEGY": "none"}
    for script in (steps_of(loaded(root, "ci/github/comment/action.yml"))[0]["run"], "\n".join(gitlab["script"])):
        assert "handrail diff" not in script
        assert "head -c 60000" in script


def test_the_action_writes_the_report(root: Path, repository: Path, tmp_path: Path) -> None:
    base = git("rev-parse", "HEAD")
    commit({"docs/release.md": CHANGED})
    script = steps_of(loaded(root, "ci/github/review/action.yml"))[1]["run"]
    summary = tmp_path / "summary"
    environment = {"BASE": base, "CONFIG": "mkdocs.yml", "FAIL_ON": "never", "FOLDER": "out folder", "NUMBER": "7",
                   "GITHUB_STEP_SUMMARY": str(summary)}  # fmt: skip
    done = shell(script, environment, repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"::warning file=docs/release\.md,line=6,title=Step reworded .*\n", done.stdout)
    assert (repository / "out folder/number").read_text() == "7\n"
    assert summary.read_text() == (repository / "out folder/comment.md").read_text()
    assert "<!doctype html>" in (repository / "out folder/changes.html").read_text()
    assert shell(script, {**environment, "FAIL_ON": "execution"}, repository).returncode == 1


def test_a_shallow_clone_is_told_how_to_mend_it(root: Path, repository: Path, tmp_path: Path) -> None:
    base = git("rev-parse", "HEAD")
    commit({"docs/release.md": CHANGED})
    clone = tmp_path / "shallow"
    git("clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    script = steps_of(loaded(root, "ci/github/review/action.yml"))[1]["run"]
    done = shell(script, {"BASE": base, "CONFIG": "mkdocs.yml", "FAIL_ON": "never", "FOLDER": "out"}, clone)
    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stdout
    gitlab = "\n".join(loaded(root, "ci/gitlab/review.yml")["handrail-review"]["script"])
    done = shell(gitlab, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "HANDRAIL_CONFIG": "mkdocs.yml"}, clone)
    assert done.returncode == 2
    assert "GIT_DEPTH: 0" in done.stderr


def test_the_job_of_gitlab_writes_the_report(root: Path, repository: Path) -> None:
    base = git("rev-parse", "HEAD")
    commit({"docs/release.md": CHANGED})
    script = "\n".join(loaded(root, "ci/gitlab/review.yml")["handrail-review"]["script"])
    done = shell(script, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "HANDRAIL_CONFIG": "mkdocs.yml",
                          "HANDRAIL_FAIL_ON": "never"}, repository)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = json.loads((repository / "gl-code-quality-report.json").read_text())
    assert row["location"] == {"path": "docs/release.md", "lines": {"begin": 6}}


# ---- git's own diff ----


def test_git_compares_steps_by_two_lines_of_configuration(root: Path, repository: Path) -> None:
    guide = (root / "content/guide/review.md").read_text(encoding="utf-8")
    assert "*.md diff=handrail" in guide
    assert "git config diff.handrail.textconv 'handrail read --text'" in guide
    write({".gitattributes": "*.md diff=handrail\n"})
    git("config", "diff.handrail.textconv", "handrail read --text")
    renumbered = PAGE.replace("1. Freeze", "1) Freeze").replace("2. Run", "2) Run").replace("3. Tag", "3) Tag")
    write({"docs/release.md": renumbered})
    assert not re.search(r"^[-+][^-+]", git("diff", "--", "docs"), re.MULTILINE)
    write({"docs/release.md": renumbered.replace("twice", "often")})
    lines = [line for line in git("diff", "--", "docs").splitlines() if re.match(r"[-+][^-+]", line)]
    assert lines == ["-* Run all of the tests twice.", "+* Run all of the tests often."]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe not UTF-8 \x00", b"---\nhandrail: {kind: nonsense}\n---\n# A\n", b"| a\n"]
)
def test_any_file_can_be_shown_as_text(repository: Path, data: bytes) -> None:
    (repository / "odd.md").write_bytes(data)
    done = shell("handrail read --text odd.md", {}, repository)
    assert (done.returncode, done.stderr) == (0, "")
