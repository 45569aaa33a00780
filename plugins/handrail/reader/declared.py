"""Facts in front matter and in Handrail comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from handrail.documents import Node
from handrail.kept import kept
from handrail.model import Stated
from handrail.options import Options
from handrail.problems import Problem, did_you_mean
from handrail.reader.context import Context
from handrail.reader.kinds import Declaration
from handrail.reader.stated import LISTS, Facts, normal, values_of
from handrail.reader.wording import is_placeholder, placeholder

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins inside a key such as `lastReviewed`."""
_KEYS = ("kind", "id", "title", "aliases", "aspects", "review", "variant_of", "area", "steps", "order")
"""Keys under `handrail` beside the facts."""


def declared_facts(declaration: Declaration, context: Context) -> Facts:
    """Return the facts under the key `handrail`, in front matter or in a comment."""
    values: dict[str, tuple[Stated, ...]] = {}
    aspects: list[tuple[str, Stated]] = []
    problems: list[Problem] = []
    known = (*_KEYS, *context.grammar.words.facts)
    for written, node in declaration.values.items():
        name = written.strip().replace(" ", "_").replace("-", "_").casefold()
        if name == "review":
            found, more = _review(node, declaration.source, context)
            values |= found
            problems += more
        elif name == "aspects":
            problems += _wrong_form(name, written, node, context)
            aspects += [
                (title, stated)
                for title, inner in node.mapping.items()
                for stated in _stated(inner, declaration.source, context)[:1]
            ]
        elif name in context.grammar.words.facts and name not in ("title", "area", "order"):
            stated, more = _checked(name, written, node, declaration.source, context)
            problems += more
            if stated:
                values[name] = stated
        elif name in _KEYS:
            problems += _wrong_form(name, written, node, context)
        else:
            mend = did_you_mean(name, known, "Remove it, or keep it outside of `handrail`.")
            problems.append(
                Problem(
                    "unknown-key",
                    "warning",
                    context.page.path,
                    *node.begins,
                    f"Handrail knows no key `{written}`.",
                    mend,
                )
            )
    return Facts(values, tuple(aspects), problems=tuple(problems))


_ONE_TEXT = ("id", "title", "variant_of", "area", "steps", "order")


def _wrong_form(name: str, written: str, node: Node, context: Context) -> Iterator[Problem]:
    """Yield a problem where a key that is no fact has a value of the wrong form."""
    wanted = None
    if name in _ONE_TEXT and node.value is not None and not isinstance(node.value, str):
        wanted = "one text"
    elif name == "steps" and node.text and node.text.casefold() != "headings":
        wanted = "the word `headings`"
    elif name == "aliases" and (node.mapping or any(not isinstance(item.value, str) for item in node.items)):
        wanted = "a list of ids"
    elif name == "aspects" and node.value is not None and not isinstance(node.value, dict):
        wanted = "names with their texts"
    if wanted:
        yield Problem(
            "wrong-type",
            "warning",
            context.page.path,
            node.line,
            node.column,
            f"`{written}` wants {wanted}.",
            f"Write `{written}: ...`.",
        )


def _review(node: Node, source: str, context: Context) -> tuple[dict[str, tuple[Stated, ...]], list[Problem]]:
    """Return when a document was reviewed, when it will be, and how often it is."""
    if not node.mapping:
        problem = Problem(
            "wrong-type",
            "warning",
            context.page.path,
            node.line,
            node.column,
            "`review` wants `every`, `last` or `next`.",
            "Write `review: {every: 6 months, last: 2026-05-04}`.",
        )
        return {}, [problem] if node.value is not None else []
    values: dict[str, tuple[Stated, ...]] = {}
    problems: list[Problem] = []
    for name, inner in node.mapping.items():
        if name not in ("every", "last", "next"):
            mend = did_you_mean(name, ("every", "last", "next"), "There are `every`, `last` and `next`.")
            problems.append(
                Problem(
                    "unknown-key",
                    "warning",
                    context.page.path,
                    *inner.begins,
                    f"Handrail knows no key `review.{name}`.",
                    mend,
                )
            )
        elif stated := _stated(inner, source, context):
            values[f"review.{name}"] = stated
    return values, problems


