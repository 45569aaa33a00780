"""Six handbooks that nobody here wrote, read as they are with one line of `kinds:` each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from handrail.handbook import read_folder
from handrail.model import Document, Handbook
from handrail.options import options_of
from handrail.settings import Settings
from tests.conftest import GOLDEN


@dataclass(frozen=True)
class Corpus:
    """A handbook: its folder, and the one line that types its pages."""

    docs: str
    kinds: dict[str, Any]


CORPORA = {
    "pagerduty-incident-response": Corpus("files/docs", {"**": "procedure"}),
    "openregulatory-qms-templates": Corpus("files", {"**/sop-*": "process"}),
    "rust-forge-procedures": Corpus(
        "files/src", {"**": "procedure", "release/process.md": {"kind": "process", "steps": "headings"}}
    ),
    "openshift-runbooks": Corpus("files", {"alerts/**": "procedure"}),
    "publiccode-about": Corpus("files", {"activities/**": "procedure"}),
    "extra-comply-procedures": Corpus("files", {"**": "procedure"}),
}

Read = Callable[[str], Handbook]


@pytest.fixture(scope="module")
def read(corpora: Path) -> Read:
    """Read a handbook of the corpora by name, each once; a missing one skips the test."""
    known: dict[str, Handbook] = {}

    def by_name(name: str) -> Handbook:
        if name not in known:
            folder = corpora / name / CORPORA[name].docs
            if not folder.is_dir():
                pytest.skip(f"no corpus at {folder}")
            known[name] = read_folder(Settings(folder, options_of({"kinds": CORPORA[name].kinds})))
        return known[name]

    return by_name


def _typed(found: Handbook) -> tuple[Document, ...]:
    return (*found.processes, *found.procedures)


def _numbers(found: Handbook) -> str:
    """Return what is read of a handbook, in numbers: the whole, then each page that has steps."""
    documents = _typed(found)
    pages = [page for page in found.pages if page.kind]
    blocks, in_steps, in_facts = (
        sum(getattr(page, name) for page in pages) for name in ("blocks", "in_steps", "in_facts")
    )
    neither = blocks - in_steps - in_facts
    top = sum(len(document.steps) for document in documents)
    lines = [
        f"pages: {len(found.pages)}, typed: {len(pages)}",
        f"documents: {len(documents)} ({len(found.processes)} processes, {len(found.procedures)} procedures), "
        f"with steps: {sum(bool(document.steps) for document in documents)}",
        f"steps: {top}, with sub-steps: {sum(len(document.all_steps()) for document in documents)}",
        f"roles: {len(found.roles)}, records: {len(found.records)}",
        f"blocks of typed pages: {blocks}: {in_steps} in steps, {in_facts} in facts, {neither} in neither",
        "",
    ]
    for page in pages:
        here = [document for document in found.by_path.get(page.path, ()) if document.steps]
        if here:
            forms = " ".join(f"{len(document.steps)} {document.form}" for document in here)
            left = page.blocks - page.in_steps - page.in_facts
            lines.append(f"{page.path}: {forms}; {page.in_steps} + {page.in_facts} + {left}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", CORPORA)
def test_how_much_of_a_handbook_is_read(name: str, read: Read, golden: Callable[[str, str], None]) -> None:
    """State in a test, per handbook, how many documents, steps, roles and blocks in neither are read."""
    golden(f"corpora/{name}.txt", _numbers(read(name)))


PAGES = {
    "pagerduty-incident-response": 36,
    "openregulatory-qms-templates": 44,
    "rust-forge-procedures": 62,
    "openshift-runbooks": 157,
    "publiccode-about": 245,
    "extra-comply-procedures": 11,
}
"""The corpora's own list counts one more for three of them: a README above the folder of pages, or beside an index.md,
in whose favour every host leaves it out."""


@pytest.mark.parametrize("name", CORPORA)
def test_every_page_is_read(name: str, read: Read) -> None:
    """Never a silently dropped page."""
    found = read(name)
    assert len(found.pages) == PAGES[name]
    assert [problem for problem in found.problems if problem.level == "error"] == []


JUDGED: dict[str, dict[str, dict[str, Any]]] = {
    name: pages
    for name, pages in json.loads((GOLDEN / "corpora" / "judged.json").read_text(encoding="utf-8")).items()
    if name
}


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, pages in JUDGED.items() for path in pages])
def test_steps_are_those_that_were_judged_by_eye(name: str, path: str, read: Read) -> None:
    """Check by eye against the source, written down, at least a dozen pages of each form."""
    judged = JUDGED[name][path]
    found = sorted(
        [step.line for step in document.steps] for document in read(name).by_path.get(path, ()) if document.steps
    )
    assert found == judged.get("read", judged["steps"])
    assert ("read" in judged) is ("why" in judged) is (found != judged["steps"])


@pytest.mark.parametrize(("form", "least"), [("list", 12), ("headings", 12), ("tasks", 4), ("bullets", 4)])
def test_enough_pages_of_each_form_were_judged(form: str, least: int) -> None:
    """At least a dozen pages of each form; of tasks and bullets the corpora hold no more than four, of tables none."""
    assert sum(form in page["form"] for pages in JUDGED.values() for page in pages.values()) >= least


def _counts(found: Handbook, path: str) -> list[tuple[str, int]]:
    """Return title and number of steps of each document of a page that has any."""
    return [(document.title, len(document.steps)) for document in found.by_path[path] if document.steps]


def _role(document: Document) -> list[str]:
    """Return the names of those who do the steps of a document."""
    return sorted({use.name for step in document.steps for use in step.roles if use.part == "does"})


def test_seven_procedures_on_one_page(read: Read) -> None:
    """Several procedures on a page; the step list for the scribe has five steps and that role."""
    found = read("pagerduty-incident-response")
    here = [document for document in found.by_path["during/during_an_incident.md"] if document.steps]
    assert sorted(len(document.steps) for document in here) == [3, 3, 3, 4, 5, 5, 7]
    by_role = {_role(document)[0]: len(document.steps) for document in here if _role(document)}
    assert by_role == {
        "Incident Commander": 7,
        "Deputy": 3,
        "Scribe": 5,
        "Subject Matter Experts": 4,
        "Customer Liaison": 3,
        "Internal Liaison": 5,
    }


def test_roles_with_a_heading_and_explicitly_no_steps(read: Read) -> None:
    found = read("pagerduty-incident-response")
    here = [document for document in found.by_path["after/after_an_incident.md"] if document.steps]
    assert {_role(document)[0]: len(document.steps) for document in here} == {
        "Incident Commander": 4,
        "Scribe": 2,
        "Subject Matter Experts": 1,
        "Customer Liaison": 2,
    }


def test_an_agenda_is_no_procedure(read: Read) -> None:
    """`post_mortem_process.md`: 10, and a 5-item agenda."""
    found = read("pagerduty-incident-response")
    (document,) = found.by_path["after/post_mortem_process.md"]
    assert len(document.steps) == 10
    assert [rest.reason for rest in document.rest if rest.reason] != []


def test_a_checklist_of_14_whose_headings_delegate(read: Read) -> None:
    """`security_incident_response.md`: a 14-item checklist."""
    found = read("pagerduty-incident-response")
    assert 14 in [count for _, count in _counts(found, "during/security_incident_response.md")]


def _sop(found: Handbook, name: str) -> Document:
    (document,) = (document for document in found.processes if document.path.endswith(f"/{name}.md"))
    return document


def test_heading_steps_with_participants_and_inputs_and_outputs(read: Read) -> None:
    """`sop-capa.md`: 5 heading steps with 5 Participants and 5 Input/Output tables."""
    document = _sop(read("openregulatory-qms-templates"), "sop-capa")
    assert (document.form, len(document.steps)) == ("headings", 5)
    assert all(any(use.part == "takes part" for use in step.roles) for step in document.steps)
    assert all(step.inputs and step.outputs for step in document.steps)


def test_two_flows_of_one_page(read: Read) -> None:
    """`sop-document-record-control.md`: 6 document steps and 5 record steps (numbering starts again), 10 of each table:
    record step 3 has none."""
    document = _sop(read("openregulatory-qms-templates"), "sop-document-record-control")
    assert [sum(step.flow == flow for step in document.steps) for flow in (1, 2)] == [6, 5]
    assert [step.number for step in document.steps if not step.roles and not step.inputs] == ["3"]


@pytest.mark.parametrize(("name", "count"), [("sop-vigilance", 6), ("sop-feedback-management", 3)])
def test_one_three_row_table_instead_of_two(name: str, count: int, read: Read) -> None:
    document = _sop(read("openregulatory-qms-templates"), name)
    assert len(document.steps) == count
    assert all(step.roles and step.inputs and step.outputs for step in document.steps)


def test_placeholders_of_templates_are_nobody(read: Read) -> None:
    """Placeholders count as absent and are reported."""
    found = read("openregulatory-qms-templates")
    assert [role.title for role in found.roles if "<" in role.title or "enter" in role.title.casefold()] == []
    assert any(problem.rule == "placeholder" for problem in found.problems)


def test_fences_at_three_spaces_do_not_break_a_list(read: Read) -> None:
    """`NoReadyVirtHandler.md`: 5 steps on GitHub, five one-item lists under MkDocs' default extensions."""
    (document,) = (one for one in read("openshift-runbooks").procedures if one.path.endswith("/NoReadyVirtHandler.md"))
    assert [(step.number, step.line) for step in document.steps] == [
        ("1", 20),
        ("2", 26),
        ("3", 33),
        ("4", 40),
        ("5", 47),
    ]
    assert all("```" in step.body for step in document.steps)


def test_steps_in_the_third_person(read: Read) -> None:
    """`hiring-process.md`: 11 third-person steps; roles listed under "Roles in this process"."""
    (document,) = read("publiccode-about").by_path["activities/recruitment/hiring-process.md"]
    assert (document.form, len(document.steps)) == ("list", 11)
    assert document.values("roles")


def test_metadata_without_an_opening_fence(read: Read) -> None:
    """`patch.md` has a cron schedule and a nested task that is a condition."""
    (document,) = read("extra-comply-procedures").by_path["themes/comply-soc2/procedures/patch.md"]
    assert (document.form, [step.line for step in document.steps]) == ("tasks", [10, 11, 12, 14, 15])
    assert [(step.number, step.line) for step in document.steps[2].steps] == [("3.1", 13)]


def test_the_release_process_of_dated_headings(read: Read) -> None:
    """The release process (dated headings with `steps: headings`)."""
    (document,) = read("rust-forge-procedures").by_path["release/process.md"]
    assert (document.kind, document.form) == ("process", "headings")
    assert [step.condition for step in document.steps] == [None] * len(document.steps)
