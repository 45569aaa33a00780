"""The command `handrail`: each command reads a handbook, prints one report about it, and judges."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, TypedDict, TypeVar, Unpack

import click

from handrail import __version__
from handrail.handbook import read_folder
from handrail.model import Handbook
from handrail.options import KINDS, Glob
from handrail.problems import LEVELS, HandrailError, did_you_mean, nearest
from handrail.reader.kinds import globs_of
from handrail.reports import EVERYTHING, handbook_json, inside, problems_json, problems_text, reading_text
from handrail.settings import Settings, settings_from

FOUND, WRONG_USE, STOPPED = 1, 2, 130
"""Exit codes, beside 0: something is at or above the failing level; wrong use; stopped from the keyboard."""

_FAILING = {"never": (), "error": LEVELS[:1], "warning": LEVELS[:2], "info": LEVELS}
"""What `--fail-on` may say -> the levels that fail."""
_READ = {"text": reading_text, "json": handbook_json}
_CHECK = {"text": problems_text, "json": problems_json}

_Report = Callable[[Handbook, Sequence[str]], str]
_Command = TypeVar("_Command", bound=Callable[..., object])


class _Told(TypedDict):
    """What every command is told."""

    paths: tuple[str, ...]
    config: Path | None
    docs: Path | None
    kinds: tuple[Glob, ...]
    format: str
    as_json: bool
    fail_on: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A handbook that was read, and the pages that were asked for."""

    handbook: Handbook
    paths: tuple[str, ...]
    strangers: tuple[str, ...]
    """What was asked for and holds no page."""


# ---- wrong use: one line, never a traceback ----


class _Door(click.Group):
    """A group of commands that ends wrong use with one line that names the next thing to type."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None,
             complete_var: str | None = None, standalone_mode: bool = True, **extra: Any) -> Any:  # fmt: skip
        """Run a command and leave with its exit code; `Any` is what click declares here."""
        name = prog_name or "handrail"
        if not standalone_mode:
            return super().main(args, name, complete_var, standalone_mode=False, **extra)
        try:
            sys.exit(super().main(args, name, complete_var, standalone_mode=False, **extra) or 0)
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "handrail"
            _leave(f"{_ended(error.format_message())} Try `{where} --help`.")
        except (HandrailError, click.ClickException) as error:
            _leave(str(error))
        except OSError as error:
            _leave(_ended(": ".join(str(part) for part in (error.filename, error.strerror or error) if part)))
        except click.Abort:
            _leave("Stopped.", STOPPED)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command; say which one was meant where there is none of that name."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            known = self.list_commands(ctx)
            mend = did_you_mean(name, known, f"There are {', '.join(known)}.")
            raise click.UsageError(f"There is no command `{name}`. {mend}", ctx)
        return super().resolve_command(ctx, args)


def _leave(message: str, code: int = WRONG_USE) -> NoReturn:
    with contextlib.suppress(OSError):
        click.echo(f"handrail: {' '.join(message.split())}", err=True)
    sys.exit(code)


def _ended(sentence: str) -> str:
    return sentence if sentence.rstrip().endswith((".", "?", "!")) else f"{sentence.rstrip()}."


# ---- what every command is told ----


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


def _told(formats: Mapping[str, _Report], fail_on: str) -> Callable[[_Command], _Command]:
    """Return a decorator with the arguments and options that every command takes."""
    rows = (
        click.argument("paths", nargs=-1, metavar="[PATHS]..."),
        click.option("-f", "--config", type=click.Path(path_type=Path), metavar="FILE",
                     help="The mkdocs.yml to go by; else the nearest one upward from here."),
        click.option("--docs", type=click.Path(path_type=Path), metavar="DIR",
                     help="The folder of the pages; with it no mkdocs.yml is needed."),
        click.option("--kind", "kinds", type=_glob, multiple=True, metavar="GLOB=KIND",
                     help="What pages are, beside what `kinds:` says. May be repeated; the last match wins."),
        click.option("--format", type=click.Choice(list(formats)), default="text", show_default=True,
                     help="How to print it."),
        click.option("--json", "as_json", is_flag=True, help="Short for --format json."),
        click.option("--fail-on", type=click.Choice(list(_FAILING)), default=fail_on, show_default=True,
                     help="The mildest problem that makes the exit code 1."),
    )  # fmt: skip

    def decorated(command: _Command) -> _Command:
        for row in reversed(rows):
            command = row(command)
        return command

    return decorated


# ---- the commands ----


@click.group(cls=_Door, name="handrail", invoke_without_command=True,
             context_settings={"help_option_names": ["-h", "--help"]})  # fmt: skip
@click.version_option(__version__, prog_name="handrail", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Read and check a handbook of processes and procedures written in Markdown.

    Exit codes: 0, nothing is wrong; 1, there is a problem at or above the failing level; 2, wrong use.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(WRONG_USE)


@main.command()
@_told(_READ, fail_on="never")
def read(**told: Unpack[_Told]) -> int:
    """Print what was understood of the pages, and what was not, and why.

    PATHS, files or folders, limit what is printed.

    \b
    Examples:
      handrail read
      handrail read --docs runbooks --kind '**=procedure'
      handrail read --json | jq '.procedures[].title'
    """
    return _reported(told, _READ)


@main.command()
@_told(_CHECK, fail_on="warning")
def check(**told: Unpack[_Told]) -> int:
    """Print the problems of the pages, each with its place and its mend.

    PATHS, files or folders, limit what is printed and judged.

    \b
    Examples:
      handrail check
      handrail check --fail-on error docs/release.md
    """
    return _reported(told, _CHECK)


def _reported(told: _Told, formats: Mapping[str, _Report]) -> int:
    """Print a report and return the exit code."""
    found = _read(told)
    form = "json" if told["as_json"] else told["format"]
    for stranger in found.strangers:
        click.echo(f"handrail: {stranger} holds no page of this handbook.", err=True)
    _print(formats[form](found.handbook, found.paths), data=form == "json")
    failing = _FAILING[told["fail_on"]]
    fails = any(one.level in failing and inside(one.path, found.paths) for one in found.handbook.problems)
    return FOUND if fails else 0


def _read(told: _Told) -> _Read:
    settings = settings_from(told["config"], told["docs"])
    options = replace(settings.options, kinds=(*settings.options.kinds, *told["kinds"]))
    settings = replace(settings, options=options)
    handbook = read_folder(settings)
    if not told["paths"]:
        return _Read(handbook, EVERYTHING, ())
    known = {page.path for page in handbook.pages} | {problem.path for problem in handbook.problems}
    paths = {given: _below(given, settings, known) for given in told["paths"]}
    strangers = tuple(given for given, path in paths.items() if not _holds_any(path, known))
    return _Read(handbook, tuple(path for path in paths.values() if path), strangers)


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


# ---- the output ----


def _print(text: str, data: bool) -> None:
    """Write a report to the standard output, data as UTF-8 on every machine; the styles need a terminal.

    A reader that goes away, such as `head`, is no fault and changes no exit code.
    """
    if sys.stdout is None:
        raise HandrailError("There is no standard output. Send it to a file: `handrail ... > FILE`.")
    try:
        if data:
            click.echo(text.encode(), nl=False)
        else:
            click.echo(_printable(text), nl=False, color=False if os.environ.get("NO_COLOR") else None)
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        raise HandrailError(f"The output cannot be written: {error.strerror}. Send it elsewhere.") from None


def _printable(text: str) -> str:
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def _discard_output() -> None:
    """Send what is still to be written nowhere, so that Python does not fail on it when it ends."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
