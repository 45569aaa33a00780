"""Which lists, headings and tables of a page are its steps, and why the others are not."""

from __future__ import annotations

import pytest

from handrail.model import Document
from tests.reading import handbook, numbered, problems_of, procedure, process, text_of


def _flows(document: Document) -> list[int]:
    return [step.flow for step in document.steps]


FORMS = [
    ("list", "1. Freeze the branch\n2. Tag it\n"),
    ("headings", "## Steps\n\n### 1. Freeze the branch\n\nWords.\n\n### 2. Tag it\n\nWords.\n"),
    ("headings", "## Step 1: Freeze the branch\n\nWords.\n\n## Step 2: Tag it\n\nWords.\n"),
    ("tasks", "- [ ] Freeze the branch\n- [x] Tag it\n"),
    ("table", "| Step | Who |\n|---|---|\n| Freeze the branch | Lead |\n| Tag it | Lead |\n"),
    (
        "table",
        "| # | Action | Who |\n|---|---|---|\n| 1 | Freeze the branch | Lead |\n| 2 | Tag it | Lead |\n",
    ),
    ("bullets", "## Steps\n\n- Freeze the branch\n- Tag it\n"),
    ("paragraphs", "**Step 1:** Freeze the branch\n\nWords.\n\n**Step 2:** Tag it\n\nWords.\n"),
]


@pytest.mark.parametrize(("form", "text"), FORMS, ids=[f"{form}-{place}" for place, (form, _) in enumerate(FORMS)])
@pytest.mark.parametrize("kind", ["procedure", "process"])
def test_a_procedure_s_steps_and_a_process_s_flow_take_one_of_these_forms(form: str, text: str, kind: str) -> None:
    """A procedure's steps, and a process's flow, take one of these forms at the top level."""
    found = handbook(f"# T\n\n{text}", kinds={"**": kind})
    (document,) = (*found.procedures, *found.processes)
    assert (document.form, numbered(document)) == (form, ["1 Freeze the branch", "2 Tag it"])
    assert problems_of(found, "unknown-role") == problems_of(found)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1. One\n1. Two\n1. Three\n", ["1 One", "2 Two", "3 Three"]),
        ("3. Three\n4. Four\n", ["3 Three", "4 Four"]),
        ("1) One\n2) Two\n", ["1 One", "2 Two"]),
        ("1. One\n   1. Inside\n   2. Too\n2. Two\n", ["1 One", "1.1 Inside", "1.2 Too", "2 Two"]),
        ("1. One\n   - [ ] Box\n   - [ ] Box two\n", ["1 One", "1.1 Box", "1.2 Box two"]),
        ("1. One\n   - Bullet\n", ["1 One"]),
        ("1. One\n\n   ```\n   code\n   ```\n\n2. Two\n", ["1 One", "2 Two"]),
        ("Words:\n1. One\n2. Two\n", ["1 One", "2 Two"]),
    ],
)
def test_ordered_lists(text: str, steps: list[str]) -> None:
    assert numbered(procedure(text)) == steps


@pytest.mark.parametrize(
    ("text", "steps", "flows"),
    [
        (
            "1. One\n\n```\ncode\n```\n\n2. Two\n\nWords.\n\n3. Three\n",
            ["1 One", "2 Two", "3 Three"],
            [1, 1, 1],
        ),
        ("1. One\n2. Two\n\nWords.\n\n1. Again\n", ["1 One", "2 Two", "1 Again"], [1, 1, 2]),
        ("1. One\n\nWords.\n\n3. Three\n", ["1 One", "3 Three"], [1, 2]),
        (
            "1. One\n2. Two\n\n- bullet\n\n3. Three\n4. Four\n",
            ["1 One", "2 Two", "3 Three", "4 Four"],
            [1, 1, 1, 1],
        ),
        ("4. Four\n\nWords.\n\n5. Five\n", ["4 Four", "5 Five"], [1, 1]),
    ],
)
def test_lists_heal_only_where_the_numbering_continues_exactly(text: str, steps: list[str], flows: list[int]) -> None:
    """Lists heal only within a heading and only where the numbering continues exactly."""
    found = procedure(text)
    assert (numbered(found), _flows(found)) == (steps, flows)


