"""Where a page's outermost lists are, what stands around each, and which fences would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handrail.dataclass import dataclass
from handrail.documents import Block

from .escapes import is_understood

LISTS = ("bullets", "ordered")

INSIDE = {
    "quote": "> ",
    "admonition": "    ",
    "tab": "    ",
    "notes": "",
    "footnote": "    ",
}
"""What opens every line inside a container that may stand around a list."""

ITEM = re.compile(r"^[ \t>]*(?:[-+*]|\d+\.)\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Around:
    """A container around a list, or the page."""

    prefix: str
    """What stands before each of its lines: the marks of the quotes and blocks up to it."""
    start: int
    """Its first line, counted from 0."""
    end: int
    """The line after its last."""
    follows_alike: bool = False
    """Whether it is a quote right after a quote, which Python-Markdown would make one."""


@dataclass(frozen=True, slots=True)
class Region:
    """One outermost list, or a fence outside of lists."""

    block: Block
    start: int
    """Its first line, counted from 0."""
    end: int
    """The line after its last."""
    around: tuple[Around, ...]
    """The containers that it stands in, the page first."""
    before: str
    """The kind of the block before it in the same container, or nothing."""
    code_follows: bool
    """Whether the block after it is indented code."""

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return self.block.kind in LISTS

    @property
    def prefix(self) -> str:
        """What stands before each of its lines."""
        return self.around[-1].prefix


def regions(blocks: Sequence[Block], source: Sequence[str]) -> tuple[Region, ...]:
    """Return what has to be written again, by line: lists, and fences that would break them."""
    page = Around("", 0, len(source))
    found = sorted(_regions(blocks, (page,), None, source), key=lambda region: region.start)
    apart = [region for at, region in enumerate(found) if not at or region.start >= found[at - 1].end]
    if any(region.is_list for region in apart):
        return tuple(apart)
    return tuple(region for region in apart if ITEM.search(region.block.text))


def _regions(
    blocks: Sequence[Block], around: tuple[Around, ...], outer: Block | None, source: Sequence[str]
) -> Iterator[Region]:
    """Yield the regions of some blocks; `outer` is the container that holds them, if any does."""
    before = "title" if outer is not None and outer.kind == "admonition" and outer.text else ""
    first_of_note = blocks[0] if blocks and outer is not None and outer.kind == "footnote" else None
    for at, block in enumerate(blocks):
        if block.kind in INSIDE:
            yield from _regions(block.blocks, (*around, _around(around[-1], block, before)), block, source)
        elif _is_written_again(block, around[-1].prefix, source, block is first_of_note):
            follows = at + 1 < len(blocks) and is_indented_code(blocks[at + 1])
            yield Region(block, block.line - 1, block.behind, around, before, follows)
        before = block.kind


def is_indented_code(block: Block) -> bool:
    """Tell whether a block is code without a fence."""
    return block.kind == "code" and not block.opening


def _around(outer: Around, block: Block, before: str) -> Around:
    start, end = (block.line - 1, block.behind) if block.line else (outer.start, outer.end)
    return Around(outer.prefix + INSIDE[block.kind], start, end, block.kind == before == "quote")


def _is_written_again(block: Block, prefix: str, source: Sequence[str], on_the_line_of_its_mark: bool) -> bool:
    if block.kind in LISTS:
        return not on_the_line_of_its_mark
    return block.kind == "code" and block.opening != "" and not _is_seen(block, prefix, source)


def fence_of(block: Block) -> tuple[str, str]:
    """Return the marks of a fence, and what stands behind them."""
    info = block.opening.lstrip(block.opening[0])
    return block.opening.removesuffix(info), info


def _is_seen(fence: Block, prefix: str, source: Sequence[str]) -> bool:
    """Tell whether superfences sees a fence as it stands; it is stricter than CommonMark.

    One that it does not see shows what it holds as text, and its end then opens a fence over what follows.
    """
    start, end = fence.line - 1, fence.behind
    if end - start < 2:
        return False
    marks, info = fence_of(fence)
    opening, *inner, last = [line.rstrip() for line in source[start:end]]
    width = len(opening) - len(opening.lstrip("> "))
    closes = last[width:] == marks and not last[:width].strip("> ")
    indented = all(not line[:width].strip("> ") for line in inner)
    return is_understood(info) and closes and indented and "\t" not in opening[:width]
