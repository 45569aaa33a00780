"""Marks turned into ids and into what Handrail shows of each step, in the tree that Python-Markdown made."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from handrail.dataclass import dataclass
from handrail.markdown.marks import OPEN, parted
from handrail.markdown.narrow import is_narrow, narrowed
from handrail.markdown.page import Fragments, Marked, RenderedPage
from handrail.markdown.paragraphs import KEPT
from handrail.model import Document, Form, Step

_ATTRIBUTE = "data-handrail-mark"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_RAW_ID = re.compile(r"(?:id|name)\s*=\s*[\"']?([^\s\"'>]+)")
_BLOCKS = ("p", "ul", "ol", "pre", "div", "table", "blockquote", "details", "dl", "hr", *_HEADINGS)


@dataclass(frozen=True, slots=True)
class Parents:
    """The parent of each element of a tree."""

    of: Mapping[etree.Element, etree.Element]

    @classmethod
    def within(cls, root: etree.Element) -> Parents:
        """Return the parents of all elements below a root."""
        return cls({child: parent for parent in root.iter() for child in parent})

    def up(self, element: etree.Element) -> Iterator[etree.Element]:
        """Yield the element and all that hold it, from the inside out."""
        current: etree.Element | None = element
        while current is not None:
            yield current
            current = self.of.get(current)


class MarkFinder(Treeprocessor):
    """Takes the marks out of the text before headings get their anchors, and notes them on the elements."""

    def run(self, root: etree.Element) -> None:
        """Move every mark from text to an attribute of the element that it begins."""
        marked = []
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and OPEN in text:
                clean, numbers = parted(text)
                marked.append((element, numbers))
                element.text = AtomicString(clean) if isinstance(text, AtomicString) else clean
            if tail and OPEN in tail:
                clean, _ = parted(tail)
                element.tail = AtomicString(clean) if isinstance(tail, AtomicString) else clean
        parents = Parents.within(root) if marked else Parents({})
        for element, numbers in marked:
            if numbers:
                goal = _begun(element, parents)
                known = goal.get(_ATTRIBUTE)
                goal.set(_ATTRIBUTE, " ".join([*([known] if known else []), *map(str, numbers)]))


def _begun(element: etree.Element, parents: Parents) -> etree.Element:
    """Return the item, heading, row or paragraph that an element's first words begin."""
    last = element
    for outer in parents.up(element):
        if outer.tag in ("li", "tr", *_HEADINGS):
            return outer
        parent = parents.of.get(outer)
        first = parent is not None and len(parent) > 0 and parent[0] is outer and not (parent.text or "").strip()
        if outer.tag == "p":
            last = outer
            if not first or parent is None or parent.tag not in ("li", "td", "th"):
                return outer
        elif outer.tag in ("td", "th"):
            last = outer
        elif not first:
            return last
    return last


