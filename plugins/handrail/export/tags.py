"""Start tags of HTML, taken apart and written again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from handrail.dataclass import dataclass

ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*"|'[^']*')?+)*+"""
"""What stands between the name of a tag and its `>`; quotes count only behind `=`, as in a browser."""
_ATTRIBUTE = re.compile(r"""([^\s=>"'/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']?[^\s>]*)))?""")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    """Names in small letters, in the order of the tag; the first of a name counts. Values are unescaped."""

    def get(self, name: str) -> str:
        """Return an attribute; `""` where there is none."""
        return next((value for key, value in self.attributes if key == name), "")

    def has(self, name: str) -> bool:
        """Whether there is such an attribute."""
        return any(key == name for key, _ in self.attributes)


def tag_of(name: str, attributes: str) -> Tag:
    """Return a start tag from its name and all that stands behind it."""
    return Tag(name.lower(), tuple(_attributes(attributes)))


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for name, *values in _ATTRIBUTE.findall(text):
        yield name.lower(), html.unescape(next(filter(None, values), ""))


def without(tag: Tag, *names: str) -> Tag:
    """Return a tag without some attributes."""
    return replace(tag, attributes=tuple(pair for pair in tag.attributes if pair[0] not in names))


def with_value(tag: Tag, name: str, value: str) -> Tag:
    """Return a tag with another value of an attribute that it has."""
    return replace(tag, attributes=tuple((key, value if key == name else old) for key, old in tag.attributes))


def written(tag: Tag) -> str:
    """Return a tag as HTML."""
    said = "".join(f' {name}="{html.escape(value)}"' if value else f" {name}" for name, value in tag.attributes)
    return f"<{tag.name}{said}>"
