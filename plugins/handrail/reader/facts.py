"""Facts in the text of a page: under headings, and in labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from handrail.documents import Block, Section
from handrail.model import Stated
from handrail.problems import Problem
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.headings import JOINED, bare_title, fact_of, title_key
from handrail.reader.labelled import is_plainly_labelled, labelled_facts
from handrail.reader.lines import without
from handrail.reader.named import block_texts, roles_below, sure_roles, tells_duties
from handrail.reader.stated import LISTS, Facts, differently, fits_kind, flat_text, joined, said_twice
from handrail.reader.tabled import table_facts
from handrail.reader.wording import is_placeholder, placeholder

_FRONT_ONLY = ("title", "area", "order", "process", "part_of", "risk", "role", "status")
"""Facts that a heading never states; tables and labelled lines may."""


def body_facts(
    indexes: Iterable[int],
    host: int,
    stepped: frozenset[int],
    kind: str,
    context: Context,
    read: frozenset[int] = frozenset(),
) -> Facts:
    """Return the facts in the text of some sections; `stepped` are lines of blocks that are steps.

    `read` are lines of blocks whose facts are known already.
    `host` is the section that opens the document; labelled lines are facts there, and at the head of the page.
    """
    sections = context.page.sections
    parts: list[Facts] = []
    opens = opening_sections(sections)
    heads = opens | {host}
    purpose: str | None = None
    for index in indexes:
        section = sections[index]
        blocks = [block for block in section.blocks if block.line not in stepped and block.line not in read]
        named = _heading_fact(section, kind, context)
        if named is not None and not any(block.line in stepped for block in section.blocks):
            title = bare_title(section, context) if named == "aspect" else section.title
            told = blocks if title_key(section, context) in context.grammar.fact_keys else _told(blocks)
            said = _stated_below(named, title, told if named == "trigger" else blocks, context)
            parts.append(_beside_the_purpose(said, section.title) if purpose not in (None, key(title)) else said)
            purpose = purpose or (key(title) if "purpose" in said.values else None)
        else:
            parts += [table_facts(block, kind, context) for block in blocks if block.kind == "table"]
            if index in heads or section.level <= 1 or _is_about_the_page(section, context):
                parts += [
                    _line_facts(block, kind, context) for block in blocks if block.kind in ("paragraph", "bullets")
                ]
                parts += _labelled_below(section, blocks, kind, context)
            if index in opens:
                first = takewhile(_opens_page, section.blocks)
                parts += [labelled_facts(block, context) for block in first if is_plainly_labelled(block)]
                parts += [_quoted_facts(block, kind, context) for block in blocks if block.kind == "quote"]
    return joined(parts, context.page.path, gather=True)


def _opens_page(block: Block) -> bool:
    """Whether a block may stand above the first list, table or code of a page."""
    return block.kind in ("paragraph", "comment", "html", "rule", "quote")


def opening_sections(sections: Sequence[Section]) -> frozenset[int]:
    """Return the sections that open the page: what stands above the second heading, and right below a subtitle."""
    count = 3 if len(sections) > 2 and _is_subtitle(sections[1], sections[2]) else 2
    return frozenset(range(min(count, len(sections))))


def _is_subtitle(title: Section, section: Section) -> bool:
    """Whether a heading right under the title only goes on with it: labelled lines are the first words below it."""
    if title.blocks or title.level > 1:
        return False
    first = next((block for block in section.blocks if block.kind not in ("html", "comment", "rule")), None)
    is_text = first is not None and first.kind == "paragraph"
    return first is not None and is_text and (first.text.startswith(("**", "__")) or is_plainly_labelled(first))


def _is_about_the_page(section: Section, context: Context) -> bool:
    """Whether a heading says that facts of the page stand under it in labelled lines."""
    return title_key(section, context) in context.grammar.words.metadata_headings


def _beside_the_purpose(said: Facts, title: str) -> Facts:
    """Return what stands under a second heading that means the purpose, such as Objective, under its own name."""
    stated = said.values.get("purpose")
    return replace(said, values={}, aspects=((title, stated[0]),)) if stated else said


def _told(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return what a heading such as `When to revise it` tells: a list, or one paragraph; more is not sure."""
    lists = [block for block in blocks if block.kind in ("bullets", "ordered")]
    words = [block for block in blocks if block.kind == "paragraph"]
    if len(lists) == 1 and all(block.text.rstrip().endswith(":") for block in words):
        return lists
    return words if len(words) == len(blocks) == 1 else ()


