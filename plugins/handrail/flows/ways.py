"""The ways between the nodes: where each step leads, forks and joins, starts and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from handrail.dataclass import dataclass
from handrail.flows.context import Context, hidden_steps
from handrail.flows.nodes import hands_on, is_only_an_end, kind_of
from handrail.model import END, Arrow, Step

Leads = Literal["step", "end", "elsewhere", "bar"]


@dataclass(frozen=True, slots=True)
class Way:
    """An edge that still knows why it is there."""

    source: str
    target: str
    leads: Leads = "step"
    label: str = ""
    guessed: bool = False
    waited_for: bool = False
    """Whether the step that it leads to says so: it comes after the one that it leads from."""


def ways_of(steps: Sequence[Step], context: Context) -> tuple[Way, ...]:
    """Return every way out of some steps that follow each other."""
    found = _level(steps, 1, None, context)
    return tuple(dict.fromkeys(_with_bars(tuple(dict.fromkeys(found)))))


def _level(steps: Sequence[Step], level: int, onward: tuple[Way, ...] | None, context: Context) -> Iterator[Way]:
    """Yield the ways of one level; a step that says nothing else goes onward, or else ends the flow."""
    for step in steps:
        own = tuple(_own(step, onward, context))
        inner = context.inner(step, level)
        yield from _hidden(step, inner, context)
        if not inner:
            yield from own
        elif step.kind == "fork":
            yield from _fork(step, inner, level, own, context)
        else:
            yield Way(step.id, inner[0].id)
            yield from _level(inner, level + 1, own, context)


def _fork(step: Step, inner: Sequence[Step], level: int, own: tuple[Way, ...], context: Context) -> Iterator[Way]:
    """Yield the ways of a fork: all branches at once, and on from where they have come together."""
    is_bar = kind_of(step) == "fork"
    bar, join = step.id if is_bar else f"{step.id}#fork", f"{step.id}#join"
    if not is_bar:
        yield Way(step.id, bar, "bar")
    yield from (Way(bar, branch.id) for branch in inner)
    inside = tuple(_level(inner, level + 1, (Way("", join, "bar"),), context))
    yield from inside
    if any(way.target == join for way in inside):
        yield from (replace(way, source=join) for way in own)


def _own(step: Step, onward: tuple[Way, ...] | None, context: Context) -> Iterator[Way]:
    """Yield the ways that a step states, and its way onward where it does not leave for good."""
    if kind_of(step) == "stop" or is_only_an_end(step):
        return
    for arrow in step.next:
        if context.shown.get(arrow.to) != step.id or arrow.to == step.id:
            yield _way(step, arrow, context)
    if kind_of(step) == "hand-over":
        return
    yield from (Way(step.id, _elsewhere(name, context), "elsewhere") for name in hands_on(step))
    if not _leaves(step):
        if onward is None:
            yield Way(step.id, f"{step.id}#end", "end")
        else:
            yield from (replace(way, source=step.id) for way in onward)


def _leaves(step: Step) -> bool:
    """Whether a step says for every case where it leads."""
    if step.kind == "decision" and len(step.next) > 1:
        return True
    return bool(hands_on(step)) or any(arrow.label is None for arrow in step.next)


def _way(step: Step, arrow: Arrow, context: Context) -> Way:
    source = context.shown[step.id]
    target, leads = _goal(step, arrow, source, context)
    waited_for = arrow.label is None and not step.line <= arrow.line <= step.end
    return Way(source, target, leads, arrow.label or "", arrow.guessed, waited_for)


def _goal(step: Step, arrow: Arrow, source: str, context: Context) -> tuple[str, Leads]:
    """Return the node that an arrow leads to."""
    over = arrow.to in step.hands_over and arrow.label is not None
    if arrow.to in context.shown and not over:
        return context.shown[arrow.to], "step"
    if arrow.to == END:
        return f"{source}#end", "end"
    return _elsewhere(arrow.to, context), "elsewhere"


def _elsewhere(name: str, context: Context) -> str:
    """Return the node's id of another document or its step: its own, where no step here has that id."""
    taken = name.partition("#")[0] in context.shown
    return f"{name}#elsewhere" if taken else name


def _hidden(step: Step, inner: Sequence[Step], context: Context) -> Iterator[Way]:
    """Yield the ways that sub-steps without a node state; the step around them has these ways."""
    for hidden in hidden_steps(step, inner):
        source = context.shown[hidden.id]
        said = hidden.condition or hidden.number
        if hidden.kind == "stop":
            yield Way(step.id, hidden.id, label=said)
            continue
        for arrow in hidden.next:
            way = _way(hidden, arrow, context)
            if not arrow.implied and way.target != source:
                yield replace(way, label=way.label or said)
        for name in hands_on(hidden):
            yield Way(source, _elsewhere(name, context), "elsewhere", said)


def _with_bars(ways: Sequence[Way]) -> Iterator[Way]:
    """Yield the ways with a bar where one step is followed by several at once, or waits for several."""
    plain = Counter(way.source for way in ways if not way.label)
    splits = {way.source for way in ways if way.waited_for and plain[way.source] > 1}
    waits = Counter(way.target for way in ways if way.waited_for)
    for way in ways:
        source, target, leads = way.source, way.target, way.leads
        if source in splits and not way.label:
            source = f"{source}#split"
            yield Way(way.source, source, "bar")
        if way.waited_for and waits[target] > 1:
            target, leads = f"{target}#wait", "bar"
            yield Way(target, way.target)
        is_bare = source == way.source and target == way.target
        yield way if is_bare else replace(way, source=source, target=target, leads=leads)
