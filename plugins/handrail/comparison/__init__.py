"""Several documents side by side: which rows, what each of them says, which cells differ, and their steps aligned.

`asked_comparison` reads what a fenced block asks for, `comparison_of` finds it, `comparison_table` words it.
"""

from __future__ import annotations

from handrail.comparison.alignment import AlignedRow, Place, aligned
from handrail.comparison.asked import Asked, asked_comparison, chosen_rows
from handrail.comparison.data import MOST, Answer, Compared, Comparison, Said, StepCell, Stepped, StepRow
from handrail.comparison.derived import DERIVED
from handrail.comparison.differences import values_of
from handrail.comparison.items import Chosen, Part, Refused, chosen_items, queried_items
from handrail.comparison.keys import alignment_keys
from handrail.comparison.made import comparison_of
from handrail.comparison.rows import answer_of, row_names, stated_names
from handrail.comparison.sections import sections_of
from handrail.comparison.worded import comparison_table, row_label

__all__ = [
    "DERIVED",
    "MOST",
    "AlignedRow",
    "Answer",
    "Asked",
    "Chosen",
    "Compared",
    "Comparison",
    "Part",
    "Place",
    "Refused",
    "Said",
    "StepCell",
    "StepRow",
    "Stepped",
    "aligned",
    "alignment_keys",
    "answer_of",
    "asked_comparison",
    "chosen_items",
    "chosen_rows",
    "comparison_of",
    "comparison_table",
    "queried_items",
    "row_label",
    "row_names",
    "sections_of",
    "stated_names",
    "values_of",
]
