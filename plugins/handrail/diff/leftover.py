"""The last look: words of a page that differ and that no fact names, so that nothing is invisible to review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.diff.data import Fact, FieldChange, Place, Side
from handrail.diff.steps import Steps, touched_words
from handrail.matching import folded, words_of
from handrail.model import PageRead

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NUMBERED = re.compile(r"^(\s*(?:#{1,6}\s+|\|)\s*)(?:step\s+)?\d+(?:\.\d+)*[.):]?(?=\s)", re.IGNORECASE | re.MULTILINE)
"""The number of a heading or of a table's row: where steps come and go, it changes by itself."""


def leftover_facts(
    facts: Sequence[Fact], steps: Steps, before: Side, after: Side, paths: Mapping[str, str]
) -> Iterator[Fact]:
    """Yield the words that changed on a typed page and stand in no fact about it."""
    theirs = {page.path: page for page in after.handbook.pages}
    named = _named(facts, steps)
    for page in before.handbook.pages:
        other = theirs.get(paths.get(page.path, page.path))
        if other is None or not (page.kind and other.kind):
            continue
        texts = before.texts.get(page.path, ""), after.texts.get(other.path, "")
        if texts[0] == texts[1] or _has_other_documents(facts, page.path, other.path):
            continue
        lost, come = _lost_and_come(*texts)
        known = named.get(page.path, frozenset()) | named.get(other.path, frozenset())
        lost, come = _unnamed(lost, known), _unnamed(come, known)
        if lost or come:
            yield _fact(page, other, " ".join(lost) or None, " ".join(come) or None)


def _has_other_documents(facts: Iterable[Fact], *paths: str) -> bool:
    """Whether a document of a page came or went, which is a fact about all its words."""
    return any(
        fact.name in ("document.added", "document.removed") and place is not None and place.path in paths
        for fact in facts
        for place in (fact.before, fact.after)
    )


def _named(facts: Iterable[Fact], steps: Steps) -> dict[str, frozenset[str]]:
    """Return path -> every word that a fact about this page names."""
    named: dict[str, set[str]] = {}
    for fact in facts:
        words = [word for field in fact.fields for text in (field.before, field.after) if text for word in text.split()]
        for place in (fact.before, fact.after):
            if place is not None:
                named.setdefault(place.path, set()).update(folded(words))
    changed = {(fact.before, fact.after) for fact in facts if fact.what == "step"}
    for path, word in touched_words(steps, changed):
        named.setdefault(path, set()).update(folded([word]))
    return {path: frozenset(words) for path, words in named.items()}


def _lost_and_come(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the words that only one side has, or has more often, in the order in which they stand."""
    ours, theirs = _words(before), _words(after)
    counts = Counter(ours), Counter(theirs)
    return _surplus(ours, counts[0] - counts[1]), _surplus(theirs, counts[1] - counts[0])


def _words(text: str) -> tuple[str, ...]:
    text = _FRONT.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    return words_of(_NUMBERED.sub(r"\1", text))


def _surplus(words: Sequence[str], more: Counter[str]) -> list[str]:
    left = Counter(more)
    found = []
    for word in words:
        if left[word]:
            left[word] -= 1
            found.append(word)
    return found


def _unnamed(words: Sequence[str], known: frozenset[str]) -> list[str]:
    return [word for word in words if (bare := folded([word])) and bare[0] not in known]


def _fact(page: PageRead, other: PageRead, lost: str | None, come: str | None) -> Fact:
    return Fact(
        what="text",
        how="reworded" if lost and come else "added" if come else "removed",
        name="text.words",
        document=other.path,
        title=other.title,
        kind=other.kind,
        before=Place(page.path, 1),
        after=Place(other.path, 1),
        fields=(FieldChange("words", lost, come),),
    )
