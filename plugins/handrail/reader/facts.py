"""Facts: owner, purpose, inputs and the like, from front matter, headings, labelled lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handrail.documents import Block, Node, Row, Section
from handrail.model import Stated
from handrail.options import Options
from handrail.problems import Problem, did_you_mean
from handrail.reader.context import Context
from handrail.reader.forms import bare_title
from handrail.reader.grammar import key
from handrail.reader.kinds import Declaration
from handrail.reader.lines import without
from handrail.reader.wording import is_placeholder, placeholder

LISTS = (
    "roles", "approved_by", "supersedes", "clauses", "inputs", "outputs", "indicators", "prerequisites", "process",
    "part_of", "trigger", "fields", "states", "feedback", "competence",
)
"""Facts that may have several values."""
_OF_ROLES_AND_RECORDS = {
    "role": ("stand_in", "named_by", "may_not"),
    "record": ("template", "fields", "states", "kept", "kept_for"),
}
_FRONT_ONLY = ("title", "area", "order", "process", "part_of", "risk", "role", "status")
"""Facts that a heading never states; tables and labelled lines may."""
_KEYS = ("kind", "id", "title", "aliases", "aspects", "review", "variant_of", "area", "steps", "order")
"""Keys under `handrail` beside the facts."""
_STANDARD = re.compile(
    r"(?:ISO|IEC|EN|DIN|ASTM|NIST|SOC|PCI|FDA|MDR|IVDR|GDPR|GxP|GMP|HIPAA|21\s*CFR)\b"
    r"|(?:EU\s+)?(?:Regulation|Directive|Annex)\s+\S",
    re.IGNORECASE,
)
_CLAUSE_HEAD = re.compile(r"\b(?:section|clause|chapter|para(?:graph)?|article|abschnitt|kapitel)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What some part of a page states about a document."""

    values: Mapping[str, tuple[Stated, ...]]
    aspects: tuple[tuple[str, Stated], ...] = ()
    lines: frozenset[int] = frozenset()
    """Lines of the blocks that the facts were read from."""
    problems: tuple[Problem, ...] = ()


def joined(parts: Sequence[Facts], path: str, gather: bool = False) -> Facts:
    """Return several parts as one; the first one that states a fact holds, a different one is a problem.

    With `gather`, facts that may have several values are put together instead: a text may state them in
    several places.
    """
    values: dict[str, tuple[Stated, ...]] = {}
    aspects: dict[str, Stated] = {}
    problems = [problem for part in parts for problem in part.problems]
    for part in parts:
        for name, stated in part.values.items():
            if name not in values:
                values[name] = stated
            elif gather and name in LISTS:
                values[name] = (*values[name], *stated)
            elif _differ(values[name], stated):
                problems.append(_twice(path, name, values[name][0], stated[0]))
        for name, said in part.aspects:
            aspects.setdefault(name, said)
    lines = frozenset(line for part in parts for line in part.lines)
    return Facts(values, tuple(aspects.items()), lines, tuple(problems))


def _differ(first: Sequence[Stated], second: Sequence[Stated]) -> bool:
    return {key(stated.text) for stated in first} != {key(stated.text) for stated in second}


def _twice(path: str, name: str, first: Stated, second: Stated) -> Problem:
    message = f"`{name}` is said twice and differently: {first.text!r} in line {first.line}, {second.text!r} here."
    return Problem("said-twice", "warning", path, second.line, second.column, message, "Keep one of the two.")


def declared_facts(declaration: Declaration, context: Context) -> Facts:
    """Return the facts under the key `handrail`, in front matter or in a comment."""
    values: dict[str, tuple[Stated, ...]] = {}
    aspects: list[tuple[str, Stated]] = []
    problems: list[Problem] = []
    known = (*_KEYS, *context.grammar.words.facts)
    for written, node in declaration.values.items():
        name = written.strip().replace(" ", "_").replace("-", "_").casefold()
        if name == "review":
            found, more = _review(node, declaration.source, context)
            values |= found
            problems += more
        elif name == "aspects":
            aspects += [(title, stated) for title, inner in node.mapping.items()
                        for stated in _stated(inner, declaration.source, context)[:1]]
        elif name in context.grammar.words.facts and name not in ("title", "area", "order"):
            stated, more = _checked(name, written, node, declaration.source, context)
            problems += more
            if stated:
                values[name] = stated
        elif name in _KEYS:
            problems += _wrong_form(name, written, node, context)
        else:
            mend = did_you_mean(name, known, "Remove it, or keep it outside of `handrail`.")
            problems.append(Problem("unknown-key", "warning", context.page.path, node.line, node.column,
                                    f"Handrail knows no key `{written}`.", mend))
    return Facts(values, tuple(aspects), problems=tuple(problems))


