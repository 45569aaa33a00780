"""The one call that reads a handbook: texts in, Handbook out."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.documents import Page, page_of
from handrail.links import handbook_of
from handrail.model import Handbook
from handrail.options import Glob, Options
from handrail.reader.grammar import Grammar
from handrail.reader.kinds import globs_of, idle_globs
from handrail.reader.page import NamesByPage, read_page, registered_names
from handrail.reader.raw import RawPage, every_step
from handrail.reader.reading import Reading
from handrail.reader.roles import register_of
from handrail.settings import Settings
from handrail.sources import Sources, folder_sources
from handrail.words import LANGUAGES

Watch = Callable[[Page, RawPage], None]
"""Is told of each page while it is taken apart, with what it says: so nobody needs to take it apart again."""


def read_handbook(
    sources: Sources,
    options: Options,
    titles: Mapping[str, str] | None = None,
    plugins: Iterable[str] = (),
    watch: Watch | None = None,
) -> Handbook:
    """Return what the texts of a handbook say, by themselves and together."""
    with _uncollected():
        pages = _pages(sources, options, titles or {}, watch=watch)
        return handbook_of(list(pages.pages.values()), options, tuple(plugins), sources.problems)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector out: what is read stays, and looking through it again and again costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()  # with the next line: what was read counts as old, and is not looked through now
                gc.unfreeze()
            gc.enable()


def read_two(before: Version, after: Version) -> tuple[Handbook, Handbook]:
    """Return what two versions of a handbook say; a page that is the same in both is read once."""
    with _uncollected():
        ours = _pages(before.sources, before.settings.options, before.settings.titles)
        theirs = _pages(after.sources, after.settings.options, after.settings.titles, ours)
        first, second = (
            handbook_of(list(pages.pages.values()), pages.options, version.settings.plugins, version.sources.problems)
            for version, pages in ((before, ours), (after, theirs))
        )
    return first, second


def read_versions(versions: Iterable[Version]) -> Iterator[Handbook]:
    """Yield what each of several versions of a handbook says; a page that does not change is read once."""
    earlier: _Pages | None = None
    for version in versions:
        with _uncollected():
            pages = _pages(version.sources, version.settings.options, version.settings.titles, earlier)
            book = handbook_of(
                list(pages.pages.values()), pages.options, version.settings.plugins, version.sources.problems
            )
        yield book
        earlier = pages


@dataclass(frozen=True, slots=True)
class Version:
    """A handbook at one time: its texts, and how its host is set up."""

    sources: Sources
    settings: Settings
    decisions: str | None = None
    """The file in which reviewers wrote what they decided; None where there is none."""
    folder: str = ""
    """The folder of the pages as reports name it, with slashes."""
    config: str = "mkdocs.yml"
    """The configuration, named likewise."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a handbook, each by itself, and what their reading depends on."""

    options: Options
    names: Sequence[str]
    """The names of the registered roles."""
    pages: Mapping[tuple[str, str, str | None], RawPage]
    """Path, text and title in the navigation -> what the page says."""
    roles: NamesByPage
    """What each page that may be a role's registers."""


def _pages(
    sources: Sources,
    options: Options,
    titles: Mapping[str, str],
    earlier: _Pages | None = None,
    watch: Watch | None = None,
) -> _Pages:
    """Return the pages in the order of their paths, those read before where they can only say the same."""
    grammar = Grammar(options.recognised())
    globs = globs_of(options.kinds)
    by_same = earlier is not None and earlier.options == options
    names, opened, roles = registered_names(
        sources.texts, globs, options, earlier.roles if earlier is not None and by_same else None
    )
    reading = Reading(options, grammar, globs, register_of(names), bool(names), dict(titles))
    same = earlier is not None and by_same and list(earlier.names) == list(names)
    known = earlier.pages if earlier is not None and same else {}
    pages: dict[tuple[str, str, str | None], RawPage] = {}
    for path, text in sorted(sources.texts.items()):
        key = path, text, titles.get(path)
        page = opened.pop(path) if path in opened else None
        pages[key] = known.get(key) or _read(page or page_of(path, text), reading, watch)
    return _Pages(options, names, pages, roles)


def _read(page: Page, reading: Reading, watch: Watch | None) -> RawPage:
    raw = read_page(page, reading)
    if watch is not None:
        watch(page, raw)
    return raw


def read_folder(settings: Settings) -> Handbook:
    """Return what the handbook in a folder says."""
    sources = folder_sources(settings.docs, settings.exclude)
    return read_handbook(sources, settings.options, settings.titles, settings.plugins)


def idle_notes(handbook: Handbook, options: Options, docs: Path, language: str) -> Iterator[str]:
    """Yield a note for each glob of `kinds:` that no page matches, and for a theme in a language that is not read.

    `language` is that of the theme, such as `de` or `de-CH`; English says nothing, for it is what themes do by
    themselves. It is only told: what a page says must not depend on a theme.
    """
    spoken = language.replace("_", "-").partition("-")[0].casefold()
    if spoken != "en" and spoken in LANGUAGES and spoken not in options.languages:
        first = options.languages[0]
        yield (
            f"The theme is in `{spoken}`, and Handrail reads and writes `{first}`. "
            f"Write `languages: [{spoken}, {first}]` in its options; the first one is written. "
            f"To keep `{first}`, write it first."
        )
    mend = "Mend the glob; it begins below the folder of the pages."
    if (docs / "templates").is_dir():
        mend = 'MkDocs leaves out `templates/`; write `exclude_docs: "!/templates/"` to have it, or mend the glob.'
    for pattern in idle_globs([page.path for page in handbook.pages], options.kinds):
        yield f"No page matches `{pattern}` in `kinds`. {mend}"


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
    for document in read_page(page_of(path, text), reading).documents:
        for step in every_step(document.steps):
            found.append((step.line, step.text, document.form == "table"))
    return sorted(found)
