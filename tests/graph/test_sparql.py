"""A query reads the graph at hand and nothing else: not the network, not the disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions

from kg.errors import StoreError, UsageError
from kg.graph import Graph
from kg.graph.iris import Iris

CALLS: list[str] = []


class Trap(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        CALLS.append(self.path)
        self.send_error(500)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def trap() -> Iterator[str]:
    """A server on this machine that notes who calls."""
    server = HTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


REACHING_OUT = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { {?s ?p ?o}SERVICE SILENT<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
    'SELECT * { ?s ?p "a"SERVICE<URL>{ ?s ?p ?o } }',
    "SELECT * { ?s ?p ?v # a comment\rSERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # a { comment\n<URL> # another\n{ ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICEx:y{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { ?s ?p ?o . SERVICE:y { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x:y#c\n{ ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <URL> } SERVICE $e{ ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2#> '''\n) SERVICE <URL> { ?s ?p ?o } #'''\n}",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
    "DESCRIBE <http://a> FROM <URL>",
    "LOAD <URL>",
    "LOAD <file:///etc/passwd> INTO GRAPH <http://g>",
    "INSERT DATA { <http://a> <http://b> <http://c> }",
    "DROP ALL",
    "CLEAR DEFAULT",
]


@pytest.mark.parametrize("query", REACHING_OUT)
def test_a_query_that_would_reach_out_is_refused_and_nobody_is_called(
    graph: Graph, trap: str, query: str
) -> None:
    CALLS.clear()
    with pytest.raises(UsageError) as caught:
        list(graph.answer(query.replace("URL", trap + "x")))  # type: ignore[arg-type]
    assert CALLS == []
    assert "\n" not in str(caught.value)


FINE = [
    "SELECT ?service { ?service a lz:Zone } ORDER BY ?service",
    "SELECT * { ?service a lz:Zone OPTIONAL { ?service lz:locatedIn ?place } }",
    "SELECT * { { ?s lz:rule ?service } UNION { ?service lz:rule ?s } }",
    'SELECT * { ?s ?p "Room SERVICE, please" . { ?s a ?t } }',
    "SELECT * { ?s a schema:Service . { ?s ?p ?o } }",
    "SELECT * { # ask no SERVICE of anyone\n ?s a lz:Zone }",
    "SELECT * { GRAPH <http://example.org/service/x> { ?s ?p ?o } }",
    'SELECT ("from <somewhere>" AS ?text) { ?s a lz:Zone }',
]


@pytest.mark.parametrize("query", FINE)
def test_a_query_that_only_looks_like_it_runs(graph: Graph, query: str) -> None:
    assert isinstance(graph.answer(query), QuerySolutions)


def test_the_default_graph_is_the_union_and_tells_each_triple_once(graph: Graph) -> None:
    def number(query: str) -> int:
        (row,) = graph.answer(query)  # type: ignore[misc]
        return int(row["n"].value)

    union = number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert union == number("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }")
    assert union > 0


def test_from_names_a_stored_graph(graph: Graph) -> None:
    entities = Iris().graph("entities")
    answer = graph.answer(f"ASK FROM <{entities}> {{ ?s a lz:Zone }}")
    assert isinstance(answer, QueryBoolean) and bool(answer)
    assert not bool(graph.answer(f"ASK FROM <{entities}> {{ ?s a lz:Claim }}"))


def test_prefixes_need_no_declaration_and_may_be_declared_otherwise(graph: Graph) -> None:
    rows = list(graph.answer("SELECT ?name { ?zone a lz:Zone ; skos:altLabel ?name }"))  # type: ignore[arg-type]
    assert [row["name"].value for row in rows] == ["云州经开区"]
    assert not bool(graph.answer("PREFIX lz: <http://elsewhere.org/> ASK { ?zone a lz:Zone }"))


def test_a_broken_query_is_one_line(graph: Graph) -> None:
    with pytest.raises(UsageError, match="cannot read the query") as caught:
        graph.answer("SELECT {\n ?s")
    assert "\n" not in str(caught.value)


def test_a_closed_graph_says_so(small_kg: Path) -> None:
    with Graph.open(small_kg) as opened:
        pass
    with pytest.raises(StoreError, match="closed"):
        opened.answer("ASK {}")
