"""The processes that answer, and who is served when.

The last process that is free is for those who have none, so that no one is kept out by another's hundred
questions. A job that runs longer than a turn goes on as long as nobody needs its process; when somebody does,
half of the processes are for such long jobs, and the youngest beyond these is ended. So a short job gets a
process within a turn whatever else is asked.
"""

from __future__ import annotations

import asyncio
import logging
import math
import tempfile
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from kg.server.jobs import Desk, Job, Made
from kg.server.limits import Limits
from kg.server.line import Line
from kg.server.process import Process
from kg.server.refusal import Refusal
from kg.server.source import Source, generation
from kg.server.worker import Done, Failed, Task

log = logging.getLogger("kg.server")

T = TypeVar("T")

_SHORT_OF_PROCESSORS = 4  # times as long as a turn may last, at most
_PREPARE_AGAIN = 30.0  # seconds after which what could not be prepared is tried again
_LOOK = 2.0  # seconds between looks whether the graph was built anew


@dataclass(frozen=True, slots=True)
class Answer:
    """What a job made: in memory, or in a file (open, and removed already) that is to be closed after use."""

    made: Made
    content: bytes
    file: Stored | None = None


class Stored:
    """A large answer on disk."""

    def __init__(self, path: Path, gone: Callable[[int], None]) -> None:
        self.stream = path.open("rb")
        self.size = path.stat().st_size
        path.unlink()
        self._gone = gone

    def close(self) -> None:
        """Give its room back."""
        if not self.stream.closed:
            self.stream.close()
            self._gone(self.size)


