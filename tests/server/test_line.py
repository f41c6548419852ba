"""Whose turn it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import cast

import pytest

from kg.server.line import Line
from kg.server.process import Process
from kg.server.refusal import Refusal


@dataclass
class Clock:
    """A clock that goes on by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def within_a_loop(test: Callable[[Clock], None]) -> Callable[[], None]:
    """A test that runs within an event loop of its own, with a clock; a browser's may run in this thread."""

    async def run() -> None:
        test(Clock())

    def apart() -> None:
        with ThreadPoolExecutor(1) as threads:
            threads.submit(asyncio.run, run()).result()

    return apart


def order(line: Line, anyone: bool = True) -> list[str]:
    """The clients in the order in which they are served."""
    found = []
    while following := line.next(anyone):
        found.append(following[0])
        following[1].set_result(cast(Process, None))
    return found


def used(line: Line, client: str, seconds: float) -> None:
    """A client had a process for so long."""
    line.took(client)
    line.gave_back(client, seconds)


@within_a_loop
def test_who_asks_small_things_comes_first_and_then_who_came_first(clock: Clock) -> None:
    line = Line(10, clock)
    used(line, "heavy", 20)
    used(line, "light", 0.01)
    for client in ("heavy", "heavy", "new", "newer", "light"):
        line.join(client)
        clock.now += 0.01
    assert order(line) == ["new", "newer", "light", "heavy", "heavy"]
    for client in ("heavy", "new", "light"):
        line.join(client)
    clock.now += 1
    assert order(line) == ["light", "new", "heavy"]
    assert not line


@within_a_loop
def test_nobody_waits_for_ever(clock: Clock) -> None:
    line = Line(10, clock)
    used(line, "heavy", 5)
    line.join("heavy")
    clock.now += 60
    line.join("new")
    clock.now += 1
    assert order(line) == ["heavy", "new"]


@within_a_loop
def test_the_last_process_is_for_who_has_none(clock: Clock) -> None:
    line = Line(10, clock)
    line.took("busy")
    line.join("busy")
    assert order(line, anyone=False) == []
    line.join("new")
    assert order(line, anyone=False) == ["new"]
    assert order(line) == ["busy"]


@within_a_loop
def test_where_it_is_full_the_heaviest_gives_up_a_place_but_not_to_one_like_it(clock: Clock) -> None:
    line = Line(3, clock)
    places = [line.join("many") for _ in range(3)]
    with pytest.raises(Refusal) as refused:
        line.join("many")
    assert (refused.value.status, refused.value.retry_after) == (503, 5)
    line.join("one")
    assert [place.done() for place in places] == [False, False, True]
    assert isinstance(places[2].exception(), Refusal)
    line.join("two")
    with pytest.raises(Refusal):
        line.join("many")
    clock.now += 1
    assert order(line) == ["one", "two", "many"]


@within_a_loop
def test_who_comes_back_before_they_should_comes_later(clock: Clock) -> None:
    line = Line(2, clock)
    for client in ("a", "b"):
        line.join(client)
    for _ in range(5):
        with pytest.raises(Refusal):
            line.join("hasty")
    assert set(order(line)) == {"a", "b"}
    for client in ("hasty", "calm"):
        line.join(client)
    clock.now += 1
    assert order(line) == ["calm", "hasty"]


@within_a_loop
def test_a_place_that_was_left_is_passed_over(clock: Clock) -> None:
    line = Line(3, clock)
    gone = line.join("a")
    line.join("b")
    line.leave("a", gone)
    line.leave("a", gone)
    assert order(line) == ["b"]
