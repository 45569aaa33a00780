"""Which lists need blank lines between their parts: loose ones, and those that hold what needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handrail.documents import Block

from .regions import LISTS

APART = ("rule", "table", "quote", "admonition", "tab")
"""Blocks that Python-Markdown sees only between blank lines."""


def spread_lists(outermost: Block) -> frozenset[Block]:
    """Return the lists, of one and those inside it, whose items and blocks must stand apart.

    A blank line ends a block of Python-Markdown's, so a list that holds one is spread all the way up.
    """
    return frozenset(_spread((outermost,)))


def _spread(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the lists to be spread among blocks and inside them, the inner ones first."""
    for block in blocks:
        if block.kind in LISTS:
            inside = [inner for item in block.items for inner in _spread(item.blocks)]
            yield from inside
            spread = set(inside)
            bodies = [item.blocks for item in block.items]
            if any(_holds_apart(body, block.tight) or not spread.isdisjoint(body) for body in bodies):
                yield block
        else:
            yield from _spread(block.blocks)


def _holds_apart(blocks: Sequence[Block], tight: bool) -> bool:
    """Tell whether any block of an item must stand apart from the one before it."""
    before = ""
    for block in blocks:
        if _stands_apart(before, block.kind, tight):
            return True
        before = block.kind
    return False


def _stands_apart(before: str, kind: str, tight: bool) -> bool:
    if kind == "paragraph" and not tight:
        return True
    if kind == "heading":
        return before != ""
    return kind in APART or before in LISTS or (before == "heading" and kind not in LISTS)