_ONE_TEXT = ("kind", "id", "title", "variant_of", "area", "steps", "order")


def _wrong_form(name: str, written: str, node: Node, context: Context) -> Iterator[Problem]:
    """Yield a problem where a key that is no fact has a value of the wrong form."""
    wanted = None
    if name in _ONE_TEXT and node.value is not None and not isinstance(node.value, str):
        wanted = "one text"
    elif name == "steps" and node.text and node.text.casefold() != "headings":
        wanted = "the word `headings`"
    elif name == "aliases" and any(not isinstance(item.value, str) for item in node.items):
        wanted = "a list of ids"
    elif name == "aspects" and node.value is not None and not isinstance(node.value, dict):
        wanted = "names with their texts"
    if wanted:
        yield Problem("wrong-type", "warning", context.page.path, node.line, node.column,
                      f"`{written}` wants {wanted}.", f"Write `{written}: ...`.")


def _review(node: Node, source: str, context: Context) -> tuple[dict[str, tuple[Stated, ...]], list[Problem]]:
    """Return when a document was reviewed, when it will be, and how often it is."""
    if not node.mapping:
        problem = Problem("wrong-type", "warning", context.page.path, node.line, node.column,
                          "`review` wants `every`, `last` or `next`.", "Write `review: {every: 6 months, last: 2026-05-04}`.")
        return {}, [problem] if node.value is not None else []
    values: dict[str, tuple[Stated, ...]] = {}
    problems: list[Problem] = []
    for name, inner in node.mapping.items():
        if name not in ("every", "last", "next"):
            mend = did_you_mean(name, ("every", "last", "next"), "There are `every`, `last` and `next`.")
            problems.append(Problem("unknown-key", "warning", context.page.path, inner.line, inner.column,
                                    f"Handrail knows no key `review.{name}`.", mend))
        elif stated := _stated(inner, source, context):
            values[f"review.{name}"] = stated
    return values, problems


def _checked(name: str, written: str, node: Node, source: str, context: Context) -> tuple[tuple[Stated, ...], list[Problem]]:
    """Return a fact's values as long as they have the right form."""
    path = context.page.path
    wrong = isinstance(node.value, dict) or (isinstance(node.value, tuple) and name not in LISTS and len(node.value) > 1)
    nested = any(not isinstance(item.value, str) and item.value is not None for item in node.items)
    if wrong or nested:
        wanted = "a text or a list of texts" if name in LISTS else "one text"
        problem = Problem("wrong-type", "warning", path, node.line, node.column, f"`{written}` wants {wanted}.",
                          f"Write `{written}: ...`.")
        return (), [problem]
    stated = _stated(node, source, context)
    words = context.grammar.words
    table = {"status": words.statuses, "risk": words.risks}.get(name)
    if table is None or not stated:
        return stated, [*_unwritten(node, name, context)]
    value = _normal(stated[0].text, table)
    if value is None:
        known = ", ".join(table)
        problem = Problem("unknown-value", "warning", path, node.line, node.column,
                          f"`{name}` has no value {stated[0].text!r}.", did_you_mean(stated[0].text, table, f"Use {known}."))
        return stated[:1], [problem]
    return (replace(stated[0], text=value),), []


def _unwritten(node: Node, name: str, context: Context) -> Iterator[Problem]:
    """Yield a note for each value that only marks a place."""
    for item in node.items:
        if item.text and is_placeholder(item.text, context.grammar):
            yield placeholder(name, item.text, context.page.path, item.line, item.column)


def _normal(text: str, table: Mapping[str, Sequence[str]]) -> str | None:
    return next((name for name, spellings in table.items() if key(text) == name or key(text) in spellings), None)


def _stated(node: Node, source: str, context: Context) -> tuple[Stated, ...]:
    return tuple(
        Stated(item.text, item.line, item.column, source, context.page.path)
        for item in node.items
        if item.text and not is_placeholder(item.text, context.grammar)
    )


