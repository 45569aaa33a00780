"""What is kept of one call for the next, and let go of at once."""

from __future__ import annotations

from handrail.kept import kept, let_go


def test_a_function_is_asked_once_until_all_is_let_go_of():
    asked: list[str] = []

    @kept(2)
    def spelt(word: str) -> str:
        asked.append(word)
        return " ".join(word)

    assert [spelt("oven"), spelt("oven")] == ["o v e n", "o v e n"]
    assert asked == ["oven"]
    let_go()
    assert spelt("oven") == "o v e n"
    assert asked == ["oven", "oven"]
