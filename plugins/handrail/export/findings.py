"""What a copy could not take along, as problems with the page and the line where it stands."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.export.derived import LeftOut
from handrail.export.pages import Found
from handrail.export.surroundings import texts_of
from handrail.problems import Problem

_MANY = 3
"""What stands on more pages than that, and in no text that people wrote, is the theme's or a plugin's."""
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
    config: Mapping[str, str]
    """Path -> text of what else the site is made from: the host's configuration first, then templates and hooks."""
    _texts: dict[str, str] = field(default_factory=dict)
    _all: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The path of the host's configuration."""
        return next(iter(self.config), "mkdocs.yml")

    def place(self, thing: str, path: str | None) -> tuple[str, int, int] | None:
        """Return path, line and column of an address, in a page or else in what the site is made from."""
        own = {path: self._text(path)} if path else {}
        return self._first(thing, {**own, **self.config})

    def elsewhere(self, thing: str) -> tuple[str, int, int] | None:
        """Return path, line and column of an address in any file of the pages' folder, from which it was taken over."""
        if not self._all:
            self._all.update(texts_of([self.docs], self.docs))
        return self._first(thing, self._all)

    def entry(self, name: str, below: str) -> tuple[str, int, int] | None:
        """Return where an entry of the configuration stands, one that stands below another if there are several."""
        entry = re.compile(rf"""(?m)^[\s-]*["']?({re.escape(name)})["']?\s*(?::|$|,|#)""")
        for path, text in self.config.items():
            above = re.search(rf"(?m)^{re.escape(below)}\s*:", text) if below else None
            found = entry.search(text, above.end() if above else 0) or entry.search(text)
            if found is not None:
                return (path, *_line_and_column(text, found.start(1)))
        return self._first(name, self.config)

    def _first(self, thing: str, texts: Mapping[str, str]) -> tuple[str, int, int] | None:
        spellings = [spelling for spelling in (thing, html.escape(thing), thing.partition("#")[0]) if spelling]
        for name, text in texts.items():
            for spelling in dict.fromkeys(spellings):
                at = text.find(spelling)
                if at >= 0:
                    return (name, *_line_and_column(text, at))
        return None

    def _text(self, path: str) -> str:
        if path not in self._texts:
            try:
                self._texts[path] = (self.docs / path).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                self._texts[path] = ""
        return self._texts[path]


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def problems_of(found: Mapping[str, Iterable[Found]], pages: Mapping[str, str], texts: Texts) -> Iterator[Problem]:
    """Yield a problem for each thing that was found, once; `found` is by file of the copy, `pages` their texts."""
    yield from dict.fromkeys(_problems_of(found, pages, texts))


def _problems_of(found: Mapping[str, Iterable[Found]], pages: Mapping[str, str], texts: Texts) -> Iterator[Problem]:
    unplaced: dict[Found, list[str]] = {}
    for here, things in sorted(found.items()):
        source = pages.get(here, here)
        for thing in things:
            place = texts.place(thing.address, source) or (texts.place(thing.sign, source) if thing.sign else None)
            if place is None:
                unplaced.setdefault(thing, []).append(source)
            else:
                yield _problem(thing, *place)
    for thing, paths in unplaced.items():
        place = None if thing.dead else texts.elsewhere(thing.address)
        if place is not None:
            yield _problem(thing, *place)
        elif len(paths) > _MANY:
            yield _problem(thing, texts.name, 1, 1, f" It is on {len(paths)} pages, by the theme or a plugin.")
        else:
            yield from (_problem(thing, path, 1, 1) for path in paths)


def _problem(thing: Found, path: str, line: int, column: int, more: str = "") -> Problem:
    if thing.dead:
        message = f"`{thing.address}` leads nowhere.{more}"
        return Problem("dead-link", "warning", path, line, column, message, "Mend the link, or add the file.")
    if thing.what == "module":
        message = f"The script `{thing.address}` is a module, which browsers load from no folder; it is left out.{more}"
        return Problem("not-in-copy", "info", path, line, column, message, "Make it a plain script to have it.")
    name = _NAMED.get(thing.what, thing.what)
    message = f"The {name} `{thing.address}` lies elsewhere; the copy does not fetch it.{more}"
    return Problem("not-in-copy", "info", path, line, column, message, "Put the file beside the page to have it.")


def left_out_problems(left_out: Iterable[LeftOut], texts: Texts) -> Iterator[Problem]:
    """Yield a note for each part of the configuration that a copy is made without."""
    for part in left_out:
        place = texts.entry(part.what, part.below) or (texts.name, 1, 1)
        message = f"`{part.what}` is left out of the copy: {part.why}."
        yield Problem("not-in-copy", "info", *place, message, "Nothing to mend.")


def surroundings_problems(docs: Path, home: Path, hosts: Iterable[str], texts: Texts) -> Iterator[Problem]:
    """Yield a problem where the pages lie outside of the handbook's own place, and for what was asked of others."""
    if not Path(os.path.realpath(docs)).is_relative_to(os.path.realpath(home)):
        place = texts.entry("docs_dir", "") or (texts.name, 1, 1)
        message = f"The pages lie outside of {home.name or home}; no revision of it says what is in the copy."
        yield Problem("outside", "warning", *place, message, "Move the pages beside mkdocs.yml.")
    for host in hosts:
        message = f"A plugin or a hook asked {host} for something while the handbook was built, and got nothing."
        yield Problem("not-in-copy", "warning", texts.name, 1, 1, message, "Put what it fetches into docs_dir.")
