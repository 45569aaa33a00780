"""Why a list or table is none of steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from handrail.documents import Block, Link, Section
from handrail.reader.context import Context
from handrail.reader.enumerated import enumeration
from handrail.reader.grammar import key
from handrail.reader.headings import flow_like, steps_like, title_key


def left_out(blocks: Sequence[Block], section: Section, is_process: bool, context: Context) -> Mapping[int, str]:
    """Return line and reason of each of a section's lists, tables or paragraphs that is none of steps."""
    whole = heading_reason(section, context)
    if whole is None and blocks[0].kind == "paragraph":
        return {}
    if whole is not None:
        return {block.line: whole for block in blocks}
    flow = is_process and flow_like(section, context)
    says_flow = flow or (is_process and _leads_to_pages(blocks, context))
    numbers = "numbered sections" if _are_sections(section, context) else None
    says_steps = flow or steps_like(section, context)
    reasons: dict[int, str | None] = {}
    first: Block | None = None
    for block in blocks:
        reasons[block.line] = (
            _reason(block, section, says_flow, numbers, context)
            or (None if says_steps else enumeration(block, text_before(block, section), context))
            or _second(block, first, section)
        )
        first = first or (block if reasons[block.line] is None else None)
    for before, behind in pairwise(blocks):
        if behind.kind == "ordered" and 1 < behind.start == before.start + len(before.items):
            reasons[behind.line] = reasons[behind.line] or reasons[before.line]
    return {line: reason for line, reason in reasons.items() if reason is not None}


def _reason(block: Block, section: Section, flow: bool, numbers: str | None, context: Context) -> str | None:
    if block.kind != "table" and not flow and _only_links(block, context):
        return "a list of links"
    if block.kind == "ordered" and numbers is not None:
        return numbers
    if block.kind == "table" and _says_how_far(block, context):
        return "a table of tasks and how far each of them is"
    lead = _lead_in(block, section)
    if lead and (word := context.grammar.introduces.search(lead)):
        return f"a list that is introduced with the word {word.group()!r}"
    if lead and context.grammar.fact_keys.get(key(lead)) in _FACT_LISTS:
        return f"the facts behind the label {key(lead)!r}"
    return None


def heading_reason(section: Section, context: Context) -> str | None:
    """Return why nothing under a heading is a step, where its words say so and its author does not say otherwise."""
    if section.line in context.declared:
        return None
    if _holds_no_steps(section, context):
        return f"a list under the heading {section.title!r}"
    if context.grammar.fact_keys.get(title_key(section, context)) in _FACT_LISTS:
        return f"the facts under the heading {section.title!r}"
    return None


def _holds_no_steps(section: Section, context: Context) -> bool:
    """Whether a heading says that no steps stand under it: `References`, `Regulatory references`."""
    words = context.grammar.words
    title = title_key(section, context)
    if title in words.not_steps or context.grammar.introduces.search(title):
        return True
    if context.grammar.of_law.match(section.title):
        return True
    if context.grammar.opens_no_steps.match(title) and not steps_like(section, context):
        return True
    first = title.split(" ", 1)[0]
    acts = first in words.verbs and first not in words.verb_nouns
    return not acts and title.endswith(tuple(f" {ending}" for ending in words.not_steps_endings))


_FACT_LISTS = (
    "prerequisites",
    "inputs",
    "outputs",
    "indicators",
    "roles",
    "clauses",
    "competence",
    "trigger",
    "owner",
    "customer",
    "purpose",
    "feedback",
    "supersedes",
    "approved_by",
    "fields",
    "states",
)
"""Facts whose heading holds a list of values, never steps."""


def _says_how_far(table: Block, context: Context) -> bool:
    """Whether a table keeps how far each of its tasks is: what was agreed once, and no procedure."""
    head, *rows = ([context.inline(cell.text).plain for cell in row.cells] for row in table.rows)
    places = [place for place, title in enumerate(head) if context.grammar.fact_keys.get(key(title)) == "status"]
    written = [row[places[0]].strip("[] xX") for row in rows if len(row) > places[0]] if places else []
    return 2 * sum(bool(text) for text in written) > len(written)


def _second(block: Block, first: Block | None, section: Section) -> str | None:
    """Return why a list is none of steps that begins again, behind words of its own, under a heading that has one.

    Tasks are never a second list.
    """
    tasks = any(item.checked is not None for item in block.items) and block.kind == "bullets"
    begins = first is not None and block.start <= 1 and not tasks and block.kind != "table"
    if not begins or not _lead_in(block, section):
        return None
    return "a second list under the heading, with words of its own before it"


def text_before(block: Block, section: Section) -> str | None:
    """Return the text right before a list."""
    before = _before(block, section)
    return before.text if before is not None and before.kind == "paragraph" else None


def _before(block: Block, section: Section) -> Block | None:
    """Return the block before another one of its section."""
    place = bisect_left(section.blocks, block.line, key=lambda other: other.line)
    return section.blocks[place - 1] if place else None


def _only_links(block: Block, context: Context) -> bool:
    """Whether a list is one of contents, links or references."""
    if not all(
        item.blocks
        and item.blocks[0].kind == "paragraph"
        and ("[" in item.blocks[0].text or "<" in item.blocks[0].text)
        for item in block.items
    ):
        return False
    texts = [
        context.inline(item.blocks[0].text)
        for item in block.items
        if item.blocks and item.blocks[0].kind == "paragraph"
    ]
    if len(texts) < len(block.items) or not texts:
        return False
    loose = block.kind == "bullets"
    linked = [
        text
        for text in texts
        if text.links
        and (
            _outside(text.plain, text.links) <= 1
            or (loose and text.links[0].start <= 1 and text.links[0].kind == "link")
        )
    ]
    return len(linked) == len(texts)


def _are_sections(section: Section, context: Context) -> bool:
    """Whether the ordered lists under a heading number a document's sections: `1. **Purpose**`, `2. **Scope**`."""
    items = [item for block in section.blocks if block.kind == "ordered" for item in block.items]
    texts = [item.blocks[0].text for item in items if item.blocks and item.blocks[0].kind == "paragraph"]
    titles = {key(context.inline(text).plain) for text in texts if len(text) < 40}
    return len(titles.intersection(context.grammar.words.sections)) > 1


def _leads_to_pages(blocks: Sequence[Block], context: Context) -> bool:
    """Whether the ordered lists of a section lead to other pages of the handbook: so a process calls its procedures."""
    items = [item for block in blocks if block.kind == "ordered" for item in block.items]
    texts = [item.blocks[0].text for item in items if item.blocks and item.blocks[0].kind == "paragraph"]
    return bool(texts) and all(
        any(_is_page(link.target) for link in context.inline(text).links if link.kind != "image") for text in texts
    )


def _is_page(target: str) -> bool:
    return "://" not in target and target.partition("#")[0].endswith(".md")


def _outside(plain: str, links: Sequence[Link]) -> int:
    """Return how many letters and digits of a text stand outside of its links."""
    linked = {place for link in links for place in range(link.start, link.end)}
    return sum(letter.isalnum() for place, letter in enumerate(plain) if place not in linked)


def _lead_in(block: Block, section: Section) -> str | None:
    """Return the paragraph before a list, where it introduces the list."""
    before = _before(block, section)
    if before is None or before.kind != "paragraph" or not before.text.rstrip(" *_").endswith((":", ",")):
        return None
    return before.text.rsplit("\n", 1)[-1].casefold()
