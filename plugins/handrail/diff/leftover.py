"""The last look: words of a page that differ and that no fact names, so that nothing is invisible to review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from handrail.diff.data import Fact, FieldChange, Place, Side
from handrail.diff.documents import whose_page
from handrail.diff.paired import Steps
from handrail.diff.steps import touched_words
from handrail.matching import words_by_line, words_of
from handrail.matching.wording import named_words
from handrail.model import DocumentKind, PageRead

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([^\s#:'\"\[{-][^:]*):(?:\s+|$)")
"""A key of a front matter that stands at the margin."""
_OWN_KEY = re.compile(r"[\w.-]+:(?=\s|$)")
"""A key inside of Handrail's own one; what it says is a fact."""
_OF_ALL_WORDS = ("document.added", "document.removed", "document.split", "document.merged")
"""What is told of all the words of a page."""
_NUMBERED = re.compile(
    r"^(\s*(?:#{1,6}\s+|\|)\s*)(?:step\s+)?\d+(?:\.\d+)*\\?[.):]?(?=\s)", re.IGNORECASE | re.MULTILINE
)
"""The number of a heading or of a table's row: where steps come and go, it changes by itself."""


def leftover_facts(
    facts: Sequence[Fact], steps: Steps, before: Side, after: Side, pages: Sequence[tuple[PageRead, PageRead]]
) -> Iterator[Fact]:
    """Yield the lines that changed on a typed page and hold a word that no fact about it names."""
    named = _named(facts, steps)
    for page, other in pages:
        if not (page.kind and other.kind):
            continue
        texts = before.texts.get(page.path, ""), after.texts.get(other.path, "")
        if texts[0] == texts[1] or _has_other_documents(facts, page.path, other.path):
            continue
        known = named.get(page.path, frozenset()) | named.get(other.path, frozenset())
        (front, body), (new_front, new_body) = (_parted(text) for text in texts)
        fields = _front_fields(front, new_front, known)
        if fields:
            yield _fact("text.front_matter", page, other, after, (1, 1), fields)
        lost, come = _lines_left(body, new_body, known)
        if lost or come:
            lines = (lost[0][0] if lost else 1, come[0][0] if come else 1)
            yield _fact("text.words", page, other, after, lines, _fields(lost, come))


Line = tuple[int, str]
"""Number and words of a line."""


def _front_fields(front: Mapping[str, str], new: Mapping[str, str], known: frozenset[str]) -> tuple[FieldChange, ...]:
    """Return the keys of the front matter that nobody reads and that say something else."""
    fields = []
    for key in sorted({*front, *new}):
        lost, come = _lost_and_come(*(_front_words(key, side) for side in (front, new)))
        if _unnamed([*lost, *come], known):
            fields.append(FieldChange(key, front.get(key), new.get(key)))
    return tuple(fields)


def _front_words(key: str, front: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of a key, and of Handrail's own only those that its keys say, but for what a page is."""
    if key not in front:
        return ()
    if key != "handrail":
        return _bare_words(f"{key} {front[key]}")
    return tuple(word for word in _bare_words(_OWN_KEY.sub(" ", front[key])) if word not in get_args(DocumentKind))


def _bare_words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w/.-]*\w[\w/.-]*", text))


def _fields(lost: Sequence[Line], come: Sequence[Line]) -> tuple[FieldChange, ...]:
    """Return lines that are much the same beside each other, the others by themselves."""
    pairs: list[tuple[Line | None, Line | None]] = []
    ours, theirs = list(lost), list(come)
    for _, _, one, other in sorted(_likenesses(lost, come), key=lambda likeness: likeness[:2]):
        if one in ours and other in theirs:
            ours.remove(one)
            theirs.remove(other)
            pairs.append((one, other))
    if len(ours) == len(theirs) == 1:
        pairs.append((ours.pop(), theirs.pop()))
    pairs += [(one, None) for one in ours] + [(None, other) for other in theirs]
    return tuple(
        FieldChange("words", one[1] if one else None, other[1] if other else None)
        for one, other in sorted(pairs, key=lambda pair: sorted(line for line in pair if line))
    )


def _likenesses(lost: Sequence[Line], come: Sequence[Line]) -> Iterator[tuple[int, list[Line], Line, Line]]:
    """Yield each two lines that share half of their words, the likest ones with the smallest number."""
    for one in lost:
        for other in come:
            ours, theirs = Counter(one[1].split()), Counter(other[1].split())
            shared = (ours & theirs).total()
            if shared * 4 >= ours.total() + theirs.total():
                yield -1000 * shared // (ours.total() + theirs.total()), sorted((one, other)), one, other


def _lines_left(body: str, new: str, known: frozenset[str]) -> tuple[list[Line], list[Line]]:
    """Return the lines of both sides that are others and hold a word that came or went and is not known."""
    sides = words_by_line(body), words_by_line(new)
    words = [[word for _, line in side for word in line] for side in sides]
    lost, come = (_unnamed(some, known) for some in _lost_and_come(*words))
    theirs = [Counter(line for _, line in side) for side in sides]
    return _holding(sides[0], theirs[1], lost), _holding(sides[1], theirs[0], come)


def _holding(
    lines: Sequence[tuple[int, tuple[str, ...]]], there: Counter[tuple[str, ...]], words: Sequence[str]
) -> list[Line]:
    """Return the lines that are not there and hold these words, those first that hold most of them."""
    left, same = Counter(words), Counter(there)
    others = []
    for number, line in lines:
        if same[line]:
            same[line] -= 1
        elif (count := (Counter(line) & left).total()) > 0:
            others.append((-count, number, line))
    found = []
    for _, number, line in sorted(others):
        held = Counter(line) & left
        if held:
            left -= held
            found.append((number, " ".join(line)))
    return sorted(found)


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


def _parted(text: str) -> tuple[dict[str, str], str]:
    """Return the keys of a page's front matter with what they say, and its text on the same lines.

    The numbers that count by themselves are left out.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if front is None:
        return {}, _NUMBERED.sub(r"\1", text)
    return _keys(front[0]), "\n" * front[0].count("\n") + _NUMBERED.sub(r"\1", text[front.end() :])


def _keys(front: str) -> dict[str, str]:
    """Return each key at the margin with everything up to the next one; what stands before the first has no name."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in front.split("\n")[1:]:
        if line.rstrip() in ("---", "..."):
            break
        match = _KEY.match(line)
        key = match[1] if match else key
        found.setdefault(key, []).append(line[match.end() :] if match else line)
    return {key: " ".join(" ".join(lines).split()) for key, lines in found.items()}


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


def _fact(
    name: str, page: PageRead, other: PageRead, side: Side, lines: tuple[int, int], fields: tuple[FieldChange, ...]
) -> Fact:
    lost, come = (any(text is not None for text in texts)
                  for texts in ([one.before for one in fields], [one.after for one in fields]))  # fmt: skip
    whose = whose_page(other, side.handbook)
    return Fact(
        what="text",
        how="reworded" if lost and come else "added" if come else "removed",
        name=name,
        document=whose.id if whose else other.path,
        title=whose.title if whose else other.title,
        kind=other.kind,
        before=Place(page.path, lines[0]),
        after=Place(other.path, lines[1]),
        fields=fields,
    )
