"""The plugin in real builds of MkDocs: what it adds, what it leaves alone, what it says, and that it says it once."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handrail.plugin.files import line_address
from handrail.publication import Asset
from handrail.reports.json import schema_text
from handrail.words.en import ENGLISH
from tests.building import STRICT_LINKS, Built, Element, build, handbook, run, write

MKDOCS = Path(sys.executable).with_name("mkdocs")
HANDRAIL = Path(sys.executable).with_name("handrail")

BAKERY: dict[str, str | bytes] = {
    "index.md": "# Bakery\n\nFirst [[bake]], then [sell][sell-bread#greet] it. The [baker](roles/baker.md) knows.\n",
    "about.md": "# About us\n\n1. Bread\n2. Cake\n\n   ```\n   sweet\n   ```\n",
    "sell-bread.md": """
        ---
        title: Sell bread
        handrail: {kind: process, purpose: Customers get warm bread., customer: Neighbours, trigger: The shop opens,
                   owner: Shop manager, indicators: [Loaves left], feedback: The book on the counter}
        ---
        # Sell bread

        ## Flow

        1. <a id="greet"></a>Greet the customer. Judgement: Seller, as the day goes.
        2. [Bake the loaves](bake.md)
        3. Hand over the bread.
        """,
    "bake.md": """
        ---
        handrail: {kind: procedure, id: bake, process: sell-bread, owner: Shop manager, done_when: It sounds hollow.}
        ---
        # Bake the loaves

        Wash your hands.

        ## Steps

        1. <a id="heat"></a>**Baker:** heat the oven.
           - Expect: 250 degrees
           - Warning: the door is hot.
        2. Load it:

           ```
           tray 1
           ```
        3. Take out the loaves.
           - Record: Batch sheet
        """,
    "roles/baker.md": "---\nhandrail: {kind: role, id: baker}\n---\n# Baker\n\nBakes.\n",
    "sheet.md": "---\nhandrail: {kind: record, id: batch-sheet}\n---\n# Batch sheet\n\nOne for each night.\n",
}
OPTIONS: dict[str, Any] = {"roles": ["Shop manager", "Seller"]}
MATERIAL = {"name": "material", "font": False}


def bakery(folder: Path, pages: dict[str, str | bytes] | None = None, **config: Any) -> Path:
    """Write the bakery's handbook, with these pages more."""
    config = {"handrail": OPTIONS, "validation": STRICT_LINKS} | config
    return handbook(folder, {**BAKERY, **(pages or {})}, **config)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The bakery under Material, built once."""
    config = bakery(tmp_path_factory.mktemp("bakery"), theme=MATERIAL, plugins=["search", {"handrail": OPTIONS}])
    return build(config)


def asset(name: str) -> str:
    """Return a style or a script of Handrail's."""
    return Asset(f"assets/handrail/{name}").text


def _styles(built: Built) -> list[str]:
    """Return the styles of Handrail's that a page loads, in order."""
    loaded = [link.get("href") or "" for link in built.page("bake.html").find("link")]
    return [address for address in loaded if "assets/handrail/" in address]


def article(page: Element) -> Element:
    return page.find("article")[0]


# ---- a typed handbook ----


def test_nothing_is_wrong_with_the_bakery(built: Built):
    assert built.warnings == ()


def test_each_kind_of_page_gets_its_head(built: Built):
    kinds = {"sell-bread": "process", "bake": "procedure", "roles/baker": "role", "sheet": "record"}
    for path, kind in kinds.items():
        heads = article(built.page(f"{path}.html")).find(data_handrail="head")
        assert [head["data-handrail-kind"] for head in heads] == [kind], path


def test_an_ordinary_page_gets_nothing_but_its_references(built: Built):
    page = article(built.page("index.html"))

    assert {element["data-handrail"] for element in page.find() if element.get("data-handrail")} == {"reference"}
    assert [(link["href"], link.text()) for link in page.find("a", data_handrail="reference")] == [
        ("bake.html", "Bake the loaves"), ("sell-bread.html#greet", "sell")]  # fmt: skip


