"""Clauses of standards, and what covers each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handrail.dataclass import dataclass
from handrail.index import Index, document_piece, step_piece
from handrail.model import Document, Step
from handrail.options import Clause, Standard
from handrail.tables import Cell, Column, Mark, Piece, Row, Spot, Table, text_cell

_STANDARD = re.compile(r"(?P<name>.*?\b\d{3,}[\w/:-]*(?:\s*\([A-Z]+\))?)[\s,:]*(?P<rest>.*)", re.DOTALL)
"""A standard by its number, such as `ISO 13485:2016` or `Regulation 2017/745 (MDR)`, and what stands behind it."""
_ASIDE = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(
    r"(?<![\w.])(?P<first>(?:[A-Z]\.)?\d{1,6}(?:\.\d{1,6})*)"
    r"(?:\s*(?:[-–—]|to|bis)\s*(?P<last>(?:[A-Z]\.)?\d{1,6}(?:\.\d{1,6})*)(?![\w.]*\w))?(?!\w)"
)
_KINDS = ("process", "procedure", "step")


@dataclass(frozen=True, slots=True)
class Said:
    """A clause, or a range of clauses, that a document says it covers."""

    standard: str
    """Its name as the list has it, else as the page has it; empty where the page names none."""
    first: str
    last: str | None
    by: Piece
    """What covers it, with where it is said."""
    kind: str
    """process | procedure | step | other: what covers it."""

    def covers(self, clause: str) -> bool:
        """Return whether a clause is this one, or lies inside it."""
        if self.last is not None:
            return _lies_between(clause, self.first, self.last)
        return clause == self.first or clause.startswith(f"{self.first}.")

    def lies_in(self, clause: str) -> bool:
        """Return whether this is only a part of a clause."""
        return self.first.startswith(f"{clause}.")


def _above(number: str) -> str:
    """Return what a clause is a part of: `7.5` of `7.5.1`."""
    return number.rpartition(".")[0]


def _lies_between(clause: str, first: str, last: str) -> bool:
    """Whether a clause, or what it is a part of, lies in a range of clauses of the same rank: `7.5.1-7.5.5`."""
    rank = first.count(".")
    head = ".".join(clause.split(".")[: rank + 1])
    numbers = [one.rpartition(".")[2] for one in (head, first, last)]
    if head.count(".") != rank or _above(head) != _above(first) or not all(map(str.isdecimal, numbers)):
        return False
    at, low, high = map(int, (number[:9] for number in numbers))
    return low <= at <= high


def clauses_table(index: Index) -> Table | None:
    """Return the clauses with what covers them, by standard; None where nobody lists or states any."""
    listed = index.options.clauses
    said = tuple(_all_said(index, listed))
    rows = [row for standard in listed for row in _listed_rows(standard, said, index)]
    rows += _other_rows(listed, said, index)
    if not rows:
        return None
    words = index.words.site
    titles = {
        "clause": words["clauses.clause"],
        "title": words["column.title"],
        "covered": words["clauses.covered"],
        "process": index.kinds["processes"],
        "procedure": index.kinds["procedures"],
        "step": words["clauses.steps"],
        "other": words["clauses.other"],
    }
    always = ("clause", "covered", "process", "procedure")
    places = [at for at, key in enumerate(titles) if key in always or any(row.cells[at].pieces for row in rows)]
    used = [list(titles)[at] for at in places]
    return Table(
        "clauses",
        words["page.clauses"],
        tuple(Column(key, titles[key]) for key in used),
        tuple(Row(tuple(row.cells[place] for place in places), group=row.group) for row in rows),
        notes=tuple(_notes(listed, said, index)),
        empty="",
        groups=words["clauses.standard"],
    )


def _all_said(index: Index, listed: Sequence[Standard]) -> Iterator[Said]:
    book = index.handbook
    for document in (*index.flows, *book.roles, *book.records):
        kind = document.kind if document.kind in _KINDS else "other"
        for stated in document.facts.get("clauses", ()):
            by = replace(document_piece(document, index), spot=Spot(stated.path, stated.line))
            yield from _said(stated.text, by, kind, listed)
        for step in document.all_steps():
            for text in step.clauses:
                yield from _said(text, _of_step(document, step, index), "step", listed)


def _of_step(document: Document, step: Step, index: Index) -> Piece:
    line = next((line for label, line in step.labels if label == "clause"), step.line)
    return replace(
        step_piece(document, step), spot=Spot(document.path, line), note=document_piece(document, index).text
    )


def _said(said: str, by: Piece, kind: str, listed: Sequence[Standard]) -> Iterator[Said]:
    """Yield the clauses that a text names; a bare number is a clause of the only standard that is listed."""
    text = " ".join(said.split())
    name, rest = _standard_of(text, listed)
    numbers = list(_NUMBER.finditer(_ASIDE.sub(" ", rest)))
    for number in numbers:
        first, last = number["first"], number["last"]
        if last is None or _above(first) == _above(last):
            yield Said(name, first, last, by, kind)
        else:
            yield from (Said(name, one, None, by, kind) for one in (first, last))
    if not numbers:
        yield Said(name, rest or text, None, by, kind)


def _standard_of(text: str, listed: Sequence[Standard]) -> tuple[str, str]:
    """Return the standard that a text begins with, and what stands behind its name."""
    for standard in listed:
        at = text.casefold().find(standard.name.casefold())
        if at >= 0:
            return standard.name, text[at + len(standard.name) :].strip(" ,:")
    match = _STANDARD.match(text)
    if match is not None:
        return match["name"].strip(), match["rest"].strip()
    only = listed[0].name if len(listed) == 1 and text[:1].isdecimal() else ""
    return only, text


def _listed_rows(standard: Standard, said: Sequence[Said], index: Index) -> Iterator[Row]:
    own = [one for one in said if one.standard == standard.name]
    for clause in standard.clauses:
        covering = [one for one in own if one.covers(clause.number)]
        parts = [one for one in own if _part_of(one, clause.number, standard)]
        yield Row(_cells(clause, covering, index, parts), group=standard.name)


def _part_of(said: Said, number: str, standard: Standard) -> bool:
    """Return whether what is said is a part of a clause, and no clause of the list says it more closely."""
    closer = (other.number for other in standard.clauses if other.number.startswith(f"{number}."))
    return said.lies_in(number) and not any(said.covers(other) or said.lies_in(other) for other in closer)


def _other_rows(listed: Sequence[Standard], said: Sequence[Said], index: Index) -> Iterator[Row]:
    """Yield what pages state beyond the lists, by standard and number."""
    known = {standard.name: [clause.number for clause in standard.clauses] for standard in listed}
    others: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        if not any(one.covers(number) or one.lies_in(number) for number in known.get(one.standard, ())):
            number = f"{one.first}–{one.last}" if one.last else one.first
            others.setdefault((one.standard, number), []).append(one)
    words = index.words.site
    for standard, number in sorted(others, key=lambda key: (key[0].casefold(), _order(key[1]))):
        group = standard or words["clauses.no_standard"]
        unlisted = words["clauses.unlisted"].format(standard=standard) if standard in known else group
        yield Row(_cells(Clause(number), others[standard, number], index), group=unlisted)


def _order(number: str) -> list[tuple[int, str]]:
    """Return what clauses are sorted by: their numbers by size."""
    return [(int(part) if part.isdecimal() and len(part) < 10 else 0, part) for part in re.split(r"[.\s–]", number)]


def _cells(clause: Clause, covering: Sequence[Said], index: Index, parts: Sequence[Said] = ()) -> tuple[Cell, ...]:
    said = (*covering, *parts)
    pieces = [_pieces((one for one in said if one.kind == kind), parts) for kind in (*_KINDS, "other")]
    return (
        text_cell(clause.number),
        text_cell(clause.title),
        _verdict(clause, "yes" if covering else "in_part" if parts else "no", index),
        *(Cell(found) for found in pieces),
    )


def _verdict(clause: Clause, covered: str, index: Index) -> Cell:
    words = index.words.site
    if clause.excluded is not None:
        reason = clause.excluded.strip() or words["clauses.no_reason"]
        mark = () if clause.excluded.strip() else (Mark("conflict", "⚠", words["clauses.no_reason"]),)
        return Cell((Piece(words["clauses.excluded"].format(reason=reason)),), marks=mark)
    if covered != "no":
        return text_cell(words[f"clauses.{covered}"])
    return Cell((Piece(words["clauses.no"], look="missing"),), marks=(Mark("uncovered", "○", words["clauses.no"]),))


def _pieces(said: Iterable[Said], parts: Sequence[Said]) -> tuple[Piece, ...]:
    """Return what covers a clause, once; what covers only a part of it with that part."""
    found: dict[tuple[str | None, str], Piece] = {}
    for one in said:
        part = one.first if one in parts else ""
        note = "; ".join(filter(None, (one.by.note, part)))
        found.setdefault((one.by.target, note), replace(one.by, note=note))
    return tuple(found.values())


def _notes(listed: Sequence[Standard], said: Sequence[Said], index: Index) -> Iterator[str]:
    words = index.words.site
    for standard in listed:
        wanted = [clause for clause in standard.clauses if clause.excluded is None]
        own = [one for one in said if one.standard == standard.name]
        covered = sum(any(one.covers(clause.number) for one in own) for clause in wanted)
        yield words["clauses.count"].format(standard=standard.name, covered=covered, all=len(wanted))
    if not listed:
        yield words["clauses.no_list"]
