"""A drawing with places for its colours, its name and its links, so that it is drawn once wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from handrail.drawing.palettes import Palette
from handrail.drawing.text import escaped

NAME, FONT_FAMILY, LINK = "\x0e", "\x0f", "\x10"
"""Characters that XML forbids, so that no words of a flow hold them. A link stands between two of its own."""
COLOURS = Palette("\x01", "\x02", "\x03", "\x04", "\x05", "\x06", "")
_PLACES = {name: place for name in (field.name for field in fields(Palette)) if (place := getattr(COLOURS, name))}


def filled(blank: str, addresses: Sequence[str], palette: Palette, name: str) -> str:
    """Fill the places of a drawing: `addresses` gives for each node where it leads, or nothing."""
    parts = blank.split(LINK)
    for place, address in enumerate(addresses):
        if address:
            parts[2 * place + 1] = f'<a href="{escaped(address)}">{parts[2 * place + 1]}</a>'
    font = f' font-family="{escaped(palette.font)}"' if palette.font else ""
    text = "".join(parts).replace(NAME, name).replace(FONT_FAMILY, font)
    for colour, place in _PLACES.items():
        text = text.replace(place, getattr(palette, colour))
    return text
