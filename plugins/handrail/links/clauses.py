"""What is wrong with the clauses that the options list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.options import Standard
from handrail.problems import Problem

_WHERE = "mkdocs.yml"
"""The options stand in no page; this is where they stand in most handbooks."""


def clause_problems(standards: Iterable[Standard]) -> Iterator[Problem]:
    """Yield a problem for each clause that is excluded without a reason."""
    for standard in standards:
        for clause in standard.clauses:
            if clause.excluded is not None and not clause.excluded.strip():
                yield Problem(
                    "excluded-clause",
                    "warning",
                    _WHERE,
                    1,
                    1,
                    f"Clause {clause.number} of {standard.name} is excluded without a reason.",
                    "Write why under `clauses:`, such as `{excluded: We develop nothing ourselves}`.",
                )
