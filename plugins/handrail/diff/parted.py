"""Documents that were split, merged or copied: told by the steps and texts that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from handrail.diff.paired import Pair
from handrail.model import Document

_PART = 0.5
"""So much of the steps of a part, by their words or their number, comes from the document that was split."""
_SAME = 0.8
"""A copy has so much of its words from the other document, and that one so much from the copy."""
_FEWEST = 2
"""So many steps at least have gone over."""
_COMMON = 30
"""What more documents say tells nothing about where it comes from."""
_STEPPED = ("process", "procedure")

Units = Counter[str]
"""What a document says, piece by piece: the sentence of each step, each block of its text."""


def with_parts(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return the pairs, with what came or went of a document as a whole noted as its part or its copy."""
    found = _Pieces(pairs)
    parts: dict[int, list[Document]] = {}
    fates: dict[int, Pair] = {}
    for pair in pairs:
        if None not in (pair.before, pair.after):
            continue
        home = found.home_of(pair)
        if home is not None:
            parts.setdefault(id(home), []).append(_lone(pair))
            fates[id(pair)] = replace(pair, is_part=True)
        else:
            fates[id(pair)] = replace(pair, copy_of=found.original_of(pair))
    came = {id(pair.after) for pair in pairs if pair.before is None}
    return tuple(fates.get(id(pair)) or _with(pair, parts.get(id(pair), ()), came) for pair in pairs)


def _with(pair: Pair, parts: Sequence[Document], came: Set[int]) -> Pair:
    """Return a pair with its parts: those that came, and those that went."""
    if not parts:
        return pair
    ordered = sorted(parts, key=lambda one: (one.path, one.line, one.id))
    return replace(
        pair,
        more_before=tuple(one for one in ordered if id(one) not in came),
        more_after=tuple(one for one in ordered if id(one) in came),
    )


def _lone(pair: Pair) -> Document:
    found = pair.after or pair.before
    assert found is not None
    return found


class _Pieces:
    """What the documents say that came, went, or stayed."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._known: dict[int, Units] = {}
        lone = [_lone(pair) for pair in pairs if None in (pair.before, pair.after)]
        wanted = {unit for one in lone if one.kind in _STEPPED for unit in self._units(one) if unit.count(" ") >= 3}
        self._holders: tuple[dict[str, list[Pair]], dict[str, list[Pair]]] = ({}, {})
        for pair in pairs if wanted else ():
            if pair.before is not None and pair.after is not None:
                for side, document in enumerate((pair.before, pair.after)):
                    for unit in wanted & self._units(document).keys():
                        self._holders[side].setdefault(unit, []).append(pair)

    def home_of(self, lone: Pair) -> Pair | None:
        """Return the pair that lost what this document is made of, or gained what it was made of."""
        document = _lone(lone)
        said = self._units(document)
        shares: list[tuple[int, str, Pair]] = []
        for pair in self._sharing(lone, said):
            had, has = _sides(lone, pair)
            shared = said & (self._units(had) - self._units(has))
            steps = [text for step in document.all_steps() if (text := _text(step.text))]
            gone = [text for text in steps if text in shared]
            most = _size(Counter(gone)) >= _PART * _size(Counter(steps)) or len(gone) >= _PART * len(steps)
            if len(gone) >= _FEWEST and most and document.kind == had.kind:
                shares.append((-_size(shared), f"{had.path} {had.line:9}", pair))
        return min(shares, key=lambda share: share[:2])[2] if shares else None

    def original_of(self, lone: Pair) -> Document | None:
        """Return the document, there on both sides, of which this one is a copy; as it stands on the other side."""
        document = _lone(lone)
        said = self._units(document)
        found: list[tuple[int, str, Document]] = []
        for pair in self._sharing(lone, said, beside=True):
            had, has = _sides(lone, pair)
            shared = _size(said & self._units(has))
            alike = shared >= _SAME * max(_size(said), _size(self._units(has)))
            if alike and len(document.all_steps()) >= _FEWEST and document.kind == had.kind:
                found.append((-shared, f"{had.path} {had.line:9}", had))
        return min(found, key=lambda one: one[:2])[2] if found else None

    def _sharing(self, lone: Pair, said: Units, beside: bool = False) -> Iterator[Pair]:
        """Yield each pair whose document on the other side, or `beside` this one, says something that this one says."""
        holders = self._holders[(lone.before is None) is beside]
        known: dict[int, Pair] = {}
        for unit in sorted(said):
            found = holders.get(unit, ())
            known |= {id(pair): pair for pair in found} if len(found) <= _COMMON else {}
        yield from known.values()

    def _units(self, document: Document) -> Units:
        if id(document) not in self._known:
            texts = [step.text for step in document.all_steps()] + [rest.text for rest in document.rest]
            self._known[id(document)] = Counter(unit for text in texts if (unit := _text(text)))
        return self._known[id(document)]


def _sides(lone: Pair, pair: Pair) -> tuple[Document, Document]:
    """Return the document of a pair on the side on which the lone one is not, and on the side on which it is."""
    assert pair.before is not None
    assert pair.after is not None
    return (pair.before, pair.after) if lone.before is None else (pair.after, pair.before)


def _text(text: str) -> str:
    return " ".join(text.casefold().split())


def _size(units: Units) -> int:
    """Return how many words are in the pieces."""
    return sum(count * (unit.count(" ") + 1) for unit, count in units.items())
