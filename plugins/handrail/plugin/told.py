"""What the plugin tells in the host's log."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from handrail.handbook import idle_notes
from handrail.model import Handbook
from handrail.options import Options
from handrail.problems import HandrailError, Problem, in_order
from handrail.words import LANGUAGES

if TYPE_CHECKING:
    from handrail.history import Story

_log = get_plugin_logger("handrail")

_LEVELS = {"error": _log.warning, "warning": _log.warning, "info": _log.info}


def tell(problems: Iterable[Problem]) -> None:
    """Log problems as the command prints them."""
    for problem in in_order(problems):
        place = f"{problem.path}:{problem.line}:{problem.column}"
        _LEVELS[problem.level](f"{place}: {problem.message} {problem.mend} [{problem.rule}]")


def tell_idle(handbook: Handbook, options: Options, config: MkDocsConfig) -> None:
    """Log what of the options does nothing."""
    language = str(config.theme.get("language") or config.theme.get("locale") or "")
    for note in idle_notes(handbook, options, Path(config.docs_dir), language):
        _log.info("%s", note)


def told_story(options: Options, config: MkDocsConfig) -> Story | None:
    """Return what the site tells of the past; None where the options do not ask for it, or it cannot be told."""
    if not options.history and not options.review:
        return None
    from handrail.history import story_of  # it loads what compares handbooks, a fifth of all code

    try:
        story = story_of(options, Path(config.config_file_path or "mkdocs.yml"))
    except HandrailError as error:
        _log.warning("What changed cannot be told: %s", error)
        return None
    for note in story.notes:
        _log.warning("%s", note.said(LANGUAGES["en"].site))
    return story
