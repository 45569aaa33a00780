"""Queries: which documents of a handbook something is about, by what they state; nothing in them is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from handrail.documents import Node
from handrail.model import Document, Handbook
from handrail.options import KINDS
from handrail.problems import HandrailError, Problem, did_you_mean
from handrail.reader.roles import folded
from handrail.words import LANGUAGES

Query = Mapping[str, tuple[str, ...]]
"""What is asked for -> the answers that fit, one of which a document has to give."""

_OWN = ("kind", "id", "process", "area", "variant_of", "path", "does")
_OF_ROLES = ("owner", "role", "roles", "approved_by", "stand_in")
"""Facts whose values are roles, which have several names."""
QUERY_NAMES = tuple(dict.fromkeys((*_OWN, *LANGUAGES["en"].facts)))
"""What may be asked for."""


def query_of(node: Node, path: str, rule: str) -> Query | Problem:
    """Return the query that a mapping of a fenced block states, or what is wrong with it."""
    query: dict[str, tuple[str, ...]] = {}
    for name, value in node.mapping.items():
        texts = tuple(item.text for item in value.items if item.text)
        if name not in QUERY_NAMES:
            mend = did_you_mean(name, QUERY_NAMES, f"Ask for {', '.join(_OWN)} or a fact.")
            return Problem(rule, "error", path, value.line, value.column, f"Nothing can be asked by `{name}`.", mend)
        if not texts or len(texts) != len(value.items):
            mend = f"Write `{name}: ...`, or `{name}: [one, other]` where any of them fits."
            return Problem(rule, "error", path, value.line, value.column, f"`{name}` has no text to ask for.", mend)
        if name == "kind":
            texts = tuple(text.casefold() for text in texts)
            wrong = next((text for text in texts if text not in KINDS), None)
            if wrong is not None:
                mend = did_you_mean(wrong, KINDS, f"The kinds are {', '.join(KINDS)}.")
                message = f"There is no kind `{wrong}`."
                return Problem(rule, "error", path, value.line, value.column, message, mend)
        query[name] = texts
    return query


def query_from(said: Sequence[str]) -> Query:
    """Return the query that `kind=procedure` and its like state. Raises `HandrailError`."""
    query: dict[str, tuple[str, ...]] = {}
    for text in said:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not value:
            raise HandrailError(f"{text!r} is no name and value. Write it like `kind=procedure`.")
        if name not in QUERY_NAMES:
            mend = did_you_mean(name, QUERY_NAMES, f"Ask for {', '.join(_OWN)} or a fact.")
            raise HandrailError(f"Nothing can be asked by `{name}`. {mend}")
        if name == "kind" and value.casefold() not in KINDS:
            mend = did_you_mean(value, KINDS, f"The kinds are {', '.join(KINDS)}.")
            raise HandrailError(f"There is no kind `{value}`. {mend}")
        query[name] = (*query.get(name, ()), value)
    return query


def selected(query: Query, handbook: Handbook) -> tuple[Document, ...]:
    """Return the documents that fit every part of a query: by kind, then by title."""
    everything = {
        "process": handbook.processes,
        "procedure": handbook.procedures,
        "role": handbook.roles,
        "record": handbook.records,
    }
    kinds = frozenset(map(_key, query.get("kind", everything)))
    tests = [_test(name, wanted, handbook) for name, wanted in query.items() if name != "kind"]
    return tuple(
        document
        for kind in everything
        if kind in kinds
        for document in sorted(
            (one for one in everything[kind] if all(test(one) for test in tests)),
            key=lambda one: (one.title.casefold(), one.id),
        )
    )


NONE = "none"
"""What fits a document that gives no answer."""


def _test(name: str, wanted: Sequence[str], handbook: Handbook) -> Callable[[Document], bool]:
    """Return whether a document gives one of the wanted answers."""
    if name == "path":
        outer = tuple(text.strip("/") for text in wanted)
        return lambda document: any(document.path == text or document.path.startswith(f"{text}/") for text in outer)
    same = _role_key(handbook) if name in (*_OF_ROLES, "does") else _key
    keys = frozenset(map(same, wanted))
    answers = _ANSWERS.get(name)

    def fits(document: Document) -> bool:
        said = answers(document, handbook) if answers else document.values(name)
        given = {same(answer) for answer in said if answer}
        return not keys.isdisjoint(given) or (not given and NONE in keys)

    return fits


def _processes(document: Document, handbook: Handbook) -> Iterator[str]:
    """Yield the processes that a procedure belongs to: those whose flow holds it, and those that it names."""
    yield from document.values("process")
    yield from (process.id for process, _ in handbook.homes.get(document.id, ()))


def _doers(document: Document, handbook: Handbook) -> Iterator[str]:
    return (use.role for step in document.all_steps() for use in step.roles if use.part == "does")


_ANSWERS: Mapping[str, Callable[[Document, Handbook], Iterable[str]]] = {
    "id": lambda document, handbook: (document.id, *document.aliases),
    "area": lambda document, handbook: (document.area,),
    "variant_of": lambda document, handbook: (document.variant_of,) if document.variant_of else (),
    "process": _processes,
    "does": _doers,
}


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _role_key(handbook: Handbook) -> Callable[[str], str]:
    """Return the function that gives for each name of a role the same text."""
    names = {folded(name): role.id for role in handbook.roles for name in (*role.aliases, role.id, role.title)}
    return lambda name: names.get(folded(name), folded(name))
