"""One page read: what it is, which documents it holds, and what each of them says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pathspec.gitignore import GitIgnoreSpec

from handrail.documents import Block, Node, Page, Section, page_of
from handrail.model import Order, Stated
from handrail.options import Glob, Options
from handrail.problems import Problem, did_you_mean
from handrail.reader.context import Context
from handrail.reader.declared import declared_facts, own_key_facts
from handrail.reader.facts import body_facts
from handrail.reader.flow_blocks import flow_blocks
from handrail.reader.grammar import Grammar, key
from handrail.reader.headings import bare_title
from handrail.reader.kinds import Declaration, page_declaration, section_declarations, stray_comments
from handrail.reader.leads import links_in
from handrail.reader.leftover import is_declaration, outside_of, rest_of, weight, weight_of
from handrail.reader.numbered import Found
from handrail.reader.parts import Part, parts_of, unheard_comments
from handrail.reader.raw import RawDocument, RawPage, RawRole
from handrail.reader.reading import Reading
from handrail.reader.roles import Register, folded, names_doer, register_of, role_like
from handrail.reader.stated import Facts, joined
from handrail.reader.steps import step_of

_ANCHOR = re.compile(r"<a\s+(?:id|name)\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)


def read_page(path: str, text: str, reading: Reading, opened: Page | None = None) -> RawPage:
    """Return all that one page says; `opened` is the page, where it was taken apart before."""
    page = opened or page_of(path, text)
    declaration, problems = page_declaration(page, reading.globs)
    inner = {index: (said, more) for index, said, more in section_declarations(page)}
    problems = (
        *page.problems,
        *problems,
        *stray_comments(page),
        *(problem for _, more in inner.values() for problem in more),
    )
    title = _page_title(page, reading)
    declared = {index: said for index, (said, _) in inner.items()}
    top = [index for index in declared if index <= 1 and page.sections[index].level <= 1]
    for index in top:
        declaration = _over(declaration, declared.pop(index))
    context = _context(page, declaration, reading)
    if declaration.kind is None and not any(said.kind for said in declared.values()):
        raw = _ordinary(context, title, (*problems, *declared_facts(declaration, context).problems))
    else:
        raw = _typed(context, title, declaration, declared, reading, problems)
    return replace(raw, flow_blocks=flow_blocks(page))


def _over(page: Declaration, comment: Declaration) -> Declaration:
    """Return what a comment under the page's title says, over what the front matter says."""
    return Declaration(
        comment.kind or page.kind,
        {**page.values, **comment.values},
        page.all_headings or comment.all_headings,
        page.source,
    )


def _context(page: Page, declaration: Declaration, reading: Reading) -> Context:
    """Return what the reading of a page needs to know; a page's own `roles` join the register for the page."""
    node = declaration.values.get("roles")
    own = [item.text for item in node.items if item.text] if node is not None else []
    one = declaration.values.get("role")
    own += [one.text] if one is not None and one.text else []
    register = Register(reading.register.names | register_of(own).names) if own else reading.register
    counts: dict[str, int] = {}
    for match in re.finditer(
        r"^[ \t]*(?:\d+[.)]|[-*+])\s+(?:\[[ xX]\]\s+)?\*\*([^*\n]{2,60})\*\*", page.text, re.MULTILINE
    ):
        name = folded(match[1])
        counts[name] = counts.get(name, 0) + 1
    recurring = frozenset(name for name, count in counts.items() if count > 1)
    return Context(page, reading.grammar, register, reading.registered or bool(node is not None and own), recurring)


