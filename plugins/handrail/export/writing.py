"""Files of a copy: read and written as they are, those from the package, and those that say what the copy is."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Mapping
from importlib.resources import files as resources
from pathlib import Path

from handrail import __version__
from handrail.export.addresses import way
from handrail.export.building import Built
from handrail.export.places import MARK
from handrail.export.sums import LIST, digests, files_in, sums_text
from handrail.stamp import Stamp


def write_vendored(site: Path, wanted: Mapping[str, str]) -> None:
    """Write files that come with the package."""
    for path, name in wanted.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(resources("handrail.templates").joinpath(name).read_bytes())


def write_start(site: Path, made: Built) -> None:
    """Give a copy without a first page one that leads to what it begins with, so that there is a file to open."""
    pages = sorted(made.pages, key=lambda path: (path != made.first, path not in made.made, path.count("/"), path))
    if pages and not (site / "index.html").exists():
        to = html.escape(way(pages[0], "index.html"))
        head = f'<meta charset="utf-8"><title>{to}</title><meta http-equiv="refresh" content="0; url={to}">'
        text = (
            f'<!doctype html>\n<html lang="en"><head>{head}</head><body><p><a href="{to}">{to}</a></p></body></html>\n'
        )
        write(site / "index.html", text)


def write_search(site: Path) -> None:
    """Give the search its index as a script too, since a page in a folder may read no other file."""
    index = site / "search" / "search_index.json"
    if index.is_file():
        (index.parent / "search_index.js").write_bytes(b"var __index = " + index.read_bytes())


def listed(site: Path, stamp: Stamp, pages: int) -> tuple[str, int]:
    """Write what a copy is, and the list of its files; return the list's SHA-256 and the copy's size in bytes."""
    write(site / MARK, _mark(stamp, pages))
    paths = sorted(files_in(site))
    text = sums_text({path: digest or "" for path, digest in digests(site, paths).items()})
    data = text.encode("utf-8", "surrogateescape")
    (site / LIST).write_bytes(data)
    return hashlib.sha256(data).hexdigest(), sum((site / path).stat().st_size for path in (*paths, LIST))


def _mark(stamp: Stamp, pages: int) -> str:
    revision = stamp.revision
    return (
        json.dumps(
            {
                "handrail": __version__,
                "handbook": stamp.handbook,
                "pages": pages,
                "commit": revision.commit if revision else None,
                "tag": revision.tag if revision else None,
                "day": revision.day if revision else None,
                "changed": revision.changed if revision else None,
                "expires": stamp.expires,
                "address": stamp.address or None,
                "source": stamp.source or None,
                "ask": stamp.ask or None,
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def text_of(file: Path) -> str:
    """Return the text of a file; bytes that are none of a text are kept."""
    return file.read_bytes().decode("utf-8", "surrogateescape")


def write(file: Path, text: str) -> None:
    """Write a text into a file."""
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
