"""Whom and what changes reach, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from handrail.diff import Because, Diff, Polished, Said, Suspect, Touched, Way
from handrail.reports.lines import cut
from handrail.reports.phrases import Phrases, counted_as, listed, phrase, phrases_of

Sentence = Callable[[Touched, Phrases], str]

MOST = 12
"""So many roles, and so many other things, are named; the others are counted."""
_STEPS = 3
_TOGETHER = 8
"""So many records or clauses are named together."""
"""So many steps or names are told of one document."""
_TEXT = 90
_TRAINING = 240
"""So much is shown of a sentence, and of what a page asks for."""


def reached(diff: Diff) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what each report says of whom and what the changes reach: a head, and its sentences where there are any."""
    phrases = phrases_of(diff)
    parts = (("readers", readers(diff)), ("others", others(diff)), ("suspects", suspicions(diff)))
    yield from ((phrases[f"review.reach.{key}"], lines) for key, lines in parts if lines)


def readers(diff: Diff) -> tuple[str, ...]:
    """Return who must learn or know, one sentence for each role."""
    return _limited([one for one in diff.impact if one.kind == "role"], _role, "more.roles", phrases_of(diff))


def others(diff: Diff) -> tuple[str, ...]:
    """Return what else the changes reach, one sentence for each thing."""
    found = _grouped((one for one in diff.impact if one.kind != "role"), phrases_of(diff))
    return _limited(found, _other, "more.things", phrases_of(diff))


def _grouped(found: Iterable[Touched], phrases: Phrases) -> list[Touched]:
    """Return records and clauses that are reached in the same ways as one, with all their names."""
    groups: dict[tuple[object, ...], list[Touched]] = {}
    for one in found:
        alike = one.kind in ("record", "clause")
        ways = tuple((way.how, way.document) for way in one.ways)
        groups.setdefault((one.kind, ways) if alike else (one.kind, one.id), []).append(one)
    return [replace(them[0], title=_names(them, phrases)) for them in groups.values()]


def _names(them: Sequence[Touched], phrases: Phrases) -> str:
    if len(them) <= _TOGETHER:
        return ", ".join(_short(one.title) for one in them)
    return listed(phrases, (_short(one.title) for one in them), _TOGETHER)


def _limited(found: Sequence[Touched], said: Sentence, more: str, phrases: Phrases) -> tuple[str, ...]:
    lines = tuple(said(one, phrases) for one in found[:MOST])
    left = len(found) - MOST
    return (*lines, counted_as(phrases, more, left)) if left > 0 else lines


def _role(role: Touched, phrases: Phrases) -> str:
    """Return what a role does otherwise, and what it has to be able to do."""
    told = "; ".join(_way(way, phrases) for way in _few(role.ways))
    must = phrase(phrases, f"must.{role.must}", role=_short(role.title), ways=told)
    return " ".join([must, *_asked(role, phrases)])


def _asked(role: Touched, phrases: Phrases) -> Iterator[str]:
    """Yield what the pages ask for."""
    for training in role.training[:_STEPS]:
        key = "asked.page" if training.document == role.id else "asked"
        yield phrase(phrases, key, title=_short(training.title), text=cut(training.text, _TRAINING).rstrip("."))


def _other(one: Touched, phrases: Phrases) -> str:
    told = "; ".join(_way(way, phrases) for way in _few(one.ways))
    key = f"reached.{one.kind}" if one.kind in ("record", "clause") else "reached"
    return phrase(phrases, key, title=one.title, ways=told)


def _few(ways: Sequence[Way]) -> Iterable[Way]:
    return ways[:MOST]


def _way(way: Way, phrases: Phrases) -> str:
    """Return one way in which somebody is reached: `now does “Tag the release” in Release`."""
    return phrase(phrases, way.how, what=_what(way, phrases), title=_short(way.title))


def _what(way: Way, phrases: Phrases) -> str:
    if not way.sentences:
        return _short(way.title)
    named = ", ".join(phrase(phrases, "quoted", text=_short(sentence)) for sentence in way.sentences[:_STEPS])
    left = len(way.sentences) - _STEPS
    if way.how == "takes":
        return named
    if left > 0:
        named = f"{named} {phrases['review.and']} {counted_as(phrases, 'step', left)}"
    inside = way.how not in ("calls", "hands over to")
    return phrase(phrases, "what_in", what=named, title=_short(way.title)) if inside else named


def _short(text: str) -> str:
    return cut(text, _TEXT).rstrip(".")


# ---- what the commits add ----


def suspicions(diff: Diff) -> tuple[str, ...]:
    """Return the suspect documents that this change adds to, and the processes whose steps alone change."""
    phrases = phrases_of(diff)
    new = [_suspect(one, phrases) for one in diff.suspects if one.new]
    left = len(diff.suspects) - len(new)
    lines = [*new[:MOST], *(counted_as(phrases, "suspect.too", len(new) - MOST) for _ in new[MOST : MOST + 1])]
    if left:
        lines.append(counted_as(phrases, "suspect.before", left))
    return (*lines, *(_polished(one, phrases) for one in diff.polished[:MOST]))


def _suspect(suspect: Suspect, phrases: Phrases) -> str:
    told = "; ".join(_because(because, phrases) for because in suspect.because[:_STEPS])
    return phrase(phrases, "suspect", title=_short(suspect.title), day=suspect.reviewed, because=told)


def _because(because: Because, phrases: Phrases) -> str:
    """Return one thing that is another: `Build, which it calls, changed (2 changes, last on 2026-05-04)`."""
    day = phrase(phrases, "suspect.last", day=because.day) if because.day else phrases["review.suspect.open"]
    key = "suspect.process" if because.how == "its process" else f"suspect.{because.how}"
    changes = counted_as(phrases, "change", because.changes)
    return phrase(phrases, key, title=_short(because.title), changes=changes, last=day)


def _polished(one: Polished, phrases: Phrases) -> str:
    key = f"polished.{'stated' if one.stated else 'unstated'}"
    return phrase(phrases, key, title=_short(one.title), times=one.times, day=one.since)


def origin(diff: Diff) -> str:
    """Return why the change was made and who approved it, as the commits say."""
    phrases = phrases_of(diff)
    reasons, approvals = _all_said(diff.reasons, phrases), _all_said(diff.approvals, phrases)
    return phrase(phrases, "origin", reasons=reasons, approvals=approvals)


def _all_said(said: Sequence[Said], phrases: Phrases) -> str:
    texts = list(dict.fromkeys(cut(one.text, _TRAINING).rstrip(".") for one in said))
    left = len(texts) - _STEPS
    more = [phrase(phrases, "more", number=left)] if left > 0 else []
    return "; ".join([*texts[:_STEPS], *more]) or phrases["review.not_recorded"]
