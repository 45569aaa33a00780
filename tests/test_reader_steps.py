"""What one step says of itself: its sentence, condition, brackets, labelled lines, id and anchor."""

from __future__ import annotations

import pytest

from handrail.model import Hold, Wait, Within
from tests.reading import handbook, numbered, problems_of, procedure, process, step


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Freeze the branch", "Freeze the branch"),
        ("**Freeze** the `main` [branch](#x)", "Freeze the main branch"),
        ('<a id="freeze"></a>Freeze', "Freeze"),
        ("Freeze\n   the branch", "Freeze the branch"),
        ("Freeze. Then tell.", "Freeze. Then tell."),
        ("Freeze (the branch)", "Freeze (the branch)"),
        ("Freeze (Monday)", "Freeze (Monday)"),
        ("Tom & Ann < Bob", "Tom & Ann < Bob"),
        ("{{ macro }} and more", "{{ macro }} and more"),
        pytest.param("{{ macro }} and {% if %}", "{{ macro }} and {% if %}"),
        pytest.param("Set {name}", "Set {name}"),
    ],
)
def test_the_sentence_without_markup(source: str, text: str) -> None:
    assert step(f"1. {source}\n").text == text


@pytest.mark.parametrize(
    ("source", "text", "condition", "optional"),
    [
        ("If the test fails, stop", "If the test fails, stop", "If the test fails", False),
        ("When it is dark, light up", "When it is dark, light up", "When it is dark", False),
        ("Once merged, tag it", "Once merged, tag it", "Once merged", False),
        ("After the talk, write it down", "After the talk, write it down", "After the talk", False),
        ("Unless it rains, go out", "Unless it rains, go out", "Unless it rains", False),
        ("Tell Ann (optional)", "Tell Ann", None, True),
        ("Optional: tell Ann", "tell Ann", None, True),
        ("**Optional:** tell Ann", "tell Ann", None, True),
        ("Optionally, tell Ann", "Optionally, tell Ann", None, True),
        ("If desired, tell Ann", "If desired, tell Ann", "If desired", True),
        ("Optional parts go in", "Optional parts go in", None, False),
        ("(Optional) Tell Ann", "Tell Ann", None, True),
        ("[patch only] Tell Ann", "Tell Ann", "patch only", False),
        ("Tell Ann [patch only]", "Tell Ann", "patch only", False),
        ("Tell Ann (if she is in)", "Tell Ann", "if she is in", False),
        ("Tell Ann (unless she knows)", "Tell Ann", "unless she knows", False),
        ("Tell Ann (except on Monday).", "Tell Ann", "except on Monday", False),
        ("Tell Ann (only for majors)", "Tell Ann", "only for majors", False),
        ("Tell Ann (optional, if she is in)", "Tell Ann", "optional, if she is in", True),
        ("Tell Ann (by mail)", "Tell Ann (by mail)", None, False),
        ("Tell Ann if she is in", "Tell Ann if she is in", None, False),
        ("Ask: if not now, when?", "Ask: if not now, when?", None, False),
    ],
)
def test_conditions(source: str, text: str, condition: str | None, optional: bool) -> None:
    """A leading "If / When / Once / After ...", a bracket that begins with optional, if, only, unless, except and the
    like: `(optional)`, `[patch only]`. Other brackets are text."""
    found = step(f"1. {source}\n")
    assert (found.text, found.condition, found.optional) == (text, condition, optional)


@pytest.mark.parametrize("heading", ["Tell Ann (optional)", "Tell Ann [patch only]"])
def test_brackets_of_heading_steps(heading: str) -> None:
    found = procedure(f"# T\n\n## Step 1: {heading}\n\n## Step 2: Go\n").steps[0]
    assert found.text == "Tell Ann"
    assert found.optional is ("optional" in heading)


LABELS = [
    ("Input: Plan", "inputs", ("Plan",)),
    ("Inputs: Plan; Budget", "inputs", ("Plan", "Budget")),
    ("Output: Report", "outputs", ("Report",)),
    ("Record: Ticket (closed)", "records", ("Ticket (closed)",)),
    ("Expect: a green light", "expect", "a green light"),
    ("Every: month", "every", "month"),
    ("Takes: 10 minutes", "takes", "10 minutes"),
    ("Warning: it is hot", "warnings", ("it is hot",)),
    ("If not: tell the lead", "if_not", "tell the lead"),
    ("Judgement: the lead decides, within the budget", "judgement", "the lead decides, within the budget"),
    ("Starts when: a ticket comes in", "starts_when", "a ticket comes in"),
    ("Throughout: keep the log", "throughout", "keep the log"),
    ("Stop: tell the lead", "stop", "tell the lead"),
    ("Within: 5 days", "within", Within("5 days", None, None, "5 days")),
    (
        "Within: 3 calendar days of the report",
        "within",
        Within("3 days", "calendar", "the report", "3 calendar days of the report"),
    ),
    (
        "Within: 24 hours after detection",
        "within",
        Within("24 hours", None, "detection", "24 hours after detection"),
    ),
    ("Within: 2 business days", "within", Within("2 days", "working", None, "2 business days")),
    ("Wait: for the build", "wait", Wait("the build", None, None)),
    ("Wait: until the build is green", "wait", Wait("until the build is green", None, None)),
    ("Wait: for the build, at most 1 hour, then go on", "wait", Wait("the build", "1 hour", "go on")),
]


