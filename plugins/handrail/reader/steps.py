"""What one step says: its sentence, its labelled lines, what it is, and its sub-steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handrail.dataclass import dataclass
from handrail.documents import Inline
from handrail.model import StepKind
from handrail.problems import Problem, did_you_mean
from handrail.reader.context import Context
from handrail.reader.doers import REGISTER_IT, hold_of, lead_role, missed_role, roles_of
from handrail.reader.leads import (
    ARROW_LABELS,
    body_links,
    branches_of,
    jumps_of,
    line_jumps,
    line_links,
    paragraph_calls,
    sentence_links,
)
from handrail.reader.lines import Said, labelled, lines_of, without
from handrail.reader.outlines import Outline, item_outline
from handrail.reader.raw import Branch, RawJump, RawRole, RawStep
from handrail.reader.roles import subject_of
from handrail.reader.wording import (
    asks,
    brackets,
    condition_of,
    is_placeholder,
    placeholder,
    wait_of,
    within_of,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A step's sentence taken apart."""

    text: Inline
    role: RawRole | None
    condition: str | None
    optional: bool


_WHOLE_STEPS = ("hold", "wait", "stop", "judgement", "at_once")
"""Labels that a whole step can be: `1. Hold: the owner releases it`."""


def step_of(outline: Outline, context: Context) -> RawStep:
    """Return a step with everything that its text says."""
    whole = context.inline(outline.sentence)
    alone = labelled(whole, context)
    lead_said = [_alone(outline, alone)] if alone and alone[0] in _WHOLE_STEPS else []
    sentence = _sentence(alone[2] if lead_said and alone and alone[2].plain else whole, outline, context)
    lines = [*lead_said, *outline.said, *lines_of(outline.blocks, context)]
    said = [line for line in lines if not is_placeholder(line.whole, context.grammar)]
    by_key = _by_key(said)
    question = asks(sentence.text.plain)
    branches = tuple(branches_of(outline, sentence.text, question, context))
    lines_lead = tuple(line_links(said, context))
    taken = (*lines_lead, *(link for branch in branches for link in branch.links))
    links = (
        *sentence_links(outline, sentence.text, context),
        *paragraph_calls(outline, context),
        *lines_lead,
        *body_links(outline, taken, context),
    )
    jumps = () if branches else tuple(jumps_of(outline, sentence.text, context))
    jumps = (
        *jumps,
        *(jump for line in said if line.key in ARROW_LABELS for jump in line_jumps(line, context)),
    )
    steps = tuple(step_of(inner, context) for inner in (*outline.steps, *_forked(outline, by_key, context)))
    deadline = _first(by_key, "within")
    wait = _first(by_key, "wait")
    when = _text(by_key, "when") or _after(by_key)
    return RawStep(
        number=outline.number,
        line=outline.line,
        column=outline.column,
        end=outline.end,
        text=sentence.text.plain,
        body=outline.body,
        written_ids=(*whole.anchors, *outline.written_ids),
        heading_slugs=outline.heading_slugs,
        kind=_kind(by_key, question, branches, jumps, steps),
        flow=outline.flow,
        roles=tuple(roles_of(sentence.role, said, context)),
        condition=sentence.condition or when,
        optional=sentence.optional,
        branches=branches,
        links=links,
        jumps=jumps,
        inputs=_values(by_key, "input", context),
        outputs=_values(by_key, "output", context),
        records=_values(by_key, "record", context),
        clauses=_values(by_key, "clause", context),
        expect=_text(by_key, "expect"),
        within=within_of(deadline.whole, context.grammar) if deadline else None,
        every=_text(by_key, "every"),
        takes=_text(by_key, "takes"),
        wait=wait_of(wait.whole) if wait else None,
        hold=hold_of(_first(by_key, "hold"), context),
        if_not=_text(by_key, "if_not"),
        warnings=tuple(line.whole for line in by_key.get("warning", ())),
        judgement=_text(by_key, "judgement"),
        starts_when=_text(by_key, "starts_when"),
        throughout=_text(by_key, "throughout"),
        stop=_text(by_key, "stop"),
        steps=steps,
        labels=tuple((line.key, line.line) for line in said),
        problems=(*_misread(outline, whole, context), *_unwritten(lines, context)),
    )