def _page_title(page: Page, reading: Reading) -> str:
    """Return the page's title: front matter, first heading of level 1, navigation, file name."""
    for node in (page.front.values.get("handrail"), None):
        if node is not None and (said := node.mapping.get("title")) is not None and said.text:
            return said.text
    own = page.front.values.get("title")
    if own is not None and own.text:
        return own.text
    for spelling in dict(reading.options.keys).get("title", ()):
        if (named := page.front.values.get(spelling)) is not None and named.text:
            return named.text
    heading = next((section.title for section in page.sections if section.level == 1 and section.title), None)
    if heading:
        return heading
    top = min((section.level for section in page.sections[1:]), default=0)
    highest = [section.title for section in page.sections if section.level == top and section.title]
    if len(highest) == 1:
        return highest[0]
    if page.path in reading.titles:
        return reading.titles[page.path]
    stem = page.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if stem.casefold() in ("index", "readme") and "/" in page.path:
        stem = page.path.rsplit("/", 2)[-2]
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words == words.lower() else words


def _ordinary(context: Context, title: str, problems: Sequence[Problem]) -> RawPage:
    """Return a page that is no document: its links and anchors are all that counts."""
    page = context.page
    blocks = [block for section in page.sections for block in section.blocks]
    links = tuple(links_in(blocks, context)) if "[" in page.text else ()
    return RawPage(page.path, title, None, (), len(blocks), 0, 0, (), links, _anchors(page), tuple(problems))


def _anchors(page: Page) -> frozenset[str]:
    """Return every anchor of a page: of its headings, on the forge and on the site, and those in its text."""
    named = {anchor for section in page.sections for anchor in (section.forge_slug, section.site_slug, *section.ids)}
    written = {match[1] for match in _ANCHOR.finditer(page.text)} if "<a" in page.text else set()
    return frozenset((named | written) - {""})


def _typed(
    context: Context,
    title: str,
    declaration: Declaration,
    declared: dict[int, Declaration],
    reading: Reading,
    problems: Sequence[Problem],
) -> RawPage:
    page = context.page
    parts, left = parts_of(context, declaration, declared)
    opening = _opening_facts(parts, context)
    said = declared_facts(declaration, context)
    page_facts = joined([said, own_key_facts(context, reading.options)], page.path)
    twice = [problem for problem in joined([page_facts, opening], page.path).problems if problem.rule == "said-twice"]
    page_facts = replace(page_facts, problems=())
    documents: list[RawDocument] = []
    found: list[Problem] = [*problems, *said.problems, *twice, *unheard_comments(declared, parts, page)]
    in_steps = in_facts = 0
    for part in parts:
        document, facts, stepped = _document(part, title, page_facts, opening, left, context)
        documents.append(document)
        found += facts.problems
        in_steps += stepped
        in_facts += weight_of(facts.lines, part.sections, page)
    outside = outside_of(parts, page)
    in_facts += weight_of(opening.lines, outside, page)
    rest = tuple(rest_of(outside, opening.lines, left, page))
    links = tuple(links_in([block for index in outside for block in page.sections[index].blocks], context))
    total = sum(weight(block) for section in page.sections for block in section.blocks if not is_declaration(block))
    total += sum(len(form.outlines) for part in parts for form in part.forms if form.form == "headings")
    kind = declaration.kind or next(said.kind for said in declared.values() if said.kind)
    return RawPage(
        page.path,
        title,
        kind,
        tuple(documents),
        total,
        in_steps,
        in_facts,
        rest,
        links,
        _anchors(page),
        tuple(found),
    )


_OF_EVERY_PROCEDURE = (
    "owner",
    "status",
    "version",
    "effective",
    "approved_by",
    "change_reason",
    "supersedes",
    "review.every",
    "review.last",
    "review.next",
    "clauses",
    "process",
    "risk",
)
"""Facts at the head of a page that hold for each of its procedures."""


def _opening_facts(parts: Sequence[Part], context: Context) -> Facts:
    """Return what the head of a page that holds several procedures states for each of them."""
    if len(parts) == 1 and parts[0].host == 0:
        return Facts({})
    sections = context.page.sections
    head = [index for index in range(min(2, len(sections))) if sections[index].level <= 1]
    stepped = frozenset(line for part in parts for form in part.forms for line in form.blocks)
    said = body_facts(head, stepped, "procedure", context)
    values = {name: stated for name, stated in said.values.items() if name in _OF_EVERY_PROCEDURE}
    return Facts(values, (), said.lines if values else frozenset())


