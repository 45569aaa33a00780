"""Facts in tables: labels in the first column or in the head, and maps of clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from handrail.documents import Block, Row
from handrail.model import Stated
from handrail.problems import Problem
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.stated import LISTS, Facts, fits_kind, flat_text
from handrail.reader.wording import is_placeholder, placeholder

_STANDARD = re.compile(
    r"(?:ISO|IEC|EN|DIN|ASTM|NIST|SOC|PCI|FDA|MDR|IVDR|GDPR|GxP|GMP|HIPAA|21\s*CFR)\b"
    r"|(?:EU\s+)?(?:Regulation|Directive|Annex)\s+\S",
    re.IGNORECASE,
)
_CLAUSE_HEAD = re.compile(r"\b(?:section|clause|chapter|para(?:graph)?|article|abschnitt|kapitel)s?\b", re.IGNORECASE)


def table_facts(block: Block, kind: str, context: Context) -> Facts:
    """Return the facts of a table: labels in its first column or in its head, or a map of clauses."""
    clauses = tuple(_clauses(block, context))
    rows = [*_by_first_column(block, kind, context), *_by_head(block, kind, context)]
    found: dict[str, list[Stated]] = {}
    problems: list[Problem] = []
    for name, stated in rows:
        if is_placeholder(stated.text, context.grammar):
            problems.append(placeholder(name, stated.text, stated.path, stated.line, stated.column))
        else:
            found.setdefault(name, []).append(stated)
    if clauses:
        found.setdefault("clauses", []).extend(clauses)
    values = {name: tuple(stated) if name in LISTS else (stated[0],) for name, stated in found.items()}
    # What a table of several columns says beside its clauses is told nowhere else.
    whole = rows or (clauses and len(block.rows[0].cells) == 2)
    return Facts(values, (), frozenset({block.line}) if whole else frozenset(), tuple(problems))


def _cell(row: Row, place: int, context: Context) -> str:
    return flat_text(context.inline(row.cells[place].text).plain) if place < len(row.cells) else ""


def _by_first_column(block: Block, kind: str, context: Context) -> Iterator[tuple[str, Stated]]:
    """Yield the facts of a table with two columns whose first one names them.

    Its head is a row like others where half of the others are facts too, else only a head: `Status | Meaning`.
    """
    if len(block.rows[0].cells) != 2:
        return
    head = context.grammar.fact_keys.get(key(_cell(block.rows[0], 1, context)))
    names = [_named(_cell(row, 0, context), context) for row in block.rows]
    named = len([name for name in names[1:] if name is not None])
    if 2 * named < len(names) - 1:
        names[0] = None
    for row, name in zip(block.rows, names, strict=True):
        text = _cell(row, 1, context)
        if name is not None and text and not head and fits_kind(name, kind):
            for part in _parts(row.cells[1].text, name, context):
                yield name, Stated(part, row.line, row.cells[1].column, "table", context.page.path)


def _named(label: str, context: Context) -> str | None:
    """Return the fact that a cell names, once or with a second word for it in a bracket: `Eigentümer (Owner)`."""
    facts = context.grammar.fact_keys
    before, _, inside = label.partition(" (")
    twice = facts.get(key(before)) if inside.endswith(")") else None
    return facts.get(key(label)) or (twice if twice == facts.get(key(inside.rstrip(")"))) else None)


def _parts(source: str, name: str, context: Context) -> list[str]:
    texts = re.split(r"<br\s*/?>", source) if name in LISTS else [source]
    return [text for part in texts if (text := flat_text(context.inline(part).plain).lstrip("*-• "))]


def _by_head(block: Block, kind: str, context: Context) -> Iterator[tuple[str, Stated]]:
    """Yield the facts of a table whose every head names one: `Input | Output`."""
    names = [context.grammar.fact_keys.get(key(context.inline(cell.text).plain)) for cell in block.rows[0].cells]
    if not names or not all(name is not None and fits_kind(name, kind) for name in names):
        return
    if len(block.rows) != 2 and any(name not in LISTS for name in names):
        return
    for row in block.rows[1:]:
        for name, cell in zip(names, row.cells, strict=False):
            for part in _parts(cell.text, name or "", context):
                yield name or "", Stated(part, row.line, cell.column, "table", context.page.path)


def _clauses(block: Block, context: Context) -> Iterator[Stated]:
    """Yield the clauses of a standard that a table maps to the document."""
    heads = [_cell(block.rows[0], place, context) for place in range(len(block.rows[0].cells))]
    named = next((place for place, head in enumerate(heads) if _names_clauses(head)), None)
    if named is not None:
        name = _CLAUSE_HEAD.sub("", heads[named]).strip(" :")
        yield from _stated_clauses(block.rows[1:], named, lambda row: name, context)
        return
    numbers = next((place for place, head in enumerate(heads[1:], 1) if _CLAUSE_HEAD.fullmatch(head)), None)
    place = numbers if numbers is not None else 1 if len(heads) == 2 else None
    if place is not None:
        rows = [row for row in block.rows if _STANDARD.match(_cell(row, 0, context))]
        yield from _stated_clauses(rows, place, lambda row: _cell(row, 0, context), context)


def _names_clauses(head: str) -> bool:
    """Whether the head of a column names a standard and its clauses: `ISO 13485:2016 Section`."""
    return _STANDARD.match(head) is not None and _CLAUSE_HEAD.search(head) is not None


def _stated_clauses(
    rows: Iterable[Row], place: int, standard: Callable[[Row], str], context: Context
) -> Iterator[Stated]:
    for row in rows:
        if text := _cell(row, place, context):
            yield Stated(f"{standard(row)} {text}", row.line, row.cells[0].column, "table", context.page.path)
