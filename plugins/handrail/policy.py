"""A Content-Security-Policy for a site, made from the scripts that its theme is known to hold, never from its pages."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from handrail.dataclass import dataclass
from handrail.problems import HandrailError, did_you_mean

Directives = Mapping[str, tuple[str, ...]]
"""Name of a directive -> the sources that it allows."""

_BASE: Directives = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "media-src": ("'self'",),
    "manifest-src": ("'self'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}
"""What every site gets. Styles may stand in the page: drawings, tables and prints need it, and a style runs nothing."""
_ADDED = frozenset((*_BASE, "frame-src", "child-src", "object-src"))
_HEADER_ONLY = ("frame-ancestors",)
"""What a browser does not take from a page itself."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SCOPE = "{{ config.extra.scope | d(base_url) }}"
_BASE_URL = "{{ base_url }}"
_MERMAID = re.compile(r"https://unpkg\.com/mermaid@[\w.]+/[\w./-]+\.js")


@dataclass(frozen=True, slots=True)
class Theme:
    """What a theme is known to hold."""

    scripts: tuple[str, ...]
    """The scripts that stand in its pages, as they stand in its templates."""
    bundle: str = ""
    """Its own script file."""


def material_theme(custom: Path | None) -> Theme:
    """Return Material for MkDocs as it is installed, with what a handbook's `custom_dir` puts in its place.

    Raises HandrailError where it is not installed.
    """
    try:
        root = resources.files("material").joinpath("templates")
        names = sorted(entry.name for entry in root.joinpath("partials/javascripts").iterdir())
        bundles = [entry for entry in root.joinpath("assets/javascripts").iterdir() if entry.name.endswith(".min.js")]
    except (ModuleNotFoundError, OSError):
        raise HandrailError("Material for MkDocs is not installed: pip install mkdocs-material") from None
    folder = "partials/javascripts"
    own = (
        {path.relative_to(custom).as_posix(): _text(path) for path in sorted(custom.rglob("*.html"))} if custom else {}
    )
    theirs = {f"{folder}/{name}": root.joinpath(folder, name).read_text(encoding="utf-8") for name in names}
    texts = (theirs | own).values()
    return Theme(
        tuple(script for text in texts for script in _INLINE.findall(text)),
        "".join(bundle.read_text(encoding="utf-8") for bundle in bundles if bundle.name.startswith("bundle.")),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def policy_of(config: Mapping[str, Any], theme: Theme, depth: int) -> Directives:
    """Return the policy of a site, from its configuration's values.

    `depth` is how many folders down the deepest page lies.
    """
    found = {name: list(sources) for name, sources in _BASE.items()}
    found["script-src"] += [_hash(script) for script in known_scripts(config, theme, depth)]
    for name, source in _asked_for(config, theme):
        found[name].append(source)
    return {name: tuple(dict.fromkeys(sources)) for name, sources in found.items()}


def known_scripts(config: Mapping[str, Any], theme: Theme, depth: int) -> Iterator[str]:
    """Yield each script that stands in a page of the site, as the theme writes it there."""
    extra = _mapping(config.get("extra"))
    live = urllib.parse.urlsplit(str(config.get("site_url") or "/")).path or "/"
    bases = (".", *("/".join([".."] * levels) for levels in range(1, depth + 1)), live, live.rstrip("/"))
    for script in theme.scripts:
        if _SCOPE in script and extra.get("scope"):
            yield script.replace(_SCOPE, str(extra["scope"]))
        elif _SCOPE in script or _BASE_URL in script:
            yield from (script.replace(_SCOPE, base).replace(_BASE_URL, base) for base in bases)
        elif "{{" not in script and "{%" not in script:
            yield script


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _asked_for(config: Mapping[str, Any], theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield what the configuration itself has the pages fetch from elsewhere."""
    extra, look = _mapping(config.get("extra")), _mapping(config.get("theme"))
    scripts = (*_entries(config.get("extra_javascript")), *_entries(extra.get("polyfills")))
    yield from (("script-src", source) for entry in scripts if (source := _elsewhere(entry)))
    styles = _entries(config.get("extra_css"))
    yield from (("style-src", source) for entry in styles if (source := _elsewhere(entry)))
    if look.get("font") is not False:
        yield "style-src", "https://fonts.googleapis.com"
        yield "font-src", "https://fonts.gstatic.com"
    repository = urllib.parse.urlsplit(str(config.get("repo_url") or ""))
    if repository.hostname == "github.com":
        yield "connect-src", "https://api.github.com"
    elif repository.hostname and "gitlab" in repository.hostname:
        yield "connect-src", f"https://{repository.netloc}"
    mermaid = _MERMAID.search(theme.bundle)
    if mermaid and "mermaid" in repr(config.get("markdown_extensions")):
        yield "script-src", mermaid[0]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _entries(value: Any) -> Iterator[str]:
    for entry in value if isinstance(value, list) else ():
        yield str(entry.get("path") or "") if isinstance(entry, Mapping) else str(entry)


def _elsewhere(address: str) -> str | None:
    """Return an address on another host as a source, without what a policy cannot hold; None for a path."""
    parts = urllib.parse.urlsplit(address if "://" in address else f"https:{address}" if address[:2] == "//" else "")
    return f"{parts.scheme}://{parts.netloc}{urllib.parse.quote(parts.path, safe='/%@')}" if parts.netloc else None


def with_allowed(policy: Directives, allowed: Iterable[str]) -> Directives:
    """Return a policy with more sources, each given as `img-src https://example.org`.

    Raises HandrailError for what is no directive with its sources.
    """
    found = {name: list(sources) for name, sources in policy.items()}
    for given in allowed:
        name, *sources = given.split()
        if name not in _ADDED:
            raise HandrailError(
                f"There is no directive `{name}`. {did_you_mean(name, _ADDED, 'Write `img-src HOST`.')}"
            )
        if not sources or any(re.search(r"[;,\"<>\\]|[^\x21-\x7e]", source) for source in sources):
            raise HandrailError(f"`{given}` names no source. Write it like `{name} https://example.org`.")
        kept = [source for source in found.get(name, []) if source != "'none'"]
        found[name] = [*kept, *sources]
    return {name: tuple(dict.fromkeys(sources)) for name, sources in found.items()}


def _joined(policy: Directives, without: Iterable[str] = ()) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items() if name not in without)


def as_header(policy: Directives) -> str:
    """Return a policy as the header of an answer."""
    return f"Content-Security-Policy: {_joined(policy)}\n"


def as_meta(policy: Directives) -> str:
    """Return a policy as an element for the head of a page, where no header can be set."""
    content = html.escape(_joined(policy, _HEADER_ONLY), quote=False)
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">\n'


def as_nginx(policy: Directives) -> str:
    """Return a policy as a line of nginx's configuration."""
    return f'add_header Content-Security-Policy "{_joined(policy)}" always;\n'


def as_apache(policy: Directives) -> str:
    """Return a policy as a line of Apache's configuration."""
    return f'Header always set Content-Security-Policy "{_joined(policy)}"\n'


def as_netlify(policy: Directives) -> str:
    """Return a policy as the file `_headers` of Netlify and Cloudflare Pages."""
    return f"/*\n  {as_header(policy)}"


FORMS: Mapping[str, Callable[[Directives], str]] = {
    "header": as_header,
    "meta": as_meta,
    "nginx": as_nginx,
    "apache": as_apache,
    "netlify": as_netlify,
}
"""Each way to set a policy."""
