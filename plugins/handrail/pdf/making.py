"""Pages put together and written as a tagged PDF file."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from handrail.dataclass import dataclass
from handrail.drawing import LIGHT
from handrail.model import Document
from handrail.pages import Running, Site, css_string, running, watermark
from handrail.pdf.anchors import lead, rename, show_pictures
from handrail.pdf.articles import Element, article_of, parsed, written_html
from handrail.pdf.drawings import with_pictures
from handrail.problems import HandrailError
from handrail.render import rendered

MARK = b"handrail"
"""The beginning of a file's identifier, by which it is known as one of Handrail's."""
_STYLES = ("assets/handrail/handrail.css", "assets/handrail/handrail-flow.css", "assets/handrail/handrail-print.css")
_EXTRA = "A PDF file needs WeasyPrint: pip install handrail[pdf]"
_LIBRARY = "WeasyPrint does not find Pango ({error}). On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the site in the file."""

    path: str
    """Of the page's Markdown."""
    page: str
    """Its place in the site."""
    prefix: str
    """Before each of its anchors."""
    running: Running
    across: str = ""
    """What lies across each sheet."""


def chapters_of(chosen: Iterable[Document], pages: Mapping[str, str], site: Site) -> tuple[Chapter, ...]:
    """Return the pages that hold some documents, each once; `pages` has the place of each page in the site.

    Raises HandrailError for a document whose page is not in the site.
    """
    paths = list(dict.fromkeys(document.path for document in chosen))
    missing = [path for path in paths if path not in pages]
    if missing:
        raise HandrailError(
            f"{missing[0]} is not in the built site. Look at exclude_docs and draft_docs in mkdocs.yml."
        )
    return tuple(
        Chapter(
            path,
            pages[path],
            f"p{number}",
            running(path, site.page_titles.get(path, path), site),
            watermark(site.handbook.by_path[path][0], site),
        )
        for number, path in enumerate(paths, 1)
    )


def pdf_of(chapters: Sequence[Chapter], folder: Path, site: Site, title: str, language: str = "en",
           extract: bool = True) -> bytes:  # fmt: skip
    """Return pages of a built site as one PDF file; the same bytes for the same pages.

    Raises HandrailError where WeasyPrint or one of its libraries is not installed.
    """
    weasyprint = _weasyprint()
    values = {
        "chapters": chapters,
        "title": title,
        "language": language,
        "handbook": site.name,
        "stamp": site.stamp,
        "copy": chapters[0].running.copy if chapters else "",
        "extract": extract,
        "style": "\n".join((*_styles(), *_sheets(chapters, site))),
    }
    root = parsed(rendered("controlled", site.own_templates, say=site.say, **values))
    places = {str(one.get("id")): one for one in root.iter("section")}
    prefixes = {chapter.page: chapter.prefix for chapter in chapters}
    for chapter in chapters:
        places[chapter.prefix].append(_article(chapter, folder, prefixes, _live(site)))
    _drop_dead(root)
    text = written_html(root)
    html = weasyprint.HTML(string=text, base_url=folder.resolve().as_uri() + "/", url_fetcher=_only_inside(folder))
    identifier = MARK + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest().encode()[:24]
    try:
        written = html.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    except Exception as error:  # whatever goes wrong inside of it is nothing that a handbook's author can read
        pages = ", ".join(chapter.path for chapter in chapters[:3])
        raise HandrailError(
            f"WeasyPrint cannot write {pages} ({type(error).__name__}). Print it from a browser."
        ) from error
    assert isinstance(written, bytes)
    return written


def _article(chapter: Chapter, folder: Path, prefixes: Mapping[str, str], live: Callable[[str], str | None]) -> Element:
    text = (folder / chapter.page).read_text(encoding="utf-8")
    article = article_of(text)
    with_pictures(article, text)
    show_pictures(article, chapter.page, folder)
    rename(article, chapter.prefix)
    lead(article, chapter.page, prefixes, live)
    article.set("class", "md-typeset")
    return article


def _live(site: Site) -> Callable[[str], str | None]:
    stamp = site.stamp
    return (lambda path: stamp.live(path)) if stamp is not None else (lambda path: None)


def _drop_dead(root: Element) -> None:
    """Make links plain words whose anchor is on no page of the file, and what was left of others."""
    known = {one.get("id") for one in root.iter() if one.get("id")}
    for element in list(root.iter("a")):
        href = element.get("href") or ""
        if not href or (href.startswith("#") and href[1:] not in known):
            element.attrib.pop("href", None)
            element.tag = "span"  # a file says of an `a` that it is a link


def _styles() -> Iterator[str]:
    """Yield the styles of print, then those of the file alone."""
    templates = resources.files("handrail.templates")
    yield from (templates.joinpath(name).read_text(encoding="utf-8") for name in _STYLES)
    yield templates.joinpath("controlled.css").read_text(encoding="utf-8")


def _sheets(chapters: Iterable[Chapter], site: Site) -> Iterator[str]:
    """Yield the style of the sheets: what stands in their margins, and the words across those out of force."""
    number, _, count = site.words.site["print.page"].partition("{number}")
    of, _, end = count.partition("{count}")
    counted = f"{css_string(number)} counter(page) {css_string(of)} counter(pages) {css_string(end)}"
    yield f"@page {{ @bottom-right {{ content: {counted} }} }}"
    for chapter in chapters:
        texts = chapter.running
        margins = (("top-left", texts.title), ("top-right", texts.state), ("bottom-left", texts.copy))
        boxes = " ".join(f"@{place} {{ content: {css_string(text)} }}" for place, text in margins)
        boxes += f" {_across(chapter.across)}" if chapter.across else ""
        yield f"@page {chapter.prefix} {{ {boxes} }} #{chapter.prefix} {{ page: {chapter.prefix} }}"
        across = f"#{chapter.prefix} .handrail-sheets--across {{ page: {chapter.prefix}-across }}"
        yield f"@page {chapter.prefix}-across {{ size: A4 landscape; {boxes} }} {across}"


def _across(word: str) -> str:
    """Return the style that lays a word across a sheet, pale and behind the text."""
    drawn = rendered("watermark", None, word=word.upper(), font=LIGHT.font)
    data = base64.b64encode(drawn.encode()).decode()
    return f"background: url(data:image/svg+xml;base64,{data}) center / 170mm 170mm no-repeat;"


def _only_inside(folder: Path) -> Any:
    """Return what fetches pictures: from the site's folder, and from nowhere else."""
    root = folder.resolve().as_uri() + "/"
    base = import_module("weasyprint.urls").URLFetcher

    def fetch(self: Any, url: str, headers: Any = None) -> Any:
        if not url.startswith(("data:image/", root)) or ".." in url:
            raise ValueError("outside of the site")
        return base.fetch(self, url, headers)

    return type("Inside", (base,), {"fetch": fetch})(allowed_protocols=("file", "data"))


def _weasyprint() -> Any:
    """Return the library; raises HandrailError where it, or what it stands on, is not installed."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of every style that it does not know
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    try:
        return import_module("weasyprint")
    except ModuleNotFoundError:
        raise HandrailError(_EXTRA) from None
    except (ImportError, OSError) as error:
        raise HandrailError(_LIBRARY.format(error=" ".join(str(error).split())[:120])) from None
