"""Facts at a page's foot, in its tables of changes and approvals, and under headings with pictures."""

from __future__ import annotations

import pytest

from tests.reading import handbook, numbered, problems_of, procedure

STEPS = "# Bread\n\n## Steps\n\n1. Mix\n2. Bake\n"


@pytest.mark.parametrize(
    ("foot", "facts"),
    [
        (
            "---\n\n**Owner:** Shop lead\n**Next review:** 2027-05-22\n",
            {"owner": "Shop lead", "review.next": "2027-05-22"},
        ),
        ("---\n\n**Runbook Owner**: Shop lead  \n**Last Updated**: May\n", {"owner": "Shop lead"}),
        ("**Runbook owner:** Shop lead\n**Last updated:** May\n", {"owner": "Shop lead"}),
        ("---\n*Last updated: May*\n*Maintained by: Shop lead*\n", {"owner": "Shop lead"}),
        ("---\n\n**Owner:** Shop lead · **Version:** 3\n", {"owner": "Shop lead", "version": "3"}),
        ("---\n\nOwner: Shop lead\nVersion: 3\n", {"owner": "Shop lead", "version": "3"}),
        ("Owner: Shop lead\n", {"owner": "Shop lead"}),
        ("---\n\n**Owner:** Shop lead\n\n---\n\n*Printed copies are not controlled.*\n", {"owner": "Shop lead"}),
        (
            "## Contacts\n\n- Miller\n\n---\n\n**Version:** 2\n**Status:** Approved\n",
            {"version": "2", "status": "effective"},
        ),
        (
            "---\n\n**Approved by:** Shop lead\n**Document owner:** Baker\n",
            {"approved_by": "Shop lead", "owner": "Baker"},
        ),
    ],
)
def test_labelled_lines_at_the_foot_state_facts_about_the_page(foot: str, facts: dict[str, str]) -> None:
    document = procedure(f"{STEPS}\n{foot}")
    assert {name: document.values(name) for name in facts} == {name: (value,) for name, value in facts.items()}
    assert numbered(document) == ["1 Mix", "2 Bake"]
    assert not any("Shop lead" in rest.text for rest in document.rest)


@pytest.mark.parametrize(
    "foot",
    [
        "Ask the owner: the shop lead.\n",
        "Note: the oven is hot.\nOwner of the key: the shop lead\n",
        "The owner is **Owner:** Shop lead\n",
        "**Owner:** Shop lead\nand everybody who bakes.\n",
        "**Owner:** Shop lead\n\nWords behind it.\n",
        "Owner: Shop lead\nTemperature: 220\nSalt: 2 %\n",
        "---\n\n- Owner: Shop lead\n",
        "```\nOwner: Shop lead\n```\n",
        "> Owner: Shop lead\n",
    ],
)
def test_other_lines_at_the_foot_state_none(foot: str) -> None:
    assert procedure(f"{STEPS}\n{foot}").values("owner") == ()


@pytest.mark.parametrize(
    "line",
    [
        "Risk: the oven may burn who opens it",
        "**Risk:** the oven may burn who opens it",
        "Process: we bake twice a day",
        "**Process:** see the book of the house",
    ],
)
def test_a_sentence_names_no_risk_and_no_process(line: str) -> None:
    """The word before it is a fact's, and the sentence none of its values: it is text as any other."""
    document = procedure(f"{STEPS}\n{line}\n")
    assert (document.values("risk"), document.values("process")) == ((), ())
    assert line in [rest.text for rest in document.rest]


def test_risk_and_process_are_read_at_the_foot_where_they_are_named() -> None:
    process = "---\nhandrail: {kind: process, id: baking}\n---\n# Baking\n"
    found = handbook({"page.md": f"{STEPS}\nRisk: minor\nProcess: baking\n", "baking.md": process})
    assert (found.procedures[0].values("risk"), found.procedures[0].values("process")) == (("low",), ("baking",))
    told = problems_of(handbook(f"{STEPS}\nRisk: [risk of the procedure]\n"))
    assert [problem.partition(". ")[0] for problem in told] == [
        "page.md:8:1 info placeholder: `risk` still holds the placeholder '[risk of the procedure]'"
    ]


