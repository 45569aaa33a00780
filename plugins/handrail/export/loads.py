"""What a browser loads by itself for each tag, and tags that are something special."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.export.addresses import plain
from handrail.export.tags import Tag

_DRAWN = ("href", "xlink:href")
LOADS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("img", "source", "audio", "track", "embed", "input", "iframe", "frame"), ("src",)),
    **dict.fromkeys(("image", "use", "feimage"), _DRAWN),
    **dict.fromkeys(("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"), ("background",)),
    "video": ("src", "poster"),
    "object": ("data",),
    "script": ("src", *_DRAWN),
    "link": ("href",),
    "html": ("manifest",),
}
"""Tag -> the attributes whose address a browser fetches by itself."""
SETS: Mapping[str, str] = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}
"""Tag -> the attribute that holds several addresses to choose from."""
_QUIET_LINKS = frozenset(
    "alternate author bookmark canonical edit external help license me next nofollow noopener noreferrer prev search"
    " tag up".split()
)
"""Relations of a `link` that no browser fetches."""
STAY = ("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "html", "input")
"""Tags that stay, without the attribute that fetches."""
SPOKEN = {"img": "picture", "image": "picture", "iframe": "frame", "frame": "frame", "embed": "frame",
           "object": "frame", "video": "video", "audio": "audio"}  # fmt: skip
"""Tag -> what the link in its place calls it; other tags leave without one."""
_EMOJI = frozenset(("twemoji", "emojione", "gemoji", "emoji"))


def is_quiet(tag: Tag) -> bool:
    """Whether it is a `link` that no browser fetches."""
    relations = set(tag.get("rel").lower().split())
    return bool(relations) and relations <= _QUIET_LINKS


def is_emoji(tag: Tag) -> bool:
    """Whether it is a picture of a letter."""
    return tag.name == "img" and bool(_EMOJI & set(tag.get("class").split()))


def is_pixel(tag: Tag) -> bool:
    """Whether a picture is there to count readers, and shows nothing."""
    return all(tag.get(name) in ("0", "1") for name in ("width", "height"))


def is_module(tag: Tag) -> bool:
    """Whether it is a script that may fetch others, which browsers load from no folder."""
    return (tag.name == "script" and tag.get("type").lower() == "module" and tag.has("src")) or (
        tag.name == "link" and "modulepreload" in tag.get("rel").lower().split()
    )


def is_written_frame(tag: Tag) -> bool:
    """Whether a frame holds its page in itself, where nothing can be said about it."""
    return tag.has("srcdoc") or plain(tag.get("src")).lower().startswith(("data:", "javascript:"))
