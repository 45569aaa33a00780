"""Spare Material's search the tags of a page that make no difference to its index.

It parses every page once more, element by element, and that is a tenth of what the host's build costs. A quarter of the
elements only colour code, lead to headings, or set words off: the index has their words, whether they are there or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_SEARCHES = "material.plugins.search."
_TOLD = ("data-search-", "linenodiv")
"""What tells the search to pass over an element, or is taken out by it: a page with one is left as it is."""
_TO_HEADING = re.compile(
    r'(<h([1-6]) (?:id="|[^<>]*\bid=")[^<>]*>[^\n<]*(?:<(?!/?h[1-6]|a class="headerlink")[^\n<]*)*)'  # up to the link
    r'<a class="headerlink"[^<>]*>[^<>]*</a>(?=</h\2>)'
)
_COLOURED = "<pre><span></span><code>"
"""How Pygments begins code; in it, each span that is opened is closed."""
_COLOUR = re.compile(r"</?span\b[^<>]*>")
_SET_OFF = re.compile(
    r"<(?=[aes])(?:(?<=\S<)|(?<=[^\s>] <))(a|em|strong)(?: [^<>]*)?>"  # behind words, or right behind another tag
    r"(?=\S)([^<>]+)(?<=\S)</\1>(?=\S| [^\s<])"  # before them
)
"""Words in an element of their own, where no white space stands alone: what does, the search makes shorter."""


def only_search_looks(listeners: Iterable[Callable[..., object]], own: object) -> bool:
    """Whether nobody but Handrail's plugin and Material's search is shown what pages hold before they are printed."""
    others = [plugin for one in listeners if (plugin := getattr(one, "__self__", None)) is not own]
    return bool(others) and all(type(plugin).__module__.startswith(_SEARCHES) for plugin in others)


def spared(html: str) -> str | None:
    """Return a page's HTML without tags that make no difference to Material's index; None where one might."""
    if any(told in html for told in _TOLD):
        return None
    pieces = _TO_HEADING.split(html)
    del pieces[2::3]  # the levels
    short = "".join(pieces)
    if "headerlink" in short:
        return None
    before, *coloured = short.split(_COLOURED)
    pieces = _SET_OFF.split("".join((before, *map(_without_colours, coloured))))
    del pieces[1::3]  # the names of the elements
    return "".join(pieces)


def _without_colours(coloured: str) -> str:
    """Return what follows the beginning of code, without the spans up to the code's end."""
    code, end, behind = coloured.partition("</pre>")
    return f"{_COLOURED}{_COLOUR.sub('', code)}{end}{behind}"
