"""The Python-Markdown extension alone: references on every page, steps and their anchors on typed pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from markdown import Markdown
from markdown_it import MarkdownIt

from handrail.documents import page_of
from handrail.markdown import HandrailExtension, RenderedPage
from handrail.markdown.marks import Mark, mark_text, with_marks
from handrail.model import Handbook
from handrail.options import options_of
from handrail.pages import Site
from handrail.publication import Publication
from handrail.relist import relisted_page
from tests.building import Element, is_added, steps_of, tree
from tests.reading import handbook, text_of

HOST = ("toc", "tables", "fenced_code")
"""What MkDocs always registers, before what the user and the plugins want."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as Python-Markdown renders it with the extension."""

    html: str
    page: Element
    md: Markdown
    handbook: Handbook
    rendered: RenderedPage

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each link that the page's author wrote: address and words."""
        return [(link["href"], link.text()) for link in self.page.find("a") if "href" in link.attributes
                if not any(is_added(outer) for outer in outers(link))]  # fmt: skip

    @property
    def differences(self) -> list[str]:
        return [f"{line}: {message}" for line, message in self.rendered.differences]

    def the(self, **attributes: str) -> Element:
        """Return the only element with these attributes."""
        (found,) = self.page.find(**attributes)
        return found


def outers(element: Element) -> list[Element]:
    found = []
    above: Element | None = element
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def show(
    pages: str | Mapping[str, str],
    path: str = "page.md",
    extensions: Sequence[Any] = (),
    configs: Mapping[str, Any] | None = None,
    body: str | None = None,
    **options: Any,
) -> Shown:
    """Render one page of a handbook; every page is a procedure unless `kinds` says otherwise.

    `body` is what the host hands over, where that is not the page without its front matter.
    """
    texts = {name: text_of(text) for name, text in ({"page.md": pages} if isinstance(pages, str) else pages).items()}
    options = {"kinds": {"**": "procedure"}, **options}
    found = handbook(texts, **options)
    site = Site(found, options_of(options), "Bakery")
    urls = {name: f"{name.removesuffix('.md')}.html" for name in texts}
    publication = Publication(site, urls, lambda to, here: posixpath.relpath(to, posixpath.dirname(here) or "."))
    extension = HandrailExtension()
    relisted = relisted_page(page_of(path, texts[path]))
    extension.page = publication.rendered_page(path, texts[path], lambda path, line: None, relisted)
    md = Markdown(extensions=[*HOST, *extensions, extension], extension_configs=dict(configs or {}))
    html = md.convert(without_front_matter(texts[path]) if body is None else body)
    return Shown(html, tree(html), md, found, extension.page)


def without_front_matter(text: str) -> str:
    return text.partition("\n---\n")[2].lstrip("\n") if text.startswith("---\n") else text


def plain(text: str, extensions: Sequence[Any] = ()) -> str:
    return Markdown(extensions=[*HOST, *extensions]).convert(text_of(text))


# ---- references ----

SHOP = {
    "bake.md": "---\nhandrail: {kind: procedure, id: bake}\n---\n# Bake the loaves\n\n## Steps\n\n1. <a id=\"heat\"></a>Heat the oven.\n2. Load it.\n",
    "roles/baker.md": "---\nhandrail: {kind: role, id: baker}\n---\n# Baker\n",
    "sheet.md": "---\nhandrail: {kind: record, id: batch-sheet, aliases: [old-sheet]}\n---\n# Batch sheet\n",
    "sell.md": "---\nhandrail: {kind: process, id: sell}\n---\n# Sell bread\n\n## Flow\n\n1. Open.\n2. [Bake](bake.md)\n",
}  # fmt: skip


def references(text: str, path: str = "page.md", **more: Any) -> Shown:
    """Render an ordinary page beside a process, a procedure, a role and a record."""
    return show({path: text, **SHOP}, path, kinds={}, **more)


