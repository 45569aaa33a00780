"""Pages, styles and scripts made local: what becomes of each thing that would be fetched, and what judges the result."""

from __future__ import annotations

import html.parser
import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.export.addresses import Whereabouts, is_remote, target, way
from handrail.export.judge import fetched_by_style, still_fetched
from handrail.export.pages import Found, Rewriting
from handrail.export.scripts import asked, local_theme_script
from handrail.export.stamped import guarded, has_diagram, with_mermaid
from handrail.export.styles import inlined_style, local_style, own_addresses

FILES = frozenset(
    {"index.html", "guide/index.html", "guide/start.html", "guide/pic.png", "assets/a b.css", "drafts/x.html"}
)


def local(text: str, here: str = "guide/start.html", live: str = "https://live.example/hb/",
          left_out: dict[str, str] | None = None) -> tuple[str, list[Found]]:  # fmt: skip
    where = Whereabouts(FILES, live)
    changed, found = Rewriting(where, lambda kind, name: f"[{kind}] {name}", left_out or {}).page(text, here)
    return changed, list(found)


@pytest.mark.parametrize(
    ("address", "remote"),
    [
        ("https://e.org/x.png", True),
        ("HTTP://e.org", True),
        ("//e.org/x", True),
        ("\\\\e.org\\x", True),
        ("/\\e.org", True),
        (" ht\ntps://e.org", True),
        ("ftp://e.org", True),
        ("file:///etc/passwd", True),
        ("C:/x.png", True),
        ("data:image/png;base64,AA", False),
        ("mailto:a@e.org", False),
        ("javascript:void 0", False),
        ("#here", False),
        ("a/b.png?x=//e.org", False),
        ("../a:b.html", False),
        ("", False),
    ],
)
def test_which_addresses_leave_the_copy(address: str, remote: bool):
    assert is_remote(address) is remote


@pytest.mark.parametrize(
    ("address", "path"),
    [("pic.png", "guide/pic.png"), ("../index.html#a", "index.html"), ("", "guide/start.html"),
     ("./", "guide/index.html"), ("../../../etc/passwd", "../../etc/passwd"), ("a%20b.css?v=1", "guide/a b.css")],
)  # fmt: skip
def test_what_a_relative_address_means(address: str, path: str):
    assert target(address, "guide/start.html") == path


@given(st.lists(st.sampled_from(["a", "b", "ü", "c d", "e%", "#f"]), min_size=1, max_size=4),
       st.lists(st.sampled_from(["a", "b", "ü"]), min_size=1, max_size=4))  # fmt: skip
def test_the_way_to_a_file_leads_to_it(parts: list[str], here: list[str]):
    path, start = "/".join(parts), "/".join([*here, "page.html"])
    assert target(way(path, start), start) == path


