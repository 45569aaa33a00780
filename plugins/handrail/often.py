"""Classes of data of which a handbook makes thousands: frozen for mypy, and made three times as fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as often_made
else:
    _Class = TypeVar("_Class", bound=type)

    def often_made(*, frozen: bool, slots: bool):
        """Return what makes a class one of data; that nothing changes it is left to mypy, which proves it."""
        assert frozen
        return dataclass(slots=slots, unsafe_hash=True)


__all__ = ["often_made"]
