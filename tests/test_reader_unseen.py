"""Patterns of handbooks that Handrail was not developed on, in words of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handrail.model import Document, Handbook
from tests.reading import arrows_of, handbook, numbered, problems_of, procedure, process, roles_of


def _titles(found: Handbook) -> list[str]:
    return [document.title for document in found.procedures]


def _left(found: Handbook) -> list[str | None]:
    """Return the reasons why lists of the page are none of steps."""
    rests = [*found.pages[0].rest, *(rest for document in found.procedures for rest in document.rest)]
    return [rest.reason for rest in rests if rest.reason]


SECTIONS = """
    # Oven plan

    ## 1. Purpose

    Words.

    ## 2. Who is responsible

    ### 2.1 Baker

    Words.

    ### 2.2 Shift lead

    Words.

    ## 3. Cleaning process

    ### 3.1 Cool down

    Words.

    ### 3.2 Sweep

    Words.

    ## 4. Rules of thumb

    ### 4.1 Heat

    Words.

    ### 4.2 Steam

    Words.
    """


@pytest.mark.parametrize("read", [procedure, process])
def test_below_numbered_sections_only_the_one_named_after_its_flow_holds_steps(
    read: Callable[[str], Document],
) -> None:
    """Numbered headings below the sections of a document are steps only under the section that says so."""
    assert numbered(read(SECTIONS)) == ["3.1 Cool down", "3.2 Sweep"]


def test_numbered_sections_may_hold_the_flow_two_levels_down() -> None:
    """A flow can stand below two levels of numbered sections."""
    text = """
        # Audits

        # 1.0 PURPOSE

        Words.

        # 2.0 AUDIT PROCESS

        ## 2.1 Responsibilities

        ### 2.1.1 Auditor

        Words.

        ### 2.1.2 Owner

        Words.

        ## 2.2 Audit process

        ### 2.2.1 Plan the audit

        Words.

        ### 2.2.2 Carry it out

        Words.
        """
    assert numbered(procedure(text)) == ["2.2.1 Plan the audit", "2.2.2 Carry it out"]


def test_numbered_headings_under_requirements_are_no_steps() -> None:
    """Numbered headings below a heading of facts or references are none of steps, and it is said why."""
    found = handbook(
        "# Add an oven\n\n## Requirements\n\n### 1. A free socket\n\nWords.\n\n### 2. A permit\n\nWords.\n"
    )
    assert [numbered(document) for document in found.procedures] == [[]]


@pytest.mark.parametrize(
    "heading",
    [
        "Regulatory references",
        "3.2 Our references",
        "Acronyms",
        "Safety precautions",
        "Ovens and equipment",
        "Lab materials",
        "Known issues",
        "Oven known issues",
        "Symptoms",
    ],
)
def test_a_list_under_such_a_heading_is_no_list_of_steps(heading: str) -> None:
    """What a heading ends with can say that no steps stand under it."""
    found = handbook(f"# T\n\n## {heading}\n\n1. One\n2. Two\n\n## Procedure\n\n1. Mix\n2. Bake\n")
    assert [numbered(document) for document in found.procedures] == [["1 Mix", "2 Bake"]]
    assert _left(found) == [f"a list under the heading {heading!r}"]


@pytest.mark.parametrize("heading", ["Update the references", "Collect the materials"])
def test_a_heading_that_tells_somebody_to_act_holds_steps(heading: str) -> None:
    """A heading that opens with a verb holds steps, whatever it ends with."""
    found = handbook(f"# T\n\n## {heading}\n\n1. One\n2. Two\n")
    assert [numbered(document) for document in found.procedures] == [["1 One", "2 Two"]]


def test_ordered_lists_that_number_a_document_s_sections_are_no_steps() -> None:
    """A document converted from a word processor numbers its sections as one-item lists."""
    text = """
        1.  **Purpose**

        > Words.

        1.  **Scope**

        > Words.

        1.  **Oven audit**

        > Words.
        """
    found = handbook(text)
    assert [numbered(document) for document in found.procedures] == [[]]
    assert _left(found) == ["numbered sections"] * 3


def test_a_list_of_bare_addresses_is_one_of_links() -> None:
    """Addresses in angle brackets are links like others."""
    found = handbook("# T\n\n## Refs\n\n1. <https://a.example/x>\n2. [B](https://b.example)\n\n## Bake\n\n1. Mix\n")
    assert [numbered(document) for document in found.procedures] == [["1 Mix"]]
    assert _left(found) == ["a list of links"]


def test_a_list_that_goes_on_a_second_list_belongs_to_it() -> None:
    """What is left with a list's beginning is left with its end."""
    text = """
        # T

        1. Mix
        2. Bake

        Judge the loaf by the following:

        1. Is it brown:

        - all around

        2. Is it dry
        """
    found = handbook(text)
    assert numbered(found.procedures[0]) == ["1 Mix", "2 Bake"]
    assert _left(found) == ["a second list under the heading, with words of its own before it"] * 2


