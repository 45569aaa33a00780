"""What Handrail adds to pages: its HTML word for word, its escaping, and its script in a real browser."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from handrail.handbook import read_handbook
from handrail.model import Document, Step
from handrail.options import options_of
from handrail.pages import (
    Additions,
    Site,
    View,
    address,
    document_foot,
    document_head,
    generated,
    generated_html,
    step_foot,
    step_head,
    steps_hash,
)
from handrail.pages.process import activities_of, counts_of
from handrail.sources import Sources
from handrail.words import LANGUAGES

BAKERY = Path(__file__).parent / "bakery"
TEMPLATES = Path(__file__).parents[1] / "templates"
ROLES = {"Bakery manager": None, "Apprentice": None, "Seller": None, "Cleaner": None, "Shop manager": None}


def site_of(texts: Mapping[str, str], **options: object) -> Site:
    given = options_of(options)
    return Site(read_handbook(Sources(dict(texts), ()), given), given, "The bakery")


def view_of(site: Site) -> View:
    return View(site, lambda target: f"to:{target}", lambda path, line: f"forge:{path}#L{line}")


def bakery_texts() -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(BAKERY.glob("*.md"))}


def bakery(**options: object) -> Site:
    return site_of(bakery_texts(), roles=ROLES, **options)


def documents_of(site: Site) -> tuple[Document, ...]:
    book = site.handbook
    return (*book.processes, *book.procedures, *book.roles, *book.records)


def every_fragment(site: Site) -> Iterator[tuple[str, str]]:
    """Yield everything that Handrail writes of a handbook, by name."""
    view = view_of(site)
    for document in documents_of(site):
        parts = [document_head(document, view)]
        for step in document.all_steps():
            parts += [f"<!-- {step.id} -->", step_head(step, document, view), step_foot(step, document, view)]
        yield f"{document.kind}-{document.id}", "\n".join((*parts, document_foot(document, view)))
    for page in generated(site):
        yield page.path.removesuffix(".md").replace("/", "-"), generated_html(page, view)


def one_line(html: str) -> str:
    return " ".join(html.split())


# ---- word for word ----


@pytest.mark.parametrize(
    "name",
    [
        "process-bake-bread",
        "process-steer",
        "procedure-dough",
        "procedure-bake",
        "procedure-clean",
        "procedure-duties.steps-for-seller",
        "role-baker",
        "record-night-plan",
        "handrail-index",
        "handrail-processes",
        "handrail-procedures",
        "handrail-roles",
        "handrail-records",
        "handrail-triggers",
        "handrail-roles-shop-manager",
    ],
)
def test_each_fragment_is_as_it_was(name: str, golden: Callable[[str, str], None]):
    golden(f"pages/{name}.html", dict(every_fragment(bakery()))[name])


def test_the_same_handbook_gives_the_same_bytes():
    assert dict(every_fragment(bakery())) == dict(every_fragment(bakery()))


def test_german_has_every_word_of_english():
    assert LANGUAGES["de"].site.keys() == LANGUAGES["en"].site.keys()


def test_german_pages_have_no_english_words():
    shown = " ".join(html for _, html in every_fragment(bakery(languages=["de"])))

    for word in ("not stated", "Owner", "Held by", "This step", "Used in", "Warning"):
        assert word not in shown.replace("- Warning", "")


def test_a_handbook_names_the_kinds_its_own_way():
    site = bakery(words={"procedure": "Work instruction"})

    assert "Work instructions" in [page.title for page in generated(site)]
    assert ">Work instruction<" in dict(every_fragment(site))["procedure-bake"]


# ---- processes ----


def test_a_process_counts_its_activities():
    view = view_of(bakery())
    process = view.handbook.documents["bake-bread"]

    assert counts_of(activities_of(process, view)) == {"fixed": 3, "judgement": 1, "unsaid": 1}


def test_an_activity_with_fixed_ones_inside_is_not_counted_itself():
    view = view_of(bakery())
    activities = activities_of(view.handbook.documents["steer"], view)

    assert [(activity.number, activity.rail) for activity in activities] == [
        ("1", None),
        ("1.1", "fixed"),
        ("1.2", "unsaid"),
        ("2", "judgement"),
    ]


def head_of(texts: Mapping[str, str], name: str, **options: object) -> str:
    view = view_of(site_of(texts, **options))
    return one_line(document_head(view.handbook.documents[name], view))


FIXED = "---\nhandrail: {kind: process, id: run%s}\n---\n# Run\n\n## Flow\n\n1. [Do](do.md)\n2. [Do](do.md)\n"
DO = "---\nhandrail: {kind: procedure%s}\n---\n# Do\n\n## Steps\n\n1. One\n2. Two\n"


def test_everything_on_rails_with_nothing_to_check_it_by_is_said():
    assert 'data-handrail="warned"' in head_of({"run.md": FIXED % "", "do.md": DO % ""}, "run")


@pytest.mark.parametrize("fact", ["indicators: [Sold]", "feedback: the till"])
def test_an_indicator_or_feedback_takes_the_warning_away(fact: str):
    assert 'data-handrail="warned"' not in head_of({"run.md": FIXED % f", {fact}", "do.md": DO % ""}, "run")


def test_a_high_risk_that_the_flow_does_not_hold_is_said():
    lost = DO.replace("# Do", "# Lost") % ", risk: high, process: run"

    head = head_of({"run.md": FIXED % ", feedback: x", "do.md": DO % "", "lost.md": lost}, "run")

    assert '<p class="handrail-warned" data-handrail="warned">' in head
    assert '<a href="to:lost">Lost</a>' in head


def test_what_is_not_stated_is_said_plainly():
    head = head_of({"run.md": FIXED % ", purpose: Bread", "do.md": DO % ""}, "run")

    assert '<dt>Not stated</dt><dd class="handrail-missing">Customer, Indicators, Feedback</dd>' in head


# ---- procedures ----


@pytest.mark.parametrize(
    ("purpose", "why"),
    [
        ("Customers get bread.", "so that Customers get bread."),
        ("The customers get bread", "so that the customers get bread."),
        ("To sell bread", "to sell bread."),
        ("So that bread is sold.", "so that bread is sold."),
        ("ISO wants it", "so that ISO wants it."),
        ("In order to sell bread", "to sell bread."),
        ("Ensure that bread is sold", "to ensure that bread is sold."),
        ("For the customers of the shop.", "for the customers of the shop."),
    ],
)
def test_the_why_joins_the_purpose_of_the_process(purpose: str, why: str):
    head = head_of({"run.md": FIXED % f', purpose: "{purpose}"', "do.md": DO % ""}, "do")

    assert f'Step 1 of <a href="to:run">Run</a>, {why}' in head


def test_a_first_word_that_is_no_name_is_written_small():
    process = FIXED % ', purpose: "Customers get bread", customer: our customers'

    assert "so that customers get bread" in head_of({"run.md": process, "do.md": DO % ""}, "do")


def test_a_word_that_another_page_writes_small_is_no_name():
    process = FIXED % ', purpose: "Customers get bread"'
    texts = {"run.md": process, "do.md": DO % "", "ask.md": DO.replace("One", "Ask the customers") % ""}

    assert "so that customers get bread" in head_of(texts, "do")


@pytest.mark.parametrize("purpose", ["Safety", "Fresh bread in the morning", "Keeping everybody safe."])
def test_a_purpose_that_is_no_sentence_is_not_made_one(purpose: str):
    head = head_of({"run.md": FIXED % f', purpose: "{purpose}"', "do.md": DO % ""}, "do")

    assert f'Step 1 of <a href="to:run">Run</a>. Its outcome: {purpose.rstrip(".")}.' in head


@pytest.mark.parametrize(
    ("purpose", "why"),
    [
        ("Sicherheit", ". Das Ergebnis: Sicherheit."),
        ("Der Kunde hat Brot.", ". Das Ergebnis: Der Kunde hat Brot."),
        ("Um Brot zu verkaufen", ", um Brot zu verkaufen."),
        ("Damit der Kunde Brot hat.", ", damit der Kunde Brot hat."),
        ("Zur Sicherung der Arbeit", ", zur Sicherung der Arbeit."),
    ],
)
def test_the_german_why_joins_the_purpose_of_the_process(purpose: str, why: str):
    process = FIXED.replace("Flow", "Ablauf") % f', purpose: "{purpose}"'
    texts = {"run.md": process, "do.md": DO.replace("Steps", "Schritte") % ""}

    assert f'Schritt 1 von <a href="to:run">Run</a>{why}' in head_of(texts, "do", languages=["de"])


def test_a_procedure_that_the_flow_does_not_call_still_names_its_home():
    texts = {"run.md": FIXED % "", "do.md": DO % "", "lost.md": DO % ", process: run"}

    assert 'Part of <a href="to:run">Run</a>.' in head_of(texts, "lost")


PREREQUISITES = "# Do\n\n{before}## Steps\n\n1. One\n2. Two\n\n{after}"
NEEDED = "## What you need\n\n- A scale\n\n"


def test_what_a_page_says_right_above_its_steps_is_not_said_again_under_its_title():
    kinds = {"**": "procedure"}

    assert "A scale" not in head_of({"do.md": PREREQUISITES.format(before=NEEDED, after="")}, "do", kinds=kinds)
    assert "A scale" in head_of({"do.md": PREREQUISITES.format(before="", after=NEEDED)}, "do", kinds=kinds)


def test_a_role_that_says_all_on_its_own_page_has_no_block_that_says_it_again():
    head = head_of({"baker.md": "# Baker\n\n## May not\n\n- Lend the key\n"}, "baker", kinds={"**": "role"})

    assert "Lend the key" not in head


def test_a_column_that_would_be_empty_is_left_out():
    page = "# Do\n\n## Flow\n\n1. {one}\n2. Two\n"
    kinds = {"**": "process"}

    assert ">Who<" not in head_of({"do.md": page.format(one="One")}, "do", kinds=kinds)
    assert ">Who<" in head_of({"do.md": page.format(one="**Baker:** One")}, "do", kinds=kinds, roles=["Baker"])


@pytest.mark.parametrize("status", ["draft", "in review", "superseded", "withdrawn"])
def test_what_is_not_in_force_says_so_first(status: str):
    head = head_of({"do.md": DO % f", status: {status}"}, "do")

    assert head.index("handrail-banner") < head.index("handrail-facts")


@pytest.mark.parametrize(
    ("review", "due"),
    [
        ("{every: 6 months, last: 2026-08-31}", "2027-02-28"),
        ("{every: 2 weeks, last: 2026-12-25}", "2027-01-08"),
        ("{every: year, last: 2024-02-29}", "2025-02-28"),
        ("{every: 6 months}", None),
        ("{every: now and then, last: 2026-08-31}", None),
        ("{every: 99999 years, last: 2026-08-31}", None),
        ("{every: 1 month, last: last summer}", None),
        ("{next: in spring}", None),
        ("{next: 2027-03-31, last: 2026-01-31, every: year}", "2027-03-31"),
    ],
)
def test_the_day_of_the_next_review_follows_from_what_is_stated(review: str, due: str | None):
    site = site_of({"do.md": DO % f", review: {review}"})

    assert site.handbook.procedures[0].due == due


@pytest.mark.parametrize(
    ("every", "said"), [("6 months", "every 6 months"), ("yearly", "yearly"), ("every year", "every year")]
)
def test_how_often_a_review_is_reads_as_a_sentence(every: str, said: str):
    site = site_of({"do.md": DO % f", review: {{every: {every}}}"})

    assert f">{said}<" in document_head(site.handbook.procedures[0], view_of(site))


def test_a_review_that_is_no_day_is_shown_as_it_is_written():
    site = site_of({"do.md": DO % ", review: {next: in spring}"})

    assert "due on in spring" in document_head(site.handbook.procedures[0], view_of(site))


def test_the_hash_changes_with_words_inside_a_step_and_not_with_words_around():
    def hashed(text: str) -> str:
        return steps_hash(site_of({"do.md": text}).handbook.procedures[0])

    same = hashed(DO % "")
    assert hashed((DO % "").replace("# Do\n", "# Do\n\nMore.\n")) == same
    assert hashed((DO % "").replace("2. Two", "2. Two\n    - Expect: more")) != same


# ---- steps ----


def step_of(text: str, name: str = "do", number: str = "1") -> tuple[Step, Document, View]:
    view = view_of(site_of({"do.md": text}, roles={"Baker": None, "Seller": None}))
    document = view.handbook.documents[name]
    return next(step for step in document.all_steps() if step.number == number), document, view


def test_a_step_says_nothing_twice():
    text = "---\nhandrail: {kind: procedure, role: Baker}\n---\n# Do\n\n## Steps\n\n1. **Baker:** knead\n2. Bake\n"

    assert step_head(*step_of(text)) == ""


def test_an_inherited_role_stands_at_the_step_where_others_act_too():
    text = "---\nhandrail: {kind: procedure, role: Baker}\n---\n# Do\n\n## Steps\n\n1. **Seller:** sell\n2. Bake\n"

    assert step_head(*step_of(text)) == ""
    assert '<a href="to::role/baker">Baker</a>' in step_head(*step_of(text, number="2"))


def test_a_warning_stands_before_the_action():
    text = "---\nhandrail: {kind: procedure}\n---\n# Do\n\n## Steps\n\n1. Mix\n    - Warning: it turns\n2. Bake\n"

    assert "it turns" in step_head(*step_of(text))


def test_a_warning_that_the_author_put_first_is_not_repeated():
    heading = "---\nhandrail: {kind: procedure}\n---\n# Do\n\n## Step 1: Mix\n\n%s\n\n## Step 2: Bake\n\nBake it.\n"

    assert step_head(*step_of(heading % "Warning: it turns\n\nMix it.")) == ""
    assert "it turns" in step_head(*step_of(heading % "Mix it.\n\n- Warning: it turns"))


@pytest.mark.parametrize(
    ("note", "repeated"),
    [
        ("!!! warning\n        it turns", False),
        ('!!! danger "Mind"\n\n        it turns', False),
        ("???+ warning\n        it turns", False),
        ("> [!WARNING]\n    > it turns", False),
        ("??? warning\n        it turns", True),
        ("!!! note\n        it turns", False),
    ],
)
def test_a_warning_in_an_open_note_is_in_sight_and_not_repeated(note: str, repeated: bool):
    text = f"---\nhandrail: {{kind: procedure}}\n---\n# Do\n\n## Steps\n\n1. Mix\n    - Warning: it is hot\n\n    {note}\n\n2. Bake\n"

    head = step_head(*step_of(text))
    assert "it is hot" in head
    assert ("it turns" in head) is repeated


def test_a_note_below_a_heading_that_is_a_step_is_in_sight_too():
    page = "---\nhandrail: {kind: procedure}\n---\n# Do\n\n## Step 1: Mix\n%s\nMix it.\n\n- Warning: hot\n\n%s\n    it turns\n\n\n## Step 2: Bake\n\nBake it.\n"

    for blank in ("", "\n", "\n\n"):
        for note, shown in (("!!! warning", False), ("??? warning", True)):
            head = step_head(*step_of(page % (blank, note)))
            assert "hot" in head
            assert ("it turns" in head) is shown


def test_unsaid_is_said_at_a_step_only_where_another_one_is_held():
    page = "# Run\n\n## Flow\n\n1. One\n2. Two{0}\n"
    kinds = {"run.md": "process"}

    for more, shown in (("", False), ("\n    - Judgement: Baker, as it comes", True)):
        view = view_of(site_of({"run.md": page.format(more)}, kinds=kinds))
        document = view.handbook.documents["run"]
        assert ("Unsaid" in step_foot(document.steps[0], document, view)) is shown


def test_a_step_of_a_page_without_a_forge_has_no_link_to_it():
    step, document, view = step_of(DO % "")

    foot = step_foot(step, document, dataclasses.replace(view, line_url=lambda path, line: None))

    assert "handrail-wrong" not in foot
    assert 'href="#one"' in foot


def test_the_feet_of_steps_are_the_same_where_the_template_is_filled_at_each(tmp_path: Path):
    texts = bakery_texts() | {"odd.md": DO.replace("One", 'One <b> & "two"') % ""}
    site = site_of(texts, roles=ROLES)
    (tmp_path / "step_foot.html").write_bytes((TEMPLATES / "step_foot.html").read_bytes())
    own = dataclasses.replace(site, own_templates=tmp_path)

    for at in (view_of(site), dataclasses.replace(view_of(site), line_url=lambda path, line: None)):
        steps = [(step, document) for document in documents_of(site) for step in document.all_steps()]
        filled = [step_foot(step, document, dataclasses.replace(at, site=own)) for step, document in steps]
        assert [step_foot(step, document, at) for step, document in steps] == filled


def test_a_users_template_for_the_foot_of_a_step_may_look_at_all_of_it(tmp_path: Path):
    (tmp_path / "step_foot.html").write_text("<i>{{ step.text }} {{ step.anchor | urlencode }}</i>", encoding="utf-8")
    step, document, view = step_of(DO % "")
    own = dataclasses.replace(view, site=dataclasses.replace(view.site, own_templates=tmp_path))

    assert step_foot(step, document, own) == f"<i>{step.text} {step.anchor}</i>"


def test_what_is_made_for_pages_beforehand_is_made_anew_where_a_page_is_at_another_address():
    site = bakery()
    pages = site.handbook.by_path

    def view(forge: str) -> View:
        return dataclasses.replace(view_of(site), line_url=lambda path, line: f"{forge}:{path}#L{line}")

    def alone(path: str, forge: str) -> Mapping[str, object]:
        return Additions(pages, ()).to_page(path, view(forge), lambda other: view(forge))

    additions = Additions(pages, pages)
    for number, path in enumerate(reversed(tuple(pages))):
        forge = "moved" if number % 2 else "forge"
        assert additions.to_page(path, view(forge), lambda other: view("forge")) == alone(path, forge)


# ---- everything is escaped ----

EVIL = 'x<script>alert(1)</script>\\" onload=\\"alert(2)'


def evil_texts() -> dict[str, str]:
    facts = (
        "owner",
        "roles",
        "version",
        "effective",
        "approved_by",
        "change_reason",
        "supersedes",
        "clauses",
        "trigger",
        "inputs",
        "outputs",
        "competence",
    )
    common = "".join(f'  {fact}: "{EVIL}"\n' for fact in facts) + f'  aspects: {{Scope: "{EVIL}"}}\n'
    process = "".join(f'  {fact}: "{EVIL}"\n' for fact in ("purpose", "customer", "indicators", "feedback", "area"))
    procedure = "".join(f'  {fact}: "{EVIL}"\n' for fact in ("prerequisites", "done_when", "may_deviate", "role"))
    record = "".join(f'  {fact}: "{EVIL}"\n' for fact in ("template", "fields", "states", "kept", "kept_for"))
    role = "".join(f'  {fact}: "{EVIL}"\n' for fact in ("stand_in", "named_by", "may_not"))
    title = f'title: "{EVIL}"\n'
    steps = (
        "1. **Baker:** mix `<script>alert(3)</script>` [Do](do.md)\n"
        "    - Warning: `<script>alert(4)</script>`\n    - Record: `<script>alert(5)</script>`\n"
        "    - Judgement: `<script>alert(6)</script>`\n    - Starts when: `<script>alert(7)</script>`\n2. Bake\n"
    )
    return {
        "run.md": f"---\n{title}handrail:\n  kind: process\n{common}{process}---\n\n## Flow\n\n{steps}",
        "do.md": f"---\n{title}handrail:\n  kind: procedure\n  process: run\n{common}{procedure}---\n\n## Steps\n\n"
        + steps,
        "role.md": f"---\n{title}handrail:\n  kind: role\n  owner: x\n{role}---\n\nText.\n",
        "record.md": f"---\n{title}handrail:\n  kind: record\n{record}---\n\nText [run](run.md).\n",
    }


def test_no_fact_becomes_markup():
    site = site_of(evil_texts(), roles={"Baker": [f"<b>{EVIL}"]}, words={"procedure": "<script>alert(8)</script>"})
    fragments = dict(every_fragment(site))

    whole = re.sub(
        r'<script src="to:handrail/compare(-data|-texts)?\.js" defer></script>', "", "\n".join(fragments.values())
    )
    assert whole.count("&lt;script&gt;") > 50
    assert "<script" not in whole
    assert '" onload="' not in whole


# ---- where something is used ----


def test_a_use_names_the_step_that_leads_here():
    foot = one_line(document_foot(bakery().handbook.documents["dough"], view_of(bakery())))

    assert '<a href="to:bake-bread">Bake bread</a>, step <a href="to:bake-bread#mix-and-proof-the-dough"' in foot
    assert '<a href="to:index.md">Our bakery</a>' in foot


def test_what_a_role_does_is_not_listed_twice():
    foot = document_foot(bakery().handbook.documents["baker"], view_of(bakery()))

    uses = foot[foot.index('data-handrail="uses"') :]
    assert "index.md" in uses
    assert "bake-bread" not in uses


# ---- generated pages ----


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["docs/qms/human-resources/a.md", "docs/qms/b.md"], ["Human resources", "Qms"]),
        (["qms/a_b/a.md", "it/b.md", "c.md"], ["", "It", "Qms / A b"]),
        (["a-b/x.md", "a_b/y.md"], ["a-b", "a_b"]),
    ],
    ids=["folders that hold all", "folders side by side", "names that would be equal"],
)
def test_a_folder_is_named_as_a_person_would(paths: list[str], names: list[str]):
    texts = {path: f"# {path}\n\n## Flow\n\n1. Go\n" for path in paths}
    site = site_of(texts, kinds={"**": "process"})

    assert sorted(site.area(process) for process in site.handbook.processes) == names


def test_an_area_that_is_written_stays_as_it_is_written():
    page = "---\nhandrail: {kind: process, area: it-operations}\n---\n# Run\n\n## Flow\n\n1. Go\n"
    site = site_of({"x/run.md": page})

    assert site.area(site.handbook.documents["run"]) == "it-operations"


def test_a_handbook_without_records_has_no_page_of_records():
    names = [page.name for page in generated(site_of({"do.md": DO % ""}))]

    assert names == [":index", ":procedures"]


def test_each_role_without_a_page_gets_one():
    site = bakery()
    own = {page.role for page in generated(site) if page.role}

    assert "baker" not in own
    assert own == {"bakery-manager", "apprentice", "seller", "cleaner", "shop-manager"}
    assert {address(role) for role in site.handbook.roles if role.id != "baker"} == {f":role/{name}" for name in own}


def test_paths_of_generated_pages_are_told_apart_on_every_system():
    site = site_of(
        {"do.md": DO % ""}, roles={"A": {"id": "x.y"}, "B": {"id": "x/y"}, "C": {"id": "X-Y"}, "D": {"id": "index"}}
    )
    paths = [page.path.casefold() for page in generated(site)]

    assert len(set(paths)) == len(paths)


def test_a_page_of_several_procedures_shows_its_own_title_too():
    assert "Opening and closing: Steps for Cleaner" in dict(every_fragment(bakery()))["handrail-procedures"]


def test_one_trigger_of_several_documents_stands_once():
    trigger = ', trigger: "The bell rings%s"'
    texts = {"a.md": DO % trigger % ".", "b.md": DO % trigger % ""}

    page = dict(every_fragment(site_of(texts)))["handrail-triggers"]

    assert page.count("The bell rings") == 1
    assert page.count('<a href="to:a">') == page.count('<a href="to:b">') == 1


# ---- in a browser ----

SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="{assets}/handrail.css"><link rel="stylesheet" href="{assets}/handrail-flow.css"><link rel="stylesheet" href="{assets}/handrail-tables.css"></head>
<body><main class="md-typeset"><h1>{title}</h1>
{body}
</main><script src="{assets}/handrail.js"></script><script src="{assets}/handrail-tables.js"></script></body></html>"""


