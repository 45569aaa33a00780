"""Sentences: their conditions, brackets, questions, jumps, times and placeholders."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator

from handrail.dataclass import dataclass
from handrail.model import Unit, Wait, Within
from handrail.problems import Problem
from handrail.reader.grammar import Grammar, key

_SENTENCE = re.compile(r"[.!?…](?<!\be\.g.)(?<!\bi\.e.)(?<!\betc.)(?<!\bNo.)(?<!\b\w.)[)\"'”’]*(?=\s|\Z)|\n")
_UNWRITTEN = re.compile(
    r"<\s*(?!/|https?:|mailto:|[\w.+-]+@)[^<>]*>|\[[^\[\]]{2,}\](?!\()|\{\{[^{}]+\}\}|\{[^{}]+\}",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s*(?:_{3,}|\.{4,}|…{2,})\s*")
_BRACKET_HEAD = re.compile(r"\A\s*(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\])[:.]?\s*")
_BRACKET_TAIL = re.compile(r"(?<!\s)\s*+(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\])\s*[.:]?\s*\Z")
_DIGIT = re.compile(r"\d")
_COMMA = re.compile(r",(?=\s)|\s[–—]\s")
_AT_MOST = re.compile(
    r"(?<!\s)[,;(]?\s*\b(?:at most|no longer than|up to|max(?:imum)?\.?|höchstens|maximal)\b:?\s*([^,;().]+)\)?",
    re.IGNORECASE,
)
_THEN = re.compile(r"[,;.]\s*(?:then|after that|danach|dann)\b:?\s*(.+)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump in words: to a step by its number, or to the end."""

    start: int
    number: str
    """Empty for the end of the flow."""


@functools.lru_cache(maxsize=8)
def first_sentence_end(text: str) -> int:
    """Return where the first sentence of a plain text ends."""
    match = _SENTENCE.search(text)
    return match.end() if match else len(text)


def sentence_around(text: str, place: int) -> tuple[int, int]:
    """Return where the sentence that holds a place of a plain text begins and ends."""
    bounds = _sentence_ends(text)
    index = bisect_right(bounds, place)
    return bounds[index - 1] if index else 0, bounds[index] if index < len(bounds) else len(text)


@functools.lru_cache(maxsize=8)
def _sentence_ends(text: str) -> tuple[int, ...]:
    return tuple(match.end() for match in _SENTENCE.finditer(text))


def asks(text: str) -> bool:
    """Whether the first sentence, or the last one, is a question."""
    end = first_sentence_end(text)
    return text[:end].rstrip(" )\"'”’").endswith("?") or text.rstrip(" )\"'”’").endswith("?")


@functools.lru_cache(maxsize=8)
def condition_of(text: str, grammar: Grammar) -> str | None:
    """Return the condition that opens a sentence, up to its comma, or None."""
    match = grammar.condition.match(text)
    if match is None:
        return None
    sentence = text[: first_sentence_end(text)]
    comma = _COMMA.search(sentence, match.end())
    return sentence[: comma.start()].strip() if comma else None


def split_otherwise(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Return both halves of `If ..., ... Otherwise, ...`, or None where the text has no such form."""
    if condition_of(text, grammar) is None:
        return None
    match = grammar.otherwise.search(text, 1)
    return (text[: match.start("word")].strip(" ,;."), text[match.start("word") :]) if match else None


def brackets(text: str, grammar: Grammar) -> tuple[str, str | None, bool]:
    """Return a step's text without the bracket at its head or end, the bracket's condition, and `optional`.

    `Optional:` at the head is taken as a bracket is; `Optionally, ...` stays in the sentence.
    """
    for pattern in (_BRACKET_HEAD, _BRACKET_TAIL):
        match = pattern.search(text)
        if match is None:
            continue
        inside = (match["round"] or match["square"]).strip()
        is_condition, is_optional = bracket_says(inside, grammar)
        rest = (text[: match.start()] + text[match.end() :]).strip()
        if rest and (is_condition or is_optional):
            return rest, None if key(inside) in grammar.words.optional else inside, is_optional
    head = grammar.optional_head.match(text)
    if head is None or (not head["colon"] and key(head.group()) == grammar.words.optional[0]):
        return text, None, False
    return text[head.end() :] if head["colon"] else text, None, True


def bracket_says(inside: str, grammar: Grammar) -> tuple[bool, bool]:
    """Return whether the words in a bracket are a condition, and whether they make a step optional."""
    condition = grammar.bracket.match(inside) is not None or grammar.bracket_end.search(inside) is not None
    return condition, grammar.optional.match(inside) is not None


def is_placeholder(text: str, grammar: Grammar) -> bool:
    """Whether a value only marks the place for one: `<enter role>`, `[Role]`, `{role}`, `TODO`, `____`."""
    if _BLANK.fullmatch(text):
        return True
    bare = text.replace("\\", "").strip(" *_`.:")
    if not bare:
        return False
    return _UNWRITTEN.fullmatch(bare) is not None or grammar.unwritten.match(bare.casefold()) is not None


def placeholder(name: str, text: str, path: str, line: int, column: int) -> Problem:
    """Return the note that a value still has to be written."""
    return Problem(
        "placeholder",
        "info",
        path,
        line,
        column,
        f"`{name}` still holds the placeholder {text!r}.",
        "Write the value; until then it counts as absent.",
    )


def within_of(text: str, grammar: Grammar) -> Within:
    """Return a deadline: the amount with its unit, how days count, and the event from which they do."""
    match = grammar.time.search(text)
    if match is None:
        return Within("", None, None, text)
    event = grammar.from_event.match(text, match.end())
    from_ = text[event.end() :].strip(" .;") if event else None
    return Within(
        f"{match['amount']} {match['unit']}",
        _unit((match["kind"] or "").casefold(), grammar),
        from_ or None,
        text,
    )


def _unit(kind: str, grammar: Grammar) -> Unit | None:
    units: tuple[Unit, ...] = ("elapsed", "working", "calendar")
    return next((unit for unit in units if any(word in kind for word in grammar.words.day_kinds[unit])), None)


def wait_of(text: str) -> Wait:
    """Return a wait: for what, at most how long, and what happens then."""
    then = _THEN.search(text)
    before = text[: then.start()] if then else text
    most = _AT_MOST.search(before)
    for_ = (before[: most.start()] + before[most.end() :] if most else before).strip(" ,;.")
    return Wait(
        re.sub(r"\A(?:for|auf)\s+", "", for_),
        most[1].strip() if most else None,
        then[1].strip(" .") if then else None,
    )


def jumps_in(text: str, grammar: Grammar) -> Iterator[Jump]:
    """Yield the jumps in words: to a step by its number, or to the end."""
    if _DIGIT.search(text):
        for match in grammar.to_number.finditer(text):
            yield Jump(match.start(), match["number"])
    if not text.isascii() or grammar.end in text.lower():
        for match in grammar.to_end.finditer(text):
            yield Jump(match.start(), "")


def jumps_before(text: str, start: int, grammar: Grammar) -> bool:
    """Whether the words before this place send the reader to what stands there."""
    return grammar.before_link.search(text[max(0, start - 80) : start]) is not None


def mentions_before(text: str, start: int, grammar: Grammar) -> bool:
    """Whether the words before this place only point at what stands there, or it stands in a bracket."""
    before = text[:start]
    if before.count("(") > before.count(")"):
        return True
    return grammar.pointing.search(before[-40:]) is not None
