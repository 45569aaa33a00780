"""Pages without what they would fetch: each such thing becomes what lies in the copy, or a plain link."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from urllib.parse import urlsplit

from handrail.dataclass import dataclass
from handrail.export.addresses import Whereabouts, is_harmless, is_remote, plain, target, way
from handrail.export.loads import (
    LOADS,
    SETS,
    SPOKEN,
    STAY,
    is_emoji,
    is_module,
    is_pixel,
    is_quiet,
    is_written_frame,
)
from handrail.export.scripts import asked
from handrail.export.styles import local_style
from handrail.export.tags import ATTRIBUTES, Tag, tag_of, with_value, without, written

_PAIRS = "script|style|iframe|video|audio|object"
_SINGLE = (
    "a|area|img|link|source|track|embed|input|image|use|feimage|meta|base|body|html|table|thead|tbody|tfoot|tr|td|th"
    "|frame|script|iframe|video|audio|object|form"
)
_PIECES = re.compile(
    r"<!--(?:-?>|.*?--!?>)"
    rf"|<(?P<pair>{_PAIRS})(?=[\s/>])(?P<given>{ATTRIBUTES})>(?P<body>.*?)</(?P=pair)\s*>"
    rf"|<(?P<tag>{_SINGLE})(?=[\s/>])(?P<rest>{ATTRIBUTES})>"
    r"|</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_STYLED = re.compile(r"""(<[^<>]*?\sstyle\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)

Say = Callable[[str, str], str]
"""Gives the words for a thing that is not there: its kind, and its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something on a page that the copy cannot show as it is."""

    what: str
    """What it is: a tag, `style`, `link` for a link that leads nowhere."""
    address: str
    dead: bool = False
    """Whether it is missing in the handbook itself."""
    sign: str = ""
    """What its author wrote in the place of the address, such as `:smile:`."""


