"""Where a step leads: arrows, calls, hand-overs, mentions, decisions and the way on."""

from __future__ import annotations

import pytest

from handrail.model import Document
from tests.reading import arrows_of, handbook, problems_of, procedure


def _ways(found: Document) -> dict[str, list[str]]:
    return {step.id: arrows_of(step) for step in found.all_steps()}


def test_a_step_goes_on_to_the_next() -> None:
    """A step goes on to the next unless it has two or more labelled branches, an unconditional arrow, ..."""
    assert _ways(procedure("1. One\n2. Two\n3. Three\n")) == {
        "one": ["two implied"],
        "two": ["three implied"],
        "three": [],
    }


def test_sub_steps_go_on_among_themselves() -> None:
    assert _ways(procedure("1. One\n   1. A\n   2. B\n2. Two\n")) == {
        "one": ["two implied"],
        "a": ["b implied"],
        "b": [],
        "two": [],
    }


def test_a_new_flow_does_not_follow_the_one_before() -> None:
    assert _ways(procedure("1. One\n2. Two\n\nWords.\n\n1. Again\n")) == {
        "one": ["two implied"],
        "two": [],
        "again": [],
    }


@pytest.mark.parametrize(
    ("last", "ways"),
    [
        ("Go back to [one](#one)", ["one"]),
        ("Return to [one](#one).", ["one"]),
        ("Then repeat [one](#one)", ["one"]),
        ("Continue with [one](#one)", ["one"]),
        ("Skip to [one](#one)", ["one"]),
        ("If it fails, go back to [one](#one)", ["one [If it fails]", "three implied"]),
        ("Look\n   - Next: [one](#one)", ["one"]),
        ("Look\n   - If not: go to [one](#one)", ["one [If not]", "three implied"]),
        ("Look\n   - If not: [one](#one)", ["one [If not]", "three implied"]),
        ("Go to the end", ["end"]),
        ("Look\n   - Next: end", ["end"]),
        ("Look at [one](#one) again", ["three implied"]),
        ("Look (go to [one](#one))", ["one"]),
    ],
)
def test_arrows_to_a_step(last: str, ways: list[str]) -> None:
    """A link to a step in a branch bullet, in a Next, When, After or If not line or cell, or after a jump word (go,
    move, return, continue, skip, repeat)."""
    found = procedure(f"1. One\n2. {last}\n3. Three\n")
    assert arrows_of(found.steps[1]) == ways


def test_an_arrow_in_a_cell() -> None:
    found = procedure(
        '| Step | Next |\n|---|---|\n| <a id="a"></a>One | [b](#b) |\n| <a id="x"></a>X | end |\n| <a '
        'id="b"></a>B | |\n'
    )
    assert _ways(found) == {"a": ["b"], "x": ["end"], "b": []}


def test_after_and_when_draw_the_arrow_from_the_other_step() -> None:
    found = procedure("1. One\n2. Two\n   - At any time, tell Ann\n3. Three\n   - After: [One](#one)\n")
    assert _ways(found)["one"] == ["two implied", "three"]
    assert _ways(found)["two"] == []


DECISIONS = [
    (
        "1. Does it work?\n   - **Yes:** go to [three](#three)\n   - **No:** go back to [one](#one)\n",
        "decision",
        ["three [Yes]", "one [No]"],
    ),
    ("1. Does it work?\n   - Yes: [three](#three)\n   - No: end\n", "decision", ["three [Yes]", "end [No]"]),
    (
        "1. Does it work?\n   - Yes → [three](#three)\n   - No → end\n",
        "decision",
        ["three [Yes]", "end [No]"],
    ),
    ("1. Does it work?\n   - No: [one](#one)\n", "decision", ["one [No]", "three implied"]),
    (
        "1. Does it work?\n   - Yes: well done\n   - No: [one](#one)\n",
        "decision",
        ["three [Yes] implied", "one [No]"],
    ),
    (
        "1. If it works, go to [three](#three). Otherwise, go back to [one](#one).\n",
        "decision",
        ["three [If it works]", "one [Otherwise]"],
    ),
    (
        "1. If it works, tell Ann. Otherwise, go back to [one](#one).\n",
        "decision",
        ["three [If it works] implied", "one [Otherwise]"],
    ),
    ("1. Does it work?\n", "task", ["three implied"]),
    (
        "1. Decide\n   - If it works: go to [three](#three)\n   - If not so: go to [one](#one)\n",
        "decision",
        ["three [If it works]", "one [If not so]"],
    ),
]


@pytest.mark.parametrize(("text", "kind", "ways"), DECISIONS)
def test_decisions(text: str, kind: str, ways: list[str]) -> None:
    """A step that asks ("?") and has branches, or "If ..., ... Otherwise, ..."; a missing branch goes on to the next
    step. `end` ends."""
    found = procedure("1. One\n" + text.replace("1. ", "2. ", 1) + "3. Three\n")
    assert (found.steps[1].kind, arrows_of(found.steps[1])) == (kind, ways)


