"""References by id, `[[roll-back]]` and `[text][roll-back]`, as links; never inside code."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from handrail.markdown.page import RenderedPage

PATTERN = (
    r"\[\[(?P<bare>[^\W_][\w./#:-]*)\]\]"
    r"|\[(?P<text>(?:[^\[\]])+)\]\[(?P<id>[^\W_][\w./#:-]*)\]"
    r"|\[(?P<same>[^\W_][\w./#:-]*)\]\[\](?!\()"
)


class ReferenceProcessor(InlineProcessor):
    """Makes a link of a reference whose id the handbook knows; leaves any other text alone."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, page: RenderedPage) -> None:
        super().__init__(PATTERN, md)
        self._page = page

    def handleMatch(  # type: ignore[override]  # an inline processor takes the text too
        self, m: re.Match[str], data: str
    ) -> Any:
        """Return the link and what it takes of the text."""
        before = data[m.start() - 1] if m.start() else " "
        name = m["bare"] or m["id"] or m["same"] or ""
        if before.isalnum() or before in "]_!" or name.casefold() in self.md.references:
            return None, None, None
        led = self._page.reference(name)
        if led is None:
            return None, None, None
        link = etree.Element("a")
        link.set("href", led[0])
        link.set("data-handrail", self._page.seal.value("reference"))
        link.text = m["text"] or AtomicString(led[1])
        return link, m.start(0), m.end(0)
