"""Arrows: where each step leads, which procedures it calls, and to which it hands over."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handrail.links.ids import Place
from handrail.links.names import Names
from handrail.links.targets import Target, Targets
from handrail.model import END, Arrow, Order, Rail, RoleUse, Step, StepKind
from handrail.problems import Problem, did_you_mean
from handrail.reader.raw import Branch, RawDocument, RawJump, RawLink, RawPage, RawRole, RawStep, every_step


@dataclass(frozen=True, slots=True)
class Flow:
    """One document on its way through the links."""

    document: RawDocument
    id: str
    page: RawPage
    places: Mapping[int, Place]
    targets: Targets
    roles: Names
    numbers: Mapping[tuple[int, str], str]
    """Flow and number -> id of the step; flow 0 stands for the first one that has the number."""
    anchors: Mapping[str, str]
    """Id of a step -> its anchor."""
    after: Mapping[str, tuple[Arrow, ...]]
    """Id of a step -> arrows that other steps' `After` lines draw from it."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What one step's links come to."""

    arrows: tuple[Arrow, ...] = ()
    calls: tuple[str, ...] = ()
    hands_over: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    """The procedures, among those called or handed over to, that the step as a whole goes to: no branch of it."""
    problems: tuple[Problem, ...] = ()


def steps_of(flow: Flow) -> tuple[tuple[Step, ...], tuple[Problem, ...]]:
    """Return a document's steps with every link led to its end, and what is wrong with the links."""
    problems: list[Problem] = []
    steps = _level(flow.document.steps, flow, flow.document.order, problems, top=True)
    return steps, tuple(problems)


def numbers_of(document: RawDocument, places: Mapping[int, Place]) -> dict[tuple[int, str], str]:
    """Return the id of each step by its flow and number, and by its number alone under flow 0."""
    found: dict[tuple[int, str], str] = {}
    for step in every_step(document.steps):
        for flow in (step.flow, 0):
            found.setdefault((flow, step.number), places[id(step)].id)
    return found


def after_arrows(document: RawDocument, places: Mapping[int, Place], targets: Targets) -> dict[str, tuple[Arrow, ...]]:
    """Return the arrows that `After` and `When` lines with a link draw from other steps to theirs."""
    found: dict[str, tuple[Arrow, ...]] = {}
    for step in every_step(document.steps):
        for link in step.links:
            if link.where == "arrow" and link.label in ("after", "when"):
                target = targets.of(link, document.path)
                if target is not None and target.step and not target.dead:
                    arrow = Arrow(places[id(step)].id, None, link.line)
                    found[target.step] = (*found.get(target.step, ()), arrow)
    return found


def _level(steps: Sequence[RawStep], flow: Flow, order: Order, problems: list[Problem], top: bool) -> tuple[Step, ...]:
    """Return the steps of one level, each with its way on to the next one."""
    result: list[Step] = []
    for place, step in enumerate(steps):
        behind = steps[place + 1] if place + 1 < len(steps) and steps[place + 1].flow == step.flow else None
        follows = behind is not None and order == "sequence" and not _waits_for_others(behind)
        next_id = flow.places[id(behind)].id if behind is not None and follows else None
        result.append(_step(step, flow, next_id, behind is None and top, problems))
    return tuple(result)


def _waits_for_others(step: RawStep) -> bool:
    return any(link.where == "arrow" and link.label == "after" for link in step.links)


def _step(raw: RawStep, flow: Flow, next_id: str | None, last: bool, problems: list[Problem]) -> Step:
    place = flow.places[id(raw)]
    leads = _leads(raw, flow, next_id, last)
    problems += leads.problems
    inner_order: Order = "any" if raw.kind == "fork" else "sequence"
    inner = _level(raw.steps, flow, inner_order, problems, top=False)
    roles, unknown = _roles(raw, flow)
    problems += unknown
    after = flow.after.get(place.id, ())
    stated = {arrow.to for arrow in after}
    own = (arrow for arrow in leads.arrows if not (arrow.implied and arrow.to in stated))
    arrows = _each_once((*own, *after))
    is_process = flow.document.kind == "process"
    return Step(
        id=place.id,
        number=raw.number,
        anchor=place.anchor,
        line=raw.line,
        column=raw.column,
        end=raw.end,
        text=raw.text,
        body=raw.body,
        kind=_kind(raw, leads),
        flow=raw.flow,
        roles=roles,
        condition=raw.condition,
        optional=raw.optional,
        next=arrows,
        calls=leads.calls,
        hands_over=leads.hands_over,
        mentions=leads.mentions,
        inputs=raw.inputs,
        outputs=raw.outputs,
        records=raw.records,
        expect=raw.expect,
        within=raw.within,
        every=raw.every,
        takes=raw.takes,
        wait=raw.wait,
        hold=raw.hold,
        if_not=raw.if_not,
        warnings=raw.warnings,
        judgement=raw.judgement,
        starts_when=raw.starts_when,
        throughout=raw.throughout,
        stop=raw.stop,
        rail=_rail(raw, leads) if is_process else None,
        steps=inner,
        aliases=tuple(dict.fromkeys((*raw.written_ids[1:], *raw.heading_slugs))),
        labels=raw.labels,
    )


