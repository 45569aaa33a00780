"""Links and anchors of several pages in one file."""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from collections.abc import Callable, Mapping
from pathlib import Path

from handrail.pdf.articles import Element, elements

_REFERRING = ("aria-labelledby", "aria-describedby", "headers", "for")
_URL = re.compile(r"url\(\s*[\"']?#([^)\"']+)[\"']?\s*\)")
Live = Callable[[str], str | None]
"""Gives the address of a page of the live site from its path in the site."""


def rename(article: Element, prefix: str) -> None:
    """Make all anchors of a page its own, also where another page has the same."""
    for element in article.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "a" and element.get("name") and not element.get("id"):
            element.set("id", element.attrib.pop("name"))
        if element.get("id"):
            element.set("id", f"{prefix}-{element.get('id')}")
        for name in _REFERRING:
            if element.get(name):
                element.set(name, " ".join(f"{prefix}-{word}" for word in (element.get(name) or "").split()))
        for name, value in element.attrib.items():
            if "url(" in value:
                element.set(name, _URL.sub(rf"url(#{prefix}-\1)", value))


def lead(article: Element, here: str, prefixes: Mapping[str, str], live: Live) -> None:
    """Make the links of a page lead within the file, else to the live site; what leads nowhere becomes plain words.

    `here` is the page's path in the site, `prefixes` are the prefixes of all pages in the file by their paths.
    """
    known = {str(one.get("id")) for one in article.iter() if one.get("id")}
    for element in article.iter():
        href = element.get("href") if element.tag == "a" else None
        if href is None:
            continue
        goal = _goal(href, here, prefixes, live)
        if goal is None or (goal.startswith(f"#{prefixes[here]}-") and goal[1:] not in known):
            element.attrib.pop("href")
        else:
            element.set("href", goal)


def _goal(href: str, here: str, prefixes: Mapping[str, str], live: Live) -> str | None:
    parts = urllib.parse.urlsplit(href)
    if parts.scheme or parts.netloc:
        return href if parts.scheme in ("http", "https", "mailto", "tel") else None
    path = (
        posixpath.normpath(posixpath.join(posixpath.dirname(here), urllib.parse.unquote(parts.path)))
        if parts.path
        else here
    )
    path = f"{path}/index.html" if parts.path.endswith("/") else path
    anchor = urllib.parse.unquote(parts.fragment)
    if path in prefixes:
        return f"#{prefixes[path]}-{anchor}" if anchor else f"#{prefixes[path]}"
    address = live(path)
    return f"{address}#{parts.fragment}" if address and parts.fragment else address


def show_pictures(article: Element, here: str, site: Path) -> None:
    """Let pictures be read from the site's folder; one that lies elsewhere becomes its own words."""
    root = site.resolve()
    for parent, picture in elements(article, "img"):
        source = picture.get("src") or ""
        if source.startswith("data:image/"):
            continue
        parts = urllib.parse.urlsplit(source)
        file = (root / posixpath.dirname(here) / urllib.parse.unquote(parts.path)).resolve()
        if not parts.scheme and not parts.netloc and file.is_relative_to(root) and file.is_file():
            picture.set("src", file.as_uri())
            picture.set("alt", picture.get("alt") or file.stem)
        else:
            words = Element("span", {"class": "handrail-absent"})
            words.text, words.tail = f"[{picture.get('alt') or source}]", picture.tail
            parent[list(parent).index(picture)] = words
