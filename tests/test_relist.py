"""What Python-Markdown shows of a relisted page has the lists that CommonMark shows of the page."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.documents import page_of
from handrail.relist import List, lists_of_commonmark, lists_of_html, outline, parser, relist, relisted_page
from tests.nestings import KINDS

EXTENSIONS = (
    "toc tables sane_lists attr_list md_in_html admonition footnotes def_list pymdownx.superfences pymdownx.details"
    " pymdownx.tasklist pymdownx.tabbed"
).split()

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

ALIKE: list[tuple[str, str]] = [
    ("under text", "text\n- a\n- b\n"),
    ("under a heading", "# Title\n1. a\n2. b\n# Next\n"),
    ("above a fence", "- a\n```\nx\n```\n"),
    ("nested at three spaces", "1. a\n   - b\n     1. c\n2. d\n"),
    ("nested at two spaces", "- a\n  - b\n    - c\n"),
    ("far indented content", "-    a\n\n     b\n-    c\n"),
    ("wide numbers", "100. a\n\n     b\n101. c\n     - d\n"),
    ("fences at three spaces", "1. a\n   ```sh\n   x\n\n   1. no\n   ```\n2. b\n   ```\n   y\n   ```\n   c\n3. d\n"),
    ("a fence that is not closed", "1. a\n   ```\n   x\n2. b\n"),
    ("a fence whose info superfences does not know", "1. a\n   ```sh foo bar\n   x\n   ```\n2. b\n"),
    ("a fence closed by a longer one", "1. a\n   ```\n   x\n   `````\n2. b\n"),
    ("a fence in a fence", "1. a\n   ````md\n   ```\n   1. x\n   ```\n   ````\n2. b\n"),
    ("indented code", "1. a\n\n       code\n\n       - code\n\n2. b\n"),
    ("indented code first", "-     code\n- b\n\n-     more\n\n  text\n"),
    ("code below a list", "- a\n\n<!-- -->\n\n    code\n"),
    ("code after a wide list", "-    a\n\n    code\n"),
    ("a restarted list", "1. a\n2. b\n\n1) c\n2) d\n"),
    ("other markers", "- a\n- b\n* c\n+ d\n"),
    ("kinds in turn", "- a\n1. b\n- c\n\n  - d\n  1. e\n  - f\n"),
    ("a start", "3. a\n4. b\n\ntext\n\n7. c\n"),
    ("a start with zeros", "007. a\n"),
    ("zero", "0. a\n1. b\n"),
    ("brackets", "1) a\n   1) b\n2) c\n"),
    ("a number that goes on with a sentence", "It was in\n1986. A great year.\n\n- It was in\n  1986. A great year.\n"),
    ("a bracket that goes on with a sentence", "- It was in\n  2) the second.\n"),
    ("a dash that goes on with a sentence", "- a\n        - b\n"),
    ("a long number", "- 1234567890. a\n"),
    ("a hash without a space", "- #123 is open\n- a\n  #124 too\n"),
    ("lazy lines", "- a\nb\n  - c\nd\n\n> - e\nf\n"),
    ("loose", "- a\n\n- b\n\n  - c\n\n    d\n\n- e\n"),
    ("loose inside tight", "- a\n  - b\n\n    c\n- d\n"),
    ("tight inside loose", "- a\n  - b\n  - c\n\n- d\n"),
    ("empty items", "-\n- a\n-\n\n1.\n2. b\n   -\n   - c\n"),
    ("empty first item above a nested one", "1.\n   - a\n   -\n   - b\n2. c\n"),
    ("many markers on a line", "- 1. - a\n     - b\n- c\n"),
    ("a heading", "1. # a\n\n   b\n2. c\n\n   ## d ##\n\n   C\n   ---\n"),
    ("a rule", "- a\n\n  ***\n\n  b\n- * * *\n"),
    ("a quote", "1. a\n   > b\n   > - c\n   >\n   > d\n2. > e\n\n   f\n"),
    ("a list in a quote", "> text\n> - a\n>   - b\n>\n>   c\n> - d\n\ntext\n"),
    ("lists in neighbouring quotes", "> - a\n\n> - b\n"),
    ("a quote in a quote right after another", "> > - a\n\n> > - b\n"),
    ("a quote whose mark stands far in", "> -\n    > a\n"),
    ("a quote far in, below an item", "> - a\n>\n     > - b\n"),
    ("a first line of blanks", " \n- a\n"),
    ("text under an element, and no list", "<div>\n</div>\n- a\n"),
    ("a quote in a quote", "> > 1. a\n> >    ```\n> >    x\n> >    ```\n> > 2. b\n"),
    ("a table", "1. a\n   | x | y |\n   |---|---|\n   | 1 | 2 |\n2. b\n"),
    ("a table first", "- | x | y |\n  |---|---|\n  | 1 | 2 |\n- b\n"),
    ("a note", '!!! note "T"\n    - a\n      - b\n\n    text\n'),
    ("a note in an item", '1. a\n\n    !!! note "T"\n        1. b\n           - c\n\n2. d\n'),
    ("a folded note", '???+ note "T"\n    1. a\n       - b\n'),
    ("tabs", '=== "One"\n\n    1. a\n       - b\n\n=== "Two"\n\n    1. c\n'),
    ("tabs in an item", '1. a\n\n    === "One"\n\n        1. b\n           ```\n           x\n           ```\n2. c\n'),
    ("an element in an item", "1. a\n   <div>\n   x\n   </div>\n2. b\n\n   <div>\n\n   - c\n\n   </div>\n3. d\n"),
    ("an element around a list", "<details>\n<summary>x</summary>\n\n1. a\n2. b\n\n</details>\n\n- c\n"),
    ("an indented element around a list", "  <div>\n  <details>\n\n1. a\n\n  </details>\n  </div>\n"),
    ("an element that is not closed", "<div>\n\n1. a\n"),
    ("text under an element", "</div>\n- a\n\n- b\n"),
    ("comments between items", "1. a\n<!-- x -->\n2. b\n\n<!-- y -->\n\n3. c\n"),
    ("comments in items", "- a\n  <!-- x\n  - y\n\n  -->\n- b\n"),
    ("definitions between lists", "- a\n\n[x]: /u\n\n- b\n"),
    ("definitions in items", "- a\n\n  [x]: /u\n    'title'\n- [b][x]\n"),
    ("a footnote", "- a[^1]\n- b\n\n[^1]: text\n\n    - c\n      - d\n"),
    ("tasks", "- [ ] a\n  - [x] b\n1. [ ] c\n"),
    ("tabulators", "1.\ta\n\n\tb\n\n\t- c\n2.\td\n"),
    ("template syntax", "{% if x %}\n- {{ a }}\n  {{< b >}} c\n\n{% endif %}\n\n::: note\n1. c\n:::\n"),
    ("a fence outside that superfences does not see", "```sh foo\n1. no\n```\n\n1. a\n\n```\nx\n```\n"),
    ("line ends", "text\r\n1. a\r\n   - b\r\n\r\n   c\r\n"),
]  # fmt: skip
"""Pages whose lists Python-Markdown reads otherwise, by what is special about them."""


@cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=EXTENSIONS, extension_configs={"pymdownx.tabbed": {"alternate_style": True}})


def rendered(text: str) -> str:
    """Return the page as Python-Markdown shows it."""
    return str(_converter().reset().convert(text))


def shape(lists: tuple[List, ...]) -> object:
    """Return lists without what is in their items, for a short comparison."""
    return [(list.ordered, list.start, [(item.text[:20], shape(item.lists)) for item in list.items]) for list in lists]


def contents(lists: tuple[List, ...]) -> list[tuple[bool, tuple[str, ...], int]]:
    """Return for every item whether it is a task, its code, blanks aside, and the number of its tables."""
    return list(_contents(lists))


def _contents(lists: tuple[List, ...]) -> Iterator[tuple[bool, tuple[str, ...], int]]:
    for item in (item for list in lists for item in list.items):
        yield item.is_task, tuple(re.sub(r"\s+", "", code) for code in item.codes), item.tables
        yield from _contents(item.lists)


def steps(lists: tuple[List, ...]) -> list[tuple[int, list[str]]]:
    """Return the outermost ordered lists with their items."""
    return [(list.start, [item.text[:20] for item in list.items]) for list in lists if list.ordered]


@pytest.mark.parametrize(("about", "text"), ALIKE, ids=[about for about, _ in ALIKE])
def test_the_site_shows_the_lists_of_the_forge(about: str, text: str) -> None:
    forge, site = lists_of_commonmark(text), lists_of_html(rendered(relist(text).text))
    assert shape(site) == shape(forge)
    assert contents(site) == contents(forge)


@pytest.mark.parametrize(("about", "text"), ALIKE, ids=[about for about, _ in ALIKE])
def test_what_is_relisted_twice_has_the_same_lists(about: str, text: str) -> None:
    once = relist(text).text
    assert shape(lists_of_commonmark(once)) == shape(lists_of_commonmark(text)) or "100." in text
    assert shape(lists_of_html(rendered(relist(once).text))) == shape(lists_of_commonmark(text)) or "100." in text


@pytest.mark.parametrize(
    ("text", "expected", "lines"),
    [
        ("text\n1) a\n   - b\n", "text\n\n1.  a\n    - b\n", (1, 0, 2, 3)),
        ("- a\n* b\n", "-   a\n\n<!-- -->\n\n*   b\n", (1, 0, 0, 0, 2)),
        ("1. a\n   ```\n   x\n2. b", "1.  a\n    ```\n    x\n    ```\n2.  b\n", (1, 2, 3, 0, 4)),
        ("- a\n  2. b\n", "-   a 2. b\n", (1,)),
        ("- \n  - b\n", "-   <!-- -->\n    -   b\n", (1, 2)),
    ],
)
def test_every_line_knows_where_it_came_from(text: str, expected: str, lines: tuple[int, ...]) -> None:
    relisted = relist(text)
    assert re.sub(r"(?m)^( *- ) +", r"\1", relisted.text) == re.sub(r"(?m)^( *- ) +", r"\1", expected)
    assert relisted.lines == lines


@pytest.mark.parametrize(
    "text",
    ["", "\n", "text", "# T\r\n\r\ntext\r\n", "> q\nlazy\n\n    code\n\n| a |\n|---|\n", "```\nx\n", "a\n2. b\n"],
)
def test_a_page_without_lists_is_returned_as_it_is(text: str) -> None:
    assert relist(text).text == text


def test_everything_outside_of_lists_stays_byte_for_byte() -> None:
    above, below = "T\r\n=\r\n\r\n\ttext  \r\n", "\r\n| a|b |\r\n|-|-|\r\n\r\n{{ x }}\r\n"
    text = relist(f"{above}\r\n- a\r\n  - b\r\n{below}").text
    assert text.startswith(above)
    assert text.endswith(below)


def of_read_page(text: str) -> tuple[str, str] | None:
    """Return what is made of a page from its own blocks and from its text; None where only the text will do."""
    page = page_of("page.md", text)
    made = relisted_page(page)
    return (made.text.replace("[X]", "[x]"), relist(page.text).text.replace("[X]", "[x]")) if made else None


@pytest.mark.parametrize(("about", "text"), ALIKE, ids=[about for about, _ in ALIKE])
def test_a_page_that_was_read_gives_the_same(about: str, text: str) -> None:
    made = of_read_page(text)
    if made is None:
        assert any(sign in text for sign in ("[^", '=== "')) or not lists_of_commonmark(text)
    else:
        assert made[0] == made[1]


def test_front_matter_of_a_page_that_was_read_stays() -> None:
    made = relisted_page(page_of("page.md", "---\ntitle: A\n---\n- a\n- b\n"))
    assert made is not None
    assert made.text == "---\ntitle: A\n---\n-   a\n-   b\n"
    assert made.lines == (1, 2, 3, 4, 5)


def test_tight_stays_tight_and_loose_stays_loose() -> None:
    text = "1. a\n   ```\n   x\n   ```\n2. b\n   - c\n\ntext\n\n- d\n\n- e\n"
    html = rendered(relist(text).text)
    assert re.findall(r"<p>(.*?)</p>", html) == ["text", "d", "e"]


@pytest.mark.parametrize("depth", [10, 100])
def test_deep_lists(depth: int) -> None:
    text = "\n".join(f"{'  ' * level}- level {level}" for level in range(depth))
    assert shape(lists_of_html(rendered(relist(text).text))) == shape(lists_of_commonmark(text))


def test_ten_thousand_items() -> None:
    text = "".join(f"1. item {number}\n   - a\n" for number in range(10_000))
    lines = relist(text).lines
    assert lines == tuple(range(1, 20_001))


HOSTILE = [
    "<div>\n\n- a\n\n", "<!-- ", "> - a\n\n", "[x]: y\n- a\n", "- ", "> ", "1. ", "!!! note\n    - a\n", "``` x\n",
    "- <div>\n- a\n", "-" * 50 + " |", "\x00", "\r- a\r", "=== \"T\"\n\n    - a\n", "</div>\n- a\n", "\ufeff- a\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_repetition_does_not_hurt(piece: str) -> None:
    for text in (piece * 300, "- x\n" + piece * 300, piece * 300 + "\n\n- x\n"):
        assert len(relist(text).lines) == len(re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", relist(text).text))


LINES = st.text("abc 123-*+.)#>|`~:!=<>/[]^{}%\t\"'\\_&", max_size=20)


@given(st.lists(LINES, max_size=30))
def test_it_never_raises(lines: list[str]) -> None:
    text = "\n".join(lines)
    relisted = relist(text)
    assert all(0 <= number <= len(lines) for number in relisted.lines)


@given(st.lists(LINES, max_size=30))
def test_a_page_that_was_read_always_gives_the_same(lines: list[str]) -> None:
    made = of_read_page("\n".join(lines))
    assert made is None or made[0] == made[1]


WORDS = st.integers(0, 9999).map(lambda number: f"word{number}")
MARKERS = st.sampled_from(["-", "*", "+", "1.", "1)", "2.", "10.", "7)"])


@st.composite
def blocks(draw: st.DrawFn, depth: int = 3) -> list[str]:
    """Draw the lines of one block: a list most of the time."""
    kind = draw(st.sampled_from(["list", "list", "list", "text", "fence", "code", "quote", "table", "heading"]))
    word = draw(WORDS)
    if kind == "list" and depth:
        return draw(lists(depth))
    if kind == "quote" and depth:
        return [f"> {line}".rstrip() for line in draw(blocks(depth - 1))]
    plain = {
        "fence": ["```", word, "", "- no", "```"],
        "code": [f"    {word}"],
        "table": ["| a | b |", "|---|---|", f"| {word} | x |"],
        "heading": [f"### {word}"],
    }
    return plain.get(kind, [word])


@st.composite
def lists(draw: st.DrawFn, depth: int = 3) -> list[str]:
    """Draw the lines of one list: any marker, any width, tight or loose, with blocks inside."""
    marker, width, loose = draw(MARKERS), draw(st.integers(1, 4)), draw(st.booleans())
    indent = " " * draw(st.integers(0, 3))
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        body = [draw(WORDS)]
        for inner in draw(st.lists(blocks(depth - 1), max_size=2)):
            body += ([""] if draw(st.booleans()) else []) + inner
        hanging = " " * (len(marker) + width)
        lines.append(f"{indent}{marker}{' ' * width}{body[0]}")
        lines += [f"{indent}{hanging}{line}".rstrip() for line in body[1:]]
        lines += [""] if loose else []
    return lines


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Draw a page of a few blocks."""
    parts = draw(st.lists(blocks(), min_size=1, max_size=4))
    return "\n".join(line for part in parts for line in [*part, *([""] if draw(st.booleans()) else [])])


