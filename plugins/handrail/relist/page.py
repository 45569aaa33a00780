"""A page put together: its lists written again, everything else as it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handrail.dataclass import dataclass
from handrail.documents import Block
from handrail.kept import kept

from .blocks import SEPARATOR, Line, Writer
from .regions import Around, Region
from .spacing import spread_lists
from .wrappers import opened

NOTE = re.compile(r" {1,3}(?:!!!|\?\?\?|===)")
"""A note or a tab that is indented, which Python-Markdown does not see."""

QUOTED = re.compile(r" {4,}>")
"""A line of a quote whose mark stands so far in that Python-Markdown does not see it."""


@dataclass(frozen=True, slots=True)
class Relisted:
    """A page's text with its lists written for Python-Markdown."""

    text: str
    lines: tuple[int, ...]
    """For each line of the text its line in the source, counted from 1; 0 for a line that was added."""


def relisted(source: Sequence[str], blocks: Sequence[Block], regions: Sequence[Region]) -> Relisted:
    """Return the page with each region written again; the source's lines keep their ends."""
    written: list[Line] = []
    at, lines = 0, _kept(source, blocks, regions)
    begins = {region.start for region in regions}
    for region in regions:
        end = _last_line(source, region)
        written.extend(_copied(lines, region, at))
        written.extend((f"{line}\n", number) for line, number in _region(source, region))
        if end not in begins:
            written.extend((f"{line}\n", number) for line, number in _below(source, region, end))
        at = max(end, _left_open(source, region, end))
    written.extend(zip(lines[at:], range(at, len(lines)), strict=True))
    return Relisted("".join(line for line, _ in written), tuple(number + 1 for _, number in written))


def _copied(lines: Sequence[str], region: Region, at: int) -> Iterator[Line]:
    """Yield the lines before a region as they stand, a quote that holds it set apart from what is above."""
    if len(region.around) == 1:
        yield from zip(lines[at : region.start], range(at, region.start), strict=True)
        return
    for number in range(at, region.start):
        if at < number == region.around[1].start and lines[number - 1].strip() and ">" in region.prefix:
            yield "\n", -1
        yield lines[number], number


def _kept(source: Sequence[str], blocks: Sequence[Block], regions: Sequence[Region]) -> list[str]:
    """Return the source with what has to change around lists: HTML, and heads of notes and quotes far in."""
    lines = [*source]
    if lines and not lines[0].strip():
        lines[0] = lines[0].lstrip(" \t")
    for line, text in opened(blocks, regions, source).items():
        lines[line] = text
    for around in (around for region in regions for around in region.around[1:]):
        if NOTE.match(lines[around.start]):
            lines[around.start] = lines[around.start].lstrip(" ")
        if around.prefix.startswith(">"):
            far_in = [number for number in range(around.start, around.end) if QUOTED.match(lines[number])]
            for number in far_in:
                lines[number] = lines[number].lstrip(" ")
    return lines


def _last_line(source: Sequence[str], region: Region) -> int:
    """Return the line after the region's last that says anything."""
    end, blank = min(region.end, len(source)), _blank(region.prefix)
    while region.is_list and end > region.start + 1 and blank.fullmatch(source[end - 1]):
        end -= 1
    return end


@kept(64)
def _blank(prefix: str) -> re.Pattern[str]:
    """Return what a blank line looks like inside the quotes that a prefix holds."""
    indent = 3 if prefix.startswith(">") else 7
    return re.compile(rf"(?: {{0,{indent}}}>){{0,{prefix.count('>')}}}\s*")


def _region(source: Sequence[str], region: Region) -> Iterator[Line]:
    writer = Writer(source, spread_lists(region.block))
    writer.write(region)
    yield from _above(source, region)
    yield from writer.lines
    for line, number in writer.definitions:
        yield _empty(region.prefix)
        yield region.prefix + line, number


def _above(source: Sequence[str], region: Region) -> Iterator[Line]:
    if not region.start:
        return
    outer = _outer(region)
    if (region.before or outer is not region.around[-1]) and not _follows_blank(source, region, outer):
        yield _empty(outer.prefix)
    begun = [place for place, around in enumerate(region.around) if place and around.start == region.start]
    alike = [place for place in begun if region.around[place].follows_alike]
    if not region.before and alike:
        yield from _separator(region.around[alike[0] - 1].prefix)
    if region.before == region.block.kind and region.is_list:
        yield from _separator(region.prefix)


def _outer(region: Region) -> Around:
    """Return the innermost container that begins above a region, not with it."""
    return next((around for around in reversed(region.around) if around.start < region.start), region.around[0])


def _follows_blank(source: Sequence[str], region: Region, outer: Around) -> bool:
    return bool(_blank(outer.prefix).fullmatch(source[region.start - 1]))


def _below(source: Sequence[str], region: Region, end: int) -> Iterator[Line]:
    if end == len(source):
        return
    if _left_open(source, region, end):
        yield _empty("")
    elif region.is_list and region.code_follows:
        yield _empty(region.prefix)
        yield region.prefix + SEPARATOR, -1
    elif not _blank(region.prefix).fullmatch(source[end]):
        yield _empty([around.prefix for around in region.around if around.end > end][-1])


def _left_open(source: Sequence[str], region: Region, end: int) -> int:
    """Return the line after the quote's blank lines that follow a region, if nothing ends the quote; else 0.

    Python-Markdown ends a quote at a blank line without a mark only.
    """
    blank, last = _blank(region.prefix), end
    while last < len(source) and blank.fullmatch(source[last]) and source[last].strip():
        last += 1
    quotes = [around for around in region.around if around.end > last or not around.prefix]
    is_left = last > end and last < len(source) and source[last].strip() and ">" not in quotes[-1].prefix
    return last if is_left else 0


def _empty(prefix: str) -> Line:
    return prefix.rstrip(), -1


def _separator(prefix: str) -> Iterator[Line]:
    yield prefix + SEPARATOR, -1
    yield _empty(prefix)
