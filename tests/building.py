"""Build small handbooks with a real host, and read the pages that come out."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from tests.reading import text_of

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
"""Keeps the hosts from printing advertisements for their successors."""

BARE = {"name": None, "custom_dir": "theme"}
"""A theme that shows nothing but the page's own text: fast, and nothing else differs."""

STRICT_LINKS = {
    "omitted_files": "warn", "absolute_links": "warn", "unrecognized_links": "warn", "anchors": "warn"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """A site, and what its build said at the level of warnings and of notes."""

    site: Path
    warnings: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def text(self, path: str) -> str:
        """Return a file of the site."""
        return (self.site / path).read_bytes().decode()

    def page(self, path: str) -> Element:
        """Return a page of the site as a tree."""
        return tree(self.text(path))

    @property
    def files(self) -> dict[str, bytes]:
        """Every file of the site by its path."""
        found = (file for file in self.site.rglob("*") if file.is_file())
        return {file.relative_to(self.site).as_posix(): file.read_bytes() for file in sorted(found)}

    @property
    def pages(self) -> dict[str, bytes]:
        """Every page of the site by its path."""
        return {path: data for path, data in self.files.items() if path.endswith(".html")}


def write(folder: Path, pages: Mapping[str, str | bytes]) -> Path:
    """Write files, texts without the indentation that they have in the test; return the folder."""
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text_of(text).encode())
    return folder


def handbook(folder: Path, pages: Mapping[str, str | bytes], **config: Any) -> Path:
    """Write a handbook with its mkdocs.yml; return that file.

    The plugin stands alone unless `plugins` says otherwise; `handrail` are its options, None leaves it out.
    """
    options = config.pop("handrail", {})
    plugins = [] if options is None else [{"handrail": options}]
    write(folder / "docs", pages)
    write(
        folder / "theme", {"main.html": "<html><head>{{ extra_css_tags }}</head><body>{{ page.content }}</body></html>"}
    )
    values = {"site_name": "Bakery", "theme": BARE, "plugins": plugins, "use_directory_urls": False} | config
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return file


class _Gathered(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelno, record.getMessage()))


@contextmanager
def log() -> Iterator[_Gathered]:
    """Gather what the host and its plugins say."""
    logger = logging.getLogger("mkdocs")
    gathered, before = _Gathered(), logger.level
    logger.addHandler(gathered)
    logger.setLevel(logging.INFO)
    try:
        yield gathered
    finally:
        logger.removeHandler(gathered)
        logger.setLevel(before)


def build(config: Path, **more: Any) -> Built:
    """Build a handbook with MkDocs, in this process; `more` overrides settings."""
    with log() as said:
        settings = load_config(str(config), **more)
        settings.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(settings)
        finally:
            settings.plugins.on_shutdown()
    return Built(
        Path(settings.site_dir),
        tuple(line for level, line in said.lines if level >= logging.WARNING),
        tuple(line for level, line in said.lines if level == logging.INFO),
    )


def run(
    *command: str | Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; return what it said."""
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**os.environ, **ENVIRONMENT, **(environment or {})},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


# ---- pages as trees, read by nothing of Handrail's ----

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        """Return an attribute."""
        return self.attributes.get(name)

    def all(self) -> Iterator[Element]:
        """Yield the element and all inside it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()

    def find(self, *tags: str, **attributes: str) -> list[Element]:
        """Return all elements inside of these tags and attributes; `_` stands for `-` in the names of these."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            inner
            for inner in self.all()
            if inner is not self
            and (not tags or inner.tag in tags)
            and all(inner.get(name) == value for name, value in wanted.items())
        ]

    def elements(self, *tags: str) -> list[Element]:
        """Return the elements directly inside."""
        return [child for child in self.children if isinstance(child, Element) and (not tags or child.tag in tags)]

    def text(self, without: Callable[[Element], bool] = lambda inner: False) -> str:
        """Return the words inside, single spaces between."""
        return " ".join("".join(self._texts(without)).split())

    def _texts(self, without: Callable[[Element], bool]) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif not without(child):
                yield from child._texts(without)
                yield "" if child.tag in _INLINE else " "


_INLINE = frozenset("a abbr b code del em i kbd mark q s small span strong sub sup u".split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, [], self._open[-1])
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        place = next((n for n in range(len(self._open) - 1, 0, -1) if self._open[n].tag == tag), None)
        if place is not None:
            del self._open[place:]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def tree(html: str) -> Element:
    """Return HTML as a tree."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def is_added(element: Element) -> bool:
    """Whether Handrail put an element there whole; steps and links bear the attribute on the author's own."""
    return element.get("data-handrail") not in (None, "step", "reference")


def steps_of(page: Element) -> list[tuple[str, str, str, str]]:
    """Return document, id, tag and number of each step, in the order of the page."""
    return [
        (step["data-document"], step["data-step"], step.tag, number_of(step))
        for step in page.find(data_handrail="step")
    ]


def number_of(step: Element) -> str:
    """Return the number that a browser shows at an item of an ordered list; empty for anything else."""
    if step.tag != "li" or step.parent is None or step.parent.tag != "ol":
        return ""
    own = str(int(step.parent.get("start") or 1) + step.parent.elements("li").index(step))
    above: Element | None = step.parent
    while above is not None and above.get("data-handrail") != "step":
        above = above.parent
    before = number_of(above) if above is not None else ""
    return f"{before}.{own}" if before else own
