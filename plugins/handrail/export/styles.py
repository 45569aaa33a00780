"""Style sheets without what they would fetch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handrail.export.addresses import is_harmless, is_remote

Told = Callable[[str, int], None]
"""Is told each address that was taken out, and where it stood in the text."""

_FETCHED = re.compile(
    r"""/\*.*?\*/
    |@import\s*(?:url\(\s*)?(?P<import>"[^"]*"|'[^']*'|[^\s;)]+)\s*\)?[^;]*;?
    |url\(\s*(?P<url>"[^"]*"|'[^']*'|[^)"']*?)\s*\)
    |(?:-webkit-)?image-set\((?P<set>(?:[^()]|\([^()]*\))*)\)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_TEXTS = re.compile(r""""([^"]*)"|'([^']*)'|url\(\s*([^)"']*?)\s*\)""", re.IGNORECASE)


def local_style(css: str, told: Told) -> str:
    """Return a style sheet in which nothing leads to another machine; what did is none."""
    if "//" not in css and "\\" not in css:
        return css

    def replaced(match: re.Match[str]) -> str:
        address = next((found for found in _addresses(match) if is_remote(_unescaped(found))), None)
        if address is None:
            return match[0]
        told(address, match.start())
        return "" if match["import"] is not None else "none"

    return _FETCHED.sub(replaced, css)


def own_addresses(css: str) -> Iterator[str]:
    """Yield each address in a style sheet that means a file beside it."""
    for match in _FETCHED.finditer(css):
        found = (_unescaped(address) for address in _addresses(match))
        yield from (address for address in found if not is_remote(address) and not is_harmless(address))


def inlined_style(css: str, imported: Callable[[str], str], embedded: Callable[[str], str | None]) -> str:
    """Return a style sheet with what it loads inside: other sheets as their text, files as addresses that hold them."""

    def replaced(match: re.Match[str]) -> str:
        found = [_unescaped(address) for address in _addresses(match)]
        if match["import"] is not None:
            return imported(found[0])
        if not found or all(is_harmless(address) for address in found):
            return match[0]
        data = embedded(found[0])
        return f'url("{data}")' if data else "none"

    return _FETCHED.sub(replaced, css)


def _addresses(match: re.Match[str]) -> list[str]:
    if match["set"] is not None:
        return [next(filter(None, found), "") for found in _TEXTS.findall(match["set"])]
    found = match["import"] if match["import"] is not None else match["url"]
    return [] if found is None else [found.strip("\"'")]


def _unescaped(text: str) -> str:
    """Return a text of a style sheet with its `\\68` and the like as the letters that they are."""
    return re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda match: _letter(int(match[1], 16)), text).replace("\\", "")


def _letter(number: int) -> str:
    return chr(number) if 0 < number < 0x110000 else "\ufffd"