def _misread(outline: Outline, whole: Inline, context: Context) -> Iterator[Problem]:
    """Yield a note where a step's number or its bold lead may not be what its author means."""
    path = context.page.path
    if outline.miscount is not None:
        said = outline.miscount
        yield Problem("list-number", "info", path, outline.line, outline.column, said.message, said.mend)
    if missed := missed_role(whole, context):
        message = f"{missed!r} is no registered role; it stays text."
        known = sorted(name[:1].upper() + name[1:] for name in context.register.names)
        mend = did_you_mean(missed, known, REGISTER_IT)
        place = context.place(outline.line, outline.sentence_end, missed)
        yield Problem("unknown-role", "info", path, *place, message, mend)


def _unwritten(lines: Iterable[Said], context: Context) -> Iterator[Problem]:
    """Yield a note for each labelled line that still holds a placeholder."""
    for line in lines:
        for text in line.texts or (line.whole,):
            if is_placeholder(text, context.grammar):
                yield placeholder(line.label, text, context.page.path, *context.place(line.line, line.end, text))


def _alone(outline: Outline, found: tuple[str, str, Inline]) -> Said:
    blocks = outline.blocks if found[0] == "at_once" else ()
    return Said(found[0], found[2], outline.line, outline.sentence_end, found[1], blocks=blocks)


def _by_key(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for line in said:
        found.setdefault(line.key, []).append(line)
    return found


def _first(by_key: dict[str, list[Said]], name: str) -> Said | None:
    lines = by_key.get(name)
    return lines[0] if lines else None


def _text(by_key: dict[str, list[Said]], name: str) -> str | None:
    lines = by_key.get(name)
    return " ".join(line.whole for line in lines).strip() or None if lines else None


def _after(by_key: dict[str, list[Said]]) -> str | None:
    after = _first(by_key, "after")
    return f"{after.label} {after.whole}" if after and not after.text.links else None


def _values(by_key: dict[str, list[Said]], name: str, context: Context) -> tuple[str, ...]:
    if name not in by_key:
        return ()
    texts = (text for line in by_key[name] for text in line.texts)
    return tuple(dict.fromkeys(text for text in texts if not is_placeholder(text, context.grammar)))


def _sentence(whole: Inline, outline: Outline, context: Context) -> _Sentence:
    """Take a step's sentence apart: role, bracket, condition, and the words that are left."""
    role = None
    own = context.grammar.own_number.match(whole.plain)
    if own and own["number"] == outline.number:
        whole = without(whole, own.end())
    name, end = lead_role(whole, context)
    if name:
        role = RawRole(name, "does", "lead", outline.line)
        whole = without(whole, end)
    text, bracket, optional = brackets(whole.plain, context.grammar)
    cut = whole.plain.find(text) if text != whole.plain else 0
    inner = without(whole, max(cut, 0))
    clean = Inline(" ".join(text.split("\n")), inner.links, inner.anchors, "", 0, inner.code)
    condition = bracket or condition_of(clean.plain, context.grammar)
    subject = None if role else subject_of(clean.plain, context.register, context.grammar)
    if subject is not None:
        role = RawRole(subject, "does", "subject", outline.line)
    return _Sentence(clean, role, condition, optional)


def _forked(outline: Outline, by_key: dict[str, list[Said]], context: Context) -> Iterator[Outline]:
    """Yield the bullets of an `At once` line, unless they are sub-steps anyway: they run side by side."""
    known = {step.line for step in outline.steps}
    for line in by_key.get("at_once", ()):
        for block in line.blocks:
            for place, item in enumerate(block.items, 1):
                if item.line not in known:
                    yield item_outline(item, f"{outline.number}.{place}", outline.flow, context)


def _kind(
    by_key: dict[str, list[Said]],
    question: bool,
    branches: Sequence[Branch],
    jumps: Sequence[RawJump],
    steps: Sequence[RawStep],
) -> StepKind:
    """Return what a step is, as far as its own words tell; calls are told by the links."""
    if "at_once" in by_key and steps:
        return "fork"
    if branches and (question or len(branches) > 1):
        return "decision"
    for name, kind in _KIND_OF_LABEL:
        if name in by_key:
            return kind
    return "end" if any(not jump.number and jump.label is None for jump in jumps) else "task"


_KIND_OF_LABEL: tuple[tuple[str, StepKind], ...] = (
    ("hold", "hold"),
    ("stop", "stop"),
    ("wait", "wait"),
    ("judgement", "judgement"),
)
