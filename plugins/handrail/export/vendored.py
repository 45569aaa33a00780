"""The files that a copy gets from the package: path in the copy -> file in the package."""

from __future__ import annotations

from collections.abc import Mapping

STYLE, SCRIPT = "assets/handrail/handrail-copy.css", "assets/handrail/handrail-copy.js"
SHIM = "assets/handrail/iframe-worker-shim.js"
"""Lets the theme's search work from a folder, where browsers give pages no workers."""
MERMAID, MERMAID_INIT = "assets/handrail/mermaid.min.js", "assets/handrail/mermaid-init.js"

ALWAYS: Mapping[str, str] = {
    STYLE: STYLE,
    SCRIPT: SCRIPT,
    SHIM: "vendor/iframe-worker-shim.js",
    "assets/handrail/iframe-worker-shim.LICENSE": "vendor/iframe-worker-shim.LICENSE",
}
FOR_DIAGRAMS: Mapping[str, str] = {
    MERMAID: "vendor/mermaid.min.js",
    "assets/handrail/mermaid.LICENSE": "vendor/mermaid.LICENSE",
    MERMAID_INIT: MERMAID_INIT,
}
"""Only where an author's page holds a diagram."""
