"""Pages that say what they are a copy of, and say so at the top when they have grown old."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from handrail.dataclass import dataclass
from handrail.drawing.qr import qr_code
from handrail.export.addresses import way
from handrail.export.vendored import MERMAID, MERMAID_INIT, SCRIPT, STYLE
from handrail.render import Markup, rendered, worded
from handrail.stamp import Stamp

_GUARD = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' file: data: blob: 'unsafe-inline' "
    "'unsafe-eval'; form-action 'none'\">"
)
"""What the browser is told: nothing is fetched from elsewhere, whatever a script tries."""
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_START = re.compile(r"(?:<!doctype\b[^>]*>|<!--.*?-->|<html\b[^>]*>|\s+|\ufeff)*", re.IGNORECASE | re.DOTALL)
"""What stands before the head of a page that does not name it."""
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b[^>]*\bmd-content__inner\b[^>]*>", re.IGNORECASE)
_ARTICLE_END = "</article>"
_BODY_END = "</body>"
_DIAGRAM = re.compile(r"""<(?:pre|div)\b[^>]*\bclass=["']?[^"'>]*\bmermaid\b""", re.IGNORECASE)
_BUNDLE = re.compile(r"""<script src=["']?[^"'> ]*assets/javascripts/bundle\.""")


@dataclass(frozen=True, slots=True)
class Where:
    """An address, with its code and what it leads to."""

    said: Markup
    address: str
    code: Markup


@dataclass(frozen=True)
class Stamping:
    """The stamp of a copy, put onto its pages."""

    stamp: Stamp
    words: Mapping[str, str]
    part: str = ""
    """What the copy is a part for, where it is not the whole."""
    folders: bool = True
    """Whether the live site gives each page a folder of its own."""

    def say(self, key: str, /, **values: object) -> Markup:
        """Return a sentence in the site's language."""
        return worded(self.words[key], **values)

    @cached_property
    def name(self) -> str:
        """The name of the revision: its tag, and its commit."""
        revision = self.stamp.revision
        if revision is None:
            return ""
        return f"{revision.tag} ({revision.short})" if revision.tag else revision.short

    def live(self, here: str) -> str | None:
        """Return the address on the live site of a page of the copy."""
        folder, _, name = here.rpartition("/")
        if name == "index.html":
            return self.stamp.live(f"{folder}/" if folder else "")
        return self.stamp.live(f"{here.removesuffix('.html')}/" if self.folders else here)

    def page(self, text: str, here: str, source: str | None, draft: bool = False) -> str:
        """Return a page of the handbook with its stamp; `source` is the path of what an author wrote for it."""
        live = self.live(here)
        pinned = self.stamp.pinned(source) if source else None
        text = _inserted(text, _ARTICLE.search(text), self.banner(live, pinned), behind=True)
        at = text.rfind(_ARTICLE_END)
        at = text.rfind(_BODY_END) if at < 0 else at
        stamp = self.block(live, pinned, draft)
        return text + stamp if at < 0 else f"{text[:at]}{stamp}{text[at:]}"

    def block(self, live: str | None, pinned: str | None, draft: bool = False) -> str:
        """Return the stamp at the end of a page."""
        said = (("stamp.live", live), ("stamp.pinned", pinned))
        places = [self._place(key, address) for key, address in said if address is not None]
        if self.part and self.stamp.address:
            places.append(self._place("stamp.whole", self.stamp.address))
        return rendered("stamp", stamp=self.stamp, say=self.say, name=self.name, places=places, part=self.part,
                        draft=draft)  # fmt: skip

    def _place(self, key: str, address: str) -> Where:
        said = self.say(key)
        return Where(said, address, Markup(qr_code(address, f"{said} {address}")))

    def banner(self, live: str | None, pinned: str | None) -> str:
        """Return what a page says at its top when it has grown old; nothing where it never does."""
        if self.stamp.expires is None:
            return ""
        revision = self.stamp.revision.short if self.stamp.revision else ""
        command = Markup("<code>handrail diff {}</code>").format(revision)
        return rendered("old_copy", stamp=self.stamp, say=self.say, live=live, pinned=pinned, command=command)


def guarded(text: str, here: str) -> str:
    """Return a page that tells the browser to fetch nothing from elsewhere, with the style and script of a copy."""
    text = _inserted(text, _HEAD.search(text) or _START.match(text), _GUARD, behind=True)
    style = f'<link rel="stylesheet" href="{way(STYLE, here)}">'
    text = _inserted(text, _HEAD_END.search(text), style, behind=False)
    at = text.rfind(_BODY_END)
    script = f'<script src="{way(SCRIPT, here)}"></script>'
    return f"{text[:at]}{script}{text[at:]}" if at >= 0 else text


def has_diagram(text: str) -> bool:
    """Whether a page holds a diagram that Mermaid draws."""
    return "mermaid" in text and _DIAGRAM.search(text) is not None


def with_mermaid(text: str, here: str) -> str:
    """Return a page that loads Mermaid before the theme's script looks for it."""
    scripts = "".join(f'<script src="{way(path, here)}"></script>' for path in (MERMAID, MERMAID_INIT))
    return _inserted(text, _BUNDLE.search(text), scripts, behind=False)


def _inserted(text: str, match: re.Match[str] | None, more: str, behind: bool) -> str:
    if match is None or not more:
        return text
    at = match.end() if behind else match.start()
    return f"{text[:at]}{more}{text[at:]}"
