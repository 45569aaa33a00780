"""Plant known changes into copies of real pages, so that what is found can be held against what was done.

A page whose steps are one list is taken apart into what stands before the steps, the steps, and what stands behind
them. A plant changes the steps and says what should be found; noise changes how the page is written and nothing that
it says. Everything is chosen by chance from a seed: the same seed gives the same plants.
"""

from __future__ import annotations

from tests.planting.cases import planted, steps_of
from tests.planting.draft import OPTIONS, OTHER, PAGE, Draft, Expected, Planted, draft_of, drafts, own_drafts, read
from tests.planting.noise import NOISE, noisy
from tests.planting.regrouping import ALL as PLANTS
from tests.planting.regrouping import PROCESSES

__all__ = [
    "NOISE",
    "OPTIONS",
    "OTHER",
    "PAGE",
    "PLANTS",
    "PROCESSES",
    "Draft",
    "Expected",
    "Planted",
    "draft_of",
    "drafts",
    "noisy",
    "own_drafts",
    "planted",
    "read",
    "steps_of",
]
