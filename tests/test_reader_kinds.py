"""What a page, or a heading of it, says it is; and how many documents it is."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.handbook import read_handbook
from handrail.model import Handbook
from handrail.options import options_of
from handrail.sources import Sources
from tests.reading import handbook, kept, numbered, problems_of, procedure, process, text_of

NOTHING: dict[str, Any] = {"kinds": {}}


def _documents(found: Handbook) -> list[str]:
    return [
        f"{document.kind} {document.id}: {document.title}"
        for document in (*found.processes, *found.procedures, *found.roles, *found.records)
        if document.own_page
    ]


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        ("handrail: {kind: procedure}", "procedure"),
        ("handrail: {kind: Process}", "process"),
        ("handrail:\n  kind: role", "role"),
        ("handrail: {kind: record}", "record"),
        ("handrail: {kind: none}", None),
        ("handrail:", None),
        ("kind: procedure", None),
        ("type: procedure\nstatus: draft\nparent: x\nsection: y", None),
    ],
)
def test_real_front_matter_already_uses_type_so_handrail_claims_one_key(front: str, kind: str | None) -> None:
    """Real front matter already uses `type`, `parent`, `status`, `section` for other things."""
    found = handbook(f"---\n{front}\n---\n# T\n\n1. Go\n", **NOTHING)
    assert [page.kind for page in found.pages] == [kind]
    assert problems_of(found) == []


def test_by_configuration_with_no_edit_to_any_page() -> None:
    """Also by configuration, with no edit to any page: `kinds: {"runbooks/**": procedure}`."""
    found = handbook({"runbooks/a.md": "# A", "other/b.md": "# B"}, kinds={"runbooks/**": "procedure"})
    assert [(page.path, page.kind) for page in found.pages] == [
        ("other/b.md", None),
        ("runbooks/a.md", "procedure"),
    ]


@pytest.mark.parametrize(
    ("kinds", "path", "kind"),
    [
        ({"**": "procedure", "a/**": "process"}, "a/x.md", "process"),
        ({"a/**": "process", "**": "procedure"}, "a/x.md", "procedure"),
        ({"**": "procedure", "index.md": "none"}, "deep/index.md", None),
        ({"**": "procedure", "/index.md": "none"}, "deep/index.md", "procedure"),
        ({"sop-*": "process"}, "deep/down/sop-capa.md", "process"),
        ({"a/": "role"}, "a/b/c.md", "role"),
        ({"a/*.md": "role"}, "a/b/c.md", None),
        ({"*.md": "procedure"}, "a.markdown", None),
    ],
)
def test_globs_are_those_of_exclude_docs(kinds: dict[str, str], path: str, kind: str | None) -> None:
    """Globs of `kinds:` are MkDocs' own (gitignore style), the last match wins, `none` exempts a page."""
    assert handbook({path: "# T"}, kinds=kinds).pages[0].kind == kind


def test_front_matter_goes_before_a_glob() -> None:
    found = handbook({"a.md": "---\nhandrail: {kind: none}\n---\n", "b.md": "---\nhandrail: {kind: role}\n---\n"})
    assert [page.kind for page in found.pages] == [None, "role"]


COMMENTED = """
    # Keys

    1. Not typed, for the page says nothing

    ## Rotate

    <!-- handrail: {kind: procedure, process: key-management, id: rotate} -->

    1. Make a key
    2. Revoke the old one

    ## Other

    1. Not typed
    """


def test_a_comment_right_under_a_heading() -> None:
    """Also for one heading of a page that holds several procedures, invisible on the forge."""
    found = handbook({"keys.md": COMMENTED, "key-management.md": "---\nhandrail: {kind: process}\n---\n"}, **NOTHING)
    (rotate,) = found.procedures
    assert rotate.id == "rotate"
    assert numbered(rotate) == ["1 Make a key", "2 Revoke the old one"]
    assert rotate.values("process") == ("key-management",)
    assert problems_of(found) == []


def test_what_a_comment_types_is_its_heading_not_the_page() -> None:
    (rotate,) = handbook({"keys.md": COMMENTED.replace(", id: rotate", "")}, **NOTHING).procedures
    assert (rotate.id, rotate.title, rotate.line, rotate.anchor) == ("keys.rotate", "Rotate", 5, "rotate")


