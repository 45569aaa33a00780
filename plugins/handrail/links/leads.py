"""What the links, branches and jumps of one step come to: arrows, calls, hand-overs and mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Literal

from handrail.dataclass import dataclass
from handrail.links.ids import Place
from handrail.links.names import Names
from handrail.links.targets import Target, Targets
from handrail.model import END, Arrow
from handrail.problems import Problem, nearest
from handrail.reader.raw import Branch, RawDocument, RawJump, RawLink, RawPage, RawStep

WRITTEN_NUMBER = re.compile(r"\W*(?:[^\W\d_]+\s+)?\d{1,3}\b")
"""A number at the head of a step that somebody wrote by hand."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One document on its way through the links."""

    document: RawDocument
    id: str
    page: RawPage
    places: Mapping[int, Place]
    targets: Targets
    roles: Names
    records: Names
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


@dataclass(slots=True)
class _Gathered:
    """One step's links, taken one by one; what they come to so far."""

    raw: RawStep
    flow: Flow
    arrows: list[Arrow] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def branch(self, branch: Branch, next_id: str | None) -> None:
        """Take one branch: to a step, to a procedure, to the end, or on to the next step."""
        before = len(self.arrows)
        for link in branch.links:
            self._branch_link(link, branch)
        if len(self.arrows) == before:
            for jump in branch.jumps:
                self.jump(jump)
        if len(self.arrows) == before and next_id is not None:
            self.arrows.append(Arrow(next_id, branch.label, branch.line, implied=True))

    def _branch_link(self, link: RawLink, branch: Branch) -> None:
        target = self.target(link)
        if target is None:
            return
        if link.where != "arrow":
            self._mention(target)
        elif to := _step_target(target, self.flow):
            self.arrows.append(Arrow(to, branch.label, branch.line))
        elif name := _procedure(target, self.raw, self.flow):
            if link.jump:
                self.over.append(name)
                self.arrows.append(Arrow(name, branch.label, branch.line))
            else:
                self.calls.append(name)
        elif target.dead:
            self._guess(link, target, branch.label, branch.line)
        else:
            self._mention(target)

    def link(self, link: RawLink, last: bool) -> None:
        """Take one link of the step's sentence, lines or body; `last` says that no step comes after it."""
        target = self.target(link)
        if target is None or (link.kind == "reference" and target.dead):
            return
        if link.where == "arrow" and link.label in ("after", "when"):
            self._mention(target)
            return
        label = link.label or (self.raw.condition if link.jump else None)
        if link.where == "arrow" and (to := _step_target(target, self.flow)):
            self.arrows.append(Arrow(to, label, link.line))
        elif link.where == "arrow" and target.dead and target.path:
            self._guess(link, target, label, link.line)
        elif link.where in ("call", "arrow") and (name := _procedure(target, self.raw, self.flow)):
            self._procedure_link(link, name, label, last)
        elif target.name != self.flow.id:
            self._mention(target)

    def _procedure_link(self, link: RawLink, name: str, label: str | None, last: bool) -> None:
        if link.where == "arrow":
            self.over.append(name)
            self.arrows += [Arrow(name, label, link.line)] if label else []
        elif last and self.flow.document.kind != "process":
            self.over.append(name)
        else:
            self.calls.append(name)

    def jump(self, jump: RawJump) -> None:
        """Take a jump in words: to the end, or guessed, to the step with the number."""
        if not jump.number:
            self.arrows.append(Arrow(END, jump.label, jump.line))
            return
        if not _shows_numbers(self.flow.document):
            message = f"These steps are bullets without numbers, so `step {jump.number}` is none of them."
            self._problem("dead-jump", "info", jump, message, "Link the step that is meant.")
            return
        numbers = self.flow.numbers
        target = numbers.get((self.raw.flow, jump.number)) or numbers.get((0, jump.number))
        if target is None:
            message = f"There is no step {jump.number} to go to."
            self._problem("dead-jump", "warning", jump, message, "Link the step: `[Freeze](#freeze)`.")
            return
        message = f"`step {jump.number}` is only a number; it will point elsewhere when a step is added."
        mend = f"Link the step: `[...](#{self.flow.anchors[target]})`."
        self._problem("guessed-arrow", "info", jump, message, mend)
        self.arrows.append(Arrow(target, jump.label, jump.line, guessed=True))

    def target(self, link: RawLink) -> Target | None:
        return self.flow.targets.of(link, self.flow.document.path)

    def _mention(self, target: Target) -> None:
        if target.name:
            self.mentions.append(target.name)

    def _guess(self, link: RawLink, target: Target, label: str | None, line: int) -> None:
        """Take a link to a dead anchor for the step that it most likely means."""
        to = _guessed(link, target, self.flow)
        if to is not None:
            self.arrows.append(Arrow(to, label, line, guessed=True))

    def _problem(self, rule: str, level: Literal["warning", "info"], jump: RawJump, message: str, mend: str) -> None:
        path = self.flow.document.path
        self.problems.append(Problem(rule, level, path, jump.line, jump.column, message, mend))