def announces_fact(section: Section, kind: str, context: Context) -> bool:
    """Whether a heading announces a fact under it, or facts of the page: `## Scope`, `## Document control`."""
    return _heading_fact(section, kind, context) is not None or _is_about_the_page(section, context)


def roles_named(context: Context) -> Iterator[str]:
    """Yield the names of the roles that a page names under its headings: under Roles, or Responsibilities."""
    for section in context.page.sections:
        if section.blocks and _heading_fact(section, "procedure", context) == "roles":
            yield from sure_roles(section.blocks, context)


def _heading_fact(section: Section, kind: str, context: Context) -> str | None:
    """Return the fact, or `aspect`, that a heading announces."""
    if section.level == 1 and section is context.page.sections[min(1, len(context.page.sections) - 1)]:
        return None
    title = title_key(section, context)
    name = fact_of(section, context)
    above = context.page.sections[section.parent] if name is not None and section.parent > 0 else None
    if above is not None and context.grammar.fact_keys.get(title_key(above, context)) == "roles":
        return None
    if title in context.grammar.words.duty_headings and tells_duties(section, context):
        return "roles"
    return name if name == "trigger" else _announced(title, kind, context)


def _announced(title: str, kind: str, context: Context) -> str | None:
    """Return the fact, or `aspect`, that the words of a heading or a label announce."""
    for said in dict.fromkeys((title, title.partition(" / ")[0])):
        name = context.grammar.fact_keys.get(said)
        if name is not None and name not in _FRONT_ONLY and fits_kind(name, kind):
            return name
    first, *others = JOINED.split(title)
    words = context.grammar.words
    known = all(other in words.sections or other in words.aspects or " / " in title for other in others)
    return "aspect" if first in words.aspects and known else None


def _stated_below(name: str, title: str, blocks: Sequence[Block], context: Context) -> Facts:
    """Return what stands under a heading, or a label on a line of its own, that announces a fact."""
    texts: list[Stated] = []
    lines: set[int] = set()
    problems: list[Problem] = []
    roles = roles_below(blocks, context) if name == "roles" else {}
    for block in blocks:
        others = () if name == "roles" else block_texts(block, "heading", context, name == "template")
        found = roles.get(block.line) or list(others)
        if not found:
            continue
        lines.add(block.line)
        for stated in found:
            if is_placeholder(stated.text, context.grammar):
                problems.append(placeholder(title, stated.text, stated.path, stated.line, stated.column))
            else:
                texts.append(stated)
    if not texts:
        return Facts({}, (), frozenset(lines), tuple(problems))
    whole = replace(texts[0], text="\n".join(stated.text for stated in texts))
    if name == "aspect":
        return Facts({}, ((title, whole),), frozenset(lines), tuple(problems))
    return Facts({name: tuple(texts) if name in LISTS else (whole,)}, (), frozenset(lines), tuple(problems))