def test_what_a_comment_says_without_a_kind_holds_for_the_procedure_under_its_heading() -> None:
    (one,) = handbook("# T\n\n## Steps\n\n<!-- handrail: {owner: Lead} -->\n\n1. Go\n").procedures
    assert one.fact("owner") == "Lead"


def test_a_comment_that_is_not_handrail_s_says_nothing() -> None:
    found = handbook("# T\n\n<!-- TODO: handrail: {kind: procedure} -->\n\n1. Go\n", **NOTHING)
    assert _documents(found) == []
    assert problems_of(found) == []


def test_a_comment_further_down_says_nothing() -> None:
    found = handbook("# T\n\nWords.\n\n<!-- handrail: {kind: procedure} -->\n\n1. Go\n", **NOTHING)
    assert _documents(found) == []


def test_a_comment_under_the_title_types_the_page() -> None:
    (found,) = handbook("# T\n\n<!-- handrail: {kind: procedure, owner: Lead} -->\n\n1. Go\n", **NOTHING).procedures
    assert (found.id, found.anchor, found.fact("owner")) == ("page", None, "Lead")


def test_every_heading_that_holds_steps_is_one_procedure() -> None:
    """On a page typed as procedure, every heading whose own text (above its sub-headings) holds a form of steps is
    one procedure."""
    found = handbook(
        {
            "during.md": """
        # During

        Words.

        ## Steps for Scribe

        1. Note the time
        2. Note who talks

        ### Tools

        Words.

        ## Steps for Lead

        1. Decide

        ## Afterwards

        Words.
        """
        }
    )
    assert _documents(found) == [
        "procedure during.steps-for-scribe: Steps for Scribe",
        "procedure during.steps-for-lead: Steps for Lead",
    ]
    assert [document.line for document in found.procedures] == [5, 14]


def test_if_there_is_only_one_the_page_is_the_procedure() -> None:
    """If there is only one, the page is the procedure."""
    found = handbook({"roll-back.md": "# Roll back\n\nWhy.\n\n## Steps\n\n1. Stop\n\n## After\n\nWords.\n"})
    assert _documents(found) == ["procedure roll-back: Roll back"]
    assert (found.procedures[0].anchor, found.procedures[0].line, found.procedures[0].end) == (None, 1, 11)


def test_a_typed_page_without_steps_is_a_procedure_all_the_same() -> None:
    found = handbook({"a.md": "# A\n\n## Steps\n\nWe look at it together and decide.\n"})
    assert _documents(found) == ["procedure a: A"]
    assert problems_of(found) == []


FLOW = """
    # Release

    1. Not the flow

    ## Process flow

    1. Freeze
    2. Test

    ## Other

    1. Not the flow either
    """


def test_a_process_page_is_one_process_whose_flow_stands_under_a_flow_like_heading() -> None:
    """A process page is one process; its flow is the first form under a flow-like heading, else the first form."""
    assert numbered(process(FLOW)) == ["1 Freeze", "2 Test"]
    assert numbered(process("# R\n\n1. First\n\n## Other\n\n1. Second\n")) == ["1 First"]


def test_what_is_not_the_flow_is_in_the_rest_and_says_why() -> None:
    """`read` names each with the reason."""
    reasons = {rest.line: rest.reason for rest in process(FLOW).rest}
    assert set(reasons) == {3, 12}
    assert all(reasons.values())


@pytest.mark.parametrize(
    "heading", ["Flow", "Process", "Process steps", "Activities", "Steps", "2. Process flow", "FLOW:"]
)
def test_flow_like_headings(heading: str) -> None:
    assert numbered(process(f"# R\n\n## Before\n\n1. No\n\n## {heading}\n\n1. Yes\n")) == ["1 Yes"]


def test_a_document_may_be_a_process_together_with_its_own_steps() -> None:
    """A document may be a process together with its own steps; that is no finding."""
    found = handbook(
        {
            "release.md": """
        ---
        handrail: {kind: process, customer: Everybody}
        ---
        # Release

        ## Flow

        1. Freeze the branch
           1. Tell the team
           2. Lock the branch
        """
        },
        **NOTHING,
    )
    assert numbered(found.processes[0]) == ["1 Freeze the branch", "1.1 Tell the team", "1.2 Lock the branch"]
    assert problems_of(found) == []