@pytest.mark.parametrize("form", ["- {}", "- **{}:**{}", "- **{}**:{}", "- *{}*:{}", "paragraph", "cell"])
@pytest.mark.parametrize(("line", "field", "value"), LABELS, ids=[label for label, _, _ in LABELS])
def test_labelled_lines_among_bullets_paragraphs_and_cells(form: str, line: str, field: str, value: object) -> None:
    """Labelled lines among its bullets or cells: Input, Output, Record, Expect, Within, Every, Takes, Warning, ..."""
    label, _, said = line.partition(":")
    if form == "cell":
        text = f"| Step | {label} |\n|---|---|\n| Do it | {said.strip()} |\n"
    elif form == "paragraph":
        text = f"1. Do it\n\n   {line}\n"
    else:
        text = f"1. Do it\n   {form.format(line) if form == '- {}' else form.format(label, said)}\n"
    found = step(text)
    assert found.text == "Do it"
    assert getattr(found, field) == value


def test_labelled_lines_are_listed_with_their_lines() -> None:
    found = step("1. Do it\n   - Input: Plan\n   - Words: no label\n   - Record: Ticket\n")
    assert found.labels == (("input", 2), ("record", 4))


def test_values_may_stand_as_bullets_under_the_label() -> None:
    found = step("1. Do it\n   - Input:\n     - Plan\n     - Budget\n   - Output: Report\n")
    assert (found.inputs, found.outputs) == (("Plan", "Budget"), ("Report",))


def test_input_and_output_tables_of_a_heading_step() -> None:
    """Input | Output, Participants tables under a numbered heading."""
    found = procedure("""
        # SOP

        ## Process steps

        ### 1. Open

        | Participants |
        |---|
        | QMO |

        | Input | Output |
        |---|---|
        | Complaint | Ticket |
        | | List |

        ### 2. Close

        | Participants | QMO, Developer (optional) |
        |---|---|
        | Input | Ticket |
        | Output | Ticket (closed)<br>Report |
        """)
    first, second = found.steps
    assert (first.inputs, first.outputs) == (("Complaint",), ("Ticket", "List"))
    assert (second.inputs, second.outputs) == (("Ticket",), ("Ticket (closed)", "Report"))


def test_placeholders_count_as_absent() -> None:
    """Placeholders (`<enter ...>`, TODO, YYYY-MM-DD) count as absent and are reported."""
    found = step("1. Do it\n   - Input: \\<enter input\\>\n   - Output: TODO\n   - Record: Ticket\n")
    assert (found.inputs, found.outputs, found.records) == ((), (), ("Ticket",))


def test_placeholders_in_steps_are_reported() -> None:
    """Placeholders (`<enter ...>`, TODO, YYYY-MM-DD) count as absent and are reported."""
    found = handbook("1. Do it\n   - Input: Plan\n   - Output: TODO\n")
    assert [(problem.line, problem.level, problem.rule) for problem in found.problems] == [(3, "info", "placeholder")]


def test_placeholders_in_steps_have_their_column() -> None:
    """Line and column for everything."""
    (problem,) = handbook("1. Do it\n   - Input: Plan\n   - Output: TODO\n").problems
    assert (problem.line, problem.column) == (3, 14)


@pytest.mark.parametrize(
    ("label", "field"), [("Expect", "expect"), ("Takes", "takes"), ("Every", "every"), ("If not", "if_not")]
)
def test_placeholders_count_as_absent_in_every_line(label: str, field: str) -> None:
    assert getattr(step(f"1. Do it\n   - {label}: TODO\n"), field) is None


