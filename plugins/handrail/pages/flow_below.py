"""The drawing of a procedure that branches, below its steps."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model import Document
from handrail.pages.drawings import Drawn, as_id, drawn_flow
from handrail.pages.flow_files import download_links
from handrail.pages.flows import TOGETHER, flow_name, opening_graph, together_graph
from handrail.pages.site import View
from handrail.pages.wording import Link
from handrail.render import rendered


def flow_under_steps(document: Document, view: View) -> str:
    """Return the drawing of a procedure that branches, to stand under its steps; block-level HTML.

    Where the flow has a page of its own, that is linked, and has the downloads.
    """
    return "".join(
        rendered(
            "flow_under_steps",
            view.site.own_templates,
            say=view.site.say,
            document=document,
            drawn=drawn,
            href=href,
            downloads=downloads,
        )
        for drawn, href, downloads in _drawings(document, view)
    )


def _drawings(document: Document, view: View) -> Iterator[tuple[Drawn, str | None, tuple[Link, ...]]]:
    """Yield each drawing with the address of its page, or with its downloads."""
    if document.kind == "procedure" and document.id in view.site.flow_files:
        href = view.url(flow_name(document.id))
        downloads = download_links(document, view) if href is None else ()
        yield drawn_flow(opening_graph(document, view), view.site), href, downloads
    if document.id in view.site.side_by_side:
        drawn = drawn_flow(together_graph(document.id, view), view.site, f"handrail-{TOGETHER}-{as_id(document.id)}")
        yield drawn, view.url(flow_name(document.id, TOGETHER)), ()
