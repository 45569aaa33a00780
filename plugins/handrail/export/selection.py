"""Which documents a copy holds: those that one role works by, those that are named, and no drafts."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.dataclass import dataclass
from handrail.model import Document, Handbook, RoleUse
from handrail.problems import HandrailError, did_you_mean
from handrail.reader.roles import folded

_DRAFTS = ("draft", "in review")
"""What is not in force yet."""
_EVERYBODY = frozenset(folded(name) for name in ("everybody", "everyone", "all", "anyone", "alle", "jeder"))


ALL = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to have in a copy; nothing asked for is all of it."""

    role: str | None = None
    only: tuple[str, ...] = ()
    drafts: bool = False
    single: str | None = None
    """What goes into one file: an id, or `all`."""

    @property
    def part(self) -> bool:
        """Whether a part is asked for."""
        return self.role is not None or bool(self.only) or self.single not in (None, ALL)


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a handbook."""

    documents: frozenset[str]
    """Ids of the documents."""
    paths: frozenset[str]
    """The pages that hold them, whole: with every notice above the steps."""
    title: str
    """What it is a part for: a role's title, or the titles of what was asked for."""
    first: str
    """The page to begin with: the role's, or that of what was asked for first."""


def drafts_of(handbook: Handbook) -> frozenset[str]:
    """Return the pages all of whose documents are not in force yet."""
    return frozenset(
        path
        for path, documents in handbook.by_path.items()
        if all(document.fact("status") in _DRAFTS for document in documents)
    )


def selection_of(asked: Asked, handbook: Handbook) -> Selection:
    """Return the part of a handbook that is asked for; raises HandrailError for a name that it does not have."""
    role = _role(asked.role, handbook) if asked.role is not None else None
    named = [_document(name, handbook) for name in asked.only]
    if asked.single not in (None, ALL) and role is None and not named:
        return _alone(_document(str(asked.single), handbook))
    chosen = [*_of_role(role, handbook), *named] if role is not None else named
    held = _with_calls(chosen, handbook)
    title = role.title if role is not None else ", ".join(document.title for document in named)
    return Selection(
        frozenset(document.id for document in held),
        frozenset(document.path for document in held if document.own_page),
        title,
        next((document.path for document in (role, *named) if document is not None and document.own_page), ""),
    )


def _alone(document: Document) -> Selection:
    paths = frozenset({document.path} if document.own_page else ())
    return Selection(frozenset({document.id}), paths, document.title, document.path)


def _role(name: str, handbook: Handbook) -> Document:
    roles = {folded(text): role for role in handbook.roles for text in (role.title, role.id, *role.aliases)}
    if folded(name) not in roles:
        known = [role.title for role in handbook.roles]
        raise HandrailError(f"There is no role `{name}`. {did_you_mean(name, known, 'See `handrail register roles`.')}")
    return roles[folded(name)]


def _document(name: str, handbook: Handbook) -> Document:
    document = handbook.documents.get(name) or handbook.documents.get(name.casefold())
    if document is None:
        mend = did_you_mean(name, handbook.documents, "List them with `handrail read`.")
        raise HandrailError(f"There is nothing with the id `{name}`. {mend}")
    return document


def _of_role(role: Document, handbook: Handbook) -> list[Document]:
    """Return the role, and every document with a step that it has a part in, or that nobody or everybody does."""
    flows = (*handbook.processes, *handbook.procedures)
    return [role, *(document for document in flows if _concerns(document, role))]


def _concerns(document: Document, role: Document) -> bool:
    uses = [use for step in document.all_steps() for use in step.roles]
    if any(use.role == role.id or _is_everybody(use) for use in uses):
        return True
    return document.kind == "procedure" and bool(document.steps) and not any(use.part == "does" for use in uses)


def _is_everybody(use: RoleUse) -> bool:
    return folded(use.name) in _EVERYBODY


def _with_calls(chosen: Iterable[Document], handbook: Handbook) -> list[Document]:
    """Return documents, what their steps call or hand over to, and so on; and the records of their steps."""
    found: dict[str, Document] = {}
    waiting = list(chosen)
    while waiting:
        document = waiting.pop()
        if document.id in found:
            continue
        found[document.id] = document
        names = (name for step in document.all_steps() for name in (*step.calls, *step.hands_over, *step.records))
        others = (handbook.documents.get(name.partition("#")[0]) for name in names)
        waiting += [other for other in others if other is not None]
    return sorted(found.values(), key=lambda document: document.id)
