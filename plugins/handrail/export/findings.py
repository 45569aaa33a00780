"""What a copy could not take along, as problems with the page and the line where it stands."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handrail.export.pages import Found
from handrail.problems import Problem

_MANY = 3
"""What stands on more pages than that, and in none of their sources, is the theme's or a plugin's."""
_NAMED: Mapping[str, str] = {
    "img": "picture", "image": "picture", "use": "picture", "feimage": "picture", "source": "source", "video": "video",
    "audio": "sound", "track": "subtitles", "iframe": "frame", "frame": "frame", "embed": "frame", "object": "frame",
    "script": "script", "link": "link to a file of the page's head", "style": "address in a style", "base": "base",
    "meta": "forwarding",
}  # fmt: skip


@dataclass
class Texts:
    """The texts that people wrote, in which an address can be looked up."""

    docs: Path
    config: str
    """The text of the host's configuration."""
    name: str = "mkdocs.yml"
    _texts: dict[str, str] = field(default_factory=dict)

    def place(self, address: str, path: str | None) -> tuple[str, int, int] | None:
        """Return path, line and column of an address, in a page or else in the configuration."""
        for name, text in ((path, self._text(path)) if path else ("", ""), (self.name, self.config)):
            for spelling in dict.fromkeys((address, html.escape(address), address.partition("#")[0])):
                at = text.find(spelling) if spelling else -1
                if at >= 0:
                    return name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        return None

    def _text(self, path: str) -> str:
        if path not in self._texts:
            try:
                self._texts[path] = (self.docs / path).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                self._texts[path] = ""
        return self._texts[path]


def problems_of(found: Mapping[str, Iterable[Found]], pages: Mapping[str, str], texts: Texts) -> Iterator[Problem]:
    """Yield a problem for each thing that was found, once; `found` is by file of the copy, `pages` their texts."""
    elsewhere: dict[Found, list[str]] = {}
    for here, things in sorted(found.items()):
        source = pages.get(here, here)
        for thing in things:
            place = texts.place(thing.address, source)
            if place is not None:
                yield _problem(thing, *place)
            else:
                elsewhere.setdefault(thing, []).append(source)
    for thing, paths in elsewhere.items():
        if len(paths) > _MANY:
            yield _problem(thing, texts.name, 1, 1, f" It is on {len(paths)} pages, by the theme or a plugin.")
        else:
            yield from (_problem(thing, path, 1, 1) for path in paths)


def _problem(thing: Found, path: str, line: int, column: int, more: str = "") -> Problem:
    if thing.dead:
        message = f"`{thing.address}` leads nowhere.{more}"
        return Problem("dead-link", "warning", path, line, column, message, "Mend the link, or add the file.")
    name = _NAMED.get(thing.what, thing.what)
    message = f"The {name} `{thing.address}` lies elsewhere; the copy does not fetch it.{more}"
    return Problem("not-in-copy", "info", path, line, column, message, "Put the file beside the page to have it.")


def left_out_problems(left_out: Iterable[tuple[str, str]], texts: Texts) -> Iterator[Problem]:
    """Yield a note for each part of the configuration that a copy is made without."""
    for what, why in left_out:
        place = texts.place(what, None) or (texts.name, 1, 1)
        yield Problem("not-in-copy", "info", *place, f"`{what}` is left out of the copy: {why}.", "Nothing to mend.")
