"""What the host says while it builds, kept instead of printed, and the time that it takes for that of the build."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator

_OWN = "mkdocs.plugins.handrail"
"""What the plugin says of the pages is what `handrail check` is for."""


class Listener(logging.Handler):
    """Keeps what the host says at the level of warnings, and lets nobody print it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        if record.name != _OWN:
            self.lines.append(" ".join(record.getMessage().split()))


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    """Listen to the host's messages instead of printing them."""
    listener, log = Listener(), logging.getLogger("mkdocs")
    before = log.propagate, log.handlers[:], log.level
    log.propagate, log.handlers = False, [listener]
    log.setLevel(logging.WARNING)
    try:
        yield listener
    finally:
        log.propagate, log.handlers = before[0], before[1]
        log.setLevel(before[2])


@contextlib.contextmanager
def at_time(seconds: int) -> Iterator[None]:
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
