"""One page as plain lines, for programs that compare lines: what it says, without numbers, marks and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.matching import words_of
from handrail.matching.aspects import ASPECTS, Names, titles_of
from handrail.matching.wording import details_of, named_words, sentence_of
from handrail.model import Document, Handbook, Rest, Step

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def page_text(handbook: Handbook, text: str) -> str:
    """Return the lines of the only page of a handbook, whose Markdown this is."""
    titles = Names(titles=titles_of((*handbook.processes, *handbook.procedures, *handbook.roles, *handbook.records)))
    front = _FRONT.match(text.replace("\r\n", "\n"))
    lines = [*front[1].split("\n"), ""] if front else []
    for page in handbook.pages:
        lines += _rest(page.rest)
        for document in sorted(handbook.by_path.get(page.path, ()), key=lambda one: one.line):
            lines += _document(document, titles)
    return "\n".join(lines).strip("\n") + "\n"


def _document(document: Document, names: Names) -> Iterator[str]:
    yield f"# {_line(document.title)} ({document.kind})"
    yield ""
    stated = [(name, one) for name, found in document.facts.items() for one in found]
    stated += [(name, one) for name, one in document.aspects]
    yield from (f"{name}: {_line(one.text)}" for name, one in stated if one.source != "front matter")
    if document.steps:
        yield ""
        for step in document.steps:
            yield from _step(step, document, names, 0)
    yield ""
    yield from _rest(document.rest)


def _step(step: Step, document: Document, names: Names, depth: int) -> Iterator[str]:
    """Yield a step, what it says beside its sentence, and its sub-steps."""
    space = "  " * depth
    yield f"{space}* {_line(step.text)}"
    said = [(name, shown) for name, values in ASPECTS.items() for _, shown in values(step, document.id, names)]
    yield from (f"{space}  {name}: {_line(shown)}" for name, shown in said)
    details = details_of(step)
    known = [*sentence_of(step), *(word for name, shown in said for word in (*name.split(), *shown.split()))]
    if not named_words(details) <= named_words(known):
        yield f"{space}  {' '.join(details)}"
    for sub in step.steps:
        yield from _step(sub, document, names, depth + 1)


def _rest(parts: tuple[Rest, ...]) -> Iterator[str]:
    """Yield each block under its heading: tables row by row, all else on one line."""
    heading = None
    for rest in parts:
        if rest.heading != heading:
            heading = rest.heading
            yield from (["", f"## {_line(heading)}"] if heading else [])
        lines = rest.text.split("\n") if "|" in rest.text else [rest.text]
        yield from (said for line in lines if (said := " ".join(words_of(line))))


def _line(text: str) -> str:
    return " ".join(text.split())
