"""All processes as tiles by area, and for each of them its neighbours: who hands what to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handrail.dataclass import dataclass
from handrail.flows.handovers import HandOver, IdleRecord, idle_records
from handrail.graph import Edge, Graph, Node
from handrail.index import by_title, clipped, title_of
from handrail.model import Document, Rail
from handrail.pages.drawings import Drawn, drawn_flow
from handrail.pages.flows import flow_name
from handrail.pages.process import activities_of, counts_of
from handrail.pages.site import Site, View
from handrail.pages.wording import Link, counted, document_link, id_link, role_link

_LABEL = 60


@dataclass(frozen=True, slots=True)
class Passed:
    """One thing that is handed over."""

    what: Link
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another process, and what it gives or takes."""

    gives: bool
    process: Link
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A process's neighbours, in a table and in a drawing."""

    rows: tuple[Neighbour, ...]
    drawn: Drawn | None
    unconfirmed: bool
    """Whether anything in it stands on equal names alone."""


def neighbours_of(process: Document, view: View) -> Neighbours:
    """Return what a process receives from whom, and hands to whom."""
    overs = [over for over in view.site.hand_overs if process.id in (over.giver, over.taker)]
    received = _by_process((over.giver, over) for over in overs if over.taker == process.id)
    handed = _by_process((over.taker, over) for over in overs if over.giver == process.id)
    rows = [_row(name, them, True, view) for name, them in received.items()]
    rows += [_row(name, them, False, view) for name, them in handed.items()]
    drawn = drawn_flow(_graph(process, received, handed, view), view.site, "handrail-neighbours") if overs else None
    return Neighbours(tuple(rows), drawn, any(not over.confirmed for over in overs))


def _by_process(pairs: Iterable[tuple[str, HandOver]]) -> Mapping[str, list[HandOver]]:
    found: dict[str, list[HandOver]] = {}
    for name, over in pairs:
        found.setdefault(name, []).append(over)
    return found


def _row(name: str, overs: Iterable[HandOver], gives: bool, view: View) -> Neighbour:
    return Neighbour(gives, id_link(name, view), tuple(Passed(_what(over, view), over.confirmed) for over in overs))


def _what(over: HandOver, view: View) -> Link:
    text = over.what or view.site.words.site["flow.work"]
    return Link(text, id_link(over.record, view).href if over.record else None)


def _graph(
    process: Document, received: Mapping[str, list[HandOver]], handed: Mapping[str, list[HandOver]], view: View
) -> Graph:
    """Return the neighbours as a graph: those that give above, those that take below."""
    title = view.site.words.site["flow.neighbours.of"].format(title=title_of(process, view.site))
    givers = [_node(name, f"{name}#gives", view) for name in received]
    takers = [_node(name, f"{name}#takes", view) for name in handed]
    own = Node(process.id, title_of(process, view.site), "call", href=view.url(process.id) or "")
    edges = [_edge(node.id, own.id, overs, view) for node, overs in zip(givers, received.values(), strict=True)]
    edges += [_edge(own.id, node.id, overs, view) for node, overs in zip(takers, handed.values(), strict=True)]
    return Graph(f"{process.id}-neighbours", title, (), (*givers, own, *takers), tuple(edges))


def _node(name: str, node: str, view: View) -> Node:
    process = view.handbook.documents[name]
    return Node(node, title_of(process, view.site), href=view.url(flow_name(name)) or view.url(name) or "")


def _edge(source: str, target: str, overs: Iterable[HandOver], view: View) -> Edge:
    them = list(overs)
    label = clipped(", ".join(dict.fromkeys(_what(over, view).text for over in them)), _LABEL)
    return Edge(source, target, label, guessed=not any(over.confirmed for over in them))


# ---- the landscape ----


@dataclass(frozen=True, slots=True)
class Tile:
    """One process on the landscape."""

    process: Link
    owner: tuple[Link, ...]
    status: str | None
    status_text: str | None
    counts: Mapping[Rail, int]
    flow: str | None
    """Where its flow is drawn."""
    neighbours: str


def landscape(view: View) -> Mapping[str, object]:
    """Return the processes by area, and the records that do not pass from hand to hand."""
    areas: dict[str, list[Tile]] = {}
    for process in by_title(view.handbook.processes, view.site):
        areas.setdefault(view.site.area(process), []).append(_tile(process, view))
    names = sorted(areas, key=str.casefold)
    words = view.site.words.site
    idle = [(id_link(record.record, view), words[_idle(record)]) for record in idle_records(view.handbook)]
    return {
        "areas": [(f"area-{number}", name, areas[name]) for number, name in enumerate(names, 1)],
        "idle": sorted(idle, key=lambda row: (row[0].text.casefold(), row[1])),
    }


def _idle(record: IdleRecord) -> str:
    if record.made:
        return "landscape.nobody_takes"
    return "landscape.nobody_makes" if record.taken else "landscape.nobody"


def _tile(process: Document, view: View) -> Tile:
    site = view.site
    status = process.fact("status")
    return Tile(
        document_link(process, view),
        tuple(role_link(name, view) for name in process.values("owner")),
        status,
        site.words.site.get(f"value.{status}", status) if status else None,
        counts_of(activities_of(process, view)),
        view.url(flow_name(process.id)) if process.steps else None,
        _neighbour_count(process, site),
    )


def _neighbour_count(process: Document, site: Site) -> str:
    """Return how many other processes give to a process or take from it, in words; empty for none."""
    ends = {(over.giver, over.taker) for over in site.hand_overs if process.id in (over.giver, over.taker)}
    others = {name for pair in ends for name in pair} - {process.id}
    return counted(site, "landscape.handovers", len(others)) if others else ""
