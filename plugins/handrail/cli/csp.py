"""The command `csp`: the Content-Security-Policy of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from handrail.cli.output import print_report
from handrail.handbook import read_folder
from handrail.policy import FORMS, Theme, material_theme, policy_of, with_allowed
from handrail.problems import HandrailError
from handrail.settings import loaded, nearest_config, settings_from

_OWN_DEPTH = 3
"""How many folders down Handrail's own pages may lie, each a folder of its own."""


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="header", show_default=True,
              help="Where the policy is set.")  # fmt: skip
@click.option("--allow", multiple=True, metavar="SOURCES",
              help="More that pages may fetch, such as 'img-src https://example.org'. May be repeated.")  # fmt: skip
@click.option("-f", "--config", type=click.Path(path_type=Path), metavar="FILE",
              help="The mkdocs.yml to go by; else the nearest one upward from here.")  # fmt: skip
def csp(form: str, allow: tuple[str, ...], config: Path | None) -> int:
    """Print a Content-Security-Policy under which the site works and nothing that is planted in a page runs.

    It is made from the scripts of the theme and from mkdocs.yml, never from the built pages: a script that
    somebody plants in a page is not in it.

    \b
    Examples:
      handrail csp
      handrail csp --format nginx > csp.conf
      handrail csp --allow 'img-src https://pictures.example.org'
    """
    settings = settings_from(config, None)
    values = loaded(config or nearest_config())
    pages = (page.path for page in read_folder(settings).pages)
    depth = max((path.count("/") for path in pages), default=0) + (values.get("use_directory_urls") is not False)
    folders = settings.options.folder.count("/") + _OWN_DEPTH
    theme = _theme(values, (config or nearest_config()).parent)
    print_report(FORMS[form](with_allowed(policy_of(values, theme, max(depth, folders)), allow)), data=True)
    return 0


def _theme(values: dict[str, Any], folder: Path) -> Theme:
    """Return the theme of a site; raises HandrailError for one whose scripts are not known."""
    look = values.get("theme")
    name = look.get("name") if isinstance(look, dict) else look
    if name != "material":
        raise HandrailError(f"`handrail csp` knows the scripts of `material`, not those of `{name or 'mkdocs'}`.")
    custom = look.get("custom_dir") if isinstance(look, dict) else None
    return material_theme(folder / str(custom) if custom else None)
