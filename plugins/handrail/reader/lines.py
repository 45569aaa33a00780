"""Labelled lines: `Expect: ...`, `**Record:** ...`, table cells under such a head, branches of a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handrail.dataclass import dataclass
from handrail.documents import Block, Cell, Inline, Item, Row
from handrail.reader.context import Context
from handrail.reader.grammar import key

_PLAIN_LABEL = re.compile(r"([^\W\d_][^:\n.!?]{0,38}):(?:\s+|\Z)")
_BRANCH_LABEL = re.compile(r"([^:\n.!?]{1,60}?)(?::\s+|\s+(?:→|->|=>|—|–)\s+)")
_YES_OR_NO = re.compile(r"((?:if\s+)?(?:yes|no|ja|nein))\s*[,.]\s+", re.IGNORECASE)
_MAY_LABEL = re.compile(r":|\*\*|__")
_ALERT = re.compile(r"\[!(?P<name>\w+)\]\s*")
_WARNINGS = ("warning", "danger", "caution", "important-warning", "warnung", "attention")


@dataclass(frozen=True, slots=True)
class Said:
    """One labelled line: its key, its text, and where it stands."""

    key: str
    text: Inline
    """What stands behind the label."""
    line: int
    end: int
    label: str
    """The label as it is written."""
    values: tuple[str, ...] = ()
    """The texts of the bullets under it, or of its cells; else none."""
    blocks: tuple[Block, ...] = ()
    """What stands under it."""
    source: str = "line"
    """line | table | cell: a cell of the step's own row, or of a table below it."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Each value: the bullets under the line, else what stands in the line."""
        own = tuple(part.strip() for part in re.split(r"[;\n]", self.text.plain) if part.strip())
        return (*own, *self.values)

    @property
    def whole(self) -> str:
        """Everything that the line says, as one text."""
        return " ".join((*((self.text.plain,) if self.text.plain else ()), *self.values))


def without(text: Inline, start: int) -> Inline:
    """Return a text without its first characters, its links moved along."""
    plain = text.plain[start:]
    shift = start + len(plain) - len(plain.lstrip())
    links = tuple(
        type(link)(link.kind, link.text, link.target, link.start - shift, link.end - shift)
        for link in text.links
        if link.end > shift
    )
    code = tuple((begin - shift, end - shift) for begin, end in text.code if end > shift)
    return Inline(plain.strip(), links, text.anchors, "", 0, code)


def labelled(text: Inline, context: Context) -> tuple[str, str, Inline] | None:
    """Return key, label and rest of a text that opens with a label word; None for any other text."""
    if text.lead:
        name = context.grammar.label_keys.get(key(text.lead))
        colon = text.lead.endswith(":") or text.lead_end >= len(text.plain)
        return (name, text.lead.rstrip(":"), without(text, text.lead_end)) if name and colon else None
    match = _PLAIN_LABEL.match(text.plain)
    name = context.grammar.label_keys.get(key(match[1])) if match else None
    if match is None or name is None or any(start < match.end() for start, _ in text.code):
        return None
    return name, match[1], without(text, match.end())


def _labelled_source(source: str, context: Context) -> tuple[str, str, Inline] | None:
    """Return what `labelled` does, from Markdown; most texts can have no label and are not even parsed."""
    return labelled(context.inline(source), context) if _MAY_LABEL.search(source) else None


def branch_of(text: Inline, context: Context) -> tuple[str, Inline] | None:
    """Return label and rest of a bullet that opens with the name of a branch."""
    if text.lead:
        return (text.lead.rstrip(":").strip(), without(text, text.lead_end)) if text.lead_end else None
    match = _BRANCH_LABEL.match(text.plain) or _YES_OR_NO.match(text.plain)
    if match is None or any(start < match.end() for start, _ in text.code):
        return None
    return match[1].strip(), without(text, match.end())