def _kind(raw: RawStep, leads: Leads) -> StepKind:
    if raw.kind != "task" or not leads.holds:
        return raw.kind
    return "call" if leads.holds[0] in leads.calls else "hand-over"


def _rail(raw: RawStep, leads: Leads) -> Rail | None:
    """Return what holds an activity: a procedure, somebody's judgement, or nothing that is said.

    A step that only asks, forks, waits or ends is no activity, and needs no rail.
    """
    if raw.judgement:
        return "judgement"
    if leads.holds:
        return "fixed"
    return None if raw.kind in ("decision", "fork", "wait", "end", "stop") else "unsaid"


def _roles(raw: RawStep, flow: Flow) -> tuple[tuple[RoleUse, ...], list[Problem]]:
    """Return the roles of a step: its own, else the heading's, else the document's `role`."""
    problems: list[Problem] = []
    uses = [_use(role, flow, problems) for role in raw.roles]
    own = [use for use in uses if use is not None]
    if not any(use.part in ("does", "takes part") for use in own):
        heading = flow.document.heading_role
        stated = flow.document.facts.get("role", ())
        if heading is not None:
            found = _use(RawRole(heading.name, "does", "heading", heading.line), flow, problems)
            own += [found] if found else []
        elif stated:
            name = flow.roles.find(stated[0].text)
            if name is not None:
                own.append(RoleUse(name, stated[0].text, "does", stated[0].source, stated[0].line, inherited=True))
    return tuple(own), problems


def _use(role: RawRole, flow: Flow, problems: list[Problem]) -> RoleUse | None:
    found = flow.roles.find(role.name)
    if found is not None:
        return RoleUse(found, role.name, role.part, role.source, role.line, False, role.optional)
    known = [document.title for document in flow.roles.documents]
    problems.append(
        Problem(
            "unknown-role",
            "info",
            flow.document.path,
            role.line,
            role.column,
            f"{role.name!r} is no registered role; it stays text.",
            did_you_mean(role.name, known, "Add it to `roles:` in the options, or as a page of kind role."),
        )
    )
    return None


def _leads(raw: RawStep, flow: Flow, next_id: str | None, last: bool) -> Leads:
    """Return where a step's branches, links and jumps lead."""
    arrows: list[Arrow] = []
    calls: list[str] = []
    over: list[str] = []
    mentions: list[str] = []
    problems: list[Problem] = []
    stops = raw.kind == "stop"
    for branch in raw.branches:
        _branch(
            branch, raw, flow, END if last and next_id is None else next_id, arrows, calls, over, mentions, problems
        )
    labelled = len(arrows)
    branched = len(calls), len(over)
    for link in raw.links:
        target = flow.targets.of(link, flow.document.path)
        if link.kind == "reference" and (target is None or target.dead):
            continue
        _link(link, target, raw, flow, last, arrows, calls, over, mentions, problems)
    for jump in raw.jumps:
        arrow = _jump(jump, raw, flow, problems)
        arrows += [arrow] if arrow else []
    conditional = {arrow.to for arrow in arrows[labelled:] if arrow.label}
    holds = tuple(name for name in (*calls[branched[0] :], *over[branched[1] :]) if name not in conditional)
    leaves = len(raw.branches) > 1 or stops or any(name in over for name in holds)
    leaves = leaves or any(arrow.label is None for arrow in arrows)
    if raw.kind == "end":
        leaves = True
    if not leaves and next_id is not None:
        arrows.append(Arrow(next_id, None, raw.line, implied=True))
    return Leads(
        _each_once(arrows),
        tuple(dict.fromkeys(calls)),
        tuple(dict.fromkeys(over)),
        tuple(dict.fromkeys(mentions)),
        holds,
        tuple(problems),
    )


def _each_once(arrows: Sequence[Arrow]) -> tuple[Arrow, ...]:
    found: dict[tuple[str, str | None], Arrow] = {}
    for arrow in arrows:
        found.setdefault((arrow.to, arrow.label), arrow)
    return tuple(found.values())


def _branch(
    branch: Branch,
    raw: RawStep,
    flow: Flow,
    next_id: str | None,
    arrows: list[Arrow],
    calls: list[str],
    over: list[str],
    mentions: list[str],
    problems: list[Problem],
) -> None:
    """Take one branch: to a step, to a procedure, to the end, or on to the next step."""
    found: list[Arrow] = []
    for link in branch.links:
        target = flow.targets.of(link, flow.document.path)
        if link.where == "arrow" and target is not None and (to := _step_target(target, flow)):
            found.append(Arrow(to, branch.label, branch.line))
        elif link.where == "arrow" and (name := _procedure(target, raw, flow)):
            if link.jump:
                over.append(name)
                found.append(Arrow(name, branch.label, branch.line))
            else:
                calls.append(name)
        elif link.where == "arrow" and target is not None and target.dead:
            guess = _guess(link, target, flow, problems)
            found += [Arrow(guess, branch.label, branch.line, guessed=True)] if guess else []
        elif target is not None and target.name:
            mentions.append(target.name)
    if not found:
        for jump in branch.jumps:
            arrow = _jump(jump, raw, flow, problems)
            found += [arrow] if arrow else []
    if not found and next_id is not None:
        found = [Arrow(next_id, branch.label, branch.line, implied=True)]
    arrows += found