def _checked(
    name: str, written: str, node: Node, source: str, context: Context
) -> tuple[tuple[Stated, ...], list[Problem]]:
    """Return a fact's values as long as they have the right form."""
    path = context.page.path
    wrong = isinstance(node.value, dict) or (
        isinstance(node.value, tuple) and name not in LISTS and len(node.value) > 1
    )
    nested = any(not isinstance(item.value, str) and item.value is not None for item in node.items)
    if wrong or nested:
        wanted = "a text or a list of texts" if name in LISTS else "one text"
        problem = Problem(
            "wrong-type",
            "warning",
            path,
            node.line,
            node.column,
            f"`{written}` wants {wanted}.",
            f"Write `{written}: ...`.",
        )
        return (), [problem]
    stated = _stated(node, source, context)
    table = values_of(name, context.grammar.words)
    if not table or not stated:
        return stated, [*_unwritten(node, name, context)]
    if normal(stated[0], name, context.grammar.words) is None:
        known = ", ".join(table)
        problem = Problem(
            "unknown-value",
            "warning",
            path,
            node.line,
            node.column,
            f"`{name}` has no value {stated[0].text!r}.",
            did_you_mean(stated[0].text, table, f"Use {known}."),
        )
        return stated[:1], [problem]
    return stated, []


def _unwritten(node: Node, name: str, context: Context) -> Iterator[Problem]:
    """Yield a note for each value that only marks a place."""
    for item in node.items:
        if item.text and is_placeholder(item.text, context.grammar):
            yield placeholder(name, item.text, context.page.path, item.line, item.column)


def _stated(node: Node, source: str, context: Context) -> tuple[Stated, ...]:
    return tuple(
        Stated(item.text, item.line, item.column, source, context.page.path)
        for item in node.items
        if item.text and not is_placeholder(item.text, context.grammar)
    )


def own_key_facts(context: Context, options: Options) -> Facts:
    """Return the facts that stand under other front-matter keys: the handbook's own and the common ones."""
    values: dict[str, tuple[Stated, ...]] = {}
    front = _folded_keys(context.page.front.values)
    if not front:
        return Facts({})
    own = dict(options.keys)
    for name in context.grammar.words.facts:
        for spelling in options.spellings(name):
            node = _at(front, spelling)
            stated = _stated(node, "front matter", context) if node is not None and not node.mapping else ()
            if name == "status" and spelling not in own.get(name, ()):
                stated = tuple(said for said in stated if normal(said, name, context.grammar.words) is not None)
            if stated and name not in values:
                values[name] = stated if name in LISTS else stated[:1]
    if "clauses" in values:
        values["clauses"] = _of_standard(values["clauses"], front)
    return Facts(values)


def _of_standard(clauses: tuple[Stated, ...], front: Mapping[str, Node]) -> tuple[Stated, ...]:
    """Return clauses with the standard that a key of its own names, where they are only numbers."""
    node = _at(front, "standard") or _at(front, "norm")
    if node is None or node.text is None:
        return clauses
    return tuple(
        replace(clause, text=f"{node.text} {clause.text}") if clause.text[:1].isdecimal() else clause
        for clause in clauses
    )


def _at(values: Mapping[str, Node], path: str) -> Node | None:
    """Return the value of a key, or of a key inside another one: `review.date`."""
    folded = _folded_key(path)
    if folded in values:
        return values[folded]
    head, _, tail = folded.partition(".")
    return _at(_folded_keys(values[head].mapping), tail) if tail and head in values else None


def _folded_keys(values: Mapping[str, Node]) -> dict[str, Node]:
    """Return values by keys in which neither case nor hyphens matter: `Last-Reviewed`, `lastReviewed`."""
    found: dict[str, Node] = {}
    for name, node in values.items():
        found.setdefault(_folded_key(name), node)
    return found


@kept(1024)
def _folded_key(name: str) -> str:
    words = _HUMP.sub(" ", name).casefold()
    return "_".join(words.replace("-", " ").replace("_", " ").split())
