"""Builds in processes of their own, which die at a given step; started from a warm process to be quick."""

from __future__ import annotations

import importlib
import multiprocessing
import os
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

from graph_material import by_name, small

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
