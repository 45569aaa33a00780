"""What Material's search is spared: its index is the same, whatever the page is made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser, SearchPlugin  # type: ignore[import-untyped]

from handrail.plugin import HandrailPlugin
from handrail.plugin.spared import only_search_looks, spared
from tests.building import build, handbook

LINK = '<a class="headerlink" href="#a" title="Permanent link">&para;</a>'
HEADING = f'<h2 id="a">Roll <em>back</em> <code>x</code>{LINK}</h2>'
CODE = (
    '<div class="highlight"><pre><span></span><code><span class="gp">$ </span>make  <span class="w">  </span>'
    '<span class="nv">A</span><span class="o">=</span>&lt;a&gt;\n\n<span class="k">if</span>\n</code></pre></div>'
)


def _index(html: str) -> list[tuple[str | None, bool, str, str]]:
    """Return the sections that Material's search makes of a page, as it writes them."""
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [
        (section.id, section.is_excluded(), "".join(section.title).strip(), "".join(section.text).strip())
        for section in parser.data
    ]


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("", ""),
        (HEADING, '<h2 id="a">Roll back <code>x</code></h2>'.replace("Roll back ", "Roll <em>back</em> ")),
        ("<p>Ask <a href='x'>Ann</a>, <strong>now</strong>.</p>", "<p>Ask Ann, now.</p>"),
        # white space that stands alone between elements is made one blank
        ("<p><em>a</em>  \n <em>b</em></p>", "<p><em>a</em>  \n <em>b</em></p>"),
        ("<p><em> a</em></p>", "<p><em> a</em></p>"),
        (
            CODE,
            '<div class="highlight"><pre><span></span><code>$ make    A=&lt;a&gt;\n\nif\n</code></pre></div>',
        ),
        # an author's own spans may not end
        ("<pre><span>a</pre>", "<pre><span>a</pre>"),
        # elements in elements are left, but for the inmost
        ("<p>a <a href='x'><em>b</em></a> c</p>", "<p>a <a href='x'>b</a> c</p>"),
    ],
)
def test_only_what_makes_no_difference_is_left_out(html: str, left: str):
    assert spared(html) == left
    assert _index(left) == _index(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p data-search-exclude>a</p>",
        '<div class="linenodiv">1</div>',
        # in another place than at a heading's end the search reads the link's words
        f"<h2 id='a'>A {LINK} b</h2>",
    ],
)
def test_where_a_tag_might_make_a_difference_the_page_is_left_as_it_is(html: str):
    assert spared(html) is None


BITS = st.sampled_from(
    [
        *("a", " ", "\n", "  ", "b c", " d", "e ", "&lt;", ">", "<!--handrail:0-->", "<br>", "<img alt='<a>x</a>'>"),
        *("<a href='x'>", "</a>", "<em>", "</em>", "<strong>", "</strong>", "<span>", "</span>", "<code>", "</code>"),
        *("<p>", "</p>", "<div>", "</div>", "<ul><li>", "</li></ul>", "<pre>", "</pre>", "<script>", "</script>"),
        *("<h1 id='t'>", "</h1>", "<h2 id='b'>", "</h2>", "<h3>", "</h3>", LINK, HEADING, CODE),
    ]
)


@given(st.lists(BITS, max_size=40).map("".join))
@example("<div><h2 id='b'>a</h2></div><a>b</a>")
@example(f"<h2 id='b'>a{LINK}</h2><em> </em><em>a</em> <em>b</em>")
def test_the_index_is_the_same(html: str):
    left = spared(html)
    assert left is None or _index(left) == _index(html)


def test_a_page_is_spared_only_where_nobody_but_the_search_sees_it():
    own, search = HandrailPlugin(), SearchPlugin()
    assert only_search_looks([own.on_config, search.on_page_context], own)
    assert not only_search_looks([own.on_config], own)
    assert not only_search_looks([own.on_config, search.on_page_context, print], own)
    assert not only_search_looks([search.on_page_context, HandrailPlugin().on_config], own)


HOOK = "def on_page_context(context, page, config, nav):\n    assert page.content is not None\n"
PAGES = {
    "bake.md": "# Bake *bread*\n\n1. Ask [the baker](baker.md) **now**.\n2. If it is hot:\n\n    ```sh\n    load --all\n    ```\n",
    "baker.md": "# Baker\n\nBakes *at night*, [always](bake.md).\n\n## On <a id='x'></a>call\n\n| A | B |\n|--|--|\n| *a* | b |\n",
    "shut.md": '# Shut\n\n<p data-search-exclude="true">Not *this*.</p>\n\nBut *that*.\n',
}


def test_index_and_pages_are_those_of_a_site_where_another_one_looks_too(tmp_path: Path):
    """A hook that only looks keeps the search from being spared anything."""
    settings = {
        "handrail": {"kinds": {"bake.md": "procedure", "baker.md": "role"}},
        "theme": {"name": "material", "font": False},
        "markdown_extensions": ["pymdownx.highlight", "pymdownx.superfences", {"toc": {"permalink": True}}, "tables"],
    }
    plugins = ["search", {"handrail": settings.pop("handrail")}]
    alone, watched = tmp_path / "alone", tmp_path / "watched"
    watched.mkdir()
    (watched / "hook.py").write_text(HOOK)
    one = build(handbook(alone, PAGES, plugins=plugins, **settings))
    other = build(handbook(watched, PAGES, plugins=plugins, hooks=["hook.py"], **settings))
    assert one.pages == other.pages
    assert all(one.text(path) == other.text(path) for path in one.pages)
    index = json.loads(one.text("search/search_index.json"))
    assert index == json.loads(other.text("search/search_index.json"))
    assert "Ask the baker now." in json.dumps(index)
    assert "data-search-exclude" not in one.text("shut.html")
