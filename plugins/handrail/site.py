"""One site: which pages Handrail adds to it, what it adds to each page, and where every name leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from handrail.handbook import reread_steps
from handrail.markdown import Fragments, RenderedPage
from handrail.model import Handbook
from handrail.options import Options
from handrail.pages import (
    Generated,
    View,
    document_foot,
    document_head,
    generated,
    generated_html,
    step_foot,
    step_head,
)
from handrail.problems import Problem
from handrail.render import templates_of

LineUrl = Callable[[str, int], str | None]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the pages load."""

    path: str
    """Its address in the site."""
    option: str | None = None
    """The option that it depends on."""

    def wanted(self, options: Options) -> bool:
        """Whether the site needs it."""
        return self.option is None or bool(getattr(options, self.option))

    @property
    def source(self) -> str:
        """Where the file lies."""
        return str(files("handrail.templates").joinpath(self.path))


ASSETS = (
    Asset("assets/handrail/handrail.css"),
    Asset("assets/handrail/handrail.js"),
    Asset("assets/handrail/handrail-accessible.css", "accessible"),
    Asset("assets/handrail/handrail-accessible.js", "accessible"),
)


@dataclass(frozen=True)
class Site:
    """A handbook on its way to a site."""

    handbook: Handbook
    options: Options
    custom: str | None
    """The user's folder of templates."""
    urls: Mapping[str, str]
    """Path of each page -> its address, from the root of the site."""
    relative: Callable[[str, str], str]
    """Gives the way from the second address to the first one."""
    name: str = ""
    """The handbook's name."""

    @staticmethod
    def generated(handbook: Handbook, options: Options) -> tuple[Generated, ...]:
        """Return the pages that Handrail makes of a handbook."""
        return generated(handbook, options)

    @cached_property
    def _pages(self) -> Mapping[str, Generated]:
        return {page.path: page for page in generated(self.handbook, self.options)}

    @cached_property
    def _targets(self) -> Mapping[str, tuple[str, str | None]]:
        """Id of a document or name of a generated page -> path and anchor."""
        targets: dict[str, tuple[str, str | None]] = {page.name: (page.path, None) for page in self._pages.values()}
        for name, document in self.handbook.documents.items():
            if document.own_page:
                targets[name] = (document.path, document.anchor)
            elif (page := f"{document.kind}/{document.id}") in targets:
                targets[name] = targets[page]
            elif (page := f"{document.kind}s") in targets:
                targets[name] = (targets[page][0], document.id)
        return targets

    @cached_property
    def _anchors(self) -> Mapping[str, str]:
        """`document#step` -> the step's anchor."""
        return {f"{document.id}#{step.id}": step.anchor for document in self.handbook.documents.values()
                for step in document.all_steps()}

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """`document#step` -> the step's sentence."""
        return {f"{document.id}#{step.id}": step.text for document in self.handbook.documents.values()
                for step in document.all_steps()}

    def place(self, target: str) -> tuple[str, str | None] | None:
        """Return path and anchor of an id, of `document#step`, of a generated page's name, or of a page."""
        if target in self.urls:
            return target, None
        name, _, step = target.partition("#")
        found = self._targets.get(name) or self._targets.get(name.casefold())
        if found is None or not step:
            return found
        document = self.handbook.documents.get(name) or self.handbook.documents.get(name.casefold())
        anchor = self._anchors.get(f"{document.id}#{step}") if document else None
        return found[0], anchor or step

    def url(self, target: str, here: str) -> str | None:
        """Return the address of a target, relative to a page."""
        place = self.place(target)
        if place is None or place[0] not in self.urls or here not in self.urls:
            return None
        path, anchor = place
        address = "" if path == here and anchor else self.relative(self.urls[path], self.urls[here])
        return f"{address}#{anchor}" if anchor else address

    def reference(self, name: str, here: str) -> tuple[str, str] | None:
        """Return the address of an id as an author of this page would write it, and the title of what it names."""
        place = self.place(name)
        document = self.handbook.documents.get(name.partition("#")[0].casefold())
        if place is None or document is None or place[0] not in self.urls:
            return None
        path, anchor = place
        folder = here.split("/")[:-1]
        address = "" if path == here and anchor else _way(path, folder)
        title = self._titles.get(f"{document.id}#{name.partition('#')[2]}", document.title)
        return (f"{address}#{anchor}" if anchor else address), title

    def view(self, here: str, line_url: LineUrl) -> View:
        """Return what the templates of a page may ask for."""
        return View(
            handbook=self.handbook, options=self.options, words=self.options.recognised(),
            url=lambda target: self.url(target, here), line_url=line_url, here=here,
        )

    def rendered_page(self, path: str, source: str, line_url: LineUrl) -> RenderedPage:
        """Return what the Markdown extension has to know of a page."""
        documents = tuple(sorted(self.handbook.by_path.get(path, ()), key=lambda document: document.line))
        if not documents:
            return RenderedPage(path, lambda name: self.reference(name, path))
        view = self.view(path, line_url)
        templates = templates_of(self.custom)
        fragments = Fragments(
            document_head=lambda document: document_head(document, view, templates),
            document_foot=lambda document: document_foot(document, view, templates),
            step_head=lambda step, document: step_head(step, document, view, templates),
            step_foot=lambda step, document: step_foot(step, document, view, templates),
        )
        return RenderedPage(
            path, lambda name: self.reference(name, path), documents, source.replace("\r\n", "\n").removeprefix("\ufeff"),
            fragments, self.options.lists == "indent", lambda text: reread_steps(path, text, self.options),
        )

    def differences(self, page: RenderedPage) -> Iterator[Problem]:
        """Yield a problem for each step that the site does not show as the model has it."""
        for line, message in page.differences:
            yield Problem("rendered-otherwise", "warning", page.path, line, 1,
                          f"The site does not show what was read: {message}.",
                          "Write the list so that it is not interrupted, or tell us of it.")

    def generated_html(self, path: str, line_url: LineUrl) -> str | None:
        """Return the content of a page that Handrail makes."""
        page = self._pages.get(path)
        return generated_html(page, self.view(path, line_url), templates_of(self.custom)) if page else None

    def nav(self, made: Iterable[str]) -> dict[str, list[dict[str, str]]] | None:
        """Return the section of the navigation for the pages that Handrail made."""
        made = set(made)
        entries = [{page.title: page.path} for page in self._pages.values() if page.in_navigation and page.path in made]
        return {self.options.recognised().site["section"]: entries} if entries else None

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield every id with its address from the root of the site."""
        for name in sorted({*self.handbook.documents, *self._anchors}):
            place = self.place(name)
            if place is not None and place[0] in self.urls:
                path, anchor = place
                yield name, f"{self.urls[path]}#{anchor}" if anchor else self.urls[path]


def _way(path: str, folder: list[str]) -> str:
    """Return the way from a folder to a page, both below the handbook's folder."""
    parts = path.split("/")
    common = 0
    while common < len(folder) and common < len(parts) - 1 and folder[common] == parts[common]:
        common += 1
    return "/".join([*[".."] * (len(folder) - common), *parts[common:]])


