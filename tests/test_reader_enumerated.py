"""Ordered lists that count things up in prose are no steps, whatever else is; and no true step is lost for it."""

from __future__ import annotations

import pytest

from handrail.model import Handbook
from tests.reading import handbook, numbered

BAKE = "\n## Bake\n\n1. Mix\n2. Put it in\n"


def _read(text: str, **options: object) -> tuple[list[list[str]], list[str]]:
    """Return the steps of each document that has any, and the reasons why other lists are none."""
    found = handbook(text, **options)
    return [numbered(document) for document in found.procedures if document.steps], _reasons(found)


def _reasons(found: Handbook) -> list[str]:
    rests = [*found.pages[0].rest, *(rest for document in found.procedures for rest in document.rest)]
    return [rest.reason for rest in rests if rest.reason]


@pytest.mark.parametrize(
    ("lead", "first", "second", "reason"),
    [
        ("Two common mistakes:", "Too much water.", "Old flour.", "introduced with the words 'two common mistakes'"),
        ("We bake for the following reasons:", "Taste", "Smell", "introduced with the words 'following reasons'"),
        ("**Root causes:**", "A cold oven", "Old yeast", "introduced with the words 'causes'"),
        ("The dough must be:", "soft", "warm", "introduced with the words 'be'"),
        ("A loaf consists of:", "Flour", "Water", "introduced with the words 'consists of'"),
        (
            "There are three grades. Call the baker when:",
            "it smokes",
            "the lamp is red",
            "introduced with the words 'when'",
        ),
        ("The process has three goals:", "Taste", "Smell", "introduced with the words 'three goals'"),
        ("We do this for two reasons:", "Taste", "Smell", "introduced with the words 'two reasons'"),
        ("Do one of the following:", "Bake it today", "Freeze it", "a list of choices"),
        ("Ask yourself:", "Is it warm?", "Is it **soft?**", "a list of questions"),
        ("Words.", "Is it warm?", "Is it soft?", "a list of questions"),
    ],
)
def test_an_enumeration_is_no_list_of_steps_and_says_why(lead: str, first: str, second: str, reason: str) -> None:
    steps, reasons = _read(f"# T\n\n## Bread\n\n{lead}\n\n1. {first}\n2. {second}\n{BAKE}")
    assert steps == [["1 Mix", "2 Put it in"]]
    assert [said for said in reasons if reason in said] == reasons != []


@pytest.mark.parametrize(
    ("lead", "first", "second"),
    [
        ("These things must be done:", "Clean the oven", "Sweep the floor"),
        ("For the following reasons:", "If it smokes, call the baker", "When it burns, run"),
        ("The process has the following steps:", "Dough", "Oven"),
        ("The process consists of:", "Dough", "Oven"),
        ("For these reasons, take these steps:", "Dough", "Oven"),
        ("The bread is made as follows:", "Dough", "Oven"),
        ("The bakers work in the following order:", "Dough", "Oven"),
        ("Words.", "Dough", "Oven"),
        ("Words.", "Is it warm?", "Take it out"),
        ("To check it:", "Is it warm?\n\n       heat --show", "Is it soft?\n\n       press --show"),
    ],
)
def test_no_true_step_is_lost(lead: str, first: str, second: str) -> None:
    """Actions are steps whatever introduces them, and so is what its introduction calls steps, or says nothing of."""
    steps, _ = _read(f"# T\n\n## Bread\n\n{lead}\n\n1. {first}\n2. {second}\n")
    assert [len(found) for found in steps] == [2]


@pytest.mark.parametrize("heading", ["Steps", "Procedure", "How to check", "Baking procedure"])
def test_under_a_steps_like_heading_its_author_has_the_word(heading: str) -> None:
    assert _read(f"# T\n\n## {heading}\n\nOne of the following:\n\n1. Soft?\n2. Warm?\n")[0] == [["1 Soft?", "2 Warm?"]]


