"""A file of the site that is there to be taken away."""

from __future__ import annotations

from collections.abc import Callable

from handrail.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site, whose content is made when it is asked for."""

    path: str
    content: Callable[[], str]
