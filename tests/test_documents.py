"""A Markdown file is taken apart as CommonMark, every part with its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from handrail.documents import Block, inline, page_of
from handrail.documents.slugs import forge_anchors, forge_slug, own_slug, site_slug
from tests.reading import text_of


def _parts(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{block.line}-{block.end}:{block.column} {block.kind}" for block in blocks]


def _every(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _every(block.blocks)
        for item in block.items:
            yield from _every(item.blocks)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Words\nthat go on.\n", ["1-2:1 paragraph"]),
        ("1. One\n2. Two\n\n\nWords\n", ["1-2:1 ordered", "5-5:1 paragraph"]),
        ("- One\n\n  more\n", ["1-3:1 bullets"]),
        ("  - One\n", ["1-1:3 bullets"]),
        ("| A | B |\n|---|---|\n| 1 | 2 |\n", ["1-3:1 table"]),
        ("```\ncode\n```\n", ["1-3:1 code"]),
        ("    code\n", ["1-1:5 code"]),
        ("> said\n", ["1-1:1 quote"]),
        ("<div>\nx\n</div>\n", ["1-3:1 html"]),
        ("<!-- said\naside -->\n", ["1-2:1 comment"]),
        ("!!! note\n    Words.\n", ["1-2:1 admonition"]),
        ("---\n", ["1-1:1 rule"]),
        ("[^1]\n\n[^1]: Words.\n", ["1-1:1 paragraph", "3-3:1 footnote"]),
        ("[a]: b.md\n", ["1-1:1 definition"]),
        ("", []),
    ],
)
def test_each_block_has_its_lines_and_column(text: str, parts: list[str]) -> None:
    assert _parts(page_of("a.md", text).sections[0].blocks) == parts


def test_items_know_marker_box_and_place() -> None:
    (bullets,) = page_of("a.md", "- [ ] Open\n- [x] Ticked\n-   Wide\n").sections[0].blocks
    assert [(item.line, item.column, item.checked, item.offset) for item in bullets.items] == [
        (1, 1, False, 2),
        (2, 1, True, 2),
        (3, 1, None, 4),
    ]
    assert [item.blocks[0].text for item in bullets.items] == ["Open", "Ticked", "Wide"]


def test_cells_know_their_columns_and_pipes_that_are_escaped() -> None:
    (table,) = page_of("a.md", "| Step | Who |\n|---|---|\n| a \\| b |  Lead |\n").sections[0].blocks
    assert [(cell.text, cell.line, cell.column) for cell in table.rows[1].cells] == [
        ("a | b", 3, 3),
        ("Lead", 3, 13),
    ]


def test_a_list_keeps_the_number_it_starts_with() -> None:
    (ordered,) = page_of("a.md", "7) Seven\n8) Eight\n").sections[0].blocks
    assert (ordered.start, len(ordered.items)) == (7, 2)


def test_sections_are_flat_and_know_their_parents() -> None:
    page = page_of("a.md", "Before\n\n# A\n\n## B\n\nb\n\n#### D\n\n## C\n")
    assert [(section.level, section.title, section.line, section.end, section.parent) for section in page.sections] == [
        (0, "", 1, 2, -1),
        (1, "A", 3, 4, 0),
        (2, "B", 5, 8, 1),
        (4, "D", 9, 10, 2),
        (2, "C", 11, 11, 1),
    ]


def test_a_heading_under_a_line_of_dashes_is_a_heading() -> None:
    page = page_of("a.md", "Title\n=====\n\nPart\n----\n")
    assert [(section.level, section.title, section.line) for section in page.sections[1:]] == [
        (1, "Title", 1),
        (2, "Part", 4),
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## Freeze {: #cold }\n", ("cold",)),
        ("## Freeze {#cold}\n", ("cold",)),
        ('## <a id="cold"></a>Freeze\n', ("cold",)),
        ('<a id="cold"></a>\n\n## Freeze\n', ("cold",)),
        ("<a name='cold'></a>\n## Freeze\n", ("cold",)),
        ("## Freeze\n", ()),
    ],
)
def test_ids_that_the_author_gave_to_a_heading(text: str, ids: tuple[str, ...]) -> None:
    section = page_of("a.md", text).sections[1]
    assert (section.title, section.ids) == ("Freeze", ids)


@pytest.mark.parametrize(
    ("title", "forge", "site"),
    [
        ("Roll back a release", "roll-back-a-release", "roll-back-a-release"),
        ("What's new? (2.0)", "whats-new-20", "whats-new-20"),
        ("A & B", "a--b", "a-b"),
        ("Über uns", "über-uns", "uber-uns"),
        ("手順", "手順", ""),
    ],
)
def test_slugs_of_the_forge_and_of_the_site(title: str, forge: str, site: str) -> None:
    assert (forge_slug(title), site_slug(title)) == (forge, site)


def test_equal_headings_are_told_apart_as_each_host_does_it() -> None:
    page = page_of("a.md", "# A\n\n# A\n\n# A\n")
    assert [section.forge_slug for section in page.sections[1:]] == ["a", "a-1", "a-2"]
    assert [section.site_slug for section in page.sections[1:]] == ["a", "a_1", "a_2"]
    assert list(forge_anchors(["x", "y", "x"])) == ["x", "y", "x-1"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Freeze the branch", "freeze-the-branch"),
        ("Don't panic", "dont-panic"),
        ("手順を確認する", "手順を確認する"),
        ("Änderung freigeben", "änderung-freigeben"),
        ("one two three four five six seven eight nine ten", "one-two-three-four-five-six-seven-eight"),
        ("x" * 60, "x" * 40),
        ("?!", ""),
    ],
)
def test_own_slugs_keep_non_latin_letters_and_are_cut_on_a_word(text: str, slug: str) -> None:
    assert own_slug(text) == slug
    assert len(own_slug(text)) <= 40


@pytest.mark.parametrize(
    ("source", "plain", "links"),
    [
        ("Use **bold** and `code`", "Use bold and code", []),
        ("See [the page](a.md#b).", "See the page.", ["link a.md#b"]),
        ("See [Roll back][roll-back].", "See Roll back.", ["reference roll-back"]),
        ("See [[roll-back#freeze]].", "See roll-back#freeze.", ["reference roll-back#freeze"]),
        ("Never in `[[roll-back]]`", "Never in [[roll-back]]", []),
        ("![A picture](a.png)", "A picture", ["image a.png"]),
        ("A [space](my%20page.md)", "A space", ["link my page.md"]),
        ("R&amp;D \\*not bold\\*", "R&D *not bold*", []),
        ("one<br>two", "one\ntwo", []),
        ('<a id="x"></a>Go', "Go", []),
    ],
)
def test_a_text_without_its_markup(source: str, plain: str, links: list[str]) -> None:
    found = inline(source)
    assert found.plain == plain
    assert [f"{link.kind} {link.target}" for link in found.links] == links


@pytest.mark.parametrize(
    ("source", "lead", "rest"),
    [
        ("**Owner:** the lead", "Owner:", "the lead"),
        ("**Owner**: the lead", "Owner:", "the lead"),
        ("**Owner** the lead", "Owner", "the lead"),
        ("the **Owner:** lead", "", "the Owner: lead"),
    ],
)
def test_the_bold_words_that_open_a_text(source: str, lead: str, rest: str) -> None:
    found = inline(source)
    assert (found.lead, found.plain[found.lead_end :]) == (lead, rest)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_machine_and_a_byte_order_mark(ends: str) -> None:
    text = "\ufeff---\ntitle: T\n---\n\n# A\n\n1. One\n2. Two\n".replace("\n", ends)
    page = page_of("a.md", text)
    assert (page.front.values["title"].text, page.sections[1].line) == ("T", 5)
    assert _parts(page.sections[1].blocks) == ["7-8:1 ordered"]


def test_lists_nested_100_deep_are_all_there() -> None:
    """Markdown-it drops levels past its own limit in silence."""
    text = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(100))
    blocks = _every(page_of("a.md", text).sections[0].blocks)
    assert sum(block.kind == "paragraph" for block in blocks) == 100


def test_ragged_rows_are_problems_with_their_line() -> None:
    text = text_of("""
        | A | B |
        |---|---|
        | 1 | 2 |
        | 1 |
        | 1 | 2 | 3 |
        """)
    assert [(problem.rule, problem.line, problem.column) for problem in page_of("a.md", text).problems] == [
        ("ragged-row", 4, 3),
        ("ragged-row", 5, 11),
    ]


def test_the_lines_of_a_page_can_be_had() -> None:
    assert page_of("a.md", "a\nb\nc\n").source(2, 3) == "b\nc"


_PIECES = [
    "a",
    "b c",
    " ",
    "`",
    "``",
    "`x y`",
    "`a*b`",
    "`[a](b)`",
    "[t u](x.md#y)",
    "[",
    "](",
    ")",
    "\n",
    "  \n",
    "\n   ",
]
_PIECES += [
    "*",
    "**",
    "**b**",
    "**b:** ",
    "**b.**c",
    "*e*",
    "***",
    "<br>",
    "&amp;",
    "\\",
    "{: #x }",
    "`{: #x }`",
    "é",
    "[[id]]",
    ":",
    "!",
]


_SHOWN = frozenset("text softbreak code_inline link_open link_close strong_open strong_close em_open em_close".split())


@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
@example("Run `make *` and [read on](more.md), then `stop`.")
@example("`a\n   b`")
@example("**a**b**c** and *d*, **e f.**")
@example("**a.**b *c*")
def test_words_links_code_and_bold_words_are_those_of_the_parser(text: str):
    found: list[Token] = []
    parser = MarkdownIt("commonmark")
    parser.normalizeLink = str  # type: ignore[method-assign, assignment]
    parser.inline.parse(text, parser, {}, found)
    if any(token.type not in _SHOWN for token in found):
        return
    code = [token.content for token in found if token.type == "code_inline"]
    if "[[" in text or "{:" in text or any(content != content.strip() for content in code):
        return
    shown = "".join(" " if token.type == "softbreak" else token.content for token in found)
    assert inline(text).plain == shown.strip()
    assert [link.target for link in inline(text).links] == [
        token.attrs["href"] for token in found if token.type == "link_open"
    ]
    assert [inline(text).plain[start:end] for start, end in inline(text).code] == code
    opening = next((place for place, token in enumerate(found) if token.content or token.type == "strong_open"), 0)
    if found and found[opening].type == "strong_open" and len(found) > opening + 2:
        bold, closing = found[opening + 1 : opening + 3]
        assert closing.type != "strong_close" or inline(text).lead.rstrip(":") == bold.content.strip().rstrip(":")
