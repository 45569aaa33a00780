"""What a copy says about itself, with real git: commit, day, tag, changed files, addresses, the day it grows old."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.options import options_of
from handrail.problems import HandrailError
from handrail.sources import Revision, revision_of
from handrail.stamp import Stamp, known_revision, stamp_of

WHEN = "2026-11-22T23:30:00 -0500"
REVISION = Revision("0123456789abcdef0123456789abcdef01234567", "2026-11-22", 1_795_408_200, folder="content")

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A repository with one commit that holds `docs/` and `mkdocs.yml`."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = {f"GIT_{who}_{what}": f"a{what}@example.org"
           for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    when = {"GIT_AUTHOR_DATE": "2020-01-01T00:00:00 +0000", "GIT_COMMITTER_DATE": WHEN}

    def run(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=tmp_path, env={**environment, **who, **when}, check=True,
                              capture_output=True, text=True).stdout.strip()  # fmt: skip

    (tmp_path / "docs" / "sub").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_bytes(b"# Home\n\nText.\n")
    (tmp_path / "docs" / "sub" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: A\n")
    run("init", "--quiet", "--initial-branch=main")
    run("add", ".")
    run("commit", "--quiet", "--message=One")
    return run


def found(folder: Path) -> Revision:
    return revision_of(folder / "docs", [folder / "mkdocs.yml"])


def test_the_commit_with_its_day(tmp_path: Path, git: Git):
    revision = found(tmp_path)
    assert revision.commit == git("rev-parse", "HEAD")
    assert (revision.day, revision.day) == ("2026-11-22", git("show", "--no-patch", "--format=%cs"))
    assert revision.seconds == int(git("show", "--no-patch", "--format=%ct"))
    assert (revision.tag, revision.changed, revision.folder) == (None, False, "docs")
    assert revision.short == revision.commit[:12]


def test_the_highest_tag_at_the_commit(tmp_path: Path, git: Git):
    git("tag", "v1.9")
    git("tag", "--annotate", "--message=Ten", "v1.10")
    assert found(tmp_path).tag == "v1.10"


def test_a_tag_at_another_commit_is_not_this_one_s(tmp_path: Path, git: Git):
    git("tag", "v1")
    git("commit", "--quiet", "--allow-empty", "--message=Two")
    assert found(tmp_path).tag is None


def _plant(path: str, data: bytes) -> Callable[[Path], object]:
    def planted(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)

    return planted


@pytest.mark.parametrize(
    ("do", "changed"),
    [
        pytest.param(_plant("docs/index.md", b"# Home\n\nWords.\n"), True, id="a page changed"),
        pytest.param(_plant("docs/index.md", b"# Home\r\n\r\nText.\r\n"), False, id="lines ended as on Windows"),
        pytest.param(_plant("docs/new.md", b"# New\n"), True, id="a page added"),
        pytest.param(lambda folder: (folder / "docs" / "sub" / "logo.png").unlink(), True, id="a picture missing"),
        pytest.param(_plant("mkdocs.yml", b"site_name: B\n"), True, id="the settings changed"),
        pytest.param(_plant("README.md", b"# Readme\n"), False, id="something outside of the handbook"),
        pytest.param(_plant("docs/.cache/x", b"x"), False, id="something hidden"),
        pytest.param(lambda folder: os.utime(folder / "docs" / "index.md", (0, 0)), False, id="only a time"),
    ],
)
def test_whether_the_files_are_those_of_the_commit(
    tmp_path: Path, git: Git, do: Callable[[Path], object], changed: bool
):
    do(tmp_path)
    assert found(tmp_path).changed is changed


def test_a_link_is_its_target(tmp_path: Path, git: Git):
    (tmp_path / "docs" / "link.md").symlink_to("index.md")
    git("add", ".")
    git("commit", "--quiet", "--message=Two")
    assert not found(tmp_path).changed
    (tmp_path / "docs" / "link.md").unlink()
    (tmp_path / "docs" / "link.md").symlink_to("sub/logo.png")
    assert found(tmp_path).changed


def test_a_file_that_git_keeps_elsewhere(tmp_path: Path, git: Git):
    data = b"a large picture"
    note = (f"version https://git-lfs.github.com/spec/v1\noid sha256:{hashlib.sha256(data).hexdigest()}\n"
            f"size {len(data)}\n")  # fmt: skip
    (tmp_path / "docs" / "large.png").write_bytes(note.encode())
    git("add", ".")
    git("commit", "--quiet", "--message=Two")
    (tmp_path / "docs" / "large.png").write_bytes(data)
    assert not found(tmp_path).changed
    (tmp_path / "docs" / "large.png").write_bytes(data + b"!")
    assert found(tmp_path).changed


def test_pages_at_the_root_of_the_repository(tmp_path: Path, git: Git):
    assert revision_of(tmp_path).folder == ""


def test_a_folder_beside_outside_of_the_repository_counts_as_changed(tmp_path: Path, git: Git, tmp_path_factory):
    assert revision_of(tmp_path / "docs", [tmp_path_factory.mktemp("theme")]).changed


def test_where_there_is_no_commit(tmp_path: Path):
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    with pytest.raises(HandrailError, match="There is no revision `HEAD`"):
        revision_of(tmp_path)
    assert known_revision(tmp_path)[0] is None


# ---- what is made of it ----


def test_the_day_on_which_a_copy_grows_old():
    stamp = stamp_of("A", options_of({"valid_for": "30 days", "ask": "Ann,  a@example.org"}), REVISION)
    assert (stamp.expires, stamp.ask, stamp.controlled) == ("2026-12-22", "Ann, a@example.org", False)


@pytest.mark.parametrize("stamp", [Stamp("A"), stamp_of("A", options_of({}), REVISION),
                                   stamp_of("A", options_of({"valid_for": "30 days"}), None)])  # fmt: skip
def test_a_copy_that_never_grows_old(stamp: Stamp):
    assert stamp.expires is None


def test_the_address_of_the_live_page():
    stamp = stamp_of("A", options_of({}), REVISION, "https://handbook.example.org/en")
    assert stamp.live("guide/a.html") == "https://handbook.example.org/en/guide/a.html"
    assert stamp.live("./") == "https://handbook.example.org/en/"
    assert Stamp("A").live("a.html") is None


@pytest.mark.parametrize(
    ("forge", "editing", "way"),
    [
        ("https://github.com/a/b", "edit/master/docs/", "blob/"),
        ("https://git.example.org/a/b/", "edit/main/docs/", "blob/"),
        ("https://gitlab.com/a/b", "edit/master/docs/", "-/blob/"),
        ("https://git.example.org/a/b", "-/edit/main/docs/", "-/blob/"),
        ("https://codeberg.org/a/b", "_edit/main/docs/", "src/commit/"),
        ("https://bitbucket.org/a/b", "src/default/docs/", "src/"),
    ],
)
def test_the_address_of_a_page_s_source(forge: str, editing: str, way: str):
    stamp = stamp_of("A", options_of({}), REVISION, forge=forge, editing=editing)
    assert stamp.pinned("on call/a.md") == f"{forge.rstrip('/')}/{way}{REVISION.commit}/content/on%20call/a.md"
    assert stamp_of("A", options_of({}), None, forge=forge).pinned("a.md") is None
