"""Who does, approves, is asked or told: from the places where real documents put it, and from nowhere else."""

from __future__ import annotations

import pytest

from handrail.reader.roles import folded
from tests.reading import handbook, problems_of, procedure, roles_of, step

REGISTER = [
    "Release manager",
    "Quality lead",
    "Scribe",
    "Incident Commander",
    {"Head of Development": ["HoD", "CTO"]},
]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. **Screibe:** write\n", "'Screibe' is no registered role; it stays text. Did you mean `Scribe`?"),
        (
            "1. **Baker:** listen\n2. **Scribe:** write\n3. **Baker:** judge\n",
            "'Baker' is no registered role; it stays text. Add it to `roles:` in the options, or as a page of kind role.",
        ),
        ("1. **Scribe:** write\n", ""),
        ("1. **Heads up:** it is hot\n", ""),
        ("1. **Note:** it is hot\n", ""),
    ],
)
def test_a_lead_that_may_mean_a_role_is_named(text: str, said: str) -> None:
    """Text that matches no role or alias stays text, and whoever meant a role hears it."""
    found = problems_of(handbook(text, roles=REGISTER))
    assert {line.split("unknown-role: ")[1] for line in found} == ({said} if said else set())


@pytest.mark.parametrize(
    ("text", "roles", "words"),
    [
        ("1. **Release manager:** freeze the branch\n", ["release-manager does lead"], "freeze the branch"),
        ("1. **Release manager**: freeze the branch\n", ["release-manager does lead"], "freeze the branch"),
        ("1. **Release Managers:** freeze\n", ["release-manager does lead"], "freeze"),
        ("1. **The scribe** notes the time\n", ["scribe does lead"], "notes the time"),
        ("1. **CTO:** decide\n", ["head-of-development does lead"], "decide"),
        ("1. **Scribe and Quality lead:** talk\n", ["scribe does lead", "quality-lead does lead"], "talk"),
        ("1. **Somebody:** talk\n", [], "Somebody: talk"),
        ("1. Scribe: note the time\n", ["scribe does lead"], "note the time"),
        ("1. Scribe and quality lead: talk\n", ["scribe does lead", "quality-lead does lead"], "talk"),
        ("1. Somebody: talk\n", [], "Somebody: talk"),
        ("1. Tell the scribe: go\n", [], "Tell the scribe: go"),
        ("1. `Scribe`: a file\n", [], "Scribe: a file"),
        ("1. The scribe notes the time\n", ["scribe does subject"], "The scribe notes the time"),
        ("1. Tell the scribe\n", [], "Tell the scribe"),
        ("1. Freeze\n   - Delegate to: Scribe\n", ["scribe does line"], "Freeze"),
        ("1. Freeze\n   - **Delegate to:** Scribe\n", ["scribe does line"], "Freeze"),
        (
            "1. Freeze\n   - Who: Scribe, Quality lead\n",
            ["scribe does line", "quality-lead does line"],
            "Freeze",
        ),
        (
            "1. Freeze\n   - Participants: Scribe, Quality lead (optional)\n",
            ["scribe takes part line", "quality-lead takes part line optional"],
            "Freeze",
        ),
        (
            "1. Freeze\n   - Consult: Scribe\n   - Inform: Quality lead\n",
            ["scribe asked line", "quality-lead told line"],
            "Freeze",
        ),
        ("1. Freeze\n   - Approved by: Scribe\n", ["scribe approves line"], "Freeze"),
        ("1. Freeze\n   - Hold: Scribe\n", ["scribe approves line"], "Freeze"),
        ("1. Freeze\n   - Judgement: the scribe decides\n", ["scribe does line"], "Freeze"),
        ("1. Freeze\n   - Stop: the scribe\n", ["scribe told line"], "Freeze"),
        ("1. Freeze\n   - Stop: tell the scribe\n", ["scribe told line"], "Freeze"),
        ("| Step | Who |\n|---|---|\n| Freeze | Scribe |\n", ["scribe does cell"], "Freeze"),
        (
            "| Step | Role | Inform |\n|---|---|---|\n| Freeze | Scribe | HoD |\n",
            ["scribe does cell", "head-of-development told cell"],
            "Freeze",
        ),
        (
            "| Step | Participants |\n|---|---|\n| Freeze | Scribe<br>HoD |\n",
            ["scribe takes part cell", "head-of-development takes part cell"],
            "Freeze",
        ),
        ("1. Freeze\n", [], "Freeze"),
    ],
)
def test_roles_each_from_where_real_documents_put_it(text: str, roles: list[str], words: str) -> None:
    """A bold lead that names a known role, a Who / Role / Participants cell or table, a `Delegate to:` line, ..."""
    found = step(text, roles=REGISTER)
    known = {"cell", "table"}
    got = [" ".join("cell" if word in known else word for word in role.split(" ")) for role in roles_of(found)]
    assert (got, found.text) == (roles, words)


