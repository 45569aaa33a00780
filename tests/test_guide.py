"""The guide names all that the code has, shows its examples as they are rendered, and is free of problems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from handrail.handbook import read_folder
from handrail.model import Form, Handbook, Part, StepKind
from handrail.options import BUILT_IN_KEYS, OPTIONS
from handrail.reader.stated import LISTS
from handrail.settings import settings_from
from handrail.words import recognised_fields
from handrail.words.en import ENGLISH

EXAMPLE = re.compile(r"^````markdown\n(.*?)^````$", re.MULTILINE | re.DOTALL)
"""A fence of four backticks holds the source of an example that is rendered below, or on its own page."""


@pytest.fixture(scope="module")
def content(root: Path) -> Path:
    return root / "content"


@pytest.fixture(scope="module")
def guide(content: Path) -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted((content / "guide").glob("*.md"))}


@pytest.fixture(scope="module")
def handbook(root: Path) -> Handbook:
    return read_folder(settings_from(root / "mkdocs.yml", None))


def missing(names: Iterable[str], text: str) -> list[str]:
    return [name for name in names if f"`{name}`" not in text]


def test_every_option_has_its_part_and_its_example(guide: dict[str, str]) -> None:
    for option in OPTIONS:
        part = f"\n## {option.name}\n\n{option.manual}\n\n```yaml\n{option.example}\n```"
        assert part in guide["options"], option.name


@pytest.mark.parametrize("fact", ENGLISH.facts)
def test_every_fact_is_in_the_reference_with_its_words(fact: str, guide: dict[str, str]) -> None:
    values = "several" if fact in LISTS else "one"
    assert f"| `{fact}` | {', '.join(ENGLISH.facts[fact])} | {values} |" in guide["facts"]


@pytest.mark.parametrize("label", ENGLISH.labels)
def test_every_label_is_in_the_reference_with_its_words(label: str, guide: dict[str, str]) -> None:
    assert f"| `{label}` | {', '.join(ENGLISH.labels[label])} |" in guide["lines"]


def test_every_name_in_other_front_matter_is_in_the_reference(guide: dict[str, str]) -> None:
    for fact, names in BUILT_IN_KEYS.items():
        assert f"| `{fact}` | {', '.join(f'`{name}`' for name in names)} |" in guide["facts"]


def test_every_form_and_every_kind_of_step_is_in_the_reference(guide: dict[str, str]) -> None:
    assert not missing(get_args(Form), guide["steps"])
    assert not missing(get_args(StepKind), guide["flow"])


def test_every_table_of_words_is_in_the_reference(guide: dict[str, str]) -> None:
    assert not missing(recognised_fields(), guide["words"])
    assert not missing((*ENGLISH.statuses, *ENGLISH.risks, *ENGLISH.orders), guide["facts"])


def test_every_rule_is_in_the_reference_with_its_level(root: Path, guide: dict[str, str]) -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted((root / "plugins").rglob("*.py")))
    found = set(re.findall(r'Problem\(\s*"([a-z0-9-]+)",\s*"(error|warning|info)"', code))
    assert found, "no rule was found; has the way to make a problem changed?"
    levels = dict(re.findall(r"^\| `([a-z0-9-]+)` \| ([a-z, ]+) \|", guide["problems"], re.MULTILINE))
    assert sorted(f"{rule}: {level}" for rule, level in found if level not in levels.get(rule, "")) == []


def test_every_example_is_shown_as_it_is_rendered(guide: dict[str, str]) -> None:
    rendered = {name: EXAMPLE.sub("", text) for name, text in guide.items()}
    examples = [(name, match[1]) for name, text in guide.items() for match in EXAMPLE.finditer(text)]
    assert len(examples) > 10
    for name, source in examples:
        other = any(text == source for text in guide.values())
        assert other or source in rendered[name], f"{name}.md: {source.splitlines()[0]}"


def test_there_is_an_example_of_every_form_and_every_part(handbook: Handbook) -> None:
    documents = (*handbook.processes, *handbook.procedures)
    examples = [document for document in documents if document.area == "Examples"]
    steps = [step for document in examples for step in document.all_steps()]
    assert {document.form for document in examples} == set(get_args(Form))
    assert {step.kind for step in steps} == set(get_args(StepKind))
    assert {role.part for step in steps for role in step.roles} == set(get_args(Part))
    assert {label for step in steps for label, _ in step.labels} == set(ENGLISH.labels)


def test_the_handbook_is_read_without_a_problem(handbook: Handbook) -> None:
    assert [f"{one.path}:{one.line}: {one.rule}: {one.message}" for one in handbook.problems] == []


def test_every_process_of_the_handbook_is_complete(handbook: Handbook) -> None:
    wanted = "owner purpose customer trigger inputs outputs indicators feedback review.every".split()
    own = [process for process in handbook.processes if process.path.startswith("handbook/")]
    assert len(own) >= 4
    for process in own:
        assert [fact for fact in wanted if not process.fact(fact)] == [], process.id
        rails = {step.rail for step in process.all_steps()}
        assert {"fixed", "judgement"} <= rails, process.id
    homes = [{process.id for process, _ in places} for places in handbook.homes.values()]
    assert any(len(names) > 1 for names in homes), "no procedure is shared by two processes"


def test_the_rooms_are_all_named(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = root / "plugins" / "handrail"
    modules = [file.name for file in package.glob("*.py") if file.name != "__init__.py"]
    folders = [f"{file.parent.name}/" for file in package.glob("*/__init__.py")]
    assert not missing(sorted([*modules, *folders]), text)
