"""What reviewers decided: how the file is read, that the version before is followed, and that nothing is hidden."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.decisions import DECISIONS, Decision, decisions_of
from handrail.diff import Diff, diff_of
from handrail.problems import HandrailError
from handrail.reports.changes_json import changes_json
from handrail.reports.changes_markdown import changes_markdown
from handrail.reports.changes_text import changes_text
from tests.test_diff import side
from tests.test_diff_command import CHANGED, PAGE, commit, git, refused, repository, run, write
from tests.test_diff_reports import VALIDATOR, harmless

__all__ = ["repository"]

GOOD = "- {change: 0123456789abcdef, by: Lead, on: 2026-05-04, why: Well known.}\n"


def test_a_decision_is_read_as_it_stands() -> None:
    more = "- change: 0123456789abcdef-2\n  class: editorial\n  weight: minor\n  by: QA\n  on: 2026-05-05\n  why: A name.\n"
    assert decisions_of(GOOD + more) == (
        Decision("0123456789abcdef", "Lead", "2026-05-04", "Well known.", 1),
        Decision("0123456789abcdef-2", "QA", "2026-05-05", "A name.", 2, "editorial", "minor"),
    )


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "[]\n"])
def test_no_decision(text: str) -> None:
    assert decisions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- [\n", "line 2: "),
        ("change: x\n", "line 1: This is no list. Write it like"),
        ("- accepted\n", "line 1: This is no decision."),
        (GOOD + "- {by: Lead}\n", "line 2: `change` is missing."),
        (GOOD.replace("why: Well known.", ""), "line 1: `why` is missing."),
        (GOOD.replace("Well known.", ""), "`why` is empty."),
        (GOOD.replace("by:", "role:"), "There is no `role`."),
        (GOOD.replace("by:", "bye:"), "Did you mean `by`?"),
        (GOOD.replace("0123456789abcdef", "xyz"), "`xyz` is no fingerprint. `handrail diff --json` names"),
        (GOOD.replace("2026-05-04", "4 May"), "`4 May` is no day. Write it like 2026-05-04."),
        (GOOD.replace("2026-05-04", "2026-02-30"), "`2026-02-30` is no day."),
        (GOOD.replace("by:", "class: controll, by:"), "There is no class `controll`. Did you mean `control`?"),
        (GOOD.replace("by:", "weight: heavy, by:"), "There is no weight `heavy`."),
        (GOOD.replace("why: Well known.", "why: [a, b]"), "This wants one text for one name."),
        (GOOD.replace("why:", "by: Ann, why:"), "`by` stands here twice."),
        (GOOD + "\n" + GOOD, "line 3: `0123456789abcdef` is decided in line 1 too. Keep one."),
        ("a: &a [*a]\n", "line 1: This is no list."),
        ("- !!python/object/apply:os.system [x]\n", "line 1: This is no decision."),
    ],
)
def test_what_is_no_decision_names_line_and_mend(text: str, said: str) -> None:
    with pytest.raises(HandrailError) as caught:
        decisions_of(text)
    assert str(caught.value).startswith(f"{DECISIONS}, line ")
    assert said in str(caught.value)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["- ", "change: ", "a", "\n", "  ", "{", "}", "&a", "*a"])).map("".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(HandrailError):
        assert all(one.change and one.by and one.why for one in decisions_of(text))


def compared(text: str, **decision: str) -> Diff:
    """Compare the page with its changed form, where something was decided about the only change."""
    before, after = side({"a.md": PAGE}, kinds={"**": "procedure"}), side({"a.md": text}, kinds={"**": "procedure"})
    (change,) = diff_of(before, after).changes
    said = {"change": change.fingerprint, "by": "Lead", "on": "2026-05-04", "why": "It is so.", **decision}
    decisions = decisions_of(json.dumps([said]))
    return diff_of(replace(before, decisions=decisions), replace(after, decisions=decisions))


def test_an_accepted_change_is_listed_with_the_decision() -> None:
    found = compared(CHANGED)
    assert [change.accepted for change in found.changes] == [True]
    assert [(change.class_, change.weight) for change in found.changes] == [("execution", "notable")]
    for report in (changes_text, changes_markdown):
        assert "accepted by Lead on 2026" in report(found)
        assert "1 change was accepted before, by Lead." in report(found)
    data = json.loads(changes_json(found))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
    assert data["changes"][0]["decision"] == {
        "accepted": True, "by": "Lead", "on": "2026-05-04", "why": "It is so.", "class": "execution", "weight": "notable",
    }  # fmt: skip


def test_a_corrected_class_counts_from_then_on() -> None:
    found = compared(CHANGED.replace("often", "never"), **{"class": "control", "weight": "breaking"})
    assert [(one.class_, one.weight, one.accepted) for one in found.changes] == [("control", "breaking", False)]
    assert "corrected to control breaking by Lead" in changes_text(found)
    editorial = compared(CHANGED.replace("often", "never"), **{"class": "editorial"})
    assert [(one.class_, one.weight) for one in editorial.changes] == [("editorial", "minor")]


def test_a_reason_does_not_break_out_of_the_comment() -> None:
    harmless(changes_markdown(compared(CHANGED, why="<b> @all | `x` </details> ::error", by="[x](http://y) <i>")))


def print_of(*arguments: str) -> str:
    """Return the fingerprint of the first change of a step."""
    changes = json.loads(run("--json", *arguments).stdout)["changes"]
    return next(str(change["fingerprint"]) for change in changes if change["what"] == "step")


def test_only_the_version_before_decides(repository: Path) -> None:
    base = git("rev-parse", "HEAD")
    commit({"docs/release.md": CHANGED})
    text = GOOD.replace("0123456789abcdef", print_of(base, "HEAD"))
    git("reset", "--quiet", "--hard", base)
    accepting = commit({DECISIONS: text})
    commit({"docs/release.md": CHANGED})
    assert run("--fail-on", "minor", accepting, "HEAD").exit_code == 0
    assert run("--fail-on", "minor", base, "HEAD").exit_code == 1
    found = json.loads(run("--json", base, "HEAD").stdout)["changes"]
    assert [(one["name"], one["class"], one["weight"], one["change"]) for one in found] == [
        ("step.reworded", "execution", "notable", "reworded"),
        ("rules.accepted", "control", "breaking", "added"),
    ]
    assert "decision" not in found[0]


def test_the_fingerprint_survives_pushes_that_do_not_touch_the_change(repository: Path) -> None:
    commit({"docs/release.md": CHANGED})
    first = print_of("HEAD~1", "HEAD")
    commit({"docs/release.md": "# Release\n\nMore to know.\n\n" + CHANGED.removeprefix("# Release\n\n")})
    assert print_of("HEAD~2", "HEAD") == first


def test_a_file_that_is_wrong(repository: Path) -> None:
    base = git("rev-parse", "HEAD")
    commit({DECISIONS: "- x\n", "docs/release.md": CHANGED})
    assert f"{DECISIONS}, line 1: This is no decision." in refused("HEAD")
    found = json.loads(run("--json", base, "HEAD").stdout)["changes"]
    (rule,) = (one for one in found if one["name"] == "rules.accepted")
    assert (rule["class"], rule["weight"]) == ("control", "breaking")
    assert "This is no decision" in rule["fields"][0]["after"]


def test_a_file_that_is_a_link_or_no_text(repository: Path) -> None:
    Path(".handrail").mkdir()
    Path(DECISIONS).symlink_to("/etc/passwd")
    assert "is a link" in refused("HEAD")
    Path(DECISIONS).unlink()
    write({DECISIONS: b"\xff\xfe\x00"})
    assert "cannot be read" in refused("HEAD")
    commit({})
    assert "cannot be read" in refused("HEAD")


def test_each_decision_that_goes_or_changes_is_told(repository: Path) -> None:
    other = GOOD.replace("0123456789abcdef", "fedcba9876543210")
    commit({DECISIONS: GOOD + other})
    commit({DECISIONS: GOOD.replace("Well", "Badly")})
    found = json.loads(run("--json", "HEAD~1", "HEAD").stdout)["changes"]
    assert sorted((one["name"], one["change"]) for one in found) == [
        ("rules.accepted", "changed"), ("rules.accepted", "removed"),
    ]  # fmt: skip
