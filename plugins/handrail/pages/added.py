"""All that Handrail adds to a page of the author's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from handrail.dataclass import dataclass
from handrail.model import Document
from handrail.pages.flow_below import flow_under_steps
from handrail.pages.foot import document_foot
from handrail.pages.head import document_head
from handrail.pages.site import View
from handrail.pages.steps import step_foot, step_head
from handrail.pages.story import document_history, document_since

_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Added:
    """What is added to one document, as HTML."""

    head: str
    steps_foot: str
    """Behind the last step."""
    foot: str
    steps: Mapping[str, tuple[str, str]]
    """Id of a step -> what stands before and behind its sentence."""


def added_to(document: Document, view: View) -> Added:
    """Return what is added to a document."""
    return Added(
        document_since(document, view) + document_head(document, view),
        flow_under_steps(document, view),
        document_foot(document, view) + document_history(document, view),
        {step.id: (step_head(step, document, view), step_foot(step, document, view)) for step in document.all_steps()},
    )


class Additions:
    """What is added to pages, made for some of them at a time.

    Between two pages a host does so much else that what makes this has to come back into the caches of the machine,
    which takes a third of the time.
    """

    def __init__(self, documents: Mapping[str, tuple[Document, ...]], paths: Iterable[str]) -> None:
        """Take the documents of each page, and the pages in the order in which the host renders them."""
        self._documents = documents
        self._coming: Iterator[str] = (path for path in paths if path in documents)
        self._made: dict[str, tuple[str | None, Mapping[str, Added]]] = {}

    def to_page(self, path: str, view: View, view_of: Callable[[str], View]) -> Mapping[str, Added]:
        """Return what is added to each document of a page, by its id; `view_of` gives the views of pages to come.

        What was made for a page beforehand counts where the page still has the same address on the forge.
        """
        if path not in self._made:
            for coming in islice(self._coming, _AT_ONCE):
                there = view_of(coming)
                self._made[coming] = there.line_url(coming, 1), self._to_page(coming, there)
        at, made = self._made.pop(path, ("", {}))
        return made if made and at == view.line_url(path, 1) else self._to_page(path, view)

    def _to_page(self, path: str, view: View) -> Mapping[str, Added]:
        return {document.id: added_to(document, view) for document in self._documents[path]}