@pytest.mark.parametrize(
    ("text", "becomes", "found"),
    [
        ('<img src="https://e.org/p.png" alt="A &amp; B">',
         '<a data-handrail="absent" href="https://e.org/p.png">[picture] A &amp; B</a>', [("img", False)]),
        ("<img src=//e.org/p.png>", '<a data-handrail="absent" href="//e.org/p.png">[picture] e.org/p.png</a>',
         [("img", False)]),
        ('<a href="https://ci.org"><img alt="passing" src="https://img.example/b.svg"></a>',
         '<a href="https://ci.org"><span data-handrail="absent">[picture] passing</span></a>', [("img", False)]),
        ('<img src="lost.png" alt="Lost">', '<span data-handrail="absent">[picture] Lost</span>', [("img", True)]),
        ('<img src="https://live.example/hb/guide/pic.png">', '<img src="pic.png">', []),
        ('<img src="/hb/guide/pic.png">', '<img src="pic.png">', []),
        ('<img src="pic.png" srcset="pic.png 1x, https://e.org/2.png 2x">', '<img src="pic.png">', [("img", False)]),
        ('<img class="twemoji" src="https://cdn.example/1f604.svg" alt="😄" title=":smile:">',
         '<span role="img" aria-label="smile">😄</span>', [("img", False)]),
        ('<iframe src="https://tube.example/e/1" title="Film"></iframe>',
         '<a data-handrail="absent" href="https://tube.example/e/1">[frame] Film</a>', [("iframe", False)]),
        ('<iframe srcdoc="&lt;img src=//e.org/x&gt;"></iframe>', '<span data-handrail="absent">[frame] </span>',
         [("iframe", False)]),
        ('<iframe src="../index.html"></iframe>', '<iframe src="../index.html"></iframe>', []),
        ('<video controls><source src="https://v.org/a.mp4"></video>',
         '<a data-handrail="absent" href="https://v.org/a.mp4">[video] v.org/a.mp4</a>', [("source", False)]),
        ('<script async src="https://g.org/t.js"></script>', "", [("script", False)]),
        ('<script>window.x = 1</script>', "<script>window.x = 1</script>", []),
        ('<script>fetch("https://g.org/t")</script>', "", [("script", False)]),
        ('<script type="application/ld+json">{"@context": "https://g.org"}</script>',
         '<script type="application/ld+json">{"@context": "https://g.org"}</script>', []),
        ('<link rel="stylesheet" href="https://f.org/a.css">', "", [("link", False)]),
        ('<link rel="preconnect" href="https://f.org" crossorigin>', "", [("link", False)]),
        ('<img src="https://count.example/p.gif" width="1" height="1" alt="">', "", [("img", False)]),
        ('<script type="module" src="pic.png"></script>', "", [("module", False)]),
        ('<link rel="alternate" href="/hb/de/" hreflang="de">', "", []),
        ('<link rel="alternate" href="feed.xml" type="application/rss+xml">',
         '<link rel="alternate" href="feed.xml" type="application/rss+xml">', []),
        ('<input type="image" src="https://f.org/go.png">', '<input type="submit">', [("input", False)]),
        ('<video poster="https://v.org/p.jpg"><source src="https://v.org/a.mp4"></video>',
         '<a data-handrail="absent" href="https://v.org/a.mp4">[video] v.org/a.mp4</a>', [("source", False), ("video", False)]),
        ('<script>document.write(\'<img src="https://g.org/t">\')</script>', "", [("script", False)]),
        ('<link rel="canonical" href="https://f.org/">', '<link rel="canonical" href="https://f.org/">', []),
        ('<style>@import "https://f.org/a.css"; p{color:red}</style>', "<style> p{color:red}</style>", [("style", False)]),
        ('<p style="background:url(https://f.org/a.png)">x</p>', '<p style="background:none">x</p>', [("style", False)]),
        ('<body background="https://f.org/a.png">', "<body>", [("body", False)]),
        ('<meta http-equiv="refresh" content="0; url=https://e.org">', "", [("meta", False)]),
        ('<meta http-equiv="refresh" content="0; url=../x.html">', '<meta http-equiv="refresh" content="0; url=../x.html">', []),
        ('<base href="https://e.org/">', "", [("base", False)]),
        ('<a href="https://e.org/" ping="https://t.org">x</a>', '<a href="https://e.org/">x</a>', []),
        ('<a href="https://live.example/hb/guide/start/#s">x</a>', '<a href="start.html#s">x</a>', []),
        ('<a href="/hb/">x</a>', '<a href="../index.html">x</a>', []),
        ('<a href="/elsewhere.html">x</a>', '<a href="/elsewhere.html">x</a>', [("link", True)]),
        ('<a href="../guide/">x</a>', '<a href="index.html">x</a>', []),
        ('<a href="../guide">x</a>', '<a href="index.html">x</a>', []),
        ('<a href="gone.html">x</a>', '<a href="gone.html">x</a>', [("link", True)]),
        ('<a href="https://forge.example/a/b" data-md-component="source">x</a>',
         '<a href="https://forge.example/a/b">x</a>', []),
        ('<svg><image href="https://e.org/a.png"/><use href="#b"/></svg>',
         '<svg><a data-handrail="absent" href="https://e.org/a.png">[picture] e.org/a.png</a><use href="#b"/></svg>',
         [("image", False)]),
        ("<!-- <img src=https://e.org/x> -->", "<!-- <img src=https://e.org/x> -->", []),
        ('<p>See https://e.org or &lt;img src="https://e.org"&gt;.</p>',
         '<p>See https://e.org or &lt;img src="https://e.org"&gt;.</p>', []),
    ],
)  # fmt: skip
def test_what_becomes_of_each_thing(text: str, becomes: str, found: list[tuple[str, bool]]):
    changed, things = local(text)
    assert changed == becomes
    assert [(thing.what, thing.dead) for thing in things] == found
    assert list(still_fetched(changed)) == []