def own_key_facts(context: Context, options: Options) -> Facts:
    """Return the facts that stand under other front-matter keys: the handbook's own and the common ones."""
    values: dict[str, tuple[Stated, ...]] = {}
    front = context.page.front.values
    for name in context.grammar.words.facts:
        for spelling in options.spellings(name):
            node = _at(front, spelling)
            stated = _stated(node, "front matter", context) if node is not None and not node.mapping else ()
            if stated and name not in values:
                values[name] = stated if name in LISTS else stated[:1]
    return Facts(values)


def _at(values: Mapping[str, Node], path: str) -> Node | None:
    """Return the value of a key, or of a key inside another one: `review.date`."""
    if path in values:
        return values[path]
    head, _, tail = path.partition(".")
    return _at(values[head].mapping, tail) if tail and head in values else None


def body_facts(indexes: Iterable[int], stepped: frozenset[int], kind: str, context: Context) -> Facts:
    """Return the facts in the text of some sections; `stepped` are lines of blocks that are steps."""
    sections = context.page.sections
    parts: list[Facts] = []
    heads = _opening(sections)
    for index in indexes:
        section = sections[index]
        blocks = [block for block in section.blocks if block.line not in stepped]
        named = _heading_fact(section, kind, context)
        if named is not None and not any(block.line in stepped for block in section.blocks):
            parts.append(_heading_facts(named, section, blocks, context))
        else:
            parts += [_table_facts(block, kind, context) for block in blocks if block.kind == "table"]
            if index in heads or section.level <= 1:
                parts += [_line_facts(block, kind, context) for block in blocks if block.kind in ("paragraph", "bullets")]
    return joined(parts, context.page.path, gather=True)


def _opening(sections: Sequence[Section]) -> frozenset[int]:
    """Return the sections that open the page: what stands above the second heading."""
    return frozenset(range(min(2, len(sections))))


def _fits(name: str, kind: str) -> bool:
    """Whether a document of a kind has such a fact."""
    return all(name not in names or kind == owner for owner, names in _OF_ROLES_AND_RECORDS.items())


def _heading_fact(section: Section, kind: str, context: Context) -> str | None:
    """Return the fact, or `aspect`, that a heading announces."""
    title = key(bare_title(section, context))
    name = context.grammar.fact_keys.get(title)
    if name is not None and name not in _FRONT_ONLY and _fits(name, kind):
        return name
    return "aspect" if title in context.grammar.words.aspects else None


def _heading_facts(name: str, section: Section, blocks: Sequence[Block], context: Context) -> Facts:
    """Return what stands under a heading that announces a fact."""
    texts: list[Stated] = []
    lines: set[int] = set()
    problems: list[Problem] = []
    for block in blocks:
        found = list(_block_texts(block, "heading", context))
        if not found:
            continue
        lines.add(block.line)
        for stated in found:
            if is_placeholder(stated.text, context.grammar):
                problems.append(placeholder(section.title, stated.text, stated.path, stated.line, stated.column))
            else:
                texts.append(stated)
    if not texts:
        return Facts({}, (), frozenset(lines), tuple(problems))
    whole = replace(texts[0], text="\n".join(stated.text for stated in texts))
    if name == "aspect":
        return Facts({}, ((bare_title(section, context), whole),), frozenset(lines), tuple(problems))
    return Facts({name: tuple(texts) if name in LISTS else (whole,)}, (), frozenset(lines), tuple(problems))


