"""Steps that are headings: runs of numbered ones, or all of one level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handrail.dataclass import dataclass
from handrail.documents import Section
from handrail.model import Form
from handrail.reader.called import inner_outlines
from handrail.reader.context import Context
from handrail.reader.enumerated import only_questions
from handrail.reader.headings import JOINED, Number, bare_title, below, flow_like, flow_named, number_of, title_key
from handrail.reader.outlines import Outline, before_rule, miscount, sub_outlines, with_miscount
from handrail.reader.refused import heading_reason

LETTERED = re.compile(r"([A-Z])[.)]\s+(?=\S)")
"""A letter that counts a heading: `A) Sample preparation`."""


@dataclass(frozen=True, slots=True)
class Found:
    """Steps of one form, and the section whose steps they are."""

    form: Form
    host: int
    """Index of the section that holds the steps, or of the parent of the headings that are steps."""
    outlines: tuple[Outline, ...]
    sections: frozenset[int]
    """Indexes of the sections that are steps, with all below them."""
    blocks: frozenset[int]
    """Lines of the blocks that are steps, where the steps are no headings."""


def all_heading_steps(host: int, context: Context, scope: frozenset[int]) -> Found:
    """Return all headings one level down as steps."""
    sections = context.page.sections
    under = _below(host, scope, context)
    level = min((sections[index].level for index in under), default=0)
    heads = [index for index in under if sections[index].level == level]
    return _heading_steps(host, heads, scope, [1] * len(heads), context)


def _below(index: int, scope: frozenset[int], context: Context) -> list[int]:
    """Return the sections below one, without those that are documents of their own."""
    return [inner for inner in below(index, context.page.sections) if inner in scope]


def numbered_runs(context: Context, scope: frozenset[int], left: dict[int, str]) -> Iterator[Found]:
    """Yield the runs of numbered headings that are steps: below a steps-like heading, else of the page."""
    sections = context.page.sections
    hosts = [index for index in sorted(scope) if index and flow_like(sections[index], context)]
    taken: set[int] = set()
    for host in [*hosts, 0]:
        if host in taken or (host == 0 and taken):
            continue
        under = [index for index in _below(host, scope, context) if index not in taken]
        form = _run_of(host, under, scope, left, context) or _letters_of(host, under, scope, context)
        if form is not None:
            taken |= form.sections | ({host} if host else set())
            yield form


def _alike(run: Sequence[int], context: Context) -> list[list[int]]:
    """Return the headings of a level that call themselves steps, and those with a number alone: two runs.

    Where the numbers go on from one kind to the other, they are one run.
    """
    numbers = {index: number for index in run if (number := number_of(context.page.sections[index], context))}
    if all(b.parts[-1] == a.parts[-1] + 1 for a, b in pairwise(numbers.values()) if a.is_step != b.is_step):
        return [list(run)]
    named = [index for index in run if numbers[index].is_step]
    return [named, [index for index in run if index not in named]]


def _run_of(
    host: int, under: Sequence[int], scope: frozenset[int], left: dict[int, str], context: Context
) -> Found | None:
    """Return the first run of numbered headings below a heading that is steps, and say why others are none."""
    sections = context.page.sections
    for heads in _runs(under, context):
        parent = _host(heads, host, context)
        reason = _no_steps(heads, parent, context)
        if reason is None:
            return _heading_steps(parent, heads, scope, _flows(heads, context), context)
        left.update({sections[head].line: reason for head in heads})
    return None


def _no_steps(heads: Sequence[int], parent: int, context: Context) -> str | None:
    """Return why a run of numbered headings is none of steps."""
    sections = context.page.sections
    if _are_sections(heads, context):
        return "numbered sections"
    if only_questions([sections[head].title for head in heads]):
        return "a list of questions"
    return heading_reason(sections[parent], context) if parent else None


def _letters_of(host: int, under: Sequence[int], scope: frozenset[int], context: Context) -> Found | None:
    """Return the headings that letters count below a steps-like heading: `A. Mix`, `B. Bake`."""
    sections = context.page.sections
    level = min((sections[index].level for index in under), default=0) if host else 0
    heads = [index for index in under if sections[index].level == level]
    letters = [match[1] for index in heads if (match := LETTERED.match(sections[index].title))]
    if len(heads) < 2 or letters != [chr(ord("A") + place) for place in range(len(heads))]:
        return None
    return _heading_steps(host, heads, scope, [1] * len(heads), context)


def _runs(under: Sequence[int], context: Context) -> Iterator[list[int]]:
    """Yield the runs of numbered headings of one level, the highest level first, each level as a whole.

    Below a document's sections, only those under a section that is named after its flow can be steps.
    """
    sections = context.page.sections
    numbered = [index for index in under if number_of(sections[index], context) is not None]
    for level in sorted({sections[index].level for index in numbered}):
        run = [index for index in numbered if sections[index].level == level]
        for alike in _alike(run, context):
            if len(alike) > 1 and _counts(alike, context):
                yield alike
        if _are_sections(run, context):
            for index in run:
                if flow_named(sections[index], context):
                    yield from _runs([inner for inner in below(index, sections) if inner in under], context)
            return


def _counts(run: Sequence[int], context: Context) -> bool:
    """Whether the numbers of a run count: each one follows the last, or begins again."""
    numbers = [number.parts for index in run if (number := number_of(context.page.sections[index], context))]
    if numbers[0][-1] > 1 and len(numbers[0]) == 1:
        return False
    steps = pairwise(numbers)
    return all(len(b) != len(a) or b[-1] in (a[-1], a[-1] + 1, a[-1] + 2, 0, 1) for a, b in steps)


def _are_sections(run: Sequence[int], context: Context) -> bool:
    """Whether a run of numbered headings is a document's sections: Purpose, Scope, References, ...

    A heading that calls itself a step says what it is, whatever its words: `Step 2: Introduction`.
    """
    sections = [context.page.sections[index] for index in run]
    titles = [title_key(section, context) for section in sections if not _calls_itself_step(section, context)]
    words = context.grammar.words
    names = {*words.sections, *words.history_headings, *words.metadata_headings}
    return any(JOINED.split(title)[0] in names for title in titles)


def _calls_itself_step(section: Section, context: Context) -> bool:
    number = number_of(section, context)
    return number is not None and number.is_step


def _flows(run: Sequence[int], context: Context) -> list[int]:
    """Return the flow of each heading of a run; a restart of the numbers begins a new one."""
    flows: list[int] = []
    last: tuple[int, ...] | None = None
    for index in run:
        number = number_of(context.page.sections[index], context)
        parts = number.parts if number else (0,)
        restart = last is not None and len(parts) == len(last) and parts <= last and parts[-1] <= 1
        flows.append((flows[-1] + restart) if flows else 1)
        last = parts
    return flows


def _host(heads: Sequence[int], fallback: int, context: Context) -> int:
    """Return the nearest section that holds all of the headings."""
    sections = context.page.sections
    if fallback:
        return fallback
    host = sections[heads[0]].parent
    while host > 0 and not set(heads) <= set(below(host, sections)):
        host = sections[host].parent
    return max(host, 0)


def _heading_steps(
    host: int, heads: Sequence[int], scope: frozenset[int], flows: Sequence[int], context: Context
) -> Found:
    sections = context.page.sections
    taken: set[int] = set()
    outlines: list[Outline] = []
    counts: dict[int, int] = {}
    before: tuple[int, Number] | None = None
    for position, (head, flow) in enumerate(zip(heads, flows, strict=True)):
        counts[flow] = counts.get(flow, 0) + 1
        number = number_of(sections[head], context)
        last = position == len(heads) - 1
        letter = LETTERED.match(sections[head].title)
        text = number.text if number else letter[1] if letter else str(counts[flow])
        outline = _heading_outline(head, text, flow, last, scope, context)
        odd = None
        if before is not None and number is not None and before[0] == flow:
            odd = miscount(before[1].text, before[1].parts, number.text, number.parts)
        before = (flow, number) if number is not None else None
        outlines.append(with_miscount(outline, odd))
        taken |= {head, *_below(head, scope, context)}
    return Found("headings", host, tuple(outlines), frozenset(taken), frozenset())


def _heading_outline(head: int, number: str, flow: int, last: bool, scope: frozenset[int], context: Context) -> Outline:
    """Return the outline of a step that is a heading, with all that stands below it."""
    sections = context.page.sections
    section = sections[head]
    under = _below(head, scope, context)
    numbered = [index for index in under if number_of(sections[index], context) is not None]
    level = min((sections[index].level for index in numbered), default=0)
    children = [index for index in numbered if sections[index].level == level]
    children = children if len(children) > 1 else []
    inside = {inner for child in children for inner in (child, *below(child, sections))}
    own = [index for index in (head, *under) if index not in inside]
    said = {index: before_rule(sections[index].blocks) if last else sections[index].blocks for index in (head, *under)}
    blocks = tuple(block for index in own for block in said[index])
    end = max((block.end for inner in said.values() for block in inner), default=section.line)
    steps = tuple(_heading_outline(child, _text_of(child, context), flow, False, scope, context) for child in children)
    title = bare_title(section, context)
    title = LETTERED.sub("", title, count=1) if number.isalpha() else title
    called = None if steps else inner_outlines(blocks, number, flow, context)
    if called:
        blocks, steps = tuple(called[0]), called[1]
    steps = steps or tuple(sub_outlines(blocks, title, number, flow, context))
    slugs = tuple(dict.fromkeys(slug for slug in (section.site_slug, section.forge_slug) if slug))
    body = _body((head, *under), end, context)
    return Outline(
        number,
        flow,
        section.line,
        1,
        end,
        title,
        section.line,
        body,
        blocks,
        steps=steps,
        written_ids=section.ids,
        heading_slugs=slugs,
    )


def _body(indexes: Sequence[int], end: int, context: Context) -> str:
    """Return the Markdown of a step that is a heading: its own lines, and those of the sections that are part of it."""
    head, *under = (context.page.sections[index] for index in indexes)
    parts = [(head.line, head.end), *((section.line - 1, section.end) for section in under)]
    lines = [line for first, last in parts for line in context.page.lines[first : min(last, end)]]
    return "\n".join(lines).strip("\n")


def _text_of(index: int, context: Context) -> str:
    number = number_of(context.page.sections[index], context)
    return number.text if number else ""