def test_what_belongs_to_the_last_step_is_no_foot() -> None:
    text = "# T\n\n## Step 1: Mix\n\nWords.\n\n## Step 2: Bake\n\n**Owner:** Shop lead\n"
    assert procedure(text).values("owner") == ()
    assert procedure(f"{text}\n---\n\n**Owner:** Baker\n").values("owner") == ("Baker",)
    assert procedure("# T\n\n**Step 1:** Mix\n\n**Step 2:** Bake\n\n**Owner:** Shop lead\n").values("owner") == ()
    assert procedure("# T\n\n1. Mix\n2. Bake\n\n   **Owner:** Shop lead\n").values("owner") == ()


def test_a_page_whose_headings_are_steps_and_that_has_none_is_read() -> None:
    text = "---\nhandrail: {kind: procedure, steps: headings}\n---\n# T\n\nWords.\n\n---\n\n**Owner:** Baker\n"
    assert procedure(text).values("owner") == ("Baker",)


def test_only_facts_about_the_whole_page_are_read_there() -> None:
    document = procedure(f"{STEPS}\n---\n\n**Owner:** Shop lead\n**Input:** Flour\n**Trigger:** Hunger\n")
    assert (document.values("owner"), document.values("inputs"), document.values("trigger")) == (("Shop lead",), (), ())


def test_the_foot_holds_for_each_procedure_of_a_page() -> None:
    text = "# T\n\n## Mix\n\n1. a\n2. b\n\n## Bake\n\n1. c\n2. d\n\n---\n\n**Owner:** Shop lead\n"
    found = handbook(text)
    assert [document.values("owner") for document in found.procedures] == [("Shop lead",), ("Shop lead",)]


def test_head_and_foot_may_not_differ() -> None:
    text = "# T\n\n**Owner:** Baker\n**Version:** v2.1\n\n1. a\n2. b\n\n---\n\n**Owner:** Shop lead\n**Version:** 2.1\n"
    assert problems_of(handbook(text)) == [
        "page.md:11:1 warning said-twice: `owner` is said twice and differently: 'Baker' in line 3, 'Shop lead' here. "
        "Keep one of the two."
    ]


def test_a_placeholder_at_the_foot_is_told() -> None:
    found = handbook(f"{STEPS}\n---\n\n**Owner:** [Team]\n**Version:** 1\n")
    assert problems_of(found) == [
        "page.md:10:1 info placeholder: `owner` still holds the placeholder '[Team]'. Write the value; until then it "
        "counts as absent."
    ]


@pytest.mark.parametrize(
    ("rows", "version", "reason"),
    [
        ("| 1.0 | 2025 | A | First |\n| 1.1 | 2026 | A | Second |\n", "1.1", "Second"),
        ("| 1.10 | 2026 | A | Second |\n| 1.9 | 2025 | A | First |\n", "1.10", "Second"),
        ("| A | 2025 | A | First |\n| B | 2026 | A | Second |\n", "B", "Second"),
        ("| 1.0 | 2025 | A | First |\n| | | | |\n", "1.0", "First"),
        ("| [version] | [date] | A | First |\n", None, None),
        ("| 1.0 | 2025 | A | |\n", "1.0", None),
    ],
)
def test_the_latest_row_of_a_table_of_changes_holds(rows: str, version: str | None, reason: str | None) -> None:
    text = f"{STEPS}\n## 7. Revision history\n\n| Version | Date | Author | Changes |\n|---|---|---|---|\n{rows}"
    document = procedure(text)
    assert document.values("version") == ((version,) if version else ())
    assert document.values("change_reason") == ((reason,) if reason else ())


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("Owner: Shop lead\nVersion: 2.0\n", {"owner": "Shop lead", "version": "2.0"}),
        ("Company: Bread Ltd\nOwner: Shop lead\nVersion: 2.0\n", {"owner": "Shop lead", "version": "2.0"}),
        ("Version: 1.0 • Last updated: May\n", {"version": "1.0"}),
        ("Owner: Shop lead bakes here,\nand others do.\n", {"owner": None}),
        ("Flour: 1 kg\nSalt: 20 g\nOwner: Shop lead\n", {"owner": None}),
        ("Owner: {owner}\nVersion: {{ version }}\n", {"owner": None, "version": None}),
    ],
)
def test_labelled_lines_without_bold_letters_open_a_page(head: str, facts: dict[str, str | None]) -> None:
    document = procedure(f"# T\n{head}\n## Steps\n\n1. Mix\n2. Bake\n")
    assert {name: document.values(name) for name in facts} == {
        name: (value,) if value else () for name, value in facts.items()
    }


