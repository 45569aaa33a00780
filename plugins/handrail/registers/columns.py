"""The columns that a register may have: what each is called, and what it says of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handrail.dataclass import dataclass
from handrail.index import (
    Index,
    activities,
    document_piece,
    fact_pieces,
    first_sentence,
    grouped_pieces,
    id_piece,
    rails_counted,
    rhythm,
    role_id_pieces,
    role_piece,
    title_of,
)
from handrail.model import Document, Handbook, Stated
from handrail.reader.roles import folded
from handrail.tables import EMPTY, Cell, Piece, Spot, text_cell

Answer = Callable[[Document, Index], Cell]


@dataclass(frozen=True, slots=True)
class Question:
    """A column of a register: the key of its title among the site's words, and its answer for a document."""

    title: str
    answer: Answer


def _title(document: Document, index: Index) -> Cell:
    shared = title_of(document, index) in index.shared_titles
    piece = document_piece(document, index, document.id if shared else ", ".join(_other_names(document)))
    linked = document.own_page or document.kind == "role"
    return Cell((piece if linked else Piece(piece.text, None, piece.spot, piece.note),))


def _other_names(document: Document) -> list[str]:
    if document.kind != "role":
        return []
    return [name for name in document.aliases if folded(name) != folded(document.title)]


def _owner(document: Document, index: Index) -> Cell:
    return Cell(_roles("owner", document, index) or _not_stated(index))


def _not_stated(index: Index) -> tuple[Piece, ...]:
    return (Piece(index.words.site["missing"], look="missing"),)


def _roles(name: str, document: Document, index: Index) -> tuple[Piece, ...]:
    return tuple(role_piece(said.text, index, _spot(said)) for said in document.facts.get(name, ()))


def _spot(said: Stated) -> Spot:
    return Spot(said.path, said.line)


def _purpose(document: Document, index: Index) -> Cell:
    pieces = fact_pieces(document.facts.get("purpose", ()))
    return Cell(tuple(Piece(first_sentence(one.text), spot=one.spot) for one in pieces) or _not_stated(index))


def _activities(document: Document, index: Index) -> Cell:
    rails = rails_counted(activity.rail for activity in activities(document))
    return text_cell(index.words.site["counts"].format(**rails))


def _homes(document: Document, index: Index) -> Cell:
    """Return the processes that a procedure belongs to: those that it names, and those whose flow holds it."""
    named = {said.text: _spot(said) for said in document.facts.get("process", ())}
    held = {process.id: None for process, _ in index.handbook.homes.get(document.id, ())}
    pieces = (id_piece(name, index, spot) for name, spot in {**held, **named}.items())
    by_target = {piece.target or piece.text: piece for piece in pieces}
    return Cell(tuple(by_target.values()) or _not_stated(index))


def _value(name: str) -> Answer:
    """Return the answer of a fact that has one of a few values."""

    def answer(document: Document, index: Index) -> Cell:
        words = index.words.site
        return Cell(
            tuple(
                Piece(words.get(f"value.{said.text}", said.text), spot=_spot(said), look="value", value=said.text)
                for said in document.facts.get(name, ())
            )
        )

    return answer


def _review(document: Document, index: Index) -> Cell:
    """Return the day on which a review is due, else what is said of reviews."""
    stated, every, last = (document.fact(f"review.{name}") for name in ("next", "every", "last"))
    if document.due or stated:
        return _due(document, index)
    if every:
        return text_cell(rhythm(every, index.words))
    return text_cell(index.words.site["review.last"].format(value=last)) if last else EMPTY


def _uses(document: Document, index: Index) -> Cell:
    steps = {(place.id, step.id) for place, step, _ in index.uses.get(document.id, ())}
    return text_cell(str(len(steps)))


def _takes_part_in(document: Document, index: Index) -> Cell:
    documents = {place.id: place for place, _, _ in index.uses.get(document.id, ())}
    return Cell(tuple(document_piece(one, index) for one in documents.values()))


def _owns(document: Document, index: Index) -> Cell:
    return text_cell(str(len(index.owned.get(document.id, ()))))


def _made_in(document: Document, index: Index) -> Cell:
    return Cell(grouped_pieces(index.makers.get(document.id, ()), index))


