"""What is wrong with a flow as a whole."""

from __future__ import annotations

from dataclasses import replace

from handrail.flows import flow_problems
from handrail.model import END, Arrow
from tests.flows import document_of
from tests.reading import handbook, told


def found_in(text: str) -> list[str]:
    book = handbook(text)
    return [told(problem) for problem in flow_problems(document_of(book), book)]


def test_a_step_that_nothing_leads_to_is_reported_once_for_all_behind_it():
    text = "# P\n\n## Steps\n\n1. Mix.\n    - Next: end\n2. Bake.\n3. Sell.\n"
    assert found_in(text) == [
        "page.md:7:1 warning unreachable-step: No way leads to step 2, and step 1 does not go on to it. "
        "Link it where it follows, `[...](#bake)`, or say when it starts: `Starts when: ...`.",
    ]


def test_a_sound_flow_has_no_problem():
    assert found_in("# P\n\n## Steps\n\n1. Mix.\n2. Bake.\n    - If not: go back to step 1.\n") == []


def test_a_step_with_an_event_or_that_others_link_is_no_problem():
    assert found_in("# P\n\n## Steps\n\n1. Mix.\n    - Next: end\n2. Bake.\n    - Starts when: the bell rings\n") == []
    book = handbook(
        {
            "a.md": '# A\n\n## Steps\n\n1. Mix.\n    - Next: end\n2. <a id="bake"></a>Bake.\n',
            "b.md": "# B\n\n## Steps\n\n1. Wait.\n2. Go to [Bake](a.md#bake).\n",
        }
    )
    assert list(flow_problems(document_of(book, "a"), book)) == []


def test_work_in_any_order_needs_no_way():
    assert found_in("---\nhandrail: {order: any}\n---\n# P\n\n## Steps\n\n1. Mix.\n2. Bake.\n") == []


def test_a_branch_that_ends_only_because_nothing_follows():
    book = handbook("# P\n\n## Steps\n\n1. Mix.\n2. Bake.\n")
    document = document_of(book)
    mix, bake = document.steps
    asks = replace(bake, kind="decision", next=(Arrow(END, "Yes", 9, implied=True), Arrow("mix", "No", 10)))
    (problem,) = flow_problems(replace(document, steps=(mix, asks)), book)
    assert told(problem) == (
        "page.md:9:1 warning branch-to-nowhere: The branch `Yes` does not say where it leads, and no step follows. "
        "Link the step, as in `go to [Freeze](#freeze)`, or write `end`."
    )


def test_a_step_that_waits_for_something_lost_is_reported():
    (problem,) = found_in("# P\n\n## Steps\n\n1. Mix.\n2. Bake.\n    - After: [Rest](#rest)\n3. Sell.\n")
    assert problem.startswith("page.md:6:1 warning unreachable-step: No way leads to step 2, and step 1 does not go on")
