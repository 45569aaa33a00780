"""The handbook, read from the host's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from handrail.documents import Page
from handrail.handbook import read_handbook
from handrail.model import Handbook
from handrail.options import Options
from handrail.plugin.files import text_of
from handrail.problems import Problem
from handrail.reader.raw import RawPage
from handrail.relist import Relisted, relisted_page
from handrail.reports.json import handbook_pieces
from handrail.settings import nav_titles
from handrail.sources import Sources, name_problems, page_reader, shadowed_pages


def page_texts(
    files: Files, docs: Path, inclusion: Any, own: Mapping[str, File], read: dict[str, tuple[File, str]]
) -> tuple[dict[str, str], list[Problem]]:
    """Return path -> text of each page, and what is wrong with those that cannot be read.

    These are taken out of the site. `own` are the pages that Handrail makes, which say nothing new. `read` are those
    of the disk that were read before in this build, and are not read again; what is read now is added to them.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    page_text = page_reader(docs)
    for file in list(files.documentation_pages(inclusion=inclusion)):
        if own.get(file.src_uri) is file:
            continue
        from_disk = file.generated_by is None and file.abs_src_path is not None
        known, before = read.get(file.src_uri, (None, ""))
        text = before if from_disk and known is file else text_of(file, page_text)
        if isinstance(text, Problem):
            problems.append(text)
            files.remove(file)
        else:
            texts[file.src_uri] = text
            if from_disk:
                read[file.src_uri] = file, text
    return texts, problems


def handbook_from(
    texts: Mapping[str, str], unread: Sequence[Problem], options: Options, config: MkDocsConfig
) -> tuple[Handbook, dict[str, Relisted]]:
    """Return what the pages say, and path -> what each typed page is rendered from.

    The latter is made while the blocks of the page are at hand.
    """
    relisted: dict[str, Relisted] = {}

    def keep(page: Page, raw: RawPage) -> None:
        made = relisted_page(page) if raw.documents and options.lists == "indent" else None
        if made is not None:
            relisted[page.path] = made

    sources = Sources(texts, (*unread, *shadowed_pages(Path(config.docs_dir), texts), *name_problems(texts)))
    return read_handbook(sources, options, dict(nav_titles(config.nav)), tuple(config.plugins), keep), relisted


def put_down(handbook: Handbook, file: Path) -> Handbook:
    """Write the model to where it waits for the pages, and return it without what is in no document.

    No page tells of that, and it takes as much room as the steps.
    """
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(handbook_pieces(handbook))
    return replace(handbook, pages=tuple(replace(page, rest=()) for page in handbook.pages))
