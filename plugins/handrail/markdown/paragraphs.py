"""Paragraphs cut around the blocks that stand in them: code whose fence opens right under a line of text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown.treeprocessors import Treeprocessor

KEPT = re.compile("\x02wzxhzdk:(\\d+)\x03")
"""What stands in the tree in the place of HTML that Python-Markdown keeps apart: its number there."""
_BLOCK = re.compile(r"\s*<(?:pre|div|table|details)\b")


class ParagraphCutter(Treeprocessor):
    """Puts each block of HTML that is kept apart into a paragraph of its own, so that the host sets it free."""

    def run(self, root: etree.Element) -> None:
        """Cut every paragraph of the tree that holds text beside a block."""
        paragraphs = [(child, parent) for parent in root.iter() for child in parent if child.tag == "p"]
        for child, parent in paragraphs:
            if len(child) or "\x02" in (child.text or ""):
                self._cut(child, parent)

    def _cut(self, paragraph: etree.Element, parent: etree.Element) -> None:
        texts = [text for text in (paragraph.text, *[child.tail for child in paragraph]) if text and "\x02" in text]
        if not any(self._is_block(match[1]) for text in texts for match in KEPT.finditer(text)):
            return
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
            if not self._is_block(match[1]):
                continue
            _add(text[at : match.start()].rstrip(), parts[-1])
            block = etree.Element("p")
            block.text = match[0]
            parts += [block, etree.Element("p")]
            at = match.end()
        _add(text[at:].lstrip("\n") if at else text, parts[-1])

    def _is_block(self, number: str) -> bool:
        html = self.md.htmlStash.rawHtmlBlocks[int(number)]
        return isinstance(html, str) and _BLOCK.match(html) is not None


def _add(text: str, part: etree.Element) -> None:
    if len(part):
        part[-1].tail = (part[-1].tail or "") + text
    else:
        part.text = (part.text or "") + text