def test_a_procedure_inside_of_a_process_page() -> None:
    found = handbook(
        """
        # Release

        ## Flow

        1. Freeze
        2. [Roll back](#roll-back) if it fails

        ## Roll back

        <!-- handrail: {kind: procedure} -->

        1. Stop
        2. Restore
        """,
        kinds={"**": "process"},
    )
    assert _documents(found) == ["process page: Release", "procedure page.roll-back: Roll back"]
    assert numbered(found.processes[0]) == ["1 Freeze", "2 Roll back if it fails"]
    assert numbered(found.procedures[0]) == ["1 Stop", "2 Restore"]


@pytest.mark.parametrize(
    ("pages", "ids"),
    [
        ({"a/roll-back.md": "# A"}, ["roll-back"]),
        ({"a/Roll-Back.md": "# A"}, ["roll-back"]),
        ({"a/x.md": "# A", "b/x.md": "# B"}, ["a/x", "b/x"]),
        ({"a/x.md": "# A", "x.md": "# B"}, ["a/x", "x"]),
        ({"a/index.md": "# A", "b/index.md": "# B"}, ["a/index", "b/index"]),
        ({"手順.md": "# A"}, ["手順"]),
        ({"a.md": "## One\n\n1. x\n\n## Two\n\n1. y\n"}, ["a.one", "a.two"]),
        ({"a.md": "## One\n\n1. x\n\n## One\n\n1. y\n"}, ["a.one", "a.one-1"]),
        (
            {"x/a.md": "## One\n\n1. x\n\n## Two\n\n1. y\n", "y/a.md": "## One\n\n1. x\n"},
            ["a.one", "a.two", "a"],
        ),
        ({"a.md": "---\nhandrail: {id: Own-ID}\n---\n"}, ["own-id"]),
        ({"a.md": "---\nhandrail: {id: b}\n---\n", "b.md": "# B", "x/b.md": "# X"}, ["b", "b-2", "x/b"]),
    ],
)
def test_ids_of_documents(pages: dict[str, str], ids: list[str]) -> None:
    """Ids of documents: written by the author, else the shortest tail of path (plus `.heading-slug`) that is unique in
    the handbook; case-folded, one namespace for all kinds."""
    found = handbook(pages)
    assert [document.id for document in found.procedures] == ids
    assert problems_of(found, "duplicate-id") == []


def test_one_namespace_for_all_kinds() -> None:
    """One namespace for all kinds. Only ids that authors wrote can be duplicates."""
    found = handbook(
        {
            "a.md": "---\nhandrail: {kind: role, id: lead}\n---\n# Lead\n",
            "b.md": "---\nhandrail:\n  kind: procedure\n  id: LEAD\n---\n# Lead them\n",
            "c/b.md": "---\nhandrail: {kind: process}\n---\n",
        },
        **NOTHING,
    )
    assert problems_of(found) == [
        "b.md:4:7 error duplicate-id: The id `LEAD` is taken by a.md, line 2. Choose another id; old "
        "ids go under `aliases`."
    ]
    assert len(found.documents) == 3


def test_aliases_keep_old_ids_alive() -> None:
    """`aliases:` keep old ids alive."""
    found = handbook(
        {
            "a.md": "---\nhandrail: {id: new, aliases: [old]}\n---\n1. Go\n",
            "b.md": "See [[old]] and [[OLD#go]].\n",
        }
    )
    assert [(source, link.target) for source, link in found.links] == [("b", "new"), ("b", "new#go")]
    assert found.documents["old"].id == "new"
    assert problems_of(found) == []


