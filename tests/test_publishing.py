"""The workflows for publishing: they can be read, may do no more than they need, and their commands do what they say."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.cli import COMMANDS
from tests.building import handbook

FILES = ("github-pages.yml", "gitlab-pages.yml")


def workflow(root: Path, name: str) -> dict[Any, Any]:
    read: dict[Any, Any] = yaml.safe_load((root / "publishing" / name).read_text(encoding="utf-8"))
    return read


def commands(values: Any) -> list[str]:
    """Return every command of a workflow, in order."""
    if isinstance(values, dict):
        own = [values["run"]] if isinstance(values.get("run"), str) else []
        own += [line for line in values.get("script", ()) if isinstance(line, str)]
        return own + [line for value in values.values() for line in commands(value)]
    return [line for value in values for line in commands(value)] if isinstance(values, list) else []


@pytest.mark.parametrize("name", FILES)
def test_a_workflow_checks_and_builds_strictly(name: str, root: Path):
    found = [shlex.split(line) for line in commands(workflow(root, name))]
    assert {tuple(words[:2]) for words in found} == {("python", "-m"), ("handrail", "check"), ("mkdocs", "build")}
    assert all("--strict" in words and "--quiet" not in words for words in found if words[0] == "mkdocs")
    assert all(words[1] in COMMANDS for words in found if words[0] == "handrail")


def test_the_workflow_for_github_may_write_nothing_but_pages(root: Path):
    read = workflow(root, "github-pages.yml")
    triggers = read[True]  # YAML 1.1 reads `on` as true
    assert set(triggers) == {"push", "pull_request"}
    assert read["permissions"] == {"contents": "read"}
    assert "permissions" not in read["jobs"]["build"]
    assert read["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert read["jobs"]["publish"]["if"] == "github.event_name == 'push'"
    steps = [step for job in read["jobs"].values() for step in job["steps"]]
    assert all(step["uses"].startswith("actions/") and "@v" in step["uses"] for step in steps if "uses" in step)
    (checkout,) = (step for step in steps if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"]["persist-credentials"] is False
    assert not any("${{" in line for line in commands(read))  # nobody's text becomes a part of a command


def test_the_workflow_for_gitlab_publishes_the_default_branch_alone(root: Path):
    read = workflow(root, "gitlab-pages.yml")
    assert read["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert read["pages"]["artifacts"] == {"paths": ["public"]}
    assert "artifacts" not in read["handbook"]
    assert all("--site-dir public" in line for line in commands(read) if line.startswith("mkdocs"))


@pytest.mark.parametrize(("page", "passes"), [("# Home\n", True), ("# Home\n\n[gone](gone.md)\n", False)])
@pytest.mark.parametrize("name", FILES)
def test_the_commands_publish_a_sound_handbook_and_stop_at_a_broken_one(
    name: str, page: str, passes: bool, root: Path, tmp_path: Path
):
    handbook(tmp_path, {"index.md": page}, theme={"name": "material", "font": False},
             validation={"unrecognized_links": "warn"})  # fmt: skip
    lines = [line for line in dict.fromkeys(commands(workflow(root, name))) if "pip install" not in line]
    assert len(lines) == 2
    codes = [
        subprocess.run([sys.executable, "-m", *shlex.split(line)], cwd=tmp_path, capture_output=True, check=False).returncode
        for line in lines
    ]  # fmt: skip
    assert (codes == [0, 0]) is passes
    assert (tmp_path / ("site" if "github" in name else "public") / "index.html").exists()


def test_the_guide_names_each_workflow(root: Path):
    text = (root / "content/guide/publishing.md").read_text(encoding="utf-8")
    assert all(f"publishing/{name}" in text for name in FILES)
