"""Pages of authors who are not all trusted: what they plant does not act, and what they write stays."""

from __future__ import annotations

import functools
import html
import re
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from handrail.problems import HandrailError
from handrail.safety import acts, clean_anchor, clean_html, clean_meta, clean_text, new_seal, taken_out
from handrail.safety.allowed import ATTRIBUTES, EVERYWHERE, SCHEMES, TAGS
from tests.building import Built, build, handbook, tree

NOTES = "window.acted = []; window.act = name => top.acted.push(name.source || 'folder');"
"""Runs before all else in each page: what is planted calls it."""


def act(name: str) -> str:
    return f"act(/{name}/)"


BODY = f"""
# Body <img src=x onerror="{act("heading")}">

<script>{act("script")}</script>

Words <img src=x onerror="{act("inline picture")}"> and <svg onload="{act("drawing")}"><script>{act("script in drawing")}</script></svg>.

<svg><style><img src=x onerror="{act("style in drawing")}"></style></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={act("mutation")}&gt;"></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror={act("noscript")}>"></noscript>

![picture](x.png){{: onerror="{act("attribute list of a picture")}" }}

## A heading {{: onclick="{act("attribute list of a heading")}" id='x" onmouseover="{act("id of a heading")}' .md-overlay style="position:fixed" }}

### &quot;&gt;&lt;/title&gt;&lt;script&gt;{act("heading in references")}&lt;/script&gt; below

[a](javascript:{act("link")}) [b](JaVaScRiPt:{act("link 2")}) [c](&#106;avascript:{act("link 3")})
<a href="java&#10;script:{act("link 4")}">d</a> <a href=" javascript:{act("link 5")}">e</a> [f](vbscript:x) [g](data:text/html,<script>{act("data")}</script>)
<a href="https://example.org/" onclick="{act("click")}" target="_top" ping="https://example.org/x">h</a>

<iframe src="javascript:{act("frame")}"></iframe><iframe srcdoc="<script>{act("frame text")}</script>"></iframe>
<object data="data:text/html,<script>{act("object")}</script>"></object><embed src="x.html">

<form action="https://example.org/steal"><input name="password" type="password"><button formaction="javascript:{act("form")}">Log in</button></form>

<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999;background:#fff">overlay</div>
<div class="md-search__inner md-dialog md-overlay">overlay of the theme</div>
<label for="__search">opens the search</label> <div data-md-component="dialog" data-clipboard-text="rm -rf /" class="md-clipboard">copied</div>
<style>body {{ display: none }}</style><link rel="stylesheet" href="https://example.org/x.css"><base href="https://example.org/">
<div data-handrail="run" data-handrail-document="list" data-handrail-words="{{}}">forged</div><p class="handrail-banner">forged</p>

<details ontoggle="{act("toggle")}" open><summary>open</summary></details>
<video><source onerror="{act("video")}"></video> <input autofocus onfocus="{act("focus")}"> <marquee onstart="{act("marquee")}">m</marquee>
"""
EVIL = f'"><img src=x onerror="{act("{}")}"><script>{act("{}")}</script>'
PAGES = {
    "index.md": "# Home\n\n[Body](body.md)\n",
    "body.md": BODY,
    "refresh.md": '# Refresh\n\n<meta http-equiv="refresh" content="0;url=https://example.org/">\n',
    "front.md": "---\n" + "".join(
        f"{key}: '{EVIL.format(key, key)}'\n" for key in ("title", "subtitle", "description", "author", "status", "icon_text")
    ) + f"tags: ['{EVIL.format('tag', 'tag')}', fine]\n---\n# Front\n",
    "unescaped.md": f"---\ntitle: '&amp;lt;/title&amp;gt;&amp;lt;script&amp;gt;{act('entities')}&amp;lt;/script&amp;gt;'\n---\n# Text\n",
    "shown.md": f"# a &lt;/title&gt;&lt;script&gt;{act('title of a heading')}&lt;/script&gt; b\n\nText.\n",
    "<img src=x onerror=act(0)>/page.md": "# Below\n\nText.\n",
    "list.md": f"""---
title: List
handrail: {{kind: procedure, owner: '{EVIL.format("owner", "owner")}', done_when: '<script>{act("done")}</script>'}}
---
# List

## Steps

1. Bake <img src=x onerror="{act("step")}">.
    - Record: <svg onload="{act("record")}"> log
2. Sell `<b>` it. {{: onclick="{act("attribute list of a step")}" }}
""",
    "table.md": f"""---
handrail: {{kind: process}}
---
# Table

## Flow

| Step | Who |
|---|---|
| [Bake](list.md) <script>{act("cell")}</script> | <b onmouseover="{act("role")}">Baker</b> |
""",
    "evil.html": f"<script>{act('file')}</script>",
    "evil.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><script>{act("svg")}</script></svg>',
    "good.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
}  # fmt: skip


