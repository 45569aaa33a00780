"""Every language recognises what English does."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handrail.words import LANGUAGES, recognised_fields
from handrail.words.de import GERMAN
from handrail.words.en import ENGLISH
from tests.reading import arrows_of, handbook, numbered, procedure, roles_of

NOT_OF_GERMAN = {
    "agent_first": "in German every word may follow on an agent that opens a name",
    "verb_nouns": "German writes nouns with a capital letter and verbs in another form",
}


@pytest.mark.parametrize("field", recognised_fields())
def test_every_list_of_english_has_its_counterpart(field: str) -> None:
    english, german = getattr(ENGLISH, field), getattr(GERMAN, field)
    if isinstance(english, Mapping):
        assert set(german) == set(english)
        assert [name for name, words in english.items() if words and not german[name]] == []
    elif field not in NOT_OF_GERMAN:
        assert 4 * len(german) >= len(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_are_case_folded_and_stand_once(language: str) -> None:
    for field in recognised_fields():
        table = getattr(LANGUAGES[language], field)
        for words in table.values() if isinstance(table, Mapping) else [table]:
            assert [word for word in words if word != word.lower()] == [], field
            assert [word for word in words if words.count(word) > 1] == [] or field in ("agents", "not_agents"), field


PAGE = """
    # Freigabe

    ## Dokumentinformationen

    - **Version:** 1.2
    - **Prozesseigner:** Leitung Entwicklung

    ## Voraussetzungen

    - Ein Ticket

    ## Warum

    1. Sicherheit
    2. Ruhe

    ## Ablauf

    1. **Versionsleiterin:** Zweig anlegen
       - Eingabe: Plan
       - Ausgabe: Zweig
       - Erwartet: alles grün
       - Frist: 3 Arbeitstage
    2. Ist alles grün?
       - **Ja:** weiter mit [Markieren](#markieren)
       - **Nein:** zurück zu [Zweig](#zweig-anlegen)
    3. (bei Bedarf) Prüfer benachrichtigen
    4. <a id="markieren"></a>Markieren
    5. Falls es fehlschlägt, gehe zurück zu Schritt 2. Sonst weiter.
    6. Ende

    ## Mögliche Fehler

    Häufige Ursachen:

    1. Altes Mehl
    2. Kalter Ofen
    """


def test_a_german_page_is_read_as_an_english_one() -> None:
    document = procedure(PAGE, languages=["de"])
    assert numbered(document)[:4] == ["1 Zweig anlegen", "2 Ist alles grün?", "3 Prüfer benachrichtigen", "4 Markieren"]
    steps = document.steps
    assert roles_of(steps[0]) == ["versionsleiterin does lead"]
    assert (steps[0].inputs, steps[0].outputs, steps[0].expect) == (("Plan",), ("Zweig",), "alles grün")
    assert steps[0].within is not None
    assert arrows_of(steps[1]) == ["markieren [Ja]", "zweig-anlegen [Nein]"]
    assert steps[2].optional
    assert arrows_of(steps[4])[0] == "ist-alles-grün [Falls es fehlschlägt] guessed"
    assert steps[5].kind == "end"
    assert (document.values("version"), document.values("owner")) == (("1.2",), ("Leitung Entwicklung",))
    assert document.values("prerequisites") == ("Ein Ticket",)


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n## Schritt 1: Mischen\n\nA\n\n## Schritt 2: Backen\n\nB\n",
        "# T\n\n## Phase I - Mischen\n\nA\n\n## Phase II - Backen\n\nB\n",
        "# T\n\n## Schritte für die Bäckerin\n\n- Mischen\n- Backen\n",
        "# T\n\n## Vorgehen\n\n- [ ] Mischen\n- [ ] Backen\n",
        "# T\n\n| Nr. | Tätigkeit | Verantwortlich |\n|---|---|---|\n| 1 | Mischen | Bäckerin |\n| 2 | Backen | |\n",
        "# T\n\n## 1. Zweck\n\nA\n\n## 2. Ablauf\n\n### 2.1 Mischen\n\nA\n\n### 2.2 Backen\n\nB\n",
    ],
)
def test_every_form_is_there_in_german(text: str) -> None:
    found = handbook(text, languages=["de"])
    assert [[step.text for step in document.steps] for document in found.procedures] == [["Mischen", "Backen"]]
