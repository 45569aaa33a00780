"""Measure what Handrail costs, side by side with what there is without it, and write bench/results.json.

Each measurement runs in a process of its own, the two sides in turn, and counts CPU time, not the clock.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median

from comparing import alignment_seconds, data_bytes, with_blocks
from handbook import KINDS, write_handbook
from opening import opening_seconds
from revisions import with_revisions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "results.json"
CONFIG = """\
site_name: A handbook
docs_dir: docs
site_dir: site-{side}
theme:
  name: material
  font: false
  features: [navigation.prune]
markdown_extensions:
  - admonition
  - attr_list
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.tasklist
  - sane_lists
  - toc: {{permalink: true}}
plugins:
  - search
"""
"""What both sites have in common."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process used."""

    seconds: float
    """CPU time, in user and system mode."""
    megabytes: float
    """Peak memory; 0 where it was not measured."""


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


# ---- in a process of its own ----


def bare_parse(folder: Path) -> Iterator[float]:
    """Parse every page as bare CommonMark; yield the CPU seconds."""
    import time

    from markdown_it import MarkdownIt

    texts = _texts(folder)
    parser = MarkdownIt("commonmark")
    parser.parse("# Warm\n")
    start = time.process_time()
    for text in texts.values():
        parser.parse(text)
    yield time.process_time() - start


def read_model(folder: Path) -> Iterator[float]:
    """Read the same texts into a model; yield the CPU seconds."""
    import time

    from handrail.handbook import read_handbook
    from handrail.options import options_of
    from handrail.sources import Sources

    sources, options = Sources(_texts(folder)), options_of({"kinds": KINDS})
    read_handbook(Sources({"warm.md": "# Warm\n"}), options)
    start = time.process_time()
    read_handbook(sources, options)
    yield time.process_time() - start


def read_files(folder: Path) -> Iterator[float]:
    """Read a folder from the disk into a model, as the command does; yield the CPU seconds."""
    import time

    from handrail.handbook import read_folder
    from handrail.options import options_of
    from handrail.settings import Settings

    settings = Settings(folder, options_of({"kinds": KINDS}))
    start = time.process_time()
    read_folder(settings)
    yield time.process_time() - start


def make_tables(folder: Path) -> Iterator[float]:
    """Make every register and matrix of a handbook, as pages and as files for spreadsheets; yield the CPU seconds."""
    import time

    from handrail.handbook import read_handbook
    from handrail.options import options_of
    from handrail.pages import Site, View
    from handrail.pages.table_pages import table_downloads, table_page_html, table_pages
    from handrail.sources import Sources

    options = options_of({"kinds": KINDS})
    site = Site(read_handbook(Sources(_texts(folder)), options), options)
    view = View(site, lambda target: f"{target}.html")
    start = time.process_time()
    for name, page in table_pages(site).items():
        table_page_html(name, page.title, view)
    for download in table_downloads(site):
        download.content()
    yield time.process_time() - start


def align_steps(folder: Path) -> Iterator[float]:
    """Align thirty procedures of forty steps; yield the CPU seconds."""
    yield alignment_seconds()


def compare_bytes(folder: Path) -> Iterator[float]:
    """Make the data of the page to compare; yield the bytes for each step."""
    yield data_bytes(folder, KINDS)[0]


def _texts(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))
    }


TASKS: dict[str, Callable[[Path], Iterator[float]]] = {
    task.__name__: task for task in (bare_parse, read_model, read_files, make_tables, align_steps, compare_bytes)
}


# ---- from outside ----


def reading_cost(task: str, folder: Path) -> Cost:
    """Return what a task uses in a process of its own, without what starting it uses."""
    command = [sys.executable, __file__, "--task", task, str(folder)]
    output, whole = _run(command, ROOT)
    return Cost(float(output), whole.megabytes)


def building_cost(side: str, folder: Path) -> Cost:
    """Return what building one side's site uses, everything included."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "-f", f"{side}.yml"]
    return _run(command, folder)[1]


def exporting_cost(folder: Path) -> Cost:
    """Return what the copy of a site uses, everything included."""
    handrail = [sys.executable, "-m", "handrail"]
    return _run([*handrail, "export", "--quiet", "-f", "handrail.yml", "copy"], folder)[1]


def verifying_cost(folder: Path) -> Cost:
    """Return what verifying a copy uses, everything included."""
    return _run([sys.executable, "-m", "handrail", "verify", "copy"], folder)[1]


def summing_cost(folder: Path) -> Cost:
    """Return what `sha256sum` uses for the same files."""
    return _run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], folder / "copy")[1]


def _run(command: Sequence[str], folder: Path) -> tuple[str, Cost]:
    """Run a command to its end; return its output and its cost."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONHASHSEED": "0"}
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH", ""), str(ROOT / "plugins")]))
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=errors, env={**os.environ, **quiet, "PYTHONPATH": path}
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"This failed: {' '.join(command[1:])}\n{errors.read()[-3000:]}")
        kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
        return output.read(), Cost(usage.ru_utime + usage.ru_stime, kilobytes / 1024)


