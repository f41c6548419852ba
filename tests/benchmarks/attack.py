"""A server under attack: how long good requests take beside an idle run, what it takes in memory, what it leaves.

    python tests/benchmarks/attack.py reports.kg                    every attack for 20 seconds
    python tests/benchmarks/attack.py reports.kg --seconds 60 --only "cross joins" --only everything

It starts `kg serve` on the graph and asks good questions and pages of it, one after another, from one loopback
address, while the attackers use another. A good request that is told to come back does so, and that counts as its
time. For each attack it prints the median, the 95th percentile and the slowest of the good requests, how many
failed, what the attackers were answered, and the memory of the server with all its processes (without files that
are mapped); in the end whether anything was read or reached from outside and which processes are left. Linux only.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.queues import Queue
from pathlib import Path
from urllib.parse import urlsplit

ATTACKER, VISITOR = "127.0.0.1", "127.0.0.2"
QUERY = {"Content-Type": "application/sparql-query"}
MIB = 2**20

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORT = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"
PATHS = [
    "SELECT (COUNT(*) AS ?n) { ?a (!<http://example.org/x>)* ?b . ?c (!<http://example.org/x>)* ?d }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<http://example.org/x>|^(!<http://example.org/x>))+ ?b }",
]
GOOD = [
    "ASK { ?z a lz:Zone }",
    "SELECT ?z ?n { ?z a lz:Zone ; skos:prefLabel ?n } LIMIT 200",
    "SELECT ?f (COUNT(?c) AS ?n) { ?f a lz:Zone . ?c rdf:subject ?f ; lz:quote ?q } GROUP BY ?f LIMIT 50",
    "CONSTRUCT { ?c lz:chainIn ?z } { ?c lz:chainIn ?z } LIMIT 200",
]
PAGES = [
    "/query",
    "/about",
    "/search?q=%E5%BC%80%E5%8F%91%E5%8C%BA",
    "/data/search?q=%E4%BA%A7%E4%B8%9A%E5%9B%AD",
]


# --- requests


def ask(port: int, query: str, client: str = ATTACKER, timeout: float = 120) -> tuple[int, float]:
    """The status of an answer and the seconds after which the server takes the same again, if it says so."""
    return get(port, "/sparql", query.encode("utf-8"), client, timeout)


def get(
    port: int, path: str, body: bytes | None = None, client: str = ATTACKER, timeout: float = 120
) -> tuple[int, float]:
    """As `ask`, for any address."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout, source_address=(client, 0))
    try:
        wire.request("POST" if body is not None else "GET", path, body, QUERY if body is not None else {})
        answer = wire.getresponse()
        answer.read()
        return answer.status, float(answer.headers.get("Retry-After", 0))
    finally:
        wire.close()


# --- attacks: each runs in a process of its own until the time is over and tells what it was answered


def crowd(
    size: int, queries: list[str], port: int, until: float, told: Counter[str], addresses: int = 1
) -> None:
    """So many clients that ask these queries as fast as they are answered, from one address or several."""

    def one(number: int) -> None:
        client = ATTACKER if addresses == 1 else f"127.0.1.{1 + number % addresses}"
        while time.monotonic() < until:
            try:
                status, _ = ask(port, queries[number % len(queries)], client)
                told[str(status)] += 1
            except OSError:
                told["dropped"] += 1
            number += 1

    with ThreadPoolExecutor(size) as clients:
        list(clients.map(one, range(size)))


def long_queries(port: int, until: float, told: Counter[str]) -> None:
    """Queries of 10 MB."""
    crowd(4, [f"SELECT * {{ ?s ?p '{'x' * 10_000_000}' }}"], port, until, told)


