"""What a copy of a handbook says about itself: what it is, of which day, good until when, and who to ask."""

from __future__ import annotations

import posixpath
import urllib.parse
from datetime import date
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.days import Span, later
from handrail.options import Options
from handrail.problems import HandrailError
from handrail.sources import Revision, revision_of

_FORGES = (
    ("/_edit/", "src/commit"),
    ("/src/branch/", "src/commit"),
    ("gitea", "src/commit"),
    ("forgejo", "src/commit"),
    ("codeberg", "src/commit"),
    ("/-/", "-/blob"),
    ("gitlab", "-/blob"),
    ("bitbucket", "src"),
)
"""What the address of a forge holds -> how it shows a file at a commit; any other does it as GitHub."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is said on every page, print and file of a copy; what is not known is empty."""

    handbook: str
    revision: Revision | None = None
    """None where the handbook lies outside of git."""
    ask: str = ""
    valid_for: Span | None = None
    controlled: bool | str = False
    """Whether copies are controlled, or what is said about it."""
    address: str = ""
    """Of the live site, ending in `/`."""
    source: str = ""
    """The address of the pages' folder on the forge, at the revision, ending in `/`."""

    @property
    def expires(self) -> str | None:
        """The day after which the copy is old, YYYY-MM-DD."""
        if self.revision is None or self.valid_for is None:
            return None
        day = later(date.fromisoformat(self.revision.day), self.valid_for)
        return day.isoformat() if day is not None else None

    def live(self, url: str) -> str | None:
        """Return the address of a page on the live site, from its address below the root of the site."""
        return f"{self.address}{url.removeprefix('./')}" if self.address else None

    def pinned(self, path: str) -> str | None:
        """Return the address of a page's source at the revision, from its path below the pages' folder."""
        return self.source + urllib.parse.quote(path) if self.source else None


def stamp_of(
    name: str, options: Options, revision: Revision | None, address: str = "", forge: str = "", editing: str = ""
) -> Stamp:
    """Return the stamp of a handbook.

    `address` is that of the live site (`site_url`), `forge` that of the repository (`repo_url`), `editing` where its
    pages are edited (`edit_uri`); that tells one kind of forge from another.
    """
    return Stamp(
        name,
        revision,
        options.ask,
        options.valid_for,
        options.controlled,
        f"{address.rstrip('/')}/" if address else "",
        _source(revision, forge.rstrip("/"), editing) if revision is not None and forge else "",
    )


def _source(revision: Revision, forge: str, editing: str) -> str:
    where = f"{forge}/{editing.lstrip('/')}".casefold()
    viewing = next((way for sign, way in _FORGES if sign in where), "blob")
    folder = urllib.parse.quote(f"{revision.folder}/") if revision.folder else ""
    return f"{forge}/{posixpath.join(viewing, revision.commit)}/{folder}"


def known_revision(docs: Path, *beside: Path) -> tuple[Revision | None, str | None]:
    """Return the revision of a handbook, or why there is none.

    `beside` are the files and folders besides the pages that the handbook is made from.
    """
    try:
        return revision_of(docs, beside), None
    except HandrailError as error:
        return None, f"The revision is not known. {str(error).partition('. ')[0]}."
