"""A flow as a graph: its lanes, its nodes in the author's order, and the edges between them."""

from __future__ import annotations

from typing import Literal

from handrail.dataclass import dataclass
from handrail.model import Rail

NodeKind = Literal[
    "start",
    "task",
    "decision",
    "hold",
    "wait",
    "call",
    "hand-over",
    "fork",
    "join",
    "judgement",
    "any",
    "ongoing",
    "end",
    "stop",
]


@dataclass(frozen=True, slots=True)
class Lane:
    """The part of a flow that one role does."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Node:
    """A step, or what prose leaves out: a start, an end, a fork, a join."""

    id: str
    """The step's id, unique within its flow."""
    title: str
    kind: NodeKind = "task"
    lane: str | None = None
    """A lane's id; absent where the text names no role."""
    number: str = ""
    """For display only."""
    href: str = ""
    """Where the step or the procedure that it calls stands, as seen from the page of the drawing."""
    rail: Rail | None = None
    """Absent where the question does not arise, as in a procedure."""
    risk: Literal["high"] | None = None
    tooltip: str = ""
    """What the drawing says on hovering and to a screen reader, besides the title."""
    asks: str = ""
    """What has to be judged where more than one way leads on: a question, or what is expected."""
    within: str = ""
    """The deadline, as written."""
    pause: str = ""
    """What holds the work up, as written: a wait, a release, or whom a stop informs."""
    calls: tuple[str, ...] = ()
    """Ids of the procedures that it calls or hands over to."""
    members: tuple[Node, ...] = ()
    """The steps inside a box of work in any order."""
    room: tuple[int, int] | None = None
    """The width and height that it takes, where its words do not decide that."""


def unguarded(node: Node) -> bool:
    """Whether the node, or a step inside it, is an activity of high risk that no procedure holds."""
    own = node.risk == "high" and node.rail not in ("fixed", None)
    return own or any(unguarded(member) for member in node.members)


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a node leads."""

    source: str
    target: str
    label: str = ""
    guessed: bool = False
    """Whether it stands on words that name no step for sure."""


@dataclass(frozen=True, slots=True)
class Graph:
    """One flow, ready to be drawn, told in words or exchanged."""

    id: str
    title: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    """In the author's order."""
    edges: tuple[Edge, ...]
    description: str = ""
