"""A text broken into lines that fit a width; nothing is ever cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handrail.kept import kept
from handrail.layout.widths import letters_width, room_for_letters

TOGETHER = "\u00a0"
"""The space at which no line is broken."""
_SPACES = re.compile(r"[ \t\r\n]+")
_BREAK_AFTER = frozenset("-/_.,:;&=?" + TOGETHER)
_IDEOGRAPHS = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
_JOINING = frozenset("\u200d\ufe0f\u20e3") | {chr(point) for point in range(0x300, 0x370)}


@kept(1024)
def wrapped(text: str, width: int, size: int, bold: bool = False) -> tuple[str, ...]:
    """Return the text's lines, each at most `width` pixels wide, as even as the words allow."""
    words = _words(text)
    widths = list(map(letters_width, words))
    lines = _filled(words, widths, room_for_letters(width, size, bold))
    if len(lines) > 1:
        lines = _evened(words, widths, lines, width, size, bold)
    return tuple(line.replace(TOGETHER, " ").rstrip() for line in lines)


def line_count(text: str, width: int, size: int) -> int:
    """Return how many lines a text has, which need not be even for that."""
    words = _words(text)
    return len(_filled(words, list(map(letters_width, words)), room_for_letters(width, size)))


def _words(text: str) -> list[str]:
    """Return what must not be broken: words, and numbers with a space between their thousands."""
    words: list[str] = []
    for word in _SPACES.split(text):
        if words and word.isdigit() and words[-1][-1:].isdigit():
            words[-1] += TOGETHER + word
        elif word:
            words.append(word)
    return words


def _evened(
    words: list[str], widths: list[int], greedy: tuple[str, ...], width: int, size: int, bold: bool
) -> tuple[str, ...]:
    """Narrow the lines while their number stays: two even lines read better than a full and a short one."""
    low, high, widest = width // 2, width, max(widths)
    while high - low > 6:
        middle = (low + high) // 2
        room = room_for_letters(middle, size, bold)
        even = _count(widths, room) if widest <= room else _unbroken_count(words, widths, room)
        if even == len(greedy):
            high = middle
        else:
            low = middle
    return _filled(words, widths, room_for_letters(high, size, bold)) if high < width else greedy


def _count(widths: list[int], room: int) -> int:
    """Return how many lines words make of which each fits into one."""
    count, space, taken = 1, letters_width(" "), -letters_width(" ")
    for own in widths:
        taken += space + own
        if taken > room:
            count, taken = count + 1, own
    return count


def _unbroken_count(words: list[str], widths: list[int], room: int) -> int:
    """Return how many lines words make; 0 where one is broken."""
    lines = _filled(words, widths, room)
    return len(lines) if sum(len(line.split(" ")) for line in lines) <= len(words) else 0


def _filled(words: list[str], widths: list[int], room: int) -> tuple[str, ...]:
    space = letters_width(" ")
    lines: list[str] = []
    line, taken = "", 0
    for word, own in zip(words, widths, strict=True):
        if line and taken + space + own <= room:
            line, taken = f"{line} {word}", taken + space + own
            continue
        if line:
            lines.append(line)
        if own <= room:
            line, taken = word, own
            continue
        *full, line = _pieces(word, lambda piece: letters_width(piece) <= room)
        taken = letters_width(line)
        lines += full
    return (*lines, line) if line else tuple(lines)


def _pieces(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Break one word that may be longer than a line: at a sign, between ideographs, else anywhere."""
    while not fits(word):
        end = 1
        while end < len(word) and fits(word[: end + 1]):
            end += 1
        while end < len(word) and word[end] in _JOINING:
            end += 1
        if end >= len(word):
            break
        cut = _apart(word, fits) or _cut(word, end)
        yield word[:cut]
        word = word[cut:]
    yield word


def _apart(word: str, fits: Callable[[str], bool]) -> int:
    """Return where a word parts at a space that should hold, if that leaves the rest whole: better than within it."""
    place = word.find(TOGETHER) + 1
    return place if place and fits(word[:place]) and fits(word[place:]) else 0


def _cut(word: str, end: int) -> int:
    """Return the last good place to break at or before `end`."""
    for place in range(end, end // 2, -1):
        if word[place - 1] in _BREAK_AFTER or _is_ideograph(word[place - 1]):
            return place
    return end


def _is_ideograph(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _IDEOGRAPHS)