class StepWriter(Treeprocessor):
    """Gives every marked element its id and its attributes, and puts Handrail's own blocks beside them."""

    def __init__(self, md: Markdown, page: RenderedPage, marked: Sequence[Marked], fragments: Fragments) -> None:
        super().__init__(md)
        self._page = page
        self._marked = marked
        self._fragments = fragments
        self._narrow = is_narrow(page.source)
        self.alone: set[int] = set()
        """The numbers of what is kept apart and stands in a paragraph of its own."""

    def run(self, root: etree.Element) -> None:
        """Write what is known of each step into the tree, and compare the tree with the model."""
        parents = self._parents = Parents.within(root)
        self._heads: dict[etree.Element, list[str]] = {}
        found = _marked_elements(root)
        titled = any(element.tag in _HEADINGS for element in found.values())
        self._known = {element.get("id", "") for element in root.iter()} if titled else set()
        self._raw_ids = dict(_raw_ids(self.md))
        self._compare(found, parents)
        for number, element in found.items():
            marked = self._marked[number]
            if marked.label is not None:
                element.set("data-handrail-label", self._page.seal.value(marked.label))
                _set_off_word(element, self._page.seal.value(""))
            else:
                self._write_step(element, marked.step, marked.document)
        _remove_empty(parents)
        for document in self._page.documents:
            self._write_steps_foot(root, document, found)
            self._write_document(root, document)

    def _write_step(self, element: etree.Element, step: Step, document: Document) -> None:
        own = self._page.seal.value
        element.set("data-handrail", own("step"))
        element.set("data-step", own(step.id))
        element.set("data-document", own(document.id))
        if document.kind == "procedure":
            element.set("data-handrail-box", own(""))
        head = self._stash(self._fragments.step_head(step, document))
        foot = self._stash(self._fragments.step_foot(step, document))
        anchored = bool(self._raw_ids) and step.anchor in self._ids_within(element)
        if element.tag in _HEADINGS:
            self._write_heading(element, step, head, foot, anchored)
            return
        if not anchored:
            element.set("id", step.anchor)
        holder = element
        if element.tag == "tr":
            holder = element[0] if len(element) else element
            self._name_cells(element)
        elif len(element) and element[0].tag == "p" and not (element.text or "").strip():
            holder = element[0]
        _put_before(holder, head)
        _put_behind(holder, foot)

    def _ids_within(self, element: etree.Element) -> Iterator[str]:
        """Yield the ids of the anchors that the author wrote into an element."""
        for inner in element.iter():
            for text in (inner.text, inner.tail):
                for match in KEPT.finditer(text) if text and "\x02" in text else ():
                    yield from self._raw_ids.get(match[1], ())

    def _name_cells(self, row: etree.Element) -> None:
        """Note on each cell of a step behind the first one what its column is called, for narrow screens."""
        table = next((outer for outer in self._parents.up(row) if outer.tag == "table"), None)
        if table is None:
            return
        if table not in self._heads:
            self._heads[table] = [" ".join("".join(head.itertext()).split()) for head in table.iterfind("thead/tr/th")]
        for cell, head in list(zip(row, self._heads[table], strict=False))[1:]:
            if head and "\x02" not in head:
                cell.set("data-handrail-column", self._page.seal.value(head))

    def _write_heading(self, element: etree.Element, step: Step, head: str, foot: str, anchored: bool) -> None:
        parent = self._parents.of[element]
        own = element.get("id")
        for anchor in dict.fromkeys((step.anchor, *step.aliases)):
            if anchor != own and not (anchored and anchor == step.anchor) and anchor not in self._known:
                inner = etree.Element("span", {"id": anchor, "data-handrail": self._page.seal.value("anchor")})
                inner.tail, element.text = element.text, None
                element.insert(0, inner)
        block = etree.Element("div", {"data-handrail": self._page.seal.value("step-line")})
        block.text = head + foot
        if block.text:
            place = list(parent).index(element)
            block.tail, element.tail = element.tail, "\n"
            parent.insert(place + 1, block)

    def _write_document(self, root: etree.Element, document: Document) -> None:
        """Put a document's head under its title and its foot behind its last words."""
        heading = None
        if document.anchor is not None:
            heading = next((child for child in root if child.tag in _HEADINGS and _answers(child, document)), None)
        else:
            heading = next((child for child in root if child.tag == "h1"), None)
        children = list(root)
        start = children.index(heading) + 1 if heading is not None else 0
        end = len(children)
        if document.anchor is not None and heading is not None:
            level = int(heading.tag[1])
            end = next(
                (
                    place
                    for place in range(start, end)
                    if children[place].tag in _HEADINGS and int(children[place].tag[1]) <= level
                ),
                end,
            )
        self._fold(children[start:end], self._fragments.said_above(document))
        foot = self._stash(self._fragments.document_foot(document), block=True)
        head = self._stash(self._fragments.document_head(document), block=True)
        if foot:
            root.insert(end, _paragraph(foot))
        if head:
            root.insert(start, _paragraph(head))

    def _fold(self, children: Iterable[etree.Element], said: frozenset[str]) -> None:
        """Mark what the author says right under a title and the block there says too, so that it is read once."""
        for child in children if said else ():
            if child.tag in _HEADINGS:
                break
            if child.tag == "p" or child.tag == "ul":
                items = [child] if child.tag == "p" else list(child)
                if items and all(_is_said(item, said) for item in items):
                    child.set("data-handrail-said", self._page.seal.value(""))

    def _write_steps_foot(self, root: etree.Element, document: Document, found: Mapping[int, etree.Element]) -> None:
        """Put what belongs under a document's steps behind the block, or the section, that holds the last one."""
        html = self._stash(self._fragments.steps_foot(document), block=True)
        if not html:
            return
        steps = {
            element
            for number, element in found.items()
            if self._marked[number].document is document and self._marked[number].label is None
        }
        children = list(root)
        holding = [place for place, child in enumerate(children) if any(inner in steps for inner in child.iter())]
        if not holding:
            return
        behind = holding[-1] + 1
        if children[holding[-1]].tag in _HEADINGS:
            level = min(int(children[place].tag[1]) for place in holding if children[place].tag in _HEADINGS)
            while behind < len(children) and not _opens_section(children[behind], level):
                behind += 1
        root.insert(behind, _paragraph(html))

    def _stash(self, html: str, block: bool = False) -> str:
        if not html or html.isspace():
            return ""
        text = html.strip() if block else html.replace("\n", " ").strip()
        text = narrowed(text) if self._narrow else text
        if self._page.seal.mark:
            return self._page.seal.held(text)
        if block:
            self.alone.add(self.md.htmlStash.html_counter)
        return self.md.htmlStash.store(text)

    def _compare(self, found: Mapping[int, etree.Element], parents: Parents) -> None:
        """Note each step of the model that is not a step of its form on the rendered page."""
        tops = {document.id: {step.id for step in document.steps} for document in self._page.documents}
        shown = _shown_numbers(found.values(), parents)
        for marked in self._marked:
            if marked.label is not None:
                continue
            element = found.get(marked.mark.number)
            top = marked.step.id in tops[marked.document.id]
            wrong = _difference(element, marked.step, marked.document.form if top else None, parents, shown)
            if wrong:
                self._page.differences.append((marked.step.line, wrong))
        self._compare_lists(found, parents)

    def _compare_lists(self, found: Mapping[int, etree.Element], parents: Parents) -> None:
        """Note each item of a list of steps that is no step of the model."""
        steps = {
            found[marked.mark.number]: marked
            for marked in self._marked
            if marked.label is None and marked.mark.number in found
        }
        for element in dict.fromkeys(parents.of.get(element) for element in steps):
            if element is None or element.tag not in ("ol", "ul"):
                continue
            for item in element:
                if item.tag == "li" and item not in steps and element.tag == "ol":
                    near = next(steps[other] for other in element if other in steps)
                    text = " ".join("".join(item.itertext()).split())[:60]
                    self._page.differences.append((near.step.line, f"the site shows a step more: {text!r}"))