def _block_texts(block: Block, source: str, context: Context) -> Iterator[Stated]:
    """Yield a paragraph's text, or the text of each item of a list."""
    if block.kind == "paragraph":
        yield Stated(_flat(context.inline(block.text).plain), block.line, block.column, source, context.page.path)
    elif block.kind in ("bullets", "ordered"):
        for item in block.items:
            texts = [stated.text for inner in item.blocks for stated in _block_texts(inner, source, context)]
            if texts:
                yield Stated(" ".join(texts), item.line, item.column, source, context.page.path)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _line_facts(block: Block, kind: str, context: Context) -> Facts:
    """Return the facts in the labelled lines of a paragraph or of bullets: `**Owner:** Release manager`."""
    sources = _sources(block)
    found: dict[str, list[Stated]] = {}
    aspects: list[tuple[str, Stated]] = []
    problems: list[Problem] = []
    for source, line, column in sources:
        text = context.inline(source)
        if text.lead.endswith(":") or (text.lead and text.lead_end < len(text.plain) and ":" in source):
            label, value = text.lead.rstrip(":"), without(text, text.lead_end).plain
        elif block.kind == "bullets" and (match := re.match(r"([^:\n]{1,40}):\s+(.+)", text.plain, re.DOTALL)):
            label, value = match[1], match[2]
        else:
            continue
        name = context.grammar.fact_keys.get(key(label))
        stated = Stated(_flat(value), line, column, "line", context.page.path)
        if not value or (name is not None and not _fits(name, kind)):
            continue
        if name and is_placeholder(value, context.grammar):
            problems.append(placeholder(name, value, context.page.path, line, column))
        elif name:
            found.setdefault(name, []).append(stated)
        elif key(label) in context.grammar.words.aspects:
            aspects.append((label, stated))
    problems += [_twice(context.page.path, name, stated[0], other) for name, stated in found.items()
                 if name not in LISTS for other in stated[1:] if _differ(stated[:1], [other])]
    lines = frozenset({block.line}) if found or aspects else frozenset()
    return Facts({name: tuple(stated) if name in LISTS else (stated[0],) for name, stated in found.items()},
                 tuple(aspects), lines, tuple(problems))


def _sources(block: Block) -> list[tuple[str, int, int]]:
    """Return the Markdown, line and column of each line of a paragraph, or of each bullet."""
    if block.kind == "paragraph":
        return [(source.rstrip("\\ "), line, block.column) for line, source in enumerate(block.text.split("\n"), block.line)]
    return [(item.blocks[0].text, item.line, item.column) for item in block.items
            if item.blocks and item.blocks[0].kind == "paragraph"]


def _table_facts(block: Block, kind: str, context: Context) -> Facts:
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
    return Facts(values, (), frozenset({block.line}) if rows or clauses else frozenset(), tuple(problems))


def _cell(row: Row, place: int, context: Context) -> str:
    return _flat(context.inline(row.cells[place].text).plain) if place < len(row.cells) else ""


def _by_first_column(block: Block, kind: str, context: Context) -> Iterator[tuple[str, Stated]]:
    """Yield the facts of a table with two columns whose first one names them; its head is a row like others."""
    if len(block.rows[0].cells) != 2:
        return
    head = context.grammar.fact_keys.get(key(_cell(block.rows[0], 1, context)))
    for row in block.rows:
        name = context.grammar.fact_keys.get(key(_cell(row, 0, context)))
        text = _cell(row, 1, context)
        if name is not None and text and not head and _fits(name, kind):
            for part in _parts(row.cells[1].text, name, context):
                yield name, Stated(part, row.line, row.cells[1].column, "table", context.page.path)


def _parts(source: str, name: str, context: Context) -> list[str]:
    texts = re.split(r"<br\s*/?>", source) if name in LISTS else [source]
    return [text for part in texts if (text := _flat(context.inline(part).plain).lstrip("*-• "))]


def _by_head(block: Block, kind: str, context: Context) -> Iterator[tuple[str, Stated]]:
    """Yield the facts of a table whose every head names one: `Input | Output`."""
    names = [context.grammar.fact_keys.get(key(context.inline(cell.text).plain)) for cell in block.rows[0].cells]
    if not names or not all(name is not None and _fits(name, kind) for name in names):
        return
    if len(block.rows) != 2 and any(name not in LISTS for name in names):
        return
    for row in block.rows[1:]:
        for name, cell in zip(names, row.cells, strict=False):
            for part in _parts(cell.text, name or "", context):
                yield name or "", Stated(part, row.line, cell.column, "table", context.page.path)


def _clauses(block: Block, context: Context) -> Iterator[Stated]:
    """Yield the clauses of a standard that a table maps to the document."""
    head = _cell(block.rows[0], 0, context)
    standard = _STANDARD.match(head) is not None and _CLAUSE_HEAD.search(head) is not None
    name = _CLAUSE_HEAD.sub("", head).strip(" :") if standard else ""
    for row in block.rows[1:] if standard else block.rows:
        first = _cell(row, 0, context)
        if standard and first:
            text = f"{name} {first}"
        elif _STANDARD.match(first) and len(row.cells) == 2 and _cell(row, 1, context):
            text = f"{first} {_cell(row, 1, context)}"
        else:
            continue
        yield Stated(text, row.line, row.cells[0].column, "table", context.page.path)