@pytest.mark.parametrize("head", ["Status | Meaning", "Version | Changes", "Risk | Mitigation", "Role | Name"])
def test_the_head_of_a_table_of_two_columns_is_no_fact(head: str) -> None:
    """A table that explains words states no fact of the document with its head."""
    document = procedure(f"# T\n\n| {head} |\n|---|---|\n| Open | One |\n| Shut | Two |\n\n1. Mix\n")
    assert dict(document.facts) == {}


def test_the_head_of_a_table_of_facts_is_a_fact() -> None:
    """Where the rows are facts, the head is one too."""
    document = procedure("# T\n\n| Owner | Baker |\n|---|---|\n| Version | 3 |\n| Room | 12 |\n\n1. Mix\n")
    assert (document.fact("owner"), document.fact("version")) == ("Baker", "3")


def test_a_jump_to_a_step_of_another_list_is_none() -> None:
    """`Step 5 of the manual process` is a step of another list: no arrow, no problem."""
    text = (
        "# T\n\n1. Mix\n2. Continue with step 5 in the Manual section below.\n3. Go back to step 1 of this procedure.\n"
    )
    found = handbook(text)
    steps = found.procedures[0].steps
    assert arrows_of(steps[1]) == [f"{steps[2].id} implied"]
    assert arrows_of(steps[2]) == ["mix guessed"]
    assert problems_of(found, "dead-jump") == []


def test_the_number_that_a_task_bears_is_no_part_of_its_text_or_id() -> None:
    """Tasks numbered by hand: the id never holds the number."""
    document = procedure("# T\n\n- [ ] 1\\. **Heat** the oven\n- [ ] 2) Bake\n- [ ] 10. May is a holiday\n")
    assert [step.id for step in document.steps] == ["heat-the-oven", "bake", "10-may-is-a-holiday"]
    assert numbered(document) == ["1 Heat the oven", "2 Bake", "3 10. May is a holiday"]


def test_a_note_may_stand_before_the_bullets_of_a_steps_heading() -> None:
    """A quotation or an admonition above the bullets does not take them from their heading."""
    text = "# T\n\n## How to bake\n\n> NOTE: ask first.\n\nDo this:\n\n- Mix\n- Bake\n\nIn other words:\n\n- Cake\n"
    found = handbook(text)
    assert numbered(found.procedures[0]) == ["1 Mix", "2 Bake"]
    assert _left(found) == ["a second list under the heading, with words of its own before it"]


def test_every_list_of_tasks_under_a_heading_holds_steps() -> None:
    """Tasks with words before them are steps, however many lists of them there are."""
    document = procedure("# Checklist\n\nBefore:\n\n- [ ] Mix\n\nAfter:\n\n- [ ] Clean\n")
    assert numbered(document) == ["1 Mix", "2 Clean"]


@pytest.mark.parametrize("lead", ["Security review", "Customer notification", "Manager approval", "Team lunch"])
def test_an_activity_named_after_a_doer_is_no_role(lead: str) -> None:
    """A bold lead whose first word is a doer names an activity, unless it goes on with `of`."""
    assert [roles_of(step) for step in procedure(f"# T\n\n1. **{lead}:** do it\n").steps] == [[]]


def test_what_may_be_left_out_is_no_role() -> None:
    """Bold leads such as `Optional but recommended` are no roles, however often they stand on a page."""
    document = procedure("# T\n\n1. **Optional but recommended:** Ask\n2. **Optional but recommended:** Wait\n")
    assert [roles_of(step) for step in document.steps] == [[], []]


def test_a_doer_that_opens_a_name_before_of_is_a_role() -> None:
    """`Head of sales` is a role, though its last word is none."""
    document = procedure("# T\n\n1. **Head of packing:** sign it\n2. **Team lead:** send it\n")
    assert [roles_of(step) for step in document.steps] == [
        ["head-of-packing does lead"],
        ["team-lead does lead"],
    ]


def test_the_head_of_a_page_states_facts_of_each_of_its_procedures() -> None:
    """Owner and version at the head of a page hold for each procedure on it; its purpose does not."""
    text = """
        # Ovens

        **Owner:** Shift lead
        **Version:** 3
        **Purpose:** Bread

        ## Heat up

        1. Open the gas

        ## Shut down

        1. Close the gas
        """
    found = handbook(text)
    assert [(document.fact("owner"), document.fact("version")) for document in found.procedures] == [
        ("Shift lead", "3"),
        ("Shift lead", "3"),
    ]
    assert all("purpose" not in document.facts for document in found.procedures)
    assert problems_of(found, "said-twice") == []


