"""The register that a fenced block `register` asks for."""

from __future__ import annotations

from handrail.model import AskedBlock
from handrail.pages.site import View
from handrail.pages.tables import table_html, without_silent_columns
from handrail.problems import Problem
from handrail.registers import asked_register, register_table
from handrail.render import Markup


def register_block_html(block: AskedBlock, path: str, number: int, view: View) -> str | Problem:
    """Return the table that a block asks for, or what is wrong with the block."""
    asked = asked_register(block, path, view.handbook)
    if isinstance(asked, Problem):
        return asked
    table = register_table(asked, view.site, f"handrail-register-{number}")
    if not asked.chosen:
        table = without_silent_columns(table, view.site.words.site["table.silent"])
    html = table_html(table, view)
    return Markup('<div class="handrail" data-handrail="register">\n{}</div>\n').format(html)