def page_html(root: Path, texts: Mapping[str, str], name: str, **options: object) -> str:
    """Return a page as the plugin would write it, without the plugin."""
    view = dataclasses.replace(view_of(site_of(texts, roles=ROLES, **options)), url=lambda target: "#")
    document = view.handbook.documents[name]
    items = "\n".join(
        f'<li id="{step.anchor}" data-handrail="step" data-document="{document.id}">{step_head(step, document, view)}'
        f"{step.text} {step_foot(step, document, view)}</li>"
        for step in document.all_steps()
    )
    body = f"{document_head(document, view)}<ol>{items}</ol>{document_foot(document, view)}"
    return SHELL.format(title=document.title, body=body, assets=(root / "templates/assets/handrail").as_uri())


Shown = Callable[..., Page]


@pytest.fixture
def shown(root: Path, page: Page, tmp_path: Path) -> Shown:
    """Write a procedure's page at one address, again and again, and show it."""

    def show(texts: Mapping[str, str], name: str = "dough", **options: object) -> Page:
        file = tmp_path / "page.html"
        file.write_text(page_html(root, texts, name, **options), encoding="utf-8")
        page.goto(file.as_uri())
        return page

    return show


def changed(texts: Mapping[str, str], before: str, after: str) -> dict[str, str]:
    assert before in texts["dough.md"]
    return {**texts, "dough.md": texts["dough.md"].replace(before, after)}


