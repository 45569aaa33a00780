"""What differs between steps that stand beside each other: their words, and each thing that they say beside them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from handrail.comparison.alignment import AlignedRow
from handrail.comparison.data import Said, StepCell, Stepped, StepRow
from handrail.comparison.words import alike, reference, shortened, word_pieces
from handrail.matching.aspects import ASPECTS, Names, Value
from handrail.matching.wording import details_of, explained, sentence_of
from handrail.tables import Piece


def step_rows(rows: Sequence[AlignedRow], steps: Sequence[Sequence[Stepped]], names: Names) -> tuple[StepRow, ...]:
    """Return the rows with what differs in each; `steps` are those of each document."""
    same = {
        f"{one.document.id}#{one.step.id}": f"same {row.same}"
        for row in rows
        for item, place in row.places.items()
        for one in (steps[item][place.step],)
    }
    names = replace(names, same={**names.same, **same})
    numbers: dict[int, list[int]] = {}
    for number, row in enumerate(rows, 1):
        numbers.setdefault(row.same, []).append(number)
    cells = {group: _cells([rows[one - 1] for one in own], steps, names) for group, own in numbers.items()}
    stands = {group: {item: one for one in own for item in rows[one - 1].places} for group, own in numbers.items()}
    found = []
    for number, row in enumerate(rows, 1):
        own = tuple(cells[row.same].get(item) if item in row.places else None for item in range(len(steps)))
        where = tuple(stands[row.same].get(item) for item in range(len(steps)))
        found.append(StepRow(number, own, where, any(cell is None or cell.differs for cell in own)))
    return tuple(found)


def _cells(rows: Sequence[AlignedRow], steps: Sequence[Sequence[Stepped]], names: Names) -> dict[int, StepCell]:
    """Return the cells of one step by the document, those of all its rows."""
    placed = {item: (row, place) for row in rows for item, place in row.places.items()}
    ones = {item: steps[item][place.step] for item, (_, place) in sorted(placed.items())}
    if len(ones) == 1:
        return {item: StepCell(one, placed[item][1].likeness) for item, one in ones.items()}
    said = _said(ones, names)
    first = reference([_sentence(one) for one in ones.values()])
    main = max(rows, key=lambda row: (len(row.places), -min(row.places)))
    cells = {}
    for item, one in ones.items():
        row, place = placed[item]
        wording = () if _sentence(one) == first else word_pieces(first, _sentence(one))
        moved = row is not main
        differs = bool(wording) or moved or any(one.differs for one in said[item])
        cells[item] = StepCell(one, place.likeness, moved, wording, said[item], differs)
    return cells


def _sentence(one: Stepped) -> tuple[str, ...]:
    return sentence_of(one.step) or (one.step.number,)


def _said(ones: Mapping[int, Stepped], names: Names) -> dict[int, tuple[Said, ...]]:
    """Return for each document what its step says beside its words, as far as the others say something else."""
    found: dict[int, list[Said]] = {item: [] for item in ones}
    told: list[str] = []
    for name in ASPECTS:
        answers = {item: values_of(name, one, names) for item, one in ones.items()}
        keys = {item: tuple(key for key, _ in answer) for item, answer in answers.items()}
        if _differ(keys.values()):
            most = reference(list(keys.values()))
            told += [word for answer in answers.values() for _, shown in answer for word in shown.split()]
            for item, answer in answers.items():
                found[item].append(Said(name, _shown(answer), differs=keys[item] != most))
    for item, said in _details(ones, told).items():
        found[item].append(said)
    return {item: tuple(said) for item, said in found.items()}


def values_of(name: str, one: Stepped, names: Names) -> list[Value]:
    """Return what a step says; whose steps all of a document's are is told of the document, and has no key here."""
    own = ASPECTS[name](one.step, one.document.id, names)
    if name == "role" and all(use.inherited or use.source == "heading" for use in one.step.roles if use.part == "does"):
        return [("", shown) for _, shown in own[:1]] or [("", "")]
    return own


def _details(ones: Mapping[int, Stepped], told: Sequence[str]) -> dict[int, Said]:
    """Return what steps say below their sentences, word by word, unless what was told already explains it."""
    details = {item: details_of(one.step, heads=False) for item, one in ones.items()}
    if not details:
        return {}
    most = reference(list(details.values()))
    if all(explained(most, words, told) for words in details.values()):
        return {}
    return {
        item: Said("details", " ".join(words) or None, _told_against(most, words), words != most)
        for item, words in details.items()
    }


def _told_against(most: tuple[str, ...], words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return a text word by word against what most of them say; nothing where the whole says more."""
    return tuple(shortened(word_pieces(most, words))) if not most or alike(most, words) else ()


def _differ(answers: Iterable[Hashable]) -> bool:
    return len(set(answers)) > 1


def _shown(values: Sequence[Value]) -> str | None:
    return "; ".join(shown for _, shown in values if shown) or None
