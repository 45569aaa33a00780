"""Where a step leads: its branches, its links, and its jumps in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from handrail.documents import Block, Inline, Item, Link
from handrail.reader.context import Context
from handrail.reader.grammar import alternatives, key
from handrail.reader.lines import Said, branch_of, labelled
from handrail.reader.outlines import Outline
from handrail.reader.raw import Branch, RawJump, RawLink, Where
from handrail.reader.wording import (
    Jump,
    condition_of,
    first_sentence_end,
    jumps_before,
    jumps_in,
    mentions_before,
    sentence_around,
    split_otherwise,
)

ARROW_LABELS = ("next", "when", "after", "if_not")


def branches_of(outline: Outline, sentence: Inline, question: bool, context: Context) -> Iterator[Branch]:
    """Yield the ways out of a decision: labelled bullets, or both halves of `If ... Otherwise ...`."""
    bullets = [item for block in outline.blocks if block.kind == "bullets" for item in block.items]
    found = [branch for item in bullets if (branch := _branch(item, question, context)) is not None]
    if found:
        yield from found
        return
    halves = split_otherwise(sentence.plain, context.grammar)
    if halves is not None:
        start = 0
        for half in halves:
            at = sentence.plain.find(half, start)
            yield _half(outline, sentence, at, at + len(half), context)
            start = at + len(half)


def _half(outline: Outline, sentence: Inline, start: int, end: int, context: Context) -> Branch:
    text = sentence.plain[start:end]
    label = condition_of(text, context.grammar) or re.split(r"[,\s]", text, maxsplit=1)[0].strip(" ,")
    inside = [link for link in sentence.links if start <= link.start < end]
    links = tuple(
        _raw_link(link, sentence, outline.line, outline.sentence_end, "arrow", label, context) for link in inside
    )
    ends = key(text.removeprefix(label)).strip(" ,") in context.grammar.words.end
    found = list(jumps_in(text, context.grammar)) or ([Jump(0, "")] if ends else [])
    lines = (outline.line, outline.sentence_end)
    jumps = tuple(RawJump(jump.number, *_jump_place(jump, *lines, outline.column, context), label) for jump in found)
    return Branch(label, outline.line, links, jumps)


def _branch(item: Item, question: bool, context: Context) -> Branch | None:
    """Return a bullet as a branch: labelled under a question, or with a label or condition and an arrow."""
    if item.checked is not None or not item.blocks or item.blocks[0].kind != "paragraph":
        return None
    first = item.blocks[0]
    text = context.inline(first.text)
    if labelled(text, context) is not None and key(text.lead or "") not in context.grammar.words.negative:
        return None
    found = branch_of(text, context)
    if found is None:
        condition = condition_of(text.plain, context.grammar)
        found = (condition, text) if condition else None
    if found is None:
        return None
    label, rest = found
    links = tuple(
        _raw_link(link, rest, first.line, first.end, "arrow", label, context)
        for link in rest.links
        if link.kind != "image"
    )
    jumps = [
        RawJump(jump.number, *_jump_place(jump, first.line, first.end, item.column, context), label)
        for jump in jumps_in(rest.plain, context.grammar)
    ]
    if key(rest.plain) in context.grammar.words.end or _stops(rest, context):
        jumps.append(RawJump("", item.line, item.column, label))
    arrows = any(
        link.where == "arrow" and (link.jump or "#" in link.target or link.kind == "reference") for link in links
    )
    if question or arrows or jumps:
        return Branch(label, item.line, links, tuple(jumps))
    return None


def _stops(text: Inline, context: Context) -> bool:
    """Whether a branch stops the work: `Stop.`, `Stop: inform the board`."""
    said = labelled(text, context)
    return (said[0] if said else context.grammar.label_keys.get(key(text.plain))) == "stop"


def sentence_links(outline: Outline, sentence: Inline, context: Context) -> Iterator[RawLink]:
    """Yield the links of a step's own sentence: calls in its first one, arrows behind a jump word."""
    end = first_sentence_end(sentence.plain)
    halves = split_otherwise(sentence.plain, context.grammar) is not None
    for link in sentence.links:
        if link.kind == "image" or halves:
            continue
        where: Where = "call" if link.start < end else "mention"
        yield _raw_link(link, sentence, outline.line, outline.sentence_end, where, None, context)


def _raw_link(
    link: Link, text: Inline, line: int, end: int, where: Where, label: str | None, context: Context
) -> RawLink:
    """Return a link with its place and with what the words before it make of it."""
    jump = jumps_before(text.plain, link.start, context.grammar)
    if jump:
        where = "arrow"
    elif mentions_before(text.plain, link.start, context.grammar):
        where = "mention"
    at_line, column = _place(link, line, end, context)
    return RawLink(link.kind, link.target, link.text, at_line, column, where, jump, label)


def _place(link: Link, line: int, end: int, context: Context) -> tuple[int, int]:
    """Return line and column of a link's address, or of the id of a reference."""
    opening, fragment = ("](", f"]({link.target}") if link.kind != "reference" else ("[", f"[{link.target}]")
    at_line, column = context.place(line, end, fragment)
    found = context.page.lines[at_line - 1].startswith(fragment, column - 1)
    return at_line, column + len(opening) if found else column


