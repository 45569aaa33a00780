"""The words of a Markdown text, without what only says how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_COLOURED = re.compile(
    r"\s*\{?\s*\.?(?:bash|bat|batch|c|cmd|console|cpp|css|csv|diff|docker|dockerfile|go|graphql|groovy|hcl|html|http|ini|java|"
    r"javascript|js|json|kotlin|log|lua|make|makefile|markdown|md|nginx|output|perl|php|plain|plaintext|powershell|"
    r"promql|ps1|py|python|r|rb|rs|ruby|rust|scala|sh|shell|shell-session|sql|swift|terminal|terraform|text|toml|ts|"
    r"txt|typescript|xml|yaml|yml|zsh)\s*\}?\s*\Z",
    re.IGNORECASE,
)
"""What stands behind the opening of a fence and only says how code is coloured."""
_OPENING = re.compile(
    r"\s*(?:>\s?)*\s*(?:(?:[-*+]|\d{1,9}\\?[.)])(?:\s+|\Z)(?:\[[ xX]\]\s+)?)*(?:#{1,6}\s+(?:\d+(?:\.\d+)*\\?[.)]\s+)?)?"
)
"""Markers of quotations, items, boxes and headings."""
_RULES = re.compile(r"\s*(?:(?:[-*_]\s*){3,}|=+|\|?[\s:|-]*-[\s:|-]*)\Z")
"""Lines that only draw: rules, underlines, and the second line of a table."""
_ANCHOR = re.compile(r"<a\s+(?:id|name)\s*=[^>]*>\s*(?:</a>)?|</a>|\s*\{:?\s*#[^{}]*\}\s*\Z", re.IGNORECASE)
_EDGES = re.compile(r"^\W+|\W+$")
_JOINT = re.compile(r"[/=_.:]+")
"""What joins the parts of a path or a setting."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r"\]\(\s*(?:#[^)\s]*|<?([^)\s>]+)>?)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_DEFINITION = re.compile(r"\s*\[([^\[\]^]+)\]:\s+(\S.*)\Z")
"""What says where a reference leads: its address is kept letter by letter."""
_REFERENCE = re.compile(r"\]\[([^\[\]]*)\]")
_MARKS = re.compile(
    r"[*_`~\[\]|\\](?:"
    r"(?<=[*_])(?<![\w*][*_])[*_]{0,2}(?=\S)|(?<=\S[*_])[*_]{0,2}(?![\w*])|(?<=`)`*|(?<=~)~|(?<=[\[\]|])(?<!\\.)|"
    r"(?<=\\)(?=[\\`*_{}\[\]()#+.!|<>-]))"
)
"""Each begins with one of a few signs, and what stands before the sign is looked at only then: to try everything at
every letter takes eight times as long."""


_SIGNS = re.compile(r"[\[\]*_`~|\\<{]")
"""One of these stands in every markup: a line without one is as it is."""
_DRAWN = frozenset("-*_=|:")
"""With one of these begins a line that only draws."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a Markdown text as they are written, link targets and code among them.

    Line breaks, indentation, the numbers and signs of lists, emphasis and link targets on the same page are left out:
    they say how a text is written, not what it says.
    """
    if "\n" not in text and text[:1].isalpha() and _SIGNS.search(text) is None:
        return tuple(text.split())
    return tuple("\n".join(_lines(text)).split())


def words_by_line(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the number of each line, from 1 on, with the words that `words_of` finds on it."""
    return [(number, tuple(line.split())) for number, line in enumerate(_lines(text), 1) if line.strip()]


def _lines(text: str) -> Iterable[str]:
    """Return the lines of a text without markers and markup; code as it stands."""
    lines = text.split("\n")
    return _fenced_lines(lines) if "```" in text or "~~~" in text else map(_plain_line, lines)


def _fenced_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text in which code may stand between fences."""
    fence = ""
    for line in lines:
        opening = _FENCE.match(line)
        if fence:
            closes = opening is not None and opening[1].startswith(fence) and not line.strip(" \t`~")
            fence = "" if closes else fence
            yield "" if closes else line
        elif opening is not None:
            fence = opening[1]
            yield _COLOURED.sub("", line[opening.end() :])
        else:
            yield _plain_line(line)


def _plain_line(line: str) -> str:
    """Return a line that is no code without markers and markup."""
    words = line.lstrip()
    first = words[:1]
    if first.isalpha():
        return _unmarked(words)
    return "" if first in _DRAWN and _RULES.match(line) else _unmarked(line[_end_of_markers(line) :])


def _end_of_markers(line: str) -> int:
    match = _OPENING.match(line)
    return match.end() if match else 0


def _unmarked(line: str) -> str:
    """Return a line without anchors, emphasis and brackets; of a link its text and where it leads."""
    if _SIGNS.search(line) is None:
        return line
    definition = _DEFINITION.match(line)
    if definition is not None:
        return f"{definition[1]}: {definition[2]}"
    if "<" in line or "{" in line:
        line = _BREAK.sub(" ", _ANCHOR.sub("", line))
    if "]" not in line:
        return _MARKS.sub(lambda match: " " if match[0] == "|" else "", line)
    line = _REFERENCE.sub(lambda match: f"] ({match[1]})" if match[1] else "]", line)
    line = _LINK.sub(lambda match: f"] ({match[1]})" if match[1] else "]", line)
    return _MARKS.sub(lambda match: " " if match[0] == "|" else "", line)


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words in small letters, without punctuation around them and without what is only that."""
    small = [word if word.isalnum() else _EDGES.sub("", word) for word in map(str.casefold, words)]
    return tuple(filter(None, small))


def with_parts(words: Sequence[str]) -> tuple[str, ...]:
    """Return folded words, and behind them the parts of those that are paths or settings: `src/channel`, `level=2`."""
    parts = [part for word in words if _JOINT.search(word) for part in _JOINT.split(word) if part.isalnum()]
    return (*words, *parts)


def same_letters(before: Iterable[str], after: Iterable[str]) -> bool:
    """Whether two texts are the same but for case, punctuation and where words are joined."""
    return _letters(before) == _letters(after)


def _letters(words: Iterable[str]) -> str:
    return re.sub(r"[^\w%°€$£+<>=≤≥±]|_", "", "".join(words).casefold())