@pytest.mark.parametrize(
    ("written", "address", "words"),
    [
        ("[[bake]]", "bake.md", "Bake the loaves"),
        ("[the oven][bake]", "bake.md", "the oven"),
        ("[bake][]", "bake.md", "Bake the loaves"),
        ("[[bake#heat]]", "bake.md#heat", "Heat the oven."),
        ("[heat it][bake#heat]", "bake.md#heat", "heat it"),
        ("[[sell]]", "sell.md", "Sell bread"),
        ("[[baker]]", "roles/baker.md", "Baker"),
        ("[[batch-sheet]]", "sheet.md", "Batch sheet"),
        ("[[old-sheet]]", "sheet.md", "Batch sheet"),
        ("[[BAKE]]", "bake.md", "Bake the loaves"),
        ("[the `oven`][bake]", "bake.md", "the oven"),
        ("**[[bake]]**", "bake.md", "Bake the loaves"),
    ],
)
def test_a_reference_becomes_a_link(written: str, address: str, words: str):
    assert references(f"Look at {written}, please.\n").links == [(address, words)]


@pytest.mark.parametrize(
    "written",
    ["[[bake]]", "[Bake the loaves][bake]", "- one\n- [[bake]]\n", "1. [[bake]]\n", "## [[bake]]\n", "> [[bake]]\n", "| a | b |\n|---|---|\n| [[bake]] | c |\n",
     "| a | b |\n|---|---|\n| [Bake the loaves][bake] | c |\n", "A note [[bake]]\n: b\n"],
)  # fmt: skip
def test_a_reference_is_found_wherever_text_stands(written: str):
    assert references(written).links == [("bake.md", "Bake the loaves")]


def test_two_references_on_a_line_and_one_on_the_next():
    assert [words for _, words in references("[[bake]][[sell]], [a][bake] and\n[b][sell].\n").links] == [
        "Bake the loaves", "Sell bread", "a", "b"]  # fmt: skip


def test_the_address_is_written_as_seen_from_the_page():
    shown = references("[[bake]] [[baker]] [[deep]]\n\n# Deep\n", "docs/a/deep.md")

    assert [address for address, _ in shown.links] == ["../../bake.md", "../../roles/baker.md"]


def test_a_reference_within_the_page_is_only_an_anchor():
    shown = show('# Bake\n\n## Steps\n\n1. <a id="heat"></a>Heat.\n2. Go back to [[page#heat]].\n')

    assert ("#heat", "Heat.") in shown.links


CODE = [
    "`[[bake]]`\n",
    "`` [x][bake] ``\n",
    "```\n[[bake]]\n```\n",
    "```md\n[x][bake]\n```\n",
    "~~~\n[[bake]]\n~~~\n",
    "Text\n\n    [[bake]]\n",
    "Text\n\n\t[x][bake]\n",
    "<!-- [[bake]] -->\n",
    "<pre>[[bake]]</pre>\n",
    "\\[[bake]]\n",
    "\\[x\\][bake]\n",
    "[\\[bake]]\n",
]


@pytest.mark.parametrize("written", CODE)
def test_code_comments_and_escaped_brackets_are_no_references(written: str):
    shown = references(written)

    assert shown.links == []
    assert shown.html == plain(written)


@pytest.mark.parametrize(
    "written", ["- a\n\n        [[bake]]\n", "1. Do this:\n\n    ```\n    [[bake]]\n    ```\n2. `[[bake]]`\n"]
)
def test_code_in_a_list_is_no_reference_on_a_typed_page(written: str):
    shown = show({"page.md": f"# Do\n\n## Steps\n\n1. a\n2. b\n\n## More\n\n{written}", **SHOP})

    assert shown.links == []
    assert "[[bake]]" in shown.page.text()


@pytest.mark.parametrize(
    "written",
    ["[[bakery]]\n", "[x][bakery]\n", "[bakery][]\n", "[[ bake ]]\n", "[[bake|the oven]]\n", "[[]]\n",
     "[x]\n", "[x] [y]\n", "a[0][1]\n", "[ ] bake\n", "![[bake]]\n", "![x][bake]\n"],
)  # fmt: skip
def test_what_names_nothing_stays_as_it_is(written: str):
    shown = references(written)

    assert shown.links == []
    assert shown.html == plain(written)


def test_a_step_that_is_not_there_is_a_problem_with_its_line():
    shown = references("# Page\n\nLook at [[bake#cool]].\n")

    (found,) = [problem for problem in shown.handbook.problems if problem.path == "page.md"]
    assert (found.line, found.level) == (3, "warning")
    assert "bake#cool" in found.message
    assert shown.links == []


