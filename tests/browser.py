"""Find the browser in which pages are tested; run as a program, install one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome-stable", "google-chrome")
"""Browsers of the system, the first that runs is taken."""

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""So that the browser asks nobody but the page under test."""

PACKAGES = ("chromium", "libatomic1")
"""Debian's browser, and what the program behind Playwright needs that small systems lack."""

PLAYWRIGHT = (sys.executable, "-m", "playwright")


def flags() -> list[str]:
    """Return the flags to start the browser with; its sandbox cannot be had as root."""
    return [*FLAGS, "--no-sandbox"] if _is_root() else list(FLAGS)


def executable() -> Path | None:
    """Return a browser that runs: one of the system, else Playwright's own, else None."""
    return next(filter(_runs, _candidates()), None) if _succeeds(*PLAYWRIGHT, "--version") else None


def install() -> None:
    """Install a browser: Debian's package where packages can be installed, else Playwright's own."""
    as_root = _as_root()
    if as_root is not None and shutil.which("apt-get"):
        _run(*as_root, "apt-get", "update", "--quiet=2")
        _run(*as_root, "apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", *PACKAGES)
    if executable() is None:
        _run(*PLAYWRIGHT, "install", "chromium")


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def _runs(browser: Path) -> bool:
    # Some systems put a note in the place of the browser that only says where to get it.
    return browser.is_file() and _succeeds(str(browser), "--version")


def _as_root() -> tuple[str, ...] | None:
    """Return what a command needs in front to run as root, or None if it cannot without a password."""
    if _is_root():
        return ("env", "DEBIAN_FRONTEND=noninteractive")
    sudo = ("sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive")
    return sudo if shutil.which("sudo") and _succeeds(*sudo, "true") else None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _run(*command: str) -> None:
    # A step that fails is no end: the next way to a browser may work, and the last word is said below.
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    if executable() is None:
        sys.stderr.write("Setting up a browser for the tests; this happens once.\n")
        install()
    if executable() is None:
        sys.exit("No browser could be installed. Install Chromium, so that `chromium --version` answers.")