def test_a_procedure_names_its_process_and_a_process_its_procedure(built: Built):
    (head,) = article(built.page("bake.html")).find(data_handrail="head")
    (activities,) = article(built.page("sell-bread.html")).find(data_handrail="activities")

    assert "Customers get warm bread" in head.text() or "customers get warm bread" in head.text()
    assert any(link["href"].startswith("sell-bread.html") for link in head.find("a"))
    assert any(link["href"] == "bake.html" for link in activities.find("a"))


def test_no_link_of_the_site_is_dead(built: Built):
    """MkDocs judges what authors write; this judges what Handrail adds."""
    anchors = {path: {one["id"] for one in built.page(path).all() if one.get("id")} for path in built.pages}
    dead = []
    for path in built.pages:
        if path == "404.html":
            continue
        for link in article(built.page(path)).find("a"):
            if link.get("href") is None or "://" in link["href"]:
                continue
            way, _, anchor = link["href"].partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(path), way)) if way else path
            if target not in built.files or (anchor and anchor not in anchors.get(target, ())):
                dead.append(f"{path}: {link['href']}")
    assert dead == []


def test_ids_are_on_a_page_once(built: Built):
    for path in built.pages:
        ids = [one["id"] for one in article(built.page(path)).all() if one.get("id")] if path != "404.html" else []
        assert len(ids) == len(set(ids)), path


def test_search_and_contents_know_no_marks_and_no_tools(built: Built):
    index = built.text("search/search_index.json")

    assert not [char for char in index if 0xE100 <= ord(char) <= 0xE119]
    assert "\\ue1" not in index
    found = {doc["location"]: doc["text"] for doc in json.loads(index)["docs"]}
    assert "heat the oven" in found["bake.html#steps"]
    assert "data-handrail" not in found["bake.html#steps"]


def test_the_style_and_the_script_are_there_and_are_loaded(built: Built):
    page = built.page("bake.html")
    loaded = [link["href"] for link in page.find("link") if link.get("href")] + [
        script["src"] for script in page.find("script") if script.get("src")]  # fmt: skip

    own = [address for address in loaded if "assets/handrail/" in address]
    assert own == ["assets/handrail/handrail-all.css", "assets/handrail/handrail-all.js"]
    assert {path for path in built.files if path.startswith("assets/handrail/")} == set(own)
    for name in (
        *("handrail.css", "handrail-flow.css", "handrail-print.css", "handrail-tables.css", "handrail-accessible.css"),
        *("handrail-run-files.js", "handrail.js", "handrail-tables.js", "handrail-accessible.js"),
    ):
        whole = built.text(f"assets/handrail/handrail-all{Path(name).suffix}")
        assert asset(name) in whole


def test_what_is_not_wanted_is_not_loaded(tmp_path: Path):
    found = build(bakery(tmp_path, handrail={**OPTIONS, "accessible": False, "runs": False}))

    style, script = (found.text(f"assets/handrail/handrail-all{kind}") for kind in (".css", ".js"))
    assert asset("handrail.css") in style
    assert asset("handrail.js") in script
    assert asset("handrail-accessible.css") not in style
    assert asset("handrail-accessible.js") not in script
    assert asset("handrail-run-files.js") not in script
    assert not found.page("bake.html").find(data_handrail="run")


@pytest.mark.parametrize("where", ["docs", "custom"])
def test_the_users_own_style_wins(where: str, tmp_path: Path):
    write(tmp_path / where, {"assets/handrail/handrail.css": "b {color: red}\n"})
    found = build(bakery(tmp_path, theme={**MATERIAL, "custom_dir": "custom"} if where == "custom" else MATERIAL))

    assert found.text("assets/handrail/handrail.css") == "b {color: red}\n"
    styles = _styles(found)
    names = ("handrail", "handrail-flow", "handrail-print", "handrail-tables", "handrail-accessible")
    assert styles == [f"assets/handrail/{name}.css" for name in names]
    assert all(style in found.files for style in styles)
    assert asset("handrail.css") not in "".join(map(found.text, styles))