@pytest.mark.parametrize(
    ("text", "titles", "title"),
    [
        ("---\ntitle: Front\n---\n# Heading\n", {"page.md": "Nav"}, "Front"),
        ("---\nhandrail: {title: Own}\ntitle: Front\n---\n# Heading\n", {}, "Own"),
        ("# Heading\n\n# Second\n", {"page.md": "Nav"}, "Heading"),
        ("## Sub\n\n# Heading\n", {}, "Heading"),
        ("## Sub\n", {"page.md": "Nav"}, "Sub"),
        ("Words.\n", {"page.md": "Nav"}, "Nav"),
        ("Words.\n", {}, "Page"),
    ],
)
def test_title(text: str, titles: dict[str, str], title: str) -> None:
    """Title: front matter, H1, heading, nav, file name."""
    found = read_handbook(Sources({"page.md": text}), options_of({"kinds": {"**": "procedure"}}), titles)
    assert found.procedures[0].title == title


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("roll-back_now.md", "Roll back now"),
        ("keys/index.md", "Keys"),
        ("keys/README.md", "Keys"),
        ("sop-QMS.md", "sop QMS"),
    ],
)
def test_title_from_the_file_name(path: str, title: str) -> None:
    assert handbook({path: "Words.\n"}).procedures[0].title == title


def test_keys_map_the_handbook_s_own_names() -> None:
    """`keys:` maps a handbook's own front-matter names onto Handrail's; the common spellings are built in."""
    found = procedure(
        "---\nsquad: Core\nseen: 2026-01-02\nreview_in: 6 months\n---\n# T\n",
        keys={"owner": "squad", "review.last": "seen"},
    )
    assert {name: found.fact(name) for name in found.facts} == {
        "owner": "Core",
        "review.last": "2026-01-02",
        "review.every": "6 months",
    }


def test_an_untyped_page_is_an_ordinary_page() -> None:
    """An untyped page is an ordinary page."""
    found = handbook("# T\n\nOwner: Lead\n\n1. Go to [[nowhere]]\n", kinds={})
    assert (_documents(found), found.pages[0].kind, found.pages[0].documents) == ([], None, ())


def test_numbers_of_a_heading_are_no_part_of_the_title() -> None:
    assert [
        document.title
        for document in handbook("""
        # SOP

        ## 2. Scope

        Words.

        ## 4. Steps to open

        - One

        ## 5. Steps to close

        - Two
        """).procedures
    ] == ["Steps to open", "Steps to close"]


def test_a_heading_that_only_says_steps_lends_its_parent_s_title() -> None:
    found = handbook("# T\n\n## Open\n\n### Steps\n\n1. a\n\n## Close\n\n### Steps\n\n1. b\n")
    assert [(document.title, document.id) for document in found.procedures] == [
        ("Open", "page.steps"),
        ("Close", "page.steps-1"),
    ]


def test_each_of_several_procedures_has_facts_of_its_own_and_those_of_the_page() -> None:
    found = handbook("""
        ---
        handrail: {owner: Lead}
        ---
        # T

        ## Open

        <!-- handrail: {risk: high} -->

        1. a

        ## Close

        1. b
        """)
    assert [(document.fact("owner"), document.fact("risk")) for document in found.procedures] == [
        ("Lead", "high"),
        ("Lead", None),
    ]


def test_no_page_is_lost() -> None:
    assert kept(handbook({"a.md": "", "b.md": "\n\n", "c.md": "---\n---\n", "d.md": "\ufeff"})) == [
        "a.md",
        "b.md",
        "c.md",
        "d.md",
    ]
    assert kept(handbook({})) == []


CARVED = """
    # Bread

    ## 1. Mix

    Words.

    ### Clean the bowl

    <!-- handrail: {kind: procedure, id: clean} -->

    1. Rinse
    2. Dry

    ### On mixing

    More words.

    ## 2. Bake

    ### Clean the oven

    <!-- handrail: {kind: procedure} -->

    1. Scrape
    """


@pytest.mark.parametrize("steps", ["", "steps: headings"])
def test_a_procedure_below_a_step_that_is_a_heading_is_no_part_of_that_step(steps: str) -> None:
    front = f"---\nhandrail: {{kind: procedure, {steps}}}\n---\n"
    found = handbook(front + text_of(CARVED), kinds={})
    bread, bowl, oven = found.procedures
    assert [numbered(document) for document in (bread, bowl, oven)] == [
        ["1 Mix", "2 Bake"],
        ["1 Rinse", "2 Dry"],
        ["1 Scrape"],
    ]
    assert bread.steps[0].body == "Words.\n\n### On mixing\n\nMore words."
    assert bread.steps[1].body == ""
    page = found.pages[0]
    assert (page.blocks, page.in_steps) == (7, 7)
    assert [rest.heading for rest in bread.rest] == ["Bread"]
