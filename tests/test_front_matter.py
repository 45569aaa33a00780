"""Front matter is read as it is written, and never more is taken from it than stands there."""

from __future__ import annotations

import pytest

from handrail.documents.front import Node, comment_options, front_matter
from tests.reading import text_of, told


def _plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: _plain(inner) for key, inner in node.value.items()}
    return [_plain(inner) for inner in node.value] if isinstance(node.value, tuple) else node.value


def _values(text: str) -> dict[str, object]:
    return {key: _plain(node) for key, node in front_matter("a.md", text)[0].values.items()}


@pytest.mark.parametrize(
    ("yaml", "values"),
    [
        ("version: 1.10", {"version": "1.10"}),
        ("retired: No", {"retired": "No"}),
        ("last: 2026-05-04", {"last": "2026-05-04"}),
        ("code: 0123", {"code": "0123"}),
        ("at: 12:30:00", {"at": "12:30:00"}),
        ("nothing:", {"nothing": None}),
        ("nothing: ~", {"nothing": None}),
        ('empty: ""', {"empty": ""}),
        ("roles: [Lead, Scribe]", {"roles": ["Lead", "Scribe"]}),
        ("review: {every: 6 months}", {"review": {"every": "6 months"}}),
        ("1: one", {"1": "one"}),
        ("text: |\n  a\n  b", {"text": "a\nb\n"}),
        ("quoted: 'it''s'", {"quoted": "it's"}),
        ("# a comment", {}),
        ("", {}),
    ],
)
def test_scalars_are_read_as_written(yaml: str, values: dict[str, object]) -> None:
    """Scalars of front matter are read as written (no 1.10 to 1.1, no `No` to false)."""
    found, problems = front_matter("a.md", f"---\n{yaml}\n---\nText\n")
    assert ({key: _plain(node) for key, node in found.values.items()}, problems) == (values, ())


def test_every_value_has_its_place() -> None:
    found, _ = front_matter("a.md", "---\ntitle: T\nhandrail:\n  kind: role\n  roles: [A, B]\n---\n")
    inner = found.values["handrail"].mapping
    assert (inner["kind"].line, inner["kind"].column) == (4, 9)
    assert [(node.line, node.column) for node in inner["roles"].items] == [(5, 11), (5, 14)]
    assert found.lines == 6


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\na: b\n---\nText", 3),
        ("---\na: b\n...\nText", 3),
        ("---\na: b\n---", 3),
        ("---   \na: b\n---  \nText", 3),
        ("---\n---\nText", 2),
        ("Text\n---\na: b\n---\n", 0),
        ("# ---\n", 0),
        (" ---\na: b\n---\n", 0),
    ],
)
def test_how_many_lines_the_front_matter_takes(text: str, lines: int) -> None:
    assert front_matter("a.md", text)[0].lines == lines


