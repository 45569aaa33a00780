"""Every kind of bad input gives one Problem with path, line, column, rule and mend, and loses no other page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.handbook import read_folder
from handrail.model import Handbook
from handrail.options import options_of
from handrail.settings import Settings
from tests.reading import handbook, kept, numbered, problems_of, text_of

GOOD = "# Good\n\n1. Stays\n2. All the same\n"
"""The page that no bad page beside it may cost anything."""

Problems = list[str]

TEXTS: list[tuple[str, str, Problems]] = [
    (
        "malformed front matter",
        "---\ntitle: [a\nhandrail: {}\n---\n# T\n\n1. Go\n",
        [
            "bad.md:3:9 error front-matter: This is not YAML: did not find expected ',' or ']'. Mind the "
            "indentation, colons and quotes."
        ],
    ),
    (
        "unclosed front matter",
        "---\ntitle: T\n\n# T\n\n1. Go\n",
        ["bad.md:1:1 error front-matter: The front matter is not closed. End it with a line `---` of its own."],
    ),
    (
        "duplicate keys",
        "---\ntitle: T\ntitle: U\n---\n1. Go\n",
        ["bad.md:3:1 error front-matter: The key `title` stands here twice. Keep one of the two."],
    ),
    (
        "duplicate keys under handrail",
        "---\nhandrail: {owner: A, owner: B}\n---\n1. Go\n",
        ["bad.md:2:22 error front-matter: The key `owner` stands here twice. Keep one of the two."],
    ),
    (
        "an anchor",
        "---\na: &a b\n---\n1. Go\n",
        ["bad.md:2:4 error front-matter: Anchors and aliases are not read. Write the value out."],
    ),
    (
        "a bomb of aliases",
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n1. Go\n",
        ["bad.md:2:4 error front-matter: Anchors and aliases are not read. Write the value out."],
    ),
    (
        "a custom tag",
        "---\na: !!python/name:os.system\n---\n1. Go\n",
        [
            "bad.md:2:4 error front-matter: The tag `tag:yaml.org,2002:python/name:os.system` is not "
            "read. Remove the tag."
        ],
    ),
    (
        "a wrong type",
        "---\nhandrail:\n  owner: [A, B]\n---\n1. Go\n",
        ["bad.md:3:10 warning wrong-type: `owner` wants one text. Write `owner: ...`."],
    ),
    (
        "handrail as a word",
        "---\nhandrail: procedure\n---\n1. Go\n",
        [
            "bad.md:2:11 error front-matter: `handrail` holds no mapping. Write the keys under it: "
            "`handrail: {kind: procedure}`."
        ],
    ),
    (
        "an unknown key",
        "---\nhandrail:\n  prerequisits: A key\n---\n1. Go\n",
        ["bad.md:3:3 warning unknown-key: Handrail knows no key `prerequisits`. Did you mean `prerequisites`?"],
    ),
    (
        "an unknown home",
        "---\nhandrail:\n  process: hoem\n---\n1. Go\n",
        ["bad.md:3:12 error unknown-home: There is no process `hoem`. Did you mean `home`?"],
    ),
    (
        "an unknown kind",
        "---\nhandrail: {kind: proces}\n---\n1. Go\n",
        ["bad.md:2:18 error unknown-kind: There is no kind `proces`. Did you mean `process`?"],
    ),
    (
        "an unknown kind in a comment",
        "# T\n\n## A\n\n<!-- handrail: {kind: procdure} -->\n\n1. Go\n",
        ["bad.md:5:23 error unknown-kind: There is no kind `procdure`. Did you mean `procedure`?"],
    ),
    (
        "a duplicate id",
        "---\nhandrail: {id: good}\n---\n1. Go\n",
        [
            "bad.md:2:16 error duplicate-id: The id `good` is taken by good.md, line 2. Choose another "
            "id; old ids go under `aliases`."
        ],
    ),
    (
        "an id that differs in case",
        "---\nhandrail: {id: GOOD}\n---\n1. Go\n",
        [
            "bad.md:2:16 error duplicate-id: The id `GOOD` is taken by good.md, line 2. Choose another "
            "id; old ids go under `aliases`."
        ],
    ),
    (
        "a step link to nowhere",
        "1. Stop\n2. Go back to [it](#stopp)\n",
        ["bad.md:2:17 warning dead-link: There is no anchor `stopp` in bad.md. Did you mean `stop`?"],
    ),
    (
        "a jump to nowhere",
        "1. Stop\n2. Go back to step 9\n",
        ["bad.md:2:15 warning dead-jump: There is no step 9 to go to. Link the step: `[Freeze](#freeze)`."],
    ),
    (
        "a ragged table",
        "| Step | Who |\n|---|---|\n| Go |\n| Stop | A | B |\n",
        [
            "bad.md:3:3 warning ragged-row: This row has 1 cell, the head of its table has 2. "
            "Give it as many cells as the head; write a pipe in a cell as `\\|`.",
            "bad.md:4:14 warning ragged-row: This row has 3 cells, the head of its table has 2. "
            "Give it as many cells as the head; write a pipe in a cell as `\\|`.",
        ],
    ),
    (
        "a duplicate id of a step",
        '1. <a id="x"></a>Go\n2. <a id="x"></a>Stop\n',
        ["bad.md:2:1 error duplicate-step-id: The step id `x` stands twice on this page. Choose another id."],
    ),
    (
        "a comment that is no YAML",
        "# T\n\n## A\n\n<!-- handrail: {kind: [} -->\n\n1. Go\n",
        [
            "bad.md:5:19 error comment: This is not YAML: did not find expected node content. Mind the "
            "indentation, colons and quotes."
        ],
    ),
]

HOME = {
    "good.md": "---\nhandrail: {id: good}\n---\n" + GOOD,
    "home.md": "---\nhandrail: {kind: process}\n---\n# Home\n",
}


@pytest.mark.parametrize(("text", "problems"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_bad_text_gives_one_problem_and_loses_no_page(text: str, problems: Problems) -> None:
    """Each gives one Problem with path, line, column, rule and mend, and loses no other page."""
    found = handbook({**HOME, "zz/bad.md" if "duplicate-id" in problems[0] else "bad.md": text})
    told = [line.replace("zz/bad.md", "bad.md") for line in problems_of(found) if "unknown-role" not in line]
    if "dead-link" in problems[0]:
        assert [line.split(" ", 1)[1] for line in told] == [line.split(" ", 1)[1] for line in problems]
        assert told[0].startswith("bad.md:2:")
    else:
        assert told == problems
    assert len(kept(found)) == 3
    assert numbered(found.documents["good"]) == ["1 Stays", "2 All the same"]


@pytest.mark.parametrize(
    "text", [text for name, text, _ in TEXTS if "front matter" in name or "key" in name or "tag" in name]
)
def test_a_page_with_bad_front_matter_keeps_its_steps(text: str) -> None:
    """Never a silently dropped page."""
    assert [step.text for step in handbook({"bad.md": text}).procedures[0].steps] == ["Go"]


def test_an_id_that_stands_in_two_procedures_of_one_page() -> None:
    """The page's anchor is the id where free."""
    found = handbook('# T\n\n## A\n\n1. <a id="x"></a>Go\n\n## B\n\n1. <a id="x"></a>Go\n')
    assert [(problem.rule, problem.line) for problem in found.problems] == [("duplicate-step-id", 9)]


