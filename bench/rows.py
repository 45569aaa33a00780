"""Everything that is measured, row by row: what it costs with Handrail, what without, and the most that it may."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from measuring import ROOT, Cost, exponent, medians, run
from opening import opening_seconds
from revisions import with_revisions
from shelf import Shelf


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result."""

    name: str
    unit: str
    without: float | None
    """Without Handrail."""
    with_: float
    value: float
    """What is judged: a ratio, or an exponent."""
    target: float | None
    """The most that the value may be; None where it only informs."""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return None if self.target is None else self.value <= self.target


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    pages: int
    """Pages of the handbook whose reading and building are compared."""
    reading: tuple[int, ...]
    """Pages of the handbooks over which the growth of reading is measured."""
    building: tuple[int, ...]
    rounds: int


USUAL = Sizes(1_000, (500, 1_000, 2_000, 4_000), (250, 500, 1_000), 5)
QUICK = Sizes(100, (100, 200, 400), (50, 100), 2)
FULL = Sizes(1_000, (500, 1_000, 2_000, 4_000, 8_000), (250, 500, 1_000, 2_000, 4_000), 7)


# ---- what is run ----


def reading_cost(task: str, folder: Path) -> Cost:
    """Return what a task uses in a process of its own, without what starting it uses."""
    output, whole = run([sys.executable, str(ROOT / "bench" / "tasks.py"), task, str(folder)], ROOT)
    return Cost(float(output), whole.megabytes)


def building_cost(side: str, folder: Path) -> Cost:
    """Return what building one side's site uses, everything included."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "-f", f"{side}.yml"]
    return run(command, folder)[1]


def exporting_cost(folder: Path) -> Cost:
    """Return what the copy of a site uses, everything included."""
    handrail = [sys.executable, "-m", "handrail"]
    return run([*handrail, "export", "--quiet", "-f", "handrail.yml", "copy"], folder)[1]


def verifying_cost(folder: Path) -> Cost:
    """Return what verifying a copy uses, everything included."""
    return run([sys.executable, "-m", "handrail", "verify", "copy"], folder)[1]


def summing_cost(folder: Path) -> Cost:
    """Return what `sha256sum` uses for the same files."""
    return run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], folder / "copy")[1]


# ---- the rows ----


def reading(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Compare reading the model with a bare CommonMark parse of the same texts."""
    folder = shelf.docs(sizes.pages)
    tasks = ("bare_parse", "read_model", "read_files")
    bare, model, files = medians([partial(reading_cost, task, folder) for task in tasks], sizes.rounds)
    each = 1000 / sizes.pages
    yield Row(
        "reading the model",
        "ms/page",
        bare.seconds * each,
        model.seconds * each,
        model.seconds / bare.seconds,
        2.5 / 1.5,
    )
    yield Row(
        "the same, from the files",
        "ms/page",
        bare.seconds * each,
        files.seconds * each,
        files.seconds / bare.seconds,
        None,
    )
    yield Row("memory of reading", "MB", bare.megabytes, model.megabytes, model.megabytes / bare.megabytes, None)