def ticked(page: Page) -> list[str]:
    boxes = page.locator(".handrail-tick input:checked").all()
    return [str(box.get_attribute("aria-label")) for box in boxes]


def begun(page: Page) -> Page:
    page.get_by_role("button", name="Tick off the steps").click()
    return page


def test_a_run_is_begun_and_remembered(shown: Shown):
    page = begun(shown(bakery_texts()))
    page.get_by_role("checkbox", name="Done: Weigh flour").check()
    page.get_by_role("checkbox", name="Done: Turn the bowl").check()

    page.reload()

    assert [name.partition(" ")[2] for name in ticked(page)] == ["Weigh flour, water and salt.", "Turn the bowl."]
    assert page.get_by_role("status").first.inner_text() == "2 of 8 done"
    assert page.locator("[data-handrail=changed]").count() == 0


def test_a_run_stays_on_its_own_procedure_and_handbook(shown: Shown):
    begun(shown(bakery_texts()))

    page = shown(bakery_texts(), "plan")

    assert page.get_by_role("checkbox").count() == 0
    page = shown(bakery_texts())
    assert page.get_by_role("checkbox").count() == 8


def test_a_changed_step_is_said_and_clears_nothing(shown: Shown):
    page = begun(shown(bakery_texts()))
    page.get_by_role("checkbox", name="Done: Weigh flour").check()
    page.get_by_role("checkbox", name="Done: (optional) Taste it").or_(
        page.get_by_role("checkbox", name="Done: Taste it")
    ).check()

    page = shown(changed(bakery_texts(), "3. (optional) Taste it.", "3. Smell it."))

    note = page.locator("[data-handrail=changed]")
    said = "The steps have changed since this run was begun. Ticked steps that are no longer there: 1."
    assert said in note.inner_text()
    assert len(ticked(page)) == 1
    page.reload()
    assert len(ticked(page)) == 1, "looking at it must not clear anything"
    note.get_by_role("button").click()
    page.reload()
    assert note.count() == 0
    assert len(ticked(page)) == 1


