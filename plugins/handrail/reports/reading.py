"""What was understood of each page, and as plainly what was not and why, for people."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click

from handrail.model import Document, DocumentKind, Form, Handbook, Order, PageRead, Rest, Stated, Step
from handrail.reports.lines import WIDTH, counted, cut, plain, wrapped
from handrail.reports.paths import EVERYTHING, inside
from handrail.reports.problems import levels_counted, problems_in

_FORMS: Mapping[Form, str] = {
    "list": "numbered list",
    "headings": "headings",
    "tasks": "task list",
    "table": "table",
    "bullets": "bullets",
    "paragraphs": "paragraphs",
}
_ORDERS: Mapping[Order, str] = {
    "sequence": "one after another",
    "any": "in any order",
    "ongoing": "ongoing duties",
}
_NO_STEPS: Mapping[DocumentKind, str] = {"process": "no flow was found", "procedure": "no steps were found"}
_MANY: Mapping[DocumentKind, str] = {
    "process": "processes",
    "procedure": "procedures",
    "role": "roles",
    "record": "records",
}
_LABEL = 14
"""How wide the names of facts stand."""
_FACT = 160
"""How much of a fact is shown; `--json` has the whole."""
_UNTYPED = (
    "No page says that it is a process or a procedure, so none was read as one. "
    "Say it with `handrail read --kind '**=procedure'`, with `kinds:` in mkdocs.yml, or on a page with "
    "`handrail: {kind: procedure}` in its front matter."
)


def reading_text(handbook: Handbook, paths: Sequence[str] = EVERYTHING) -> str:
    """Return what was read of a handbook, or of some of its pages, page by page and in sum."""
    pages = [page for page in handbook.pages if inside(page.path, paths)]
    typed = [page for page in pages if page.kind]
    parts = ["\n".join(_page(page, handbook)) for page in typed]
    parts += ["\n".join(_ordinary([page for page in pages if not page.kind]))]
    parts += ["\n".join(_sum(pages, handbook, paths))]
    parts += [wrapped(_UNTYPED)] if pages and not typed else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _page(page: PageRead, handbook: Handbook) -> Iterator[str]:
    """Yield the lines about one typed page."""
    yield click.style(plain(page.path), bold=True)
    yield f"  {cut(page.title, WIDTH - 2)}"
    yield f"  {_blocks([page])}"
    for name in page.documents:
        yield ""
        yield from _document(handbook.documents[name], page, handbook)
    rest = _texts(page.rest)
    if rest:
        yield ""
        yield f"  the rest of the page: {_parts_left(rest)}"
        yield from _left(rest)


def _blocks(pages: Sequence[PageRead]) -> str:
    total = sum(page.blocks for page in pages)
    steps = sum(page.in_steps for page in pages)
    facts = sum(page.in_facts for page in pages)
    neither = total - steps - facts
    return f"{counted(total, 'block')}: {steps:,} in steps, {facts:,} in facts, {neither:,} in neither"


def _document(document: Document, page: PageRead, handbook: Handbook) -> Iterator[str]:
    """Yield the lines about one document: what it is, its steps, its facts, and what is left of its text."""
    yield f"  {document.kind} {click.style(plain(document.id), bold=True)}"
    if document.title != page.title:
        yield _entry("title", f"{plain(document.title)} (line {document.line})")
    if document.kind in _NO_STEPS:
        yield _entry("steps", _steps(document))
    roles = _roles(document.all_steps(), handbook)
    if roles:
        yield _entry("who", roles)
    for name in sorted(document.facts):
        yield _entry(name, _fact(document.facts[name], document))
    for name, stated in document.aspects:
        yield _entry(cut(name, _LABEL), _fact((stated,), document))
    rest = _texts(document.rest)
    if rest:
        yield _entry("in neither", _parts_left(rest))
        yield from _left(rest)


def _entry(label: str, text: str) -> str:
    return wrapped(f"{plain(label):{_LABEL}} {text}", 4, _LABEL + 1)


def _steps(document: Document) -> str:
    if not document.steps or document.form is None:
        return _NO_STEPS[document.kind]
    inner = len(document.all_steps()) - len(document.steps)
    below = f" with {counted(inner, 'sub-step')}" if inner else ""
    return f"{len(document.steps):,}{below}{_flows(document)}, from {_FORMS[document.form]}, {_ORDERS[document.order]}"


def _flows(document: Document) -> str:
    """Return how many steps each flow has, where the numbers begin anew within the document."""
    sizes = list(Counter(step.flow for step in document.steps).values())
    if len(sizes) < 2:
        return ""
    return f" in {len(sizes)} flows, each begun anew ({', '.join(map(str, sizes[:-1]))} and {sizes[-1]})"


def _roles(steps: Sequence[Step], handbook: Handbook) -> str:
    """Return the roles of some steps, each once, in order."""
    names: dict[str, str] = {}
    for use in (use for step in steps for use in step.roles):
        known = handbook.documents.get(use.role)
        title = plain(known.title if known else use.name)
        names.setdefault(use.role, f"{title} (inherited)" if use.inherited else title)
    return "; ".join(names.values())


def _fact(values: Sequence[Stated], document: Document) -> str:
    text = cut("; ".join(stated.text for stated in values), _FACT)
    return f"{text} ({_place(values, document)})"


def _place(values: Sequence[Stated], document: Document) -> str:
    """Return where a fact was found: `table, lines 12-14`."""
    sources = ", ".join(dict.fromkeys(stated.source for stated in values))
    first, last = min(stated.line for stated in values), max(stated.line for stated in values)
    lines = f"line {first}" if first == last else f"lines {first}-{last}"
    elsewhere = f" of {plain(values[0].path)}" if values[0].path != document.path else ""
    return f"{sources}, {lines}{elsewhere}"


def _texts(rest: Sequence[Rest]) -> list[Rest]:
    """Return what is left of a text, without headings that have nothing under them: those are no blocks."""
    return [part for part in rest if part.text]


def _parts_left(rest: Sequence[Rest]) -> str:
    lists = sum(part.reason is not None for part in rest)
    refused = f", {counted(lists, 'list not read as steps', 'lists not read as steps')}" if lists else ""
    return f"{counted(len(rest), 'part')} of the text{refused}"


def _left(rest: Sequence[Rest]) -> Iterator[str]:
    """Yield a line for each run of text that is neither step nor fact, and for each list that is no steps."""
    for (heading, reason), run in itertools.groupby(rest, key=lambda part: (part.heading, part.reason)):
        parts = list(run)
        shown = parts if reason else parts[:1]
        for part in shown:
            yield _piece(part, heading, len(parts) - len(shown))
            if reason:
                yield wrapped(f"not read as steps: {plain(reason)}", 12)


def _piece(part: Rest, heading: str, more: int) -> str:
    """Return where a piece of text stands and how it begins."""
    words = f"{plain(heading)}: {plain(part.text)}" if heading else part.text
    end = f" (and {more} more)" if more else ""
    start = f"      {part.line:>5} "
    return f"{start}{cut(words, WIDTH - len(start) - len(end))}{end}"


def _ordinary(pages: Sequence[PageRead]) -> Iterator[str]:
    """Yield the pages that are none of the four kinds."""
    if pages:
        yield click.style(counted(len(pages), "ordinary page"), bold=True) + ", left alone"
        yield from (f"  {plain(page.path)}" for page in pages)


def _sum(pages: Sequence[PageRead], handbook: Handbook, paths: Sequence[str]) -> Iterator[str]:
    """Yield the sum over all pages."""
    typed = [page for page in pages if page.kind]
    flows = [one for one in (*handbook.processes, *handbook.procedures) if inside(one.path, paths)]
    steps = [step for document in flows for step in document.all_steps()]
    problems = problems_in(handbook, paths)
    yield click.style("In all", bold=True)
    yield f"  {counted(len(pages), 'page')}, {len(typed):,} of them typed"
    yield f"  {_kinds(handbook, paths)}"
    yield f"  {counted(len(steps), 'step')}, {sum(bool(step.roles) for step in steps):,} of them with a role"
    yield f"  {_blocks(typed)}"
    if problems:
        yield f"  {counted(len(problems), 'problem')}: {levels_counted(problems)}; see `handrail check`"
    else:
        yield "  no problems"


def _kinds(handbook: Handbook, paths: Sequence[str]) -> str:
    found = (*handbook.processes, *handbook.procedures, *handbook.roles, *handbook.records)
    kinds = [document.kind for document in found if inside(document.path, paths)]
    return ", ".join(counted(kinds.count(kind), kind, many) for kind, many in _MANY.items())
