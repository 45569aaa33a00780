"""Pages that have another name and other words: told by the links that lead to them now and led there before."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from handrail.diff.data import Side
from handrail.matching import folded, words_of
from handrail.model import Document

_ADDRESS = re.compile(r"\]\(\s*<?(?![a-zA-Z][\w+.-]*:|/|#)([^\s()<>#]+)")
"""An address within the handbook."""
_FEWEST = 2
"""A title with fewer words tells nothing: `Overview` stands on many pages."""

Led = Mapping[tuple[str, str], int]
"""Path of a page that went, and of one that came -> how many pages lead to the one where they led to the other."""


def led_elsewhere(before: Side, after: Side) -> Led:
    """Return which page other pages lead to, where they led to one that went."""
    gone, come = before.texts.keys() - after.texts.keys(), after.texts.keys() - before.texts.keys()
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(before.texts.keys() & after.texts.keys()) if gone and come else ():
        if before.texts[path] != after.texts[path]:
            lost = [page for page in _addresses(path, before.texts[path]) if page in gone]
            new = [page for page in _addresses(path, after.texts[path]) if page in come]
            # Only where it is plain which of them stands in whose place.
            found.update({(lost[0], new[0])} if len(set(lost)) == len(set(new)) == 1 else ())
    return found


def _addresses(path: str, text: str) -> Iterable[str]:
    folder = posixpath.dirname(path)
    return (posixpath.normpath(posixpath.join(folder, address)) for address in _ADDRESS.findall(text))


def followed(ours: Sequence[Document], theirs: Sequence[Document], led: Led) -> list[tuple[Document, Document]]:
    """Return the documents without a partner that are the same by what leads to them, else by their titles."""
    found: list[tuple[Document, Document]] = []
    for key in (_by_links(led), _by_title):
        keys = [Counter(filter(None, (key(one, side) for one in docs))) for side, docs in enumerate((ours, theirs))]
        known = {key(other, 1): other for other in theirs}
        for one in ours:
            name = key(one, 0)
            if name is not None and keys[0][name] == keys[1][name] == 1:
                found.append((one, known[name]))
        taken = {id(document) for pair in found for document in pair}
        ours, theirs = ([one for one in side if id(one) not in taken] for side in (ours, theirs))
    return found


Key = Callable[[Document, int], tuple[str, ...] | None]
"""What a document of a side, 0 before and 1 after, is known by."""


def _by_links(led: Led) -> Key:
    often = Counter(one for one, _ in led), Counter(other for _, other in led)
    pairs = [(one, other) for one, other in led if often[0][one] == often[1][other] == 1]
    names = ({one: (one, other) for one, other in pairs}, {other: (one, other) for one, other in pairs})

    def key(document: Document, side: int) -> tuple[str, ...] | None:
        name = names[side].get(document.path) if document.anchor is None else None
        return (document.kind, *name) if name is not None else None

    return key


def _by_title(document: Document, side: int) -> tuple[str, ...] | None:
    title = folded(words_of(document.title))
    return (document.kind, *title) if len(title) >= _FEWEST else None
