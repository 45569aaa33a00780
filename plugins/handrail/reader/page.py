"""One page read: what it is, which documents it holds, and what each of them says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pathspec.gitignore import GitIgnoreSpec

from handrail.documents import Block, Page, Section, page_of
from handrail.options import Glob, Options
from handrail.problems import Problem
from handrail.reader.context import Context
from handrail.reader.declared import declared_facts, own_key_facts
from handrail.reader.described import Headings, document_of
from handrail.reader.facts import announces_fact, body_facts, opening_sections, roles_named
from handrail.reader.fenced import asked_blocks
from handrail.reader.foot import foot_facts, history_facts
from handrail.reader.grammar import Grammar, key
from handrail.reader.kinds import Declaration, page_declaration, section_declarations, stray_comments
from handrail.reader.labelled import OF_EACH
from handrail.reader.leads import links_in
from handrail.reader.leftover import is_declaration, outside_of, rest_of, weight, weight_of
from handrail.reader.parts import Part, parts_of, unheard_comments
from handrail.reader.raw import RawDocument, RawPage
from handrail.reader.reading import Reading
from handrail.reader.roles import Register, register_of
from handrail.reader.stated import Facts, joined

_ANCHOR = re.compile(
    r"<(?:a\s++name|[a-z][\w-]*+\s(?:[^<>]*?\s)?id)\s*+=\s*+[\"']?([^\s\"'>]+)",
    re.IGNORECASE,
)
"""An element that links can lead to: `<a id="x">`, `<span class="y" id="x">`, `<a name="x">`."""
_SAYS_ROLE = re.compile(r"\bkind[\"']?\s*:\s*[\"']?role\b", re.IGNORECASE)
"""What makes it worth while to open a page before the others are read."""
_HEAD = 4000
"""Among so many characters that has to stand."""


def read_page(page: Page, reading: Reading) -> RawPage:
    """Return all that one page says."""
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
    context = _context(page, declaration, reading, declared)
    facts = declared_facts(declaration, context)
    problems = (*problems, *facts.problems)
    if declaration.kind is None and not any(said.kind for said in declared.values()):
        return _ordinary(context, title, problems)
    return _typed(context, title, declaration, declared, facts, reading, problems)


def _over(page: Declaration, comment: Declaration) -> Declaration:
    """Return what a comment under the page's title says, over what the front matter says."""
    return Declaration(
        comment.kind or page.kind,
        {**page.values, **comment.values},
        page.all_headings or comment.all_headings,
        page.source,
    )


def _context(page: Page, declaration: Declaration, reading: Reading, declared: Mapping[int, Declaration]) -> Context:
    """Return what the reading of a page needs to know; a page's own `roles` join the register for the page."""
    node = declaration.values.get("roles")
    own = [item.text for item in node.items if item.text] if node is not None else []
    one = declaration.values.get("role")
    own += [one.text] if one is not None and one.text else []
    register = Register(reading.register.names | register_of(own).names) if own else reading.register
    registered = reading.registered or bool(node is not None and own)
    said = frozenset(page.sections[index].line for index, said in declared.items() if said.kind)
    context = Context(page, reading.grammar, register, registered, said)
    named = [] if registered else list(roles_named(context))
    return replace(context, register=Register(register.names | register_of(named).names)) if named else context


def _page_title(page: Page, reading: Reading) -> str:
    """Return the page's title: front matter, first heading of level 1, navigation, file name."""
    written = _written_title(page, reading) or _heading_title(page, reading)
    return written or reading.titles.get(page.path) or _file_title(page.path)


def _written_title(page: Page, reading: Reading) -> str | None:
    """Return the title in the front matter."""
    ours = page.front.values.get("handrail")
    nodes = [ours.mapping.get("title")] if ours is not None else []
    nodes += [page.front.values.get(name) for name in ("title", *dict(reading.options.keys).get("title", ()))]
    return next((node.text for node in nodes if node is not None and node.text), None)


def _heading_title(page: Page, reading: Reading) -> str | None:
    """Return the first heading of level 1, else the only one of the highest level.

    A page whose headings of level 1 are its sections (`# 1. Purpose`, `# 2. Scope`) has no title among them.
    """
    first = [section.title for section in page.sections if section.level == 1 and section.title]
    if first:
        numbered = reading.grammar.numbered.match(first[0])
        name = numbered["title"] if numbered else first[0]
        return None if len(first) > 1 and key(name) in reading.grammar.words.sections else first[0]
    top = min((section.level for section in page.sections[1:]), default=0)
    highest = [section.title for section in page.sections if section.level == top and section.title]
    return highest[0] if len(highest) == 1 else None


