"""What the site tells of the handbook's past, where the options ask for it.

Only then is loaded what compares two handbooks: that is a fifth of all that a build would load.
"""

from __future__ import annotations

from collections.abc import Mapping

from handrail.model import Document
from handrail.pages.site import View


def change_log(view: View) -> Mapping[str, object]:
    """Return what the page of changes shows: every tag, and what it changed."""
    from handrail.pages import changes

    return changes.change_log(view)


def review_page(view: View) -> Mapping[str, object]:
    """Return all that changed since the branch was left."""
    from handrail.pages import changes

    return changes.review_page(view)


def document_history(document: Document, view: View) -> str:
    """Return what changed of a document, or for a role, at each tag; empty where nobody asked."""
    if view.site.story is None:
        return ""
    from handrail.pages import changes

    return changes.document_history(document, view)


def document_since(document: Document, view: View) -> str:
    """Return what changed of a document since the branch was left; empty where nobody asked, or nothing did."""
    if view.site.story is None:
        return ""
    from handrail.pages import changes

    return changes.document_since(document, view)
