"""Read what stands on the sheets of a PDF file."""

from __future__ import annotations

import io
import unicodedata

from pypdf import PdfReader


def words_of_sheets(content: bytes) -> list[str]:
    """Return the words of each sheet with single spaces; the joined letters of some fonts (ﬀ, ﬁ) come apart."""
    sheets = PdfReader(io.BytesIO(content)).pages
    return [" ".join(unicodedata.normalize("NFKC", sheet.extract_text()).split()) for sheet in sheets]
