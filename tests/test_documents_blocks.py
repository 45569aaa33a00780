"""Blocks are those of markdown-it, whichever rules are asked."""

from __future__ import annotations

import functools
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handrail.documents import Block
from handrail.documents.page import blocks_of_text
from handrail.documents.tokens import blocks_of

ROOT = Path(__file__).resolve().parent.parent
_NESTING = 300
CORPORA = Path(os.environ.get("HANDRAIL_CORPORA") or ROOT.parent / "shared" / "corpora")
_PIECES = (
    "- ", "* ", "1. ", "2) ", "> ", ">", "#", "## ", "```", "~~~", "    ", "  ", "\t", " ", "\n", "\n\n", "a", "b c",
    "| a | b |", "|---|---|", "--|--", ":-:|", "---", "===", "- - -", "***", "[x]: /u", "[^1]: n", "!!! note", "??? x",
    "<div>", "</div>", "<!--", "-->", "[ ] ", "\\", "+ ", "10. ", "\u00a0", "\x0c", "\0", "|", "\\|", " | ", "--|--\n",
)  # fmt: skip


@functools.cache
def _markdown_it() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").use(admon_plugin).use(footnote_plugin)
    core = parser.get_all_rules()["core"]
    parser.core.ruler.disable([rule for rule in core if rule not in ("normalize", "block")])
    return parser


def _judge(text: str) -> None:
    ours: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    found, deep = blocks_of_text(text, ours)
    tokens = _markdown_it().parse(text, theirs)
    assert list(map(_said, found)) == list(map(_said, blocks_of(tokens, text.split("\n"))))
    assert ours == theirs
    assert deep == next((token.map[0] for token in tokens if token.level >= _NESTING - 2 and token.map), None)


def _said(block: Block) -> dict[str, Any]:
    """Return all that a block is; of what is tight only what shows: the paragraphs right in a list."""
    said = asdict(block)
    waiting = [said]
    while waiting:
        inner = waiting.pop()
        right_inside = [block for item in inner["items"] for block in item["blocks"]]
        inner["tight"] = inner["tight"] and any(block["kind"] == "paragraph" for block in right_inside)
        waiting += [*inner["blocks"], *right_inside]
    return said


@given(st.lists(st.sampled_from([*_PIECES, "\n"]), max_size=30).map("".join))
def test_made_up_texts_have_the_blocks_of_markdown_it(text: str):
    _judge(text)


@pytest.mark.parametrize(
    "text",
    [
        "> ~~~\n> ",
        "> ```\n> a\n>\n",
        "- ```\n a\n- b\n",
        "1. ~~~ x ~\n   ~~\n   ~~~~ \n2. ``` x `\n",
        "- a\n- b\n- - -\n- c\n",
        "> - a\n> - b\n> c\n",
        "- a\n-\n- b\n\n- c\n",
        "  - a\n  - b\n      - c\n  1. d\n  9. e\n",
        "- a | b\n- --|--\n-     c\n-\td\n- e\n",
    ],
)
def test_ends_of_items_and_of_code(text: str):
    _judge(text)


def test_pages_have_the_blocks_of_markdown_it():
    for file in (*(ROOT / "content").rglob("*.md"), *CORPORA.rglob("files/**/*.md")):
        _judge(file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").removeprefix("\ufeff"))


def test_a_page_of_rules_and_heads_of_tables_takes_no_longer_than_its_lines():
    text = "a | b\n--|--\n" * 20_000
    assert len(blocks_of_text(text, {})[0][0].rows) > 30_000


@pytest.mark.parametrize("opening", ["- ", "> ", "1. > "])
@pytest.mark.parametrize("words", ["a", "# a", "a\n---", "***", "a|b\n-|-\n1|2", "!!! note", "<p>", "    a"])
def test_what_is_nested_very_deep_is_told_where_markdown_it_loses_it(opening: str, words: str):
    lines = words.split("\n")
    levels = sum(2 if sign in "-1" else 1 for sign in opening.split())
    for depth in range((_NESTING - 7) // levels, _NESTING // levels + 2, 2):
        inside = "".join(">" if sign == ">" else " " for sign in opening)
        _judge("\n".join((opening if place == 0 else inside) * depth + line for place, line in enumerate(lines)))