@pytest.mark.parametrize("written", ["[x][bake]", "[bake][]", "[bake]", "[x][BAKE]"])
def test_a_link_that_the_page_defines_wins(written: str):
    text = f"{written}\n\n[bake]: https://example.org/\n"

    assert references(text).html == plain(text)


def test_a_link_is_not_put_into_a_link():
    shown = references("[see [[bake]] there](https://example.org/) and [[bake]](https://example.org/)\n")

    assert all(not link.find("a") for link in shown.page.find("a"))
    assert [address for address, _ in shown.links] == ["https://example.org/", "https://example.org/"]


def test_titles_of_others_are_escaped():
    shown = show(
        {
            "page.md": "[[other]]\n",
            "other.md": "---\ntitle: 'A <b>b</b> & c'\nhandrail: {kind: role, id: other}\n---\n",
        },
        kinds={},
    )

    assert shown.links == [("other.md", "A <b>b</b> & c")]
    assert not shown.page.find("b")


def test_a_heading_with_a_reference_has_the_words_in_its_anchor_and_in_the_contents():
    shown = references("# Shop\n\n## How to [bake][bake] well\n")

    assert shown.md.toc_tokens[0]["children"][0]["name"] == "How to bake well"  # type: ignore[attr-defined]
    assert shown.md.toc_tokens[0]["children"][0]["id"] == "how-to-bake-well"  # type: ignore[attr-defined]


# ---- ordinary pages ----

UNTYPED = """
    # A page

    1. One

       ```sh
       x
       ```
    2. Two
    - [ ] task

    | Step | Who |
    |------|-----|
    | a    | b   |

    Term {: #here }
    """


@pytest.mark.parametrize("extensions", [(), ("sane_lists", "attr_list"), ("pymdownx.superfences", "pymdownx.tasklist")])
def test_a_page_without_kind_is_byte_for_byte_what_it_was(extensions: tuple[str, ...]):
    assert show(UNTYPED, kinds={}, extensions=extensions).html == plain(UNTYPED, extensions)


def test_without_a_page_the_extension_does_nothing():
    assert plain(UNTYPED, [HandrailExtension()]) == plain(UNTYPED)


def test_the_extension_can_be_named():
    assert plain(UNTYPED, ["handrail"]) == plain(UNTYPED)
    assert plain(UNTYPED, ["handrail.markdown"]) == plain(UNTYPED)


# ---- steps ----

DOUGH = """
    # Mix the dough

    Wash your hands.

    ## Steps

    1. <a id="weigh"></a>Weigh the flour.
       - Expect: 500 g
       - Record: Batch sheet
       - Bring a scale.
    2. Start the mixer:

       ```
       level 1
       ```

       Wait beside it.
    3. Rest
       1. Cover it.
       2. Look at it.
    """


def test_each_step_has_its_anchor_its_id_and_its_number():
    shown = show(DOUGH)

    assert steps_of(shown.page) == [
        ("page", "weigh", "li", "1"),
        ("page", "start-the-mixer", "li", "2"),
        ("page", "rest", "li", "3"),
        ("page", "cover-it", "li", "3.1"),
        ("page", "look-at-it", "li", "3.2"),
    ]
    assert shown.the(id="start-the-mixer").tag == "li"
    assert shown.differences == []


def test_an_anchor_that_the_author_wrote_stays_and_is_there_once():
    shown = show(DOUGH)

    assert [element.tag for element in shown.page.find(id="weigh")] == ["a"]
    assert shown.the(id="weigh") in list(shown.the(data_step="weigh").all())


def test_lists_mean_what_the_forge_shows():
    shown = show(DOUGH)

    steps = shown.page.find("ol")[0]
    assert len(steps.elements("li")) == 3
    assert shown.the(data_step="start-the-mixer").find("code")[0].text() == "level 1"
    assert "Wait beside it." in shown.the(data_step="start-the-mixer").text()


def test_lists_as_is_are_left_to_python_markdown_and_the_difference_is_told():
    shown = show(DOUGH, lists="as-is")

    assert len(shown.page.find("ol")[0].elements("li")) != 3
    assert shown.differences
    assert all(difference.split(":")[0].isdecimal() for difference in shown.differences)