def paragraph_calls(outline: Outline, context: Context) -> Iterator[RawLink]:
    """Yield the links of the paragraph right under a heading step: its first sentence is the step's too."""
    if not outline.heading_slugs or not outline.blocks or outline.blocks[0].kind != "paragraph":
        return
    block = outline.blocks[0]
    text = context.inline(block.text)
    end = first_sentence_end(text.plain)
    for link in text.links:
        if link.kind != "image":
            yield _raw_link(link, text, block.line, block.end, "call" if link.start < end else "mention", None, context)


def line_links(said: Iterable[Said], context: Context) -> Iterator[RawLink]:
    """Yield the links of labelled lines: arrows in the lines that lead on, mentions in the others."""
    for line in said:
        for link in line.text.links:
            if link.kind == "image":
                continue
            where: Where = "arrow" if line.key in ARROW_LABELS else "mention"
            label = {"if_not": line.label, "when": "when", "after": "after"}.get(line.key)
            found = _raw_link(link, line.text, line.line, line.end, where, label, context)
            yield found if found.where == where else replace(found, where=where)


def line_jumps(line: Said, context: Context) -> Iterator[RawJump]:
    """Yield the jumps in words of a labelled line; in a `Next` line a bare number is enough."""
    label = line.label if line.key == "if_not" else None
    numbers = [jump.number for jump in jumps_in(line.text.plain, context.grammar)]
    begins = context.place(line.line, line.line, line.label)[1]
    bare = re.fullmatch(r"(?:\w+\s+)?(\d{1,3}(?:\.\d{1,2})*)", line.text.plain.strip(" ."))
    if not numbers and line.key == "next" and bare:
        numbers = [bare[1]]
    if not numbers and key(line.text.plain) in context.grammar.words.end and line.key in ("next", "if_not"):
        numbers = [""]
    for number in numbers:
        yield RawJump(number, *_jump_place(Jump(0, number), line.line, line.end, begins, context), label)


def jumps_of(outline: Outline, sentence: Inline, context: Context) -> Iterator[RawJump]:
    """Yield the jumps in words of a step's sentence, and of the paragraphs under a heading step."""
    first = first_sentence_end(sentence.plain)
    condition = condition_of(sentence.plain, context.grammar)
    for jump in jumps_in(sentence.plain, context.grammar):
        place = _jump_place(jump, outline.line, outline.sentence_end, outline.column, context)
        whole = jump.start < first and not context.grammar.repeats.match(sentence.plain, jump.start)
        yield RawJump(jump.number, *place, condition if whole else _when(sentence.plain, jump, context))
    if key(sentence.plain) in context.grammar.words.end:
        yield RawJump("", outline.line, outline.column)
    if not outline.heading_slugs:
        return
    for block in outline.blocks:
        if block.kind != "paragraph":
            continue
        text = context.inline(block.text).plain
        for jump in jumps_in(text, context.grammar):
            place = _jump_place(jump, block.line, block.end, block.column, context)
            yield RawJump(jump.number, *place, _when(text, jump, context))


def _when(text: str, jump: Jump, context: Context) -> str | None:
    """Return when a jump is made that is not all that its step says: its condition, else its sentence."""
    said = _sentence_around(text, jump.start)
    return condition_of(said, context.grammar) or (said if len(said) <= 120 else f"{said[:119].rstrip()}…")


def _jump_place(jump: Jump, line: int, end: int, column: int, context: Context) -> tuple[int, int]:
    """Return line and column of the words that name a jump's target; of what they stand in, if they are not there."""
    step = alternatives((*context.grammar.words.step, *context.grammar.words.steps_headings))
    number = re.escape(jump.number)
    named = re.compile(rf"\b(?:{step})\s+{number}(?![\d.]*\d)", re.IGNORECASE) if number else None
    for at_line in range(line, end + 1):
        match = named.search(context.page.lines[at_line - 1]) if named else None
        if match:
            return at_line, match.start() + 1
    return line, column


def _sentence_around(text: str, place: int) -> str:
    """Return the sentence that holds a place of a text."""
    start, end = sentence_around(text, place)
    return text[start:end].strip()


def body_links(outline: Outline, known: Iterable[RawLink], context: Context) -> Iterator[RawLink]:
    """Yield every link in a step's body that is not known already, as a mention."""
    taken = {(link.line, link.column, link.target) for link in known}
    skip = (
        outline.blocks[:1] if outline.heading_slugs and outline.blocks and outline.blocks[0].kind == "paragraph" else ()
    )
    inner = {(step.line, step.end) for step in outline.steps}
    for link in links_in([block for block in outline.blocks if block not in skip], context):
        within = any(line <= link.line <= end for line, end in inner)
        if (link.line, link.column, link.target) not in taken and not within:
            yield link


def links_in(blocks: Iterable[Block], context: Context) -> Iterator[RawLink]:
    """Yield every link and reference of some blocks, as mentions."""
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        if block.kind in ("paragraph", "heading") and "[" in block.text:
            yield from _mentions(block.text, block.line, block.end, context)
        elif block.kind == "table":
            for row in block.rows:
                for cell in row.cells:
                    if "[" in cell.text:
                        yield from _mentions(cell.text, cell.line, cell.line, context)
        for item in reversed(block.items):
            waiting += reversed(item.blocks)
        waiting += reversed(block.blocks)


def _mentions(source: str, line: int, end: int, context: Context) -> Iterator[RawLink]:
    text = context.inline(source)
    for link in text.links:
        if link.kind != "image":
            at_line, column = _place(link, line, end, context)
            yield RawLink(link.kind, link.target, link.text, at_line, column, "mention")