@pytest.mark.parametrize(
    "table",
    [
        "| Participants |\n|---|\n| QMO |\n| Developer |\n",
        "| Participants | QMO, Developer |\n|---|---|\n",
        "|  |  |\n|---|---|\n| Participants | QMO<br>Developer |\n",
    ],
)
def test_participants_give_takes_part(table: str) -> None:
    """Participants give "takes part"."""
    found = procedure(
        f"# T\n\n## Steps\n\n### 1. Open\n\n{table}\n### 2. Close\n\nWords.\n", roles=["QMO", "Developer"]
    )
    assert [(use.role, use.part) for use in found.steps[0].roles] == [
        ("qmo", "takes part"),
        ("developer", "takes part"),
    ]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Steps for Scribe", "scribe"),
        ("Steps by the Scribe", "scribe"),
        ("Checklist for Incident Commander", "incident-commander"),
        ("Scribe", "scribe"),
        ("Incident Commanders", "incident-commander"),
        ("Steps for Everybody else", None),
        ("Overview", None),
    ],
)
def test_a_heading_that_names_the_role(heading: str, role: str | None) -> None:
    """A heading "Steps for Scribe" (a steps-like word before for / by, or a registered role)."""
    found = step(f"# T\n\n## {heading}\n\n1. Note the time\n", roles=REGISTER)
    assert roles_of(found) == ([f"{role} does heading"] if role else [])


def test_what_the_step_says_goes_before_the_heading() -> None:
    found = step("# T\n\n## Steps for Scribe\n\n1. **Quality lead:** check\n", roles=REGISTER)
    assert roles_of(found) == ["quality-lead does lead"]


def test_who_is_told_does_not_take_the_place_of_who_does_it() -> None:
    found = step("# T\n\n## Steps for Scribe\n\n1. Check\n   - Inform: HoD\n", roles=REGISTER)
    assert sorted(roles_of(found)) == ["head-of-development told line", "scribe does heading"]


def test_front_matter_role_is_inherited() -> None:
    """Else front matter `role:`, marked as inherited."""
    found = procedure("---\nhandrail: {role: Scribe}\n---\n1. Note it\n2. **HoD:** read it\n", roles=REGISTER)
    assert [roles_of(one) for one in found.steps] == [
        ["scribe does front matter inherited"],
        ["head-of-development does lead"],
    ]


def test_never_the_owner() -> None:
    """Never the owner."""
    assert step("---\nhandrail: {owner: Scribe}\n---\n1. Note it\n", roles=REGISTER).roles == ()


