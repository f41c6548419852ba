"""Looking up many values at once in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T", int, str)

_AT_ONCE = 500


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Values in order, as many at a time as a query takes."""
    ordered = sorted(values)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def marks(values: Sized) -> str:
    """The placeholders of some values: `?,?,?`."""
    return ",".join("?" * len(values))