def slow_loris(port: int, until: float, told: Counter[str]) -> None:
    """200 connections whose heads or bodies come byte by byte."""
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 999\r\n\r\n"
    wires: list[socket.socket] = []
    while time.monotonic() < until:
        while len(wires) < 200:
            with suppress(OSError):
                wire = socket.create_connection(("127.0.0.1", port), timeout=5)
                wire.sendall(head if len(wires) % 2 else b"GET /sparql?query=")
                wires.append(wire)
                told["opened"] += 1
        for wire in list(wires):
            try:
                wire.sendall(b"A")
                wire.setblocking(False)
                with suppress(BlockingIOError):
                    answer = wire.recv(100)
                    told[answer[9:12].decode("ascii") or "dropped"] += 1
                    raise OSError
            except OSError:
                wires.remove(wire)
                wire.close()
        time.sleep(0.5)
    for wire in wires:
        wire.close()


def attacks(trap: Trap) -> dict[str, Callable[[int, float, Counter[str]], None]]:
    """The attacks by name."""
    service = [
        f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{trap.port}/sparql> {{ ?s ?p ?o }} }}"
        for silent in ("", "SILENT ")
    ]
    files = [
        f"SELECT * FROM <file://{trap.pipe}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <file://{trap.pipe}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <http://127.0.0.1:{trap.port}/x> {{ ?s ?p ?o }}",
        f"LOAD <file://{trap.pipe}>",
    ]
    simple: dict[str, Callable[[int, float, Counter[str]], None]] = {
        "cross joins": partial(crowd, 8, [CROSS]),
        "property paths": partial(crowd, 8, PATHS),
        "sorting it all": partial(crowd, 8, [SORT]),
        "SERVICE to loopback": partial(crowd, 8, service),
        "FROM a file": partial(crowd, 8, files),
        "10 MB queries": long_queries,
        "200 clients": partial(crowd, 200, [CROSS, *GOOD, *PATHS, SORT]),
        "200 addresses": partial(crowd, 200, [CROSS, *GOOD, *PATHS, SORT], addresses=200),
        "slow loris": slow_loris,
    }

    def everything(port: int, until: float, told: Counter[str]) -> None:
        with ThreadPoolExecutor(len(simple)) as together:
            list(together.map(lambda attack: attack(port, until, told), simple.values()))

    return {**simple, "everything": everything}


def _attack(name: str, trap: Trap, port: int, seconds: float, said: Queue[Counter[str]]) -> None:
    told: Counter[str] = Counter()
    attacks(trap)[name](port, time.monotonic() + seconds, told)
    said.put(told)


# --- what is watched


@dataclass
class Trap:
    """Where a query that reaches outside would be seen: a port that listens, and a pipe in the file system."""

    port: int
    pipe: str


@dataclass
class Caught:
    """How often something came into the trap."""

    connections: int = 0
    reads: int = 0


@contextmanager
def trapped() -> Iterator[tuple[Trap, Caught]]:
    """A trap, open while this lasts. Who opens the pipe to read would wait there for a writer."""
    caught, over = Caught(), threading.Event()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listening:
        pipe = f"{folder}/pipe.ttl"
        os.mkfifo(pipe)
        listening.settimeout(0.05)

        def watch() -> None:
            while not over.is_set():
                with suppress(TimeoutError):
                    listening.accept()[0].close()
                    caught.connections += 1
                with suppress(OSError):  # nobody reads
                    os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
                    caught.reads += 1

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield Trap(listening.getsockname()[1], pipe), caught
        finally:
            over.set()
            watching.join()


def below(pid: int) -> set[int]:
    """The processes that one has started, and those that these have."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found |= {int(child) for child in task.read_text().split()}
    return found | {further for child in found for further in below(child)}


def memory(pid: int) -> int:
    """The bytes of memory of a process that are no mapped files; 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


def alive(pid: int) -> bool:
    """Whether a process has not ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


class Scale:
    """Weighs a process with all below it, several times a second: the most of all together, and of any one."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.seen: set[int] = set()
        self.reset()
        threading.Thread(target=self._weigh, daemon=True).start()

    def reset(self) -> None:
        """Begin anew."""
        self.total = self.largest = 0

    def _weigh(self) -> None:
        while True:
            found = {self._pid, *below(self._pid)}
            self.seen |= found
            weights = [memory(pid) for pid in found]
            self.total, self.largest = max(self.total, sum(weights)), max(self.largest, *weights)
            time.sleep(0.1)