def test_a_table_of_versions_of_something_else_states_nothing() -> None:
    table = "| Version | Date | Changes |\n|---|---|---|\n| 1.0 | 2025 | First |\n"
    assert procedure(f"{STEPS}\n## Ovens that we know\n\n{table}").values("version") == ()
    assert (
        procedure(f"{STEPS}\n## Revision history\n\n| Version | Oven |\n|---|---|\n| 1.0 | B |\n").values("version")
        == ()
    )


@pytest.mark.parametrize(
    ("row", "approved"),
    [
        ("| Shop lead | J. Miller | JM | 2026-05-22 |", ("J. Miller",)),
        ("| Shop lead | J. Miller | | 2026-05-22 |", ("J. Miller",)),
        ("| Shop lead | J. Miller | | |", ()),
        ("| Shop lead | | | |", ()),
        ("| Shop lead | [Name] | [Signature] | [Date] |", ()),
        ("| Approved by | J. Miller | | |", ("J. Miller",)),
        ("| Author | J. Miller | JM | 2026-05-22 |", ()),
        ("| Prepared by | J. Miller | JM | 2026-05-22 |", ()),
    ],
)
def test_a_row_of_approvals_counts_where_it_is_signed_or_says_so(row: str, approved: tuple[str, ...]) -> None:
    """An approval that the text does not state is absent."""
    text = f"{STEPS}\n## Approvals\n\n| Role | Name | Signature | Date |\n|---|---|---|---|\n{row}\n"
    assert procedure(text).values("approved_by") == approved


def test_in_german_too() -> None:
    text = """
        # Brot

        ## Ablauf

        1. Mischen
        2. Backen

        ## Änderungshistorie

        | Version | Datum | Änderung |
        |---|---|---|
        | 1.0 | 2025 | Erste Fassung |
        | 2.0 | 2026 | Neue Waage |

        ## Freigabe

        | Funktion | Name | Unterschrift |
        |---|---|---|
        | Leitung | J. Müller | JM |

        ---

        **Dokumentenverantwortlicher:** Leitung
        **Nächste Überprüfung:** 2027-05-22
        """
    document = procedure(text, languages=["de"])
    assert [document.values(name) for name in ("version", "change_reason", "approved_by", "owner", "review.next")] == [
        ("2.0",),
        ("Neue Waage",),
        ("J. Müller",),
        ("Leitung",),
        ("2027-05-22",),
    ]


def test_roles_stand_in_the_first_column_of_their_table() -> None:
    text = (
        "# T\n\n## 3. Roles and responsibilities\n\nWords.\n\n| Role | Responsibility |\n|---|---|\n| Baker | Bakes |\n"
        "| Shop lead | Signs |\n\n## Steps\n\n1. a\n2. b\n"
    )
    assert procedure(text).values("roles") == ("Baker", "Shop lead")
    assert procedure(text.replace("| Role |", "| Oven |")).values("roles") == ("Words.",)


@pytest.mark.parametrize(
    "heading",
    [
        "## 🧰 Prerequisites",
        "## ⚠️ Prerequisites",
        "## Prerequisites (once)",
        "## 🧰 2. Prerequisites",
        "## ▶ Prerequisites",
    ],
)
def test_a_picture_or_a_bracket_leaves_a_heading_what_it_says(heading: str) -> None:
    assert procedure(f"# T\n\n{heading}\n\n- Flour\n\n## Steps\n\n1. a\n2. b\n").values("prerequisites") == ("Flour",)


@pytest.mark.parametrize(
    "heading", ["📋 Procedure", "Procedure (short)", "Baking (step by step)", "🔧 Diagnostic steps (5 min)"]
)
def test_and_says_that_steps_stand_under_it(heading: str) -> None:
    assert numbered(procedure(f"# T\n\n## {heading}\n\n- Mix\n- Bake\n")) == ["1 Mix", "2 Bake"]
    assert numbered(procedure(f"# T\n\n## {heading}\n\n**1. Mix**\nWords.\n\n**2. Bake**\n")) == ["1 Mix", "2 Bake"]