def _shows_numbers(document: RawDocument) -> bool:
    """Whether the steps of a document have numbers that a reader sees: bullets have none, unless they are written."""
    return document.form != "bullets" or any(WRITTEN_NUMBER.match(step.body) for step in document.steps)


def leads_of(raw: RawStep, flow: Flow, next_id: str | None, last: bool) -> Leads:
    """Return where a step's branches, links and jumps lead; `last` says that no step of the document comes after it."""
    gathered = _Gathered(raw, flow)
    for branch in raw.branches:
        gathered.branch(branch, END if last and next_id is None else next_id)
    arrows, calls, over = len(gathered.arrows), len(gathered.calls), len(gathered.over)
    for link in raw.links:
        gathered.link(link, last)
    for jump in raw.jumps:
        gathered.jump(jump)
    conditional = {arrow.to for arrow in gathered.arrows[arrows:] if arrow.label}
    held = (*gathered.calls[calls:], *gathered.over[over:])
    holds = tuple(name for name in held if name not in conditional)
    if next_id is not None and not _leaves(gathered, holds):
        gathered.arrows.append(Arrow(next_id, None, raw.line, implied=True))
    return Leads(
        each_once(gathered.arrows),
        tuple(dict.fromkeys(gathered.calls)),
        tuple(dict.fromkeys(gathered.over)),
        tuple(dict.fromkeys(gathered.mentions)),
        holds,
        tuple(gathered.problems),
    )


def _leaves(gathered: _Gathered, holds: Sequence[str]) -> bool:
    """Whether a step never goes on to the next one by itself."""
    raw = gathered.raw
    if len(raw.branches) > 1 or raw.kind in ("end", "stop"):
        return True
    return any(name in gathered.over for name in holds) or any(arrow.label is None for arrow in gathered.arrows)


def each_once(arrows: Sequence[Arrow]) -> tuple[Arrow, ...]:
    """Return the arrows without those that lead where an earlier one with the same label leads."""
    found: dict[tuple[str, str | None], Arrow] = {}
    for arrow in arrows:
        found.setdefault((arrow.to, arrow.label), arrow)
    return tuple(found.values())


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


def _guessed(link: RawLink, target: Target, flow: Flow) -> str | None:
    """Return the step that a dead anchor most likely means."""
    anchor = link.target.partition("#")[2] or link.target
    document = target.document if target.document else flow.id
    close = nearest(anchor, flow.targets.steps.get(document, ()))
    number = next(iter(_digits(link.text)), None)
    found = close if close else flow.numbers.get((1, number)) if number else None
    return found if found is None or document == flow.id else f"{document}#{found}"


def _digits(text: str) -> Iterator[str]:
    yield from (word.strip(".,") for word in text.split() if word.strip(".,").replace(".", "").isdigit())
