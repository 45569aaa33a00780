"""One handbook published: where every name leads, and what each of the host's pages is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from importlib.resources import files
from itertools import count

from handrail.dataclass import dataclass
from handrail.handbook import reread_steps
from handrail.markdown import Fragments, RenderedPage
from handrail.model import BLOCK_WORDS, AskedBlock, Document, Handbook, Step
from handrail.options import Options
from handrail.pages import (
    Additions,
    Generated,
    RunningStyles,
    Site,
    View,
    address,
    block_html,
    generated,
    generated_html,
    running_styles,
    said_lines,
)
from handrail.problems import Problem
from handrail.relist import Relisted
from handrail.safety import Seal, new_seal

LineUrl = Callable[[str, int], str | None]
Place = tuple[str, str | None]
"""Path of a page, and an anchor on it."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the pages load."""

    path: str
    """Its address in the site."""
    options: tuple[str, ...] = ()
    """The options of which one has to be set for it."""

    def wanted(self, options: Options) -> bool:
        """Whether the site needs it."""
        return not self.options or any(getattr(options, name) for name in self.options)

    @property
    def source(self) -> str:
        """Where the file lies."""
        return str(files("handrail.templates").joinpath(self.path))

    @property
    def text(self) -> str:
        """What is in the file."""
        return files("handrail.templates").joinpath(self.path).read_text(encoding="utf-8")


TOGETHER = "assets/handrail/handrail-all"
"""The file of all styles, and that of all scripts, without the ending: a page loads two files and not nine."""
ASSETS = (
    Asset("assets/handrail/handrail.css"),
    Asset("assets/handrail/handrail-flow.css"),
    Asset("assets/handrail/handrail-print.css"),
    Asset("assets/handrail/handrail-tables.css"),
    Asset("assets/handrail/handrail-changes.css", ("history", "review")),
    Asset("assets/handrail/handrail-run-files.js", ("runs",)),
    Asset("assets/handrail/handrail.js"),
    Asset("assets/handrail/handrail-tables.js"),
    Asset("assets/handrail/handrail-accessible.css", ("accessible",)),
    Asset("assets/handrail/handrail-accessible.js", ("accessible",)),
)