def test_a_style_that_mkdocs_yml_names_keeps_its_place(tmp_path: Path):
    named = "assets/handrail/handrail-tables.css"
    found = build(bakery(tmp_path, theme=MATERIAL, extra_css=[named]))
    styles = _styles(found)

    assert styles[:2] == [named, "assets/handrail/handrail.css"]
    assert styles.count(named) == 1
    assert found.text(named) == asset("handrail-tables.css")


@pytest.mark.parametrize("directories", [False, True], ids=["files", "folders"])
def test_pages_lead_to_one_another_with_either_kind_of_address(directories: bool, tmp_path: Path):
    found = build(bakery(tmp_path, use_directory_urls=directories), strict=True)
    page = found.page("bake/index.html" if directories else "bake.html")
    links = {link["href"] for link in page.find("a") if link.get("href")}

    assert "../sell-bread/" in links if directories else "sell-bread.html" in links
    assert found.warnings == ()


# ---- where nothing is typed ----

LIBRARY: dict[str, str | bytes] = {
    "index.md": "# Library\n\nSee [the shelves](shelves.md), [x] and [[nobody]].\n",
    "shelves.md": "---\ntype: procedure\nparent: x\n---\n# Shelves\n\n## Steps\n\n1. One\n2. Two\n\n   ```\n   x\n   ```\n",
    "deep/tasks.md": "- [ ] a\n* b\n1. c\n",
    "picture.svg": "<svg/>",
}


