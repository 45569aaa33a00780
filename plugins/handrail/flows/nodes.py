"""Each step as a node: its kind, its words, its lane, and what a reader learns on hovering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from handrail.flows.context import Context, role_of
from handrail.flows.wording import FlowWords
from handrail.graph import Node, NodeKind
from handrail.model import Document, Step, StepKind
from handrail.reader.wording import first_sentence_end
from handrail.words import LANGUAGES

_KINDS: dict[StepKind, NodeKind] = {
    "decision": "decision",
    "hold": "hold",
    "wait": "wait",
    "judgement": "judgement",
    "call": "call",
    "stop": "stop",
}
"""The kinds that a node takes over; fork and end are told apart by their words."""
_FORKS = frozenset({"", *(word for words in LANGUAGES.values() for word in words.labels.get("at_once", ()))})
_ENDS = frozenset(word for words in LANGUAGES.values() for word in words.end)


def node_of(step: Step, context: Context) -> Node:
    """Return the node of a step."""
    role = role_of(step)
    title = title_of(step, context)
    return Node(
        id=step.id,
        title=title,
        kind=kind_of(step),
        lane=role.role if role is not None else None,
        number=step.number,
        href=_href(step, context) or "",
        rail=step.rail,
        risk=_risk(step, context),
        tooltip="; ".join(_tooltip(step, title, context)),
        asks=title if step.kind == "decision" else step.expect or "",
        within=step.within.text if step.within is not None else "",
        pause=_pause(step, context.words),
        calls=tuple(dict.fromkeys((*step.calls, *step.hands_over))),
    )


def kind_of(step: Step) -> NodeKind:
    """Return what a step is drawn as."""
    if step.kind == "end":
        return "end" if is_only_an_end(step) else "task"
    if step.kind == "hand-over":
        return "hand-over" if hands_on(step) else "task"
    if step.kind == "fork":
        return "fork" if _says_only_at_once(step) else "task"
    return _KINDS.get(step.kind, "task")


def _says_only_at_once(step: Step) -> bool:
    """Whether a fork has no words of its own, so that it is the bar itself."""
    return step.text.casefold().strip(" .:") in _FORKS


def is_only_an_end(step: Step) -> bool:
    """Whether a step does nothing but end the flow, so that it is the end itself."""
    return step.kind == "end" and step.text.casefold().strip(" .!") in _ENDS


def hands_on(step: Step) -> tuple[str, ...]:
    """Return the procedures that take over whatever happens: not in one branch only."""
    conditional = {arrow.to for arrow in step.next if arrow.label}
    return tuple(name for name in step.hands_over if name not in conditional)


def title_of(step: Step, context: Context) -> str:
    """Return what the node says: the step's first sentence, and its condition where that stood apart."""
    text = _flat(step.text)
    first = text[: first_sentence_end(text)].strip()
    title = text if step.kind == "decision" and "?" not in first else first
    title = title.removesuffix(".").rstrip(",;") if not title.endswith("..") else title
    aside = step.condition or (context.words.optional if step.optional else "")
    return title if not aside or aside.casefold() in text.casefold() else f"{title} ({_flat(aside)})".strip()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _href(step: Step, context: Context) -> str | None:
    """Return where the procedure stands that the step calls, else the step itself."""
    goes_to = (*step.calls, *hands_on(step))
    if kind_of(step) in ("call", "hand-over") and goes_to:
        found = context.href(goes_to[0])
        if found is not None:
            return found
    return context.href(f"{context.document.id}#{step.id}")


def _risk(step: Step, context: Context) -> Literal["high"] | None:
    """Return the risk of what the step calls, or would call if that had steps."""
    documents = context.handbook.documents
    called = [documents[name] for name in (*step.calls, *step.hands_over) if name in documents]
    empty = [documents[name] for name in step.mentions if name in documents and not documents[name].steps]
    return "high" if any(_is_risky(document) for document in (*called, *empty)) else None


def _is_risky(document: Document) -> bool:
    return document.kind == "procedure" and document.fact("risk") == "high"


def _tooltip(step: Step, title: str, context: Context) -> Iterator[str]:
    words, text = context.words, _flat(step.text)
    if not title.startswith(text.removesuffix(".")):
        yield text
    others = [use.name for use in step.roles if use.part in ("does", "takes part") and use != role_of(step)]
    told = (
        (words.with_others, "names", ", ".join(dict.fromkeys(others))),
        (words.judgement, "text", step.judgement),
        (words.hold, "text", step.hold.text if step.hold else None),
        (words.wait, "text", wait_text(step, words)),
        (words.within, "text", step.within.text if step.within else None),
        (words.stop, "text", step.stop),
    )
    for template, name, value in told:
        if value and _flat(value) not in text:
            yield template.format(**{name: _flat(value)})


def wait_text(step: Step, words: FlowWords) -> str | None:
    """Return a step's wait in words."""
    if step.wait is None:
        return None
    at_most = words.at_most.format(time=step.wait.at_most) if step.wait.at_most else None
    then = words.then.format(text=step.wait.then) if step.wait.then else None
    return ", ".join(filter(None, (step.wait.for_, at_most, then)))


def _pause(step: Step, words: FlowWords) -> str:
    """Return what holds the work up: a release, a wait, or a stop."""
    told = (step.hold.text if step.hold else None, step.stop, wait_text(step, words))
    return _flat(next((text for text in told if text), ""))


def any_box(members: Iterable[Node], context: Context) -> Node:
    """Return the box of steps that are done in any order."""
    inside = tuple(members)
    listed = "; ".join(f"{node.number}. {node.title}" if node.number else node.title for node in inside)
    first = inside[0]
    return Node(
        id=f"{first.id}#any",
        title=f"{context.words.any_order} {listed}",
        kind="any",
        lane=first.lane,
        href=context.href(context.document.id) or "",
        tooltip="; ".join(filter(None, (node.tooltip for node in inside))),
        members=inside,
    )