@dataclass(frozen=True)
class Publication:
    """A handbook and the host's pages, on their way to a site."""

    site: Site
    urls: Mapping[str, str]
    """Path of each page -> its address, from the root of the site."""
    relative: Callable[[str, str], str]
    """Gives the way to the first address from the second one."""
    lines: Callable[[str], LineUrl] = lambda page: lambda path, line: None
    """Gives for the path of a page what gives the addresses of its lines on the forge."""

    @property
    def handbook(self) -> Handbook:
        """The handbook."""
        return self.site.handbook

    @property
    def options(self) -> Options:
        """The handbook's options."""
        return self.site.options

    @cached_property
    def generated(self) -> Mapping[str, Generated]:
        """Path -> page, of the pages that Handrail makes."""
        return {page.path: page for page in generated(self.site)}

    @cached_property
    def _named(self) -> Mapping[str, str]:
        """Name of a generated page -> its path."""
        return {page.name: page.path for page in self.generated.values()}

    @cached_property
    def _asked_steps(self) -> dict[str, Mapping[str, Step]]:
        """Id of a document whose steps were asked for -> the steps by what leads to them."""
        return {}

    def _steps(self, document: Document) -> Mapping[str, Step]:
        """Return the steps of a document by their ids, and by the other anchors that lead to them."""
        if document.id not in self._asked_steps:
            steps = document.all_steps()
            others = {alias: step for step in steps for alias in step.aliases}
            self._asked_steps[document.id] = others | {step.id: step for step in steps}
        return self._asked_steps[document.id]

    def place(self, target: str) -> Place | None:
        """Return where a target stands: an id, `id#step`, the name of a generated page, or a page's path."""
        name, _, anchor = target.partition("#")
        if name in self.urls:
            return name, anchor or None
        if name in self._named:
            return self._named[name], anchor or None
        document = self.handbook.documents.get(name) or self.handbook.documents.get(name.casefold())
        if document is None:
            return None
        if not document.own_page:
            return self.place(address(document))
        step = self._steps(document).get(anchor)
        return document.path, (step.anchor if step else anchor) or document.anchor

    def url(self, target: str, here: str) -> str | None:
        """Return the address of a target as seen from a page; None where the site does not have it."""
        place = self.place(target)
        if place is None or place[0] not in self.urls:
            return None
        path, anchor = place
        way = "" if path == here and anchor else self.relative(self.urls[path], self.urls.get(here, ""))
        return _anchored(way, anchor)

    def reference(self, name: str, here: str) -> tuple[str, str] | None:
        """Return the address of an id as the author of a page would write it, and the title of what it names.

        None where it names nothing; a step that is not there is a problem already, and no link hides it.
        """
        place = self.place(name)
        document = self.handbook.documents.get(name.partition("#")[0].casefold())
        if place is None or document is None or place[0] not in self.urls:
            return None
        path, anchor = place
        way = "" if path == here and anchor else _way(path, here.split("/")[:-1])
        wanted = name.partition("#")[2]
        step = self._steps(document).get(wanted) if wanted else None
        if wanted and step is None:
            return None
        return _anchored(way, anchor), step.text if step else document.title

    def view(self, here: str, line_url: LineUrl) -> View:
        """Return what the templates of a page may ask for."""
        known: dict[str, str | None] = {}

        def url(target: str) -> str | None:
            if target not in known:
                known[target] = self.url(target, here)
            return known[target]

        return View(self.site, url, line_url)

    def rendered_page(
        self, path: str, source: str, line_url: LineUrl, relisted: Relisted | None = None
    ) -> RenderedPage:
        """Return what the Markdown extension has to know of a page."""
        documents = tuple(sorted(self.handbook.by_path.get(path, ()), key=lambda document: document.line))
        view = self.view(path, line_url)
        differences: list[tuple[int, str]] = []
        shown = self._shown(path, view, differences) if self.handbook.shows_blocks else {}
        if not documents:
            return RenderedPage(
                path,
                lambda name: self.reference(name, path),
                source=source,
                shown=shown,
                seal=self._seal,
                differences=differences,
            )
        added = self._additions.to_page(path, view, lambda other: self.view(other, self.lines(other)))
        fragments = Fragments(
            document_head=lambda document: added[document.id].head,
            steps_foot=lambda document: added[document.id].steps_foot,
            document_foot=lambda document: added[document.id].foot,
            step_head=lambda step, document: added[document.id].steps[step.id][0],
            step_foot=lambda step, document: added[document.id].steps[step.id][1],
            said_above=lambda document: said_lines(document, source, view),
        )
        return RenderedPage(
            path=path,
            reference=lambda name: self.reference(name, path),
            documents=documents,
            source=source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"),
            relisted=relisted,
            fragments=fragments,
            indent=self.options.lists == "indent",
            reread=lambda text: reread_steps(path, text, self.options),
            shown=shown,
            seal=self._seal,
            differences=differences,
        )

    @cached_property
    def _additions(self) -> Additions:
        return Additions(self.handbook.by_path, self.urls)

    @property
    def _seal(self) -> Seal:
        return new_seal() if self.options.sanitize == "strict" else Seal()

    def _shown(self, path: str, view: View, differences: list[tuple[int, str]]) -> dict[str, Callable[[str], str]]:
        """Return by the word of a fenced block a function that shows what such a block of a page asks for.

        What is wrong with a block of the page's file is known already; with another one, it is noted.
        """
        known = {(block.word, *block.text.split()): block for block in self._asked_blocks.get(path, ())}
        numbers = count(1)

        def show(word: str, text: str) -> str:
            own = known.get((word, *text.split()))
            html, problem = block_html(own or AskedBlock(word, text, 1, 1), path, next(numbers), view)
            if problem is not None and own is None:
                differences.append((1, f"{problem.message} {problem.mend}".rstrip(".")))
            return html

        return {word: partial(show, word) for word in BLOCK_WORDS}

    @cached_property
    def _asked_blocks(self) -> Mapping[str, tuple[AskedBlock, ...]]:
        return {page.path: page.asked_blocks for page in self.handbook.pages}

    def differences(self, page: RenderedPage) -> Iterator[Problem]:
        """Yield a problem for each step that the site does not show as the model has it."""
        if page.changed:
            yield Problem(
                "changed-text",
                "info",
                page.path,
                1,
                1,
                "Another plugin changes this page before it is rendered; the model reads the file as it is.",
                "Nothing to mend, as long as the steps are still found.",
            )
        for name in page.taken_out:
            yield Problem(
                "unsafe-html",
                "warning",
                page.path,
                _line_with(name.strip("<>:"), page.source),
                1,
                f"`{name}` is taken out of the page, since `sanitize: strict` does not allow it.",
                "Write it in Markdown, or leave it out.",
            )
        for line, message in page.differences:
            yield Problem(
                "rendered-otherwise",
                "warning",
                page.path,
                line,
                1,
                f"The site does not show what was read: {message}.",
                "Write the list so that nothing interrupts it.",
            )

    def generated_html(self, path: str, line_url: LineUrl) -> str | None:
        """Return the content of a page that Handrail makes."""
        page = self.generated.get(path)
        return generated_html(page, self.view(path, line_url)) if page else None

    def running_styles(self) -> RunningStyles:
        """Return what puts into the margins of each page's print what the page is."""
        return running_styles(self.site)

    def nav(self, made: Iterable[str]) -> dict[str, list[dict[str, str]]] | None:
        """Return the section of the navigation for the pages that Handrail made."""
        there = set(made)
        entries = [{page.title: page.path} for page in self.generated.values() if page.listed and page.path in there]
        return {self.site.words.site["section"]: entries} if entries else None

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield every id with its address from the root of the site."""
        documents = self.handbook.documents
        steps = (f"{one.id}#{name}" for one in documents.values() for name in self._steps(one))
        for name in sorted({*documents, *steps}):
            place = self.place(name)
            if place is not None and place[0] in self.urls:
                path, anchor = place
                yield name, _anchored(self.urls[path], anchor)


def page_source(page: Generated) -> str:
    """Return the Markdown that stands for a generated page until its content is put in."""
    title = page.title.replace("\\", "\\\\").replace('"', '\\"')
    wide = "hide: [navigation, toc]\nsearch: {exclude: true}\n" if page.flow is not None else ""
    wide = wide or ("hide: [toc]\n" if page.wide else "")
    return f'---\ntitle: "{title}"\nrender_macros: false\n{wide}---\n\n# {_escaped(page.title)}\n'


def _escaped(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return (
        "".join(f"\\{char}" if char in "\\`*_{}[]()#+-.!|<>&" else char for char in text)
        .replace("\\<", "&lt;")
        .replace("\\&", "&amp;")
    )


def _anchored(way: str, anchor: str | None) -> str:
    """Return the way to an anchor of a page, or to the page as a whole."""
    return f"{way}#{anchor}" if anchor else way


def _line_with(word: str, text: str) -> int:
    """Return the first line that holds a word; the first line where none does."""
    lines = text.casefold().split("\n")
    return next((number for number, line in enumerate(lines, 1) if word in line), 1)


def _way(path: str, folder: list[str]) -> str:
    """Return the way from a folder to a page, both below the handbook's folder."""
    parts = path.split("/")
    common = 0
    while common < len(folder) and common < len(parts) - 1 and folder[common] == parts[common]:
        common += 1
    return "/".join([*[".."] * (len(folder) - common), *parts[common:]])