def test_a_step_that_comes_back_is_ticked_again(shown: Shown):
    page = begun(shown(bakery_texts()))
    page.get_by_role("checkbox", name="Done: Taste it").check()
    shown(changed(bakery_texts(), "3. (optional) Taste it.", "3. Smell it."))

    page = shown(bakery_texts())

    assert len(ticked(page)) == 1


def test_starting_over_asks_first(shown: Shown):
    page = begun(shown(bakery_texts()))
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Start over").click()
    assert len(ticked(page)) == 1
    page.get_by_role("button", name="Yes").click()

    assert ticked(page) == []
    page.reload()
    assert page.get_by_role("checkbox").count() == 8


def test_the_end_of_a_run_leaves_the_page_as_it_was(shown: Shown):
    page = shown(bakery_texts())
    before = page.locator("main").inner_html()
    begun(page).get_by_role("checkbox").first.check()
    page.get_by_role("button", name="End").click()
    page.get_by_role("button", name="Yes").click()

    assert page.locator("main").inner_html().replace(' class=""', "") == before


def test_a_run_can_be_kept_by_keyboard_alone(shown: Shown):
    page = shown(bakery_texts())
    page.get_by_role("button", name="Tick off the steps").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")

    assert len(ticked(page)) == 1


def test_where_nothing_can_be_remembered_a_run_still_works_and_says_so(shown: Shown, page: Page):
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page = begun(shown(bakery_texts()))
    page.get_by_role("checkbox").first.check()

    assert len(ticked(page)) == 1
    assert "cannot remember" in page.locator("[data-handrail=run]").inner_text()
    assert errors == []


