"""A handbook made by chance, shaped like real ones: the same seed gives the same pages, on any machine.

The numbers are those that were measured on 78 real handbooks; README.md says which. The words mean nothing. A handbook
of more pages is the smaller one with pages added, and every 50 pages hold the same number of each kind and length, so
that growth can be measured.
"""

from __future__ import annotations

import math
import random
from pathlib import Path
from statistics import NormalDist

from .desk import Desk, Entry
from .pages import page
from .words import AREAS, DOERS, NOUNS, VERBS

KINDS = {
    "**/process-*.md": "process",
    "**/procedures/**": "procedure",
    "**/roles/**": "role",
    "**/records/**": "record",
}
"""The `kinds:` under which such a handbook is read."""
AREA = 50
"""Pages of one area; an area holds each kind of page as often as real handbooks do."""
_MIX = (("process", 3), ("procedure", 25), ("role", 2), ("record", 1), ("page", 19))
_FOLDERS = {"process": "process-", "procedure": "procedures/", "role": "roles/", "record": "records/", "page": ""}
_WORDS_ON_A_PAGE = NormalDist(math.log(376), math.log(1628 / 376) / NormalDist().inv_cdf(0.9))
"""Logarithms of the words on a page: median 376, nine of ten pages have fewer than 1,628."""
_FORMS = {"list": 40, "numbered headings": 10, "step headings": 3, "tasks": 3, "table": 2, "bullets": 8, "none": 34}


def handbook(count: int, seed: int = 1) -> dict[str, str]:
    """Return the Markdown of each of so many pages, by path."""
    areas = [_area(number, seed) for number in range(-(-count // AREA))]
    areas[-1:] = [areas[-1][: count - AREA * (len(areas) - 1)]] if areas else []
    texts: dict[str, str] = {}
    for number, entries in enumerate(areas):
        near = [*areas[random.Random(f"{seed} {number}").randrange(number)], *entries] if number else entries
        procedures = [entry for entry in near if entry.kind == "procedure"]
        roles = [entry.title for entry in near if entry.kind == "role"] or ["Release manager"]
        for entry in entries:
            chance = random.Random(f"{seed} {entry.path}")
            width = 80 if chance.random() < 0.5 else 0
            texts[entry.path] = page(Desk(chance, entry, procedures, near, roles, width))
    return texts


def write_handbook(folder: Path, count: int, seed: int = 1) -> None:
    """Write so many pages below a folder."""
    for path, text in handbook(count, seed).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def _area(number: int, seed: int) -> list[Entry]:
    """Return the pages of one area; every area has the same lengths, dealt anew."""
    chance = random.Random(f"{seed} area {number}")
    area = AREAS[number % len(AREAS)] + (f"-{number // len(AREAS) + 1}" if number >= len(AREAS) else "")
    words = [round(math.exp(_WORDS_ON_A_PAGE.inv_cdf((place + 0.5) / AREA))) for place in range(AREA)]
    chance.shuffle(words)
    kinds = [kind for kind, times in _MIX for _ in range(times)]
    chance.shuffle(kinds)
    titles = iter(chance.sample([f"{verb} the {noun}" for verb in VERBS for noun in NOUNS], AREA))
    names = iter(chance.sample([f"{noun} {doer}" for noun in NOUNS for doer in DOERS], AREA))
    forms = chance.choices(list(_FORMS), list(_FORMS.values()), k=AREA)
    return [
        _entry(area, kind, next(names if kind == "role" else titles), long, form)
        for kind, long, form in zip(kinds, words, forms, strict=True)
    ]


def _entry(area: str, kind: str, title: str, words: int, form: str) -> Entry:
    name = title.replace(" the ", "-").replace(" ", "-")
    return Entry(f"{area}/{_FOLDERS[kind]}{name}.md", kind, title.capitalize(), words, form)
