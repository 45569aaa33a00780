"""A comparison as a table, in the words of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handrail.comparison.asked import Asked
from handrail.comparison.data import Answer, Comparison, Said, StepCell, StepRow
from handrail.comparison.general import is_general
from handrail.comparison.rows import steps_of
from handrail.dataclass import dataclass
from handrail.index import Index, address, clipped, title_of
from handrail.model import Document
from handrail.tables import Cell, Column, Mark, Piece, Row, Spot, Table, cell_text

_LONG = 400
_SHORT = 40
_LABEL = 60
_ABREAST = 4
_NAMED = 2
"""So many documents are named in a note of their own."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the comparison as cells, before it is known which way the table is turned."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    differs: bool
    group: str


def comparison_table(comparison: Comparison, asked: Asked, index: Index, name: str = "comparison") -> Table:
    """Return a comparison as a table; `name` is what its file and its place on a page are called."""
    words = index.words.site
    lines = list(_lines(comparison, index))
    titles = _titles(comparison.items, index)
    differing, count = comparison.counts
    notes = [words["compare.count.one" if differing == 1 else "compare.count.many"].format(count=differing, all=count)]
    if all(map(is_general, comparison.items)):
        notes = []  # that the kinds differ is what such a table is about
    if asked.part is not None:
        told = {"part": asked.part.number, "parts": asked.part.of, "all": asked.part.count}
        notes.append(words["compare.part.of"].format(**told))
    notes += _without_steps(comparison, titles, index)
    shared = [line for line in lines if not line.differs]
    if asked.fold and shared:
        notes.append(_folded(shared, index))
    if asked.differences or asked.fold:
        lines = [line for line in lines if line.differs]
    caption = words["compare.caption"].format(titles=_joined(titles, index))
    columns, rows = (_in_rows if asked.orient == "rows" else _in_columns)(lines, comparison.items, titles, index)
    in_columns = asked.orient == "columns"
    part = words["compare.part"]
    return Table(name, caption, columns, rows, tuple(notes), groups=part, abreast=_ABREAST, ordered=in_columns)


def _titles(items: Sequence[Document], index: Index) -> list[str]:
    """Return what each document is called here: where two are called the same, with its page, else with its id."""
    short = [item.title for item in items]
    whole = [item.title if short.count(item.title) == 1 else title_of(item, index) for item in items]
    pairs = zip(items, whole, strict=True)
    return [title if whole.count(title) == 1 else f"{title} ({item.id})" for item, title in pairs]


def _joined(titles: Sequence[str], index: Index) -> str:
    if len(titles) > 4:
        return index.words.site["compare.documents"].format(count=len(titles))
    return ", ".join(titles)


