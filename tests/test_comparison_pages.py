"""Comparisons on the site: in a block's place, on process pages, and on the page to compare at will, from a disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from handrail.pages.compare_page import compare_data
from handrail.pages.site import Site
from tests.building import Built, build, handbook
from tests.test_comparison import PROCESS, SHOPS, index_of

PAGES = {"run.md": PROCESS, **SHOPS}
KINDS = {"town.md": "procedure", "station.md": "procedure"}
PROCEDURE = "---\nhandrail: {kind: procedure}\n---\n"
WIDTHS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light")}
CHOSEN = "handrail/compare.html#items=example-variant-town,example-variant-station"


def plugin(**options: Any) -> list[Any]:
    return ["search", {"handrail": {"kinds": KINDS, **options}}]


def made(folder: Path, pages: dict[str, str], **config: Any) -> Built:
    return build(handbook(folder, {**PAGES, **pages}, plugins=plugin(), **config))


# ---- in a block's place ----

BLOCKS = """\
# Home

```compare
items: [town, station]
rows: [owner, steps]
```

- in a list

    ```compare
    items: [run, town]
    rows: [goal]
    ```

```compare
items: [town, nobody]
```

The rest stands.
"""


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> Built:
    fences = ["pymdownx.superfences"]
    return made(tmp_path_factory.mktemp("blocks"), {"index.md": BLOCKS}, markdown_extensions=fences)


def test_a_block_shows_its_table_and_a_wrong_one_what_is_wrong(blocks: Built):
    page = blocks.page("index.html")
    shown = [element["data-handrail"] for element in page.find() if element.get("data-handrail") in
             ("comparison", "compare-wrong")]  # fmt: skip
    assert shown == ["comparison", "comparison", "compare-wrong"]
    assert "There is no document nobody" in page.text().replace("`", "")
    assert "The rest stands." in page.text()
    assert [line for line in blocks.warnings if "compare-block" in line] == [
        "handrail: index.md:16:15: There is no document `nobody`. List them with `handrail read`. [compare-block]"
    ]


def test_each_table_of_a_page_has_its_own_ids(blocks: Built):
    ids = re.findall(r' id="([^"]*)"', blocks.text("index.html"))
    assert len(ids) == len(set(ids))


def test_a_step_of_a_table_leads_to_its_place(blocks: Built):
    hrefs = [link.get("href") or "" for link in blocks.page("index.html").find("a")]
    assert "town.html#count-the-money-in-the-till" in hrefs
    assert 'id="count-the-money-in-the-till"' in blocks.text("town.html")


def test_somebody_elses_block_of_that_name_stays(tmp_path: Path):
    fences = {"pymdownx.superfences": {"custom_fences": [{"name": "compare", "class": "theirs"}]}}
    found = made(tmp_path, {"index.md": "# Home\n\n```compare\nx\n```\n"}, markdown_extensions=[fences])
    assert 'class="theirs"' in found.text("index.html")


# ---- on a process page ----


def test_a_process_page_shows_its_procedures(blocks: Built):
    page = blocks.page("run.html")
    (glance,) = page.find(data_handrail="glance")
    assert next(cell.text() for cell in glance.find("th") if cell.get("scope") == "row") == "Open in town"
    (against,) = glance.find(data_handrail="against")
    assert "1 of 2 activities left to judgement" in against.text()


# ---- the page to compare at will ----


def test_a_page_that_the_user_has_wins(tmp_path: Path):
    found = made(tmp_path, {"handrail/compare.md": "# Ours\n\nText.\n"})
    assert "Ours" in found.page("handrail/compare.html").text()
    assert "compare-data.js" not in found.text("handrail/compare.html")


def test_no_other_page_loads_the_data(blocks: Built):
    loading = [path for path in blocks.pages if "compare-data.js" in blocks.text(path)]
    assert loading == ["handrail/compare.html"]


def test_the_data_are_small():
    index = index_of(PAGES)
    steps = sum(len(document.all_steps()) for document in index.flows)
    data = compare_data(Site(index.handbook, index.options))
    assert len(data.encode()) / steps <= 300


def test_whose_steps_all_of_a_document_are_is_no_difference_of_each_step():
    text = (
        "---\nhandrail: {{kind: procedure, id: {0}, role: {1}}}\n---\n# {0}\n\n1. Light the oven.\n2. **Boss:** Look.\n"
    )
    index = index_of(
        {"a.md": text.format("a", "Baker"), "b.md": text.format("b", "Cook")}, roles=["Baker", "Cook", "Boss"]
    )
    data = compare_data(Site(index.handbook, index.options))
    assert data.count('{"role":"Boss"}') == 2
    assert '{"role":"Baker"}' not in data


def test_documents_with_equal_titles_are_told_apart(tmp_path: Path):
    text = f"{PROCEDURE}# Same\n\n1. Go.\n2. Stop.\n"
    found = made(tmp_path, {"one.md": text, "two.md": text})
    names = [
        " ".join(item.text().split())
        for item in found.page("handrail/compare.html").find("li")
        if item.get("data-handrail-document")
    ]
    assert {"Same (one)", "Same (two)"} <= set(names)


@pytest.fixture(scope="module")
def own(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(root / "mkdocs.yml", site_dir=str(tmp_path_factory.mktemp("compare")), strict=False)


@pytest.fixture
def opened(browser: Browser, own: Built) -> Iterator[Callable[..., Page]]:
    contexts = []

    def show(path: str, width: int = 1280, scheme: Any = "light", **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        contexts.append(context)
        page = context.new_page()
        name, hash_, rest = path.partition("#")
        page.goto((own.site / name).as_uri() + hash_ + rest, wait_until="load")
        return page

    yield show
    for context in contexts:
        context.close()


def rows(page: Page) -> list[str]:
    return [" | ".join(cells) for cells in page.evaluate(
        """() => [...document.querySelectorAll('.handrail-compare-tool tbody tr:not(.handrail-group)')]
            .map(row => [...row.cells].map(cell => cell.textContent.trim()))"""
    )]  # fmt: skip


STEPS = [
    "1. Turn on the lights. | 1. Turn on the lights. | ≠ 1. Turn on the lights. lights and the heating.",
    "2. Write the bread of the day on the board. | ⇅ here in row 5 | 2. Write the bread of the day on the board.",
    "3. Count the money in the till. | 2. Count the money in the till.Role: Shop leadWithin: 10 minutes | "
    "≠ 3. Count the money in the till.Role: BakerWithin: 5 minutes",
]


def test_the_address_tells_what_is_compared_from_a_disk(opened: Callable[..., Page]):
    page = opened(CHOSEN)
    found = rows(page)
    assert [row for row in found if row in STEPS] == STEPS
    differing = page.locator(".handrail-compare-tool [role=status]").text_content() or ""
    assert re.fullmatch(r"\d+ of \d+ rows differ\.", differing)


def test_a_reader_picks_and_sends_the_address(opened: Callable[..., Page]):
    page = opened("handrail/compare.html")
    assert page.locator(".handrail-compare-tool table").count() == 0
    page.get_by_label("Cut a release", exact=False).first.check()
    page.get_by_label("Roll back a release", exact=False).first.check()
    page.get_by_label("Only what differs").check()
    assert page.url.endswith("#items=cut-a-release,roll-back-a-release&differences=only")
    assert rows(page)
    marks = ("≠", "⇅", "not stated", "no such step")
    assert all(any(mark in row for mark in marks) for row in rows(page))
    again = opened(f"handrail/compare.html#{page.url.partition('#')[2]}")
    assert rows(again) == rows(page)


def test_texts_around_the_steps_are_compared_too(browser: Browser, tmp_path: Path):
    text = (
        PROCEDURE.replace("{", "{{").replace("}", "}}")
        + "# {0}\n\n## 1. Impact\n\nNobody can buy any {1} in the whole town.\n\n## {0} only\n\nMore.\n\n## Steps\n\n1. Go.\n2. Stop.\n"
    )
    pages = {
        "one.md": text.format("One", "bread"),
        "two.md": text.format("Two", "cake").replace("1. Impact", "3. Impact"),
    }
    built = made(tmp_path, pages)
    page = browser.new_page()
    page.goto((built.site / "handrail/compare.html").as_uri() + "#items=one,two", wait_until="load")
    impact, *others = rows(page)[:3]
    assert impact.startswith("Impact | Nobody can buy any bread in the whole town. | ")
    assert impact.endswith(" Nobody can buy any bread cake in the whole town.")
    assert others == ["One only | More. | no such section", "Two only | no such section | More."]
    assert page.locator(".handrail-compare-tool del").all_text_contents() == ["bread"]
    assert page.locator(".handrail-compare-tool ins").all_text_contents() == ["cake"]
    page.close()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("old-one,two", ["One", "Two"]),
        ("ONE,Two", ["One", "Two"]),
        ("OLD-ONE,Ur-Eins,two", ["One", "Two"]),
        ("taken,one", ["Three", "One"]),
        ("constructor,__proto__,one,two", ["One", "Two"]),
    ],
)
def test_former_ids_and_other_cases_lead_there_too(asked: str, shown: list[str], named: Built, browser: Browser):
    page = browser.new_page()
    page.goto((named.site / "handrail/compare.html").as_uri() + f"#items={asked}", wait_until="load")
    assert page.locator(".handrail-compare-tool thead th").all_text_contents()[1:] == shown
    page.get_by_label("Only what differs").check()
    assert page.url.partition("items=")[2].startswith(
        ",".join({"One": "one", "Two": "two", "Three": "taken"}[title] for title in shown)
    )
    page.close()


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Built:
    text = "---\nhandrail: {{kind: procedure, id: {1}, aliases: [{2}]}}\n---\n# {0}\n\n1. Go to {0}.\n2. Stop.\n"
    pages = {
        "1.md": text.format("One", "one", "old-one, Ur-Eins, taken"),
        "2.md": text.format("Two", "two", ""),
        "3.md": text.format("Three", "taken", ""),
    }
    return made(tmp_path_factory.mktemp("named"), pages)


def test_the_same_kind_and_what_only_follows_are_no_rows(opened: Callable[..., Page]):
    alike = [
        row.split(" | ")[0] for row in rows(opened("handrail/compare.html#items=cut-a-release,roll-back-a-release"))
    ]
    assert not {"Kind", "Flexibility", "Focus"}.intersection(alike)
    mixed = [row.split(" | ")[0] for row in rows(opened("handrail/compare.html#items=release,cut-a-release"))]
    assert mixed[:5] == ["Kind", "Scope", "Goal", "Flexibility", "Focus"]


def test_what_is_chosen_can_be_left_out_by_keyboard(opened: Callable[..., Page]):
    page = opened("handrail/compare.html#items=cut-a-release,roll-back-a-release,judge-a-version")
    button = page.get_by_role("button", name="Leave Roll back a release out")
    button.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#items=cut-a-release,judge-a-version")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Leave Judge a version out"


def test_thirty_can_be_compared_and_no_more(browser: Browser, tmp_path: Path):
    pages = {f"p{number}.md": f"{PROCEDURE}# Page {number}\n\n1. Go to {number}.\n2. Stop.\n" for number in range(31)}
    built = made(tmp_path, pages)
    page = browser.new_page()
    address = (built.site / "handrail/compare.html").as_uri() + "#items="
    page.goto(address + ",".join(f"p{number}" for number in range(30)), wait_until="load")
    assert page.locator(".handrail-compare-tool thead th").count() == 31
    page.get_by_label("Page 30", exact=False).check()
    assert page.locator(".handrail-compare-tool table").count() == 0
    assert (
        page.locator(".handrail-compare-tool [role=status]").text_content() == "No more than 30 can stand side by side."
    )
    page.close()


@pytest.mark.parametrize("count", [2, 3, 9])
def test_a_comparison_fits_on_paper(count: int, browser: Browser, tmp_path: Path):
    word = "etcdHighNumberOfFailedGRPCRequests"
    pages = {
        f"p{number}.md": f"{PROCEDURE}# {word}{number}\n\nSee {word * 3}.\n\n1. Go to {'far ' * 40}{number}.\n2. Stop.\n"
        for number in range(count)
    }
    ids = ", ".join(f"p{number}" for number in range(count))
    built = made(tmp_path, {**pages, "index.md": f"# Home\n\n```compare\nitems: [{ids}]\n```\n"}, theme="material")
    page = browser.new_page(viewport={"width": 690, "height": 900})
    page.emulate_media(media="print")
    page.goto((built.site / "index.html").as_uri(), wait_until="load")
    widths = page.evaluate(
        """() => [...document.querySelectorAll('.handrail-table')].filter(table => table.offsetParent)
            .map(table => [table.scrollWidth, table.clientWidth, table.querySelectorAll('thead th').length])"""
    )
    assert all(whole <= room for whole, room, _ in widths)
    assert [columns for _, _, columns in widths] == {2: [3], 3: [4], 9: [5, 5, 2]}[count]
    page.close()


@pytest.mark.parametrize("count", [2, 3])
def test_a_few_documents_fit_beside_each_other(count: int, browser: Browser, tmp_path: Path):
    pages = {
        f"p{number}.md": f"{PROCEDURE}# Page {number}\n\n1. Go {'far ' * 40}.\n2. Stop.\n" for number in range(count)
    }
    ids = ", ".join(f"p{number}" for number in range(count))
    built = made(tmp_path, {**pages, "index.md": f"# Home\n\n```compare\nitems: [{ids}]\n```\n"}, theme="material")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((built.site / "index.html").as_uri(), wait_until="load")
    assert (
        page.evaluate(
            "(() => { const box = document.querySelector('[data-handrail=table]'); return box.scrollWidth - box.clientWidth })()"
        )
        == 0
    )
    page.close()


def test_by_keyboard(opened: Callable[..., Page]):
    page = opened("handrail/compare.html")
    page.locator(".handrail-compare-tool .handrail-filter").focus()
    page.keyboard.type("release")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert len(rows(page)) > 5


def test_without_script_the_ready_made_comparisons_stand(opened: Callable[..., Page]):
    page = opened("handrail/compare.html", java_script_enabled=False)
    assert page.locator("[data-handrail=compare] details [data-handrail=comparison]").count() == 1
    assert page.get_by_role("link", name="Make a release").count() >= 1
    assert page.locator(".handrail-compare-tool").is_hidden()


def test_nonsense_in_the_address_does_no_harm(opened: Callable[..., Page]):
    for ask in ("items=", "items=nobody,%E0%A4%A", "items=release,release", "x", "items=<img src=x onerror=alert(1)>"):
        page = opened(f"handrail/compare.html#{ask}")
        assert page.locator(".handrail-compare-tool table").count() == 0
        assert page.locator(".handrail-compare-tool img").count() == 0


def test_axe_finds_nothing_serious(opened: Callable[..., Page], axe: Callable[[Page], list[str]]):
    found = []
    for path in (CHOSEN, "guide/compare.html", "process-or-procedure.html"):
        for name, (width, scheme) in WIDTHS.items():
            found += [f"{path} {name}: {violation}" for violation in axe(opened(path, width, scheme))]
    assert found == []


def test_no_column_is_cut_off_on_a_phone(opened: Callable[..., Page]):
    for path in (CHOSEN, "guide/compare.html"):
        page = opened(path, 390)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