def test_a_link_to_a_page_that_was_left_out_leads_to_the_live_site():
    left_out = {"guide/draft.html": "https://live.example/hb/guide/draft.html", "guide/other.html": ""}
    changed, found = local('<a href="draft.html#s">x</a><a href="other.html" title="t">y</a>', left_out=left_out)
    assert changed == (
        '<a href="https://live.example/hb/guide/draft.html#s" data-handrail="left-out">x</a>'
        '<a title="t" data-handrail="left-out">y</a>'
    )
    assert found == []


@pytest.mark.parametrize(
    "text", ["<p>x", "<!doctype html><html><body><p>x", "<HTML><HEAD><p>x", "<!-- c --><title>x</title>"]
)
def test_every_page_tells_the_browser_to_fetch_nothing(text: str):
    told = guarded(text, "a.html")
    assert told.count("Content-Security-Policy") == 1
    assert told.index("Content-Security-Policy") < min(told.index(part) for part in ("<p>", "<title>") if part in told)


def test_data_in_a_page_is_nothing_that_a_browser_fetches():
    text = '<script type="application/ld+json">{"a": "<img src=https://e.org/x>"}</script>'
    assert list(still_fetched(text)) == []
    assert list(still_fetched(text.replace("application/ld+json", "text/javascript"))) == ["https://e.org/x"]


LOADED = {
    "src": ("img", "source", "script", "iframe", "video", "embed", "input"),
    "srcset": ("img", "source"),
    "poster": ("video",),
    "data": ("object",),
    "background": ("td",),
    "href": ("link", "use"),
}
"""By the standard: attribute -> the tags below that load it."""


