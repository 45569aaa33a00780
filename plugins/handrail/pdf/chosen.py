"""Which documents a PDF file holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handrail.index import Index, by_title
from handrail.model import Document
from handrail.problems import HandrailError, did_you_mean


def everything(index: Index) -> tuple[Document, ...]:
    """Return all documents with a page of their own: processes, procedures, roles and records, each by title."""
    return _own((*index.flows, *by_title(index.handbook.roles, index), *by_title(index.handbook.records, index)))


def _own(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(document for document in documents if document.own_page)


def named(index: Index, names: Sequence[str]) -> tuple[Document, ...]:
    """Return the documents of these ids, each once; raises HandrailError for a name that nothing bears."""
    found = (_named(index, name) for name in names)
    return tuple({document.id: document for document in found}.values())


def _named(index: Index, name: str) -> Document:
    known = index.handbook.documents
    document = known.get(name) or known.get(name.casefold())
    if document is None:
        raise HandrailError(f"There is no document `{name}`. {did_you_mean(name, known, 'See `handrail read`.')}")
    if not document.own_page:
        raise HandrailError(f"`{document.id}` has no page of its own to print. Name a process or a procedure.")
    return document
