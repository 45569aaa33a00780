"""The handbook's index: what each name stands for, where it is used, and how a table names and links it."""

from __future__ import annotations

from handrail.index.activities import Activity, activities, rails_counted
from handrail.index.lookups import PLURALS, Index, Place, address, by_title, gathered, record_anchor, title_of
from handrail.index.pieces import (
    document_piece,
    fact_pieces,
    grouped_pieces,
    id_piece,
    role_id_pieces,
    role_piece,
    step_piece,
)
from handrail.index.texts import clipped, first_sentence, headline, rhythm

__all__ = [
    "PLURALS",
    "Activity",
    "Index",
    "Place",
    "activities",
    "address",
    "by_title",
    "clipped",
    "document_piece",
    "fact_pieces",
    "first_sentence",
    "gathered",
    "grouped_pieces",
    "headline",
    "id_piece",
    "rails_counted",
    "record_anchor",
    "rhythm",
    "role_id_pieces",
    "role_piece",
    "step_piece",
    "title_of",
]
