"""The Python-Markdown extension: references on every page, steps and their anchors on typed pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from handrail.markdown.fences import register_fences
from handrail.markdown.marks import line_offset, with_marks, without_marks
from handrail.markdown.narrow import is_narrow, narrowed
from handrail.markdown.page import Fragments, Marked, RenderedPage, marked_steps, relisted_from
from handrail.markdown.paragraphs import ParagraphCutter
from handrail.markdown.references import ReferenceProcessor
from handrail.markdown.steps import MarkFinder, StepWriter
from handrail.safety import taken_out

__all__ = ["Fragments", "HandrailExtension", "RenderedPage", "is_narrow", "narrowed"]

_LAST = -1000
"""Behind all other postprocessors, so that nothing of the author's comes in later."""
_TAB = 4
"""The indentation that the lists of a typed page are written for."""


class HandrailExtension(Extension):
    """What Handrail does while a page is rendered; the plugin says which page that is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.page: RenderedPage | None = None
        self.clean: Callable[[str, str], str] | None = None
        """Makes an author's HTML safe, but for what bears a mark; None where authors are trusted."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register what the page needs: on ordinary pages only the references."""
        if self.clean is not None:
            md.postprocessors.register(Cleaner(md, self.clean, self.page), "handrail-clean", _LAST)
        if self.page is None:
            return
        for name, priority in (("handrail-reference", 31.5), ("handrail-reference-late", _LAST)):
            md.preprocessors.register(ReferenceFinder(md, self.page), name, priority)
        typed = bool(self.page.documents) and self.page.fragments is not None
        if typed:
            _register_missing(md, self.page)
        register_fences(md, {word: _sealed(show, self.page) for word, show in self.page.shown.items()})
        if not typed or self.page.fragments is None:
            return
        md.tab_length = _TAB
        marked: list[Marked] = []
        md.postprocessors.register(MarkRemover(md), "handrail-marks", 0)
        md.preprocessors.register(StepMarker(md, self.page, marked), "handrail-steps", 31)
        md.treeprocessors.register(MarkFinder(md), "handrail-marks", 5.5)
        writer = StepWriter(md, self.page, marked, self.page.fragments)
        md.treeprocessors.register(writer, "handrail-steps", 5)
        md.treeprocessors.register(ParagraphCutter(md, writer.alone), "handrail-paragraphs", 4.5)


class Cleaner(Postprocessor):
    """Makes a page's HTML safe, and puts Handrail's own blocks into it."""

    def __init__(self, md: Markdown, clean: Callable[[str, str], str], page: RenderedPage | None) -> None:
        super().__init__(md)
        self._clean = clean
        self._page = page

    def run(self, text: str) -> str:
        """Return the page as it may be published."""
        if self._page is None:
            return self._clean(text, "")
        seal = self._page.seal
        self._page.taken_out.extend(taken_out(text, seal.mark))
        return seal.opened(self._clean(text, seal.mark))


def _sealed(show: Callable[[str], str], page: RenderedPage) -> Callable[[str], str]:
    """Return a function that keeps what another one shows apart, where anything is kept apart."""

    def sealed(text: str) -> str:
        html = narrowed(show(text)) if is_narrow(page.source) else show(text)
        return page.seal.held(html, block=True) if page.seal.mark else html

    return sealed


class ReferenceFinder(Preprocessor):
    """Has references resolved on a page that may have one; others are spared a look at each of their words.

    It looks twice: before HTML is taken out of the text, and when all is in it that others put in.
    """

    def __init__(self, md: Markdown, page: RenderedPage) -> None:
        super().__init__(md)
        self._page = page

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as they are."""
        if _may_refer("\n".join(lines)) and "handrail-reference" not in self.md.inlinePatterns:
            self.md.inlinePatterns.register(ReferenceProcessor(self.md, self._page), "handrail-reference", 155)
        return lines


def _may_refer(text: str) -> bool:
    """Whether a text holds `[[` or `][`: a page has few brackets, and one sign is found much faster than two."""
    at = text.find("[")
    while at >= 0:
        if text[at - 1 : at] == "]" or text[at + 1 : at + 2] == "[":
            return True
        at = text.find("[", at + 1)
    return False


class StepMarker(Preprocessor):
    """Indents the lists of a page anew, and marks where its steps begin."""

    def __init__(self, md: Markdown, page: RenderedPage, marked: list[Marked]) -> None:
        super().__init__(md)
        self._page = page
        self._marked = marked

    def run(self, lines: list[str]) -> list[str]:
        """Return the page's lines, ready for Python-Markdown."""
        text = "\n".join(lines)
        offset = line_offset(self._page.source, text)
        if offset is None:
            self._page.changed.append(self._page.path)
        self._marked[:] = marked_steps(self._page, text, offset)
        marks = [marked.mark for marked in self._marked]
        clean = without_marks(text)
        if not self._page.indent:
            return with_marks(clean.split("\n"), range(1, len(lines) + 1), marks)
        return with_marks(*relisted_from(self._page, clean, offset if clean == text else None), marks)


class MarkRemover(Postprocessor):
    """Takes out the marks that were left in raw HTML, where no element of the tree holds them."""

    def run(self, text: str) -> str:
        """Return the page without any mark."""
        return without_marks(text)


def _register_missing(md: Markdown, page: RenderedPage) -> None:
    """Register the extensions that steps need, where the handbook does not use them itself.

    Code stays without colours then, as on the handbook's other pages; whatever stands behind the opening of a fence,
    it is code, as on the forge.
    """
    names = "fenced_code_block" in md.preprocessors
    fences = md.preprocessors["fenced_code_block"] if names else None
    missing = []
    if "SuperFences" not in type(fences).__name__:
        missing += [
            *([] if "indent-highlight" in md.treeprocessors else ["pymdownx.highlight"]),
            "pymdownx.superfences",
        ]
    if "Sane" not in type(md.parser.blockprocessors["olist"]).__name__:
        missing.append("sane_lists")
    if "attr_list" not in md.treeprocessors:
        missing.append("attr_list")
    if "task-list" not in md.treeprocessors:
        missing.append("pymdownx.tasklist")
    if "markdown_block" not in md.parser.blockprocessors and _may_hold_markdown_in_html(page):
        missing.append("md_in_html")
    settings = {"pymdownx.highlight": {"use_pygments": False}, "pymdownx.superfences": {"relaxed_headers": True}}
    md.registerExtensions(missing, settings)


def _may_hold_markdown_in_html(page: RenderedPage) -> bool:
    return page.relisted is None or "markdown" in page.relisted.text or "markdown" in page.source


def makeExtension(**kwargs: Any) -> HandrailExtension:
    """Return the extension, for hosts that load it by name."""
    return HandrailExtension(**kwargs)
