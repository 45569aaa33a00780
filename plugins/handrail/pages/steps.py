"""The small lines at one step: what the author's own words there do not show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from handrail.dataclass import dataclass
from handrail.index import clipped
from handrail.model import Document, Part, Step
from handrail.pages.site import View
from handrail.pages.wording import Link, counted, id_link
from handrail.render import escape, rendered

_IN_SIGHT = ("lead", "subject", "cell", "line", "table")
"""Where a text says a role so near to the step's sentence that the eye finds it there."""


_OPEN_NOTE = re.compile(r"[ \t>]*(?:!!!|\?\?\?\+|\[!)")
"""How a note begins that nobody has to open."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A role at a step."""

    role: Link
    part: Part
    optional: bool


@dataclass(frozen=True, slots=True)
class Tools:
    """What stands behind a step's sentence beside the link to it."""

    rail: str | None
    """What holds it; None where nothing is said of that."""
    initials: bool
    """Whether who does it signs for it on paper."""
    calls: str
    """How many steps the procedures have that it calls."""
    hands_over: str
    """How many steps those have that take over."""


def step_head(step: Step, document: Document, view: View) -> str:
    """Return what stands before a step's sentence; inline HTML, empty where there is nothing to add."""
    values = {"chips": _chips(step, document, view), "warnings": _warnings(step, document)}
    if not any(values.values()):
        return ""
    return rendered("step_head", view.site.own_templates, step=step, document=document, say=view.site.say, **values)


def _chips(step: Step, document: Document, view: View) -> tuple[Chip, ...]:
    """Return the roles that the step's own words do not show, unless they are the same all along."""
    if document.kind == "process":
        return ()
    alike = document.id in view.site.alone
    hidden = [use for use in step.roles if use.source not in _IN_SIGHT and not (use.part == "does" and alike)]
    return tuple(Chip(id_link(use.role, view), use.part, use.optional) for use in hidden)


def _warnings(step: Step, document: Document) -> tuple[str, ...]:
    """Return the warnings that stand behind the action; those before it, and those set off, are in sight."""
    lines = [line for name, line in step.labels if name == "warning"]
    sentence_first = document.form != "headings" or _stands_behind(step, min(lines, default=step.line))
    if not (lines and sentence_first and min(lines) > step.line):
        return ()
    return tuple(text for text, line in zip(step.warnings, lines, strict=True) if not _is_set_off(step, line))


def _is_set_off(step: Step, line: int) -> bool:
    """Whether an open note begins in a line of a step: every reader sees it there."""
    lines = step.body.split("\n")
    place = len(lines) - 1 - (step.end - line)  # counted from the end, for below a heading blank lines are left out
    return 0 <= place < len(lines) and _OPEN_NOTE.match(lines[place]) is not None


def _stands_behind(step: Step, line: int) -> bool:
    """Whether words stand between a heading and a line below it."""
    return any(text.strip() for text in step.body.strip("\n").split("\n")[: max(0, line - step.line - 2)])


def step_foot(step: Step, document: Document, view: View) -> str:
    """Return what stands behind a step's sentence; inline HTML, never empty: it also marks the step for the run.

    Most steps of a handbook have the same tools, so Handrail's own template is filled once for all of them, with
    places for their words. The user's own may look at anything of a step, and is filled at each.
    """
    tools, line_url = _tools(step, document, view), view.line_url(document.path, step.line)
    words = (document.id, step.id, step.number, clipped(step.text, 60), quote(step.anchor), line_url or "")
    blanks = view.site.blank_feet
    if blanks is None:
        return _foot(step, document, words, tools, view)
    key = (tools, bool(line_url))
    if key not in blanks:
        there = _PLACES if line_url else (*_PLACES[:-1], "")
        bare = replace(step, id=_PLACES[1], number=_PLACES[2])
        blanks[key] = _PLACE.split(_foot(bare, replace(document, id=_PLACES[0]), there, tools, view))
    harmless = words if _MARKUP.search("".join(words)) is None else map(escape, words)
    said = dict(zip(_PLACES, harmless, strict=True))
    return "".join([said.get(piece, piece) for piece in blanks[key]])


_PLACES = ("\x01", "\x02", "\x03", "\x04", "\x05", "\x06")
"""Characters that no page holds, in the places of a document's id, and a step's id, number, name, anchor and line."""
_PLACE = re.compile("([\x01-\x06])")
_MARKUP = re.compile("[&<>\"']")


def _tools(step: Step, document: Document, view: View) -> Tools:
    is_procedure = document.kind == "procedure"
    railed = step.rail is not None and (step.rail != "unsaid" or document.id in view.site.railed)
    return Tools(
        rail=step.rail if railed else None,
        initials=is_procedure and bool(step.records),
        calls=_sizes(step.calls, view) if is_procedure else "",
        hands_over=_sizes(step.hands_over, view) if is_procedure and step.kind == "hand-over" else "",
    )


def _foot(step: Step, document: Document, words: Sequence[str], tools: Tools, view: View) -> str:
    """Return the filled template; `words` are what stands in the places, in their order."""
    return rendered(
        "step_foot",
        view.site.own_templates,
        step=step,
        document=document,
        say=view.site.say,
        name=words[3],
        anchor=words[4],
        line_url=words[5] or None,
        railed=tools.rail is not None,
        initials=tools.initials,
        calls=tools.calls,
        hands_over=tools.hands_over,
    )


def _sizes(names: tuple[str, ...], view: View) -> str:
    """Return how many steps the procedures have that a step leads to."""
    documents = [view.handbook.documents[name] for name in names if name in view.handbook.documents]
    return ", ".join(counted(view.site, "steps", len(document.steps)) for document in documents if document.steps)
