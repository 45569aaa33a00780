"""Addresses as a browser takes them: what leads to another machine, what lies in the copy, and the way to it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from dataclasses import field
from urllib.parse import quote, unquote, urlsplit

from handrail.dataclass import dataclass

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_HARMLESS = ("data:", "blob:", "about:", "javascript:", "mailto:", "tel:", "sms:", "#")
_DROPPED = str.maketrans("", "", "\t\n\r")
"""What browsers leave out of an address wherever it stands."""


def plain(address: str) -> str:
    """Return an address as a browser reads it."""
    return address.translate(_DROPPED).strip("\0\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x1f ")


def is_remote(address: str) -> bool:
    """Whether following an address leaves the copy: another scheme or host, also `file:` and a Windows drive."""
    address = plain(address).replace("\\", "/")
    if address.startswith("//"):
        return True
    return _SCHEME.match(address) is not None and not address.lower().startswith(_HARMLESS)


def is_harmless(address: str) -> bool:
    """Whether an address needs no file: a piece of data, a place on the page, a message to write."""
    return not plain(address) or plain(address).lower().startswith(_HARMLESS)


@dataclass(frozen=True)
class Whereabouts:
    """Which files a copy holds, and where they are on the live site."""

    files: Container[str]
    live: str = ""
    """The address of the live site, ending in `/`; empty where it is not known."""
    _base: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_base", urlsplit(self.live).path or "/")

    def inside(self, address: str, here: str) -> str | None:
        """Return the way, from a file of the copy, to what an address of the live site or of its root means.

        None where the address means nothing of the copy.
        """
        path, rest = self._below(plain(address))
        if path is None:
            return None
        found = next((name for name in _names(path) if name in self.files), None)
        return None if found is None else way(found, here) + rest

    def _below(self, address: str) -> tuple[str | None, str]:
        bare, rest = _split(address)
        if self.live and bare.startswith(self.live):
            return unquote(bare[len(self.live) :]), rest
        if self.live and f"{bare}/" == self.live:
            return "", rest
        if bare.startswith("/") and not bare.startswith(("//", "/\\")):
            below = bare[len(self._base) :] if bare.startswith(self._base) else bare[1:]
            return unquote(below), rest
        return None, rest

    def holds(self, address: str, here: str) -> bool:
        """Whether the copy holds what a relative address means as seen from one of its files."""
        return target(address, here) in self.files


def target(address: str, here: str) -> str:
    """Return the path in the copy of what a relative address means as seen from a file; `..` may lead out of it."""
    path = unquote(_split(plain(address))[0])
    if not path:
        return here
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    return posixpath.normpath(posixpath.join(joined, "index.html")) if path.endswith("/") else joined


def way(path: str, here: str) -> str:
    """Return the relative address of a file of the copy as seen from another one."""
    return quote(posixpath.relpath(path, posixpath.dirname(here) or "."), safe="/:@!$&'()*+,;=~")


def _split(address: str) -> tuple[str, str]:
    """Return an address without what stands behind `?` or `#`, and that."""
    match = re.search(r"[?#]", address)
    return (address[: match.start()], address[match.start() :]) if match else (address, "")


def _names(path: str) -> tuple[str, ...]:
    """Return under which names a page of the live site may lie in the copy, which has no addresses of folders."""
    bare = path.strip("/")
    if not bare:
        return ("index.html",)
    return (bare, f"{bare}.html", f"{bare}/index.html")
