"""A part of a page as a document: its title, facts, steps and what is left of it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.documents import Block, Node, Page, Section
from handrail.model import Order, Stated
from handrail.problems import Problem, did_you_mean
from handrail.reader.context import Context
from handrail.reader.declared import declared_facts
from handrail.reader.facts import body_facts
from handrail.reader.grammar import key
from handrail.reader.headings import bare_title
from handrail.reader.kinds import Declaration
from handrail.reader.leads import links_in
from handrail.reader.leftover import rest_of, weight_of
from handrail.reader.numbered import Found
from handrail.reader.parts import Part
from handrail.reader.raw import RawDocument, RawRole
from handrail.reader.roles import names_doer, role_like
from handrail.reader.stated import Facts, joined, normalised
from handrail.reader.steps import step_of


@dataclass(frozen=True, eq=False)
class Headings:
    """What the headings of a page say together; looked at once, for all of its documents, and only where one asks."""

    context: Context

    @functools.cached_property
    def counts(self) -> Mapping[str, int]:
        """Folded title -> how often it stands on the page."""
        return Counter(key(bare_title(section, self.context)) for section in self.context.page.sections)

    @functools.cached_property
    def roles(self) -> int:
        """How many headings name a role."""
        return sum(_role_in(section.title, self.context) is not None for section in self.context.page.sections)


def document_of(
    part: Part,
    title: str,
    headings: Headings,
    page_facts: Facts,
    opening: Facts,
    left: dict[int, str],
    context: Context,
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
    body = body_facts(text_sections, part.host, stepped, part.kind, context, opening.lines)
    if whole:
        body = joined([body, replace(opening, problems=())], page.path, gather=True)
    comments = [said for said in part.declarations if said.source == "comment"]
    near = joined([declared_facts(said, context) for said in comments], page.path)
    facts = joined([near, page_facts, body], page.path)
    facts = replace(
        facts,
        values=normalised({**opening.values, **facts.values}, context.grammar.words),
        problems=(
            *near.problems,
            *body.problems,
            *_strange_order(nearest, context),
            *(problem for problem in facts.problems if problem.rule == "said-twice"),
        ),
    )
    headings_in_steps = frozenset(page.sections[index].line for index in stepped_sections)
    taken = stepped | body.lines | opening.lines | _step_lines(form, foot, page) | headings_in_steps
    document = RawDocument(
        kind=part.kind,
        title=title if whole else _part_title(part.host, title, headings, context),
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
        aliases=tuple(
            Stated(item.text, item.line, item.column, nearest.source, page.path)
            for item in _node(nearest, "aliases").items
            if item.text
        ),
        variant_of=_written(nearest.values.get("variant_of"), nearest.source, page),
        area=_text(nearest.values.get("area")),
        form=form.form if form else None,
        order=_order(nearest, context),
        steps=steps,
        heading_role=_heading_role(form, headings, context),
        rest=tuple(rest_of(part.sections, taken, left, page)),
        links=tuple(links_in(_blocks(part.sections, stepped | _step_lines(form, foot, page), page), context)),
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


def _part_title(host: int, title: str, headings: Headings, context: Context) -> str:
    """Return the title of a procedure that shares its page.

    A heading that only says `Steps` lends its parent's; one that stands twice on the page adds it.
    """
    sections = context.page.sections
    own = bare_title(sections[host], context)
    parent = sections[host].parent
    above = bare_title(sections[parent], context) if parent > 0 and sections[parent].title else title
    if key(own) in (*context.grammar.words.steps_headings, *context.grammar.words.labels["note"]):
        return above
    return f"{above}: {own}" if headings.counts[key(own)] > 1 and above != title else own


def _heading_role(form: Found | None, headings: Headings, context: Context) -> RawRole | None:
    """Return the role that the heading of the steps names: `Steps for Scribe`, or a registered role alone."""
    if form is None:
        return None
    sections = context.page.sections
    section = sections[form.host]
    name = _role_in(section.title, context)
    if name is None:
        return None
    plain_words = context.registered or names_doer(name, context.grammar)
    if context.register.knows(name) or (not context.registered and (plain_words or headings.roles > 1)):
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
