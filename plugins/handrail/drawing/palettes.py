"""The colours of a drawing, and what it says in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


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

    fixed: str = "fixed by a procedure"
    judgement: str = "left to judgement"
    unsaid: str = "unsaid"
    unguarded: str = "high risk without a rail"
    guessed: str = "guessed arrow"


ENGLISH = Words()
