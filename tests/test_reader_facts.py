"""Facts of a page, in front matter or in the body under their heading or in their table."""

from __future__ import annotations

import pytest

from handrail.model import Document
from tests.reading import handbook, problems_of, procedure, process, step


def _facts(document: Document) -> dict[str, list[str]]:
    return {name: [stated.text for stated in values] for name, values in document.facts.items()}


OF_BOTH = ["owner", "roles", "version", "effective", "approved_by", "change_reason", "supersedes", "clauses"]
OF_A_PROCESS = ["purpose", "customer", "trigger", "inputs", "outputs", "indicators", "feedback"]
OF_A_PROCEDURE = ["prerequisites", "done_when", "may_deviate", "competence"]
OF_A_ROLE = ["stand_in", "named_by", "may_not", "competence"]
OF_A_RECORD = ["template", "fields", "states", "kept", "kept_for"]
EVERY = [
    ("process", OF_BOTH + OF_A_PROCESS),
    ("procedure", OF_BOTH + OF_A_PROCEDURE + ["role"]),
    ("role", [*OF_A_ROLE, "owner"]),
    ("record", [*OF_A_RECORD, "owner"]),
]


def _only(text: str, kind: str) -> Document:
    found = handbook(text, kinds={"**": kind})
    (document,) = (one for one in (*found.processes, *found.procedures, *found.roles, *found.records) if one.own_page)
    return document


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in EVERY for name in names])
def test_each_fact_may_stand_in_front_matter(kind: str, name: str) -> None:
    """Each may stand in front matter."""
    found = _only(f"---\nhandrail:\n  {name}: Some words\n---\n# T\n", kind)
    (stated,) = found.facts[name]
    assert (stated.text, stated.line, stated.column, stated.source, stated.path) == (
        "Some words",
        3,
        len(name) + 5,
        "front matter",
        "page.md",
    )


HEADINGS = {
    "owner": "Owner",
    "version": "Version",
    "effective": "Effective date",
    "approved_by": "Approved by",
    "change_reason": "Reason for change",
    "supersedes": "Supersedes",
    "clauses": "Clauses",
    "roles": "Roles",
    "purpose": "Purpose",
    "customer": "Customer",
    "trigger": "Trigger",
    "inputs": "Inputs",
    "outputs": "Outputs",
    "indicators": "Indicators",
    "feedback": "Feedback",
    "prerequisites": "Prerequisites",
    "done_when": "Done when",
    "may_deviate": "May deviate",
    "competence": "Competence",
    "stand_in": "Stand-in",
    "named_by": "How named",
    "may_not": "May not",
    "template": "Template",
    "fields": "Fields",
    "states": "States",
    "kept": "Where kept",
    "kept_for": "How long",
}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in EVERY for name in names if name in HEADINGS]
)
@pytest.mark.parametrize("heading", ["## {}", "## 3. {}:", "### {}"])
def test_each_fact_may_stand_in_the_body_under_its_heading(kind: str, name: str, heading: str) -> None:
    """Or in the body under its heading."""
    found = _only(f"# T\n\n{heading.format(HEADINGS[name])}\n\nSome *words*.\n\n## Other\n\nMore.\n", kind)
    (stated,) = found.facts[name]
    assert (stated.text, stated.line, stated.source) == ("Some words.", 5, "heading")
    assert [rest.heading for rest in found.rest if rest.text] == ["Other"]


@pytest.mark.parametrize("name", ["inputs", "outputs", "indicators", "feedback", "trigger"])
def test_a_list_under_the_heading_has_a_value_for_each_item(name: str) -> None:
    found = process(f"# T\n\n## {HEADINGS[name]}\n\n- One\n- Two\n\n## Flow\n\n1. Go\n")
    assert [(stated.text, stated.line) for stated in found.facts[name]] == [("One", 5), ("Two", 6)]


