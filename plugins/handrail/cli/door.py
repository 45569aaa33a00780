"""The way into the command and out of it: wrong use is one line, never a traceback."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from handrail.dataclass import dataclass
from handrail.problems import HandrailError, did_you_mean, plain

FOUND, WRONG_USE, STOPPED = 1, 2, 130
"""Exit codes, beside 0: something is at or above the failing level; wrong use; stopped from the keyboard."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the list of commands."""

    module: str
    """The file that holds it, which is loaded when it is asked for: each command needs other rooms."""
    about: str
    """What it does, in one line of a terminal of 80 columns."""


class Door(click.Group):
    """A group of commands that ends wrong use with one line that names the next thing to type."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **more: Any) -> None:
        super().__init__(*args, **more)
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, without loading any."""
        return list(self._entries)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each command, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.about) for name, entry in self._entries.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self._entries:
            return None
        module = importlib.import_module(f"handrail.cli.{self._entries[cmd_name].module}")
        command: click.Command = getattr(module, cmd_name)
        return command

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
            leave(f"{_ended(error.format_message())} Try `{where} --help`.")
        except (HandrailError, click.ClickException) as error:
            leave(str(error))
        except OSError as error:
            leave(_ended(": ".join(str(part) for part in (error.filename, error.strerror or error) if part)))
        except click.Abort:
            leave("Stopped.", STOPPED)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command; say which one was meant where there is none of that name."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            known = self.list_commands(ctx)
            mend = did_you_mean(name, known, f"There are {', '.join(known)}.")
            raise click.UsageError(f"There is no command `{name}`. {mend}", ctx)
        return super().resolve_command(ctx, args)


def leave(message: str, code: int = WRONG_USE) -> NoReturn:
    """End the command with one line and an exit code."""
    with contextlib.suppress(OSError):
        click.echo(f"handrail: {plain(message)}", err=True)
    sys.exit(code)


def _ended(sentence: str) -> str:
    return sentence if sentence.rstrip().endswith((".", "?", "!")) else f"{sentence.rstrip()}."
