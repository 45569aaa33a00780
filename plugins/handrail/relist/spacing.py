"""Which lists need blank lines between their parts: loose ones, and those that hold what needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from .regions import LISTS

APART = ("hr", "table_open", "blockquote_open", "admonition_open", "tab_open")
"""Blocks that Python-Markdown sees only between blank lines."""


@dataclass(slots=True)
class _Open:
    """A list, or another container, that is still open."""

    first: int
    is_list: bool
    last: str = ""
    """The block seen last in the item that is open; nothing at its start."""
    spread: bool = False


def spread_lists(tokens: Sequence[Token], first: int, last: int) -> frozenset[int]:
    """Return the list tokens from `first` to `last` whose items and blocks must stand apart.

    A blank line ends a block of Python-Markdown's, so a list that holds one is spread all the way up.
    """
    spread: set[int] = set()
    stack = [_Open(first, is_list=False)]
    for at in range(first, last + 1):
        token = tokens[at]
        if token.nesting >= 0:
            _see(stack[-1], token)
        _move(stack, spread, token, at)
    return frozenset(spread)


def _see(inside: _Open, token: Token) -> None:
    """Note a block of the item that is open."""
    if not inside.is_list or token.type == "inline":
        return
    if token.type == "list_item_open":
        inside.last = ""
        return
    inside.spread = inside.spread or _stands_apart(inside.last, token)
    inside.last = token.type


def _stands_apart(before: str, token: Token) -> bool:
    if token.type == "paragraph_open" and not token.hidden:
        return True
    if token.type == "heading_open":
        return before != ""
    return token.type in APART or before in LISTS or (before == "heading_open" and token.type not in LISTS)


def _move(stack: list[_Open], spread: set[int], token: Token, at: int) -> None:
    """Open and close the containers; a spread list spreads the one around it."""
    if token.type in LISTS:
        stack.append(_Open(at, is_list=True))
    elif token.nesting > 0 and token.type != "list_item_open":
        stack.append(_Open(at, is_list=False))
    elif token.nesting < 0 and token.type != "list_item_close":
        closed = stack.pop()
        if closed.is_list and closed.spread:
            spread.add(closed.first)
            stack[-1].spread = True