def test_a_circle_of_processes() -> None:
    found = handbook(
        {
            **HOME,
            "a.md": "---\nhandrail: {kind: process, part_of: b}\n---\n",
            "b.md": "---\nhandrail: {kind: process, part_of: a}\n---\n",
        }
    )
    assert problems_of(found) == [
        "a.md:2:36 error circle: This process is part of itself: a → b → a. Remove one `part_of` of the circle."
    ]
    assert len(kept(found)) == 4


def _not_utf_8(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"# T\n\n1. Gr\xfc\xdfe\n")


def _out_of_the_folder(folder: Path) -> None:
    (folder.parent / "secret.md").write_text("1. Secret\n", encoding="utf-8")
    (folder / "bad.md").symlink_to("../secret.md")


def _to_nowhere(folder: Path) -> None:
    (folder / "bad.md").symlink_to("nowhere.md")


def _windows(folder: Path) -> None:
    (folder / "con.md").write_text("# Con\n", encoding="utf-8")


def _case(folder: Path) -> None:
    (folder / "Good.md").write_text("# Also good\n", encoding="utf-8")


FILES: list[tuple[Callable[[Path], None], str, list[str]]] = [
    (
        _not_utf_8,
        "bad.md:3:6 error not-utf-8: The page is not UTF-8. It is left out. Save it as UTF-8.",
        ["good.md"],
    ),
    (
        _out_of_the_folder,
        "bad.md:1:1 error outside: This is a link that leaves the handbook's folder. It is left out. "
        "Put the file itself here.",
        ["good.md"],
    ),
    (
        _to_nowhere,
        "bad.md:1:1 error unreadable: The page cannot be read: No such file or directory. It is left out. "
        "Mend the file's rights.",
        ["good.md"],
    ),
    (
        _windows,
        "con.md:1:1 warning file-name: The name `con.md` is impossible on Windows. "
        "Rename it: letters, digits, `-`, `_`, `.`.",
        ["con.md", "good.md"],
    ),
    (
        _case,
        "good.md:1:1 warning file-name: On many machines this name is the same as `Good.md`. Rename one of the two.",
        ["Good.md", "good.md"],
    ),
]