def test_what_stands_between_healed_lists_belongs_to_the_step_before() -> None:
    first, second = procedure("1. One\n\n```\ncode\n```\n\n2. Two\n").steps
    assert (first.line, first.end, first.body) == (1, 5, "One\n\n```\ncode\n```")
    assert (second.line, second.end, second.body) == (7, 7, "Two")


def test_lists_do_not_heal_across_headings() -> None:
    """Lists heal only within a heading."""
    found = handbook("# T\n\n## A\n\n1. One\n\n## B\n\n2. Two\n")
    assert [numbered(document) for document in found.procedures] == [["1 One"], ["2 Two"]]


@pytest.mark.parametrize(
    ("text", "steps", "flows"),
    [
        ("## 1. One\n\n## 2. Two\n", ["1 One", "2 Two"], [1, 1]),
        ("## 1) One\n\n## 2) Two\n", ["1 One", "2 Two"], [1, 1]),
        ("## Step 1: One\n\n## Step 2 - Two\n\n## Step 3. Three\n", ["1 One", "2 Two", "3 Three"], [1, 1, 1]),
        ("## 1. One\n\n## Between\n\n## 2. Two\n", ["1 One", "2 Two"], [1, 1]),
        (
            "## 1. One\n\n## 2. Two\n\n## 1. Again\n\n## 2. Twice\n",
            ["1 One", "2 Two", "1 Again", "2 Twice"],
            [1, 1, 2, 2],
        ),
        ("## Steps\n\n### 4.1 One\n\n### 4.2 Two\n", ["4.1 One", "4.2 Two"], [1, 1]),
        (
            "## 1. One\n\n### 1.1 Inside\n\n### 1.2 Too\n\n## 2. Two\n",
            ["1 One", "1.1 Inside", "1.2 Too", "2 Two"],
            [1, 1],
        ),
        ("## 2019 report\n\n## 2020 report\n", [], []),
        ("## 1. Alone\n\nWords.\n", [], []),
    ],
)
def test_the_run_of_numbered_headings(text: str, steps: list[str], flows: list[int]) -> None:
    """The run of numbered or "Step N" headings below a steps-like heading, else of the page; a restart begins a new
    flow."""
    found = procedure(f"# T\n\n{text}")
    assert (numbered(found), _flows(found)) == (steps, flows)


def test_a_run_below_a_steps_like_heading_goes_before_one_of_the_page() -> None:
    found = procedure("# T\n\n## 1. Words\n\n## 2. Steps\n\n### 1. Open\n\n### 2. Close\n\n## 3. More words\n")
    assert numbered(found) == ["1 Open", "2 Close"]


def test_lists_inside_of_heading_steps_are_sub_steps() -> None:
    """Numbered or "Step N" headings are steps of their parent heading, and lists inside them sub-steps."""
    found = procedure("# T\n\n## Step 1: Open\n\n1. Log in\n2. Look\n\n## Step 2: Close\n\n- [ ] Log out\n\n* Words\n")
    assert numbered(found) == ["1 Open", "1.1 Log in", "1.2 Look", "2 Close", "2.1 Log out"]


@pytest.mark.parametrize("title", ["Purpose", "Scope", "References", "Definitions", "Responsibilities"])
def test_a_run_that_holds_purpose_scope_or_references_is_sections(title: str) -> None:
    """A run of numbered headings that holds Purpose, Scope or References is sections, not steps."""
    found = procedure(f"# T\n\n## 1. {title}\n\nWords.\n\n## 2. Who\n\nWords.\n\n## 3. Steps\n\n1. Open\n2. Close\n")
    assert numbered(found) == ["1 Open", "2 Close"]


def test_all_headings_one_level_down() -> None:
    """All headings one level down, where the page, comment or glob says `steps: headings`."""
    text = (
        "# T\n\nWords.\n\n## Bump the version (Friday)\n\n### Detail\n\nWords.\n\n"
        "## Promote branches (Monday)\n\n1. Push\n"
    )
    expected = ["1 Bump the version (Friday)", "2 Promote branches (Monday)", "2.1 Push"]
    by_glob = procedure(text, kinds={"**": {"kind": "procedure", "steps": "headings"}})
    by_page = procedure("---\nhandrail: {steps: headings}\n---\n" + text)
    assert (numbered(by_glob), by_glob.form) == (expected, "headings")
    assert numbered(by_page) == expected
    assert numbered(procedure(text.replace("Words.", "<!-- handrail: {steps: headings} -->", 1))) == expected


