"""A handbook built by its host into a folder, with the configuration for a copy."""

from __future__ import annotations

import contextlib
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from pathspec.gitignore import GitIgnoreSpec

from handrail.dataclass import dataclass
from handrail.export.derived import LeftOut, derived
from handrail.export.listening import Listener, at_time, listening
from handrail.export.network import without_network
from handrail.export.places import FULL
from handrail.export.selection import Asked, Selection, drafts_of, selection_of
from handrail.export.surroundings import surroundings, texts_of
from handrail.model import Handbook
from handrail.pages import Generated
from handrail.problems import HandrailError
from handrail.settings import Settings

_USUAL = (
    "admonition", "attr_list", "footnotes", "pymdownx.details", "pymdownx.superfences", "pymdownx.tasklist",
)  # fmt: skip
"""The extensions of Markdown for a folder of pages without a configuration: what most handbooks are written with."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site on the disk, and what its host said."""

    pages: Mapping[str, str]
    """Address of a page below the root of the site -> path of its source, in the order of the navigation."""
    made: frozenset[str]
    """The addresses of those that no author wrote."""
    drafts: frozenset[str]
    """The addresses of the pages that are not in force yet."""
    gone: frozenset[str]
    """The addresses of the pages that are left out on purpose; and their paths, where a link was written by those."""
    outside: tuple[str, ...]
    """The files that are links out of the folder of the pages, which are left out."""
    warnings: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    """The other machines that a plugin or a hook asked for something while the site was built, in vain."""
    part: str = ""
    """What the copy is a part for, where it is not the whole."""
    first: str = ""
    """The address of the page that a part begins with."""


class _Watcher(BasePlugin):  # type: ignore[type-arg]  # it has no options
    """Looks on while the site is built, and keeps out of it what is not asked for."""

    def __init__(self, asked: Asked, draft_docs: str) -> None:
        super().__init__()
        self._asked = asked
        self.pages: dict[str, str] = {}
        self.made: set[str] = set()
        self.gone: dict[str, str] = {}
        self.drafts: set[str] = set()
        self.outside: list[str] = []
        self.selection: Selection | None = None
        self.order: list[str] = []
        self._draft_docs = GitIgnoreSpec.from_lines(draft_docs.splitlines()) if draft_docs else None

    @event_priority(200)
    def _files_first(self, files: Files, *, config: MkDocsConfig) -> None:
        """Leave out what lies elsewhere, and ask Handrail's plugin to leave drafts out, before it reads."""
        docs = os.path.realpath(config.docs_dir)
        for file in [file for file in files if file.generated_by is None and file.src_dir == config.docs_dir]:
            if not Path(os.path.realpath(str(file.abs_src_path))).is_relative_to(docs):
                self.outside.append(file.src_uri)
                files.remove(file)
        plugin = config.plugins.get("handrail")
        if plugin is not None:
            plugin.leave_out = (lambda handbook: ()) if self._asked.drafts else self._drafts(files)

    def _drafts(self, files: Files) -> Callable[[Handbook], Iterable[str]]:
        def leave_out(handbook: Handbook) -> Iterable[str]:
            for path in drafts_of(handbook):
                file = files.get_file_from_path(path)
                if file is not None:
                    self.gone |= {file.dest_uri: path, path: path}
                yield path

        return leave_out

    @event_priority(-200)
    def _files_last(self, files: Files, *, config: MkDocsConfig) -> None:
        """Take out what is no part of what is asked for, when everything was read."""
        plugin = config.plugins.get("handrail")
        if not self._asked.part:
            return
        if plugin is None:
            raise HandrailError(
                "Without `handrail` under `plugins:` in mkdocs.yml, there are no parts to choose from. Add it."
            )
        self.selection = selection_of(self._asked, plugin.handbook)
        made: Mapping[str, Generated] = plugin.made
        kept = {path for path, page in made.items() if _belongs(page, self.selection)} | self.selection.paths
        folders = {path.rpartition("/")[0] for path in made}
        for file in files:
            gone = file.src_uri not in kept if file.is_documentation_page() else _goes_along(file, folders, kept)
            if gone and file.inclusion.is_included():
                file.inclusion = InclusionLevel.EXCLUDED
                self.gone |= {file.dest_uri: file.src_uri}

    on_files = CombinedEvent(_files_first, _files_last)

    @event_priority(-1000)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take out of the navigation what is out of the site."""
        if self.gone:
            nav.items = list(_kept(nav.items, frozenset(self.gone.values())))
            nav.pages = [page for page in nav.pages if page.file.src_uri not in self.gone.values()]
            for before, page in zip([None, *nav.pages], nav.pages, strict=False):
                page.previous_page, page.next_page = before, None
                if before is not None:
                    before.next_page = page
        self.order = [page.file.dest_uri for page in nav.pages]
        return nav

    @event_priority(-1000)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Note where each page comes from."""
        handbook = getattr(config.plugins.get("handrail"), "handbook", None)
        drafts = drafts_of(handbook) if handbook is not None else frozenset()
        for file in files.documentation_pages():
            self.pages[file.dest_uri] = file.src_uri
            if file.src_uri in drafts or self._is_draft(file.src_uri):
                self.drafts.add(file.dest_uri)
            if file.generated_by is not None:
                self.made.add(file.dest_uri)

    @property
    def first(self) -> str:
        """The address of the page that a part begins with; it may be one that Handrail makes."""
        if self.selection is None:
            return ""
        paths = (page for page, source in self.pages.items() if source == self.selection.first)
        return next(paths, "") or next((page for page in self.order if page in self.made), "")

    def _is_draft(self, path: str) -> bool:
        """Whether the host's configuration calls a page a draft, in the style of gitignore."""
        return self._draft_docs is not None and self._draft_docs.match_file(path)


