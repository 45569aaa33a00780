"""The handbooks of a run, and the sites that are built of them."""

from __future__ import annotations

import json
from pathlib import Path

from comparing import with_blocks
from handbook import KINDS, write_handbook

CONFIG = """\
site_name: A handbook
docs_dir: docs
site_dir: site-{side}
theme:
  name: material
  font: false
  features: [navigation.prune]
markdown_extensions:
  - admonition
  - attr_list
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.tasklist
  - sane_lists
  - toc: {{permalink: true}}
plugins:
  - search
"""
"""What both sites have in common."""


class Shelf:
    """The handbooks of a run, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def docs(self, pages: int) -> Path:
        """Return the folder of a handbook of so many pages."""
        folder = self._folder / str(pages) / "docs"
        if not folder.is_dir():
            write_handbook(folder, pages)
        return folder

    def site(self, pages: int) -> Path:
        """Return the folder of a handbook of so many pages, with the two configurations beside it."""
        folder = self.docs(pages).parent
        kinds = json.dumps(KINDS)
        (folder / "material.yml").write_text(CONFIG.format(side="material"))
        (folder / "handrail.yml").write_text(f"{CONFIG.format(side='handrail')}  - handrail:\n      kinds: {kinds}\n")
        return folder

    def compared(self, pages: int) -> Path:
        """Return the same folder, with a third site in which each process page compares procedures."""
        folder = self.site(pages)
        if not (folder / "compared").is_dir():
            with_blocks(folder / "docs", folder / "compared", KINDS)
            text = (folder / "handrail.yml").read_text().replace("docs_dir: docs", "docs_dir: compared")
            (folder / "compared.yml").write_text(text.replace("site-handrail", "site-compared"))
        return folder
