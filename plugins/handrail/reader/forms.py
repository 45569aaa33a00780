"""Where steps stand on a page: which headings, lists and tables are steps, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handrail.documents import Block, Link, Row, Section
from handrail.model import Form
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.steps import Outline, item_outline, sub_outlines
from handrail.reader.lines import Said, table_lines

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


@dataclass(frozen=True, slots=True)
class Forms:
    """All steps of a page, and what was looked at and left."""

    found: tuple[Found, ...]
    left: Mapping[int, str]
    """Line of a block or heading -> why it is no list of steps."""


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
    if match is None or not match["title"].strip():
        return None
    text = match["of"] or match["number"] or match["bare"]
    parts = tuple(int(re.sub(r"\D", "", part) or 0) for part in text.split("."))
    return Number(parts, text, f"{match['before'] or ''}{match['title']}".strip(), match["step"] is not None)


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


def forms_of(context: Context, is_process: bool, all_headings: int | None) -> Forms:
    """Return the steps of a page, section by section.

    `all_headings` is the section whose sub-headings are all steps, where the author says so.
    """
    sections = context.page.sections
    left: dict[int, str] = {}
    found: list[Found] = []
    if all_headings is not None:
        found.append(_all_headings(all_headings, context))
    else:
        found += _numbered_runs(context, left)
    taken = frozenset(index for form in found for index in form.sections)
    for index, section in enumerate(sections):
        if index not in taken and all_headings is None:
            own = _own_form(index, section, is_process, context, left)
            if own is not None and not any(form.host == index for form in found):
                found.append(own)
    return Forms(tuple(sorted(found, key=lambda form: form.host)), left)


def below(index: int, sections: Sequence[Section]) -> Iterator[int]:
    """Yield the indexes of the sections below a section, in order."""
    level = sections[index].level
    for other in range(index + 1, len(sections)):
        if sections[other].level <= level:
            return
        yield other


def _all_headings(host: int, context: Context) -> Found:
    """Return all headings one level down as steps."""
    sections = context.page.sections
    under = list(below(host, sections))
    level = min((sections[index].level for index in under), default=0)
    heads = [index for index in under if sections[index].level == level]
    return _heading_steps(host, heads, context, flows=[1] * len(heads))


def _numbered_runs(context: Context, left: dict[int, str]) -> Iterator[Found]:
    """Yield the runs of numbered headings that are steps: below a steps-like heading, else of the page."""
    sections = context.page.sections
    hosts = [index for index, section in enumerate(sections) if index and flow_like(section, context)]
    taken: set[int] = set()
    for host in [*hosts, 0]:
        if host in taken or (host == 0 and taken):
            continue
        under = [index for index in below(host, sections) if index not in taken]
        for heads in _runs(under, context):
            if _are_sections(heads, context):
                left.update({sections[head].line: "numbered sections" for head in heads})
                continue
            parent = _host(heads, host, context)
            form = _heading_steps(parent, heads, context, _flows(heads, context))
            taken |= form.sections | ({host} if host else set())
            yield form
            break


def _runs(under: Sequence[int], context: Context) -> Iterator[list[int]]:
    """Yield the runs of numbered headings of one level, the highest level first, each level as a whole."""
    sections = context.page.sections
    numbered = [index for index in under if number_of(sections[index], context) is not None]
    for level in sorted({sections[index].level for index in numbered}):
        run = [index for index in numbered if sections[index].level == level]
        for part in _parted(run, context):
            if len(part) > 1 and _counts(part, context):
                yield part


def _parted(run: Sequence[int], context: Context) -> Iterator[list[int]]:
    """Yield the parts of a run: sections first, where the run is a document's, else the run as a whole."""
    sections = context.page.sections
    if not _are_sections(run, context):
        yield list(run)
        return
    yield list(run)
    for index in run:
        inside = [below_ for below_ in below(index, sections) if number_of(sections[below_], context)]
        if not inside or not flow_like(sections[index], context):
            continue
        level = min(sections[below_].level for below_ in inside)
        yield [below_ for below_ in inside if sections[below_].level == level]


