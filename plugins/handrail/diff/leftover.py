"""The last look: words of a page that differ and that no fact names, so that nothing is invisible to review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from handrail.diff.data import Fact, FieldChange, Place, Side, Steps
from handrail.diff.steps import touched_words
from handrail.matching import words_of
from handrail.matching.wording import named_words
from handrail.model import PageRead

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OF_ALL_WORDS = ("document.added", "document.removed", "document.split", "document.merged")
"""What is told of all the words of a page."""
_NUMBERED = re.compile(r"^(\s*(?:#{1,6}\s+|\|)\s*)(?:step\s+)?\d+(?:\.\d+)*[.):]?(?=\s)", re.IGNORECASE | re.MULTILINE)
"""The number of a heading or of a table's row: where steps come and go, it changes by itself."""


def leftover_facts(
    facts: Sequence[Fact], steps: Steps, before: Side, after: Side, pages: Sequence[tuple[PageRead, PageRead]]
) -> Iterator[Fact]:
    """Yield the words that changed on a typed page and stand in no fact about it."""
    named = _named(facts, steps)
    for page, other in pages:
        if not (page.kind and other.kind):
            continue
        texts = before.texts.get(page.path, ""), after.texts.get(other.path, "")
        if texts[0] == texts[1] or _has_other_documents(facts, page.path, other.path):
            continue
        known = named.get(page.path, frozenset()) | named.get(other.path, frozenset())
        fronts, bodies = zip(*(_parted(text) for text in texts), strict=True)
        for name, (one, two) in (("text.front_matter", fronts), ("text.words", bodies)):
            lost, come = _lost_and_come(one, two)
            lost, come = _unnamed(lost, known), _unnamed(come, known)
            if lost or come:
                yield _fact(name, page, other, " ".join(lost) or None, " ".join(come) or None)


def _has_other_documents(facts: Iterable[Fact], *paths: str) -> bool:
    """Whether a document of a page came or went, which is a fact about all its words."""
    return any(
        fact.name in _OF_ALL_WORDS and place is not None and place.path in paths
        for fact in facts
        for place in (fact.before, fact.after)
    )


def _named(facts: Iterable[Fact], steps: Steps) -> dict[str, frozenset[str]]:
    """Return path -> every word that a fact about this page names."""
    named: dict[str, set[str]] = {}
    for fact in facts:
        words = [word for field in fact.fields for text in (field.before, field.after) if text for word in text.split()]
        words += re.findall(r"\w+", fact.name)
        words += words_of(fact.sentence) if fact.what == "text" and fact.sentence else ()
        for place in (fact.before, fact.after):
            if place is not None:
                named.setdefault(place.path, set()).update(named_words(words))
    changed = {(fact.before, fact.after) for fact in facts if fact.what == "step"}
    for path, word in touched_words(steps, changed):
        named.setdefault(path, set()).update(named_words([word]))
    return {path: frozenset(words) for path, words in named.items()}


def _parted(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a page's front matter, and those of its text without the numbers that count by themselves."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    head = tuple(re.findall(r"[\w/.-]*\w[\w/.-]*", front[0])) if front else ()
    return head, words_of(_NUMBERED.sub(r"\1", text[front.end() :] if front else text))


def _lost_and_come(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that only one side has, or has more often, in the order in which they stand."""
    counts = Counter(ours), Counter(theirs)
    return _surplus(ours, counts[0] - counts[1]), _surplus(theirs, counts[1] - counts[0])


def _surplus(words: Sequence[str], more: Counter[str]) -> list[str]:
    left = Counter(more)
    found = []
    for word in words:
        if left[word]:
            left[word] -= 1
            found.append(word)
    return found


def _unnamed(words: Sequence[str], known: frozenset[str]) -> list[str]:
    return [word for word in words if not named_words([word]) <= known]


def _fact(name: str, page: PageRead, other: PageRead, lost: str | None, come: str | None) -> Fact:
    return Fact(
        what="text",
        how="reworded" if lost and come else "added" if come else "removed",
        name=name,
        document=other.path,
        title=other.title,
        kind=other.kind,
        before=Place(page.path, 1),
        after=Place(other.path, 1),
        fields=(FieldChange("words", lost, come),),
    )
