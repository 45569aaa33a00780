"""Blocks are those of markdown-it, whichever rules are asked."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handrail.documents.page import block_tokens

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("HANDRAIL_CORPORA") or ROOT.parent / "shared" / "corpora")
_PIECES = (
    "- ", "* ", "1. ", "2) ", "> ", ">", "#", "## ", "```", "~~~", "    ", "  ", "\t", " ", "\n", "\n\n", "a", "b c",
    "| a | b |", "|---|---|", "--|--", ":-:|", "---", "===", "- - -", "***", "[x]: /u", "[^1]: n", "!!! note", "??? x",
    "<div>", "</div>", "<!--", "-->", "[ ] ", "\\", "+ ", "10. ", "\u00a0", "\x0c", "\0",
)  # fmt: skip


@functools.cache
def _markdown_it() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 300}).enable("table").use(admon_plugin).use(footnote_plugin)
    core = parser.get_all_rules()["core"]
    parser.core.ruler.disable([rule for rule in core if rule not in ("normalize", "block")])
    return parser


def _said(tokens: list[Token]) -> list[Any]:
    return [token.as_dict() for token in tokens]


def _judge(text: str) -> None:
    ours: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    assert _said(block_tokens(text, ours)) == _said(_markdown_it().parse(text, theirs))
    assert ours == theirs


@given(st.lists(st.sampled_from([*_PIECES, "\n"]), max_size=30).map("".join))
def test_made_up_texts_have_the_blocks_of_markdown_it(text: str):
    _judge(text)


def test_pages_have_the_blocks_of_markdown_it():
    for file in (*(ROOT / "content").rglob("*.md"), *CORPORA.rglob("files/**/*.md")):
        _judge(file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").removeprefix("\ufeff"))


def test_a_page_of_rules_and_heads_of_tables_takes_no_longer_than_its_lines():
    text = "a | b\n--|--\n" * 20_000
    assert len(block_tokens(text, {})) > 100_000