def test_a_stop_is_an_end_of_its_own_kind() -> None:
    """`Stop:` is an end of its own kind."""
    found = procedure("1. One\n   - Stop: tell the lead\n2. Two\n")
    assert (found.steps[0].kind, found.steps[0].stop, found.steps[0].next) == ("stop", "tell the lead", ())


def test_an_end_ends() -> None:
    found = procedure("1. One\n2. End\n3. Two\n")
    assert (found.steps[1].kind, arrows_of(found.steps[1])) == ("end", ["end"])


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("Go back to step 1", ["one guessed"]),
        ("Return to step 1.", ["one guessed"]),
        ("If it fails, repeat step 1", ["one [If it fails] guessed", "three implied"]),
        ("Moves on to the review (step 3)", ["three guessed"]),
        ("As in step 1", ["three implied"]),
    ],
)
def test_bare_words_that_carry_a_step_s_number(words: str, ways: list[str]) -> None:
    """A dead anchor or bare words that carry a step's number ("step 5") after a jump word give a *guessed* arrow and a
    Problem."""
    found = handbook(f"1. One\n2. {words}\n3. Three\n")
    assert arrows_of(found.procedures[0].steps[1]) == ways
    guessed = [line for line in problems_of(found) if "guessed-arrow" in line]
    assert len(guessed) == sum("guessed" in way for way in ways)


def test_a_guessed_arrow_says_how_to_make_it_sure() -> None:
    assert problems_of(handbook("1. One\n2. Go back to step 1\n")) == [
        "page.md:2:15 info guessed-arrow: `step 1` is only a number; it will point elsewhere when a step is added. "
        "Link the step: `[...](#one)`."
    ]


def test_a_jump_to_a_step_that_is_not_there() -> None:
    found = handbook("1. One\n2. Go back to step 7\n3. Three\n")
    assert arrows_of(found.procedures[0].steps[1]) == ["three implied"]
    assert problems_of(found) == [
        "page.md:2:15 warning dead-jump: There is no step 7 to go to. Link the step: `[Freeze](#freeze)`."
    ]


def test_a_dead_anchor_behind_a_jump_word() -> None:
    found = handbook("1. Freeze the branch\n2. Go back to [freezing](#freeze-teh-branch)\n3. Three\n")
    assert arrows_of(found.procedures[0].steps[1]) == ["freeze-the-branch guessed"]
    assert [line.replace(":2:24 ", ":2:26 ") for line in problems_of(found)] == [
        "page.md:2:26 warning dead-link: There is no anchor `freeze-teh-branch` in page.md. Did "
        "you mean `freeze-the-branch`?"
    ]


def test_numbers_count_within_the_flow() -> None:
    found = procedure("1. One\n\nWords.\n\n1. Uno\n2. Go back to step 1\n")
    assert arrows_of(found.steps[2]) == ["uno guessed"]


OTHERS = {"stop.md": "1. Halt\n2. Wait\n", "words.md": "Words.\n"}


@pytest.mark.parametrize(
    ("source", "kind", "calls", "over", "mentions", "ways"),
    [
        ("Do [the stop](stop.md)", "call", ["stop"], [], [], ["three implied"]),
        ("[Stop](stop.md) it. Then rest.", "call", ["stop"], [], [], ["three implied"]),
        ("Rest. Then do [the stop](stop.md).", "task", [], [], ["stop"], ["three implied"]),
        ("Go to [the stop](stop.md)", "hand-over", [], ["stop"], [], []),
        (
            "If it burns, continue with [the stop](stop.md)",
            "task",
            [],
            ["stop"],
            [],
            ["stop [If it burns]", "three implied"],
        ),
        ("See [the stop](stop.md)", "task", [], [], ["stop"], ["three implied"]),
        ("Rest (as in [the stop](stop.md))", "task", [], [], ["stop"], ["three implied"]),
        ("Take it from [the stop](stop.md)", "task", [], [], ["stop"], ["three implied"]),
        ("Use [the stop](stop.md)", "task", [], [], ["stop"], ["three implied"]),
        ("Read [the words](words.md)", "task", [], [], ["words"], ["three implied"]),
        ("Do [[stop]]", "call", ["stop"], [], [], ["three implied"]),
        ("Do [the stop][stop]", "call", ["stop"], [], [], ["three implied"]),
        ("Rest\n\n   More in [the stop](stop.md).", "task", [], [], ["stop"], ["three implied"]),
        ("Rest\n   - Record: [the stop](stop.md)", "task", [], [], ["stop"], ["three implied"]),
        ("Read [outside](https://example.com)", "task", [], [], [], ["three implied"]),
        ("Look at `[[stop]]`", "task", [], [], [], ["three implied"]),
        ("Go to [waiting](stop.md#wait)", "task", [], [], [], ["stop#wait"]),
    ],
)
def test_calls_hand_overs_and_mentions(
    source: str, kind: str, calls: list[str], over: list[str], mentions: list[str], ways: list[str]
) -> None:
    """A link in a step's first sentence to a procedure that has steps is a **call**; after a jump word, a **hand-over**
    that does not return. A link in parentheses or after "see", "use", "from" is a **mention**, like every other
    link."""
    found = handbook({"page.md": f"1. One\n2. {source}\n3. Three\n", **OTHERS})
    second = found.documents["page"].steps[1]
    assert (
        second.kind,
        list(second.calls),
        list(second.hands_over),
        list(second.mentions),
        arrows_of(second),
    ) == (kind, calls, over, mentions, ways)


