"""Steps paired with steps, and texts with texts: one to one, with a stated confidence, the same in both directions."""

from __future__ import annotations

from handrail.matching.data import Entry, Match, Matching
from handrail.matching.order import kept_in_order
from handrail.matching.pairs import paired
from handrail.matching.steps import entries_of, names_of, own_body
from handrail.matching.words import folded, same_letters, with_parts, words_by_line, words_of

__all__ = [
    "Entry",
    "Match",
    "Matching",
    "entries_of",
    "folded",
    "kept_in_order",
    "names_of",
    "own_body",
    "paired",
    "same_letters",
    "with_parts",
    "words_by_line",
    "words_of",
]
