"""Files beside the pages that a browser would run when they are opened."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from handrail.problems import Problem

_RUNS = frozenset(
    (".html", ".htm", ".xhtml", ".xht", ".shtml", ".xml", ".xsl", ".xslt", ".js", ".mjs", ".cjs", ".wasm")
)
_PICTURES = frozenset((".svg", ".svgz"))
_ACTS = re.compile(
    rb"<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|object|embed|handler|set|animate\w*)\b"
    rb"|[\s\"'/]on\w+\s*=|<!\s*(?:entity|doctype[^>]*\[)|<\?xml-stylesheet|&#"
    rb"|(?:javascript|vbscript)\s*:|data\s*:(?!image/(?:png|jpe?g|gif|webp);)",
    re.IGNORECASE,
)


def acts(path: str, content: bytes) -> bool:
    """Whether a file beside the pages may do something of its own when a reader opens it."""
    ending = PurePosixPath(path).suffix.casefold()
    if ending in _RUNS:
        return True
    return ending in _PICTURES and (content.startswith(b"\x1f\x8b") or b"\0" in content or bool(_ACTS.search(content)))


def unsafe_file(path: str) -> Problem:
    """Return what is told of such a file, which is left out of the site."""
    return Problem(
        "unsafe-file",
        "warning",
        path,
        1,
        1,
        "A browser would run this file, so it is left out, since `sanitize` is `strict`.",
        "Remove it, or name it in `mkdocs.yml` under `extra_javascript`.",
    )
