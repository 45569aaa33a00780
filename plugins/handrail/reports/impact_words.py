"""Whom and what changes reach, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.diff import Because, Diff, Polished, Said, Suspect, Touched, Way
from handrail.reports.lines import counted, cut

Sentence = Callable[[Touched], str]

MOST = 12
"""So many roles, and so many other things, are named; the others are counted."""
_STEPS = 3
_TOGETHER = 8
"""So many records or clauses are named together."""
"""So many steps or names are told of one document."""
_TEXT = 90
_TRAINING = 240
"""So much is shown of a sentence, and of what a page asks for."""

_ROLES: Mapping[str, str] = {
    "does now": "now does {what}",
    "does": "does otherwise {what}",
    "shares": "has a part in {what}, which changes, and which nobody is said to do alone",
    "does no longer": "no longer does {what}",
    "its page": "its own page changes",
    "approves": "approves {what}, which changes",
    "is asked": "is asked about {what}, which changes",
    "is told": "is told of {what}, which changes",
    "takes part": "takes part in {what}, which changes",
    "follows": "follows {title}, where facts or text around the steps change",
    "uses": "uses the record {title}, which changes",
    "owns": "owns {title}, which changes",
}
_OTHERS: Mapping[str, str] = {
    "takes": "takes {what}, which {title} gives otherwise",
    "calls": "calls {title}, which changes, in {what}",
    "hands over to": "hands over to {title}, which changes, in {what}",
    "refers to": "points to {title}, which changes",
    "changes": "changes itself",
    "kept otherwise": "{title} keeps it otherwise",
    "kept in": "kept in a step of {title} that changes",
    "is fulfilled by": "{title} states it, and changes",
}


def reached(diff: Diff) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what each report says of whom and what the changes reach: a head, and its sentences where there are any."""
    parts = (
        ("Who must learn or know", readers(diff)),
        ("What else it reaches", others(diff)),
        ("What may no longer be true", suspicions(diff)),
    )
    yield from ((head, lines) for head, lines in parts if lines)


def readers(diff: Diff) -> tuple[str, ...]:
    """Return who must learn or know, one sentence for each role."""
    return _limited([one for one in diff.impact if one.kind == "role"], _role, "more role is reached")


def others(diff: Diff) -> tuple[str, ...]:
    """Return what else the changes reach, one sentence for each thing."""
    return _limited(_grouped(one for one in diff.impact if one.kind != "role"), _other, "more thing is reached")


def _grouped(found: Iterable[Touched]) -> list[Touched]:
    """Return records and clauses that are reached in the same ways as one, with all their names."""
    groups: dict[tuple[object, ...], list[Touched]] = {}
    for one in found:
        alike = one.kind in ("record", "clause")
        ways = tuple((way.how, way.document) for way in one.ways)
        groups.setdefault((one.kind, ways) if alike else (one.kind, one.id), []).append(one)
    return [replace(them[0], title=_names(them)) for them in groups.values()]


def _names(them: Sequence[Touched]) -> str:
    left = len(them) - _TOGETHER
    more = f" and {left} more" if left > 0 else ""
    return ", ".join(_short(one.title) for one in them[:_TOGETHER]) + more


def _limited(found: Sequence[Touched], said: Sentence, more: str) -> tuple[str, ...]:
    lines = [said(one) for one in found[:MOST]]
    left = len(found) - MOST
    many = more.replace(" is ", "s are ")
    return (
        (*lines, f"{counted(left, more, many)}; `handrail diff --json` names all of them.")
        if left > 0
        else tuple(lines)
    )


def _role(role: Touched) -> str:
    """Return what a role does otherwise, and what it has to be able to do."""
    told = "; ".join(_way(way, _ROLES) for way in _few(role.ways))
    asked = " ".join(_asked(role))
    return f"{_short(role.title)} must {role.must}: {told}.{f' {asked}' if asked else ''}"


def _asked(role: Touched) -> Iterator[str]:
    """Yield what the pages ask for."""
    for training in role.training[:_STEPS]:
        where = "Its page" if training.document == role.id else f"The page {_short(training.title)}"
        yield f"{where} asks for: {cut(training.text, _TRAINING).rstrip('.')}."


def _other(one: Touched) -> str:
    kind = {"record": "Record ", "clause": "Clause "}.get(one.kind, "")
    told = "; ".join(_way(way, _OTHERS) for way in _few(one.ways))
    return f"{kind}{one.title}: {told}." if kind else f"{one.title} {told}."


def _few(ways: Sequence[Way]) -> Iterable[Way]:
    return ways[:MOST]


def _way(way: Way, table: Mapping[str, str]) -> str:
    """Return one way in which somebody is reached: `now does “Tag the release” in Release`."""
    return table[way.how].format(what=_what(way), title=_short(way.title))


def _what(way: Way) -> str:
    named = ", ".join(f"“{_short(sentence)}”" for sentence in way.sentences[:_STEPS])
    left = len(way.sentences) - _STEPS
    more = f" and {counted(left, 'more step')}" if left > 0 else ""
    if way.how == "takes" or not named:
        return named or _short(way.title)
    return f"{named}{more} in {_short(way.title)}" if way.how not in ("calls", "hands over to") else f"{named}{more}"


def _short(text: str) -> str:
    return cut(text, _TEXT).rstrip(".")


# ---- what the commits add ----


def suspicions(diff: Diff) -> tuple[str, ...]:
    """Return the suspect documents that this change adds to, and the processes whose steps alone change."""
    new = [_suspect(one) for one in diff.suspects if one.new]
    left = len(diff.suspects) - len(new)
    lines = [*new[:MOST], *(f"{counted(len(new) - MOST, 'more document')} too." for _ in new[MOST : MOST + 1])]
    if left:
        lines.append(f"{counted(left, 'document was', 'documents were')} suspect before this change.")
    return (*lines, *map(_polished, diff.polished[:MOST]))


def _suspect(suspect: Suspect) -> str:
    told = "; ".join(_because(because) for because in suspect.because[:_STEPS])
    return f"{_short(suspect.title)} was last reviewed on {suspect.reviewed}; since then {told}."


def _because(because: Because) -> str:
    """Return one thing that is another: `Build, which it calls, changed (2 changes, last on 2026-05-04)`."""
    how = {"its process": "its process"}.get(because.how, f"which it {because.how}")
    last = f", last on {because.day}" if because.day else ", not committed yet"
    return f"{_short(because.title)}, {how}, changed ({counted(because.changes, 'change')}{last})"


def _polished(one: Polished) -> str:
    never = "what it is for never did" if one.stated else "it does not say what it is for"
    return f"The steps of {_short(one.title)} changed in {one.times} commits since {one.since}, and {never}."


def origin(diff: Diff) -> str:
    """Return why the change was made and who approved it, as the commits say."""
    return f"Reason: {_all_said(diff.reasons)}. Approved by: {_all_said(diff.approvals)}."


def _all_said(said: Sequence[Said]) -> str:
    texts = list(dict.fromkeys(cut(one.text, _TRAINING).rstrip(".") for one in said))
    left = len(texts) - _STEPS
    more = [f"{left} more"] if left > 0 else []
    return "; ".join([*texts[:_STEPS], *more]) or "not recorded"
