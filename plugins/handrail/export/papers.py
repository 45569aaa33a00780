"""A PDF file of a handbook: built through its host, then printed page by page."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.export.building import built, configuration
from handrail.export.places import aside, put
from handrail.export.selection import Asked, selection_of
from handrail.handbook import read_folder
from handrail.model import Document
from handrail.pages import Site
from handrail.pdf import MARK, chapters_of, everything, named, pdf_of
from handrail.problems import HandrailError
from handrail.settings import Settings
from handrail.stamp import Stamp, known_revision, stamp_of

_EPOCH = 315_532_800
"""The first second of 1980, for a handbook outside of git."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What became of a PDF file."""

    out: Path
    stamp: Stamp
    pages: tuple[str, ...]
    """The paths of the pages that it holds."""
    size: int
    """In bytes."""
    digest: str
    """The SHA-256 of the file."""
    notes: tuple[str, ...]
    """What the host said."""


def printed(settings: Settings, config: Path | None, out: Path, wanted: Asked) -> Paper:
    """Write documents, a role's pocket book or all of a handbook as one PDF file; an old one is replaced.

    Raises HandrailError where the place is not free, where a name stands for nothing, or where WeasyPrint is missing.
    """
    _judge(out, settings.docs)
    site = Site(read_folder(settings), settings.options, settings.name)
    chosen, title = _chosen(site, wanted)
    asked = configuration(settings, config, wanted.drafts)
    revision, unknown = known_revision(settings.docs, *asked.beside)
    with aside(out) as folder:
        made = built(
            asked, replace(wanted, role=None, only=()), folder / "site", revision.seconds if revision else _EPOCH
        )
        host = asked.config
        editing, language = host.edit_uri or "", str(host.theme.get("language") or "en")
        stamp = stamp_of(host.site_name, settings.options, revision, asked.live, host.repo_url or "", editing)
        stamped = replace(site, name=host.site_name, own_templates=_own_templates(host.theme.custom_dir), stamp=stamp)
        places = {source: page for page, source in made.pages.items()}
        there = [document for document in chosen if wanted.only or document.path in places]
        if not there:
            raise HandrailError("There is no process and no procedure in force to print. Try `--drafts`.")
        chapters = chapters_of(there, places, stamped)
        title = title or (chapters[0].running.title if len(chapters) == 1 else stamped.name)
        content = pdf_of(chapters, folder / "site", stamped, title, language, extract=wanted.part)
        (folder / "made.pdf").write_bytes(content)
        put(folder / "made.pdf", out)
    notes = (*filter(None, [unknown]), *(line for line in made.warnings if not line.startswith("Doc file '")))
    return Paper(
        out,
        stamp,
        tuple(chapter.path for chapter in chapters),
        len(content),
        hashlib.sha256(content).hexdigest(),
        notes,
    )


def _chosen(site: Site, wanted: Asked) -> tuple[tuple[Document, ...], str]:
    """Return the documents that are asked for, and what they are called together; empty where that is plain."""
    if wanted.only:
        return named(site, wanted.only), ""
    if wanted.role is None:
        return everything(site), ""
    selection = selection_of(wanted, site.handbook)
    held = (document for document in everything(site) if document.id in selection.documents)
    return tuple(sorted(held, key=lambda document: document.path != selection.first)), selection.title


def _own_templates(custom: str | None) -> Path | None:
    return Path(custom, "handrail") if custom else None


def _judge(out: Path, docs: Path) -> None:
    """Raise HandrailError where a file must not be put: into the handbook, or over one that Handrail did not make."""
    if Path(os.path.realpath(out)).is_relative_to(os.path.realpath(docs)):
        raise HandrailError(f"{out} lies in the folder of the pages. Name a place elsewhere.")
    if not Path(os.path.realpath(out)).parent.is_dir():
        raise HandrailError(f"{out.parent} is no folder. Make it first: `mkdir -p {out.parent}`.")
    if out.is_symlink() or (out.exists() and not (out.is_file() and MARK in out.read_bytes())):
        raise HandrailError(f"{out} is there and is no file that Handrail made. Name another place, or remove it.")