def test_all_headings_one_level_down_of_a_heading_with_a_comment() -> None:
    found = handbook(
        """
        # T

        ## Release

        <!-- handrail: {kind: procedure, steps: headings} -->

        ### Freeze

        Words.

        ### Tag

        Words.

        ## Other

        Words.
        """,
        kinds={},
    )
    assert [numbered(document) for document in found.procedures] == [["1 Freeze", "2 Tag"]]


def test_the_host_where_there_is_no_h1() -> None:
    found = procedure("## One\n\nWords.\n\n## Two\n", kinds={"**": {"kind": "procedure", "steps": "headings"}})
    assert numbered(found) == ["1 One", "2 Two"]


@pytest.mark.parametrize(
    ("head", "row", "text"),
    [
        ("| Step | When | Who |", "| Freeze | Monday | Lead |", "Freeze"),
        ("| # | Who | What to do |", "| 1. | Lead | Freeze |", "Freeze"),
        ("| No. | Something | Who |", "| 1 | Freeze | Lead |", "Freeze"),
        ("| Steps |", "| Freeze |", "Freeze"),
        pytest.param("| Step | Action |", "| Step 1 | Freeze |", "Freeze"),
        ("| **Step** | Who |", "| **Freeze** | Lead |", "Freeze"),
        ("| Step | Action | Owner |", "| 1\ufe0f\u20e3 | Freeze | Lead |", "Freeze"),
        ("| Step | Role | Action |", "| E2E-1 | Lead | Freeze |", "Freeze"),
        ("| # | Owner | Something |", "| 1 | Lead | Freeze |", "Freeze"),
    ],
)
def test_a_table_whose_first_column_is_step_or_number(head: str, row: str, text: str) -> None:
    """Table whose first column is Step or #."""
    rule = "|---" * (head.count("|") - 1) + "|"
    found = procedure(f"# T\n\n{head}\n{rule}\n{row}\n")
    assert (found.form, numbered(found), found.steps[0].line) == ("table", [f"1 {text}"], 5)


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1", "2"], ["1", "2"]),
        (["TC-10.6", "TC-10.7"], ["10.6", "10.7"]),
        (["Step 3", ""], ["3", "2"]),
        (["1a", "b"], ["1a", "2"]),
    ],
)
def test_a_row_has_the_number_that_its_table_gives_it(cells: list[str], numbers: list[str]) -> None:
    rows = "".join(f"| {cell} | Do {place} |\n" for place, cell in enumerate(cells))
    assert [step.number for step in procedure(f"| Step | Action |\n|---|---|\n{rows}").steps] == numbers


def test_columns_say_more_in_a_table_of_steps_than_in_the_text() -> None:
    found = procedure(
        "| # | Action | Responsible party | Validation | Timeline | Deliverable |\n|---|---|---|---|---|---|\n"
        "| 1 | Freeze | Lead | No push goes through | Within 2 days | Frozen branch |\n"
    ).steps[0]
    assert ([role.role for role in found.roles], found.expect, found.outputs) == (
        ["lead"],
        "No push goes through",
        ("Frozen branch",),
    )
    assert found.within is not None
    assert found.within.amount == "2 days"
    assert procedure("1. Freeze\n   - Owner: Lead\n").steps[0].roles == ()


@pytest.mark.parametrize(("status", "steps"), [("Done", 0), ("✅ Completed", 0), ("", 1), ("[ ]", 1), ("[x]", 1)])
def test_a_table_of_tasks_and_how_far_they_are_is_no_procedure(status: str, steps: int) -> None:
    found = procedure(f"# T\n\n## Action items\n\n| # | Action | Status |\n|---|---|---|\n| 1 | Freeze | {status} |\n")
    assert len(found.steps) == steps


def test_what_stands_under_the_heading_of_a_procedure_is_said_of_it() -> None:
    """Several procedures on a page: the labelled lines above the steps of each are its own."""
    found = handbook(
        "# All\n\n**Owner:** Lead\n\n## One\n\n**Trigger:** it rains\n\n1. Go\n\n## Two\n\n**Owner:** Clerk\n\n1. Stay\n"
    )
    said = [(document.fact("owner"), document.fact("trigger")) for document in found.procedures]
    assert said == [("Lead", "it rains"), ("Clerk", None)]


