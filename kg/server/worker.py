"""A process that answers: it takes a job, writes the answer and says how that went, until it is ended."""

from __future__ import annotations

import io
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError, StoreError, UsageError
from kg.server.confine import alarm, bound, confine
from kg.server.jobs import Desk, Job, Made
from kg.server.limits import KIB, Limits
from kg.server.refusal import Refusal
from kg.server.source import Source

SMALL = 256 * KIB
"""Answers up to this size go through the pipe, larger ones through a file."""
_GRACE = 5.0  # the server ends what is over its time; the alarm is for when the server is gone


@dataclass(frozen=True, slots=True)
class Task:
    """A job, the file for its answer if that is large, and the seconds it has."""

    job: Job
    file: Path
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """The answer: its `content`, or None where it is in the task's file."""

    made: Made
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is none. `log` is for whoever runs the server; `spent` says that the process is of no more use."""

    status: int
    message: str
    retry_after: int | None = None
    log: str | None = None
    spent: bool = False


def work(
    connection: Connection,
    source: Source,
    limits: Limits,
    memory: int,
    prepare: Callable[[Desk], None] | None = None,
) -> None:
    """Answer what comes in over the connection from the graph at `source`, until the connection ends.

    With `prepare` it stays with the graph for which that was done; without, it goes over to each new one.
    """
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)  # a process that runs out of memory dies with a long trace of no interest
    confine(network=not isinstance(source, Path))
    desk = Desk(source, limits)
    failed = None
    try:
        desk.graph  # noqa: B018  (opened before anyone waits for it)
        if prepare is not None:
            prepare(desk)
    except KgError as error:
        failed = str(error) if prepare is not None else None  # or else the first job will say so
    bound(memory)
    connection.send(failed)
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        alarm(task.seconds + _GRACE)
        if prepare is None:
            desk.refresh()
        answer = _answer(desk, task)
        alarm(0)
        connection.send(answer)


def _answer(desk: Desk, task: Task) -> Done | Failed:
    sink = Spill(task.file, desk.limits.answer)
    try:
        made = Made(task.job.run(desk, sink))
        return Done(made, sink.finish())
    except Refusal as refusal:
        return Failed(refusal.status, str(refusal), refusal.retry_after)
    except UsageError as error:
        return Failed(400, str(error))
    except StoreError as error:  # its text names the folder, which is nobody's business
        return Failed(503, "the graph cannot be read at the moment", 30, str(error))
    except MemoryError:
        return Failed(507, needs_more_than(desk.limits.memory), spent=True)
    except Exception:
        return Failed(500, "this request could not be answered", log=traceback.format_exc(), spent=True)
    finally:
        sink.close()


def needs_more_than(memory: int) -> str:
    """What is said of a job that ran out of memory."""
    return f"this needs more than the {memory // 2**20} MB of memory that a request has here; ask for less at once"


class Spill:
    """Takes in an answer: in memory while it is small, then in a file, up to a limit."""

    def __init__(self, file: Path, limit: int) -> None:
        self._path = file
        self._limit = limit
        self._size = 0
        self._memory = io.BytesIO()
        self._file: BinaryIO | None = None

    def write(self, data: bytes, /) -> int:
        """Take in some more. Raises Refusal when it becomes too much."""
        self._size += len(data)
        if self._size > self._limit:
            raise Refusal(
                507, f"the answer is larger than {self._limit // 2**20} MB; ask for less with LIMIT"
            )
        if self._file is None and self._size > SMALL:
            self._file = self._path.open("wb")
            self._file.write(self._memory.getbuffer())
        (self._file or self._memory).write(data)
        return len(data)

    def flush(self) -> None:
        """All is where it belongs with `finish`."""

    def finish(self) -> bytes | None:
        """The answer, or None if it is in the file."""
        if self._file is None:
            return self._memory.getvalue()
        self._file.flush()
        return None

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()