def test_whoever_has_a_role_acts() -> None:
    text = "# T\n\n## Bread\n\nIt is made when:\n\n1. The baker mixes it\n2. The baker bakes it\n"
    assert len(_read(text)[0]) == 0
    assert [len(found) for found in _read(text, roles=["Baker"])[0]] == [2]


@pytest.mark.parametrize(
    "heading",
    ["Why", "Why we bake", "Why?", "What is it?", "Example", "Example 1 - a cake", "When NOT to bake", "Rules",
     "Mandatory rules", "Quality criteria", "Open questions", "Questions for the baker", "FAQs", "User impact"],
)  # fmt: skip
def test_headings_that_hold_no_steps(heading: str) -> None:
    steps, reasons = _read(f"# T\n\n## {heading}\n\n1. Add salt\n2. Add water\n{BAKE}")
    assert steps == [["1 Mix", "2 Put it in"]]
    assert reasons == [f"a list under the heading {heading!r}"]


@pytest.mark.parametrize("heading", ["Example procedure", "Whyte bread", "Apply the rules", "Answer the questions"])
def test_headings_that_only_look_like_it(heading: str) -> None:
    assert [len(found) for found in _read(f"# T\n\n## {heading}\n\n1. Add salt\n2. Add water\n")[0]] == [2]


def test_a_comment_makes_a_procedure_of_what_stands_under_any_heading() -> None:
    text = "# T\n\n## Example 1\n\n<!-- handrail: {kind: procedure} -->\n\n1. Add salt\n2. Add water\n"
    assert _read(text, kinds={})[0] == [["1 Add salt", "2 Add water"]]


def test_the_list_behind_an_enumeration_is_no_second_list() -> None:
    """What is none of steps does not stand in the way of the steps behind it."""
    text = "# T\n\n## Bread\n\nThere are two kinds:\n\n1. White\n2. Brown\n\nTo bake either:\n\n1. Mix\n2. Bake\n"
    assert _read(text)[0] == [["1 Mix", "2 Bake"]]


def test_an_enumeration_inside_a_step_is_no_sub_steps() -> None:
    text = """
        # T

        ## Steps

        1. Look for the cause. Common causes:
            1. Cold oven
            2. Old yeast
        2. Stop on one of two conditions:

            1. Both agree
            2. The baker says so
        3. Write down:
            1. What did you see?
            2. When did you see it?
        4. Mend it:
            1. Heat the oven
            2. Buy yeast
        """
    assert [number.split(" ")[0] for number in _read(text)[0][0]] == ["1", "2", "3", "4", "4.1", "4.2"]


def test_numbered_headings_that_ask_are_questions() -> None:
    text = "# T\n\n## 1. What is it?\n\nWords.\n\n## 2. Who bakes?\n\nWords.\n"
    assert _read(text) == ([], ["a list of questions"] * 2)
    assert [len(found) for found in _read("# T\n\n## 1. Is it warm?\n\nLook.\n\n## 2. Take it out\n\nDo.\n")[0]] == [2]


@pytest.mark.parametrize(
    ("lead", "first", "second", "steps"),
    [
        ("Zwei häufige Fehler:", "Zu viel Wasser", "Altes Mehl", 0),
        ("Aus folgenden Gründen:", "Geschmack", "Geruch", 0),
        ("Der Teig muss:", "weich", "warm", 0),
        ("Eine der folgenden Möglichkeiten:", "Heute backen", "Morgen backen", 0),
        ("Fragen:", "Ist er warm?", "Ist er weich?", 0),
        ("Folgende Dinge:", "Ofen heizen", "Teig kneten", 2),
        ("Der Teig wird wie folgt gemacht:", "Mehl", "Wasser", 2),
    ],
)
def test_german_counts_up_too(lead: str, first: str, second: str, steps: int) -> None:
    read, _ = _read(f"# T\n\n## Brot\n\n{lead}\n\n1. {first}\n2. {second}\n", languages=["de"])
    assert sum(len(found) for found in read) == steps
