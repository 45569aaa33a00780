"""HTML around lists, told to hold Markdown: for CommonMark a blank line in it is enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.documents import Block

from .escapes import as_entity
from .regions import ITEM, Region

HTML = ("html", "comment")

WRAPPERS = frozenset(
    "article aside blockquote center dd details div dl dt fieldset figcaption figure footer form header li"
    " main nav ol p section table tbody td tfoot th thead tr ul".split()
)

VOID = frozenset({"br", "hr", "img", "input", "wbr"})

AS_WRITTEN = re.compile(r"\s*<(?:pre|script|style|textarea)\b", re.IGNORECASE)
"""HTML in which nothing is Markdown, whatever stands around it."""

TAG = re.compile(r"<!--(?:.*?-->|(?P<comment>.*))|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>", re.DOTALL)


def opened(blocks: Sequence[Block], regions: Sequence[Region], source: Sequence[str]) -> dict[int, str]:
    """Return the lines of the source that change: those whose HTML elements hold a list.

    A line below an element, without a blank line between, is text on the forge, so its marker goes.
    """
    html = [block for block in blocks if block.kind in HTML]
    told_of = list(_around_lists(html, regions))
    texts = (line for block in html for line in _texts(block, outside_only=not told_of))
    changed = {line: as_entity(source[line]) for line in texts}
    for line, name in told_of:
        text = changed.get(line, source[line])
        told = re.sub(rf"<{name}\b(?! markdown=)", rf'<{name} markdown="block"', text, count=1)
        changed[line] = re.sub(r"^ +<", "<", told)
    return changed


def _texts(block: Block, outside_only: bool) -> Iterator[int]:
    """Yield the lines of a block of HTML that look like items, and that Python-Markdown would take for such."""
    if not ITEM.search(block.text) or AS_WRITTEN.match(block.text):
        return
    lines = block.text.split("\n")
    inside, tags = _Elements(), TAG.finditer(block.text)
    tag, above = next(tags, None), 0
    for number, text in enumerate(lines):
        while tag and tag.start() < above:
            inside.follow(tag, block.line - 1)
            tag = next(tags, None)
        if number and ITEM.match(text) and not (outside_only and inside.names):
            yield block.line - 1 + number
        above += len(text) + 1


def _around_lists(blocks: Sequence[Block], regions: Sequence[Region]) -> Iterator[tuple[int, str]]:
    """Yield line and name of every tag that is open where a list begins, each once."""
    html = [(block.line - 1, block.text) for block in blocks]
    lists = [(region.start, "") for region in regions if region.is_list]
    inside = _Elements(WRAPPERS)
    for start, content in sorted(html + lists if html else []):
        above = 0
        line = start
        for tag in TAG.finditer(content):
            line += content.count("\n", above, tag.start())
            above = tag.start()
            inside.follow(tag, line)
        if not content:
            yield from inside.untold()


@dataclass(slots=True)
class _Elements:
    """The elements that are open while HTML is read from top to bottom."""

    known: frozenset[str] | None = None
    """The names that count; without them all do."""
    names: dict[str, int] = field(default_factory=dict)
    """How many of each name are open."""
    stack: list[tuple[int, str, bool]] = field(default_factory=list)
    """Line, name as written, and whether the tag says itself that it holds Markdown."""
    told: int = 0
    """How many of the stack have been told of."""

    def follow(self, tag: re.Match[str], line: int) -> None:
        """Open or close the element of one tag; an end without a beginning counts for nothing."""
        name = "!" if tag["comment"] is not None else (tag["name"] or "").lower()
        if not name or name in VOID or (self.known is not None and name not in self.known):
            return
        if not tag["end"]:
            self.names[name] = self.names.get(name, 0) + 1
            is_markdown = bool(re.search(r"\bmarkdown\b", tag["rest"] or ""))
            self.stack.append((line, tag["name"] or name, is_markdown))
        elif name in self.names:
            while self._close() != name:
                pass

    def _close(self) -> str:
        name = self.stack.pop()[1].lower()
        self.told = min(self.told, len(self.stack))
        self.names[name] -= 1
        if not self.names[name]:
            del self.names[name]
        return name

    def untold(self) -> Iterator[tuple[int, str]]:
        """Yield the open elements that have not been told of yet."""
        for line, name, is_markdown in self.stack[self.told :]:
            if not is_markdown:
                yield line, name
        self.told = len(self.stack)
