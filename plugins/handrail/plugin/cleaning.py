"""What the host holds of authors who are not all trusted, made harmless: titles, sections, files that act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from handrail.options import Options
from handrail.problems import HandrailError, Problem
from handrail.safety import acts, clean_anchor, clean_html, clean_text, unsafe_file


def clean_titles(page: Page) -> None:
    """Make the titles of a page and of its headings harmless, which the theme prints as they are."""
    page.title = clean_text(str(page.title or ""))
    entries = list(page.toc)
    while entries:
        entry = entries.pop()
        entry.title = clean_text(entry.title)
        entry.id = clean_anchor(entry.id)
        entries += entry.children


def clean_sections(items: Iterable[StructureItem]) -> None:
    """Make the titles of the navigation harmless; folders may bear any name."""
    for item in items:
        if isinstance(item, Section):
            item.title = clean_text(item.title)
            clean_sections(item.children)


def leave_out_active(files: Files, config: MkDocsConfig) -> list[Problem]:
    """Take the files out of the site that a browser would run and that `mkdocs.yml` does not name."""
    named = {*map(str, config.extra_javascript), *config.extra_css}
    left_out = []
    for file in list(files):
        place = Path(file.abs_src_path) if file.generated_by is None and file.abs_src_path else None
        if place is None or file.is_documentation_page() or file.src_uri in named:
            continue
        if place.is_relative_to(config.docs_dir) and acts(file.src_uri, place.read_bytes()):
            files.remove(file)
            left_out.append(unsafe_file(file.src_uri))
    return left_out


def cleaner_of(options: Options) -> Callable[[str, str], str] | None:
    """Return what makes HTML safe; raises PluginError where it is asked for and not installed."""
    if options.sanitize == "off":
        return None
    try:
        clean_html("")
    except HandrailError as error:
        raise PluginError(str(error)) from None
    return clean_html