@dataclass
class Rewriting:
    """The pages of a copy on their way to be local; what is found is gathered page by page."""

    where: Whereabouts
    say: Say
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Pages that are not in the copy on purpose -> their address on the live site, or nothing."""
    _fine: set[tuple[str, str]] = field(default_factory=set)
    """Folder and start tag, of those that need no change."""

    def page(self, text: str, here: str) -> tuple[str, tuple[Found, ...]]:
        """Return a page without what it would fetch, and what that was."""
        writer = _Page(self, here)
        local = _PIECES.sub(writer.piece, text)
        if _may_style(local):
            local = _STYLED.sub(writer.styled, local)
        return local, tuple(dict.fromkeys(writer.found))

    def is_fine(self, folder: str, text: str) -> bool:
        """Whether a start tag is known to need no change on pages of a folder."""
        return (folder, text) in self._fine

    def note_fine(self, folder: str, text: str) -> None:
        """Remember a start tag that needs no change on pages of a folder."""
        self._fine.add((folder, text))


def _may_style(text: str) -> bool:
    return "url(" in text or "URL(" in text or "image-set(" in text


class _Page:
    """One page that is rewritten, piece by piece."""

    def __init__(self, whole: Rewriting, here: str) -> None:
        self._whole = whole
        self._here = here
        self._folder = posixpath.dirname(here)
        self._in_link = False
        self.found: list[Found] = []

    def piece(self, match: re.Match[str]) -> str:
        """Return what stands in the place of a comment, an element or a start tag."""
        if match["tag"]:
            return self._single(match[0], match["tag"], match["rest"])
        if match["pair"]:
            return self._pair(match[0], match["pair"].lower(), match["given"], match["body"])
        if match[0][1] == "/":
            self._in_link = False
        return match[0]

    def _single(self, text: str, name: str, rest: str) -> str:
        if self._whole.is_fine(self._folder, text):
            self._in_link = self._in_link or name == "a"
            return text
        tag = tag_of(name, rest)
        changed = _CHANGES.get(tag.name, _Page._loading)(self, tag)
        if tag.name == "a":
            self._in_link = True
        if changed is tag:
            self._whole.note_fine(self._folder, text)
            return text
        return written(changed) if isinstance(changed, Tag) else changed

    def _pair(self, text: str, name: str, given: str, body: str) -> str:
        if name == "style":
            return text if (local := local_style(body, self._in_style)) == body else text.replace(body, local)
        if name == "script" and not tag_of(name, given).has("src"):
            return self._inline(text, tag_of(name, given), body)
        start = f"<{name}{given}>"
        if name in ("script", "iframe"):
            kept = self._single(start, name, given)
            return text if kept == start else f"{kept}</{name}>" if kept.startswith(f"<{name}") else kept
        before = len(self.found)
        inner = _PIECES.sub(self.piece, body)
        lost = next((thing.address for thing in self.found[before:]), "")
        kept = self._single(start, name, given)
        if kept == start and (inner == body or name == "object"):
            return text if inner == body else f"{kept}{inner}</{name}>"
        return inner if name == "object" else self._film(name, given, kept, lost)

    def _film(self, name: str, given: str, kept: str, source: str) -> str:
        """Return what stands in the place of a film whose one or other source is not here."""
        if not kept.startswith(f"<{name}"):
            return kept
        tag = without(tag_of(name, given), "src", "poster")
        return self._told(Tag(name, (*tag.attributes, ("src", source or self.found[-1].address))))

    def _inline(self, text: str, tag: Tag, body: str) -> str:
        """Return a script of the page itself; without it, where it would ask another machine for something."""
        if tag.get("type").lower() in ("application/json", "application/ld+json", "text/template"):
            return text
        address = asked(body)
        if address is None:
            return text
        self.found.append(Found("script", address))
        return ""

    def styled(self, match: re.Match[str]) -> str:
        """Return a tag's style attribute without what it would fetch."""
        quote, value = match[2][0], match[2][1:-1]
        local = local_style(html.unescape(value), self._in_style)
        return match[0] if local == html.unescape(value) else f"{match[1]}{quote}{html.escape(local)}{quote}"

    def _in_style(self, address: str, at: int) -> None:
        self.found.append(Found("style", address))

    # ---- what each tag does with its addresses ----

    def _loading(self, tag: Tag) -> Tag | str:
        """Return a tag that fetches: as it is, with a way inside the copy, or what stands in its place."""
        if tag.name == "link" and is_quiet(tag):
            # For each other language, the theme's script would ask for a list of pages that only a server gives.
            return "" if "alternate" in tag.get("rel").lower().split() and tag.has("hreflang") else tag
        if tag.name == "img" and is_pixel(tag) and is_remote(tag.get("src")):
            self.found.append(Found("img", tag.get("src")))
            return ""
        if is_module(tag):
            self.found.append(Found("module", target(tag.get("src") or tag.get("href"), self._here)))
            return ""
        if tag.name == "iframe" and is_written_frame(tag):
            self.found.append(Found("iframe", "srcdoc"))
            return self._told(tag)
        changed = self._without_choices(tag)
        for name in LOADS.get(tag.name, ()):
            address = tag.get(name)
            if is_harmless(address):
                continue
            inside = self._inside(address)
            if inside is None:
                sign = tag.get("title") if is_emoji(tag) else ""
                self.found.append(Found(tag.name, address, not is_remote(address), sign))
                bare = without(changed, name)
                if tag.name == "input":
                    return with_value(bare, "type", "submit")
                return bare if tag.name in STAY or name == "poster" else self._told(tag)
            changed = changed if inside == address else with_value(changed, name, inside)
        return changed

    def _without_choices(self, tag: Tag) -> Tag:
        """Return a tag without a set of addresses of which one leads elsewhere."""
        name = SETS.get(tag.name)
        if name is None or not tag.has(name):
            return tag
        addresses = [choice.split()[0] for choice in tag.get(name).split(",") if choice.split()]
        away = next((address for address in addresses if self._inside(address) != address), None)
        if away is None or is_harmless(away):
            return tag
        self.found.append(Found(tag.name, away, dead=not is_remote(away)))
        return without(tag, name)

    def _told(self, tag: Tag) -> str:
        """Return what says in the place of a thing that it is not here, with a link to it."""
        kind = SPOKEN.get(tag.name)
        if kind is None:
            return ""
        alt = tag.get("alt") or tag.get("title") or tag.get("aria-label")
        if is_emoji(tag):
            name = tag.get("title").strip(":") or alt
            return f'<span role="img" aria-label="{html.escape(name)}">{html.escape(alt)}</span>'
        address = next((tag.get(name) for name in LOADS[tag.name] if tag.get(name)), "")
        said = html.escape(self._whole.say(kind, alt or _last(address)))
        if self._in_link or not is_remote(address):
            return f'<span data-handrail="absent">{said}</span>'
        return f'<a data-handrail="absent" href="{html.escape(address)}">{said}</a>'

    def _inside(self, address: str) -> str | None:
        """Return the way to what an address means, if the copy holds it."""
        where = self._whole.where
        if is_harmless(address):
            return address
        found = where.inside(address, self._here)
        if found is not None or is_remote(address):
            return found
        if not where.holds(address, self._here):
            return None
        return self._folder_page(address) or address

    def _anchor(self, tag: Tag) -> Tag | str:
        """Return a link: into the copy where that holds what it leads to."""
        tag = without(tag, "ping", "data-preview") if tag.has("ping") or tag.has("data-preview") else tag
        if tag.get("data-md-component") == "source":
            tag = without(tag, "data-md-component")  # the theme's script would ask the forge for its stars
        address = tag.get("href")
        if is_harmless(address):
            return tag
        inside = self._inside(address) or self._folder_page(address)
        if inside is not None:
            return tag if inside == address else with_value(tag, "href", inside)
        if is_remote(address):
            return tag
        return self._leading_out(tag, address)

    def _folder_page(self, address: str) -> str | None:
        """Return the way to the page of a folder, which a browser would show as a list of files."""
        path = target(address, self._here)
        path = (
            path
            if plain(address).partition("#")[0].endswith("/")
            else posixpath.normpath(posixpath.join(path, "index.html"))
        )
        if is_remote(address) or path not in self._whole.where.files:
            return None
        return way(path, self._here) + "".join(re.findall(r"[?#].*", plain(address))[:1])

    def _leading_out(self, tag: Tag, address: str) -> Tag:
        live = self._whole.left_out.get(target(address, self._here))
        if live is None:
            self.found.append(Found("link", address, dead=True))
            return tag
        fragment = address[address.find("#") :] if "#" in address else ""
        tag = with_value(tag, "href", live + fragment) if live else without(tag, "href")
        return Tag(tag.name, (*tag.attributes, ("data-handrail", "left-out")))

    def _meta(self, tag: Tag) -> Tag | str:
        """Return a meta tag, if it does not lead the reader away."""
        if tag.get("http-equiv").lower() != "refresh":
            return tag
        _, _, address = tag.get("content").partition("=")
        if not is_remote(address.strip(" '\"")):
            return tag
        self.found.append(Found("meta", address.strip(" '\"")))
        return ""

    def _base(self, tag: Tag) -> Tag | str:
        """Return nothing: with it, no other address of the page would be what it says."""
        self.found.append(Found("base", tag.get("href")))
        return ""

    def _form(self, tag: Tag) -> Tag | str:
        """Return a form; it sends nothing by itself."""
        return tag


_CHANGES: Mapping[str, Callable[[_Page, Tag], Tag | str]] = {
    "a": _Page._anchor,
    "area": _Page._anchor,
    "meta": _Page._meta,
    "base": _Page._base,
    "form": _Page._form,
}


def _last(address: str) -> str:
    """Return a short name of what an address leads to: its host and the last part of its path."""
    parts = urlsplit(plain(address))
    return "/".join(filter(None, (parts.netloc, posixpath.basename(parts.path.rstrip("/"))))) or address
