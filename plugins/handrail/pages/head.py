"""What stands right under the title of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from itertools import chain

from handrail.index import title_of
from handrail.matrices import matrix_name
from handrail.model import Document
from handrail.pages.controlled import controlled_facts, out_of_force, successors_of, watermark
from handrail.pages.duties import made_in, used_in_steps
from handrail.pages.facts import control_facts, opening_facts, working_facts
from handrail.pages.flows import small_flow
from handrail.pages.procedure import homes_of, taking_part
from handrail.pages.process import activities_of, counts_of, warnings_of
from handrail.pages.site import View
from handrail.render import rendered


def document_head(document: Document, view: View) -> str:
    """Return the block under a document's title; block-level HTML."""
    control = control_facts(document, view)
    return rendered(
        "document_head",
        view.site.own_templates,
        document=document,
        say=view.site.say,
        title=title_of(document, view.site),
        banner=out_of_force(document),
        successors=successors_of(document, view),
        controlled=controlled_facts(document, control, view.site),
        watermark=watermark(document, view.site),
        working=working_facts(document, view),
        control=control,
        run=_run(document, view),
        **_OF_KIND[document.kind](document, view),
    )


def _process(document: Document, view: View) -> Mapping[str, object]:
    activities = activities_of(document, view)
    return {
        "raci": view.url(matrix_name(document.id)) if document.id in view.site.manned else None,
        "opening": opening_facts(document, view),
        "activities": activities,
        "counts": counts_of(activities),
        "warnings": warnings_of(document, activities, view),
        "flow": small_flow(document, view),
    }


def _procedure(document: Document, view: View) -> Mapping[str, object]:
    return {"homes": homes_of(document, view), "taking": taking_part(document, view)}


def _role(document: Document, view: View) -> Mapping[str, object]:
    return {}


def _record(document: Document, view: View) -> Mapping[str, object]:
    return {"made": made_in(document, view), "used": used_in_steps(document, view)}


_OF_KIND: Mapping[str, Callable[[Document, View], Mapping[str, object]]] = {
    "process": _process,
    "procedure": _procedure,
    "role": _role,
    "record": _record,
}


def _run(document: Document, view: View) -> Mapping[str, str] | None:
    """Return what the script needs to let a reader tick off steps; None where there is nothing to tick off."""
    if document.kind != "procedure" or not document.steps or not view.site.options.runs:
        return None
    return {
        "handbook": view.site.name,
        "hash": steps_hash(document),
        "revision": _revision(view),
        "words": view.site.run_words,
    }


def _revision(view: View) -> str:
    """Return the commit that the steps are of, with a `+` where their files were changed since; empty if not known."""
    revision = view.site.stamp.revision if view.site.stamp is not None else None
    return f"{revision.short}{'+' if revision.changed else ''}" if revision is not None else ""


def steps_hash(document: Document) -> str:
    """Return a short hash of a document's steps: of their ids and all that they say."""
    parts = chain.from_iterable((step.id, step.text, step.body) for step in document.all_steps())
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:12]
