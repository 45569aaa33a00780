"""The pages and the files to take away that Handrail adds to the host's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from handrail.pages import Site, downloads, generated
from handrail.plugin.files import MadeFile
from handrail.plugin.folder import MadeFolder
from handrail.publication import page_source


def add_pages(
    site: Site, files: Files, config: MkDocsConfig, folder: MadeFolder, known: Mapping[str, File]
) -> tuple[dict[str, File], dict[str, str]]:
    """Add a file for each page that Handrail makes and the user does not have, under whatever path.

    A page of the user may have the same address: `handrail.md` that of `handrail/index.md`. `known` are those that were
    added before. Returns path -> file of each that was added, and path -> address of each that the user has.
    """
    added: dict[str, File] = {}
    instead: dict[str, str] = {}
    taken = _by_destination(files)
    for page in generated(site):
        if page.path in known or files.get_file_from_path(page.path) is not None:
            continue
        listed = page.listed and site.options.navigation
        file = folder.file(
            config, page.path, inclusion=InclusionLevel.UNDEFINED if listed else InclusionLevel.NOT_IN_NAV
        )
        there = taken.get(file.dest_uri.casefold())
        if there is not None:
            instead[page.path] = there.url
            continue
        folder.write(file, page_source(page))
        files.append(file)
        added[page.path] = file
    return added, instead


def add_downloads(site: Site, files: Files, config: MkDocsConfig) -> Iterator[File]:
    """Yield the file of each flow that can be downloaded, where the user has none of that name."""
    taken = _by_destination(files)
    for download in downloads(site):
        if download.path.casefold() in taken:
            continue
        file = MadeFile.of(config, download.path, download.content)
        files.append(file)
        yield file


def _by_destination(files: Files) -> Mapping[str, File]:
    """Return the files of the site by where they are written; on some disks case makes no difference."""
    return {file.dest_uri.casefold(): file for file in files}
