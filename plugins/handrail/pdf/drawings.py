"""Drawings in a PDF file: pictures with literal colours, cut into the same sheets as on paper."""

from __future__ import annotations

import base64
import copy
import re
import xml.etree.ElementTree as etree

from handrail.drawing import LIGHT
from handrail.pdf.articles import Element, classes, without

_ROOM = "\u00a0"
"""Around a line of a drawing, whose first letter is cut off otherwise."""
_SVG = "{http://www.w3.org/2000/svg}"
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]+)\)")
_SIZES = re.compile(r' (?:width|height|viewBox|class|role|aria-labelledby)="[^"]*"')


def with_pictures(article: Element, page: str) -> None:
    """Put pictures in the place of the sheets of each drawing; `page` is the text of the whole page."""
    for parent in list(article.iter()):
        for block in [child for child in parent if "handrail-drawing" in classes(child)]:
            name = next((one.get("id") for one in block.iter(f"{_SVG}svg") if one.get("id")), None)
            source = _source(name, page) if name else None
            sheets = _sheets_behind(parent, block)
            if source and sheets is not None:
                _draw(sheets, source, block.get("aria-label") or "")
    without(article, lambda element: "handrail-drawing" in classes(element))
    _literal(article)


def _source(name: str, page: str) -> str | None:
    """Return a drawing's own text, which stands in the page once."""
    found = re.search(rf'<svg id="{re.escape(name)}".*?</svg>', page, re.DOTALL)
    try:
        return _plainer(etree.fromstring(found[0])) if found else None
    except etree.ParseError:
        return None


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


def _draw(sheets: Element, source: str, said: str) -> None:
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
                sheet.insert(place + number, _picture(part, source, scale, said if number == len(parts) - 1 else ""))


def _picture(part: Element, source: str, scale: float, said: str) -> Element:
    """Return a part of a drawing as a picture; without words it is decoration."""
    width, height = float(part.get("width") or 1), float(part.get("height") or 1)
    size = f' viewBox="{part.get("viewBox")}" width="{width:g}" height="{height:g}" font-family="{LIGHT.font}"'
    head, end, rest = source.partition(">")
    drawn = f"{_SIZES.sub('', head)}{size}{end}{rest}"
    data = base64.b64encode(_VARIABLE.sub(r"\1", drawn).encode()).decode()
    style = f"width:{width * scale:g}px;height:{height * scale:g}px"
    return etree.Element(
        "img", {"src": f"data:image/svg+xml;base64,{data}", "alt": said, "style": style, "class": "handrail-part-drawn"}
    )


def _literal(article: Element) -> None:
    """Give every drawing that is left literal colours; those who make PDF files draw variables black."""
    for element in article.iter():
        if str(element.tag).startswith(_SVG):
            for name, value in element.attrib.items():
                if "var(" in value:
                    element.set(name, _VARIABLE.sub(r"\1", value))