class Pool:
    """A number of processes on one graph. To be used within one event loop; `start` it, and `stop` it."""

    def __init__(
        self,
        source: Source,
        limits: Limits,
        *,
        size: int,
        seconds: float,
        turn: float = math.inf,
        memory: int | None = None,
        prepare: Callable[[Desk], None] | None = None,
    ) -> None:
        """`size` processes for jobs of at most so many `seconds` each, which give way after a `turn`.

        Processes with something to `prepare` may take long before they are ready: nobody waits for them, and
        when the graph was built anew they answer from the old one until others are ready to take their place.
        """
        self._source, self._limits, self._size, self._seconds = source, limits, size, seconds
        self._turn_seconds = min(turn, seconds)
        self._memory = memory or limits.memory
        self._prepare = prepare
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._ready: set[Process] = set()
        self._line = Line(limits.queue)
        self._long: list[tuple[Process, asyncio.Future[None]]] = []
        self._threads = ThreadPoolExecutor(3 * size, "kg-pool")
        self._spool: tempfile.TemporaryDirectory[str] | None = None
        self._held = 0
        self._chores: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None
        self._stopped = False

    async def start(self) -> None:
        """Start the processes."""
        self._spool = tempfile.TemporaryDirectory(prefix="lianzhu-")
        if self._prepare is None:
            await asyncio.gather(*(self._hire() for _ in range(self._size)))
        else:
            self._watching = asyncio.ensure_future(self._watch())

    @property
    def ready(self) -> bool:
        """Whether any process is ready to answer, or at it."""
        return bool(self._ready)

    async def stop(self) -> None:
        """End them all, and what they were doing."""
        self._stopped = True
        for process in self._all:
            process.kill()
        if self._watching is not None:
            self._watching.cancel()
        self._line.close()
        await asyncio.gather(*self._chores, return_exceptions=True)
        for process in list(self._all):
            await self._bury(process)
        self._threads.shutdown(cancel_futures=True)
        if self._spool is not None:
            self._spool.cleanup()

    async def run(self, job: Job, client: str = "") -> Answer:
        """What the job makes. Raises Refusal if it fails, takes too long, or too many are waiting.

        When the task that waits here is cancelled, the job ends.
        """
        process = await self._turn(client)
        began, before = time.monotonic(), process.worked()
        asked = asyncio.get_running_loop().run_in_executor(
            self._threads, process.ask, Task(job, process.file, self._seconds)
        )
        fit = False
        try:
            outcome = await self._outcome(process, asked, patient=self._line.is_light(client))
            fit = isinstance(outcome, Done) or not outcome.spent
            if isinstance(outcome, Failed):
                if outcome.log:
                    log.error("%s", outcome.log)
                raise Refusal(outcome.status, outcome.message, outcome.retry_after)
            return self._answer(outcome, process.file)
        finally:
            self._line.gave_back(client, _taken(began, before, process.worked()))
            self._after(process, asked, fit)

    async def _turn(self, client: str) -> Process:
        """A process, when it is this client's turn."""
        if self._idle and (not self._is_last() or not self._line.holds(client)):
            self._line.took(client)
            return self._idle.pop()
        place = self._line.join(client)
        self._press()
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and not place.exception():
                self._line.gave_back(client, 0)
                self._free(place.result())
            else:
                self._line.leave(client, place)
            raise

    def _is_last(self) -> bool:
        """Whether the next process that is given away is the last that is free."""
        return self._size > 1 and len(self._idle) == 1

    def _press(self) -> None:
        """Somebody waits: the youngest of the long jobs beyond their half of the processes gives way."""
        if len(self._long) > self._size // 2:
            _, given_up = self._long.pop()
            given_up.set_result(None)

    async def _outcome(
        self, process: Process, asked: asyncio.Future[Done | Failed], patient: bool
    ) -> Done | Failed:
        turn = self._turn_seconds
        left = await self._first_turn(process, asked, patient)
        if asked.done():
            return asked.result()
        if left <= 0:
            return self._late()
        process.give_way()
        entry = (process, asyncio.get_running_loop().create_future())
        self._long.append(entry)
        if self._line:
            self._press()
        try:
            await asyncio.wait([asked, entry[1]], timeout=left, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if entry in self._long:
                self._long.remove(entry)
        if asked.done():
            return asked.result()
        if entry[1].done():
            return Failed(
                503,
                f"this takes longer than {turn:g} s, and others are waiting; try again later, "
                "or ask for less",
                10,
                spent=True,
            )
        return self._late()

    async def _first_turn(
        self, process: Process, asked: asyncio.Future[Done | Failed], patient: bool
    ) -> float:
        """Wait until it is done or has had its turn; what is left of its time.

        With a `patient` eye on it, time without a processor does not count as its turn.
        """
        began, before = time.monotonic(), process.worked()
        wait, left = self._turn_seconds, self._seconds
        for _ in range(_SHORT_OF_PROCESSORS if patient else 1):
            await asyncio.wait([asked], timeout=min(wait, left))
            left = self._seconds - (time.monotonic() - began)
            had = process.worked()
            wait = 0.0 if before is None or had is None else self._turn_seconds - (had - before)
            if asked.done() or left <= 0 or wait < 0.1 * self._turn_seconds:
                break
        return left

    def _late(self) -> Failed:
        return Failed(504, f"this takes longer than the {self._seconds:g} s it may; ask for less", spent=True)

    def _after(self, process: Process, asked: asyncio.Future[Done | Failed], fit: bool) -> None:
        """The process goes back, or makes way for a new one."""
        if fit and asked.done() and not process.slowed and not process.outdated:
            self._free(process)
        elif not self._stopped:
            self._do(self._replace(process, asked))

    def _free(self, process: Process) -> None:
        """Give it to the next in turn."""
        self._ready.add(process)
        self._idle.append(process)
        while self._idle and (following := self._line.next(not self._is_last())):
            client, place = following
            self._line.took(client)
            place.set_result(self._idle.pop())

    async def _replace(self, process: Process, asked: asyncio.Future[Done | Failed]) -> None:
        process.kill()
        await asyncio.wait([asked])  # who reads its answers must have left before the pipe is closed
        await self._bury(process)
        if not self._stopped and not process.outdated:
            await self._hire()

    async def _hire(self) -> None:
        """Have one more process; where it ends before it is ready, another."""
        while not self._stopped:
            process = await self._started()
            if process is not None and not self._stopped and not process.outdated:
                self._free(process)
                return
            if process is not None:
                await self._bury(process)
                return
            await asyncio.sleep(1 if self._prepare is None else _PREPARE_AGAIN)

    async def _started(self) -> Process | None:
        try:
            process = await self._thread(self._new)
        except OSError as error:
            log.error("cannot start a process: %s", error)
            return None
        self._all.add(process)
        if self._stopped:
            return process
        try:
            await self._thread(process.wait)
        except OSError as error:
            await self._bury(process)
            if not self._stopped:
                log.error("cannot use a process: %s", error)
            return None
        return process

    def _new(self) -> Process:
        assert self._spool is not None
        return Process(self._source, self._limits, self._memory, Path(self._spool.name), self._prepare)

    async def _watch(self) -> None:
        """Have processes for the graph as it is; those for an older one leave when these are ready."""
        known: int | None = None
        while not self._stopped:
            current = await self._thread(partial(generation, self._source))
            if current not in (None, known):
                known, before = current, set(self._all)
                await asyncio.gather(*(self._hire() for _ in range(self._size)))
                for process in before & self._all:
                    process.outdated = True
                    if process in self._idle:
                        self._idle.remove(process)
                        self._do(self._bury(process))
            await asyncio.sleep(_LOOK)

    async def _bury(self, process: Process) -> None:
        self._ready.discard(process)
        await self._thread(process.bury)
        self._all.discard(process)

    async def _thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _do(self, chore: Coroutine[None, None, None]) -> None:
        """Have something done that nobody waits for."""
        task = asyncio.ensure_future(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    def _answer(self, done: Done, file: Path) -> Answer:
        if done.content is not None:
            return Answer(done.made, done.content)
        size = file.stat().st_size
        if self._held + size > self._limits.held:
            raise Refusal(503, "too many large answers are on their way; try again", 10)
        self._held += size
        return Answer(done.made, b"", Stored(file, self._release))

    def _release(self, size: int) -> None:
        self._held -= size


def _taken(began: float, before: float | None, after: float | None) -> float:
    """The seconds of processor that a job took; without them those on the clock, which others make longer."""
    return time.monotonic() - began if before is None or after is None else after - before