def test_what_a_procedure_states_itself_holds_over_the_head_of_its_page() -> None:
    """A table or a comment under a procedure's own heading is nearer than the head of the page, and no contradiction."""
    text = """
        # Ovens

        **Owner:** Shift lead

        ## Heat up

        | | |
        |---|---|
        | Owner | Baker |

        1. Open the gas

        ## Shut down

        <!-- handrail: {owner: Driver} -->

        1. Close the gas

        ## Clean

        1. Sweep
        """
    found = handbook(text)
    assert [document.fact("owner") for document in found.procedures] == ["Baker", "Driver", "Shift lead"]
    assert problems_of(found, "said-twice") == []


def test_front_matter_and_head_that_differ_are_told_once() -> None:
    """A fact said twice at the head of a page of several procedures is one problem."""
    text = "---\nversion: 2\n---\n# T\n\n**Version:** 3\n\n## One\n\n1. Mix\n\n## Two\n\n1. Bake\n"
    found = handbook(text)
    assert [document.fact("version") for document in found.procedures] == ["2", "2"]
    assert len(problems_of(found, "said-twice")) == 1


def test_procedures_of_one_name_on_a_page_bear_their_parents_too() -> None:
    """Headings that stand twice on a page are told apart by what stands above them."""
    text = (
        "# Roles\n\n## Baker\n\n### Duties\n\n1. Mix\n\n## Driver\n\n### Duties\n\n1. Load\n\n### Training\n\n1. Read\n"
    )
    assert _titles(handbook(text)) == ["Baker: Duties", "Driver: Duties", "Training"]


def test_a_title_that_ends_in_step_by_step_says_that_its_bullets_are_steps() -> None:
    """`Month end step by step` is a steps-like heading."""
    assert numbered(procedure("# Month end, step by step\n\n- Count\n- Book\n")) == ["1 Count", "2 Book"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# T\n\n## Step 1: Look\n\nA\n\n## Step 2a: Found\n\nB\n\n## Step 2b: Not found\n\nC\n",
            ["1 Look", "2a Found", "2b Not found"],
        ),
        ("# T\n\n## Phase 1: Mix\n\n1. Flour\n2. Water\n\n## Phase 2 - Bake\n\nB\n", ["1 Mix", "1.1 Flour", "1.2 Water", "2 Bake"]),
        ("# T\n\n## Step One\n\nA\n\n## Step Two: Bake\n\nB\n", ["1 Step One", "2 Bake"]),
        ("# T\n\n## Phase I - Mix\n\nA\n\n## Phase II - Bake\n\nB\n", ["1 Mix", "2 Bake"]),
        ("# T\n\n## ✅ Step 1: Mix (5 min)\n\nA\n\n## ✅ Step 2: Bake\n\nB\n", ["1 Mix (5 min)", "2 Bake"]),
        ("# T\n\n## Step 1\n\nA\n\n## Step 2\n\nB\n", ["1 Step 1", "2 Step 2"]),
        ("# T\n\n## Stage 1 - Mix\n\nA\n\n## Stage 2 - Bake\n\nB\n", ["1 Mix", "2 Bake"]),
    ],
)  # fmt: skip
def test_headings_with_a_letter_and_phases_count(text: str, expected: list[str]) -> None:
    """Branches such as `Step 2a`, and phases and stages with a number, are numbered headings."""
    assert numbered(procedure(text)) == expected


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("| # | Mechanism | Notes |", 0),
        ("| No. | Loaf | Price |", 0),
        ("| # | Action |", 2),
        ("| # | Oven | Who |", 2),
        ("| Step | Mechanism |", 2),
    ],
)
def test_a_numbered_table_is_steps_where_a_column_says_what_somebody_does(head: str, count: int) -> None:
    columns = head.count("|") - 1
    rows = "".join(f"| {number} |{' Word |' * (columns - 1)}\n" for number in (1, 2))
    found = handbook(f"# T\n\n## Loaves\n\n{head}\n{'|---' * columns}|\n{rows}")
    assert sum(len(document.steps) for document in found.procedures) == count


def test_bullets_that_are_called_notes_are_no_steps() -> None:
    found = handbook("# T\n\n## How to bake\n\nNotes:\n\n- Dates are in UTC.\n- Names are made up.\n")
    assert [numbered(document) for document in found.procedures] == [[]]
    assert _left(found) == ["a list that is introduced with the words 'Notes'"]