def _file_title(path: str) -> str:
    """Return what a file's name says: that of its folder for an index."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if stem.casefold() in ("index", "readme") and "/" in path:
        stem = path.rsplit("/", 2)[-2]
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words == words.lower() else words


def _ordinary(context: Context, title: str, problems: Sequence[Problem]) -> RawPage:
    """Return a page that is no document: its links and anchors are all that counts."""
    page = context.page
    blocks = [block for section in page.sections for block in section.blocks]
    links = tuple(links_in(blocks, context)) if "[" in page.text else ()
    return RawPage(
        page.path, title, None, (), len(blocks), 0, 0, (), links, _anchors(page), tuple(problems), asked_blocks(page)
    )


def _anchors(page: Page) -> frozenset[str]:
    """Return every anchor of a page: of its headings, on the forge and on the site, and those in its text."""
    named = {anchor for section in page.sections for anchor in (section.forge_slug, section.site_slug, *section.ids)}
    written = {match[1] for match in _ANCHOR.finditer(page.text)} if "<" in page.text else set()
    return frozenset((named | written) - {""})


def _typed(
    context: Context,
    title: str,
    declaration: Declaration,
    declared: dict[int, Declaration],
    said: Facts,
    reading: Reading,
    problems: Sequence[Problem],
) -> RawPage:
    page = context.page
    parts, left = parts_of(context, declaration, declared)
    opening = _page_wide(parts, context)
    page_facts = joined([said, own_key_facts(context, reading.options)], page.path)
    twice = [problem for problem in joined([page_facts, opening], page.path).problems if problem.rule == "said-twice"]
    page_facts = replace(page_facts, problems=())
    documents: list[RawDocument] = []
    found: list[Problem] = [*problems, *twice, *opening.problems, *unheard_comments(declared, parts, page)]
    in_steps = in_facts = 0
    headings = Headings(context)
    for part in parts:
        document, facts, stepped = document_of(part, title, headings, page_facts, opening, left, context)
        documents.append(document)
        found += facts.problems
        in_steps += stepped
        in_facts += weight_of(facts.lines, part.sections, page)
    outside = outside_of(parts, page)
    in_facts += weight_of(opening.lines, outside, page)
    rest = tuple(rest_of(outside, opening.lines, left, page))
    links = tuple(links_in([block for index in outside for block in page.sections[index].blocks], context))
    total = sum(weight(block) for section in page.sections for block in _said(section))
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
        asked_blocks(page),
    )


def _page_wide(parts: Sequence[Part], context: Context) -> Facts:
    """Return what a page states for each of its procedures: at its foot and, where it holds several, at its head."""
    return joined([_opening_facts(parts, context), _closing_facts(parts, context)], context.page.path, gather=True)


def _opening_facts(parts: Sequence[Part], context: Context) -> Facts:
    """Return what a page that holds several procedures states for each of them: at its head and above the first one."""
    if len(parts) == 1 and parts[0].host == 0:
        return Facts({})
    sections = context.page.sections
    outside = outside_of(parts, context.page)
    head = [index for index in sorted(opening_sections(sections)) if sections[index].level <= 1 or index in outside]
    stepped = frozenset(line for part in parts for form in part.forms for line in form.blocks)
    above = dict.fromkeys((*head, *_announced(parts, context)))
    said = [body_facts([index], 0, stepped, "procedure", context) for index in above]
    kept = [_for_each(facts) for facts in said]
    return joined(kept, context.page.path, gather=True)


def _for_each(said: Facts) -> Facts:
    """Return what of some facts holds for each procedure of a page; what the page as a whole is for does not."""
    values = {name: stated for name, stated in said.values.items() if name in OF_EACH}
    return Facts(values, (), said.lines if values else frozenset())


def _announced(parts: Sequence[Part], context: Context) -> Iterator[int]:
    """Yield the sections above a page's first procedure, right under its title, that announce a fact: `## Scope`."""
    sections = context.page.sections
    first = min(part.host for part in parts)
    if parts[0].declarations[-1].kind != "procedure":
        return
    for index in range(2, first):
        if sections[sections[index].parent].level <= 1 and announces_fact(sections[index], "procedure", context):
            yield index


def _closing_facts(parts: Sequence[Part], context: Context) -> Facts:
    """Return what the foot of a page states, and its tables of changes and approvals."""
    sections = context.page.sections
    forms = [form for part in parts for form in part.forms[:1]]
    stepped = frozenset(index for form in forms for index in form.sections)
    last = len(sections) - 1
    ends = [outline.end for form in forms if last in form.sections or last == form.host for outline in form.outlines]
    free = [section for index, section in enumerate(sections) if index not in stepped]
    first = max(ends, default=0) + 1
    return joined(
        [foot_facts(sections[last], first, context), history_facts(free, context)], context.page.path, gather=True
    )


def _said(section: Section) -> Sequence[Block]:
    """Return a section's blocks without the Handrail comment right under its heading."""
    return section.blocks[1:] if section.blocks and is_declaration(section.blocks[0]) else section.blocks


NamesByPage = Mapping[tuple[str, str], tuple[str, ...]]
"""Path and text of a page -> the names of the roles that it registers."""


def registered_names(
    texts: Mapping[str, str],
    globs: Sequence[tuple[GitIgnoreSpec, Glob]],
    options: Options,
    known: NamesByPage | None = None,
) -> tuple[list[str], dict[str, Page], NamesByPage]:
    """Return the names of the roles that options or pages of kind role register, and the pages opened for it.

    Pages of kind role have to be known before the others are read, so those that can be one are
    opened here first; what is `known` of pages read by the same options is not read again.
    """
    names = [name for entry in options.roles for name in (entry.title, *entry.aliases)]
    opened: dict[str, Page] = {}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    bare = Reading(options, Grammar(options.recognised()), tuple(globs), Register(), True, {})
    for path, text in sorted(texts.items()):
        may_be = any(glob.kind == "role" and spec.match_file(path) for spec, glob in globs)
        if may_be or _says_role(text[:_HEAD]):
            key = path, text
            if known is None or key not in known:
                opened[path] = page_of(path, text)
            own = known[key] if known is not None and key in known else _roles_of(read_page(opened[path], bare))
            found[key] = own
            names += own
    return names, opened, found


def _says_role(head: str) -> bool:
    return (not head.isascii() or "kind" in head.lower()) and _SAYS_ROLE.search(head) is not None


def _roles_of(page: RawPage) -> tuple[str, ...]:
    """Return the names of the roles that a page registers."""
    roles = [document for document in page.documents if document.kind == "role"]
    return tuple(name for role in roles for name in (role.title, *(alias.text for alias in role.aliases)))
