"""The command `handrail`: each command reads a handbook, prints one report about it, and judges."""

from __future__ import annotations

import click

from handrail import __version__
from handrail.cli.asof import asof
from handrail.cli.compare import compare
from handrail.cli.csp import csp
from handrail.cli.diff import diff
from handrail.cli.door import WRONG_USE, Door
from handrail.cli.export import export, verify
from handrail.cli.flow import flow
from handrail.cli.matrix import matrix
from handrail.cli.owners import owners
from handrail.cli.reading import check, read
from handrail.cli.register import register


@click.group(cls=Door, name="handrail", invoke_without_command=True,
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


_COMMANDS = (
    read,
    check,
    flow,
    compare,
    diff,
    asof,
    owners,
    register,
    matrix,
    csp,
    export,
    verify,
)
for _command in _COMMANDS:
    main.add_command(_command)