def without_dates(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out when the site was built, which MkDocs writes into a packed file and its own theme into a page."""
    plain = {path: data for path, data in files.items() if not path.endswith(".gz")}
    return {path: re.sub(rb"Build Date UTC : .*", b"", data) for path, data in plain.items()}


@pytest.mark.parametrize(
    "options", [{}, {"kinds": {"**": "none"}}, {"kinds": {"no/**": "procedure"}, "languages": ["de"]}]
)
@pytest.mark.parametrize("theme", [MATERIAL, {"name": "mkdocs"}], ids=["material", "mkdocs"])
def test_the_whole_site_is_byte_for_byte_what_it_was(theme: dict[str, Any], options: dict[str, Any], tmp_path: Path):
    extensions = ["attr_list", "admonition"]
    more: dict[str, Any] = {"theme": theme, "markdown_extensions": extensions}
    without = build(handbook(tmp_path / "a", LIBRARY, handrail=None, plugins=["search"], **more))
    with_it = build(handbook(tmp_path / "b", LIBRARY, plugins=["search", {"handrail": options}], **more))

    assert without_dates(with_it.files) == without_dates(without.files)


def test_with_a_nav_too(tmp_path: Path):
    nav = [{"Home": "index.md"}, {"Shelves": ["shelves.md", "deep/tasks.md"]}]
    without = build(handbook(tmp_path / "a", LIBRARY, handrail=None, nav=nav, theme=MATERIAL))
    with_it = build(handbook(tmp_path / "b", LIBRARY, nav=nav, theme=MATERIAL))

    assert without_dates(with_it.files) == without_dates(without.files)


def test_an_ordinary_page_beside_typed_ones_keeps_its_article(built: Built, tmp_path: Path):
    without = build(bakery(tmp_path, theme=MATERIAL, handrail=None, plugins=["search"]))

    def own(found: Built) -> str:
        return found.text("about.html").partition("<article")[2].partition("</article>")[0]

    assert own(built) == own(without)


def test_a_heading_typed_by_a_comment_makes_the_handbook_a_typed_one(tmp_path: Path):
    page = "# Day\n\n## Open\n\n<!-- handrail: {kind: procedure} -->\n\n1. Unlock\n2. Light\n"
    found = build(handbook(tmp_path, {"day.md": page}, theme=MATERIAL))

    assert [step["data-step"] for step in found.page("day.html").find(data_handrail="step")] == ["unlock", "light"]
    assert "handbook.json" in found.files
    assert "assets/handrail/handrail-all.css" in found.files


# ---- the pages that Handrail makes ----

SECTION = ENGLISH.site["section"]
MADE = {"index.md", "triggers.md", "processes.md", "procedures.md", "roles.md", "records.md"}


def sections(page: Element) -> list[str]:
    """Return the entries of the first level of Material's navigation."""
    (nav,) = page.find("nav", class_="md-nav md-nav--primary")
    (first,) = nav.elements("ul")
    found = []
    for item in first.elements("li"):
        labels = item.find("span", class_="md-ellipsis")
        found.append(labels[0].text())
    return found


def nav_links(page: Element) -> list[str]:
    (nav,) = page.find("nav", class_="md-nav md-nav--primary")
    return [link["href"] for link in nav.find("a") if link.get("href") and not link["href"].startswith("#")]


def test_they_are_there_and_none_is_empty(built: Built):
    for name in MADE:
        path = f"handrail/{name.removesuffix('.md')}.html"
        assert len(article(built.page(path)).text()) > 40, path
    assert "handrail/roles/shop-manager.html" in built.files
    assert "handrail/roles/baker.html" not in built.files


def test_without_a_nav_they_are_the_last_section(built: Built):
    assert sections(built.page("index.html"))[-1] == SECTION
    links = nav_links(built.page("index.html"))
    own = [link for link in links if link.startswith("handrail/")]
    assert len(own) == len(set(own)) >= len(MADE)
    assert links[-len(own) :] == own


NAV = [
    {"Home": "index.md"},
    {"Work": ["sell-bread.md", "bake.md", "about.md"]},
    {"Who": ["roles/baker.md", "sheet.md"]},
]


def test_they_follow_a_nav_that_does_not_name_them(tmp_path: Path):
    found = build(bakery(tmp_path, nav=NAV, theme=MATERIAL), strict=True)

    assert sections(found.page("index.html")) == ["Home", "Work", "Who", SECTION]
    assert found.warnings == ()
    assert not [note for note in found.notes if "not included in the" in note]


def test_a_page_that_the_nav_names_is_there_once(tmp_path: Path):
    nav = [*NAV, {"Registers": [{"Everyone": "handrail/roles.md"}, "handrail/index.md"]}]
    found = build(bakery(tmp_path, nav=nav, theme=MATERIAL), strict=True)
    links = nav_links(found.page("index.html"))

    assert links.count("handrail/roles.html") == 1
    assert links.count("handrail/index.html") == 1
    assert links.count("handrail/procedures.html") == 1
    assert links.index("handrail/roles.html") < links.index("handrail/procedures.html")


def test_a_nav_that_names_all_of_them_gets_no_section(built: Built, tmp_path: Path):
    own = [link for link in nav_links(built.page("index.html")) if link.startswith("handrail/")]
    nav = [*NAV, {"Lists": [link.replace(".html", ".md") for link in own]}]
    found = build(bakery(tmp_path, nav=nav, theme=MATERIAL), strict=True)

    assert sections(found.page("index.html")) == ["Home", "Work", "Who", "Lists"]


@pytest.mark.parametrize("nav", [None, NAV])
def test_navigation_can_do_without_them(nav: Any, tmp_path: Path):
    found = build(
        bakery(tmp_path, theme=MATERIAL, handrail={**OPTIONS, "navigation": False}, **({"nav": nav} if nav else {}))
    )

    assert not [link for link in nav_links(found.page("index.html")) if link.startswith("handrail/")]
    assert "handrail/roles.html" in found.files
    assert found.warnings == ()


def test_a_page_that_the_user_has_wins(tmp_path: Path):
    found = build(bakery(tmp_path, {"handrail/roles.md": "# Our people\n\nAll of them.\n"}, theme=MATERIAL))

    assert article(found.page("handrail/roles.html")).text().startswith("Our people")
    assert not article(found.page("handrail/roles.html")).find(data_handrail="roles")
    assert nav_links(found.page("index.html")).count("handrail/roles.html") == 1
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("theirs", "address"),
    [
        ("handrail.md", "handrail/index.html"),
        ("handrail/roles/index.md", "handrail/roles/index.html"),
        ("handrail/Procedures.md", "handrail/Procedures/index.html"),
        ("handrail/compare/README.md", "handrail/compare/index.html"),
    ],
)
def test_a_page_that_has_the_same_address_wins_too(theirs: str, address: str, tmp_path: Path):
    found = build(bakery(tmp_path, {theirs: "# Ours\n\nAll of it.\n"}, theme=MATERIAL, use_directory_urls=True))

    assert article(found.page(address)).text().startswith("Ours")
    same = [path for path in found.files if path.casefold() == address.casefold()]
    assert same == [address]
    assert found.warnings == ()


