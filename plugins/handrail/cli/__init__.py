"""The command `handrail`: each command reads a handbook, prints one report about it, and judges."""

from __future__ import annotations

import click

from handrail import __version__
from handrail.cli.door import WRONG_USE, Door

COMMANDS = {
    "read": "reading",
    "check": "reading",
    "flow": "flow",
    "compare": "compare",
    "diff": "diff",
    "asof": "asof",
    "owners": "owners",
    "register": "register",
    "matrix": "matrix",
    "csp": "csp",
    "export": "export",
    "verify": "verify",
}
"""Command -> the module that holds it, which is loaded when it is asked for: each needs other rooms."""


@click.group(cls=Door, modules=COMMANDS, name="handrail", invoke_without_command=True,
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