def _read(folder: Path) -> Handbook:
    return read_folder(Settings(folder, options_of({"kinds": {"**": "procedure"}})))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A handbook of one good page."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "good.md").write_text(GOOD, encoding="utf-8")
    return docs


@pytest.mark.parametrize(("spoil", "problem", "pages"), FILES, ids=[spoil.__name__.strip("_") for spoil, _, _ in FILES])
def test_bad_files_give_one_problem_and_lose_no_page(
    folder: Path, spoil: Callable[[Path], None], problem: str, pages: list[str]
) -> None:
    spoil(folder)
    found = _read(folder)
    assert problems_of(found) == [problem]
    assert kept(found) == pages


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_line_ends_read_the_same(folder: Path, ends: str) -> None:
    text = (
        "---\nhandrail: {owner: A}\n---\n# T\n\n1. Go\n\n   Words.\n\n"
        "   | Input | Output |\n   |---|---|\n   | a | b |\n2. Stop\n"
    )
    (folder / "a.md").write_bytes(text.encode())
    one = _read(folder).documents["a"]
    (folder / "a.md").write_bytes(text.replace("\n", ends).encode())
    other = _read(folder)
    assert (other.documents["a"], problems_of(other)) == (one, [])


def test_a_byte_order_mark_reads_the_same(folder: Path) -> None:
    text = "---\nhandrail: {owner: A}\n---\n# T\n\n1. Go\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    one = _read(folder).documents["a"]
    (folder / "a.md").write_text(text, encoding="utf-8-sig")
    other = _read(folder)
    assert (other.documents["a"], problems_of(other)) == (one, [])


@pytest.mark.parametrize(
    "text", ["1. Go\x00 on\n2. Stop\n", "\x001. Go\n", "---\ntitle: a\x00b\n---\n1. Go\n", "\x00" * 1000]
)
def test_nul_bytes(folder: Path, text: str) -> None:
    (folder / "bad.md").write_bytes(text.encode())
    found = _read(folder)
    assert kept(found) == ["bad.md", "good.md"]
    assert "\x00" not in "".join(step.id for step in found.documents["bad"].all_steps())


@pytest.mark.parametrize("text", ["a\u2028b\u2029c\x0bd\x0ce\x85f", "1. \u2028Go\n2. a\x0cb\n", "\x1b[31mred\x1b[0m\n"])
def test_strange_line_ends_and_control_characters_leave_the_lines_as_they_are(text: str) -> None:
    found = handbook({"a.md": f"# T\n\n{text}\n\n1. Last\n"}).documents["a"]
    assert found.all_steps()[-1].line == text.count("\n") + 5