@pytest.mark.parametrize(
    ("line", "hold"),
    [
        ("Hold: Release manager", Hold(("Release manager",), "all", "Release manager")),
        (
            "Hold: the tester and the owner release it",
            Hold(("tester", "owner"), "all", "the tester and the owner release it"),
        ),
        ("Hold: the tester or the owner", Hold(("tester", "owner"), "any", "the tester or the owner")),
        pytest.param(
            "Hold: the release manager or the owner",
            Hold(("release manager", "owner"), "any", "the release manager or the owner"),
        ),
    ],
)
def test_a_hold_point_says_who_releases_it(line: str, hold: Hold) -> None:
    """Hold (a hold point: who releases it)."""
    found = step(f"1. Do it\n   - {line}\n", roles=["Release manager", "Tester", "Owner"])
    assert (found.kind, found.hold) == ("hold", hold)
    assert {use.part for use in found.roles} == {"approves"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1. Do it\n", "task"),
        ("1. Do it\n   - Hold: the lead\n", "hold"),
        ("1. Do it\n   - Wait: for the build\n", "wait"),
        ("1. Wait: for the build\n", "wait"),
        ("1. Do it\n   - Stop: tell the lead\n", "stop"),
        ("1. Do it\n   - Judgement: the lead decides\n", "judgement"),
        ("1. Go?\n   - Yes: end\n   - No: end\n", "decision"),
        ("1. Do it\n   - At once:\n     - This\n     - That\n", "fork"),
        ("1. End\n", "end"),
    ],
)
def test_what_a_step_is(text: str, kind: str) -> None:
    assert step(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "!!! warning\n       It is hot.\n",
        "!!! danger\n       It is hot.\n",
        "> [!WARNING]\n   > It is hot.\n",
        "> [!CAUTION]\n   > It is hot.\n",
        "Warning: It is hot.\n",
    ],
)
def test_warnings_that_are_set_off(text: str) -> None:
    assert step(f"1. Do it\n\n   {text}").warnings == ("It is hot.",)


def test_a_note_is_no_warning() -> None:
    assert step("1. Do it\n\n   !!! note\n       It is cold.\n").warnings == ()


def test_at_once_forks_and_the_next_step_joins() -> None:
    """At once (its bullets fork; the next step joins)."""
    found = procedure("1. Do both\n   - At once:\n     - Tell Ann\n     - Tell Bob\n2. Go on\n")
    assert numbered(found) == ["1 Do both", "1.1 Tell Ann", "1.2 Tell Bob", "2 Go on"]
    assert [arrow.to for arrow in found.steps[0].next] == ["go-on"]
    assert [inner.next for inner in found.steps[0].steps] == [(), ()]


IDS = [
    ('1. <a id="freeze"></a>Freeze the branch\n', ["freeze"]),
    ("1. Freeze the branch\n", ["freeze-the-branch"]),
    ("1. **Lead:** Freeze it\n2. (optional) Tell Ann\n", ["freeze-it", "tell-ann"]),
    ("1. Tell Ann\n2. Tell Ann\n3. Tell Ann\n", ["tell-ann", "tell-ann-2", "tell-ann-3"]),
    ("1. Tell Ann\n   1. Tell Ann\n", ["tell-ann", "tell-ann-2"]),
    ("1. 手順を確認する\n", ["手順を確認する"]),
    ("1. one two three four five six seven eight nine\n", ["one-two-three-four-five-six-seven-eight"]),
    ("1. ...\n2. !!!\n", ["step", "step-2"]),
    ("# T\n\n## Step 1: Open it {: #open }\n\n## Step 2: Close\n", ["open", "close"]),
    ('# T\n\n<a id="open"></a>\n\n## Step 1: Open it\n\n## Step 2: Close\n', ["open", "close"]),
    ('| # | Action |\n|---|---|\n| 1 | <a id="open"></a>Open it |\n| 2 | Close |\n', ["open", "close"]),
    ("7. Seven\n", ["seven"]),
]


@pytest.mark.parametrize(("text", "ids"), IDS)
def test_a_step_s_id(text: str, ids: list[str]) -> None:
    """A step's id is the `<a id="freeze"></a>` that opens it, or `{: #freeze }` on a heading; else the slug of its
    first words without role and qualifier, cut at 40 characters on a word; a second equal one gets `-2`. Never the
    number."""
    assert [found.id for found in procedure(text, roles=["Lead"]).all_steps()] == ids


def test_ids_are_unique_within_the_document() -> None:
    """Ids are unique within the document."""
    found = procedure('1. One\n2. <a id="one"></a>Two\n')
    assert len({step.id for step in found.steps}) == 2


def test_a_written_id_is_kept_though_a_step_before_makes_the_same() -> None:
    found = handbook('1. One\n2. <a id="one"></a>Two\n')
    assert [step.id for step in found.procedures[0].steps] == ["one-2", "one"]
    assert problems_of(found) == []


