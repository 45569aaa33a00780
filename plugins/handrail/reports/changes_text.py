"""What changed, for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

from handrail.diff import Change, Diff, FieldChange, Place
from handrail.diff.marks import Side, runs
from handrail.options import Weight
from handrail.reports.changes_words import by_document, decision_said, meaning, name_of, part_of
from handrail.reports.impact_words import origin, reached
from handrail.reports.lines import cut, plain, wrapped
from handrail.reports.phrases import Phrases, in_words, phrase, phrases_of, side_name

_COLOURS: Mapping[Weight, str] = {"breaking": "red", "notable": "yellow", "minor": "blue"}
_COMMAND = re.compile(r"(?<!\S)::")
"""What a pipeline takes for a command where a line begins with it, and lines are wrapped between words."""
_SIGNS: Mapping[Side, str] = {"before": "-", "after": "+"}
_MOST = 400
"""So much of a text is shown; `--format json` has the whole."""


def changes_text(diff: Diff) -> str:
    """Return what changed, first what it means, then document by document."""
    phrases, diff = phrases_of(diff), in_words(diff)
    base, head = (plain(side_name(phrases, name)) for name in (diff.base, diff.head))
    names = phrase(phrases, "from_to", base=base, head=head)
    heads = [names, *(wrapped(_safe(line), 2, 2) for line in meaning(diff))]
    heads += [wrapped(_safe(origin(diff)), 2, 2)] if diff.changes else []
    parts = ["\n".join(heads), *_impact(diff)]
    parts += [
        "\n".join(_document(title, name, found, phrases)) for (title, name), found in by_document(diff.changes).items()
    ]
    if diff.notes:
        parts.append("\n".join(wrapped(_safe(phrase(phrases, "note", note=note.said(phrases)))) for note in diff.notes))
    return "\n\n".join(parts) + "\n"


def _impact(diff: Diff) -> Iterator[str]:
    """Yield who must learn or know, and what else the changes reach."""
    for head, lines in reached(diff):
        yield "\n".join([click.style(head, bold=True), *(wrapped(_safe(line), 2, 2) for line in lines)])


def _safe(text: str) -> str:
    """Return a text in which neither a terminal nor a pipeline's log finds an order."""
    return _COMMAND.sub(": :", plain(text)).replace("##[", "# #[")


def _document(title: str, name: str, changes: list[Change], phrases: Phrases) -> Iterator[str]:
    yield f"{click.style(_safe(title), bold=True)} ({_safe(name)})"
    for change in changes:
        yield from _change(change, phrases)


def _change(change: Change, phrases: Phrases) -> Iterator[str]:
    fact = change.fact
    judgement = click.style(
        f"{phrases[f'class.{change.class_}']} {phrases[f'weight.{change.weight}']}", fg=_COLOURS[change.weight]
    )
    about = f": {cut(_safe(fact.sentence), 80)}" if fact.sentence else ""
    unsure = "" if fact.confidence == 1 else f", {phrase(phrases, 'sure', percent=round(fact.confidence * 100))}"
    yield f"  {_safe(name_of(change, phrases))}{about}"
    yield f"    {judgement}, {_place(change, phrases)}{unsure}"
    if change.decision is not None:
        yield wrapped(_safe(decision_said(change.decision, phrases)), 4, 2)
    for field in fact.fields:
        yield from (f"      {line}" for line in _field(change, field, phrases))


def _place(change: Change, phrases: Phrases) -> str:
    """Return where a change stands, after it if it can be: `docs/a.md:7, was docs/b.md:3`."""
    before, after = change.fact.before, change.fact.after
    if after is None:
        return _was(before, phrases) if before else phrases["review.nowhere"]
    was = f", {_was(before, phrases)}" if before is not None and before.path != after.path else ""
    return f"{plain(after.path)}:{after.line}{was}"


def _was(place: Place, phrases: Phrases) -> str:
    return phrase(phrases, "was", place=f"{plain(place.path)}:{place.line}")


def _field(change: Change, field: FieldChange, phrases: Phrases) -> Iterator[str]:
    part = part_of(change, field, phrases)
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
