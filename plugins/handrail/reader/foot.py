"""Facts at a page's foot: labelled lines below its last words, and the tables of its history and its approval."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handrail.documents import Block, Row, Section
from handrail.model import Stated
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.headings import title_key
from handrail.reader.labelled import labelled_facts
from handrail.reader.stated import Facts, flat_text, joined
from handrail.reader.wording import is_placeholder


def foot_facts(last: Section, from_line: int, context: Context) -> Facts:
    """Return the facts in the labelled lines at the end of a page: behind a rule, or in its last paragraph.

    `from_line` is the first line that belongs to no step. A paragraph counts where each of its lines is labelled.
    """
    blocks = [block for block in last.blocks if block.line >= from_line]
    if not blocks:
        return Facts({})
    rules = [place for place, block in enumerate(blocks) if block.kind == "rule"]
    foot = blocks[rules[0] + 1 :] if rules else blocks[-1:]
    parts = [labelled_facts(block, context) for block in foot if block.kind == "paragraph" and ":" in block.text]
    return joined(parts, context.page.path)


def history_facts(sections: Iterable[Section], context: Context) -> Facts:
    """Return what the tables under headings such as Revision history and Approval state of the page as a whole."""
    words = context.grammar.words
    parts: list[Facts] = []
    for section in sections:
        if not any(block.kind == "table" for block in section.blocks):
            continue
        title = title_key(section, context)
        tables = [block for block in section.blocks if block.kind == "table"]
        if title in words.history_headings or title in words.metadata_headings:
            parts += [_last_change(table, context) for table in tables]
        if title in words.approval_headings or title in words.metadata_headings:
            parts += [_approvals(table, context) for table in tables]
    return joined([part for part in parts if part.values], context.page.path, gather=True)


def _last_change(table: Block, context: Context) -> Facts:
    """Return version and reason of the last change of a table of changes: `Version | Date | Author | Changes`."""
    words = context.grammar.words
    head = _texts(table.rows[0], context)
    version, day, change = (
        _column(head, names) for names in (words.version_columns, words.date_columns, words.change_columns)
    )
    if version is None or (day is None and change is None):
        return Facts({})
    rows = [row for row in table.rows[1:] if _told(row, version, context)]
    if not rows:
        return Facts({})
    row = max(rows, key=lambda row: _order(_texts(row, context)[version]))
    values = {"version": (_stated(row, version, context),)}
    if change is not None and _told(row, change, context):
        values["change_reason"] = (_stated(row, change, context),)
    return Facts(values, (), frozenset({table.line}))


def _approvals(table: Block, context: Context) -> Facts:
    """Return who approved a page, by a table of names: rows that say so, and those that are signed or dated.

    An empty row waits for an approval, and states none.
    """
    words = context.grammar.words
    head = _texts(table.rows[0], context)
    name = _column(head, words.name_columns)
    signed = [place for place, title in enumerate(head) if title in (*words.date_columns, *words.signature_columns)]
    if name is None or not signed:
        return Facts({})
    found: list[Stated] = []
    for row in table.rows[1:]:
        approves = context.grammar.fact_keys.get(key(_texts(row, context)[0])) == "approved_by"
        others = _texts(row, context)[0].startswith(words.not_approving)
        is_signed = any(_told(row, place, context) for place in signed)
        if _told(row, name, context) and not others and (approves or is_signed):
            found.append(_stated(row, name, context))
    return Facts({"approved_by": tuple(found)}, (), frozenset({table.line})) if found else Facts({})


def _texts(row: Row, context: Context) -> list[str]:
    return [key(flat_text(context.inline(cell.text).plain)) for cell in row.cells]


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((place for place, title in enumerate(head) if title in names), None)


def _told(row: Row, place: int, context: Context) -> bool:
    """Whether a cell holds a value, and no place for one."""
    if place >= len(row.cells):
        return False
    text = flat_text(context.inline(row.cells[place].text).plain)
    return bool(text.strip(" -–—")) and not is_placeholder(text, context.grammar)


def _stated(row: Row, place: int, context: Context) -> Stated:
    cell = row.cells[place]
    return Stated(flat_text(context.inline(cell.text).plain), row.line, cell.column, "table", context.page.path)


_VERSION = re.compile(r"\D*+(\d++(?:\.\d++)*+)(.*)", re.DOTALL)


def _order(version: str) -> tuple[tuple[int, ...], int, str]:
    """Return by what a version is later than another one: its number, else its letter.

    `1.0a` comes behind `1.0`, and `1.0-rc1` and `1.0 (draft)` before it.
    """
    match = _VERSION.match(version)
    if match is None:
        return (), 0, version
    numbers = tuple(int(number[:9]) for number in match[1].split("."))
    return numbers, (not match[2]) + 2 * match[2][:1].isalpha(), version
