"""What stands under a heading: the texts of its blocks, and the roles that they name."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.documents import Block, Item, Section
from handrail.model import Stated
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.roles import role_like
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


def roles_in(bullets: Block, context: Context) -> Iterator[Stated]:
    """Yield the role of each bullet: its bold name without what is said of it, else all its words."""
    for item in bullets.items:
        name = leading_role(item, context)
        whole = " ".join(text.text for inner in item.blocks for text in block_texts(inner, "heading", context))
        if name or whole:
            yield Stated(name or whole, item.line, item.column, "heading", context.page.path)


def leading_role(item: Item, context: Context) -> str | None:
    """Return the bold name that opens an item, where it is like a role's and something is said of it."""
    first = item.blocks[0] if item.blocks else None
    if first is None or first.kind != "paragraph" or not first.text.startswith(("**", "__")):
        return None
    text = context.inline(first.text)
    name = text.lead.rstrip(":").strip()
    says = text.plain[text.lead_end :].strip(" –—-:") or len(item.blocks) > 1
    return name if says and role_like(name, context.grammar) else None


def tells_duties(section: Section, context: Context) -> bool:
    """Whether what stands under a heading is roles with their duties: `- **Baker:** Shapes the loaves.`, or a table."""
    tables = [block for block in section.blocks if block.kind == "table"]
    items = [item for block in section.blocks if block.kind == "bullets" for item in block.items]
    names = [leading_role(item, context) for item in items]
    return bool(names or tables) and all(names) and all(any(first_column(table, context)) for table in tables)


def first_column(table: Block, context: Context) -> Iterator[Stated]:
    """Yield the roles of a table that names them in its first column: `Role | Responsibility`."""
    head = key(context.inline(table.rows[0].cells[0].text).plain)
    if context.grammar.label_keys.get(head) != "who" and context.grammar.fact_keys.get(head) not in ("role", "roles"):
        return
    for row in table.rows[1:]:
        if text := flat_text(context.inline(row.cells[0].text).plain):
            yield Stated(text, row.line, row.cells[0].column, "table", context.page.path)