def test_a_heading_action_holds_steps() -> None:
    assert numbered(procedure("# T\n\n## Action\n\n- Mix\n- Bake\n")) == ["1 Mix", "2 Bake"]


def test_the_first_of_several_sections_is_no_title() -> None:
    """A page whose headings of the first level are its sections is called by its file."""
    text = "# 1\\. Purpose\n\nWords.\n\n# 2\\. Procedure\n\n1. Mix\n"
    assert _titles(handbook({"control-of-ovens.md": text})) == ["Control of ovens"]
    assert _titles(handbook("# Purpose\n\n1. Mix\n")) == ["Purpose"]


def test_duties_under_the_roles_are_no_facts() -> None:
    """`Approvers` under `Roles and responsibilities` says what they do, not who approved the page."""
    text = "# T\n\n## Roles and responsibilities\n\n### Approvers\n\n- Read it.\n\n### Process owner\n\n- Writes it.\n"
    document = procedure(text)
    assert document.values("approved_by") == document.values("owner") == ()
    assert procedure("# T\n\n## Approvers\n\n- Quality manager\n").values("approved_by") == ("Quality manager",)


def test_a_quotation_that_opens_a_page_states_facts() -> None:
    text = "# T\n\n> **Status**: Active\n> **Owner**: Shift lead\n\n## Bake\n\n> **Owner**: nobody\n\n1. Mix\n"
    document = procedure(text)
    assert (document.values("status"), document.values("owner")) == (("effective",), ("Shift lead",))


@pytest.mark.parametrize(
    ("sentence", "arrows"),
    [
        ("Look. On failure, go back to step 1 (twice at most).", ["mix [On failure] guessed", "eat implied"]),
        ("Look. Go back to step 1 where it is not brown.", ["mix [Go back to step 1 where it is not brown.] guessed", "eat implied"]),
        ("Repeat step 1 once.", ["mix [Repeat step 1 once.] guessed", "eat implied"]),
        ("Repeat steps 1-2 two more times", ["mix [Repeat steps 1-2 two more times] guessed", "eat implied"]),
        ("Go back to step 1.", ["mix guessed"]),
    ],
)  # fmt: skip
def test_a_jump_that_is_not_all_that_a_step_says_leaves_the_way_on(sentence: str, arrows: list[str]) -> None:
    """What is repeated comes back; a later sentence of a step jumps only sometimes."""
    document = procedure(f"# T\n\n1. Mix\n2. Bake\n3. {sentence}\n4. Eat\n")
    assert arrows_of(document.steps[2]) == arrows


def test_sub_steps_have_the_numbers_that_their_lists_show() -> None:
    text = "# T\n\n## 1. Mix\n\nFirst:\n\n1. Flour\n2. Water\n\nThen:\n\n1. Salt\n\n## 2. Bake\n\nB\n"
    assert numbered(procedure(text)) == ["1 Mix", "1.1 Flour", "1.2 Water", "1.1 Salt", "2 Bake"]


def test_lines_under_document_information_are_facts() -> None:
    text = "# T\n\n## Document information\n\n- **Revision**: 1.0\n- **Owner:** Shift lead\n\n## Steps\n\n1. Mix\n"
    document = procedure(text)
    assert (document.values("version"), document.values("owner")) == (("1.0",), ("Shift lead",))


def test_letters_count_headings_below_a_steps_like_one() -> None:
    text = "# T\n\n## Procedure\n\n### A) Mix <br>\n\n- Flour\n\n### B) Bake\n\n1. Heat\n2. Wait\n"
    assert numbered(procedure(text)) == ["A Mix", "B Bake", "B.1 Heat", "B.2 Wait"]
    assert numbered(procedure("# T\n\n## A. Flour\n\nx\n\n## B. Water\n\nx\n")) == []


def test_how_a_page_is_used_is_none_of_its_steps() -> None:
    found = handbook("# T\n\n## How to use\n\n- Read it\n- Do it\n\n## How to use the oven\n\n- Heat\n- Bake\n")
    assert [numbered(document) for document in found.procedures] == [["1 Heat", "2 Bake"]]


def test_phases_and_plain_numbers_are_two_runs() -> None:
    """Numbered headings of another part of the page are no steps behind its phases."""
    text = "# T\n\n### Phase 1: Mix\n\nA\n\n### Phase 2: Bake\n\nB\n\n## Waste\n\n### 1. Crumbs\n\nC\n\n### 2. Crust\n\nD\n"
    assert numbered(procedure(text)) == ["1 Mix", "2 Bake"]


