"""Headings: their numbers, and what they say of what stands under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handrail.documents import Section
from handrail.reader.context import Context
from handrail.reader.grammar import key


@dataclass(frozen=True, slots=True)
class Number:
    """A heading's number taken apart."""

    parts: tuple[int, ...]
    text: str
    title: str
    is_step: bool
    """Whether the word for step stands before it."""


def number_of(section: Section, context: Context) -> Number | None:
    """Return the number that opens a heading: `3.`, `3)`, `3.1`, `3a.`, `Step 3:`."""
    match = context.grammar.numbered.match(section.title)
    if match is None or not (match["title"].strip() or match["step"]):
        return None
    text = match["of"] or match["number"] or match["bare"]
    text = context.grammar.step_numbers.get(text.casefold(), text)
    parts = tuple(int(re.sub(r"\D", "", part) or 0) for part in text.split("."))
    title = f"{match['before'] or ''}{match['title']}".strip()
    return Number(parts, text, title or section.title, match["step"] is not None)


def bare_title(section: Section, context: Context) -> str:
    """Return a heading's title without its number."""
    number = number_of(section, context)
    return number.title if number else section.title


def steps_like(section: Section, context: Context) -> bool:
    """Whether a heading says that steps stand under it."""
    title = key(bare_title(section, context))
    words = context.grammar.words
    if title in words.steps_headings or context.grammar.for_role.match(title):
        return True
    return bool(context.grammar.steps_to.match(title) or context.grammar.steps_end.search(title))


def flow_like(section: Section, context: Context) -> bool:
    """Whether a heading says that a process's flow stands under it."""
    return key(bare_title(section, context)) in context.grammar.words.flow_headings or steps_like(section, context)


def flow_named(section: Section, context: Context) -> bool:
    """Whether a heading ends with a word for a flow: `Audit process`, `Response phases`."""
    words = context.grammar.words
    title = key(bare_title(section, context))
    return flow_like(section, context) or title.endswith((*words.flow_headings, *words.steps_headings))


def below(index: int, sections: Sequence[Section]) -> Iterator[int]:
    """Yield the indexes of the sections below a section, in order."""
    level = sections[index].level
    for other in range(index + 1, len(sections)):
        if sections[other].level <= level:
            return
        yield other
