"""Whether a copy would still fetch something: every page and style sheet read once more, in a way of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from handrail.export.addresses import is_remote

_TAG = re.compile(r"""<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*+)>""")
_VALUE = re.compile(r"""([^\s=>"'/]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""")
_STYLE = re.compile(
    r"""@import\s*(?:url\()?\s*["']?([^"';)\s]+)|(?:url|image-set|src)\(\s*["']?\s*([^)"']+)""", re.IGNORECASE
)
_FRAMED = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_UNREAD = re.compile(
    r"""<!--.*?-->|<script\b[^>]*\btype\s*=\s*["']?application/(?:ld\+)?json\b[^>]*>.*?</script""",
    re.IGNORECASE | re.DOTALL,
)
"""Comments, and data in which what looks like a tag is none."""

_MEDIA = frozenset("img source video audio track embed iframe frame script input".split())
_DRAWN = frozenset(("image", "use", "feimage", "script"))
_PAINTED = frozenset("body table thead tbody tfoot tr td th".split())
_FETCHING: Mapping[str, frozenset[str]] = {
    "src": _MEDIA,
    "srcset": frozenset({"img", "source"}),
    "imagesrcset": frozenset({"link"}),
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "href": _DRAWN | {"link", "base"},
    "xlink:href": _DRAWN,
    "background": _PAINTED,
    "ping": frozenset({"a", "area"}),
    "manifest": frozenset({"html"}),
}
"""Attribute -> the tags on which a browser fetches it, or tells somebody."""
_QUIET = re.compile(r"(?:canonical|alternate|license|author|prev|next|edit|help|me|tag|search)$", re.IGNORECASE)


def still_fetched(text: str) -> Iterator[str]:
    """Yield each address on another machine that a page would fetch when it is opened."""
    bare = _UNREAD.sub("", text)
    for match in _TAG.finditer(bare):
        if "//" in match[2] or "\\" in match[2]:
            yield from _in_tag(match[1].lower(), match[2])
    for style in _FRAMED.findall(bare):
        yield from fetched_by_style(style)


def _in_tag(name: str, given: str) -> Iterator[str]:
    values = [(key.lower(), html.unescape(value.strip("\"'"))) for key, value in _VALUE.findall(given)]
    if name == "link" and any(key == "rel" and _QUIET.match(value) for key, value in values):
        return
    for key, value in values:
        if key == "style":
            yield from fetched_by_style(value)
        elif name in _FETCHING.get(key, ()):
            yield from (part for part in re.split(r"[\s,]+", value) if is_remote(part))


def fetched_by_style(css: str) -> Iterator[str]:
    """Yield each address on another machine that a style sheet would fetch."""
    if "//" not in css:
        return
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for found in _STYLE.findall(bare):
        yield from (address.strip() for address in found if address and is_remote(address.strip()))
