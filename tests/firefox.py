"""Firefox, spoken to in its own form of WebDriver (Marionette), with every request to another machine noted."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
"""Browsers of the system; the first that is there is taken."""
_OWN = re.compile(r"\.(?:mozilla\.(?:com|net|org)|firefox\.com|googleapis\.com):")
"""Of whom the browser itself asks for updates."""
_COMPLAINTS = """return Services.console.getMessageArray()
  .filter(message => message instanceof Ci.nsIScriptError && !(message.flags & Ci.nsIScriptError.warningFlag))
  .filter(message => message.sourceName.startsWith("file:"))
  .map(message => `${message.sourceName}: ${message.errorMessage}`);"""
_PATIENCE = 60
"""How many seconds the browser may take to start, or to answer."""


def executable() -> str | None:
    """Return the browser, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """A browser that runs; each call is a command of WebDriver."""

    def __init__(self, connection: socket.socket, asked: list[str]) -> None:
        self._connection = connection
        self._number = 0
        self._asked = asked

    @property
    def away(self) -> list[str]:
        """The first line of each request that a page made to another machine."""
        return list(dict.fromkeys(line for line in self._asked if not _OWN.search(line)))

    @property
    def complaints(self) -> list[str]:
        """What the browser holds against pages from the disk: scripts that failed, and what they may not do."""
        return list(self._inside(_COMPLAINTS))

    def forget(self) -> None:
        """Begin anew with what is noted."""
        self._inside("Services.console.reset();")
        self._asked.clear()

    def _inside(self, script: str) -> Any:
        """Run a script with the rights of the browser itself."""
        self.ask("SetContext", "Marionette", value="chrome")
        try:
            return self.run(script)
        finally:
            self.ask("SetContext", "Marionette", value="content")

    def ask(self, command: str, area: str = "WebDriver", **parameters: Any) -> Any:
        """Send a command, and return what it gives; raises RuntimeError where the browser refuses."""
        self._number += 1
        data = json.dumps([0, self._number, f"{area}:{command}", parameters]).encode()
        self._connection.sendall(str(len(data)).encode() + b":" + data)
        _, _, error, result = received(self._connection)
        if error:
            raise RuntimeError(f"{command}: {error.get('message')}")
        return result.get("value", result) if isinstance(result, dict) else result

    def open(self, address: str) -> None:
        """Open an address, and wait until it is loaded."""
        self.ask("Navigate", url=address)

    def run(self, script: str, *values: Any) -> Any:
        """Run a script in the page, and return what it returns."""
        return self.ask("ExecuteScript", script=script, args=list(values), sandbox=None)

    def type(self, selector: str, text: str) -> None:
        """Type into an element of the page."""
        found = self.ask("FindElement", using="css selector", value=selector)
        self.ask("ElementSendKeys", id=next(iter(found.values())), text=text)

    def wait_for(self, script: str) -> Any:
        """Run a script until it returns something that is true; return that."""
        end = time.monotonic() + _PATIENCE
        while not (found := self.run(script)):
            if time.monotonic() > end:
                raise TimeoutError(script)
            time.sleep(0.05)
        return found


def received(connection: socket.socket) -> Any:
    """Return one message: its length, a colon, and that many bytes of JSON."""
    head = b""
    while not head.endswith(b":"):
        head += connection.recv(1) or _ended()
    data, length = b"", int(head[:-1])
    while len(data) < length:
        data += connection.recv(length - len(data)) or _ended()
    return json.loads(data)


def _ended() -> bytes:
    raise RuntimeError("The browser has gone.")


@contextmanager
def firefox(program: str) -> Iterator[Firefox]:
    """Start the browser with all other machines behind a proxy that lets nothing through, and end it."""
    with tempfile.TemporaryDirectory() as profile, _proxy() as (port, away):
        own = _free_port()
        Path(profile, "user.js").write_text(_settings(port, own), encoding="utf-8")
        process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile, "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            with _connected(own) as connection:
                received(connection)
                browser = Firefox(connection, away)
                browser.ask("NewSession", capabilities={"alwaysMatch": {"pageLoadStrategy": "normal"}})
                yield browser
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _settings(proxy: int, own: int) -> str:
    """Return the browser's settings: all through the proxy, and nothing asked of its maker."""
    settings: dict[str, Any] = {
        "marionette.port": own,
        "network.proxy.type": 1,
        **{f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")},
        **{f"network.proxy.{kind}_port": proxy for kind in ("http", "ssl")},
        "network.proxy.allow_hijacking_localhost": True,
        "network.dns.disabled": True,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "services.settings.server": "",
        "app.update.enabled": False,
        "app.normandy.enabled": False,
        "browser.safebrowsing.downloads.remote.enabled": False,
        "browser.safebrowsing.malware.enabled": False,
        "browser.safebrowsing.phishing.enabled": False,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "extensions.update.enabled": False,
        "media.gmp-manager.updateEnabled": False,
        "media.gmp-provider.enabled": False,
        "extensions.systemAddon.update.enabled": False,
        "extensions.getAddons.cache.enabled": False,
        "toolkit.telemetry.enabled": False,
    }
    return "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return connection


@contextmanager
def _proxy() -> Iterator[tuple[int, list[str]]]:
    """Note what would be asked of other machines, and answer nothing."""
    away: list[str] = []

    def note(server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    away.append(connection.recv(4096).split(b"\r\n")[0].decode("latin-1"))
                except OSError:
                    away.append("?")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=note, args=(server,), daemon=True).start()
        yield int(server.getsockname()[1]), away
        server.shutdown(socket.SHUT_RDWR)