# --- the run


@dataclass
class Row:
    """What good requests met with: their seconds, how many failed, and what was seen beside."""

    name: str
    times: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    total: int = 0
    largest: int = 0

    def __str__(self) -> str:
        times = sorted(self.times)
        median, late, last = statistics.median(times), times[int(0.95 * (len(times) - 1))], times[-1]
        answers = ", ".join(f"{count} x {status}" for status, count in sorted(self.told.items()))
        return (
            f"{self.name:<20} {len(times):>5} {1000 * median:>7.0f} {1000 * late:>7.0f} {1000 * last:>7.0f} "
            f"{sum(self.failed.values()):>6} {self.total // MIB:>6} {self.largest // MIB:>7}  {answers}"
        )


def good(port: int, until: float, row: Row) -> None:
    """Ask good things one after another."""
    asked = [*((("/sparql", query.encode("utf-8"))) for query in GOOD), *((page, None) for page in PAGES)]
    for number in range(sys.maxsize):
        if time.monotonic() > until:
            return
        path, body = asked[number % len(asked)]
        began = time.monotonic()
        try:
            status, wait = get(port, path, body, VISITOR)
            while status == 503 and time.monotonic() - began < 60:
                time.sleep(wait or 1)
                status, wait = get(port, path, body, VISITOR)
        except OSError as error:
            status = 0
            row.failed[str(error)] += 1
        if status != 200:
            row.failed[str(status)] += 1
        row.times.append(time.monotonic() - began)
        time.sleep(random.uniform(0, 0.05))


@contextmanager
def serving(path: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`kg serve` on a graph and its port."""
    line = [sys.executable, "-m", "kg", "--kg", str(path), "serve", "--lang", "en", "--port", "0", *options]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        raise SystemExit("the server does not start")
    port = urlsplit(said.split()[-1]).port
    assert port is not None
    try:
        yield process, port
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def run(path: Path, seconds: float, only: list[str], *options: str) -> list[Row]:
    """Attack a server on a graph; the rows that were printed, the idle one first."""
    context = multiprocessing.get_context("spawn")
    rows: list[Row] = []
    with trapped() as (trap, caught):
        with serving(path, *options) as (process, port):
            began = time.monotonic()
            while get(port, "/")[0] == 503:
                time.sleep(0.2)
            print(f"the explorer was ready {time.monotonic() - began:.0f} s after the endpoint")
            scale = Scale(process.pid)
            header = ("good requests:", "", "median", "95 %", "slowest", "failed", "MB", "largest")
            print("{:<20} {:>5} {:>7} {:>7} {:>7} {:>6} {:>6} {:>7}".format(*header), " attackers were told")
            for name in ("idle", *(only or attacks(trap))):
                row = Row(name)
                scale.reset()
                said: Queue[Counter[str]] = context.Queue()
                attacker = context.Process(target=_attack, args=(name, trap, port, seconds + 1, said))
                if name != "idle":
                    attacker.start()
                    time.sleep(1)
                good(port, time.monotonic() + seconds, row)
                if name != "idle":
                    row.told = said.get()
                    attacker.join()
                row.total, row.largest = scale.total, scale.largest
                rows.append(row)
                print(row, flush=True)
        for _ in range(100):  # a process that held much takes its time to end
            left = [pid for pid in scale.seen if alive(pid)]
            if not left:
                break
            time.sleep(0.1)
        print(f"reached from outside: {caught.connections} connections, {caught.reads} reads of the file")
        print(f"left after the end: {len(left)} of {len(scale.seen)} processes")
        assert not left and not caught.connections and not caught.reads
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("graph", type=Path)
    parser.add_argument("--seconds", type=float, default=20, help="of each attack")
    parser.add_argument("--only", action="append", default=[], help="this attack, by name")
    parser.add_argument("--timeout", default="10", help="seconds that the server gives a query")
    given = parser.parse_args()
    run(given.graph, given.seconds, given.only, "--timeout", given.timeout)


if __name__ == "__main__":
    main()
