"""Everything that is wrong with a handbook: what reading it found, and what its flows and its fenced blocks show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from handrail.comparison import asked_comparison
from handrail.flows import flow_problems
from handrail.flows.blocks import asked_flow
from handrail.model import AskedBlock, Handbook
from handrail.problems import Problem, in_order
from handrail.registers import asked_register

_ASKED: Mapping[str, Callable[[AskedBlock, str, Handbook], object]] = {
    "flow": lambda block, path, handbook: asked_flow(block, path, handbook, lambda name: None),
    "compare": asked_comparison,
    "register": asked_register,
}
"""Word of a fenced block -> what it asks for, or the problem with it."""


def checked(handbook: Handbook) -> Handbook:
    """Return a handbook with the problems that only its flows and its fenced blocks show."""
    return replace(handbook, problems=in_order((*handbook.problems, *_of_flows(handbook), *block_problems(handbook))))


def _of_flows(handbook: Handbook) -> Iterator[Problem]:
    for document in (*handbook.processes, *handbook.procedures):
        yield from flow_problems(document, handbook)


def block_problems(handbook: Handbook) -> Iterator[Problem]:
    """Yield what is wrong with the fenced blocks of a handbook's pages."""
    for page in handbook.pages if handbook.shows_blocks else ():
        for block in page.asked_blocks:
            asked = _ASKED[block.word](block, page.path, handbook)
            if isinstance(asked, Problem):
                yield asked