def test_a_page_of_5_mb() -> None:
    paragraph = "Some words of a long page, with [a link](good.md) and `code`.\n\n"
    text = "# T\n\n1. Go\n2. Stop\n\n## Words\n\n" + paragraph * (5_000_000 // len(paragraph))
    found = handbook({"bad.md": text, "good.md": GOOD})
    assert len(text) > 4_900_000
    assert numbered(found.documents["bad"]) == ["1 Go", "2 Stop"]
    assert (kept(found), problems_of(found)) == (["bad.md", "good.md"], [])


def test_one_line_of_a_million_letters() -> None:
    found = handbook({"bad.md": f"1. {'word ' * 200_000}\n2. {'[' * 5_000}\n3. {'*a ' * 20_000}\n", "good.md": GOOD})
    assert len(found.documents["bad"].steps) == 3
    assert all(len(step.id) <= 40 for step in found.documents["bad"].steps)


def test_10_000_steps() -> None:
    found = handbook({"bad.md": "".join(f"{number}. Do it again\n" for number in range(1, 10_001)), "good.md": GOOD})
    steps = found.documents["bad"].steps
    assert (len(steps), steps[-1].number, steps[-1].line, steps[-1].id) == (
        10_000,
        "10000",
        10_000,
        "do-it-again-10000",
    )
    assert len({step.anchor for step in steps}) == 10_000
    assert problems_of(found) == []


def test_10_000_heading_steps() -> None:
    found = handbook({"bad.md": "".join(f"## {1 + number % 99}. Do it\n\nWords.\n\n" for number in range(9_999))})
    assert len(found.documents["bad"].steps) == 9_999


def test_step_1000() -> None:
    found = handbook({"bad.md": "".join(f"## Step {number}: Do it\n\nWords.\n\n" for number in range(1, 1_001))})
    assert len(found.documents["bad"].steps) == 1_000


def test_lists_nested_100_deep() -> None:
    """Lists nested 100 deep (markdown-it drops levels past its own limit in silence: raise it)."""
    text = "".join(f"{' ' * 3 * depth}1. Level {depth}\n" for depth in range(100))
    found = handbook({"bad.md": text, "good.md": GOOD})
    steps = found.documents["bad"].all_steps()
    assert [step.text for step in steps] == [f"Level {depth}" for depth in range(100)]
    assert [step.line for step in steps] == list(range(1, 101))
    assert len(kept(found)) == 2


@pytest.mark.parametrize(
    "text",
    [
        ">" * 400 + " deep\n",
        "- " * 400 + "deep\n",
        "1. " * 400 + "deep\n",
        "![" * 400 + "\n",
        "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(400)),
        "<div>\n" * 400,
        "#" * 400 + " deep\n",
        "[" * 400 + "](" * 400,
        "**" * 3_000 + "a\n",
    ],
)
def test_what_is_nested_beyond_all_measure(text: str) -> None:
    found = handbook({"bad.md": f"# T\n\n{text}\n\n1. Go\n", "good.md": GOOD})
    assert kept(found) == ["bad.md", "good.md"]


def test_what_is_nested_too_deep_is_said() -> None:
    """Never a silently dropped page, nor a part of one."""
    text = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(400))
    found = handbook({"bad.md": f"# T\n\n{text}"})
    rest = "".join(block.text for block in found.documents["bad"].rest)
    assert "level 399" in rest
    assert problems_of(found) != []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7 * 7 }}",
        "{% include 'x' %}",
        "${7*7}",
        "#{7*7}",
        "[x](javascript:alert(1))",
        "`<b>`",
        "{% raw %}",
        "{# x #}",
        "<%= 7 %>",
        "]]>",
        "\\u003cscript\\u003e",
    ],
)
def test_html_and_template_syntax_in_texts_are_text(text: str) -> None:
    """No command runs code of the handbook."""
    found = handbook(
        {
            "bad.md": f"---\nhandrail:\n  owner: {text!r}\n---\n# {text} T\n\n1. Do {text} now\n",
            "good.md": GOOD,
        }
    )
    document = next(one for one in found.procedures if one.path == "bad.md")
    assert "49" not in f"{document.fact('owner')}{document.title}{document.steps[0].text}"
    assert document.steps[0].body == f"Do {text} now"
    assert all(char.isalnum() or char == "-" for char in document.steps[0].id)
    assert kept(found) == ["bad.md", "good.md"]


def test_ids_are_safe_to_stand_in_addresses() -> None:
    found = handbook({'a"b<c>.md': '1. Go "on" <b>now</b>\n', "good.md": GOOD})
    assert [step.id for step in found.procedures[0].steps] == ["go-on-now"]


@pytest.mark.parametrize("written", ['x" onclick="alert(1)', "a b", "<b>", "x#y"])
def test_ids_that_the_author_wrote_must_be_words(written: str) -> None:
    found = handbook({"bad.md": f"---\nhandrail: {{id: {written!r}}}\n---\n1. Go\n"})
    assert problems_of(found) != []


def test_a_bad_page_of_everything_at_once() -> None:
    text = text_of("""
        ---
        handrail: {kind: procedure, id: [a], owner: {a: b}, process: gone, zzz: 1}
        ---
        # T

        | Step | Who |
        |---|
        | a |

        1. Go to step 9, see [x](gone.md) and [[gone]]
        """)
    found = handbook({"bad.md": text, "good.md": GOOD})
    assert {problem.rule for problem in found.problems} >= {
        "wrong-type",
        "unknown-home",
        "unknown-key",
        "dead-jump",
        "unknown-id",
    }
    assert all(
        problem.path == "bad.md" and problem.line >= 1 and problem.column >= 1 and problem.mend
        for problem in found.problems
    )
    assert kept(found) == ["bad.md", "good.md"]
