"""HTML whose characters beyond Latin-1 are written as references: one of them doubles the room of a whole page.

Hosts keep every page until all are written, and Python keeps a text with four, two or one byte for each of its
characters, as many as the widest of them takes. An ellipsis in a line of Handrail's would so double a page.
"""

from __future__ import annotations

import re

_BEYOND = re.compile("[^\x00-\xff]")
_AS_WRITTEN = re.compile("<(?:style|script)", re.IGNORECASE)
"""Elements in which a reference would not be read as one."""


def is_narrow(text: str) -> bool:
    """Whether a text has no character beyond Latin-1."""
    return text.isascii() or _BEYOND.search(text) is None


def narrowed(html: str) -> str:
    """Return HTML that says the same in characters of Latin-1 alone, as far as that can be."""
    if html.isascii() or _AS_WRITTEN.search(html):
        return html
    return html.encode("latin-1", "xmlcharrefreplace").decode("latin-1")
