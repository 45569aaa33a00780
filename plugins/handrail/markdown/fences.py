"""Handrail's fenced blocks, found by whatever reads the fences of a page, so that they are never inside other code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

Show = Callable[[str], str]
"""Gives the HTML for what stands between the fences."""

_OURS = "handrail-blocks"


def register_fences(md: Markdown, shown: Mapping[str, Show]) -> None:
    """Show the fenced blocks of a page by their words, unless the site has another use for a word."""
    if not shown or "fenced_code_block" not in md.preprocessors:
        return
    fences = md.preprocessors["fenced_code_block"]
    extension = getattr(fences, "extension", None)
    known = getattr(extension, "superfences", None)
    if isinstance(known, list):
        known[:] = [entry for entry in known if entry["name"] != _OURS]
        taken = {entry["name"] for entry in known}
        known.append(_entry({word: show for word, show in shown.items() if word not in taken}))
    elif hasattr(fences, "FENCED_BLOCK_RE"):
        md.preprocessors.register(_PlainFences(md, fences.FENCED_BLOCK_RE, shown), "handrail-fences", 26)


def _entry(shown: Mapping[str, Show]) -> dict[str, Any]:
    """Return the blocks as one of pymdownx.superfences; the last one that fits is taken."""
    return {
        "name": _OURS,
        "test": shown.__contains__,
        "formatter": lambda src="", language="", **_: shown[language](src),
        "validator": _has_no_options,
        "reset": None,
    }


def _has_no_options(language: str, inputs: Mapping[str, str], *_: object) -> bool:
    return not inputs


class _PlainFences(Preprocessor):
    """Shows the blocks among the fences that Python-Markdown's own extension finds."""

    def __init__(self, md: Markdown, fence: re.Pattern[str], shown: Mapping[str, Show]) -> None:
        super().__init__(md)
        self._fence = fence
        self._shown = shown

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with each block replaced by what it shows."""
        return self._fence.sub(self._replaced, "\n".join(lines)).split("\n")

    def _replaced(self, match: re.Match[str]) -> str:
        show = self._shown.get(match["lang"] or "")
        return f"\n{self.md.htmlStash.store(show(match['code']))}\n" if show else match[0]
