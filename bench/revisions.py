"""A handbook in a git repository with two revisions, of which a few pages differ."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

from handbook import KINDS

_IDENTITY = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false")


def with_revisions(folder: Path, changed: int) -> Path:
    """Commit the handbook in a folder, then the same with a word more on so many pages; return the folder."""
    if (folder / ".git").is_dir():
        return folder
    kinds = "\n".join(f"        {glob!r}: {kind}" for glob, kind in KINDS.items())
    (folder / "mkdocs.yml").write_text(f"site_name: H\nplugins:\n  - handrail:\n      kinds:\n{kinds}\n", "utf-8")
    _git(folder, "init", "--quiet", "--initial-branch", "main")
    _commit(folder)
    pages = sorted((folder / "docs").rglob("*.md"))
    # By chance: each so many pages, the same kind comes again.
    for page in sorted(random.Random(len(pages)).sample(pages, changed)):
        text = page.read_text(encoding="utf-8")
        more = text.replace("\n1. ", "\n1. Carefully ", 1)
        page.write_text(more if more != text else f"{text}\nOne line more.\n", encoding="utf-8")
    _commit(folder)
    return folder


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all", "docs", "mkdocs.yml")
    _git(folder, *_IDENTITY, "commit", "--quiet", "--message", "A revision")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
