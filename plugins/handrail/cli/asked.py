"""What every command is told: which handbook, which pages, and how pages are typed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, TypeVar

import click

from handrail.checks import checked
from handrail.cli.door import FOUND
from handrail.cli.output import print_report
from handrail.dataclass import dataclass
from handrail.handbook import idle_notes, read_folder
from handrail.model import Handbook
from handrail.options import KINDS, Glob
from handrail.problems import LEVELS, HandrailError, did_you_mean, nearest
from handrail.reader.kinds import globs_of
from handrail.reports.paths import EVERYTHING, inside
from handrail.settings import Settings, settings_from

FAILING = {"never": (), "error": LEVELS[:1], "warning": LEVELS[:2], "info": LEVELS}
"""What `--fail-on` may say -> the levels that fail."""

Report = Callable[[Handbook, Sequence[str]], str]
Command = TypeVar("Command", bound=Callable[..., object])


class ReadFrom(TypedDict):
    """Which handbook a command reads, and how its pages are typed."""

    config: Path | None
    docs: Path | None
    kinds: tuple[Glob, ...]


class Told(ReadFrom):
    """What a command that reports on pages is told."""

    paths: tuple[str, ...]
    format: str
    as_json: bool
    fail_on: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A handbook that was read, and the pages that were asked for."""

    handbook: Handbook
    paths: tuple[str, ...]
    strangers: tuple[str, ...]
    """What was asked for and holds no page."""
    notes: tuple[str, ...] = ()
    """What the settings say in vain."""


def _glob(value: str) -> Glob:
    """Return what pages are, from `runbooks/**=procedure`."""
    pattern, equals, said = value.rpartition("=")
    kind = said.strip().casefold()
    if not equals or not pattern:
        raise click.BadParameter(f"{value!r} is no glob and kind. Write it like '**=procedure'.")
    if kind not in (*KINDS, "none"):
        mend = did_you_mean(kind, KINDS, f"The kinds are {', '.join(KINDS)} and none.")
        raise click.BadParameter(f"there is no kind `{said}`. {mend}")
    glob = Glob(pattern, kind)
    try:
        globs_of([glob])
    except (ValueError, re.error):
        raise click.BadParameter(f"{pattern!r} is no glob. Write it like '**=procedure'.") from None
    return glob


def source_options(command: Command) -> Command:
    """Add the options that say which handbook is read."""
    rows = (
        click.option("-f", "--config", type=click.Path(path_type=Path), metavar="FILE",
                     help="The mkdocs.yml to go by; else the nearest one upward from here."),
        click.option("--docs", type=click.Path(path_type=Path), metavar="DIR",
                     help="The folder of the pages; with it no mkdocs.yml is needed."),
        click.option("--kind", "kinds", type=_glob, multiple=True, metavar="GLOB=KIND",
                     help="What pages are, beside what `kinds:` says. May be repeated; the last match wins."),
    )  # fmt: skip
    return _with(rows, command)


def told_by(formats: Mapping[str, Report], fail_on: str) -> Callable[[Command], Command]:
    """Return a decorator with the arguments and options of a command that reports on pages."""
    rows = (
        click.argument("paths", nargs=-1, metavar="[PATHS]..."),
        source_options,
        click.option("--format", type=click.Choice(list(formats)), default="text", show_default=True,
                     help="How to print it."),
        click.option("--json", "as_json", is_flag=True, help="Short for --format json."),
        click.option("--fail-on", type=click.Choice(list(FAILING)), default=fail_on, show_default=True,
                     help="The mildest problem that makes the exit code 1."),
    )  # fmt: skip
    return lambda command: _with(rows, command)


def _with(rows: Iterable[Callable[[Command], Command]], command: Command) -> Command:
    for row in reversed(tuple(rows)):
        command = row(command)
    return command


def reported(
    told: Told, formats: Mapping[str, Report], judged: Callable[[Handbook], Handbook] = lambda handbook: handbook
) -> int:
    """Print a report and return the exit code; `judged` may add problems to the handbook."""
    found = read_asked(told)
    found = replace(found, handbook=judged(found.handbook))
    form = "json" if told["as_json"] else told["format"]
    for stranger in found.strangers:
        click.echo(f"handrail: {stranger} holds no page of this handbook.", err=True)
    print_report(formats[form](found.handbook, found.paths), data=form == "json")
    for note in found.notes:
        click.echo(f"handrail: {note}", err=True)
    failing = FAILING[told["fail_on"]]
    fails = any(one.level in failing and inside(one.path, found.paths) for one in found.handbook.problems)
    return FOUND if fails else 0


def settings_asked(source: ReadFrom) -> Settings:
    """Return the settings that a command was told to read by."""
    settings = settings_from(source["config"], source["docs"])
    options = replace(settings.options, kinds=(*settings.options.kinds, *source["kinds"]))
    return replace(settings, options=options)


def read_asked(told: Told) -> Asked:
    """Return the handbook that a command was told to read, and the pages that it was asked for."""
    settings = settings_asked(told)
    handbook = checked(read_folder(settings))
    if not told["paths"]:
        notes = idle_notes(handbook, settings.options, settings.docs, settings.language)
        return Asked(handbook, EVERYTHING, (), tuple(notes))
    known = {page.path for page in handbook.pages} | {problem.path for problem in handbook.problems}
    paths = {given: _below(given, settings, known) for given in told["paths"]}
    strangers = tuple(given for given, path in paths.items() if not _holds_any(path, known))
    return Asked(handbook, tuple(path for path in paths.values() if path), strangers)


def _holds_any(path: str | None, pages: Iterable[str]) -> bool:
    return path is not None and any(inside(page, (path,)) for page in pages)


def _below(given: str, settings: Settings, known: Iterable[str]) -> str | None:
    """Return where a path lies below the handbook's folder; None where it lies outside of it.

    It may be given from here or from that folder.
    """
    there = [place for place in (Path(given), settings.docs / given) if os.path.lexists(place)]
    if not there:
        close = nearest(given.replace(os.sep, "/"), known)
        mend = f"Did you mean `{close}`?" if close else "Name a file or a folder of the handbook."
        raise HandrailError(f"{given} is neither here nor in the handbook's folder. {mend}")
    return next((path for place in there if (path := _relative(place, settings.docs))), None)


def _relative(place: Path, docs: Path) -> str | None:
    """Return a path below a folder; `.` where it is the folder or holds it."""
    for whole in (os.path.abspath, os.path.realpath):
        inner, outer = Path(whole(place)), Path(whole(docs))
        if inner.is_relative_to(outer):
            return inner.relative_to(outer).as_posix()
        if outer.is_relative_to(inner):
            return "."
    return None
