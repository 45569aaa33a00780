"""A comparison made: what was asked for, looked up and aligned."""

from __future__ import annotations

from handrail.comparison.alignment import aligned
from handrail.comparison.asked import Asked
from handrail.comparison.data import Comparison, Stepped, StepRow
from handrail.comparison.differences import step_rows
from handrail.comparison.general import general_worded, is_general
from handrail.comparison.rows import STEPS, compared, steps_of
from handrail.comparison.sections import SECTION, section_rows
from handrail.index import Index
from handrail.matching.aspects import Names, titles_of


def comparison_of(asked: Asked, index: Index) -> Comparison:
    """Return documents side by side."""
    items = tuple(general_worded(item, index) if is_general(item) else item for item in asked.items)
    stated = [name for name in asked.rows if name != STEPS and not name.startswith(SECTION)]
    rows = (*(compared(name, items, index) for name in stated), *section_rows(asked.rows, items))
    steps = _steps(asked, index) if STEPS in asked.rows else None
    return Comparison(items, rows, steps)


def _steps(asked: Asked, index: Index) -> tuple[StepRow, ...]:
    own = [[Stepped(*one) for one in steps_of(item, index.handbook)] for item in asked.items]
    rows = aligned([[one.step for one in steps] for steps in own])
    documents = {one.document.id: one.document for steps in own for one in steps}
    titles = {**index.titles, **titles_of(documents.values())}
    return step_rows(rows, own, Names(titles=titles))
