"""Steps that are paragraphs: each opens with the word for step and its number."""

from __future__ import annotations

import pytest

from handrail.model import Document
from tests.reading import arrows_of, handbook, numbered, problems_of, procedure, roles_of

PAGE = """
    # Bread

    Words before.

    **Step 1:** Weigh the flour.

    - Expect: the scales show grams.
    - Record: Baking log

    <a id="mix"></a>**Step 2 – Mix**
    Take the large bowl. See [the oven](oven.md).

    1. Pour in the water.
    2. Stir.

    Step 3: Knead the dough
    until it shines.

    ```sh
    knead
    ```

    **Step 4 (optional):** If it is dry, go back to [Mix](#mix).

    **Step 5**

    Bake it.

    ---

    Words behind.
    """


def _lines(document: Document) -> list[tuple[str, int]]:
    return [(step.id, step.line) for step in document.all_steps()]


def test_each_has_what_stands_between_it_and_the_next() -> None:
    found = procedure(PAGE)
    weigh, mix, knead, again, bake = found.steps

    assert found.form == "paragraphs"
    assert [f"{step.number} {step.text}" for step in found.steps] == [
        "1 Weigh the flour.",
        "2 Mix",
        "3 Knead the dough until it shines.",
        "4 If it is dry, go back to Mix.",
        "5 Step 5",
    ]
    assert (weigh.expect, weigh.records) == ("the scales show grams.", ("Baking log",))
    assert [f"{step.number} {step.text}" for step in mix.steps] == ["2.1 Pour in the water.", "2.2 Stir."]
    assert mix.body.startswith('<a id="mix"></a>**Mix**\nTake the large bowl.')
    assert mix.body.endswith("2. Stir.")
    assert knead.body == "Knead the dough\nuntil it shines.\n\n```sh\nknead\n```"
    assert (again.optional, arrows_of(again)) == (True, ["mix [If it is dry]", "step-5 implied"])
    assert bake.body == "Bake it."
    assert [rest.text for rest in found.rest] == ["Words before.", "---", "Words behind."]


def test_ids_and_lines_are_those_of_the_paragraphs() -> None:
    assert _lines(procedure(PAGE)) == [
        ("weigh-the-flour", 5),
        ("mix", 10),
        ("pour-in-the-water", 13),
        ("stir", 14),
        ("knead-the-dough-until-it-shines", 16),
        ("if-it-is-dry-go-back-to-mix", 23),
        ("step-5", 25),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "**Step {}:** {}",
        "**Step {}**: {}",
        "**Step {}.** {}",
        "**Step {}** {}",
        "**Step {}** – {}",
        "**Step {} – {}**",
        "**Step {}—{}**",
        "**Step {} - {}**",
        "__Step {}:__ {}",
        "*Step {}: {}*",
        "***Step {}:*** {}",
        "STEP {}: {}",
        "Step {}. {}",
        "Step {}) {}",
        "Step {} - {}",
        "Phase {}: {}",
        "**Stage {}:** {}",
        "🔧 **Step {}:** {}",
        "<a name=one{}></a>**Step {}:** {}",
    ],
)
def test_how_a_paragraph_calls_itself_a_step(written: str) -> None:
    def said(number: str, text: str) -> str:
        places = written.count("{}")
        return written.format(*[number] * (places - 1), text)

    text = f"# T\n\n{said('1', 'Mix it')}\n\n{said('2', 'Bake it')}\n"
    assert numbered(procedure(text)) == ["1 Mix it", "2 Bake it"]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("Step One: Mix", "Step Two: Bake", ["1", "2"]),
        ("**Phase I – Mix**", "**Phase II – Bake**", ["1", "2"]),
        ("**Step 2a:** Mix", "**Step 2b:** Bake", ["2a", "2b"]),
        ("**Step 1.1:** Mix", "**Step 1.2:** Bake", ["1.1", "1.2"]),
        ("**Step 0:** Mix", "**Step 1:** Bake", ["0", "1"]),
    ],
)
def test_how_they_count(first: str, second: str, numbers: list[str]) -> None:
    found = procedure(f"# T\n\n{first}\n\nWords.\n\n{second}\n")
    assert [step.number for step in found.steps] == numbers
    assert [step.text for step in found.steps] == ["Mix", "Bake"]


@pytest.mark.parametrize(
    "text",
    [
        "Step 1 is done by hand.\n\nStep 2 is not.\n",
        "Step 1-3: the oven.\n\nStep 2–4: the table.\n",
        "Steps 1: a\n\nSteps 2: b\n",
        "As in step 1: mix.\n\nAs in step 2: bake.\n",
        "`Step 1:` mix\n\n`Step 2:` bake\n",
        "> **Step 1:** mix\n>\n> **Step 2:** bake\n",
        "## References\n\n**Step 1:** see the book.\n\n**Step 2:** see the film.\n",
    ],
)
def test_what_only_speaks_of_steps_is_none(text: str) -> None:
    assert [numbered(document) for document in handbook(f"# T\n\n{text}").procedures] == [[]]