def test_lists_as_is_show_lists_that_both_read_alike():
    text = (
        DOUGH.replace("\n       1.", "\n        1.")
        .replace("\n       2.", "\n        2.")
        .replace("       -", "        -")
    )
    text = (
        text.replace("       ```", "        ```")
        .replace("       level", "        level")
        .replace("       Wait", "        Wait")
    )
    text = text.replace("    3. Rest", "\n    3. Rest")

    assert show(text, lists="as-is").differences == []
    assert steps_of(show(text, lists="as-is").page) == steps_of(show(DOUGH).page)


def test_labelled_lines_bear_their_label_and_other_lines_do_not():
    items = [(item.get("data-handrail-label"), item.text()) for item in show(DOUGH).the(data_step="weigh").find("li")]

    assert items == [("expect", "Expect: 500 g"), ("record", "Record: Batch sheet"), (None, "Bring a scale.")]


def test_the_word_of_a_labelled_line_stands_in_an_element_of_its_own():
    shown = show(
        "# Do\n\n## Steps\n\n1. Weigh\n    - Expect: 500 g: no more\n    - **Record:** Sheet\n    - Bare\n2. Go\n"
    )

    leads = [element.text() for element in shown.page.find("span") if element.get("data-handrail-lead") is not None]
    assert leads == ["Expect:"]
    assert "Expect: 500 g: no more" in shown.page.text()


def test_each_cell_of_a_step_says_which_column_it_stands_in():
    row = show("# Do\n\n## Steps\n\n| # | What | *Who* |\n|---|---|---|\n| 1 | Bake | Baker |\n").page.find("tr")[1]

    assert [cell.get("data-handrail-column") for cell in row.elements("td")] == [None, "What", "Who"]


@pytest.mark.parametrize("extensions", [[], ["fenced_code"], ["pymdownx.superfences"]])
def test_code_right_under_a_line_of_text_stands_in_no_paragraph(extensions: list[str]):
    text = """
        # Do

        **Alert** *now*:
        ```sh
        ls
        ```
        and `more` then.

        ## Steps

        1. List
           ```sh
           ls
           ```
        2. Go
        """
    page = show(text, extensions=extensions).page

    assert [pre.parent.tag for pre in page.find("pre") if pre.parent is not None and pre.parent.tag == "p"] == []
    assert len(page.find("pre")) == 2
    assert [p.text() for p in page.find("p") if p.text()][:2] == ["Alert now:", "and more then."]


SAID = """
    # From order to bread

    **Purpose:** The customer has *fresh* bread.

    **Owner:** Baker
    **Status:** draft

    - Customer: Everybody

    **Inputs:** [Flour](flour.md)

    **Note:** Baker

    ## Flow

    1. Bake.
    2. Sell.

    **Owner:** Baker
"""


def test_what_the_block_under_the_title_says_too_is_marked_in_its_place():
    """Only lines that say nothing else, and stand before anything else; the author's words stay where they are."""
    shown = show(SAID, kinds={"**": "process"})

    said = [
        " ".join(element.text().split())
        for element in shown.page.find()
        if element.get("data-handrail-said") is not None
    ]
    assert said == ["Purpose: The customer has fresh bread.", "Owner: Baker Status: draft", "Customer: Everybody"]
    assert shown.page.text(is_added).count("Owner: Baker") == 2


def test_a_line_that_the_block_cuts_short_stays():
    long = "The customer has bread. It is fresh."
    shown = show(SAID.replace("The customer has *fresh* bread.", long), kinds={"**": "process"})

    assert not [
        element
        for element in shown.page.find("p")
        if long in element.text() and "data-handrail-said" in element.attributes
    ]


HEADINGS = """
    # Bake

    ## Steps

    ### 1. Heat the oven (Monday)

    Wear gloves.

    ### 2. <a id="load"></a>Load *the* oven & close

    1. Slide it in.
    2. Shut the door.

    ### Step 3: Ready
    """


def test_heading_steps_keep_their_own_anchor_and_answer_to_all_others():
    shown = show(HEADINGS)
    step = shown.handbook.procedures[0].steps[0]
    heading = next(one for one in shown.page.find("h3") if "Heat" in one.text())

    assert heading["id"] == "1-heat-the-oven-monday"
    answers = {element["id"] for element in heading.all() if "id" in element.attributes}
    assert {step.anchor, *step.aliases} <= answers
    assert "1-heat-the-oven-monday" in answers


