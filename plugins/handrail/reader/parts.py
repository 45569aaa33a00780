"""Which parts of a page are documents of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.documents import Page
from handrail.model import DocumentKind
from handrail.problems import Problem
from handrail.reader.context import Context
from handrail.reader.forms import Forms, forms_of
from handrail.reader.headings import below, flow_like, says_only_steps
from handrail.reader.kinds import Declaration
from handrail.reader.numbered import Found


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page that is one document."""

    kind: DocumentKind
    host: int
    """Index of its section; 0 for the page as a whole."""
    sections: tuple[int, ...]
    forms: tuple[Found, ...]
    declarations: tuple[Declaration, ...]
    """What is declared of it, the nearest first."""


def unheard_comments(declared: Mapping[int, Declaration], parts: Sequence[Part], page: Page) -> Iterator[Problem]:
    """Yield a problem for each Handrail comment that no document takes."""
    heard = [said for part in parts for said in part.declarations]
    for index, said in declared.items():
        if said not in heard:
            block = page.sections[index].blocks[0]
            yield Problem(
                "comment",
                "warning",
                page.path,
                block.line,
                block.column,
                "This comment stands under a heading that holds no steps, so nothing takes it.",
                "Move it under the heading of the steps, or give it a `kind`.",
            )


def parts_of(
    context: Context, declaration: Declaration, declared: Mapping[int, Declaration]
) -> tuple[list[Part], dict[int, str]]:
    """Return the parts of a page that are documents, in order, and why other lists are no steps.

    `declared` are the comments under headings; one with a kind, or with `steps: headings`, makes the part
    under its heading a document of its own.
    """
    sections = context.page.sections
    own = {
        index: replace(said, kind=said.kind or declaration.kind)
        for index, said in declared.items()
        if said.kind or (said.all_headings and declaration.kind)
    }
    spans = {index: (index, *below(index, sections)) for index in own}
    left: dict[int, str] = {}
    parts: list[Part] = []
    for index, said in own.items():
        inner = {other for nested in own if nested != index and nested in spans[index] for other in spans[nested]}
        scope = tuple(section for section in spans[index] if section not in inner)
        parts += _declared_part(context, said, index, scope, declaration, left)
    carved = {index for span in spans.values() for index in span}
    free = tuple(index for index in range(len(sections)) if index not in carved)
    others = {index: said for index, said in declared.items() if index not in own}
    if declaration.kind is not None:
        parts += _page_parts(context, declaration, others, free, bool(parts), left)
    return sorted(parts, key=lambda part: part.host), left


def _declared_part(
    context: Context, said: Declaration, index: int, scope: tuple[int, ...], page: Declaration, left: dict[int, str]
) -> Iterator[Part]:
    """Yield the document that a comment under a heading declares."""
    assert said.kind is not None
    forms = forms_of(context, said.kind == "process", frozenset(scope), index if said.all_headings else None)
    left.update(forms.left)
    found = _flow(forms.found, context)[:1] if said.kind == "process" else forms.found[:1]
    left.update(_unchosen(forms, found, said.kind))
    yield Part(said.kind, index, scope, found, (said, page))


def _page_parts(
    context: Context,
    declaration: Declaration,
    declared: Mapping[int, Declaration],
    free: tuple[int, ...],
    shared: bool,
    left: dict[int, str],
) -> Iterator[Part]:
    """Yield the documents that a page is or holds, beside those that comments declare."""
    assert declaration.kind is not None
    headings = _headings_host(context.page) if declaration.all_headings else None
    forms = forms_of(context, declaration.kind == "process", frozenset(free), headings)
    left.update(forms.left)
    if declaration.kind != "procedure":
        found = _flow(forms.found, context)[:1] if declaration.kind == "process" else ()
        left.update(_unchosen(forms, found, declaration.kind))
        yield Part(declaration.kind, 0, free, found, (declaration, *declared.values()))
    elif len(forms.found) <= 1 and not shared:
        yield Part("procedure", 0, free, forms.found, (declaration, *declared.values()))
    else:
        yield from _procedures(context, declaration, declared, free, forms.found)


def _procedures(
    context: Context,
    declaration: Declaration,
    declared: Mapping[int, Declaration],
    free: tuple[int, ...],
    forms: Sequence[Found],
) -> Iterator[Part]:
    """Yield a document for each heading of a page that holds steps.

    A section belongs to the nearest such heading above it, and what stands beside a heading such as Steps to it.
    """
    owner: dict[int, int] = {}
    wholes = _wholes(forms, context)
    for form in sorted(forms, key=lambda form: wholes.get(form.host, form.host)):
        top = wholes.get(form.host, form.host)
        under = free if top == 0 else (top, *below(top, context.page.sections))
        owner.update(dict.fromkeys(under, form.host))
    for form in forms:
        owner.update(dict.fromkeys(form.sections, form.host))
    scopes: dict[int, list[int]] = {}
    for index in free:
        if index in owner:
            scopes.setdefault(owner[index], []).append(index)
    for form in forms:
        scope = scopes.get(form.host, [])
        near = tuple(declared[index] for index in scope if index in declared)
        yield Part("procedure", form.host, tuple(scope), (form,), (*near, declaration))


def _wholes(forms: Sequence[Found], context: Context) -> dict[int, int]:
    """Return the section above each heading that says no more than `Steps`, where no other steps stand below it."""
    sections = context.page.sections
    above = {form.host: sections[form.host].parent for form in forms if says_only_steps(sections[form.host], context)}
    hosts = Counter(index for form in forms for index in _ancestors(form.host, context))
    return {host: parent for host, parent in above.items() if sections[parent].level > 1 and hosts[parent] == 1}


def _ancestors(index: int, context: Context) -> Iterator[int]:
    while index > 0:
        yield index
        index = context.page.sections[index].parent


def _headings_host(page: Page) -> int:
    """Return the section whose sub-headings are steps where the author says so: the only H1, else the page."""
    tops = [index for index, section in enumerate(page.sections) if section.level == 1]
    return tops[0] if len(tops) == 1 else 0


def _unchosen(forms: Forms, chosen: Sequence[Found], kind: DocumentKind) -> dict[int, str]:
    """Return line and reason of each form of steps that a document leaves: a process has one flow, a role none."""
    reason = "the flow is another list" if chosen else f"a {kind} has no steps"
    taken = {index for form in chosen for index in form.sections}
    return {
        line: reason for form in forms.found if form not in chosen and form.host not in taken for line in form.blocks
    }


def _flow(forms: Sequence[Found], context: Context) -> tuple[Found, ...]:
    """Return the forms of a process page, the one that states the flow first."""
    sections = context.page.sections

    def under_flow(form: Found) -> bool:
        index = form.host
        while index > 0:
            if flow_like(sections[index], context):
                return True
            index = sections[index].parent
        return False

    return tuple(sorted(forms, key=lambda form: (not under_flow(form), form.host)))
