"""Real handbooks built: the steps on the site are those of the model, and its lists those of the forge."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from tests.building import Built, Element, build, handbook, is_added, number_of, tree, write

CORPORA = {
    "pagerduty-incident-response": "docs",
    "openregulatory-qms-templates": "templates",
    "rust-forge-procedures": "src",
    "openshift-runbooks": "alerts",
    "publiccode-about": "",
    "extra-comply-procedures": "",
}
"""Handbook -> the folder of its pages."""

LISTED: Mapping[str, frozenset[str]] = {}
"""Handbook -> the pages of it that are shown otherwise than read, each with its reason as a comment. There is none."""

USUAL = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "pymdownx.details",
         "pymdownx.superfences", "pymdownx.highlight", {"pymdownx.tasklist": {"custom_checkbox": True}},
         {"toc": {"permalink": True}}]  # fmt: skip
"""What handbooks under Material have."""

TAGS = {"list": "li", "tasks": "li", "bullets": "li", "table": "tr", "headings": "h1 h2 h3 h4 h5 h6", "paragraphs": "p"}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def all_steps(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a document's steps with their sub-steps, in reading order."""
    for step in document["steps"]:
        yield from (step, *all_steps(step))


def page_of(path: str, directories: bool) -> str:
    """Return where MkDocs puts a page."""
    folder, _, name = path.rpartition("/")
    stem = "index" if name == "README.md" else name.removesuffix(".md")
    way = f"{folder}/" if folder else ""
    return f"{way}{stem}/index.html" if directories and stem != "index" else f"{way}{stem}.html"


def inside_added(element: Element) -> bool:
    above: Element | None = element
    while above is not None and not is_added(above):
        above = above.parent
    return above is not None


def otherwise(built: Built, directories: bool) -> Iterator[tuple[str, int, str]]:
    """Yield path, line and what differs between the steps on the site and those of its own handbook.json."""
    model = json.loads(built.text("handbook.json"))
    for document in (*model["processes"], *model["procedures"]):
        page = built.page(page_of(document["path"], directories))
        shown = [step for step in page.find(data_handrail="step") if step["data-document"] == document["id"]]
        steps = list(all_steps(document))
        path = document["path"]
        if [step["data-step"] for step in shown] != [step["id"] for step in steps]:
            yield path, document["line"], "other steps, or in another order"
            continue
        top = {step["id"] for step in document["steps"]}
        for element, step in zip(shown, steps, strict=True):
            for what in differs(element, step, page, TAGS[document["form"]] if step["id"] in top else None):
                yield path, step["line"], what


def differs(element: Element, step: Mapping[str, Any], page: Element, tags: str | None) -> Iterator[str]:
    """Yield what differs between a step of the model and the element that shows it."""
    if tags is not None and element.tag not in tags.split():
        yield f"a <{element.tag}>"
    shown = iter(words(element.text(is_added)))
    if not all(word in shown for word in words(step["text"])[:8]):
        yield f"other words: {element.text(is_added)[:60]!r} for {step['text'][:60]!r}"
    if element.tag == "li" and element.parent is not None and element.parent.tag == "ol":
        own = number_of(element).rpartition(".")[2]
        if own != step["number"].rpartition(".")[2]:
            yield f"number {own} for {step['number']}"
        if any(item.get("data-handrail") != "step" for item in element.parent.elements("li")):
            yield "an item more"
    targets = [found for found in page.all() if found.get("id") == step["anchor"]]
    if len(targets) != 1 or targets[0] not in list(element.all()):
        yield f"the anchor {step['anchor']} is there {len(targets)} times"


def lists(page: Element) -> list[tuple[int, int, str]]:
    """Return depth, number and first words of each item of an ordered list."""
    found: list[tuple[int, int, str]] = []
    for item in page.find("li"):
        if item.parent is None or item.parent.tag != "ol" or inside_added(item):
            continue
        depth, above = 0, item.parent
        while above is not None:
            depth, above = depth + (above.tag in ("ol", "ul")), above.parent  # type: ignore[assignment]  # ends with None
        own = words(item.text(lambda inner: is_added(inner) or inner.tag in ("pre", "ul", "ol")))
        found.append((depth, int(number_of(item).rpartition(".")[2]), " ".join(own[:3])))
    return found


def other_lists(built: Built, docs: Path) -> Iterator[str]:
    """Yield the pages whose ordered lists are not those that the forge shows."""
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs).as_posix()
        forge = lists(tree(FORGE.render(file.read_text(encoding="utf-8-sig"))))
        if forge and lists(built.page(page_of(path, False))) != forge:
            yield path


FORGE = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)


def build_corpus(
    name: str, corpora: Path, folder: Path, directories: bool, kind: str = "procedure", **more: Any
) -> Built:
    config = handbook(folder, {}, docs_dir=str(corpora / name / "files" / CORPORA[name]), use_directory_urls=directories,
                      handrail={"kinds": {"**": kind}}, **more)  # fmt: skip
    return build(config)


@pytest.mark.parametrize("directories", [False, True], ids=["files", "folders"])
@pytest.mark.parametrize("name", CORPORA)
def test_the_steps_on_the_site_are_those_of_the_model_and_the_lists_those_of_the_forge(
    name: str, directories: bool, corpora: Path, tmp_path: Path
):
    built = build_corpus(name, corpora, tmp_path, directories)

    wrong = [one for one in otherwise(built, directories) if one[0] not in LISTED.get(name, ())]
    assert wrong == []
    assert [warning for warning in built.warnings if "[rendered-otherwise]" in warning] == []
    if not directories:
        assert list(other_lists(built, corpora / name / "files" / CORPORA[name])) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["process", "procedure"])
