"""Make the page that says what Handrail is for and how it was tested, from the report of a run of the tests.

Run as a program: `python -m tests.validation build/tests.xml`. The page goes to standard output; the exit code is 1
where a test failed. Nothing on it is written by hand but what Handrail is meant for: results, functions, skipped
tests and known faults come from the report, from the tests and from the command itself.
"""

from __future__ import annotations

import ast
import platform
import subprocess
import sys
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from handrail import __version__
from handrail.cli import main

ROOT = Path(__file__).parent.parent

INTENDED = """\
Handrail reads the processes and procedures of a handbook out of its Markdown pages, links, checks, compares and
draws them, says what changed between two versions, and publishes them as a site, as copies and on paper.

It is meant for organisations that keep their handbook in files under version control. It helps people to write,
review, find and follow what the handbook says. It does not decide whether what it says is right, it does not keep
records of what was done, and nothing that it prints is a signature. Whoever relies on it for regulated work judges by
this page, and by tests of their own handbook, whether it is fit for that."""


@dataclass(frozen=True, slots=True)
class Result:
    """One test as the report has it."""

    file: str
    """Such as `tests/test_links.py`."""
    name: str
    outcome: str
    """passed | failed | skipped | known fault"""
    reason: str = ""


def results_of(report: str) -> tuple[Result, ...]:
    """Return the results from a report in the form of JUnit; raises ValueError for what is no report."""
    try:
        root = etree.fromstring(report)
    except etree.ParseError as error:
        raise ValueError(f"The report cannot be read: {error}.") from None
    found = tuple(_result(case) for case in root.iter("testcase"))
    if not found:
        raise ValueError("The report holds no test. Make it with `pytest --junitxml=FILE`.")
    return found


def _result(case: etree.Element) -> Result:
    parts = (case.get("classname") or "").split(".")
    file = "/".join(parts[: 2 if parts[0] == "tests" else 1]) + ".py"
    name = case.get("name") or ""
    for word in ("failure", "error"):
        told = case.find(word)
        if told is not None:
            return Result(file, name, "failed", _line(told.get("message") or told.text or ""))
    skipped = case.find("skipped")
    if skipped is None:
        return Result(file, name, "passed")
    outcome = "known fault" if skipped.get("type") == "pytest.xfail" else "skipped"
    return Result(file, name, outcome, _line(skipped.get("message") or ""))


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def day_of(report: str) -> str:
    """Return the day on which the tests were run, as the report has it."""
    suite = next(etree.fromstring(report).iter("testsuite"), None)
    return (suite.get("timestamp") or "")[:10] if suite is not None else ""


def page_of(results: Iterable[Result], about: Mapping[str, str], tested: Mapping[str, str]) -> str:
    """Return the page, as Markdown.

    `about` names the version and where it was tested; `tested` says what each file of tests is about.
    """
    return "\n".join((*_head(about), *_functions(), *_tests(tuple(results), tested))) + "\n"


def _head(about: Mapping[str, str]) -> Iterator[str]:
    yield "# Tool validation\n"
    yield "Made from the report of the tests by `make validation`. No result on it is written by hand.\n"
    yield "| | |\n|---|---|"
    yield from (f"| {name} | {_cell(value)} |" for name, value in about.items())
    yield f"\n## Intended use\n\n{INTENDED}\n"


def _functions() -> Iterator[str]:
    yield "## Functions\n\n| function | what it does |\n|---|---|"
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        told = (command.help or "").strip().partition("\n\n")[0] if command is not None else ""
        yield f"| `handrail {name}` | {_cell(told)} |"
    yield "| plugin `handrail` for MkDocs and ProperDocs | Publishes what was read, as a part of the site. |"
    yield "| option `sanitize: strict` | Takes out of pages what could act. |\n"


def _tests(results: tuple[Result, ...], tested: Mapping[str, str]) -> Iterator[str]:
    counts = {outcome: sum(one.outcome == outcome for one in results) for outcome in _OUTCOMES}
    yield "## Results of the tests\n"
    yield f"{len(results)} tests: {', '.join(f'{number} {outcome}' for outcome, number in counts.items())}.\n"
    yield f"| what is tested | file | {' | '.join(_OUTCOMES)} |\n|---|---|{'---|' * len(_OUTCOMES)}"
    for file in sorted({one.file for one in results}):
        numbers = (sum(one.file == file and one.outcome == outcome for one in results) for outcome in _OUTCOMES)
        yield f"| {_cell(tested.get(file, ''))} | `{file}` | {' | '.join(map(str, numbers))} |"
    for title, outcome, none in _TOLD:
        yield f"\n## {title}\n"
        told = sorted(
            {f"- `{one.file}`, {_cell(one.name)}: {_cell(one.reason)}" for one in results if one.outcome == outcome}
        )
        yield from told or (none,)


_OUTCOMES = ("passed", "failed", "skipped", "known fault")
_TOLD = (
    ("Failed", "failed", "None."),
    (
        "Known faults",
        "known fault",
        "No test is known to fail. Faults that are reported later stand in the list of issues.",
    ),
    ("Skipped, and why", "skipped", "None."),
)


def _cell(text: str) -> str:
    """Return a text as it may stand in a cell of a table and on a page."""
    return (
        " ".join(text.split())
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_")
    )


def subjects_in(folder: Path) -> dict[str, str]:
    """Return what each file of tests says that it tests, in its first line."""
    files = sorted(folder.glob("tests/test_*.py"))
    said = {file: ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "" for file in files}
    return {f"tests/{file.name}": text.partition("\n")[0] for file, text in said.items()}


def about(report: str) -> dict[str, str]:
    """Return which version was tested, where and when."""
    return {
        "Handrail": __version__,
        "Revision": _git("describe", "--always", "--dirty", "--tags"),
        "Tested on": day_of(report),
        "Python": platform.python_version(),
        "System": f"{platform.system()} {platform.machine()}",
    }


def _git(*words: str) -> str:
    done = subprocess.run(("git", *words), cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    try:
        text = Path(sys.argv[1]).read_text(encoding="utf-8")
        found = results_of(text)
    except (IndexError, OSError, ValueError) as error:
        sys.exit(f"Name the report of the tests: python -m tests.validation FILE. {error}")
    sys.stdout.write(page_of(found, about(text), subjects_in(ROOT)))
    sys.exit(any(one.outcome == "failed" for one in found))
