"""Whether words are measured wide enough and wrapped without losing any."""

from __future__ import annotations

import pytest

from handrail.graph import Node
from handrail.layout.sizes import BOX_WIDTH, FONT, LINE, size_of
from handrail.layout.widths import text_width
from handrail.layout.wrapping import wrapped

NAMES = (
    "Report the problem to the service desk",
    "Über die Größe entscheiden, 10 000 € und mehr",
    "Оповестить дежурного инженера",
    "اكتب التقرير النهائي وأرسله إلى المدير",
    "検体を受け取り、ラベルを確認して冷蔵庫に保管する",
    "Ship 🚀 to 👩‍👩‍👧 today",
    "https://example.org/a/very/long/address?with=options&and=more",
    "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel",
    "the name of four hundred characters " * 12,
    "x",
)


@pytest.mark.parametrize(("text", "hundredths_of_em"), [("m", 97.5), ("i", 27.8), ("Wq", 162.4), ("жЖ", 197.9)])
def test_a_text_gets_at_least_six_per_cent_more_than_the_font_gives_it(text: str, hundredths_of_em: float):
    assert text_width(text * 20, 14) >= 20 * 14 * hundredths_of_em / 100 * 1.06


def test_bold_is_wider_and_marks_on_letters_take_no_room():
    assert text_width("Reporter", 14, bold=True) > text_width("Reporter", 14)
    assert text_width("e\u0301", 14) == text_width("e", 14)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [60, 92, 144])
def test_wrapping_loses_nothing_and_keeps_to_the_width(name: str, width: int):
    lines = wrapped(name, width, FONT)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert all(text_width(line, FONT) <= width or len(line) < 12 for line in lines)


def test_lines_are_even():
    assert wrapped("one two three four five six", 144, FONT) == ("one two three", "four five six")


@pytest.mark.parametrize("name", NAMES)
def test_words_fit_their_box(name: str):
    size = size_of(Node("a", name))
    assert size.width == BOX_WIDTH
    assert size.height >= len(size.lines) * LINE + 12


@pytest.mark.parametrize("name", NAMES)
def test_words_fit_their_decision(name: str):
    size = size_of(Node("a", name, "decision"))
    assert size.width <= BOX_WIDTH
    for place, line in enumerate(size.lines):
        aside = abs(2 * place - len(size.lines) + 1) * LINE + FONT
        share = text_width(line, FONT) / size.width + aside / size.height
        assert share <= 1 if size.shape == "diamond" else text_width(line, FONT) <= size.width


def test_numbers_stay_whole():
    assert wrapped("Over 10 000 EUR", 60, FONT) == ("Over", "10 000", "EUR")


def test_a_long_first_word_leaves_the_number_before_it_breaks():
    size = size_of(Node("a", "Decommissioning of software", number="1.6"))
    assert size.lines == ("1.6.", "Decommissioning", "of software")


def test_the_number_stands_before_the_name():
    assert size_of(Node("a", "Log it", number="2")).lines == ("2. Log it",)
