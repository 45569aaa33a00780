"""What the Markdown extension has to know of the page that is being rendered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.markdown.marks import Mark, opens_paragraph
from handrail.model import Document, Step, with_substeps
from handrail.relist import Relisted, relist
from handrail.safety import Seal

Led = tuple[str, str]
"""An address relative to the page, and the title of what it leads to."""


@dataclass(frozen=True, slots=True)
class Fragments:
    """What Handrail adds to a typed page, as functions that give HTML."""

    document_head: Callable[[Document], str]
    steps_foot: Callable[[Document], str]
    """Behind the last step."""
    document_foot: Callable[[Document], str]
    step_head: Callable[[Step, Document], str]
    step_foot: Callable[[Step, Document], str]
    said_above: Callable[[Document], frozenset[str]] = lambda document: frozenset()
    """The lines, as plain text, that the document's head says too."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A step or a labelled line with its mark."""

    mark: Mark
    document: Document
    step: Step
    label: str | None = None
    """The key of the labelled line; None for the step itself."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The page that is being rendered."""

    path: str
    reference: Callable[[str], Led | None]
    """Address and title for an id; None where no such id is known."""
    documents: tuple[Document, ...] = ()
    """What the page holds; empty for an ordinary page."""
    source: str = ""
    """The page's file, as it was read for the model."""
    relisted: Relisted | None = None
    """The same with its lists indented anew, where that is known already."""
    fragments: Fragments | None = None
    shown: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """Word of a fenced block -> HTML for what stands in it; empty where the blocks are not Handrail's."""
    indent: bool = True
    """Whether lists are indented anew."""
    reread: Callable[[str], Sequence[tuple[int, str, bool]]] | None = None
    """Line, text and whether it is a table's row of each step in another text of the page."""
    seal: Seal = field(default_factory=Seal)
    """Keeps Handrail's own blocks and attributes apart where the author's HTML is made safe."""
    taken_out: list[str] = field(default_factory=list)
    """Gathers the elements and attributes that are taken out of the author's HTML."""
    changed: list[str] = field(default_factory=list)
    """Gathers the path where the host hands over another text than the file's."""
    differences: list[tuple[int, str]] = field(default_factory=list)
    """Gathers line and message where the rendered steps are not the model's."""


def marked_steps(page: RenderedPage, text: str, offset: int | None) -> list[Marked]:
    """Return the steps and labelled lines of a page with marks at their lines of the text.

    `text` is what the host hands over, and `offset` how many lines of the file stand before it; None where
    another plugin changed the text, so that the steps are found again by their words.
    """
    return _by_words(page, text) if offset is None else _from_model(page, offset)


def relisted_from(page: RenderedPage, text: str, offset: int | None) -> tuple[list[str], Sequence[int]]:
    """Return the lines of a page's text with its lists indented anew, and the line that each of them comes from.

    What was made of the file's own text is taken as it is.
    """
    known = page.relisted
    if known is None or offset is None or offset + 1 not in known.lines:
        made = relist(text)
        return made.text.split("\n"), made.lines
    first = known.lines.index(offset + 1)
    lines = known.lines[first:]
    return known.text.split("\n")[first:], [line and line - offset for line in lines] if offset else lines


_NOTE = re.compile(r"[ \t>]*(?:!!!|\?\?\?|\[!)")
"""The first line of a note: it is one only while nothing stands before its sign, and shows by itself what it is."""


def _from_model(page: RenderedPage, offset: int) -> list[Marked]:
    found: list[Marked] = []
    lines = page.source.split("\n")
    for document in page.documents:
        for step in document.all_steps():
            in_table = document.form == "table" and step in document.steps
            opens = not in_table and opens_paragraph(lines, step.line)
            found.append(Marked(Mark(len(found), step.line - offset, in_table, opens), document, step))
            if in_table:
                continue
            for label, line in step.labels:
                if line != step.line and not _NOTE.match(lines[line - 1]):
                    in_row = lines[line - 1].lstrip(" >").startswith("|")
                    found.append(Marked(Mark(len(found), line - offset, in_row), document, step, label))
    return found


def _by_words(page: RenderedPage, text: str) -> list[Marked]:
    """Return marks for the steps whose words are found, in order, in a changed text."""
    if page.reread is None:
        return []
    places, lines = list(page.reread(text)), text.split("\n")
    found: list[Marked] = []
    at = 0
    for document in page.documents:
        for step in (inner for top in document.steps for inner in with_substeps(top)):
            match = next((index for index in range(at, len(places)) if places[index][1] == step.text), None)
            if match is not None:
                line, _, in_table = places[match]
                opens = not in_table and opens_paragraph(lines, line)
                found.append(Marked(Mark(len(found), line, in_table, opens), document, step))
                at = match + 1
            else:
                page.differences.append((step.line, f"the step {step.text[:60]!r} is not on the rendered page"))
    return found
