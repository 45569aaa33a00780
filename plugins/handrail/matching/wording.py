"""The words of a step: its sentence, what stands below it, and which of them another change explains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from handrail.matching.steps import own_body
from handrail.matching.words import folded, words_of
from handrail.model import Step

_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")
"""The second line of a table, below its titles."""


def sentence_of(step: Step) -> tuple[str, ...]:
    """Return the words of a step's sentence."""
    return words_of(step.text)


def details_of(step: Step, heads: bool = True) -> tuple[str, ...]:
    """Return the words of a step beside its sentence, its labelled lines and its sub-steps.

    `heads` says whether the titles of a table count whose rows are labelled lines.
    """
    lines = _without_labelled(step, heads)
    words = words_of("\n".join(lines))
    if _stands_below(step):
        return words
    # The full stop of a sentence may stand behind where its last word leads: `see [the list](list.md).`
    sentence = Counter(_bare(word) for word in sentence_of(step))
    details = []
    for word in words:
        if sentence[_bare(word)]:
            sentence[_bare(word)] -= 1
        else:
            details.append(word)
    return tuple(details)


def _bare(word: str) -> str:
    return word.rstrip(".,;:!?") or word


def all_words(step: Step) -> tuple[str, ...]:
    """Return every word of a step, without those of its sub-steps."""
    body = words_of(own_body(step))
    return (*sentence_of(step), *body) if _stands_below(step) or not step.body else body


def same_shape(before: Step, after: Step) -> bool:
    """Whether both steps are items, or both are headings."""
    return _stands_below(before) == _stands_below(after) and bool(before.body) == bool(after.body)


def _stands_below(step: Step) -> bool:
    """Whether the body of a step begins below its sentence, as under a heading."""
    return bool(step.body) and step.end - step.line + 1 != step.body.count("\n") + 1


def _without_labelled(step: Step, heads: bool) -> list[str]:
    """Return the lines of a step's body that are in no sub-step and no labelled line."""
    lines = step.body.split("\n")
    first = step.end - len(lines) + 1 if _stands_below(step) else step.line
    labelled = {line for _, line in step.labels if line != step.line}
    inner = {line for sub in step.steps if sub.line > step.line for line in range(sub.line, sub.end + 1)}
    kept: list[str] = []
    depth: int | None = None
    for number, line in enumerate(lines, first):
        indent = len(line) - len(line.lstrip())
        if number in labelled:
            depth = indent
            if not heads and len(kept) > 1 and _RULE.fullmatch(kept[-1]):
                del kept[-2:]
            continue
        if depth is not None and (not line.strip() or indent > depth):
            continue
        depth = None
        if number not in inner:
            kept.append(line)
    return kept


def line_words(step: Step, numbers: Iterable[int]) -> tuple[str, ...]:
    """Return the words of some lines of a step, named by their numbers on the page."""
    lines = step.body.split("\n")
    first = step.end - len(lines) + 1 if _stands_below(step) else step.line
    wanted = [number for number in numbers if step.line < number < first + len(lines) and number >= first]
    return words_of("\n".join(lines[number - first] for number in wanted))


def explained(before: Sequence[str], after: Sequence[str], by: Iterable[str]) -> bool:
    """Whether two texts differ in nothing but words that another change names."""
    if before == after:
        return True
    lost, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return bool(lost or come) and named_words([*lost, *come]) <= named_words(by)


def named_words(words: Iterable[str]) -> frozenset[str]:
    """Return the words folded; signs that hold neither letter nor digit as they are."""
    return frozenset((folded([word]) or (word,))[0] for word in words)
