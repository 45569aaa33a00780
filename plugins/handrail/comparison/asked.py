"""What a comparison is asked for, in a fenced block or by a command, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from handrail.comparison.items import EXAMPLE, Chosen, Part, Refused, chosen_items, queried_items
from handrail.comparison.rows import GROUPS, STEPS, has_row, known_names, row_names, steps_of, unfolded
from handrail.comparison.sections import SECTION, SECTIONS, section_key, section_names
from handrail.dataclass import dataclass
from handrail.documents import Node, block_options
from handrail.model import AskedBlock, Document, Handbook
from handrail.problems import Problem, did_you_mean
from handrail.queries import query_of

_RULE = "compare-block"
_OPTIONS = ("items", "part", "rows", "differences", "orient", "fold")

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
    part: Part | None = None
    """Which part of a query these documents are, where they are not all of it."""


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
        raise Refused("This does not say what to compare.", EXAMPLE, node)
    chosen = _items(said, path, handbook)
    if isinstance(chosen, Problem):
        return chosen
    names = [(value.text or "", value) for value in said["rows"].items] if "rows" in said else None
    return Asked(
        chosen.items,
        chosen_rows(names, chosen.items, handbook, said.get("rows")),
        _word(said, "differences", ("all", "only")) == "only",
        "rows" if _word(said, "orient", ("columns", "rows")) == "rows" else "columns",
        _word(said, "fold", ("false", "true")) == "true",
        chosen.part,
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


def _items(said: Mapping[str, Node], path: str, handbook: Handbook) -> Chosen | Problem:
    node = said["items"]
    if not node.mapping:
        if "part" in said:
            raise Refused("Documents that are named one by one have no parts.", "Leave `part` out.", said["part"])
        return Chosen(chosen_items([(value.text or "", value) for value in node.items], handbook, node))
    query = query_of(node, path, _RULE)
    if isinstance(query, Problem):
        return query
    return queried_items(query, handbook, _part(said), node, said.get("part"))


def _part(said: Mapping[str, Node]) -> int | None:
    """Return which part of a query is asked for; None where all of it is."""
    if "part" not in said:
        return None
    text = said["part"].text or ""
    if not text.isdecimal() or len(text) > 6:
        raise Refused("`part` is no number.", "Write `part: 1`, or leave it out.", said["part"])
    return int(text)


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
    if not name:
        raise Refused("A row has no name.", "Write `rows: [owner, risk, steps]`, or leave it out.", node)
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
