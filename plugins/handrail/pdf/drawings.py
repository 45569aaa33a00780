"""Drawings in a PDF file: pictures with literal colours, cut into the same sheets as on paper."""

from __future__ import annotations

import base64
import copy
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator

from handrail.dataclass import dataclass
from handrail.drawing import LIGHT
from handrail.pdf.articles import Element, classes, without

_ROOM = "\u00a0"
"""Around a line of a drawing, whose first letter is cut off otherwise."""
_HALF, _LINE = 60.0, 17.0
"""Half of the width that words in a box take, and the height of a line, in the units of a drawing."""
_SVG = "{http://www.w3.org/2000/svg}"
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]+)\)")
_SIZES = re.compile(r' (?:width|height|viewBox|class|role|aria-labelledby)="[^"]*"')


def with_pictures(article: Element, page: str) -> None:
    """Put pictures in the place of the sheets of each drawing; `page` is the text of the whole page."""
    for parent in list(article.iter()):
        for block in [child for child in parent if "handrail-drawing" in classes(child)]:
            name = next((one.get("id") for one in block.iter(f"{_SVG}svg") if one.get("id")), None)
            drawing = _drawing(name, page) if name else None
            sheets = _sheets_behind(parent, block)
            if drawing is not None and sheets is not None:
                places = tuple(_places(drawing))
                _draw(sheets, _plainer(drawing), block.get("aria-label") or "", places)
    without(article, lambda element: "handrail-drawing" in classes(element))
    _literal(article)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a drawing leads to something."""

    href: str
    title: str
    left: float
    top: float
    width: float
    height: float


def _drawing(name: str, page: str) -> Element | None:
    """Return a drawing, whose own text stands in the page once."""
    found = re.search(rf"""<svg id=["']?{re.escape(name)}\b.*?</svg>""", page, re.DOTALL)
    try:
        return etree.fromstring(found[0]) if found else None
    except etree.ParseError:
        return None


def _places(drawing: Element) -> Iterator[_Place]:
    """Yield the box of each link of a drawing; where it has another form, the room that its words take."""
    for link in drawing.iter(f"{_SVG}a"):
        box, text = link.find(f"{_SVG}rect"), link.find(f"{_SVG}text")
        title = link.findtext(f"{_SVG}title") or "".join(text.itertext() if text is not None else ())
        href = link.get("href") or ""
        if box is not None:
            sides = (float(box.get(name) or 0) for name in ("x", "y", "width", "height"))
            yield _Place(href, title, *sides)
        elif text is not None:
            lines = 1 + len(text.findall(f"{_SVG}tspan"))
            x, y = float(text.get("x") or 0), float(text.get("y") or 0)
            yield _Place(href, title, x - _HALF, y - _LINE, 2 * _HALF, (lines + 0.5) * _LINE)


def _plainer(drawing: Element) -> str:
    """Return a drawing in the words of SVG that those who make PDF files know.

    They cut off what stands in a link, set the lines of a text one by one, and draw outlines over words.
    """
    for parent in list(drawing.iter()):
        children: list[Element] = []
        for child in parent:
            children += (
                list(child) if child.tag == f"{_SVG}a" else _lines(child) if child.tag == f"{_SVG}text" else [child]
            )
        parent[:] = children
    for parent in list(drawing.iter()):
        for child in [one for one in parent if one.get("paint-order") == "stroke"]:
            over = copy.deepcopy(child)
            over.set("stroke", "none")
            parent.insert(list(parent).index(child) + 1, over)
    etree.register_namespace("", _SVG[1:-1])
    return etree.tostring(drawing, encoding="unicode")


def _lines(text: Element) -> list[Element]:
    """Return each line of a text as a text of its own."""
    found = []
    y = float(text.get("y") or 0)
    for line in (text, *text.findall(f"{_SVG}tspan")):
        y += float(line.get("dy") or 0) if line is not text else 0
        own = Element(text.tag, {**text.attrib, "x": line.get("x") or text.get("x") or "0", "y": f"{y:g}"})
        own.text = f"{_ROOM}{line.text or ''}{_ROOM}"
        found.append(own)
    return found


