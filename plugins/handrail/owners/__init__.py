"""Whether a forge lets a change past the owner of a document: its CODEOWNERS file against what the pages say."""

from __future__ import annotations

from handrail.owners.file import FORGES, PLACES, CodeOwners, Forge, code_owners, forge_of, place_of
from handrail.owners.judge import Ownership, ownership_of

__all__ = [
    "FORGES",
    "PLACES",
    "CodeOwners",
    "Forge",
    "Ownership",
    "code_owners",
    "forge_of",
    "ownership_of",
    "place_of",
]