def reading_growth(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Measure how reading grows with the number of pages."""
    rounds = min(3, sizes.rounds)
    costs = [
        medians(
            [partial(reading_cost, task, shelf.docs(pages)) for task in ("bare_parse", "read_model")],
            rounds,
        )
        for pages in sizes.reading
    ]
    bare = exponent(sizes.reading, [cost[0].seconds for cost in costs])
    model = exponent(sizes.reading, [cost[1].seconds for cost in costs])
    yield Row(f"growth of reading, {_span(sizes.reading)} pages", "exponent", bare, model, model, 1.1)


def tables(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Measure how making all registers and matrices grows with the number of pages."""
    rounds = min(3, sizes.rounds)
    costs = [medians([partial(reading_cost, "make_tables", shelf.docs(pages))], rounds)[0] for pages in sizes.reading]
    each = 1000 / sizes.reading[-1]
    yield Row("all registers and matrices", "ms/page", None, costs[-1].seconds * each, costs[-1].seconds * each, None)
    growth = exponent(sizes.reading, [cost.seconds for cost in costs])
    yield Row(f"growth of tables, {_span(sizes.reading)} pages", "exponent", None, growth, growth, 1.1)


def building(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Compare building the site with and without the plugin."""
    material, handrail = _built(shelf, sizes.pages, min(3, sizes.rounds))
    yield Row("building the site", "s", material.seconds, handrail.seconds, handrail.seconds / material.seconds, 1.4)
    yield Row(
        "peak memory of building",
        "MB",
        material.megabytes,
        handrail.megabytes,
        handrail.megabytes / material.megabytes,
        1.3,
    )


def exporting(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Compare the copy that opens without a network with the site, and its verification with `sha256sum`."""
    folder = shelf.site(sizes.pages)
    rounds = min(3, sizes.rounds)
    site, copy = medians([partial(building_cost, "handrail", folder), partial(exporting_cost, folder)], rounds)
    yield Row("exporting a copy", "s", site.seconds, copy.seconds, copy.seconds / site.seconds, 1.6)
    pages = sum(1 for _ in (folder / "copy").rglob("*.html"))
    size = sum(file.stat().st_size for file in (folder / "copy").rglob("*") if file.is_file()) / pages / 1000
    yield Row("size of a copy", "kB/page", None, size, size, 80)
    sums, verified = medians([partial(summing_cost, folder), partial(verifying_cost, folder)], rounds)
    ratio = verified.seconds / sums.seconds
    yield Row("verifying a copy, against sha256sum", "s", sums.seconds, verified.seconds, ratio, None)


def opening(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Measure what a page of a copy costs in the browser, and the first answer of its search."""
    pages = 2 * sizes.pages
    folder = shelf.site(pages)
    exporting_cost(folder)
    times = list(opening_seconds(folder / "copy", 2 * sizes.rounds))
    if not times:
        print("There is no browser, so no page of a copy is opened: make browser", file=sys.stderr)
        return
    opened, answered = (median(side) for side in zip(*times, strict=True))
    yield Row(f"opening a page of {pages} from the disk", "s", None, opened, opened, 1.0)
    yield Row("first answer of its search", "s", None, answered, answered, 2.5)


def building_growth(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Measure how building grows with the number of pages; Material's own growth is the measure."""
    costs = [_built(shelf, pages, 1) for pages in sizes.building]
    material, handrail = (exponent(sizes.building, [cost[side].seconds for cost in costs]) for side in (0, 1))
    yield Row(
        f"growth of building, {_span(sizes.building)} pages",
        "exponent",
        material,
        handrail,
        handrail,
        max(material, 1) + 0.1,
    )


def comparing(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Measure comparisons: the alignment alone, one block on each process page, and the data of the page to compare."""
    docs = shelf.docs(sizes.pages)
    (aligning,) = medians([partial(reading_cost, "align_steps", docs)], sizes.rounds)
    yield Row("aligning 30 procedures of 40 steps", "s", None, aligning.seconds, aligning.seconds, 1.0)
    folder = shelf.compared(sizes.pages)
    sides = [partial(building_cost, side, folder) for side in ("handrail", "compared")]
    without, blocks = medians(sides, min(3, sizes.rounds))
    yield Row(
        "building with a comparison on each process page",
        "s",
        without.seconds,
        blocks.seconds,
        blocks.seconds / without.seconds,
        1.15,
    )
    (each,) = medians([partial(reading_cost, "compare_bytes", docs)], 1)
    yield Row("data of the page to compare", "bytes/step", None, each.seconds, each.seconds, 300)


def _built(shelf: Shelf, pages: int, rounds: int) -> list[Cost]:
    folder = shelf.site(pages)
    return medians([partial(building_cost, side, folder) for side in ("material", "handrail")], rounds)


def _span(sizes: Sequence[int]) -> str:
    return f"{sizes[0]:,} to {sizes[-1]:,}"


REVIEWED = 50
"""Of so many pages one changes between two revisions."""


def reviewing(shelf: Shelf, sizes: Sizes) -> Iterator[Row]:
    """Measure the whole command that compares two revisions, and how it grows with the number of pages."""
    rounds = min(3, sizes.rounds)
    counts = (sizes.pages, *(pages for pages in sizes.reading if pages > sizes.pages))
    costs = [medians([partial(_reviewed, shelf, pages)], rounds)[0] for pages in counts]
    first = costs[0].seconds
    yield Row(f"comparing revisions, {sizes.pages} pages", "s", None, first, first, 4.0)
    if len(counts) > 1:
        growth = exponent(counts, [cost.seconds for cost in costs])
        yield Row(f"growth of comparing, {_span(counts)} pages", "exponent", None, growth, growth, 1.1)


def _reviewed(shelf: Shelf, pages: int) -> Cost:
    folder = with_revisions(shelf.docs(pages).parent, pages // REVIEWED)
    return run([sys.executable, "-m", "handrail", "diff", "HEAD~1", "HEAD", "--json"], folder)[1]


MEASURES: dict[str, Callable[[Shelf, Sizes], Iterator[Row]]] = {
    "reading": reading,
    "reading-growth": reading_growth,
    "tables": tables,
    "building": building,
    "building-growth": building_growth,
    "exporting": exporting,
    "opening": opening,
    "comparing": comparing,
    "reviewing": reviewing,
}
