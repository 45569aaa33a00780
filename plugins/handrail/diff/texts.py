"""What changed of the text outside of steps and facts: block by block under its heading, tables row by row."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from handrail.dataclass import dataclass
from handrail.diff.data import Fact, FieldChange, How, Place
from handrail.diff.pieces import Couple, joined, pieces_of, words_in
from handrail.diff.tables import is_table, row_changes
from handrail.matching import Entry, Match, folded, kept_in_order, paired, with_parts, words_of
from handrail.model import DocumentKind, Rest

_SURE = 0.6
"""How sure it must be that a block went elsewhere: to another place, or under another heading."""


Headings = Set[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Text:
    """What of a page, or of a document's part of it, is in neither steps nor facts; both sides of it."""

    document: str
    title: str
    kind: DocumentKind | None
    paths: tuple[str, str]
    before: tuple[Rest, ...]
    after: tuple[Rest, ...]
    headings: tuple[Headings, Headings] = (frozenset(), frozenset())
    """The words of every heading of the page, before and after, also of those that stand for steps."""


def text_facts(text: Text) -> Iterator[Fact]:
    """Yield what changed outside of the steps.

    Under a heading that says the same words as before, other blocks are only another way to write them.
    """
    ours, theirs = (pieces_of([rest for rest in side if words_in(rest)]) for side in (text.before, text.after))
    same = _same_words(ours, theirs)
    matches, renamed = _matches(ours, theirs)
    couples = _couples(matches, ours, theirs)
    stayed = _stayed(matches, couples)
    for before, after in renamed.items():
        one = next(rest for rest in ours if rest.heading == before)
        other = next(rest for rest in theirs if rest.heading == after)
        yield _fact(text, "reworded", "text.heading", one, other, (FieldChange("heading", before, after),))
    yield from _moved(
        text, [couple for place, couple in enumerate(couples) if place not in stayed or _is_elsewhere(couple, renamed)]
    )
    known = {match.before for match in matches}, {match.after for match in matches}
    lone = ([rest for place, rest in enumerate(side) if place not in taken and rest.heading not in same]
            for side, taken in zip((ours, theirs), known, strict=True))  # fmt: skip
    couples, gone, come = joined(couples, *lone)
    for one, other, confidence in couples:
        bare = not (one.text or other.text) and renamed.get(one.heading) == other.heading
        if words_in(one) != words_in(other) and one.heading not in same and not bare:
            yield from _reworded(text, one, other, confidence)
    yield from _alone(text, "removed", gone, ours, text.headings[1])
    yield from _alone(text, "added", come, theirs, text.headings[0])


def _matches(ours: Sequence[Rest], theirs: Sequence[Rest]) -> tuple[list[Match], Mapping[str, str]]:
    """Return the pairs of blocks, without unsure ones that would have gone elsewhere, and the headings renamed."""
    matches = list(paired([_entry(rest) for rest in ours], [_entry(rest) for rest in theirs]).matches)
    couples = _couples(matches, ours, theirs)
    renamed = _renamed_headings(couples, ours, theirs)
    stayed = _stayed(matches, couples)
    sure = [
        match
        for at, (match, couple) in enumerate(zip(matches, couples, strict=True))
        if match.confidence >= _SURE or (at in stayed and not _is_elsewhere(couple, renamed))
    ]
    return sure, renamed


def _couples(matches: Sequence[Match], ours: Sequence[Rest], theirs: Sequence[Rest]) -> list[Couple]:
    return [(ours[match.before], theirs[match.after], match.confidence) for match in matches]


def _stayed(matches: Sequence[Match], couples: Sequence[Couple]) -> Set[int]:
    """Return the places of the pairs that stand in the same order on both sides."""
    return kept_in_order([(match.before, match.after, _weight(*couples[at][:2])) for at, match in enumerate(matches)])


def _alone(text: Text, how: How, lone: Sequence[Rest], side: Sequence[Rest], there: Headings) -> Iterator[Fact]:
    """Yield the blocks of one side without a partner; a section that came or went as a whole as one."""
    groups: dict[str, list[Rest]] = {}
    for rest in lone:
        groups.setdefault(rest.heading, []).append(rest)
    for heading, found in groups.items():
        is_new = heading and folded(words_of(heading)) not in there
        whole = is_new and len(found) == sum(rest.heading == heading for rest in side)
        name = "text.section" if whole and len(found) > 1 else f"text.{how}"
        for rests in [found] if name == "text.section" else _runs(found):
            said = " ".join(_shown(rest) for rest in rests)
            field = FieldChange("text", *((said, None) if how == "removed" else (None, said)))
            one, other = (rests[0], None) if how == "removed" else (None, rests[0])
            yield _fact(text, how, name, one, other, (field,))


def _runs(rests: Sequence[Rest]) -> Iterator[list[Rest]]:
    """Yield items of a list that stand directly one below the other together, all else by itself."""
    run: list[Rest] = []
    for rest in rests:
        if run and rest.line != run[-1].line + run[-1].text.count("\n") + 1:
            yield run
            run = []
        run.append(rest)
    if run:
        yield run


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
        fields = [FieldChange("heading", before or None, after or None)] if before != after else []
        ordered = sorted(found, key=_first)
        was, now = " ".join(_shown(couple[0]) for couple in ordered), " ".join(_shown(couple[1]) for couple in ordered)
        fields.append(FieldChange("text", was, now))
        yield _fact(text, "moved", "text.moved", one, other, tuple(fields), confidence)


def _first(couple: Couple) -> tuple[int, int, list[str]]:
    """Return what comes first, the same way from both sides."""
    one, other, _ = couple
    return one.line + other.line, min(one.line, other.line), sorted((one.text, other.text))


def _same_words(ours: Sequence[Rest], theirs: Sequence[Rest]) -> frozenset[str]:
    """Return the headings with the same words under them on both sides."""
    sides: list[dict[str, tuple[str, ...]]] = [{}, {}]
    for side, rests in zip(sides, (ours, theirs), strict=True):
        for rest in rests:
            side[rest.heading] = (*side.get(rest.heading, ()), *words_in(rest))
    return frozenset(heading for heading, words in sides[0].items() if sides[1].get(heading) == words)


def _shown(rest: Rest) -> str:
    return " ".join(words_in(rest))


def _entry(rest: Rest) -> Entry:
    words = folded(words_in(rest)) or words_in(rest)
    return Entry("", words, with_parts(words))


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