QUIRK = re.compile(r"^[> ]* {4,}>", re.MULTILINE)
"""markdown-it goes on with a quote whose mark is indented by four or more, cmark does not; nobody writes that."""


@given(pages())
def test_generated_lists_are_alike(text: str) -> None:
    forge = lists_of_commonmark(text)
    if forge and not QUIRK.search(text):
        site = lists_of_html(rendered(relist(text).text))
        assert shape(site) == shape(forge)
        assert contents(site) == contents(forge)


LEFT: dict[str, str] = {}
"""Pages whose lists, or the code and tables in them, still differ, each with the reason. There is none."""

OUTSIDE = {
    "extra-comply-procedures/files/themes/comply-soc2/procedures/offboarding.md": "an underline below three lines",
    "extra-comply-procedures/files/themes/comply-soc2/procedures/onboarding.md": "an underline below three lines",
    "extra-comply-procedures/files/themes/comply-soc2/procedures/patch.md": "an underline below three lines",
    "extra-comply-procedures/files/themes/comply-soc2/procedures/workstation.md": "an underline below three lines",
    "pagerduty-incident-response/files/docs/during/during_an_incident.md": "an HTML table in a note",
    "pagerduty-incident-response/files/docs/training/courses/incident_response.md": "titles of ??? are no paragraphs",
    "pagerduty-incident-response/files/docs/training/incident_commander.md": "text right under an iframe",
    "rust-forge-procedures/files/src/compiler/prioritization.md": "Markdown in a div, without a list",
    "rust-forge-procedures/files/src/infra/docs/trusted-publishing.md": "Markdown in a div, without a list",
    "rust-forge-procedures/files/src/release/issue-triaging.md": "Markdown in a div, without a list",
    "rust-forge-procedures/files/src/release/triage-procedure.md": "a hash without a space starts a heading",
}
"""Pages whose headings or paragraphs outside of lists differ, as they do without relisting: these stay as they are."""