@pytest.mark.parametrize("name", CORPORA)
def test_they_are_so_with_the_extensions_of_material_too(name: str, kind: str, corpora: Path, tmp_path: Path):
    built = build_corpus(name, corpora, tmp_path, False, kind, markdown_extensions=USUAL)

    assert list(otherwise(built, False)) == []


def test_this_handbook_is_shown_as_it_is_read(root: Path, tmp_path: Path):
    built = build(root / "mkdocs.yml", site_dir=str(tmp_path / "site"), strict=False)

    assert list(otherwise(built, False)) == []
    assert [warning for warning in built.warnings if "[rendered-otherwise]" in warning] == []


CALLED = """\
# Bread

**Step 1:** Weigh the flour.
- Expect: grams
- Warning: hot

<a id="mix"></a>**Step 2 – Mix**
Take the bowl.
1. Pour
2. Stir

Step 3: Knead
until it shines.

**Step 4**

Bake it.

**Step 5:** Cool it\x20\x20
**Step 6:** Cut it\\
**Step 7:** Eat it

## Cleaning procedure

### 1. Sweep

1.1 Floor\x20\x20
1.2 Table

### 2. Wash

Words.
"""


def test_paragraphs_that_call_themselves_steps_are_shown_as_they_are_read(tmp_path: Path):
    built = build(handbook(tmp_path, {"open.md": CALLED}, handrail={"kinds": {"**": "procedure"}}))

    assert not built.warnings
    assert list(otherwise(built, False)) == []
    steps = built.page("open.html").find(data_handrail="step")
    assert [step.tag for step in steps[:9]] == ["p", "p", "li", "li", "p", "p", "p", "p", "p"]
    assert [step.tag for step in steps[9:]] == ["h3", "p", "p", "h3"]
    assert [step.get("id") for step in steps[:6]] == [
        "weigh-the-flour",
        None,
        "pour",
        "stir",
        "knead-until-it-shines",
        "step-4",
    ]


UNDER_CODE = """\
# Bread

**Step 1:** Weigh the flour
```sh
weigh
```
**Step 2:** Mix
~~~
mix
~~~
**Step 3:** Bake

## Cleaning procedure

### 1. Sweep

```
sweep
```
1.1 Floor
```
shine
```
1.2 Table

### 2. Wash

Words.
"""


@pytest.mark.parametrize("extensions", [[], USUAL], ids=["bare", "usual"])
def test_a_paragraph_right_under_code_is_a_step_of_its_own(extensions: list[Any], tmp_path: Path):
    """Python-Markdown makes one paragraph of all lines that no empty line parts, code among them."""
    pages, kinds = {"open.md": UNDER_CODE}, {"kinds": {"**": "procedure"}}
    built = build(handbook(tmp_path, pages, handrail=kinds, markdown_extensions=extensions))

    assert not built.warnings
    assert list(otherwise(built, False)) == []
    steps = built.page("open.html").find(data_handrail="step")
    assert [step.tag for step in steps] == ["p", "p", "p", "h3", "p", "p", "h3"]


def test_without_the_indentation_many_pages_would_differ(corpora: Path, tmp_path: Path):
    """The reading of this file finds what `lists: as-is` leaves, so that finding nothing above means something."""
    docs = corpora / "openshift-runbooks" / "files" / "alerts"
    config = handbook(tmp_path, {}, docs_dir=str(docs), handrail={"kinds": {"**": "procedure"}, "lists": "as-is"})
    built = build(config)
    wrong = {path for path, _, _ in otherwise(built, False)}
    told = {warning.split(":")[1].strip() for warning in built.warnings if "[rendered-otherwise]" in warning}

    assert len(wrong) > 5
    assert wrong <= told


# ---- a difference is told ----

TWO = "# Open the shop\n\n## Steps\n\n1. Unlock\n   1. the bolt\n   2. the door\n2. Light\n"


def test_a_difference_is_a_warning_with_its_line(tmp_path: Path):
    options = {"kinds": {"**": "procedure"}, "lists": "as-is"}
    built = build(handbook(tmp_path, {"open.md": TWO}, handrail=options))

    told = [warning for warning in built.warnings if "[rendered-otherwise]" in warning]
    assert (
        "handrail: open.md:8:1: The site does not show what was read: the step 'Light' has the number 2 here"
        in told[-1]
    )


MEDDLER = """
    from markdown.extensions import Extension
    from markdown.treeprocessors import Treeprocessor


    class Last(Treeprocessor):
        def run(self, root):
            for items in root.iter("ol"):
                items.remove(items[-1])


    class Meddler(Extension):
        def extendMarkdown(self, md):
            md.treeprocessors.register(Last(md), "last", 30)


    def makeExtension(**more):
        return Meddler(**more)
    """


def test_a_step_that_another_extension_takes_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path / "python", {"meddler.py": MEDDLER})
    monkeypatch.syspath_prepend(tmp_path / "python")
    options = {"kinds": {"**": "procedure"}}
    built = build(handbook(tmp_path, {"open.md": TWO}, handrail=options, markdown_extensions=["meddler"]))

    told = [warning for warning in built.warnings if "[rendered-otherwise]" in warning]
    assert told[-1] == (
        "handrail: open.md:8:1: The site does not show what was read: the step 'Light' is not on the rendered page. "
        "Write the list so that nothing interrupts it. [rendered-otherwise]"
    )
    assert list(otherwise(built, False)) == [("open.md", 1, "other steps, or in another order")]
