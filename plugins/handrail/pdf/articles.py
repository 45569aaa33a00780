"""A page's own text taken out of the built page, without what works on a screen only."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from importlib import import_module

Element = etree.Element

_SCREEN_ONLY = frozenset(
    ("script", "style", "noscript", "template", "button", "form", "iframe", "video", "audio", "object")
)
_SCREEN_CLASSES = frozenset(
    "headerlink md-content__button handrail-tools handrail-filter handrail-run handrail-small handrail-downloads "
    "handrail-copied handrail-facts--control handrail-place handrail-watermark md-annotation__index "
    "handrail-stamp handrail-table-tools".split()
)


def parsed(html: str) -> Element:
    """Return a page as a tree whose elements of HTML bear no namespace."""
    root: Element = import_module("tinyhtml5").parse(html, namespace_html_elements=False)
    return root


def written_html(root: Element) -> str:
    """Return a tree as HTML; drawings lose their namespace, which HTML knows by their name."""
    for element in root.iter():
        if _is_element(element):
            element.tag = element.tag.rpartition("}")[2]
            for name in [name for name in element.attrib if "}" in name]:
                element.set(_local(name), element.attrib.pop(name))
    return "<!DOCTYPE html>\n" + etree.tostring(root, encoding="unicode", method="html")


def _local(name: str) -> str:
    space, _, local = name[1:].rpartition("}")
    return f"xlink:{local}" if space.endswith("xlink") else local


def article_of(html: str) -> Element:
    """Return a page's own text, as it is printed."""
    root = parsed(html)
    found = next((one for one in root.iter("article")), None)
    if found is None:
        found = next((one for one in root.iter() if one.get("role") == "main"), root.find("body"))
    article = found if found is not None else Element("article")
    without(article, _is_for_screens)
    _unfold(article)
    _mark_warned(article)
    return article


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset((element.get("class") or "").split())


def without(element: Element, unwanted: Callable[[Element], bool]) -> None:
    """Take out all elements inside that are not wanted; the words behind them stay."""
    for child in list(element):
        if _is_element(child) and not unwanted(child):
            without(child, unwanted)
        else:
            remove(element, child)


def remove(parent: Element, child: Element) -> None:
    """Take out an element and keep the words behind it."""
    place = list(parent).index(child)
    if child.tail and place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _is_element(node: Element) -> bool:
    """Whether it is no comment, which has a function in the place of a name."""
    return isinstance(node.tag, str)


def _is_for_screens(element: Element) -> bool:
    return element.tag in _SCREEN_ONLY or bool(classes(element) & _SCREEN_CLASSES)


def _unfold(article: Element) -> None:
    """Open what is folded, and put the name of each tab before what it shows."""
    for element in article.iter("details"):
        element.set("open", "")
    for element in article.iter():
        if "tabbed-set" in classes(element):
            _unfold_tabs(element)
    without(article, lambda element: element.tag in ("input", "label") and not _is_box(element))


def _mark_warned(article: Element) -> None:
    """Mark what begins with a warning, whose box stands behind that; those who make PDF files cannot ask for it."""
    for element in article.iter():
        heads = [child for child in element if "handrail-step-head" in classes(child)]
        if any("handrail-warning" in classes(child) for head in heads for child in head):
            element.set("class", f"{element.get('class') or ''} handrail-warns-first".strip())


def _is_box(element: Element) -> bool:
    return element.get("type") == "checkbox"


def _unfold_tabs(tabs: Element) -> None:
    names = [" ".join("".join(label.itertext()).split()) for label in tabs.iter("label")]
    blocks = [block for block in tabs.iter() if "tabbed-block" in classes(block)]
    without(tabs, lambda element: "tabbed-labels" in classes(element))
    for name, block in zip(names, blocks, strict=False):
        title = etree.Element("p", {"class": "handrail-tab"})
        title.text, title.tail, block.text = name, block.text, None
        block.insert(0, title)


def elements(article: Element, tag: str) -> Iterator[tuple[Element, Element]]:
    """Yield each element of a name with its parent."""
    for parent in list(article.iter()):
        for child in list(parent):
            if child.tag == tag:
                yield parent, child
