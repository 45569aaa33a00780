"""Matrices: who does, answers for, is asked and is told what; who hands over to whom; records, clauses, competence.

Only what a page states is in them, and each letter leads to the words that say it.
"""

from __future__ import annotations

from handrail.matrices.clauses import clauses_table
from handrail.matrices.competence import competence_table
from handrail.matrices.handovers import handovers_table
from handrail.matrices.raci import WHO_DOES_WHAT, matrix_name, raci_overview, raci_processes, raci_table
from handrail.matrices.records import records_table

__all__ = [
    "WHO_DOES_WHAT",
    "clauses_table",
    "competence_table",
    "handovers_table",
    "matrix_name",
    "raci_overview",
    "raci_processes",
    "raci_table",
    "records_table",
]