def _marked_elements(root: etree.Element) -> dict[int, etree.Element]:
    """Return the element of each mark, and take the marks off the elements."""
    found: dict[int, etree.Element] = {}
    for element in root.iter():
        numbers = element.get(_ATTRIBUTE)
        if numbers is not None:
            del element.attrib[_ATTRIBUTE]
            found.update((int(number), element) for number in numbers.split())
    return found


def _remove_empty(parents: Parents) -> None:
    """Remove the paragraphs that only held a mark."""
    for child, parent in parents.of.items():
        if child.tag == "p" and child.text == "" and not len(child):
            parent.remove(child)


def _shown_numbers(elements: Iterable[etree.Element], parents: Parents) -> dict[etree.Element, int]:
    """Return the number that the rendered page shows for each item of the ordered lists that hold the elements."""
    lists = dict.fromkeys(parents.of.get(element) for element in elements)
    return {
        item: number
        for parent in lists
        if parent is not None and parent.tag == "ol"
        for number, item in enumerate((item for item in parent if item.tag == "li"), int(parent.get("start") or 1))
    }


_TAGS: Mapping[Form, tuple[str, ...]] = {
    "list": ("li",),
    "tasks": ("li",),
    "bullets": ("li",),
    "table": ("tr",),
    "headings": _HEADINGS,
    "paragraphs": ("p",),
}
"""Form of steps -> the elements that show them."""


