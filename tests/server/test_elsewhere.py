"""A graph behind another endpoint, served as if it were here."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from server_material import Server, start
from test_pages import shown, triples, zone


@pytest.fixture(scope="module")
def relayed(writable: Server) -> Iterator[Server]:
    """A server whose graph is behind another."""
    running = start(f"{writable.url}sparql", workers=2)
    yield running
    assert running.stop() == 0


ZONES = "SELECT ?z { ?z a lz:Zone }"


def test_it_answers_as_the_other_does(writable: Server, relayed: Server) -> None:
    assert relayed.query(ZONES).bindings("z") == writable.query(ZONES).bindings("z")
    assert relayed.query("ASK { ?z a lz:Zone }").json()["boolean"] is True
    built = relayed.query("CONSTRUCT { ?z a lz:Zone } WHERE { ?z a lz:Zone }", "text/turtle")
    assert len(list(ox.parse(built.body, ox.RdfFormat.TURTLE))) == 2
    relative = relayed.query("SELECT (<x> AS ?x) {}").bindings("x")
    assert relative == {f"{relayed.url}x"}


def test_the_dataset_is_that_of_the_request(writable: Server, relayed: Server) -> None:
    graphs = sorted(writable.query("SELECT DISTINCT ?g { GRAPH ?g { ?z a lz:Article } }").bindings("g"))
    ask = "SELECT ?a { ?a a lz:Article }"
    assert len(relayed.query(ask).bindings("a")) == len(graphs) >= 2
    assert relayed.query(ask, address=(("default-graph-uri", graphs[0]),)).bindings("a") == {graphs[0]}
    named = "SELECT ?a { GRAPH ?g { ?a a lz:Article } }"
    assert relayed.query(named, address=(("named-graph-uri", graphs[1]),)).bindings("a") == {graphs[1]}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }",
        "SELECT nonsense {",
    ],
)
def test_what_is_refused_here_is_refused(relayed: Server, query: str) -> None:
    assert relayed.query(query).status == 400


def test_pages_explorer_and_descriptions_are_there(relayed: Server) -> None:
    path = zone(relayed)
    assert "<blockquote>" in relayed("GET", f"/page/{path}").text
    assert relayed("GET", f"/rdf/{path}.ttl").status == 200
    assert path.rpartition("/")[2] in shown(relayed, "/search?q=区").text
    assert ("sparqlEndpoint", f"{relayed.url}sparql") in triples(
        relayed("GET", "/void", accept="text/turtle")
    )
    assert "险区" in relayed("GET", "/about").text


def test_where_nobody_answers_it_says_so_at_once() -> None:
    line = [sys.executable, "-m", "kg", "serve", "--endpoint", "http://127.0.0.1:9/sparql", "--port", "0"]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "cannot be reached" in done.stderr) == (1, True)
    refused = subprocess.run([*line, "--updates"], capture_output=True, text=True, timeout=60)
    assert (refused.returncode, "takes no updates" in refused.stderr) == (2, True)
