"""One process that answers, as the server sees it: started, asked, ended.

It is forked from a process that did nothing but load the code (multiprocessing's "forkserver"), so that a new
one is there within milliseconds and inherits neither the server's sockets nor its threads.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.server.jobs import Desk
from kg.server.limits import Limits
from kg.server.source import Source
from kg.server.worker import Done, Failed, Task, needs_more_than, work

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

_LOADED = ["kg.server.worker", "kg.server.sparql", "kg.server.pages", "kg.graph", "kg.query"]
_NICE = 5


class Process:
    """A process that answers one job at a time. Its methods block; call `ask` from a thread."""

    def __init__(
        self,
        source: Source,
        limits: Limits,
        memory: int,
        spool: Path,
        prepare: Callable[[Desk], None] | None = None,
    ) -> None:
        """Start one for the graph at `source`; large answers are written into the folder `spool`.

        What takes long to work out is done by `prepare`, once, for the graph as it is then.
        """
        context = _context()
        self._connection, theirs = context.Pipe()
        given = (theirs, source, limits, memory, prepare)
        self._process = context.Process(target=work, args=given, daemon=True)
        with _STARTING:
            self._process.start()
        theirs.close()
        self._memory = memory
        self.slowed = False
        self.outdated = False
        """Another has taken its place, or is about to."""
        self.file = spool / f"{self._process.pid}"

    def wait(self) -> None:
        """Wait until it is ready to answer. Raises OSError if it ends before, or could not prepare."""
        try:
            failed = self._connection.recv()
        except EOFError:
            failed = "it ended before it could answer"
        if failed:
            raise OSError(failed)

    def ask(self, task: Task) -> Done | Failed:
        """Its answer; where it died over the job, why."""
        try:
            self._connection.send(task)
            answer = self._connection.recv()
        except (EOFError, OSError):
            return self._died()
        assert isinstance(answer, Done | Failed)
        return answer

    def worked(self) -> float | None:
        """The seconds of processor that it has had; None where the system does not say."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8", errors="replace")
            ticks = told.rpartition(")")[2].split()[11:13]
            return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError, AttributeError):
            return None

    def give_way(self) -> None:
        """From now on the others come first where processors are short."""
        self.slowed = True  # for good: only the superuser may take it back
        if hasattr(os, "setpriority") and self._process.pid:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)

    def kill(self) -> None:
        """End it at once; whoever waits for its answer hears so."""
        with suppress(OSError, ValueError):
            self._process.kill()

    def bury(self) -> None:
        """End it, wait until it has ended, and remove what it left."""
        self.kill()
        self._process.join()
        self._connection.close()
        self.file.unlink(missing_ok=True)

    def _died(self) -> Failed:
        self._process.join()
        code = self._process.exitcode
        if code == -signal.SIGABRT:  # how code in Rust ends when it gets no memory
            return Failed(507, needs_more_than(self._memory), spent=True)
        return Failed(
            500, "this request could not be answered", log=f"a process ended with {code}", spent=True
        )


_STARTING = threading.Lock()  # the module that starts processes is not made for several threads


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context
