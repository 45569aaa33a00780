"""What reports say of a change, in the language of the handbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handrail.diff import Diff, named_diff
from handrail.words import LANGUAGES

Phrases = Mapping[str, str]
"""What a language calls everything that a report says."""

ENGLISH: Phrases = LANGUAGES["en"].site


def phrases_of(diff: Diff) -> Phrases:
    """Return what is said in the language of the handbook that changed."""
    return LANGUAGES.get(diff.language, LANGUAGES["en"]).site


def in_words(diff: Diff) -> Diff:
    """Return the comparison with the values in it that Handrail has names for in the language of the handbook."""
    return named_diff(diff, phrases_of(diff))


def phrase(phrases: Phrases, key: str, **values: object) -> str:
    """Return a phrase with its values filled in."""
    return phrases[f"review.{key}"].format(**values)


def side_name(phrases: Phrases, name: str) -> str:
    """Return what a side of a comparison is called: a revision as it is, the working tree in words."""
    return phrases.get(f"review.side.{name}", name)


def counted_as(phrases: Phrases, key: str, number: int, **values: object) -> str:
    """Return a phrase with its number: `1 change`, `2 changes`."""
    return phrase(phrases, f"{key}.{'one' if number == 1 else 'many'}", number=f"{number:,}", **values)


def listed(phrases: Phrases, names: Iterable[str], most: int) -> str:
    """Return names as people list them: `a, b and 3 more`; never one more alone, which is named instead."""
    all_names = list(names)
    shown: Sequence[str] = all_names if len(all_names) <= most + 1 else all_names[:most]
    left = len(all_names) - len(shown)
    parts = [*shown, *([phrase(phrases, "more", number=left)] if left else [])]
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {phrases['review.and']} {parts[-1]}" if parts else ""