def test_a_list_under_a_heading_of_one_value_is_one_text() -> None:
    assert procedure("# T\n\n## Done when\n\n- One\n- Two\n").fact("done_when") == "One\nTwo"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "| Process Owner | QMO |\n|---|---|\n| Key Performance Indicators | Time |\n",
            {"owner": ["QMO"], "indicators": ["Time"]},
        ),
        (
            "| Input | Output |\n|---|---|\n| Plan | Report |\n| Budget | |\n",
            {"inputs": ["Plan", "Budget"], "outputs": ["Report"]},
        ),
        ("|  |  |\n|---|---|\n| **Owner** | QMO |\n", {"owner": ["QMO"]}),
        ("| Owner | Version |\n|---|---|\n| QMO | 1.10 |\n", {"owner": ["QMO"], "version": ["1.10"]}),
        ("| ISO 13485 Section | Text |\n|---|---|\n| 4.2 | Words |\n", {"clauses": ["ISO 13485 4.2"]}),
        (
            "| Classes | IEC 62304:2006 Section | Document Section |\n|---|---|---|\n| B, C | 5.6.8 | (All) |\n",
            {"clauses": ["IEC 62304:2006 5.6.8"]},
        ),
        (
            "| Standard | Clause | Title |\n|---|---|---|\n| ISO 13485:2016 | 8.5.2 | Mend it |\n| See also | 1 | No |\n",
            {"clauses": ["ISO 13485:2016 8.5.2"]},
        ),
        ("| Standard | Document |\n|---|---|\n| ISO 9001:2015 | 4.2 |\n", {"clauses": ["ISO 9001:2015 4.2"]}),
        pytest.param(
            "| Regulation | Document |\n|---|---|\n| ISO 9001:2015 | 4.2 |\n", {"clauses": ["ISO 9001:2015 4.2"]}
        ),
        ("**Owner:** QMO\\\n**Version:** 1.10\n", {"owner": ["QMO"], "version": ["1.10"]}),
        ("- Owner: QMO\n- Approved by: CEO\n", {"owner": ["QMO"], "approved_by": ["CEO"]}),
        ("- **Trigger:** A call\n- **Trigger:** A mail\n", {"trigger": ["A call", "A mail"]}),
        ("| Name | Age |\n|---|---|\n| Owner | 3 |\n", {"owner": ["3"]}),
        ("Owner and others.\n", {}),
        ("| A | B | C |\n|---|---|---|\n| Owner | x | y |\n", {}),
    ],
)
def test_facts_in_tables_and_labelled_lines(text: str, facts: dict[str, list[str]]) -> None:
    """Or in its table (Input | Output, Participants, Process Owner)."""
    assert _facts(process(f"# T\n\n{text}")) == facts


def test_facts_of_the_text_are_read_at_the_head_of_the_page_alone() -> None:
    assert process("# T\n\n## A\n\nWords.\n\n## B\n\n- Owner: QMO\n").facts == {}


def test_review() -> None:
    found = procedure("---\nhandrail:\n  review: {every: 6 months, last: 2026-05-04, next: 2026-11-04}\n---\n")
    assert _facts(found) == {
        "review.every": ["6 months"],
        "review.last": ["2026-05-04"],
        "review.next": ["2026-11-04"],
    }


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("status", "Effective", "effective"),
        ("status", "approved", "effective"),
        ("status", "WIP", "draft"),
        ("status", "under review", "in review"),
        ("status", "obsolete", "superseded"),
        ("status", "archived", "withdrawn"),
        ("risk", "High", "high"),
        ("risk", "critical", "high"),
        ("risk", "minor", "low"),
    ],
)
def test_status_and_risk_have_a_few_values(name: str, written: str, value: str) -> None:
    """Status (draft, in review, effective, superseded, withdrawn)."""
    assert procedure(f"---\nhandrail: {{{name}: {written}}}\n---\n").fact(name) == value


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("---\nstate: Approved\n---\n", "status", "effective"),
        ("---\nstate: on the shelf\n---\n", "status", "on the shelf"),
        ("# T\n\n**Risk:** HIGH\n", "risk", "high"),
        ("# T\n\n| Status | WIP |\n|---|---|\n| Risk | major |\n", "risk", "high"),
    ],
)
def test_they_are_the_same_wherever_they_are_stated(text: str, fact: str, value: str) -> None:
    """What another key or the text says is no mistake where Handrail has no such value."""
    found = handbook(text, keys={"status": "state"})
    assert (found.procedures[0].fact(fact), problems_of(found)) == (value, [])


def test_a_value_that_is_none_of_them() -> None:
    found = handbook("---\nhandrail:\n  status: efective\n---\n")
    assert problems_of(found) == [
        "page.md:3:11 warning unknown-value: `status` has no value 'efective'. Did you mean `effective`?"
    ]


def test_aspects_are_free_named_lines() -> None:
    """Aspects (free named lines such as Scope or Flexibility)."""
    found = procedure(
        "---\nhandrail:\n  aspects: {Noise: loud}\n---\n# T\n\n**Flexibility:** fixed\n\n## Scope\n\nAll teams.\n"
    )
    assert [(name, stated.text, stated.line) for name, stated in found.aspects] == [
        ("Noise", "loud", 3),
        ("Flexibility", "fixed", 7),
        ("Scope", "All teams.", 11),
    ]