def test_a_file_of_the_user_is_not_written_over(tmp_path: Path):
    found = build(bakery(tmp_path, {"handrail/Roles.csv": "ours", "handrail/compare-data.js": "ours"}, theme=MATERIAL))

    assert found.text("handrail/Roles.csv") == found.text("handrail/compare-data.js") == "ours"
    assert "handrail/roles.csv" not in found.files


def test_the_folder_is_the_users_choice(tmp_path: Path):
    found = build(bakery(tmp_path, handrail={**OPTIONS, "folder": "registers/all"}))

    assert "registers/all/roles.html" in found.files
    assert not [path for path in found.files if path.startswith("handrail/")]


def test_duties_are_added_to_the_page_that_the_author_wrote_for_a_role(built: Built):
    page = article(built.page("roles/baker.html"))

    assert "Bakes." in page.text()
    (duty,) = page.find(data_handrail="duty", data_handrail_part="does")
    assert "bake.html#heat" in [os.path.basename(link["href"]) for link in duty.find("a")]


def test_pages_that_are_made_cannot_be_edited(tmp_path: Path):
    config = bakery(tmp_path, theme={**MATERIAL, "features": ["content.action.edit"]}, repo_url="https://github.com/a/b", edit_uri="edit/main/docs/")  # fmt: skip
    found = build(config)

    assert "edit/main" not in found.text("handrail/roles.html")
    assert '"https://github.com/a/b/edit/main/docs/bake.md"' in found.text("bake.html")
    wrong = [link["href"] for link in found.page("bake.html").find("a", class_="handrail-wrong")]
    assert wrong[0] == "https://github.com/a/b/blob/main/docs/bake.md?plain=1#L10"


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        ("https://github.com/a/b/edit/main/docs/x.md", "https://github.com/a/b/blob/main/docs/x.md?plain=1#L7"),
        ("https://github.com/a/b/blob/main/docs/x.md", "https://github.com/a/b/blob/main/docs/x.md?plain=1#L7"),
        ("https://gitlab.com/a/b/-/edit/main/docs/x.md", "https://gitlab.com/a/b/-/blob/main/docs/x.md?plain=1#L7"),
        ("https://gitlab.com/a/b/edit/main/docs/x.md", "https://gitlab.com/a/b/blob/main/docs/x.md?plain=1#L7"),
        ("https://bitbucket.org/a/b/src/main/docs/x.md", "https://bitbucket.org/a/b/src/main/docs/x.md#lines-7"),
        ("https://codeberg.org/a/b/_edit/main/x.md", "https://codeberg.org/a/b/src/branch/main/x.md?display=source#L7"),
        ("https://git.example/a/b?query=docs/x.md", "https://git.example/a/b?query=docs/x.md#L7"),
        ("https://git.example/files/x.md", "https://git.example/files/x.md#L7"),
    ],
)
def test_a_line_is_shown_as_text_on_each_forge(edit: str, line: str):
    assert line_address(edit, 7) == line


def test_without_a_forge_a_step_has_no_link_to_its_line(tmp_path: Path):
    for more in ({}, {"repo_url": "https://git.example/a/b"}, {"repo_url": "https://github.com/a/b", "edit_uri": ""}):
        built = build(bakery(tmp_path / str(len(more)), None, **more))
        assert 'class="handrail-wrong"' not in built.text("bake.html")