def test_heading_steps_answer_to_the_slug_of_the_forge():
    shown = show(HEADINGS)
    heading = next(one for one in shown.page.find("h3") if "close" in one.text())
    answers = {element["id"] for element in heading.all() if "id" in element.attributes}

    assert {"2-load-the-oven-close", "2-load-the-oven--close", "load"} <= answers


def test_heading_steps_are_steps_in_order_with_lists_inside():
    shown = show(HEADINGS)

    assert [(tag, number) for _, _, tag, number in steps_of(shown.page)] == [
        ("h3", ""), ("h3", ""), ("li", "1"), ("li", "2"), ("h3", "")]  # fmt: skip
    assert shown.differences == []


def test_contents_do_not_know_of_steps():
    without = Markdown(extensions=["toc"])
    without.convert(text_of(HEADINGS))

    assert show(HEADINGS).md.toc == without.toc  # type: ignore[attr-defined]


TABLE = """
    # Sell

    ## Steps

    | Step | Who | Expect |
    |------|-----|--------|
    | Greet | Seller | a smile |
    | Take *money* | Seller | coins |
    """


def test_rows_of_a_table_are_steps():
    shown = show(TABLE)

    assert [(step, tag) for _, step, tag, _ in steps_of(shown.page)] == [("greet", "tr"), ("take-money", "tr")]
    assert shown.the(id="greet").tag == "tr"
    assert shown.differences == []
    assert len(shown.page.find("tr")) == 3


TASKS = """
    # Close the shop

    - [ ] Sweep
    - [x] Lock the door
    """


def test_tasks_keep_their_boxes():
    shown = show(TASKS)

    assert [(step, tag) for _, step, tag, _ in steps_of(shown.page)] == [("sweep", "li"), ("lock-the-door", "li")]
    assert ["checked" in box.attributes for box in shown.page.find("input")] == [False, True]
    assert shown.differences == []


def test_bullets_are_steps_under_their_heading_only():
    shown = show("# Open\n\n- no step\n\n## Steps\n\n- Unlock\n* Light\n\n## See also\n\n- no step either\n")

    assert [step for _, step, _, _ in steps_of(shown.page)] in (["unlock", "light"], ["unlock"])
    assert "no step" not in " ".join(step.text() for step in shown.page.find(data_handrail="step"))


def test_two_procedures_on_a_page_have_anchors_that_do_not_meet():
    shown = show("# Day\n\n## Steps for Seller\n\n1. Sweep\n2. Go\n\n## Steps for Cleaner\n\n1. Sweep\n2. Stay\n")
    anchors = [element["id"] for element in shown.page.all() if "id" in element.attributes]

    assert len(anchors) == len(set(anchors))
    assert [(document, step) for document, step, _, _ in steps_of(shown.page)] == [
        ("page.steps-for-seller", "sweep"), ("page.steps-for-seller", "go"),
        ("page.steps-for-cleaner", "sweep"), ("page.steps-for-cleaner", "stay")]  # fmt: skip


def test_every_anchor_of_the_model_is_on_the_page_once():
    for text in (DOUGH, HEADINGS, TABLE, TASKS):
        shown = show(text)
        for step in shown.handbook.procedures[0].all_steps():
            for anchor in (step.anchor, *step.aliases):
                assert len(shown.page.find(id=anchor)) == 1, anchor


def test_a_step_that_opens_with_code_a_quotation_a_table_or_a_picture_is_marked():
    shown = show(
        "# Do\n\n## Steps\n\n1. ```\n   run\n   ```\n2. > quoted\n3. ![x](x.png)\n4. `code`\n5. **bold**\n6. [link](#x)\n"
        "7. <https://example.org>\n"
    )

    assert [number for _, _, _, number in steps_of(shown.page)] == [str(number) for number in range(1, 8)]
    assert shown.differences == []


def test_a_step_with_nothing_in_it_loses_no_other():
    shown = show("# Do\n\n## Steps\n\n1. First\n2.\n3. Third\n")

    assert [number for _, _, _, number in steps_of(shown.page)] == ["1", "2", "3"]
    assert shown.differences == []


