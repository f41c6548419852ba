"""Builds in processes of their own, which die at a given step; started from a warm process to be quick."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

from graph_material import by_name, small

import kg.graph
from kg.errors import StoreError
from kg.graph import write
from kg.model import Reading

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["graph_crashes", "kg.graph.validation", "kg.graph.export"])

DIED, REFUSED = 9, 7


def second() -> Reading:
    """Another article than the small one, in full."""
    article = small().article
    source = replace(article.source, id="云州二", path="云州二.txt")
    return replace(small(), article=replace(article, id="云州二", source=source))


def start(path: Path, step: str = "", at: int = 1, when: str = "before") -> BaseProcess:
    """Begin to build both articles at `path`, to die `before` or `after` the `at`-th call of `step` (module:name)."""
    process = _CONTEXT.Process(target=_build, args=(path, step, at, when))
    process.start()
    return process


def build(path: Path, step: str = "", at: int = 1, when: str = "before") -> int | None:
    """The exit code of such a build: DIED, REFUSED by another build, or 0."""
    process = start(path, step, at, when)
    process.join(120)
    return process.exitcode


def count(path: Path) -> int:
    """How many functions of the packages that write such a build calls."""
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_counted, args=(path, sender))
    process.start()
    calls: int = receiver.recv()
    process.join(120)
    return calls


def build_until(path: Path, call: int) -> int | None:
    """The exit code of a build that dies at a call counted as by `count`."""
    process = _CONTEXT.Process(target=_until, args=(path, call))
    process.start()
    process.join(120)
    return process.exitcode


def _counted(path: Path, sender: Connection) -> None:
    calls = _count(0)
    _build(path, "", 1, "before")
    sender.send(calls())


def _until(path: Path, call: int) -> None:
    _count(call)
    _build(path, "", 1, "before")


def _count(last: int) -> Callable[[], int]:
    """Count the calls of functions from here on, and die at the `last` (0 for never)."""
    where, calls = str(Path(kg.graph.__file__).parent), 0

    def told(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        if event == "call" and frame.f_code.co_filename.startswith(where):
            calls += 1
            if calls == last:
                os._exit(DIED)

    sys.setprofile(told)
    return lambda: calls


def _build(path: Path, step: str, at: int, when: str) -> None:
    if step:
        _die(step, at, when)
    try:
        write([small(), second()], by_name(small(), second()), path)
    except StoreError as error:
        os._exit(REFUSED if "another build is writing this graph" in str(error) else 1)


def _die(step: str, at: int, when: str) -> None:
    module_name, name = step.split(":")
    module = importlib.import_module(module_name)
    real, calls = getattr(module, name), 0

    def dying(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if (calls, when) == (at, "before"):
            os._exit(DIED)
        result = real(*args, **kwargs)
        if (calls, when) == (at, "after"):
            os._exit(DIED)
        return result

    setattr(module, name, dying)
