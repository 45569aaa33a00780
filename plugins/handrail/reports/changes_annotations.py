"""What changed, beside the lines that changed: annotations of GitHub, and GitLab's report on code quality."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from handrail.diff import WEIGHTS, Change, Diff, Place
from handrail.options import Weight
from handrail.reports.changes_words import decision_said, name_of, part_of
from handrail.reports.data import lone_halves
from handrail.reports.lines import cut, plain
from handrail.reports.phrases import Phrases, counted_as, in_words, phrase, phrases_of

MOST = 10
"""GitHub shows so many annotations of each level for one step of a workflow, and drops the others."""
_LEVELS: Mapping[Weight, str] = {"breaking": "error", "notable": "warning", "minor": "notice"}
_SEVERITIES: Mapping[Weight, str] = {"breaking": "critical", "notable": "major", "minor": "minor"}
_TEXT, _TITLE = 300, 120


def changes_github(diff: Diff) -> str:
    """Return workflow commands, one line each, at most ten of a level; nothing where nothing changed."""
    phrases, diff = phrases_of(diff), in_words(diff)
    shown: list[str] = []
    left = 0
    for level, changes in _by_level(diff.changes).items():
        room = MOST - 1 if level == "notice" else MOST
        shown += [_command(level, change, phrases) for change in changes[:room]]
        left += max(0, len(changes) - room)
    if left:
        rest = counted_as(phrases, "unshown", left)
        shown.append(f"::notice title=Handrail::{_data(rest)}")
    return lone_halves("".join(f"{line}\n" for line in shown))


def _by_level(changes: Sequence[Change]) -> Mapping[str, list[Change]]:
    """Return the changes of each level, the worst first; what was accepted is only a notice."""
    found: dict[str, list[Change]] = {level: [] for level in _LEVELS.values()}
    for change in sorted(changes, key=lambda one: WEIGHTS.index(one.weight)):
        found["notice" if change.accepted else _LEVELS[change.weight]].append(change)
    return found


def _command(level: str, change: Change, phrases: Phrases) -> str:
    place = _place(change)
    where = f"file={_property(place.path)},line={place.line}," if place else ""
    return f"::{level} {where}title={_property(_title(change, phrases))}::{_data(_text(change, phrases))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(_harmless(plain(text))).replace(":", "%3A").replace(",", "%2C")


def _harmless(text: str) -> str:
    """Return a text in which no older pipeline finds a command."""
    return text.replace("##[", "# #[")


def changes_gitlab(diff: Diff) -> str:
    """Return the changes as GitLab's code quality report; an empty list where nothing changed."""
    changes = in_words(diff).changes
    rows = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in _rows(changes, phrases_of(diff))]
    return lone_halves("[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n")


def _rows(changes: Sequence[Change], phrases: Phrases) -> Iterator[dict[str, object]]:
    for change in changes:
        place = _place(change)
        if place is not None:
            yield {
                "description": f"{_title(change, phrases)}: {_text(change, phrases)}",
                "check_name": f"handrail: {change.fact.name}",
                "fingerprint": change.fingerprint,
                "severity": "info" if change.accepted or change.class_ == "editorial" else _SEVERITIES[change.weight],
                "location": {"path": place.path, "lines": {"begin": place.line}},
            }


def _place(change: Change) -> Place | None:
    """Return where a change is shown: after it, else where it was."""
    return change.fact.after or change.fact.before


def _title(change: Change, phrases: Phrases) -> str:
    """Return what a change is, with its judgement and its document: `Step removed (execution, breaking) in Release`."""
    judged = {"class": phrases[f"class.{change.class_}"], "weight": phrases[f"weight.{change.weight}"]}
    return cut(phrase(phrases, "in_title", what=name_of(change, phrases), title=change.fact.title, **judged), _TITLE)


def _text(change: Change, phrases: Phrases) -> str:
    """Return what is different, before and after."""
    fact = change.fact
    parts = [cut(fact.sentence, _TITLE)] if fact.sentence and not any(one.name == "text" for one in fact.fields) else []
    for field in fact.fields:
        name = part_of(change, field, phrases)
        sides = f"{_side(field.before, phrases)} → {_side(field.after, phrases)}"
        parts.append(f"{plain(name)}: {sides}" if name else sides)
    said = f" ({cut(decision_said(change.decision, phrases), _TITLE)})" if change.decision is not None else ""
    return _harmless(cut("; ".join(parts) or fact.title, 4 * _TEXT) + said)


def _side(text: str | None, phrases: Phrases) -> str:
    return cut(text, _TEXT) if text else phrases["review.empty"]
