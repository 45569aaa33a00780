"""The pages of a built site as one tagged PDF file: controlled documents with bookmarks and links that work."""

from __future__ import annotations

from handrail.pdf.chosen import everything, named
from handrail.pdf.making import MARK, Chapter, chapters_of, pdf_of

__all__ = ["MARK", "Chapter", "chapters_of", "everything", "named", "pdf_of"]
