"""What changed between two versions of a handbook: each kind of fact, its judgement, and the laws of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handrail.diff import Change, Diff, Fact, Side, diff_of, facts_between
from handrail.diff.judge import TABLE
from handrail.handbook import read_handbook
from handrail.options import options_of
from handrail.problems import HandrailError
from handrail.sources import Sources
from tests.planting import PLANTS, drafts, own_drafts, planted
from tests.reading import text_of
from tests.scoring import NOISES, alone, in_pairs, noise
from tests.scoring import side as planted_side

Texts = str | Mapping[str, str]

PAGE = """
    ---
    title: Release
    handrail: {kind: procedure, owner: Ann}
    ---
    # Release

    Only 10 parts per minute.

    ## Steps

    1. **Lead:** Freeze the branch.
        - Hold: QA releases it
        - Record: Log
    2. <a id="test"></a>Run all of the tests twice.
    3. Tag the release in the repository.
    4. Is it well?
        - **No:** go back to [the tests](#test)
        - **Yes:** end
    5. Tell the customers about it by mail.

    ## Limits

    | What | Limit |
    |---|---|
    | Size | 10 MB |
    | Time | 5 days |
    """


def side(pages: Texts, **options: Any) -> Side:
    texts = {"release.md": pages} if isinstance(pages, str) else pages
    texts = {path: text_of(text) for path, text in texts.items()}
    known = options_of({"roles": ["Lead", "Deputy", "QA"], **options})
    return Side("side", read_handbook(Sources(texts), known), texts, known)


def diff(before: Texts, after: Texts, **options: Any) -> Diff:
    return diff_of(side(before, **options), side(after, **options))


def changed(*edits: tuple[str, str]) -> Diff:
    """Compare the page with itself after some edits."""
    after = PAGE
    for old, new in edits:
        assert old in after, old
        after = after.replace(old, new)
    return diff(PAGE, after)


def told(change: Change) -> str:
    """Return a change as one line: judgement, name, and its fields."""
    fields = " | ".join(f"{one.before} -> {one.after}" for one in change.fact.fields)
    return f"{change.class_} {change.weight} {change.fact.name}: {fields}"


CASES: list[tuple[list[tuple[str, str]], list[str]]] = [
    ([("owner: Ann", "owner: Bob")], ["responsibility notable field.owner: Ann -> Bob"]),
    ([(", owner: Ann", "")], ["responsibility notable field.owner: Ann -> None"]),
    ([("title: Release", "title: Ship")], ["interface minor field.title: Release -> Ship"]),
    ([("        - Hold: QA releases it\n", "")], ["control breaking step.hold: QA releases it -> None"]),
    ([("        - Record: Log\n", "")], ["control breaking step.record: Log -> None"]),
    ([("Record: Log", "Record: Ticket")], ["control notable step.record: Log -> Ticket"]),
    ([("**Lead:**", "**Deputy:**")], ["responsibility notable step.role: Lead -> Deputy"]),
    (
        [("twice", "three times")],
        ["execution notable step.reworded: Run all of the tests twice. -> Run all of the tests three times."],
    ),
    (
        [("the customers", "the custmers")],
        ["execution minor step.reworded: Tell the customers about it by mail. -> Tell the custmers about it by mail."],
    ),
    (
        [("Run all", "Never run all")],
        ["execution notable step.reworded: Run all of the tests twice. -> Never run all of the tests twice."],
    ),
    (
        [("the repository", "The Repository")],
        ["editorial minor step.reworded: Tag the release in the repository. -> Tag the release in The Repository."],
    ),
    (
        [("by mail.", "by mail, and check that it came.")],
        ["control notable step.reworded: Tell the customers about it by mail. -> "
         "Tell the customers about it by mail, and check that it came."],
    ),
    ([("    5. Tell the customers about it by mail.\n", "")],
     ["execution breaking step.removed: Tell the customers about it by mail. -> None"]),
    ([("    5. Tell", "    5. Write the notes.\n    6. Tell")], ["execution notable step.added: None -> Write the notes."]),
    ([("go back to [the tests](#test)", "go back to [the tag](#tag)"), ("3. Tag", '3. <a id="tag"></a>Tag')],
     ["execution notable step.branch: No: Run all of the tests twice.; Yes: end -> "
      "No: Tag the release in the repository.; Yes: end"]),
    ([("10 parts", "12 parts")],
     ["execution notable text.reworded: Only 10 parts per minute. -> Only 12 parts per minute."]),
    ([("10 parts", "ten parts")],
     ["editorial minor text.reworded: Only 10 parts per minute. -> Only ten parts per minute."]),
    ([("10 parts", "eleven parts")],
     ["execution notable text.reworded: Only 10 parts per minute. -> Only eleven parts per minute."]),
    ([("Only 10 parts per minute.\n", "")], ["execution notable text.removed: Only 10 parts per minute. -> None"]),
    ([("| 10 MB |", "| 20 MB |")], ["execution notable text.row: 10 MB -> 20 MB"]),
    ([("    | Time | 5 days |\n", "")], ["execution notable text.row: Time -> None | 5 days -> None"]),
    ([("## Limits", "## Bounds")], ["execution minor text.heading: Limits -> Bounds"]),
    ([("## Steps", "## Procedure")], ["execution notable text.words: Steps -> Procedure"]),
    ([("title: Release", "title: Release\n    layout: wide")],
     ["editorial minor text.front_matter: None -> wide"]),
    ([("1. **", "1) **"), ("2. <a", "2) <a"), ("3. Tag", "3) Tag"), ("4. Is", "4) Is"), ("5. Tell", "5) Tell")], []),
    ([("Tag the release in the", "Tag the release\n       in the")], []),
]  # fmt: skip


TEXTS: list[tuple[str, str, list[str]]] = [
    ("- Wash the pan.\n- Dry the cup with care.\n", "- Wash the pan.\n- Dry the cup with haste.\n",
     ["execution minor text.reworded: Dry the cup with care. -> Dry the cup with haste."]),
    ("Wash the pan each day.\n\nDry the cup with care.\n", "- Wash the pan each day.\n- Dry the cup with care.\n", []),
    ("Old.\n", "Old.\n\n## Lamps\n\nTrim them.\n\nFill them.\n",
     ["execution notable text.section: None -> Trim them. Fill them."]),
    ("We post all jobs on the home page.\n\nWe may also use other sites for that.\n",
     "We post all jobs on the web site. We may also use other sites for that.\n",
     ["execution minor text.reworded: We post all jobs on the home page. We may also use other sites for that. -> "
      "We post all jobs on the web site. We may also use other sites for that."]),
    ("1\\. Weigh the flour and the salt.\n2\\. Knead the dough for long.\n",
     "1. Weigh the flour and the salt.\n2. Knead the dough for long.\n",
     ["editorial minor text.into steps: Weigh the flour and the salt. Knead the dough for long. -> "
      "Weigh the flour and the salt. Knead the dough for long."]),
    ("Old.\n\n<!-- Edited by Ann -->\n", "Old.\n", ["editorial minor text.removed: <!-- Edited by Ann --> -> None"]),
    ("Run git checkout main first.\n", "Run git checkout next first.\n",
     ["execution notable text.reworded: Run git checkout main first. -> Run git checkout next first."]),
    ("[log]: https://x.org/[log]\n", "[log]: https://x.org/log\n",
     ["execution notable text.reworded: log: https://x.org/[log] -> log: https://x.org/log"]),
    ("```\nmake all\n```\n", "```console\nmake all\n```\n", []),
    ("```mermaid\na\n```\n", "```flow\na\n```\n", ["execution minor text.reworded: mermaid a -> flow a"]),
    ("## Review periods\n\nOnce a year.\n", "## Other periods\n\nOnce a year.\n",
     ["control minor text.heading: Review periods -> Other periods"]),
    ("Update src/run.sh to pass channel=stable, not beta.\n", "Update src/channel to stable\n",
     ["execution notable text.reworded: Update src/run.sh to pass channel=stable, not beta. -> "
      "Update src/channel to stable"]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), TEXTS)
def test_text_outside_of_the_steps(before: str, after: str, expected: list[str]) -> None:
    texts = ({"a.md": f"# P\n\nFirst words.\n\n{text}"} for text in (before, after))
    found = diff(*texts, kinds={"**": "procedure"})
    assert [told(change) for change in found.changes] == expected


def test_what_a_front_matter_adds_is_told_as_facts_alone() -> None:
    page = "# A\n\n## Steps\n\n1. Weigh the flour.\n2. Knead the dough.\n"
    front = "---\nhandrail: {kind: procedure, owner: Ann, review: {every: 6 months}}\n---\n"
    found = diff({"a.md": page}, {"a.md": front + page}, kinds={"**": "procedure"})
    assert [change.fact.name for change in found.changes] == ["field.owner", "field.review.every"]


def test_a_step_that_was_split_between_two_documents() -> None:
    head = "# {}\n\n## Steps\n\n1. {}\n2. Clear the table.\n"
    whole = "Weigh the flour on the old scale and knead the dough for ten long minutes."
    before = {"a.md": head.format("A", whole), "b.md": head.format("B", "Heat the oven.")}
    after = {
        "a.md": head.format("A", "Weigh the flour on the old scale."),
        "b.md": head.format("B", "Heat the oven.").replace("2.", "2. Knead the dough for ten long minutes.\n3."),
    }
    there, back = (diff(*sides, kinds={"**": "procedure"}) for sides in ((before, after), (after, before)))
    assert [change.fact.name for change in there.changes] == ["step.split"]
    assert [place.path for place in there.changes[0].fact.parts] == ["b.md"]
    assert [change.fact.name for change in back.changes] == ["step.merged"]


def test_a_link_that_follows_its_page_is_editorial() -> None:
    page = "# A\n\nSee [the other]({}).\n\n## Steps\n\n1. Take [it]({}).\n2. Go home.\n"
    other = "# The other page\n\n## Steps\n\n1. Weigh the flour and the salt.\n2. Knead the dough.\n"
    before = {"a.md": page.format("b.md", "b.md#weigh"), "b.md": other}
    after = {"a.md": page.format("x/c.md", "x/c.md#weigh"), "x/c.md": other}
    found = diff(before, after, kinds={"**": "procedure"})
    assert Counter((change.fact.name, change.class_) for change in found.changes) == Counter(
        [("document.moved", "interface"), ("text.reworded", "editorial"), ("step.reworded", "editorial")]
    )
    wrong = {**after, "a.md": page.format("x/d.md", "x/c.md#weigh")}
    classes = {change.fact.name: change.class_ for change in diff(before, wrong, kinds={"**": "procedure"}).changes}
    assert classes["text.reworded"] == "execution"


@pytest.mark.parametrize("title", ["The other page", "Undo it"])
def test_a_page_that_was_renamed_and_written_anew_is_followed(title: str) -> None:
    page = "# A\n\nSee [it]({}).\n\n## Steps\n\n1. Take the cup.\n2. Go home.\n"
    old = "# The other page\n\n## Steps\n\n1. Weigh the flour and the salt.\n2. Knead the dough.\n"
    new = f"# {title}\n\n## Steps\n\n1. Ask somebody else for bread.\n2. Pay at once.\n"
    link = "c.md" if title == "Undo it" else "a.md"
    before, after = {"a.md": page.format("b.md"), "b.md": old}, {"a.md": page.format(link), "c.md": new}
    found = diff(before, after, kinds={"**": "procedure"})
    assert "document.renamed" in {change.fact.name for change in found.changes}
    alone = diff({"b.md": old}, {"c.md": new.replace("# The other page", "# Undo it")}, kinds={"**": "procedure"})
    assert {change.fact.name for change in alone.changes} == {"document.removed", "document.added"}


def test_what_went_of_a_renamed_page_is_told_under_its_new_name() -> None:
    other = "# One\n\n## Steps\n\n1. Weigh the flour and the salt.\n2. Knead the dough for long.\n3. Ring the bell.\n"
    after = other.replace("# One", "# Two").replace("3. Ring the bell.\n", "")
    found = diff({"a.md": other}, {"b.md": after}, kinds={"**": "procedure"})
    assert {change.fact.title for change in found.changes} == {"Two"}


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_each_kind_of_change(edits: list[tuple[str, str]], expected: list[str]) -> None:
    assert [told(change) for change in changed(*edits).changes] == expected


def test_a_step_that_moved_is_one_change_and_renumbering_is_none() -> None:
    tag = "    3. Tag the release in the repository.\n"
    found = changed((tag, ""), ("    1. **Lead", "    1. Tag the release in the repository.\n    2. **Lead"))
    assert [(change.fact.name, change.fact.step) for change in found.changes] == [
        ("step.moved", "tag-the-release-in-the-repository")
    ]


def test_an_arrow_to_a_step_that_was_reworded_is_the_same_arrow() -> None:
    page = "# P\n\n## Steps\n\n1. Weigh the flour\n2. Is it right?\n    - **No:** go back to [weighing](#{})\n    - **Yes:** end\n"
    before = page.format("weigh-the-flour")
    after = page.replace("Weigh the flour", "Weigh the flour and salt").format("weigh-the-flour-and-salt")
    assert [
        change.fact.name for change in diff({"a.md": before}, {"a.md": after}, kinds={"**": "procedure"}).changes
    ] == ["step.reworded"]


def test_headings_instead_of_a_list_remove_no_step() -> None:
    before = (
        "# P\n\n## Steps\n\n1. Weigh the flour.\n\n    On the new scale.\n\n2. Knead the dough.\n3. Bake the bread.\n"
    )
    after = "# P\n\n## Steps\n\n### 1. Weigh the flour.\n\nOn the new scale.\n\n### 2. Knead the dough.\n\n### 3. Bake the bread.\n"
    found = diff({"a.md": before}, {"a.md": after}, kinds={"**": "procedure"})
    assert [told(change) for change in found.changes] == ["editorial minor document.form: list -> headings"]


def test_a_section_that_moved_is_told_once_with_its_blocks() -> None:
    parts = [
        "## One\n\nFirst words stand here.\n\nSecond words stand there.\n",
        "## Two\n\nOther texts are here.\n\nMore of them come.\n\nAnd a third one ends it.\n",
    ]
    before, after = ("# P\n\n" + "\n".join(order) for order in (parts, parts[::-1]))
    found = diff({"a.md": before}, {"a.md": after}, kinds={"**": "procedure"})
    assert [told(change) for change in found.changes] == [
        "editorial minor text.moved: First words stand here. Second words stand there. -> "
        "First words stand here. Second words stand there."
    ]


def test_the_full_stop_behind_a_link_is_no_detail() -> None:
    page = "# P\n\n1. Go on\n2. Then {} the [list](list.md).\n"
    found = diff({"a.md": page.format("see")}, {"a.md": page.format("read")}, kinds={"**": "procedure"})
    assert [[field.name for field in change.fact.fields] for change in found.changes] == [["text"]]


OTHER = (
    "---\nhandrail: {kind: procedure}\n---\n# Other\n\n## Steps\n\n1. Sweep the long floor.\n2. Lock the back door.\n"
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a.md": OTHER}, {"b.md": OTHER}, ["document.renamed"]),
        ({"a.md": OTHER}, {"x/a.md": OTHER}, ["document.moved"]),
        ({"a.md": OTHER}, {}, ["document.removed"]),
        ({}, {"a.md": OTHER}, ["document.added"]),
        ({"a.md": OTHER}, {"a.md": OTHER.replace("procedure", "process")}, ["field.kind"]),
    ],
)
def test_documents_that_come_go_and_move(before: dict[str, str], after: dict[str, str], expected: list[str]) -> None:
    assert Counter(change.fact.name for change in diff(before, after).changes) == Counter(expected)


def test_a_step_that_went_to_another_document_is_not_removed() -> None:
    sweep = "Sweep the long floor of the shop."
    one = f"---\nhandrail: {{kind: procedure}}\n---\n# One\n\n## Steps\n\n1. {sweep}\n2. Wash up.\n3. Go home.\n"
    two = one.replace("# One", "# Two").replace(sweep, "Count the money.").replace("Wash up", "Note it")
    after = {"one.md": one.replace(f"1. {sweep}\n", ""), "two.md": two.replace("3. Go", f"3. {sweep}\n4. Go")}
    (change,) = diff({"one.md": one, "two.md": two}, after).changes
    assert change.fact.name == "step.moved to another document"
    assert (change.fact.before, change.fact.after) is not None
    assert [(one.before, one.after) for one in change.fact.fields] == [("One", "Two")]


def test_an_ordinary_page_is_only_named() -> None:
    found = diff({"a.md": "# A\n\nold\n"}, {"a.md": "# A\n\nnew\n"})
    assert (found.changes, found.other_pages) == ((), ("a.md",))


def test_the_rules_of_the_version_before_judge_and_their_change_is_told() -> None:
    before = side(PAGE, changes={"step.reworded": "compliance breaking", "field.owner": "minor"})
    after = side(PAGE.replace("twice", "often").replace("Ann", "Bob"), changes={"step.reworded": "editorial"})
    found = {change.fact.name: (change.class_, change.weight) for change in diff_of(before, after).changes}
    assert found == {
        "rules.changes": ("control", "breaking"),
        "step.reworded": ("compliance", "breaking"),
        "field.owner": ("responsibility", "minor"),
    }


def test_a_rule_for_a_kind_that_is_none_names_the_nearest() -> None:
    with pytest.raises(HandrailError, match=r"Did you mean `step\.moved`"):
        diff_of(side(PAGE, changes={"step.moves": "minor"}), side(PAGE))


def test_a_fingerprint_survives_what_does_not_touch_the_change() -> None:
    (alone_,) = changed(("twice", "often")).changes
    among = changed(
        ("twice", "often"), ("owner: Ann", "owner: Bob"), ("Only 10", "\n\n    Well.\n\n    Only 10")
    ).changes
    assert alone_.fingerprint in {change.fingerprint for change in among}
    assert len({change.fingerprint for change in among}) == len(among)


def test_every_added_has_its_removed() -> None:
    names = {name.removesuffix(".added") for name in TABLE if name.endswith(".added")}
    assert names == {name.removesuffix(".removed") for name in TABLE if name.endswith(".removed")}


def test_every_kind_of_change_is_in_the_guide(root: Path) -> None:
    guide = (root / "content" / "guide" / "review.md").read_text(encoding="utf-8")
    for name, row in TABLE.items():
        weights = {"added": row.added, "changed": row.changed, "removed": row.removed}
        said = ", ".join(f"{weight} when {how}" for how, weight in weights.items())
        said = row.added if len(set(weights.values())) == 1 else said
        assert f"| `{name}` | {row.class_} | {said} |" in guide, name


# ---- laws ----

LINES = st.lists(
    st.sampled_from(
        [
            "# Title",
            "## Steps",
            "## Limits",
            "1. Freeze the branch",
            "1. Run the tests twice",
            "1. **Lead:** tag the release",
            "2. If it fails, go back to step 1",
            "   - Record: Log",
            "   - Hold: QA",
            "   1. look twice",
            "### 1. Weigh it",
            "### 2. Bake it",
            "Some words of text.",
            "Some other words.",
            "| What | Limit |\n|---|---|\n| Size | 10 MB |",
            "Owner: Ann",
            "",
        ]
    ),
    max_size=12,
).map("\n".join)
PAGES = st.dictionaries(st.sampled_from(["a.md", "b.md", "x/a.md"]), LINES, max_size=3)
_INVERSE = {
    "step.added": ("removed", "step.removed"),
    "step.split": ("merged", "step.merged"),
    "step.copied": ("removed", "step.copy removed"),
    "document.added": ("removed", "document.removed"),
    "document.split": ("merged", "document.merged"),
    "document.copied": ("removed", "document.copy removed"),
    "text.added": ("removed", "text.removed"),
}
"""Name of a change -> how and what it is on the way back, where that is not the same."""
_BACK = {
    **_INVERSE,
    **{name: ("copied" if "copy " in name else "added" if how == "removed" else "split", one)
       for one, (how, name) in _INVERSE.items()},
    "text.into steps": ("changed", "text.from steps"),
    "text.from steps": ("changed", "text.into steps"),
}  # fmt: skip
_SIMPLE = {"added": "removed", "removed": "added"}
"""Of a fact or a row that comes or goes, the name is the same both ways."""


def chance_side(texts: dict[str, str]) -> Side:
    known = options_of({"kinds": {"**": "procedure"}, "roles": ["Lead", "QA"]})
    return Side("side", read_handbook(Sources(texts), known), texts, known)


def mirrored(fact: Fact) -> tuple[object, ...]:
    """Return a fact as it is seen from the other side."""
    how, name = _BACK.get(fact.name, (_SIMPLE.get(fact.how, fact.how), fact.name))
    fields = tuple((one.name, one.after, one.before) for one in fact.fields)
    return fact.what, how, name, fact.after, fact.before, fact.parts, fact.confidence, fields


def seen(fact: Fact) -> tuple[object, ...]:
    fields = tuple((one.name, one.before, one.after) for one in fact.fields)
    return fact.what, fact.how, fact.name, fact.before, fact.after, fact.parts, fact.confidence, fields


@given(PAGES)
def test_nothing_differs_from_itself(texts: dict[str, str]) -> None:
    assert facts_between(chance_side(texts), chance_side(texts)).facts == ()


@example(
    {"a.md": "", "b.md": "1. Freeze the branch"},
    {"a.md": "1. Freeze the branch\n## Steps\n1. Freeze the branch\n# Title\nOwner: Ann"},
)
@given(PAGES, PAGES)
def test_the_way_back_mirrors_the_way_there(before: dict[str, str], after: dict[str, str]) -> None:
    one, other = chance_side(before), chance_side(after)
    there, back = facts_between(one, other).facts, facts_between(other, one).facts
    assert sorted(map(repr, map(seen, there))) == sorted(map(repr, map(mirrored, back)))


@given(PAGES, PAGES)
def test_the_facts_lead_from_the_old_steps_to_the_new(before: dict[str, str], after: dict[str, str]) -> None:
    """Whatever becomes of the documents themselves, for those that stay where they were."""
    there = applied(chance_side(before), chance_side(after))
    for path, (steps, wanted) in there.items():
        assert steps == wanted, path


def sentences(found: Side, path: str) -> dict[tuple[str, int], str]:
    """Return place -> sentence of each step on a page."""
    steps = [step for one in found.handbook.by_path.get(path, ()) for step in one.all_steps()]
    return {(path, step.line): " ".join(step.text.split()) for step in sorted(steps, key=lambda step: step.line)}


def applied(one: Side, other: Side) -> dict[str, tuple[list[str], list[str]]]:
    """Return for each page that has the same single document on both sides: its old steps changed, and its new ones."""
    facts = facts_between(one, other).facts
    strange = {
        place.path
        for fact in facts
        if fact.what == "document" and fact.name not in ("document.form", "document.re-homed")
        for place in (fact.before, fact.after, *fact.parts)
        if place
    }
    steps, placed = _carried(facts, {place: text for path in one.texts for place, text in sentences(one, path).items()})
    for fact in facts:
        places = [(place.path, place.line) for place in (fact.before, fact.after, *fact.parts) if place]
        if fact.name == "text.from steps":
            steps = {place: text for place, text in steps.items() if place not in places}
        elif fact.name == "text.into steps":
            # The fact says all their words together, and where each of them stands.
            made = {place: text for path in other.texts for place, text in sentences(other, path).items()}
            placed |= {place: made[place] for place in places[1:]}
    found = {}
    for path in sorted(set(one.texts) & set(other.texts) - strange):
        if all(len(side.handbook.by_path.get(path, ())) == 1 for side in (one, other)):
            stayed = iter([text for place, text in steps.items() if place[0] == path])
            wanted = sentences(other, path)
            found[path] = ([placed[at] if at in placed else next(stayed, "?") for at in wanted], list(wanted.values()))
    return found


Placed = dict[tuple[str, int], str]


def _carried(facts: Sequence[Fact], steps: Placed) -> tuple[Placed, Placed]:
    """Return the sentences that stay, reworded, and those that are put somewhere, by their places."""
    steps, placed = dict(steps), Placed()
    for fact in facts:
        for field in fact.fields:
            if fact.what == "step" and field.name == "text" and fact.before and fact.after and fact.how != "copied":
                steps[fact.before.path, fact.before.line] = field.after or ""
    for fact in facts:
        if fact.what == "step" and fact.how in _PLACING:
            texts = [field.after or "" for field in fact.fields if field.name == "text"]
            gone = [] if fact.how == "copied" else [fact.before, *(fact.parts if fact.how == "merged" else ())]
            come = [] if fact.how == "removed" else [fact.after, *(fact.parts if fact.how == "split" else ())]
            old = [steps.pop((place.path, place.line), "") for place in gone if place]
            new = texts if fact.how in ("added", "split", "merged") else old or [fact.sentence or ""]
            placed |= {(place.path, place.line): text for place, text in zip(come, new, strict=False) if place}
    return steps, placed


_PLACING = ("added", "removed", "moved", "split", "merged", "copied")


# ---- planted changes ----


@pytest.fixture(scope="module")
def pages() -> list[Any]:
    return own_drafts()


def test_planted_changes_are_found(pages: list[Any]) -> None:
    for found in alone(pages, 2):
        assert found.pages, found.name
        assert min(found.precision, found.recall) >= 0.95, found


@pytest.mark.parametrize("name", PLANTS)
def test_planted_changes_are_mirrored_on_the_way_back(name: str, pages: list[Any]) -> None:
    cases = [case for draft in pages for seed in range(2) if (case := planted(draft, [name], seed))]
    for case in cases[:8]:
        one, other = planted_side("before", case.before), planted_side("after", case.after)
        there, back = facts_between(one, other).facts, facts_between(other, one).facts
        assert sorted(map(repr, map(seen, there))) == sorted(map(repr, map(mirrored, back)))


@pytest.mark.slow
def test_two_planted_changes_are_found(pages: list[Any]) -> None:
    for found in in_pairs(pages, 6, 12):
        assert min(found.precision, found.recall) >= 0.85, found


@pytest.mark.parametrize("name", NOISES)
def test_noise_is_nothing(name: str, pages: list[Any]) -> None:
    count, facts = noise(pages, name, 2)
    assert count
    assert facts == []


@pytest.mark.slow
def test_planted_changes_are_found_in_strangers_pages(corpora: Path) -> None:
    found = [draft for folder in sorted(corpora.iterdir()) if folder.is_dir() for draft in drafts(folder / "files")]
    for score in alone(found, 1):
        assert min(score.precision, score.recall) >= 0.95, score
    for name in NOISES:
        assert noise(found, name, 1)[1] == [], name


# ---- the history of real pages ----


def _revisions(corpora: Path) -> list[Path]:
    return sorted(folder for folder in corpora.glob("*/history/*") if folder.is_dir())


def test_consecutive_revisions_of_real_pages(corpora: Path) -> None:
    """No crash, nothing silent, and steps that only became headings are not removed."""
    from handrail.matching import words_of

    for folder in _revisions(corpora):
        kind = "process" if "sop-" in folder.name else "procedure"
        known = options_of({"kinds": {"**": kind}})
        texts = [file.read_bytes().decode("utf-8") for file in sorted(folder.iterdir())]
        sides = [
            Side("x", read_handbook(Sources({"page.md": text}), known), {"page.md": text}, known) for text in texts
        ]
        for (before, after), (old, new) in zip(pairwise(sides), pairwise(texts), strict=True):
            found = diff_of(before, after)
            assert found.changes or words_of(old) == words_of(new), folder.name
            assert len({change.fingerprint for change in found.changes}) == len(found.changes)
            if any(change.fact.name == "document.form" for change in found.changes):
                gone = sum(change.fact.name == "step.removed" for change in found.changes)
                assert gone * 10 <= sum(len(one.all_steps()) for one in before.handbook.documents.values()), folder.name