def _link(
    link: RawLink,
    target: Target | None,
    raw: RawStep,
    flow: Flow,
    last: bool,
    arrows: list[Arrow],
    calls: list[str],
    over: list[str],
    mentions: list[str],
    problems: list[Problem],
) -> None:
    """Take one link of a step's sentence, lines or body."""
    if target is None:
        return
    if link.where == "arrow" and link.label in ("after", "when"):
        mentions += [target.name] if target.name else []
        return
    label = link.label or (raw.condition if link.jump else None)
    if link.where == "arrow" and (to := _step_target(target, flow)):
        arrows.append(Arrow(to, label, link.line))
        return
    if link.where == "arrow" and target.dead and target.path:
        guess = _guess(link, target, flow, problems)
        arrows += [Arrow(guess, label, link.line, guessed=True)] if guess else []
        return
    procedure = _procedure(target, raw, flow) if link.where in ("call", "arrow") else None
    if procedure is not None and link.where == "arrow":
        over.append(procedure)
        arrows += [Arrow(procedure, label, link.line)] if label else []
    elif procedure is not None and last and flow.document.kind != "process":
        over.append(procedure)
    elif procedure is not None:
        calls.append(procedure)
    elif target.name and target.name != flow.id:
        mentions.append(target.name)


def _step_target(target: Target, flow: Flow) -> str | None:
    """Return where an arrow to a step points: its id, or `document#step`."""
    if target.step is None or target.dead or target.document is None:
        return None
    return target.step if target.document == flow.id else f"{target.document}#{target.step}"


def _procedure(target: Target | None, raw: RawStep, flow: Flow) -> str | None:
    """Return the procedure or process with steps that a link leads to, other than the document itself."""
    if target is None or target.step is not None or not target.path:
        return None
    here = flow.targets.documents.get(target.path, ())
    fits = [(name, document) for name, document in here if document.steps and document.kind in ("process", "procedure")]
    if target.document is not None:
        fits = [(name, document) for name, document in fits if name == target.document]
    if len(fits) > 1:
        fits = _of_same_role(fits, raw, flow)
    return fits[0][0] if len(fits) == 1 and fits[0][0] != flow.id else None


def _of_same_role(fits: Sequence[tuple[str, RawDocument]], raw: RawStep, flow: Flow) -> list[tuple[str, RawDocument]]:
    """Return those of a page's procedures that are for the role that does the step."""
    own = {flow.roles.find(role.name) for role in raw.roles if role.part == "does"}
    if flow.document.heading_role is not None:
        own.add(flow.roles.find(flow.document.heading_role.name))
    own.discard(None)
    return [
        (name, document)
        for name, document in fits
        if document.heading_role is not None and flow.roles.find(document.heading_role.name) in own
    ]


def _jump(jump: RawJump, raw: RawStep, flow: Flow, problems: list[Problem]) -> Arrow | None:
    """Return a jump in words as an arrow: to the end, or guessed, to the step with the number."""
    if not jump.number:
        return Arrow(END, jump.label, jump.line)
    target = flow.numbers.get((raw.flow, jump.number)) or flow.numbers.get((0, jump.number))
    if target is None:
        message = f"There is no step {jump.number} to go to."
        problems.append(
            Problem(
                "dead-jump",
                "warning",
                flow.document.path,
                jump.line,
                jump.column,
                message,
                "Link the step: `[Freeze](#freeze)`.",
            )
        )
        return None
    message = f"`step {jump.number}` is only a number; it will point elsewhere when a step is added."
    problems.append(
        Problem(
            "guessed-arrow",
            "info",
            flow.document.path,
            jump.line,
            jump.column,
            message,
            f"Link the step: `[...](#{flow.anchors[target]})`.",
        )
    )
    return Arrow(target, jump.label, jump.line, guessed=True)


def _guess(link: RawLink, target: Target, flow: Flow, problems: list[Problem]) -> str | None:
    """Return the step that a dead anchor most likely means; the problem itself is reported with the link."""
    anchor = link.target.partition("#")[2] or link.target
    document = target.document if target.document else flow.id
    known = sorted(flow.targets.steps.get(document, ()))
    close = difflib.get_close_matches(anchor.casefold(), known, n=1, cutoff=0.6)
    number = next(iter(_digits(link.text)), None)
    found = close[0] if close else flow.numbers.get((1, number)) if number else None
    return found if found is None or document == flow.id else f"{document}#{found}"


def _digits(text: str) -> Iterator[str]:
    yield from (word.strip(".,") for word in text.split() if word.strip(".,").replace(".", "").isdigit())
