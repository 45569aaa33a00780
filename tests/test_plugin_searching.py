"""What is put aside while a search plugin reads a page, and put back after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.plugin.searching import Aside, put_aside
from handrail.plugin.shelf import Shelf
from tests.building import build, handbook

TABLE = '<div class="handrail-table handrail-sheet" data-search-exclude>\n<div>a</div><table></table></div>'
HEAD = '<dl class="handrail-controlled" data-handrail="controlled" data-search-exclude><div>Id</div></dl>'
NESTED = f'<div class="handrail handrail-comparison" data-handrail="x" data-search-exclude>{TABLE}{HEAD}</div>'

FACTS = (
    '<div class="handrail handrail-head" data-handrail-title="a &gt; b">\n'
    f'{HEAD}<dl class="handrail-facts">\n<div><dt>Not stated</dt><dd>Owner<br>Risk</dd></div>\n</dl>\n'
    '<p class="handrail-why">Step 4 of <a href="x">Bake</a>, so.</p><ul>\n<li><code>b</code> &amp; c</li>\n</ul></div>'
)
WORDS = (
    'Not stated Owner Risk <p class="handrail-why">Step 4 of Bake, so.</p> <ul> <li> <code>b</code> &amp; c</li> </ul>'
)
SECTION = f'<div class="handrail" data-handrail="x">\n<h2 id="a">A</h2>{TABLE}<p>b</p></div>'

FOOT = (
    '<span class="handrail-step-foot" data-handrail-name="Bake" data-search-exclude>'
    '<span class="handrail-tools"><a href="#bake">#</a></span><span>Initials</span></span>'
)


@pytest.mark.parametrize(
    ("html", "left", "pieces"),
    [
        ("", "", ()),
        ("<p>Text</p>", "<p>Text</p>", ()),
        (f"<p>a</p>{TABLE}<p>b</p>", "<p>a</p><!--handrail:0--><p>b</p>", (TABLE,)),
        (f"{HEAD}\n{TABLE}", "<!--handrail:0-->\n<!--handrail:1-->", (HEAD, TABLE)),
        (f"a{NESTED}b", "a<!--handrail:0-->b", (NESTED,)),
        # a step's foot holds elements of its own kind; a search would take their ends for its own
        (f"<li>Bake. {FOOT}</li>", "<li>Bake. <!--handrail:0--></li>", (FOOT,)),
        # of what it does read, the words are left
        (f"a{FACTS}b", f"a<!--handrail:0+--> {WORDS} <!--handrail:0/-->b", (FACTS,)),
        # but for what holds headings, which part the page's text
        (SECTION, SECTION.replace(TABLE, "<!--handrail:0-->"), (TABLE,)),
        # what an author marks is the author's
        ("<div data-search-exclude>a</div>", "<div data-search-exclude>a</div>", ()),
        # what does not end is left alone
        (f"a{TABLE[:-6]}", f"a{TABLE[:-6]}", ()),
        # as is a page that holds what could be taken for a place
        (f"<!--handrail:0-->{TABLE}", f"<!--handrail:0-->{TABLE}", ()),
        (f"<!--handrail:5/-->{TABLE}", f"<!--handrail:5/-->{TABLE}", ()),
        # but what an author tells Handrail is none
        (f"<!--handrail: {{kind: role}}-->{TABLE}", "<!--handrail: {kind: role}--><!--handrail:0-->", (TABLE,)),
    ],
)
def test_only_what_no_search_reads_is_put_aside(html: str, left: str, pieces: tuple[str, ...]):
    aside = put_aside(html)
    assert (aside.html, aside.pieces) == (left, pieces)
    assert aside.restored(aside.html) == html


PIECES = st.sampled_from(
    [TABLE, HEAD, FOOT, NESTED, FACTS, SECTION, TABLE[:-6], HEAD[20:], FACTS[:-6], "</div>", "<div>", "<p>", "x"]
)
PLACES = st.sampled_from([FACTS, TABLE, "<!--handrail:0-->", "<!--handrail:0+-->", "<!--handrail:0/-->"])


@given(st.lists(PIECES | PLACES).map("".join))
def test_all_comes_back_as_it_was(html: str):
    aside = put_aside(html)
    assert aside.restored(aside.html) == html


def test_what_other_plugins_change_meanwhile_stays():
    aside = put_aside(f"<p>a</p>{TABLE}")
    assert aside.restored(f"<p>new</p>{aside.html}") == f"<p>new</p><p>a</p>{TABLE}"
    assert aside.restored("<p>a</p><!--handrail:7-->") == "<p>a</p>"


def test_a_block_whose_words_were_left_comes_back_whole():
    aside = put_aside(f"{FACTS}<p>a</p>{FACTS}{TABLE}")
    changed = aside.html.replace("Not stated", "Said").replace("<p>a</p>", "<p>new</p>")
    assert aside.restored(changed) == f"{FACTS}<p>new</p>{FACTS}{TABLE}"
    # where another plugin cut it off, the next one stays whole
    assert aside.restored(aside.html.replace("<!--handrail:0/-->", "", 1)).endswith(f"<p>a</p>{FACTS}{TABLE}")


@pytest.mark.parametrize("search", ["search", "material/search"])
def test_a_search_finds_the_words_of_facts_apart(tmp_path: Path, search: str):
    pages = {"bake.md": "# Bake\n\nOwner: Ada\n\n1. Heat the oven.\n\nDone.\n", "role.md": "# Baker\n\nBakes.\n",
             "sell.md": "---\nhandrail: {kind: process, owner: Ada, risk: high}\n---\n# Sell\n\n1. [Bake](bake.md).\n"}  # fmt: skip
    theme, kinds = {"name": "material", "font": False}, {"bake.md": "procedure", "role.md": "role"}
    built = build(handbook(tmp_path, pages, theme=theme, plugins=[search, {"handrail": {"kinds": kinds}}]))
    entries = {entry["location"]: entry["text"] for entry in json.loads(built.text("search/search_index.json"))["docs"]}
    assert "Not stated Outcome, Customer, Indicators, Feedback" in entries["sell.html"]
    assert "Owner Ada" in " ".join(entries["sell.html"].split())
    assert not [text for text in entries.values() if "handrail:" in text or "class=" in text]
    assert '<dd class="handrail-missing">' in built.text("sell.html")


@pytest.mark.parametrize("comment", ["<!--handrail:5-->", "<!--handrail:0-->", "<!--handrail:0/-->",
                                     "<!--handrail: {kind: procedure}-->"])  # fmt: skip
def test_a_comment_of_an_author_is_never_a_place_of_handrails(tmp_path: Path, comment: str):
    page = "# Bake\n\n{0}\n\nOwner: Ada\n\n1. Heat the oven.\n2. Bake.\n\n{0}\n\nSee [[bake]].\n"
    theme, options = {"name": "material", "font": False}, {"kinds": {"*.md": "procedure"}}
    files = {
        "bake.md": page.format(comment),
        "other.md": page.format("").replace("Bake", "Brew").replace("[[bake]]", "[[other]]"),
    }
    built = build(handbook(tmp_path, files, theme=theme, plugins=["search", {"handrail": options}]))
    html = built.text("bake.html")
    assert html.count(comment) == 2, comment
    assert html.count("<!--handrail:") == 2 * comment.count("<!--handrail:")
    for own in ('data-handrail="head"', "handrail-step-foot", "handrail-facts", "data-search-exclude"):
        assert html.count(own) == built.text("other.html").count(own) > 0, own
    assert "<!--handrail:" not in built.text("other.html")


def test_a_search_finds_the_text_and_not_the_generated_tables(tmp_path: Path):
    pages = {
        "bake.md": "# Bake\n\n1. Heat the oven.\n",
        "dough.md": "# Dough\n\n1. Mix the flour.\n",
        "apart.md": "# Side by side\n\nWhat is told apart.\n\n```compare\nitems: [bake, dough]\n```\n",
    }
    theme, options = {"name": "material", "font": False}, {"kinds": {"bake.md": "procedure", "dough.md": "procedure"}}
    built = build(handbook(tmp_path, pages, theme=theme, plugins=["search", {"handrail": options}],
                           markdown_extensions=["pymdownx.superfences"]))  # fmt: skip
    entries = {entry["location"]: entry for entry in json.loads(built.text("search/search_index.json"))["docs"]}
    assert built.text("apart.html").count('data-handrail="comparison"') == 1
    assert not [path for path in built.pages if "<!--handrail:" in built.text(path)]
    assert entries["apart.html"]["text"] == "<p>What is told apart.</p>"
    assert "Heat the oven. </li>" in "".join(entry["text"] for entry in entries.values())
    assert entries["handrail/compare.html"]["title"] == "Compare"


HOOK = """
import pathlib
from mkdocs.plugins import event_priority

