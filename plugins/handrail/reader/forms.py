"""Where steps stand on a page: which headings, lists and tables are steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from handrail.dataclass import dataclass
from handrail.documents import Block, Section
from handrail.documents.parts import Kind
from handrail.model import Form
from handrail.reader.called import all_called, called_outlines, calls_itself_step, in_one_paragraph
from handrail.reader.context import Context
from handrail.reader.enumerated import acts, called_bullets
from handrail.reader.grammar import key
from handrail.reader.headings import below, says_only_steps, steps_like
from handrail.reader.listed import healed_lines, list_outlines, table_outlines
from handrail.reader.numbered import Found, all_heading_steps, numbered_runs
from handrail.reader.outlines import Outline
from handrail.reader.refused import left_out, text_before


@dataclass(frozen=True, slots=True)
class Forms:
    """All steps of a page, and what was looked at and left."""

    found: tuple[Found, ...]
    left: Mapping[int, str]
    """Line of a block or heading -> why it is no list of steps."""


def forms_of(context: Context, is_process: bool, scope: frozenset[int], all_headings: int | None) -> Forms:
    """Return the steps of some sections of a page, section by section.

    `all_headings` is the section whose sub-headings are all steps, where the author says so.
    """
    sections = context.page.sections
    left: dict[int, str] = {}
    found: list[Found] = []
    if all_headings is not None:
        found.append(all_heading_steps(all_headings, context, scope))
    else:
        found += numbered_runs(context, scope, left)
    taken = frozenset(index for form in found for index in form.sections)
    hosts = frozenset(form.host for form in found)
    for index, section in enumerate(sections):
        if index in scope and index not in taken and all_headings is None:
            own = _own_form(index, section, is_process, context, left)
            left.update(_in_one_paragraph(section, context))
            if own is not None and index not in hosts:
                found.append(own)
    return Forms(tuple(sorted(found, key=lambda form: form.host)), left)


def _own_form(index: int, section: Section, is_process: bool, context: Context, left: dict[int, str]) -> Found | None:
    """Return the steps among the blocks right under a heading: paragraphs, a table, lists, tasks, or bullets."""
    for form, kind, wanted in _FORMS:
        blocks = [block for block in section.blocks if block.kind == kind and wanted(block, section, context)]
        refused = left_out(blocks, section, is_process, context) if blocks else {}
        left.update(refused)
        kept = [block for block in blocks if block.line not in refused]
        if form == "bullets" and kept and (said := _note_before(kept[0], section, context)):
            left[kept[0].line] = f"a list that is introduced with the words {said!r}"
            continue
        told = form == "bullets" and kept and _say_so(kept[0], section, context)
        if form == "bullets" and kept and not told and not _bullets_count(index, section, kept[0], context):
            continue
        if kept and form == "paragraphs":
            outlines, lines = called_outlines(kept[0], section, context)
            reason = _no_called_steps(outlines, kept[0], section)
            if reason is None:
                return Found(form, index, tuple(outlines), frozenset(), lines)
            left.update({block.line: reason for block in kept})
        elif kept:
            outlines = table_outlines(kept, context) if form == "table" else list_outlines(kept, section, form, context)
            if outlines:
                return Found(form, index, tuple(outlines), frozenset(), healed_lines(kept, section, form))
    return None


def _no_called_steps(outlines: Sequence[Outline], first: Block, section: Section) -> str | None:
    """Return why paragraphs that call themselves steps are none; `Step 3: ...` below five items is a note on one."""
    if not outlines:
        return "a paragraph that alone calls itself a step"
    lists = [block for block in section.blocks if block.kind == "ordered" and block.line < first.line]
    behind = max((block.start + len(block.items) for block in lists), default=0)
    number = outlines[0].number
    is_note = number.isdecimal() and 1 < int(number) < behind
    return "a note on a step of the list above it" if is_note else None


def _is_called(block: Block, section: Section, context: Context) -> bool:
    return calls_itself_step(block, section, context)


def _in_one_paragraph(section: Section, context: Context) -> dict[int, str]:
    """Return line and reason of paragraphs of which several lines call themselves steps."""
    reason = "several steps in one paragraph; a line break or an empty line between them makes each a step"
    return {block.line: reason for block in in_one_paragraph(section, context)}


def _is_table(block: Block, section: Section, context: Context) -> bool:
    if len(block.rows) < 2:
        return False
    head = [key(context.inline(cell.text).plain) for cell in block.rows[0].cells]
    words = context.grammar.words
    if head[0] not in words.step_columns:
        return False
    says_step = any(word in head[0].split(" ") for word in (*words.step, *words.steps_headings))
    return says_step or steps_like(section, context) or any(_of_a_step(title, context) for title in head[1:])


def _of_a_step(title: str, context: Context) -> bool:
    """Whether the head of a column says what somebody does, or something else of a step: who, until when."""
    said = context.grammar.column_keys.get(title)
    return title in context.grammar.words.text_columns or said not in (None, "note")


def _is_ordered(block: Block, section: Section, context: Context) -> bool:
    return True


def _is_tasks(block: Block, section: Section, context: Context) -> bool:
    return block.has_boxes


def _is_bullets(block: Block, section: Section, context: Context) -> bool:
    return steps_like(section, context) or _say_so(block, section, context)


def _say_so(block: Block, section: Section, context: Context) -> bool:
    """Whether bullets are steps by their own words or by those before them, whatever the heading says."""
    if all_called(block, context) or called_bullets(block, text_before(block, section), context):
        return True
    return _in_parts(block, section, context) and len(block.items) > 1 and acts(block.items, context)


def _in_parts(block: Block, section: Section, context: Context) -> bool:
    """Whether bullets open one of the parts into which a heading such as Steps divides what stands below it."""
    sections = context.page.sections
    if section.parent <= 0 or block is not section.blocks[0]:
        return False
    above, first = sections[section.parent], sections[section.parent + 1]
    opens = first.blocks and first.blocks[0].kind == "bullets"
    return bool(opens) and not above.blocks and says_only_steps(above, context)


_FORMS: tuple[tuple[Form, Kind, Callable[[Block, Section, Context], bool]], ...] = (
    ("paragraphs", "paragraph", _is_called),
    ("table", "table", _is_table),
    ("list", "ordered", _is_ordered),
    ("tasks", "bullets", _is_tasks),
    ("bullets", "bullets", _is_bullets),
)
"""The forms of steps right under a heading, in the order in which the first one counts: of which blocks, and which."""


_NO_WORDS_OF_THEIR_OWN = ("comment", "definition", "quote", "admonition")
"""What may stand between a steps-like heading and its bullets, beside one paragraph."""


def _note_before(first: Block, section: Section, context: Context) -> str | None:
    """Return the words before bullets where they say that these are notes: `Notes:`."""
    before = next((block for block in reversed(section.blocks) if block.line < first.line), None)
    if before is None or before.kind != "paragraph" or not before.text.rstrip(" *_").endswith(":"):
        return None
    said = key(before.text)
    return before.text.strip(" *_:\n") if context.grammar.label_keys.get(said) == "note" else None


def _bullets_count(index: int, section: Section, first: Block, context: Context) -> bool:
    """Whether bullets under a steps-like heading are its steps.

    They are where they stand directly under it, with one paragraph between them at the most, and where
    the heading is no title with sub-headings of its own.
    """
    before = [block for block in section.blocks if block.line < first.line and block.kind not in _NO_WORDS_OF_THEIR_OWN]
    is_title = section.level <= 1 and any(True for _ in below(index, context.page.sections))
    return not is_title and (not before or (len(before) == 1 and before[0].kind == "paragraph"))
