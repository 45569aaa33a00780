"""Changes as a page, as annotations and as a report on code quality: readable, within limits, and nothing breaks out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from handrail.diff import Diff, diff_of
from handrail.reports.changes_annotations import changes_github, changes_gitlab
from handrail.reports.changes_flow import flow_words
from handrail.reports.changes_html import changes_html
from handrail.reports.changes_markdown import LIMIT, changes_markdown
from tests.reading import text_of
from tests.test_diff import PAGE, chance_side, changed, diff, side
from tests.test_diff_reports import ORDERS, harmless

FLOW = text_of("""
    # Ship

    ## Steps

    1. **Lead:** Freeze the branch.
    2. <a id="test"></a>**QA:** Run all of the tests.
    3. **QA:** Is it well?
        - **No:** go back to [the tests](#test)
        - **Yes:** go on
    4. **Lead:** Tell the customers about it by mail.
    5. **Lead:** Clean the build server of old files.
    """)


def flow_diff(*edits: tuple[str, str]) -> Diff:
    after = FLOW
    for old, new in edits:
        assert old in after, old
        after = after.replace(old, new)
    return diff_of(
        side({"ship.md": FLOW}, kinds={"**": "procedure"}), side({"ship.md": after}, kinds={"**": "procedure"})
    )


CLEAN = "5. **Lead:** Clean the build server of old files.\n"
MUCH = flow_diff(
    (CLEAN, ""),
    ("1. **Lead:** Freeze", "1. **Lead:** Clean the build server of old files.\n2. **Lead:** Freeze"),
    ("4. **Lead:** Tell", "4. **QA:** Sign the package with the key.\n5. **Lead:** Tell"),
    ("(#test)", "(#freeze)"),
    ("**Lead:** Freeze", '<a id="freeze"></a>**Lead:** Freeze'),
)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(CLEAN, "")], ["“Clean the build server of old files” goes."]),
        (
            [("4. **Lead:** Tell", "4. **QA:** Sign it.\n5. **Lead:** Tell")],
            ["“Sign it” is new, after “Is it well?”.", "“Is it well?” no longer leads to “Tell the customers about it by mail” (Yes)."],
        ),
        (
            [("(#test)", "(#freeze)"), ("**Lead:** Freeze", '<a id="freeze"></a>**Lead:** Freeze')],
            ["“Is it well?” no longer leads to “Run all of the tests” (No).", "“Is it well?” now leads to “Freeze the branch” (No)."],
        ),
        (
            [(CLEAN, ""), ("1. **Lead:** Freeze", "1. **Lead:** Clean the build server of old files.\n2. **Lead:** Freeze")],
            ["“Clean the build server of old files” moves, after “Start”."],
        ),
        ([("all of the tests", "each of the tests")], []),
    ],
)  # fmt: skip
def test_a_flow_that_changed_is_told_in_words(edits: list[tuple[str, str]], expected: list[str]) -> None:
    (flow,) = flow_diff(*edits).flows
    assert list(flow_words(flow)) == expected


def test_the_comment_tells_how_the_flow_changed() -> None:
    comment = changes_markdown(MUCH)
    assert "**The flow**" in comment
    assert "- “Sign the package with the key” is new, after “Is it well?”." in comment
    harmless(comment)


def test_the_drawings_mark_what_changed_by_colour_line_and_sign() -> None:
    page = changes_html(MUCH)
    assert page.count("<svg") == 2 + 4
    for mark in ("added", "moved", "changed"):
        assert re.search(rf'<rect class="{mark}" data-marked="[^"]*"[^>]*stroke="var\(--handrail-{mark}', page), mark
    assert re.search(r'<path class="removed" stroke="[^"]*" stroke-dasharray="7 4"', page)
    assert re.search(r'<path class="added" stroke="[^"]*" d=', page)


def test_the_headings_of_the_page_go_down_one_by_one() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", changes_html(MUCH))]

    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


# ---- nothing breaks out ----


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}
        assert all(not (value or "").strip().startswith("javascript:") for _, value in attrs)


def inert_page(page: str) -> None:
    """Assert that a page holds no element that its template or a drawing does not."""
    tags = Tags()
    tags.feed(page)
    known = set(
        "html head meta title style body header main nav footer section h1 h2 h3 p ul li a span code div figure figcaption "
        "table colgroup col thead tbody tr th td del ins br svg g path rect circle text tspan defs marker desc polygon".split()
    )
    assert tags.found <= known, tags.found - known
    assert not any(name.startswith("on") for name in tags.attributes)


def inert_commands(text: str) -> None:
    """Assert that each line is one command for an annotation, and that nothing in it ends it early."""
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"::(error|warning|notice) (?:file=([^,:]*),line=\d+,)?title=([^,:]*)::[^\r\n]*", line)
        assert match, line
        assert "##[" not in line


@pytest.mark.parametrize("order", [*ORDERS, "%0A::error::x", "a\r\n::stop-commands::x", "</style><script>", "]]>"])
def test_no_order_gets_out(order: str) -> None:
    line = order.replace("\n", "\n       ")
    first = {"a.md": f"# A\n\n## Steps\n\n1. Go on {order.split()[0]}\n2. Rest\n\n## End\n\nWell.\n"}
    second = {
        "a.md": f"# A {order.splitlines()[0]}\n\n## Steps\n\n1. Go {line}\n2. Rest\n3. {line}\n\n## End\n\n{order}\n"
    }
    sides = [side(texts, kinds={"**": "procedure"}) for texts in (first, second)]
    for one, other in (sides, sides[::-1]):
        found = diff_of(one, other)
        inert_page(changes_html(found))
        inert_commands(changes_github(found))
        assert json.loads(changes_gitlab(found))
        harmless(changes_markdown(found))


@given(st.lists(st.sampled_from([*ORDERS, "1. a b", "## c", ""]), max_size=8).map("\n".join))
def test_no_page_gets_out(text: str) -> None:
    found = diff_of(chance_side({"a.md": "1. Go\n"}), chance_side({"a.md": text}))
    inert_page(changes_html(found))
    inert_commands(changes_github(found))


def test_a_name_of_a_file_gets_out_of_nothing() -> None:
    name = "a,line=1::error title=x,\u2028 %0A b.md"
    found = diff({name: "# A\n\n1. Go\n2. Rest\n"}, {name: "# A\n\n1. Go\n2. Rest on\n"}, kinds={"**": "procedure"})
    inert_commands(changes_github(found))
    assert json.loads(changes_gitlab(found))[0]["location"]["path"] == name


# ---- limits ----


def large() -> Diff:
    title = "T&<" * 30_000
    pages = {
        f"p{number}.md": f"# {title}{number}\n\n"
        + "".join(f"{n}. Step {n} of {number} @x | `y`\n" for n in range(1, 30))
        for number in range(30)
    }
    other = {path: text.replace("Step", "Never ever step") for path, text in pages.items()}
    return diff(pages, other, kinds={"**": "procedure"})


def test_every_format_keeps_within_its_limits() -> None:
    found = large()
    assert 1_000 < len(changes_markdown(found)) < LIMIT
    lines = changes_github(found).splitlines()
    for level in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{level} ") for line in lines) <= 10
    assert all(len(line) < 4_000 for line in lines)
    assert "not shown here" in lines[-1]
    assert len(json.loads(changes_gitlab(found))) == len(found.changes)


def test_where_nothing_changed_there_is_nothing() -> None:
    found = diff(PAGE, PAGE)
    assert (changes_github(found), changes_gitlab(found), changes_markdown(found)) == ("", "[]\n", "")
    assert "No process, procedure, role or record changes." in changes_html(found)


def test_the_report_on_code_quality_has_what_gitlab_asks_for() -> None:
    rows = json.loads(changes_gitlab(changed(("        - Hold: QA releases it\n", ""), ("twice", "often"))))
    assert [row["severity"] for row in rows] == ["critical", "major"]
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["location"]["path"] == "release.md"
        assert row["location"]["lines"]["begin"] > 0


def test_an_annotation_stands_at_the_line_after_the_change() -> None:
    lines = changes_github(changed(("        - Hold: QA releases it\n", ""))).splitlines()
    assert lines == [
        "::error file=release.md,line=11,title=Hold point removed (control%2C breaking) in Release"
        "::Freeze the branch.; QA releases it → nothing"
    ]


# ---- in a browser ----


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_the_page_is_accessible_and_fits(
    width: int, scheme: Any, browser: Browser, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    file = tmp_path / "changes.html"
    file.write_text(changes_html(MUCH), encoding="utf-8")
    asked: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert axe(page) == []
    assert asked == [file.as_uri()]
    context.close()