@pytest.mark.parametrize(
    ("item", "count"), [("Do [this](#a)", 2), ("[This](#a).", 0), ("([This](#a))", 0), ("[A](#a), [B](#b)", 0)]
)
def test_one_word_before_a_link_makes_a_step_of_it(item: str, count: int) -> None:
    found = handbook(f"# T\n\n## A\n\nWords.\n\n## B\n\n1. {item}\n2. {item}\n")
    assert sum(len(document.steps) for document in found.procedures) == count


def test_bold_numbers_of_several_parts_count_paragraphs() -> None:
    """They count inside a heading step, and below a heading such as Procedure."""
    text = "# T\n\n## Procedure\n\n### 1. Mix\n\n**1.1 Weigh**\n- [ ] Flour\n\n**1.2 Knead**\nSlowly.\n\n### 2. Bake\n\nHot.\n"
    assert numbered(procedure(text)) == ["1 Mix", "1.1 Weigh", "1.1.1 Flour", "1.2 Knead", "2 Bake"]
    text = "# T\n\n## 5. Procedure\n\n**5.1 Mix**\n\nA\n\n__5.2. Bake__ it\n\nB\n"
    assert numbered(procedure(text)) == ["5.1 Mix", "5.2 Bake it"]
    assert numbered(procedure("# T\n\n## Procedure\n\n**1.5 kg flour\n\n**2.5 kg water\n")) == []


@pytest.mark.parametrize("heading", ["9. Definition of done", "Done when", "Expected results"])
def test_what_shows_that_it_is_done_is_no_step(heading: str) -> None:
    document = procedure(
        f"# T\n\n## Steps\n\n1. Mix\n2. Bake\n\n## {heading}\n\n- [ ] The crust is brown\n- [ ] It is cold\n"
    )
    assert numbered(document) == ["1 Mix", "2 Bake"]
    assert document.fact("done_when") == "The crust is brown\nIt is cold"


def test_a_label_alone_in_its_line_takes_what_stands_below_it() -> None:
    """In the same paragraph it takes the lines up to the next label; else the list or the paragraph right under it."""
    document = procedure(
        """
        # T

        **Purpose:**
        Bread for
        the shop.
        **Owner:** Baker

        **Prerequisites:**

        - [ ] The oven is clean
        - [ ] The flour is sieved

        __Scope__:

        All shops.

        ## Steps

        1. Mix
        """
    )
    assert (document.fact("purpose"), document.fact("owner")) == ("Bread for the shop.", "Baker")
    assert document.values("prerequisites") == ("The oven is clean", "The flour is sieved")
    assert [(name, stated.text) for name, stated in document.aspects] == [("Scope", "All shops.")]
    assert numbered(document) == ["1 Mix"]


def test_a_label_that_announces_nothing_takes_nothing() -> None:
    text = "# T\n\n**Mind the gap:**\n\n- Left\n\n**Owner of the oven:**\n\n- Right\n\n## Steps\n\n1. Mix\n"
    assert procedure(text).facts == {}


def test_what_is_needed_above_several_procedures_is_needed_for_each() -> None:
    """Only what stands above the first one, right under the page's title; what a procedure states itself holds over it."""
    text = """
        # Ovens

        **Competence:** Oven licence

        ## Purpose

        Bread.

        ## Before you start

        - The gas is on

        ## Heat up

        1. Open it

        ## Shut down

        ### Prerequisites

        - It is cold

        ### Steps

        1. Close it

        ## Exceptions

        None.
        """
    found = handbook(text)
    assert [document.values("prerequisites") for document in found.procedures] == [("The gas is on",), ("It is cold",)]
    assert [document.fact("competence") for document in found.procedures] == ["Oven licence", "Oven licence"]
    assert not any(name in document.facts for document in found.procedures for name in ("purpose", "may_deviate"))
    assert [rest.text for rest in found.pages[0].rest] == ["Bread.", "None."]


def test_what_stands_beside_a_heading_such_as_steps_belongs_to_it() -> None:
    """Where no other steps stand below the heading above both."""
    text = "# T\n\n## Heat\n\n### Scope\n\nGas\n\n### Steps\n\n1. Mix\n\n### Exceptions\n\nNone\n\n## Cool\n\n1. Wait\n"
    heat, cool = handbook(text).procedures
    assert (heat.title, heat.fact("may_deviate"), [name for name, _ in heat.aspects]) == ("Heat", "None", ["Scope"])
    assert cool.facts == {}
    text = "# T\n\n## Heat\n\n### Scope\n\nGas\n\n### Steps\n\n1. Mix\n\n### Cool\n\n1. Wait\n"
    assert not any(document.aspects for document in handbook(text).procedures)


def test_what_is_needed_for_one_part_of_a_page_is_not_needed_for_another() -> None:
    text = "# T\n\n## A\n\n### Prerequisites\n\nGas\n\n## B\n\n1. Mix\n\n## C\n\n1. Bake\n"
    assert not any(document.facts for document in handbook(text).procedures)


