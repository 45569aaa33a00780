"""What a change is called for people, and what all changes together mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.diff import CLASSES, WEIGHTS, Change, Diff, FieldChange
from handrail.options import Class
from handrail.reports.lines import counted

CLASS_NAMES: Mapping[Class, str] = {
    "outcome": "Outcome: what it is for",
    "execution": "Execution: someone does something else",
    "responsibility": "Responsibility: someone else does it",
    "control": "Control: approvals, checks and records",
    "interface": "Interface: what others rely on",
    "compliance": "Compliance: rules, reviews, versions",
    "editorial": "Editorial: how it is written",
}
_NAMES: Mapping[str, str] = {
    "document.added": "New in the handbook",
    "document.removed": "No longer in the handbook",
    "document.renamed": "Renamed",
    "document.moved": "Moved to another folder",
    "document.form": "The steps are written in another form",
    "document.split": "Split into several documents",
    "document.merged": "Several documents became one",
    "document.copied": "A copy of another document",
    "document.copy removed": "The copy of a document is gone",
    "document.re-homed": "Part of another process",
    "step.added": "New step",
    "step.removed": "Step removed",
    "step.moved": "Step moved",
    "step.moved to another document": "Step moved to another document",
    "step.reworded": "Step reworded",
    "step.split": "Step split into several",
    "step.merged": "Several steps became one",
    "step.copied": "Step written a second time",
    "step.copy removed": "Second copy of a step removed",
    "step.role": "Who does the step",
    "step.approver": "Who approves the step",
    "step.consulted": "Who is asked",
    "step.informed": "Who is told",
    "step.participant": "Who takes part",
    "step.condition": "When the step is done",
    "step.optional": "Whether the step may be left out",
    "step.branch": "Where the step leads",
    "step.call": "Which procedure the step calls",
    "step.hand-over": "Which procedure takes over",
    "step.link": "What the step points to",
    "step.hold": "Hold point",
    "step.clause": "Clause of a standard",
    "step.expect": "What is expected",
    "step.if_not": "What if not",
    "step.starts_when": "When the step starts",
    "text.added": "Text added",
    "text.removed": "Text removed",
    "text.reworded": "Text reworded",
    "text.moved": "Text moved",
    "text.heading": "Heading renamed",
    "text.row": "Row of a table",
    "text.words": "Words outside of what was understood",
    "text.front_matter": "Front matter that Handrail does not read",
}
_PLAIN = ("text", "document", "words", "number")
"""Fields whose name says no more than the change does."""
_ROW_VERBS = {"added": "added", "removed": "removed", "changed": "changed"}


def name_of(change: Change) -> str:
    """Return what a change is called: `Step removed`, `Hold point removed`, `Owner changed`."""
    fact = change.fact
    family, _, part = fact.name.partition(".")
    name = _NAMES.get(fact.name)
    if name is None:
        kind = {"field": "", "rules": "Option ", "step": "Step: "}.get(family, "")
        name = f"{kind}{part.removeprefix('aspects.').replace('_', ' ').replace('.', ' ')}"
        name = name[:1].upper() + name[1:]
    if fact.what == "text" and fact.name == "text.row":
        return f"{name} {_ROW_VERBS[fact.how]}"
    if fact.how == "changed" and fact.what == "step":
        return f"{name} {direction(fact.fields[0])}"
    return f"{name} {fact.how}" if fact.what == "field" else name


def direction(field: FieldChange) -> str:
    """Return whether a field came, went, or is another."""
    if field.before is None:
        return "added"
    return "removed" if field.after is None else "changed"


def part_of(change: Change, field: FieldChange) -> str:
    """Return the name of a field where it says more than the name of its change."""
    said = field.name in _PLAIN or change.fact.name.endswith(f".{field.name}")
    return "" if said else field.name.replace("_", " ")


def by_document(changes: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    """Return the changes of each document, by title and id, in their order."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        found.setdefault((change.fact.title, change.fact.document), []).append(change)
    return found


def by_class(changes: Iterable[Change]) -> dict[Class, list[Change]]:
    """Return the changes of each class, classes in the order of what they touch, the heaviest changes first."""
    found: dict[Class, list[Change]] = {name: [] for name in CLASSES}
    for change in changes:
        found[change.class_].append(change)
    return {
        name: sorted(inside, key=lambda change: WEIGHTS.index(change.weight))
        for name, inside in found.items()
        if inside
    }


