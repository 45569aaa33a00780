"""The command `handrail`: each command reads a handbook, prints one report about it, and judges."""

from __future__ import annotations

import click

from handrail import __version__
from handrail.cli.door import WRONG_USE, Door, Entry

COMMANDS = {
    "read": Entry("reading", "Print what was understood of the pages, and what not."),
    "check": Entry("reading", "Print what is wrong, with its line and its mend."),
    "flow": Entry("flow", "Show one flow, drawn, in words or as a file."),
    "compare": Entry("compare", "Put documents side by side, step by step."),
    "diff": Entry("diff", "Say what a change means, and for whom."),
    "asof": Entry("asof", "Show what was in force on a day."),
    "owners": Entry("owners", "Check that no change gets past an owner."),
    "register": Entry("register", "List all documents of a kind as a table."),
    "matrix": Entry("matrix", "Show who does what, and what covers what."),
    "csp": Entry("csp", "Print a Content-Security-Policy for the site."),
    "export": Entry("export", "Write a copy that opens without a network."),
    "verify": Entry("verify", "Say whether a copy is whole."),
}
"""The commands, in the order in which they are listed."""


@click.group(cls=Door, entries=COMMANDS, name="handrail", invoke_without_command=True,
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
