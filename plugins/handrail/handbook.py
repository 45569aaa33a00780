"""The one call that reads a handbook: texts in, Handbook out."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator, Mapping

from handrail.links import handbook_of
from handrail.model import Handbook
from handrail.options import Glob, Options
from handrail.reader.grammar import Grammar
from handrail.reader.kinds import globs_of
from handrail.reader.page import read_page, registered_names
from handrail.reader.raw import every_step
from handrail.reader.reading import Reading
from handrail.reader.roles import register_of
from handrail.settings import Settings
from handrail.sources import Sources, folder_sources


def read_handbook(
    sources: Sources, options: Options, titles: Mapping[str, str] | None = None, plugins: Iterable[str] = ()
) -> Handbook:
    """Return what the texts of a handbook say, by themselves and together."""
    with _uncollected():
        return _read(sources, options, titles or {}, plugins)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector out: what is read stays, and looking through it again and again costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(sources: Sources, options: Options, titles: Mapping[str, str], plugins: Iterable[str]) -> Handbook:
    grammar = Grammar(options.recognised())
    globs = globs_of(options.kinds)
    names, opened = registered_names(sources.texts, globs, options)
    reading = Reading(options, grammar, globs, register_of(names), bool(names), dict(titles))
    pages = [read_page(path, text, reading, opened.get(path)) for path, text in sorted(sources.texts.items())]
    return handbook_of(pages, options, tuple(plugins), sources.problems)


def read_folder(settings: Settings) -> Handbook:
    """Return what the handbook in a folder says."""
    sources = folder_sources(settings.docs, settings.exclude)
    return read_handbook(sources, settings.options, settings.titles, settings.plugins)


def reread_steps(path: str, text: str, options: Options) -> list[tuple[int, str, bool]]:
    """Return line, sentence and whether it is a row of a table, of each step in a page's text.

    For a text that another plugin has changed: it is read as a procedure, whatever it was before.
    """
    reading = Reading(
        options,
        Grammar(options.recognised()),
        globs_of((Glob(path, "procedure"),)),
        register_of(()),
        False,
        {},
    )
    found = []
    for document in read_page(path, text, reading).documents:
        for step in every_step(document.steps):
            found.append((step.line, step.text, document.form == "table"))
    return sorted(found)
