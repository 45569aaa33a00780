"""All pages in, the Handbook out: where each name leads, who links to it, and what leads nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handrail.model import Handbook
from tests.reading import handbook, problems_of, told

PAGES = {
    "how/roll-back.md": '# Roll back\n\n1. <a id="freeze"></a>Freeze\n2. Tag\n\n## After\n\nWords.\n',
    "release.md": "---\nhandrail: {kind: process, id: release, aliases: [shipping]}\n---\n# "
    "Release\n\n## Flow\n\n1. Go\n",
    "lead.md": "---\nhandrail: {kind: role, aliases: [Boss]}\n---\n# Release lead\n",
    "ticket.md": "---\nhandrail: {kind: record}\n---\n# Ticket\n",
}


EMPTY = {"empty.md": "Nothing but words.\n"}


def _with(text: str, path: str = "index.md", **options: object) -> Handbook:
    return handbook({**PAGES, **EMPTY, path: text}, kinds={"how/**": "procedure"}, **options)


def _led(found: Handbook, source: str = "index.md") -> list[str]:
    return [link.target for where, link in found.links if where == source]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("[[roll-back]]", "roll-back"),
        ("[[ROLL-BACK]]", "roll-back"),
        ("[[how/roll-back]]", "roll-back"),
        ("[text][roll-back]", "roll-back"),
        ("[roll-back][]", "roll-back"),
        ("[[roll-back#freeze]]", "roll-back#freeze"),
        ("[text][roll-back#tag]", "roll-back#tag"),
        ("[[release]]", "release"),
        ("[[shipping]]", "release"),
        ("[[lead]]", "lead"),
        ("[the boss][Boss]", "lead"),
        ("[[ticket]]", "ticket"),
        ("[x](how/roll-back.md)", "roll-back"),
        ("[x](./how/../how/roll-back.md)", "roll-back"),
        ("[x](how/roll-back.md#freeze)", "roll-back#freeze"),
        ("[x](how/roll-back.md#after)", "roll-back"),
        ("[x](how/roll-back)", "roll-back"),
        ("[x](how/roll-back/)", "roll-back"),
        ("[x](how/roll-back.html#tag)", "roll-back#tag"),
        ("[x](how/roll-back.md?plain=1)", "roll-back"),
        ("[x]\n\n[x]: how/roll-back.md", "roll-back"),
        ("| A |\n|---|\n| [[roll-back]] |", "roll-back"),
        ("- [[roll-back]]", "roll-back"),
        ("> [[roll-back]]", "roll-back"),
    ],
)
def test_references_and_relative_links(written: str, target: str) -> None:
    """References `[text][roll-back]` and `[[roll-back]]` resolve to processes, procedures, roles and records by id
    and to steps (`roll-back#freeze`), in prose, tables and steps. Plain relative links keep working."""
    found = _with(f"{written}\n")
    assert (_led(found), problems_of(found)) == ([target], [])


@pytest.mark.parametrize(
    "written",
    [
        "`[[gone]]`",
        "```\n[[gone]]\n```",
        "Words.\n\n    [[gone]]",
        "<!-- [[gone]] -->",
        "\\[[gone]]",
        "[x](https://example.com/a.md)",
        "[x](mailto:a@b.c)",
        "[x](/absolute.md)",
        "[ ] box",
        "[x]",
        "![x](gone.png)",
        "[x][y]\n\n[y]: https://example.com",
        "a[0][1]",
        "[^1]\n\n[^1]: Note",
    ],
)
def test_what_is_no_reference(written: str) -> None:
    """Never inside code."""
    found = _with(f"{written}\n")
    assert (_led(found), problems_of(found)) == ([], [])


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "See [[rollback]].",
            "index.md:3:7 warning unknown-id: The reference `rollback` leads to no known id. Did you mean `roll-back`?",
        ),
        (
            "See [x][roll-back#freze].",
            "index.md:3:9 warning unknown-id: The reference `roll-back#freze` leads to no known id. "
            "Did you mean `roll-back#freeze`?",
        ),
        (
            "See [[zzzzzz]].",
            "index.md:3:7 warning unknown-id: The reference `zzzzzz` leads to no known id. "
            "Write the id of a process, procedure, role or record, or a plain link.",
        ),
    ],
)
def test_references_fail_with_the_line_and_the_nearest_known_id(written: str, problem: str) -> None:
    """And fail with the line and the nearest known id."""
    assert problems_of(_with(f"# T\n\n{written}\n")) == [problem]


def test_a_step_that_is_not_there_is_told_with_those_that_are_in_their_order() -> None:
    page = "# Many\n\n" + "".join(
        f'{number}. <a id="{name}"></a>Do {name}\n' for number, name in enumerate("fabedcghijk", 1)
    )
    (problem,) = _with(page + "\nSee [[many#nothing-like-it]].\n", "how/many.md").problems
    assert problem.mend == "The steps of `many` are `f`, `a`, `b`, `e`, `d`, `c`, `g`, `h` and 3 more."


def test_with_autorefs_an_unknown_id_is_left_to_it() -> None:
    assert problems_of(_with("See [it][gone].\n", plugins=["autorefs"])) == []
    assert problems_of(_with("See [[gone]].\n", plugins=["autorefs"])) != [], "autorefs does not know this form"
    assert problems_of(_with("See [[roll-back#gone]].\n", plugins=["autorefs"])) != []


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "1. See [x](gone.md)\n",
            "how/a.md:1:9 warning dead-link: The link `gone.md` leads to no page. Mend the address.",
        ),
        (
            "1. See [x](roll-bak.md)\n",
            "how/a.md:1:9 warning dead-link: The link `roll-bak.md` leads to no page. Did you mean `how/roll-back.md`?",
        ),
        (
            "1. See [x](#nowhere)\n",
            "how/a.md:1:9 warning dead-link: There is no anchor `nowhere` in how/a.md. "
            'It has `see-x`. Link to one of them, or write `<a id="nowhere"></a>` where the link is to lead.',
        ),
        (
            "1. See [x](#nowhere)\n" + "".join(f"\n## Part {number}\n" for number in "abcdefghijk"),
            "how/a.md:1:9 warning dead-link: There is no anchor `nowhere` in how/a.md. "
            "It has `see-x`, `part-a`, `part-b`, `part-c`, `part-d`, `part-e`, `part-f`, `part-g` and 4 more. "
            'Link to one of them, or write `<a id="nowhere"></a>` where the link is to lead.',
        ),
        (
            "1. See [x](../empty.md#nowhere)\n",
            "how/a.md:1:9 warning dead-link: There is no anchor `nowhere` in empty.md. "
            'Write `<a id="nowhere"></a>` where the link is to lead.',
        ),
        (
            "1. See [x](roll-back.md#freez)\n",
            "how/a.md:1:9 warning dead-link: There is no anchor `freez` in how/roll-back.md. Did you mean `freeze`?",
        ),
        (
            "1. See [x](#heat)\n\n## 2. Heat the small oven\n\n## Heat all of the large oven\n",
            "how/a.md:1:9 warning dead-link: There is no anchor `heat` in how/a.md. Did you mean `2-heat-the-small-oven`?",
        ),
        (
            "1. See [x](#heat-water)\n\n## Heat the small oven\n",
            "how/a.md:1:9 warning dead-link: There is no anchor `heat-water` in how/a.md. "
            "It has `see-x`, `heat-the-small-oven`. "
            'Link to one of them, or write `<a id="heat-water"></a>` where the link is to lead.',
        ),
    ],
)
def test_a_step_link_to_nowhere(written: str, problem: str) -> None:
    (found,) = _with(written, "how/a.md").problems
    assert told(replace(found, column=9)) == problem


@pytest.mark.parametrize(
    "element",
    [
        '<a id="there"></a>',
        "<a name=there></a>",
        '<span id="there"></span>',
        "<div class='x'\n id='there'>\n</div>",
        '<A ID="there">',
    ],
)
def test_a_link_may_lead_to_any_element(element: str) -> None:
    assert problems_of(_with(f"1. See [x](#there)\n\n{element}\n", "how/a.md")) == []


@pytest.mark.parametrize("element", ['<span data-id="there"></span>', '<span name="there"></span>', 'id="there"'])
def test_what_bears_no_id_is_no_place_to_lead_to(element: str) -> None:
    assert [problem.rule for problem in _with(f"1. See [x](#there)\n\n{element}\n", "how/a.md").problems] == [
        "dead-link"
    ]


def test_a_dead_link_has_the_column_of_its_address() -> None:
    (problem,) = _with("1. See [x](gone.md)\n", "how/a.md").problems
    assert (problem.line, problem.column) == (1, 12)


def test_a_dead_link_of_an_ordinary_page_is_the_host_s_to_judge() -> None:
    assert problems_of(_with("[x](gone.md)\n")) == []


def test_used_in() -> None:
    """Every page shows where it is used."""
    found = _with("See [[roll-back]] and [the lead](lead.md).\n\nAnd [[roll-back#tag]].\n")
    assert [(link.path, link.line, link.target) for link in found.used_in["roll-back"]] == [
        ("index.md", 1, "roll-back"),
        ("index.md", 3, "roll-back#tag"),
    ]
    assert [link.text for link in found.used_in["lead"]] == ["the lead"]


def test_a_link_to_itself_is_no_use() -> None:
    found = handbook("1. One\n2. Go to [one](#one)\n")
    assert found.used_in == {}


@pytest.mark.parametrize(
    ("home", "problem"),
    [
        ("relase", "how/a.md:3:12 error unknown-home: There is no process `relase`. Did you mean `release`?"),
        (
            "zzzzzz",
            "how/a.md:3:12 error unknown-home: There is no process `zzzzzz`. "
            "Name a process in `process` by its id: `release`.",
        ),
    ],
)
def test_an_unknown_home(home: str, problem: str) -> None:
    assert problems_of(_with(f"---\nhandrail:\n  process: {home}\n---\n1. Go\n", "how/a.md")) == [problem]


def test_a_home_that_is_no_process() -> None:
    assert problems_of(_with("---\nhandrail:\n  process: roll-back\n---\n1. Go\n", "how/a.md"), "unknown-home") != []


def test_a_home_may_be_named_by_an_old_id_or_an_address() -> None:
    found = _with("---\nhandrail: {process: [shipping, ../release.md]}\n---\n1. Go\n", "how/a.md")
    assert found.documents["a"].values("process") == ("release", "release")


def test_a_home_that_does_not_call_is_noted() -> None:
    found = _with("---\nhandrail: {process: release}\n---\n1. Go\n", "how/a.md")
    assert problems_of(found) == [
        "how/a.md:2:21 info not-in-flow: The flow of `release` does not call `a`. "
        "Link the procedure from the step of the process that it holds."
    ]


@pytest.mark.parametrize(
    ("parents", "problems"),
    [
        (
            {"a": "b", "b": "a"},
            ["a.md:2:36 error circle: This process is part of itself: a → b → a. Remove one `part_of` of the circle."],
        ),
        (
            {"a": "a"},
            ["a.md:2:36 error circle: This process is part of itself: a → a. Remove one `part_of` of the circle."],
        ),
        (
            {"a": "b", "b": "c", "c": "a"},
            [
                "a.md:2:36 error circle: This process is part of itself: a → b → c → a. "
                "Remove one `part_of` of the circle."
            ],
        ),
        (
            {"a": "b", "b": "c", "c": "b"},
            ["b.md:2:36 error circle: This process is part of itself: b → c → b. Remove one `part_of` of the circle."],
        ),
        ({"a": "b", "b": "c"}, []),
    ],
)
def test_a_circle_of_processes(parents: dict[str, str], problems: list[str]) -> None:
    pages = {
        f"{name}.md": f"---\nhandrail: {{kind: process, part_of: {parent}}}\n---\n" for name, parent in parents.items()
    }
    pages |= {f"{name}.md": "---\nhandrail: {kind: process}\n---\n" for name in "abc" if name not in parents}
    found = handbook(pages, kinds={})
    assert problems_of(found) == problems
    assert len(found.processes) == 3


def test_an_alias_that_is_another_document_s_id() -> None:
    found = handbook({"a.md": "---\nhandrail: {aliases: [b]}\n---\n# A\n", "b.md": "# B\n"})
    assert problems_of(found) == [
        "a.md:2:22 error duplicate-id: The alias `b` is the id of another document. Remove it here."
    ]
    assert found.documents["b"].path == "b.md"


def test_such_an_alias_has_its_own_place() -> None:
    """Line and column for everything."""
    (problem,) = handbook({"a.md": "---\nhandrail: {aliases: [b]}\n---\n# A\n", "b.md": "# B\n"}).problems
    assert (problem.line, problem.column) == (2, 22)


def test_a_role_with_the_name_of_a_page() -> None:
    found = handbook({"scribe.md": "1. Go\n   - Who: Scribe\n"})
    assert [(document.kind, document.id) for document in (*found.procedures, *found.roles)] == [
        ("procedure", "scribe"),
        ("role", "role-scribe"),
    ]


def test_records_are_named_by_their_lines_without_their_state() -> None:
    found = handbook({"a.md": "1. Go\n   - Record: Ticket (closed)\n2. On\n   - Record: ticket\n"}, records=["Log"])
    assert [(record.id, record.title, record.line) for record in found.records] == [
        ("log", "Log", 1),
        ("ticket", "Ticket", 2),
    ]


def test_a_record_has_the_line_that_names_it() -> None:
    (record,) = handbook("1. Go\n\n   Words.\n\n   - Record: Ticket\n").records
    assert record.line == 5


def test_pages_in_any_order_give_the_same_handbook() -> None:
    pages = {**PAGES, "index.md": "See [[roll-back]] and [[rollback]].\n"}
    assert handbook(pages) == handbook(dict(reversed(list(pages.items()))))


def test_two_pages_of_roles_that_are_called_alike_are_told() -> None:
    """By title or alias, whatever the number and case; the pages of other kinds may be called as they like."""
    role = "---\nhandrail: {{kind: {}, id: {}{}}}\n---\n# {}\n"
    pages = {
        "a.md": role.format("role", "a", "", "Shift lead"),
        "b.md": role.format("role", "b", "", "Shift Leads"),
        "c.md": role.format("role", "c", ", aliases: [shift lead]", "Night lead"),
        "d.md": role.format("record", "d", "", "Shift lead"),
        "e.md": "# Shift lead\n\n1. Bake\n",
        "f.md": "# Shift lead\n\n1. Bake\n",
    }
    mend = "Give one of them another title or alias, or make them one page; a name can only lead to one."
    assert problems_of(handbook(pages), "same-name") == [
        f"b.md:4:1 warning same-name: `Shift Leads` is called like the role in a.md, line 4. {mend}",
        f"c.md:4:1 warning same-name: `Night lead` is called like the role in a.md, line 4. {mend}",
    ]
    (problem,) = problems_of(handbook({"a.md": pages["d.md"], "b.md": pages["d.md"].replace("id: d", "id: e")}))
    assert "the record in a.md" in problem


ORDER = "---\nhandrail: {kind: record, aliases: [Cake order]}\n---\n# Order\n\n## States\n\n- draft, approved\n- baked → in progress\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Order (approved)", "Order (approved)"),
        ("Order: approved", "Order (approved)"),
        ("Order, approved", "Order (approved)"),
        ("Order – approved", "Order (approved)"),
        ("Order → approved", "Order (approved)"),
        ("Order: draft → approved", "Order (approved)"),
        ("Order in state approved", "Order (approved)"),
        ("The approved order", "order (approved)"),
        ("Order, status: in progress", "Order (in progress)"),
        ("Approved order", "order (approved)"),
        ("in progress cake order", "cake order (in progress)"),
        ("Order: burnt", "Order: burnt"),
        ("Order: approved by the lead", "Order: approved by the lead"),
        ("Bread: approved", "Bread: approved"),
        ("Order", "Order"),
        ("Approved", "Approved"),
    ],
)
def test_the_state_of_a_record_is_read_where_its_page_names_it(written: str, read: str) -> None:
    step = f"# T\n\n1. Bake\n   - Output: {written}\n2. Eat\n   - Record: {written}\n"
    found = handbook({"order.md": ORDER, "a.md": step})
    (document,) = found.procedures
    assert (document.steps[0].outputs, document.steps[1].records) == ((read,), (read,))
    named = {record.title for record in found.records}
    assert named == {"Order"} or written.startswith(("Bread", "Approved", "Order: burnt", "Order: approved by"))


def test_the_states_of_a_record_that_no_page_names_stay_text() -> None:
    (document,) = handbook("# T\n\n1. Bake\n   - Record: Order: approved\n2. Eat\n").procedures
    assert document.steps[0].records == ("Order: approved",)


def test_what_goes_into_a_process_and_out_of_it_has_states_too() -> None:
    pages = {
        "order.md": ORDER,
        "p.md": "# P\n\n| Input | Output |\n|---|---|\n| Order: draft | approved order |\n\n## Flow\n\n1. a\n2. b\n",
    }
    (found,) = handbook(pages, kinds={"p.md": "process"}).processes
    assert (found.values("inputs"), found.values("outputs")) == (("Order (draft)",), ("order (approved)",))