@pytest.mark.parametrize("heading", ["Roles", "Responsibilities", "3. Duties"])
def test_bold_names_under_responsibilities_are_roles(heading: str) -> None:
    """What is said of each belongs to none of the names, and the steps of the page know them."""
    text = f"# T\n\n## {heading}\n\n- **Head baker**: Shapes it.\n- **Driver** – takes it\n\n## Steps\n\n1. The driver counts it\n"
    document = procedure(text)
    assert document.values("roles") == ("Head baker", "Driver")
    assert roles_of(document.steps[0]) == ["driver does subject"]


@pytest.mark.parametrize(
    "said",
    [
        "- Shape the loaves.\n- Take them out.",
        "- **Head baker**: Shapes it.\n- Take them out.",
        "1. **Prepare** the oven\n2. **Baker**: Wait",
        "- **Prepare** the oven\n- **Clean** it",
        "- **Baker**\n- **Driver**",
        "| Duty | When |\n|---|---|\n| Baking | Daily |",
    ],
)
def test_other_lists_under_responsibilities_name_no_roles(said: str) -> None:
    found = handbook(f"# T\n\n## Responsibilities\n\n{said}\n\n## Steps\n\n- Mix\n")
    assert not any("roles" in document.facts for document in found.procedures)


def test_a_table_under_responsibilities_names_roles() -> None:
    text = "# T\n\n## Responsibilities\n\n| Role | Duty |\n|---|---|\n| Baker | Bakes |\n\n## Steps\n\n1. The baker bakes\n"
    document = procedure(text)
    assert (document.values("roles"), roles_of(document.steps[0])) == (("Baker",), ["baker does subject"])


def test_words_under_roles_are_kept_where_no_name_opens_them() -> None:
    said = "- Baker, who bakes\n- **Driver:** drives\n- Shop lead: opens the shop\n- Mind the gap: it is wide"
    document = procedure(f"# T\n\n## Roles\n\n{said}\n\n## Steps\n\n1. Mix\n")
    assert document.values("roles") == ("Baker, who bakes", "Driver", "Shop lead", "Mind the gap: it is wide")


def test_a_registered_handbook_takes_no_roles_from_a_page_s_text() -> None:
    text = "# T\n\n## Roles\n\n- **Driver:** drives\n\n## Steps\n\n1. The driver counts\n"
    assert [roles_of(step) for step in procedure(text, roles=["Baker"]).steps] == [[]]


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("Follow these steps:", 2),
        ("The steps to bake are:", 2),
        ("It is cold. **Do these steps in order:**", 2),
        ("Detailed steps may include:", 0),
        ("Do one of these steps:", 0),
        ("Other steps:", 0),
        ("Mind these steps.", 0),
        ("We bake:", 0),
    ],
)
def test_bullets_are_steps_where_the_line_before_calls_them_so(lead: str, count: int) -> None:
    found = handbook(f"# T\n\n## Bread\n\nWords.\n\n{lead}\n\n- Mix the flour\n- Bake it\n")
    assert sum(len(document.steps) for document in found.procedures) == count


def test_bullets_that_are_no_actions_are_no_steps_whatever_the_line_before_says() -> None:
    assert procedure("# T\n\n## Bread\n\nThese steps have names:\n\n- Flour\n- Water\n- Mix them\n").steps == ()
    assert len(procedure("# T\n\nDie Schritte sind:\n\n- Teig kneten\n- Brot backen\n", languages=["de"]).steps) == 2
    assert procedure("# T\n\nWeitere Schritte:\n\n- Teig kneten\n- Brot backen\n", languages=["de"]).steps == ()


def test_numbers_win_over_bullets_behind_such_a_line() -> None:
    text = "# T\n\n## Bread\n\nFollow these steps:\n\n- Mix\n- Bake\n\nThen:\n\n1. Eat\n2. Clean\n"
    assert numbered(procedure(text)) == ["1 Eat", "2 Clean"]


@pytest.mark.parametrize(
    ("heading", "said", "trigger"),
    [
        ("When to revise a recipe", "- A new flour\n- A new oven", ("A new flour", "A new oven")),
        ("2. When to revise it", "Revise it when:\n\n- It is old\n- It is wrong", ("It is old", "It is wrong")),
        ("When to engage Purchasing", "Any new supplier.", ("Any new supplier.",)),
        ("When to escalate", "- The oven smokes", None),
        ("When not to bake", "- On Sundays", None),
        ("When to revise it", "It is hard to say.\n\nAsk the baker.", None),
        ("When to revise it", "It is hard to say.\n\n- Ask", None),
        ("When", "- A new flour", None),
    ],
)
def test_a_heading_that_opens_with_when_to_states_what_starts_the_work(
    heading: str, said: str, trigger: tuple[str, ...] | None
) -> None:
    document = procedure(f"# T\n\n## {heading}\n\n{said}\n\n## Steps\n\n1. Mix\n2. Bake\n")
    assert document.values("trigger") == (trigger or ())


