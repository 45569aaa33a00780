"""Both hosts, and the plugins of other people beside Handrail, before and behind it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.building import STRICT_LINKS, Built, Element, handbook, run, steps_of

PAGES: dict[str, str | bytes] = {
    "index.md": "# Bakery\n\nRead [[bake]] first.\n",
    "sell.md": """
        ---
        title: Sell bread
        handrail: {kind: process, id: sell, purpose: Warm bread., trigger: The shop opens}
        ---
        # Sell bread

        ## Flow

        1. Open the door.
        2. [Bake](bake.md)
        """,
    "bake.md": """
        ---
        handrail: {kind: procedure, id: bake, process: sell}
        ---
        # Bake the loaves

        ## Steps

        1. <a id="heat"></a>**Baker:** heat the oven.
           - Expect: 250 degrees
        2. Load it:

           ```
           tray 1
           ```
        3. Take out the loaves.
        """,
}
OPTIONS: dict[str, Any] = {"roles": ["Baker"]}
MATERIAL = {"name": "material", "font": False}
ORDERS = pytest.mark.parametrize("order", ["before", "behind"])
"""Whether the other plugins stand before Handrail or behind it."""


def config_of(
    folder: Path, order: str, *others: Any, pages: dict[str, str | bytes] | None = None, **config: Any
) -> Path:
    """Write the bakery with other plugins before or behind Handrail."""
    own = [{"handrail": config.pop("handrail", OPTIONS)}]
    plugins = ["search", *others, *own] if order == "before" else ["search", *own, *others]
    config = {"theme": MATERIAL, "validation": STRICT_LINKS} | config
    return handbook(folder, {**PAGES, **(pages or {})}, plugins=plugins, **config)


def built(hosts: Path, config: Path, host: str = "mkdocs", passes: bool = True) -> Built:
    """Build strictly with a host of the other environment; gather what it said."""
    said = run(hosts / host, "build", "--strict", "-f", config)
    warnings = tuple(line for line in said.stderr.splitlines() if line.startswith(("WARNING", "ERROR")))
    assert "Traceback" not in said.stderr, said.stderr
    assert (said.returncode == 0) is passes, said.stderr
    return Built(config.parent / "site", warnings, tuple(said.stderr.splitlines()))


def article(found: Built, path: str) -> Element:
    return found.page(path).find("article")[0]


def handed_out(found: Built) -> tuple[object, ...]:
    """Return what must be there whatever stands beside Handrail."""
    page = found.page("bake.html")
    model = json.loads(found.text("handbook.json"))
    return (
        steps_of(page),
        [head["data-handrail-kind"] for head in page.find(data_handrail="head")],
        [link["href"] for link in found.page("index.html").find("a", data_handrail="reference")],
        [procedure["id"] for procedure in model["procedures"]],
        len(page.find("pre")),
        bool(article(found, "handrail/procedures.html").find(data_handrail="procedures")),
        "tr" in {one.tag for one in article(found, "handrail/roles.html").all()},
    )


WANTED = (
    [("bake", "heat", "li", "1"), ("bake", "load-it", "li", "2"), ("bake", "take-out-the-loaves", "li", "3")],
    ["procedure"],
    ["bake.html"],
    ["bake"],
    1,
    True,
    True,
)


# ---- the hosts ----


def test_the_hosts_are_those_that_are_supported(hosts: Path):
    assert re.search(r"properdocs, version 1\.6\.[789]|properdocs, version 1\.[789]", run(hosts / "properdocs", "--version").stdout)  # fmt: skip
    assert "mkdocs, version 1.6.1" in run(hosts / "mkdocs", "--version").stdout


@pytest.mark.parametrize("directories", [False, True], ids=["files", "folders"])
@pytest.mark.parametrize("nav", [None, [{"Home": "index.md"}, "sell.md", "bake.md"]], ids=["without-nav", "with-nav"])
def test_both_hosts_make_the_same_pages(directories: bool, nav: Any, hosts: Path, tmp_path: Path):
    more: dict[str, Any] = {"use_directory_urls": directories, **({"nav": nav} if nav else {})}
    sites = [built(hosts, config_of(tmp_path / host, "behind", **more), host) for host in ("mkdocs", "properdocs")]

    pages = [{path: found.text(path) for path in found.pages if path != "404.html"} for found in sites]
    assert pages[0].keys() == pages[1].keys()
    for path in pages[0]:
        first, second = (text[path].partition("<article")[2].partition("</article>")[0] for text in pages)
        assert first == second, path
    assert sites[0].text("handbook.json") == sites[1].text("handbook.json")
    if not directories:
        assert [handed_out(found) for found in sites] == [WANTED, WANTED]


def test_properdocs_fails_on_a_problem_too(hosts: Path, tmp_path: Path):
    pages: dict[str, str | bytes] = {"page.md": "# P\n\nSee [[nobody]].\n"}
    found = built(hosts, config_of(tmp_path, "behind", pages=pages), "properdocs", passes=False)

    assert any("handrail: page.md:3:" in warning for warning in found.warnings)


def test_properdocs_builds_this_handbook(hosts: Path, root: Path, tmp_path: Path):
    said = run(hosts / "properdocs", "build", "--strict", "-f", root / "mkdocs.yml", "-d", tmp_path / "site")

    assert said.returncode == 0, said.stderr
    assert "WARNING" not in said.stderr


# ---- other plugins ----


def git(folder: Path, *command: str) -> None:
    author = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
              "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}  # fmt: skip
    said = run("git", *command, cwd=folder, environment=author)
    assert said.returncode == 0, said.stderr


def commit(folder: Path) -> None:
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "docs", "mkdocs.yml")
    git(folder, "commit", "--quiet", "--message", "Begin")


OTHERS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "awesome-nav": (["awesome-nav"], {}),
    "macros": ([{"macros": {"on_undefined": "strict"}}], {}),
    "include-markdown": (["include-markdown"], {}),
    "redirects": ([{"redirects": {"redirect_maps": {"old.md": "bake.md", "older.md": "handrail/index.md"}}}], {}),
    "rss": ([{"rss": {"use_git": False, "match_path": ".*"}}], {"site_url": "https://bakery.example/"}),
    "git-revision-date-localized": (
        [{"git-revision-date-localized": {"exclude": ["handrail/*"], "enable_creation_date": True}}], {}),
    "tags": (["tags"], {}),
    "autorefs": (["autorefs"], {}),
}  # fmt: skip


@ORDERS
@pytest.mark.parametrize("name", OTHERS)
def test_another_plugin_takes_nothing_away(name: str, order: str, hosts: Path, tmp_path: Path):
    plugins, more = OTHERS[name]
    config = config_of(tmp_path, order, *plugins, **more)
    commit(tmp_path)

    found = built(hosts, config)
    assert handed_out(found) == WANTED
    assert found.warnings == ()


@ORDERS
@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_all_of_them_together(order: str, host: str, hosts: Path, tmp_path: Path):
    plugins = [plugin for several, _ in OTHERS.values() for plugin in several]
    config = config_of(tmp_path, order, *plugins, site_url="https://bakery.example/")
    commit(tmp_path)

    found = built(hosts, config, host)
    assert handed_out(found) == WANTED
    assert found.warnings == ()


# ---- awesome-nav, redirects, rss, tags: what each does with Handrail's pages ----


def nav_links(found: Built) -> list[str]:
    (nav,) = found.page("index.html").find("nav", class_="md-nav md-nav--primary")
    return [link["href"] for link in nav.find("a") if link.get("href") and not link["href"].startswith("#")]


@ORDERS
def test_awesome_nav_orders_the_users_pages_and_ours_come_last(order: str, hosts: Path, tmp_path: Path):
    pages: dict[str, str | bytes] = {".nav.yml": "nav:\n  - index.md\n  - sell.md\n  - bake.md\n"}
    validation = {**STRICT_LINKS, "omitted_files": "info"}
    links = nav_links(built(hosts, config_of(tmp_path, order, "awesome-nav", pages=pages, validation=validation)))

    own = [link for link in links if link.startswith("handrail/")]
    assert len(own) == len(set(own)) >= 5
    assert links[-len(own):] == own  # fmt: skip


@ORDERS
def test_awesome_nav_can_place_ours(order: str, hosts: Path, tmp_path: Path):
    pages: dict[str, str | bytes] = {".nav.yml": "nav:\n  - index.md\n  - Registers: handrail\n  - '*'\n"}
    validation = {**STRICT_LINKS, "omitted_files": "warn"}
    found = built(hosts, config_of(tmp_path, order, "awesome-nav", pages=pages, validation=validation))

    own = [link for link in nav_links(found) if link.startswith("handrail/")]
    assert len(own) == len(set(own)) >= 5
    assert not [warning for warning in found.warnings if "nav" in warning]


def test_redirects_lead_to_pages_that_are_made(hosts: Path, tmp_path: Path):
    plugins, _ = OTHERS["redirects"]
    found = built(hosts, config_of(tmp_path, "before", *plugins))

    assert "handrail/index.html" in found.text("older.html")


def test_tags_of_a_typed_page_are_shown(hosts: Path, tmp_path: Path):
    page = str(PAGES["bake.md"]).replace("---\n        handrail", "---\n        tags: [oven]\n        handrail")
    pages: dict[str, str | bytes] = {"bake.md": page, "tags.md": "# Tags\n\n<!-- material/tags -->\n"}
    found = built(hosts, config_of(tmp_path, "before", "tags", pages=pages))

    assert "oven" in article(found, "bake.html").text()
    assert any("bake.html" in link["href"] for link in article(found, "tags.html").find("a") if link.get("href"))
    assert handed_out(found) == WANTED


# ---- autorefs ----


@ORDERS
def test_autorefs_knows_every_id(order: str, hosts: Path, tmp_path: Path):
    pages: dict[str, str | bytes] = {
        "page.md": "# P\n\n## Its own heading\n\n[a][bake], [b][bake#heat], [c][its-own-heading], [sell][].\n"
        "\nFrom another plugin: <autoref identifier=\"bake#heat\">d</autoref>.\n"}  # fmt: skip
    found = built(hosts, config_of(tmp_path, order, "autorefs", pages=pages))
    links = {
        link.text(): link["href"].removesuffix("#")
        for link in article(found, "page.html").find("a")
        if link.get("href")
    }

    assert links["a"] == "bake.html"
    assert links["b"] == "bake.html#heat"
    assert links["c"] == "#its-own-heading"
    assert links["d"] == "bake.html#heat"
    assert "sell.html" in links.values()


@ORDERS
def test_an_id_that_nobody_knows_is_told(order: str, hosts: Path, tmp_path: Path):
    pages: dict[str, str | bytes] = {"page.md": "# P\n\n[a][nobody] and [[no-one]].\n"}
    found = built(hosts, config_of(tmp_path, order, "autorefs", pages=pages), passes=False)

    assert [warning for warning in found.warnings if "nobody" in warning]
    assert [warning for warning in found.warnings if "no-one" in warning and "page.md:3:" in warning]


# ---- plugins that change a page's text ----


def notes(found: Built, rule: str) -> list[str]:
    return [line for line in found.notes if f"[{rule}]" in line]


@ORDERS
def test_macros_may_fill_in_words_and_the_steps_are_found_again(order: str, hosts: Path, tmp_path: Path):
    page = str(PAGES["bake.md"]).replace(
        "# Bake the loaves\n", "# Bake the loaves\n\n        At {{ degrees }} degrees.\n"
    )
    pages: dict[str, str | bytes] = {"bake.md": page}
    config = config_of(tmp_path, order, "macros", pages=pages, extra={"degrees": 250})
    found = built(hosts, config)

    assert "At 250 degrees." in article(found, "bake.html").text()
    assert handed_out(found) == WANTED
    assert len(notes(found, "changed-text")) == 1
    assert "bake.md" in notes(found, "changed-text")[0]
    assert not notes(found, "rendered-otherwise")


@ORDERS
def test_include_markdown_may_bring_steps_of_its_own(order: str, hosts: Path, tmp_path: Path):
    included = '{% include-markdown "parts/gloves.txt" %}'
    page = str(PAGES["bake.md"]).replace("# Bake the loaves\n", f"# Bake the loaves\n\n        {included}\n")
    pages: dict[str, str | bytes] = {
        "bake.md": page, "parts/gloves.txt": "## Before\n\nLook for:\n\n1. Gloves\n2. A cloth\n\nThen begin.\n"}  # fmt: skip
    found = built(hosts, config_of(tmp_path, order, "include-markdown", pages=pages))

    assert "A cloth" in article(found, "bake.html").text()
    assert handed_out(found) == WANTED
    assert len(notes(found, "changed-text")) == 1


def test_a_step_whose_words_a_macro_makes_is_told_as_not_found(hosts: Path, tmp_path: Path):
    page = str(PAGES["bake.md"]).replace("Take out the loaves.", "Take out {{ count }} loaves.")
    pages: dict[str, str | bytes] = {"bake.md": page}
    config = config_of(tmp_path, "before", "macros", pages=pages, extra={"count": 40})
    found = built(hosts, config, passes=False)

    assert [line for line in notes(found, "rendered-otherwise") if "bake.md:15:" in line]
    assert "Take out 40 loaves." in article(found, "bake.html").text()
    assert [step for _, step, _, _ in steps_of(found.page("bake.html"))][:2] == ["heat", "load-it"]


def test_pages_that_nobody_changes_are_not_said_to_be_changed(hosts: Path, tmp_path: Path):
    found = built(hosts, config_of(tmp_path, "before", "macros", "include-markdown"))

    assert not notes(found, "changed-text")


def test_macros_does_not_run_what_stands_in_pages_that_are_made(hosts: Path, tmp_path: Path):
    pages: dict[str, str | bytes] = {
        "role.md": "---\ntitle: 'Chief {{ 6 * 7 }}'\nrender_macros: false\nhandrail: {kind: role, id: chief}\n---\n# Chief\n",
    }
    options = {"roles": ["Baker", "Clerk {{ 6 * 7 }}"]}
    found = built(hosts, config_of(tmp_path, "before", "macros", pages=pages, handrail=options))

    assert "{{ 6 * 7 }}" in article(found, "handrail/roles.html").text()
    assert "42" not in article(found, "handrail/roles.html").text()


# ---- the environment itself ----


def test_handrail_asks_for_no_host_but_mkdocs(hosts: Path):
    said = subprocess.run(
        [hosts / "python", "-c", "import handrail.plugin, sys; print('properdocs' in sys.modules)"],
        capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)  # fmt: skip

    assert said.stdout.strip() == "False"