def _difference(
    element: etree.Element | None, step: Step, form: Form | None, parents: Parents, shown: Mapping[etree.Element, int]
) -> str | None:
    """Return what is wrong with the element that shows a step, or None; sub-steps have no `form` to compare."""
    words = step.text[:60]
    if element is None:
        return f"the step {words!r} is not on the rendered page"
    if form is not None and element.tag not in _TAGS[form]:
        return f"the step {words!r} is a <{element.tag}> on the rendered page"
    number = shown.get(element)
    if form == "list" and number is not None and str(number) != step.number:
        return f"the step {words!r} has the number {step.number} here and {number} on the rendered page"
    return None


def _opens_section(element: etree.Element, level: int) -> bool:
    return element.tag in _HEADINGS and int(element.tag[1]) <= level


def _answers(heading: etree.Element, document: Document) -> bool:
    return heading.get("id") == document.anchor


def _raw_ids(md: Markdown) -> Iterator[tuple[str, list[str]]]:
    """Yield the number of each piece of HTML that is kept apart and has anchors of the author's, with their ids."""
    for number, raw in enumerate(md.htmlStash.rawHtmlBlocks):
        if isinstance(raw, str) and (found := _RAW_ID.findall(raw)):
            yield str(number), found


def _is_said(element: etree.Element, said: frozenset[str]) -> bool:
    """Whether an element holds nothing but lines that are said elsewhere: plain words, no link, no code."""
    if any(inner.tag not in ("strong", "em", "br", "p") for inner in element.iter() if inner is not element):
        return False
    lines = [" ".join(line.split()) for line in "".join(element.itertext()).split("\n")]
    whole = " ".join(filter(None, lines))
    return whole in said or all(line in said for line in lines if line)


def _set_off_word(line: etree.Element, value: str) -> None:
    """Put the word that opens a labelled line, with its colon, into an element of its own, where it stands bare."""
    holder = line[0] if len(line) and line[0].tag == "p" and not (line.text or "").strip() else line
    text = holder.text or ""
    word, colon, rest = text.partition(":")
    if not colon or not word.strip() or "\x02" in word:
        return
    inner = etree.Element("span", {"data-handrail-lead": value})
    inner.text, inner.tail = f"{word.lstrip()}:", rest
    holder.text = text[: len(text) - len(text.lstrip())]
    holder.insert(0, inner)


def _put_before(holder: etree.Element, text: str) -> None:
    """Put text before everything that an element holds, but behind a tick box."""
    if not text:
        return
    if len(holder) and holder[0].tag in ("input", "label") and not (holder.text or "").strip():
        holder[0].tail = f"{text} {holder[0].tail or ''}"
    else:
        holder.text = f"{text} {holder.text or ''}"


def _put_behind(holder: etree.Element, text: str) -> None:
    """Put text behind an element's own words, before the first block that it holds."""
    if not text:
        return
    before: etree.Element | None = None
    for child in holder:
        if child.tag in _BLOCKS:
            break
        before = child
    if before is None:
        holder.text = f"{(holder.text or '').rstrip()} {text}"
    else:
        before.tail = f"{(before.tail or '').rstrip()} {text}"


def _paragraph(text: str) -> etree.Element:
    element = etree.Element("p")
    element.text = text
    element.tail = "\n"
    return element