@event_priority(-20_000)
def on_env(env, config, files):
    note("env", files)

def on_post_build(config):
    note("end", FILES[0])

FILES = []

def note(name, files):
    FILES[:] = [files]
    for file in files.documentation_pages():
        out = pathlib.Path(__file__).parent / name / file.dest_uri
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(file.page.content)
"""


def test_the_host_holds_no_tables_while_pages_wait_to_be_printed(tmp_path: Path):
    config = handbook(
        tmp_path,
        {
            "bake.md": "# Bake\n\n1. Heat the oven.\n2. If it is hot, load it.\n3. Clean it.\n",
            "plain.md": "# A\n\nB.\n",
        },
        handrail={"kinds": {"bake.md": "procedure"}},
        hooks=["hook.py"],
    )
    (tmp_path / "hook.py").write_text(HOOK)
    built = build(config)
    for name in ("env", "end"):
        assert (tmp_path / name / "handrail/index.html").read_text() == "<!--handrail:0-->"
        assert "handrail-step-foot" not in (tmp_path / name / "bake.html").read_text()
        assert "<li" in (tmp_path / name / "bake.html").read_text()
        assert "<p>B.</p>" in (tmp_path / name / "plain.html").read_text()
    assert "handrail-step-foot" in built.text("bake.html")
    assert "<table" in built.text("handrail/procedures.html")
    assert not [path for path in built.pages if "<!--handrail:" in built.text(path)]


def test_the_shelf_gives_each_page_its_pieces_in_whatever_order_they_are_asked_for(tmp_path: Path):
    shelf, pages = Shelf(), {"a": ("\u00e4\u20ac", "", "b\ud800"), "b": (), "c": ("\U0001f35e", "c")}
    shelf.open(tmp_path / ".shelf")
    assert [shelf.left(page, Aside(page, pieces)) for page, pieces in pages.items()] == ["a", "b", "c"]
    assert shelf.taken("c", "changed") == Aside("changed", pages["c"])
    shelf.left("d", Aside("d", ("late",)))  # behind what is there, though something was read meanwhile
    assert [shelf.taken(page, page).pieces for page in "dabx"] == [("late",), pages["a"], (), ()]
    shelf.open(tmp_path / ".shelf")
    assert shelf.taken("a", "a") == Aside("a", ())
    shelf.close()