@pytest.mark.parametrize("head", ["| Name | Step |", "| Who | Does |", "|  |  |"])
def test_other_tables_are_no_steps(head: str) -> None:
    assert procedure(f"# T\n\n{head}\n|---|---|\n| a | b |\n").steps == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Steps",
        "Procedure",
        "Process steps",
        "Checklist",
        "Instructions",
        "What to do",
        "Steps for Scribe",
        "Steps to roll back",
        "How to roll back",
        "Rollback procedure",
        "Manual steps",
        "3. Steps",
        "Steps:",
    ],
)
def test_bullets_only_directly_under_a_steps_like_heading(heading: str) -> None:
    """Bullets, only directly under a steps-like heading."""
    found = procedure(f"# T\n\n## {heading}\n\n- Page the on-call\n- Wait\n")
    assert (found.form, len(found.steps)) == ("bullets", 2)


@pytest.mark.parametrize(
    "heading", ["Overview", "Notes", "Next steps", "Steps\n\n### Background", "Roles in this process"]
)
def test_bullets_anywhere_else_are_no_steps(heading: str) -> None:
    assert procedure(f"# T\n\n## {heading}\n\n- One\n- Two\n").steps == ()


def test_a_steps_heading_with_prose_and_no_list_states_no_steps() -> None:
    """A steps heading with prose and no list states no steps; that is no error."""
    found = handbook("# T\n\n## Steps for Deputy\n\nThere are none.\n")
    assert (found.procedures[0].steps, found.procedures[0].form, problems_of(found)) == ((), None, [])


TABLE = "| Step | Who |\n|---|---|\n| table | Lead |\n"


@pytest.mark.parametrize(
    ("text", "form", "steps"),
    [
        (
            f"## Steps\n\n- bullet\n\n1. list\n\n- [ ] task\n\n{TABLE}\n### 1. head\n\n### 2. ing\n",
            "headings",
            ["1 head", "2 ing"],
        ),
        (f"## Steps\n\n- bullet\n\n1. list\n\n- [ ] task\n\n{TABLE}", "table", ["1 table"]),
        ("## Steps\n\n- bullet\n\n1. list\n\n- [ ] task\n", "list", ["1 list"]),
        ("## Steps\n\n- bullet\n\nWords.\n\n* [ ] task\n", "tasks", ["1 task"]),
        ("## Steps\n\n- bullet\n", "bullets", ["1 bullet"]),
    ],
)
def test_several_forms_under_one_heading(text: str, form: str, steps: list[str]) -> None:
    """Several forms under one heading: numbered headings, then step table, ordered list, tasks, bullets; the rest is
    detail."""
    found = procedure(f"# T\n\n{text}")
    assert (found.form, numbered(found)) == (form, steps)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("## References\n\n1. The law\n2. The norm\n", 5, "a list under the heading 'References'"),
        ("## Agenda\n\n1. Welcome\n2. Round\n", 5, "a list under the heading 'Agenda'"),
        ("## Definitions\n\n1. Fix: a change\n", 5, "a list under the heading 'Definitions'"),
        ("## Meeting agenda\n\n1. Welcome\n", 5, "a list under the heading 'Meeting agenda'"),
        ("## Contents\n\n1. [A](#a)\n2. [B](#b)\n", 5, "a list under the heading 'Contents'"),
        ("## Words\n\n1. [A](#a)\n2. [B](b.md)\n", 5, "a list of links"),
        ("## Prerequisites\n\n1. A key\n", 5, "the facts under the heading 'Prerequisites'"),
        ("## Words\n\nSee also:\n\n1. A book\n", 7, "a list that is introduced with the word 'see also'"),
        ("## Words\n\n> 1. Said\n> 2. By others\n", 5, "a list in a quotation"),
        ("## Words\n\n!!! note\n    1. One\n    2. Two\n", 5, "a list in an admonition"),
        ("## Words\n\n<!--\n1. One\n2. Two\n-->\n", 5, "a list in a comment"),
        ("## Words[^1]\n\n[^1]:\n    1. One\n    2. Two\n", 5, "a list in a footnote"),
    ],
)
def test_not_steps(text: str, line: int, reason: str) -> None:
    """Not steps: lists of contents, links or references, and lists under headings such as References, Agenda,
    Definitions; text in quotations, comments, code and footnotes. `read` names each with the reason."""
    found = procedure(f"# T\n\n{text}")
    assert found.steps == ()
    reasons = {rest.line: rest.reason for rest in found.rest}
    if not found.facts:
        assert reasons[line] == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("```\n1. One\n2. Two\n```\n", "a list in code"),
        ("> - [ ] One\n> - [ ] Two\n", "a list in a quotation"),
        ("> | Step | Who |\n> |---|---|\n> | One | Lead |\n", "a table in a quotation"),
    ],
)
def test_not_steps_and_said_why(text: str, reason: str) -> None:
    """`read` names each with the reason."""
    (rest,) = procedure(f"# T\n\n{text}").rest
    assert rest.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "1. [Freeze](freeze.md) the branch\n2. [Tag](tag.md) it\n",
        "1. Look at [the page](a.md)\n2. [B](b.md)\n",
        "Do this:\n\n1. One\n",
    ],
)
def test_lists_that_are_steps_all_the_same(text: str) -> None:
    assert procedure(f"# T\n\n## Words\n\n{text}").steps


