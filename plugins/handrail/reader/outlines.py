"""A step before its words are read: where it stands and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handrail.documents import Block, Item
from handrail.reader.context import Context
from handrail.reader.enumerated import enumeration
from handrail.reader.lines import Said


@dataclass(frozen=True, slots=True)
class Outline:
    """One step before its words are read: where it stands and what it is made of."""

    number: str
    flow: int
    line: int
    column: int
    end: int
    sentence: str
    """The Markdown of its sentence: an item's first paragraph, a heading's title, a cell."""
    sentence_end: int
    """The last line of the sentence."""
    body: str
    blocks: tuple[Block, ...] = ()
    """What stands under the sentence."""
    said: tuple[Said, ...] = ()
    """What the other cells of its row say."""
    steps: tuple[Outline, ...] = ()
    written_ids: tuple[str, ...] = ()
    heading_slugs: tuple[str, ...] = ()
    goes_on_at: int | None = None
    """The number at which the list before would go on, where this step opens a list that may be meant to."""


def item_outline(
    item: Item, number: str, flow: int, context: Context, end: int | None = None, more: Sequence[Block] = ()
) -> Outline:
    """Return the outline of a step that is an item of a list; `more` are blocks that a split list left behind it."""
    first = item.blocks[0] if item.blocks else None
    paragraph = first is not None and first.kind == "paragraph"
    blocks = (*(item.blocks[1:] if paragraph else item.blocks), *more)
    sentence = first.text if first is not None and paragraph else _code_line(first)
    last = end or item.end
    sentence_end = first.end if first is not None else item.line
    return Outline(
        number,
        flow,
        item.line,
        item.column,
        last,
        sentence,
        sentence_end,
        _body(item, last, context),
        blocks,
        steps=tuple(sub_outlines(blocks, sentence, number, flow, context)),
    )


def _code_line(block: Block | None) -> str:
    """Return the first line of code where a step opens with code."""
    if block is None or block.kind not in ("code", "html"):
        return ""
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    return f"`{lines[0]}`" if lines and "`" not in lines[0] else ""


def _body(item: Item, end: int, context: Context) -> str:
    """Return a step's Markdown without the marker of its item."""
    lines = context.page.lines[item.line - 1 : end]
    cut = item.column - 1 + item.offset
    first = lines[0][cut:].strip() if lines else ""
    rest = [line[cut:] if not line[:cut].strip() else line.lstrip() for line in lines[1:]]
    return "\n".join([first, *rest]).rstrip()


def sub_outlines(blocks: Iterable[Block], sentence: str, number: str, flow: int, context: Context) -> Iterator[Outline]:
    """Yield the sub-steps inside a step: ordered lists and tasks among the blocks behind its sentence."""
    place = 0
    before: str | None = sentence
    for block in blocks:
        if (block.kind == "ordered" and enumeration(block, before, context) is None) or block.has_boxes:
            if block.kind == "ordered":
                place = block.start - 1
            for item in block.items:
                place += 1
                yield item_outline(item, f"{number}.{place}", flow, context)
        before = block.text if block.kind == "paragraph" else None
