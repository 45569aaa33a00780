"""The rules of HTML that a page breaks: what stands inside what, ids, and what refers to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

_PHRASES = frozenset(
    "span a strong em b i code label small p dt h1 h2 h3 h4 h5 h6 summary button time abbr".split()
)  # what holds words and no blocks
_BLOCKS = frozenset(
    "div p ul ol table dl pre blockquote h1 h2 h3 h4 h5 h6 details section nav form fieldset hr article figure".split()
)
_VOID = frozenset("br img input hr meta link col wbr area embed track source base".split())
_INSIDE = {"dt": ("dl", "div"), "dd": ("dl", "div"), "li": ("ul", "ol", "menu"), "caption": ("table",),
           "tr": ("thead", "tbody", "tfoot", "table"), "td": ("tr",), "th": ("tr",), "summary": ("details",)}  # fmt: skip
_ONLY = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd", "div"), "tr": ("td", "th"),
         "table": ("caption", "colgroup", "thead", "tbody", "tfoot", "tr")}  # fmt: skip
_REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.referred: list[str] = []
        self.broken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read_attributes(tag, attrs)
        if "svg" not in self.open:
            self.broken += [f"line {self.getpos()[0]}: {broken}" for broken in self._misplaced(tag)]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read_attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
            return
        self.broken.append(f"line {self.getpos()[0]}: </{tag}> closes {' '.join(self.open[-3:])}")
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def _read_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.broken += [
            f"{tag} has {name} {times} times" for name, times in Counter(n for n, _ in attrs).items() if times > 1
        ]
        values = dict(attrs)
        if "id" in values:
            self.ids[values["id"] or ""] += 1
        self.referred += [word for name in _REFERS for word in (values.get(name) or "").split()]

    def _misplaced(self, tag: str) -> Iterator[str]:
        parent = self.open[-1] if self.open else ""
        if tag in _BLOCKS and parent in _PHRASES and parent != "a":
            yield f"<{tag}> in <{parent}>"
        if tag == "a" and "a" in self.open:
            yield "a link in a link"
        if tag in ("a", "button", "input", "select") and "button" in self.open:
            yield f"<{tag}> in a button"
        if tag in _INSIDE and parent not in _INSIDE[tag]:
            yield f"<{tag}> in <{parent}>"
        if parent in _ONLY and tag not in (*_ONLY[parent], "script", "template"):
            yield f"<{tag}> right in <{parent}>"


def broken_rules(html: str) -> list[str]:
    """Return which rules a page breaks, each with its place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    twice = [f"the id {name!r} stands {times} times" for name, times in reader.ids.items() if times > 1]
    odd = [f"{name!r} is no id" for name in reader.ids if not name or re.search(r"\s", name)]
    lost = [f"nothing has the id {name!r}" for name in dict.fromkeys(reader.referred) if name not in reader.ids]
    return [*reader.broken, *twice, *odd, *lost]
