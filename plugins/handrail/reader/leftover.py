"""What of a page is in neither steps nor facts, and how much of it is."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from handrail.documents import Block, Page
from handrail.model import Rest
from handrail.reader.kinds import declared_in
from handrail.reader.parts import Part


def weight(block: Block) -> int:
    """Return how many blocks a block counts for: a list as many as it has items."""
    return max(len(block.items), 1)


def weight_of(lines: frozenset[int], indexes: Iterable[int], page: Page) -> int:
    """Return how many blocks the blocks at these lines count for."""
    return sum(weight(block) for index in indexes for block in page.sections[index].blocks if block.line in lines)


def outside_of(parts: Sequence[Part], page: Page) -> list[int]:
    """Return the indexes of the sections that belong to no document."""
    inside = {index for part in parts for index in part.sections}
    return [index for index in range(len(page.sections)) if index not in inside]


def rest_of(indexes: Iterable[int], taken: frozenset[int], left: dict[int, str], page: Page) -> Iterator[Rest]:
    """Yield the blocks that are in neither steps nor facts, and headings with nothing under them."""
    for index in indexes:
        section = page.sections[index]
        title = sys.intern(section.title)  # the same few headings stand on all pages
        if not section.blocks and title and section.line not in taken:
            yield Rest(title, section.line, "")
        for block in section.blocks:
            if block.line not in taken and not (block is section.blocks[0] and is_declaration(block)):
                heading = left.get(section.line) if block is section.blocks[0] else None
                reason = left.get(block.line) or _hidden_list(block) or heading
                yield Rest(title, block.line, page.source(block.line, block.end), reason)


def is_declaration(block: Block) -> bool:
    """Whether a block is a Handrail comment."""
    return declared_in(block) is not None


_WHERE = {
    "quote": "a quotation",
    "admonition": "an admonition",
    "footnote": "a footnote",
    "comment": "a comment",
    "code": "code",
}


def _hidden_list(block: Block) -> str | None:
    """Return why the list inside a quotation or the like is no list of steps."""
    if any(inner.kind == "ordered" or inner.has_boxes for inner in block.blocks):
        return f"a list in {_WHERE.get(block.kind, block.kind)}"
    if any(inner.kind == "table" for inner in block.blocks):
        return f"a table in {_WHERE.get(block.kind, block.kind)}"
    if block.kind in ("comment", "code") and re.search(r"^[ \t]*(?:1[.)]|- \[[ x]\])\s", block.text, re.MULTILINE):
        return f"a list in {_WHERE[block.kind]}"
    return None
