"""A handbook's settings, read from its `mkdocs.yml` without running anything in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

import yaml

from handrail.dataclass import dataclass
from handrail.options import Options, options_of
from handrail.problems import HandrailError

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
_LEFT_OUT = "/templates/"
"""What MkDocs leaves out by itself, beside what is hidden."""
_INHERITED = 10
"""How many files may inherit from one another."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a host's configuration says that Handrail needs to know."""

    docs: Path
    """The folder of the Markdown files."""
    options: Options
    name: str = ""
    """The handbook's name."""
    exclude: str = ""
    """What is left out, in the style of gitignore: what MkDocs leaves out by itself, then `exclude_docs`."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Path of a page -> its title in the navigation."""
    plugins: tuple[str, ...] = ()
    """Names of the plugins in use."""
    language: str = ""
    """The language of the theme, as the theme names it; empty where it is not said."""


def settings_of(config: Mapping[str, Any], folder: Path) -> Settings:
    """Return the settings from a configuration's values; relative paths start at `folder`."""
    plugins = dict(_plugins(config.get("plugins")))
    return Settings(
        docs=folder / str(config.get("docs_dir") or "docs"),
        options=options_of(plugins.get("handrail")),
        name=str(config.get("site_name") or ""),
        exclude=f"{_LEFT_OUT}\n{config.get('exclude_docs') or ''}",
        titles=dict(nav_titles(config.get("nav"))),
        plugins=tuple(plugins),
        language=theme_language(config.get("theme")),
    )


def theme_language(theme: object) -> str:
    """Return the language that a theme's settings name: Material says `language`, the themes of MkDocs say `locale`."""
    said = (theme.get("language") or theme.get("locale")) if isinstance(theme, Mapping) else None
    return str(said or "")


def settings_from(config: Path | None, docs: Path | None) -> Settings:
    """Return the settings for a command: of this file, of this folder, or of the nearest file upward.

    Raises HandrailError where there is none, or where it cannot be read.
    """
    if docs is not None and config is None:
        if not docs.is_dir():
            raise HandrailError(f"{docs} is no folder. Name the folder of your Markdown files.")
        return Settings(docs, Options())
    path = config or nearest_config()
    if not path.is_file():
        raise HandrailError(f"{path} is not there. Name your mkdocs.yml with -f, or a folder with --docs.")
    settings = settings_of(loaded(path), path.parent)
    if docs is not None:
        settings = replace(settings, docs=docs)
    if not settings.docs.is_dir():
        raise HandrailError(f"{settings.docs} is no folder. Mend docs_dir in {path.name}, or name it with --docs.")
    return settings


def nearest_config() -> Path:
    """Return the nearest configuration file, here or above."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in CONFIG_NAMES:
            if (folder / name).is_file():
                return folder / name
    raise HandrailError("There is no mkdocs.yml here or above. Name it with -f, or a folder with --docs DIR.")


def file_text(path: Path) -> str:
    """Return the text of a file on the disk."""
    return path.read_text(encoding="utf-8")


def loaded(path: Path, depth: int = 0, read: Callable[[Path], str] = file_text) -> dict[str, Any]:
    """Return a configuration file with what it inherits; tags are not followed, nothing is run.

    `read` gives the text of a file; it raises OSError where there is none.
    """
    try:
        text = read(path)
        values = yaml.load(text, Loader=_Loader)
        _refuse_circles(values)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise HandrailError(f"{path.name} cannot be read: {_one_line(error)}") from None
    if not isinstance(values, dict):
        raise HandrailError(f"{path.name} holds no settings. Begin with `site_name: ...`.")
    inherited = values.pop("INHERIT", None)
    if inherited is None:
        return values
    base = path.parent / str(inherited)
    if depth >= _INHERITED or not _is_there(base, read):
        raise HandrailError(f"{path.name}: INHERIT: {inherited} cannot be read.")
    return _merged(loaded(base, depth + 1, read), values)


def _is_there(path: Path, read: Callable[[Path], str]) -> bool:
    try:
        read(path)
    except OSError:
        return False
    except UnicodeDecodeError:
        return True
    return True


_MOST = 100_000
"""How many values a configuration may hold, those that aliases repeat counted each time."""


def _refuse_circles(values: Any) -> None:
    """Raise a YAMLError where aliases make a configuration hold itself, or blow it up."""
    waiting, count = [values], 0
    while waiting:
        value = waiting.pop()
        count += 1
        if count > _MOST:
            raise yaml.YAMLError("its aliases lead in a circle, or repeat too much; write the values out")
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _merged(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return both, mappings joined key by key, as MkDocs does it."""
    result = dict(base)
    for key, value in more.items():
        both = isinstance(value, Mapping) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if both else value
    return result


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C loader where there is one
    """A safe loader that takes no tag for an order: `!ENV` gives its default, other tags give nothing."""


def _env(loader: Any, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode) and len(node.value) > 1:
        return loader.construct_object(node.value[-1], deep=True)
    return None


def _ignored(loader: Any, suffix: str, node: yaml.Node) -> Any:
    return None


_Loader.add_constructor("!ENV", _env)
_Loader.add_multi_constructor("!", _ignored)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _ignored)


def _plugins(given: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each plugin's name and options, in either of the forms that MkDocs takes."""
    entries = given.items() if isinstance(given, Mapping) else _pairs(given if isinstance(given, list) else [])
    for name, options in entries:
        yield str(name), options if isinstance(options, Mapping) else {}


def _pairs(entries: list[Any]) -> Iterator[tuple[Any, Any]]:
    for entry in entries:
        if isinstance(entry, Mapping):
            yield from entry.items()
        else:
            yield entry, {}


_DEPTH = 50
"""How deep a navigation may be nested; one that holds itself has no end."""


def nav_titles(nav: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the path and title of each page that the navigation names with a title."""
    entries = nav if isinstance(nav, list) and depth < _DEPTH else []
    for entry in entries:
        if isinstance(entry, Mapping):
            for title, value in entry.items():
                if isinstance(value, str):
                    yield value.lstrip("./"), str(title)
                else:
                    yield from nav_titles(value, depth + 1)