def test_a_link_in_the_last_step_is_a_hand_over() -> None:
    """In the last step or after a jump word, a **hand-over** that does not return."""
    found = handbook({"page.md": "1. One\n2. Do [the stop](stop.md)\n", **OTHERS}).documents["page"]
    assert (found.steps[1].kind, found.steps[1].hands_over, found.steps[1].calls) == (
        "hand-over",
        ("stop",),
        (),
    )


def test_a_call_in_the_last_step_of_a_process_holds_the_activity() -> None:
    found = handbook(
        {"page.md": "## Flow\n\n1. One\n2. [Stop](stop.md)\n", **OTHERS},
        kinds={"**": "procedure", "page.md": "process"},
    )
    assert found.documents["page"].steps[1].rail == "fixed"


def test_a_branch_can_call_and_hand_over() -> None:
    found = handbook(
        {
            "page.md": "1. Fire?\n   - Yes: go to [the stop](stop.md)\n   - No: [rest](words.md)\n2. Two\n",
            **OTHERS,
        }
    )
    first = found.documents["page"].steps[0]
    assert (first.hands_over, first.mentions, arrows_of(first)) == (
        ("stop",),
        ("words",),
        ["stop [Yes]", "two [No] implied"],
    )


def test_a_procedure_used_by_several_processes() -> None:
    found = handbook(
        {
            "a.md": "## Flow\n\n1. [Stop](stop.md)\n",
            "b.md": "## Flow\n\n1. Think\n2. [Stop](stop.md)\n",
            **OTHERS,
        },
        kinds={"**": "process", "stop.md": "procedure"},
    )
    assert [(process.id, step.number) for process, step in found.homes["stop"]] == [("a", "1"), ("b", "2")]


def test_links_of_heading_steps_stand_in_the_first_paragraph() -> None:
    found = handbook(
        {
            "page.md": "# T\n\n## Step 1: Halt\n\nDo [the stop](stop.md) now. See [it](words.md).\n\n## Step 2: Go\n",
            **OTHERS,
        }
    )
    first = found.documents["page"].steps[0]
    assert (first.calls, first.mentions) == (("stop",), ("words",))


def test_every_arrow_leads_to_a_step_that_is_there() -> None:
    found = handbook(
        {
            "page.md": "1. One\n2. Go back to step 1\n3. Go to [x](#y)\n4. Go to [wait](stop.md#wait)\n",
            **OTHERS,
        }
    )
    known = {f"{document.id}#{step.id}" for document in found.documents.values() for step in document.all_steps()}
    for document in found.procedures:
        for step in document.all_steps():
            for arrow in step.next:
                assert arrow.to == "end" or (arrow.to if "#" in arrow.to else f"{document.id}#{arrow.to}") in known


@pytest.mark.parametrize("words", ["Stop: inform the board", "Stop.", "**Stop:** tell QA", "end"])
def test_a_branch_that_stops_the_work_does_not_go_on(words: str) -> None:
    document = procedure(f"# T\n\n1. Is it safe?\n   - **No:** {words}\n   - **Yes:** go on\n2. Bake\n")
    assert arrows_of(document.steps[0]) == ["end [No]", "bake [Yes] implied"]


def test_tasks_that_run_side_by_side_stand_there_once() -> None:
    document = procedure("# T\n\n1. Mix\n2. At once:\n   - [ ] Heat\n   - [ ] Weigh\n3. Bake\n")
    assert [(step.number, step.text) for step in document.steps[1].steps] == [("2.1", "Heat"), ("2.2", "Weigh")]
    assert document.steps[1].kind == "fork"
    assert [arrows_of(step) for step in document.steps[1].steps] == [[], []]


def test_a_number_names_no_bullet() -> None:
    """Bullets have no numbers on the page, so `Step 1` means a step of somewhere else."""
    found = handbook("# T\n\n## Checklist\n\n- Look\n- After every push, return to Step 1\n- Rest\n")
    assert [arrows_of(one) for one in found.procedures[0].steps] == [
        ["after-every-push-return-to-step-1 implied"],
        ["rest implied"],
        [],
    ]
    assert problems_of(found) == [
        "page.md:6:31 info dead-jump: These steps are bullets without numbers, so `step 1` is none of them. "
        "Link the step that is meant."
    ]
    written = handbook("# T\n\n## Checklist\n\n- Step 1: Look\n- Step 2: If red, return to step 1\n")
    assert arrows_of(written.procedures[0].steps[1]) == ["look [If red] guessed"]