@pytest.mark.parametrize("stored", ["{", "null", "[]", '{"hash": 1}', '"x"'])
def test_whatever_was_remembered_before_the_page_works(shown: Shown, page: Page, stored: str):
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    shown(bakery_texts())
    page.evaluate("stored => localStorage.setItem('handrail:run:The bakery:dough', stored)", stored)
    page.reload()

    begun(page)

    assert page.get_by_role("checkbox").count() == 8
    assert errors == []


def test_without_script_there_are_no_dead_buttons(root: Path, browser, tmp_path: Path):
    file = tmp_path / "page.html"
    file.write_text(page_html(root, bakery_texts(), "dough"), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())

    assert page.locator("button, input").count() == 0
    assert not page.locator("[data-handrail=run]").is_visible()
    assert page.locator(".handrail-permalink").count() == 8
    context.close()


def test_with_runs_off_there_is_none(shown: Shown):
    page = shown(bakery_texts(), runs=False)

    assert page.locator("[data-handrail=run]").count() == 0


def test_nothing_is_asked_of_the_network(shown: Shown, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begun(shown(bakery_texts()))

    assert [url for url in asked if not url.startswith("file:")] == []


def test_a_link_to_a_step_is_copied(shown: Shown, page: Page):
    page.add_init_script(
        "navigator.clipboard || Object.defineProperty(navigator, 'clipboard', {value: {}});"
        "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }"
    )
    shown(bakery_texts())
    page.locator(".handrail-permalink").first.focus()
    page.keyboard.press("Enter")

    assert page.evaluate("window.copied").endswith("page.html#weigh")
    assert page.get_by_text("Link copied").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["bake-bread", "dough", "baker", "night-plan"])
