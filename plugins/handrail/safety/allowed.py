"""The allow-list: which elements, attributes, addresses, classes and ids an author's HTML may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

TAGS: frozenset[str] = frozenset(
    """
    a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr
    blockquote center dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary ul
    caption col colgroup table tbody td tfoot th thead tr
    img input label svg path g circle rect line polyline polygon ellipse
    """.split()
)
EVERYWHERE: frozenset[str] = frozenset(
    """
    class id title role lang dir tabindex data-tabs data-linenums data-linenos data-lang data-title data-preview
    data-search-exclude
    """.split()
)
"""Attributes of any element, beside those that begin with `aria-`."""
_SHAPE = frozenset("d fill stroke stroke-width x y x1 x2 y1 y2 cx cy r rx ry width height points transform".split())
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset(("href", "hreflang", "name", "rel", "target")),
    "img": frozenset(("src", "alt", "width", "height", "loading", "align")),
    "ol": frozenset(("start", "reversed", "type")),
    "li": frozenset(("value",)),
    "td": frozenset(("colspan", "rowspan", "headers", "align", "style")),
    "th": frozenset(("colspan", "rowspan", "headers", "align", "style", "scope", "abbr")),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "details": frozenset(("open",)),
    "time": frozenset(("datetime",)),
    "ins": frozenset(("datetime",)),
    "del": frozenset(("datetime",)),
    "input": frozenset(("type", "checked", "disabled", "name")),
    "label": frozenset(("for",)),
    "svg": frozenset(("viewBox", "xmlns", "width", "height", "fill")),
    **dict.fromkeys(("path", "g", "circle", "rect", "line", "polyline", "polygon", "ellipse"), _SHAPE),
}
"""Element -> the attributes that it alone may have."""
SCHEMES: frozenset[str] = frozenset(("http", "https", "mailto", "tel"))
"""How an address may begin, unless it is relative."""
STYLES: frozenset[str] = frozenset(("text-align",))
"""What `style` may set, and only in cells of tables."""
INPUTS = ("checkbox", "radio")

OWN = re.compile(r"data-(?:handrail(?:-\w+)?|step|document)")
"""The attributes that only Handrail sets."""
_THEME = re.compile(r"(?:md-|handrail)")
_THEME_ALLOWED = ("md-button", "md-button--primary", "md-tag")
_THEME_IDS = re.compile(r"__(?!tabbed_|codelineno|span-|code_)|handrail")


def allowed_classes(value: str) -> str | None:
    """Return the classes that an author may use: those of the theme and of Handrail can cover the page."""
    kept = [name for name in value.split() if not _THEME.match(name.casefold()) or name in _THEME_ALLOWED]
    return " ".join(kept) or None


def allowed_id(value: str) -> str | None:
    """Return an id, unless it is one of the theme's switches."""
    return None if _THEME_IDS.match(value.casefold()) else value
