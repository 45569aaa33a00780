"""What Handrail adds to a page, kept apart from what its author wrote until that is made safe."""

from __future__ import annotations

import re
import secrets
from dataclasses import field

from handrail.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Seal:
    """A mark that no author can write, since nobody can foresee it."""

    mark: str = ""
    """Empty where authors are trusted; then nothing is kept apart."""
    kept: list[str] = field(default_factory=list)

    def value(self, text: str) -> str:
        """Return an attribute's value that says that it is Handrail's own."""
        return f"{self.mark}={text}" if self.mark else text

    def held(self, html: str, block: bool = False) -> str:
        """Keep HTML apart; return what stands in its place."""
        self.kept.append(html)
        place = f"{self.mark}:{len(self.kept) - 1};"
        return f"<p>{place}</p>" if block else place

    def opened(self, html: str) -> str:
        """Return a page with all that was kept apart in its place."""
        if not self.mark:
            return html
        mark = re.escape(self.mark)
        filled = re.sub(rf"<p>{mark}:(\d+);</p>|{mark}:(\d+);", self._filled, html)
        return filled.replace(f"{self.mark}=", "")

    def _filled(self, match: re.Match[str]) -> str:
        return self.kept[int(match[1] or match[2])]


def new_seal() -> Seal:
    """Return a seal that nobody can foresee; it stands in no page that is published."""
    return Seal(f"hr{secrets.token_hex(16)}")
