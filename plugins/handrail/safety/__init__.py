"""What authors who are not all trusted may put on a page, and what is taken out of it."""

from __future__ import annotations

from handrail.safety.files import acts, unsafe_file
from handrail.safety.html import clean_html, taken_out
from handrail.safety.seal import Seal, new_seal
from handrail.safety.texts import clean_anchor, clean_meta, clean_text

__all__ = [
    "Seal",
    "acts",
    "clean_anchor",
    "clean_html",
    "clean_meta",
    "clean_text",
    "new_seal",
    "taken_out",
    "unsafe_file",
]
