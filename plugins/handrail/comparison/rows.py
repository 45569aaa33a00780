"""The rows of a comparison: which there are, which of them any document has, and what each document says to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.comparison.data import Answer, Compared
from handrail.comparison.derived import DERIVED, derived
from handrail.comparison.general import is_general
from handrail.comparison.sections import SECTIONS, section_names
from handrail.comparison.words import reference
from handrail.index import Index, address, clipped, id_piece, role_piece
from handrail.matching import words_of
from handrail.model import Document, Handbook, Stated, Step
from handrail.reader.roles import folded
from handrail.reader.stated import LISTS
from handrail.tables import Piece, Spot
from handrail.words import LANGUAGES

STEPS = "steps"
GROUPS = ("facts", "aspects", SECTIONS)
"""Words that stand for all rows of a sort."""
_OWN = ("kind", "area", "variant_of")
_FIRST = (
    "purpose", "customer", "trigger", "inputs", "outputs", "indicators", "feedback", "part_of", "process", "risk",
    "roles", "role", "prerequisites", "competence", "done_when", "may_deviate", "stand_in", "named_by", "may_not",
    "template", "fields", "states", "kept", "kept_for", "owner", "status", "version", "effective", "approved_by",
    "change_reason", "supersedes", "review.every", "review.last", "review.next", "clauses", "order",
)  # fmt: skip
"""The facts in the order in which people ask for them."""
_LONG = 400
"""So many characters of a fact are shown; all of them are compared."""
_MEANINGS = {"goals": "goal"}
_REVIEW = ("review.every", "review.last", "review.next")
_ROLES = ("owner", "role", "roles", "approved_by", "stand_in")
_IDS = ("process", "part_of", "supersedes")


def row_names(items: Sequence[Document], handbook: Handbook) -> tuple[str, ...]:
    """Return the rows that documents make by themselves: those that any of them has."""
    has_steps = any(steps_of(item, handbook) for item in items)
    said = (*stated_names(items), *section_names(items))
    return (*said, STEPS) if has_steps else said


def stated_names(items: Sequence[Document]) -> tuple[str, ...]:
    """Return the rows that documents make by themselves, without their steps."""
    mixed = len({item.kind for item in items}) > 1
    own = ["kind"] if mixed else []
    own += ["variant_of"] if any(item.variant_of for item in items) else []
    said = {name for item in items for name in aspect_names(item)}
    aspects = [name for name in DERIVED if mixed or name in said]
    stated = {name for item in items for name, values in item.facts.items() if values} | said
    stated |= {"roles"} if any(has_row(item, "roles") for item in items) else set()
    facts = [name for name in _FIRST if name in stated]
    others = dict.fromkeys(name for item in items for name in aspect_names(item))
    return tuple(dict.fromkeys((*own, *aspects, *facts, *(name for name in others if name not in DERIVED))))


def known_names(handbook: Handbook) -> tuple[str, ...]:
    """Return every row that may be asked for in a handbook."""
    everything = (*handbook.processes, *handbook.procedures, *handbook.roles, *handbook.records)
    aspects = dict.fromkeys(name for document in everything for name in aspect_names(document))
    facts = LANGUAGES["en"].facts
    return tuple(dict.fromkeys((STEPS, *GROUPS, *_OWN, "review", *_FIRST, *facts, *DERIVED, *aspects)))


def unfolded(name: str, items: Sequence[Document]) -> tuple[str, ...]:
    """Return the rows that a name stands for."""
    if name == "review":
        return tuple(one for one in _REVIEW if any(has_row(item, one) for item in items))
    if name == "facts":
        return tuple(one for one in _FIRST if any(has_row(item, one) for item in items))
    if name == "aspects":
        said = (one for item in items for one in aspect_names(item))
        return tuple(dict.fromkeys((*DERIVED, *said)))
    if name == SECTIONS:
        return section_names(items)
    return (name,)


def has_row(item: Document, name: str) -> bool:
    """Whether a document may say anything to a row."""
    if name in ("kind", "area"):
        return True
    if name == "variant_of":
        return item.variant_of is not None
    if name == "roles":
        return bool(item.facts.get("roles")) or any(_doing(item))
    if name in DERIVED and item.kind in ("process", "procedure"):
        return True
    return bool(item.facts.get(name)) or name in aspect_names(item)


def aspect_names(item: Document) -> tuple[str, ...]:
    """Return the aspects that a document states, in small letters."""
    return tuple(dict.fromkeys(_aspect_name(name) for name, _ in item.aspects)) if item.aspects else ()


def _aspect_name(name: str) -> str:
    key = " ".join(name.casefold().split())
    return _MEANINGS.get(key, key)


def steps_of(item: Document, handbook: Handbook) -> tuple[tuple[Document, Step], ...]:
    """Return the steps of a process or a procedure; of a role those that it does, in the order of the documents."""
    if item.kind != "role":
        return tuple((item, step) for step in item.all_steps())
    return tuple(
        (document, step)
        for document in (*handbook.processes, *handbook.procedures)
        for step in document.all_steps()
        if any(use.role == item.id and use.part == "does" for use in step.roles)
    )


def compared(name: str, items: Sequence[Document], index: Index) -> Compared:
    """Return one row: what each document says to it, and who says something else than most."""
    answers = [answer_of(item, name, index) for item in items]
    given = [answer.key for answer in answers if answer.state != "absent"]
    most = reference(given) if given else ()
    marked = tuple(
        replace(answer, differs=True) if answer.state == "absent" or answer.key != most else answer
        for answer in answers
    )
    return Compared(name, marked, any(answer.differs for answer in marked) and bool(given))


def answer_of(item: Document, name: str, index: Index) -> Answer:
    """Return what a document says to a row."""
    stated = [stated for key, stated in item.aspects if _aspect_name(key) == name]
    if stated:
        return _stated("", stated, item, index)
    if name in DERIVED:
        return derived(name, item, index)
    own = _OF_DOCUMENT.get(name)
    if own is not None:
        return own(item, index)
    values = item.facts.get(name, ())
    return _stated(name, values, item, index) if values else Answer("absent")


def _stated(name: str, values: Sequence[Stated], item: Document, index: Index) -> Answer:
    """Return what a document states, each value with where it says it."""
    keys = [_key(name, stated.text, index) for stated in values]
    if all(_says_nothing(stated.text, index) for stated in values):
        return Answer("empty", _pieces(name, values, item, index), ("",))
    ordered = sorted(set(keys)) if name in LISTS else keys
    return Answer("stated", _pieces(name, values, item, index), tuple(ordered))


def _says_nothing(text: str, index: Index) -> bool:
    """Whether a text says that there is none."""
    return " ".join(text.casefold().split()).strip(" .") in index.words.nothing


def _key(name: str, text: str, index: Index) -> str:
    if name in _ROLES:
        role = index.roles.get(folded(text))
        return role.id if role is not None else folded(text) or text
    return " ".join(words_of(text)).casefold().rstrip(" .;,")


def _pieces(name: str, values: Iterable[Stated], item: Document, index: Index) -> tuple[Piece, ...]:
    return tuple(_piece(name, stated, item, index) for stated in values)


def _piece(name: str, stated: Stated, item: Document, index: Index) -> Piece:
    spot = Spot(stated.path, stated.line)
    if name in _ROLES and folded(stated.text) in index.roles:
        return role_piece(stated.text, index, spot)
    if name in _IDS:
        return replace(id_piece(stated.text, index, spot), spot=spot)
    if name in ("risk", "status") and f"value.{stated.text}" in index.words.site:
        return Piece(index.words.site[f"value.{stated.text}"], spot=spot, look="value", value=stated.text)
    if is_general(item):
        return Piece(stated.text)
    return Piece(clipped(stated.text, _LONG), address(item), spot)


# ---- what a document is ----


def _kind(item: Document, index: Index) -> Answer:
    return Answer("stated", (Piece(index.kinds[item.kind], spot=_spot(item)),), (item.kind,))


def _area(item: Document, index: Index) -> Answer:
    if not item.area:
        return Answer("absent")
    return Answer("stated", (Piece(item.area, spot=_spot(item)),), (item.area.casefold(),))


def _variant(item: Document, index: Index) -> Answer:
    if item.variant_of is None:
        return Answer("absent")
    return Answer("stated", (replace(id_piece(item.variant_of, index), spot=_spot(item)),), (item.variant_of,))


def _roles(item: Document, index: Index) -> Answer:
    """Return who takes part: those that the document names, and those that do its steps."""
    done: dict[str, int] = {}
    for role in _doing(item):
        done[role] = done.get(role, 0) + 1
    words = index.words.site
    pieces = [
        replace(id_piece(role, index), note=words["steps.one" if number == 1 else "steps.many"].format(number=number))
        for role, number in done.items()
    ]
    named = [stated for stated in item.facts.get("roles", ()) if _key("roles", stated.text, index) not in done]
    pieces += _pieces("roles", named, item, index)
    keys = {*done, *(_key("roles", stated.text, index) for stated in named)}
    return Answer("stated", tuple(pieces), tuple(sorted(keys))) if pieces else Answer("absent")


def _doing(item: Document) -> Iterator[str]:
    return (use.role for step in item.all_steps() for use in step.roles if use.part == "does")


def _spot(item: Document) -> Spot | None:
    return Spot(item.path, item.line) if item.path else None


_OF_DOCUMENT: Mapping[str, Callable[[Document, Index], Answer]] = {
    "kind": _kind,
    "area": _area,
    "variant_of": _variant,
    "roles": _roles,
}
