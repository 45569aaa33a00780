"""A page with plants in it: both versions, and what should be found between them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.planting.draft import OTHER, PAGE, SENTENCES, Draft, Expected, Planted, read
from tests.planting.plants import Plot, sentence_of
from tests.planting.regrouping import ALL, COPY, copied_page, processes

PART, COPY_PAGE = "part.md", "copy.md"
_OF_DOCUMENTS = ("renamed", "form", "document.split", "document.merged", "document.copied", "document.re-homed")
_AS_A_WHOLE = ("list to headings", "rename document", "split document", "merge documents", "copy document")
"""What is done to a page when its steps have been changed."""


def planted(draft: Draft, names: Sequence[str], seed: int) -> Planted | None:
    """Return a page with these plants in it; None where it has no place for them."""
    chance = random.Random(f"{seed} {' '.join(names)} {len(draft.chunks)}")
    plot: Plot | None = Plot(draft, draft)
    for name in sorted(names, key=lambda name: name in _AS_A_WHOLE):
        plot = ALL[name](plot, chance) if plot is not None else None
    if plot is None or (_has(plot, "document.merged") and len(plot.kinds) > 1) or not _is_plain(plot):
        return None
    before, after = _texts(plot.before, plot, after=False), _texts(plot.after, plot, after=True)
    found = Planted(" + ".join(names), before, after, _expected(plot))
    if not _is_sound(found, plot):
        return None
    return replace(found, before=after, after=before) if _has(plot, "document.merged") else found


def _is_plain(plot: Plot) -> bool:
    """Whether the steps that moved are the only ones so few of which can have moved: else nobody can tell which did."""
    moved = {first for kind, first in plot.kinds if kind == "moved"}
    order = [first for first in plot.after.order if first >= 0]
    longest = [(1, 1)] * len(order)
    for place, first in enumerate(order):
        for before in range(place):
            if order[before] < first:
                length, ways = longest[before][0] + 1, longest[before][1]
                known, many = longest[place]
                longest[place] = (length, ways) if length > known else (known, many + ways * (length == known))
    most = max((length for length, _ in longest), default=0)
    return most == len(order) - len(moved) and sum(ways for length, ways in longest if length == most) == 1


def _has(plot: Plot, kind: str) -> bool:
    return any(one == kind for one, _ in plot.kinds)


def _texts(draft: Draft, plot: Plot, after: bool) -> dict[str, str]:
    """Return the pages of one side: the page itself, and others where a plant needs them."""
    page = "renamed-page.md" if after and _has(plot, "renamed") else PAGE
    cut = plot.cut if after else None
    texts = {page: replace(draft, chunks=draft.chunks[:cut]).text()}
    if cut is not None:
        head = ("# The other part", "", "## Steps", "")
        texts[PART] = replace(draft, head=head, chunks=draft.chunks[cut:], tail=()).text()
    if plot.other:
        texts[OTHER] = _other([sentence_of(chunk) for chunk in plot.other] if after else [])
    if after and _has(plot, "document.copied"):
        texts[COPY_PAGE] = copied_page(texts[page])
    if _has(plot, "document.re-homed"):
        texts |= processes(page, after)
    return texts


def _other(moved: Sequence[str]) -> str:
    """Return another procedure, to which steps can go."""
    steps = [SENTENCES[0], SENTENCES[3], *moved, SENTENCES[4]]
    items = [f"{place}. {sentence}" for place, sentence in enumerate(steps, 1)]
    return "\n".join(["# Another procedure", "", "## Steps", "", *items, ""])


def _expected(plot: Plot) -> frozenset[Expected]:
    found = set()
    for kind, first in plot.kinds:
        if kind in _OF_DOCUMENTS:
            found.add(Expected(kind))
        elif kind in ("to another document", "reworded elsewhere"):
            found.add(Expected("moved" if kind == "to another document" else "reworded", first, None))
        else:
            found.add(_of_step(kind, first, plot.after))
    return frozenset(found)


def _of_step(kind: str, first: int, after: Draft) -> Expected:
    before = None if kind == "added" else first
    # Of two equal steps the one that was put in is the copy.
    place = None if kind == "removed" else after.order.index(COPY - first if kind == "copied" else first)
    return Expected(kind, before, place)


def _is_sound(found: Planted, plot: Plot) -> bool:
    """Whether the pages are read as having the steps that were put there, so that nothing else was planted."""
    return all(
        len(steps_of(texts)) == len(draft.chunks)
        for texts, draft in ((found.before, plot.before), (found.after, plot.after))
    )


def steps_of(texts: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return path and line of each step of the page that was planted in, and of the part that was cut off from it."""
    found = [one for one in read(texts).procedures if one.path not in (OTHER, COPY_PAGE)]
    found.sort(key=lambda one: one.path == PART)
    return [(one.path, step.line) for one in found for step in one.steps]