def test_in_german_too() -> None:
    found = procedure("# T\n\n**Schritt 1:** Mehl wiegen\n\n**Schritt 2 – Kneten**\nGut kneten.\n", languages=["de"])
    assert numbered(found) == ["1 Mehl wiegen", "2 Kneten"]


def test_steps_inside_phases() -> None:
    text = """
        # T

        **Phase 1: Prepare**

        **Step 1:** Weigh

        **Step 2:** Mix

        **Phase 2: Bake**

        1. Heat
        2. Load
        """
    assert numbered(procedure(text)) == ["1 Prepare", "1.1 Weigh", "1.2 Mix", "2 Bake", "2.1 Heat", "2.2 Load"]


def test_lists_and_tables_between_them_are_no_steps_of_their_own() -> None:
    text = "# T\n\n**Step 1: Mix**\n1. Flour\n2. Water\n\n**Step 2: Bake**\n\n| Step | Who |\n|---|---|\n| a | b |\n| c | d |\n"
    found = procedure(text)
    assert (found.form, numbered(found)) == ("paragraphs", ["1 Mix", "1.1 Flour", "1.2 Water", "2 Bake"])


def test_numbered_headings_come_first() -> None:
    text = "# T\n\n## Step 1: Mix\n\n**Step 1:** Flour\n\n**Step 2:** Water\n\n## Step 2: Bake\n\nWords.\n"
    assert procedure(text).form == "headings"


def test_under_two_headings_they_are_two_procedures() -> None:
    text = "# T\n\n## Mix\n\n**Step 1:** a\n\n**Step 2:** b\n\n## Bake\n\n**Step 1:** c\n\n**Step 2:** d\n"
    assert [numbered(document) for document in handbook(text).procedures] == [["1 a", "2 b"], ["1 c", "2 d"]]


def test_numbers_that_begin_again_begin_a_flow() -> None:
    found = procedure("# T\n\nStep 1: a\n\nStep 2: b\n\nWords.\n\nStep 1: c\n\nStep 2: d\n")
    assert [step.flow for step in found.steps] == [1, 1, 2, 2]
    assert [step.next for step in found.steps][1] == ()


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        (
            "1 2 4",
            "page.md:7:1 info list-number: This step calls itself 4, behind 2. Write 3, or put in what is missing.",
        ),
        (
            "1 2 2",
            "page.md:7:1 info list-number: This step calls itself 2, as the one before it does. Write 3, or put in what is "
            "missing.",
        ),
        (
            "1 3 2",
            "page.md:5:1 info list-number: This step calls itself 3, behind 1. Write 2, or put in what is missing.",
        ),
    ],
)
def test_numbers_that_do_not_count_are_told_and_the_steps_read(numbers: str, problem: str) -> None:
    found = handbook("# T\n\n" + "\n\n".join(f"**Step {number}:** Bake" for number in numbers.split()) + "\n")
    assert [step.number for step in found.procedures[0].steps] == numbers.split()
    assert problem in problems_of(found, "list-number")


@pytest.mark.parametrize("written", ["Step {}: Mix\n\n", "{} Mix\n\n", "### {} Mix\n\nWords.\n\n"])
@pytest.mark.parametrize("numbers", ["5.1 5.2 6.1 6.2", "1.0 2.0 3.0", "1.1.1 1.1.2 1.2.1"])
def test_another_chapter_begins_its_own_count(written: str, numbers: str) -> None:
    found = handbook("# T\n\n## Procedure\n\n" + "".join(written.format(number) for number in numbers.split()))
    assert [step.number for step in found.procedures[0].steps] == numbers.split()
    assert problems_of(found, "list-number") == []


def test_one_alone_is_no_step_and_the_reason_is_given() -> None:
    found = handbook("# T\n\n**Step 1:** Mix\n\n**Phase 2:** Bake\n")
    (document,) = found.procedures
    assert document.steps == ()
    assert [rest.reason for rest in document.rest] == ["a paragraph that alone calls itself a step"] * 2
    listed = procedure("# T\n\n**Step 1:** Mix\n\n1. Flour\n2. Water\n")
    assert (listed.form, numbered(listed)) == ("list", ["1 Flour", "2 Water"])


def test_roles_labels_and_decisions_are_read_as_in_other_forms() -> None:
    text = """
        # T

        **Step 1:** **Baker:** weigh the flour.

        **Within:** 2 hours

        **Step 2:** Is it dry?

        - **Yes:** go to step 1
        - **No:** end
        """
    found = procedure(text, roles=["Baker"])
    assert roles_of(found.steps[0]) == ["baker does lead"]
    assert found.steps[0].within is not None
    assert found.steps[1].kind == "decision"
    assert arrows_of(found.steps[1]) == ["weigh-the-flour [Yes] guessed", "end [No]"]


def test_a_process_has_its_flow_in_this_form_too() -> None:
    found = handbook("# T\n\n## Flow\n\nStep 1: [Mix](a.md)\n\nStep 2: Bake\n", kinds={"**": "process"})
    assert [numbered(document) for document in found.processes] == [["1 Mix", "2 Bake"]]


BROKEN = """
# T

**Step 1:** Mix\x20\x20
**Step 2:** Bake\x20\x20
until it is brown.\\
**Step 3:** Eat

- Expect: it is good
"""