def test_when_to_do_something_deeper_on_the_page_starts_another_work() -> None:
    text = "# T\n\n## Roles\n\nWords.\n\n### When to call them in\n\n### When to replace them\n\n- Smoke\n\n## Steps\n\n1. Mix\n"
    assert "trigger" not in procedure(text).facts


@pytest.mark.parametrize(
    ("written", "status"), [("Draft", "draft"), ("approved", "effective"), ("on hold", None), ("[a, b]", None)]
)
def test_a_status_in_other_front_matter_counts_where_its_word_is_known(written: str, status: str | None) -> None:
    document = procedure(f"---\nstatus: {written}\n---\n# T\n\n## Steps\n\n1. Mix\n")
    assert document.fact("status") == status


@pytest.mark.parametrize(
    "heading", ["Materials", "4. Materials and equipment", "Reagents", "Required access", "What you'll need"]
)
def test_materials_are_what_has_to_be_there(heading: str) -> None:
    document = procedure(f"# T\n\n## {heading}\n\n1. Flour\n2. Water\n\n## Steps\n\n1. Mix\n")
    assert (document.values("prerequisites"), numbered(document)) == (("Flour", "Water"), ["1 Mix"])


def test_a_title_above_a_subtitle_opens_the_page_together_with_it() -> None:
    text = "# Ovens\n\n## Of the shop\n\n**Owner:** Baker\n**Version:** 2\n\n## Steps\n\n1. Mix\n"
    document = procedure(text)
    assert (document.fact("owner"), document.fact("version")) == ("Baker", "2")
    found = handbook("# Ovens\n\n## Heat\n\n**Owner:** Baker\n\n1. Mix\n\n## Cool\n\n1. Wait\n")
    assert [document.fact("owner") for document in found.procedures] == ["Baker", None]
    found = handbook("# Ovens\n\n## Of the shop\n\n**Owner:** Baker\n\n## Heat\n\n1. Mix\n\n## Cool\n\n1. Wait\n")
    assert [document.fact("owner") for document in found.procedures] == ["Baker", "Baker"]
    assert (
        "owner"
        not in procedure("# Ovens\n\nWords.\n\n## Of the shop\n\n**Owner:** Baker\n\n## Steps\n\n1. Mix\n").facts
    )


def test_an_objective_beside_the_purpose_is_kept_under_its_own_name() -> None:
    found = handbook("# T\n\n## Purpose\n\nBread.\n\n## Objective\n\n- Good bread\n\n## Steps\n\n1. Mix\n")
    (document,) = found.procedures
    assert document.fact("purpose") == "Bread."
    assert [(name, stated.text) for name, stated in document.aspects] == [("Objective", "Good bread")]
    assert problems_of(found, "said-twice") == []


@pytest.mark.parametrize(
    ("heading", "purpose", "aspects"),
    [
        ("Purpose and scope", "Bread.", []),
        ("Purpose / Aim", "Bread.", []),
        ("2. Scope / Field of use", None, ["Scope / Field of use"]),
        ("Mixing / Purpose", None, []),
        ("Scope & definitions", None, ["Scope & definitions"]),
        ("Scope and applicability", None, ["Scope and applicability"]),
        ("Scope and thoughts", None, []),
        ("Inputs and flour", None, []),
    ],
)
def test_two_words_in_one_heading(heading: str, purpose: str | None, aspects: list[str]) -> None:
    document = procedure(f"# T\n\n## {heading}\n\nBread.\n\n## Steps\n\n1. Mix\n")
    assert (document.fact("purpose"), [name for name, _ in document.aspects]) == (purpose, aspects)


@pytest.mark.parametrize(
    "heading", ["§ 3 Board", "§3 Board", "Article 5: Board", "Article IV", "Escalation chain", "5. Severity levels"]
)
def test_rules_and_levels_are_no_steps(heading: str) -> None:
    found = handbook(f"# T\n\n## {heading}\n\n1. The board meets twice a year\n2. It keeps minutes\n")
    assert [document.steps for document in found.procedures] == [()]
    assert _left(found) == [f"a list under the heading {heading!r}"]


def test_articles_without_a_number_are_no_law() -> None:
    assert len(procedure("# T\n\n## Article review\n\n1. Read it\n2. Sign it\n").steps) == 2