def site(folder: Path, sanitize: str) -> Built:
    folder.mkdir()
    extensions = [
        "admonition",
        "attr_list",
        "md_in_html",
        "footnotes",
        "pymdownx.superfences",
        {"toc": {"permalink": True}},
    ]
    config = handbook(folder, PAGES, theme={"name": "material", "font": False, "features": ["navigation.sections"]},
                      plugins=["search", "tags", {"handrail": {"sanitize": sanitize}}], markdown_extensions=extensions,
                      extra={"status": {"new": "New"}})  # fmt: skip
    return build(config)


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return site(tmp_path_factory.mktemp("safe") / "book", "strict")


@pytest.fixture(scope="module")
def unsafe(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return site(tmp_path_factory.mktemp("unsafe") / "book", "off")


def provoked(page: Page, address: str, own: str = "file:") -> list[str]:
    """Return what acted on a page while everything on it was touched."""
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(own) else route.abort())
    page.add_init_script(NOTES)
    page.goto(address)
    page.wait_for_timeout(150)
    page.evaluate("""() => document.querySelectorAll('body *').forEach(one => {
        for (const kind of ['mouseover', 'click', 'focus', 'toggle'])
            if (kind != 'click' || !one.closest('a[href]') || one.getAttribute('href')?.match(/script:/i))
                one.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
    })""")
    page.wait_for_timeout(100)
    return page.evaluate("window.acted")


def test_what_is_planted_acts_where_authors_are_trusted(unsafe: Built, browser: Browser):
    page = browser.new_page()
    paths = [path for path in unsafe.pages if path != "refresh.html"]  # it leads away before anything can be seen
    acted = {name for path in paths for name in provoked(page, (unsafe.site / path).as_uri())}
    page.close()
    assert {
        "script",
        "inline picture",
        "drawing",
        "attribute list of a picture",
        "title",
        "tag",
        "folder",
        "step",
    } <= acted


def test_nothing_that_is_planted_acts(safe: Built, browser: Browser):
    page = browser.new_page()
    acted = {path: provoked(page, (safe.site / path).as_uri()) for path in safe.pages}
    page.close()
    assert {path: names for path, names in acted.items() if names} == {}


