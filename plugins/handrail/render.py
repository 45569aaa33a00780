"""The one door to the templates: the user's own before Handrail's, unknown names are errors, text is escaped."""

from __future__ import annotations

import functools
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape


def rendered(name: str | tuple[str, ...], own: Path | None = None, /, **values: object) -> str:
    """Return a template filled with values; `own` is the user's folder with templates of the same names.

    Of several names, the first one that there is a template for is taken.
    """
    found = _ours(name) if own is None else _selected(name, own)
    return found.render(values)


def is_own(name: str, own: Path | None) -> bool:
    """Whether a template is the user's."""
    return own is not None and (own / f"{name}.html").is_file()


def _selected(name: str | tuple[str, ...], own: Path | None) -> Template:
    names = (name,) if isinstance(name, str) else name
    return _environment(own).select_template([f"{one}.html" for one in names])


@functools.lru_cache(maxsize=256)
def _ours(name: str | tuple[str, ...]) -> Template:
    """Return one of Handrail's own templates, which stay as they are."""
    return _selected(name, None)


def worded(pattern: str, /, **values: object) -> Markup:
    """Return a sentence with its `{places}` filled; whatever is no markup yet is escaped."""
    return filled(_pieces(pattern), values)


Sentence = Sequence[tuple[Markup, str | None]]
"""A sentence as markup, piece by piece, each with the name of the place behind it."""


def filled(sentence: Sentence, values: Mapping[str, object]) -> Markup:
    """Return a sentence with its places filled; whatever is no markup yet is escaped."""
    said: list[str] = []
    for text, place in sentence:
        said.append(text)
        if place:
            said.append(escape(values[place]))
    return Markup("".join(said))


def sentence_with(pattern: str, known: Mapping[str, object]) -> Sentence:
    """Return a sentence in which those of its places are filled that are known already."""
    done: list[tuple[Markup, str | None]] = []
    before = Markup("")
    for text, place in _pieces(pattern):
        before += text
        if place and place in known:
            before += escape(known[place])
        elif place:
            done.append((before, place))
            before = Markup("")
    return (*done, (before, None)) if before or not done else tuple(done)


@functools.lru_cache(maxsize=1024)
def _pieces(pattern: str) -> Sentence:
    """Return a sentence as its words, escaped, each with the place behind them."""
    return tuple((escape(text), place) for text, place, _, _ in Formatter().parse(pattern))


class _Templates(Environment):
    """Templates that share what all of them know; Jinja looks it up anew, name by name, at each filling."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._taken: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Return a template; where none changes, each is looked for once."""
        if self.auto_reload or globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        if name not in self._taken:
            self._taken[name] = super().get_template(name, parent)
        return self._taken[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows beside its values."""
        return {**self.globals, **(d or {})}


@functools.lru_cache(maxsize=8)
def _environment(own: Path | None) -> Environment:
    ours = PackageLoader("handrail.templates", "")
    loader = ChoiceLoader([FileSystemLoader(own), ours]) if own is not None else ours
    return _Templates(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # it would look for what never changes, of which there is hardly any
        auto_reload=own is not None,  # Handrail's own stay as they are; no need to ask the disk at each filling
    )


__all__ = ["Markup", "Sentence", "escape", "filled", "is_own", "rendered", "sentence_with", "worded"]
