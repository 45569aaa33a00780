"""Headings: their numbers, and what they say of what stands under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handrail.dataclass import dataclass
from handrail.documents import Section
from handrail.kept import kept
from handrail.reader.context import Context
from handrail.reader.grammar import Grammar, key


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
    return _number(section.title, context.grammar)


@kept(256)
def _number(written: str, grammar: Grammar) -> Number | None:
    match = grammar.numbered.match(written)
    if match is None or not (match["title"].strip() or match["step"]):
        return None
    text = match["of"] or match["number"] or match["bare"]
    text = grammar.step_numbers.get(text.casefold(), text)
    parts = number_parts(text)
    title = f"{match['before'] or ''}{match['title']}".strip()
    return Number(parts, text, title or written, match["step"] is not None)


def number_parts(number: str) -> tuple[int, ...]:
    """Return the parts of a written number, without letters: 3 and 2 for `3.2b`."""
    return tuple(int(re.sub(r"\D", "", part) or 0) for part in number.split("."))


def bare_title(section: Section, context: Context) -> str:
    """Return a heading's title without its number."""
    number = number_of(section, context)
    return number.title if number else section.title


def title_key(section: Section, context: Context) -> str:
    """Return the words of a heading's title as the tables have them: without number, picture and bracket.

    `## 🧰 2. Prerequisites (once)` says `prerequisites`.
    """
    return _words_of(section.title, context.grammar)


JOINED = re.compile(r" (?:&|\+|/|and|und) ")
"""Between two things that one section is about: `Contact & support`."""
_PICTURE = re.compile(r"[^\w\s(\[<`*\"'„“«]{1,8}\s+")
"""Signs that stand before a title: `⚡ Immediate actions`."""
_BRACKET = re.compile(r"(?<=\S)\s*\([^()]{0,60}\)\Z")


@kept(1024)
def _words_of(written: str, grammar: Grammar) -> str:
    number = _number(written, grammar)
    title = number.title if number else written
    picture = _PICTURE.match(title)
    words = title[picture.end() :] if picture else title
    return key(_BRACKET.sub("", words) if words.endswith(")") else words)


def fact_of(section: Section, context: Context) -> str | None:
    """Return the fact that the words of a heading are, or say in a sentence: `Trigger`, `When to revise the plan`."""
    title = title_key(section, context)
    name = context.grammar.fact_keys.get(title)
    if name is not None:
        return name
    opens = context.grammar.when_to.match(title)
    under_title = section.parent >= 0 and context.page.sections[section.parent].level <= 1
    return "trigger" if opens and under_title and section.level > 1 else None


def steps_like(section: Section, context: Context) -> bool:
    """Whether a heading says that steps stand under it, in its words or in a bracket behind them."""
    if _names_steps(title_key(section, context), context.grammar):
        return True
    return section.title.endswith(")") and _ends_in_steps(section.title, context)


@kept(256)
def _names_steps(title: str, grammar: Grammar) -> bool:
    if title in grammar.words.steps_headings or grammar.for_role.match(title) or grammar.steps_to.match(title):
        return True
    return grammar.steps_end.search(title) is not None and not _is_section_of(title, grammar)


def _is_section_of(title: str, grammar: Grammar) -> bool:
    """Whether a title names a document's section about something: `Scope of the procedure`, `Summary of activities`."""
    first, _, rest = title.partition(" ")
    return first in grammar.words.sections and rest.split(" ", 1)[0] in grammar.words.of_place


def says_only_steps(section: Section, context: Context) -> bool:
    """Whether a heading says no more than that steps stand under it: `Steps`."""
    return key(bare_title(section, context)) in context.grammar.words.steps_headings


def _ends_in_steps(title: str, context: Context) -> bool:
    """Whether the bracket at the end of a title says that steps stand under it: `Build (step by step)`."""
    inside = key(title.rpartition("(")[2].rstrip(")"))
    return inside in context.grammar.words.steps_endings


def flow_like(section: Section, context: Context) -> bool:
    """Whether a heading says that a process's flow stands under it."""
    return title_key(section, context) in context.grammar.words.flow_headings or steps_like(section, context)


def flow_named(section: Section, context: Context) -> bool:
    """Whether a heading ends with a word for a flow: `Audit process`, `Response phases`."""
    words = context.grammar.words
    title = title_key(section, context)
    ends = title.endswith((*words.flow_headings, *words.steps_headings))
    return flow_like(section, context) or (ends and not _is_section_of(title, context.grammar))


def below(index: int, sections: Sequence[Section]) -> Iterator[int]:
    """Yield the indexes of the sections below a section, in order."""
    level = sections[index].level
    for other in range(index + 1, len(sections)):
        if sections[other].level <= level:
            return
        yield other