def test_windows_line_ends_and_a_byte_order_mark_are_no_other_text():
    text = "\ufeff" + text_of(DOUGH).replace("\n", "\r\n")
    shown = show({"page.md": text}, body=text_of(DOUGH))

    assert len(steps_of(shown.page)) == 5
    assert shown.rendered.changed == []


# ---- marks ----

MARKS = [chr(code) for code in range(0xE100, 0xE11A)]


@pytest.mark.parametrize("lists", ["indent", "as-is"])
@pytest.mark.parametrize("text", [DOUGH, HEADINGS, TABLE, TASKS])
@pytest.mark.parametrize("extensions", [(), ("pymdownx.superfences", "sane_lists", "attr_list", "pymdownx.tasklist"),
                                        ("admonition", "pymdownx.details", "def_list", "footnotes", "md_in_html", "abbr", "smarty")])  # fmt: skip
def test_no_mark_is_left_in_what_a_reader_gets(text: str, lists: str, extensions: tuple[str, ...]):
    shown = show(text, lists=lists, extensions=extensions)
    left = [*shown.html, *str(shown.md.toc_tokens), *shown.md.toc]  # type: ignore[attr-defined]

    assert not set(MARKS) & set(left)
    assert "data-handrail-mark" not in shown.html


@pytest.mark.parametrize(
    "text",
    ["1. ```\n   x\n   ```\n2. b\n", "1.     code\n2. b\n", "1. <div>raw</div>\n2. b\n", "1. <!-- c -->\n2. b\n",
     "1. $x$\n2. b\n", "1. # Heading\n2. b\n", "1. - a\n2. b\n", "1. 1. a\n2. b\n", "1. [x]: y\n2. b\n", "1. ---\n2. b\n",
     "1. *[HTML]: x\n2. b\n", "1. [^1]\n2. b\n\n[^1]: note\n", "1. | a | b |\n   |---|---|\n   | c | d |\n2. b\n", "1. :smile:\n2. b\n",
     "1. !!! note\n       x\n2. b\n", "> 1. a\n> 2. b\n", "1. <details><summary>s</summary>x</details>\n2. b\n",
     "1. <a id=\"q\"></a>\n2. b\n", "1. a\\\n   b\n2. b\n", "1. a {: #own }\n2. b\n"],
)  # fmt: skip
def test_no_mark_is_left_whatever_a_step_begins_with(text: str):
    shown = show(f"# Do\n\n## Steps\n\n{text}", extensions=("admonition", "footnotes", "abbr", "md_in_html"))

    assert not set(MARKS) & set(shown.html)
    assert "data-handrail-mark" not in shown.html


@pytest.mark.parametrize("note", ['!!! danger "Crane"', "??? warning", "!!! warning"])
def test_a_note_with_a_warning_stays_a_note(note: str):
    text = f"# Do\n\n## Steps\n\n1. Board.\n2. Take her in.\n\n    {note}\n        Mind the crane.\n\n3. Make fast.\n"
    shown = show(text, extensions=("admonition", "pymdownx.details"))

    assert not {"!!!", "???"} & set(shown.html.split())
    assert 'class="admonition' in shown.html or "<details" in shown.html
    assert len(steps_of(shown.page)) == 3


@pytest.mark.parametrize("strange", ["\ue100\ue110\ue101", "\ue100\ue119\ue119\ue101", "\ue100", "\ue101\ue110"])
def test_an_author_cannot_write_a_mark(strange: str):
    shown = show(f"# Do {strange}\n\n{strange} Text\n\n## Steps\n\n1. A {strange} sign\n2. B {strange}\n")

    assert [number for _, _, _, number in steps_of(shown.page)] == ["1", "2"]
    assert shown.differences == []


# ---- the extensions that steps need ----


def test_they_are_registered_where_they_are_missing():
    shown = show("# Do\n\n## Steps\n\n1. a\n\n    ```py\n    x\n    ```\n\n1. b {: #own }\n\n- [ ] t\n")

    assert "SuperFences" in type(shown.md.preprocessors["fenced_code_block"]).__name__
    assert "Sane" in type(shown.md.parser.blockprocessors["olist"]).__name__
    assert {"attr_list", "task-list"} <= {
        name for name in ("attr_list", "task-list") if name in shown.md.treeprocessors
    }


