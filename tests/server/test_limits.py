"""What goes beyond the limits, and what is out to harm: refused with an honest status, while others are served."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from server_material import CROSS, FORM, Server, start

GOOD = "SELECT ?z { ?z a lz:Zone }"
# Each path starts where the one before ended, so that it takes time and hardly any memory.
PATHS = "SELECT (COUNT(*) AS ?n) { ?a !lz:x ?b . ?b (!lz:x)* ?c . ?c (!lz:x)* ?d . ?d (!lz:x)* ?e }"
EVERYTHING = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


def served(server: Server, client: str = "127.0.0.1") -> bool:
    """Whether a good query is answered, at the latest after it was told to come back."""
    for _ in range(20):
        reply = server.query(GOOD, client=client)
        if reply.status == 200:
            return len(reply.bindings("z")) == 2
        assert reply.status == 503, reply.text
        assert int(reply.headers["retry-after"]) > 0
        time.sleep(0.2)
    return False


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        (CROSS, 504, "2 s"),
        (PATHS, 504, "2 s"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a", 507, "64 MB of memory"),
        ("SELECT ?a { ?a ?b ?c }", 507, "1000 rows"),
        ("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", 507, "1000 rows"),
        ("SELECT * { ?x schema:articleBody ?t . ?a ?b ?c } LIMIT 900", 507, "MB"),
    ],
    ids=["cross join", "paths", "memory", "rows", "triples", "bytes"],
)  # fmt: skip
def test_what_needs_too_much_is_ended_and_said(server: Server, query: str, status: int, says: str) -> None:
    reply = server.query(query, "*/*")
    assert (reply.status, reply.media_type) == (status, "text/plain"), reply.text
    assert says in reply.text
    assert served(server)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICE SILENT e:x { ?s ?p ?o } }",
        "SELECT * { BIND(<http://127.0.0.1:9/> AS ?u) SERVICE ?u { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:9/x> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }",
    ],
)
def test_a_query_reaches_neither_files_nor_the_network_nor_writes(server: Server, query: str) -> None:
    reply = server.query(query)
    assert reply.status == 400
    assert "root:" not in reply.text
    assert served(server)


def test_bodies_and_addresses_are_bounded(server: Server) -> None:
    long = "SELECT * { ?s ?p '" + "x" * 10_000_000 + "' }"
    for kind, body in (("application/sparql-query", long), (FORM, f"query={long}")):
        assert server("POST", "/sparql", body, content_type=kind).status == 413
        ahead = server(
            "POST", "/sparql", content_type=kind, content_length=str(len(body)), expect="100-continue"
        )
        assert ahead.status == 413  # before anything is sent
    assert server("GET", "/sparql", address=(("query", f"ASK {{}} # {'x' * 30_000}"),)).status == 414
    assert server("GET", "/sparql", address=(("query", f"ASK {{}} # {'x' * 300_000}"),)).status == 400
    assert served(server)


def test_a_body_without_a_length_is_bounded_too(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        wire.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        for _ in range(20):
            wire.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        wire.sendall(b"0\r\n\r\n")
        assert b" 413 " in wire.recv(100)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HT",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK",
    ],
    ids=["head", "body"],
)
def test_who_sends_too_slowly_is_dropped(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        began = time.monotonic()
        wire.sendall(sent)
        answer = b""
        while part := wire.recv(1000):
            answer += part
        assert answer == b"" or b" 408 " in answer.split(b"\r\n")[0]
        assert time.monotonic() - began < 15


def test_many_connections_that_say_nothing_keep_no_one_out(server: Server) -> None:
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(60)]
    assert served(server)
    for wire in idle:
        wire.close()


def test_too_many_at_once_are_told_to_come_back_and_others_are_served(server: Server) -> None:
    with ThreadPoolExecutor(30) as crowd:
        bad = [crowd.submit(server.query, CROSS) for _ in range(30)]
        assert served(server, client="127.0.0.2")
        replies = [asked.result() for asked in bad]
    assert {reply.status for reply in replies} <= {503, 504}
    busy = [reply for reply in replies if reply.status == 503]
    assert busy
    assert all(int(reply.headers["retry-after"]) > 0 for reply in busy)
    assert served(server)


def test_who_hangs_up_frees_the_process(server: Server) -> None:
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
            query = CROSS.encode()
            wire.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(query), query)
            )
            time.sleep(0.05)
    assert served(server)


def test_no_error_tells_of_paths_or_code(server: Server, folder: Path) -> None:
    for path in (
        "/sparql?query=%00",
        "/id/../../etc/passwd",
        "/assets/../app.py",
        "/rdf/x",
        "/page/%ff",
        "/saved/x",
        "/none",
    ):
        reply = server("GET", path)
        assert 300 <= reply.status < 500, (path, reply.text)
        for secret in (str(folder), "Traceback", "site-packages", ".py", "root:"):
            assert secret not in reply.text


def test_a_host_that_is_none_is_refused(server: Server) -> None:
    assert server("GET", "/sparql", host='x"><script>').status == 400


def test_every_answer_forbids_what_is_not_its_own(server: Server) -> None:
    for path in ("/about", "/query", "/sparql", "/none"):
        headers = server("GET", path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def children(pid: int) -> set[int]:
    """The processes below one."""
    told = Path(f"/proc/{pid}/task").glob("*/children")
    found = {int(child) for task in told for child in task.read_text().split()}
    return found | {below for child in found for below in children(child)}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("signal_", ["INT", "TERM", "KILL"])
def test_no_process_outlives_the_server(folder: Path, signal_: str) -> None:
    running = start(folder, workers=2, seconds=20.0)
    with ThreadPoolExecutor(2) as crowd, contextlib.closing(running):
        for _ in range(2):
            crowd.submit(lambda: running.query(CROSS))
        below = children(running.process.pid)
        assert len(below) >= 4
        time.sleep(0.5)  # until the queries run
        subprocess.run(["kill", f"-{signal_}", str(running.process.pid)], check=True)
        running.process.wait(30)
        for _ in range(100):
            left = [pid for pid in below if _alive(pid)]
            if not left:
                break
            time.sleep(0.1)
    assert left == []


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
