"""Which documents a comparison is of: named one by one, or found by a query; all of them, or a part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from handrail.comparison.data import MOST
from handrail.comparison.general import GENERAL, general
from handrail.dataclass import dataclass
from handrail.documents import Node
from handrail.model import Document, Handbook
from handrail.problems import did_you_mean
from handrail.queries import Query, selected

EXAMPLE = "Write `items: [one-id, another-id]`, or a query such as `items: {kind: procedure, process: release}`."
_NAMED = 4
"""So many ids are named as what may be meant, and so many parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a query finds."""

    number: int
    """Counted from 1."""
    of: int
    count: int
    """How many documents the query finds."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Documents that can stand side by side."""

    items: tuple[Document, ...]
    part: Part | None = None


class Refused(Exception):
    """A comparison that cannot be made: what is wrong, with the part that says it, and the mend."""

    def __init__(self, message: str, mend: str, at: Node | None = None) -> None:
        super().__init__(message)
        self.message, self.mend, self.at = message, mend, at


def queried_items(
    query: Query, handbook: Handbook, part: int | None, at: Node | None = None, part_at: Node | None = None
) -> Chosen:
    """Return the documents that a query finds, or a part of them. Raises `Refused`."""
    found = selected(query, handbook)
    if not found:
        raise Refused("No document fits this query.", "List what there is with `handrail read`.", at)
    parts = -(-len(found) // MOST)
    if part is None and parts > 1:
        message = f"{len(found)} documents are too many to compare; {MOST} can stand side by side."
        raise Refused(message, _parts_told(found, parts), at)
    if part is None:
        return Chosen(enough(found, at))
    if not 1 <= part <= parts:
        mend = f"Write a number up to {parts}." if parts > 1 else "Leave `part` out."
        raise Refused(f"There is no part {part} of {len(found)} documents.", mend, part_at)
    size = -(-len(found) // parts)
    own = found[(part - 1) * size : part * size]
    return Chosen(enough(own, at), Part(part, parts, len(found)) if parts > 1 else None)


def chosen_items(
    names: Sequence[tuple[str, Node | None]], handbook: Handbook, at: Node | None = None
) -> tuple[Document, ...]:
    """Return the documents of these ids. Raises `Refused`."""
    found: list[Document] = []
    for name, node in names:
        document = _document(name, handbook)
        if document is None:
            raise Refused(
                f"There is no document `{name}`." if name else "An item has no id.", _near(name, handbook), node
            )
        if document in found:
            raise Refused(f"`{name}` is compared with itself.", "Name each document once.", node)
        found.append(document)
    return enough(found, at)


def _document(name: str, handbook: Handbook) -> Document | None:
    """Return a document by its id, an old id, or another name; `process` and `procedure` as such, where nothing is."""
    found = handbook.documents.get(name) or handbook.documents.get(name.casefold())
    return general(name) if found is None and name in GENERAL else found


def _near(name: str, handbook: Handbook) -> str:
    """Return what may be meant by a name that no document has: those of a page that holds several, else one like it."""
    stem = f"{name.casefold()}."
    inside = [f"`{document}`" for document in handbook.documents if name and document.startswith(stem)]
    if inside:
        more = f" and {len(inside) - _NAMED} more" if len(inside) > _NAMED else ""
        return f"That page holds several: {', '.join(inside[:_NAMED])}{more}."
    return did_you_mean(name, handbook.documents, "List them with `handrail read`.")


def enough(items: Sequence[Document], at: Node | None = None) -> tuple[Document, ...]:
    """Return documents that can stand side by side. Raises `Refused`."""
    if not items:
        raise Refused("There is nothing to compare.", EXAMPLE, at)
    if len(items) == 1:
        raise Refused(f"Only `{items[0].id}` is here, and nothing to compare it with.", "Name a second document.", at)
    if len(items) > MOST:
        message = f"{len(items)} documents are too many to compare; {MOST} can stand side by side."
        raise Refused(message, "Name fewer.", at)
    return tuple(items)


def _parts_told(items: Sequence[Document], parts: int) -> str:
    """Return how documents that are too many can be asked for in parts."""
    ways = {name: Counter(answer(item) for item in items) for name, answer in _PARTED_BY.items()}
    fitting = {
        name: [(said, count) for said, count in counts.most_common() if said and 1 < count <= MOST]
        for name, counts in ways.items()
    }
    name, found = max(fitting.items(), key=lambda way: sum(count for _, count in way[1]))
    numbered = f"`part: 1` to `part: {parts}`"
    if not found:
        return f"Ask for {numbered}, or for less."
    told = ", ".join(f"`{name}: {said}` ({count})" for said, count in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"Ask for {numbered}, or for less: {told}{more}."


_PARTED_BY: Mapping[str, Callable[[Document], str]] = {
    "area": lambda item: item.area,
    "path": lambda item: item.path.rpartition("/")[0],
    "process": lambda item: next(iter(item.values("process")), ""),
    "variant_of": lambda item: item.variant_of or "",
    "owner": lambda item: item.fact("owner") or "",
    "kind": lambda item: item.kind,
}
"""What documents that are too many can be asked for by."""