def _labelled_below(section: Section, blocks: Sequence[Block], kind: str, context: Context) -> Iterator[Facts]:
    """Yield the facts whose label stands alone in a paragraph, with a list right under it; or more, if it is bold."""
    free = {block.line for block in blocks if block.kind in ("paragraph", "bullets", "ordered")}
    for label, block in pairwise(section.blocks):
        if label.kind != "paragraph" or block.line not in free or "\n" in label.text:
            continue
        title = context.inline(label.text)
        alone = title.lead and not title.plain[title.lead_end :].strip()
        if not alone and (block.kind == "paragraph" or len(label.text) > _LONGEST_LABEL):
            continue
        words = (title.lead if alone else title.plain).rstrip(":")
        name = _announced(key(words), kind, context)
        if name is not None:
            facts = _stated_below(name, words, [block], context)
            yield replace(facts, lines=facts.lines | {label.line})


_LONGEST_LABEL = 40


def _quoted_facts(quote: Block, kind: str, context: Context) -> Facts:
    """Return the facts in the labelled lines of a quotation that opens the page: `> **Owner:** Release manager`."""
    parts = [_line_facts(block, kind, context) for block in quote.blocks if block.kind in ("paragraph", "bullets")]
    facts = joined(parts, context.page.path, gather=True)
    return replace(facts, lines=frozenset({quote.line}) if facts.lines else frozenset())


def _line_facts(block: Block, kind: str, context: Context) -> Facts:
    """Return the facts in the labelled lines of a paragraph or of bullets: `**Owner:** Release manager`."""
    sources = _sources(block)
    found: dict[str, list[Stated]] = {}
    aspects: list[tuple[str, Stated]] = []
    problems: list[Problem] = []
    for source, line, column in sources:
        if ":" not in source:
            continue
        text = context.inline(source)
        if text.lead.endswith(":") or (text.lead and text.lead_end < len(text.plain) and ":" in source):
            label, value = text.lead.rstrip(":"), without(text, text.lead_end).plain
        elif block.kind == "bullets" and (match := re.match(r"([^:\n]{1,40}):\s+(.+)", text.plain, re.DOTALL)):
            label, value = match[1], match[2]
        else:
            continue
        name = context.grammar.fact_keys.get(key(label))
        stated = Stated(flat_text(value), line, column, "line", context.page.path)
        if not value or (name is not None and not fits_kind(name, kind)):
            continue
        if name and is_placeholder(value, context.grammar):
            problems.append(placeholder(name, value, context.page.path, line, column))
        elif name:
            found.setdefault(name, []).append(stated)
        elif key(label) in context.grammar.words.aspects:
            aspects.append((label, stated))
    problems += [
        said_twice(context.page.path, name, stated[0], other)
        for name, stated in found.items()
        if name not in LISTS
        for other in stated[1:]
        if differently(stated[:1], [other])
    ]
    lines = frozenset({block.line}) if found or aspects else frozenset()
    return Facts(
        {name: tuple(stated) if name in LISTS else (stated[0],) for name, stated in found.items()},
        tuple(aspects),
        lines,
        tuple(problems),
    )


def _sources(block: Block) -> list[tuple[str, int, int]]:
    """Return the Markdown, line and column of each line of a paragraph, or of each bullet.

    A bold label alone in its line takes the lines below it, up to the next label: `**Purpose:**`.
    """
    if block.kind == "paragraph":
        lines = [source.rstrip("\\ ") for source in block.text.split("\n")]
        starts = [*_starts(lines), len(lines)]
        return [("\n".join(lines[start:end]), block.line + start, block.column) for start, end in pairwise(starts)]
    return [
        (item.blocks[0].text, item.line, item.column)
        for item in block.items
        if item.blocks and item.blocks[0].kind == "paragraph"
    ]


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """Yield where each labelled line begins, by its place among the lines of a paragraph."""
    alone = False
    for place, line in enumerate(lines):
        if not alone or line.startswith(("**", "__")):
            yield place
            alone = _LABEL_ALONE.fullmatch(line) is not None


_LABEL_ALONE = re.compile(r"(\*\*|__)(?!\s)[^*_\n]{1,40}(?::\1|\1\s*:)")
"""A line that is nothing but a bold label with its colon: `**Purpose:**`."""
