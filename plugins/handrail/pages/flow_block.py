"""What a fenced block `flow` shows: a drawing, or what is wrong with the block."""

from __future__ import annotations

from handrail.flows.blocks import asked_flow
from handrail.model import FlowBlock
from handrail.pages.drawings import drawn_flow, flow_words
from handrail.pages.flows import flow_name, has_flow_page, opening_graph
from handrail.pages.site import View
from handrail.problems import Problem
from handrail.render import rendered


def flow_block_html(block: FlowBlock, path: str, number: int, view: View) -> tuple[str, Problem | None]:
    """Return the drawing that a block asks for, and what is wrong with the block; block-level HTML.

    `number` counts the blocks of a page, so that it can show a flow twice.
    """
    asked = asked_flow(block, path, view.handbook, view.url, flow_words(view.site))
    if isinstance(asked, Problem):
        return _rendered("flow_wrong", view, problem=asked), asked
    graph = opening_graph(asked.document, view) if asked.whole else asked.graph
    href = view.url(flow_name(asked.document.id)) if has_flow_page(asked.document) else None
    drawn = drawn_flow(graph, view.site, f"handrail-flow-{number}")
    return _rendered("flow_block", view, document=asked.document, drawn=drawn, href=href), None


def _rendered(template: str, view: View, **values: object) -> str:
    return rendered(template, view.site.own_templates, say=view.site.say, **values)
