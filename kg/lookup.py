"""Looking up many values at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T", int, str)

_AT_ONCE = 500


def chunks(values: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """Values in order, as many at a time as a query takes."""
    ordered = sorted(values)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def marks(values: Sized) -> str:
    """The placeholders of some values in SQLite: `?,?,?`."""
    return ",".join("?" * len(values))