@pytest.mark.parametrize(
    ("text", "values", "lines"),
    [
        (
            "id: patch\nname: Apply patches\ncron: 0 0 1 * *\n\n# Patch\n",
            {"id": "patch", "name": "Apply patches", "cron": "0 0 1 * *"},
            4,
        ),
        ("id: patch\n---\n# Patch\n", {"id": "patch"}, 2),
        ("Note: this goes on\nand is text.\n", {}, 0),
        ("Note: this is all", {}, 0),
    ],
)
def test_a_bare_block_of_keys_at_the_head_is_front_matter(text: str, values: dict[str, str], lines: int) -> None:
    found, problems = front_matter("a.md", text)
    assert (_values(text), found.lines, problems) == (values, lines, ())
    assert found.fenced is not bool(values)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "---\na: [1\n---\nText\n",
            "a.md:2:6 error front-matter: This is not YAML: did not find expected ',' or ']'. "
            "Mind the indentation, colons and quotes.",
        ),
        (
            "---\na: b: c\n---\n",
            "a.md:2:5 error front-matter: This is not YAML: mapping values are not allowed in this "
            "context. Mind the indentation, colons and quotes.",
        ),
        (
            "---\ntitle: T\n\nText\n",
            "a.md:1:1 error front-matter: The front matter is not closed. End it with a line `---` of its own.",
        ),
        (
            "---\na: 1\nb: 2\na: 3\n---\n",
            "a.md:4:1 error front-matter: The key `a` stands here twice. Keep one of the two.",
        ),
        (
            "---\na:\n  b: 1\n  b: 2\n---\n",
            "a.md:4:3 error front-matter: The key `b` stands here twice. Keep one of the two.",
        ),
        (
            "---\na: &x 1\nb: *x\n---\n",
            "a.md:2:4 error front-matter: Anchors and aliases are not read. Write the value out.",
        ),
        (
            "---\na: 1\n<<: *x\n---\n",
            "a.md:3:5 error front-matter: Anchors and aliases are not read. Write the value out.",
        ),
        (
            "---\na: !!python/object/apply:os.system [ls]\n---\n",
            "a.md:2:4 error front-matter: The tag `tag:yaml.org,2002:python/object/apply:os.system` is not read. "
            "Remove the tag.",
        ),
        ("---\na: !own 1\n---\n", "a.md:2:4 error front-matter: The tag `!own` is not read. Remove the tag."),
        (
            "---\n- a\n- b\n---\n",
            "a.md:2:1 error front-matter: The front matter is no mapping of keys to values. "
            "Write one `key: value` a line.",
        ),
        (
            "---\njust words\n---\n",
            "a.md:2:1 error front-matter: The front matter is no mapping of keys to values. "
            "Write one `key: value` a line.",
        ),
        (
            "---\n? [a, b]\n: c\n---\n",
            "a.md:2:3 error front-matter: A key must be a word. Write `key: value`.",
        ),
    ],
)
def test_what_is_wrong_with_front_matter(text: str, problem: str) -> None:
    found, problems = front_matter("a.md", text)
    assert [told(one) for one in problems] == [problem]
    assert found.values == {}


def test_broken_front_matter_is_no_text_of_the_page() -> None:
    assert front_matter("a.md", "---\na: [\n---\nText\n")[0].lines == 3


def test_front_matter_nested_too_deep_is_refused() -> None:
    text = f"---\na: {'[' * 40}{']' * 40}\n---\n"
    (problem,) = front_matter("a.md", text)[1]
    assert (problem.rule, problem.line, problem.message) == (
        "front-matter",
        2,
        "This is nested deeper than 30 levels.",
    )


def test_a_control_character_is_named_with_its_place() -> None:
    (problem,) = front_matter("a.md", "---\na: b\nc: d\x00e\n---\n")[1]
    assert (problem.rule, problem.line, problem.column) == ("front-matter", 3, 5)
    assert problem.mend == "Remove the control character."


def test_a_comment_holds_the_same_in_one_line() -> None:
    values, problems = comment_options("a.md", "handrail: {kind: procedure, process: [a, b]}", 7, 6)
    assert ({key: _plain(node) for key, node in values.items()}, problems) == (
        {"kind": "procedure", "process": ["a", "b"]},
        (),
    )
    assert (values["kind"].line, values["kind"].column) == (7, 23)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "handrail: procedure",
            "a.md:7:6 error comment: The Handrail comment holds no mapping. "
            "Write `<!-- handrail: {kind: procedure} -->`.",
        ),
        (
            "handrail: {kind: a, kind: b}",
            "a.md:7:26 error comment: The key `kind` stands here twice. Keep one of the two.",
        ),
        (
            "handrail: {kind: *a}",
            "a.md:7:23 error comment: Anchors and aliases are not read. Write the value out.",
        ),
    ],
)
def test_what_is_wrong_with_a_comment(text: str, problem: str) -> None:
    assert [told(one) for one in comment_options("a.md", text, 7, 6)[1]] == [problem]


def test_malformed_yaml_in_a_comment_is_a_problem_in_its_line() -> None:
    (problem,) = comment_options("a.md", "handrail: {kind: [}", 7, 6)[1]
    assert (problem.rule, problem.level, problem.line) == ("comment", "error", 7)


def test_text_of_leaves_front_matter_at_the_head() -> None:
    assert text_of("""
        ---
        a: b
        ---
        """).startswith("---\n")
