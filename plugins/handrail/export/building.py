"""A handbook built by its host into a folder, with the configuration for a copy."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from handrail.export.derived import derived
from handrail.problems import HandrailError
from handrail.settings import Settings

_OWN = "mkdocs.plugins.handrail"
"""What the plugin says of the pages is what `handrail check` is for."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site on the disk, and what its host said."""

    pages: Mapping[str, str]
    """Address of a page below the root of the site -> path of its source; only the pages of the handbook."""
    made: frozenset[str]
    """The addresses of those that no author wrote."""
    warnings: tuple[str, ...]
    language: str


class _Watcher(BasePlugin):  # type: ignore[type-arg]  # it has no options
    """Looks on while the site is built."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, str] = {}
        self.made: set[str] = set()

    @event_priority(-1000)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Note where each page comes from."""
        for file in files.documentation_pages():
            self.pages[file.dest_uri] = file.src_uri
            if file.generated_by is not None:
                self.made.add(file.dest_uri)


class _Listener(logging.Handler):
    """Keeps what the host says at the level of warnings, and lets nobody print it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        if record.name != _OWN:
            self.lines.append(" ".join(record.getMessage().split()))


@contextlib.contextmanager
def _listening() -> Iterator[_Listener]:
    """Listen to the host's messages instead of printing them."""
    listener, log = _Listener(), logging.getLogger("mkdocs")
    before = log.propagate, log.handlers[:], log.level
    log.propagate, log.handlers = False, [listener]
    log.setLevel(logging.WARNING)
    try:
        yield listener
    finally:
        log.propagate, log.handlers = before[0], before[1]
        log.setLevel(before[2])


@dataclass(frozen=True)
class Configuration:
    """A host's configuration for a copy, not yet judged, and what it leaves out of the user's."""

    config: MkDocsConfig
    left_out: tuple[tuple[str, str], ...]
    """What was left out, as it can be found in the configuration, and why."""
    live: str
    """The address of the live site."""
    beside: tuple[Path, ...]
    """The files and folders that the site is made from, besides the pages."""
    text: str = field(default="", repr=False)
    """The user's own configuration."""


def configuration(settings: Settings, path: Path | None, drafts: bool = False) -> Configuration:
    """Return the configuration for a copy; the user's file stays as it is.

    Without a file, it is a plain one for the folder of pages that the settings name.
    """
    docs = settings.docs.absolute()
    folder = path.absolute().parent if path is not None else docs.parent
    config = MkDocsConfig(config_file_path=str(folder / (path.name if path is not None else "mkdocs.yml")))
    try:
        if path is None:
            plain = {"site_name": docs.name, "theme": {"name": "material"}, "plugins": ["search", "handrail"]}
            config.load_dict({**plain, "exclude_docs": "!/templates/"})
        else:
            with path.open("rb") as file:
                config.load_file(file)
    except (OSError, MkDocsException) as error:
        raise HandrailError(f"{path} cannot be read: {' '.join(str(error).split())}") from None
    live, theme, hooks = str(config.get("site_url") or ""), config.get("theme"), config.get("hooks") or ()
    beside = [path] if path is not None else []
    beside += [folder / theme["custom_dir"]] if isinstance(theme, Mapping) and theme.get("custom_dir") else []
    beside += [folder / hook for hook in hooks]
    made = derived(config, settings.options.kinds, drafts)
    config.load_dict({**made.values, "docs_dir": str(docs)})
    text = path.read_text(encoding="utf-8", errors="replace") if path is not None else ""
    return Configuration(config, made.left_out, live, tuple(beside), text)


def built(asked: Configuration, site: Path, seconds: int) -> Built:
    """Build a handbook into a folder; raises HandrailError where the host cannot.

    `seconds` since 1970 stand for the time of the build.
    """
    with _listening() as listener, _at(seconds):
        config = _judged(asked.config, site, listener)
        watcher = _Watcher()
        config.plugins["handrail-export"] = watcher
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        except (Abort, MkDocsException) as error:
            said = listener.lines[-1] if listener.lines else str(error)
            raise HandrailError(f"The handbook cannot be built: {said} Try `mkdocs build` first.") from None
        finally:
            config.plugins.on_shutdown()
    language = str(config.theme.get("language") or "en")
    return Built(watcher.pages, frozenset(watcher.made), tuple(listener.lines), language)


def _judged(config: MkDocsConfig, site: Path, listener: _Listener) -> MkDocsConfig:
    config["site_dir"] = str(site)
    errors, warnings = config.validate()
    if errors:
        raise HandrailError(f"mkdocs.yml: {errors[0][0]}: {errors[0][1]}")
    listener.lines += [f"mkdocs.yml: {name}: {warning}" for name, warning in warnings]
    return config


@contextlib.contextmanager
def _at(seconds: int) -> Iterator[None]:
    """Let the host and its plugins take a given time for that of the build."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # an advertisement of the theme
    os.environ["SOURCE_DATE_EPOCH"] = str(seconds)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