def _sheets_behind(parent: Element, block: Element) -> Element | None:
    behind = list(parent)[list(parent).index(block) + 1 :]
    return behind[0] if behind and "handrail-sheets" in classes(behind[0]) else None


def _draw(sheets: Element, source: str, said: str, places: Iterable[_Place]) -> None:
    """Put a picture in the place of each part of each sheet."""
    sheets.attrib.pop("aria-hidden", None)
    for sheet in [one for one in sheets if "handrail-sheet" in classes(one)]:
        for outer in sheet.findall(f"{_SVG}svg"):
            whole = [float(number) for number in (outer.get("viewBox") or "0 0 1 1").split()]
            scale = float(outer.get("width") or whole[2]) / (whole[2] or 1)
            place = list(sheet).index(outer)
            parts = outer.findall(f"{_SVG}svg")
            sheet.remove(outer)
            for number, part in enumerate(parts):
                last = number == len(parts) - 1
                drawn = _picture(part, source, scale, said) if last else _decoration(part, source, scale)
                drawn.extend(_links(part, scale, places) if last else ())
                sheet.insert(place + number, drawn)


def _picture(part: Element, source: str, scale: float, said: str) -> Element:
    """Return a part of a drawing as a picture, in a box that its links can be laid over."""
    address, width, height = _cut(part, source, scale)
    style = f"width:{width:g}px;height:{height:g}px"
    box = Element("div", {"class": "handrail-part-drawn", "style": f"position:relative;{style}"})
    box.append(Element("img", {"src": address, "alt": said, "style": f"display:block;{style}"}))
    return box


def _decoration(part: Element, source: str, scale: float) -> Element:
    """Return a part that repeats what another sheet shows, which nobody need be told of."""
    address, width, height = _cut(part, source, scale)
    size = f"{width:g}px {height:g}px"
    style = f"width:{width:g}px;height:{height:g}px;background:url({address}) 0 0 / {size} no-repeat"
    return Element("div", {"class": "handrail-part-drawn", "style": style})


def _cut(part: Element, source: str, scale: float) -> tuple[str, float, float]:
    """Return a part of a drawing as an address that holds it, with its width and height."""
    width, height = float(part.get("width") or 1), float(part.get("height") or 1)
    size = f' viewBox="{part.get("viewBox")}" width="{width:g}" height="{height:g}" font-family="{LIGHT.font}"'
    head, end, rest = source.partition(">")
    drawn = f"{_SIZES.sub('', head)}{size}{end}{rest}"
    data = base64.b64encode(_VARIABLE.sub(r"\1", drawn).encode()).decode()
    return f"data:image/svg+xml;base64,{data}", width * scale, height * scale


def _links(part: Element, scale: float, places: Iterable[_Place]) -> Iterator[Element]:
    """Yield a link for each place that a part of a drawing shows whole."""
    left, top, width, height = (float(number) for number in (part.get("viewBox") or "0 0 0 0").split())
    for place in places:
        x, y = place.left - left, place.top - top
        if min(x, y) >= 0 and x + place.width <= width and y + place.height <= height:
            sides = {"left": x, "top": y, "width": place.width, "height": place.height}
            style = "".join(f";{name}:{value * scale:g}px" for name, value in sides.items())
            yield Element("a", {"href": place.href, "title": place.title, "style": f"position:absolute{style}"})


def _literal(article: Element) -> None:
    """Give every drawing that is left literal colours; those who make PDF files draw variables black."""
    for element in article.iter():
        if str(element.tag).startswith(_SVG):
            for name, value in element.attrib.items():
                if "var(" in value:
                    element.set(name, _VARIABLE.sub(r"\1", value))