def _belongs(page: Generated, selection: Selection) -> bool:
    """Whether a page that Handrail makes is about something in a selection."""
    return page.role in selection.documents or (page.flow is not None and page.flow[0] in selection.documents)


def _goes_along(file: File, folders: Set[str], kept: Set[str]) -> bool:
    """Whether a file is one that Handrail made beside its pages, to be taken away, and its page is out of the part."""
    folder = file.src_uri.rpartition("/")[0]
    made = file.generated_by == "handrail" and folder in folders
    return made and f"{file.src_uri.rpartition('.')[0]}.md" not in kept


def _kept(items: Iterable[StructureItem], gone: frozenset[str]) -> Iterator[StructureItem]:
    """Yield what stays of a navigation without some pages; a section that holds nothing goes too."""
    for item in items:
        if isinstance(item, Section):
            item.children = list(_kept(item.children, gone))
            if item.children:
                yield item
        elif isinstance(item, Page):
            if item.file.src_uri not in gone:
                yield item
        elif not (isinstance(item, Link) and item.url in gone):
            yield item


@dataclass(frozen=True)
class Configuration:
    """A host's configuration for a copy, not yet judged, and what it leaves out of the user's."""

    config: MkDocsConfig
    left_out: tuple[LeftOut, ...]
    live: str
    """The address of the live site."""
    folders: bool
    """Whether the live site gives each page a folder of its own."""
    draft_docs: str
    """Which pages are drafts, by the host's configuration, in the style of gitignore."""
    beside: tuple[Path, ...]
    """The files and folders that the site is made from, besides the pages."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Their texts by their paths, the user's own configuration first."""


def configuration(settings: Settings, path: Path | None, drafts: bool = False) -> Configuration:
    """Return the configuration for a copy; the user's file stays as it is.

    Without a file, it is a plain one for the folder of pages that the settings name.
    """
    docs = settings.docs.absolute()
    folder = path.absolute().parent if path is not None else docs.parent
    config = MkDocsConfig(config_file_path=str(folder / (path.name if path is not None else "mkdocs.yml")))
    try:
        if path is None:
            plain = {"site_name": docs.name, "theme": {"name": "material"}, "plugins": ["search", "handrail"]}
            config.load_dict({**plain, "exclude_docs": "!/templates/", "markdown_extensions": list(_USUAL)})
        else:
            with path.open("rb") as file:
                config.load_file(file)
    except (OSError, MkDocsException) as error:
        raise HandrailError(f"{path} cannot be read: {' '.join(str(error).split())}") from None
    drafts_said = config.get("draft_docs")
    folders = config.get("use_directory_urls") is not False
    live, beside = str(config.get("site_url") or ""), surroundings(path, config)
    made = derived(config, settings.options.kinds, drafts)
    config.load_dict({**made.values, "docs_dir": str(docs)})
    texts = texts_of(beside, folder) or {"mkdocs.yml": ""}
    return Configuration(config, made.left_out, live, folders, str(drafts_said or ""), beside, texts)


def built(given: Configuration, asked: Asked, site: Path, seconds: int) -> Built:
    """Build a handbook into a folder; raises HandrailError where the host cannot.

    `seconds` since 1970 stand for the time of the build.
    """
    with listening() as listener, at_time(seconds), without_network() as hosts, _in_one_line(listener, hosts):
        config = _judged(given.config, site, listener)
        watcher = _Watcher(asked, given.draft_docs)
        config.plugins["handrail-export"] = watcher
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
            # The host keeps plugins for later builds.
            vars(config.plugins.get("handrail", watcher)).pop("leave_out", None)
    return Built(
        pages={path: watcher.pages[path] for path in (*watcher.order, *watcher.pages) if path in watcher.pages},
        made=frozenset(watcher.made),
        drafts=frozenset(watcher.drafts),
        gone=frozenset(watcher.gone),
        outside=tuple(watcher.outside),
        warnings=tuple(listener.lines),
        hosts=tuple(dict.fromkeys(hosts)),
        part=watcher.selection.title if watcher.selection is not None else "",
        first=watcher.first,
    )


@contextlib.contextmanager
def _in_one_line(listener: Listener, hosts: Sequence[str]) -> Iterator[None]:
    """Say in one line why a handbook cannot be built: plugins and hooks are its programs, and may fail in any way."""
    try:
        yield
    except HandrailError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        if hosts:
            raise HandrailError(
                f"A plugin or a hook asks {hosts[-1]} for something while the handbook is built, and a copy is made "
                "without a network. Put what it fetches into docs_dir, or leave the plugin out."
            ) from error
        expected = isinstance(error, Abort | MkDocsException)
        said = (listener.lines[-1] if listener.lines else str(error)) if expected else _failed(error)
        raise HandrailError(f"The handbook cannot be built: {said.rstrip('.')}. Try `mkdocs build` first.") from error


def _failed(error: Exception) -> str:
    """Return what went wrong in a program of the handbook, and where."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    name, line = (error.filename, error.lineno) if isinstance(error, SyntaxError) else (place.filename, place.lineno)
    return f"{type(error).__name__} in {Path(name or '').name}, line {line}: {' '.join(str(error).split())}"


def _judged(config: MkDocsConfig, site: Path, listener: Listener) -> MkDocsConfig:
    config["site_dir"] = str(site)
    errors, warnings = config.validate()
    if errors:
        raise HandrailError(f"mkdocs.yml: {errors[0][0]}: {str(errors[0][1]).rstrip('.')}. Try `mkdocs build` first.")
    listener.lines += [f"mkdocs.yml: {name}: {warning}" for name, warning in warnings]
    return config