def _document(
    part: Part, title: str, page_facts: Facts, opening: Facts, left: dict[int, str], context: Context
) -> tuple[RawDocument, Facts, int]:
    """Return a document, the facts of its part of the page, and how many blocks are in its steps."""
    page = context.page
    section = page.sections[part.host]
    whole = part.host == 0
    nearest = _nearest(part.declarations)
    form = part.forms[0] if part.forms else None
    steps = tuple(step_of(outline, context) for outline in form.outlines) if form else ()
    stepped = form.blocks if form else frozenset()
    stepped_sections = form.sections if form else frozenset()
    text_sections = [index for index in part.sections if index not in stepped_sections]
    foot = frozenset(block.line for index in stepped_sections for block in page.sections[index].blocks)
    body = body_facts(text_sections, stepped, part.kind, context)
    comments = [said for said in part.declarations if said.source == "comment"]
    near = joined([declared_facts(said, context) for said in comments], page.path)
    facts = joined([near, page_facts, body], page.path)
    facts = replace(
        facts,
        values={**opening.values, **facts.values},
        problems=(
            *near.problems,
            *body.problems,
            *_strange_order(nearest, context),
            *(problem for problem in facts.problems if problem.rule == "said-twice"),
        ),
    )
    taken = stepped | body.lines | _step_lines(form, foot, page)
    document = RawDocument(
        kind=part.kind,
        title=title if whole else _part_title(part.host, title, context),
        path=page.path,
        line=_first_line(page, whole, section),
        end=max((page.sections[index].end for index in part.sections), default=1),
        heading_slug=None if whole else section.forge_slug,
        anchor=None if whole else (section.ids or (section.site_slug,))[0],
        written_id=_written(nearest.values.get("id"), nearest.source, page)
        if whole or nearest.source == "comment"
        else None,
        page_id=None if whole else _text(part.declarations[-1].values.get("id")),
        facts=facts.values,
        aspects=facts.aspects,
        aliases=tuple(item.text for item in _node(nearest, "aliases").items if item.text),
        variant_of=_written(nearest.values.get("variant_of"), nearest.source, page),
        area=_text(nearest.values.get("area")),
        form=form.form if form else None,
        order=_order(nearest, context),
        steps=steps,
        heading_role=_heading_role(form, part, context),
        rest=tuple(rest_of(part.sections, taken, left, page)),
        links=tuple(links_in(_blocks(part.sections, stepped | _step_lines(form, foot, page), page), context)),
        lead_roles=(),
    )
    blocks_in_steps = weight_of(stepped | _step_lines(form, foot, page), part.sections, page)
    blocks_in_steps += len(form.outlines) if form and form.form == "headings" else 0
    return document, facts, blocks_in_steps


def _nearest(declarations: Sequence[Declaration]) -> Declaration:
    """Return what is declared nearest to a document; comments that share it are put together."""
    comments = [said for said in declarations if said.source == "comment"]
    if len(declarations) > 1 and declarations[0].source != "comment" and comments:
        values = {name: node for said in reversed(comments) for name, node in said.values.items()}
        return replace(declarations[0], values={**values, **declarations[0].values})
    return declarations[0]


def _first_line(page: Page, whole: bool, section: Section) -> int:
    """Return the line of a document's heading; where it has none, the first one behind the front matter."""
    if not whole:
        return section.line
    first = min(page.front.lines + 1, page.sections[-1].end)
    return next((inner.line for inner in page.sections if inner.level == 1), first)


def _step_lines(form: Found | None, foot: frozenset[int], page: Page) -> frozenset[int]:
    """Return the lines of the blocks in heading steps, without the page's foot."""
    if form is None or form.form != "headings":
        return frozenset()
    return frozenset(line for line in foot if line <= form.outlines[-1].end)