def medians(sides: Sequence[Callable[[], Cost]], rounds: int) -> list[Cost]:
    """Return the median cost of each side, measured in turn: A B A B."""
    costs = [[side() for side in sides] for _ in range(rounds)]
    return [
        Cost(median(cost.seconds for cost in side), median(cost.megabytes for cost in side))
        for side in zip(*costs, strict=True)
    ]


def exponent(pages: Sequence[int], costs: Sequence[float]) -> float:
    """Return the slope of the costs over the pages, both as logarithms: 1 is linear, 2 is quadratic."""
    points = [(math.log(count), math.log(cost)) for count, cost in zip(pages, costs, strict=True)]
    middle, height = (sum(values) / len(points) for values in zip(*points, strict=True))
    rise = math.fsum((x - middle) * (y - height) for x, y in points)
    return rise / math.fsum((x - middle) ** 2 for x, _ in points)


class Shelf:
    """The handbooks of a run, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def docs(self, pages: int) -> Path:
        """Return the folder of a handbook of so many pages."""
        folder = self._folder / str(pages) / "docs"
        if not folder.is_dir():
            write_handbook(folder, pages)
        return folder

    def site(self, pages: int) -> Path:
        """Return the folder of a handbook of so many pages, with the two configurations beside it."""
        folder = self.docs(pages).parent
        kinds = json.dumps(KINDS)
        (folder / "material.yml").write_text(CONFIG.format(side="material"))
        (folder / "handrail.yml").write_text(f"{CONFIG.format(side='handrail')}  - handrail:\n      kinds: {kinds}\n")
        return folder

    def compared(self, pages: int) -> Path:
        """Return the same folder, with a third site in which each process page compares procedures."""
        folder = self.site(pages)
        if not (folder / "compared").is_dir():
            with_blocks(folder / "docs", folder / "compared", KINDS)
            text = (folder / "handrail.yml").read_text().replace("docs_dir: docs", "docs_dir: compared")
            (folder / "compared.yml").write_text(text.replace("site-handrail", "site-compared"))
        return folder


# ---- what is measured ----


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
    return _run([sys.executable, "-m", "handrail", "diff", "HEAD~1", "HEAD", "--json"], folder)[1]


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


# ---- words ----


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a table for the terminal."""
    lines = [("", "unit", "without", "with", "ratio", "target", "")]
    for row in rows:
        without = "" if row.without is None else f"{row.without:.2f}"
        target = "" if row.target is None else f"<= {row.target:.2f}"
        met = {None: "", True: "met", False: "NOT MET"}[row.met]
        lines.append((row.name, row.unit, without, f"{row.with_:.2f}", f"{row.value:.2f}", target, met))
    widths = [max(len(line[place]) for line in lines) for place in range(7)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < 2 or place == 6 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def machine() -> dict[str, str | int]:
    """Return what may be said of the machine: no names, no paths."""
    versions = {name: importlib.metadata.version(name) for name in ("mkdocs", "mkdocs-material", "markdown-it-py")}
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "cores": os.cpu_count() or 0,
        **versions,
    }


def results(rows: Iterable[Row], sizes: Sizes) -> str:
    """Return the rows as JSON."""
    said = [{**asdict(row), "met": row.met} for row in rows]
    for row in said:
        row["with"] = row.pop("with_")
        row.update({name: round(value, 4) for name, value in row.items() if isinstance(value, float)})
    return json.dumps({"machine": machine(), "sizes": asdict(sizes), "rows": said}, indent=2) + "\n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small handbooks: whether it runs, not how fast")
    parser.add_argument("--full", action="store_true", help="larger handbooks and more rounds")
    parser.add_argument("--only", action="append", choices=MEASURES, help="measure this alone; may be repeated")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where to write the results")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Measure what is asked for, print the table, write the results."""
    asked = _arguments()
    if asked.task:
        print(*TASKS[asked.task](asked.folder))
        return 0
    sizes = QUICK if asked.quick else FULL if asked.full else USUAL
    names = asked.only or list(MEASURES)
    if not _has_plugin():
        print("There is no plugin yet (handrail.plugin), so nothing is built.", file=sys.stderr)
        names = [name for name in names if not name.startswith("building")]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            print(f"Measuring: {name} ...", file=sys.stderr)
            rows += MEASURES[name](Shelf(Path(folder)), sizes)
    print(table(rows))
    asked.out.write_text(results(rows, sizes), encoding="utf-8")
    return 0


def _has_plugin() -> bool:
    """Whether the host will find the plugin: the module, and its entry point."""
    named = {point.name for point in importlib.metadata.entry_points(group="mkdocs.plugins")}
    sys.path.append(str(ROOT / "plugins"))
    return "handrail" in named and importlib.util.find_spec("handrail.plugin") is not None


if __name__ == "__main__":
    raise SystemExit(main())
