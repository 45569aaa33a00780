"""Steps paired with steps: one to one, the same in both directions, in bounded time."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handrail.matching import Entry, entries_of, folded, kept_in_order, paired, same_letters, words_of
from handrail.matching.assignment import best_partners
from tests.reading import procedure


def entries(*texts: str) -> list[Entry]:
    return [Entry("", folded(text.split()), folded(text.split())) for text in texts]


def pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    return [(match.before, match.after) for match in paired(entries(*before), entries(*after)).matches]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1. Freeze **the** branch", "Freeze the branch"),
        ("- [ ] Freeze the\n      branch", "Freeze the branch"),
        ("### 3. Freeze", "Freeze"),
        ("> 1. Freeze", "Freeze"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ('<a id="x"></a>Freeze [it](#freeze)', "Freeze it"),
        ("[it](other.md#x) and [that](https://e.org)", "it (other.md#x) and that (https://e.org)"),
        ("[it][that]", "it (that)"),
        ("```sh\n# stays - x\n```", "# stays - x"),
        ("`snake_case` and *x* and 2 * 3", "snake_case and x and 2 * 3"),
        ("<enter role>", "<enter role>"),
        ("a<br>b", "a b"),
        ("", ""),
    ],
)
def test_the_words_of_a_text(text: str, words: str) -> None:
    assert " ".join(words_of(text)) == words


def test_letters_are_the_same_where_case_and_joints_differ() -> None:
    assert same_letters(["On-call", "rota."], ["on", "call", "rota"])
    assert not same_letters(["5", "days"], ["6", "days"])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["a b c", "d e f"], ["a b c", "d e f"], [(0, 0), (1, 1)]),
        (["a b c", "d e f"], ["d e f", "a b c"], [(0, 1), (1, 0)]),
        (["a b c"], ["x y z"], []),
        (["a b c", "k l m"], ["n o p", "a b c", "k l m"], [(0, 1), (1, 2)]),
        (["go", "go", "stay"], ["go", "go", "stay"], [(0, 0), (1, 1), (2, 2)]),
        (["run the tests twice", "x"], ["run the tests often", "x"], [(0, 0), (1, 1)]),
        ([], ["a"], []),
    ],
)
def test_pairs(before: list[str], after: list[str], expected: list[tuple[int, int]]) -> None:
    assert pairs(before, after) == expected


def test_a_written_id_outweighs_the_text() -> None:
    before = [Entry("freeze", ("a", "b"), ("a", "b")), Entry("", ("c", "d"), ("c", "d"))]
    after = [Entry("", ("a", "b"), ("a", "b")), Entry("freeze", ("x", "y"), ("x", "y"))]
    (match,) = paired(before, after).matches
    assert (match.before, match.after, match.by, match.confidence) == (0, 1, "id", 1.0)


def test_likeness_is_stated() -> None:
    (_, match) = paired(
        entries("a b c", "run the tests twice a day"), entries("a b c", "run the tests once a week")
    ).matches
    assert match.by == "likeness"
    assert 0 < match.confidence < 1


def test_only_ids_that_authors_wrote_count() -> None:
    found = procedure('# P\n\n## Steps\n\n1. <a id="x"></a>Freeze it\n2. Thaw it\n3. Thaw it\n')
    assert [entry.id for entry in entries_of(found.steps)] == ["x", "", ""]


TEXTS = st.lists(st.text("abcd ", max_size=9), max_size=9)


@given(TEXTS, TEXTS)
@example(["aa", "aa a", "a"], ["a b", "a", "aa"])
def test_both_directions_give_the_same_pairs(before: list[str], after: list[str]) -> None:
    found = pairs(before, after)
    assert sorted(found) == sorted((one, other) for other, one in pairs(after, before))
    assert len({one for one, _ in found}) == len({other for _, other in found}) == len(found)


@given(TEXTS)
def test_everything_is_its_own_partner(texts: list[str]) -> None:
    texts = [text for text in texts if folded(text.split())]
    assert sorted(pairs(texts, texts)) == [(place, place) for place in range(len(texts))]


@given(st.lists(st.dictionaries(st.integers(0, 4), st.integers(1, 20), max_size=5), max_size=5))
def test_no_other_choice_of_partners_gains_more(gains: list[dict[int, int]]) -> None:
    def most(row: int, taken: frozenset[int]) -> int:
        if row == len(gains):
            return 0
        free = [gain + most(row + 1, taken | {column}) for column, gain in gains[row].items() if column not in taken]
        return max([most(row + 1, taken), *free])

    chosen = best_partners(gains)
    assert len(set(chosen.values())) == len(chosen)
    assert sum(gains[row][column] for row, column in chosen.items()) == most(0, frozenset())


@given(st.permutations(range(8)), st.lists(st.integers(1, 9), min_size=8, max_size=8))
def test_the_heaviest_common_order_stays(order: list[int], weights: list[int]) -> None:
    couples = [(place, after, weights[place]) for place, after in enumerate(order)]
    kept = [couples[index] for index in sorted(kept_in_order(couples))]
    assert [after for _, after, _ in kept] == sorted(after for _, after, _ in kept)
    best = [0] * 8
    for place, after, weight in couples:
        best[place] = weight + max((best[one] for one in range(place) if order[one] < after), default=0)
    assert sum(weight for _, _, weight in kept) == max(best)


@pytest.mark.parametrize(("count", "kept", "most"), [(300, 0.5, 1.0), (300, 0.0, 1.0), (5_000, 0.5, 15.0)])
def test_many_steps_are_matched_in_bounded_time(count: int, kept: float, most: float) -> None:
    """`make bench` has the exact figures; these only hold what a slow machine can."""
    chance = random.Random(1)
    words = [f"w{number}" for number in range(400)]
    before = [" ".join(chance.choices(words, k=10)) for _ in range(count)]
    after = [" ".join(w if chance.random() < kept else chance.choice(words) for w in text.split()) for text in before]
    start = time.process_time()
    found = paired(entries(*before), entries(*after))
    assert time.process_time() - start < most
    assert found.by_blocks == (count > 500)
    if kept:
        assert sum(match.before == match.after for match in found.matches) > 0.9 * count