def test_a_flow_of_links_is_a_flow() -> None:
    """A process names its procedures by links; under a flow-like heading this is no list of links."""
    assert numbered(process("# R\n\n## Flow\n\n1. [Freeze](freeze.md)\n2. [Tag](tag.md)\n")) == [
        "1 Freeze",
        "2 Tag",
    ]


def test_own_words_make_a_heading_steps_like() -> None:
    text = "# T\n\n## Work plan\n\n- One\n"
    assert procedure(text).steps == ()
    assert numbered(procedure(text, recognise={"steps_headings": ["Work plan"]})) == ["1 One"]


def test_german_is_only_a_table() -> None:
    """English complete, German as proof that a second one is only a table."""
    text = "# T\n\n## Ablauf\n\n- Zweig einfrieren\n- Freigeben\n\n## Literatur\n\n1. Ein Buch\n"
    assert numbered(procedure(text, languages="de")) == ["1 Zweig einfrieren", "2 Freigeben"]


def test_a_step_carries_its_whole_body() -> None:
    """A step carries its whole body (paragraphs, code, notes, pictures, sub-steps)."""
    source = text_of("""
        1. Freeze the branch.

           More words.

           ```sh
           git push
           ```

           !!! note
               Aside.

           ![Picture](a.png)

           1. First
        2. Tag it
        """)
    first, second = procedure(source).steps
    assert first.body == "\n".join(line[3:] for line in source.split("\n")[:14])
    assert (first.line, first.column, first.end, first.text) == (1, 1, 14, "Freeze the branch.")
    assert (second.line, second.end, second.body) == (15, 15, "Tag it")


def test_a_heading_step_ends_with_its_last_block() -> None:
    first, last = procedure(
        "# T\n\n## Step 1: Open\n\nWords.\n\nMore.\n\n## Step 2: Close\n\nEnd.\n\n---\n\nFoot.\n"
    ).steps
    assert (first.line, first.end, first.body) == (3, 7, "Words.\n\nMore.")
    assert (last.line, last.end, last.body) == (9, 11, "End.")


def test_a_rule_in_the_last_heading_step_is_the_foot_of_the_page() -> None:
    found = procedure("# T\n\n## Step 1: Open\n\nWords.\n\n## Step 2: Close\n\nEnd.\n\n---\n\nFoot.\n")
    assert [(rest.line, rest.text) for rest in found.rest if rest.text] == [(11, "---"), (13, "Foot.")]


def test_an_empty_item_is_a_step_without_words() -> None:
    found = procedure("1.\n2. Two\n")
    assert [(step.number, step.text, step.id) for step in found.steps] == [
        ("1", "", "step"),
        ("2", "Two", "two"),
    ]


def test_a_step_that_opens_with_code() -> None:
    assert procedure("1. ```sh\n   git push\n   ```\n2. Two\n").steps[0].text == "git push"


