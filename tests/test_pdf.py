"""A PDF file of a handbook: tagged, with bookmarks and links that work, and the same bytes each time."""

from __future__ import annotations

import base64
import importlib
import io
import itertools
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from handrail.cli import main
from handrail.handbook import read_folder
from handrail.pages import Site
from handrail.pdf import chapters_of, everything, named, pdf_of
from handrail.pdf.anchors import lead, rename, show_pictures
from handrail.pdf.articles import article_of, parsed, written_html
from handrail.pdf.drawings import with_pictures
from handrail.problems import HandrailError
from handrail.settings import settings_from
from handrail.stamp import Stamp
from tests.building import Built, build, handbook
from tests.sheets import words_of_sheets
from tests.test_pages import site_of
from tests.test_print import texts

try:
    importlib.import_module("weasyprint")
except OSError as error:  # Pango is a library of the system, which no package of Python brings along
    pytest.skip(f"Pango is not installed: {error}", allow_module_level=True)

MORE = {
    "index.md": "# Home\n",
    "picture.md": "---\nhandrail: {kind: procedure}\n---\n# Picture\n\n## Steps\n\n1. Look: ![A loaf](loaf.svg) and ![gone](https://example.org/x.png).\n"
    "2. See [old](old.md#steps), [home](index.md), [away](https://example.org/) and [mail](mailto:a@example.org).\n",
    "choice.md": "---\nhandrail: {kind: procedure}\n---\n# Choice\n\n## Steps\n\n1. Is it done?\n    - **Yes:** end\n"
    "    - **No:** go back to step 1.\n2. Sell it.\n",
    "loaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="9"/></svg>',
}


def written(folder: Path) -> Path:
    return handbook(folder, texts() | MORE, theme={"name": "material", "font": False, "language": "en"},
                    plugins=["search", {"handrail": {"roles": ["Baker"], "ask": "Quality"}}], site_url="https://example.org/book/",
                    markdown_extensions=["attr_list", "pymdownx.superfences"])  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Site]:
    config = written(tmp_path_factory.mktemp("pdf"))
    settings = settings_from(config, None)
    return build(config), Site(read_folder(settings), settings.options, settings.name)


def pdf(book: tuple[Built, Site], *names: str) -> bytes:
    built, site = book
    pages = {path.removesuffix(".html") + ".md": path for path in built.pages}
    chapters = chapters_of(named(site, names), pages, site)
    return pdf_of(chapters, built.site, site, "Some documents")


def test_a_file_is_tagged_named_and_in_a_language(book):
    reader = PdfReader(io.BytesIO(pdf(book, "p-1")))
    root: Any = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Some documents"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_every_drawing_and_picture_says_what_it_shows(book):
    reader = PdfReader(io.BytesIO(pdf(book, "picture", "choice")))
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(node.get("/Alt"))
            walk(node.get("/K"))

    root: Any = reader.trailer["/Root"]
    walk(root["/StructTreeRoot"])
    assert "A loaf" in found
    assert "Drawing: Choice" in found
    assert None not in found


