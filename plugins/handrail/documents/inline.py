"""What stands inside a paragraph, a heading or a cell: its plain text, links, anchors and bold lead."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Mapping
from typing import Literal
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handrail.dataclass import dataclass
from handrail.kept import kept

References = Mapping[str, Mapping[str, str]]
"""Label of a link definition, folded -> its address under `href`; as markdown-it has it."""
LinkKind = Literal["link", "reference", "image"]

_ANCHOR = re.compile(r"""<a\s+(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))\s*/?>""", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\[\[(?P<bare>[^\W_][\w./#:-]*)\]\]"
    r"|\[(?P<text>(?:[^\[\]`\\]|`[^`]*`|\\.)+)\]\[(?P<id>[^\W_][\w./#:-]*)\]"
    r"|\[(?P<same>[^\W_][\w./#:-]*)\]\[\](?!\()"
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\](?=[ \t])")
ATTRIBUTES = re.compile(r"(?<!\s)\s*+\{:?\s*+(?:[#.][\w:.-]++|[\w:-]++\s*+=\s*+[^\s{}]++)[^{}]*+\}\s*\Z")
"""A list of attributes at the end of a text, as Python-Markdown's attr_list reads it: `{: #freeze .big }`."""
_WRAP = re.compile(r" *\n[ \t]*")
_SIMPLE = re.compile(
    r"\[(?P<text>[^\\`*_\[\]<>&!{}~^|]+)\]\((?P<to>(?!(?i:javascript|vbscript|file|data):)[^\s()<>\\&`]+)\)"
    r"|`(?<!``)(?P<code>(?![\s`])[^`]*[^\s`])`(?!`)"
    r"|\*(?<!\*\*)(?P<star>\*?)(?P<strong>[^\W_](?:[^\\`*_\[\]<>&!{}~^|\n]*[^\s\\`*_\[\]<>&!{}~^|])?)\*(?P=star)(?!\*)"
)
"""A link, code, or bold or slanted words, with no other markup in it; each begins with a sign, for which a text is
searched fast."""
_COLON = re.compile(r"\s*:?\s*")
_INDENTED = re.compile(r"[ \t]\n|\n[ \t]")
_PLAIN = re.compile(r"[^\\`*_\[\]<>&!{}~^|\n]*")


@dataclass(frozen=True, slots=True)
class Link:
    """A link, an image or a reference `[text][id]` inside a text."""

    kind: LinkKind
    text: str
    """What the reader sees."""
    target: str
    """The address as it is written, with `%20` and the like resolved; of a reference, its id."""
    start: int
    """Where its text begins in the plain text."""
    end: int


@dataclass(frozen=True, slots=True)
class Inline:
    """A text without its markup, and what the markup said."""

    plain: str
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    """The ids of `<a id="...">` before the first word."""
    lead: str = ""
    """The bold words that open the text, with a colon that belongs to them; else empty."""
    lead_end: int = 0
    """Where the plain text goes on after the lead and its colon."""
    code: tuple[tuple[int, int], ...] = ()
    """Where code stands in the plain text."""


def inline(text: str, references: References | None = None) -> Inline:
    """Return what a Markdown text says; `references` are the page's link definitions."""
    simple = _simple(text)
    if simple is not None:
        return simple
    return _parsed(text, references) if references and "[" in text else _alone(text)


def _simple(text: str) -> Inline | None:
    """Return a text that has no markup but plain links, code and bold or slanted words; None for others.

    Most texts have no other, and the rest are parsed.
    """
    clean = text.strip()
    if "\n" in clean:
        if "`" in clean and _INDENTED.search(clean):
            return None
        clean = _WRAP.sub(" ", clean)
    if _PLAIN.fullmatch(clean):
        return Inline(clean)
    parts: list[str] = []
    links: list[Link] = []
    code: list[tuple[int, int]] = []
    lead: tuple[int, int] | None = None
    strong = False
    length = at = 0
    for match in _SIMPLE.finditer(clean):
        kind, shown = match.lastgroup, match[match.lastgroup or 0]
        first, behind = match.span()
        start = length + first - at
        if kind == "to":
            shown = match["text"]
            links.append(Link("link", shown, unquote(match["to"]), start, start + len(shown)))
        elif kind == "code":
            code.append((start, start + len(shown)))
        elif _ends_well(match, clean):
            strong = True
            lead = (0, start + len(shown)) if match["star"] and not start else lead
        else:
            return None
        parts += (clean[at:first], shown)
        length, at = start + len(shown), behind
    parts.append(clean[at:])
    said = "".join(parts)
    if not _PLAIN.fullmatch("".join(parts[::2])) or (strong and said != said.strip()):
        return None
    return Inline(said, tuple(links), (), *_lead_of(said, lead), tuple(code))


def _ends_well(match: re.Match[str], text: str) -> bool:
    """Whether the stars behind bold or slanted words end them, as those behind a sign and before a letter do not."""
    strong = match["strong"]
    return strong is None or strong[-1].isalnum() or text[match.end() : match.end() + 1] in ("", " ")


def plain(text: str) -> str:
    """Return a Markdown text without its markup."""
    return inline(text).plain


@kept(4096)
def _alone(text: str) -> Inline:
    """Return what a text says that no link definition changes; the same words stand on many pages."""
    return _parsed(text, {})