def meaning(diff: Diff) -> Iterator[str]:
    """Yield what all changes together mean, one sentence each, what matters most first."""
    changes = diff.changes
    if not changes:
        yield "No process, procedure, role or record changes."
    elif all(change.class_ == "editorial" for change in changes):
        yield f"Only how it is written changes, in {_documents(changes)}."
    else:
        yield _where(changes)
    yield from _outcomes(changes)
    yield from _controls(changes)
    yield from _roles(changes)
    broken = [change for change in changes if change.class_ == "interface" and change.weight == "breaking"]
    if broken:
        yield f"What others rely on goes or is called otherwise: {counted(len(broken), 'change')}."
    rules = [change for change in changes if change.fact.name.startswith("rules.")]
    if rules:
        options = counted(len(rules), "option")
        yield f"The rules of the handbook change: {options}. This report is judged by the old ones."
    accepted = [change for change in changes if change.accepted]
    if accepted:
        roles = ", ".join(sorted({change.decision.by for change in accepted if change.decision}))
        were = "was" if len(accepted) == 1 else "were"
        yield f"{counted(len(accepted), 'change')} {were} accepted before, by {roles}."
    if diff.other_pages:
        count = len(diff.other_pages)
        yield f"{counted(count, 'page changes', 'pages change')} that Handrail does not read."


def _documents(changes: Iterable[Change]) -> str:
    return counted(len({change.fact.document for change in changes}), "document")


def _where(changes: Sequence[Change]) -> str:
    """Return in how many documents steps, facts and the text around them change."""
    named = (
        ("steps", [change for change in changes if change.fact.what == "step"]),
        ("facts", [change for change in changes if change.fact.what == "field"]),
        ("text outside of the steps", [change for change in changes if change.fact.what == "text"]),
    )
    parts = [f"{name} in {_documents(found)}" for name, found in named if found]
    came = sum(change.fact.name == "document.added" for change in changes)
    gone = sum(change.fact.name == "document.removed" for change in changes)
    parts += [f"{counted(came, 'document')} new"] if came else []
    parts += [f"{counted(gone, 'document')} removed"] if gone else []
    placed = sum(change.fact.name in ("document.moved", "document.renamed", "document.form") for change in changes)
    parts += [f"{counted(placed, 'document')} renamed, moved or rewritten in form"] if placed else []
    return f"What changes: {', '.join(parts)}."


_NAMED = 5
"""So many documents or roles are named; the others are counted."""


def _outcomes(changes: Sequence[Change]) -> Iterator[str]:
    """Yield of each process that changes whether its outcome does."""
    touched: dict[str, bool] = {}
    for change in changes:
        if change.fact.kind == "process" and change.fact.what != "document":
            touched[change.fact.title] = touched.get(change.fact.title, False) or change.class_ == "outcome"
    for title, outcome in list(touched.items())[:_NAMED]:
        yield f"What {title} is for {'changes' if outcome else 'is unchanged'}."
    if len(touched) > _NAMED:
        yield f"{len(touched) - _NAMED} more processes change."


def _controls(changes: Sequence[Change]) -> Iterator[str]:
    controls = [
        change for change in changes if change.class_ == "control" and not change.fact.name.startswith("rules.")
    ]
    gone = sum(change.weight == "breaking" for change in controls)
    if gone:
        yield f"{counted(gone, 'approval, check or record goes', 'approvals, checks or records go')}."
    if len(controls) > gone:
        rest = len(controls) - gone
        yield f"{counted(rest, 'other change touches', 'other changes touch')} an approval, a check or a record."


def _roles(changes: Sequence[Change]) -> Iterator[str]:
    """Yield who does something else than before, and in how many documents."""
    documents: dict[str, set[str]] = {}
    for change in changes:
        if change.fact.what == "step" and change.class_ != "editorial":
            for role in change.fact.roles:
                documents.setdefault(role, set()).add(change.fact.document)
    for role, found in sorted(documents.items(), key=lambda item: (-len(item[1]), item[0]))[:_NAMED]:
        yield f"What {role} does changes in {counted(len(found), 'document')}."
    if len(documents) > _NAMED:
        yield f"What {counted(len(documents) - _NAMED, 'more role does', 'more roles do')} changes too."
