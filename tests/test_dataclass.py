"""Classes of data: what is made of them is compared, hashed, shown and copied as the standard library has it."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from handrail.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """Two numbers."""

    x: int
    y: int = 0


@dataclass(frozen=True, slots=True)
class Alone:
    """One text, and one that is not shown."""

    text: str
    hidden: tuple[str, ...] = dataclasses.field(default=(), repr=False)


@dataclass
class Open:
    """A class that may change."""

    texts: list[str] = dataclasses.field(default_factory=list)


@dataclass(slots=True, eq=False)
class Itself:
    """A class of which no two are equal."""

    text: str


def test_fields_that_are_equal_make_equals_with_one_hash() -> None:
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(2, 1)
    assert len({Point(1, 2), Point(1, 2), Point(1)}) == 2
    assert Alone("a") == Alone("a")
    assert hash(Alone("a")) == hash(Alone("a"))


def test_other_classes_are_never_equal() -> None:
    others: list[object] = [(1, 2), Open(), "a", ("a",)]
    assert Point(1, 2) not in others
    assert Alone("a") not in others


def test_what_may_change_has_no_hash() -> None:
    assert Open(["a"]) == Open(["a"])
    with pytest.raises(TypeError):
        hash(Open())


def test_what_is_only_itself_has_a_hash() -> None:
    one = Itself("a")
    assert one != Itself("a")
    assert len({one, one}) == 1


def test_shown_as_it_is_made() -> None:
    assert repr(Point(1)) == "Point(x=1, y=0)"
    assert repr(Alone("a", ("b",))) == "Alone(text='a')"


def test_copies_and_pieces() -> None:
    point = Point(1, 2)
    assert dataclasses.replace(point, y=3) == Point(1, 3)
    assert dataclasses.asdict(point) == {"x": 1, "y": 2}
    assert copy.deepcopy(point) == point
    assert pickle.loads(pickle.dumps(point)) == point
    match point:
        case Point(x, y):
            assert (x, y) == (1, 2)
    with pytest.raises(AttributeError):
        point.z = 1  # type: ignore[attr-defined]  # it has its fields alone
