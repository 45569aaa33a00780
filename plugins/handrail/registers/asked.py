"""What a register is asked for: of which documents, with which columns, in which order and groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from handrail.dataclass import dataclass
from handrail.documents import Node, block_options
from handrail.model import AskedBlock, Document, Handbook
from handrail.problems import Problem, did_you_mean
from handrail.queries import Query, query_of, selected
from handrail.registers.columns import all_columns, is_column

_RULE = "register-block"
_OPTIONS = ("kind", "where", "columns", "sort", "group", "caption")
_KIND_TWICE = ("The register's own `kind` says already which kind it shows.", "Leave `kind` out of `where`.")
_EXAMPLE = "Write `kind: procedure`, or `{kind: procedure, where: {owner: none}}`."

KINDS: Mapping[str, tuple[str, ...]] = {
    "process": ("title", "purpose", "owner", "activities"),
    "procedure": ("title", "owner", "process", "version", "status", "review"),
    "role": ("title", "duties", "takes_part_in", "owns", "stand_in"),
    "record": ("title", "made_in", "used_by", "kept", "kept_for"),
    "review": ("title", "kind", "owner", "due", "review.last", "review.every"),
}
"""What there is a register of -> its columns, where no others are asked for."""
_ORDER: Mapping[str, tuple[str, ...]] = {"review": ("due",)}
_GROUP: Mapping[str, str] = {"review": "owner"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A register, as it is asked for."""

    kind: str
    columns: tuple[str, ...]
    where: Query = field(default_factory=dict)
    sort: tuple[str, ...] = ()
    """Keys of columns by which rows are sorted; one that begins with `-` turns its order round."""
    group: str | None = None
    caption: str | None = None
    chosen: bool = False
    """Whether somebody chose the columns: those are shown though nobody states anything in them."""


class Refused(Exception):
    """What is asked for is not there: what is wrong, what to write, and the part that says it."""

    def __init__(self, message: str, mend: str, at: str = "") -> None:
        super().__init__(message)
        self.message, self.mend, self.at = message, mend, at


def whole(kind: str) -> Asked:
    """Return the register of a kind as its own page shows it. Raises `Refused`."""
    if kind not in KINDS:
        raise Refused(
            f"There is no register of `{kind}`.", did_you_mean(kind, KINDS, f"There is {', '.join(KINDS)}."), "kind"
        )
    return Asked(kind, KINDS[kind], {}, _ORDER.get(kind, ()), _GROUP.get(kind))


def asked_for(
    asked: Asked, columns: Sequence[str], sort: Sequence[str], group: str | None, handbook: Handbook
) -> Asked:
    """Return a register with other columns, order and groups, as far as they are given. Raises `Refused`."""
    named = {"columns": columns, "sort": [name.removeprefix("-") for name in sort], "group": [group] if group else []}
    for part, names in named.items():
        wrong = next((name for name in names if not is_column(name, handbook)), None)
        if wrong is not None:
            known = all_columns(handbook)
            mend = did_you_mean(wrong, known, f"There are {', '.join(known)}.")
            raise Refused(f"A register has no column `{wrong}`.", mend, part)
    return replace(
        asked,
        columns=tuple(dict.fromkeys(("title", *columns))) if columns else asked.columns,
        sort=tuple(sort) or asked.sort,
        group=group or (asked.group if not sort else None),
        chosen=bool(columns),
    )


def queried(asked: Asked, where: Query) -> Asked:
    """Return a register of those documents only that fit a query. Raises `Refused`."""
    if "kind" in where and asked.kind != "review":
        raise Refused(*_KIND_TWICE, "where")
    return replace(asked, where=where)


def documents_of(asked: Asked, handbook: Handbook) -> tuple[Document, ...]:
    """Return the documents that a register shows."""
    if asked.kind == "review":
        return tuple(document for document in selected(asked.where, handbook) if states_review(document))
    return selected({**asked.where, "kind": (asked.kind,)}, handbook)


def states_review(document: Document) -> bool:
    """Return whether a document says anything of its review."""
    return any(name.startswith("review.") for name in document.facts)


def asked_register(block: AskedBlock, path: str, handbook: Handbook) -> Asked | Problem:
    """Return the register that a fenced block asks for, or what is wrong with it."""
    node = block_options(path, block.text, block.line, block.column, _RULE)
    if isinstance(node, Problem):
        return node
    said = node.mapping or {"kind": node}
    wrong = next(_wrong(said, path), None) or (
        None if "kind" in said else _problem(node, path, "This does not say which register to show.", _EXAMPLE)
    )
    if wrong is not None:
        return wrong
    query = query_of(said["where"], path, _RULE) if "where" in said else {}
    if isinstance(query, Problem):
        return query
    return _asked(said, query, path, handbook)


def _wrong(said: Mapping[str, Node], path: str) -> Iterator[Problem]:
    """Yield what is wrong with the options of a block, but for the columns that they name."""
    for name, value in said.items():
        if name not in _OPTIONS:
            mend = did_you_mean(name, _OPTIONS, f"The options are {', '.join(_OPTIONS)}.")
            yield _problem(value, path, f"A register has no option `{name}`.", mend)
        elif name == "where" and not value.mapping:
            yield _problem(value, path, "`where` says nothing.", "Write `where: {owner: none}`, or leave it out.")
        elif name == "where" and "kind" in value.mapping and (said["kind"].text if "kind" in said else "") != "review":
            yield _problem(value.mapping["kind"], path, *_KIND_TWICE)
        elif name in ("kind", "group", "caption") and not value.text:
            yield _problem(value, path, f"`{name}` of this register has no value.", _EXAMPLE)
        elif name in ("columns", "sort") and not all(item.text for item in value.items or (value,)):
            yield _problem(value, path, f"`{name}` is no list of columns.", f"Write `{name}: [title, owner]`.")


def _asked(said: Mapping[str, Node], query: Query, path: str, handbook: Handbook) -> Asked | Problem:
    try:
        kind = replace(whole((said["kind"].text or "").casefold()), where=query)
        asked = asked_for(kind, _texts(said, "columns"), _texts(said, "sort"), _text(said, "group"), handbook)
    except Refused as refused:
        at = said.get(refused.at, said["kind"])
        named = next(
            (item for item in at.items if item.text and f"`{item.text.removeprefix('-')}`" in refused.message), at
        )
        return _problem(named, path, refused.message, refused.mend)
    if query and not documents_of(asked, handbook):
        return _problem(said["where"], path, "Nothing fits this query.", "Ask for less, or look at `handrail read`.")
    return replace(asked, caption=_text(said, "caption"))


def _texts(said: Mapping[str, Node], name: str) -> list[str]:
    return [item.text or "" for item in said[name].items] if name in said else []


def _text(said: Mapping[str, Node], name: str) -> str | None:
    return said[name].text if name in said else None


def _problem(node: Node, path: str, message: str, mend: str) -> Problem:
    return Problem("register-block", "error", path, node.line, node.column, message, mend)