def test_nothing_is_written_into_the_users_folder(tmp_path: Path):
    config = bakery(tmp_path)
    before = sorted(tmp_path.joinpath("docs").rglob("*"))
    build(config)

    assert sorted(tmp_path.joinpath("docs").rglob("*")) == before


# ---- plugin and command read the same model ----


def read_json(config: Path) -> str:
    said = run(HANDRAIL, "read", "--json", "-f", config)
    assert said.returncode == 0, said.stderr
    return said.stdout


ODD: dict[str, str | bytes] = {
    "odd/README.md": "---\nhandrail: {kind: procedure}\n---\n# Odd\n\n## Steps\n\n1. Go to [nowhere](no.md).\n2. [[nobody]]\n",
    "odd/crlf.md": b"\xef\xbb\xbf---\r\nhandrail: {kind: procedure}\r\n---\r\n# Lines\r\n\r\n## Steps\r\n\r\n1. a\r\n2. b\r\n",
    "odd/bad.md": "---\nhandrail: {kind: procedure\n---\n# Bad\n\n1. a\n",
    "odd/.hidden.md": "---\nhandrail: {kind: procedure}\n---\n# Hidden\n",
    "drafts/plan.md": "---\nhandrail: {kind: procedure}\n---\n# Plan\n\n## Steps\n\n1. a\n2. b\n",
    "latin.md": "# Caf\xe9\n".encode("latin-1"),
    "both/index.md": "# Both\n",
    "both/README.md": "---\nhandrail: {kind: role}\n---\n# Twice\n",
}


@pytest.mark.parametrize("more", [
    {},
    {"nav": [{"Home": "index.md"}, {"The oven": "bake.md"}]},
    {"exclude_docs": "drafts/\nsheet.md\n"},
    {"plugins": ["search", {"handrail": {**OPTIONS, "kinds": {"about.md": "procedure", "odd/*": "procedure"}}}]},
    {"plugins": {"search": {}, "handrail": {**OPTIONS, "languages": ["de", "en"]}}},
])  # fmt: skip
def test_the_model_beside_the_pages_is_what_the_command_reads(more: dict[str, Any], tmp_path: Path):
    config = bakery(tmp_path, {**ODD}, theme=MATERIAL, **more)
    found = build(config)

    assert json.loads(found.text("handbook.json")) == json.loads(read_json(config))
    assert found.text("handbook.json") == read_json(config)


def test_it_is_so_for_a_real_handbook(corpora: Path, tmp_path: Path):
    docs = corpora / "pagerduty-incident-response" / "files" / "docs"
    config = handbook(tmp_path, {}, docs_dir=str(docs), handrail={"kinds": {"**": "procedure"}})

    assert build(config).text("handbook.json") == read_json(config)


def test_the_model_fulfils_the_schema_that_lies_beside_it(built: Built):
    assert built.text("handbook.schema.json") == schema_text()
    Draft202012Validator(json.loads(built.text("handbook.schema.json"))).validate(
        json.loads(built.text("handbook.json"))
    )


# ---- bad content ----


def strict(config: Path, *more: str) -> tuple[int, str]:
    said = run(MKDOCS, "build", "--strict", "-f", config, *more)
    return said.returncode, said.stderr


def test_a_strict_build_without_problems_passes(tmp_path: Path):
    code, said = strict(bakery(tmp_path))

    assert code == 0, said
    assert "WARNING" not in said


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("---\nhandrail: {kind: procedur}\n---\n# P\n", "page.md:2:"),
        ("---\ntitle: [\n---\n# P\n", "page.md:"),
        ("# P\n\nSee [[nobody]].\n", "page.md:3:"),
        ("---\nhandrail: {kind: procedure}\n---\n# P\n\n## Steps\n\n1. Go to [x](no.md).\n2. b\n", "page.md:8:"),
        ("---\nhandrail: {kind: procedure, process: nowhere}\n---\n# P\n\n## Steps\n\n1. a\n2. b\n", "page.md:2:"),
        ("---\nhandrail: {kind: role, id: baker}\n---\n# P\n", "roles/baker.md:"),
    ],
)
def test_a_strict_build_fails_on_a_problem_and_names_its_line(page: str, place: str, tmp_path: Path):
    code, said = strict(bakery(tmp_path, {"page.md": page}))

    assert code == 1
    assert re.search(rf"^WARNING +-  handrail: {place}\d+", said, re.MULTILINE)
    assert "Traceback" not in said


