"""What a step says beside its sentence: one row for each thing that can change by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.matching.words import words_of
from handrail.model import Document, Part, Step

Value = tuple[str, str]
"""What is compared, and what is shown."""
_SHOWN = 80
"""So much of a step's sentence is shown where an arrow leads to it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids of one side mean, so that both sides can be compared."""

    same: Mapping[str, str] = field(default_factory=dict)
    """Id of a document, or `document#step` -> what it is called after the change."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Id of a document, or `document#step` -> its title or sentence on this side."""

    def value(self, target: str, document: str) -> Value:
        """Return what an id within a document means; a step's id, a document's, or both."""
        for name in (target, f"{document}#{target}"):
            if name in self.titles:
                return self.same.get(name, name), self.titles[name]
        head, hash_, step = target.partition("#")
        return f"{self.same.get(head, head)}{hash_}{step}", target


def titles_of(documents: Iterable[Document]) -> dict[str, str]:
    """Return the title of each document and the sentence of each of its steps, by what arrows call them."""
    titles: dict[str, str] = {}
    for document in documents:
        titles[document.id] = document.title
        for step in document.all_steps():
            sentence = " ".join(step.text.split())
            short = sentence if len(sentence) <= _SHOWN else f"{sentence[: _SHOWN - 1]}…"
            titles[f"{document.id}#{step.id}"] = short or step.number
    return titles


def _text(text: str | None) -> list[Value]:
    return [(" ".join(words_of(text)), " ".join(text.split()))] if text else []


def _texts(texts: Iterable[str]) -> list[Value]:
    return [value for text in texts for value in _text(text)]


def _roles(part: Part) -> Callable[[Step, str, Names], list[Value]]:
    def roles(step: Step, document: str, names: Names) -> list[Value]:
        found = [use for use in step.roles if use.part == part]
        return sorted({(names.value(use.role, "")[0], names.titles.get(use.role, use.name)) for use in found})

    return roles


def _branches(step: Step, document: str, names: Names) -> list[Value]:
    found = []
    for arrow in step.next:
        if not arrow.implied:
            key, shown = names.value(arrow.to, document)
            label = " ".join((arrow.label or "").split())
            found.append((f"{label} {key}", f"{label}: {shown}" if label else shown))
    return found


def _documents(ids: Callable[[Step], Sequence[str]]) -> Callable[[Step, str, Names], list[Value]]:
    return lambda step, document, names: [names.value(name, document) for name in ids(step)]


def _hold(step: Step) -> list[Value]:
    if step.hold is None:
        return []
    joined = f" {'and' if step.hold.needs == 'all' else 'or'} "
    return _text(step.hold.text or joined.join(step.hold.who))


def _wait(step: Step) -> list[Value]:
    parts = (step.wait.for_, step.wait.at_most, step.wait.then) if step.wait else ()
    return _text("; ".join(part for part in parts if part))


Values = Callable[[Step, str, Names], list[Value]]


def _of(values: Callable[[Step], list[Value]]) -> Values:
    return lambda step, document, names: values(step)


ASPECTS: Mapping[str, Values] = {
    "role": _roles("does"),
    "approver": _roles("approves"),
    "consulted": _roles("asked"),
    "informed": _roles("told"),
    "participant": _roles("takes part"),
    "condition": _of(lambda step: _text(step.condition)),
    "optional": _of(lambda step: [("yes", "yes")] if step.optional else []),
    "branch": _branches,
    "call": _documents(lambda step: step.calls),
    "hand-over": _documents(lambda step: step.hands_over),
    "link": _documents(lambda step: step.mentions),
    "hold": _of(_hold),
    "wait": _of(_wait),
    "expect": _of(lambda step: _text(step.expect)),
    "record": _of(lambda step: _texts(step.records)),
    "input": _of(lambda step: _texts(step.inputs)),
    "output": _of(lambda step: _texts(step.outputs)),
    "clause": _of(lambda step: _texts(step.clauses)),
    "within": _of(lambda step: _text(step.within.text if step.within else None)),
    "every": _of(lambda step: _text(step.every)),
    "takes": _of(lambda step: _text(step.takes)),
    "judgement": _of(lambda step: _text(step.judgement)),
    "if_not": _of(lambda step: _text(step.if_not)),
    "warning": _of(lambda step: _texts(step.warnings)),
    "starts_when": _of(lambda step: _text(step.starts_when)),
    "throughout": _of(lambda step: _text(step.throughout)),
    "stop": _of(lambda step: _text(step.stop)),
}
"""What can change of a step beside its words -> its values."""