def test_an_id_that_the_author_wrote_twice() -> None:
    found = handbook('1. <a id="x"></a>One\n2. <a id="x"></a>Two\n')
    assert [step.id for step in found.procedures[0].steps] == ["x", "two"]
    assert problems_of(found) == [
        "page.md:2:1 error duplicate-step-id: The step id `x` stands twice on this page. Choose another id."
    ]


def test_the_anchor_is_the_id_where_free_else_with_the_document() -> None:
    """The page's anchor is the id where free, else `<document>--<id>`."""
    found = procedure("# Freeze\n\n1. Freeze\n2. Tag\n\n## After\n\nWords.\n")
    assert [(step.id, step.anchor) for step in found.steps] == [("freeze", "page--freeze"), ("tag", "tag")]


def test_two_procedures_of_a_page_share_its_anchors() -> None:
    first, second = handbook("# T\n\n## Open\n\n1. Tell Ann\n\n## Close\n\n1. Tell Ann\n").procedures
    assert [step.anchor for step in (*first.steps, *second.steps)] == ["tell-ann", "page.close--tell-ann"]


def test_a_heading_step_answers_to_the_forge_s_and_the_site_s_slug_too() -> None:
    """Headings keep their anchors, and a heading step answers to the forge's and the site's slug too."""
    found = handbook(
        {
            "a.md": "# T\n\n## Step 1: Open & close\n\n## Step 2: Go\n",
            "b.md": "[x](a.md#step-1-open--close) [y](a.md#step-1-open-close) [z](a.md#open-close)\n",
        }
    )
    assert [link.target for _, link in found.links] == ["a#open-close"]
    assert found.procedures[0].steps[0].aliases == ("step-1-open-close", "step-1-open--close")
    assert problems_of(found, "dead-link") == []


def test_numbers_are_computed_for_display_only() -> None:
    """Numbers are computed, for display only."""
    assert numbered(procedure("1. One\n1. Two\n   1. In\n   1. On\n")) == [
        "1 One",
        "2 Two",
        "2.1 In",
        "2.2 On",
    ]


@pytest.mark.parametrize(
    ("said", "order"),
    [
        (None, "sequence"),
        ("sequence", "sequence"),
        ("any", "any"),
        ("any order", "any"),
        ("ongoing", "ongoing"),
        ("Any", "any"),
    ],
)
def test_order(said: str | None, order: str) -> None:
    """`sequence` (default for numbered forms), `any` (one box, as the situation asks), `ongoing` (duties)."""
    front = f"---\nhandrail: {{order: {said}}}\n---\n" if said else ""
    found = procedure(f"{front}1. One\n2. Two\n")
    assert found.order == order
    assert bool(found.steps[0].next) is (order == "sequence")


def test_an_order_that_is_none_is_a_problem() -> None:
    found = handbook("---\nhandrail: {order: anyhow}\n---\n1. One\n")
    assert [line.split(": ")[0] for line in problems_of(found)] == ["page.md:2:19 warning unknown-value"]


@pytest.mark.parametrize(
    ("text", "rail"),
    [
        ("1. Freeze\n", "unsaid"),
        ("1. Freeze\n   - Judgement: the lead decides\n", "judgement"),
        ("1. See [Freeze](#other) first\n", "unsaid"),
    ],
)
def test_every_activity_is_fixed_judgement_or_unsaid(text: str, rail: str) -> None:
    """Every activity in a process's flow is fixed (a procedure holds it), judgement or unsaid."""
    assert process(f"# R\n\n## Flow\n\n{text}").steps[0].rail == rail
    assert procedure(text).steps[0].rail is None


def test_an_activity_that_a_procedure_holds_is_fixed() -> None:
    found = handbook(
        {"release.md": "# Release\n\n## Flow\n\n1. [Freeze](freeze.md)\n", "freeze.md": "1. Stop\n"},
        kinds={"release.md": "process", "freeze.md": "procedure"},
    )
    assert (found.processes[0].steps[0].rail, found.processes[0].steps[0].kind) == ("fixed", "call")
    assert [(document.id, step.id) for document, step in found.homes["freeze"]] == [("release", "freeze")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- [ ] **Step 1:** Freeze\n", "Freeze"),
        ("- [ ] Step 1 – Freeze\n", "Freeze"),
        ("1. **Step 1: Freeze**\n", "Freeze"),
        ("1. Step 4: Freeze\n", "Step 4: Freeze"),
        ("1. 1 - 2 eggs\n", "1 - 2 eggs"),
        ("1. Step 1 of it\n", "Step 1 of it"),
    ],
)
def test_a_number_written_by_hand_is_no_word_of_the_step(text: str, words: str) -> None:
    """A step's id is never the number."""
    assert step(text).text == words
