"""Whom and what a change reaches: who must learn or know, and what relies on what changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handrail.diff import Diff, Touched
from handrail.reports.changes_markdown import changes_markdown
from handrail.reports.changes_text import changes_text
from handrail.reports.impact_words import MOST, others, readers
from tests.reading import text_of
from tests.test_diff import diff

RELEASE = """
    ---
    title: Release
    handrail: {kind: process, owner: Product lead, outputs: [Release note]}
    ---
    # Release

    ## Steps

    1. [Build](build.md) the release.
        - Output: Release note
    2. **Tester:** Test it.
        - Inform: Support
    """
BUILD = """
    ---
    title: Build
    handrail: {kind: procedure, owner: Build owner, clauses: [ISO 9001 8.5.1], competence: May sign packages.}
    ---
    # Build

    Always on the build machine.

    ## Steps

    1. **Builder:** Run the compiler once.
        - Record: Build log
    2. **Tester:** Look at the log.
    3. **Builder:** Sign the package.
        - Hold: Tester releases it
    """
SUPPORT = """
    ---
    title: Support
    handrail: {kind: process}
    ---
    # Support

    ## Steps

    1. **Agent:** Tell the customers.
        - Input: Release note
    2. Read more in [Build](build.md).
    """
BUILDER = """
    ---
    handrail: {kind: role}
    ---
    # Builder

    ## Competence

    Two builds beside someone who knows it.
    """
PAGES = {"release.md": RELEASE, "build.md": BUILD, "support.md": SUPPORT, "roles/builder.md": BUILDER}
ROLES = ["Tester", "Agent", "Support", "Product lead"]


def changed(page: str, *edits: tuple[str, str]) -> Diff:
    after = dict(PAGES)
    for old, new in edits:
        assert old in after[page], old
        after[page] = after[page].replace(old, new)
    return diff(PAGES, after, roles=ROLES)


def told(one: Touched) -> str:
    """Return one line: what it is, what it must do, and how it is reached."""
    ways = ", ".join(f"{way.how} {way.document}{list(way.sentences) or ''}" for way in one.ways)
    return f"{one.kind} {one.title} must {one.must}: {ways}"


OWNER = "role Build owner must know: owns build"
CALLED = [
    "process Release must look: calls build['Build the release.']",
    "process Support must look: refers to build['Read more in Build.']",
]
CLAUSE = "clause ISO 9001 8.5.1 must look: is fulfilled by build"
LOG = "record Build log must look: kept in build['Run the compiler twice.']"


@pytest.mark.parametrize(
    ("page", "edits", "expected"),
    [
        (
            "build.md",
            [("once", "twice")],
            ["role Builder must learn: does build['Run the compiler twice.']", OWNER, *CALLED, LOG, CLAUSE],
        ),
        (
            "build.md",
            [("**Tester:** Look", "**Builder:** Look")],
            ["role Builder must learn: does now build['Look at the log.']", OWNER,
             "role Tester must know: does no longer build['Look at the log.']", *CALLED, CLAUSE],
        ),
        (
            "build.md",
            [("    3. **Builder:** Sign the package.\n        - Hold: Tester releases it\n", "")],
            [OWNER, "role Builder must know: does no longer build['Sign the package.']",
             "role Tester must know: approves build['Sign the package.']", *CALLED, CLAUSE],
        ),
        (
            "build.md",
            [("Always on", "Never on")],
            [OWNER, "role Builder must know: follows build", "role Tester must know: follows build", *CALLED, CLAUSE],
        ),
        ("build.md", [("the log.", "The Log.")], []),
        (
            "release.md",
            [("outputs: [Release note]", "outputs: [Release letter]")],
            ["role Product lead must know: owns release", "role Tester must know: follows release",
             "process Support must look: takes release['Release note']"],
        ),
        (
            "release.md",
            [("**Tester:** Test it.", "**Tester:** Test it well and long.")],
            ["role Tester must learn: does release['Test it well and long.']",
             "role Product lead must know: owns release",
             "role Support must know: is told release['Test it well and long.']"],
        ),
        (
            "support.md",
            [("**Agent:** Tell the customers.", "Tell all customers.\n        - Participants: Agent")],
            ["role Agent must know: does no longer support['Tell all customers.'], takes part support['Tell all customers.']"],
        ),
        ("roles/builder.md", [("Two builds", "Three builds")], ["role Builder must learn: its page builder"]),
    ],
)  # fmt: skip
def test_what_a_change_reaches(page: str, edits: list[tuple[str, str]], expected: list[str]) -> None:
    assert sorted(told(one) for one in changed(page, *edits).impact) == sorted(expected)


def test_who_must_learn_stands_first_with_what_the_pages_ask_for() -> None:
    first = changed("build.md", ("once", "twice")).impact[0]
    assert (first.title, first.must) == ("Builder", "learn")
    assert [(one.document, one.text) for one in first.training] == [
        ("builder", "Two builds beside someone who knows it."),
        ("build", "May sign packages."),
    ]


def test_who_takes_part_in_what_nobody_does_must_learn_it() -> None:
    page = "# A\n\n## Steps\n\n1. Go on well.\n    - Participants: Agent\n2. Rest.\n"
    found = diff({"a.md": page}, {"a.md": page.replace("well", "badly")}, kinds={"**": "procedure"}, roles=["Agent"])
    assert [told(one) for one in found.impact] == ["role Agent must learn: shares a['Go on badly.']"]


def test_a_step_that_names_a_clause_reaches_it() -> None:
    page = "# A\n\n## Steps\n\n1. Go on well.\n    - Clause: A 1\n2. Rest long.\n    - Clause: A 2\n"
    for old, new, clauses in (("well", "badly", ["A 1"]), ("Clause: A 2", "Clause: A 3", ["A 2", "A 3"])):
        found = diff({"a.md": page}, {"a.md": page.replace(old, new)}, kinds={"**": "procedure"})
        assert [one.title for one in found.impact if one.kind == "clause"] == clauses


def test_records_and_clauses_reached_in_the_same_way_stand_in_one_sentence() -> None:
    pages = {**PAGES, "build.md": BUILD.replace("[ISO 9001 8.5.1]", "[A 1, A 2, A 3]")}
    found = diff(pages, {**pages, "build.md": pages["build.md"].replace("once", "twice")}, roles=ROLES)
    assert "Clause A 1, A 2, A 3: Build states it, and changes." in others(found)


def test_who_only_has_to_know_is_asked_for_nothing() -> None:
    found = changed("build.md", ("Always on", "Never on"))
    assert all(one.training == () for one in found.impact)


def test_a_document_that_comes_or_goes_reaches_all_who_follow_it() -> None:
    less = {path: text for path, text in PAGES.items() if path != "build.md"}
    gone = [told(one) for one in diff(PAGES, less, roles=ROLES).impact]
    come = [told(one) for one in diff(less, PAGES, roles=ROLES).impact]
    assert "role Builder must know: does no longer build" in gone
    assert "role Builder must learn: does now build" in come
    assert "process Release must look: calls build['Build the release.']" in gone


def test_every_way_points_to_changes_that_are_there() -> None:
    found = changed("build.md", ("once", "twice"), ("**Tester:** Look", "**Builder:** Look"), ("Always", "Never"))
    prints = {change.fingerprint for change in found.changes}
    assert found.impact
    assert all(way.changes and prints >= set(way.changes) for one in found.impact for way in one.ways)


def test_nothing_changed_reaches_nobody() -> None:
    assert diff(PAGES, PAGES, roles=ROLES).impact == ()


def test_impact_in_words(golden: Callable[[str, str], None]) -> None:
    found = changed("build.md", ("once", "twice"), ("**Tester:** Look", "**Builder:** Look"))
    golden("diff/impact.txt", "\n".join((*readers(found), *others(found))) + "\n")
    for line in (*readers(found), *others(found)):
        assert line.split()[0] in changes_text(found)
        assert line.split()[0] in changes_markdown(found)


def test_of_many_roles_the_rest_is_counted() -> None:
    steps = "".join(f"{number}. **R{number}x:** Do thing {number}.\n" for number in range(1, 31))
    page = "# A\n\n" + steps
    found = diff({"a.md": page}, {"a.md": page.replace("Do", "Never do")}, kinds={"**": "procedure"},
                 roles=[f"R{number}x" for number in range(1, 31)])  # fmt: skip
    lines = readers(found)
    assert len(lines) == MOST + 1
    assert lines[-1] == "18 more roles are reached; `handrail diff --json` names all of them."


def test_a_page_that_names_nobody() -> None:
    page = text_of("# A\n\n1. Go on.\n2. Rest.\n")
    found = diff({"a.md": page}, {"a.md": page.replace("Go", "Never go")}, kinds={"**": "procedure"})
    assert found.impact == ()


def test_a_role_whose_page_comes_or_goes_does_what_it_did() -> None:
    """Steps name it as before, so nobody else does them now; only its page is told."""
    less = {path: text for path, text in PAGES.items() if path != "roles/builder.md"}
    more = {**less, "roles/r-17.md": BUILDER}
    for before, after, name in ((more, less, "builder"), (less, more, "r-17")):
        found = diff(before, after, roles=[*ROLES, "Builder"])
        assert {change.fact.document for change in found.changes} == {"r-17"}
        (builder,) = (one for one in found.impact if one.title == "Builder")
        assert (builder.id, [(way.how, way.document) for way in builder.ways]) == (name, [("its page", "r-17")])