def test_a_search_for_what_is_planted_does_not_let_it_act(safe: Built, browser: Browser, tmp_path: Path):
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(SimpleHTTPRequestHandler, directory=str(safe.site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.add_init_script(NOTES)
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/index.html")
    for word in ("onerror", "script", "img", "overlay"):
        page.locator(".md-search__input").fill(word)
        page.wait_for_timeout(400)
        assert page.evaluate("window.acted") == []
    page.close()
    server.shutdown()
    server.server_close()


def test_nothing_is_left_that_asks_frames_or_covers(safe: Built, browser: Browser):
    page = browser.new_page()
    page.goto((safe.site / "body.html").as_uri())
    assert (
        page.locator(
            "article :is(script, style, iframe, object, embed, form, button, link, meta, base, video, math)"
        ).count()
        == 0
    )
    assert page.locator("base").count() == 0
    found = page.evaluate("""() => [...document.querySelectorAll('article *')].filter(one =>
        ['fixed', 'absolute', 'sticky'].includes(getComputedStyle(one).position) && !one.matches('.handrail *'))
        .map(one => one.outerHTML.slice(0, 80))""")  # fmt: skip
    assert found == []
    links = page.eval_on_selector_all("article a[href]", "all => all.map(one => one.protocol)")
    assert set(links) <= {"file:", "https:"}
    assert (
        page.locator(
            "article [data-handrail=run], article .handrail-banner, article [data-md-component], article [for]"
        ).count()
        == 0
    )
    page.close()


def test_what_handrail_adds_and_what_authors_write_stays(safe: Built):
    page = safe.page("list.html")
    steps = page.find(data_handrail="step")
    assert [step["data-document"] for step in steps] == ["list", "list"]
    assert [step["data-step"] for step in steps] == [step["id"] for step in steps]
    assert len(page.find(data_handrail="head")) == 1
    assert len(page.find(data_handrail="step-foot")) == 2
    assert page.find("li", data_handrail_label="record")
    assert len(page.find(data_handrail="run")) == 1
    assert "Sell <b> it" in page.find(data_handrail="step")[1].text()
    assert (safe.site / "good.svg").exists()


def test_no_mark_is_left(safe: Built):
    for path, data in safe.pages.items():
        assert not re.search(rb"hr[0-9a-f]{32}", data), path


def test_files_that_act_are_left_out(safe: Built, unsafe: Built):
    assert (unsafe.site / "evil.html").exists()
    assert not (safe.site / "evil.html").exists()
    assert not (safe.site / "evil.svg").exists()
    assert sum("unsafe-file" in warning for warning in safe.warnings) == 2


def test_what_is_taken_out_is_told_with_its_line(safe: Built):
    told = [warning for warning in safe.warnings if "[unsafe-html]" in warning]
    script = next(warning for warning in told if "body.md:3:1:" in warning and "`<script>`" in warning)
    assert "sanitize: strict" in script
    assert any("`onerror`" in warning for warning in told)
    assert any("`javascript:`" in warning for warning in told)


def test_two_builds_are_the_same(tmp_path: Path):
    one, two = site(tmp_path / "one", "strict"), site(tmp_path / "two", "strict")
    assert one.pages == two.pages


# ---- the pure functions ----

KEPT = {
    "tabs": '<div class="tabbed-set" data-tabs="1:2"><input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio">'
    '<label for="__tabbed_1_1">One</label><div class="tabbed-content"><div class="tabbed-block"><p>x</p></div></div></div>',
    "tasks": '<ul class="task-list"><li class="task-list-item"><label class="task-list-control"><input type="checkbox" disabled="">'
    '<span class="task-list-indicator"></span></label> x</li></ul>',
    "table": '<table><thead><tr><th style="text-align: right">A</th></tr></thead><tbody><tr><td style="text-align: right">1</td></tr></tbody></table>',
    "footnote": '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
    "icon": '<span class="twemoji"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 12h2"></path></svg></span>',
    "code": '<div class="highlight"><pre><span></span><code><span class="n">a</span></code></pre></div>',
    "details": '<details class="note" open=""><summary>Note</summary><p>x</p></details>',
    "link": '<a href="../a.html#b" title="c">d</a> <a href="mailto:a@example.org">e</a> <a href="tel:+49">f</a>',
    "button": '<a class="md-button md-button--primary" href="x.html">Go</a>',
    "old anchor": '<a id="freeze"></a>Freeze',
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_what_handbooks_need_stays(name: str):
    assert tree(clean_html(KEPT[name])) is not None
    assert same(clean_html(KEPT[name])) == same(KEPT[name])


def same(text: str) -> list[Any]:
    """Return HTML as elements and words, whatever the order of attributes."""
    return [(one.tag, {key: value.replace(" ", "").rstrip(";") for key, value in one.attributes.items()}, one.text())
            for one in tree(text).all() if one.tag != "#"]  # fmt: skip


def test_handrails_own_attributes_stay_only_with_the_mark():
    forged = '<p data-handrail="x" data-step="y">a</p>'
    assert clean_html(forged) == clean_html(forged, "mark") == "<p>a</p>"
    assert clean_html('<p data-step="mark=y">a</p>', "mark") == '<p data-step="mark=y">a</p>'


def test_a_seal_gives_back_what_it_held():
    seal = new_seal()
    page = f"<ul><li>{seal.held('<b>1</b>')} x</li></ul>{seal.held('<div>2</div>', block=True)}<p data-x='{seal.value('v')}'>"
    assert seal.opened(page) == "<ul><li><b>1</b> x</li></ul><div>2</div><p data-x='v'>"
    assert new_seal().mark != seal.mark


@given(st.text())
def test_no_text_is_markup_wherever_it_is_put(text: str):
    clean = clean_text(text)
    for read in (clean, html.unescape(clean), html.unescape(html.unescape(clean))):
        assert not set(read) & set("<>\"'`")


@given(st.text(alphabet="abc &<>;/=\"'#:xjsript\n\t"))
def test_cleaning_once_is_enough(text: str):
    once = clean_html(text)
    assert clean_html(once) == once
    assert clean_text(clean_text(text)) == clean_text(text)
    assert "<script" not in once.casefold()


def test_plain_titles_stay_as_they_are():
    assert clean_text("R&D: Größe & 5 § – „x“ (A/B)") == "R&D: Größe & 5 § – „x“ (A/B)"
    assert clean_text("&amp;lt;b&amp;gt;") == "‹b›"
    assert clean_text("java\nscript:alert(1)") == ""
    assert clean_meta({"a": ["<b>", 1, None], "<k>": {"x": True}}) == {"a": ["‹b›", 1, None], "‹k›": {"x": True}}
    assert clean_anchor('a" b<ü') == "a%22%20b%3Cü"


@pytest.mark.parametrize(
    ("path", "content", "runs"),
    [
        ("a.html", b"", True),
        ("a.js", b"", True),
        ("a.png", b"<script>", False),
        ("a.pdf", b"", False),
        ("a.svg", b"<svg><path d='M0'/></svg>", False),
        ("a.svg", b"<svg><image href='data:image/png;base64,AA'/></svg>", False),
        ("a.svg", b"<svg onload = 'x'/>", True),
        ("a.svg", b"<svg/onload='x'/>", True),
        ("a.svg", b"<svg><a xlink:href='javascript:x'/></svg>", True),
        ("a.svg", b"<svg><foreignObject/></svg>", True),
        ("a.svg", b"<svg><s:script xmlns:s='x'/></svg>", True),
        ("a.svg", b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>", True),
        ("a.svg", b"<svg><set attributeName='onclick'/></svg>", True),
        ("a.svg", "<svg onload='x'/>".encode("utf-16"), True),
        ("a.svgz", b"\x1f\x8b", True),
    ],
)
def test_files_that_a_browser_runs(path: str, content: bytes, runs: bool):
    assert acts(path, content) is runs


def test_what_is_found_names_elements_attributes_and_schemes():
    assert taken_out('<p onclick=1 class=a>x<script>1</script><a href=" java&#10;script:x">y</a><p onclick=2>') == (
        "onclick", "<script>", "javascript:")  # fmt: skip


def test_without_nh3_the_next_thing_to_type_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "nh3", None)
    with pytest.raises(HandrailError, match=r"pip install handrail\[sanitize\]"):
        clean_html("x")


def test_the_guide_names_all_that_is_allowed(root: Path):
    text = (root / "content/guide/safety.md").read_text(encoding="utf-8")
    missing = [name for name in (*TAGS, *EVERYWHERE, *SCHEMES, *{name for names in ATTRIBUTES.values() for name in names})
               if f"`{name}`" not in text]  # fmt: skip
    assert missing == []
