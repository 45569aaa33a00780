"""HTML made safe: what is not on the allow-list is taken out."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from handrail.problems import HandrailError
from handrail.safety.allowed import (
    ATTRIBUTES,
    EVERYWHERE,
    INPUTS,
    OWN,
    SCHEMES,
    STYLES,
    TAGS,
    allowed_classes,
    allowed_id,
)

_OWN = frozenset(
    (
        *("data-handrail", "data-handrail-label", "data-handrail-lead", "data-handrail-box", "data-handrail-said"),
        *("data-handrail-column", "data-step", "data-document"),
    )
)  # what Handrail sets on elements of the author's
_INSTALL = "`sanitize: strict` needs nh3: pip install handrail[sanitize]"


def clean_html(html: str, mark: str = "") -> str:
    """Return an author's HTML with only what is allowed; raises HandrailError where nh3 is not installed.

    An attribute whose value begins with `mark` is Handrail's own and stays; without a mark there is none.
    """
    try:
        import nh3
    except ImportError:
        raise HandrailError(_INSTALL) from None

    def allowed(tag: str, name: str, value: str) -> str | None:
        return _allowed(tag, name, value, mark)

    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"*": {*EVERYWHERE, *_OWN}, **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
        attribute_filter=allowed,
        generic_attribute_prefixes={"aria-"},
        filter_style_properties=set(STYLES),
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _allowed(tag: str, name: str, value: str, mark: str) -> str | None:
    """Return an attribute's value as far as it is allowed; None takes the attribute out."""
    if OWN.fullmatch(name):
        return value if mark and value.startswith(mark) else None
    if name == "class":
        return allowed_classes(value)
    if name in ("id", "name", "for"):
        return allowed_id(value)
    if name == "target":
        return value if value == "_blank" else None
    if tag == "input" and name == "type":
        return value if value.casefold() in INPUTS else "checkbox"
    return value


def taken_out(html: str, mark: str = "") -> tuple[str, ...]:
    """Return the names of the elements and attributes that are taken out of an author's HTML, each once."""
    finder = _Finder(mark)
    finder.feed(html)
    finder.close()
    return tuple(dict.fromkeys(finder.found))


class _Finder(HTMLParser):
    """Notes what is not on the allow-list; what it overlooks is taken out all the same."""

    def __init__(self, mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self._mark = mark
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, or those of its attributes, that are not allowed."""
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        else:
            own = [name for name, value in attrs if self._mark and (value or "").startswith(self._mark)]
            self.found += _attributes(tag, [(name, value) for name, value in attrs if name not in own])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is closed at once."""
        self.handle_starttag(tag, attrs)


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    known = {name.casefold() for name in (*EVERYWHERE, *ATTRIBUTES.get(tag, ()))}
    for name, value in attrs:
        if name in ("href", "src") and name in known:
            scheme, colon, _ = "".join((value or "").split()).casefold().partition(":")
            if colon and scheme.isalpha() and scheme not in SCHEMES:
                yield f"{scheme}:"
        elif name not in known and not name.startswith("aria-"):
            yield name
