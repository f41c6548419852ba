"""Networks at several texts at once: they work outside Python's lock, so threads are enough."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MOST = 4
_threads = min(os.cpu_count() or 1, _MOST)


def one_by_one() -> None:
    """From now on use one processor: the others are taken by processes like this one."""
    global _threads
    _threads = 1


def side_by_side(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """The `work` of each item, in order. The threads end with the call, so that a process may be forked after it."""
    if _threads == 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(_threads) as threads:
        return list(threads.map(work, items))
