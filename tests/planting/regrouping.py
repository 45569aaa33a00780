"""Steps and documents that are parted, joined, copied or carried off, as plants."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.planting.plants import (
    PLANTS,
    Plant,
    Plot,
    free_places,
    is_bare,
    is_conditional,
    others_for,
    put,
    reword_lightly,
    sentence_of,
    taken,
    with_sentence,
)

PROCESSES = ("alpha.md", "beta.md")
"""Pages of two processes of which one calls a procedure."""
COPY, LATER = -500, -700
"""What a copied step, and the later part of one that was split, are called in the order of steps: this less its place."""


def _bare(plot: Plot, words: int) -> list[int]:
    """Return the places of the steps that are one free sentence of at least so many words."""
    return [
        place
        for place in free_places(plot)
        if is_bare(plot.after.chunks[place])
        and not is_conditional(plot.after.chunks[place])
        and len(sentence_of(plot.after.chunks[place]).split()) >= words
    ]


def split(plot: Plot, chance: random.Random) -> Plot | None:
    """Make two steps of one: at a comma or an `and` where there is one, else where it comes."""
    places = _bare(plot, 8)
    if not places:
        return None
    place = chance.choice(places)
    chunk, first = plot.after.chunks[place], plot.after.order[place]
    one, other = _halves(sentence_of(chunk), chance)
    after = put(plot.after, place, with_sentence(chunk, one))
    return taken(plot, put(after, place + 1, with_sentence(chunk, other), LATER - first), "split", first)


def _halves(sentence: str, chance: random.Random) -> tuple[str, str]:
    words = sentence.split()
    inner = range(3, len(words) - 3)
    joints = [place for place in inner if words[place] in ("and", "und", "then") or words[place - 1].endswith(",")]
    cut = chance.choice(joints or [place for place in inner if 0.3 <= place / len(words) <= 0.7])
    later = words[cut + 1 :] if words[cut] in ("and", "und", "then") else words[cut:]
    return " ".join(words[:cut]).rstrip(",") + ".", _capital(" ".join(later))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def merge(plot: Plot, chance: random.Random) -> Plot | None:
    """Make one step of two that follow each other."""
    places = _bare(plot, 5)
    order = plot.after.order
    pairs = [place for place in places if place + 1 in places and order[place + 1] == order[place] + 1]
    if not pairs or any("](#" in line for chunk in plot.after.chunks for line in chunk):
        return None
    place = chance.choice(pairs)
    first, second = order[place], order[place + 1]
    one, other = (sentence_of(plot.after.chunks[at]).rstrip(". ") for at in (place, place + 1))
    joined = f"{one}{chance.choice([' and ', ', then ', '. ', ', and '])}"
    joined += _capital(other) if joined.endswith(". ") else other[:1].lower() + other[1:]
    after = put(put(plot.after, place, with_sentence(plot.after.chunks[place], f"{joined}.")), place + 1, None)
    plot = taken(plot, after, "merged", first)
    return replace(plot, used=plot.used | {second})


def copy(plot: Plot, chance: random.Random) -> Plot | None:
    """Write a step a second time, at least two places away."""
    places = _bare(plot, 5)
    if not places:
        return None
    place = chance.choice(places)
    targets = [target for target in range(len(plot.after.chunks) + 1) if target < place - 1 or target > place + 2]
    if not targets:
        return None
    first = plot.after.order[place]
    return taken(plot, put(plot.after, chance.choice(targets), plot.after.chunks[place], COPY - first), "copied", first)


def move_and_reword(plot: Plot, chance: random.Random) -> Plot | None:
    """Carry a step past at least two others, and keep half of its words."""
    places = [place for place in _bare(plot, 6) if len(sentence_of(plot.after.chunks[place])) > 30]
    if not places:
        return None
    place = chance.choice(places)
    chunk, first = plot.after.chunks[place], plot.after.order[place]
    words = sentence_of(chunk).split()
    sentence = others_for(words, len(words) // 2, plot.before, chance)
    without = put(plot.after, place, None)
    targets = [target for target in range(len(without.chunks)) if abs(target - place) >= 2]
    if not targets:
        return None
    after = put(without, chance.choice(targets), with_sentence(chunk, sentence), first)
    moved = taken(plot, after, "moved", first)
    return replace(moved, kinds=(*moved.kinds, ("reworded", first)))


def to_other_and_reword(plot: Plot, chance: random.Random) -> Plot | None:
    """Carry a step to another document, and change one word in it."""
    before = len(plot.kinds)
    reworded = reword_lightly(plot, chance)
    if reworded is None or plot.other:
        return None
    _, first = reworded.kinds[before]
    place = reworded.after.order.index(first)
    chunk = reworded.after.chunks[place]
    if not is_bare(chunk) or len(sentence_of(chunk).split()) < 6 or len(reworded.after.chunks) < 4:
        return None
    kinds = (*plot.kinds, ("to another document", first), ("reworded elsewhere", first))
    return replace(reworded, after=put(reworded.after, place, None), kinds=kinds, other=(chunk,))


# ---- documents ----


def split_document(plot: Plot, chance: random.Random) -> Plot | None:
    """Put the later steps into a document of their own."""
    count = len(plot.after.chunks)
    leads = any("](#" in line for chunk in plot.after.chunks for line in chunk)
    if count < 7 or plot.other or leads:
        return None
    cut = chance.randrange(3, count - 3)
    moved = [first for kind, first in plot.kinds if kind == "moved"]
    if any((first < cut) != (plot.after.order.index(first) < cut) for first in moved):
        return None  # A step that crosses the cut stands in order on both sides of it.
    copied = [first for kind, first in plot.kinds if kind == "copied"]
    if any((plot.after.order.index(COPY - first) < cut) != (plot.after.order.index(first) < cut) for first in copied):
        return None  # Which of two equal steps is the copy, nobody can tell where each went to another document.
    return replace(plot, cut=cut, kinds=(*plot.kinds, ("document.split", -97)))


def merge_documents(plot: Plot, chance: random.Random) -> Plot | None:
    """Make one document of two: the way back of parting them."""
    parted = split_document(plot, chance) if not plot.kinds else None
    return replace(parted, kinds=(("document.merged", -97),)) if parted else None


def copy_document(plot: Plot, chance: random.Random) -> Plot | None:
    """Write the page a second time, under another name and title."""
    return replace(plot, kinds=(*plot.kinds, ("document.copied", -96))) if not plot.other else None


def re_home(plot: Plot, chance: random.Random) -> Plot | None:
    """Let another process hold the page."""
    return replace(plot, kinds=(*plot.kinds, ("document.re-homed", -95)))


def copied_page(text: str) -> str:
    """Return the copy of a page: its title is another."""
    return re.sub(r"(?m)^(# |title: )(.*)$", r"\1A copy of \2", text, count=1)


def processes(procedure: str, changed: bool) -> Mapping[str, str]:
    """Return two processes of which one calls the procedure on a page, the other one after the change."""
    calls = [f"Call the procedure [by its page]({procedure}).", "Clear the table."]
    first, second = reversed(calls) if changed else calls
    texts = {}
    for path, call in zip(PROCESSES, (first, second), strict=True):
        steps: Sequence[str] = ("Take the order.", call, "Hand it out.")
        items = [f"{place}. {step}" for place, step in enumerate(steps, 1)]
        head = ["---", "handrail: {kind: process}", "---", f"# {path[:-3].title()}", "", "## Flow", ""]
        texts[path] = "\n".join([*head, *items, ""])
    return texts


ALL: Mapping[str, Plant] = {
    **PLANTS,
    "split": split,
    "merge": merge,
    "copy": copy,
    "move and keep half of the words": move_and_reword,
    "move to another document and reword": to_other_and_reword,
    "split document": split_document,
    "merge documents": merge_documents,
    "copy document": copy_document,
    "re-home document": re_home,
}
"""Everything that can be planted -> how."""