def test_each_problem_is_said_once_and_as_the_command_says_it(tmp_path: Path):
    config = bakery(tmp_path, {"page.md": "# P\n\nSee [[nobody]].\n"})
    found = build(config)
    own = [warning for warning in found.warnings if "[[nobody]]" in warning or "`nobody`" in warning]
    checked = json.loads(run(HANDRAIL, "check", "--json", "-f", config).stdout)

    assert len(own) == 1
    assert [problem["message"] for problem in checked["problems"] if problem["message"] in own[0]]


def test_a_bad_page_takes_no_other_with_it(tmp_path: Path):
    outside = tmp_path / "outside.md"
    outside.write_text("# Secret\n", encoding="utf-8")
    config = bakery(tmp_path, {
        "latin.md": "# Caf\xe9\n".encode("latin-1"),
        "nul.md": b"# Nul\n\n\x00\x00 text\n",
        "front.md": "---\nhandrail: {kind: procedure\n---\n# Front\n",
        "empty.md": "",
        "deep.md": "---\nhandrail: {kind: procedure}\n---\n# Deep\n\n## Steps\n\n"
        + "\n".join(f"{'   ' * depth}1. level {depth}" for depth in range(60)) + "\n",
    })  # fmt: skip
    (tmp_path / "docs" / "link.md").symlink_to(outside)
    found = build(config)
    told = [warning for warning in found.warnings if warning.startswith("handrail: ")]

    assert {"bake.html", "sell-bread.html", "front.html", "empty.html", "deep.html", "nul.html"} <= set(found.pages)
    assert "latin.html" not in found.pages
    assert "link.html" not in found.pages
    assert b"Secret" not in b"".join(found.pages.values())
    assert any("latin.md:1:6: The page is not UTF-8" in line for line in told)
    assert any("link.md:1:1: This is a link that leaves the handbook's folder" in line for line in told)
    assert any("front.md:2:" in line for line in told)
    assert all(sum(line.startswith(f"handrail: {name}:") for line in told) == 1 for name in ("latin.md", "link.md"))


def test_a_picture_that_leads_out_of_the_folder_is_the_hosts_matter(tmp_path: Path):
    (tmp_path / "out.png").write_bytes(b"x")
    config = bakery(tmp_path)
    (tmp_path / "docs" / "in.png").symlink_to(tmp_path / "out.png")

    assert "in.png" in build(config).files


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"kind": {}}, "there is no option `kind`. Did you mean `kinds`?"),
        ({"kinds": ["a"]}, "`kinds` wants"),
        ({"kinds": {"**": "procedur"}}, "there is no kind `procedur`. Did you mean `procedure`?"),
        ({"lists": "indented"}, "`lists` wants `indent` or `as-is`."),
        ({"folder": "../x"}, "`folder` wants"),
        ({"runs": "maybe"}, "`runs` wants `true` or `false`."),
        ({"languages": ["xx"]}, "`xx` is not there"),
        ({"keys": {"ownr": "x"}}, "there is no fact `ownr`. Did you mean `owner`?"),
        ({1: 2}, "there is no option `1`"),
    ],
)
def test_a_wrong_option_is_one_line(options: dict[Any, Any], said: str, tmp_path: Path):
    config = bakery(tmp_path, handrail=options)
    output = run(MKDOCS, "build", "-f", config)

    assert output.returncode == 1
    assert "Traceback" not in output.stderr
    (line,) = [line for line in output.stderr.splitlines() if said in line]
    assert line.startswith(("ERROR", "plugins: handrail", "Error"))


# ---- the user's own templates ----


