"""HTML around lists, opened to Markdown: CommonMark reads what follows a blank line, Python-Markdown must be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from .escapes import as_entity
from .regions import ITEM, Region

WRAPPERS = frozenset(
    "article aside blockquote center dd details div dl dt fieldset figcaption figure footer form header li main nav"
    " ol p section table tbody td tfoot th thead tr ul".split()
)

VOID = frozenset({"br", "hr", "img", "input", "wbr"})

TAG = re.compile(r"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>", re.DOTALL)


def opened(tokens: Sequence[Token], regions: Sequence[Region], source: Sequence[str]) -> dict[int, str]:
    """Return the lines of the source that change: those whose HTML elements hold a list.

    A line below an element, without a blank line between, is text on the forge, so its marker goes.
    """
    changed = dict(_below_elements(tokens, source))
    for line, name in _around_lists(tokens, regions):
        text = changed.get(line, source[line])
        told = re.sub(rf"<{name}\b(?! markdown=)", rf'<{name} markdown="block"', text, count=1)
        changed[line] = re.sub(r"^ +<", "<", told)
    return changed


def _around_lists(tokens: Sequence[Token], regions: Sequence[Region]) -> Iterator[tuple[int, str]]:
    """Yield line and name of every tag that is open where a list begins, each once."""
    blocks = [(token.map[0], token.content) for token in tokens if _is_html(token) and token.map]
    lists = [(region.start, "") for region in regions if region.is_list]
    still_open: list[tuple[int, str, bool]] = []
    for start, content in sorted(blocks + lists if blocks else []):
        if content:
            _follow(still_open, start, content)
            continue
        yield from ((line, name) for line, name, is_told in still_open if not is_told)
        still_open = [(line, name, True) for line, name, _ in still_open]


def _below_elements(tokens: Sequence[Token], source: Sequence[str]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        if not _is_html(token) or not token.map or not ITEM.search(token.content):
            continue
        for line in range(token.map[0] + 1, token.map[1]):
            above = "".join(source[token.map[0] : line])
            if ITEM.match(source[line]) and not _unclosed(above):
                yield line, as_entity(source[line])


def _unclosed(html: str) -> bool:
    """Tell whether an element or a comment is still open at the end of some HTML."""
    names = [tag["name"].lower() for tag in TAG.finditer(html) if tag["name"]]
    return html.count("<!--") > html.count("-->") or any(
        len(re.findall(rf"<{name}\b", html, re.I)) > len(re.findall(rf"</{name}\b", html, re.I))
        for name in set(names) - VOID
    )


def _is_html(token: Token) -> bool:
    return token.type == "html_block" and token.level == 0


def _follow(still_open: list[tuple[int, str, bool]], start: int, content: str) -> None:
    """Open and close the elements of one block of HTML."""
    for tag in TAG.finditer(content):
        name = (tag["name"] or "").lower()
        if name not in WRAPPERS:
            continue
        if not tag["end"]:
            line = start + content.count("\n", 0, tag.start())
            still_open.append((line, tag["name"], bool(re.search(r"\bmarkdown\b", tag["rest"]))))
        elif any(name == opened.lower() for _, opened, _ in still_open):
            while still_open.pop()[1].lower() != name:
                pass