def _counts(run: Sequence[int], context: Context) -> bool:
    """Whether the numbers of a run count: each one follows the last, or begins again."""
    numbers = [number.parts for index in run if (number := number_of(context.page.sections[index], context))]
    if numbers[0][-1] > 1 and len(numbers[0]) == 1:
        return False
    steps = zip(numbers, numbers[1:], strict=False)
    return all(len(b) != len(a) or b[-1] in (a[-1], a[-1] + 1, a[-1] + 2, 0, 1) for a, b in steps)


def _are_sections(run: Sequence[int], context: Context) -> bool:
    """Whether a run of numbered headings is a document's sections: Purpose, Scope, References, ..."""
    titles = [key(bare_title(context.page.sections[index], context)) for index in run]
    return any(title in context.grammar.words.sections for title in titles)


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


def _heading_steps(host: int, heads: Sequence[int], context: Context, flows: Sequence[int]) -> Found:
    sections = context.page.sections
    taken: set[int] = set()
    outlines: list[Outline] = []
    counts: dict[int, int] = {}
    for position, (head, flow) in enumerate(zip(heads, flows, strict=True)):
        counts[flow] = counts.get(flow, 0) + 1
        number = number_of(sections[head], context)
        last = position == len(heads) - 1
        outlines.append(_heading_outline(head, number.text if number else str(counts[flow]), flow, last, context))
        taken |= {head, *below(head, sections)}
    return Found("headings", host, tuple(outlines), frozenset(taken), frozenset())


def _heading_outline(head: int, number: str, flow: int, last: bool, context: Context) -> Outline:
    """Return the outline of a step that is a heading, with all that stands below it."""
    sections = context.page.sections
    section = sections[head]
    under = list(below(head, sections))
    numbered = [index for index in under if number_of(sections[index], context) is not None]
    level = min((sections[index].level for index in numbered), default=0)
    children = [index for index in numbered if sections[index].level == level]
    children = children if len(children) > 1 else []
    inside = {inner for child in children for inner in (child, *below(child, sections))}
    own = [index for index in (head, *under) if index not in inside]
    blocks = tuple(block for index in own for block in _before_rule(sections[index].blocks, last))
    end = max((block.end for index in (head, *under) for block in _before_rule(sections[index].blocks, last)),
              default=section.line)
    steps = tuple(_heading_outline(child, _text_of(child, context), flow, False, context) for child in children)
    steps = steps or tuple(sub_outlines(blocks, number, flow, context))
    title = bare_title(section, context)
    slugs = tuple(dict.fromkeys(slug for slug in (section.site_slug, section.forge_slug) if slug))
    body = "\n".join(context.page.lines[section.line : end]).strip("\n")
    return Outline(number, flow, section.line, 1, end, title, section.line, body, blocks, steps=steps,
                   written_ids=section.ids, heading_slugs=slugs)


def _text_of(index: int, context: Context) -> str:
    number = number_of(context.page.sections[index], context)
    return number.text if number else ""


def _before_rule(blocks: Sequence[Block], last: bool) -> tuple[Block, ...]:
    """Return the blocks of a page's last step up to a rule: what stands under it is the page's foot."""
    if not last:
        return tuple(blocks)
    rules = [place for place, block in enumerate(blocks) if block.kind == "rule"]
    return tuple(blocks[: rules[0]] if rules else blocks)


def _own_form(index: int, section: Section, is_process: bool, context: Context, left: dict[int, str]) -> Found | None:
    """Return the steps among the blocks right under a heading: a table, lists, tasks, or bullets."""
    for form, wanted in _FORMS:
        blocks = [block for block in section.blocks if wanted(block, section, context)]
        kept = [block for block in blocks if not _refused(block, section, is_process, context, left)]
        if form == "bullets" and kept and not _bullets_count(index, section, kept[0], context):
            continue
        if kept:
            outlines = _table_outlines(kept, context) if form == "table" else _list_outlines(kept, section, form, context)
            if outlines:
                return Found(form, index, tuple(outlines), frozenset(), _healed_lines(kept, section, form))
    return None