def _parsed(text: str, references: References) -> Inline:
    tokens: list[Token] = []
    _parser().inline.parse(ATTRIBUTES.sub("", text), _parser(), {"references": references}, tokens)
    return _Collector(tokens).inline()


@functools.cache
def _parser() -> MarkdownIt:
    """Return a parser of inline Markdown, as the forge reads it, that also knows `[[id]]` and `[text][id]`."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("strikethrough")
    parser.normalizeLink = str  # type: ignore[method-assign, assignment]  # addresses stay as written; they are unquoted here
    parser.inline.ruler.after("link", "handrail_reference", _reference)
    return parser


def _reference(state: StateInline, silent: bool) -> bool:
    """Read a reference by id; an inline rule of markdown-it."""
    if state.src[state.pos] != "[":
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    if before.isalnum() or before in "]_":
        return False
    match = _REFERENCE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"id": match["bare"] or match["id"] or match["same"]}
        token.content = match["bare"] or match["text"] or match["same"]
    state.pos = match.end()
    return True


class _Collector:
    """Plain text put together from inline tokens, with a note of where each thing stands."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._parts: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._code: list[tuple[int, int]] = []
        self._anchors: list[str] = []
        self._open: list[tuple[str, int]] = []
        self._bold: list[int] = []
        self._lead: tuple[int, int] | None = None

    def inline(self) -> Inline:
        """Return the whole, with the spaces around it removed and every place moved along."""
        for token in self._tokens:
            self._take(token)
        text = "".join(self._parts)
        shift = len(text) - len(text.lstrip())
        clean = text.strip()
        links = tuple(_moved(link, shift) for link in self._links)
        code = tuple((start - shift, end - shift) for start, end in self._code)
        lead = (self._lead[0] - shift, self._lead[1] - shift) if self._lead is not None else None
        return Inline(clean, links, tuple(self._anchors), *_lead_of(clean, lead), code)

    def _take(self, token: Token) -> None:
        take = _TAKES.get(token.type)
        if take is not None:
            take(self, token)

    def _text(self, token: Token) -> None:
        self._add(token.content)

    def _break(self, token: Token) -> None:
        self._add(" ")

    def _code_span(self, token: Token) -> None:
        self._code.append((self._length, self._length + len(token.content)))
        self._add(token.content)

    def _open_link(self, token: Token) -> None:
        self._open.append((unquote(str(token.attrs.get("href", ""))), self._length))

    def _close_link(self, token: Token) -> None:
        if self._open:
            href, start = self._open.pop()
            text = "".join(self._parts)[start:]
            self._links.append(Link("link", text, href, start, self._length))

    def _reference(self, token: Token) -> None:
        start = self._length
        self._add(plain(token.content) if token.content != token.meta["id"] else token.content)
        self._links.append(Link("reference", token.content, token.meta["id"], start, self._length))

    def _open_bold(self, token: Token) -> None:
        self._bold.append(self._length)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _said(self) -> bool:
        """Whether any word has been said so far."""
        return any(part.strip() for part in self._parts)

    def _image(self, token: Token) -> None:
        start = self._length
        self._add("".join(child.content for child in token.children or ()))
        target = unquote(str(token.attrs.get("src", "")))
        self._links.append(Link("image", token.content, target, start, self._length))

    def _html(self, token: Token) -> None:
        source = token.content
        anchor = _ANCHOR.match(source)
        if anchor and not self._said():
            self._anchors.append(html.unescape(anchor[1] or anchor[2] or anchor[3] or ""))
        elif _BREAK.match(source):
            self._add("\n")

    def _close_bold(self, token: Token) -> None:
        start = self._bold.pop() if self._bold else 0
        if self._lead is None and not "".join(self._parts)[:start].strip():
            self._lead = (start, self._length)


def _lead_of(text: str, place: tuple[int, int] | None) -> tuple[str, int]:
    """Return the bold words at a place, with a colon that belongs to them, and where the text goes on behind both."""
    if place is None:
        return "", 0
    start, end = place
    lead = text[max(start, 0) : end].strip()
    behind = _COLON.match(text, end)
    rest = behind.end() if behind else end
    if behind and ":" in behind.group() and not lead.endswith(":"):
        lead += ":"
    return lead, rest


_TAKES: Mapping[str, Callable[[_Collector, Token], None]] = {
    "text": _Collector._text,
    "text_special": _Collector._text,
    "softbreak": _Collector._break,
    "hardbreak": _Collector._break,
    "code_inline": _Collector._code_span,
    "link_open": _Collector._open_link,
    "link_close": _Collector._close_link,
    "image": _Collector._image,
    "reference": _Collector._reference,
    "html_inline": _Collector._html,
    "strong_open": _Collector._open_bold,
    "strong_close": _Collector._close_bold,
}
"""Type of a token -> what is done with it; others say nothing."""


def _moved(link: Link, shift: int) -> Link:
    return Link(link.kind, link.text, link.target, link.start - shift, link.end - shift) if shift else link


def task_box(text: str) -> tuple[bool | None, str]:
    """Return whether a task's box is ticked, None without a box, and the text behind the box."""
    match = _TASK.match(text)
    return (None, text) if match is None else (match[1] != " ", text[match.end() :].lstrip())