def test_a_document_s_own_data_hold_for_each_procedure_of_its_page() -> None:
    said = "## Document control\n\n- **Owner:** Baker\n\n| Version | 3 |\n|---|---|\n| Status | Draft |\n"
    found = handbook(f"# T\n\n{said}\n## Heat\n\n1. Mix\n\n## Cool\n\n1. Wait\n")
    names = ("owner", "version", "status")
    states = [tuple(document.fact(name) for name in names) for document in found.procedures]
    assert states == [("Baker", "3", "draft"), ("Baker", "3", "draft")]


def test_bullets_of_the_parts_below_a_heading_such_as_steps_are_steps() -> None:
    """Where it holds nothing itself, its first part opens with bullets, and half of a part's bullets are actions."""
    parts = "### Dough\n\n- **Prepare** - Slowly\n- Check it\n\n### Oven\n\n- Heat it\n- Load it\n\n### Smell\n\n- Sweet\n- Sour\n"
    found = handbook(f"# T\n\n## Process steps\n\n{parts}")
    assert [(document.title, len(document.steps)) for document in found.procedures] == [("Dough", 2), ("Oven", 2)]
    for other in (
        "## Process steps\n\nWords.\n",
        "## Recipes\n",
        "## Steps\n\n### Flour\n\n1. Sieve it\n2. Weigh it\n",
    ):
        found = handbook(f"# T\n\n{other}\n{parts}")
        assert not any(step.text == "Heat it" for document in found.procedures for step in document.steps)


def test_a_plain_label_alone_in_its_line_takes_the_list_right_under_it() -> None:
    """A paragraph under it is none of its values: only a bold label is sure to be one."""
    text = "# T\n\nPrerequisites\n- Gas\n- Water\n\nCompetence:\n\n1. Oven licence\n\nScope\n\nAll shops.\n\n## Steps\n\n1. Mix\n"
    document = procedure(text)
    assert (document.values("prerequisites"), document.values("competence")) == (("Gas", "Water"), ("Oven licence",))
    assert (document.aspects, numbered(document)) == ((), ["1 Mix"])


@pytest.mark.parametrize(
    ("label", "owner"), [("Eigentümer (Owner)", "Bäcker"), ("Owner (name, role)", None), ("(Owner)", None)]
)
def test_a_label_may_be_said_again_in_a_bracket(label: str, owner: str | None) -> None:
    text = f"# T\n\n| Feld | Wert |\n|---|---|\n| {label} | Bäcker |\n\n## Ablauf\n\n1. Mischen\n"
    assert procedure(text, languages=["de", "en"]).fact("owner") == owner


def test_a_review_date_is_that_of_the_next_review() -> None:
    document = procedure("# T\n\n**Effective date:** 2024-01-01\n**Review date:** 2025-01-01\n\n## Steps\n\n1. Mix\n")
    assert document.fact("review.next") == "2025-01-01"


def test_a_purpose_that_is_stated_twice_is_still_a_problem() -> None:
    found = handbook("# T\n\n## Purpose\n\nBread.\n\n## Steps\n\n1. Mix\n\n## Purpose\n\nCake.\n")
    assert len(problems_of(found, "said-twice")) == 1


@pytest.mark.parametrize(
    ("said", "does"),
    [
        ("All reviewers approve it", True),
        ("The reviewers provide words", True),
        ("A reviewer counter-signs it", True),
        ("Reviewers list", False),
        ("Reviewer approve", False),
    ],
)
def test_the_subject_of_a_step_may_be_several(said: str, does: bool) -> None:
    (only,) = procedure(f"# T\n\n## Steps\n\n1. {said}\n", roles=["Reviewer"]).steps
    assert roles_of(only) == (["reviewer does subject"] if does else [])


@pytest.mark.parametrize("heading", ["Roles and responsibilities", "Responsibilities"])
def test_bold_names_alone_above_their_duties_are_roles(heading: str) -> None:
    said = "**Head baker:**\n\n- Shapes it\n- Bakes it\n\n**Driver**\n\nTakes it."
    document = procedure(f"# T\n\n## {heading}\n\n{said}\n\n## Steps\n\n1. The driver counts it\n")
    assert document.values("roles") == ("Head baker", "Driver")
    assert roles_of(document.steps[0]) == ["driver does subject"]
    assert [rest.text for rest in document.rest if rest.text] == ["- Shapes it\n- Bakes it", "Takes it."]


def test_it_is_a_role_where_it_is_written_in_capitals() -> None:
    document = procedure("# T\n\n## Steps\n\n1. **IT manager:** Grant it\n2. **It:** works\n")
    assert [roles_of(step) for step in document.steps] == [["it-manager does lead"], []]