def test_a_row_without_words_is_no_step() -> None:
    assert numbered(procedure("| Step | Who |\n|---|---|\n| One | A |\n|  |  |\n| Two | B |\n")) == [
        "1 One",
        "3 Two",
    ]


def test_a_second_table_of_steps_is_not_lost() -> None:
    found = procedure(f"# T\n\n{TABLE}\nWords.\n\n{TABLE.replace('table', 'second')}")
    assert "second" in " ".join([*numbered(found), *(rest.text for rest in found.rest)])


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("3. Wash", []),
        ("1. Wash", []),
        (
            "5. Wash",
            [
                "page.md:6:1 info list-number: This list opens at 5; the one before it would go on at 3. "
                "Write 3 if it goes on, or 1 if it is another list."
            ],
        ),
    ],
)
def test_a_list_that_goes_on_with_another_number_says_so(second: str, said: list[str]) -> None:
    """Lists heal only within a heading and only where the numbering continues exactly."""
    assert problems_of(handbook(f"1. Knead\n2. Bake\n\nThen it is hot\n\n{second}\n")) == said


def test_a_list_that_begins_again_behind_code_says_so() -> None:
    """The forge shows 1, 2, 1: the reader of the source sees code inside a step."""
    told = problems_of(handbook("1. Knead\n1. Bake:\n\n```sh\nbake\n```\n\n1. Cool\n"))
    assert told == [
        "page.md:8:1 info list-number: This list opens at 1; the one before it would go on at 3. "
        "If it goes on, indent the code before it as far as the words of its step."
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("1. Mix\n2. Knead\n4. Bake\n5. Cool\n", 3, "written as 4, and readers see 3"),
        ("1. Mix\n2. Knead\n2. Bake\n3. Cool\n", 3, "written as 2, and readers see 3"),
        ("1. Mix\n   1. Flour\n   3. Water\n2. Bake\n", 3, "written as 3, and readers see 2"),
        ("1. Mix\n2. Knead\n\nIt rises.\n\n3. Bake\n5. Cool\n", 7, "written as 5, and readers see 4"),
        ("1. Mix\n2. Knead\n\n1. Bake\n2. Cool\n", 4, "written as 1, and readers see 3"),
        ("## 1. Mix\n\n1. Flour\n3. Water\n\n## 2. Bake\n\nWords.\n", 4, "written as 3, and readers see 2"),
    ],
)
def test_a_number_that_readers_do_not_see_is_told_once(text: str, line: int, said: str) -> None:
    """A list counts on from its first number, whatever is written; the forge shows it so."""
    (problem,) = handbook(text).problems
    assert (problem.rule, problem.level, problem.line) == ("list-number", "info", line)
    assert said in problem.message


@pytest.mark.parametrize(
    "text", ["1. Mix\n1. Knead\n1. Bake\n", "0. Mix\n0. Knead\n", "3. Mix\n4. Knead\n", "7. Mix\n"]
)
def test_numbers_that_are_all_the_same_or_count_are_left(text: str) -> None:
    assert problems_of(handbook(text)) == []


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1. 2. 4.", ["This step calls itself 4, behind 2. Write 3, or put in what is missing."]),
        ("1. 2. 2.", ["This step calls itself 2, as the one before it does. Write 3, or put in what is missing."]),
        ("1.1 1.2 1.4", ["This step calls itself 1.4, behind 1.2. Write 1.3, or put in what is missing."]),
        ("1. 2a. 2b. 3.", []),
        ("1. 2. 1. 2.", []),
    ],
)
def test_a_heading_step_that_leaves_a_number_out_says_so(numbers: str, said: list[str]) -> None:
    found = handbook("# T\n\n" + "\n".join(f"## {number} Bake\n\nWords.\n" for number in numbers.split()))
    assert [f"{problem.message} {problem.mend}" for problem in found.problems] == said
    assert len(found.procedures[0].steps) == len(numbers.split())


def test_a_list_that_goes_back_may_be_two() -> None:
    (problem,) = handbook("1. Mix\n2. Knead\n\n1. Bake\n").problems
    assert problem.mend == "Write 3, or put a line of words before it if another list begins here."
    (problem,) = handbook("1. Mix\n3. Knead\n").problems
    assert problem.mend == "Write 2, or put in what is missing before it."
