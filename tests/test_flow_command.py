"""The command `flow`: each format, in the handbook's language, and what it says to wrong use."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handrail.cli import main
from tests.flows import RELEASE
from tests.reading import text_of

GERMAN = """
    # Freigabe

    ## Ablauf

    1. <a id="frost"></a>**Leitung:** Den Stand einfrieren.
        - Innerhalb: 3 Arbeitstage
    2. **Prüfung:** Ist alles grün?
        - **Ja:** weiter zu [Versenden](#senden).
        - **Nein:** zurück zu [Einfrieren](#frost).
    3. <a id="senden"></a>**Leitung:** Versenden.
    """


@pytest.fixture
def asked(tmp_path: Path):
    """Give a function that asks for the flow of one process in a language."""

    def ask(text: str, *arguments: str, languages: str = "en") -> Result:
        (tmp_path / "docs").mkdir(exist_ok=True)
        head = "---\nhandrail: {kind: process, id: release}\n---\n"
        (tmp_path / "docs" / "release.md").write_text(head + text_of(text), encoding="utf-8")
        config = tmp_path / "mkdocs.yml"
        config.write_text(f"site_name: H\nplugins: [{{handrail: {{languages: [{languages}]}}}}]\n", encoding="utf-8")
        result = CliRunner().invoke(main, ["flow", *arguments, "-f", str(config)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return ask


def test_a_flow_is_told_in_words(asked):
    done = asked(RELEASE, "release")
    assert done.exit_code == 0
    assert "Yes: to 4." in done.stdout
    assert "No: back to 1." in done.stdout


def test_a_german_handbook_is_told_in_german(asked):
    done = asked(GERMAN, "release", languages="de, en")
    assert done.exit_code == 0
    for word in ("Beginn", "Ja: zu 3.", "Nein: zurück zu 1.", "Zum Ende."):
        assert word in done.stdout
    for word in ("Start", "to 3", "back to", "Within"):
        assert word not in done.stdout


@pytest.mark.parametrize("form", ["svg", "bpmn", "mermaid", "json"])
def test_every_format_of_a_german_handbook_is_german(asked, form: str):
    done = asked(GERMAN, "release", "--format", form, languages="de, en")
    assert done.exit_code == 0
    assert "Beginn" in done.stdout
    assert ">Ende<" in done.stdout or "Ende" in done.stdout
    for word in ("Start<", '"Start"', "unsaid<", "Too late"):
        assert word not in done.stdout
    if form in ("svg", "bpmn"):
        ET.fromstring(done.stdout)
    if form == "json":
        assert json.loads(done.stdout)["id"] == "release"


WRONG = {
    "no such flow": (["relaese"], "There is no process or procedure `relaese`. Did you mean `release`?"),
    "no such role": (["release", "--role", "Testr"], "No lane is Testr's. Did you mean `tester`?"),
    "no such step": (["release", "--around", "freez"], "There is no step `freez`. Did you mean `freeze`?"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_there_is_said_in_one_line_with_the_nearest(asked, name: str):
    arguments, said = WRONG[name]
    done = asked(RELEASE, *arguments)
    assert done.exit_code == 2
    assert done.stderr.strip() == f"handrail: {said}"
    assert done.stdout == ""


def test_parts_of_a_flow_can_be_asked_for(asked):
    done = asked(RELEASE, "release", "--role", "Tester", "--json")
    assert [node["id"] for node in json.loads(done.stdout)["nodes"]] == ["freeze", "test-it", "are-the-checks-green"]
    done = asked(RELEASE, "release", "--around", "tag", "--json")
    assert [node["id"] for node in json.loads(done.stdout)["nodes"]] == ["are-the-checks-green", "tag", "tag#end"]