def lines_of(blocks: Sequence[Block], context: Context) -> Iterator[Said]:
    """Yield the labelled lines among a step's blocks: bullets, paragraphs, tables, and warnings set off."""
    for block in blocks:
        if block.kind == "paragraph":
            yield from _paragraph(block, context)
        elif block.kind == "bullets":
            yield from (said for item in block.items if (said := item_line(item, context)) is not None)
        elif block.kind == "table":
            yield from table_lines(block.rows, context)
        elif block.kind in ("admonition", "quote"):
            yield from _warning(block, context)


def item_line(item: Item, context: Context) -> Said | None:
    """Return a bullet as a labelled line, or None."""
    if not item.blocks or item.blocks[0].kind != "paragraph" or item.checked is not None:
        return None
    first = item.blocks[0]
    found = _labelled_source(first.text, context)
    if found is None:
        return None
    name, label, rest = found
    values = tuple(text for block in item.blocks[1:] for text in _texts(block, context))
    return Said(name, rest, item.line, item.end, label, values, item.blocks[1:])


def _texts(block: Block, context: Context) -> Iterator[str]:
    if block.kind == "paragraph":
        yield context.inline(block.text).plain
    for item in block.items:
        if item.blocks and item.blocks[0].kind == "paragraph":
            yield context.inline(item.blocks[0].text).plain


def _paragraph(block: Block, context: Context) -> Iterator[Said]:
    """Yield each line of a paragraph that opens with a label word; other lines belong to the label before."""
    open_: tuple[str, str, list[str], int] | None = None
    for number, source in enumerate(block.text.split("\n"), block.line):
        found = _labelled_source(source, context)
        if found is not None:
            if open_ is not None:
                yield _said(open_, number - 1, context)
            marked = source[_source_offset(source, found[1]) :]
            open_ = (found[0], found[1], [marked], number)
        elif open_ is not None:
            open_[2].append(source)
    if open_ is not None:
        yield _said(open_, block.end, context)


def _source_offset(source: str, label: str) -> int:
    """Return where the Markdown behind a label begins."""
    match = re.match(rf"[\s*_]*{re.escape(label)}[\s*_]*:?[\s*_]*", source)
    return match.end() if match else 0


def _said(open_: tuple[str, str, list[str], int], end: int, context: Context) -> Said:
    name, label, sources, line = open_
    return Said(name, context.inline("\n".join(sources)), line, end, label)


def table_lines(rows: Sequence[Row], context: Context) -> Iterator[Said]:
    """Yield what a table of facts says: labels in its head, or labels in its first column."""
    keys = context.grammar.label_keys
    head = [keys.get(key(context.inline(cell.text).plain)) for cell in rows[0].cells]
    if any(head) and all(name or not cell.text.strip() for name, cell in zip(head, rows[0].cells, strict=True)):
        for row in rows[1:]:
            for name, title, cell in zip(head, rows[0].cells, row.cells, strict=False):
                if name and cell.text.strip():
                    yield cell_line(name, title, cell, context, "table")
    elif len(rows[0].cells) == 2:
        for row in rows:
            name = keys.get(key(context.inline(row.cells[0].text).plain)) if len(row.cells) == 2 else None
            if name and row.cells[1].text.strip():
                label = context.inline(row.cells[0].text).plain
                yield Said(name, context.inline(row.cells[1].text), row.line, row.line, label, source="table")


def cell_line(name: str, title: Cell, cell: Cell, context: Context, source: str) -> Said:
    """Return a cell as the labelled line that it is under the head of its column."""
    label = context.inline(title.text).plain
    return Said(name, context.inline(cell.text), cell.line, cell.line, label, source=source)


def _warning(block: Block, context: Context) -> Iterator[Said]:
    """Yield an admonition or an alert of the forge that warns."""
    texts = [text for inner in block.blocks for text in _texts(inner, context)]
    if block.kind == "admonition":
        words = block.info.casefold().split()
        if words and words[0] in _WARNINGS and texts:
            yield Said("warning", Inline(" ".join(texts)), block.line, block.end, words[0])
    elif texts and (alert := _ALERT.match(texts[0])) and alert["name"].casefold() in _WARNINGS:
        text = " ".join([texts[0][alert.end() :], *texts[1:]]).strip()
        yield Said("warning", Inline(text), block.line, block.end, alert["name"].casefold())
