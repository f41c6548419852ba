"""Processes that read sources side by side; one that dies takes along only the source it was reading.

Each is a Python of its own, started afresh: nothing is inherited from the program that builds, so
it needs no `if __name__ == "__main__"`, and threads that it runs cannot be caught in mid-step by a fork.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from kg.errors import KgError
from kg.reading import Outcome, read_one


def read_apart(paths: Sequence[Path], config: Path | None, jobs: int) -> Generator[Outcome, None, None]:
    """What came of each path, in their order, read by `jobs` processes.

    Close the iterator to stop them. Raises KgError if the pipeline of `config` cannot be made.
    """
    crew = _Crew(config)
    threads = ThreadPoolExecutor(jobs)
    try:
        yield from threads.map(crew.read, paths)
    finally:
        crew.stop()  # first, so that no thread goes on waiting for an answer
        threads.shutdown(cancel_futures=True)


class _Crew:
    """The processes of one build; as many as there are threads that ask."""

    def __init__(self, config: Path | None) -> None:
        self._config = config
        self._all: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._lock = Lock()
        self._stopped = False

    def read(self, path: Path) -> Outcome:
        with self._lock:
            if self._stopped:
                return Outcome(failure=f"{path}: the build was stopped")
            if not self._idle:
                self._idle.append(_Worker(self._config))
                self._all.append(self._idle[-1])
            worker = self._idle.pop()
        try:
            outcome = worker.read(path)
        except (EOFError, OSError, pickle.UnpicklingError):
            return Outcome(failure=f"{path}: {worker.ending()}")
        with self._lock:
            self._idle.append(worker)
        return outcome

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for worker in self._all:
                worker.kill()


class _Worker:
    """One process, which answers each path with an `Outcome`."""

    def __init__(self, config: Path | None) -> None:
        search = os.pathsep.join(entry or os.getcwd() for entry in sys.path)  # noqa: PTH109
        self._process = subprocess.Popen(  # noqa: S603  (our own module, no shell)
            [sys.executable, "-P", "-m", __name__, *([str(config)] if config else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": search},
        )

    def read(self, path: Path) -> Outcome:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(path, self._process.stdin)
        self._process.stdin.flush()
        answer = pickle.load(self._process.stdout)  # noqa: S301  (written by our own process)
        if isinstance(answer, KgError):
            raise answer
        assert isinstance(answer, Outcome)
        return answer

    def ending(self) -> str:
        """How it came to an end, in words."""
        code = self._process.wait()
        if code < 0:
            return (
                f"the process that read it was killed ({signal.Signals(-code).name}), perhaps for want of "
                "memory; split the file, or build with fewer --jobs"
            )
        return f"the process that read it ended with code {code}; please report this with the file"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # something was still to be written to it
                    stream.close()


def _work(config: Path | None) -> None:
    """Answer the paths that come in on stdin until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # on Ctrl-C go without a word; the parent speaks
    asked = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not get between the answers
    from kg.nlp.side_by_side import one_by_one

    one_by_one()
    while True:
        try:
            path = pickle.load(asked)  # noqa: S301  (written by the process that started this one)
        except EOFError:
            return
        answer: Any
        try:
            answer = read_one(path, config)
        except KgError as error:
            answer = error
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    _work(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
