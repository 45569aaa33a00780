"""What words alone can prove: that a change is editorial, that it touches a control, that it tells something new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from handrail.dataclass import dataclass
from handrail.diff.data import FieldChange, Side
from handrail.matching import folded
from handrail.model import Document

_EDGES = re.compile(r"^[\"'“”‘’„«»]+|[.,;:\"'“”‘’„«»]+$")
_SENTENCE_END = re.compile(r"[.!?;:][\"'”’)]*$")
_CODE = re.compile(r"[\d_/=$.<>|\\]|[a-z][A-Z]")
"""What is in no word of approving."""
_COMMENT = re.compile(r"<!--.*?-->")
"""What no reader sees."""
_EXACT = re.compile(r"[^\w'’-]|\d|_|[^\W\d_][A-Z]")
"""What is code, a link, a number or a name of its own spelling, and is compared letter by letter."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The words by which changed texts are judged."""

    controlling: tuple[str, ...]
    """How words of approving and checking begin."""
    not_controlling: tuple[str, ...]
    """How words begin that are none of them, though they begin like one."""
    telling: frozenset[str]
    """Modal verbs, negations, units of time, words that count, and the words of roles' and records' names."""
    numbers: Mapping[str, str]
    """Word that is a number -> its digits."""

    def is_editorial(self, field: FieldChange) -> bool:
        """Whether both texts differ in punctuation, the case of first letters, joined words and comments alone."""
        before, after = (_COMMENT.sub("", text or "").strip() for text in (field.before, field.after))
        if (field.before is None or field.after is None) and (before or after):
            return False
        return self._bare(before) == self._bare(after)

    def touches_control(self, fields: Iterable[FieldChange]) -> bool:
        """Whether a sentence that changed has a word of approving or checking."""
        for field in fields:
            ours, theirs = _sentences(field.before), _sentences(field.after)
            changed = [one for one in ours if one not in theirs] + [one for one in theirs if one not in ours]
            if any(self._controls(word) for sentence in changed for word in sentence):
                return True
        return False

    def _controls(self, word: str) -> bool:
        """Whether a word is one of approving or checking, and no path, option or name in code."""
        bare = _EDGES.sub("", word.strip("()[]{}"))
        small = bare.casefold()
        return small.startswith(self.controlling) and not (
            small.startswith(self.not_controlling) or _CODE.search(bare) or bare.count("-") > 1
        )

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
    return Proof(
        words.controlling,
        words.not_controlling,
        frozenset(word for text in telling for word in folded(text.split())),
        numbers,
    )


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
