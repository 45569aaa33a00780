"""The drawing that a fenced block `flow` asks for."""

from __future__ import annotations

from handrail.flows import flow_words
from handrail.flows.blocks import asked_flow
from handrail.model import AskedBlock
from handrail.pages.drawings import drawn_flow
from handrail.pages.flows import flow_name, flow_url, opening_graph
from handrail.pages.site import View
from handrail.problems import Problem
from handrail.render import rendered


def flow_block_html(block: AskedBlock, path: str, number: int, view: View) -> str | Problem:
    """Return the drawing that a block asks for, or what is wrong with the block."""
    asked = asked_flow(block, path, view.handbook, view.url, flow_words(view.site.words.site))
    if isinstance(asked, Problem):
        return asked
    graph = opening_graph(asked.document, view) if asked.whole else asked.graph
    href = view.url(flow_name(asked.document.id))
    below = None if href or asked.whole else flow_url(asked.document, view)
    drawn = drawn_flow(graph, view.site, f"handrail-flow-{number}")
    own, say = view.site.own_templates, view.site.say
    return rendered("flow_block", own, say=say, document=asked.document, drawn=drawn, href=href, below=below)
