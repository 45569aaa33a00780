"""What of a step its partner is found by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handrail.documents.slugs import own_slug
from handrail.matching.data import Entry
from handrail.matching.words import folded, with_parts, words_of
from handrail.model import Step

_COUNTED = re.compile(r"(?:-\d+)?")
"""What stands behind the words in a step's id, where other steps have the same words."""


def entries_of(steps: Sequence[Step]) -> list[Entry]:
    """Return an entry for each step."""
    return [_entry(step) for step in steps]


def _entry(step: Step) -> Entry:
    text = folded(words_of(step.text))
    body = folded(words_of(own_body(step)))
    whole = body if body[: len(text)] == text else (*text, *body)
    return Entry(_written_id(step), text, with_parts(whole))


def names_of(steps: Sequence[Step]) -> list[tuple[str, ...]]:
    """Return what each step is called: `#` and the id that its author gave it, else its words."""
    ids = ((_written_id(step), step) for step in steps)
    return [("#", written) if written else folded(words_of(step.text)) or _entry(step).whole for written, step in ids]


def _written_id(step: Step) -> str:
    """Return the id that the author gave to a step; empty where it is only made of the step's words."""
    made = own_slug(step.text) or "step"
    is_made = step.id.startswith(made) and _COUNTED.fullmatch(step.id, len(made))
    return "" if is_made else step.id


def own_body(step: Step) -> str:
    """Return a step's Markdown without that of its sub-steps."""
    lines = step.body.split("\n")
    first = step.line if step.end - step.line + 1 == len(lines) else step.end - len(lines) + 1
    inner = {line for sub in step.steps if sub.line > step.line for line in range(sub.line, sub.end + 1)}
    return "\n".join(text for line, text in enumerate(lines, first) if line not in inner)