def test_no_page_is_hard_to_reach(shown: Shown, page: Page, axe: Callable[[Page], list[str]], name: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    shown(bakery_texts(), name)
    if name == "dough":
        begun(page)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("number", range(7))
def test_no_generated_page_is_hard_to_reach(
    root: Path, page: Page, axe: Callable[[Page], list[str]], tmp_path: Path, number: int
):
    site = bakery()
    made = generated(site)[number]
    view = dataclasses.replace(view_of(site), url=lambda target: f"{target.lstrip(':')}.html")
    assets = (root / "templates/assets/handrail").as_uri()
    file = tmp_path / "page.html"
    file.write_text(SHELL.format(title=made.title, body=generated_html(made, view), assets=assets), encoding="utf-8")
    page.goto(file.as_uri())

    assert axe(page) == []


def test_a_long_table_can_be_filtered(root: Path, page: Page, tmp_path: Path):
    texts = {f"p{number}.md": DO.replace("# Do", f"# Do {number}") % "" for number in range(20)}
    site = site_of(texts)
    made = next(page for page in generated(site) if page.name == ":procedures")
    assets = (root / "templates/assets/handrail").as_uri()
    file = tmp_path / "page.html"
    file.write_text(SHELL.format(title="x", body=generated_html(made, view_of(site)), assets=assets), encoding="utf-8")
    page.goto(file.as_uri())

    page.get_by_role("searchbox").fill("do 7")

    assert page.locator("tbody tr:visible").count() == 1


THEME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Theme</title></head><body>
<input class="md-option" type="radio" aria-hidden="true"><div class="md-search" role="dialog">
<input class="md-search__input" aria-label="Search" placeholder="Search"></div><nav class="md-tags"></nav>
<main class="md-typeset"><ul><li class="task-list-item"><input type="checkbox" disabled> Sweep</li></ul>
<div class="md-typeset__scrollwrap" style="width: 9em; overflow: auto"><p style="width: 99em">wide</p></div></main>
<script src="{assets}/handrail-accessible.js"></script></body></html>"""


def test_the_gaps_of_the_theme_are_mended(root: Path, page: Page, axe: Callable[[Page], list[str]], tmp_path: Path):
    file = tmp_path / "page.html"
    file.write_text(THEME.format(assets=(root / "templates/assets/handrail").as_uri()), encoding="utf-8")
    page.goto(file.as_uri())

    assert axe(page) == []
    assert page.get_by_role("checkbox", name="Sweep").count() == 1
    assert page.get_by_role("dialog", name="Search").count() == 1
    assert page.locator(".md-typeset__scrollwrap").get_attribute("tabindex") == "0"
