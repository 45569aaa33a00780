"""A QR code as inline SVG: dark on light in every scheme, since that is what cameras read."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import segno

_MASK = 2
"""Any of the eight masks can be read; to try them all for the finest takes five times as long."""
_PATH = re.compile(r' d="([^"]+)"')
_QUIET = 4
"""The light border that the standard asks for, in modules."""


@lru_cache(maxsize=4)
def qr_code(text: str, title: str) -> str:
    """Return the code of a text, with a title for those who do not see it."""
    code = segno.make_qr(text, error="l", mask=_MASK)
    path = _PATH.search(code.svg_inline(border=_QUIET, omitsize=True))
    size = code.symbol_size(border=_QUIET)[0]
    return (
        f'<svg class="handrail-qr" viewBox="0 0 {size} {size}" role="img" aria-label="{html.escape(title)}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{path[1] if path else ""}"/></svg>'
    )
