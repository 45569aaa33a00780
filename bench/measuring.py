"""What a process uses: CPU time and memory, measured in turn, and how it grows."""

from __future__ import annotations

import compileall
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process used."""

    seconds: float
    """CPU time, in user and system mode."""
    megabytes: float
    """Peak memory; 0 where it was not measured."""


def compile_code(folder: Path) -> None:
    """Compile Handrail's code, as an installation does: else each process compiles it where none may keep it."""
    compileall.compile_dir(folder, quiet=1)


def run(command: Sequence[str], folder: Path) -> tuple[str, Cost]:
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
