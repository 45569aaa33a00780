"""What words alone can prove: that a change is editorial, that it touches a control, that it tells something new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handrail.diff.data import FieldChange, Side
from handrail.matching import folded
from handrail.model import Document

_EDGES = re.compile(r"^[\"'“”‘’„«»]+|[.,;:\"'“”‘’„«»]+$")
_SENTENCE_END = re.compile(r"[.!?;:][\"'”’)]*$")
_EXACT = re.compile(r"[^\w'’-]|\d|_|[^\W\d_][A-Z]")
"""What is code, a link, a number or a name of its own spelling, and is compared letter by letter."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The words by which changed texts are judged."""

    controlling: tuple[str, ...]
    telling: frozenset[str]
    """Modal verbs, negations, units of time, words that count, and the words of roles' and records' names."""
    numbers: Mapping[str, str]
    """Word that is a number -> its digits."""

    def is_editorial(self, field: FieldChange) -> bool:
        """Whether both texts differ in punctuation, the case of first letters and joined words alone."""
        if field.before is None or field.after is None:
            return False
        return self._bare(field.before) == self._bare(field.after)

    def touches_control(self, fields: Iterable[FieldChange]) -> bool:
        """Whether a sentence that changed has a word of approving or checking."""
        for field in fields:
            ours, theirs = _sentences(field.before), _sentences(field.after)
            changed = [one for one in ours if one not in theirs] + [one for one in theirs if one not in ours]
            if any(word.startswith(self.controlling) for sentence in changed for word in folded(sentence)):
                return True
        return False

    def is_telling(self, field: FieldChange) -> bool:
        """Whether numbers, names, links, code, modal verbs or negations differ, or most of the words do."""
        ours, theirs = (field.before or "").split(), (field.after or "").split()
        if not ours or not theirs:
            return True
        lost, come = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
        differing = [*lost, *come]
        few = max(lost.total(), come.total()) * 2 <= min(len(ours), len(theirs))
        return not few or not differing or any(self._tells(word) for word in differing)

    def _bare(self, text: str) -> str:
        """Return a text without what is only punctuation; code and links as they are, numbers as digits."""
        words = (_EDGES.sub("", word) for word in text.split())
        return "".join(
            f" {bare} " if _EXACT.search(bare) else _small(bare)
            for word in words
            if (bare := self.numbers.get(word.casefold(), word))
        )

    def _tells(self, word: str) -> bool:
        bare = _EDGES.sub("", word)
        return bool(_EXACT.search(bare)) or not self.telling.isdisjoint(folded([word]))


def proof_of(before: Side, after: Side) -> Proof:
    """Return the words by which the changes between two handbooks are judged: those of the side before."""
    words = before.options.recognised()
    names = [
        _names(document) for side in (before, after) for document in (*side.handbook.roles, *side.handbook.records)
    ]
    units = [spelling for spellings in words.time_units.values() for spelling in spellings]
    numbers = {word: digits for digits, found in words.number_words.items() for word in found}
    counting = (*numbers, *words.counting)
    telling = [*words.modals, *words.negations, *units, *counting, *(name for found in names for name in found)]
    return Proof(words.controlling, frozenset(word for text in telling for word in folded(text.split())), numbers)


def _names(document: Document) -> tuple[str, ...]:
    return (document.title, *document.aliases)


def _small(word: str) -> str:
    """Return a word with a small first letter and without hyphens; `x` and `X` alone may be names."""
    return word[:1].casefold() + word[1:].replace("-", "") if len(word) > 1 else word


def _sentences(text: str | None) -> list[tuple[str, ...]]:
    sentences: list[tuple[str, ...]] = []
    open_: list[str] = []
    for word in (text or "").split():
        open_.append(word)
        if _SENTENCE_END.search(word):
            sentences.append(tuple(open_))
            open_ = []
    return [*sentences, tuple(open_)] if open_ else sentences