def test_a_home_may_be_a_list() -> None:
    """Its home; may be a list; membership comes from the processes' flows."""
    found = handbook(
        {
            "a.md": "---\nhandrail: {process: [release, Hotfix]}\n---\n1. Go\n",
            "release.md": "",
            "hotfix.md": "",
        },
        kinds={"**": "process", "a.md": "procedure"},
    )
    assert found.procedures[0].values("process") == ("release", "hotfix")
    assert found.homes == {}
    assert problems_of(found) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("---\nhandrail: {owner: A}\n---\n# T\n\n**Owner:** A\n", "A"),
        ("---\nhandrail: {owner: a}\nowner: A\n---\n# T\n", "a"),
    ],
)
def test_said_twice_alike_is_fine(text: str, value: str) -> None:
    found = handbook(text)
    assert (found.procedures[0].fact("owner"), problems_of(found)) == (value, [])


def test_said_twice_and_differently_is_a_problem() -> None:
    """Said twice and differently is a Problem."""
    found = handbook("---\nhandrail: {owner: A}\n---\n# T\n\n**Owner:** B\n\n## Purpose\n\nOne.\n")
    assert found.procedures[0].fact("owner") == "A"
    assert problems_of(found) == [
        "page.md:6:1 warning said-twice: `owner` is said twice and differently: 'A' in line 2, 'B' "
        "here. Keep one of the two."
    ]


def test_said_twice_in_one_paragraph_is_a_problem() -> None:
    assert problems_of(handbook("# T\n\n**Owner:** A\\\n**Owner:** B\n")) != []


@pytest.mark.parametrize(
    "value", ["TODO", "TBD", "\\<enter owner\\>", "YYYY-MM-DD", "[insert name]", "[Name of the owner]", "FIXME: ask"]
)
@pytest.mark.parametrize(
    "form",
    [
        "---\nhandrail:\n  owner: '{}'\n---\n",
        "---\n---\n## Owner\n\n{}\n",
        "# T\n\n- Owner: {}\n",
        "|  |  |\n|---|---|\n| Owner | {} |\n",
    ],
)
def test_placeholders_count_as_absent_and_are_reported(form: str, value: str) -> None:
    """Placeholders (`<enter ...>`, TODO, YYYY-MM-DD) count as absent and are reported."""
    text = value.replace("\\", "") if form.startswith("---\nh") else value
    found = handbook(form.format(text))
    assert found.procedures[0].facts == {}
    (problem,) = found.problems
    assert (problem.rule, problem.level) == ("placeholder", "info")
    assert problem.line == form.split("{}")[0].count("\n") + 1


def test_an_absent_fact_is_absent_not_empty() -> None:
    """An absent fact is absent, not empty."""
    found = procedure("---\nhandrail:\n  owner:\n  version: ''\n---\n# T\n\n## Purpose\n\n## Scope\n")
    assert (found.facts, found.fact("owner"), found.aspects) == ({}, None, ())


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        ("ownr: A", "page.md:3:3 warning unknown-key: Handrail knows no key `ownr`. Did you mean `owner`?"),
        (
            "zzzzz: A",
            "page.md:3:3 warning unknown-key: Handrail knows no key `zzzzz`. Remove it, or keep it "
            "outside of `handrail`.",
        ),
        ("owner: {a: b}", "page.md:3:10 warning wrong-type: `owner` wants one text. Write `owner: ...`."),
        ("owner: [a, b]", "page.md:3:10 warning wrong-type: `owner` wants one text. Write `owner: ...`."),
        (
            "inputs: {a: b}",
            "page.md:3:11 warning wrong-type: `inputs` wants a text or a list of texts. Write `inputs: ...`.",
        ),
        (
            "inputs: [[a]]",
            "page.md:3:11 warning wrong-type: `inputs` wants a text or a list of texts. Write `inputs: ...`.",
        ),
        (
            "review: soon",
            "page.md:3:11 warning wrong-type: `review` wants `every`, `last` or `next`. "
            "Write `review: {every: 6 months, last: 2026-05-04}`.",
        ),
        (
            "review: {evry: 6 months}",
            "page.md:3:12 warning unknown-key: Handrail knows no key `review.evry`. Did you mean `every`?",
        ),
        (
            "kind: procedur",
            "page.md:3:9 error unknown-kind: There is no kind `procedur`. Did you mean `procedure`?",
        ),
        pytest.param(
            "kind: [a]",
            "page.md:3:9 error unknown-kind: `kind` wants a word. The kinds are process, procedure, "
            "role, record and none.",
        ),
    ],
)
def test_what_is_wrong_under_the_key_handrail(yaml: str, problem: str) -> None:
    found = handbook(f"---\nhandrail:\n  {yaml}\n---\n# T\n", kinds={})
    typed = (
        handbook(f"---\nhandrail:\n  kind: procedure\n  {yaml}\n---\n# T\n", kinds={}) if "kind" not in yaml else found
    )
    assert problems_of(typed) == [problem if typed is found else problem.replace(":3:", ":4:")]


