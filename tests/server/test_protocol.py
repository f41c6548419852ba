"""The SPARQL 1.1 Protocol, case by case from the recommendation: what must work, and what must be refused.

https://www.w3.org/TR/sparql11-protocol/ — the sections stand with the cases. The numbers are those of W3C's
suite: 20 cases of queries and 14 of updates.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from server_material import FORM, TOKEN, Server

DATA = [f"http://example.org/protocol/data{i}" for i in (1, 2, 3)]
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
AUTHORIZED = {"authorization": f"Bearer {TOKEN}"}
TWO_LETTERS = (
    "ASK { <http://example.org/a> ?p 1 . <http://example.org/b> ?p 2 . FILTER NOT EXISTS { ?x ?p 3 } }"
)
GRAPHS_1_AND_2 = "SELECT ?g { GRAPH ?g { ?s <http://example.org/is> ?o } }"


# W3C's cases by their names there: each is a test of this name here.
CASES = (
    "query_get", "query_post_form", "query_post_direct",
    "query_dataset_default_graphs_get", "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_get", "query_dataset_named_graphs_post",
    "query_dataset_full", "query_multiple_dataset",
    "query_content_type_select", "query_content_type_ask",
    "query_content_type_describe", "query_content_type_construct",
    "bad_query_method", "bad_multiple_queries", "bad_query_wrong_media_type",
    "bad_query_missing_form_type", "bad_query_missing_direct_type", "bad_query_non_utf8",
    "bad_query_syntax",
    "update_post_form", "update_post_direct", "update_dataset_default_graph",
    "update_dataset_default_graphs", "update_dataset_named_graphs", "update_dataset_full",
    "update_base_uri",
    "bad_update_get", "bad_multiple_updates", "bad_update_wrong_media_type",
    "bad_update_missing_form_type", "bad_update_non_utf8", "bad_update_syntax",
    "bad_update_dataset_conflict",
)  # fmt: skip


def test_every_case_is_tested() -> None:
    parts = ("select", "ask", "describe", "construct")  # one test with four parameters
    names = {case.removesuffix(f"_{part}") for case in CASES for part in parts if case.endswith(part)}
    tested = {name.removeprefix("test_") for name in globals()}
    assert names == {"query_content_type"}
    assert {case for case in CASES if not case.startswith("query_content_type")} | names <= tested
    assert len(CASES) == 34


@pytest.fixture(scope="module")
def endpoint(writable: Server) -> Server:
    """With three graphs of one triple each."""
    triples = " ".join(
        f"GRAPH <{name}> {{ <http://example.org/{letter}> <http://example.org/is> {i} }}"
        for i, (name, letter) in enumerate(zip(DATA, "abc", strict=True), 1)
    )
    reply = writable.update(f"INSERT DATA {{ {triples} }}")
    assert reply.status == 204, reply.text
    return writable


# --- 2.1 queries: how they are sent


def test_query_get(endpoint: Server) -> None:  # 2.1.1
    reply = endpoint("GET", "/sparql", address=(("query", "ASK {}"),), accept=JSON)
    assert (reply.status, reply.media_type, reply.json()["boolean"]) == (200, JSON, True)


def test_query_post_form(endpoint: Server) -> None:  # 2.1.2
    reply = endpoint("POST", "/sparql", "query=ASK%20%7B%7D", content_type=FORM, accept=JSON)
    assert (reply.status, reply.json()["boolean"]) == (200, True)


def test_query_post_direct(endpoint: Server) -> None:  # 2.1.3
    reply = endpoint("POST", "/sparql", "ASK {}", content_type=QUERY, accept=JSON)
    assert (reply.status, reply.json()["boolean"]) == (200, True)


# --- 2.1.4 the dataset, 2.1.5 and 2.1.6 what is accepted and what comes back


def test_query_dataset_default_graphs_get(endpoint: Server) -> None:
    graphs = tuple(("default-graph-uri", name) for name in DATA[:2])
    reply = endpoint("GET", "/sparql", address=(("query", TWO_LETTERS), *graphs), accept=JSON)
    assert reply.json()["boolean"] is True


def test_query_dataset_default_graphs_post(endpoint: Server) -> None:
    graphs = tuple(("default-graph-uri", name) for name in DATA[:2])
    reply = endpoint("POST", "/sparql", TWO_LETTERS, address=graphs, content_type=QUERY, accept=JSON)
    assert reply.json()["boolean"] is True


def test_query_dataset_named_graphs_get(endpoint: Server) -> None:
    graphs = tuple(("named-graph-uri", name) for name in DATA[:2])
    reply = endpoint("GET", "/sparql", address=(("query", GRAPHS_1_AND_2), *graphs), accept=JSON)
    assert reply.bindings("g") == set(DATA[:2])


def test_query_dataset_named_graphs_post(endpoint: Server) -> None:
    graphs = tuple(("named-graph-uri", name) for name in DATA[:2])
    reply = endpoint("POST", "/sparql", GRAPHS_1_AND_2, address=graphs, content_type=QUERY, accept=JSON)
    assert reply.bindings("g") == set(DATA[:2])


def test_query_dataset_full(endpoint: Server) -> None:
    graphs = (("default-graph-uri", DATA[2]), *(("named-graph-uri", name) for name in DATA[:2]))
    query = "SELECT ?g ?x ?s { ?x ?p 3 OPTIONAL { GRAPH ?g { ?s ?p ?o } } }"
    reply = endpoint("POST", "/sparql", query, address=graphs, content_type=QUERY, accept=JSON)
    assert (reply.bindings("g"), reply.bindings("x")) == (set(DATA[:2]), {"http://example.org/c"})


def test_query_multiple_dataset(endpoint: Server) -> None:
    query = f"SELECT ?o FROM <{DATA[0]}> {{ ?s <http://example.org/is> ?o }}"
    graphs = (("default-graph-uri", DATA[1]),)
    reply = endpoint("POST", "/sparql", query, address=graphs, content_type=QUERY, accept=JSON)
    assert reply.bindings("o") == {"2"}


@pytest.mark.parametrize(
    ("query", "accept", "answered"),
    [
        ("SELECT (1 AS ?x) {}", XML, XML),
        ("ASK {}", JSON, JSON),
        ("DESCRIBE <http://example.org/a>", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s <http://example.org/is> ?o }", "text/turtle", "text/turtle"),
    ],
    ids=["select", "ask", "describe", "construct"],
)
def test_query_content_type(endpoint: Server, query: str, accept: str, answered: str) -> None:
    reply = endpoint("GET", "/sparql", address=(("query", query),), accept=accept)
    assert (reply.status, reply.media_type) == (200, answered)


# --- what is no query


def test_bad_query_method(endpoint: Server) -> None:
    assert endpoint("PUT", "/sparql", address=(("query", "ASK {}"),)).status == 405


def test_bad_multiple_queries(endpoint: Server) -> None:
    assert endpoint("GET", "/sparql", address=(("query", "ASK {}"), ("query", "ASK {}"))).status == 400


def test_bad_query_wrong_media_type(endpoint: Server) -> None:
    assert endpoint("POST", "/sparql", "ASK {}", content_type="text/plain").status == 415


def test_bad_query_missing_form_type(endpoint: Server) -> None:
    assert endpoint("POST", "/sparql", b"query=ASK%20%7B%7D").status == 415


def test_bad_query_missing_direct_type(endpoint: Server) -> None:
    assert endpoint("POST", "/sparql", b"ASK {}").status == 415


def test_bad_query_non_utf8(endpoint: Server) -> None:
    said = {"content_type": f"{QUERY}; charset=UTF-16"}
    assert endpoint("POST", "/sparql", "ASK {}".encode("utf-16"), **said).status == 415
    assert endpoint("POST", "/sparql", b'ASK { ?s ?p "\xff" }', content_type=QUERY).status == 400


def test_bad_query_syntax(endpoint: Server) -> None:
    reply = endpoint("GET", "/sparql", address=(("query", "SELECT nonsense {"),))
    assert reply.status == 400
    assert "line 1" in reply.text


# --- 2.2 updates: how they are sent


@dataclass(frozen=True)
class Target:
    """A graph of its own for what a test writes, and updates that write into it."""

    endpoint: Server
    graph: str

    @property
    def insert(self) -> str:
        return f"INSERT DATA {{ GRAPH <{self.graph}> {{ <http://example.org/s> <http://example.org/p> 1 }} }}"

    def copy(self, where: str = "?s ?p ?o") -> str:
        kept = "FILTER(?p = <http://example.org/is>)"
        return f"INSERT {{ GRAPH <{self.graph}> {{ ?s ?p ?o }} }} WHERE {{ {where} {kept} }}"

    def written(self) -> set[str]:
        """The objects in the graph."""
        reply = self.endpoint.query(f"SELECT ?o {{ GRAPH <{self.graph}> {{ ?s ?p ?o }} }}")
        assert reply.status == 200
        return reply.bindings("o")


@pytest.fixture
def target(endpoint: Server, request: pytest.FixtureRequest) -> Target:
    return Target(endpoint, f"http://example.org/protocol/{request.node.name}")


def test_update_post_form(target: Target) -> None:  # 2.2.1
    body = urlencode({"update": target.insert})
    assert target.endpoint("POST", "/sparql", body, content_type=FORM, **AUTHORIZED).status == 204
    assert target.written() == {"1"}


def test_update_post_direct(target: Target) -> None:  # 2.2.2
    assert target.endpoint("POST", "/sparql", target.insert, content_type=UPDATE, **AUTHORIZED).status == 204
    assert target.written() == {"1"}


def test_update_dataset_default_graph(target: Target) -> None:  # 2.2.3
    assert target.endpoint.update(target.copy(), address=(("using-graph-uri", DATA[0]),)).status == 204
    assert target.written() == {"1"}


def test_update_dataset_default_graphs(target: Target) -> None:
    graphs = tuple(("using-graph-uri", name) for name in DATA[:2])
    assert target.endpoint.update(target.copy(), address=graphs).status == 204
    assert target.written() == {"1", "2"}


def test_update_dataset_named_graphs(target: Target) -> None:
    graphs = tuple(("using-named-graph-uri", name) for name in DATA[:2])
    assert target.endpoint.update(target.copy("GRAPH ?g { ?s ?p ?o }"), address=graphs).status == 204
    assert target.written() == {"1", "2"}


def test_update_dataset_full(target: Target) -> None:
    graphs = (("using-graph-uri", DATA[0]), ("using-named-graph-uri", DATA[2]))
    both = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"
    assert target.endpoint.update(target.copy(both), address=graphs).status == 204
    assert target.written() == {"1", "3"}


def test_update_base_uri(target: Target) -> None:
    update = (
        f"INSERT DATA {{ GRAPH <{target.graph}> {{ <http://example.org/s> <http://example.org/p> <test> }} }}"
    )
    assert target.endpoint.update(update).status == 204
    assert target.written() == {f"{target.endpoint.url}test"}


# --- what is no update


def test_bad_update_get(target: Target) -> None:
    reply = target.endpoint("GET", "/sparql", address=(("update", target.insert),), **AUTHORIZED)
    assert (reply.status, reply.headers["allow"], target.written()) == (405, "POST", set())


def test_bad_multiple_updates(target: Target) -> None:
    body = "update=CLEAR%20DEFAULT&update=CLEAR%20DEFAULT"
    assert target.endpoint("POST", "/sparql", body, content_type=FORM, **AUTHORIZED).status == 400


def test_bad_update_wrong_media_type(target: Target) -> None:
    assert (
        target.endpoint("POST", "/sparql", target.insert, content_type="text/plain", **AUTHORIZED).status
        == 415
    )
    assert target.written() == set()


def test_bad_update_missing_form_type(target: Target) -> None:
    assert target.endpoint("POST", "/sparql", b"update=CLEAR%20DEFAULT", **AUTHORIZED).status == 415


def test_bad_update_non_utf8(target: Target) -> None:
    said = {"content_type": f"{UPDATE}; charset=UTF-16", **AUTHORIZED}
    assert target.endpoint("POST", "/sparql", target.insert.encode("utf-16"), **said).status == 415
    bad = target.insert.encode("utf-8").replace(b"1 }", b'"\xff" }')
    assert target.endpoint("POST", "/sparql", bad, content_type=UPDATE, **AUTHORIZED).status == 400
    assert target.written() == set()


def test_bad_update_syntax(target: Target) -> None:
    assert target.endpoint.update("INSERT nonsense {").status == 400


def test_bad_update_dataset_conflict(target: Target) -> None:
    for own in (
        target.copy().replace("WHERE", f"USING <{DATA[1]}> WHERE"),
        f"WITH <{DATA[1]}> {target.copy()}",
    ):
        assert target.endpoint.update(own, address=(("using-graph-uri", DATA[0]),)).status == 400
    assert target.written() == set()


# --- what the recommendation leaves to the server


def test_a_request_that_asks_two_things_is_refused(endpoint: Server) -> None:
    body = "query=ASK%20%7B%7D&update=CLEAR%20DEFAULT"
    assert endpoint("POST", "/sparql", body, content_type=FORM, **AUTHORIZED).status == 400


@pytest.mark.parametrize(("name", "kind"), [("using-graph-uri", QUERY), ("default-graph-uri", UPDATE)])
def test_dataset_parameters_of_the_other_kind_are_refused(endpoint: Server, name: str, kind: str) -> None:
    text = "ASK {}" if kind == QUERY else "CLEAR SILENT GRAPH <http://example.org/none>"
    reply = endpoint("POST", "/sparql", text, address=((name, DATA[0]),), content_type=kind, **AUTHORIZED)
    assert reply.status == 400
    assert name in reply.text


def test_a_dataset_with_an_unknown_graph_is_refused_and_not_fetched(endpoint: Server) -> None:
    for graph in ("http://127.0.0.1:9/x", "file:///etc/passwd"):
        reply = endpoint("GET", "/sparql", address=(("query", "ASK {}"), ("default-graph-uri", graph)))
        assert (reply.status, "nothing is fetched" in reply.text) == (400, True)


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("*/*", JSON),
        ("", JSON),
        ("text/csv, application/sparql-results+xml;q=0.5", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
    ],
)
def test_tables_in_every_form(server: Server, accept: str, answered: str) -> None:
    reply = server("GET", "/sparql", address=(("query", "SELECT ?z { ?z a lz:Zone }"),), accept=accept)
    assert (reply.status, reply.media_type) == (200, answered)


@pytest.mark.parametrize(
    "form", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_graphs_in_every_form(server: Server, form: str) -> None:
    import pyoxigraph as ox

    reply = server.query("CONSTRUCT { ?z a lz:Zone } { ?z a lz:Zone }", form)
    read = ox.RdfFormat.from_media_type(form)
    assert reply.media_type == form
    assert len(list(ox.parse(reply.body, read))) == 2


def test_what_nobody_can_give_is_refused(server: Server) -> None:
    reply = server.query("SELECT * { ?s a lz:Zone }", "image/png")
    assert reply.status == 406
    assert "text/csv" in reply.text


def test_head_has_no_body(server: Server) -> None:
    reply = server("HEAD", "/sparql", address=(("query", "ASK {}"),))
    assert (reply.status, reply.body) == (200, b"")


def test_pages_of_other_sites_may_read_but_not_update(server: Server) -> None:
    reply = server("GET", "/sparql", address=(("query", "ASK {}"),), origin="https://example.org")
    assert reply.headers["access-control-allow-origin"] == "*"
    asks = {"origin": "https://example.org", "access_control_request_method": "POST"}
    allowed = server("OPTIONS", "/sparql", **asks, access_control_request_headers="content-type")
    refused = server("OPTIONS", "/sparql", **asks, access_control_request_headers="authorization")
    assert (allowed.status, refused.status) == (200, 400)
