"""The colours of a drawing, and what it says in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from handrail.dataclass import dataclass
from handrail.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a drawing: CSS variables on pages, literal colours in downloads, mail and PDF."""

    ink: str
    """Words, outlines and arrows."""
    box: str
    lane: str
    border: str
    """Between lanes."""
    accent: str
    """Decisions and what is linked."""
    warning: str
    font: str
    """Empty where the page's own font holds."""


PAGE = Palette(
    "var(--md-default-fg-color,#222)",
    "var(--md-default-bg-color,#fff)",
    "var(--md-code-bg-color,#f6f6f7)",
    "var(--md-default-fg-color--lighter,#bbb)",
    "var(--md-typeset-a-color,#3949ab)",
    "var(--handrail-warning,#c2410c)",
    "",
)
_SANS = "Roboto,Helvetica,Arial,'DejaVu Sans',sans-serif"
LIGHT = Palette("#222", "#fff", "#f6f6f7", "#bbb", "#3949ab", "#c2410c", _SANS)
DARK = Palette("#e2e4e9", "#1e2129", "#262a33", "#4b5060", "#8ea2f5", "#fb923c", _SANS)


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing itself says, in the reader's language."""

    fixed: str
    judgement: str
    unsaid: str
    unguarded: str
    guessed: str
    nobody: str
    """The title of the lane in which what nobody is named for stands."""


def drawing_words(said: Mapping[str, str]) -> Words:
    """Return what a drawing says, from what a language's table says on a site."""
    return Words(**{field.name: said[f"flow.legend.{field.name}"] for field in fields(Words)})


ENGLISH = drawing_words(LANGUAGES["en"].site)
