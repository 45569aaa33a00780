"""What changed, as a comment on a pull request that people read who write no Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.diff import Change, Diff, FieldChange, FlowChange
from handrail.diff.marks import Run, Side, runs
from handrail.options import Weight
from handrail.reports.changes_flow import flow_words
from handrail.reports.changes_words import by_class, by_document, decision_said, meaning, name_of, part_of
from handrail.reports.impact_words import origin, reached
from handrail.reports.lines import cut
from handrail.reports.markdown import inert
from handrail.reports.phrases import Phrases, counted_as, in_words, phrase, phrases_of, side_name

LIMIT = 60_000
"""No comment is longer; forges cut or refuse what has more than 65,536 characters."""
_ROOM = 1_000
"""So much is kept free for saying what was left out."""
_MOST = 700
"""So much of one text is shown."""
_LINE = 600
"""So much of one line of the opening is shown."""
_NAME = 80
"""So much of the name of a version is shown."""
_OPEN = 12
"""A document with more changes is folded."""
_NAMED = 6
"""A list of whom and what is reached is folded where it is longer."""
_SIGNS: Mapping[Weight, str] = {"breaking": "🔴", "notable": "🟠", "minor": "⚪"}
_TAGS: Mapping[Side, str] = {"before": "del", "after": "ins"}


def changes_markdown(diff: Diff) -> str:
    """Return the comment; nothing where nothing changed."""
    if not (diff.changes or diff.other_pages or diff.notes):
        return ""
    phrases, diff = phrases_of(diff), in_words(diff)
    head = "\n".join([f"## {phrases['review.title']}", "", *(f"- {inert(cut(line, _LINE))}" for line in _first(diff))])
    notes = "\n".join(f"> {inert(cut(note.said(phrases), _LINE))}" for note in diff.notes[:20])
    flows = {flow.after.id: flow for flow in diff.flows}
    parts = [
        _document(title, found, flows.get(name), phrases) for (title, name), found in by_document(diff.changes).items()
    ]
    opening = [head, *_impact(diff), *([notes] if notes else [])]
    return (
        "\n\n".join([*opening, *_fitting(parts, sum(len(part) + 2 for part in opening), phrases), _foot(diff, phrases)])
        + "\n"
    )


def _first(diff: Diff) -> Iterator[str]:
    """Yield what the comment opens with: what it means, then why and who approved it."""
    yield from meaning(diff)
    if diff.changes:
        yield origin(diff)


def _impact(diff: Diff) -> Iterator[str]:
    """Yield who must learn or know, and what else the changes reach, folded where it is much."""
    for head, lines in reached(diff):
        listed = "\n".join(_within_room((f"- {inert(cut(line, 2 * _LINE))}" for line in lines), phrases_of(diff)))
        if len(lines) > _NAMED:
            yield f"<details>\n<summary>{head}: {len(lines)}</summary>\n\n{listed}\n\n</details>"
        else:
            yield f"### {head}\n\n{listed}"


def _within_room(lines: Iterable[str], phrases: Phrases) -> Iterator[str]:
    """Yield lines as long as there is room for them, and say how many were left out."""
    room = LIMIT // 8
    left = 0
    for line in lines:
        room -= len(line) + 1
        left += room < 0
        if room >= 0:
            yield line
    if left:
        yield f"- {counted_as(phrases, 'unfit.lines', left)}"


def _foot(diff: Diff, phrases: Phrases) -> str:
    signs = ", ".join(f"{sign} {phrases[f'weight.{weight}']}" for weight, sign in _SIGNS.items())
    base, head = (inert(cut(side_name(phrases, name), _NAME)) for name in (diff.base, diff.head))
    return f"<sub>{phrase(phrases, 'from_to', base=base, head=head)}. {signs}. {phrases['review.judged']}</sub>"


def _fitting(parts: Sequence[str], used: int, phrases: Phrases) -> Iterator[str]:
    """Yield the parts that fit into a comment, and say how many were left out."""
    left = LIMIT - _ROOM - used
    shown = 0
    for part in parts:
        if len(part) + 2 > left:
            break
        left -= len(part) + 2
        shown += 1
        yield part
    if shown < len(parts):
        more = counted_as(phrases, "unfit.documents", len(parts) - shown)
        yield f"**{more}** {phrases['review.all_shown']}"


def _document(title: str, changes: Sequence[Change], flow: FlowChange | None, phrases: Phrases) -> str:
    """Return the changes of one document: of its flow in words, then class by class."""
    fact = changes[0].fact
    place = fact.after or fact.before
    path = place.path if place else fact.document
    kind = phrases[f"review.{fact.kind or 'page'}"]
    lines = [f"### {_cut(inert(title))}", "", f"{kind} · {_cut(inert(path), _MOST)}", ""]
    told = flow_words(flow, phrases) if flow is not None else ()
    lines += [f"**{phrases['review.flow']}**", "", *(f"- {inert(line)}" for line in told), ""] if told else []
    body: list[str] = []
    used = 0
    for class_, found in by_class(changes).items():
        rows: list[str] = []
        for change in found:
            more = list(_rows(change, phrases))
            used += sum(len(row) for row in more)
            if used > LIMIT // 3:
                break
            rows += more
        heads = " | ".join(phrases[f"review.{key}"] for key in ("what", "before", "after"))
        named = phrases[f"review.class.{class_}"]
        table = [f"**{named}**", "", f"| | {heads} |", "|---|---|---|---|", *rows, ""]
        left = len(found) - len({row for row in rows if not row.startswith("| | ")})
        body += table if rows else []
        body += [counted_as(phrases, "unfit.class", left), ""] if used > LIMIT // 3 else []
    if len(changes) > _OPEN:
        body = [
            "<details>",
            f"<summary>{counted_as(phrases, 'change', len(changes))}</summary>",
            "",
            *body,
            "</details>",
        ]
    return "\n".join([*lines, *body]).rstrip()


def _rows(change: Change, phrases: Phrases) -> Iterator[str]:
    """Yield the rows of one change: its name, and each of its fields before and after."""
    fact = change.fact
    about = f": {_cut(inert(fact.sentence))}" if fact.sentence and not _says_it_itself(change) else ""
    sign = _SIGNS[change.weight]
    said = f" ({_cut(inert(decision_said(change.decision, phrases)), _MOST)})" if change.decision is not None else ""
    name = f"{inert(name_of(change, phrases))}{about}{said}"
    for place, field in enumerate(fact.fields or (FieldChange("text", None, None),)):
        part = inert(part_of(change, field, phrases))
        what = (f"{name}{f' ({part})' if part else ''}" if place == 0 else part) or phrases["review.part.text"]
        yield f"| {sign if place == 0 else ''} | {what} | {_side(field, 'before')} | {_side(field, 'after')} |"


def _says_it_itself(change: Change) -> bool:
    """Whether the sentence of the step stands in its fields already."""
    return change.fact.what == "step" and any(field.name == "text" for field in change.fact.fields)


def _side(field: FieldChange, side: Side) -> str:
    """Return one side of a field with the words marked that changed."""
    text = field.before if side == "before" else field.after
    if text is None:
        return "–"
    return _within(_MOST, [_marked(run, side) for run in runs(field.before, field.after, side)])


def _marked(run: Run, side: Side) -> str:
    text = _cut(inert(" ".join(run.words)), _MOST)
    return f"<{_TAGS[side]}>{text}</{_TAGS[side]}>" if run.changed else text


def _within(most: int, pieces: Sequence[str]) -> str:
    """Return pieces as one text, without those that would make it too long."""
    kept: list[str] = []
    for piece in pieces:
        if sum(len(one) + 1 for one in kept) + len(piece) > 2 * most:
            return " ".join([*kept, "…"])
        kept.append(piece)
    return " ".join(kept)


def _cut(text: str, most: int = 120) -> str:
    """Return an inert text that is no longer than this, never cut inside an escape."""
    if len(text) <= most:
        return text
    words: list[str] = []
    for word in text.split(" "):
        if sum(len(one) + 1 for one in words) + len(word) > most:
            break
        words.append(word)
    return " ".join([*words, "…"])
