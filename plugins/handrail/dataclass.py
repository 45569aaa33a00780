"""Classes of data: frozen for mypy, and made fast, both the classes at every start and what is made of them.

The decorator of the standard library writes six functions for each frozen class and compiles them, for hundreds of
classes, and what is made of one takes three times as long to make. Here only `__init__` is written, and the others are
shared. That nothing changes data is left to mypy, which proves it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        written: type | None = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True
    ) -> type | Callable[[type], type]:
        """Return a class as one of data, or what makes it one, as the decorator in the standard library does."""

        def made(written: type) -> type:
            cls = dataclasses.dataclass(slots=slots, repr=False, eq=False)(written)
            cls.__repr__ = _shown
            if eq:
                cls.__eq__, hash_of = _comparing(cls)
                cls.__hash__ = hash_of if frozen else None
            return cls

        return made if written is None else made(written)


__all__ = ["dataclass"]


def _comparing(cls: Any) -> tuple[Callable[[object, object], bool], Callable[[object], int]]:
    """Return by what two of a class are equal, and have one hash: all of their fields."""
    values = attrgetter(*(field.name for field in dataclasses.fields(cls)))

    def is_equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_of(self: object) -> int:
        return hash(values(self))

    return is_equal, hash_of


def _shown(self: Any) -> str:
    said = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(said)})"