class Fetching(html.parser.HTMLParser):
    """Finds what a page fetches by a way of its own, with the parser of the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in dict(reversed(attrs)).items():
            if tag in LOADED.get(name, ()) and re.match(r"\s*(https?:)?//", value or "", re.IGNORECASE):
                self.found.append(f"{tag} {name} {value}")

    handle_startendtag = handle_starttag


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["img", "source", "script", "link", "iframe", "video", "embed", "object", "input", "td", "p", "use"]
            ),
            st.sampled_from(["src", "href", "SRC", "data", "poster", "background", "srcset", "alt", "title"]),
            st.sampled_from(["https://e.org/x", "//e.org/x", "pic.png", "HTTPS://E.ORG", "a>b", "it's", "", "x y"]),
            st.sampled_from(['"', "'"]),
            st.sampled_from(["", " ", " alt=x", ' alt="<img src=//e.org>"', " /", "\n"]),
        ),
        max_size=8,
    )
)
def test_a_second_reader_finds_nothing_that_is_fetched(tags: list[tuple[str, str, str, str, str]]):
    text = "".join(
        f"<{tag} {name}={mark}{value.replace(mark, '')}{mark}{more}>text" for tag, name, value, mark, more in tags
    )
    changed, _ = local(text)
    reader = Fetching()
    reader.feed(changed)
    assert reader.found == []
    assert list(still_fetched(changed)) == []


@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://e.org/x">', "<img alt='a>b' src=//e.org/x>", '<IMG SRC="HTTPS://E.ORG">',
        '<link rel="icon" href="https://e.org/i">', '<p style="background: URL(//e.org/x)">',
        '<style>@import url(https://e.org/a)</style>', '<script src="https://e.org/x"></script>',
        '<img srcset="a.png 1x, https://e.org/x 2x">', '<object data="https://e.org/x">',
        '<input type="image" src="//e.org/x">', '<a href="x.html" ping="https://e.org">',
    ],
)  # fmt: skip
def test_the_judge_sees_what_is_planted(text: str):
    assert list(still_fetched(f"<p>Before</p>{text}<p>Behind</p>"))


@pytest.mark.parametrize(
    ("css", "becomes"),
    [
        ("p{background:url(https://e.org/a.png) no-repeat}", "p{background:none no-repeat}"),
        ("p{background:url( '//e.org/a.png' )}", "p{background:none}"),
        ("@import url('https://e.org/a.css') screen;p{}", "p{}"),
        ('@import "a.css";', '@import "a.css";'),
        ("p{background:url(a.png);b:url(data:image/png,//x)}", "p{background:url(a.png);b:url(data:image/png,//x)}"),
        ("p{background:image-set('https://e.org/a.png' 1x)}", "p{background:none}"),
        ("p{background:url(\\68ttps://e.org/a)}", "p{background:none}"),
        ("/* url(https://e.org) */p{}", "/* url(https://e.org) */p{}"),
    ],
)
def test_styles(css: str, becomes: str):
    told: list[str] = []
    assert local_style(css, lambda address, at: told.append(address)) == becomes
    assert bool(told) is (css != becomes)
    assert list(fetched_by_style(becomes)) == []


def test_a_style_sheet_with_all_that_it_loads_inside():
    css = '@import "a.css" print; p{background:url(p.png)} q{background:url(data:x,y)} r{src:url("lost.woff")}'
    assert list(own_addresses(css)) == ["a.css", "p.png", "lost.woff"]
    inside = inlined_style(css, lambda path: f"/*{path}*/", {"p.png": "data:image/png;base64,AA"}.get)
    assert inside == '/*a.css*/ p{background:url("data:image/png;base64,AA")} q{background:url(data:x,y)} r{src:none}'


@pytest.mark.parametrize("mark", ['"', "'", ""])
def test_mermaid_stands_before_the_theme_s_script_however_that_is_written(mark: str):
    text = f"<script src={mark}../assets/javascripts/bundle.abc.min.js{mark}></script>"
    assert "mermaid.min.js" in with_mermaid(text, "guide/start.html").partition("bundle")[0]


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ('fetch("https://e.org/x")', "https://e.org/x"),
        ("var s=document.createElement('script');s.src='//e.org/x'", "//e.org/x"),
        ('open("https://e.org")', None),
        ('fetch("local.json")', None),
        ('document.createElementNS("http://www.w3.org/2000/svg", "svg"); new Image', None),
    ],
)
def test_what_a_script_may_ask_for(script: str, address: str | None):
    assert asked(script) == address


def test_the_theme_s_script_asks_nobody():
    assert local_theme_script('a("https://unpkg.com/mermaid@11/dist/mermaid.min.js")') == 'a("data:text/javascript,")'


def test_the_search_of_the_installed_theme_is_made_faster():
    """By its very text, so this tells when a new version of the theme has another one."""
    workers = resources.files("material").joinpath("templates/assets/javascripts/workers")
    scripts = [file.read_text(encoding="utf-8") for file in workers.iterdir() if file.name.endswith(".js")]
    assert [local_theme_script(script) == script for script in scripts] == [False]


@pytest.mark.parametrize(
    ("text", "has"),
    [('<pre class="mermaid"><code>', True), ("<div class='x mermaid'>", True), ("<p>mermaid</p>", False),
     ('<code>class="mermaid"</code>', False)],
)  # fmt: skip
def test_where_mermaid_is_needed(text: str, has: bool):
    assert has_diagram(text) is has
