"""A Markdown file read as CommonMark, block by block, as the forge shows it."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handrail.documents.blocks import Blocks
from handrail.documents.front import front_matter
from handrail.documents.inline import ATTRIBUTES, inline
from handrail.documents.parts import Block, Page, Section
from handrail.documents.slugs import forge_anchors, site_anchors
from handrail.documents.tokens import column_of, split_cells
from handrail.problems import Problem

_NESTING = 300
"""markdown-it drops what is nested deeper, in silence; a list takes two levels, so this is 149 lists."""
_HEADING_ID = re.compile(r"(?<!\s)\s*+\{:?(?:[^\s{}#][^\s{}]*+|\s++)*+#([^\s{}]++)[^{}]*+\}\s*\Z")
_ANCHOR_ID = re.compile(r"<a\s+(?:id|name)\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
_ANCHORS_ONLY = re.compile(r"(?:<a\s+(?:id|name)\s*=[^>]*>\s*(?:</a>)?\s*)+\Z", re.IGNORECASE)


@functools.cache
def _blocks() -> Blocks:
    """Return the parser of blocks; what stands inside a block is read only where it is needed."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").use(admon_plugin).use(footnote_plugin)
    parser.block = blocks = Blocks(parser, _NESTING - 2)
    return blocks


def blocks_of_text(text: str, env: dict[str, Any]) -> tuple[list[Block], int | None]:
    """Return the blocks of a page's text, as CommonMark, and where they are too deep; link definitions go into `env`.

    The latter is a line, counted from 0, from which on something may be nested too deep to be read.
    """
    return _blocks().blocks(text, env)


def page_of(path: str, text: str) -> Page:
    """Return one Markdown file taken apart; `text` as it stands in the file, front matter included."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, problems = front_matter(path, text)
    lines = tuple(text.split("\n"))
    env: dict[str, Any] = {}
    body = "\n" * front.lines + "\n".join(lines[front.lines :]) if front.lines else text
    found, deep = blocks_of_text(body, env)
    blocks = found
    definitions = list(_outside(blocks, _definitions(env, lines)))
    if definitions:
        blocks = sorted([*found, *definitions], key=lambda block: block.line)
    references = env.get("references", {})
    sections = tuple(_sections(blocks, max(1, len(lines) - (not lines[-1]))))
    problems = (*problems, *_too_deep(path, deep), *_ragged(path, sections, lines))
    return Page(path, text, lines, front, sections, tuple(found), references, problems)


def _too_deep(path: str, line: int | None) -> Iterator[Problem]:
    """Yield a problem where the nesting goes on below what is read."""
    if line is not None:
        message = "This is nested deeper than is read; what stands further inside is lost."
        yield Problem("too-deep", "error", path, line + 1, 1, message, "Make it flatter.")


def _definitions(env: dict[str, Any], lines: Sequence[str]) -> Iterator[Block]:
    """Yield the page's link definitions, each as a block."""
    for said in [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]:
        first, behind = said["map"]
        text = "\n".join(lines[first:behind])
        yield Block("definition", first + 1, behind, behind, column_of(text), text)


def _outside(blocks: Sequence[Block], definitions: Iterator[Block]) -> Iterator[Block]:
    """Yield the definitions that do not stand inside a list or a quotation."""
    starts = [block.line for block in blocks]
    for definition in definitions:
        place = bisect_right(starts, definition.line) - 1
        if place < 0 or blocks[place].end < definition.line:
            yield definition


def _sections(blocks: Sequence[Block], last: int) -> Iterator[Section]:
    """Yield the sections of a page, the one before the first heading first."""
    heads = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    bounds = [-1, *heads, len(blocks)]
    titles = [_title(blocks[head].text) for head in heads]
    own = [_written_ids(blocks, head) for head in heads]
    forge = ["", *forge_anchors(titles)]
    site = ["", *site_anchors(titles, (name for ids in own for name in ids))]
    parents = _parents([0, *(blocks[head].level for head in heads)])
    for index, (head, behind) in enumerate(pairwise(bounds)):
        inside = _without_anchors(blocks[head + 1 : behind], behind < len(blocks))
        line = blocks[head].line if index else 1
        end = max(line, blocks[behind].line - 1 if behind < len(blocks) else last)
        level, title, ids = (blocks[head].level, titles[index - 1], own[index - 1]) if index else (0, "", ())
        yield Section(level, title, line, end, inside, ids, forge[index], site[index], parents[index])


def _title(source: str) -> str:
    return inline(ATTRIBUTES.sub("", source) if "{" in source else source).plain.strip()


def _written_ids(blocks: Sequence[Block], head: int) -> tuple[str, ...]:
    """Return the ids that the author gave to a heading: in it, or on a line of their own above it."""
    block = blocks[head]
    attribute = _HEADING_ID.search(block.text) if "{" in block.text else None
    inside = tuple(match[1] for match in _ANCHOR_ID.finditer(block.text)) if "<" in block.text else ()
    above = inline(blocks[head - 1].text).anchors if head and _is_anchors(blocks[head - 1]) else ()
    return (*inside, *above, *((attribute[1],) if attribute else ()))


def _is_anchors(block: Block) -> bool:
    return block.kind == "paragraph" and _ANCHORS_ONLY.match(block.text) is not None


def _without_anchors(blocks: Sequence[Block], before_heading: bool) -> tuple[Block, ...]:
    """Return the blocks without a last line of anchors that belongs to the heading behind it."""
    return tuple(blocks[:-1] if before_heading and blocks and _is_anchors(blocks[-1]) else blocks)


def _parents(levels: Sequence[int]) -> list[int]:
    """Return for each section the index of the nearest one before it of a higher rank."""
    parents: list[int] = []
    open_: list[int] = []
    for index, level in enumerate(levels):
        while open_ and levels[open_[-1]] >= level:
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(index)
    return parents


def _ragged(path: str, sections: Sequence[Section], lines: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each row of a table that has other cells than its head."""
    for section in sections:
        for block in section.blocks:
            if block.kind != "table":
                continue
            head = len(block.rows[0].cells)
            for row in block.rows[1:]:
                if row.written != head:
                    cells = split_cells(lines[row.line - 1])
                    own = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
                    message = f"This row has {own}, the head of its table has {head}."
                    mend = "Give it as many cells as the head; write a pipe in a cell as `\\|`."
                    column = cells[min(head, len(cells) - 1)][0] if cells else 1
                    yield Problem("ragged-row", "warning", path, row.line, column, message, mend)
