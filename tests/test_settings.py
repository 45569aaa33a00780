"""What a handbook's `mkdocs.yml` says, read without running anything in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.options import Glob, Options
from handrail.problems import HandrailError
from handrail.settings import loaded, settings_from, settings_of
from tests.reading import text_of


def _config(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text_of(text), encoding="utf-8")
    return file


def test_everything_that_handrail_needs_to_know(tmp_path: Path) -> None:
    file = _config(
        tmp_path,
        """
        site_name: Handbook
        docs_dir: content
        exclude_docs: |
          drafts/
        nav:
          - Home: index.md
          - How:
              - Roll back: how/roll-back.md
              - how/other.md
        plugins:
          - search
          - handrail:
              kinds: {"how/**": procedure}
        """,
    )
    (tmp_path / "content").mkdir()
    found = settings_from(file, None)
    assert (found.docs, found.name, found.plugins) == (tmp_path / "content", "Handbook", ("search", "handrail"))
    assert found.exclude.splitlines() == ["/templates/", "drafts/"]
    assert found.titles == {"index.md": "Home", "how/roll-back.md": "Roll back"}
    assert found.options.kinds == (Glob("how/**", "procedure"),)


@pytest.mark.parametrize(
    ("plugins", "names"),
    [
        (["search", "handrail"], ("search", "handrail")),
        ([{"handrail": {"runs": False}}], ("handrail",)),
        ({"search": None, "handrail": {"runs": False}}, ("search", "handrail")),
        (None, ()),
    ],
)
def test_plugins_in_either_form(plugins: object, names: tuple[str, ...]) -> None:
    assert settings_of({"plugins": plugins}, Path()).plugins == names


def test_without_the_plugin_the_options_are_the_usual_ones(tmp_path: Path) -> None:
    assert settings_from(_config(tmp_path, "site_name: H\n"), None).options == Options()


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml"])
def test_the_configuration_is_found_upward_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _config(tmp_path, "site_name: Found\n", name)
    (tmp_path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "down")
    assert settings_from(None, None).name == "Found"


def test_a_folder_can_stand_for_a_site(tmp_path: Path) -> None:
    found = settings_from(None, tmp_path)
    assert (found.docs, found.options) == (tmp_path, Options())


def test_a_folder_beside_a_configuration_takes_the_place_of_docs_dir(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    found = settings_from(_config(tmp_path, "site_name: H\n"), tmp_path / "other")
    assert (found.docs, found.name) == (tmp_path / "other", "H")


def test_inherited_settings_are_joined_key_by_key(tmp_path: Path) -> None:
    _config(tmp_path, "site_name: Base\nextra: {a: 1, b: 2}\n", "base.yml")
    file = _config(tmp_path, "INHERIT: base.yml\nextra: {b: 3}\n")
    assert loaded(file) == {"site_name": "Base", "extra": {"a": 1, "b": 3}}


def test_tags_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by a safe loader that knows INHERIT and `!ENV` without values and no other tag."""
    monkeypatch.setenv("SECRET", "from the environment")
    file = _config(
        tmp_path,
        """
        site_name: !ENV [SECRET, A name]
        site_url: !ENV SECRET
        markdown_extensions:
          - pymdownx.emoji:
              emoji_index: !!python/name:material.extensions.emoji.twemoji
        extra: !relative $config_dir
        """,
    )
    assert loaded(file) == {
        "site_name": "A name",
        "site_url": None,
        "extra": None,
        "markdown_extensions": [{"pymdownx.emoji": {"emoji_index": None}}],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("site_name: [", "mkdocs.yml cannot be read: "),
        ("- a\n", "mkdocs.yml holds no settings. Begin with `site_name: ...`."),
        ("", "mkdocs.yml holds no settings. Begin with `site_name: ...`."),
        ("INHERIT: gone.yml\n", "mkdocs.yml: INHERIT: gone.yml cannot be read."),
        ("INHERIT: mkdocs.yml\n", "mkdocs.yml: INHERIT: mkdocs.yml cannot be read."),
        ("docs_dir: gone\n", "gone is no folder. Mend docs_dir in mkdocs.yml, or name it with --docs."),
        ("plugins: [{handrail: {knds: {}}}]\n", "plugins: handrail: there is no option `knds`. Did you mean `kinds`?"),
    ],
)
def test_wrong_use_names_the_next_thing_to_type(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(HandrailError) as caught:
        settings_from(_config(tmp_path, text), None)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_configuration_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(HandrailError, match="Name it with -f, or a folder with --docs DIR"):
        settings_from(None, None)
    with pytest.raises(HandrailError, match=r"gone\.yml is not there"):
        settings_from(Path("gone.yml"), None)
    with pytest.raises(HandrailError, match="Name the folder of your Markdown files"):
        settings_from(None, Path("gone"))


@pytest.mark.parametrize(
    "text",
    [
        "plugins: 3\n",
        "plugins: [3, null]\n",
        "nav: 3\n",
        "nav: [3, {a: {b: c}}]\n",
        "exclude_docs: [a]\n",
        "plugins: {handrail: 3}\n",
    ],
)
def test_values_of_a_wrong_form_that_only_the_host_has_to_judge(tmp_path: Path, text: str) -> None:
    assert settings_from(_config(tmp_path, text), None).options == Options()
