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


def line_url(page: Page) -> LineUrl:
    """Return a function that gives the forge's address of a line of a page's file, as far as it is known."""
    edit = page.edit_url

    def at(path: str, line: int) -> str | None:
        if not edit or path != page.file.src_uri:
            return None
        for editing, viewing in (("/-/edit/", "/-/blob/"), ("/_edit/", "/src/branch/"), ("/edit/", "/blob/")):
            if editing in edit:
                return f"{edit.replace(editing, viewing, 1)}#L{line}"
        return f"{edit}#lines-{line}" if "/src/" in edit else f"{edit}#L{line}"

    return at
