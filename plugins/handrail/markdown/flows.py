"""The fenced block `flow`: whatever reads the fences of a page finds it, so that it is never inside other code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

Show = Callable[[str], str]
"""Gives the HTML for what stands between the fences."""

_WORD = "flow"
_OURS = "handrail-flow"


def register_flows(md: Markdown, show: Show) -> None:
    """Show the fenced blocks `flow` of a page, unless the site has another use for the word."""
    if "fenced_code_block" not in md.preprocessors:
        return
    fences = md.preprocessors["fenced_code_block"]
    extension = getattr(fences, "extension", None)
    known = getattr(extension, "superfences", None)
    if isinstance(known, list):
        _register_with_superfences(known, show)
    elif hasattr(fences, "FENCED_BLOCK_RE"):
        md.preprocessors.register(_PlainFences(md, fences.FENCED_BLOCK_RE, show), _OURS, 26)


def _register_with_superfences(known: list[dict[str, Any]], show: Show) -> None:
    """Add the block to those of pymdownx.superfences; the last one that fits is taken."""
    known[:] = [entry for entry in known if entry["name"] != _OURS]
    if any(entry["name"] == _WORD for entry in known):
        return
    known.append(
        {
            "name": _OURS,
            "test": lambda language: language == _WORD,
            "formatter": lambda src="", **_: show(src),
            "validator": lambda language, inputs, options, attrs, md: not inputs,
            "reset": None,
        }
    )


class _PlainFences(Preprocessor):
    """Shows the blocks among the fences that Python-Markdown's own extension finds."""

    def __init__(self, md: Markdown, fence: re.Pattern[str], show: Show) -> None:
        super().__init__(md)
        self._fence = fence
        self._show = show

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with each block replaced by what it shows."""
        return self._fence.sub(self._shown, "\n".join(lines)).split("\n")

    def _shown(self, match: re.Match[str]) -> str:
        if match["lang"] != _WORD:
            return match[0]
        return f"\n{self.md.htmlStash.store(self._show(match['code']))}\n"