def test_a_template_of_the_user_wins(tmp_path: Path):
    write(tmp_path / "custom/handrail", {
        "triggers.html": "<p data-handrail=\"triggers\">Mine: {{ title }}, {{ rows | length }}</p>",
        "partials/role.html": "<p>Mine: {{ document.title }}</p>",
    })  # fmt: skip
    found = build(bakery(tmp_path, theme={**MATERIAL, "custom_dir": "custom"}))

    assert "Mine: " in article(found.page("handrail/triggers.html")).text()
    assert "Mine: Baker" in article(found.page("roles/baker.html")).text()
    assert "Mine" not in article(found.page("handrail/roles.html")).text()


def test_a_template_of_the_user_with_a_name_that_is_unknown_is_an_error_and_no_silence(tmp_path: Path):
    write(tmp_path / "custom/handrail", {"triggers.html": "{{ tile }}"})
    said = run(MKDOCS, "build", "-f", bakery(tmp_path, theme={**MATERIAL, "custom_dir": "custom"}))

    assert said.returncode != 0
    assert "tile" in said.stderr


# ---- the same bytes ----


def test_two_builds_are_byte_for_byte_the_same_on_any_machine(tmp_path: Path):
    environments: tuple[dict[str, str], ...] = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1700000000"},
        {"PYTHONHASHSEED": "77", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000"},
    )
    sites = []
    for place, environment in zip(("a", "another folder/with ä"), environments, strict=True):
        config = bakery(tmp_path / place, theme=MATERIAL, plugins=["search", {"handrail": OPTIONS}])
        said = run(MKDOCS, "build", "--strict", "-f", config, environment=environment)
        assert said.returncode == 0, said.stderr
        site = config.parent / "site"
        sites.append({file.relative_to(site): file.read_bytes() for file in site.rglob("*") if file.is_file()})

    assert sites[0].keys() == sites[1].keys()
    assert [path for path in sites[0] if sites[0][path] != sites[1][path]] == []


def test_a_second_build_in_the_same_process_is_the_same(tmp_path: Path):
    config = bakery(tmp_path, theme=MATERIAL)
    first = without_dates(build(config).files)
    shutil.rmtree(tmp_path / "site")

    assert without_dates(build(config).files) == first


def test_the_folder_for_the_pages_that_are_made_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(write(tmp_path / "temporary", {})))
    (tmp_path / "temporary").mkdir()
    build(bakery(tmp_path / "bakery"))

    assert list((tmp_path / "temporary").iterdir()) == []


def test_handrail_prints_nothing_but_its_problems(built: Built):
    assert not [note for note in built.notes if "handrail" in note.casefold()]
    assert logging.getLogger("handrail").handlers == []


HOOK = """
from mkdocs.plugins import event_priority

@event_priority(-200)
def on_files(files, config):
    table = files.get_file_from_path("handrail/procedures.csv")
    assert table.content_bytes.startswith(b"\\xef\\xbb\\xbf") and not table.content_string.startswith("\\ufeff")
    assert table.content_bytes.decode("utf-8-sig") == table.content_string
    files.get_file_from_path("handrail/roles.csv").content_string = "mine"
    files.get_file_from_path("handrail/records.csv").content_bytes = b"ours"
    files.remove(files.get_file_from_path("handrail/triggers.csv"))
"""


def test_other_plugins_may_look_at_downloads_change_them_and_leave_them_out(tmp_path: Path):
    config = bakery(tmp_path, hooks=["hook.py"], exclude_docs="/handrail/flows/*.bpmn\n")
    (tmp_path / "hook.py").write_text(HOOK)
    files = build(config).files
    assert files["handrail/procedures.csv"].startswith(b"\xef\xbb\xbf")
    assert (files["handrail/roles.csv"], files["handrail/records.csv"]) == (b"mine", b"ours")
    assert "handrail/triggers.csv" not in files
    flows = {path.rpartition(".")[2] for path in files if path.startswith("handrail/flows/")}
    assert flows == {"html", "svg", "mmd", "csv"}
