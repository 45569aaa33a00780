"""Reports written to the standard output, whatever stands at its other end."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys

import click

from handrail.problems import HandrailError
from handrail.reports.lines import WIDTH


def print_report(text: str, data: bool) -> None:
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


def terminal_width() -> int:
    """Return how many columns the terminal has, or COLUMNS says; 80 where the output goes elsewhere."""
    return shutil.get_terminal_size((WIDTH, 24)).columns


def _printable(text: str) -> str:
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def _discard_output() -> None:
    """Send what is still to be written nowhere, so that Python does not fail on it when it ends."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
