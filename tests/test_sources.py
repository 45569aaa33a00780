"""The Markdown files of a folder, and what keeps one of them from being read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from handrail.sources import MOST_BYTES, decoded, folder_sources, name_problems
from tests.reading import told


def _files(folder: Path, *paths: str) -> None:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {path}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("files", "exclude", "read"),
    [
        (["b.md", "a.md", "sub/c.md"], "", ["a.md", "b.md", "sub/c.md"]),
        (["a.md", "b.markdown", "c.MD", "d.mkd", "e.txt", "f.md.bak"], "", ["a.md", "b.markdown", "c.MD", "d.mkd"]),
        (["a.md", ".hidden.md", ".git/b.md", "sub/.cache/c.md"], "", ["a.md"]),
        (["a.md", "drafts/b.md", "sub/drafts/c.md"], "drafts/", ["a.md"]),
        (["a.md", "drafts/b.md", "sub/drafts/c.md"], "/drafts/", ["a.md", "sub/drafts/c.md"]),
        (["a.md", "b_draft.md"], "*_draft.md", ["a.md"]),
        (["drafts/a.md", "drafts/b.md"], "drafts/*\n!drafts/b.md", ["drafts/b.md"]),
        (["index.md", "sub/README.md"], "", ["index.md", "sub/README.md"]),
        (["Über uns.md", "手順.md"], "", ["Über uns.md", "手順.md"]),
        ([], "", []),
    ],
)
def test_which_files_are_pages(tmp_path: Path, files: list[str], exclude: str, read: list[str]) -> None:
    _files(tmp_path, *files)
    found = folder_sources(tmp_path, exclude)
    assert (sorted(found.texts), found.problems) == (read, ())


def test_a_page_s_text_is_what_stands_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeff# A\r\n\x00Ü".encode())
    assert folder_sources(tmp_path).texts == {"a.md": "# A\r\n\x00Ü"}


def test_a_file_that_is_not_utf_8_is_left_out_with_its_place(tmp_path: Path) -> None:
    _files(tmp_path, "b.md")
    (tmp_path / "a.md").write_bytes(b"# A\n\nGr\xfc\xdfe\n")
    found = folder_sources(tmp_path)
    assert [told(problem) for problem in found.problems] == [
        "a.md:3:3 error not-utf-8: The page is not UTF-8. It is left out. Save it as UTF-8."
    ]
    assert list(found.texts) == ["b.md"]


@pytest.mark.parametrize(
    ("data", "line", "column"), [(b"\xff", 1, 1), (b"a\nb\xff", 2, 2), ("é\n".encode() + b"x\xe9", 2, 2)]
)
def test_where_a_text_stops_being_utf_8(data: bytes, line: int, column: int) -> None:
    problem = decoded("a.md", data)
    assert not isinstance(problem, str)
    assert (problem.line, problem.column) == (line, column)


def test_the_column_counts_characters() -> None:
    problem = decoded("a.md", "Größe ".encode() + b"\xff")
    assert not isinstance(problem, str)
    assert problem.column == 7


def test_a_link_that_leaves_the_folder_is_not_followed(tmp_path: Path) -> None:
    docs, other = tmp_path / "docs", tmp_path / "docs-of-others"
    _files(docs, "a.md")
    _files(other, "secret.md", "deep/secret.md")
    (docs / "b.md").symlink_to(other / "secret.md")
    found = folder_sources(docs)
    assert [told(problem) for problem in found.problems] == [
        "b.md:1:1 error outside: This is a link that leaves the handbook's folder. It is left out. "
        "Put the file itself here."
    ]
    assert list(found.texts) == ["a.md"]


def test_a_folder_that_is_a_link_to_the_outside_is_a_problem_too(tmp_path: Path) -> None:
    """Never a silently dropped page."""
    docs, other = tmp_path / "docs", tmp_path / "other"
    _files(docs, "a.md")
    _files(other, "secret.md")
    (docs / "sub").symlink_to(other, target_is_directory=True)
    found = folder_sources(docs)
    assert list(found.texts) == ["a.md"]
    assert [(problem.path, problem.rule) for problem in found.problems] == [("sub", "outside")]


def test_links_inside_of_the_folder_are_followed(tmp_path: Path) -> None:
    _files(tmp_path, "real/a.md")
    (tmp_path / "b.md").symlink_to("real/a.md")
    (tmp_path / "copy").symlink_to("real", target_is_directory=True)
    found = folder_sources(tmp_path)
    assert (sorted(found.texts), found.problems) == (["b.md", "copy/a.md", "real/a.md"], ())


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    _files(tmp_path, "a/a.md", "b/b.md")
    (tmp_path / "a" / "up").symlink_to("..", target_is_directory=True)
    (tmp_path / "a" / "to-b").symlink_to("../b", target_is_directory=True)
    (tmp_path / "b" / "to-a").symlink_to("../a", target_is_directory=True)
    found = folder_sources(tmp_path)
    assert {"a/a.md", "b/b.md"} <= set(found.texts)
    assert len(found.texts) < 10


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    _files(tmp_path, "a.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    found = folder_sources(tmp_path)
    assert [(problem.path, problem.line, problem.rule, problem.level) for problem in found.problems] == [
        ("loop.md", 1, "unreadable", "error")
    ]
    assert list(found.texts) == ["a.md"]


def test_a_link_to_nowhere_is_a_problem(tmp_path: Path) -> None:
    _files(tmp_path, "a.md")
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    found = folder_sources(tmp_path)
    assert [(problem.path, problem.line, problem.rule, problem.level) for problem in found.problems] == [
        ("gone.md", 1, "unreadable", "error")
    ]
    assert list(found.texts) == ["a.md"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_rights_is_a_problem(tmp_path: Path) -> None:
    _files(tmp_path, "a.md", "b.md")
    (tmp_path / "a.md").chmod(0)
    found = folder_sources(tmp_path)
    assert [problem.rule for problem in found.problems] == ["unreadable"]
    assert list(found.texts) == ["b.md"]


def test_a_page_may_have_5_mb_and_not_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"words \n" * 750_000)
    (tmp_path / "b.md").write_bytes(b"\n" * (MOST_BYTES + 1))
    found = folder_sources(tmp_path)
    assert list(found.texts) == ["a.md"]
    assert [told(problem) for problem in found.problems] == [
        "b.md:1:1 error too-large: The page is larger than 20 MB. It is left out. Split it."
    ]


@pytest.mark.parametrize(
    "name",
    [
        "con.md",
        "NUL.md",
        "aux.draft.md",
        "lpt1.md",
        "a:b.md",
        "what?.md",
        "a*.md",
        'say "x".md',
        "a<b.md",
        "a|b.md",
        "a\\b.md",
        "a\x07.md",
        "sub./a.md",
        "sub /a.md",
        "com1/a.md",
    ],
)
def test_names_impossible_on_windows(name: str) -> None:
    (problem,) = name_problems([name])
    assert (problem.rule, problem.level, problem.path, problem.line, problem.column) == (
        "file-name",
        "warning",
        name,
        1,
        1,
    )
    assert problem.message.endswith("is impossible on Windows.")
    assert problem.mend == "Rename it: letters, digits, `-`, `_`, `.`."


@pytest.mark.parametrize("name", ["console.md", "com10.md", "a.b.md", "Über uns.md", "手順.md", "sub/a (1).md"])
def test_names_possible_everywhere(name: str) -> None:
    assert list(name_problems([name])) == []


@pytest.mark.parametrize(
    ("first", "second"), [("Release.md", "release.md"), ("A/x.md", "a/x.md"), ("caf\u00e9.md", "cafe\u0301.md")]
)
def test_paths_that_are_one_on_many_machines(first: str, second: str) -> None:
    known, problem_path = sorted([first, second])
    assert [told(problem) for problem in name_problems([first, second])] == [
        f"{problem_path}:1:1 warning file-name: On many machines this name is the same as `{known}`. "
        "Rename one of the two."
    ]


def test_a_folder_reads_the_same_in_any_order_of_the_disk(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        _files(tmp_path, f"{name}.md", f"sub-{name}/x.md")
    found = folder_sources(tmp_path)
    assert list(found.texts) == sorted(found.texts)


def test_a_readme_beside_an_index_is_left_out_and_said(tmp_path: Path) -> None:
    """Never a silently dropped page."""
    _files(tmp_path, "index.md", "README.md")
    assert [(problem.path, problem.level) for problem in folder_sources(tmp_path).problems] == [("README.md", "info")]
