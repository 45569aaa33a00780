"""Steps that are items of lists or rows of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handrail.documents import Block, Row, Section
from handrail.model import Form
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.lines import Said, cell_line
from handrail.reader.outlines import Miscount, Outline, item_outline, skipped, with_miscount


def list_outlines(blocks: Sequence[Block], section: Section, form: Form, context: Context) -> list[Outline]:
    """Return the items of a section's lists as steps; a list that goes on counting is healed to the one before."""
    outlines: list[Outline] = []
    flow, count, last = 1, 0, 0
    for place, block in enumerate(blocks):
        goes_on = form != "list" or block.start == count + 1 + last
        expected = count + last + 1 if place else None
        if place and not goes_on:
            flow, count = flow + 1, 0
        if form == "list" and (place == 0 or not goes_on):
            last = block.start - 1
        behind = blocks[place + 1] if place + 1 < len(blocks) else None
        healed = form == "list" and behind is not None and behind.start == count + len(block.items) + 1 + last
        odd = skipped(block, count + last + 1)
        for index, item in enumerate(block.items):
            count += 1
            more = _between(section, block, behind) if healed and item is block.items[-1] else ()
            end = max([item.end, *(inner.end for inner in more)])
            outline = item_outline(item, str(count + last), flow, context, end, more)
            meant = count == 1 and place > 0 and _may_go_on(section, blocks[place - 1], block)
            opens = _opens_at(outline.number, expected) if meant and expected else None
            outlines.append(with_miscount(outline, odd.get(index, opens)))
    return outlines


def _opens_at(number: str, expected: int) -> Miscount:
    """Return what is wrong with the number of a list that may be meant to go on."""
    message = f"This list opens at {number}; the one before it would go on at {expected}."
    mend = f"Write {expected} if it goes on, or 1 if it is another list."
    if number == "1":
        mend = "If it goes on, indent the code before it as far as the words of its step."
    return Miscount(message, mend)


def _may_go_on(section: Section, before: Block, block: Block) -> bool:
    """Whether a list that counts anew may be meant to go on: it opens above 1, or only code stands before it."""
    between = _between(section, before, block)
    return block.start > 1 or (len(between) > 0 and all(inner.kind == "code" for inner in between))


def _between(section: Section, block: Block, behind: Block | None) -> tuple[Block, ...]:
    """Return the blocks between two lists that are one."""
    if behind is None:
        return ()
    places = [bisect_left(section.blocks, line, key=lambda other: other.line) for line in (block.line, behind.line)]
    return section.blocks[places[0] + 1 : places[1]]


def healed_lines(blocks: Sequence[Block], section: Section, form: Form) -> frozenset[int]:
    """Return the lines of the blocks that belong to steps: the lists, and what stands between healed ones."""
    lines = {block.line for block in blocks}
    if form != "list":
        return frozenset(lines)
    numbered = list(pairwise(blocks))
    expected = blocks[0].start
    for before, behind in numbered:
        expected += len(before.items)
        if behind.start == expected:
            lines |= {block.line for block in _between(section, before, behind)}
        else:
            expected = behind.start
    return frozenset(lines)


def table_outlines(blocks: Sequence[Block], context: Context) -> list[Outline]:
    """Return the rows of the tables of steps as steps, each table a flow."""
    return [outline for flow, table in enumerate(blocks, 1) for outline in _rows_outlines(table, flow, context)]


def _rows_outlines(table: Block, flow: int, context: Context) -> Iterator[Outline]:
    head = [key(context.inline(cell.text).plain) for cell in table.rows[0].cells]
    column = _text_column(table, head, context)
    for place, row in enumerate(table.rows[1:], 1):
        cells = [cell.text for cell in row.cells]
        if not any(cell.strip() for cell in cells):
            continue
        ids = tuple(anchor for cell in cells[:column] for anchor in context.inline(cell).anchors)
        yield Outline(
            (_number(cells[0], context) if column else "") or str(place),
            flow,
            row.line,
            row.cells[column].column,
            row.line,
            re.split(r"<br\s*/?>", cells[column])[0],
            row.line,
            " | ".join(cells),
            said=tuple(_cells_said(table.rows[0], row, head, column, context)),
            written_ids=ids,
        )


_KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")
"""What makes a digit a picture of a key."""
_COUNTS = re.compile(r"(?:\w+ )?\d*(?:\.\d+)*[a-z]?")
_CODE = re.compile(r"(?=.*\d)[^\W_]{1,6}(?:[-._/ ][^\W_]{1,6}){0,3}")
"""A row's number with the letters of its table: `E2E-1`, `TC-10.6`."""


def _counter(cell: str, context: Context) -> str:
    """Return the words of a cell that may hold a row's number."""
    return context.inline(cell).plain.translate(_KEYCAP).strip(" .)")


def _number(cell: str, context: Context) -> str:
    """Return the number at the end of a row's counter."""
    match = re.search(r"\d+(?:\.\d+)*[a-z]?\Z", _counter(cell, context))
    return match[0] if match else ""


def _text_column(table: Block, head: Sequence[str], context: Context) -> int:
    """Return the column that says what to do: the first one, unless it only counts."""
    named = [place for place, title in enumerate(head) if place and title in context.grammar.words.text_columns]
    counts = _CODE if named else _COUNTS
    first = [_counter(row.cells[0].text, context) for row in table.rows[1:]]
    if not all(_COUNTS.fullmatch(cell) or counts.fullmatch(cell) for cell in first):
        return 0
    free = [place for place, title in enumerate(head) if place and title not in context.grammar.column_keys]
    return (named or free or [0])[0]


def _cells_said(head: Row, row: Row, titles: Sequence[str], column: int, context: Context) -> Iterator[Said]:
    """Yield what the cells beside a step's sentence say, by the heads of their columns."""
    for place, (title, name, cell) in enumerate(zip(head.cells, titles, row.cells, strict=False)):
        said = context.grammar.column_keys.get(name)
        if said and place != column and cell.text.strip():
            yield cell_line(said, title, cell, context, "cell")
