"""Measure how exactly changes are found: plant known ones into copies of real pages, and count what comes out.

Prints precision and recall of each kind of change, alone and in pairs, what noise gives, and how long steps take to be
matched. The pages are those of Handrail's own handbook and, where they are there, of the corpora.

With `--pairs N`, each two kinds of change are planted together in N versions, as far as the pages have room for them.
`--part 1/4` takes each fourth pair from the first on, so that a long run can be had in parts.

python bench/changes.py [--seeds N] [--pairs N [--part K/N]]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from handrail.matching import Entry, paired  # noqa: E402  # the folder of the tests has to be known first
from tests.planting import Draft, drafts, own_drafts  # noqa: E402
from tests.scoring import NOISES, PAIRS, Score, alone, in_pairs, noise  # noqa: E402

SEEDS = 6
"""How often two changes are tried in each page, where few pages have room for them."""
CORPORA = Path(os.environ.get("HANDRAIL_CORPORA") or ROOT.parent / "shared" / "corpora")


def pages() -> list[Draft]:
    """Return every page that changes can be planted in."""
    strangers = sorted(folder / "files" for folder in CORPORA.iterdir()) if CORPORA.is_dir() else []
    return [*own_drafts(), *(draft for folder in strangers if folder.is_dir() for draft in drafts(folder))]


def line(score: Score) -> str:
    """Return a score as a row of a table."""
    return f"| {score.name} | {score.pages} | {score.precision:.3f} | {score.recall:.3f} |"


def seconds(count: int, kept: float) -> tuple[float, bool]:
    """Return the seconds of work that it takes to match so many steps, each of which keeps this share of its words."""
    chance = random.Random(count)
    words = [f"word{number}" for number in range(400)]
    before = [tuple(chance.choices(words, k=12)) for _ in range(count)]
    after = [tuple(word if chance.random() < kept else chance.choice(words) for word in step) for step in before]
    start = time.process_time()
    found = paired([Entry("", step, step) for step in before], [Entry("", step, step) for step in after])
    return time.process_time() - start, found.by_blocks


def main() -> None:
    """Print every measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how often each change is planted in each page")
    parser.add_argument("--pairs", type=int, default=0, metavar="N", help="versions of each two kinds of change")
    parser.add_argument("--part", default="1/1", metavar="K/N", help="which part of the pairs, and of how many")
    told = parser.parse_args()
    found = pages()
    print(f"{len(found)} pages\n")
    if told.pairs:
        two_at_once(found, told.pairs, told.part)
        return
    print("| planted | versions | precision | recall |\n|---|---|---|---|")
    for score in alone(found, told.seeds):
        print(line(score), flush=True)
    print("\n| noise | versions | changes found |\n|---|---|---|")
    for name in NOISES:
        count, facts = noise(found, name, told.seeds)
        print(f"| {name} | {count} | {len(facts)} |", flush=True)
    print()
    for count, kept in ((300, 1.0), (300, 0.5), (300, 0.0), (5_000, 0.5)):
        taken, by_blocks = seconds(count, kept)
        print(f"{count} steps, {kept:.0%} of the words kept: {taken:.2f} s{', by blocks' if by_blocks else ''}")


def two_at_once(found: Sequence[Draft], most: int, part: str) -> None:
    """Print each two kinds of change as they are measured, then all of them together."""
    first, _, parts = part.partition("/")
    print("| planted | versions | precision | recall |\n|---|---|---|---|")
    scores = []
    for score in in_pairs(found, SEEDS, most, PAIRS[int(first) - 1 :: int(parts)]):
        print(line(score), flush=True)
        scores.append(score)
    print(line(Score("all pairs", *(sum(getattr(one, name) for one in scores) for name in _COUNTS))))
    print(f"\nfewest versions of a pair: {min(score.pages for score in scores)}")


_COUNTS = ("pages", "right", "wrong", "missed")

if __name__ == "__main__":
    main()
