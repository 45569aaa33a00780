"""A step before its words are read: where it stands and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.documents import Block, Item
from handrail.reader.context import Context
from handrail.reader.enumerated import enumeration
from handrail.reader.lines import Said


@dataclass(frozen=True, slots=True)
class Miscount:
    """What is wrong with a step's number, and what to write."""

    message: str
    mend: str


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
    miscount: Miscount | None = None
    """Where its number may not be what its author means."""


def miscount(before: str, before_parts: tuple[int, ...], number: str, parts: tuple[int, ...]) -> Miscount | None:
    """Return what is wrong with a written number, seen from the one before it; letters count within a number.

    Where another part than the last one differs, another chapter begins: `6.1` behind `5.2`, `2.0` behind `1.0`.
    """
    if len(parts) != len(before_parts) or parts[:-1] != before_parts[:-1] or parts[-1] == before_parts[-1] + 1:
        return None
    if parts == before_parts and number != before:
        return None
    wanted = ".".join(str(part) for part in (*before_parts[:-1], before_parts[-1] + 1))
    said = "as the one before it does" if number == before else f"behind {before}"
    return Miscount(f"This step calls itself {number}, {said}.", f"Write {wanted}, or put in what is missing.")


def with_miscount(outline: Outline, odd: Miscount | None) -> Outline:
    """Return an outline with what is wrong with its number, if anything is."""
    return replace(outline, miscount=odd) if odd else outline


def skipped(block: Block, number: int) -> Mapping[int, Miscount]:
    """Return the place of the first item of an ordered list whose written number readers do not see, and what is wrong.

    They see a list count on from its first number, which is `number`, whatever the others are. A list that
    writes the same number everywhere says so on purpose.
    """
    if block.kind != "ordered" or len(block.items) < 2:
        return {}
    written = [item.number or 0 for item in block.items]
    place = next((place for place, own in enumerate(written) if own != block.start + place), None)
    if place is None or len(set(written)) == 1:
        return {}
    own, shown = written[place], number + place
    message = f"This item is written as {own}, and readers see {shown}: a list counts on from its first number."
    otherwise = "put in what is missing before it"
    if own < shown:
        otherwise = "put a line of words before it if another list begins here"
    return {place: Miscount(message, f"Write {shown}, or {otherwise}.")}


def before_rule(blocks: Sequence[Block], behind: int = -1) -> Sequence[Block]:
    """Return the blocks up to the first rule behind a place: what stands under it is the page's foot."""
    rules = (place for place, block in enumerate(blocks) if place > behind and block.kind == "rule")
    return blocks[: next(rules, len(blocks))]


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
            odd = skipped(block, block.start)
            for index, item in enumerate(block.items):
                place += 1
                outline = item_outline(item, f"{number}.{place}", flow, context)
                yield with_miscount(outline, odd.get(index))
        before = block.text if block.kind == "paragraph" else None