def _blocks(indexes: Iterable[int], without: frozenset[int], page: Page) -> list[Block]:
    return [block for index in indexes for block in page.sections[index].blocks if block.line not in without]


def _node(declaration: Declaration, name: str) -> Node:
    return declaration.values.get(name) or Node(None, 1, 1)


def _text(node: Node | None) -> str | None:
    return node.text if node is not None else None


def _written(node: Node | None, source: str, page: Page) -> Stated | None:
    return Stated(node.text, node.line, node.column, source, page.path) if node is not None and node.text else None


def _order(declaration: Declaration, context: Context) -> Order:
    said = key(_text(declaration.values.get("order")) or "")
    orders: tuple[Order, ...] = ("any", "ongoing")
    return next((order for order in orders if said in context.grammar.words.orders[order]), "sequence")


def _strange_order(declaration: Declaration, context: Context) -> Iterator[Problem]:
    """Yield a problem where the order is none that there is."""
    node = declaration.values.get("order")
    orders = context.grammar.words.orders
    if node is not None and node.text and not any(key(node.text) in words for words in orders.values()):
        yield Problem(
            "unknown-value",
            "warning",
            context.page.path,
            node.line,
            node.column,
            f"`order` has no value {node.text!r}.",
            did_you_mean(node.text, orders, f"Use {', '.join(orders)}."),
        )


def _part_title(host: int, title: str, context: Context) -> str:
    """Return the title of a procedure that shares its page.

    A heading that only says `Steps` lends its parent's; one that stands twice on the page adds it.
    """
    sections = context.page.sections
    own = bare_title(sections[host], context)
    parent = sections[host].parent
    above = bare_title(sections[parent], context) if parent > 0 and sections[parent].title else title
    if key(own) in (*context.grammar.words.steps_headings, *context.grammar.words.labels["note"]):
        return above
    twice = sum(key(bare_title(section, context)) == key(own) for section in sections) > 1
    return f"{above}: {own}" if twice and above != title else own


def _heading_role(form: Found | None, part: Part, context: Context) -> RawRole | None:
    """Return the role that the heading of the steps names: `Steps for Scribe`, or a registered role alone."""
    if form is None:
        return None
    sections = context.page.sections
    section = sections[form.host]
    name = _role_in(section.title, context)
    if name is None:
        return None
    plain_words = context.registered or names_doer(name, context.grammar)
    others = sum(_role_in(other.title, context) is not None for other in sections)
    if context.register.knows(name) or (not context.registered and (plain_words or others > 1)):
        return RawRole(name, "does", "heading", section.line)
    return None


def _role_in(title: str, context: Context) -> str | None:
    match = context.grammar.for_role.match(title)
    if match is not None:
        name = match["role"].strip(" .:")
        article = context.grammar.article.match(name)
        name = name[article.end() :] if article else name
        return name if context.register.knows(name) or role_like(name, context.grammar) else None
    return title if context.register.knows(title) else None


def registered_names(
    texts: Mapping[str, str], globs: Sequence[tuple[GitIgnoreSpec, Glob]], options: Options
) -> tuple[list[str], dict[str, Page]]:
    """Return the names of the roles that options or pages of kind role register, and the pages opened for it.

    Pages of kind role have to be known before the others are read, so those that can be one are
    opened here first.
    """
    names = [name for entry in options.roles for name in (entry.title, *entry.aliases)]
    opened: dict[str, Page] = {}
    bare = Reading(options, Grammar(options.recognised()), tuple(globs), Register(), True, {})
    for path, text in sorted(texts.items()):
        may_be = any(glob.kind == "role" and spec.match_file(path) for spec, glob in globs)
        if may_be or re.search(r"kind:\s*[\"']?role\b", text[:4000]):
            opened[path] = page_of(path, text)
            page = read_page(path, text, bare, opened[path])
            for document in page.documents:
                if document.kind == "role":
                    names += [document.title, *document.aliases]
    return names, opened
