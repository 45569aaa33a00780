"""The host's files: their texts, their lines on the forge, and those that Handrail adds."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handrail.options import Options
from handrail.problems import Problem
from handrail.publication import ASSETS, LineUrl
from handrail.sources import page_text


def text_of(file: File, docs: Path) -> str | Problem:
    """Return a page's text as the command would read it; of a page that a plugin made, what it made."""
    if file.generated_by is None and file.abs_src_path is not None and file.src_dir is not None:
        return page_text(docs, file.src_uri, Path(file.abs_src_path))
    try:
        return file.content_string
    except (OSError, UnicodeError) as error:
        return Problem(
            "unreadable",
            "error",
            file.src_uri,
            1,
            1,
            f"The page cannot be read: {error}. It is left out.",
            "Look at the plugin that makes it.",
        )


def add_assets(files: Files, config: MkDocsConfig, options: Options) -> None:
    """Add Handrail's style and script to the site, and to the head of its pages."""
    for asset in ASSETS:
        if not asset.wanted(options):
            continue
        if files.get_file_from_path(asset.path) is None:
            files.append(File.generated(config, asset.path, abs_src_path=asset.source))
        if asset.path not in (*config.extra_css, *map(str, config.extra_javascript)):
            (config.extra_css if asset.path.endswith(".css") else config.extra_javascript).append(asset.path)


_FORGES = (
    ("/-/edit/", "/-/blob/", "?plain=1#L"),  # GitLab
    ("/_edit/", "/src/branch/", "?display=source#L"),  # Gitea and Forgejo
    ("/src/branch/", "/src/branch/", "?display=source#L"),
    ("/edit/", "/blob/", "?plain=1#L"),  # GitHub
    ("/blob/", "/blob/", "?plain=1#L"),
    ("/src/", "/src/", "#lines-"),  # Bitbucket
)
"""Where a file is edited -> where it is read, and how a line of it is named: of its text and not of what it shows."""


def line_url(page: Page) -> LineUrl:
    """Return a function that gives the forge's address of a line of a page's file, as far as it is known."""
    edit = page.edit_url

    def at(path: str, line: int) -> str | None:
        return line_address(edit, line) if edit and path == page.file.src_uri else None

    return at


def line_address(edit: str, line: int) -> str:
    """Return where a line of a file is read on the forge, from where the file is edited."""
    address, query, _ = edit.partition("?")
    if query:
        return f"{edit}#L{line}"
    for editing, viewing, name in _FORGES:
        before, found, behind = address.partition(editing)
        if found:
            return f"{before}{viewing}{behind}{name}{line}"
    return f"{edit}#L{line}"
