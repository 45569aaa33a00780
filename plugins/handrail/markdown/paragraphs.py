"""Paragraphs cut around the blocks that stand in them: code whose fence opens right under a line of text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Container

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

KEPT = re.compile("\x02wzxhzdk:(\\d+)\x03")
"""What stands in the tree in the place of HTML that Python-Markdown keeps apart: its number there."""
_BLOCK = re.compile(r"\s*<(?:pre|div|table|details)\b")


class ParagraphCutter(Treeprocessor):
    """Puts each block of HTML that is kept apart into a paragraph of its own, so that the host sets it free."""

    def __init__(self, md: Markdown, alone: Container[int]) -> None:
        """Be told which of what is kept apart stands in a paragraph of its own as it is, by its number."""
        super().__init__(md)
        self._alone = alone

    def run(self, root: etree.Element) -> None:
        """Cut every paragraph of the tree that holds text beside a block."""
        kept = enumerate(self.md.htmlStash.rawHtmlBlocks)
        self._blocks = {str(number) for number, html in kept if number not in self._alone and _is_block(html)}
        if not self._blocks:
            return
        cut = [paragraph for paragraph in root.iter("p") if self._has_to_be_cut(paragraph)]
        parents = {child: parent for parent in root.iter() for child in parent} if cut else {}
        for paragraph in cut:
            self._cut(paragraph, parents[paragraph])

    def _has_to_be_cut(self, paragraph: etree.Element) -> bool:
        """Whether a paragraph holds a block that does not stand alone in it."""
        text = paragraph.text or ""
        if not len(paragraph):
            return "\x02" in text and not KEPT.fullmatch(text) and self._holds_block(text)
        return self._holds_block(text) or any(self._holds_block(child.tail or "") for child in paragraph)

    def _holds_block(self, text: str) -> bool:
        return "\x02" in text and any(match[1] in self._blocks for match in KEPT.finditer(text))

    def _cut(self, paragraph: etree.Element, parent: etree.Element) -> None:
        parts = [part for part in self._parts(paragraph) if len(part) or (part.text or "").strip()]
        if len(parts) < 2:
            return
        place = list(parent).index(paragraph)
        parts[0].attrib.update(paragraph.attrib)
        for part in parts:
            part.tail = "\n"
        parts[-1].tail = paragraph.tail
        parent.remove(paragraph)
        for offset, part in enumerate(parts):
            parent.insert(place + offset, part)

    def _parts(self, paragraph: etree.Element) -> list[etree.Element]:
        """Return the paragraph's words and blocks in their order, each in a paragraph of its own."""
        parts = [etree.Element("p")]
        self._put(paragraph.text or "", parts)
        for child in paragraph:
            tail, child.tail = child.tail or "", None
            parts[-1].append(child)
            self._put(tail, parts)
        return parts

    def _put(self, text: str, parts: list[etree.Element]) -> None:
        """Add text behind what the last part holds; a block in it stands alone, and what follows opens a new part."""
        at = 0
        for match in KEPT.finditer(text):
            if match[1] not in self._blocks:
                continue
            _add(text[at : match.start()].rstrip(), parts[-1])
            block = etree.Element("p")
            block.text = match[0]
            parts += [block, etree.Element("p")]
            at = match.end()
        _add(text[at:].lstrip("\n") if at else text, parts[-1])


def _is_block(html: object) -> bool:
    return isinstance(html, str) and _BLOCK.match(html) is not None


def _add(text: str, part: etree.Element) -> None:
    if len(part):
        part[-1].tail = (part[-1].tail or "") + text
    else:
        part.text = (part.text or "") + text