def _used_by(document: Document, index: Index) -> Cell:
    return Cell(grouped_pieces(index.users.get(document.id, ()), index))


def _of_roles(name: str) -> Answer:
    return lambda document, index: Cell(_roles(name, document, index))


def _of_ids(name: str) -> Answer:
    return lambda document, index: Cell(
        tuple(id_piece(said.text, index, _spot(said)) for said in document.facts.get(name, ()))
    )


def _of_text(name: str) -> Answer:
    return lambda document, index: Cell(fact_pieces(document.facts.get(name, ())))


def _doers(document: Document, index: Index) -> Cell:
    """Return who does the steps."""
    uses = (use for step in document.all_steps() for use in step.roles if use.part == "does")
    return Cell(role_id_pieces((use.role for use in uses), index))


def _steps(document: Document, index: Index) -> Cell:
    return text_cell(str(len(document.all_steps())))


def _kind(document: Document, index: Index) -> Cell:
    return text_cell(index.kinds[document.kind])


def _due(document: Document, index: Index) -> Cell:
    """Return the day on which a review is due, else what is said of it that is no day."""
    if document.due:
        return Cell((Piece(document.due, look="due", value=document.due),), sort=document.due)
    return _of_text("review.next")(document, index)


def _aspect(name: str) -> Answer:
    return lambda document, index: Cell(
        fact_pieces(stated for aspect, stated in document.aspects if aspect.casefold() == name)
    )


COLUMNS: Mapping[str, Question] = {
    "title": Question("column.title", _title),
    "kind": Question("column.kind", _kind),
    "id": Question("column.id", lambda document, index: text_cell(document.id)),
    "area": Question("fact.area", lambda document, index: text_cell(index.area(document))),
    "owner": Question("fact.owner", _owner),
    "purpose": Question("fact.purpose", _purpose),
    "activities": Question("column.activities", _activities),
    "process": Question("process", _homes),
    "version": Question("fact.version", _of_text("version")),
    "status": Question("fact.status", _value("status")),
    "risk": Question("fact.risk", _value("risk")),
    "review": Question("fact.review", _review),
    "due": Question("column.due", _due),
    "review.last": Question("column.last", _of_text("review.last")),
    "review.every": Question("column.every", _of_text("review.every")),
    "doers": Question("column.role", _doers),
    "steps": Question("column.steps", _steps),
    "duties": Question("column.steps", _uses),
    "takes_part_in": Question("column.in", _takes_part_in),
    "owns": Question("column.owns", _owns),
    "made_in": Question("made_in", _made_in),
    "used_by": Question("used_by", _used_by),
    **{
        name: Question(f"fact.{name}", _of_roles(name))
        for name in ("roles", "role", "approved_by", "stand_in", "named_by")
    },
    **{name: Question(f"fact.{name}", _of_ids(name)) for name in ("supersedes", "part_of", "template")},
    **{
        name: Question(f"fact.{name}", _of_text(name))
        for name in (
            "customer", "indicators", "feedback", "trigger", "inputs", "outputs", "prerequisites", "competence",
            "effective", "change_reason", "clauses", "done_when", "may_deviate", "may_not", "fields", "states",
            "kept", "kept_for",
        )
    },
}  # fmt: skip
"""Key of a column -> its question; the keys of facts are those of the front matter."""


def is_column(key: str, handbook: Handbook) -> bool:
    """Return whether there is a column of this key: one of Handrail's, or a fact or an aspect that a page states."""
    return key in COLUMNS or key in all_columns(handbook)


def all_columns(handbook: Handbook) -> tuple[str, ...]:
    """Return the keys of all columns."""
    everything = (*handbook.processes, *handbook.procedures, *handbook.roles, *handbook.records)
    stated = {name for document in everything for name in document.facts}
    aspects = {name.casefold() for document in everything for name, _ in document.aspects}
    return tuple(dict.fromkeys((*COLUMNS, *sorted(stated), *sorted(aspects))))


def question(key: str) -> Question:
    """Return the question of a column; one that Handrail does not know is a fact or an aspect of the handbook's own."""
    return COLUMNS.get(key) or Question(key, lambda document, index: _stated(key, document, index))


def _stated(name: str, document: Document, index: Index) -> Cell:
    return _of_text(name)(document, index) if name in document.facts else _aspect(name)(document, index)
