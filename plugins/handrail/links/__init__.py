"""All pages in, the Handbook out: where each name leads, and who links to it."""

from __future__ import annotations

from handrail.links.handbook import handbook_of

__all__ = ["handbook_of"]