def _is_table(block: Block, section: Section, context: Context) -> bool:
    if block.kind != "table" or len(block.rows) < 2:
        return False
    return key(context.inline(block.rows[0].cells[0].text).plain) in context.grammar.words.step_columns


def _is_ordered(block: Block, section: Section, context: Context) -> bool:
    return block.kind == "ordered"


def _is_tasks(block: Block, section: Section, context: Context) -> bool:
    return block.kind == "bullets" and all(item.checked is not None for item in block.items)


def _is_bullets(block: Block, section: Section, context: Context) -> bool:
    return block.kind == "bullets" and steps_like(section, context)


_FORMS: tuple[tuple[Form, Callable[[Block, Section, Context], bool]], ...] = (
    ("table", _is_table),
    ("list", _is_ordered),
    ("tasks", _is_tasks),
    ("bullets", _is_bullets),
)
"""The forms of steps right under a heading, in the order in which the first one counts."""


def _bullets_count(index: int, section: Section, first: Block, context: Context) -> bool:
    """Whether bullets under a steps-like heading are its steps.

    They are where they stand directly under it, with one paragraph between them at the most, and where
    the heading is no title with sub-headings of its own.
    """
    before = [block for block in section.blocks if block.line < first.line and block.kind not in ("comment", "definition")]
    is_title = section.level <= 1 and any(True for _ in below(index, context.page.sections))
    return not is_title and (not before or (len(before) == 1 and before[0].kind == "paragraph"))


def _refused(block: Block, section: Section, is_process: bool, context: Context, left: dict[int, str]) -> bool:
    """Whether a list or table is none of steps; notes the reason."""
    reason = _reason(block, section, is_process, context)
    if reason is not None:
        left[block.line] = reason
    return reason is not None


def _reason(block: Block, section: Section, is_process: bool, context: Context) -> str | None:
    title = key(bare_title(section, context))
    words = context.grammar.words
    flow = is_process and flow_like(section, context)
    if title in words.not_steps or context.grammar.introduces.search(title):
        return f"a list under the heading {section.title!r}"
    if context.grammar.fact_keys.get(title) in _FACT_LISTS:
        return f"the facts under the heading {section.title!r}"
    if block.kind != "table" and not flow and _only_links(block, context):
        return "a list of links"
    lead = _lead_in(block, section)
    if lead and (word := context.grammar.introduces.search(lead)):
        return f"a list that is introduced with the word {word.group()!r}"
    if block.kind == "ordered" and lead and _is_second(block, section):
        return "a second list under the heading, with words of its own before it"
    return None


_FACT_LISTS = ("prerequisites", "inputs", "outputs", "indicators", "roles", "clauses", "competence", "trigger", "owner",
               "customer", "purpose", "feedback", "supersedes", "approved_by", "fields", "states")
"""Facts whose heading holds a list of values, never steps."""


def _is_second(block: Block, section: Section) -> bool:
    """Whether an ordered list begins again under a heading that already has one."""
    before = [other for other in section.blocks if other.kind == "ordered" and other.line < block.line]
    return bool(before) and block.start <= 1


def _only_links(block: Block, context: Context) -> bool:
    """Whether a list is one of contents, links or references."""
    texts = [context.inline(item.blocks[0].text) for item in block.items if item.blocks and item.blocks[0].kind == "paragraph"]
    if len(texts) < len(block.items) or not texts:
        return False
    loose = block.kind == "bullets"
    linked = [text for text in texts if text.links and (
        _outside(text.plain, text.links) <= 3 or (loose and text.links[0].start <= 1 and text.links[0].kind == "link"))]
    return len(linked) == len(texts)


def _outside(plain: str, links: Sequence[Link]) -> int:
    """Return how many letters of a text stand outside of its links."""
    inside = sum(link.end - link.start for link in links)
    return len(plain) - inside


def _lead_in(block: Block, section: Section) -> str | None:
    """Return the paragraph before a list, where it introduces the list."""
    place = section.blocks.index(block)
    before = section.blocks[place - 1] if place else None
    if before is None or before.kind != "paragraph" or not before.text.rstrip().endswith((":", ",")):
        return None
    return before.text.rsplit("\n", 1)[-1].casefold()