def _in_columns(
    lines: Sequence[_Line], items: Sequence[Document], titles: Sequence[str], index: Index
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    heads = tuple(_column(item, title) for item, title in zip(items, titles, strict=True))
    rows = tuple(Row((Cell((Piece(line.label),)), *line.cells), group=line.group) for line in lines)
    return (Column("row", index.words.site["compare.row"]), *heads), rows


def _column(item: Document, title: str) -> Column:
    return Column(item.id, title, None if is_general(item) else address(item), _spot(item))


def _in_rows(
    lines: Sequence[_Line], items: Sequence[Document], titles: Sequence[str], index: Index
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    heads = tuple(Column(line.key, line.label) for line in lines)
    rows = []
    for place, (item, title) in enumerate(zip(items, titles, strict=True)):
        head = Piece(title, None if is_general(item) else address(item), _spot(item))
        rows.append(Row((Cell((head,)), *(line.cells[place] for line in lines))))
    return (Column("document", index.words.site["compare.document"]), *heads), tuple(rows)


def _spot(item: Document) -> Spot | None:
    return Spot(item.path, item.line) if item.path else None


def _lines(comparison: Comparison, index: Index) -> Iterator[_Line]:
    words = index.words.site
    sections = any(row.section is not None for row in comparison.rows)
    facts = any(row.section is None for row in comparison.rows)
    several = sections + facts + bool(comparison.steps) > 1
    as_such = all(map(is_general, comparison.items))
    for row in comparison.rows:
        absent = "compare.absent" if row.section is None else "compare.no_section"
        cells = tuple(_answer_cell(answer, index, absent) for answer in row.answers)
        cells = tuple(replace(cell, marks=()) for cell in cells) if as_such else cells
        part = words["compare.facts" if row.section is None else "compare.sections"] if several else ""
        label = row.section or row_label(row.name, index)
        yield _Line(row.name, label, cells, row.differs, part)
    for step in comparison.steps or ():
        label = f"{step.number}. {_step_label(step)}"
        cells = tuple(_step_cell(place, step, index) for place in range(len(comparison.items)))
        yield _Line(f"step-{step.number}", label, cells, step.differs, words["compare.steps"] if several else "")


def row_label(name: str, index: Index) -> str:
    """Return what a row is called."""
    words = index.words.site
    for key in (f"fact.{name}", f"aspect.{name}", f"compare.{name}"):
        if key in words:
            return words[key]
    return name[:1].upper() + name[1:]


def _step_label(row: StepRow) -> str:
    """Return the beginning of a step as the first document that has it says it."""
    first = next(cell for cell in row.cells if cell is not None)
    return clipped(first.stepped.step.text, _LABEL) or first.stepped.step.number


def _answer_cell(answer: Answer, index: Index, absent: str = "compare.absent") -> Cell:
    words = index.words.site
    if answer.state == "absent":
        return Cell((Piece(words[absent], look="missing"),), marks=(_absent(index),))
    marks = (_different(index),) if answer.differs else ()
    pieces = answer.pieces
    if answer.state == "derived":
        pieces = (*pieces, Piece(words["compare.derived"], look="quiet"))
    long = answer.state == "derived" or any(len(piece.text) > _SHORT for piece in pieces)
    return Cell(pieces, "\n" if long else ", ", marks)


def _different(index: Index) -> Mark:
    return Mark("different", "≠", index.words.site["compare.different"])


def _absent(index: Index) -> Mark:
    return Mark("absent", "∅", index.words.site["compare.absent"])


def _step_cell(place: int, row: StepRow, index: Index) -> Cell:
    words = index.words.site
    cell = row.cells[place]
    if cell is None and (elsewhere := row.stands[place]) is not None:
        there = words["compare.elsewhere"].format(row=elsewhere)
        return Cell((Piece(there, look="quiet"),), marks=(Mark("moved", "⇅", words["compare.moves"]),))
    if cell is None:
        return Cell((Piece(words["compare.no_step"], look="missing"),), marks=(_absent(index),))
    told = [said for said in cell.said if said.differs or said.text is not None]
    pieces = [_sentence(cell, row, index), *(_said(said, cell, index) for said in told)]
    mark = Mark("moved", "⇅", words["compare.moves"]) if cell.moved else _different(index)
    return Cell(tuple(pieces), "\n", (mark,) if cell.differs else ())


def _sentence(cell: StepCell, row: StepRow, index: Index) -> Piece:
    words = index.words.site
    document, step = cell.stepped.document, cell.stepped.step
    number = f"{step.number}. " if step.number else ""
    notes = []
    if cell.likeness < 1:
        notes.append(words["compare.alike"].format(percent=min(round(100 * cell.likeness), 99)))
    if cell.moved:
        others = sorted({there for there in row.stands if there not in (None, row.number)})
        notes.append(words["compare.moved"].format(rows=", ".join(map(str, others))))
    parts = (Piece(number.strip()), *cell.wording) if cell.wording and number else cell.wording
    text = number + clipped(step.text, _LONG)
    return Piece(text, f"{document.id}#{step.id}", Spot(document.path, step.line), "; ".join(notes), parts=parts)


def _said(said: Said, cell: StepCell, index: Index) -> Piece:
    """Return one thing that a step says otherwise than the steps beside it."""
    words = index.words.site
    label = f"{words[f'say.{said.name}']}:"
    spot = Spot(cell.stepped.document.path, cell.stepped.step.line)
    if said.text is None:
        return Piece(f"{label} {words['compare.absent']}", spot=spot, look="missing")
    parts = (Piece(label), *said.parts) if said.parts else ()
    return Piece(f"{label} {clipped(said.text, _LONG)}", spot=spot, parts=parts)


def _without_steps(comparison: Comparison, titles: Sequence[str], index: Index) -> Iterator[str]:
    """Yield who states no steps where others do: by name, or by number where they are many."""
    if not comparison.steps:
        return
    pairs = zip(comparison.items, titles, strict=True)
    silent = [title for item, title in pairs if not steps_of(item, index.handbook)]
    words = index.words.site
    if len(silent) > _NAMED:
        yield words["compare.no_steps.many"].format(count=len(silent), all=len(titles))
    else:
        yield from (words["compare.no_steps"].format(title=title) for title in silent)


def _folded(lines: Sequence[_Line], index: Index) -> str:
    """Return in one line what all documents share."""
    told = "; ".join(_shared(line) for line in lines)
    key = "compare.shared.one" if len(lines) == 1 else "compare.shared.many"
    return index.words.site[key].format(count=len(lines), shared=told)


def _shared(line: _Line) -> str:
    if line.key.startswith("step-"):
        return clipped(line.label, _LONG)
    return f"{line.label}: {clipped(cell_text(line.cells[0]), _LONG)}"
