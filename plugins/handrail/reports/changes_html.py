"""What changed, as one page by itself: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handrail.dataclass import dataclass
from handrail.diff import WEIGHTS, Change, Diff, FieldChange, FlowChange, Place
from handrail.diff.marks import Side, runs
from handrail.drawing import PAGE, SIGNS, Marks, drawing_words, drawn, sample
from handrail.render import Markup, rendered
from handrail.reports.changes_flow import flow_words
from handrail.reports.changes_words import by_class, by_document, decision_said, meaning, name_of, part_of
from handrail.reports.data import lone_halves
from handrail.reports.impact_words import origin, reached
from handrail.reports.phrases import Phrases, counted_as, in_words, phrase, phrases_of, side_name

_DRAWN = 60
"""So many flows are drawn; of the others only the words are shown."""
_LARGE = 120
"""A flow with more nodes is not drawn: nobody would find the mark in it."""

Words = tuple[tuple[str, bool], ...]
"""Pieces of a text, each with whether it changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field of one change."""

    weight: str
    """Empty behind the first field of a change."""
    what: str
    about: str
    before: Words | None
    after: Words | None
    note: str


@dataclass(frozen=True, slots=True)
class Drawings:
    """A flow before and after, drawn and in words."""

    before: Markup | None
    after: Markup | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one document."""

    anchor: str
    title: str
    kind: str
    path: str
    weight: str
    """The heaviest weight."""
    counted: str
    flow: Drawings | None
    classes: tuple[tuple[str, tuple[Row, ...]], ...]


def changes_html(diff: Diff) -> str:
    """Return the page; where nothing changed, it says so."""
    phrases, diff = phrases_of(diff), in_words(diff)
    flows = {flow.after.id: (place, flow) for place, flow in enumerate(diff.flows)}
    sections = [
        _section(place, found, flows.get(name), phrases)
        for place, ((_, name), found) in enumerate(by_document(diff.changes).items(), 1)
    ]
    page = rendered(
        "changes",
        words={key.removeprefix("review."): text for key, text in phrases.items() if key.startswith("review.")},
        weights={weight: phrases[f"weight.{weight}"] for weight in WEIGHTS},
        language=diff.language,
        base=side_name(phrases, diff.base),
        head=side_name(phrases, diff.head),
        meaning=list(meaning(diff)),
        origin=origin(diff) if diff.changes else "",
        reached=list(reached(diff)),
        diff=diff,
        notes=[note.said(phrases) for note in diff.notes],
        sections=sections,
        documents=counted_as(phrases, "document", len(sections)),
        legend=[(Markup(sample(mark, PAGE)), phrases[f"review.mark.{mark}"]) for mark in SIGNS],
    )
    return lone_halves(page)


def _section(place: int, changes: Sequence[Change], flow: tuple[int, FlowChange] | None, phrases: Phrases) -> Section:
    fact = changes[0].fact
    where = fact.after or fact.before
    return Section(
        f"change-{place}",
        fact.title,
        phrases[f"review.{fact.kind or 'page'}"],
        where.path if where else fact.document,
        min((change.weight for change in changes), key=WEIGHTS.index),
        counted_as(phrases, "change", len(changes)),
        _drawings(*flow, phrases) if flow else None,
        tuple(
            (phrases[f"review.class.{name}"], tuple(_rows(found, phrases))) for name, found in by_class(changes).items()
        ),
    )


def _rows(changes: Sequence[Change], phrases: Phrases) -> Iterator[Row]:
    for change in changes:
        fact = change.fact
        told = fact.what == "step" and any(field.name == "text" for field in fact.fields)
        about = fact.sentence if fact.sentence and not told else ""
        note = decision_said(change.decision, phrases) if change.decision is not None else ""
        for place, field in enumerate(fact.fields or (FieldChange("text", None, None),)):
            part = part_of(change, field, phrases)
            first = f"{name_of(change, phrases)}{f' ({part})' if part else ''}"
            name = first if place == 0 else part or phrases["review.part.text"]
            sides = _words(field, "before"), _words(field, "after")
            if place == 0:
                yield Row(change.weight, name, " · ".join(filter(None, (about, _line(change, phrases)))), *sides, note)
            else:
                yield Row("", name, "", *sides, "")


def _line(change: Change, phrases: Phrases) -> str:
    """Return the line of a change, and how sure it is."""
    place: Place | None = change.fact.after or change.fact.before
    percent = round(change.fact.confidence * 100)
    unsure = "" if change.fact.confidence == 1 else f", {phrase(phrases, 'sure', percent=percent)}"
    key = "line" if change.fact.after else "was_line"
    return f"{phrase(phrases, key, line=place.line)}{unsure}" if place else ""


def _words(field: FieldChange, side: Side) -> Words | None:
    text = field.before if side == "before" else field.after
    if text is None:
        return None
    return tuple((" ".join(run.words), run.changed) for run in runs(field.before, field.after, side))


def _drawings(place: int, flow: FlowChange, phrases: Phrases) -> Drawings:
    words = flow_words(flow, phrases)
    if place >= _DRAWN or max(len(flow.before.nodes), len(flow.after.nodes)) > _LARGE:
        return Drawings(None, None, words)
    said = drawing_words(phrases)
    before = drawn(flow.before, PAGE, said, prefix=f"before-{place}", marks=Marks(flow.nodes_before, flow.edges_before))
    after = drawn(flow.after, PAGE, said, prefix=f"after-{place}", marks=Marks(flow.nodes_after, flow.edges_after))
    return Drawings(Markup(before), Markup(after), words)
