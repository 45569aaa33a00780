"""Who does (R), answers for (A), is asked about (C) and is told of (I) each activity of a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handrail.index import Activity, Index, activities, by_title, clipped, document_piece
from handrail.matrices.crossings import Crossings, role_column
from handrail.model import Document, Part, RoleUse, Step, with_substeps
from handrail.tables import Cell, Column, Mark, Piece, Row, Spot, Table

_LETTERS: Mapping[Part, str] = {"does": "R", "approves": "A", "asked": "C", "told": "I", "takes part": "P"}
_SHORT = 30
WHO_DOES_WHAT = "who-does-what"
"""The place of a process's matrix on the page of its flow."""

Use = tuple[Document, Step, RoleUse]


def matrix_name(process: str) -> str:
    """Return the name under which a view's `url` finds who does what in a process, on the page of its flow."""
    return f":flow/{process}#{WHO_DOES_WHAT}"


def raci_processes(index: Index) -> tuple[Document, ...]:
    """Return the processes in which some role has a part, by title."""
    return tuple(process for process in by_title(index.handbook.processes, index) if _names_anybody(process, index))


def _names_anybody(process: Document, index: Index) -> bool:
    return any(any(True for _ in _uses(process, found, index)) for found in activities(process))


def raci_table(process: Document, index: Index) -> Table:
    """Return the activities of a process by the roles that have a part in them."""
    words = index.words.site
    found = activities(process)
    grid = Crossings()
    for activity in found:
        _fill(grid, process, activity, index)
    conflict = Mark("conflict", "⚠", words["raci.conflict"])
    marked = {activity.step.id: _conflicts(activity.step.id, grid, conflict) for activity in found}
    rows = tuple(_row(process, activity, grid, marked[activity.step.id]) for activity in found)
    return Table(
        f"raci-{process.id}",
        words["raci.of"].format(title=process.title),
        (Column("activity", words["column.activity"]), *grid.columns.values()),
        rows,
        notes=tuple(_notes(found, grid, sum(map(bool, marked.values())), words)),
        empty="",
        ordered=True,
    )


def _row(process: Document, activity: Activity, grid: Crossings, marks: Mapping[str, tuple[Mark, ...]]) -> Row:
    cells = grid.row(activity.step.id, grid.columns, marks)
    return Row((_name(process, activity), *cells), inner=activity.inner)


def _name(process: Document, activity: Activity) -> Cell:
    step = activity.step
    text = f"{step.number}. {step.text}" if step.number else step.text
    return Cell((Piece(text, f"{process.id}#{step.id}", Spot(process.path, step.line)),))


def _fill(grid: Crossings, process: Document, activity: Activity, index: Index) -> None:
    for document, step, use in _uses(process, activity, index):
        piece = Piece(_LETTERS[use.part], f"{document.id}#{step.id}", Spot(document.path, use.line))
        number = step.number or clipped(step.text, _SHORT)
        grid.add(activity.step.id, role_column(use.role, index), piece, document.title, number)
    if not any(use.part == "approves" for _, _, use in _own_uses(process, activity)):
        for document in _held_by(activity, index):
            for said in document.facts.get("owner", ()):
                piece = Piece("A", document.id, Spot(said.path, said.line))
                grid.add(activity.step.id, role_column(said.text, index), piece, document.title)


def _uses(process: Document, activity: Activity, index: Index) -> Iterator[Use]:
    """Yield what an activity says of roles; where it names no doer, also those who do the steps of its procedure."""
    own = list(_own_uses(process, activity))
    yield from own
    if not any(use.part in ("does", "takes part") for _, _, use in own):
        for document in _held_by(activity, index):
            yield from (
                (document, step, use) for step in document.all_steps() for use in step.roles if use.part == "does"
            )


def _own_uses(process: Document, activity: Activity) -> Iterator[Use]:
    steps = (activity.step,) if activity.opened else with_substeps(activity.step)
    return ((process, step, use) for step in steps for use in step.roles)


def _held_by(activity: Activity, index: Index) -> Iterator[Document]:
    """Yield the procedures that hold an activity."""
    for name in dict.fromkeys((*activity.step.calls, *activity.step.hands_over)):
        document = index.handbook.documents.get(name)
        if document is not None and document.kind == "procedure":
            yield document


def _conflicts(row: str, grid: Crossings, mark: Mark) -> dict[str, tuple[Mark, ...]]:
    """Return the mark of each role that answers for a row, where more than one does."""
    answering = [column for column in grid.columns if grid.says(row, column, "A")]
    return dict.fromkeys(answering, (mark,)) if len(answering) > 1 else {}


def _notes(found: Iterable[Activity], grid: Crossings, conflicts: int, words: Mapping[str, str]) -> Iterator[str]:
    yield words["raci.legend"]
    doing = {row for (row, _), pieces in grid.cells.items() if "R" in pieces or "P" in pieces}
    idle = sum(not activity.opened and activity.step.id not in doing for activity in found)
    if idle:
        yield words["raci.idle.one" if idle == 1 else "raci.idle.many"].format(number=idle)
    if conflicts:
        yield words["raci.conflicts.one" if conflicts == 1 else "raci.conflicts.many"].format(number=conflicts)


def raci_overview(index: Index) -> Table:
    """Return the processes with what their matrices leave open."""
    words = index.words.site
    rows = tuple(_overview_row(process, index) for process in raci_processes(index))
    titles = (index.kinds["process"], words["column.activities"], words["raci.open"])
    columns = tuple(Column(key, title) for key, title in zip(("title", "activities", "open"), titles, strict=True))
    return Table("raci", words["page.raci"], columns, rows, notes=(words["raci.overview"],))


def _overview_row(process: Document, index: Index) -> Row:
    table = raci_table(process, index)
    matrix = matrix_name(process.id)
    piece = Piece(document_piece(process, index).text, matrix, Spot(process.path, process.line))
    open_ = tuple(Piece(note) for note in table.notes[1:])
    return Row((Cell((piece,)), Cell((Piece(str(len(table.rows))),)), Cell(open_, "\n")))
