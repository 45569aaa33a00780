"""The command `flow`: one document's steps, drawn, in words, or for another program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Unpack

import click

from handrail.cli.asked import ReadFrom, settings_asked, source_options
from handrail.cli.output import print_report
from handrail.drawing import LIGHT, PAGE, Palette, drawing_words, drawn
from handrail.flows import FlowWords, around, bpmn_of, flow_json, flow_words, graph_of, in_words, mermaid_of, of_lane
from handrail.graph import Graph
from handrail.handbook import read_folder
from handrail.model import Handbook
from handrail.problems import HandrailError, did_you_mean

_PALETTES: Mapping[str, Palette] = {"plain": LIGHT, "page": PAGE}
_FORMATS: Mapping[str, Callable[[Graph, Palette, Mapping[str, str]], str]] = {
    "svg": lambda graph, palette, said: drawn(graph, palette, drawing_words(said)),
    "text": lambda graph, palette, said: in_words(graph, flow_words(said)).text,
    "mermaid": lambda graph, palette, said: mermaid_of(graph),
    "bpmn": lambda graph, palette, said: bpmn_of(graph, flow_words(said)),
    "json": lambda graph, palette, said: flow_json(graph),
}
"""Each format of a flow, given what the handbook's language says."""


@click.command()
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--role", metavar="ROLE", help="Only what this role does, and its neighbours.")
@click.option("--around", "step", metavar="STEP", help="Only this step and its neighbours.")
@click.option("--depth", type=click.IntRange(1, 9), default=1, show_default=True, help="Levels of steps to show.")
@click.option("--colours", type=click.Choice(list(_PALETTES)), default="plain", show_default=True,
              help="Of an SVG: plain colours, or the variables of a page.")  # fmt: skip
@source_options
def flow(name: str, form: str, as_json: bool, role: str | None, step: str | None, depth: int, colours: str,
         **source: Unpack[ReadFrom]) -> int:  # fmt: skip
    """Show the flow of a process or procedure by its ID.

    \b
    Examples:
      handrail flow release
      handrail flow release --format svg > release.svg
      handrail flow release --format bpmn > release.bpmn
    """
    settings = settings_asked(source)
    handbook, said = read_folder(settings), settings.options.recognised().site
    graph = _part(_graph(name, handbook, flow_words(said), depth), handbook, role, step)
    chosen = "json" if as_json else form
    print_report(_FORMATS[chosen](graph, _PALETTES[colours], said), data=chosen != "text")
    return 0


def _graph(name: str, handbook: Handbook, words: FlowWords, depth: int) -> Graph:
    document = handbook.documents.get(name) or handbook.documents.get(name.casefold())
    if document is None or document.kind not in ("process", "procedure"):
        known = [document.id for document in (*handbook.processes, *handbook.procedures)]
        raise HandrailError(f"There is no process or procedure `{name}`. "
                            f"{did_you_mean(name, known, 'List them with `handrail read`.')}")  # fmt: skip
    return graph_of(document, handbook, lambda target: None, words, depth)


def _part(graph: Graph, handbook: Handbook, role: str | None, step: str | None) -> Graph:
    """Return what was asked for of a flow."""
    if role is not None:
        lanes = {lane.title.casefold(): lane.id for lane in graph.lanes} | {lane.id: lane.id for lane in graph.lanes}
        lane = lanes.get(role.casefold())
        if lane is None:
            raise HandrailError(f"No lane is {role}'s. {did_you_mean(role, lanes, 'See `handrail flow ID`.')}")
        graph = of_lane(graph, lane)
    if step is not None:
        known = [node.id for node in graph.nodes]
        if step not in known:
            raise HandrailError(f"There is no step `{step}`. {did_you_mean(step, known, 'See `handrail flow ID`.')}")
        graph = around(graph, step)
    return graph