def test_the_settings_of_the_user_win():
    configs = {
        "pymdownx.superfences": {"custom_fences": [{"name": "m", "class": "mine", "format": fence}]},
        "pymdownx.tasklist": {"custom_checkbox": True},
    }
    shown = show(
        "# Do\n\n## Steps\n\n1. a\n\n    ```m\n    x\n    ```\n\n2. b\n\n## More\n\n- [ ] t\n",
        extensions=tuple(configs), configs=configs)  # fmt: skip

    assert '<b class="mine">x</b>' in shown.html
    assert "task-list-indicator" in shown.html


def fence(source: str, language: str, css_class: str, options: Any, md: Markdown, **kwargs: Any) -> str:
    return f'<b class="{css_class}">{source}</b>'


def test_nothing_is_registered_on_an_ordinary_page():
    shown = show(UNTYPED, kinds={})

    assert "attr_list" not in shown.md.treeprocessors
    assert "Sane" not in type(shown.md.parser.blockprocessors["olist"]).__name__


# ---- text that another plugin has changed ----


def test_steps_are_found_again_by_their_words():
    shown = show("# Do\n\n## Steps\n\n1. Open\n2. Close\n", body="# Do\n\nAdded.\n\n## Steps\n\n1. Open\n2. Close\n")

    assert [step for _, step, _, _ in steps_of(shown.page)] == ["open", "close"]
    assert shown.differences == []
    assert shown.rendered.changed == ["page.md"]


def test_lines_of_one_paragraph_are_steps_of_their_own_in_a_changed_text_too():
    text = "# Do\n\n**Step 1:** Open  \n**Step 2:** Close\n```\nx\n```\n**Step 3:** Go\n"
    shown = show(text, body=text.replace("# Do\n", "# Do\n\nAdded.\n"))

    assert [step for _, step, _, _ in steps_of(shown.page)] == ["open", "close", "go"]
    assert shown.differences == []
    assert shown.rendered.changed == ["page.md"]


def test_a_step_whose_words_are_gone_is_told_with_its_line():
    shown = show(
        "# Do\n\n## Steps\n\n1. Open\n2. {{ close }}\n3. Go\n", body="# Do\n\n## Steps\n\n1. Open\n2. Shut\n3. Go\n"
    )

    assert [step for _, step, _, _ in steps_of(shown.page)] == ["open", "go"]
    assert "6: the step '{{ close }}' is not on the rendered page" in shown.differences


def test_a_text_that_is_the_files_own_is_no_changed_text():
    assert show("---\ntitle: Do\n---\n\n# Do\n\n## Steps\n\n1. Open\n2. Close\n").rendered.changed == []


# ---- what is added ----


def test_everything_added_says_that_it_is():
    """Without the elements that bear `data-handrail`, the words are the author's."""
    assert show(DOUGH).page.text(is_added) == tree(MarkdownIt("commonmark").render(text_of(DOUGH))).text()


def test_words_of_the_author_are_escaped_as_before():
    shown = show(
        "---\nhandrail: {owner: '<script>alert(1)</script>'}\n---\n# Do\n\n## Steps\n\n1. Type `<b>` & go\n2. x\n"
    )

    assert not shown.page.find("script")
    assert not shown.page.find("b")


@pytest.mark.parametrize(
    "opening", ['yaml title="a.yml"', "yaml+jinja title='{{a}}'", "sh {data-x=1}", "text foo=bar baz"]
)
def test_code_is_code_whatever_stands_behind_the_opening_of_its_fence(opening: str):
    """What a reviewer sees on the forge is what a reader sees on the site, where no extension reads the words."""
    shown = show(f"# T\n\n1. Write:\n\n   ```{opening}\n   # a line\n   ```\n\n2. Look\n")

    assert "<h1" not in shown.html.replace('<h1 id="t">', "")
    assert shown.html.count("<li") == 2
    assert "# a line" in shown.html


def test_a_mark_stands_once_in_the_first_line_that_comes_from_its_own():
    marks = [Mark(0, 3), Mark(1, 4, opens=True), Mark(2, 9), Mark(3, 0)]
    marked = with_marks(["", "- a", "  a", "b", "c"], [0, 3, 3, 4], marks)
    assert marked == ["", f"- {mark_text(0)}a", "  a", "", f"{mark_text(1)}b"]
