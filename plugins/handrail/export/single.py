"""Some pages of a copy as one self-contained file: pictures, style and script inside, links from page to page kept."""

from __future__ import annotations

import base64
import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.export.addresses import is_harmless, is_remote, target
from handrail.export.stamped import has_diagram
from handrail.export.styles import inlined_style
from handrail.export.tags import ATTRIBUTES, tag_of
from handrail.export.vendored import MERMAID, MERMAID_INIT, SHIM
from handrail.pages import css_string
from handrail.render import Markup, rendered

_TAG = re.compile(rf"<([a-zA-Z][\w:-]*)(?=[\s/>])({ATTRIBUTES})>")
_VALUE = re.compile(r"""(?<=\s)([\w:-]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")
_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_RUNNING = re.compile(r"""<style data-handrail=["']?print["']?>(.*?)</style>""", re.DOTALL)
"""What a page says on each sheet of its print."""
_SAID = re.compile(r"""--handrail-print-(title|state): ?("(?:[^"\\]|\\.)*")""")
_ONCE = re.compile(
    r'<footer class="handrail handrail-stamp".*?</footer>|<div class="handrail handrail-old".*?</div>\s*(?=\S)',
    re.DOTALL,
)
"""What each page says about the copy, and one file says once."""
_BUTTON = re.compile(r"""<a\b[^>]*\bmd-content__button\b.*?</a>""", re.DOTALL)
"""Leads to where a page is edited, which is of no use in a file that was mailed."""
_PERMALINK = re.compile(r"""<a\b[^>]*\bheaderlink\b.*?</a>|<[^>]+>""", re.DOTALL)
_NAME = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(rf"<body(?=[\s>])({ATTRIBUTES})>", re.IGNORECASE)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"""<link rel=["']?stylesheet["']? href=["']?([^"'> ]+)""", re.IGNORECASE)
_SCRIPT = re.compile(r"""<script src=["']?([^"'> ]*assets/handrail/[^"'> ]+)""")
_NOT_INLINE = (SHIM, MERMAID, MERMAID_INIT)
_NAMES = ("id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
"""Attributes that hold names of places on the page."""
_KINDS: Mapping[str, str] = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml",
    ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".mp3": "audio/mpeg", ".mp4": "video/mp4",
    ".webm": "video/webm", ".ogg": "audio/ogg", ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf",
    ".otf": "font/otf",
}  # fmt: skip
"""What can be put into a file; the machine's own table of kinds may differ."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page in the file."""

    name: str
    """What its places are called by."""
    title: Markup
    body: Markup


def single_page(site: Path, paths: Sequence[str], title: str, stamp: tuple[str, str], words: Callable[..., Markup],
                elsewhere: Callable[[str], str | None], language: str) -> str:  # fmt: skip
    """Return pages of a copy as one file.

    `stamp` is what the file says at its top when it is old, and at its end; `elsewhere` gives the address on the live
    site of what the file does not hold.
    """
    texts = {path: (site / path).read_bytes().decode("utf-8", "surrogateescape") for path in paths}
    names = {path: f"p{number}" for number, path in enumerate(paths, 1)}
    merging = _Merging(site, names, elsewhere)
    parts = [_part(merging, path, text) for path, text in texts.items()]
    diagrams = any(has_diagram(part.body) for part in parts)
    first = next(iter(texts.items()))
    return rendered(
        "single",
        title=title,
        language=language,
        parts=parts,
        banner=Markup(stamp[0]),
        stamp=Markup(stamp[1]),
        say=words,
        look=_look(first[1]),
        styles=[Markup(text) for text in (*_styles(merging, first), *_sheets(texts, names, title))],
        scripts=[Markup(text.replace("</script", "<\\/script")) for text in _scripts(site, texts, diagrams)],
    )


def _part(merging: _Merging, path: str, text: str) -> Part:
    match = _ARTICLE.search(text)
    body = _BUTTON.sub("", _ONCE.sub("", match[1] if match else text))
    heading = _TITLE.search(body)
    name = _NAME.search(text)
    title = _PERMALINK.sub("", heading[1]).strip() if heading else ""
    title = title or (name[1].rpartition(" - ")[0] or name[1] if name else "") or html.escape(path)
    return Part(merging.names[path], Markup(title), Markup(merging.merged(body, path)))


def _look(text: str) -> Mapping[str, str]:
    """Return the direction and the colours that a page of the theme has."""
    body = _BODY.search(text)
    tag = tag_of("body", body[1] if body else "")
    usual = {"dir": "ltr", "data-md-color-primary": "indigo", "data-md-color-accent": "indigo"}
    return {name: tag.get(name) or value for name, value in usual.items()}


def _inlined(site: Path, page: tuple[str, str], pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield the path of each file of the copy that a page links."""
    path, text = page
    for address in dict.fromkeys(pattern.findall(text)):
        name = target(html.unescape(address), path)
        if name not in _NOT_INLINE and (site / name).is_file():
            yield name


def _styles(merging: _Merging, page: tuple[str, str]) -> Iterator[str]:
    """Yield the text of each style sheet of a page, with what it loads."""
    for name in _inlined(merging.site, page, _STYLE):
        yield merging.style(name).replace("</", "<\\/")


def _sheets(texts: Mapping[str, str], names: Mapping[str, str], title: str) -> Iterator[str]:
    """Yield the style of the sheets of a print: each says which page it is of, and what the file is a copy of."""
    found = {path: match[1] for path, text in texts.items() if (match := _RUNNING.search(text))}
    said = {path: dict(_SAID.findall(style)) for path, style in found.items()}
    if not found:
        return
    yield next(iter(found.values()))
    if len({words.get("title") for words in said.values()}) > 1:
        yield f':root {{ --handrail-print-title: {css_string(title)}; --handrail-print-state: ""; }}'
    for path, words in said.items():
        boxes = f"@top-left {{ content: {words.get('title', '')} }} @top-right {{ content: {words.get('state', '')} }}"
        yield f"@page {names[path]} {{ {boxes} }} #{names[path]} {{ page: {names[path]}; }}"


def _scripts(site: Path, texts: Mapping[str, str], diagrams: bool) -> Iterable[str]:
    names = dict.fromkeys(name for page in texts.items() for name in _inlined(site, page, _SCRIPT))
    found = [(site / name).read_text(encoding="utf-8") for name in names]
    drawing = [(site / MERMAID).read_text(encoding="utf-8"), _DRAW] if diagrams and (site / MERMAID).is_file() else []
    return (*found, *drawing)


_DRAW = """document.querySelectorAll("pre.mermaid").forEach(function (text) {
  var drawing = document.createElement("div");
  drawing.className = "mermaid";
  drawing.textContent = text.textContent;
  text.replaceWith(drawing);
});
mermaid.initialize({
  startOnLoad: false, securityLevel: "strict",
  theme: document.body.getAttribute("data-md-color-scheme") === "slate" ? "dark" : "default",
});
mermaid.run({querySelector: "div.mermaid"});"""
"""Draws the diagrams of authors, whose texts stand in a `code` that Mermaid does not look into."""


class _Merging:
    """Pages on their way into one file: names made unique, ways to other pages made ways inside."""

    def __init__(self, site: Path, names: Mapping[str, str], elsewhere: Callable[[str], str | None]) -> None:
        self.site = site
        self.names = names
        self._elsewhere = elsewhere
        self._data: dict[str, str | None] = {}

    def style(self, path: str, above: tuple[str, ...] = ()) -> str:
        """Return the text of a style sheet of the copy with what it loads; `above` are those that load it."""
        file = self.site / path
        if path in above or path.startswith("../") or not file.is_file():
            return ""
        return inlined_style(
            file.read_bytes().decode("utf-8", "replace"),
            lambda address: self.style(target(address, path), (*above, path)),
            lambda address: None if is_remote(address) else self._embedded(target(address, path)),
        )

    def merged(self, body: str, here: str) -> str:
        """Return the text of a page with its names and ways as they are in the file."""
        prefix = self.names[here]

        def tag(match: re.Match[str]) -> str:
            name = match[1].lower()
            return f"<{match[1]}{_VALUE.sub(lambda found: value(name, found), match[2])}>"

        def value(tag: str, found: re.Match[str]) -> str:
            said = html.unescape(found[3].strip("\"'"))
            new = self._value(tag, found[1].lower(), said, here, prefix)
            if new is None:
                return "data-handrail-absent"
            return found[0] if new == said else f'{found[1]}="{html.escape(new)}"'

        return _TAG.sub(tag, body)

    def _value(self, tag: str, name: str, said: str, here: str, prefix: str) -> str | None:
        """Return the value of an attribute as it is in the file; None where it must go."""
        if name in _NAMES and not (name == "name" and tag in ("meta", "param")):
            return " ".join(f"{prefix}--{word}" for word in said.split())
        if "url(#" in said:
            return re.sub(r"url\(#", f"url(#{prefix}--", said)
        if name in ("href", "xlink:href"):
            return self._way(tag, said, here, prefix)
        if name in ("src", "poster", "data") and not is_harmless(said) and not is_remote(said):
            return self._embedded(target(said, here))
        return said

    def _way(self, tag: str, said: str, here: str, prefix: str) -> str | None:
        if said.startswith("#"):
            return f"#{prefix}--{said[1:]}" if said != "#" else f"#{prefix}"
        if is_harmless(said) or is_remote(said):
            return said
        path, _, anchor = said.partition("#")
        inside = target(path, here)
        if inside in self.names:
            return f"#{self.names[inside]}--{anchor}" if anchor else f"#{self.names[inside]}"
        if tag not in ("a", "area"):
            return self._embedded(inside)
        address = self._elsewhere(inside)
        return f"{address}#{anchor}" if address and anchor else address

    def _embedded(self, path: str) -> str | None:
        """Return a file of the copy as an address that holds it."""
        if path not in self._data:
            file, kind = self.site / path, _KINDS.get(posixpath.splitext(path)[1].lower())
            inside = not path.startswith("../") and kind is not None and file.is_file()
            data = base64.b64encode(file.read_bytes()).decode() if inside else ""
            self._data[path] = f"data:{kind};base64,{data}" if inside else None
        return self._data[path]
