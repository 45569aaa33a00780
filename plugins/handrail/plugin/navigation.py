"""Handrail's section in the host's navigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page


def holds_only(item: StructureItem, paths: frozenset[str]) -> bool:
    """Whether a section of the navigation holds nothing but pages with these paths."""
    if isinstance(item, Page):
        return item.file.src_uri in paths
    return isinstance(item, Section) and all(holds_only(child, paths) for child in item.children)


def append_section(
    nav: Navigation, title: str, section: Mapping[str, Any] | None, files: Files, config: MkDocsConfig
) -> None:
    """Append the pages that a navigation leaves out as a section of their own."""
    there = {page.file.src_uri for page in nav.pages}
    entries = [pair for entries in (section or {}).values() for entry in entries for pair in entry.items()]
    pages: list[StructureItem] = []
    for name, path in entries:
        file = files.get_file_from_path(path)
        if file is not None and path not in there:
            page = file.page or Page(name, file, config)
            page.previous_page = nav.pages[-1] if nav.pages else None
            if page.previous_page is not None:
                page.previous_page.next_page = page
            nav.pages.append(page)
            pages.append(page)
    if pages:
        whole = Section(title, pages)
        for item in pages:
            item.parent = whole
        nav.items.append(whole)


def extend_nav(config: MkDocsConfig, section: Mapping[str, Any] | None) -> None:
    """Append Handrail's pages to the navigation, as far as it does not name them."""
    if section is None or config.nav is None:
        return
    named = _named(config.nav)
    for title, entries in section.items():
        left = [entry for entry in entries if not set(entry.values()) & named]
        if left:
            config.nav = [*config.nav, {title: left}]


def _named(nav: Any) -> set[str]:
    """Return the paths that a navigation names."""
    if isinstance(nav, str):
        return {nav}
    values = nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ()
    return {path for value in values for path in _named(value)}