@pytest.mark.parametrize(
    "name",
    ["Release manager", "release Manager", "RELEASE MANAGERS", "the release manager", "Release-Manager"],
)
def test_names_match_by_case_and_number(name: str) -> None:
    """Names match the roles register by case, number and spelling variant."""
    if name != "Release-Manager":
        assert roles_of(step(f"1. Go\n   - Who: {name}\n", roles=REGISTER)) == ["release-manager does line"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Head of Organisation", "head of organization"),
        ("Policies officer", "Policy officers"),
        ("On-call", "Oncall"),
        ("Programme lead", "Program leads"),
        ("The Scribe (backup)", "scribe"),
        ("DevOps", "devops"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    """By case, number and spelling variant."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Release manager", "Test manager"), ("Boss", "Bos"), ("Ops", "Op")])
def test_names_that_are_two(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_text_that_matches_no_role_stays_text() -> None:
    """Text that matches no role or alias stays text."""
    found = handbook("1. Go\n   - Who: Grandmother\n", roles=REGISTER)
    assert found.procedures[0].steps[0].roles == ()
    assert problems_of(found) == [
        "page.md:2:11 info unknown-role: 'Grandmother' is no registered role; it stays text. "
        "Add it to `roles:` in the options, or as a page of kind role."
    ]


def test_an_unknown_role_that_is_nearly_a_known_one() -> None:
    found = handbook("1. Go\n   - Who: Release manger\n", roles=REGISTER)
    assert problems_of(found) == [
        "page.md:2:11 info unknown-role: 'Release manger' is no registered role; it stays text. Did you "
        "mean `Release manager`?"
    ]


def test_an_unknown_role_has_its_column() -> None:
    """Line and column for everything."""
    (problem,) = handbook("1. Go\n   - Who: Grandmother\n", roles=REGISTER).problems
    assert (problem.line, problem.column) == (2, 11)


def test_the_register_is_the_options_and_the_pages_of_kind_role() -> None:
    """The register is `roles:` in the options and the pages of kind role."""
    found = handbook(
        {
            "scribe.md": "---\nhandrail: {kind: role, aliases: [Note taker]}\n---\n# Scribe\n",
            "roles/deputy.md": "# Deputy\n",
            "a.md": "1. **Note taker:** write\n2. **Deputy:** help\n3. **Lead:** lead\n",
        },
        kinds={"a.md": "procedure", "roles/**": "role"},
        roles=["Lead"],
    )
    assert [roles_of(one) for one in found.procedures[0].steps] == [
        ["scribe does lead"],
        ["deputy does lead"],
        ["lead does lead"],
    ]
    assert [(role.id, role.own_page) for role in found.roles] == [
        ("deputy", True),
        ("scribe", True),
        ("lead", False),
    ]


@pytest.mark.parametrize(
    ("lead", "role"),
    [
        pytest.param("**Release manager:**", "release-manager"),
        pytest.param("**Test manager:**", "test-manager"),
        pytest.param("**Support engineer:**", "support-engineer"),
        ("**Quality manager:**", "quality-manager"),
        ("**Contact support:**", None),
        ("**Reviewer:**", "reviewer"),
        ("**Release manager**", None),
        ("**Note:**", None),
        ("**Warning:**", None),
        ("**Important:**", None),
        ("**Goal:**", None),
        ("**Clone the repository:**", None),
        ("**Step 1:**", None),
        ("**`git push`:**", None),
        ("**Server:**", None),
        ("**The whole team of the second floor is here:**", None),
    ],
)
def test_without_a_register_a_bold_lead_that_ends_in_a_colon_names_a_role(lead: str, role: str | None) -> None:
    """Without one, a bold lead that ends in a colon and is no label word names a role on a typed page."""
    found = handbook(f"1. {lead} do it\n2. Go\n")
    assert roles_of(found.procedures[0].steps[0]) == ([f"{role} does lead"] if role else [])
    assert [document.id for document in found.roles] == ([role] if role else [])


def test_without_a_register_who_lines_and_headings_name_roles_too() -> None:
    found = handbook(
        "# T\n\n## Steps for Scribe\n\n1. Note\n\n## Steps for Deputy\n\n1. Go\n   - Inform: Customer liaison\n"
    )
    assert [(role.id, role.title, role.path, role.line) for role in found.roles] == [
        ("scribe", "Scribe", "page.md", 3),
        ("deputy", "Deputy", "page.md", 7),
        ("customer-liaison", "Customer liaison", "page.md", 10),
    ]


def test_steps_for_lead_are_the_lead_s() -> None:
    assert roles_of(step("# T\n\n## Steps for Lead\n\n1. Go\n")) == ["lead does heading"]


def test_a_name_is_one_role_however_it_is_written() -> None:
    found = handbook("1. **Developer:** a\n2. **Developers:** b\n3. Go\n   - Who: the developer\n")
    assert [role.id for role in found.roles] == ["developer"]
    assert [one.roles[0].name for one in found.procedures[0].steps] == [
        "Developer",
        "Developers",
        "developer",
    ]


@pytest.mark.parametrize("value", ["TODO", "\\<enter role\\>", "tbd", "N.N.", "[Role]", "____"])
def test_placeholders_are_nobody(value: str) -> None:
    assert step(f"1. Go\n   - Who: {value}\n").roles == ()


def test_roles_have_their_lines() -> None:
    found = procedure("1. **Scribe:** go\n   - Inform: HoD\n", roles=REGISTER).steps[0]
    assert [(use.role, use.line) for use in found.roles] == [("scribe", 1), ("head-of-development", 2)]


def test_each_role_once() -> None:
    found = step("1. **Scribe:** go\n   - Who: Scribe\n   - Inform: Scribe\n", roles=REGISTER)
    assert roles_of(found) == ["scribe does lead", "scribe told line"]


def test_either_of_two_may_release() -> None:
    found = step("# T\n\n1. Ship\n   - Hold: either QA or PM\n")
    assert found.hold is not None
    assert (found.hold.who, found.hold.needs) == (("QA", "PM"), "any")
    assert [use.name for use in found.roles] == ["QA", "PM"]


@pytest.mark.parametrize(
    "lead", ["Realised savings", "For dev / sandbox clusters", "Clusters", "For the release managers"]
)
def test_a_lead_that_comes_again_and_again_is_no_role_for_that(lead: str) -> None:
    found = handbook(f"# T\n\n1. **{lead}:** one\n2. **{lead}:** two\n")
    assert [use.role for use_step in found.procedures[0].steps for use in use_step.roles] == []
    assert found.roles == ()
