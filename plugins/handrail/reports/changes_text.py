"""What changed, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from handrail.diff import Change, Diff, FieldChange
from handrail.diff.marks import Side, runs
from handrail.options import Weight
from handrail.reports.changes_words import by_document, meaning, name_of, part_of
from handrail.reports.impact_words import origin, reached
from handrail.reports.lines import cut, plain, wrapped

_COLOURS: Mapping[Weight, str] = {"breaking": "red", "notable": "yellow", "minor": "blue"}
_SIGNS: Mapping[Side, str] = {"before": "-", "after": "+"}
_MOST = 400
"""So much of a text is shown; `--format json` has the whole."""


def changes_text(diff: Diff) -> str:
    """Return what changed, first what it means, then document by document."""
    heads = [f"From {plain(diff.base)} to {plain(diff.head)}", *(wrapped(_safe(line), 2, 2) for line in meaning(diff))]
    heads += [wrapped(_safe(origin(diff)), 2, 2)] if diff.changes else []
    parts = ["\n".join(heads), *_impact(diff)]
    parts += ["\n".join(_document(title, name, found)) for (title, name), found in by_document(diff.changes).items()]
    if diff.notes:
        parts.append("\n".join(wrapped(f"Note: {_safe(note)}") for note in diff.notes))
    return "\n\n".join(parts) + "\n"


def _impact(diff: Diff) -> Iterator[str]:
    """Yield who must learn or know, and what else the changes reach."""
    for head, lines in reached(diff):
        yield "\n".join([click.style(head, bold=True), *(wrapped(_safe(line), 2, 2) for line in lines)])


def _safe(text: str) -> str:
    """Return a text in which neither a terminal nor a pipeline's log finds an order."""
    return plain(text).replace("##[", "# #[")


def _document(title: str, name: str, changes: list[Change]) -> Iterator[str]:
    yield f"{click.style(_safe(title), bold=True)} ({_safe(name)})"
    for change in changes:
        yield from _change(change)


def _change(change: Change) -> Iterator[str]:
    fact = change.fact
    judgement = click.style(f"{change.class_} {change.weight}", fg=_COLOURS[change.weight])
    about = f": {cut(_safe(fact.sentence), 80)}" if fact.sentence else ""
    unsure = "" if fact.confidence == 1 else f", {round(fact.confidence * 100)} % sure"
    yield f"  {_safe(name_of(change))}{about}"
    yield f"    {judgement}, {_place(change)}{unsure}"
    if change.decision is not None:
        yield wrapped(_safe(change.decision.said), 4, 2)
    for field in fact.fields:
        yield from (f"      {line}" for line in _field(change, field))


def _place(change: Change) -> str:
    """Return where a change stands, after it if it can be: `docs/a.md:7, was docs/b.md:3`."""
    before, after = change.fact.before, change.fact.after
    if after is None:
        return f"was {plain(before.path)}:{before.line}" if before else "nowhere"
    was = f", was {plain(before.path)}:{before.line}" if before is not None and before.path != after.path else ""
    return f"{plain(after.path)}:{after.line}{was}"


def _field(change: Change, field: FieldChange) -> Iterator[str]:
    part = part_of(change, field)
    name = f"{_safe(part)}: " if part else ""
    sides: tuple[tuple[Side, str | None], ...] = (("before", field.before), ("after", field.after))
    for side, text in sides:
        if text is not None:
            words = " ".join(_marked(run.words, run.changed, side) for run in runs(field.before, field.after, side))
            yield f"{_SIGNS[side]} {name}{_shown(words)}"


def _marked(words: tuple[str, ...], changed: bool, side: Side) -> str:
    text = _safe(" ".join(words))
    opening, closing = ("[-", "-]") if side == "before" else ("{+", "+}")
    return f"{opening}{text}{closing}" if changed else text


def _shown(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
