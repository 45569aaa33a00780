"""One page in, its processes, procedures and problems out, names still names."""

from __future__ import annotations

from handrail.reader.page import read_page
from handrail.reader.raw import RawDocument, RawPage, RawStep

__all__ = ["RawDocument", "RawPage", "RawStep", "read_page"]
