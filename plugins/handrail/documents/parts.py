"""What a page is made of: sections, blocks, items and cells, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from handrail.dataclass import dataclass
from handrail.documents.front import FrontMatter
from handrail.problems import Problem

Kind = Literal[
    "paragraph",
    "ordered",
    "bullets",
    "table",
    "code",
    "quote",
    "html",
    "comment",
    "admonition",
    "rule",
    "footnote",
    "definition",
    "heading",
    "tab",
    "notes",
    "other",
]
"""`tab`, `notes` (all footnotes at the end of a page) and `other` are only there where a page is written anew.

Blocks and what they are made of are not frozen: they are made by the ten thousand, and frozen ones take three times as
long to make. Nobody changes one.
"""


@dataclass(slots=True, eq=False)
class Cell:
    """One cell of a table."""

    text: str
    """Its Markdown, without the spaces around it."""
    line: int
    column: int


@dataclass(slots=True, eq=False)
class Row:
    """One row of a table; as many cells as the table's head."""

    cells: tuple[Cell, ...]
    line: int
    written: int
    """How many cells its line has, as the forge splits it."""


@dataclass(slots=True, eq=False)
class Item:
    """One item of a list."""

    line: int
    end: int
    """Its last line."""
    column: int
    blocks: tuple[Block, ...]
    checked: bool | None
    """Whether its box is ticked; None where there is no box."""
    offset: int
    """Columns from the item's marker to its text."""
    number: int | None
    """The number that is written before it; None for a bullet."""


@dataclass(slots=True, eq=False)
class Block:
    """One block of Markdown: what it is, where it stands, and what it holds."""

    kind: Kind
    line: int
    end: int
    """Its last line."""
    behind: int
    """Its last line, blank ones that end it included."""
    column: int
    text: str = ""
    """The Markdown of a paragraph or heading; what a code, comment or HTML block holds; the title of a note."""
    items: tuple[Item, ...] = ()
    blocks: tuple[Block, ...] = ()
    """What stands inside a quotation, an admonition or a footnote."""
    rows: tuple[Row, ...] = ()
    """The rows of a table, its head first."""
    start: int = 1
    """The number at which an ordered list starts."""
    level: int = 0
    """The level of a heading inside a list, a quotation or an admonition."""
    info: str = ""
    """The word behind the opening fence of a code block."""
    opening: str = ""
    """What opens it, as it is written: a fence and its info, the head of a note, a list's sign, the box of a task."""
    tight: bool = False
    """Whether it is a list without blank lines between its items and their blocks, or a paragraph right in one."""

    @property
    def has_boxes(self) -> bool:
        """Whether it is a list in which every item has a box to tick."""
        return bool(self.items) and all(item.checked is not None for item in self.items)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks under it, down to the next heading of any level."""

    level: int
    """1 to 6; 0 for what stands before the first heading."""
    title: str
    """The heading's plain text, without its number's markup or attributes."""
    line: int
    end: int
    """The last line before the next heading."""
    blocks: tuple[Block, ...]
    ids: tuple[str, ...]
    """The ids that the author wrote, the first one first."""
    forge_slug: str
    """The anchor that the forge gives to the heading."""
    site_slug: str
    """The anchor that Python-Markdown gives to the heading."""
    parent: int
    """The index of the section that holds this one; -1 for none."""


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file."""

    path: str
    text: str
    lines: tuple[str, ...]
    front: FrontMatter
    sections: tuple[Section, ...]
    """In order, flat; the first one is what stands before the first heading."""
    blocks: tuple[Block, ...]
    """Its outermost blocks in order, without link definitions."""
    references: Mapping[str, Mapping[str, str]]
    """Label of a link definition, as CommonMark folds it -> its address under `href`."""
    problems: tuple[Problem, ...]

    def source(self, line: int, end: int) -> str:
        """Return the Markdown from one line to another, both included."""
        return "\n".join(self.lines[line - 1 : end])
