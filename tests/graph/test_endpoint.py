"""Endpoints that fail, in each way that is known of; and where stores are written to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import QueryBoolean

from kg.errors import KgError, StoreError, UsageError
from kg.graph.endpoint import Endpoint
from kg.graph.http import Client, Login
from kg.graph.push import Places
from kg.graph.sparql import form
from kg.graph.vocabulary import XSD

JSON = "application/sparql-results+json"
NOTHING = '{"head": {"vars": ["x"]}, "results": {"bindings": []}}'


@dataclass
class Says:
    """What a store answers, in turn (the last goes on), and what it was asked."""

    answers: list[tuple[int, dict[str, str], str]]
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def store(*answers: tuple[int, dict[str, str], str]) -> Iterator[tuple[str, Says]]:
    says = Says(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            says.asked.append(dict(self.headers.items()))
            status, headers, body = says.answers.pop(0) if len(says.answers) > 1 else says.answers[0]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body.encode())), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query", says
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


TEXT = {"Content-Type": "text/plain"}
FAILS = [
    ((400, TEXT, "Parse error\n  at line 1"), UsageError, "cannot read the query: .* says: Parse error at line 1"),
    ((500, TEXT, ""), StoreError, r"failed \(500: Internal Server Error\)"),
    ((403, TEXT, "no"), StoreError, r"refuses the login \(403\); set LIANZHU_USER"),
    ((200, {"Content-Type": "text/html"}, "<html>"), StoreError, "answer .text/html. is none that SPARQL 1.1 knows"),
    ((200, {"Content-Type": JSON}, '{"head"'), StoreError, "is none that SPARQL 1.1 knows"),
    ((200, {"Content-Type": JSON, "X-SPARQL-MaxRows": "10000"}, NOTHING), StoreError, "cut the answer off at 10000"),
    ((200, {"Content-Type": JSON, "X-SQL-State": "S1TAT"}, NOTHING), StoreError, "cut the answer off at the time"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "error", "says"), FAILS)
def test_what_went_wrong_is_told_in_one_line(
    answer: tuple[int, dict[str, str], str], error: type[KgError], says: str
) -> None:
    with store(answer) as (url, _), pytest.raises(error, match=says) as told:
        Endpoint(url).answer("SELECT ?x { ?x a lz:Zone }")
    assert "\n" not in str(told.value)


def test_a_store_that_is_not_there() -> None:
    with pytest.raises(StoreError, match=r"cannot be reached \(Connection refused\); is the store running\?"):
        Endpoint("http://127.0.0.1:9/query").answer("ASK {}")


def test_a_busy_store_is_asked_again_and_then_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.http._PAUSE", 0)
    good = (200, {"Content-Type": JSON}, '{"head": {}, "boolean": true}')
    with store((503, {"Retry-After": "0"}, "busy"), good) as (url, says):
        assert bool(Endpoint(url).answer("ASK {}"))
    assert len(says.asked) == 2
    told = pytest.raises(StoreError, match=r"is too busy \(503: all busy\); try again later")
    with store((503, {"Retry-After": "0"}, "all busy")) as (url, says), told:
        Endpoint(url).answer("ASK {}")
    assert len(says.asked) == 5


def test_who_asks() -> None:
    good = (200, {"Content-Type": JSON}, NOTHING)
    basic = (401, {"WWW-Authenticate": 'Basic realm="x"'}, "")
    digest = (401, {"WWW-Authenticate": 'Digest realm="x", nonce="n", qop="auth"'}, "")
    for refusals, begins in (([basic], "Basic "), ([digest, digest], "Digest ")):
        with store(*refusals, good) as (url, says):
            Endpoint(url, login=Login("me", "secret")).answer("SELECT ?x {}")
        assert "Authorization" not in says.asked[0]
        assert says.asked[-1]["Authorization"].startswith(begins)
    with store(good) as (url, says):
        Endpoint(url, login=Login(token="t")).answer("SELECT ?x {}")
    assert says.asked[0]["Authorization"] == "Bearer t"


def test_virtuoso_answers_ask_with_rows() -> None:
    row = f'{{"__ASK_RETVAL": {{"type": "typed-literal", "datatype": "{XSD}integer", "value": "1"}}}}'
    for rows, wanted in ((row, True), ("", False)):
        body = f'{{"head": {{"vars": ["__ASK_RETVAL"]}}, "results": {{"bindings": [{rows}]}}}}'
        with store((200, {"Content-Type": JSON}, body)) as (url, _):
            answer = Endpoint(url).answer("ASK { ?s ?p ?o }")
        assert isinstance(answer, QueryBoolean) and bool(answer) == wanted


def test_a_query_that_would_reach_the_network_is_not_sent() -> None:
    refused = pytest.raises(UsageError, match="SERVICE is refused")
    with store((200, {"Content-Type": JSON}, NOTHING)) as (url, says), refused:
        Endpoint(url).answer("SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }")
    assert says.asked == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("ask{}", "ASK"),
        ("# SELECT\nPREFIX lz: <http://x#>\nBASE <http://y/>\nprefix :<z>construct where {}", "CONSTRUCT"),
        ("PREFIX select: <http://x#> DESCRIBE select:x", "DESCRIBE"),
        ("", ""),
        ("{ ?s ?p ?o }", ""),
    ],
)
def test_the_form_of_a_query(query: str, wanted: str) -> None:
    assert form(query) == wanted


@pytest.mark.parametrize(
    ("url", "update", "query"),
    [
        ("http://h:7878/store", False, "http://h:7878/query"),
        ("http://h:7878/update/", True, "http://h:7878/query"),
        ("http://h:3030/zones/data", False, "http://h:3030/zones/query"),
        ("http://h:8890/sparql-graph-crud-auth", False, "http://h:8890/sparql"),
        ("https://h/repositories/zones/statements", True, "https://h/repositories/zones"),
        ("https://h/repositories/zones/rdf-graphs/service", False, "https://h/repositories/zones"),
    ],
)
def test_places_are_told_from_an_address(url: str, update: bool, query: str) -> None:
    assert Places.of(url) == Places(url.rstrip("/"), update, query)


def test_places_that_cannot_be_told() -> None:
    with pytest.raises(
        UsageError, match=r"cannot tell where this store answers queries; name it with --query URL"
    ):
        Places.of("http://h/anything")
    assert Places.of("http://h/anything", "http://h/sparql", True) == Places(
        "http://h/anything", True, "http://h/sparql"
    )
    with pytest.raises(UsageError, match="is no address of a store"):
        Places.of("ftp://h/store")


def test_a_request_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.http._READ", 0.05)
    gate = threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gate.wait(5)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr("kg.graph.http.Retry", lambda **_: 0)
    with pytest.raises(StoreError, match="gave no answer in time"):
        Client().send("GET", f"http://127.0.0.1:{server.server_port}/")
    gate.set()
    server.shutdown()
    server.server_close()
