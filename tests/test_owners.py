"""CODEOWNERS against what the pages say: patterns as each forge has them, who can pass an owner, and the lines that mend it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from handrail.cli import main
from handrail.handbook import read_handbook
from handrail.options import options_of
from handrail.owners import Forge, Ownership, code_owners, forge_of, ownership_of, place_of
from handrail.owners.patterns import matcher
from handrail.problems import HandrailError
from handrail.sources import Sources
from tests.test_diff_command import Files, git, write

PAGE = "---\nhandrail: {{kind: procedure, owner: {owner}{more}}}\n---\n# {title}\n\n1. Go on.\n2. Rest.\n"
HANDLES = {"Release manager": "@acme/release", "QA": ["@ann", "@bob"]}


def page(title: str, owner: str, more: str = "") -> str:
    return PAGE.format(title=title, owner=owner, more=more)


PAGES = {
    "release.md": page("Release", "Release manager"),
    "test.md": page("Test", "QA", ", approved_by: [Release manager]"),
}


# ---- patterns ----


@pytest.mark.parametrize(
    ("pattern", "path", "github", "gitlab"),
    [
        ("*", "a", True, True),
        ("*", "a/b.md", True, True),
        ("*.md", "a/b/c.md", True, True),
        ("*.md", "a/b.mdx", False, False),
        ("/a.md", "a.md", True, True),
        ("/a.md", "x/a.md", False, False),
        ("a.md", "x/a.md", True, True),
        ("/docs/", "docs/a/b.md", True, True),
        ("/docs/", "x/docs/a.md", False, False),
        ("docs/", "x/docs/a.md", True, True),
        ("/docs", "docs/a.md", True, False),
        ("/docs", "docs", True, True),
        ("docs/*", "docs/a.md", True, True),
        ("docs/*", "docs/a/b.md", False, False),
        ("docs/*", "x/docs/a.md", False, True),
        ("/docs/**", "docs/a/b.md", True, True),
        ("/docs/**/b.md", "docs/b.md", True, True),
        ("/docs/**/b.md", "docs/x/y/b.md", True, True),
        ("**/b.md", "docs/x/b.md", True, True),
        ("/docs/*.md", "docs/a/b.md", False, False),
        ("/docs/a?.md", "docs/ab.md", True, True),
        ("/docs/a?.md", "docs/a/.md", False, False),
        ("/a\\ b.md", "a b.md", True, True),
        ("/a\\*.md", "a*.md", True, True),
        ("/a\\*.md", "ab.md", False, False),
        ("/Docs/", "docs/a.md", False, False),
        ("/docs/*/c.md", "docs/b/c.md", True, True),
        ("/docs/*/c.md", "docs/b/x/c.md", False, False),
    ],
)
def test_patterns_match_as_on_the_forge(pattern: str, path: str, github: bool, gitlab: bool) -> None:
    assert (matcher(pattern, "github")(path), matcher(pattern, "gitlab")(path)) == (github, gitlab)


@given(
    st.text("ab*?/\\.", max_size=12), st.text("ab/.", min_size=1, max_size=12), st.sampled_from(["github", "gitlab"])
)
def test_any_pattern_has_an_answer(pattern: str, path: str, forge: str) -> None:
    assert matcher(pattern, forge)(path) in (True, False)


def test_a_pattern_that_is_made_to_be_slow_is_not() -> None:
    begun = time.process_time()
    for pattern in ("/" + "a*" * 200 + "b", "/" + "**/a/" * 100 + "b", "*" * 500 + "x"):
        for forge in ("github", "gitlab"):
            assert not matcher(pattern, forge)("a" * 300 + "/" + "a/" * 100 + "c")
    assert time.process_time() - begun < 2


# ---- judgement ----


def judged(text: str | None, forge: Forge = "github", pages: Files = PAGES, guard: bool = True) -> Ownership:
    place = ".github/CODEOWNERS" if forge == "github" else ".gitlab/CODEOWNERS"
    known = options_of({"handles": HANDLES})
    book = read_handbook(Sources({path: str(said) for path, said in pages.items()}), known)
    files = {place, "README.md", *(f"docs/{path}" for path in pages)}
    guarded = f"/{place} @root\n{text}" if guard else str(text)
    said = code_owners(guarded, place, forge) if text is not None else None
    return ownership_of(book, known, "docs", files, said, forge)


def told(found: Ownership) -> list[str]:
    return [f"{problem.path}:{problem.line} {problem.rule}" for problem in found.problems]


RELEASE, TEST = "docs/release.md:2 owners-missing", "docs/test.md:2 owners-missing"
GOOD = "/docs/release.md @acme/release\n/docs/test.md @ann @bob @acme/release\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, []),
        (GOOD.upper().replace("/DOCS/RELEASE.MD", "/docs/release.md").replace("/DOCS/TEST.MD", "/docs/test.md"), []),
        ("/docs/release.md @acme/release\n", [TEST]),
        ("/docs/ @ann\n", [RELEASE]),
        (GOOD + "* @all\n", [RELEASE, TEST, ".github/CODEOWNERS:1 nothing"][:2]),
        (GOOD + "/docs/test.md\n", [TEST]),
        ("* @all\n" + GOOD, []),
        (GOOD.replace("@ann", "@ann @carl"), ["docs/test.md:2 owners-past"]),
        (GOOD + "/gone/ @ann\n", [".github/CODEOWNERS:4 owners-stale"]),
        (GOOD + "!README.md @ann\n", [".github/CODEOWNERS:4 owners-syntax"]),
        (GOOD + "README.md ann\n", [".github/CODEOWNERS:4 owners-syntax"]),
        (GOOD + "README.md @ann # why not\n", []),
        (GOOD + "# comment\n\n", []),
    ],
)
def test_github(text: str, expected: list[str]) -> None:
    assert told(judged(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, []),
        ("[A]\n* @all\n[B]\n" + GOOD, []),
        ("[A] @acme/release\n/docs/release.md\n[B] @ann\n/docs/test.md\n", []),
        ("^[A]\n" + GOOD, [RELEASE, TEST]),
        ("[A]\n" + GOOD + "[a]\n* @all\n", [RELEASE, TEST]),
        ("[A][2]\n" + GOOD, []),
        ("[A]\n" + GOOD + "!/docs/test.md\n", [TEST]),
        ("[A]\n" + GOOD + "/docs/nothing.md @x\n", [".gitlab/CODEOWNERS:5 owners-stale"]),
    ],
)
def test_gitlab(text: str, expected: list[str]) -> None:
    assert told(judged(text, "gitlab")) == expected


def test_who_guards_the_file_itself() -> None:
    assert told(judged(GOOD, guard=False)) == [".github/CODEOWNERS:1 owners-past"]
    assert told(judged("* @all\n" + GOOD, guard=False)) == []


def test_no_file_at_all() -> None:
    found = judged(None)
    assert told(found) == [RELEASE, TEST]
    assert found.path == ".github/CODEOWNERS"
    assert (found.protected, found.owned) == (0, 2)


@pytest.mark.parametrize("forge", ["github", "gitlab"])
@pytest.mark.parametrize("text", ["", "* @all\n", "[A]\n* @all\n", "/docs/ @ann @carl\n"])
def test_the_printed_lines_mend_it(text: str, forge: Forge) -> None:
    strange = {"a b/c #d.md": page("Strange", "QA"), "x*y?.md": page("Stars", "Release manager")}
    found = judged(text, forge, {**PAGES, **strange})
    assert found.lines
    mended = judged(f"{text}\n" + "\n".join(found.lines) + "\n", forge, {**PAGES, **strange})
    assert mended.lines == ()
    assert (mended.protected, mended.owned) == (4, 4)
    assert {problem.rule for problem in mended.problems} <= {"owners-syntax", "owners-stale"}


def test_a_name_with_a_line_break_gives_no_line() -> None:
    found = judged("", pages={"a\n* @evil.md": page("A", "QA")})
    assert found.lines == ()
    assert [problem.mend for problem in found.problems] == [
        "Rename the page: no line of the file can hold a line break or a sign that is not seen."
    ]


def test_an_owner_without_a_handle_is_told_once() -> None:
    pages = {
        "a.md": page("A", "Nobody"),
        "b.md": page("B", "nobody"),
        "c.md": page("C", '"@me"'),
        "d.md": page("D", "Nobody"),
    }
    found = judged("/docs/c.md @me\n", pages=pages)
    assert told(found) == ["docs/a.md:2 owners-handle"]
    assert "`handles: {Nobody: '@name'}`" in found.problems[0].mend
    assert (found.protected, found.owned) == (1, 4)


def test_documents_without_an_owner_are_counted() -> None:
    assert judged("", pages={"a.md": "---\nhandrail: {kind: procedure}\n---\n# A\n\n1. Go\n2. On\n"}).unowned == 1


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["[", "]", "^", "/a", " ", "@b", "\n", "!", "#", "\\", "*"])).map("".join)
)
def test_any_file_is_read(text: str) -> None:
    for forge in ("github", "gitlab"):
        assert isinstance(judged(text, forge).problems, tuple)


def test_which_forge_and_which_file() -> None:
    assert forge_of({"a"}) == forge_of({".github/x", ".gitlab-ci.yml"}) == "github"
    assert forge_of({".gitlab-ci.yml"}) == forge_of({".gitlab/x"}) == "gitlab"
    both = {"CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS"}
    assert (place_of(both, "github"), place_of(both, "gitlab")) == (".github/CODEOWNERS", "CODEOWNERS")


@pytest.mark.parametrize("given", [{"A": "ann"}, {"A": ["@a b"]}, ["@a"], {"A": {"b": "c"}}])
def test_a_wrong_handle_is_wrong_use(given: object) -> None:
    with pytest.raises(HandrailError, match="handles"):
        options_of({"handles": given})


# ---- the command ----


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a handbook and a CODEOWNERS file, the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("init", "--quiet", "--initial-branch", "main")
    config = f"site_name: H\nplugins:\n  - handrail:\n      handles: {json.dumps(HANDLES)}\n"
    write({"mkdocs.yml": config, "README.md": "", **{f"docs/{path}": text for path, text in PAGES.items()}})
    write({".github/CODEOWNERS": "* @all\n/docs/release.md @acme/release\n"})
    git("add", "--all")
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["owners", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_command_prints_the_lines_to_put_in(repository: Path) -> None:
    result = run()
    assert result.exit_code == 1
    assert "To put in below all other lines of .github/CODEOWNERS:" in result.stdout
    assert "Of 2 pages with an owner, 1 cannot be changed without the owner's approval." in result.stdout
    lines = json.loads(run("--json").stdout)["lines"]
    assert lines == ["/docs/test.md @ann @bob @acme/release"]
    write({".github/CODEOWNERS": "* @all\n/docs/release.md @acme/release\n" + "\n".join(lines)})
    assert run().exit_code == 0


def test_the_command_reads_the_file_that_the_forge_reads(repository: Path) -> None:
    assert json.loads(run("--json", "--forge", "gitlab").stdout)["path"] == "CODEOWNERS"
    write({"OWN": "/docs/ @ann\n"})
    assert json.loads(run("--json", "--file", "OWN").stdout)["path"] == "OWN"
    assert run("--fail-on", "never").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--file", "gone"], "gone is no file"),
        (["--file", "/etc/passwd"], "lies outside of the repository"),
        (["--forge", "forgejo"], "'github', 'gitlab'"),
    ],
)
def test_wrong_use(repository: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    write({".github/CODEOWNERS": b"\xff"})
    assert "is no text in UTF-8" in run().stderr
