"""What one step says: its sentence, roles, labelled lines, branches, jumps and sub-steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handrail.documents import Block, Inline, Item, Link
from handrail.model import Hold, Part, StepKind
from handrail.problems import Problem
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.lines import Said, branch_of, labelled, lines_of, without
from handrail.reader.raw import Branch, RawJump, RawLink, RawRole, RawStep, Where
from handrail.reader.roles import folded, names_all, registered_in, split_names, subject_of
from handrail.reader.wording import (
    asks,
    brackets,
    condition_of,
    first_sentence_end,
    is_placeholder,
    jumps_before,
    jumps_in,
    mentions_before,
    placeholder,
    split_otherwise,
    wait_of,
    within_of,
)

_ARROW_LABELS = ("next", "when", "after", "if_not")
_ROLE_LABELS: dict[str, Part] = {"who": "does", "participants": "takes part", "consult": "asked", "inform": "told", "approve": "approves"}


@dataclass(frozen=True, slots=True)
class Outline:
    """One step before its words are read: where it stands and what it is made of."""

    number: str
    flow: int
    line: int
    column: int
    end: int
    sentence: str
    """The Markdown of its sentence: an item's first paragraph, a heading's title, a cell."""
    sentence_end: int
    """The last line of the sentence."""
    body: str
    blocks: tuple[Block, ...] = ()
    """What stands under the sentence."""
    said: tuple[Said, ...] = ()
    """What the other cells of its row say."""
    steps: tuple[Outline, ...] = ()
    written_ids: tuple[str, ...] = ()
    heading_slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A step's sentence taken apart."""

    text: Inline
    role: RawRole | None
    condition: str | None
    optional: bool


def step_of(outline: Outline, context: Context) -> RawStep:
    """Return a step with everything that its text says."""
    whole = context.inline(outline.sentence)
    alone = labelled(whole, context)
    lead_said = [_alone(outline, alone)] if alone and alone[0] in ("hold", "wait", "stop", "judgement") else []
    sentence = _sentence(without(whole, 0) if lead_said else whole, outline, context)
    lines = [*lead_said, *outline.said, *lines_of(outline.blocks, context)]
    said = [line for line in lines if not is_placeholder(line.whole, context.grammar)]
    by_key = _by_key(said)
    question = asks(sentence.text.plain)
    branches = tuple(_branches(outline, sentence.text, question, context))
    links = (*_sentence_links(outline, sentence.text, context), *_paragraph_calls(outline, context),
             *_line_links(said, context), *_body_links(outline, branches, said, context))
    jumps = () if branches else tuple(_jumps(outline, sentence.text, context))
    jumps = (*jumps, *(jump for line in said if line.key in _ARROW_LABELS for jump in _line_jumps(line, context)))
    steps = tuple(step_of(inner, context) for inner in (*outline.steps, *_forked(outline, by_key, context)))
    deadline = _first(by_key, "within")
    wait = _first(by_key, "wait")
    when = _text(by_key, "when") or _after(by_key)
    return RawStep(
        number=outline.number, line=outline.line, column=outline.column, end=outline.end,
        text=sentence.text.plain, body=outline.body,
        written_ids=(*whole.anchors, *outline.written_ids), heading_slugs=outline.heading_slugs,
        kind=_kind(by_key, question, branches, links, jumps, steps),
        flow=outline.flow,
        roles=tuple(_roles(sentence.role, said, context)),
        condition=sentence.condition or when,
        optional=sentence.optional,
        branches=branches, links=links, jumps=jumps,
        inputs=_values(by_key, "input", context), outputs=_values(by_key, "output", context),
        records=_values(by_key, "record", context),
        expect=_text(by_key, "expect"),
        within=within_of(deadline.whole, context.grammar) if deadline else None,
        every=_text(by_key, "every"), takes=_text(by_key, "takes"),
        wait=wait_of(wait.whole) if wait else None,
        hold=_hold(_first(by_key, "hold"), context),
        if_not=_text(by_key, "if_not"),
        warnings=tuple(line.whole for line in by_key.get("warning", ())),
        judgement=_text(by_key, "judgement"), starts_when=_text(by_key, "starts_when"),
        throughout=_text(by_key, "throughout"), stop=_text(by_key, "stop"),
        steps=steps,
        labels=tuple((line.key, line.line) for line in said),
        asks=question,
        problems=tuple(_unwritten(lines, context)),
    )


