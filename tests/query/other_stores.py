"""Other stores, started for the tests: Oxigraph's own server and Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from kg.graph.http import Login

VIRTUOSO = shutil.which("virtuoso-t")
OXIGRAPH = shutil.which("oxigraph", path=Path(sys.executable).parent)

_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
MaxClientConnections = 4
[Client]
SQL_PREFETCH_ROWS = 100
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True, slots=True)
class Other:
    """A store that runs: its address, where it takes graphs and updates and answers queries, and who may write."""

    url: str
    store: str
    update: str
    query: str
    login: Login | None = None


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return int(some.getsockname()[1])


@contextmanager
def started(line: Sequence[str], url: str, folder: Path) -> Iterator[None]:
    """A server, once it answers at an address."""
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(line, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            for _ in range(600):
                try:
                    requests.get(url, timeout=5)
                    break
                except requests.RequestException:
                    assert server.poll() is None, (folder / "log.txt").read_text(errors="replace")
                    time.sleep(0.1)
            yield
        finally:
            server.kill()
            server.wait()


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Other]:
    """Oxigraph's server, its data in memory."""
    assert OXIGRAPH, "pip install oxigraph"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with started([OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}", *options], f"{url}/store", folder):
        yield Other(url, f"{url}/store", f"{url}/update", f"{url}/query")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Other]:
    """Virtuoso with an empty database, as Debian has it."""
    assert VIRTUOSO
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http))
    url = f"http://127.0.0.1:{http}"
    with started([VIRTUOSO, "-f", "-c", "virtuoso.ini"], f"{url}/sparql?query=ASK{{}}", folder):
        login = Login("dba", "dba")
        yield Other(url, f"{url}/sparql-graph-crud-auth", f"{url}/sparql-auth", f"{url}/sparql", login)