def tagged(reader: PdfReader) -> Iterator[Any]:
    """Yield the elements of a file's structure, from the top."""
    top: Any = reader.trailer["/Root"]
    waiting: list[Any] = [top["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            yield node
            waiting.append(node.get("/K", []))


def test_what_pdf_ua_asks_for_that_can_be_judged_here(book):
    """Each link is an annotation with words in the order of the structure; headings skip no level; fonts are inside."""
    reader = PdfReader(io.BytesIO(pdf(book, "p-1", "p-2", "picture", "choice")))
    nodes = list(tagged(reader))
    links = [node for node in nodes if node.get("/S") == "/Link"]
    annotations = [one.get_object() for sheet in reader.pages for one in sheet.get("/Annots", ())]
    assert sum(node.get("/Type") == "/OBJR" for node in nodes) == len(annotations) > 10
    assert len(links) == len(annotations)
    assert all(one["/Contents"] for one in annotations)
    assert {str(sheet["/Tabs"]) for sheet in reader.pages} == {"/S"}
    levels = [int(str(node["/S"])[2:]) for node in nodes if re.fullmatch(r"/H\d", str(node.get("/S")))]
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []
    fonts = [font.get_object() for sheet in reader.pages for font in sheet["/Resources"].get("/Font", {}).values()]  # type: ignore[attr-defined]
    assert fonts
    assert all("/ToUnicode" in font for font in fonts)


def test_the_steps_of_a_drawing_lead_to_the_steps(book):
    reader = PdfReader(io.BytesIO(pdf(book, "choice")))
    goals = [
        str(one.get_object().get("/Dest") or one.get_object()["/A"]["/D"])
        for sheet in reader.pages
        for one in sheet.get("/Annots", ())
    ]
    assert {"p1-is-it-done", "p1-sell-it"} <= set(goals)
    assert all(goal in {str(name) for name in reader.named_destinations} for goal in goals)


def test_every_sheet_of_each_document_says_what_it_is(book):
    sheets = words_of_sheets(pdf(book, "p-1", "p-2"))
    old = [sheet for sheet in sheets if "Superseded – see New way" in sheet]

    assert len(old) > 2
    assert all(f"Page {number} of {len(sheets)}" in sheet for number, sheet in enumerate(sheets, 1))
    assert "Contents" in sheets[0]
    assert "SUPERSEDED" in old[-1]
    assert "SUPERSEDED" not in sheets[-1]
    assert "Effective 2026-02-03" in sheets[-1]
    assert "Initials, day" in sheets[-1]


def test_bookmarks_lead_to_the_documents_and_their_parts(book):
    reader = PdfReader(io.BytesIO(pdf(book, "p-1", "p-2")))

    def titles(entries: Any) -> list[Any]:
        return [titles(entry) if isinstance(entry, list) else entry.title for entry in entries]

    found = titles(reader.outline)
    assert 'Old "way" <3' in found
    assert found[found.index("New way") + 1] == ["Steps"]


def test_links_lead_within_the_file_else_to_the_live_site(book):
    def links(content: bytes) -> set[str]:
        annotations = (
            one.get_object() for sheet in PdfReader(io.BytesIO(content)).pages for one in sheet.get("/Annots", ())
        )
        return {str(one["/A"]["/URI"]) if "/A" in one and "/URI" in one["/A"] else "inside" for one in annotations}

    built, site = book
    stamped = replace(site, stamp=Stamp("Bakery", address="https://example.org/book/"))
    assert links(pdf((built, stamped), "picture")) >= {
        "https://example.org/book/old.html#steps",
        "https://example.org/",
        "mailto:a@example.org",
    }
    assert links(pdf((built, stamped), "picture", "p-1")) >= {"inside", "https://example.org/book/index.html"}
    assert "https://example.org/book/old.html#steps" not in links(pdf((built, stamped), "picture", "p-1"))
    assert links(pdf(book, "picture")) == {"https://example.org/", "mailto:a@example.org"}


def test_the_same_pages_give_the_same_bytes(book):
    assert pdf(book, "p-2") == pdf(book, "p-2")


# ---- which documents ----


@pytest.mark.parametrize(("name", "said"), [("hedings", "Did you mean `headings`"), ("baker", "no page of its own")])
def test_a_name_that_nothing_bears_is_told(name: str, said: str):
    with pytest.raises(HandrailError, match=said):
        named(site_of(texts(), roles=["Baker"]), [name])


def test_everything_is_all_that_has_a_page():
    found = [document.id for document in everything(site_of(texts(), roles=["Baker"]))]
    assert found == ["process", "table", "headings", "p-2", "p-1", "several.first", "several.second"]


# ---- pages as trees ----


def test_what_works_on_a_screen_only_is_left_out_and_the_rest_stays():
    html = ("<body><nav>n</nav><article>a<script>x</script>b<a class='headerlink' href='#x'>¶</a>c"
            "<details><summary>s</summary>d</details><div class='tabbed-set'><input type=radio><div class='tabbed-labels'>"
            "<label>One</label><label>Two</label></div><div class='tabbed-content'><div class='tabbed-block'>1</div>"
            "<div class='tabbed-block'>2</div></div></div></article></body>")  # fmt: skip
    article = article_of(html)
    assert (
        "".join(article.itertext()) == "abcsdOne1Two2"
        or "".join(article.itertext()).replace("\n", "") == "abcsdOne1Two2"
    )
    assert article.find("details").get("open") is not None  # type: ignore[union-attr]  # it is there


def test_a_step_that_begins_with_a_warning_has_one_box_behind_it():
    warned = '<span class="handrail-step-head"><span class="handrail-warning">Hot.</span></span>'
    article = article_of(f"<article><ol><li><p>{warned} Bake.</p></li><li><p>Sell.</p></li></ol></article>")
    assert [one.get("class") for one in article.iter("p")] == ["handrail-warns-first", None]


def test_anchors_of_two_pages_do_not_meet():
    article = parsed(
        '<div><p id="a" aria-labelledby="a b">x</p><a name="b" href="#a">y</a><i style="fill:url(#a)">z</i></div>'
    )
    rename(article, "p1")
    lead(article, "x/y.html", {"x/y.html": "p1", "z.html": "p2"}, lambda path: None)
    html = written_html(article)
    for part in ('id="p1-a"', 'aria-labelledby="p1-a p1-b"', 'id="p1-b"', 'href="#p1-a"', "url(#p1-a)"):
        assert part in html


@pytest.mark.parametrize(
    ("href", "goal"),
    [("../z.html#q", "#p2-q"), ("../z.html", "#p2"), ("gone.html", None), ("javascript:x", None), ("https://a.example/", "https://a.example/"),
     ("#there", "#p1-there"), ("#gone", None), ("../dir/", None)],
)  # fmt: skip
def test_where_a_link_leads(href: str, goal: str | None):
    article = parsed(f'<div><p id="p1-there">x</p><a href="{href}">y</a></div>')
    lead(article, "x/y.html", {"x/y.html": "p1", "z.html": "p2"}, lambda path: None)
    (link,) = article.iter("a")
    assert link.get("href") == goal


def test_pictures_come_from_the_site_alone(tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/in.png").write_bytes(b"x")
    (tmp_path / "out.png").write_bytes(b"x")
    article = parsed(
        '<div><img src="in.png" alt="in"><img src="../out.png" alt="out"><img src="https://a.example/b.png"><img src="/etc/passwd"></div>'
    )
    show_pictures(article, "page.html", tmp_path / "site")
    assert [image.get("src") for image in article.iter("img")] == [(tmp_path / "site/in.png").resolve().as_uri()]
    assert "[out]" in "".join(article.itertext())


def test_drawings_get_literal_colours(book):
    built, _ = book
    text = built.text("choice.html")
    article = article_of(text)
    with_pictures(article, text)
    html = written_html(article)
    assert "data:image/svg+xml;base64," in html
    assert "<use" not in html
    assert "var(--" not in html
    for found in re.findall(r"base64,([^\")]+)", html):
        drawn = base64.b64decode(found).decode()
        assert "var(" not in drawn
        assert "<tspan" not in drawn
        assert "<a " not in drawn


# ---- the command ----


def test_the_command_writes_one_file_and_replaces_its_own(tmp_path: Path):
    config = written(tmp_path / "book")
    out = tmp_path / "new.pdf"
    for _ in range(2):
        done = CliRunner().invoke(main, ["export", str(out), "p-2", "-f", str(config)])
        assert done.exit_code == 0, done.output
        assert "1 page of an unknown revision" in done.stdout
    assert "New way" in words_of_sheets(out.read_bytes())[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "new.pdf"]


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path):
    out = tmp_path / "mine.pdf"
    out.write_bytes(b"%PDF-1.4 mine")
    done = CliRunner().invoke(main, ["export", str(out), "-f", str(written(tmp_path / "book"))])
    assert done.exit_code == 2
    assert "no file that Handrail made" in done.stderr
    assert out.read_bytes() == b"%PDF-1.4 mine"


def test_without_weasyprint_the_next_thing_to_type_is_named(book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(HandrailError, match=r"pip install handrail\[pdf\]"):
        pdf(book, "p-2")


def test_the_pocket_book_of_a_role_is_one_file_that_says_that_it_is_an_extract(tmp_path: Path):
    pages = {
        "baker.md": "---\nhandrail: {kind: role}\n---\n# Baker\n",
        "a.md": "---\nhandrail: {kind: procedure}\n---\n# Bake bread\n\n## Steps\n\n1. **Baker:** Bake.\n2. **Baker:** [Sell it](b.md)\n",
        "b.md": "---\nhandrail: {kind: procedure}\n---\n# Sell bread\n\n## Steps\n\n1. **Seller:** Sell.\n2. **Seller:** Count.\n",
        "c.md": "---\nhandrail: {kind: procedure}\n---\n# Count money\n\n## Steps\n\n1. **Seller:** Count.\n2. **Seller:** Lock.\n",
    }
    config = handbook(tmp_path / "book", pages | {"index.md": "# Home\n"}, theme={"name": "material", "font": False},
                      handrail={"roles": ["Seller"]})  # fmt: skip
    out = tmp_path / "baker.pdf"
    done = CliRunner().invoke(main, ["export", str(out), "--role", "baker", "-f", str(config)])
    assert done.exit_code == 0, done.output
    first, *more = words_of_sheets(out.read_bytes())
    assert "An extract of Bakery" in first
    assert all(title in first for title in ("Baker", "Bake bread", "Sell bread"))
    contents = first.partition("Contents")[2]
    assert 0 <= contents.find("Baker") < contents.find("Bake bread") < contents.find("Sell bread")
    assert "Count money" not in " ".join([first, *more])