def test_real_handbooks(corpora: Path) -> None:
    counts: Counter[str] = Counter()
    lists, texts = [], []
    for file in sorted(corpora.glob("*/files/**/*.md")):
        text = FRONT_MATTER.sub("", file.read_text("utf-8-sig"), count=1)
        forge = outline(str(parser().render(text)))
        if not forge.lists:
            assert relist(text).text == text
            continue
        before, after = lists_of_html(rendered(text)), outline(rendered(relist(text).text))
        counts["pages"] += 1
        counts["steps differed"] += steps(before) != steps(forge.lists)
        counts["lists differed"] += shape(before) != shape(forge.lists)
        counts["content differed"] += contents(before) != contents(forge.lists)
        name = file.relative_to(corpora).as_posix()
        same = shape(after.lists) == shape(forge.lists) and contents(after.lists) == contents(forge.lists)
        lists += [] if same else [name]
        texts += [] if after.texts == forge.texts else [name]
    assert lists == sorted(LEFT)
    assert texts == sorted(OUTSIDE)
    assert counts == {"pages": 442, "steps differed": 95, "lists differed": 167, "content differed": 122}


def otherwise(kind: str, seeds: range) -> list[str]:
    """Return the texts made by chance whose lists the site shows otherwise than the forge."""
    texts = (KINDS[kind](random.Random(seed)) for seed in seeds)  # no secret depends on it
    return [
        text for text in texts if shape(lists_of_html(rendered(relist(text).text))) != shape(lists_of_commonmark(text))
    ]


@pytest.mark.parametrize(("kind", "most"), [("nested", 0), ("soup", 2)])
def test_odd_nestings_are_shown_as_on_the_forge(kind: str, most: int) -> None:
    assert len(otherwise(kind, range(300))) <= most


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "most"), [("nested", 4), ("soup", 9)])
def test_few_of_many_odd_nestings_are_shown_otherwise(kind: str, most: int) -> None:
    """Of 3,000 each: a definition in a paragraph above a number, and notes with words behind them or two blank lines."""
    found = otherwise(kind, range(3000))
    assert len(found) <= most
    assert all("!!!" in text or "[x]:" in text for text in found)
