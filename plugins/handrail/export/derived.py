"""The host's configuration for a copy, made from the user's own: without what would ask another machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from handrail.dataclass import dataclass
from handrail.export.addresses import is_remote
from handrail.export.vendored import SHIM
from handrail.options import Glob
from handrail.problems import HandrailError

_THEME = "material"

_GONE: Mapping[str, str] = {
    "social": "it draws cards for other sites, and fetches fonts for that",
    "privacy": "it fetches what pages point at; the copy links to it",
    "optimize": "it needs other programs, and changes nothing that a copy needs",
    "offline": "the copy does what it does, and asks no other machine for its script",
    "rss": "a feed needs a site",
    "mike": "a copy is one version",
    "htmlproofer": "it asks other sites",
    "git-committers": "it asks the forge",
    "pdf-export": "it makes another copy",
    "with-pdf": "it makes another copy",
}
"""Plugin -> why a copy is made without it."""
_REFUSED: Mapping[str, str] = {
    "embed-external-markdown": "It fetches pages from other sites during the build. Put their text into docs_dir.",
    "external-markdown": "It fetches pages from other sites during the build. Put their text into docs_dir.",
    "multirepo": "It fetches other repositories during the build. Put their pages into docs_dir.",
}
_EXTRAS: Mapping[str, str] = {
    "analytics": "it counts readers on another site",
    "consent": "there is nothing to consent to",
    "version": "a copy is one version",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of the configuration that a copy is made without."""

    what: str
    """As it stands in the configuration."""
    why: str
    below: str = ""
    """The key of the configuration below which it stands."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A configuration for a copy, and what it leaves out."""

    values: Mapping[str, Any]
    """What stands in the place of the user's own values."""
    left_out: tuple[LeftOut, ...]


def derived(given: Mapping[str, Any], kinds: Iterable[Glob] = (), drafts: bool = False) -> Derived:
    """Return the configuration for a copy.

    `given` is the user's, as MkDocs reads it before it looks at the values; `kinds` is what pages are. Raises
    HandrailError for a theme or a plugin that cannot be taken offline.
    """
    gone: list[LeftOut] = []

    def leave(what: str, why: str, below: str) -> None:
        gone.append(LeftOut(what, why, below))

    values = {
        "theme": _theme(given.get("theme"), leave),
        "plugins": [_with_kinds(entry, kinds) for entry in _plugins(given.get("plugins"), leave)],
        "extra": _extra(given.get("extra"), leave),
        "extra_css": [entry for entry in given.get("extra_css") or () if _stays(str(entry), "extra_css", leave)],
        "extra_javascript": [
            entry for entry in given.get("extra_javascript") or () if _stays(_path(entry), "extra_javascript", leave)
        ],
        "site_url": "",
        "use_directory_urls": False,
        "strict": False,
        "validation": {"links": {"anchors": "warn", "absolute_links": "ignore"}},
        **({"draft_docs": None} if drafts else {}),
    }
    return Derived(values, tuple(gone))


Leave = Callable[[str, str, str], None]
"""Is told what is left out, why, and below which key it stands."""


def _theme(given: Any, leave: Leave) -> dict[str, Any]:
    theme = dict(given) if isinstance(given, Mapping) else {"name": given}
    if theme.get("name") != _THEME:
        raise HandrailError(
            f"The theme `{theme.get('name') or 'mkdocs'}` cannot be taken offline: from a folder its search finds "
            "nothing. Write `theme: material` in mkdocs.yml."
        )
    if theme.get("font", True) is not False:
        leave("font", "fonts come from another site; the reader's own are used", "theme")
    features = [str(feature) for feature in theme.get("features") or ()]
    for feature in features:
        if _needs_server(feature):
            leave(feature, "it needs a server", "features")
    kept = [feature for feature in features if not _needs_server(feature) and feature != "navigation.prune"]
    signs = {name: theme[name] for name in ("logo", "favicon") if is_remote(str(theme.get(name) or ""))}
    for name, address in signs.items():
        leave(str(address), f"{name}: it lies on another site, so the theme's own is shown", "theme")
    theme = {name: value for name, value in theme.items() if name not in signs}
    return {**theme, "font": False, "features": [*kept, "navigation.prune"]}


def _needs_server(feature: str) -> bool:
    return feature.startswith("navigation.instant")


def _plugins(given: Any, leave: Leave) -> Iterator[Any]:
    """Yield the entries of the plugins that stay, in either of the forms that MkDocs takes."""
    entries = [{name: options} for name, options in given.items()] if isinstance(given, Mapping) else given
    for entry in ["search"] if entries is None else entries:
        name = str(next(iter(entry)) if isinstance(entry, Mapping) else entry)
        bare = name.rpartition("/")[2]
        if bare in _REFUSED:
            raise HandrailError(f"The plugin `{bare}` cannot be taken offline. {_REFUSED[bare]}")
        if bare in _GONE:
            leave(name, _GONE[bare], "plugins")
        else:
            yield entry


def _with_kinds(entry: Any, kinds: Iterable[Glob]) -> Any:
    """Return the entry of Handrail's plugin with what the pages are; any other as it is."""
    name, options = next(iter(entry.items())) if isinstance(entry, Mapping) else (entry, None)
    if name != "handrail":
        return entry
    said = {glob.pattern: {"kind": glob.kind, "steps": glob.steps} if glob.steps else glob.kind for glob in kinds}
    return {name: {**(options or {}), **({"kinds": said} if said else {})}}


def _extra(given: Any, leave: Leave) -> dict[str, Any]:
    extra = dict(given) if isinstance(given, Mapping) else {}
    for name, why in _EXTRAS.items():
        if extra.pop(name, None):
            leave(name, why, "extra")
    polyfills = [entry for entry in extra.get("polyfills") or () if _stays(_path(entry), "polyfills", leave)]
    return {**extra, "polyfills": [*(entry for entry in polyfills if "iframe-worker" not in _path(entry)), SHIM]}


def _path(entry: Any) -> str:
    return str(entry.get("path") if isinstance(entry, Mapping) else entry)


def _stays(address: str, where: str, leave: Leave) -> bool:
    if not is_remote(address):
        return True
    leave(address, f"{where}: it lies on another site. Put it into docs_dir to have it", where)
    return False
