"""Facts about a page in a paragraph of labelled lines, at its head or its foot: `Owner: Shop lead`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.documents import Block
from handrail.model import Stated
from handrail.problems import Problem
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.stated import LISTS, Facts, differently, flat_text, said_twice, value_of
from handrail.reader.wording import is_placeholder, placeholder

OF_THE_PAGE = (
    "owner",
    "status",
    "version",
    "effective",
    "approved_by",
    "change_reason",
    "supersedes",
    "review.every",
    "review.last",
    "review.next",
    "clauses",
    "process",
    "risk",
)
"""Facts that are about a page as a whole, wherever on it they stand."""
OF_EACH = (*OF_THE_PAGE, "roles", "prerequisites", "competence", "may_deviate")
"""Facts that hold for each procedure of a page that states them above the first one."""

_LABEL = r"[^\W\d_][^:\n*]{0,38}"
_PLAINLY_LABELLED = re.compile(rf"{_LABEL}:\s")
_LABELLED = re.compile(rf"(?P<mark>\*\*|__)?(?P<label>{_LABEL}?)\s*(?:(?P=mark)\s*:|:\s*(?P=mark)|:)\s*(?P<value>\S.*)")
"""A line that is a label with its value, the label bold or plain."""
_PARTS = re.compile(r"(?<!\s)\s++[|·•]\s+")
"""Between two labelled values in one line."""
_WRAPPED = re.compile(r"([*_])(?!\1)(.+)(?<!\1)\1")
"""A line that is set in italics as a whole."""


def is_plainly_labelled(block: Block) -> bool:
    """Whether a paragraph may hold labelled lines without bold letters: `Owner: Shop lead`."""
    return block.kind == "paragraph" and _PLAINLY_LABELLED.match(block.text) is not None


def labelled_facts(block: Block, context: Context) -> Facts:
    """Return the facts about the page of a paragraph that holds nothing but labelled lines.

    Where their labels are not bold, half of them or more have to be names of such facts.
    """
    said = list(_labelled(block))
    names = [_fact_of_page(label, value, context) for label, value, _, _ in said]
    named = sum(name is not None for name in names)
    if not named or any(not label for label, _, _, _ in said):
        return Facts({})
    if 2 * named < len(said) and not all(bold for _, _, _, bold in said):
        return Facts({})
    values: dict[str, tuple[Stated, ...]] = {}
    problems: list[Problem] = []
    for (_, value, line, _), name in zip(said, names, strict=True):
        text = flat_text(context.inline(value).plain)
        if name is None or not text:
            continue
        if is_placeholder(text, context.grammar):
            problems.append(placeholder(name, text, context.page.path, line, block.column))
        else:
            stated = Stated(text, line, block.column, "line", context.page.path)
            first = values.get(name, ())
            values[name] = (*first, stated) if name in LISTS else first or (stated,)
            if first and name not in LISTS and differently(first, [stated]):
                problems.append(said_twice(context.page.path, name, first[0], stated))
    return Facts(values, (), frozenset({block.line}), tuple(problems))


def _fact_of_page(label: str, value: str, context: Context) -> str | None:
    """Return the fact about the page that a labelled line states.

    None where its words are none for it: `Risk: data may be lost` names no risk, `Process: see below` no process.
    """
    name = context.grammar.fact_keys.get(key(label))
    if name not in ("process", "risk"):
        return name if name in OF_THE_PAGE else None
    text = flat_text(context.inline(value).plain)
    says_it = " " not in text if name == "process" else value_of(text, name, context.grammar.words) is not None
    return name if says_it or is_placeholder(text, context.grammar) else None


def _labelled(block: Block) -> Iterator[tuple[str, str, int, bool]]:
    """Yield label, Markdown of the value, line, and whether the label is bold; an empty label for another line."""
    for line, source in enumerate(block.text.split("\n"), block.line):
        bare = source.strip().rstrip("\\").rstrip()
        wrapped = _WRAPPED.fullmatch(bare)
        for part in _PARTS.split(wrapped[2] if wrapped else bare):
            match = _LABELLED.fullmatch(part.strip())
            if match is None:
                yield "", "", line, False
            else:
                yield match["label"], match["value"], line, match["mark"] is not None
