"""Packages of npm that judge what Handrail writes: installed once, outside of this folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

JUDGES = ("bpmn-js@18.31.1", "bpmn-moddle@10.3.1", "bpmnlint@11.15.0", "mermaid@11.17.2")
"""Pinned, so that a newer rule does not surprise anybody."""


def installed(packages: tuple[str, ...] = JUDGES) -> Path:
    """Return a folder with the packages below `node_modules`; without node, npm or a network the test is skipped."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not there to judge BPMN and Mermaid by their own libraries")
    name = "-".join(package.replace("@", "_") for package in packages)
    folder = Path(os.environ.get("HANDRAIL_NPM") or tempfile.gettempdir(), f"handrail-{os.getuid()}-{name}")
    if not folder.is_dir():
        _install(packages, folder)
    return folder


def _install(packages: tuple[str, ...], folder: Path) -> None:
    """Install beside the folder, then move it there at once, so that tests that run side by side find it whole."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as here:
        made = Path(here, "made")
        made.mkdir()
        (made / "package.json").write_text('{"private": true}')
        command = ("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", *packages)
        try:
            subprocess.run(command, cwd=made, check=True, capture_output=True, timeout=300)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            pytest.skip(f"npm could not install {', '.join(packages)}: {error}")
        if not folder.is_dir():
            made.rename(folder)


def ran(folder: Path, script: Path, *arguments: str) -> str:
    """Return what a script prints that uses the packages."""
    copy = folder / script.name
    copy.write_bytes(script.read_bytes())
    done = subprocess.run(
        ("node", copy.name, *arguments), cwd=folder, check=False, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
