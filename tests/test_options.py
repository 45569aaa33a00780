"""Every option, as it stands in `mkdocs.yml`, and what a wrong one says."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from handrail.days import Span
from handrail.options import BUILT_IN_KEYS, OPTIONS, Glob, Option, Register, options_of
from handrail.problems import HandrailError
from handrail.words.en import ENGLISH


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        (
            {"kinds": {"runbooks/**": "procedure", "runbooks/index.md": "none"}},
            "kinds",
            (Glob("runbooks/**", "procedure"), Glob("runbooks/index.md", "none")),
        ),
        (
            {"kinds": {"a.md": {"kind": "Process", "steps": "headings"}}},
            "kinds",
            (Glob("a.md", "process", "headings"),),
        ),
        ({"kinds": {"a.md": None}}, "kinds", (Glob("a.md", "none"),)),
        ({"keys": {"owner": "owner_slack"}}, "keys", (("owner", ("owner_slack",)),)),
        ({"keys": {"owner": ["team", "squad"]}}, "keys", (("owner", ("team", "squad")),)),
        ({"keys": {"review": {"last": "seen"}}}, "keys", (("review.last", ("seen",)),)),
        ({"roles": ["Lead", {"Scribe": "Writer"}]}, "roles", (Register("Lead"), Register("Scribe", ("Writer",)))),
        (
            {"roles": {"Lead": None, "Scribe": ["Writer", "Clerk"]}},
            "roles",
            (Register("Lead"), Register("Scribe", ("Writer", "Clerk"))),
        ),
        ({"roles": {"Lead": {"aliases": ["Boss"], "id": "boss"}}}, "roles", (Register("Lead", ("Boss",), "boss"),)),
        ({"records": ["Ticket"]}, "records", (Register("Ticket"),)),
        ({"languages": "de"}, "languages", ("de",)),
        ({"languages": ["en", "de"]}, "languages", ("en", "de")),
        ({"recognise": {"steps_headings": ["Work Plan"]}}, "recognise", (("steps_headings", ("work plan",)),)),
        ({"recognise": {"labels": {"record": ["Sheet"]}}}, "recognise", (("labels", {"record": ("sheet",)}),)),
        ({"words": {"process": "SOP"}}, "words", (("process", "SOP"),)),
        ({"lists": "as-is"}, "lists", "as-is"),
        ({"folder": "/how/we-work/"}, "folder", "how/we-work"),
        ({"navigation": False}, "navigation", False),
        ({"runs": None}, "runs", True),
        ({"ask": "Ann"}, "ask", "Ann"),
        ({"valid_for": "30 days"}, "valid_for", Span(30, "day")),
        ({"valid_for": "2 Monate"}, "valid_for", Span(2, "month")),
        ({"controlled": True}, "controlled", True),
        ({"controlled": "Only  in red"}, "controlled", "Only in red"),
        ({"enabled": False}, "runs", True),
        (None, "kinds", ()),
    ],
)
def test_what_an_option_gives(given: dict[str, Any] | None, name: str, value: object) -> None:
    assert getattr(options_of(given), name) == value


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ask": ["Ann"]}, "`ask` wants a line of text"),
        ({"valid_for": "a while"}, "`valid_for` wants a span of time, such as `30 days`, `6 weeks` or `3 months`"),
        ({"valid_for": "0 days"}, "`valid_for` wants a span of time"),
        ({"controlled": 3}, "`controlled` wants a line of text"),
        ({"knds": {}}, "there is no option `knds`. Did you mean `kinds`?"),
        (
            {"zzz": 1},
            "there is no option `zzz`. The options are accessible, ask, changes, clauses, controlled, folder, handles, history, keys,",
        ),
        ({"kinds": ["a"]}, '`kinds` wants globs and kinds, such as `"runbooks/**": procedure`.'),
        ({"kinds": {"a": "procedur"}}, "kinds: `a`: there is no kind `procedur`. Did you mean `procedure`?"),
        ({"kinds": {"a": "zzz"}}, "The kinds are process, procedure, role, record and none."),
        ({"kinds": {"a": {"kind": "process", "step": "headings"}}}, "there is no `step`. Did you mean `steps`?"),
        ({"kinds": {"a": {"kind": "process", "steps": "all"}}}, "`steps` wants `headings`."),
        ({"keys": "owner"}, "`keys` wants facts and front-matter keys"),
        ({"roles": "Lead"}, "`roles` wants a list of names"),
        ({"roles": 3}, "`roles` wants a list of names"),
        ({"languages": ["xx"]}, "languages: `xx` is not there; there are de, en."),
        ({"recognise": {"step_headings": ["a"]}}, "there is no table `step_headings`. Did you mean `steps_headings`?"),
        ({"words": {"proces": "SOP"}}, "there is no kind `proces`. Did you mean `process`?"),
        ({"lists": "off"}, "`lists` wants `indent` or `as-is`."),
        ({"folder": "../up"}, "`folder` wants the name of a folder"),
        ({"runs": "yes"}, "`runs` wants `true` or `false`."),
    ],
)
def test_a_wrong_option_names_the_next_thing_to_type(given: dict[str, Any], message: str) -> None:
    with pytest.raises(HandrailError) as caught:
        options_of(given)
    assert str(caught.value).startswith("plugins: handrail: ")
    assert message in str(caught.value)


def test_a_fact_that_is_none_is_wrong_use() -> None:
    """Never a silently dropped word: `onwer: owner_slack` would map nothing."""
    with pytest.raises(HandrailError, match="Did you mean `owner`"):
        options_of({"keys": {"onwer": "owner_slack"}})


@pytest.mark.parametrize(
    "given",
    [
        {"recognise": {"agent_ending": ["x"]}},
        {"recognise": {"labels": ["a"]}},
        {"recognise": {"steps_headings": {"a": ["b"]}}},
        {"recognise": {"language": "xx"}},
    ],
)
def test_words_for_a_table_of_another_form_are_wrong_use(given: dict[str, Any]) -> None:
    with pytest.raises(HandrailError):
        options_of(given)


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_the_manual_of_each_option_holds_an_example_that_is_read(option: Option) -> None:
    assert option.manual.endswith(".")
    assert option.name in yaml.safe_load(option.example)
    options_of(yaml.safe_load(option.example))


@pytest.mark.parametrize(
    ("keys", "fact", "spellings"),
    [
        ({}, "owner", BUILT_IN_KEYS["owner"]),
        ({"owner": "team"}, "owner", ("team", *BUILT_IN_KEYS["owner"])),
        ({"customer": "buyer"}, "customer", ("buyer",)),
        ({}, "customer", ()),
    ],
)
def test_the_handbook_s_own_spelling_comes_first(keys: dict[str, str], fact: str, spellings: tuple[str, ...]) -> None:
    assert options_of({"keys": keys}).spellings(fact) == spellings


def test_own_words_are_added_to_the_table_of_the_language() -> None:
    """One list per language holds every word that Handrail recognises, and a handbook can add to it."""
    words = options_of({"recognise": {"steps_headings": ["Work plan"], "labels": {"record": ["Sheet"]}}}).recognised()
    assert words.steps_headings == (*ENGLISH.steps_headings, "work plan")
    assert words.labels["record"] == (*ENGLISH.labels["record"], "sheet")
    assert words.labels["input"] == ENGLISH.labels["input"]


def test_languages_are_joined_and_the_first_one_writes() -> None:
    words = options_of({"languages": ["en", "de"]}).recognised()
    assert {"purpose", "zweck"} <= set(words.facts["purpose"])
    assert words.language == "en"
    assert options_of({"languages": "de"}).recognised().language == "de"