def test_a_bold_number_is_no_step_under_another_heading() -> None:
    assert numbered(procedure("# T\n\n## Values\n\n**1. Be kind**\nWords.\n\n**2. Be quick**\n")) == []


def test_bullets_that_call_themselves_steps_are_steps_anywhere() -> None:
    text = "# T\n\n## Bread\n\nWords.\n\nMore words.\n\n- **Step 1:** Mix\n- **Step 2 – Bake:** hot\n"
    assert numbered(procedure(text)) == ["1 Mix", "2 Bake: hot"]
    assert numbered(procedure(text.replace("**Step 2 – Bake:** hot", "Bake"))) == []


@pytest.mark.parametrize("heading", ["Root causes", "Possible causes", "Safety requirements", "Causes"])
def test_lists_of_causes_and_requirements_are_no_steps(heading: str) -> None:
    found = procedure(f"# T\n\n## {heading}\n\n1. Cold oven\n2. Old flour\n\n## Steps\n\n1. Mix\n2. Bake\n")
    assert numbered(found) == ["1 Mix", "2 Bake"]


@pytest.mark.parametrize(
    "last",
    [
        "Contact & support",
        "Contacts",
        "Approvals",
        "Procedure",
        "Scope and limits",
        "History",
        "Change log",
        "General information",
    ],
)
def test_numbered_headings_with_such_a_one_are_sections(last: str) -> None:
    text = f"# T\n\n## 1. Ovens\n\nWords.\n\n## 2. Doughs\n\n1. Mix\n2. Bake\n\n## 3. {last}\n\nWords.\n"
    assert numbered(procedure(text)) == ["1 Mix", "2 Bake"]


@pytest.mark.parametrize(
    ("versions", "latest"),
    [
        ("1.9 1.10", "1.10"),
        ("1.0-rc1 1.0", "1.0"),
        ("1.0 1.0-rc1 0.9", "1.0"),
        ("1.0-rc1 1.0-rc2", "1.0-rc2"),
        ("1.0 1.0a", "1.0a"),
        ("A B", "B"),
        ("Draft 1", "1"),
        ("v2 v1.5", "v2"),
    ],
)
def test_which_version_is_the_latest(versions: str, latest: str) -> None:
    rows = "".join(f"| {version} | 2026 |\n" for version in versions.split())
    text = f"{STEPS}\n## History\n\n| Version | Date |\n|---|---|\n{rows}"
    assert procedure(text).values("version") == (latest,)


@pytest.mark.parametrize(
    "heading",
    ["Scope of the procedure", "Purpose of this procedure", "Summary of activities", "Overview of the process"],
)
def test_a_section_about_a_procedure_holds_none_of_its_steps(heading: str) -> None:
    bullets = "# T\n\n## {0}\n\n- Ovens\n- Doughs\n\n## Rollback procedure\n\n- Cool\n- Wait\n"
    assert numbered(procedure(bullets.format(heading))) == ["1 Cool", "2 Wait"]
    sections = "# T\n\n## 1. Terms\n\nw\n\n## 2. {0}\n\n### 2.1 Ovens\n\nw\n\n### 2.2 Doughs\n\nw\n"
    assert numbered(procedure(sections.format(heading))) == []
    assert numbered(procedure(sections.format("Audit activities"))) == ["2.1 Ovens", "2.2 Doughs"]


@pytest.mark.parametrize("title", ["Approval", "Freigabe"])
def test_an_approval_may_be_a_step(title: str) -> None:
    text = f"# T\n\n## 1. Write\n\nWords.\n\n## 2. {title}\n\nWords.\n\n## 3. Publish\n\nWords.\n"
    assert numbered(procedure(text, languages=["en", "de"])) == ["1 Write", f"2 {title}", "3 Publish"]


@pytest.mark.parametrize("title", ["Approvals", "Introduction", "Summary", "Records", "Contact"])
def test_a_heading_that_calls_itself_a_step_is_one_whatever_its_words(title: str) -> None:
    text = f"# T\n\n## Step 1: Write\n\nWords.\n\n## Step 2: {title}\n\nWords.\n"
    assert numbered(procedure(text)) == ["1 Write", f"2 {title}"]
