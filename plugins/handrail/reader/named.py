"""What stands under a heading: the texts of its blocks, and the roles that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handrail.documents import Block, Item, Section
from handrail.model import Stated
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.roles import names_doer, role_like
from handrail.reader.stated import flat_text


def block_texts(block: Block, source: str, context: Context, code: bool = False) -> Iterator[Stated]:
    """Yield a paragraph's text, or the text of each item of a list."""
    if block.kind == "paragraph":
        yield Stated(flat_text(context.inline(block.text).plain), block.line, block.column, source, context.page.path)
    elif block.kind == "code" and code:
        yield Stated(block.text.rstrip("\n"), block.line, block.column, source, context.page.path)
    elif block.kind in ("bullets", "ordered"):
        for item in block.items:
            texts = [stated.text for inner in item.blocks for stated in block_texts(inner, source, context)]
            if texts:
                yield Stated(" ".join(texts), item.line, item.column, source, context.page.path)


def roles_below(blocks: Sequence[Block], context: Context) -> Mapping[int, Sequence[Stated]]:
    """Return line of a block -> the roles that it names, of what stands under a heading such as Roles.

    Where tables, or bold names alone in their lines, name them, nothing else does: `**Baker:**` above its duties.
    """
    tables = {block.line: list(first_column(block, context)) for block in blocks if block.kind == "table"}
    if any(tables.values()):
        return tables
    alone = {block.line: [_stated(name, block, context)] for block in blocks if (name := _alone(block, context))}
    others = {block.line: list(_roles_in(block, context)) for block in blocks if not alone}
    return alone or others


def sure_roles(blocks: Sequence[Block], context: Context) -> Iterator[str]:
    """Yield the names under a heading such as Roles that are no sentences."""
    for block in blocks:
        names = [leading_role(item, context) for item in block.items] if block.kind == "bullets" else []
        names += [stated.text for stated in first_column(block, context)] if block.kind == "table" else []
        yield from (name for name in (*names, _alone(block, context)) if name)


def _roles_in(block: Block, context: Context) -> Iterator[Stated]:
    """Yield the role of each bullet: its bold name without what is said of it, else all its words."""
    if block.kind != "bullets":
        yield from block_texts(block, "heading", context)
        return
    for item in block.items:
        name = leading_role(item, context)
        whole = " ".join(text.text for inner in item.blocks for text in block_texts(inner, "heading", context))
        if name or whole:
            yield _stated(name or whole, item, context)


def _alone(block: Block, context: Context) -> str | None:
    """Return the bold name like a role's that is all of a paragraph: `**Baker:**`."""
    if block.kind != "paragraph" or "\n" in block.text or not block.text.startswith(("**", "__")):
        return None
    text = context.inline(block.text)
    name = text.lead.rstrip(":").strip()
    return name if name and not text.plain[text.lead_end :].strip() and role_like(name, context.grammar) else None


def _stated(name: str, place: Block | Item, context: Context) -> Stated:
    return Stated(name, place.line, place.column, "heading", context.page.path)


def leading_role(item: Item, context: Context) -> str | None:
    """Return the name that opens an item, where it is like a role's and something is said of it: `**Baker:** bakes`.

    Without bold letters a colon has to stand behind it, and a word in it for somebody: `Shop lead: opens the shop`.
    """
    first = item.blocks[0] if item.blocks else None
    if first is None or first.kind != "paragraph":
        return None
    text = context.inline(first.text)
    if text.lead:
        name, rest = text.lead.rstrip(":").strip(), text.plain[text.lead_end :].strip(" –—-:")
    else:
        name, colon, rest = (part.strip() for part in text.plain.partition(":"))
        if not colon or not names_doer(name, context.grammar):
            return None
    return name if (rest or len(item.blocks) > 1) and role_like(name, context.grammar) else None


def tells_duties(section: Section, context: Context) -> bool:
    """Whether what stands under a heading is roles with their duties: `- **Baker:** Shapes the loaves.`, or a table."""
    tables = [block for block in section.blocks if block.kind == "table"]
    items = [item for block in section.blocks if block.kind == "bullets" for item in block.items]
    names = [leading_role(item, context) for item in items]
    if any(_alone(block, context) for block in section.blocks):
        return True
    return bool(names or tables) and all(names) and all(any(first_column(table, context)) for table in tables)


def first_column(table: Block, context: Context) -> Iterator[Stated]:
    """Yield the roles of a table that names them in its first column: `Role | Responsibility`."""
    head = key(context.inline(table.rows[0].cells[0].text).plain)
    if context.grammar.label_keys.get(head) != "who" and context.grammar.fact_keys.get(head) not in ("role", "roles"):
        return
    for row in table.rows[1:]:
        if text := flat_text(context.inline(row.cells[0].text).plain):
            yield Stated(text, row.line, row.cells[0].column, "table", context.page.path)
