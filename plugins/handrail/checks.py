"""Everything that is wrong with a handbook: what reading it found, and what its flows show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.flows import flow_problems
from handrail.flows.blocks import flow_block_problems
from handrail.model import Handbook
from handrail.problems import Problem, in_order


def checked(handbook: Handbook) -> Handbook:
    """Return a handbook with the problems that only its flows show."""
    return replace(handbook, problems=in_order((*handbook.problems, *_of_flows(handbook))))


def _of_flows(handbook: Handbook) -> Iterator[Problem]:
    for document in (*handbook.processes, *handbook.procedures):
        yield from flow_problems(document, handbook)
    yield from flow_block_problems(handbook)