def _unwritten(lines: Iterable[Said], context: Context) -> Iterator[Problem]:
    """Yield a note for each labelled line that still holds a placeholder."""
    for line in lines:
        for text in line.texts or (line.whole,):
            if is_placeholder(text, context.grammar):
                yield placeholder(line.label, text, context.page.path, line.line, 1)


def _alone(outline: Outline, found: tuple[str, str, Inline]) -> Said:
    return Said(found[0], found[2], outline.line, outline.sentence_end, found[1])


def _by_key(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for line in said:
        found.setdefault(line.key, []).append(line)
    return found


def _first(by_key: dict[str, list[Said]], name: str) -> Said | None:
    lines = by_key.get(name)
    return lines[0] if lines else None


def _text(by_key: dict[str, list[Said]], name: str) -> str | None:
    return " ".join(line.whole for line in by_key.get(name, ())).strip() or None


def _after(by_key: dict[str, list[Said]]) -> str | None:
    after = _first(by_key, "after")
    return f"{after.label} {after.whole}" if after and not after.text.links else None


def _values(by_key: dict[str, list[Said]], name: str, context: Context) -> tuple[str, ...]:
    texts = (text for line in by_key.get(name, ()) for text in line.texts)
    return tuple(dict.fromkeys(text for text in texts if not is_placeholder(text, context.grammar)))


def _sentence(whole: Inline, outline: Outline, context: Context) -> _Sentence:
    """Take a step's sentence apart: role, bracket, condition, and the words that are left."""
    role = None
    if whole.lead and whole.lead_end < len(whole.plain) and _leads(whole, context):
        name = whole.lead.rstrip(":").strip()
        role = RawRole(name, "does", "lead", outline.line)
        whole = without(whole, whole.lead_end)
    text, bracket, optional = brackets(whole.plain, context.grammar)
    cut = whole.plain.find(text) if text != whole.plain else 0
    inner = without(whole, max(cut, 0))
    clean = Inline(" ".join(text.split("\n")), inner.links, inner.anchors, "", 0, inner.code)
    condition = bracket or condition_of(clean.plain, context.grammar)
    subject = None if role else subject_of(clean.plain, context.register, context.grammar)
    if subject is not None:
        role = RawRole(subject, "does", "subject", outline.line)
    return _Sentence(clean, role, condition, optional)


def _leads(text: Inline, context: Context) -> bool:
    """Whether the bold words at the head of a text name the role, or several roles."""
    if context.is_role(text.lead, folded(text.lead)):
        return True
    names = names_all(text.lead.rstrip(":"), context.grammar)
    return len(names) > 1 and all(context.register.knows(name) for name in names)


def _roles(lead: RawRole | None, said: Iterable[Said], context: Context) -> Iterator[RawRole]:
    """Yield the roles that a step names, each once, the one that opens it first."""
    seen: set[tuple[str, str]] = set()
    for role in _all_roles(lead, said, context):
        mark = (folded(role.name), role.part)
        if mark not in seen and not is_placeholder(role.name, context.grammar):
            seen.add(mark)
            yield replace(role, column=context.place(role.line, role.line, role.name)[1])


def _all_roles(lead: RawRole | None, said: Iterable[Said], context: Context) -> Iterator[RawRole]:
    if lead is not None:
        whole = context.register.knows(lead.name) or context.is_role(lead.name + ":", folded(lead.name))
        for name in [lead.name] if whole else names_all(lead.name, context.grammar):
            yield RawRole(name, "does", lead.source, lead.line)
    for line in said:
        part = _ROLE_LABELS.get(line.key)
        if part is not None:
            yield from _named(line, part, context)
        elif line.key in ("hold", "stop"):
            yield from _known(line, "approves" if line.key == "hold" else "told", context)
        elif line.key == "judgement":
            yield from _known(line, "does", context)


def _named(line: Said, part: Part, context: Context) -> Iterator[RawRole]:
    """Yield the roles that a line or cell lists."""
    for text in line.texts:
        if is_placeholder(text, context.grammar):
            continue
        names = [(text, False)] if context.register.knows(text) else split_names(text, context.grammar)
        for name, optional in names:
            if len(name.split()) <= 8:
                yield RawRole(name, part, "table" if line.in_table else "line", line.line, optional)


def _known(line: Said, part: Part, context: Context) -> Iterator[RawRole]:
    """Yield the roles that a sentence names: registered ones anywhere in it; without a register, those at its head."""
    found = registered_in(line.whole, context.register)
    if not found and not context.registered:
        names = names_all(_head(line.whole), context.grammar)
        found = tuple(name for name in names if context.is_role(f"{name}:", folded(name)))
    for name in found:
        yield RawRole(name, part, "line", line.line)


def _head(text: str) -> str:
    """Return the words of a sentence before its verb or its first comma."""
    return re.split(r"[;.:]|\b(?:decides?|releases?|approves?|within|before|when|if|has|have|entscheidet|gibt)\b", text)[0]


def _hold(line: Said | None, context: Context) -> Hold | None:
    """Return a hold point: who has to release it, all of them or any one."""
    if line is None:
        return None
    who = tuple(dict.fromkeys(role.name for role in _known(line, "approves", context)))
    if not who:
        who = tuple(name for name in names_all(_head(line.whole), context.grammar) if len(name.split()) <= 5)
    either = context.grammar.either.search(line.whole.split(".")[0]) is not None
    return Hold(who, "any" if either else "all", line.whole)


def _branches(outline: Outline, sentence: Inline, question: bool, context: Context) -> Iterator[Branch]:
    """Yield the ways out of a decision: labelled bullets, or both halves of `If ... Otherwise ...`."""
    bullets = [item for block in outline.blocks if block.kind == "bullets" for item in block.items]
    found = [branch for item in bullets if (branch := _branch(item, question, context)) is not None]
    if found:
        yield from found
        return
    halves = split_otherwise(sentence.plain, context.grammar)
    if halves is not None:
        start = 0
        for half in halves:
            at = sentence.plain.find(half, start)
            yield _half(outline, sentence, at, at + len(half), context)
            start = at + len(half)


def _half(outline: Outline, sentence: Inline, start: int, end: int, context: Context) -> Branch:
    text = sentence.plain[start:end]
    label = condition_of(text, context.grammar) or re.split(r"[,\s]", text, maxsplit=1)[0].strip(" ,")
    inside = [link for link in sentence.links if start <= link.start < end]
    links = tuple(_raw_link(link, sentence, outline.line, outline.sentence_end, "arrow", label, context) for link in inside)
    jumps = tuple(RawJump(jump.number, outline.line, outline.column, label)
                  for jump in jumps_in(text, context.grammar))
    return Branch(label, outline.line, links, jumps)


def _branch(item: Item, question: bool, context: Context) -> Branch | None:
    """Return a bullet as a branch: labelled under a question, or with a label or condition and an arrow."""
    if item.checked is not None or not item.blocks or item.blocks[0].kind != "paragraph":
        return None
    first = item.blocks[0]
    text = context.inline(first.text)
    if labelled(text, context) is not None and key(text.lead or "") not in context.grammar.words.negative:
        return None
    found = branch_of(text, context)
    if found is None:
        condition = condition_of(text.plain, context.grammar)
        found = (condition, text) if condition else None
    if found is None:
        return None
    label, rest = found
    links = tuple(_raw_link(link, rest, first.line, first.end, "arrow", label, context)
                  for link in rest.links if link.kind != "image")
    jumps = [RawJump(jump.number, item.line, item.column, label) for jump in jumps_in(rest.plain, context.grammar)]
    if key(rest.plain) in context.grammar.words.end:
        jumps.append(RawJump("", item.line, item.column, label))
    arrows = any(link.where == "arrow" and (link.jump or "#" in link.target or link.kind == "reference") for link in links)
    if question or arrows or jumps:
        return Branch(label, item.line, links, tuple(jumps))
    return None


def _sentence_links(outline: Outline, sentence: Inline, context: Context) -> Iterator[RawLink]:
    """Yield the links of a step's own sentence: calls in its first one, arrows behind a jump word."""
    end = first_sentence_end(sentence.plain)
    halves = split_otherwise(sentence.plain, context.grammar) is not None
    for link in sentence.links:
        if link.kind == "image" or halves:
            continue
        where: Where = "call" if link.start < end else "mention"
        yield _raw_link(link, sentence, outline.line, outline.sentence_end, where, None, context)


def _raw_link(link: Link, text: Inline, line: int, end: int, where: Where, label: str | None,
              context: Context) -> RawLink:
    """Return a link with its place and with what the words before it make of it."""
    jump = jumps_before(text.plain, link.start, context.grammar)
    if jump:
        where = "arrow"
    elif mentions_before(text.plain, link.start, context.grammar):
        where = "mention"
    at_line, column = context.place(line, end, _fragment(link))
    return RawLink(link.kind, link.target, link.text, at_line, column, where, jump, label)


def _fragment(link: Link) -> str:
    """Return the Markdown by which a link is found in its line."""
    return f"]({link.target}" if link.kind != "reference" else f"[{link.target}]"


def _paragraph_calls(outline: Outline, context: Context) -> Iterator[RawLink]:
    """Yield the links of the paragraph right under a heading step: its first sentence is the step's too."""
    if not outline.heading_slugs or not outline.blocks or outline.blocks[0].kind != "paragraph":
        return
    block = outline.blocks[0]
    text = context.inline(block.text)
    end = first_sentence_end(text.plain)
    for link in text.links:
        if link.kind != "image":
            yield _raw_link(link, text, block.line, block.end, "call" if link.start < end else "mention", None, context)


def _line_links(said: Iterable[Said], context: Context) -> Iterator[RawLink]:
    """Yield the links of labelled lines: arrows in the lines that lead on, mentions in the others."""
    for line in said:
        for link in line.text.links:
            if link.kind == "image":
                continue
            where: Where = "arrow" if line.key in _ARROW_LABELS else "mention"
            label = {"if_not": line.label, "when": "when", "after": "after"}.get(line.key)
            found = _raw_link(link, line.text, line.line, line.end, where, label, context)
            yield found if found.where == where else _with_where(found, where)


def _with_where(link: RawLink, where: Where) -> RawLink:
    return RawLink(link.kind, link.target, link.text, link.line, link.column, where, link.jump, link.label)


def _line_jumps(line: Said, context: Context) -> Iterator[RawJump]:
    label = line.label if line.key == "if_not" else None
    numbers = [jump.number for jump in jumps_in(line.text.plain, context.grammar)]
    bare = re.fullmatch(r"(?:\w+\s+)?(\d{1,3}(?:\.\d{1,2})*)", line.text.plain.strip(" ."))
    if not numbers and line.key == "next" and bare:
        numbers = [bare[1]]
    if not numbers and key(line.text.plain) in context.grammar.words.end and line.key in ("next", "if_not"):
        numbers = [""]
    for number in numbers:
        yield RawJump(number, line.line, 1, label)


def _jumps(outline: Outline, sentence: Inline, context: Context) -> Iterator[RawJump]:
    """Yield the jumps in words of a step's sentence, and of the paragraphs under a heading step."""
    condition = condition_of(sentence.plain, context.grammar)
    for jump in jumps_in(sentence.plain, context.grammar):
        yield RawJump(jump.number, outline.line, outline.column, condition)
    if key(sentence.plain) in context.grammar.words.end:
        yield RawJump("", outline.line, outline.column)
    if not outline.heading_slugs:
        return
    for block in outline.blocks:
        if block.kind != "paragraph":
            continue
        text = context.inline(block.text).plain
        for jump in jumps_in(text, context.grammar):
            line, column = context.place(block.line, block.end, jump.number or block.text[:1])
            said = _sentence_around(text, jump.start)
            yield RawJump(jump.number, line, column, condition_of(said, context.grammar) or _bare_condition(said))


def _sentence_around(text: str, place: int) -> str:
    """Return the sentence that holds a place of a text."""
    start = 0
    while (end := start + first_sentence_end(text[start:])) <= place and end > start:
        start = end
    return text[start:end].strip()


def _bare_condition(sentence: str) -> str | None:
    return None if len(sentence) > 120 else sentence


def _body_links(outline: Outline, branches: Sequence[Branch], said: Sequence[Said], context: Context) -> Iterator[RawLink]:
    """Yield every other link in a step's body, as a mention."""
    taken = {(link.line, link.column, link.target) for branch in branches for link in branch.links}
    taken |= {(link.line, link.column, link.target) for link in _line_links(said, context)}
    skip = outline.blocks[:1] if outline.heading_slugs and outline.blocks and outline.blocks[0].kind == "paragraph" else ()
    inner = {(step.line, step.end) for step in outline.steps}
    for link in links_in([block for block in outline.blocks if block not in skip], context):
        within = any(line <= link.line <= end for line, end in inner)
        if (link.line, link.column, link.target) not in taken and not within:
            yield link


def links_in(blocks: Iterable[Block], context: Context) -> Iterator[RawLink]:
    """Yield every link and reference of some blocks, as mentions."""
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        if block.kind in ("paragraph", "heading") and "[" in block.text:
            yield from _mentions(block.text, block.line, block.end, context)
        elif block.kind == "table":
            for row in block.rows:
                for cell in row.cells:
                    if "[" in cell.text:
                        yield from _mentions(cell.text, cell.line, cell.line, context)
        waiting[:0] = [*block.blocks, *(inner for item in block.items for inner in item.blocks)]


def _mentions(source: str, line: int, end: int, context: Context) -> Iterator[RawLink]:
    text = context.inline(source)
    for link in text.links:
        if link.kind != "image":
            at_line, column = context.place(line, end, _fragment(link))
            yield RawLink(link.kind, link.target, link.text, at_line, column, "mention")


def _forked(outline: Outline, by_key: dict[str, list[Said]], context: Context) -> Iterator[Outline]:
    """Yield the bullets of an `At once` line: they run side by side."""
    for line in by_key.get("at_once", ()):
        for block in line.blocks:
            for place, item in enumerate(block.items, 1):
                yield item_outline(item, f"{outline.number}.{place}", outline.flow, context)


def item_outline(item: Item, number: str, flow: int, context: Context, end: int | None = None,
                 more: Sequence[Block] = ()) -> Outline:
    """Return the outline of a step that is an item of a list; `more` are blocks that a split list left behind it."""
    first = item.blocks[0] if item.blocks else None
    paragraph = first is not None and first.kind == "paragraph"
    blocks = (*(item.blocks[1:] if paragraph else item.blocks), *more)
    sentence = first.text if first is not None and paragraph else _code_line(first)
    last = end or item.end
    sentence_end = first.end if first is not None else item.line
    return Outline(number, flow, item.line, item.column, last, sentence, sentence_end, _body(item, last, context),
                   blocks, steps=tuple(sub_outlines(blocks, number, flow, context)))


def _code_line(block: Block | None) -> str:
    """Return the first line of code where a step opens with code."""
    if block is None or block.kind not in ("code", "html"):
        return ""
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    return f"`{lines[0]}`" if lines and "`" not in lines[0] else ""


def _body(item: Item, end: int, context: Context) -> str:
    """Return a step's Markdown without the marker of its item."""
    lines = context.page.lines[item.line - 1 : end]
    cut = item.column - 1 + item.offset
    first = lines[0][cut:].strip() if lines else ""
    rest = [line[cut:] if not line[:cut].strip() else line.lstrip() for line in lines[1:]]
    return "\n".join([first, *rest]).rstrip()


def sub_outlines(blocks: Iterable[Block], number: str, flow: int, context: Context) -> Iterator[Outline]:
    """Yield the sub-steps inside a step: ordered lists and tasks among its own blocks."""
    place = 0
    for block in blocks:
        tasks = block.kind == "bullets" and all(item.checked is not None for item in block.items)
        if block.kind != "ordered" and not tasks:
            continue
        for item in block.items:
            place += 1
            yield item_outline(item, f"{number}.{place}", flow, context)


def _kind(by_key: dict[str, list[Said]], question: bool, branches: Sequence[Branch], links: Iterable[RawLink],
          jumps: Sequence[RawJump], steps: Sequence[RawStep]) -> StepKind:
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
    ("hold", "hold"), ("stop", "stop"), ("wait", "wait"), ("judgement", "judgement"),
)

