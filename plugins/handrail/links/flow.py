"""A document's steps with every link led to its end: arrows, calls, hand-overs, roles and rails."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from handrail.links.ids import Place
from handrail.links.leads import Flow, Leads, each_once, leads_of
from handrail.links.targets import Targets
from handrail.model import Arrow, Order, Rail, RoleUse, Step, StepKind
from handrail.problems import Problem, did_you_mean
from handrail.reader.doers import REGISTER_IT
from handrail.reader.raw import RawDocument, RawRole, RawStep, every_step


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
    leads = leads_of(raw, flow, next_id, last)
    problems += leads.problems
    inner_order: Order = "any" if raw.kind == "fork" else "sequence"
    inner = _level(raw.steps, flow, inner_order, problems, top=False)
    roles, unknown = _roles(raw, flow)
    problems += unknown
    after = flow.after.get(place.id, ())
    stated = {arrow.to for arrow in after}
    own = (arrow for arrow in leads.arrows if not (arrow.implied and arrow.to in stated))
    arrows = each_once((*own, *after))
    is_process = flow.document.kind == "process"
    return Step(
        id=place.id,
        number=sys.intern(raw.number),  # each number once, and not once for each step
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
        inputs=flow.records.in_states(raw.inputs),
        outputs=flow.records.in_states(raw.outputs),
        records=flow.records.in_states(raw.records),
        clauses=raw.clauses,
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
            did_you_mean(role.name, known, REGISTER_IT),
        )
    )
    return None
