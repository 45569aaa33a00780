"""What comparisons cost: aligning many procedures, a block on every process page, and the data of the page to compare.

Run by run.py; the words and numbers come from handbook.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

SIDE_BY_SIDE = 8
"""So many procedures stand in the block of each process."""


def alignment_seconds(procedures: int = 30, steps: int = 40) -> float:
    """Align procedures of which each keeps, rewords, moves and leaves out some steps of the same one."""
    import time

    from handrail.comparison import aligned
    from handrail.handbook import read_handbook
    from handrail.options import options_of
    from handrail.sources import Sources

    pages = {f"{number}.md": _variant(number, steps) for number in range(procedures)}
    read = read_handbook(Sources(pages), options_of({"kinds": {"**": "procedure"}}))
    own = [document.all_steps() for document in read.procedures]
    start = time.process_time()
    aligned(own)
    return time.process_time() - start


def _variant(number: int, steps: int) -> str:
    """Return a page of steps: most as in the others, some reworded, one of ten at another place."""
    chance = random.Random(number)
    words = random.Random(0)
    texts = [" ".join(_word(words) for _ in range(words.randint(6, 16))) for _ in range(steps)]
    for place in range(steps):
        if chance.random() < 0.4:
            parts = texts[place].split()
            parts[chance.randrange(len(parts))] = _word(chance)
            texts[place] = " ".join(parts)
    for _ in range(steps // 10):
        texts.insert(chance.randrange(steps), texts.pop(chance.randrange(steps)))
    return "# Variant\n\n" + "\n".join(f"{place}. {text.capitalize()}." for place, text in enumerate(texts, 1)) + "\n"


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(1, 3)))


def with_blocks(docs: Path, folder: Path, kinds: dict[str, str]) -> int:
    """Copy a handbook, and put a block into each process page; return how many."""
    from handrail.handbook import read_folder
    from handrail.options import options_of
    from handrail.settings import Settings

    shutil.copytree(docs, folder)
    read = read_folder(Settings(docs, options_of({"kinds": kinds})))
    by_area: dict[str, list[str]] = {}
    for procedure in read.procedures:
        if procedure.steps:
            by_area.setdefault(procedure.path.split("/")[0], []).append(procedure.id)
    for process in read.processes:
        ids = by_area[process.path.split("/")[0]][:SIDE_BY_SIDE]
        with (folder / process.path).open("a", encoding="utf-8") as page:
            page.write(f"\n```compare\nitems: [{', '.join(ids)}]\n```\n")
    return len(read.processes)


def data_bytes(docs: Path, kinds: dict[str, str]) -> tuple[float, float]:
    """Return how many bytes a step takes in the data of the page to compare, and the CPU seconds to make them."""
    import time

    from handrail.handbook import read_folder
    from handrail.options import options_of
    from handrail.pages.compare_page import compare_data
    from handrail.pages.site import Site
    from handrail.settings import Settings

    options = options_of({"kinds": kinds})
    site = Site(read_folder(Settings(docs, options)), options)
    start = time.process_time()
    data = compare_data(site)
    seconds = time.process_time() - start
    return len(data.encode()) / sum(len(document.all_steps()) for document in site.flows), seconds