def _list_outlines(blocks: Sequence[Block], section: Section, form: Form, context: Context) -> list[Outline]:
    """Return the items of a section's lists as steps; a list that goes on counting is healed to the one before."""
    outlines: list[Outline] = []
    flow, count, last = 1, 0, 0
    for place, block in enumerate(blocks):
        goes_on = form != "list" or block.start == count + 1 + last
        if place and not goes_on:
            flow, count = flow + 1, 0
        if form == "list" and (place == 0 or not goes_on):
            last = block.start - 1
        behind = blocks[place + 1] if place + 1 < len(blocks) else None
        healed = form == "list" and behind is not None and behind.start == count + len(block.items) + 1 + last
        for item in block.items:
            count += 1
            more = _between(section, block, behind) if healed and item is block.items[-1] else ()
            end = max([item.end, *(inner.end for inner in more)])
            outlines.append(item_outline(item, str(count + last), flow, context, end, more))
    return outlines


def _between(section: Section, block: Block, behind: Block | None) -> tuple[Block, ...]:
    """Return the blocks between two lists that are one."""
    if behind is None:
        return ()
    return section.blocks[section.blocks.index(block) + 1 : section.blocks.index(behind)]


def _healed_lines(blocks: Sequence[Block], section: Section, form: Form) -> frozenset[int]:
    """Return the lines of the blocks that belong to steps: the lists, and what stands between healed ones."""
    lines = {block.line for block in blocks}
    if form != "list":
        return frozenset(lines)
    numbered = list(zip(blocks, blocks[1:], strict=False))
    expected = blocks[0].start
    for before, behind in numbered:
        expected += len(before.items)
        if behind.start == expected:
            lines |= {block.line for block in _between(section, before, behind)}
        else:
            expected = behind.start
    return frozenset(lines)


def _table_outlines(blocks: Sequence[Block], context: Context) -> list[Outline]:
    """Return the rows of the tables of steps as steps, each table a flow."""
    return [outline for flow, table in enumerate(blocks, 1) for outline in _rows_outlines(table, flow, context)]


def _rows_outlines(table: Block, flow: int, context: Context) -> Iterator[Outline]:
    head = [key(context.inline(cell.text).plain) for cell in table.rows[0].cells]
    column = _text_column(table, head, context)
    for place, row in enumerate(table.rows[1:], 1):
        cells = [cell.text for cell in row.cells]
        if not any(cell.strip() for cell in cells):
            continue
        number = re.sub(r"\A\D+(?=\d)", "", context.inline(cells[0]).plain.strip(". )")) if column else ""
        ids = tuple(anchor for cell in cells[:column] for anchor in context.inline(cell).anchors)
        sentence = re.split(r"<br\s*/?>", cells[column])[0]
        yield Outline(number or str(place), flow, row.line, row.cells[column].column, row.line, sentence, row.line,
                      " | ".join(cells), said=tuple(_cells_said(table, row, column, context)), written_ids=ids)


def _text_column(table: Block, head: Sequence[str], context: Context) -> int:
    """Return the column that says what to do: the first one, unless it only counts."""
    first = [context.inline(row.cells[0].text).plain.strip(" .)") for row in table.rows[1:]]
    if not all(re.fullmatch(r"(?:\w+ )?\d*(?:\.\d+)*[a-z]?", cell) for cell in first):
        return 0
    named = [place for place, title in enumerate(head) if place and title in context.grammar.words.text_columns]
    free = [place for place, title in enumerate(head) if place and title not in context.grammar.label_keys]
    return (named or free or [min(1, len(head) - 1)])[0]


def _cells_said(table: Block, row: Row, column: int, context: Context) -> Iterator[Said]:
    """Yield what the cells beside a step's sentence say, by the heads of their columns."""
    keep = [place for place in range(len(table.rows[0].cells))
            if place != column and key(context.inline(table.rows[0].cells[place].text).plain) in context.grammar.label_keys]
    if keep:
        head = Row(tuple(table.rows[0].cells[place] for place in keep), table.rows[0].line)
        values = Row(tuple(row.cells[place] for place in keep), row.line)
        yield from table_lines((head, values), context)