def test_lines_of_one_paragraph_are_steps_where_readers_see_them_apart() -> None:
    """Behind two spaces or a backslash begins a new line."""
    found = procedure(BROKEN)
    assert numbered(found) == ["1 Mix", "2 Bake until it is brown.", "3 Eat"]
    assert [(step.line, step.end, step.body) for step in found.steps] == [
        (3, 3, "Mix"),
        (4, 5, "Bake  \nuntil it is brown.\\"),
        (6, 8, "Eat\n\n- Expect: it is good"),
    ]
    assert found.steps[2].expect == "it is good"
    assert found.rest == ()


def test_numbers_of_several_parts_are_steps_below_a_steps_like_heading() -> None:
    text = "# T\n\n## 5. Procedure\n\n5.1 Open\n\n5.1.1 Slowly\n\n5.1.2 Fully\n\n- Expect: air\n\n5.2. Close\n"
    found = procedure(text)
    assert numbered(found) == ["5.1 Open", "5.1.1 Slowly", "5.1.2 Fully", "5.2 Close"]
    assert [step.expect for step in found.all_steps()] == [None, None, "air", None]
    assert numbered(procedure(text.replace("Procedure", "Rules"))) == []
    assert numbered(procedure("# T\n\n## Steps\n\n1.5 kg of flour\n\n2.5 kg of water\n")) == []


def test_a_number_of_more_than_six_parts_counts_nothing() -> None:
    """Each part is a step inside a step: a page of hundreds would go deeper than any reader."""
    text = "# T\n\n## Procedure\n\n{0}1 Open\n\n{0}2 Close\n"
    assert numbered(procedure(text.format("5." * 5))) == ["5.5.5.5.5.1 Open", "5.5.5.5.5.2 Close"]
    assert numbered(procedure(text.format("5." * 6))) == []


def test_inside_a_heading_step_they_are_its_sub_steps() -> None:
    text = "# T\n\n## 1. Mix\n\nWords.\n\n1.1 Flour\n\n- Expect: dust\n\n1.2 Water\n\n## 2. Bake\n\n3.1 a\n\n3.2 b\n"
    found = procedure(text)
    assert numbered(found) == ["1 Mix", "1.1 Flour", "1.2 Water", "2 Bake"]
    assert [step.expect for step in found.all_steps()] == [None, "dust", None, None]
    named = procedure("# T\n\n## 1. Mix\n\n**Step 1:** a\n\n**Step 2:** b\n\n## 2. Bake\n\nWords.\n")
    assert numbered(named) == ["1 Mix", "1.1 a", "1.2 b", "2 Bake"]


def test_several_in_one_paragraph_are_named_and_not_read() -> None:
    """Readers see one paragraph, which can have one place alone."""
    (document,) = handbook("# T\n\n**Step 1:** Mix\n**Step 2:** Bake\n").procedures
    assert document.steps == ()
    assert [rest.reason for rest in document.rest] == [
        "several steps in one paragraph; a line break or an empty line between them makes each a step"
    ]
    mixed = procedure("# T\n\n**Step 1:** Mix\n**Step 2:** Bake\n\n**Step 3:** Cool\n\n**Step 4:** Eat\n")
    assert numbered(mixed) == ["3 Cool", "4 Eat"]


def test_numbers_that_run_on_in_one_paragraph_are_named_too() -> None:
    reason = "several steps in one paragraph; a line break or an empty line between them makes each a step"
    for lines in ("5.1 Mix\n5.2 Bake\n", "**1. Mix**\n**2. Bake**\n", "5.1 Mix  \n5.2 Bake\n5.3 Eat\n"):
        (document,) = handbook(f"# T\n\n## Procedure\n\n{lines}").procedures
        assert (document.steps, [rest.reason for rest in document.rest if rest.line == 5]) == ((), [reason]), lines
        assert reason not in [rest.reason for rest in procedure(f"# T\n\n## Values\n\n{lines}").rest]
    wrapped = procedure("# T\n\n## Procedure\n\n5.1 Take\n1.5 kg of flour\n\n5.2 Bake\n")
    assert numbered(wrapped) == ["5.1 Take 1.5 kg of flour", "5.2 Bake"]


def test_notes_on_the_steps_of_a_list_are_no_steps() -> None:
    notes = "Step 2: wear gloves.\n\nStep 3: ask the baker.\n"
    listed = procedure(f"# T\n\n1. Mix\n2. Heat\n3. Bake\n\n{notes}")
    assert (listed.form, numbered(listed)) == ("list", ["1 Mix", "2 Heat", "3 Bake"])
    assert [rest.reason for rest in listed.rest] == ["a note on a step of the list above it"] * 2
    assert numbered(procedure(f"# T\n\n1. Flour\n\n{notes}")) == ["2 wear gloves.", "3 ask the baker."]


def test_lines_below_a_bold_sentence_are_read() -> None:
    bake, _ = procedure("# Bread\n\n**Step 1: Bake**\nRecord: Baking log\n\n**Step 2: Eat**\n").steps

    assert bake.text == "Bake"
    assert bake.records == ("Baking log",)
