"""MkDocs calls, Handrail answers: each hook is one call."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from shutil import copyfile
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from handrail.checks import checked
from handrail.kept import let_go
from handrail.markdown import HandrailExtension, is_narrow, narrowed
from handrail.model import Handbook
from handrail.options import OPTIONS, Options, options_of
from handrail.pages import Generated, Site
from handrail.plugin.adding import add_downloads, add_pages
from handrail.plugin.cleaning import clean_sections, clean_titles, cleaner_of, leave_out_active
from handrail.plugin.files import MadeFile, add_assets, line_url, page_of
from handrail.plugin.folder import MadeFolder
from handrail.plugin.navigation import append_section, extend_nav, holds_only
from handrail.plugin.reading import handbook_from, page_texts, put_down
from handrail.plugin.searching import all_aside, put_aside
from handrail.plugin.shelf import Shelf
from handrail.plugin.spared import only_search_looks, spared
from handrail.plugin.told import tell, tell_idle, told_story
from handrail.problems import HandrailError, Problem
from handrail.publication import Publication
from handrail.reports.json import schema_text
from handrail.safety import clean_meta
from handrail.stamp import Stamp, known_revision, stamp_of

HandrailConfig = type(
    "HandrailConfig",
    (Config,),
    {"__doc__": "The plugin's options, made from the one table that the command reads too."}
    | {
        f"{option.name}_": Optional(Type(object)) for option in OPTIONS
    },  # MkDocs drops the `_`; without it, `keys` would hide a method
)


class HandrailPlugin(BasePlugin):  # type: ignore[type-arg]  # the class of its options is made from a table
    """Reads the handbook before its pages are rendered, and adds what it knows to them."""

    config_class = HandrailConfig
    leave_out: Callable[[Handbook], Iterable[str]] = staticmethod(lambda handbook: ())
    """Gives the pages that are to be left out of the site, and of the model: asked for by the export."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = MadeFolder()
        self._shelf = Shelf()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay the same plugin over the builds of `serve`."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options, and put the extension into the host's configuration."""
        try:
            self._options = options_of({name: value for name, value in self.config.items() if value is not None})
        except HandrailError as error:
            raise PluginError(str(error)) from None
        self._extension = HandrailExtension()
        self._extension.clean = cleaner_of(self._options)
        self._stamp = _stamp_of(config, self._options)
        self._generated: dict[str, File] = {}
        self._instead: dict[str, str] = {}
        self._texts: dict[str, str] | None = None
        self._from_disk: dict[str, tuple[File, str]] = {}
        self._unread: list[Problem] = []
        self._story = told_story(self._options, config)
        config.markdown_extensions.append(self._extension)  # type: ignore[arg-type]  # an instance is taken too
        return config

    @event_priority(100)
    def _files_early(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the handbook, and announce the pages that Handrail makes before other plugins look at the files."""
        self._folder.open()
        self._read(files, config)
        self._shelf.open(self._folder.path(".shelf"))
        self._announce(files, config)
        return files

    @event_priority(-100)
    def _files_late(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read once more, now with the pages that other plugins made, and write Handrail's own."""
        self._read(files, config)
        self._from_disk = {}
        left_out = leave_out_active(files, config) if self._extension.clean is not None else []
        self._announce(files, config)
        if self._typed:
            add_assets(files, config, self._options, lambda path, text: self._add(path, text, files, config))
        urls = {file.src_uri: file.url for file in files.documentation_pages(inclusion=self._inclusion)}
        made = add_downloads(self._site, files, config) if self._typed else ()
        urls |= {file.src_uri: file.url for file in made}
        urls |= self._instead
        self._publication = Publication(self._site, urls, get_relative_url, lambda path: line_url(page_of(path, files)))
        if self._options.navigation and config.nav is not None:
            extend_nav(config, self._publication.nav(self._generated))
        tell((*self.handbook.problems, *left_out))
        tell_idle(self.handbook, self._options, config)
        return files

    on_files = CombinedEvent(_files_early, _files_late)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put Handrail's section at the end, where the host or another plugin made the navigation."""
        if self._extension.clean is not None:
            clean_sections(nav.items)
        if config.nav is not None or not self._options.navigation:
            return nav
        title = self._site.words.site["section"]
        own = [item for item in nav.items if holds_only(item, frozenset(self._generated))]
        for item in own:
            item.title = title
        nav.items = [*(item for item in nav.items if item not in own), *own]
        if not own:
            append_section(nav, title, self._publication.nav(self._generated), files, config)
        return nav

    def _clean_meta(self, page: Page) -> None:
        """Make what the theme prints of a page's front matter harmless."""
        if self._extension.clean is not None:
            page.meta.update(clean_meta(dict(page.meta)))

    @event_priority(100)
    def _markdown_early(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Clean the front matter before other plugins look at it."""
        self._clean_meta(page)
        return None

    @event_priority(0)
    def _markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Tell the extension which page comes next."""
        path = page.file.src_uri
        self._clean_meta(page)
        self._extension.page = self._publication.rendered_page(
            path, (self._texts or {}).pop(path, ""), line_url(page), self._relisted.pop(path, None)
        )
        return None

    @event_priority(-100)
    def _markdown_late(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Clean the front matter that other plugins have added."""
        self._clean_meta(page)
        return None

    on_page_markdown = CombinedEvent(_markdown_early, _markdown, _markdown_late)

    @event_priority(100)
    def _content_early(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Fill the pages that Handrail makes, and tell where a rendered page is not what was read."""
        rendered = self._extension.page
        self._extension.page = None
        if self._extension.clean is not None:
            clean_titles(page)
        if rendered is not None:
            tell(self._publication.differences(rendered))
        if page.file.src_uri not in self._generated:
            return None
        made = f"{html}\n{self._publication.generated_html(page.file.src_uri, line_url(page))}"  # below its title
        return narrowed(made) if self._narrow else made

    @event_priority(-100)
    def _content_late(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Put onto the disk what only the printing of the page asks for."""
        path = page.file.src_uri
        return self._shelf.left(path, all_aside(html) if path in self._generated else put_aside(html))

    on_page_content = CombinedEvent(_content_early, _content_late)

    @event_priority(-20)
    def _env_addresses(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Register every id with autorefs, where it is in use."""
        autorefs = config.plugins.get("autorefs")
        register = getattr(autorefs, "register_url", None)
        if register is not None:
            for name, url in self._publication.addresses():
                register(name, url)

    @event_priority(-10_000)
    def _env_last(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Keep what the printing of the pages still asks for, and let go of the model: the pages are many by now."""
        self._styles = self._publication.running_styles() if self._typed else None
        self._only_search_looks = only_search_looks(config.plugins.events["page_context"], self)
        folders: set[str] = set()
        for made in files:
            if isinstance(made, MadeFile) and self._inclusion(made.inclusion):
                made.write(folders)
        del self.handbook, self._site, self._publication
        self._texts = None
        let_go()
        if getattr(self, "_serving", False):
            gc.unfreeze()  # what the last build left behind goes; of this one, nothing frozen stands in circles
        gc.collect()
        gc.freeze()  # as above: what is there now stays to the end

    on_env = CombinedEvent(_env_addresses, _env_last)

    @event_priority(100)
    def _context_early(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Take the page from the disk, but for what a search has no use for, before the search looks at it.

        Where nobody else looks, the search gets a page of its own, and the page stays as it is.
        """
        self._left = page.content
        taken = self._shelf.taken(page.file.src_uri, page.content or "")
        self._aside = put_aside(taken.restored(taken.html)) if page.file.src_uri in self._generated else taken
        self._spared = spared(self._aside.html) if self._only_search_looks else None
        page.content = self._aside.html if self._spared is None else self._spared

    @event_priority(-100)
    def _context_late(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Put all of it back, before the page is printed."""
        page.content = self._aside.restored(self._aside.html if page.content == self._spared else page.content or "")

    on_page_context = CombinedEvent(_context_early, _context_late)

    @event_priority(0)
    def _post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str | None:
        """Put into the head of a page what is printed on each of its sheets."""
        if self._styles is None:
            return None
        if "</head>" not in output:
            return None
        style = self._styles.of(page.file.src_uri, str(page.title or ""))
        return output.replace("</head>", f"{style}\n</head>", 1)

    @event_priority(-10_000)
    def _post_page_last(self, output: str, *, page: Page, config: MkDocsConfig) -> str | None:
        """Let go of what the page holds of Handrail's: the host keeps every page until all are printed."""
        page.content = self._left
        return None

    on_post_page = CombinedEvent(_post_page, _post_page_last)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the model beside the pages."""
        self._shelf.close()
        if self._styles is None:
            return
        folder = Path(config.site_dir)
        copyfile(self._model_file, folder / "handbook.json")
        (folder / "handbook.schema.json").write_text(schema_text(), encoding="utf-8", newline="\n")

    def on_shutdown(self) -> None:
        """Remove the files of the pages that Handrail made."""
        self._shelf.close()
        self._folder.close()

    @property
    def made(self) -> Mapping[str, Generated]:
        """Path -> page, of the pages that Handrail makes; known once the files are."""
        return self._publication.generated

    @property
    def _typed(self) -> bool:
        """Whether any page is typed; where none is, the site stays as it would be without Handrail."""
        return any(page.kind is not None for page in self.handbook.pages)

    @property
    def _model_file(self) -> Path:
        """Where the model waits for the pages."""
        return self._folder.path(".handbook.json")

    @property
    def _inclusion(self) -> Any:
        serving = getattr(self, "_serving", False)
        return InclusionLevel.is_in_serve if serving else InclusionLevel.is_included

    def _site_of(self, config: MkDocsConfig) -> Site:
        custom = config.theme.custom_dir
        own = Path(custom, "handrail") if custom else None
        return Site(self.handbook, self._options, config.site_name, own, self._stamp, self._story)

    def _read(self, files: Files, config: MkDocsConfig) -> None:
        """Read the handbook from the host's files; a page that cannot be read is taken out of the site."""
        texts, unread = page_texts(files, Path(config.docs_dir), self._inclusion, self._generated, self._from_disk)
        self._unread += unread
        if texts == self._texts:
            return  # no other plugin made a page since the files were read first
        self._texts = texts
        handbook, self._relisted = handbook_from(texts, self._unread, self._options, config)
        gone = [left for path in self.leave_out(handbook) if (left := files.get_file_from_path(path)) is not None]
        if gone:
            for page in gone:
                files.remove(page)
            self._read(files, config)
            return
        self.handbook: Handbook = checked(handbook)
        if self._typed:
            self.handbook = put_down(self.handbook, self._model_file)
        let_go()
        self._site = self._site_of(config)
        self._narrow = all(map(is_narrow, texts.values()))
        gc.freeze()  # what was read stays: the collector need not look through it at every turn of the build

    def _announce(self, files: Files, config: MkDocsConfig) -> None:
        """Add a file for each page that Handrail makes and the user does not have."""
        if self._typed:
            added, instead = add_pages(self._site, files, config, self._folder, self._generated)
            self._generated |= added
            self._instead |= instead

    def _add(self, path: str, text: str, files: Files, config: MkDocsConfig) -> None:
        """Add a style or a script: a real file, since plugins look at those too."""
        file = self._folder.file(config, path)
        self._folder.write(file, text)
        files.append(file)


def _stamp_of(config: MkDocsConfig, options: Options) -> Stamp:
    """Return what prints of the site say about it."""
    docs, file = Path(config.docs_dir), Path(config.config_file_path or config.docs_dir)
    revision, _ = known_revision(docs, *([file] if file.is_file() else ()))
    addresses = (str(config.get(name) or "") for name in ("site_url", "repo_url", "edit_uri"))
    return stamp_of(config.site_name, options, revision, *addresses)
