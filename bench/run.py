"""Measure what Handrail costs, side by side with what there is without it, and write bench/results.json.

Each measurement runs in a process of its own, the two sides in turn, and counts CPU time, not the clock.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from measuring import ROOT, compile_code
from rows import FULL, MEASURES, QUICK, USUAL, Row, Sizes
from shelf import Shelf

RESULTS = Path(__file__).resolve().parent / "results.json"


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
    return parser.parse_args()


def main() -> int:
    """Measure what is asked for, print the table, write the results."""
    asked = _arguments()
    sizes = QUICK if asked.quick else FULL if asked.full else USUAL
    names = asked.only or list(MEASURES)
    if not _has_plugin():
        print("There is no plugin yet (handrail.plugin), so nothing is built.", file=sys.stderr)
        names = [name for name in names if not name.startswith("building")]
    compile_code(ROOT / "plugins")
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
