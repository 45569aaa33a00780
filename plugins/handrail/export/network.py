"""No network while a handbook is built: what asks another machine for something is told no, and named."""

from __future__ import annotations

import contextlib
import ipaddress
import sys
from collections.abc import Iterator
from typing import Any

_ASKING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
"""What Python tells before it asks another machine for something."""
_watching: list[list[str]] = []
"""The lists of those that are told right now; empty where nobody is."""
_hooked: list[bool] = []


@contextlib.contextmanager
def without_network() -> Iterator[list[str]]:
    """Refuse each connection to another machine from this process; give the list of hosts that were asked for."""
    if not _hooked:
        sys.addaudithook(_told)  # one that was added is there until the process ends
        _hooked.append(True)
    asked: list[str] = []
    _watching.append(asked)
    try:
        yield asked
    finally:
        _watching.remove(asked)


def _told(event: str, values: tuple[Any, ...]) -> None:
    if not _watching or event not in _ASKING:
        return
    host = _host(event, values)
    if host is not None:
        _watching[-1].append(host)
        raise ConnectionRefusedError(f"a copy is made without a network, so {host} is not asked")


def _host(event: str, values: tuple[Any, ...]) -> str | None:
    """Return the other machine's name; None for a socket of this machine."""
    place = values[1] if event in ("socket.connect", "socket.sendto") and len(values) > 1 else values[0]
    host = place[0] if isinstance(place, tuple) and place else place
    if isinstance(place, str | bytes) and event == "socket.connect":
        return None  # a socket in the file system
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    return None if _is_here(name) else name


def _is_here(name: str) -> bool:
    if name in ("localhost", "localhost.localdomain"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