def test_an_unknown_key_of_a_page_that_is_not_typed() -> None:
    """`handrail: {knd: procedure}` must not be dropped in silence."""
    found = handbook("---\nhandrail: {knd: procedure}\n---\n", kinds={})
    assert problems_of(found) == ["page.md:2:12 warning unknown-key: Handrail knows no key `knd`. Did you mean `kind`?"]


@pytest.mark.parametrize(
    "yaml",
    [
        "id: [a]",
        "title: {a: b}",
        "aliases: {a: b}",
        "aspects: words",
        "steps: [a]",
        "steps: heading",
        "area: [a]",
        "variant_of: [a]",
    ],
)
def test_a_wrong_type_of_the_other_keys(yaml: str) -> None:
    found = handbook(f"---\nhandrail:\n  {yaml}\n---\n# T\n")
    assert [(problem.rule, problem.line) for problem in found.problems] in (
        [("wrong-type", 3)],
        [("unknown-value", 3)],
    )


@pytest.mark.parametrize(
    ("path", "front", "area"),
    [("a.md", "", ""), ("x/y/a.md", "", "x/y"), ("x/a.md", "area: Making", "Making")],
)
def test_the_area_is_the_folder_unless_it_is_said(path: str, front: str, area: str) -> None:
    found = handbook({path: f"---\nhandrail: {{{front}}}\n---\n"})
    assert found.procedures[0].area == area


def test_a_fact_s_heading_holds_a_list_of_values_not_steps() -> None:
    found = procedure("# T\n\n## Prerequisites\n\n1. A key\n2. A car\n\n## Steps\n\n1. Go\n")
    assert (found.values("prerequisites"), [one.text for one in found.steps]) == (("A key", "A car"), ["Go"])


def test_facts_of_a_role_are_no_facts_of_a_procedure() -> None:
    assert "stand_in" not in procedure("# T\n\n## Deputy\n\nWords.\n").facts


def test_the_spellings_that_78_handbooks_use_are_built_in() -> None:
    """The common spellings in `conventions.md` are built in."""
    found = procedure("---\nlast_reviewed_on: 2026-01-01\nreview_in: 6 months\nowner_slack: '#ops'\n---\n# T\n")
    assert _facts(found) == {"owner": ["#ops"], "review.last": ["2026-01-01"], "review.every": ["6 months"]}


def test_html_in_facts_stays_text() -> None:
    found = procedure("---\nhandrail: {owner: '<script>alert(1)</script>'}\n---\n")
    assert found.fact("owner") == "<script>alert(1)</script>"


def test_a_role_s_doing_in_front_matter_is_a_fact_and_a_role() -> None:
    assert step("---\nhandrail: {role: Scribe}\n---\n1. Go\n").roles[0].inherited


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ('standard: ISO 13485:2016\nclauses: ["8.5.2", "8.5.3"]', ["ISO 13485:2016 8.5.2", "ISO 13485:2016 8.5.3"]),
        ("clauses: 8.5.2", ["8.5.2"]),
        ("standard: ISO 13485:2016\nclauses: [MDR Art. 83]", ["MDR Art. 83"]),
        ("Norm: ISO 9001\nClauses: [7.5]", ["ISO 9001 7.5"]),
    ],
)
def test_clauses_in_other_front_matter_are_those_of_its_standard(front: str, found: list[str]):
    read = handbook({"a.md": f"---\n{front}\nhandrail: {{kind: procedure}}\n---\n# A\n\n1. Go.\n2. Stop.\n"})
    assert list(read.procedures[0].values("clauses")) == found


def test_keys_of_front_matter_may_have_humps():
    text = "---\neffectiveDate: 2026-01-31\nlastReviewedOn: 2026-08-31\nreviewInterval: 6 months\nhandrail: {kind: procedure}\n---\n# A\n"
    (found,) = handbook({"a.md": text}).procedures
    assert (found.fact("effective"), found.due) == ("2026-01-31", "2027-02-28")
