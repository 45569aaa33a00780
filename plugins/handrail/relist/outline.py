"""What a rendered page says in its lists and around them, so that two renderings can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from html.parser import HTMLParser

from handrail.dataclass import dataclass

from .parsing import parser

LISTS = ("ol", "ul")
TEXTS = ("p", "h1", "h2", "h3", "h4", "h5", "h6")
BREAKS = frozenset((*LISTS, *TEXTS, "li", "pre", "div", "table", "tr", "th", "td", "blockquote", "details",
                    "summary", "hr", "dl", "dt", "dd", "section", "aside"))  # fmt: skip
VOID = ("br", "hr", "img", "input", "wbr")
ATTRIBUTES = re.compile(r"\{:?\s*[.#a-zA-Z][^{}%]*\}")
"""What attr_list takes away, and the forge shows."""
NOTES = re.compile(r"\bfootnotes?\b")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    text: str
    """Its first words, letters and digits only."""
    is_task: bool
    codes: tuple[str, ...]
    tables: int
    lists: tuple[List, ...]


@dataclass(frozen=True, slots=True)
class List:
    """One list."""

    ordered: bool
    start: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page holds."""

    lists: tuple[List, ...]
    texts: tuple[tuple[str, str], ...]
    """Headings and paragraphs outside of lists: tag, and letters and digits."""


def lists_of_html(html: str) -> tuple[List, ...]:
    """Return the outermost lists of a rendered page; those of footnotes are left out."""
    return outline(html).lists


def lists_of_commonmark(text: str) -> tuple[List, ...]:
    """Return the outermost lists that the forge shows for a page."""
    return lists_of_html(str(parser().render(text)))


def outline(html: str) -> Outline:
    """Return what a rendered page says in its lists and around them."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Outline(tuple(_list(found) for found in reader.root.children), tuple(reader.texts))


@dataclass(slots=True)
class _Node:
    """A list or an item that is still being read."""

    tag: str
    start: int = 1
    text: str = ""
    is_read: bool = False
    """Whether its first words are complete."""
    is_task: bool = False
    codes: list[str] = field(default_factory=list)
    tables: int = 0
    children: list[_Node] = field(default_factory=list)


def _list(node: _Node) -> List:
    items = tuple(_item(child) for child in node.children if child.tag == "li")
    return List(node.tag == "ol", node.start, items)


def _item(node: _Node) -> Item:
    lists = tuple(_list(child) for child in node.children if child.tag in LISTS)
    return Item(_words(node.text), node.is_task, tuple(node.codes), node.tables, lists)


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", ATTRIBUTES.sub("", text).casefold())[:40]


class _Reader(HTMLParser):
    """Read lists, items, their code and tables, and the texts around them; forgive what is not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self.open = [self.root]
        self.texts: list[tuple[str, str]] = []
        self.text: list[str] | None = None
        self.code: list[str] | None = None
        self.notes: list[str] = []
        """The tags open inside footnotes, from the outermost."""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if self.notes or NOTES.search(dict(attrs).get("class") or ""):
            if tag not in VOID and (self.notes or tag in ("div", "section")):
                self.notes.append(tag)
            return
        if tag in BREAKS:
            self._break()
        if tag == "li" and self.open[-1].tag == "li":
            self.open.pop()
        if tag in LISTS or tag == "li":
            self._open(_Node(tag, _number(dict(attrs).get("start"))))
        elif tag == "table":
            self.open[-1].tables += 1
        elif tag == "input" and ("type", "checkbox") in attrs:
            self.open[-1].is_task = True
        elif tag == "pre":
            self.code = []
        elif tag in TEXTS and len(self.open) == 1:
            self.text = []

    def handle_endtag(self, tag: str) -> None:
        if self.notes:
            if tag in self.notes:
                del self.notes[len(self.notes) - 1 - self.notes[::-1].index(tag) :]
            return
        if tag in BREAKS:
            self._break()
        if tag == "pre" and self.code is not None:
            self.open[-1].codes.append("".join(self.code).strip("\n"))
            self.code = None
        elif tag in TEXTS and self.text is not None:
            self.texts.append((tag, _words("".join(self.text))))
            self.text = None
        elif tag in (*LISTS, "li") and any(node.tag == tag for node in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = self.open[-1]
        if self.notes:
            return
        if self.code is not None:
            self.code.append(data)
        elif self.text is not None:
            self.text.append(data)
        elif inside.tag == "li" and not inside.is_read:
            inside.text += data

    def handle_comment(self, data: str) -> None:
        """End an item's first words, as a block would."""
        self._break()

    def _open(self, node: _Node) -> None:
        self.open[-1].children.append(node)
        self.open.append(node)

    def _break(self) -> None:
        self.open[-1].is_read = self.open[-1].is_read or bool(self.open[-1].text.strip())


def _number(start: str | None) -> int:
    return int(start) if start and start.isdecimal() else 1
