"""What a comparison is asked for, in a fenced block or by a command, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handrail.comparison.data import MOST
from handrail.comparison.general import GENERAL, general
from handrail.comparison.rows import GROUPS, STEPS, has_row, known_names, row_names, steps_of, unfolded
from handrail.comparison.sections import SECTION, SECTIONS, section_key, section_names
from handrail.documents import Node, block_options
from handrail.model import AskedBlock, Document, Handbook
from handrail.problems import Problem, did_you_mean
from handrail.queries import query_of, selected

_RULE = "compare-block"
_NAMED = 4
"""So many ids are named as what may be meant."""
_OPTIONS = ("items", "rows", "differences", "orient", "fold")
_EXAMPLE = "Write `items: [one-id, another-id]`, or a query such as `items: {kind: procedure, process: release}`."

Orient = Literal["columns", "rows"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown, of which documents, and how."""

    items: tuple[Document, ...]
    rows: tuple[str, ...]
    differences: bool = False
    """Whether only rows that differ are shown."""
    orient: Orient = "columns"
    """Whether the documents are the columns of the table, or its rows."""
    fold: bool = False
    """Whether the rows that are the same for all are told in one line."""


class Refused(Exception):
    """A comparison that cannot be made: what is wrong, with the part that says it, and the mend."""

    def __init__(self, message: str, mend: str, at: Node | None = None) -> None:
        super().__init__(message)
        self.message, self.mend, self.at = message, mend, at


def asked_comparison(block: AskedBlock, path: str, handbook: Handbook) -> Asked | Problem:
    """Return what a fenced block asks for, or what is wrong with it."""
    node = block_options(path, block.text, block.line, block.column, _RULE)
    if isinstance(node, Problem):
        return node
    try:
        return _asked(node, path, handbook)
    except Refused as refused:
        at = refused.at or node
        return Problem(_RULE, "error", path, at.line, at.column, refused.message, refused.mend)


def _asked(node: Node, path: str, handbook: Handbook) -> Asked | Problem:
    said = node.mapping or {"items": node}
    for name, value in said.items():
        if name not in _OPTIONS:
            mend = did_you_mean(name, _OPTIONS, f"The options are {', '.join(_OPTIONS)}.")
            raise Refused(f"A comparison has no option `{name}`.", mend, value)
    if "items" not in said:
        raise Refused("This does not say what to compare.", _EXAMPLE, node)
    items = _items(said["items"], path, handbook)
    if isinstance(items, Problem):
        return items
    names = [(value.text or "", value) for value in said["rows"].items] if "rows" in said else None
    return Asked(
        items,
        chosen_rows(names, items, handbook, said.get("rows")),
        _word(said, "differences", ("all", "only")) == "only",
        "rows" if _word(said, "orient", ("columns", "rows")) == "rows" else "columns",
        _word(said, "fold", ("false", "true")) == "true",
    )


def _word(said: dict[str, Node], name: str, known: Sequence[str]) -> str:
    """Return what an option says; the first of the known words where it says nothing."""
    if name not in said:
        return known[0]
    word = (said[name].text or "").casefold()
    if word not in known:
        mend = f"Write `{name}: {known[1]}`, or leave it out."
        raise Refused(f"`{name}` is neither {' nor '.join(f'`{one}`' for one in known)}.", mend, said[name])
    return word


def _items(node: Node, path: str, handbook: Handbook) -> tuple[Document, ...] | Problem:
    if node.mapping:
        query = query_of(node, path, _RULE)
        if isinstance(query, Problem):
            return query
        found = selected(query, handbook)
        if not found:
            raise Refused("No document fits this query.", "List what there is with `handrail read`.", node)
        return enough(found, node)
    names = [(value.text or "", value) for value in node.items]
    return chosen_items(names, handbook, node)


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
        raise Refused("There is nothing to compare.", _EXAMPLE, at)
    if len(items) == 1:
        raise Refused(f"Only `{items[0].id}` is here, and nothing to compare it with.", "Name a second document.", at)
    if len(items) > MOST:
        message = f"{len(items)} documents are too many to compare; {MOST} can stand side by side."
        raise Refused(message, _parts_told(items), at)
    return tuple(items)


def _parts_told(items: Sequence[Document]) -> str:
    """Return how documents that are too many can be asked for in parts."""
    ways = {name: Counter(answer(item) for item in items) for name, answer in _PARTED_BY.items()}
    fitting = {
        name: [(said, count) for said, count in counts.most_common() if said and 1 < count <= MOST]
        for name, counts in ways.items()
    }
    name, parts = max(fitting.items(), key=lambda way: sum(count for _, count in way[1]))
    if not parts:
        return "Name fewer; a block `register` shows any number of documents, one a row."
    told = ", ".join(f"`{name}: {said}` ({count})" for said, count in parts[:_NAMED])
    more = f" and {len(parts) - _NAMED} more" if len(parts) > _NAMED else ""
    return f"Ask in parts: {told}{more}. A block `register` shows any number of documents, one a row."


_PARTED_BY: Mapping[str, Callable[[Document], str]] = {
    "area": lambda item: item.area,
    "path": lambda item: item.path.rpartition("/")[0],
    "process": lambda item: next(iter(item.values("process")), ""),
    "variant_of": lambda item: item.variant_of or "",
    "owner": lambda item: item.fact("owner") or "",
    "kind": lambda item: item.kind,
}
"""What documents that are too many can be asked for by."""


def chosen_rows(
    names: Sequence[tuple[str, Node | None]] | None,
    items: Sequence[Document],
    handbook: Handbook,
    at: Node | None = None,
) -> tuple[str, ...]:
    """Return the rows of these names; by themselves, those that any item has. Raises `Refused`."""
    if names is None:
        found = list(row_names(items, handbook))
    elif not names:
        raise Refused("`rows` names no row.", "Write `rows: [owner, risk, steps]`, or leave it out.", at)
    else:
        found = [row for name, node in names for row in _rows(" ".join(name.casefold().split()), items, handbook, node)]
    if not found:
        said = "any of it" if names else "anything that could be compared"
        raise Refused(f"None of these documents states {said}.", "Name other rows, or other documents.", at)
    return tuple(dict.fromkeys(found))


def _rows(name: str, items: Sequence[Document], handbook: Handbook, node: Node | None) -> tuple[str, ...]:
    if name == STEPS and any(steps_of(item, handbook) for item in items):
        return (STEPS,)
    own = tuple(one for one in unfolded(name, items) if one.startswith(SECTION) or _any_has(items, one))
    if own:
        return own
    section = f"{SECTION}{section_key(name)}"
    headings = section_names(items)
    if section in headings:
        return (section,)
    known = known_names(handbook)
    if name not in known:
        near = (*known, *(heading.removeprefix(SECTION) for heading in headings))
        mend = did_you_mean(name, near, f"There are {STEPS}, {SECTIONS}, the facts, the aspects, and the headings.")
        raise Refused(f"There is no row `{name}`.", mend, node)
    if name not in GROUPS:
        raise Refused(f"None of these documents has `{name}`.", "Leave the row out, or state it in one of them.", node)
    return ()


def _any_has(items: Sequence[Document], name: str) -> bool:
    return any(has_row(item, name) for item in items)
