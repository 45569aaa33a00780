"""What changed of the text outside of steps and facts: block by block under its heading, tables row by row."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handrail.diff.data import Fact, FieldChange, How, Place
from handrail.diff.tables import is_table, row_changes
from handrail.matching import Entry, folded, kept_in_order, paired, words_of
from handrail.model import DocumentKind, Rest


@dataclass(frozen=True, slots=True)
class Text:
    """What of a page, or of a document's part of it, is in neither steps nor facts; both sides of it."""

    document: str
    title: str
    kind: DocumentKind | None
    paths: tuple[str, str]
    before: tuple[Rest, ...]
    after: tuple[Rest, ...]


def text_facts(text: Text) -> Iterator[Fact]:
    """Yield what changed outside of the steps.

    Under a heading that says the same words as before, other blocks are only another way to write them.
    """
    ours, theirs = ([rest for rest in side if _words(rest)] for side in (text.before, text.after))
    same = _same_words(ours, theirs)
    matches = paired([_entry(rest) for rest in ours], [_entry(rest) for rest in theirs]).matches
    couples = [(ours[match.before], theirs[match.after], match.confidence) for match in matches]
    renamed = _renamed_headings(couples, ours, theirs)
    for before, after in renamed.items():
        one = next(rest for rest in ours if rest.heading == before)
        other = next(rest for rest in theirs if rest.heading == after)
        yield _fact(text, "reworded", "text.heading", one, other, (FieldChange("heading", before, after),))
    stayed = kept_in_order([(match.before, match.after, _weight(*couples[at][:2])) for at, match in enumerate(matches)])
    yield from _moved(
        text, [couple for place, couple in enumerate(couples) if place not in stayed or _is_elsewhere(couple, renamed)]
    )
    for one, other, confidence in couples:
        if _words(one) != _words(other) and one.heading not in same:
            yield from _reworded(text, one, other, confidence)
    for place, rest in enumerate(ours):
        if place not in {match.before for match in matches} and rest.heading not in same:
            yield _fact(text, "removed", "text.removed", rest, None, (FieldChange("text", _shown(rest), None),))
    for place, rest in enumerate(theirs):
        if place not in {match.after for match in matches} and rest.heading not in same:
            yield _fact(text, "added", "text.added", None, rest, (FieldChange("text", None, _shown(rest)),))


Couple = tuple[Rest, Rest, float]
"""A block before and after, and how sure it is that they are the same."""


def _is_elsewhere(couple: Couple, renamed: Mapping[str, str]) -> bool:
    """Whether a block stands under another heading."""
    one, other, _ = couple
    return renamed.get(one.heading, one.heading) != other.heading


def _moved(text: Text, couples: Sequence[Couple]) -> Iterator[Fact]:
    """Yield what moved, the blocks from under one heading to under one heading together."""
    groups: dict[tuple[str, str], list[Couple]] = {}
    for couple in couples:
        groups.setdefault((couple[0].heading, couple[1].heading), []).append(couple)
    for (before, after), found in groups.items():
        one, other, confidence = min(found, key=_first)
        headings = [FieldChange("heading", before or None, after or None)]
        headings += [FieldChange("blocks", str(len(found)), str(len(found)))] if len(found) > 1 else []
        yield _fact(text, "moved", "text.moved", one, other, tuple(headings), confidence)


def _first(couple: Couple) -> tuple[int, int, list[str]]:
    """Return what comes first, the same way from both sides."""
    one, other, _ = couple
    return one.line + other.line, min(one.line, other.line), sorted((one.text, other.text))


def _same_words(ours: Sequence[Rest], theirs: Sequence[Rest]) -> frozenset[str]:
    """Return the headings with the same words under them on both sides."""
    sides: list[dict[str, tuple[str, ...]]] = [{}, {}]
    for side, rests in zip(sides, (ours, theirs), strict=True):
        for rest in rests:
            side[rest.heading] = (*side.get(rest.heading, ()), *_words(rest))
    return frozenset(heading for heading, words in sides[0].items() if sides[1].get(heading) == words)


def _words(rest: Rest) -> tuple[str, ...]:
    return words_of(rest.text or rest.heading)


def _shown(rest: Rest) -> str:
    return " ".join(_words(rest))


def _entry(rest: Rest) -> Entry:
    words = folded(_words(rest)) or _words(rest)
    return Entry("", words, words)


def _weight(one: Rest, other: Rest) -> int:
    words = len(one.text.split()) + len(other.text.split())
    tie = zlib.crc32(repr(sorted((one.text, other.text))).encode("utf-8", "replace"))
    return (1 << 56) + (min(words, 1 << 16) << 32) + tie


def _renamed_headings(
    couples: Sequence[tuple[Rest, Rest, float]], ours: Sequence[Rest], theirs: Sequence[Rest]
) -> Mapping[str, str]:
    """Return the headings that are gone, with the new ones that most of their text stands under."""
    gone = {rest.heading for rest in ours} - {rest.heading for rest in theirs}
    come = {rest.heading for rest in theirs} - {rest.heading for rest in ours}
    counts = Counter(
        (one.heading, other.heading) for one, other, _ in couples if one.heading in gone and other.heading in come
    )
    renamed: dict[str, str] = {}
    for (before, after), _ in sorted(counts.items(), key=lambda item: (-item[1], sorted(item[0]))):
        if before and after and before not in renamed and after not in renamed.values():
            renamed[before] = after
    return renamed


def _reworded(text: Text, one: Rest, other: Rest, confidence: float) -> Iterator[Fact]:
    """Yield the words of a block that changed; of a table, each row."""
    if not (is_table(one.text) and is_table(other.text)):
        fields = (FieldChange("text", _shown(one), _shown(other)),)
        yield _fact(text, "reworded", "text.reworded", one, other, fields, confidence)
        return
    for row in row_changes(one.text, other.text):
        yield Fact(
            what="text",
            how=row.how,
            name="text.row",
            document=text.document,
            title=text.title,
            kind=text.kind,
            before=Place(text.paths[0], one.line + row.before) if row.before is not None else None,
            after=Place(text.paths[1], other.line + row.after) if row.after is not None else None,
            fields=row.cells,
            sentence=": ".join(part for part in (other.heading, row.label) if part) or None,
            confidence=confidence,
        )


def _fact(
    text: Text,
    how: How,
    name: str,
    one: Rest | None,
    other: Rest | None,
    fields: tuple[FieldChange, ...],
    confidence: float = 1.0,
) -> Fact:
    shown = other or one
    return Fact(
        what="text",
        how=how,
        name=name,
        document=text.document,
        title=text.title,
        kind=text.kind,
        before=Place(text.paths[0], one.line) if one else None,
        after=Place(text.paths[1], other.line) if other else None,
        fields=fields,
        sentence=(shown.heading if shown else None) or None,
        confidence=confidence,
    )
