"""Texts word by word against the text that most of them have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from handrail.tables import Piece

_SHORT = 30
"""Of a text with so many words nothing is left out."""
_AROUND = 4
"""So many equal words stand before and after words that differ, where a text is long."""
_MOST_WORDS = 1500
"""A longer text is not gone through word by word."""
_ALIKE = 0.5
"""So alike texts are told word by word; others as they stand."""


def reference(answers: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the answer that most give, the first of those given equally often."""
    counts = Counter(answers)
    return max(dict.fromkeys(answers), key=lambda answer: counts[answer])


def word_pieces(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """Return a text as runs of words: those of both, those that only the first one has, those that it lacks."""
    if len(before) > _MOST_WORDS or len(after) > _MOST_WORDS:
        return (Piece(" ".join(after)),)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for change, start, end, low, high in matcher.get_opcodes():
        if change == "equal":
            found.append(Piece(" ".join(after[low:high])))
            continue
        if end > start:
            found.append(Piece(" ".join(before[start:end]), look="removed"))
        if high > low:
            found.append(Piece(" ".join(after[low:high]), look="added"))
    return tuple(found)


def shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, of long runs of equal words only those next to words that differ."""
    if sum(len(piece.text.split()) for piece in pieces) <= _SHORT:
        yield from pieces
        return
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        words = piece.text.split()
        if piece.look == "plain" and last == 0:
            yield Piece(_ends(words, _AROUND, _AROUND))
        elif piece.look == "plain":
            yield Piece(_ends(words, 0 if place == 0 else _AROUND, 0 if place == last else _AROUND))
        else:
            yield replace(piece, text=_ends(words, 4 * _AROUND, 4 * _AROUND))


def _ends(words: Sequence[str], head: int, tail: int) -> str:
    """Return the first and the last words of a run, with an ellipsis for those between."""
    if len(words) <= head + tail + 1:
        return " ".join(words)
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two texts have so many words in common that a reader gains by seeing which."""
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared >= _ALIKE * (len(one) + len(other))
